"""What stands on the page of a record."""

from __future__ import annotations

from pathlib import Path

import toy
from waymark.anatomy import Fact, facts_of, neighbours_of, not_yet_coded, sections_of, title_of
from waymark.library import Item, Library

CITED = "'[@doe2020aims, p. 8]'"
HOW = f"""\
name: Ask how
summary: See [the model][path-model], [why][ask-why] and [harm][do-no-harm] {CITED.strip("'")}.
countries: [DK, GB]
status: running
status_year: 2020
setting: not reported
approach: They ask {CITED.strip("'")}.
limits: Not known {CITED.strip("'")}.
steps:
  - {{title: One, group: First}}
  - {{title: Two}}
  - {{title: Three, group: Second, anchor: third}}
  - {{title: Four}}
relations:
  - {{type: based_on, to: path-model#part-1, basis: {CITED}, note: Both}}
  - {{type: uses, to: ask-why, basis: ours}}
basis: {{countries: {CITED}, status: {CITED}, status_year: {CITED}, steps: {CITED}}}
checked: {{on: 2026-01-15, against: [doe2020aims]}}
"""


def loaded(folder: Path) -> tuple[Library, Item]:
    library, problems = toy.load(folder, {"data/practices/ask-how.yaml": HOW})
    assert problems == []
    return library, library.items["ask-how"]


def test_facts(tmp_path: Path) -> None:
    """Names of countries, the year of a status with it, and silence that is not absence."""
    _, item = loaded(tmp_path)
    basis = "[@doe2020aims, p. 8]"
    expected = [
        Fact("countries", "Country", ("Denmark", "United Kingdom"), basis),
        Fact("status", "Status", ("running (as of 2020)",), basis),
        Fact("setting", "Setting", (), ""),
    ]
    assert expected == facts_of(item)


def test_sections(tmp_path: Path) -> None:
    """Sections in the order of the model, parts grouped and numbered by group; addresses count through. The limits come last, elsewhere."""
    _, item = loaded(tmp_path)
    approach, steps = sections_of(item)
    assert (approach.heading, approach.anchor) == ("What it does", "approach")
    assert [group.heading for group in steps.groups] == ["First", "Second"]
    assert [(part.number, part.anchor) for group in steps.groups for part in group.parts] == [(1, "step-1"), (2, "step-2"), (1, "third"), (2, "step-4")]


def test_not_yet_coded(tmp_path: Path) -> None:
    """What is missing is named, if readers expect it; what is not reported is not missing."""
    _, item = loaded(tmp_path)
    missing = not_yet_coded(item)
    assert "Phase" in missing
    assert "For whom" in missing
    assert not {"Setting", "Country", "Region", "What it does", "Steps", "What is not known"} & set(missing)


def test_neighbours(tmp_path: Path) -> None:
    """Relations first, with their reasons; a mention only of what is not related."""
    library, _ = loaded(tmp_path)
    found = {group.heading: [(each.id, each.anchor, each.note) for each in group.members] for group in neighbours_of(library, "ask-how")}
    assert found == {"Based on": [("path-model", "part-1", "Both")], "Uses": [("ask-why", "", "")], "Mentions": [("do-no-harm", "", "")]}


def test_neighbours_from_the_other_end(tmp_path: Path) -> None:
    """Nobody writes a relation twice: the other page shows it by itself."""
    library, _ = loaded(tmp_path)
    found = {group.heading: [each.id for each in group.members] for group in neighbours_of(library, "path-model")}
    assert found == {"Basis of": ["ask-how"], "Mentioned by": ["index"]}


def test_title_of(library: Library) -> None:
    """Records have a name, pages a heading, anything else its id."""
    assert (title_of(library, "ask-why"), title_of(library, "index"), title_of(library, "none")) == ("Ask why", "Home", "none")
