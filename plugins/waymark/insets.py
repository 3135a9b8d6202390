"""Ready HTML in a Markdown text: citations and links to records.

Each stretch of source is swapped for a mark of private-use characters (which `files` refuses in any file), and each mark
for ready HTML when the text has become HTML. So one grammar serves record texts and hand-written pages in MkDocs.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

_MARK = re.compile("\ue000(\\d+)\ue001")
_MARK_ALONE = re.compile("<p>\ue000(\\d+)\ue001</p>")
_MARK_IN_TAG = re.compile("<[^<>\ue000]*\ue000[^<>]*>")
# A numeric entity would bring in a mark's characters behind our back: &#xE000; is read by the Markdown library.
_MARK_ENTITY = re.compile(r"&#(?:x0*e00[01]|0*5734[45]);", re.IGNORECASE)
_TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Inset:
    """Ready HTML that takes the place of `text[start:end]`."""

    start: int
    end: int
    html: str


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
