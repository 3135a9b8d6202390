"""Pages about works: what is not seen on a page of the toy."""

from __future__ import annotations

import pytest

from waymark.works import seen_at


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("", []),
        ("https://a.example/x https://b.example", ["https://a.example/x", "https://b.example"]),
        ("the document itself https://a.example; a second page", ["the document itself", "https://a.example", "a second page"]),
        ("pages of two papers", ["pages of two papers"]),
    ],
)
def test_seen_at(text: str, places: list[str]) -> None:
    """Words between addresses stay together."""
    assert seen_at(text) == places
