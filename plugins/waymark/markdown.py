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
from functools import lru_cache

import cmarkgfm
from cmarkgfm.cmark import Options

from waymark.citations import code_spans, is_within

_MARK = re.compile("\ue000(\\d+)\ue001")
_MARK_ALONE = re.compile("<p>\ue000(\\d+)\ue001</p>")
_MARK_IN_TAG = re.compile("<[^<>\ue000]*\ue000[^<>]*>")
# A numeric entity would bring in a mark's characters behind our back: &#xE000; is read by the Markdown library.
_MARK_ENTITY = re.compile(r"&#(?:x0*e00[01]|0*5734[45]);", re.IGNORECASE)
_RAW = "<!-- raw HTML omitted -->"
_TAG_START = re.compile(r"<(?!https?:|mailto:|[\w.+-]+@)[A-Za-z/!?][^>\n]{0,30}>?")
_PICTURE = re.compile(r"!\[[^\]]*\](?:\([^()\n]*\)|\[[^\[\]\n]*\])?")
PATTERNS = {"tagStart": (_TAG_START, False), "picture": (_PICTURE, False)}
"""The same for a form in the browser, which has no Markdown library: it says what it takes for HTML, and the checks say what is."""
_HREF = re.compile(r'<a href="([^"]*)"')
_SAFE = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_MAYBE_HEADING = re.compile(r"#|\n[^\w\n]*[=-][ \t]*(?:\n|$)")
_HEADING = re.compile(r'<h[1-6] data-sourcepos="(\d+):')
_TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Inset:
    """Ready HTML that takes the place of `text[start:end]`."""

    start: int
    end: int
    html: str


def to_html(text: str, insets: Iterable[Inset] = ()) -> str:
    """The HTML of a Markdown text; of two insets that overlap the first counts."""
    marked, pieces = mark(text, insets)
    return unmark(_rendered(marked), pieces)


@lru_cache(maxsize=64)
def _rendered(marked: str) -> str:
    # Kept for texts that are but a citation: with the mark in its place they are all the same.
    return str(cmarkgfm.markdown_to_html(marked, options=Options.CMARK_OPT_SMART))


def mark(text: str, insets: Iterable[Inset]) -> tuple[str, list[str]]:
    """The text with a mark in the place of each inset, and the HTML that belongs to each mark."""
    pieces: list[str] = []
    out: list[str] = []
    at = 0
    for inset in sorted(insets, key=lambda inset: inset.start):
        if inset.start < at:
            continue
        out += [_MARK_ENTITY.sub("\ufffd", text[at : inset.start]), f"\ue000{len(pieces)}\ue001"]
        pieces.append(inset.html)
        at = inset.end
    return "".join([*out, _MARK_ENTITY.sub("\ufffd", text[at:])]), pieces


def unmark(rendered: str, pieces: list[str]) -> str:
    """Rendered HTML with each mark replaced by its piece; inside a tag, such as in the title of a link, by its words.

    A piece that is a block takes the place of the paragraph around its mark.
    """
    if not pieces:
        return rendered
    rendered = _MARK_ALONE.sub(lambda match: pieces[int(match[1])] if pieces[int(match[1])].startswith("<div") else match.group(), rendered)
    rendered = _MARK_IN_TAG.sub(lambda tag: _MARK.sub(lambda match: html.escape(plain_text(pieces[int(match[1])])), tag.group()), rendered)
    return _MARK.sub(lambda match: pieces[int(match[1])], rendered)


def plain_text(rendered: str) -> str:
    """The words of an HTML text, for the search and for descriptions."""
    return " ".join(html.unescape(_TAGS.sub(" ", rendered)).split()) if "<" in rendered or "&" in rendered else rendered


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
