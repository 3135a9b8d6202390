"""The citation grammar: Pandoc's brackets, with a locator and, where needed, `via`.

One grammar serves record texts and hand-written pages:

    [@basra2020prisons, p. 28]
    [@basra2020prisons, p. 28; @renard2020overblown, p. 21]
    [@basra2020prisons, p. 28, via @papp2021returning, p. 17]
    [@durnescundslides, slide “Learning points”; disputed by @lewis2021countering, Key findings ¶ 1]

`via` says that we know the first work only through the second. `qualified by` and `disputed by`
say that a source does not simply support the statement. A comma, semicolon or bracket inside
quotation marks belongs to the locator, because slide titles hold them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from sys import intern
from typing import Literal

Stance = Literal["supports", "qualifies", "disputes"]

# A title of more than 300 characters is no title; without a bound, many opened marks would take minutes to read.
_QUOTED = r'“[^”]{0,300}”|"[^"]{0,300}"'
_STANCE: dict[str, Stance] = {"qualified by": "qualifies", "disputed by": "disputes"}
_OPENING = r"\[(?:(?:qualified by|disputed by)\s+)?@"
_GROUP = re.compile(rf"{_OPENING}(?:{_QUOTED}|[^\[\]\"“])*\]")
_BROKEN = re.compile(_OPENING)
_PIECE = re.compile(rf"(?:{_QUOTED}|[^;])+")
_KEY = r"[A-Za-z][\w:.-]*"
_LOCATOR_TEXT = rf'(?:{_QUOTED}|[^@"“])+?'
_ITEM = re.compile(
    rf"""(?:(?P<stance>qualified\ by|disputed\ by)\ )?@(?P<key>{_KEY}?)
    (?:,\ ?(?!via\ )(?P<locator>{_LOCATOR_TEXT}))?
    (?:,\ ?via\ @(?P<via>{_KEY}?)(?:,\ ?(?P<via_locator>{_LOCATOR_TEXT}))?)?""",
    re.VERBOSE,
)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})(.*)$", re.MULTILINE)
_TICKS = re.compile(r"(?<!`)`+|\n[ \t]*(?=\n)")

_LOCATOR = re.compile(
    r"""(?:p\.|pp\.|fn|fns|n\.|nn\.|slide|slides|¶|¶¶|para\.|paras\.|sec\.|secs\.|section|sections|ch\.|chap\.|
    chapter|art\.|arts\.|rule|rules|table|tables|fig\.|figure|box|annex|app\.|appendix|abstract|introduction|conclusion|
    conclusions|summary|title|web\ page|whole\ work|heading|item|items|no\.|column|time|key\ findings?|
    executive\ summary|rec\.)(?:\W|$)""",
    re.VERBOSE | re.IGNORECASE,
)
PATTERNS = {
    "citationGroup": (_GROUP, False),
    "citationOpening": (_BROKEN, False),
    "citationPiece": (_PIECE, False),
    "citation": (_ITEM, True),
    "fence": (_FENCE, False),
    "ticks": (_TICKS, False),
    "locator": (_LOCATOR, False),
}
"""The grammar for a form in the browser, by name; True where the whole of a text must fit."""
LOCATOR_FORMS = "p. 3, pp. 3–5, fn 12, slide “Title”, sec. Title, ¶ 2, table 1, ch. 4, abstract or web page"


@dataclass(frozen=True, slots=True)
class Citation:
    """One work cited at one place. `locator` is empty where the author gave none."""

    key: str
    locator: str = ""
    via: str = ""
    """Key of the work through which alone we know this one; empty if we have read it."""
    via_locator: str = ""
    stance: Stance = "supports"
    start: int = field(default=0, compare=False)
    """Where its `@` stands in the text."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys it names: of the work, and of the one through which we know it."""
        return (self.key, self.via) if self.via else (self.key,)

    @property
    def place(self) -> str:
        """The locator in the work that we have read; empty if the author gave none."""
        return self.via_locator if self.via else self.locator


@dataclass(frozen=True, slots=True)
class CitationGroup:
    """What stands in one pair of brackets: `text[start:end]`."""

    start: int
    end: int
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class BrokenCitation:
    """A bracket that opens like a citation and cannot be read as one."""

    start: int
    text: str


def find_citations(text: str) -> tuple[list[CitationGroup], list[BrokenCitation]]:
    """All citation groups of a Markdown text, and what looks like one but is none.

    Code spans and code blocks are skipped, so that a page can show the form itself.
    """
    if "@" not in text:
        return [], []
    groups: list[CitationGroup] = []
    broken: list[BrokenCitation] = []
    hidden = code_spans(text)
    at = 0
    while opening := _BROKEN.search(text, at):
        start = opening.start()
        at = opening.end()
        if is_within(hidden, start):
            continue
        match = _GROUP.match(text, start)
        citations = list(_items(match.group()[1:-1], start + 1)) if match else [None]
        found = tuple(citation for citation in citations if citation)
        if match and len(found) == len(citations):
            groups.append(CitationGroup(start, match.end(), found))
            at = match.end()
        else:
            shown = text[start : start + 60].splitlines()[0]
            broken.append(BrokenCitation(start, shown[: shown.find("]") + 1] or shown))
    return groups, broken


def keys_in(text: str) -> list[str]:
    """Keys of the works that a text cites, in its order; those through which we know them are left out."""
    return [citation.key for group in find_citations(text)[0] for citation in group.citations]


def code_spans(text: str) -> list[tuple[int, int]]:
    """The stretches of a Markdown text that are code between backticks or fences, as `(start, end)` in their order."""
    if "`" not in text and "~~~" not in text:
        return []
    spans: list[tuple[int, int]] = []
    at = 0
    for start, end in _fenced(text):
        spans += [*_inline_code(text, at, start), (start, end)]
        at = end
    return [*spans, *_inline_code(text, at, len(text))]


def is_within(spans: list[tuple[int, int]], offset: int) -> bool:
    """True if a place in a text lies in one of some stretches, which are in order and do not overlap."""
    before = bisect_right(spans, offset, key=lambda span: span[0])
    return before > 0 and offset < spans[before - 1][1]


def is_locator(text: str) -> bool:
    """True if the text names a place in a work: it starts with one of the known words, see `LOCATOR_FORMS`."""
    return bool(_LOCATOR.match(text.strip()))


def to_text(citation: Citation) -> str:
    """The citation as an author writes it, without the brackets; the inverse of reading it."""
    words = {stance: word for word, stance in _STANCE.items()}.get(citation.stance, "")
    parts = [f"{words} @{citation.key}".strip()]
    if citation.locator:
        parts.append(citation.locator)
    if citation.via:
        parts.append(f"via @{citation.via}")
        if citation.via_locator:
            parts.append(citation.via_locator)
    return ", ".join(parts)


def _fenced(text: str) -> Iterator[tuple[int, int]]:
    """Blocks of code between fences; one that is never closed runs to the end, as in CommonMark."""
    opening: re.Match[str] | None = None
    for match in _FENCE.finditer(text):
        if opening is None:
            if "`" not in match[2] or match[1][0] == "~":
                opening = match
        elif match[1].startswith(opening[1]) and not match[2].strip():
            yield opening.start(), match.end()
            opening = None
    if opening is not None:
        yield opening.start(), len(text)


def _inline_code(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches between two runs of equally many backticks in one paragraph."""
    paragraph: list[tuple[int, int]] = []
    for match in (*_TICKS.finditer(text, start, end), None):
        if match and match.group()[0] == "`":
            paragraph.append(match.span())
            continue
        closing: dict[int, int] = {}  # the next run of each length, seen from the end
        closed_by = []
        for number in reversed(range(len(paragraph))):
            length = paragraph[number][1] - paragraph[number][0]
            closed_by.append(closing.get(length))
            closing[length] = number
        closed_by.reverse()
        number = 0
        while number < len(paragraph):
            last = closed_by[number]
            if last is None or text[paragraph[number][0] - 1 : paragraph[number][0]] == "\\":
                number += 1
                continue
            yield paragraph[number][0], paragraph[last][1]
            number = last + 1
        paragraph = []


def _items(inner: str, offset: int) -> Iterator[Citation | None]:
    pieces = ((found.start(), found.group()) for found in _PIECE.finditer(inner)) if ";" in inner else ((0, inner),)
    for begin, piece in pieces:
        match = _ITEM.fullmatch(" ".join(piece.split()))
        if not match:
            yield None
            continue
        # The same keys and places come back in thousands of records; one copy of each is enough.
        stance, key, locator, via, via_locator = map(intern, match.groups(default=""))
        yield Citation(key, locator, via, via_locator, _STANCE.get(stance, "supports"), offset + begin + piece.index("@"))
