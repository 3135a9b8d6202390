"""Texts as sentences and as bare words."""

from __future__ import annotations

import pytest

from waymark.sentences import bare, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", ("One.", "Two.")),
        ("One [@a, p. 3]. Two [@b, pp. 3–5; @c, fn 1. Two].", ("One [@a, p. 3].", "Two [@b, pp. 3–5; @c, fn 1. Two].")),
        ("He said “No.” Then he left.", ("He said “No.”", "Then he left.")),
        ("It grew by 2.3 per cent, e.g. Oslo. Yes!", ("It grew by 2.3 per cent, e.g. Oslo.", "Yes!")),
        ("It is No. 5 of the list. No. It is not.", ("It is No. 5 of the list.", "No.", "It is not.")),
        ("Dr. No et al. Said it", ("Dr. No et al. Said it",)),
        ("Aims:\n\n- to open doors\n- to wait", ("Aims:", "- to open doors", "- to wait")),
        ("One line\nwhich goes on.", ("One line which goes on.",)),
        ("", ()),
    ],
)
def test_sentences(text: str, expected: tuple[str, ...]) -> None:
    """A citation, a number and a short form end nothing; paragraphs and points of a list do."""
    assert sentences(text) == expected


def test_bare() -> None:
    """Citations go with the space before them; a link leaves its words."""
    assert bare("See *the* [second stage][harbour#part-2] [@a, p. 1], or [@b, p. 2].") == "See the second stage, or."
