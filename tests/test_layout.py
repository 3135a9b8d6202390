"""Plain data to YAML in our layout."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.documents import read_document
from waymark.layout import WIDTH, lines_of

LONG = "Staff and families sit down together and talk about the first weeks after release, and about who is at home [@doe2020aims, p. 1]."


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("name", "Night visits", "name: Night visits"),
        ("name", "Visits: at night", "name: 'Visits: at night'"),
        ("basis", "[@doe2020aims, p. 1]", "basis: '[@doe2020aims, p. 1]'"),
        ("name", "Entré’s “way”", "name: Entré’s “way”"),
        ("status", "no", "status: no"),
        ("name", "# 1", "name: '# 1'"),
        ("countries", ["DK", "SE"], "countries: [DK, SE]"),
        ("settings", [], "settings: []"),
        ("appraisal", ["a, b", "c"], "appraisal: ['a, b', c]"),
        ("appraisal", ["yes, " + "all " * 15 + "of them", "no"], "appraisal:\n  - yes, " + "all " * 15 + "of them\n  - no"),
        ("summary", LONG, f"summary: >-\n  {LONG[:108].rpartition(' ')[0]}\n  {LONG[:108].rpartition(' ')[2]}{LONG[108:]}"),
        ("summary", "One.\n\n- two", "summary: |-\n  One.\n\n  - two"),
        ("checked", {"on": "2026-01-15", "against": ["doe2020aims"]}, "checked:\n  on: 2026-01-15\n  against: [doe2020aims]"),
        ("steps", [{"title": "A", "text": "B"}, {"title": "C"}], "steps:\n  - title: A\n    text: B\n  - title: C"),
        ("relations", [{"type": "about", "to": "x", "basis": "ours"}], "relations:\n  - {type: about, to: x, basis: ours}"),
    ],
)
def test_layout(name: str, value: Any, expected: str) -> None:
    """Each sort of value looks as it does in our files."""
    assert expected == "\n".join(lines_of(name, value))


def test_long_lists_are_broken_between_items() -> None:
    """A list of many keys has several lines, none too long."""
    lines = list(lines_of("against", [f"doe{year}aims" for year in range(2000, 2026)]))
    assert len(lines) > 1
    assert max(map(len, lines)) <= WIDTH


TEXTS = st.text(alphabet="ab c:#-[]{},'\"\n>|&*!%@`~?=.\\no1é“”", min_size=1).filter(str.strip)
VALUES = st.recursive(
    TEXTS,
    lambda inner: (
        st.lists(TEXTS, min_size=1, max_size=3)
        | st.lists(st.dictionaries(st.from_regex(r"\A[a-z]{1,5}\Z"), inner, min_size=1, max_size=3), min_size=1, max_size=2)
        | st.dictionaries(st.from_regex(r"\A[a-z]{1,5}\Z"), inner, min_size=1, max_size=3)
    ),
    max_leaves=6,
)


@given(value=VALUES, name=st.sampled_from(["field", "relations"]))
def test_read_back_unchanged(tmp_path_factory: pytest.TempPathFactory, value: Any, name: str) -> None:
    """Whatever is written is read back as it was."""
    path = tmp_path_factory.getbasetemp() / "layout.yaml"
    path.write_text("\n".join(lines_of(name, value)) + "\n", encoding="utf-8")
    document, problems = read_document(path, "layout.yaml")
    assert problems == []
    assert document is not None
    assert {name: value} == document.data
