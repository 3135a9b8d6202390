"""The review sheet, from two revisions of the toy site in git."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import cmarkgfm
import pytest
from bs4 import BeautifulSoup

from repositories import Repository
from site_fixtures import PROJECT, TOY
from waymark.__main__ import main

GOLDEN = Path(__file__).parent / "review" / "toy.md"
NEW_PRACTICE = """\
name: Tea hours
summary: Tea at five, and bread [@doe2001door, p. 40; @zoe2020bread, p. 2]. It is “proven”, says the club [@zoe2020bread, p. 3].
countries: [GB]
approach: >-
  Notwithstanding institutional preconditions, interdisciplinary practitioners systematically contextualise
  refreshment-oriented interventions [@zoe2020bread, p. 4].
evidence:
  - {source: '[@zoe2020bread, p. 5]', question: delivery, kind: monitoring data, finding: Forty cups were drunk., coded_by: AB}
basis:
  countries: '[@doe2001door, p. 40]'
checked: {on: 2020-02-01, against: [doe2001door], by: AB}
"""
NEW_WORK = """
@report{zoe2020bread,
  author = {Zoe, Zack},
  year = {2020},
  title = {Bread for tea},
  institution = {Toy Institute},
  known = {read in full},
  checked = {2020-02-01},
}
"""


class Toy(Repository):
    """The toy site in a repository, with one commit."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(TOY, folder)
        super().__init__(folder)
        self.commit()

    def replaced(self, path: str, *pairs: tuple[str, str]) -> dict[str, str]:
        """A file with words replaced, each of which must be there."""
        text = (self.folder / path).read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new, 1)
        return {path: text}


@pytest.fixture
def toy_repository(tmp_path: Path) -> Toy:
    return Toy(tmp_path / "toy")


def sheet(repository: Repository, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["--root", str(repository.folder), "review", *(arguments or ("HEAD^",))]) == 0
    return re.sub(r"\([0-9a-f]{7}\)", "(1234567)", capsys.readouterr().out)


def soup(markdown: str) -> BeautifulSoup:
    return BeautifulSoup(cmarkgfm.github_flavored_markdown_to_html(markdown, cmarkgfm.Options.CMARK_OPT_UNSAFE), "html5lib")


def section(markdown: str, heading: str) -> str:
    """What stands below a heading, as far as the next one of any level."""
    return re.split(r"^#+ ", markdown.split(f"# {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


@pytest.fixture
def _no_github(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)


pytestmark = pytest.mark.usefixtures("_no_github")


def test_golden(toy_repository: Toy, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> None:
    """A pull request with something of everything: read the file as a reviewer would."""
    toy = toy_repository
    toy.git("checkout", "-q", "-b", "change")
    changes = toy.replaced(
        "data/programmes.yaml",
        ("      design: before and after\n", "      design: adjusted comparison\n"),
        ("Two friends made it [@poe1999sea", "Two good friends made it [@poe1999sea"),
        ("      anchor: go-out\n", ""),
        ("    - {type: weakens, to: lonely-evenings, basis: ours}\n", ""),
        ("  status: running\n", "  status: ended\n"),
    )
    changes |= toy.replaced("data/findings.yaml", ("component: coherence, level: serious", "component: coherence, level: moderate"))
    changes |= toy.replaced("content/index.md", ("# ", "# The "))
    changes |= {
        "data/practices/tea-hours.yaml": NEW_PRACTICE,
        "data/references.bib": (toy.folder / "data/references.bib").read_text(encoding="utf-8") + NEW_WORK,
        "tools/run.sh": "echo hello\n",
        "content/assets/x.js": "alert(1)\n",
        "data/published-addresses.txt": "",
    }
    toy.commit(changes)
    found = sheet(toy, capsys, "main", "change", "--preview", "site-preview")
    if request.config.getoption("--update-golden"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")
    headings = [each.get_text() for each in soup(found).find_all(["h2", "h3"])]
    assert headings[0] == "Needs a decision", "what needs a decision comes first"


def test_one_finding_turns_a_label(toy_repository: Toy, capsys: pytest.CaptureFixture[str]) -> None:
    """A pull request that changes one coded finding shows which label turns, from what to what, by which finding and rule."""
    toy = toy_repository
    toy.commit(toy.replaced("data/programmes.yaml", ("      design: before and after\n", "      design: randomised\n")))
    labels = section(sheet(toy, capsys), "Labels that would change, and why")
    assert "**Outcomes**<br>was: measured, not compared: something was measured; the cause is unknown." in labels
    assert "<br>now: compared, result uncertain." in labels
    assert "Because: finding 1 on outcomes, roe2010lamp, table 1; Design: before and after → randomised" in labels
    assert "Rule: “compared” (stage 4 → 5)" in labels
    assert labels.count("<br>now: ") == 1, "labels that stay are not named"


def test_nothing_changed(toy_repository: Toy, capsys: pytest.CaptureFixture[str]) -> None:
    """A change that nobody sees needs no sheet."""
    toy_repository.commit()
    found = sheet(toy_repository, capsys)
    assert "Nothing changed that a reader would see." in found
    assert "##" not in found


def test_only_what_the_branch_did(toy_repository: Toy, capsys: pytest.CaptureFixture[str]) -> None:
    """What happened on main since the branch began is not laid at its door."""
    toy = toy_repository
    toy.git("checkout", "-q", "-b", "change")
    toy.commit(toy.replaced("data/terms.yaml", ("  name: ", "  name: New ")))
    toy.git("checkout", "-q", "main")
    toy.commit(toy.replaced("data/theories.yaml", ("  name: ", "  name: Other ")))
    found = sheet(toy, capsys, "main", "change")
    assert "New " in found
    assert "Other " not in found


def test_working_tree(toy_repository: Toy, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a second revision the files are compared as they are, new ones too; a record taken out breaks its address."""
    (toy_repository.folder / "data/practices/tea-hour.yaml").unlink()
    (toy_repository.folder / "data/practices/new-hour.yaml").write_text(NEW_PRACTICE, encoding="utf-8")
    found = sheet(toy_repository, capsys, "HEAD")
    assert "The working tree compared with HEAD" in found
    assert "<code>practices/tea-hour/</code>" in section(found, "Addresses that would no longer lead anywhere")
    assert "Tea hour (practice <code>tea-hour</code>)" in section(found, "Records that are taken out")
    assert "(https://toy.example/base/checks/#unknown-link)" in found


def test_renamed(toy_repository: Toy, capsys: pytest.CaptureFixture[str]) -> None:
    """A record that keeps its old id under `former_ids` is renamed, and its address leads on."""
    toy = toy_repository
    text = (toy.folder / "data/exercises.yaml").read_text(encoding="utf-8")
    id = re.match(r"(?:#.*\n)*([a-z-]+):", text)[1]  # type: ignore[index]
    toy.commit({"data/exercises.yaml": text.replace(f"{id}:", f"new-{id}:\n  former_ids: [{id}]", 1)})
    found = sheet(toy, capsys)
    assert f"<code>exercises/{id}/</code> → <code>exercises/new-{id}/</code>" in found
    assert "no longer lead anywhere" not in found


def test_injection(toy_repository: Toy, capsys: pytest.CaptureFixture[str]) -> None:
    """A hostile record, work, page and file name put nothing into the sheet but words."""
    toy = toy_repository
    evil = "</details><script>alert(1)</script><h1>Approved</h1> @maintainers #1 [merge](https://evil.example) ![x](https://evil.example/x.png) `"
    quoted = evil.replace("'", "''")
    toy.commit(
        {
            "data/practices/evil.yaml": f"name: '{quoted}'\nsummary: '{quoted}'\n'{quoted}': x\nchecked: {{on: 2020-02-01, against: ['{quoted}']}}\n",
            "data/practices/good.yaml": NEW_PRACTICE.replace("Tea hours", f"'{quoted}'").replace("Forty cups", "Forty <b>cups</b> @all"),
            "data/references.bib": (toy.folder / "data/references.bib").read_text(encoding="utf-8") + NEW_WORK.replace("Bread for", f"{evil.replace('}', '')}"),
            "content/evil.md": f"# {evil}\n",
            **toy.replaced("content/index.md", ("# ", f"# {evil} ")),
            "tools/a`@you](x) <b>.sh": "x",
        }
    )
    found = soup(sheet(toy, capsys))
    assert {link["href"].partition("#")[0] for link in found.find_all("a")} <= {"https://toy.example/base/checks/", "https://toy.example/base/method/"}
    ours = {"html", "head", "body", "h1", "h2", "h3", "p", "a", "ul", "li", "code", "strong", "em", "br", "details", "summary", "blockquote", "input", "b"}
    assert {tag.name for tag in found.find_all()} <= ours
    assert [each.get_text() for each in found.find_all("h1")] == ["Review sheet"]
    assert not [each for each in found.find_all("b") if each.parent.name != "summary"]
    assert not re.search(r"@(?:maintainers|you|all)|#1\b", found.get_text())
    assert "Approved" in found.get_text(), "it is shown, as words"


def test_old_data(toy_repository: Toy, capsys: pytest.CaptureFixture[str]) -> None:
    """A base that today's models cannot read is compared field by field, and the sheet says what is left out."""
    toy = toy_repository
    text = (toy.folder / "data/practices/tea-hour.yaml").read_text(encoding="utf-8")
    toy.commit({"data/practices/tea-hour.yaml": text.replace("name: Tea hour", "name: Tea time\nold_field: steep\nchecked_old: x")})
    toy.commit({"data/practices/tea-hour.yaml": text})
    found = sheet(toy, capsys)
    assert "HEAD^ (1234567) itself does not pass today's checks" in found
    assert "1 record cannot be read by today's rules before the change (tea-hour)" in found
    assert "**Old field**: “steep” removed" in found
    assert "**Name**: “Tea time” → “Tea hour”" in found


def test_rules_that_change(toy_repository: Toy, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the rules change, the labels before are worked out by the rules of then: a change of rules shows all it turns."""
    toy = toy_repository
    shutil.copytree(PROJECT / "plugins/waymark", toy.folder / "plugins/waymark", ignore=shutil.ignore_patterns("__pycache__", "theme"))
    path = "plugins/waymark/stages.py"
    now = (toy.folder / path).read_text(encoding="utf-8")
    then = now.replace('"stated", "reported", "examined"', '"told", "reported", "examined"')
    assert then != now
    toy.commit({path: then})
    toy.commit({path: now})
    labels = section(sheet(toy, capsys), "Labels that would change, and why")
    assert "**Delivery**<br>was: described: told. Cautions: single source, coded once.<br>now: described: stated." in labels
    assert "Because: the rules themselves, which change too" in labels
    toy.commit({path: "broken ="})
    toy.commit({path: now})
    assert "> The rules of labels change too, and those of before cannot be run" in sheet(toy, capsys)


def test_for_github(toy_repository: Toy, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In a job the sheet joins the summary, behind what the check wrote there."""
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    root = ["--root", str(toy_repository.folder)]
    toy_repository.commit()
    assert main([*root, "check", "--github"]) == 0
    assert main([*root, "review", "HEAD^", "--github"]) == 0
    text = summary.read_text(encoding="utf-8")
    assert text.index("## All in order") < text.index("# Review sheet")
    assert "# Review sheet" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "'nowhere' is no branch, tag or commit here. Look at the names with: git branch --all\n"),
        (["HEAD", "nowhere"], "'nowhere' is no branch"),
        (["--output=/tmp/x"], None),
        (["HEAD:data"], "'HEAD:data' is no branch"),
        (["; echo"], "'; echo' is no branch"),
        (["other"], "no commit in common. Name another revision"),
    ],
)
def test_wrong_revisions(arguments: list[str], said: str | None, toy_repository: Toy, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever stands for a revision, the answer is a sentence that helps."""
    toy_repository.git("checkout", "-q", "--orphan", "other")
    toy_repository.commit(subject="Another beginning")
    toy_repository.git("checkout", "-q", "main")
    if said is None:
        with pytest.raises(SystemExit):
            main(["--root", str(toy_repository.folder), "review", *arguments])
        return
    assert main(["--root", str(toy_repository.folder), "review", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_no_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that git does not know, or a computer without git."""
    assert main(["--root", str(tmp_path), "review", "main"]) == 2
    assert capsys.readouterr().err == "This folder is not a git repository, so older versions are not here. Clone the project with git.\n"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["--root", str(tmp_path), "review", "main"]) == 2
    assert capsys.readouterr().err == "git is not installed here, so older versions cannot be read.\n"


def test_shallow(toy_repository: Toy, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A shallow clone says how to get what is missing."""
    toy_repository.commit()
    first = toy_repository.git("rev-parse", "HEAD^")
    shallow = tmp_path / "shallow"
    toy_repository.git("clone", "-q", "--depth", "1", f"file://{toy_repository.folder}", str(shallow))
    assert main(["--root", str(shallow), "review", first]) == 2
    assert "This copy is shallow: git fetch --unshallow brings the older commits." in capsys.readouterr().err
