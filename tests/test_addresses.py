"""Addresses that were promised: the file, what is added to it, and what a built site still answers to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import toy
from waymark.addresses import HEAD, Promise, is_letter_page, read_broken, read_promises, with_added
from waymark.paths import PUBLISHED
from waymark.render import Renderer

TEXT = f"""{HEAD}/ what-is-here
/practices/ask-why/ approach steps
  step-2 Sit down
  step-10 Listen: “well”
"""
PAGES = {"": {"what-is-here": ""}, "practices/ask-why/": {"approach": "", "steps": "", "step-2": "Sit down", "step-10": "Listen: “well”"}}


def read(tmp_path: Path, text: str) -> Mapping[str, Promise]:
    path = tmp_path / "promised.txt"
    path.write_text(text, encoding="utf-8")
    promises, problems = read_promises(path, "promised.txt")
    assert not problems
    return promises


def places(promises: Mapping[str, Promise]) -> dict[str, dict[str, str]]:
    return {address: dict(each.places) for address, each in promises.items()}


def test_the_file_reads_as_it_was_written(tmp_path: Path) -> None:
    """A line a page with its sections; what is counted below it, in order of its number, with its words."""
    promises = read(tmp_path, TEXT)
    assert places(promises) == PAGES
    assert with_added(promises, {}) == (TEXT, 0)
    assert with_added({}, PAGES) == (TEXT, 7), "two pages and five places"
    assert promises["practices/ask-why/"].lines["step-10"] == len(TEXT.splitlines())


def test_nothing_is_ever_taken_out(tmp_path: Path) -> None:
    promises = read(tmp_path, TEXT)
    text, added = with_added(promises, {"practices/ask-why/": {"approach": "", "step-2": "Sit", "step-3": "Wait"}, "practices/new/": {}})
    assert added == 2
    assert places(read(tmp_path, text)) == {
        "": {"what-is-here": ""},
        "practices/ask-why/": {"approach": "", "steps": "", "step-2": "Sit", "step-3": "Wait", "step-10": "Listen: “well”"},
        "practices/new/": {},
    }, "words are those of today: they say what a link that is made now leads to"


def test_without_the_file_nothing_was_promised(tmp_path: Path) -> None:
    assert read_promises(tmp_path / "none.txt", "none.txt") == ({}, [])


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("references/a/", True),
        ("terms/0-9/", True),
        ("disagreements/z/", True),
        ("changes/2026-11/", True),
        ("changes/", False),
        ("references/all/", False),
        ("references/a1/", False),
        ("guides/a/", False),
        ("a/", False),
        ("compare/terms/a/", False),
    ],
)
def test_pages_of_one_letter_come_and_go(address: str, expected: bool) -> None:
    assert is_letter_page(address) is expected


# A built site -------------------------------------------------------------------------------------


def page(site: Path, address: str, html: str) -> None:
    (site / address).mkdir(parents=True, exist_ok=True)
    (site / address / "index.html").write_text(html, encoding="utf-8")


def test_what_was_built_is_held_against_what_was_promised(tmp_path: Path) -> None:
    page(tmp_path, "", '<h1 id="top">Home</h1><h2 data-x="1" id=what-is-here>x</h2>')
    page(tmp_path, "practices/ask-why/", '<h2 id="approach">id="steps"</h2><pre>&lt;p id="step-2"></pre><li class="a" id="step-10">')
    broken = list(read_broken(tmp_path, read(tmp_path, TEXT + "/practices/gone/ approach\n").values()))
    assert broken == [("practices/ask-why/", "steps"), ("practices/ask-why/", "step-2"), ("practices/gone/", "")]


# Records that change ------------------------------------------------------------------------------

PUBLISHED_TOY = {PUBLISHED: "/practices/ask-why/ approach\n/references/doe2020aims/ known used\n"}
WITH_APPROACH = toy.BASE["data/practices/ask-why.yaml"].replace("checked:", "approach: Ask [@doe2020aims, p. 6].\nchecked:")


def test_renaming_a_practice_keeps_its_old_address_alive(tmp_path: Path) -> None:
    files = {**PUBLISHED_TOY, "data/practices/ask-why.yaml": WITH_APPROACH}
    assert toy.load(tmp_path / "before", files)[1] == []
    renamed = {**toy.BASE, **files}
    renamed["data/practices/ask-for-reasons.yaml"] = renamed.pop("data/practices/ask-why.yaml")
    for name, changed, codes in (
        ("forgotten", "", ["lost-id"]),
        ("kept", "former_ids: [ask-why]\n", []),
    ):
        text = renamed["data/practices/ask-for-reasons.yaml"] + changed
        toy.write(tmp_path / name, {"data/practices/ask-for-reasons.yaml": text}, base=renamed)
        _, problems = toy.load_library(tmp_path / name, today=toy.TODAY)
        assert [problem.code.id for problem in problems] == codes, name


def test_a_published_work_keeps_its_page_when_nobody_cites_it_any_more(tmp_path: Path) -> None:
    bib = toy.BASE["data/references.bib"]
    files = {"data/references.bib": bib + bib.replace("doe2020aims", "doe2020ends"), PUBLISHED: "/references/doe2020ends/\n"}
    library, problems = toy.load(tmp_path, files)
    assert [problem.code.id for problem in problems] == ["uncited-entry"], "advice"
    assert "references/doe2020ends/" in {draft.address for draft in Renderer(library).drafts()}
