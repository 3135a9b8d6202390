"""Regular expressions for a browser: what is translated, and that both match the same."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from waymark import bibliography, citations, links, markdown, statements
from waymark.patterns import for_browser


@pytest.mark.parametrize(
    ("pattern", "whole", "expected"),
    [
        (r"\w+", False, (r"[\p{L}\p{N}_]+", "u")),
        (r"[\w:.-]", False, (r"[\p{L}\p{N}_:.-]", "u")),
        (r"\d{4}", True, (r"^(?:\p{Nd}{4})$", "u")),
        (r"(?P<key>a)", False, (r"(?<key>a)", "u")),
        (r"\"\-\ [\-]", False, (r"\"\- [\-]".replace("\\\"", '"').replace("\\- ", "- "), "u")),
        (r"[^]a]", False, (r"[^\]a]", "u")),
    ],
)  # fmt: skip
def test_what_is_translated(pattern: str, whole: bool, expected: tuple[str, str]) -> None:
    assert for_browser(re.compile(pattern), whole=whole) == expected


def test_flags() -> None:
    assert for_browser(re.compile("a b # words\n", re.VERBOSE | re.IGNORECASE | re.MULTILINE)) != ("a b", "uim")
    assert for_browser(re.compile("a\\ b", re.VERBOSE | re.IGNORECASE | re.MULTILINE | re.DOTALL)) == ("a b", "uims")


TEXTS = (
    "proven", "éproven", "proven—", "Proven?", "it works.", "x_it works.", "[@é, p. 3]", "[@a1.b:c-d, p. ٣]", "10.1234/ab", "10.١٢٣٤/ab",
    "p. 3", "P. 3", "¶ 2", "key finding x", "a_b", "٣", "ſ", "İ", "[a][b#c]", "![a](b)", "```x\ny\n```", "https://a.bc/d", "\n \n", "<x y>",
    "“a” ‘b’ \"c\"",
)  # fmt: skip


@pytest.mark.browser
def test_both_match_the_same(chromium: Browser) -> None:
    """Every pattern that the form uses, on texts of several scripts: same stretches."""
    patterns = {name: each for module in (citations, statements, links, markdown, bibliography) for name, each in module.PATTERNS.items()}
    page = chromium.new_page()
    code = """([patterns, texts]) => patterns.map(([source, flags]) => {
      const pattern = new RegExp(source, flags + 'g');
      return texts.map(text => [...text.matchAll(pattern)].map(match => match[0]));
    })"""
    found = page.evaluate(code, [[for_browser(pattern, whole=whole) for pattern, whole in patterns.values()], list(TEXTS)])
    page.close()
    for (name, (pattern, whole)), each in zip(patterns.items(), found, strict=True):
        for text, matches in zip(TEXTS, each, strict=True):
            expected = [text] if whole and pattern.fullmatch(text) else [] if whole else [match.group() for match in pattern.finditer(text)]
            assert matches == expected, (name, text)
