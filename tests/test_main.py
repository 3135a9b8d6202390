"""The command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import toy
from waymark.__main__ import COMMANDS, main
from waymark.kinds import KINDS

BROKEN = {"data/practices/ask-how.yaml": "name: Ask how\n"}


def run(folder: Path, *arguments: str) -> int:
    return main(["--root", str(folder), *arguments])


@pytest.fixture(autouse=True)
def _no_github(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


def test_check_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With nothing to mend the exit code is 0 and one line says so."""
    assert run(toy.write(tmp_path, {}), "check") == 0
    assert capsys.readouterr().out == "5 records, 1 references, 1 pages: all in order.\n"


def test_check_with_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each problem is printed, then how many there are; the exit code is 1."""
    assert run(toy.write(tmp_path, BROKEN), "check") == 1
    out = capsys.readouterr().out
    assert out.startswith("data/practices/ask-how.yaml:1:1: A practice needs the field 'checked'. [missing-field]\n    checked: ")
    assert out.endswith(": 2 problems to fix.\n")
    assert "::error" not in out


def test_check_with_advice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Advice is printed and does not fail."""
    bib = toy.BASE["data/references.bib"]
    assert run(toy.write(tmp_path, {"data/references.bib": bib + bib.replace("doe2020aims", "doe2020ends")}), "check") == 0
    assert capsys.readouterr().out.endswith(": all in order, 1 of advice.\n")


def test_check_for_github(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """On GitHub each problem is shown on its line of the pull request too."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert run(toy.write(tmp_path, BROKEN), "check") == 1
    assert "::error file=data/practices/ask-how.yaml,line=1,col=1,title=missing-field::A practice needs" in capsys.readouterr().out


def test_check_elsewhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a folder that holds no project the command says where to go."""
    assert run(tmp_path, "check") == 2
    assert "There is no folder 'data'" in capsys.readouterr().err


def test_reader_that_leaves_early(tmp_path: Path) -> None:
    """`waymark check | head` ends without a traceback."""
    many = "".join(f"f{number}:\n" for number in range(90))
    toy.write(tmp_path, {f"data/practices/ask-{number}.yaml": many for number in range(20)})
    command = f"{sys.executable} -m waymark --root {tmp_path} check | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60)
    assert (done.stderr, done.stdout.count("\n")) == ("", 1)


def test_schema(tmp_path: Path) -> None:
    """The schemas are written as JSON, two for each kind."""
    assert run(tmp_path, "schema") == 0
    written = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "data" / "schema").glob("*.json")}
    assert len(written) == 2 * len(KINDS)
    assert written["practices.json"]["additionalProperties"]["$ref"] == "practice.json"


def built(folder: Path, *addresses: str) -> Path:
    """Something like a built site."""
    for address in addresses:
        page = folder / address / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text('<h2 id="what-is-here">x<a class="headerlink" href="#what-is-here">¶</a></h2>', encoding="utf-8")
    return folder


def test_release(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is published is promised from then on; nothing is taken out, and nothing is promised while something is wrong."""
    records = ("factors/family-support", "practices/ask-why", "principles/do-no-harm", "programmes/north-star", "theories/path-model")
    site = str(built(tmp_path / "site", "", *records))
    toy.write(tmp_path, {"data/published-addresses.txt": "/guides/old/ start\n"})
    assert run(tmp_path, "release", "--site", site) == 0
    assert capsys.readouterr().out == "15 addresses added to data/published-addresses.txt: pages, and places on them.\n"
    written = (tmp_path / "data/published-addresses.txt").read_text(encoding="utf-8")
    assert written.splitlines()[2:] == [
        "/ what-is-here",
        "/factors/family-support/ what-is-here",
        "/guides/old/ start",
        "/practices/ask-why/ what-is-here",
        "/principles/do-no-harm/ what-is-here",
        "/programmes/north-star/ what-is-here",
        "/theories/path-model/ parts what-is-here",
        "  part-1 Doubt",
        "  turning-point Turning point",
    ]
    toy.write(tmp_path, BROKEN)
    assert run(tmp_path, "release", "--site", site) == 1
    assert (tmp_path / "data/published-addresses.txt").read_text(encoding="utf-8") == written


def test_release_of_another_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A site that was built before the last record was added is not what is being published."""
    toy.write(tmp_path, {})
    assert run(tmp_path, "release", "--site", str(tmp_path / "site")) == 2
    assert "there is none. Run `make build` first." in capsys.readouterr().err
    assert run(tmp_path, "release", "--site", str(built(tmp_path / "site", "", "practices/ask-why"))) == 2
    assert "4 records are not in it" in capsys.readouterr().err
    assert not (tmp_path / "data/published-addresses.txt").exists()


OVERDUE = {"data/theories.yaml": toy.BASE["data/theories.yaml"].replace("{on: 2026-01-15, against: [doe2020aims]}", "{on: 2001-01-15, against: [doe2020aims]}")}


def test_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The table by kind, all figures, and what is overdue with its reason."""
    assert run(toy.write(tmp_path, OVERDUE), "status") == 0
    out = capsys.readouterr().out
    assert out.startswith("| plural | records | ")
    assert "\nRecords: 5\n" in out
    overdue = [line for line in out.splitlines() if line.startswith("overdue by")]
    assert overdue[0].endswith("days: theory path-model, due on 2004-01-15 (theories are refined over many years)"), "the longest first"


def test_snapshot(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A release is added once, at the end; what stands there is never rewritten."""
    path = toy.write(tmp_path, {}) / "data/status-history.yaml"
    assert run(tmp_path, "snapshot", "0.1.0") == 0
    first = path.read_text(encoding="utf-8")
    assert "\n0.1.0:\n  day: " in first
    assert run(tmp_path, "snapshot", "0.1.0") == 1
    assert "counted already" in capsys.readouterr().err
    assert run(tmp_path, "snapshot", "not a name") == 2
    assert run(tmp_path, "snapshot", "0.2.0") == 0
    assert path.read_text(encoding="utf-8").startswith(first)
    assert run(tmp_path, "check") == 0
    toy.write(tmp_path, BROKEN)
    assert run(tmp_path, "snapshot", "0.3.0") == 1
    assert "0.3.0" not in path.read_text(encoding="utf-8")


def test_misspelt_command(capsys: pytest.CaptureFixture[str]) -> None:
    """Who mistypes a command is told which one may be meant."""
    with pytest.raises(SystemExit):
        main(["chekc"])
    assert "'chekc' is not a command. Did you mean 'check'?" in capsys.readouterr().err


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """Every command says what it does, and has its own help."""
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = capsys.readouterr().out
    for name, about in COMMANDS.items():
        assert about in shown
        with pytest.raises(SystemExit) as left:
            main([name, "--help"])
        assert left.value.code == 0


def test_check_starts_with_little() -> None:
    """The check of an editor loads no other command and nothing that only pages need."""
    code = "import atexit, sys; atexit.register(lambda: print(*sys.modules)); from waymark.__main__ import main; main(['check', '--help'])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60).stdout.splitlines()[-1].split()
    assert "waymark.library" in loaded
    commands = {name for name in loaded if name.startswith("waymark.commands.")}
    assert {"waymark.commands.check"} == commands
    assert not {"jinja2", "networkx", "waymark.dictionary"} & set(loaded)
