"""The statements of a record."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.bibliography import VIA, Entry
from waymark.citations import find_citations
from waymark.kinds import Practice
from waymark.statements import Statement, citation_faults, faults_of, field_name, statements_of, text_faults, verdict

RECORD: dict[str, Any] = {
    "name": "No text [@x]",
    "summary": "S [@a, p. 1].",
    "evaluation": "not reported",
    "steps": [{"title": "One", "text": "First."}, {"title": "Two"}],
    "evidence": [{"source": "[@a, p. 2]", "question": "harm", "kind": "theory", "finding": "F", "limits": "L"}],
    "relations": [{"type": "uses", "to": "x", "basis": "ours"}, {"type": "uses", "to": "y", "basis": "we think"}],
    "disagreements": [{"topic": "T", "text": "D", "state": "open"}],
    "basis": {"countries": "[@a, p. 3]"},
    "countries": ["DK"],
    "checked": {"on": "2026-01-15", "against": ["a"]},
}
BIBLIOGRAPHY = {"a": Entry("a", "book", {"known": "read in full"}), "b": Entry("b", "book", {"known": VIA, "via": "a"})}


def needed(record: dict[str, Any]) -> dict[str, bool]:
    return {field_name(each.loc): each.needs_citation for each in statements_of(Practice.model_validate(record))}


def test_statements() -> None:
    """Every factual text, wherever it stands, and whether it needs a citation of its own."""
    expected = {
        "summary": True,
        "evaluation": False,
        "steps 1 text": True,
        "evidence 1 source": True,
        "evidence 1 finding": False,
        "evidence 1 limits": False,
        "relations 1 basis": False,
        "relations 2 basis": True,
        "disagreements 1 text": True,
        "basis countries": True,
    }
    assert expected == needed(RECORD)


def test_basis_of_a_list() -> None:
    """A citation for a whole list serves each of its parts."""
    assert not needed({**RECORD, "basis": {"steps": "[@a, p. 3]"}})["steps 1 text"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[@a, p. 1]", []),
        ("[@b, via @a, p. 1]", []),
        ("[@c, p. 1]", ["unknown-citation"]),
        ("[@a, p. 1, via @c, p. 1]", ["unknown-citation"]),
        ("[@a]", ["no-locator"]),
        ("[@a, 12]", ["no-locator"]),
        ("[@a, p. 1, via @a]", ["no-locator"]),
        ("[@b, p. 1]", ["not-read"]),
        ("[@c]", ["unknown-citation", "no-locator"]),
        ("[@a p. 1]", ["bad-citation"]),
        ("nothing", []),
    ],
)
def test_citation_faults(text: str, expected: list[str]) -> None:
    """What can be wrong with a citation."""
    groups, broken = find_citations(text)
    assert expected == [fault.code.id for fault in citation_faults(tuple(groups), tuple(broken), BIBLIOGRAPHY)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain *text*", []),
        ("<b>x</b>", ["raw-html"]),
        ("[a](x.html)", ["unsafe-url"]),
        ("# A", ["heading"]),
        ("# <b>[a](x)</b>", ["raw-html", "unsafe-url", "heading"]),
    ],
)
def test_text_faults(text: str, expected: list[str]) -> None:
    """What can be wrong with the Markdown of a text; all of it at once."""
    assert expected == [fault.code.id for fault in text_faults(text)]


@given(st.text(alphabet="ab [@,p. 1]();#<>!-=\n`“”", max_size=120) | st.text())
def test_any_text(text: str) -> None:
    """No text makes the checks stumble, and each fault points into the text."""
    groups, broken = find_citations(text)
    statement = Statement(("summary",), text, tuple(groups), tuple(broken))
    for fault in faults_of(statement, BIBLIOGRAPHY):
        assert 0 <= fault.start <= len(text)
        assert fault.message
        assert fault.fix


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A proven way.", "proven"),
        ("It is Effective.", "Effective"),
        ("Nobody knows whether the programme works.", "programme works"),
        ("An evidence based tool", "evidence based"),
        ("Best practices were listed.", "Best practices"),
        ("It works with families.", ""),
        ("Staff work well together, and works are cited.", ""),
        ("The slides say “evidence based”.", ""),
        ("“Proven”, says one; proven, says another.", "proven"),
        ("The number of clients [@doe2020aims, slide “Effective practice”].", ""),
    ],
)
def test_verdict(text: str, expected: str) -> None:
    """A word of judgement is ours unless it stands in quotation marks or in a citation."""
    assert verdict(text, find_citations(text)[0]) == expected
