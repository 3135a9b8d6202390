"""The knowledge base as tables: nothing of a record is lost on the way."""

from __future__ import annotations

import pytest

from waymark.dictionary import definitions_of
from waymark.evidence import CHANGING, PROFILED, profile_in
from waymark.kinds import KINDS
from waymark.library import Library
from waymark.models import role_of
from waymark.recoded import CODED
from waymark.stages import QUESTIONS
from waymark.tabular import SEPARATOR, Row, Table, fact_fields, kind_table, tables_of
from waymark.usage import shown_works

BASE = "https://toy.example/base/"


def by_name(library: Library) -> dict[str, Table]:
    return {table.name: table for table in tables_of(library, BASE)}


def dicts(table: Table) -> list[dict[str, object]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows()]


@pytest.fixture(params=["toy_library", "real_library"])
def library(request: pytest.FixtureRequest) -> Library:
    found: Library = request.getfixturevalue(request.param)
    return found


def test_keys_are_unique_and_links_have_their_ends(library: Library) -> None:
    tables = by_name(library)
    for number, table in enumerate(tables.values()):
        columns = [column.name for column in table.columns]
        assert len(columns) == len(set(columns)), table.name
        keys = [tuple(row[name] for name in table.key) for row in dicts(table)]
        assert len(keys) == len(set(keys)), table.name
        assert None not in {cell for key in keys for cell in key}, table.name
        for own, other in table.links:
            assert list(tables).index(other) <= number, "made before it is pointed at"
            ends = {tuple(row[name] for name in tables[other].key) for row in dicts(tables[other])}
            assert {key for row in dicts(table) if None not in (key := tuple(row[name] for name in own))} <= ends, (table.name, other)


def test_rows_can_be_asked_for_again(library: Library) -> None:
    for table in (*by_name(library).values(), kind_table(library, KINDS["programme"], BASE)):
        first: list[Row] = list(table.rows())
        assert first == list(table.rows())
        assert first or table.name == "owner_statements"  # nobody has made one yet, and none is invented


def test_every_coded_fact_is_in_both_tables(library: Library) -> None:
    """As it is coded, `not reported` included; what is not yet coded has no row and an empty cell."""
    facts: dict[tuple[object, object], list[object]] = {}
    for row in dicts(by_name(library)["facts"]):
        facts.setdefault((row["record"], row["field"]), []).append(row["value"])
    wide = {row["id"]: row for kind in KINDS.values() for row in dicts(kind_table(library, kind, BASE))}
    for item in library.items.values():
        for name in fact_fields(type(item.record)):
            value = getattr(item.record, name)
            values = list(value) if isinstance(value, tuple) else [] if value is None else [value]
            assert facts.pop((item.id, name), []) == values
            assert wide[item.id][name] == (SEPARATOR.join(map(str, value)) if isinstance(value, tuple) and value else value or None)
    assert not facts


def test_every_field_has_a_place(library: Library) -> None:
    """A field of a record is a column of its kind, or has rows in a table of its own."""
    own = {"evidence", "figures", "disagreements", "owner_statements", "relations", "basis"}
    for kind in KINDS.values():
        columns = {column.name for column in kind_table(library, kind, BASE).columns}
        judged = {name for name in kind.model.model_fields if role_of(kind.model, name) == "concerns"}
        assert set(kind.model.model_fields) - own - judged - {"checked", "retired"} <= columns
        assert {"checked_on", "checked_against", "checked_by", "retired_on", "retired_reason", "replaced_by"} <= columns
        assert [column.name for column in kind_table(library, kind, BASE).columns][:3] == ["id", "address", "name"]
        assert {name for name in kind.model.model_fields if role_of(kind.model, name) == "fact"} <= set(fact_fields(kind.model))


def test_every_statement_citation_and_relation_is_a_row(library: Library) -> None:
    tables = by_name(library)
    items = library.items.values()
    assert [row["text"] for row in dicts(tables["statements"])] == [each.text for item in items for each in item.statements]
    citations = [(row["key"], row["locator"] or "", row["via"] or "", row["via_locator"] or "", row["stance"]) for row in dicts(tables["citations"])]
    assert citations == [(each.key, each.locator, each.via, each.via_locator, each.stance) for item in items for each in item.citations()]
    relations = [(row["record"], row["type"], f"{row['to']}#{row['to_anchor']}" if row["to_anchor"] else row["to"]) for row in dicts(tables["relations"])]
    assert relations == [(item.id, each.type, each.to) for item in items for each in item.record.relations]
    for name, field in (("figures", "figures"), ("evidence", "evidence"), ("disagreements", "disagreements")):
        assert len(dicts(tables[name])) == sum(len(getattr(item.record, field, ())) for item in items)
    assert {row["key"] for row in dicts(tables["works"])} == library.bibliography.keys()
    assert {row["key"] for row in dicts(tables["works"]) if row["address"]} == set(shown_works(library))


def test_addresses_lead_to_places(toy_library: Library) -> None:
    rows = {(row["record"], row["place"]): row for row in dicts(by_name(toy_library)["statements"])}
    assert rows["open-door", "summary"]["address"] == f"{BASE}programmes/open-door/"
    assert rows["open-door", "structure.2.text"]["address"] == f"{BASE}programmes/open-door/#go-out"
    assert rows["open-door", "structure.2.text"]["heading"] == "Structure: Go out"


def test_second_codings(library: Library) -> None:
    """Each stands beside the finding it is about; what the second coder did not write is empty."""
    rows = dicts(by_name(library)["second_codings"])
    assert [(row["record"], row["number"]) for row in rows] == [
        (item.id, place + 1) for item in library.items.values() for place in sorted(library.codings_of(item.id))
    ]
    for row in rows:
        second = library.codings_of(str(row["record"]))[int(str(row["number"])) - 1]
        assert {name: row[name] for name in CODED} == {name: getattr(second, name) for name in CODED}


def test_profiles(library: Library) -> None:
    """What the pages of programmes, practices and tools say of each question; nothing of those that are not yet coded."""
    rows: dict[object, dict[object, dict[str, object]]] = {}
    for row in dicts(by_name(library)["profiles"]):
        rows.setdefault(row["record"], {})[row["question"]] = row
    coded = [item for item in library.items.values() if item.kind.name in PROFILED and item.record.evidence]  # type: ignore[attr-defined]
    assert list(rows) == [item.id for item in coded]
    assert coded
    for item in coded:
        profile = profile_in(library, item)
        is_changing = item.kind.name in CHANGING
        assert list(rows[item.id]) == [*QUESTIONS, *["reoffending"] * is_changing], "of a tool nobody asks who offends again"
        for each, row in zip((*profile.assessments, *[profile.reoffending] * is_changing), rows[item.id].values(), strict=True):
            assert (row["stage"], row["word"], row["says"]) == (each.stage, each.word, each.says)
            assert str(row["cautions"] or "").split(SEPARATOR) == ([caution.name for caution in each.cautions] or [""])
            assert str(row["findings"] or "").split(SEPARATOR) == ([str(place + 1) for place in each.carriers] or [""])


def test_numbers_stay_numbers(toy_library: Library) -> None:
    """A whole number without a point; a number or `not reported` where both may stand."""
    figures = dicts(by_name(toy_library)["figures"])
    assert [(row["value"], row["to"]) for row in figures] == [(1414, None), (2, 7.5), (1, None)]
    assert [str(row["value"]) for row in figures] == ["1414", "2", "1"]
    assert {row["participants"] for row in dicts(by_name(toy_library)["evidence"])} == {20, 6, 2, "not reported", None}


def test_columns_mean_what_the_dictionary_says(toy_library: Library) -> None:
    for table in (*by_name(toy_library).values(), *(kind_table(toy_library, kind, BASE) for kind in KINDS.values())):
        assert all(column.meaning for column in table.columns), table.name
    for kind in KINDS.values():
        meanings = {name: each.meaning for name, each in definitions_of(kind.name).items()}
        for column in kind_table(toy_library, kind, BASE).columns:
            assert column.meaning == meanings.get(column.name, column.meaning)
