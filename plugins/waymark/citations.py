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
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Stance = Literal["supports", "qualifies", "disputes"]

_QUOTED = r'“[^”]*”|"[^"]*"'
_STANCE: dict[str, Stance] = {"qualified by": "qualifies", "disputed by": "disputes"}
_OPENING = r"\[(?:(?:qualified by|disputed by)\s+)?@"
_GROUP = re.compile(rf"{_OPENING}(?:{_QUOTED}|[^\[\]\"“])*\]")
_BROKEN = re.compile(_OPENING)
_PIECE = re.compile(rf"(?:{_QUOTED}|[^;])+")
_KEY = r"[A-Za-z][\w:.-]*"
_ITEM = re.compile(
    rf"""\s*(?:(?P<stance>qualified\ by|disputed\ by)\s+)?@(?P<key>{_KEY}?)
    (?:,\s*(?!via\s)(?P<locator>(?:{_QUOTED}|[^@])+?))?
    (?:,\s*via\s+@(?P<via>{_KEY}?)(?:,\s*(?P<via_locator>[^@]+?))?)?\s*$""",
    re.VERBOSE,
)
_CODE = re.compile(r"^(```|~~~).*?^\1|(`+)(?!`).+?(?<!`)\2(?!`)", re.DOTALL | re.MULTILINE)

_LOCATOR = re.compile(
    r"""(?:p\.|pp\.|fn|fns|n\.|nn\.|slide|slides|¶|¶¶|para\.|paras\.|sec\.|secs\.|section|sections|ch\.|chap\.|
    chapter|art\.|arts\.|rule|rules|table|tables|fig\.|figure|box|annex|app\.|appendix|abstract|introduction|conclusion|
    conclusions|summary|title|web\ page|whole\ work|heading|item|items|no\.|column|time|key\ findings?|
    executive\ summary|rec\.)(?:\W|$)""",
    re.VERBOSE | re.IGNORECASE,
)
LOCATOR_FORMS = "p. 3, pp. 3–5, fn 12, slide “Title”, sec. Title, ¶ 2, table 1, ch. 4, abstract or web page"


@dataclass(frozen=True)
class Citation:
    """One work cited at one place. `locator` is empty where the author gave none."""

    key: str
    locator: str = ""
    via: str = ""
    """Key of the work through which alone we know this one; empty if we have read it."""
    via_locator: str = ""
    stance: Stance = "supports"


@dataclass(frozen=True)
class CitationGroup:
    """What stands in one pair of brackets: `text[start:end]`."""

    start: int
    end: int
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
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
        if any(begin <= start < end for begin, end in hidden):
            continue
        match = _GROUP.match(text, start)
        citations = list(_items(match.group()[1:-1])) if match else [None]
        found = tuple(citation for citation in citations if citation)
        if match and len(found) == len(citations):
            groups.append(CitationGroup(start, match.end(), found))
            at = match.end()
        else:
            broken.append(BrokenCitation(start, text[start : start + 60].splitlines()[0]))
    return groups, broken


def code_spans(text: str) -> list[tuple[int, int]]:
    """The stretches of a Markdown text that are code, as `(start, end)`."""
    return [match.span() for match in _CODE.finditer(text)] if "`" in text or "~~~" in text else []


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


def _items(inner: str) -> Iterator[Citation | None]:
    for piece in _PIECE.findall(inner):
        match = _ITEM.match(piece)
        if not match:
            yield None
            continue
        yield Citation(
            key=match["key"],
            locator=_tidy(match["locator"]),
            via=match["via"] or "",
            via_locator=_tidy(match["via_locator"]),
            stance=_STANCE.get(match["stance"] or "", "supports"),
        )


def _tidy(text: str | None) -> str:
    return " ".join(text.split()) if text else ""
