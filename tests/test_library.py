"""Everything loaded and joined; what can be wrong is shown in `problems/`."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import toy
from waymark.library import Library
from waymark.problems import failures

CHECKED = "checked: {on: 2026-01-15, against: [doe2020aims]}\n"
HOW = f"""\
name: ask how
summary: As in [the model][path-model#part-1] and [again][path-model] [@doe2020aims, p. 8].
relations:
  - {{type: based_on, to: path-model, basis: '[@doe2020aims, p. 9]', note: Both}}
  - {{type: uses, to: ask-why, basis: ours}}
former_ids: [ask-gently]
{CHECKED}"""


def test_base_project(library: Library) -> None:
    """The small project that the tests stand on."""
    assert sorted(library.items) == ["ask-why", "do-no-harm", "family-support", "north-star", "path-model"]
    assert list(library.pages) == ["index"]
    assert list(library.bibliography) == ["doe2020aims"]


def test_items_know_where_they_come_from(library: Library) -> None:
    """Kind, file and statements of a record, from a folder or from a list."""
    assert (library.items["ask-why"].kind.name, library.items["ask-why"].document.path) == ("practice", "data/practices/ask-why.yaml")
    assert (library.items["path-model"].kind.name, library.items["path-model"].document.path) == ("theory", "data/theories.yaml")
    assert [citation.locator for citation in library.items["path-model"].citations()] == ["p. 2", "p. 2", "p. 3"]


def test_links_both_ways(tmp_path: Path) -> None:
    """Relations and mentions are found from either end; a page is an end like any other."""
    library, problems = toy.load(tmp_path, {"data/practices/ask-how.yaml": HOW})
    assert problems == []
    expected = [("path-model", "based_on", ""), ("ask-why", "uses", ""), ("path-model", "mentions", "part-1"), ("path-model", "mentions", "")]
    assert expected == [(link.target, link.relation, link.anchor) for link in library.outgoing["ask-how"]]
    assert [link.source for link in library.backlinks["path-model"]] == ["ask-how", "ask-how", "ask-how", "index"]


def test_citing(tmp_path: Path) -> None:
    """For each work, the records and pages that cite it: directly, with `via`, or as further reading."""
    entry = "\n@report{roe2019path,\n  author = {Roe}, title = {T}, known = {via another work}, via = {doe2020aims}, checked = {2026-01-15},\n}\n"
    bib = toy.BASE["data/references.bib"] + entry + entry.replace("roe2019path", "poe2018").replace("{via another work}, via = {doe2020aims}", "{read in part}")
    how = f"name: A\nsummary: B [@roe2019path, via @doe2020aims, p. 8].\nfurther_reading: [poe2018]\n{CHECKED}"
    library, problems = toy.load(tmp_path, {"data/references.bib": bib, "data/practices/ask-how.yaml": how})
    assert problems == []
    assert (library.citing["roe2019path"], library.citing["poe2018"]) == (("ask-how",), ("ask-how",))
    assert library.citing["doe2020aims"] == ("north-star", "path-model", "family-support", "do-no-harm", "ask-how", "ask-why", "index")


def test_of_kind_sorts_as_readers_do(tmp_path: Path) -> None:
    """Capital letters make no difference."""
    library, _ = toy.load(tmp_path, {"data/practices/ask-how.yaml": HOW})
    assert [item.record.name for item in library.of_kind("practice")] == ["ask how", "Ask why"]


def test_list_and_folder_are_the_same_kind(tmp_path: Path) -> None:
    """A closed list can become a folder without any change to the rest."""
    toy.write(tmp_path, {"data/factors/family-support.yaml": f"name: Family support\nsummary: Help [@doe2020aims, p. 4].\n{CHECKED}"})
    (tmp_path / "data/factors.yaml").unlink()
    library, problems = toy.load_library(tmp_path, today=toy.TODAY)
    assert problems == []
    assert library.items["family-support"].kind.name == "factor"


@pytest.mark.parametrize("lost", ["data", "content", "data/references.bib", "data/practices"])
def test_what_is_not_there(lost: str, tmp_path: Path) -> None:
    """Without a part of the project there may be problems, but no exception."""
    toy.write(tmp_path, {})
    (tmp_path / lost).rename(tmp_path / "away")
    toy.load_library(tmp_path, today=toy.TODAY)


LINES = [
    "name: A",
    "summary: B",
    "summary: '[@doe2020aims, p. 1] [x][path-model]'",
    "relations: [{type: uses, to: ask-why, basis: ours}]",
    "  - x",
    "checked:",
    " on: 2026-01-15",
    "a: &b c",
    "d: *b",
    "steps: [{title: A, text: <b>x}]",
    "countries: [DK, UK]",
    "\t",
    "'",
    "[",
    "- {",
    "basis: {countries: x}",
    "evidence: [{}]",
    "former_ids: [ask-why]",
    CHECKED,
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.lists(st.sampled_from(LINES), max_size=8).map("\n".join) | st.text(max_size=40))
def test_any_record(tmp_path: Path, content: str) -> None:
    """Whatever stands in a record, it is loaded or something is said about it; nothing is raised."""
    library, problems = toy.load(tmp_path, {"data/practices/ask-how.yaml": content})
    assert "ask-how" in library.items or failures(problems)
