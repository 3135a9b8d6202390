"""Slips in citations, and what is said of them."""

from __future__ import annotations

import pytest

from waymark.citations import find_citations
from waymark.slips import broken_help, place_meant, stray_citations

KEYS = {"one2020", "two2021"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[@one2020 p. 3]", "Put a comma after the key: [@one2020, p. 3]."),
        ("[@one2020, p. 3. More text", "The square bracket is not closed. Write ] behind the place: [@key, p. 3]."),
        ("[@one2020, p. 3, @two2021, p. 4]", "Put a semicolon between two works: [@one, p. 3; @two, p. 7]."),
        ("[@one2020, p. 3 and @two2021, p. 4]", "Put a semicolon between two works: [@one, p. 3; @two, p. 7]."),
        ("[@one2020, p. 3, cited in @two2021, p. 4]", "A work that is known through another one is written with `via`: [@one, p. 3, via @two, p. 7]."),
        ("[@, p. 3]", "Write [@key, p. 3], with a comma after the key."),
    ],
)
def test_broken(text: str, expected: str) -> None:
    """The likely slip is named; else all forms are."""
    assert broken_help(text).startswith(expected)


@pytest.mark.parametrize(
    ("locator", "expected"),
    [
        ("22", "p. 22"),
        ("page 22", "p. 22"),
        ("p 22", "p. 22"),
        ("S. 22", "p. 22"),
        ("pages 22-24", "pp. 22–24"),
        ("22, 25", "pp. 22, 25"),
        ("somewhere", ""),
        ("2020 report", ""),
    ],
)
def test_place_meant(locator: str, expected: str) -> None:
    """A number alone, or with the letters of another language, is most likely a page."""
    assert place_meant(locator) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("So it is [@one2020, p. 3].", []),
        ("So it is (@one2020, p. 3).", ["The citation '@one2020' stands in round brackets."]),
        ("So it is {@one2020, p. 3}.", ["The citation '@one2020' stands in curly brackets."]),
        ("So says @one2020.", ["The citation '@one2020' stands without brackets."]),
        ("So it is [one2020, p. 3].", ["The @ is missing in the citation '[one2020, p. 3]'."]),
        ("So it is [one2020].", ["The @ is missing in the citation '[one2020]'."]),
        ("‘[@one2020, p. 3]’", ["The citation stands in the quotation marks of a text program."]),
        ("“[@one2020, p. 3] says so”", []),
        ("So it is [@one2020, p. 3; disputed by @two2021, p. 4, via @one2020, p. 5].", []),
        ("Write to name@one2020.org or @nobody.", []),
        ("The form is `[one2020, p. 3]` or `@one2020`.", []),
        ("See [one2020][some-id] and [one2020](https://example.org).", []),
    ],
)
def test_stray(text: str, expected: list[str]) -> None:
    """A key that stands in a text without being a citation is found; addresses, links and code are not taken for one."""
    found = stray_citations(text, find_citations(text)[0], KEYS)
    assert [message for _, _, message, _ in found] == expected
    assert all(text[start:].startswith(words) for start, words, _, _ in found)
