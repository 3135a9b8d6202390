"""Slips in citations: what people write in place of `[@key, p. 3]`, and what to tell them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import TypeAlias

from waymark.citations import CitationGroup, code_spans, is_within
from waymark.problems import short

_STRAY_KEY = re.compile(r"(?P<open>[({]?)(?<![\w.@])@(?P<key>[A-Za-z][\w:.-]*)")
_STRAY_BRACKET = re.compile(r"\[(?<![\]!\\]\[)(?P<key>[A-Za-z][\w:.-]*)(?P<rest>,[^\[\]]*)?\](?![\[(:])")
_CURLY = ("“", "”", "„", "‘", "’", "‚")
_IN_CURLY = re.compile(r"[“”„‘’‚](?P<citation>\[@[^\[\]]*\])[“”‘’]")
_NUMBER = r"[0-9]+(?:\s?[-–]\s?[0-9]+)?(?:, ?[0-9]+)*"
_PAGES = re.compile(rf"(?:p|pp|page|pages|pg|pgs|s|seite|seiten|blz|pagina|sid|str|f|ff)?\.?\s*(?P<number>{_NUMBER})", re.IGNORECASE)
_COMMA_MISSING = re.compile(r"\[@(?P<key>[A-Za-z][\w:.-]*) (?P<place>[^@;\]]+)\]")
_REPORTED = re.compile(r"\b(?:cited|quoted|as cited|in|after|from)\b[^@]*@", re.IGNORECASE)
_AND = re.compile(r"(?:,|\band\b|&|/)\s*@")
_FORMS = "Write [@key, p. 3], with a comma after the key. Several works: [@one, p. 3; @two, p. 7]. Known through another: [@one, p. 3, via @two, p. 7]."
Slip: TypeAlias = tuple[int, str, str, str]
"""Where in the text, the words to point at, what is wrong, what to do."""


def broken_help(text: str) -> str:
    """What to do about a bracket that opens like a citation and cannot be read: the likely slip, else all forms."""
    if "]" not in text:
        return "The square bracket is not closed. Write ] behind the place: [@key, p. 3]."
    if match := _COMMA_MISSING.fullmatch(text):
        return f"Put a comma after the key: [@{match['key'].rstrip('.:')}, {match['place']}]."
    if "via" not in text and _REPORTED.search(text):
        return "A work that is known through another one is written with `via`: [@one, p. 3, via @two, p. 7]."
    if _AND.search(text) and "via" not in text:
        return "Put a semicolon between two works: [@one, p. 3; @two, p. 7]."
    return _FORMS


def place_meant(locator: str) -> str:
    """The page or pages that a place without the right letters seems to name, as we write them; else an empty text."""
    match = _PAGES.fullmatch(locator.strip())
    if not match:
        return ""
    number = re.sub(r"\s?[-–]\s?", "–", match["number"])
    return f"{'pp.' if re.search('[–,]', number) else 'p.'} {number}"


def stray_citations(text: str, groups: Sequence[CitationGroup], keys: Collection[str]) -> list[Slip]:
    """Keys of works that stand in a text without being a citation: each as a slip.

    Args:
        text: The text.
        groups: The citations that could be read.
        keys: The keys of the bibliography. Other words behind an @, such as addresses for e-mail, are nobody's business.
    """
    found: list[Slip] = []
    if text[:1] in _CURLY and (match := _IN_CURLY.fullmatch(text)):
        message = "The citation stands in the quotation marks of a text program."
        found.append((0, text, message, f"Use the straight ones of the keyboard: '{short(match['citation'])}'."))
    if text.count("@") != sum([2 if citation.via else 1 for group in groups for citation in group.citations]):
        found += _without_brackets(text, keys)
    if _STRAY_BRACKET.search(text):
        found += _without_at(text, keys)
    if not found:
        return []
    hidden = sorted([*((group.start, group.end) for group in groups), *code_spans(text)])
    return [each for each in found if not is_within(hidden, each[0])]


def _without_brackets(text: str, keys: Collection[str]) -> Iterator[Slip]:
    for match in _STRAY_KEY.finditer(text):
        key, at = match["key"].rstrip(".:-"), match.start("key") - 1
        if key in keys and text[at - 1 : at] != "[":
            wrong = {"(": "in round brackets", "{": "in curly brackets"}.get(match["open"], "without brackets")
            yield at, f"@{key}", f"The citation '@{key}' stands {wrong}.", f"Write it in square brackets, with its place: [@{key}, p. 3]."


def _without_at(text: str, keys: Collection[str]) -> Iterator[Slip]:
    for match in _STRAY_BRACKET.finditer(text):
        if match["key"] in keys:
            fix = f"Write [@{match['key']}{match['rest'] or ', p. 3'}]."
            yield match.start(), match.group(), f"The @ is missing in the citation '{short(match.group())}'.", fix
