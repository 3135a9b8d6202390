"""Which item was which before, and which text is another one reworded."""

from __future__ import annotations

import pytest

from waymark.matching import alike, matched, moved


def test_matched_by_likeness() -> None:
    """An item without the same name is the one that says nearly the same."""
    long = {"title": "First talk", "text": "A mentor meets the person in prison and asks what they need after release."}
    other = {"title": "First meeting", "text": "A mentor meets the person in prison and asks what they need before release."}
    assert matched("steps", [long, {"title": "End"}], [{"title": "New", "text": "Nothing alike here"}, other]) == [(None, 0), (0, 1), (1, None)]


def test_matched_by_what_an_item_is() -> None:
    """A finding is the same as long as source and question are, however much else is different, and wherever it stands."""
    one = {"source": "[@a, p. 1]", "question": "outcomes", "finding": "It fell."}
    two = {"source": "[@b, p. 2]", "question": "harm", "finding": "Nobody was hurt."}
    assert matched("evidence", [one, two], [{**two, "finding": "Quite another sentence."}, one]) == [(1, 0), (0, 1)]


def test_no_text_is_in_two_pairs() -> None:
    """Of several that are alike the most alike are one."""
    before = {0: "a mentor meets the person in prison", 1: "a mentor meets the person at home"}
    assert alike(before, {5: "a mentor meets the person at home again"}) == [(1, 5)]
    assert alike(before, {5: "nothing of this kind"}) == []


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], []),
        ([(0, 0), (1, 1), (2, 2)], []),
        ([(2, 0), (0, 1), (1, 2)], [(2, 0)]),
        ([(1, 0), (2, 1), (0, 2)], [(0, 2)]),
    ],
    ids=["nothing", "in order", "the last came first", "the first went last"],
)
def test_what_moved_is_as_little_as_can_be(pairs: list[tuple[int, int]], expected: list[tuple[int, int]]) -> None:
    assert moved(pairs) == expected
