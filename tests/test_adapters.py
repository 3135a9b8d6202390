"""The plugins in a real build of the toy site, with the command line people use."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from site_fixtures import PROJECT, TOY, Built, build, soup_of, words_of
from test_policy import allowed, directives, hash_of, inline_scripts
from waymark.kinds import KINDS
from waymark.library import Library
from waymark.prepared import COMPARED

BuildToy = Callable[..., Built]
RECORD = "programmes/open-door"


@pytest.fixture(scope="session")
def toy_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The toy site, built once for the tests that only read it."""
    project = Path(shutil.copytree(TOY, tmp_path_factory.mktemp("toy-site") / "project"))
    built = build(project / "mkdocs.yml", project / "out", SOURCE_DATE_EPOCH="1590969600")
    assert built.returncode == 0, built.output
    return built


def change(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def list_plugins(project: Path, names: list[str]) -> None:
    config = project / "mkdocs.yml"
    separator = re.findall(r"separator: '(.*)'", config.read_text(encoding="utf-8"))[0]
    names = ["search:" if name == "search" else name for name in names]
    listed = "".join(f"  - {name}\n" + (f"      separator: '{separator}'\n" if name == "search:" else "") for name in names)
    config.write_text(re.sub(r"plugins:\n(  .*\n)+", lambda _: f"plugins:\n{listed}", config.read_text(encoding="utf-8")), encoding="utf-8")


def content_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def edit_links(soup: BeautifulSoup) -> set[str]:
    return {str(link["href"]) for link in soup.select("a[href*='/edit/']")}


# What is built ------------------------------------------------------------------------------------


def test_the_toy_builds_without_a_warning(toy_site: Built) -> None:
    assert not re.search(r"WARNING|ERROR", toy_site.output)


def test_there_is_a_page_for_everything(toy_site: Built, toy_library: Library) -> None:
    pages = {path.parent.relative_to(toy_site.folder).as_posix() for path in toy_site.folder.rglob("index.html")}
    records = {f"{item.kind.plural}/{item.id}" for item in toy_library.items.values()} | {f"references/{key}" for key in toy_library.bibliography}
    indexes = {*(kind.plural for kind in KINDS.values()), "references", "references/all", "changes", "checks", "disagreements", "status"}
    indexes |= {
        "evidence-map",
        "explorer",
        "foundations",
        "people",
        "corrections",
        "open-data",
        "open-data/dictionary",
        "compare",
        "compare/programmes/doors-and-lamps",
        "compare/theories/walls",
    }
    indexes |= {f"compare/{KINDS[kind].plural}" for kind in COMPARED} | {"contribute", *(f"contribute/{kind}" for kind in KINDS)}
    assert pages == records | indexes | {".", "method", "responsible-use"} | {"programmes/old-door", "programmes/older-door", "terms/a"}


def test_titles_and_descriptions_are_words_wherever_the_theme_prints_them(toy_site: Built) -> None:
    soup = toy_site.page("programmes/lamp-house")
    assert soup.title is not None
    assert words_of(soup.title) == 'The "Lamp" House & Sons <one> - Toy & Co'
    assert [words_of(topic) for topic in soup.select(".md-header__topic")][1] == 'The "Lamp" House & Sons <one>'
    assert [meta["content"] for meta in soup.select("meta[name=description]")] == ["A house with a lamp."]
    assert [meta["content"] for meta in toy_site.page(RECORD).select("meta[name=description]")] == [
        "People talk over tea and are not judged. It says 5 < 6 & “x”."
    ]


def test_the_table_of_contents_of_a_record_page(toy_site: Built) -> None:
    soup = toy_site.page(RECORD)
    links = [str(link["href"]) for link in soup.select(".md-nav--secondary a.md-nav__link")]
    assert links == [f"#{heading['id']}" for heading in soup.select("article h2[id]")]


def test_edit_links_lead_to_the_file_to_change(toy_site: Built) -> None:
    edit = "https://code.example/toy/site/edit/main/"
    cases = {
        RECORD: "data/programmes.yaml",
        "practices/tea-hour": "data/practices/tea-hour.yaml",
        "method": "content/method.md",
        ".": "content/index.md",
    }
    for address, path in cases.items():
        found = {link.replace("content/../", "") for link in edit_links(toy_site.page(address))}
        assert found == {f"{edit}{path}"}, address
    assert not edit_links(toy_site.page("programmes")), "nobody writes the index"
    assert not edit_links(toy_site.page("references"))


def test_a_former_address_has_the_whole_page_and_leads_on(toy_site: Built) -> None:
    old, new = toy_site.page("programmes/old-door"), toy_site.page(RECORD)
    assert [base["href"] for base in old.select("head > base")] == ["../../programmes/open-door/"]
    assert {str(each["id"]) for each in new.select("[id]")} == {str(each["id"]) for each in old.select("[id]")}
    canonical = {str(link["href"]) for soup in (old, new) for link in soup.select("link[rel=canonical]")}
    assert canonical == {"https://toy.example/base/programmes/open-door/"}
    assert (toy_site.folder / "assets" / "moved.js").is_file()
    assert "moved.js" not in str(new)
    assert "old-door" not in (toy_site.folder / "sitemap.xml").read_text(encoding="utf-8")
    assert "old-door" not in (toy_site.folder / "search" / "search_index.json").read_text(encoding="utf-8")


def test_every_page_has_the_policy_of_its_scripts(toy_site: Built) -> None:
    for path in toy_site.folder.rglob("*.html"):
        soup = soup_of(path.read_text(encoding="utf-8"))
        assert allowed(soup) == {hash_of(script) for script in inline_scripts(soup)}, path
        assert directives(soup)["default-src"] == ["'self'"], path


# Hand-written pages -------------------------------------------------------------------------------


def test_citations_and_links_in_hand_written_pages(toy_site: Built) -> None:
    soup = toy_site.page(".")
    links = {words_of(link): link["href"] for link in soup.select("article a.wm-link")}
    assert links == {"open door": "programmes/open-door/", "the second rule": "principles/kind-word-rule/#point-2", "a page": "method/"}
    assert [words_of(group) for group in soup.select(".wm-cites")] == [
        "(Doe & Roe, 2001, p. 3; disputed by Roe, 2010, p. 9)",
        "(Poe, 1999, p. 1, as cited in Roe, 2010, p. 12)",
    ]
    assert [code.get_text() for code in soup.select("article code")] == ["[@doe2001door, p. 3]", "[x][open-door]"]
    assert [item["id"] for item in soup.select("article ul.wm-references > li")] == ["ref-doe2001door", "ref-poe1999sea", "ref-roe2010lamp"]
    assert "#references" in [link["href"] for link in soup.select(".md-nav--secondary a")]


def test_an_open_report_is_said_below_the_title_of_a_hand_written_page(toy_site: Built) -> None:
    flag = toy_site.page("method").select("article > p.wm-reported, .md-content p.wm-reported")
    assert [each.a["href"] for each in flag] == ["../corrections/#report-fresh-door"]  # type: ignore[index]
    assert flag[0].find_previous_sibling().name == "h1"  # type: ignore[union-attr]
    assert not toy_site.page("").select("p.wm-reported")


def test_a_page_without_citations_has_no_references(toy_site: Built) -> None:
    assert not toy_site.page("method").select("#references")


# Search -------------------------------------------------------------------------------------------


def test_the_search_gets_the_texts_of_the_page_models(toy_site: Built) -> None:
    docs = json.loads((toy_site.folder / "search" / "search_index.json").read_text(encoding="utf-8"))["docs"]
    by_location = {doc["location"]: doc for doc in docs}
    assert len(by_location) == len(docs), "each place once"
    page = by_location[f"{RECORD}/"]
    # The search of the theme shows all three as HTML.
    assert [words_of(soup_of(tag)) for tag in page["tags"]] == ["OD", 'Åpen dør "Nord"', "L'Huis & Cie", "Porta <aberta>"]
    assert 'It says 5 < 6 & "x".' in words_of(soup_of(page["text"]))
    assert "Wait < 5 & breathe." in words_of(soup_of(by_location[f"{RECORD}/#structure"]["text"]))
    assert words_of(soup_of(by_location["programmes/lamp-house/"]["title"])) == 'The "Lamp" House & Sons <one>'
    for doc in docs:
        if doc["location"].count("/") == 2:
            assert not soup_of(doc["title"] + doc["text"]).body.find_all(True), doc  # type: ignore[union-attr]


def test_every_place_the_search_knows_exists(toy_site: Built) -> None:
    for doc in json.loads((toy_site.folder / "search" / "search_index.json").read_text(encoding="utf-8"))["docs"]:
        address, _, anchor = doc["location"].partition("#")
        soup = toy_site.page(address)
        assert not anchor or soup.select(f'[id="{anchor}"]'), doc["location"]


# Hostile text -------------------------------------------------------------------------------------


def test_a_script_in_a_record_neither_stands_in_the_page_nor_may_run(toy_project: Path, build_toy: BuildToy) -> None:
    change(
        toy_project / "data" / "programmes.yaml",
        ('The "Lamp" House & Sons <one>', "'</title><script>evil(1)</script>\"><img src=x onerror=evil(2)>'"),
        ("A house with a lamp", 'A house `"><script>evil(3)</script>` with a lamp'),
    )
    built = build_toy()
    assert built.returncode == 0, built.output
    for address in ("programmes/lamp-house", "programmes", RECORD, "references"):
        soup = built.page(address)
        assert not [script for script in inline_scripts(soup) if "evil" in script], address
        assert not soup.select("[onerror], article img"), address
        assert hash_of("evil(1)") not in allowed(soup), address


def test_a_script_in_a_hand_written_page_may_not_run(toy_project: Path, build_toy: BuildToy) -> None:
    with (toy_project / "content" / "method.md").open("a", encoding="utf-8") as page:
        page.write("\n<script>evil()</script>\n")
    soup = build_toy().page("method")
    assert "evil()" in inline_scripts(soup), "Markdown of the house lets HTML through"
    assert hash_of("evil()") not in allowed(soup)


# What stops a build -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("listed", "wrong", "needs"),
    [
        (["search", "waymark/citations"], "waymark/citations", "waymark/records"),
        (["search", "waymark/search"], "waymark/search", "waymark/records"),
        (["waymark/records", "waymark/search"], "waymark/search", "search"),
    ],
)
def test_a_plugin_without_the_one_it_needs_says_what_to_do(toy_project: Path, build_toy: BuildToy, listed: list[str], wrong: str, needs: str) -> None:
    list_plugins(toy_project, listed)
    built = build_toy()
    assert built.returncode != 0
    assert f"'{wrong}' needs" in built.output
    assert f"'{needs}'" in built.output
    assert "above it in mkdocs.yml" in built.output
    assert "Traceback" not in built.output
    assert not built.folder.exists()


@pytest.mark.parametrize("order", list(permutations(["search", "waymark/records", "waymark/citations", "waymark/search"]))[1::5])
def test_the_order_of_the_plugins_makes_no_difference_or_is_refused(toy_project: Path, build_toy: BuildToy, toy_site: Built, order: tuple[str, ...]) -> None:
    list_plugins(toy_project, list(order))
    built = build_toy()
    if built.returncode == 0:
        assert content_of(built.folder) == content_of(toy_site.folder)
    else:
        assert "above it in mkdocs.yml" in built.output
        assert not built.folder.exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "code"),
    [
        ("data/programmes.yaml", "status: running", "status: runing", "data/programmes.yaml:14:11", "not-in-list"),
        ("data/programmes.yaml", "to: harbour-stages", "to: harbor-stages", "data/programmes.yaml", "unknown-link"),
        ("data/practices/tea-hour.yaml", "name: Tea hour", "name: [Tea hour", "data/practices/tea-hour.yaml", "yaml-syntax"),
        ("data/references.bib", "10.5555/lamp.2010", "lamp", "data/references.bib", "bad-bib-value"),
        ("content/index.md", "@doe2001door, p. 3;", "@doe2001dor, p. 3;", "content/index.md:3:", "unknown-citation"),
    ],
)
def test_a_problem_stops_the_build_and_the_last_site_stays(
    toy_project: Path, build_toy: BuildToy, file: str, old: str, new: str, place: str, code: str
) -> None:
    good = build_toy()
    assert good.returncode == 0, good.output
    before = content_of(good.folder)
    text = (toy_project / file).read_text(encoding="utf-8")
    change(toy_project / file, (old, new))
    bad = build_toy()
    assert bad.returncode != 0
    assert place in bad.output
    assert f"[{code}]" in bad.output
    assert "Nothing was built" in bad.output
    assert "Traceback" not in bad.output
    assert content_of(bad.folder) == before
    (toy_project / file).write_text(text, encoding="utf-8")
    assert build_toy().returncode == 0
    assert content_of(good.folder) == before


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("content/index.md", "## Another section", "## A new name", "'/#another-section' was published and leads nowhere"),
        ("content/index.md", "## Another section", "## A new name {#another-section}", ""),
        ("content/index.md", "## Another section", '<span id="another-section"></span>\n\nMore.', ""),
        ("data/practices/cold-tea.yaml", "resources: approach, ", "", "The place '#resources' of /practices/cold-tea/ was published and is gone"),
        ("data/programmes.yaml", "former_ids: [old-door, older-door]", "former_ids: [old-door]", "'/programmes/older-door/' was published and is gone"),
        ("data/published-addresses.txt", "/terms/a/", "/terms/a/\n/guides/gone/", "'/guides/gone/' was published and leads nowhere"),
        ("data/published-addresses.txt", "/terms/a/", "/open-data/gone.csv", "People and programs fetch this file"),
    ],
)
def test_a_published_place_that_vanishes_stops_the_build_and_the_last_site_stays(
    toy_project: Path, toy_site: Built, build_toy: BuildToy, file: str, old: str, new: str, said: str
) -> None:
    out = Path(shutil.copytree(toy_site.folder, toy_project / "out"))
    change(toy_project / "mkdocs.yml", ("  - toc:", "  - attr_list\n  - toc:"))
    before = content_of(out)
    change(toy_project / file, (old, new))
    built = build_toy()
    if said:
        assert built.returncode != 0
        assert said in built.output
        assert "the last site is as it was" in built.output.lower(), "without --strict too"
        assert "Traceback" not in built.output
        assert content_of(out) == before
    else:
        assert built.returncode == 0, built.output
        assert built.page(".").select("#another-section")
    # A build that is stopped by the check has no need of the cache yet.
    assert {path.name for path in toy_project.iterdir()} - {".cache"} == {"content", "data", "mkdocs.yml", "out"}, "nothing is left lying about"


def test_a_hand_written_page_that_is_renamed_keeps_its_old_address(toy_project: Path, build_toy: BuildToy) -> None:
    (toy_project / "content" / "method.md").rename(toy_project / "content" / "how.md")
    change(toy_project / "content" / "index.md", ("(method.md)", "(how.md)"), ("][method]", "][how]"))
    change(toy_project / "mkdocs.yml", ("method.md", "how.md"), ("  - toc:", "  - attr_list\n  - toc:"))
    change(toy_project / "data" / "corrections.yaml", ("[open-door, method]", "[open-door, how]"))
    lost = build_toy()
    assert lost.returncode != 0
    assert "former_addresses: [method/]" in lost.output
    assert not lost.folder.exists()
    page = toy_project / "content" / "how.md"
    page.write_text(f"---\nformer_addresses: [method/]\n---\n{page.read_text(encoding='utf-8')}", encoding="utf-8")
    built = build_toy()
    assert built.returncode == 0, built.output
    old = built.page("method")
    assert old.select("#method")
    assert [base["href"] for base in old.select("base")] == ["../how/"]
    change(page, ("[method/]", "[programmes/]"))
    assert "'/programmes/' is a former address of '/how/', but a page stands there now" in build_toy().output


def test_a_warning_of_a_strict_build_leaves_the_last_site_as_it_was(toy_project: Path, toy_site: Built, build_toy: BuildToy) -> None:
    out = Path(shutil.copytree(toy_site.folder, toy_project / "out"))
    before = content_of(out)
    with (toy_project / "content" / "index.md").open("a", encoding="utf-8") as page:
        page.write("\n[nowhere](nowhere.md)\n")
    assert "Aborted with 1 warnings in strict mode" in build_toy().output
    assert content_of(out) == before


def test_problems_are_annotations_on_github(toy_project: Path, build_toy: BuildToy) -> None:
    change(toy_project / "data" / "programmes.yaml", ("status: running", "status: runing"))
    said = build_toy(GITHUB_ACTIONS="true").output
    assert re.search(r"^::error file=data/programmes\.yaml,line=14,col=11,title=not-in-list::", said, re.MULTILINE)
    assert "::error" not in build_toy().output


# Dates, addresses and options ---------------------------------------------------------------------


def test_the_day_of_a_build_can_be_given(toy_project: Path, build_toy: BuildToy) -> None:
    assert build_toy(SOURCE_DATE_EPOCH="1590926400").returncode == 0, "31 May 2020"
    early = build_toy(SOURCE_DATE_EPOCH="1577836800")
    assert early.returncode != 0, "1 January 2020, before the records were checked"
    assert "[bad-date]" in early.output


def test_two_builds_of_the_same_moment_are_equal(toy_project: Path, build_toy: BuildToy) -> None:
    first = content_of(build_toy(PYTHONHASHSEED="1").folder)
    second = content_of(build_toy(PYTHONHASHSEED="2", TZ="Pacific/Auckland").folder)
    assert [name for name in first if first[name] != second.get(name)] == []
    assert first.keys() == second.keys()


def test_a_site_without_a_public_address_works(toy_project: Path, build_toy: BuildToy) -> None:
    change(toy_project / "mkdocs.yml", ("site_url: https://toy.example/base/\n", ""))
    built = build_toy()
    assert built.returncode == 0, built.output
    soup = built.page(RECORD)
    assert soup.select("a.wm-link")[0]["href"] == "../../theories/harbour-stages/"
    assert not soup.select("meta[name=citation_public_url]")
    assert "toy.example/base" not in str(soup)
    assert edit_links(soup)


def test_a_site_without_a_repository_offers_no_edit_link_to_nowhere(toy_project: Path, build_toy: BuildToy) -> None:
    change(toy_project / "mkdocs.yml", ("repo_url: https://code.example/toy/site\n", ""), ("edit_uri: edit/main/content/\n", ""))
    built = build_toy()
    assert built.returncode == 0, built.output
    assert [link["href"] for link in built.page(RECORD).select("a") if words_of(link) == "Edit this record"] == []


def test_a_fork_leads_editors_to_itself(toy_project: Path, build_toy: BuildToy) -> None:
    built = build_toy(GITHUB_REPOSITORY="someone/fork")
    assert {link.replace("content/../", "") for link in edit_links(built.page(RECORD))} == {"https://github.com/someone/fork/edit/main/data/programmes.yaml"}


def test_the_project_may_stand_in_another_folder_than_its_configuration(toy_project: Path, build_toy: BuildToy) -> None:
    other = toy_project / "elsewhere"
    other.mkdir()
    (toy_project / "data").rename(other / "data")
    # Pages are read below the project's folder too, for their links and citations.
    (toy_project / "content").rename(other / "content")
    change(
        toy_project / "mkdocs.yml",
        ("docs_dir: content", "docs_dir: elsewhere/content"),
        ("  - waymark/records\n", "  - waymark/records:\n      root: elsewhere\n"),
    )
    built = build_toy()
    assert built.returncode == 0, built.output
    assert built.page(RECORD).select("h1")


def test_only_what_changed_may_be_built_anew(toy_project: Path, toy_site: Built) -> None:
    """Pages that stand at former addresses are still there from the build before."""
    out = Path(shutil.copytree(toy_site.folder, toy_project / "out"))
    with (toy_project / "content" / "method.md").open("a", encoding="utf-8") as page:
        page.write("\nOne paragraph more.\n")
    built = build(toy_project / "mkdocs.yml", out, options=["--dirty"], SOURCE_DATE_EPOCH="1590969600")
    assert "Aborted with 1 warnings in strict mode" in built.output, "the one that MkDocs gives to each build of this sort"
    assert "ERROR" not in built.output
    assert "One paragraph more." in words_of(built.page("method"))
    assert content_of(out).keys() == content_of(toy_site.folder).keys()


def test_it_runs_unchanged_in_properdocs(toy_project: Path, toy_site: Built) -> None:
    built = build(toy_project / "mkdocs.yml", toy_project / "out", host="properdocs", SOURCE_DATE_EPOCH="1590969600")
    assert built.returncode == 0, built.output
    assert not re.search(r"WARNING|ERROR", built.output)
    assert content_of(built.folder).keys() == content_of(toy_site.folder).keys()


def test_the_command_line_checks_without_mkdocs() -> None:
    code = "import sys; from waymark.__main__ import main; main(['--root', sys.argv[1], 'check']); sys.exit('mkdocs' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, str(PROJECT / "tests" / "site")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
