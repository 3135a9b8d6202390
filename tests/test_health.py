"""The state of the knowledge base in figures."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from site_fixtures import TODAY
from waymark.health import MEASURES, Health, changes, health_of, release_table, snapshot, to_json, trend
from waymark.history import Release
from waymark.library import Library
from waymark.pieces import Pieces, Texts


def health(library: Library, today: date = TODAY) -> Health:
    pieces = Pieces(library)
    return health_of(library, pieces.foundations, Texts(pieces, "").bare, today)


@pytest.fixture(scope="module")
def state(toy_library: Library) -> Health:
    return health(toy_library)


def test_every_measure_is_counted_and_no_part_is_more_than_its_whole(state: Health) -> None:
    names = [each.name for each in MEASURES]
    assert list(state.figures) == names
    assert len(names) == len(set(names))
    for each in MEASURES:
        assert not each.of or 0 <= state.figures[each.name] <= state.figures[each.of], each.name


def test_what_is_counted(toy_library: Library, state: Health) -> None:
    """Each figure against a count made here in another way."""
    items = list(toy_library.items.values())
    findings = [each for item in items for each in getattr(item.record, "evidence", ())]
    expected = {
        "records": len(items),
        "findings": len(findings),
        "coded_twice": 1,
        "second_read": 1,
        "not_appraised": sum(each.kind in ("monitoring data", "process study", "outcome study", "systematic review") for each in findings),
        "owner_statements": 2,
        "owner_dissents": 1,
        "corrections": 5,
        "corrections_open": 2,
        "corrections_late": 1,
        "overdue": 1,
        "due_soon": 1,
        "fields": sum(state.figures[name] for name in ("fields_coded", "fields_not_reported", "fields_not_yet_coded")),
    }
    assert {name: state.figures[name] for name in expected} == expected
    assert state.figures["fields_not_reported"] > 0
    assert state.figures["fields_not_yet_coded"] > 0


def test_what_is_due(state: Health) -> None:
    assert [(each.item.id, each.due.days_overdue(TODAY)) for each in state.overdue] == [("lamp-house", 92)]
    assert [each.item.id for each in state.soon] == ["door-scale"]
    days = [each.due.on for each in state.later]
    assert days == sorted(days)
    assert len(state.overdue) + len(state.soon) + len(state.later) == state.figures["records"]


def test_pages_that_stand_alone(toy_library: Library, state: Health) -> None:
    assert "bare" in [each.id for each in state.no_links_out]
    bare = toy_library.items["bare"]
    alone = health(replace(toy_library, items={"bare": bare}, outgoing={}, backlinks={}, second_coding={}))
    assert [each.id for each in alone.no_links_in] == [each.id for each in alone.no_links_out] == ["bare"]
    assert not [each.id for each in (*state.no_links_in, *state.no_links_out) if each.record.retired], "kept for old links alone"
    tea = toy_library.items["cold-tea"]
    assert tea.record.retired
    assert health(replace(toy_library, items={"cold-tea": tea}, outgoing={}, backlinks={}, second_coding={})).no_links_in == ()
    linked = [link.target for links in toy_library.outgoing.values() for link in links]
    assert not {each.id for each in state.no_links_in} & set(linked)


def test_an_empty_knowledge_base_has_figures_too(toy_library: Library) -> None:
    empty = health(replace(toy_library, items={}, outgoing={}, backlinks={}, second_coding={}, corrections=()))
    assert (empty.figures["records"], empty.figures["lix"], empty.overdue) == (0, 0, ())


def test_changes_are_of_what_both_have() -> None:
    assert changes({"a": 5, "b": 1}, {"a": 3, "c": 1}) == {"a": 2}


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([1, 3, 2], [(0, 10), (20, 0), (40, 5)]),
        ([4, 4], [(0, 5), (40, 5)]),
        ([7], [(0, 5)]),
    ],
)
def test_trend(numbers: list[int], expected: list[tuple[float, float]]) -> None:
    assert trend(numbers, 40, 10) == expected


def test_the_file_for_programs(toy_library: Library, state: Health) -> None:
    data = json.loads("".join(to_json(state, toy_library.history, {"title": "Toy"}, "https://toy.example/")))
    assert data["day"] == str(TODAY)
    assert {each["name"]: each["value"] for each in data["measures"]} == dict(state.figures)
    assert all(each["meaning"] and each["label"] for each in data["measures"])
    assert [each["id"] for each in data["overdue"]] == ["lamp-house"]
    assert data["overdue"][0]["address"] == "https://toy.example/programmes/lamp-house/"
    assert [each["release"] for each in data["releases"]] == ["0.1.0", "0.2.0", "0.3.0"]
    assert data["releases"][0]["figures"]["not_counted_any_more"] == 3


def test_the_table_of_releases_has_a_cell_for_each_measure(toy_library: Library, state: Health) -> None:
    table = release_table((*toy_library.history, snapshot(state, "0.4.0")))
    names = [column.name for column in table.columns]
    rows = [dict(zip(names, row, strict=True)) for row in table.rows()]
    assert rows[0]["records"] == 12
    assert rows[0]["overdue"] is None, "not counted then"
    assert rows[-1] == {"release": "0.4.0", "day": str(TODAY), **state.figures}


def test_a_snapshot_is_the_state(state: Health) -> None:
    assert snapshot(state, "1.0.0") == Release("1.0.0", TODAY, state.figures)
