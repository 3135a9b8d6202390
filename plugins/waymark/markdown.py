"""Markdown of contributors to safe HTML.

GitHub's own CommonMark library does the work, with raw HTML and dangerous addresses left out by the
library itself. Citations and links to records are put in by us: each stretch of source is swapped for
a mark of private-use characters (which `documents` refuses in any file), and each mark for ready HTML
afterwards. So one grammar serves record texts here and hand-written pages in MkDocs.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

import cmarkgfm
from cmarkgfm.cmark import Options

_MARK = re.compile("\ue000(\\d+)\ue001")
_RAW = "<!-- raw HTML omitted -->"
_TAG_START = re.compile(r"<[A-Za-z/!?][^>\n]{0,30}>?")
_HREF = re.compile(r'<a href="([^"]*)"')
_SAFE = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_HEADING = re.compile(r"^ {0,3}#{1,6}(?:\s|$)|^ {0,3}(?:=+|-+)[ \t]*$", re.MULTILINE)
_TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Inset:
    """Ready HTML that takes the place of `text[start:end]`."""

    start: int
    end: int
    html: str


def to_html(text: str, insets: Iterable[Inset] = ()) -> str:
    """The HTML of a Markdown text; `insets` must not overlap."""
    marked, pieces = mark(text, insets)
    return unmark(cmarkgfm.markdown_to_html(marked, options=Options.CMARK_OPT_SMART), pieces)


def mark(text: str, insets: Iterable[Inset]) -> tuple[str, list[str]]:
    """The text with a mark in the place of each inset, and the HTML that belongs to each mark."""
    pieces: list[str] = []
    out: list[str] = []
    at = 0
    for inset in sorted(insets, key=lambda inset: inset.start):
        out += [text[at : inset.start], f"\ue000{len(pieces)}\ue001"]
        pieces.append(inset.html)
        at = inset.end
    return "".join([*out, text[at:]]), pieces


def unmark(rendered: str, pieces: list[str]) -> str:
    """Rendered HTML with each mark replaced by its piece."""
    return _MARK.sub(lambda match: pieces[int(match[1])], rendered) if pieces else rendered


def plain_text(rendered: str) -> str:
    """The words of an HTML text, for the search and for descriptions."""
    return " ".join(html.unescape(_TAGS.sub(" ", rendered)).split()) if "<" in rendered or "&" in rendered else rendered


def raw_html(text: str) -> str:
    """The first raw HTML in a Markdown text, or an empty text. The Markdown library itself decides what counts."""
    if "<" not in text or _RAW not in cmarkgfm.markdown_to_html(text):
        return ""
    match = _TAG_START.search(text)
    return match.group() if match else "<"


def unsafe_address(text: str) -> str:
    """The first address in a Markdown text that we do not allow, or an empty text.

    Allowed are links to `https:`, `http:` and `mailto:`. Pictures are never loaded from a text, and links inside the
    site are written `[words][id]`, so that they are checked.
    """
    if "](" not in text and "]:" not in text and "<" not in text:
        return ""
    rendered = cmarkgfm.markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE)
    if "<img" in rendered and "![" in text:
        return text[text.index("![") :].split(")")[0] + ")"
    return next((html.unescape(href) for href in _HREF.findall(rendered) if not _SAFE.match(html.unescape(href))), "")


def heading(text: str) -> str:
    """The first line that Markdown would make a heading, or an empty text."""
    match = _HEADING.search(text)
    if not match or "<h" not in cmarkgfm.markdown_to_html(text):
        return ""
    return text[match.start() :].splitlines()[0]
