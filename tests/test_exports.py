"""What we write, the libraries that people use read back: nothing lost, nothing run."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_fixtures import TODAY, TOY_SITE
from waymark.exports import BOM, about, all_json, data_package, guarded, record_json, schema, to_csv, to_export, unguarded, write_sqlite
from waymark.kinds import KINDS
from waymark.library import Library
from waymark.pages import Site
from waymark.tabular import Cell, Column, Table, kind_table, tables_of

SITE = replace(TOY_SITE, version="1.2.3", day=TODAY, source="https://code.example/toy/site")
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


@pytest.fixture(params=["toy_library", "real_library"])
def library(request: pytest.FixtureRequest) -> Library:
    found: Library = request.getfixturevalue(request.param)
    return found


def all_tables(library: Library) -> list[Table]:
    return [*tables_of(library, SITE.url), *(kind_table(library, kind, SITE.url) for kind in KINDS.values())]


def table_of(rows: list[tuple[Cell, ...]], width: int) -> Table:
    return Table("t", "t", "", tuple(Column(f"c{number}", "") for number in range(width)), ("c0",), lambda: rows)


def read(pieces: Iterable[str]) -> list[list[str]]:
    text = "".join(pieces)
    assert text.startswith(BOM)
    return list(csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), strict=True))


# About --------------------------------------------------------------------------------------------


def test_each_file_says_where_it_comes_from() -> None:
    assert about(SITE) == {
        **{"title": "Toy & Co", "format": "1.1", "schema": "https://toy.example/base/open-data/schema.json", "licence": "CC-BY-4.0"},
        **{"licence_url": "https://creativecommons.org/licenses/by/4.0/", "version": "1.2.3", "date": "2020-06-01"},
        **{"address": "https://toy.example/base/", "source": "https://code.example/toy/site"},
    }
    assert {"version", "date", "source", "address"}.isdisjoint(about(Site()))


# JSON ---------------------------------------------------------------------------------------------


def test_a_record_comes_back_as_it_was(library: Library) -> None:
    """What was absent stays absent, what was not reported stays so, and every citation is taken apart."""
    for item in library.items.values():
        data = json.loads("".join(record_json(item, SITE)))
        assert data["about"] == about(SITE)
        record = data["record"]
        assert (record["id"], record["kind"], record["address"]) == (item.id, item.kind.name, f"{SITE.url}{item.kind.plural}/{item.id}/")
        back = item.kind.model.model_validate_json(json.dumps(record["fields"]))
        assert back == item.record
        assert back.model_fields_set == item.record.model_fields_set == set(record["fields"])
        citations = [each for statement in record["statements"] for each in statement["citations"]]
        assert [(each["key"], each.get("locator", ""), each.get("via", ""), each.get("via_locator", ""), each["stance"]) for each in citations] == [
            (each.key, each.locator, each.via, each.via_locator, each.stance) for each in item.citations()
        ]


def test_a_statement_names_its_place(toy_library: Library) -> None:
    """The place leads to the text within the fields, the address to the place on the page."""
    for item in toy_library.items.values():
        record = to_export(item, "")
        for statement in record["statements"]:
            value: Any = record["fields"]
            for step in statement["place"].split("."):
                value = value[int(step)] if isinstance(value, list) else value[step]
            assert value == statement["text"]


def test_all_records_in_one_file(library: Library) -> None:
    """By kind, each exactly as in the file of its own."""
    data = json.loads("".join(all_json(library, SITE)))
    assert data["about"] == about(SITE)
    assert list(data["records"]) == [kind.plural for kind in KINDS.values()]
    found = {record["id"]: record for records in data["records"].values() for record in records}
    assert found == {item.id: to_export(item, SITE.url) for item in library.items.values()}


def test_the_schema_accepts_what_is_written(library: Library) -> None:
    made = schema(SITE)
    check(json.loads("".join(all_json(library, SITE))), made, made)
    for item in library.items.values():
        check(json.loads("".join(record_json(item, SITE))), made, made)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data["record"].pop("id"),
        lambda data: data["record"].update(kind="rumour"),
        lambda data: data["record"]["fields"].update(status="runing"),
        lambda data: data["record"]["fields"].update(colour="red"),
        lambda data: data["record"]["fields"].pop("name"),
        lambda data: data["record"]["statements"][0]["citations"][0].update(stance="likes"),
        lambda data: data["about"].pop("licence"),
    ],
)
def test_the_schema_refuses_what_is_not_so(toy_library: Library, spoil: Callable[[Any], object]) -> None:
    data, made = json.loads("".join(record_json(toy_library.items["open-door"], SITE))), schema(SITE)
    check(data, made, made)
    spoil(data)
    with pytest.raises(AssertionError):
        check(data, made, made)


def check(value: Any, part: dict[str, Any], whole: dict[str, Any]) -> None:
    """Checks a value against a JSON Schema, written from the specification (draft 2020-12) for the words that ours uses."""
    types: dict[str, Any] = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float)}
    if "type" in part:  # first, because the other words go without saying for another type
        assert isinstance(value, types[part["type"]]), (value, part["type"])
    for word, said in part.items():
        match word:
            case "$ref":
                check(value, whole["$defs"][said.removeprefix("#/$defs/")], whole)
            case "const":
                assert value == said
            case "enum":
                assert value in said
            case "anyOf":
                assert any(accepts(value, each, whole) for each in said), str(value)[:200]
            case "properties":
                for name in value.keys() & said.keys():
                    check(value[name], said[name], whole)
            case "required":
                assert set(said) <= value.keys(), (said, value.keys())
            case "additionalProperties":
                for name in value.keys() - part.get("properties", {}).keys():
                    assert said is not False, name
                    check(value[name], said, whole)
            case "items":
                for each in value:
                    check(each, said, whole)
            case "pattern":
                assert re.search(said, value), (said, value)
            case "minLength" | "minItems":
                assert len(value) >= said
            case "maxLength":
                assert len(value) <= said
            case "minimum":
                assert value >= said
            case "maximum":
                assert value <= said
            case "format":
                assert said == "date"
                assert re.fullmatch(r"\d{4}-\d\d-\d\d", value)
            case _:
                assert word in ("type", "$schema", "$id", "$defs", "title", "description", "x-role", "x-expected"), word


def accepts(value: Any, part: dict[str, Any], whole: dict[str, Any]) -> bool:
    try:
        check(value, part, whole)
    except AssertionError:
        return False
    return True


# CSV ----------------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0") | st.sampled_from([*FORMULA_STARTS, "'", '"', ",", ";"]))
CELLS = TEXTS | st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)


@given(TEXTS)
def test_no_text_is_run_and_each_comes_back(text: str) -> None:
    assert not guarded(text).startswith(FORMULA_STARTS)
    assert unguarded(guarded(text)) == text


@given(st.lists(st.tuples(CELLS, CELLS, CELLS)))
def test_any_table_can_be_read_back(rows: list[tuple[Cell, ...]]) -> None:
    """Texts as they were once the guard is off; numbers untouched, those below zero too; nothing for what is absent."""
    header, *found = read(to_csv(table_of(rows, 3)))
    assert header == ["c0", "c1", "c2"]
    for row, cells in zip(rows, found, strict=True):
        for before, after in zip(row, cells, strict=True):
            if isinstance(before, str):
                assert unguarded(after) == before
                assert not after.startswith(FORMULA_STARTS)
            else:
                assert after == ("" if before is None else str(before))


def test_no_cell_of_any_file_is_a_formula_and_no_number_is_below_zero(library: Library) -> None:
    for table in all_tables(library):
        header, *rows = read(to_csv(table))
        assert header == [column.name for column in table.columns]
        assert len(rows) == len(list(table.rows()))
        assert not [cell for row in rows for cell in row if cell.startswith(FORMULA_STARTS)], table.name


def test_lines_end_as_the_standard_says(toy_library: Library) -> None:
    text = "".join(to_csv(kind_table(toy_library, KINDS["term"], "")))
    assert text.endswith("\r\n")
    assert len(text.splitlines()) == 2


def test_the_package_describes_every_file(toy_library: Library) -> None:
    tables = all_tables(toy_library)
    package = data_package(tables, SITE)
    resources = {each["name"]: each for each in package["resources"]}
    assert {each["path"] for each in resources.values()} == {f"{table.file}.csv" for table in tables}
    for table in tables:
        described = resources[table.file]["schema"]
        assert [each["name"] for each in described["fields"]] == [column.name for column in table.columns]
        assert set(described["primaryKey"]) <= {each["name"] for each in described["fields"]}
        assert re.fullmatch(r"[a-z0-9._-]+", table.file), "a name as the standard has it"
        for key in described.get("foreignKeys", ()):
            ends = [each["name"] for each in resources[key["reference"]["resource"]]["schema"]["fields"]]
            assert set(key["reference"]["fields"]) <= set(ends)
            assert len(key["fields"]) == len(key["reference"]["fields"])
    assert package["licenses"][0]["path"] == about(SITE)["licence_url"]


def test_values_have_the_type_of_their_column(library: Library) -> None:
    for table in all_tables(library):
        for row in table.rows():
            for column, cell in zip(table.columns, row, strict=True):
                wanted = {"string": str, "date": str, "integer": int, "number": (int, float), "any": (str, int, float)}[column.type]
                assert cell is None or isinstance(cell, wanted), (table.name, column.name, cell)
                assert column.type != "date" or cell is None or re.fullmatch(r"\d{4}-\d\d-\d\d", str(cell))


# SQLite -------------------------------------------------------------------------------------------


def test_the_database_holds_every_table(library: Library, tmp_path: Path) -> None:
    path, tables = tmp_path / "waymark.sqlite", tables_of(library, SITE.url)
    write_sqlite(path, tables, about(SITE))
    with closing(sqlite3.connect(path)) as base:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert dict(base.execute("SELECT name, value FROM about")) == about(SITE)
        names = {name for (name,) in base.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        assert names == {"about", *(table.name for table in tables)}
        for table in tables:
            assert base.execute(f'SELECT * FROM "{table.name}" ORDER BY rowid').fetchall() == list(table.rows())
            keys = base.execute(f'PRAGMA foreign_key_list("{table.name}")').fetchall()
            assert {key[2] for key in keys} == {other for _, other in table.links}


def test_two_databases_are_equal_to_the_byte(toy_library: Library, tmp_path: Path) -> None:
    """Also when the second takes the place of another one."""
    first, second = tmp_path / "one.sqlite", tmp_path / "two.sqlite"
    second.write_bytes(b"something else")
    for path in (first, second):
        write_sqlite(path, tables_of(toy_library, SITE.url), about(SITE))
    assert first.read_bytes() == second.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.sqlite", "two.sqlite"], "nothing is left beside them"
