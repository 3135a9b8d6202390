"""Agreement between two codings."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.agreement import FIELDS, agreement_of, kappa
from waymark.documents import Document, read_document
from waymark.library import Library

PROJECT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("both_yes", "yes_no", "no_yes", "both_no", "expected"),
    [
        (20, 5, 10, 15, 0.4),  # worked by hand: observed 0.7, by chance 0.5
        (45, 15, 25, 15, 0.1304),
        (25, 35, 5, 35, 0.2593),
        (10, 0, 0, 10, 1.0),
        (0, 10, 10, 0, -1.0),
        (25, 25, 25, 25, 0.0),
    ],
)
def test_kappa(both_yes: int, yes_no: int, no_yes: int, both_no: int, expected: float) -> None:
    pairs = [("y", "y")] * both_yes + [("y", "n")] * yes_no + [("n", "y")] * no_yes + [("n", "n")] * both_no
    assert kappa(pairs) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("pairs", [[], [("a", "a")], [("a", "a")] * 9])
def test_kappa_says_nothing_where_there_is_nothing_to_tell_apart(pairs: list[tuple[str, str]]) -> None:
    assert kappa(pairs) is None


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1))
def test_kappa_is_fair(pairs: list[tuple[str, str]]) -> None:
    """It is the same whoever comes first, never above 1, and 1 only for full agreement."""
    found = kappa(pairs)
    assert found == kappa([(other, one) for one, other in pairs])
    if found is not None:
        assert found <= 1
        assert (found == pytest.approx(1)) == all(one == other for one, other in pairs)


def test_the_real_second_coding(real_library: Library) -> None:
    """Every finding that was coded twice is still in its record, and most of the fields were coded by both."""
    second, problems = read_document(PROJECT / "data" / "second-coding.yaml", "data/second-coding.yaml")
    assert second
    assert problems == []
    found = agreement_of(real_library, second)
    assert [each.field for each in found] == list(FIELDS)
    findings = sum(len(each) for each in second.data.values())
    assert findings >= 20
    assert all(0 < each.same <= each.coded <= findings for each in found)


def test_a_finding_that_is_gone(real_library: Library) -> None:
    gone = Document("x", "", {"entre": [{"source": "[@nobody, p. 1]", "question": "harm"}]})
    with pytest.raises(LookupError, match="entre has no finding on harm"):
        agreement_of(real_library, gone)
