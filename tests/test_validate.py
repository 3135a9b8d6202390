"""Plain data and a model to a record; what goes wrong is shown in `problems/`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from toy import TODAY
from waymark.documents import Document
from waymark.kinds import KINDS
from waymark.models import fields_of
from waymark.validate import is_id, schemas, validate

ROOT = Path(__file__).parents[1]
MINIMAL: dict[str, Any] = {"name": "A", "summary": "B [@c, p. 1].", "checked": {"on": "2026-01-15", "against": ["c"]}}


def document(data: Any) -> Document:
    return Document("x.yaml", yaml.safe_dump(data), data)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", True),
        ("back-on-track", True),
        ("coe-2016", True),
        ("2016", True),
        ("A", False),
        ("a_b", False),
        ("a--b", False),
        ("-a", False),
        ("a-", False),
        ("", False),
        ("é", False),
        ("a" * 80, True),
        ("a" * 81, False),
        ("a\n", False),
    ],
)
def test_is_id(text: str, expected: bool) -> None:
    """An id is fit for an address."""
    assert expected == is_id(text)


def test_record() -> None:
    """Text becomes what the model says."""
    data = {**MINIMAL, "start_year": "2012", "countries": ["DK"], "status": "not reported", "basis": {"start_year": "[@c, p. 1]", "countries": "[@c, p. 1]"}}
    record, problems = validate(document(data), KINDS["programme"], TODAY)
    assert problems == []
    assert (record.start_year, record.countries, record.status) == (2012, ("DK",), "not reported")  # type: ignore[union-attr]


@given(st.data())
def test_any_data(data: st.DataObject) -> None:
    """Whatever plain data stands in a record, there are problems and no exception."""
    kind = data.draw(st.sampled_from(list(KINDS.values())))
    scalars = st.none() | st.text(max_size=8) | st.sampled_from(["not reported", "ours", "2012", "DK", "prison", "2026-01-15", "[@c, p. 1]", "a\nb"])
    names = st.sampled_from(["type", "to", "title", "on", "x"])
    anything = st.recursive(scalars, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(names, inner, max_size=3), max_leaves=5)
    drawn = data.draw(st.dictionaries(st.sampled_from([*fields_of(kind.model), "x"]), anything, max_size=5))
    record, problems = validate(document({**MINIMAL, **drawn}), kind, TODAY)
    assert record is not None or problems or None in _values(drawn)


def _values(data: Any) -> list[Any]:
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [data, *(deep for each in inner for deep in _values(each))]


def test_schema() -> None:
    """The schemas that editors use follow the models; `waymark schema` writes them."""
    folder = ROOT / "data" / "schema"
    assert schemas() == {path.name: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}


@pytest.mark.parametrize("name", [name for name in schemas() if name.removesuffix(".json") in KINDS])
def test_schema_helps_editors(name: str) -> None:
    """Each field of a schema has a description, in the order of the page, and no field is optional by being null."""
    schema = schemas()[name]
    assert fields_of(KINDS[name.removesuffix(".json")].model) == tuple(schema["properties"])
    assert all(each.get("description") for each in schema["properties"].values())
    assert '"null"' not in json.dumps(schema)
