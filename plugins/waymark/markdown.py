"""Markdown of contributors to safe HTML.

GitHub's own CommonMark library does the work, with raw HTML and dangerous addresses left out by the
library itself. Citations and links to records are put in by us, see `insets`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import lru_cache

import cmarkgfm
from cmarkgfm.cmark import Options

from waymark.citations import code_spans, is_within
from waymark.insets import Inset, mark, unmark

_RAW = "<!-- raw HTML omitted -->"
_TAG_START = re.compile(r"<(?!https?:|mailto:|[\w.+-]+@)[A-Za-z/!?][^>\n]{0,30}>?")
_PICTURE = re.compile(r"!\[[^\]]*\](?:\([^()\n]*\)|\[[^\[\]\n]*\])?")
PATTERNS = {"tagStart": (_TAG_START, False), "picture": (_PICTURE, False)}
"""The same for a form in the browser, which has no Markdown library: it says what it takes for HTML, and the checks say what is."""
_HREF = re.compile(r'<a href="([^"]*)"')
_SAFE = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_MAYBE_HEADING = re.compile(r"#|\n[^\w\n]*[=-][ \t]*(?:\n|$)")
_HEADING = re.compile(r'<h[1-6] data-sourcepos="(\d+):')


def to_html(text: str, insets: Iterable[Inset] = ()) -> str:
    """The HTML of a Markdown text; of two insets that overlap the first counts."""
    marked, pieces = mark(text, insets)
    return unmark(_rendered(marked), pieces)


@lru_cache(maxsize=64)
def _rendered(marked: str) -> str:
    # Kept for texts that are but a citation: with the mark in its place they are all the same.
    return str(cmarkgfm.markdown_to_html(marked, options=Options.CMARK_OPT_SMART))


def raw_html(text: str) -> str:
    """The first raw HTML in a Markdown text, or an empty text. The Markdown library itself decides what counts."""
    if "<" not in text or _RAW not in cmarkgfm.markdown_to_html(text):
        return ""
    hidden = code_spans(text)
    return next((match.group() for match in _TAG_START.finditer(text) if not is_within(hidden, match.start())), "<")


def unsafe_address(text: str) -> str:
    """The first address in a Markdown text that we do not allow, or an empty text.

    Allowed are links to `https:`, `http:` and `mailto:`. Pictures are never loaded from a text, and links inside the
    site are written `[words][id]`, so that they are checked.
    """
    if "](" not in text and "]:" not in text and "<" not in text:
        return ""
    rendered = cmarkgfm.markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE)
    if "<img" in rendered and (picture := _PICTURE.search(text)):
        return picture.group()
    return next((html.unescape(href) for href in _HREF.findall(rendered) if not _SAFE.match(html.unescape(href))), "")


def heading(text: str) -> str:
    """The first line that Markdown would make a heading, or an empty text."""
    if not _MAYBE_HEADING.search(text):
        return ""
    found = _HEADING.search(cmarkgfm.markdown_to_html(text, options=Options.CMARK_OPT_SOURCEPOS))
    return text.split("\n")[int(found[1]) - 1].strip() if found else ""
