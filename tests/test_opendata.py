"""The pages about open data: what they offer is there, what they say of it is so, their examples run."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from site_fixtures import TODAY, TOY_SITE, Shown, soup_of, words_of
from waymark.dictionary import dictionary
from waymark.kinds import KINDS
from waymark.library import Library
from waymark.pages import Site
from waymark.render import Renderer
from waymark.tabular import kind_table, tables_of

SITE = replace(TOY_SITE, version="1.2.3", day=TODAY, source="https://code.example/toy/site")


@pytest.fixture(scope="module")
def taken(real_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which somebody has put every file that the page offers."""
    folder = tmp_path_factory.mktemp("taken")
    for file in Renderer(real_library, SITE).files():
        name = file.address.removeprefix("open-data/")
        if "/" not in name or file.address in ("references/waymark.bib", "references/waymark.ris"):
            file.write(folder / Path(name).name)
    return folder


@pytest.fixture(scope="module")
def page(real_library: Library) -> Any:
    return soup_of(next(draft for draft in Renderer(real_library, SITE).open_data() if draft.address == "open-data/").make().html)


def test_every_file_is_offered_and_made(toy_library: Library, toy_pages: dict[str, Shown]) -> None:
    soup = toy_pages["open-data/"].soup
    renderer = Renderer(toy_library, TOY_SITE)
    offered = {str(link["href"]) for link in soup.select("a[download]")}
    made = {file.address for file in renderer.files()}
    assert offered == {file.name for file in renderer.data_files()} | {f"../references/waymark.{ending}" for ending in ("bib", "ris", "json")}
    assert {f"open-data/{name}" if not name.startswith("../") else name[3:] for name in offered} <= made
    assert len(made) == len(list(renderer.files())), "no two files share an address"
    feeds = {str(link["href"])[3:] for link in soup.select("#feeds ~ p a") if str(link["href"]).endswith("feed.xml")}
    assert feeds == {address for address in made if address.endswith("feed.xml")}


def test_each_record_offers_its_own_file(toy_library: Library, toy_pages: dict[str, Shown]) -> None:
    made = {file.address for file in Renderer(toy_library, TOY_SITE).files()}
    for item in toy_library.items.values():
        shown = toy_pages[f"{item.kind.plural}/{item.id}/"]
        (link,) = shown.soup.select("#about-this-page ~ dl a[download]")
        assert words_of(link) == "This record as JSON"
        assert f"{item.kind.plural}/{item.id}/{link['href']}" in made
        assert [(each.type, each.address) for each in shown.page.alternates] == [("application/json", link["href"])]


def test_an_index_names_its_feed(toy_pages: dict[str, Shown]) -> None:
    for kind in KINDS.values():
        (found,) = toy_pages[f"{kind.plural}/"].page.alternates
        assert (found.type, found.address, found.title) == ("application/atom+xml", f"../{kind.plural}/feed.xml", f"Toy & Co: {kind.plural} checked last")


def test_licence_version_and_day_are_on_the_page(page: Any) -> None:
    said = {words_of(term): words_of(term.find_next_sibling("dd")) for term in page.select("dl.wm-about dt")}
    assert said == {
        **{"Licence": "CC BY 4.0, for all files", "Version": "1.2.3, form of the files 1.1", "Made on": "1 June 2020"},
        **{"Made from": "the files of the project"},
    }


def test_nothing_is_said_that_is_not_known(toy_library: Library) -> None:
    """A site without address, version, day and repository."""
    pages = {draft.address: draft.make() for draft in Renderer(toy_library, Site()).open_data()}
    soup = soup_of(pages["open-data/"].html)
    assert [words_of(term) for term in soup.select("dl.wm-about dt")] == ["Licence"]


def examples(soup: Any) -> list[str]:
    return [block.get_text() for block in soup.select("pre.wm-example code")]


NEEDS = ("csv", "json", "sqlite3", "networkx", "rispy", "bibtexparser")


@pytest.mark.parametrize("package", NEEDS)
def test_the_examples_run(page: Any, taken: Path, package: str) -> None:
    """As a reader would run them: pasted, in the folder with the files. Each prints something on every line."""
    (code,) = (code for code in examples(page) if f"import {package}\n" in code)
    assert len(code.splitlines()) <= 6
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore::ResourceWarning", "-c", code], cwd=taken, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.stderr, done.returncode) == ("", 0)
    lines = done.stdout.splitlines()
    assert len(lines) >= 10
    assert all(lines)


def test_each_example_is_tried(page: Any) -> None:
    assert len(examples(page)) == len(NEEDS)


def test_what_the_page_says_of_formulas_is_so(taken: Path, real_library: Library) -> None:
    """Somewhere in the real files the guard is at work, and the way back that the page gives leads to the text as written."""
    import csv

    with (taken / "citations.csv").open(encoding="utf-8-sig", newline="") as file:
        assert not [row for row in csv.DictReader(file) if row["locator"].startswith(tuple("=+-@"))]
    with (taken / "statements.csv").open(encoding="utf-8-sig", newline="") as file:
        found = [row["text"] for row in csv.DictReader(file)]
    texts = [each.text for item in real_library.items.values() for each in item.statements]
    assert [text[1:] if text.startswith("'") and text.lstrip("'").startswith(tuple("=+-@\t\r\n")) else text for text in found] == texts


def test_the_readme_lists_every_table(taken: Path, real_library: Library) -> None:
    text = (taken / "README.txt").read_text(encoding="utf-8")
    for path in taken.glob("*.csv"):
        assert f"\n{path.name}\n" in text
    for words in ("CC-BY-4.0", "1.2.3", "2020-06-01", SITE.url, SITE.source, "Toy & Co"):
        assert words in text
    assert "&amp;" not in text


def test_the_dictionary_explains_every_field_and_column(toy_library: Library, toy_pages: dict[str, Shown]) -> None:
    soup = toy_pages["open-data/dictionary/"].soup

    def words_in(heading: str) -> set[str]:
        return {words_of(code) for code in soup.select_one(f'[id="{heading}"]').find_next("table").select("tbody th > code")}  # type: ignore[union-attr]

    for group in dictionary():
        assert words_in(f"fields-{group.owner.replace(' ', '-')}") == {each.field for each in group.definitions}
    for table in tables_of(toy_library, ""):
        assert words_in(f"table-{table.name}") == {column.name for column in table.columns}
    for kind in KINDS.values():
        (term,) = (term for term in soup.select("dl.wm-tables dt") if words_of(term) == f"{kind.plural}.csv")
        columns = [column.name for column in kind_table(toy_library, kind, "").columns]
        assert [words_of(code) for code in term.find_next_sibling("dd").select("code")] == columns  # type: ignore[union-attr]
        explained = {words_of(code) for code in soup.select("#tables-kinds + p code")} | {"name"}
        fields = {each.field for group in dictionary() if group.owner in (kind.name, "every record") for each in group.definitions}
        assert set(columns) <= explained | fields


def test_the_dictionary_shows_marks_as_code_and_cites_nothing(toy_pages: dict[str, Shown]) -> None:
    soup = toy_pages["open-data/dictionary/"].soup
    assert not soup.select(".wm-cites")
    assert "`" not in soup.get_text()
