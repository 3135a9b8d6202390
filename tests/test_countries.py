"""Countries."""

from __future__ import annotations

import pytest

from waymark.countries import code_for, code_like, names


@pytest.mark.parametrize(("code", "expected"), [("DK", "Denmark"), ("GB", "United Kingdom"), ("BO", "Bolivia"), ("TR", "Türkiye")])
def test_names(code: str, expected: str) -> None:
    """The everyday name, not the one of treaties."""
    assert expected == names()[code]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Denmark", "DK"),
        ("denmark", "DK"),
        ("DNK", "DK"),
        ("se", "SE"),
        ("UK", "GB"),
        ("uk", "GB"),
        ("England", "GB"),
        ("EL", "GR"),
        ("XX", ""),
        ("", ""),
        ("x" * 9999, ""),
    ],
)
def test_code_for(name: str, expected: str) -> None:
    """What somebody may write for a country leads to its code."""
    assert expected == code_for(name)


@pytest.mark.parametrize(("name", "expected"), [("Belgum", "BE"), ("nehterlands", "NL"), ("Germny", "DE"), ("Atlantis", ""), ("XX", ""), ("x" * 9999, "")])
def test_code_like(name: str, expected: str) -> None:
    """A name that is misspelt leads to the country that is meant, if it is clear."""
    assert expected == code_like(name)
