"""Ready HTML in a Markdown text: swapped for marks, and the marks for it."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.insets import Inset, mark, plain_text, unmark

ENTITIES = ("&#xE000;", "&#57344;", "&#xe001;", "&#X0E001;", "&#057345;")
"""What Markdown would make the characters of a mark of."""


def through(text: str, *insets: Inset) -> str:
    """A text with its insets, as it is when Markdown has nothing to do."""
    return unmark(*mark(text, insets))


def test_mark_and_unmark() -> None:
    """Between the two any Markdown library may do its work."""
    marked, pieces = mark("a XX b", [Inset(2, 4, "<i>q</i>")])
    assert "XX" not in marked
    assert unmark(f"<p>{marked}</p>", pieces) == "<p>a <i>q</i> b</p>"


@pytest.mark.parametrize(("text", "expected"), [("<p>a <b>b</b>\n c &amp; d</p>", "a b c & d"), ("plain", "plain"), ("a&nbsp;b", "a b")])
def test_plain_text(text: str, expected: str) -> None:
    """The words alone."""
    assert expected == plain_text(text)


@pytest.mark.parametrize(
    ("insets", "expected"),
    [
        ([], "a XX b YY"),
        ([Inset(2, 4, "<i>1</i>")], "a <i>1</i> b YY"),
        ([Inset(7, 9, "2"), Inset(2, 4, "1")], "a 1 b 2"),
        ([Inset(2, 4, ""), Inset(4, 4, "+")], "a + b YY"),
        ([Inset(2, 7, "1"), Inset(3, 9, "2")], "a 1YY"),
        ([Inset(0, 9, "all")], "all"),
    ],
)
def test_each_inset_stands_in_its_place(insets: list[Inset], expected: str) -> None:
    """In whatever order they are given; of two that overlap the first counts."""
    assert through("a XX b YY", *insets) == expected


def test_more_than_ten_keep_their_order() -> None:
    text = "x" * 120
    assert through(text, *(Inset(each, each + 1, f"<{each}>") for each in range(120))) == "".join(f"<{each}>" for each in range(120))


@pytest.mark.parametrize("entity", ENTITIES)
def test_nobody_can_forge_a_mark(entity: str) -> None:
    marked, pieces = mark(f"{entity}0{entity} XX {entity}", [Inset(len(entity) * 2 + 2, len(entity) * 2 + 4, "q")])
    assert unmark(html.unescape(marked), pieces) == "\ufffd0\ufffd q \ufffd"


def test_other_entities_are_left_alone() -> None:
    assert mark("&#xE002; &#x41; &amp;", [])[0] == "&#xE002; &#x41; &amp;"


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("<div>a block</div>", "<div>a block</div>"),
        ("<a>words</a>", "<p><a>words</a></p>"),
    ],
)
def test_a_block_takes_the_place_of_its_paragraph(piece: str, expected: str) -> None:
    """What stands in a line stays in it; and so does a block with words beside it."""
    marked, pieces = mark("XX", [Inset(0, 2, piece)])
    assert unmark(f"<p>{marked}</p>", pieces) == expected
    assert unmark(f"<p>See {marked}</p>", pieces) == f"<p>See {piece}</p>"


def test_inside_a_tag_only_the_words_of_a_piece_stand() -> None:
    marked, pieces = mark("XX", [Inset(0, 2, '<a href="x">q & "r"</a>')])
    assert unmark(f'<a title="{marked}">{marked}</a>', pieces) == f'<a title="q &amp; &quot;r&quot;">{pieces[0]}</a>'


@given(st.text(st.characters(exclude_characters="\ue000\ue001<&")), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 5), st.text(max_size=5)), max_size=8))
def test_any_insets_of_any_text(text: str, places: list[tuple[int, int, str]]) -> None:
    """What is not covered by an inset stays as it is, letter for letter."""
    insets = [Inset(start, min(start + length, len(text)), piece) for start, length, piece in places if start <= len(text)]
    expected, at = "", 0
    for inset in sorted(insets, key=lambda each: each.start):
        if inset.start >= at:
            expected, at = expected + text[at : inset.start] + inset.html, inset.end
    assert through(text, *insets) == expected + text[at:]
