"""Lists of records as values."""

from __future__ import annotations

from pathlib import Path

import pytest

import toy
from waymark import tables
from waymark.kinds import KINDS
from waymark.library import Library
from waymark.models import role_of
from waymark.tables import COLUMNS, COMPUTED, by_letter, filters_of, first_letter, index_of

FACTORS = """\
b-factor:
  name: b factor
  summary: B [@doe2020aims, p. 1].
  effect: risk
  nature: not reported
  basis: {effect: '[@doe2020aims, p. 1]'}
  checked: {on: 2026-01-15, against: [doe2020aims]}
a-factor:
  name: A factor
  summary: A [@doe2020aims, p. 1].
  checked: {on: 2026-01-15, against: [doe2020aims]}
"""


def test_index(tmp_path: Path) -> None:
    """Rows by name; a cell is coded, empty where the sources are silent, and None where nobody has looked."""
    library, problems = toy.load(tmp_path, {"data/factors.yaml": FACTORS})
    index = index_of(library, "factor")
    assert problems == []
    assert index.columns == ("Kind of factor", "Nature", "Role in the sources")
    assert [(row.item.record.name, row.cells) for row in index.rows] == [("A factor", (None, None, None)), ("b factor", (("risk",), (), None))]


def test_filters_follow_the_values() -> None:
    """A choice where there are few, a range of numbers, nothing where all are alike or every row has its own."""
    many = tuple(f"value {number}" for number in range(tables.MOST_CHOICES + 1))
    rows = [(("b", "A"), ("2001",), ("same",), many), (None, ("1999",), ("same",), ()), ((), None, ("same",), None)]
    assert [(each.column, each.name, each.test, each.values) for each in filters_of(("Where it is", "Year", "Same", "Many"), rows)] == [
        (1, "where-it-is", "has", ("A", "b")),
        (2, "year-from", "from", ()),
        (2, "year-to", "to", ()),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_columns_are_facts(kind: str, library: Library) -> None:
    """Each kind has an index, and its columns are facts of the kind or are worked out."""
    assert {"fact"} >= {role_of(KINDS[kind].model, name) for name in COLUMNS[kind] if name not in COMPUTED}
    assert len(COLUMNS[kind]) == len(index_of(library, kind).columns)


@pytest.mark.parametrize(
    ("words", "expected"),
    [("Exit", "E"), ("exit", "E"), ("Évry", "E"), ("Ørebro", "#"), ("“Quoted”", "Q"), ("[A]", "A"), ("2020", "#"), ("", "#"), ("Żywiec", "Z")],
)
def test_first_letter(words: str, expected: str) -> None:
    """Accents and quotation marks do not count."""
    assert expected == first_letter(words)


def test_by_letter() -> None:
    """Letters in order, things in the order they came."""
    assert by_letter(["b", "a2", "9", "á1"], str) == {"#": ["9"], "A": ["a2", "á1"], "B": ["b"]}
    assert list(by_letter(["b", "a2", "9"], str)) == ["#", "A", "B"]
