"""The state of the knowledge base."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.citations import find_citations
from waymark.library import Library
from waymark.status import disagreements_of, hardest, is_second_hand, lix, status_of


def of(library: Library, plural: str) -> object:
    return next(each for each in status_of(library, lambda text: text) if each.plural == plural)


@pytest.mark.parametrize(
    ("easier", "harder"),
    [
        ("The door is open. We go in.", "The institutional rehabilitation administration necessitates organisational differentiation."),
        ("We ask. They say no. We ask again.", "We ask and they say no and we ask again."),
        ("The cat sat on the mat.", "The committee considered the recommendation."),
    ],
)
def test_short_words_and_sentences_are_easier(easier: str, harder: str) -> None:
    assert lix(easier) < lix(harder)


def test_lix_is_the_formula() -> None:
    """Two sentences, ten words, of which three have more than six letters."""
    assert lix("The officers met a prisoner. He said little of himself.") == pytest.approx(10 / 2 + 100 * 3 / 10)


def test_a_point_inside_a_number_ends_no_sentence() -> None:
    assert lix("Of them 2.3 came back") == lix("Of them 2 came back")


@given(st.text())
def test_any_text_has_an_index(text: str) -> None:
    assert lix(text) >= 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nothing.", False),
        ("[@doe2001door, p. 1]", False),
        ("[@old1950gate, p. 1, via @doe2001door, p. 2]", True),
        ("[@old1950gate, p. 1, via @doe2001door, p. 2] and [@doe2001door, p. 1]", False),
    ],
)
def test_second_hand(toy_library: Library, text: str, *, expected: bool) -> None:
    citations = [each for group in find_citations(text)[0] for each in group.citations]
    assert is_second_hand(citations, toy_library.bibliography) is expected


def test_what_is_counted(toy_library: Library) -> None:
    """Facts with the rows of figures; only texts that say something; citations that name a place."""
    statistics = of(toy_library, "statistics")
    assert (statistics.records, statistics.facts) == (1, 5 + 3)  # type: ignore[attr-defined]
    # The summary, two sections and three rows; the sources of facts and relations are no statements.
    assert (statistics.statements, statistics.citations, statistics.second_hand) == (6, 6, 0)  # type: ignore[attr-defined]


def test_open_contradictions_come_first(toy_library: Library) -> None:
    found = disagreements_of(toy_library)
    states = [each.state for _, _, each in found]
    assert states == sorted(states)
    assert len(found) == sum(len(item.record.disagreements) for item in toy_library.items.values()) > 0
    assert all(item.record.disagreements[number - 1] is each for item, number, each in found)


def test_hardest_summaries(toy_library: Library) -> None:
    item = next(iter(toy_library.items.values()))
    hard = replace(item, record=item.record.model_copy(update={"summary": "Institutionalised administrative organisational differentiation."}))
    library = replace(toy_library, items={**toy_library.items, item.id: hard})
    found = hardest(library, lambda text: text, 3)
    assert found[0][0].id == item.id
    assert [index for _, index in found] == sorted((index for _, index in found), reverse=True)


def test_a_kind_without_records(toy_library: Library) -> None:
    assert of(replace(toy_library, items={}), "cases").lix is None  # type: ignore[attr-defined]
