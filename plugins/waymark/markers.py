"""Markers in hand-written pages: what takes their place is made from the records.

    [[relations: disengagement, deradicalisation | Two words that are easily mixed up]]

stands alone in its paragraph. It names records and gives the caption of a drawing of the relations between them.
`[[specimen: practice]]` names a kind of record and prints a complete record of it with a comment on each field. Other
markers, such as `[[profile-rules]]`, are a name alone: they print a rule of the program, or what it has counted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from waymark.citations import code_spans, is_within
from waymark.kinds import KINDS
from waymark.links import MENTIONS, PAGE, Link
from waymark.problems import Code, choices, short, suggest
from waymark.statements import Fault

RELATIONS_MARKER, SPECIMEN_MARKER = "relations", "specimen"
RULES_MARKER, AGREEMENT_MARKER, APPRAISAL_MARKER = "profile-rules", "agreement", "appraisal"
_BARE = (RULES_MARKER, AGREEMENT_MARKER, APPRAISAL_MARKER)
"""Markers that name nothing."""
_NAMES = (RELATIONS_MARKER, SPECIMEN_MARKER, *_BARE)
MOST_RECORDS = 20
"""Records that a marker may name; a drawing of more is no help."""

Partners = Mapping[str, Collection[str]]

_OPENING = re.compile(r"\[\[(?=[ \t]*[A-Za-z])[^\[\]\n]*(?:\]\]?)?")
_MARKER = re.compile(r"\[\[[ \t]*(?P<name>[A-Za-z-]+)[ \t]*(?::(?P<ids>[^|\[\]\n]*)(?:\|(?P<caption>[^|\[\]\n]*))?)?\]\]")
_ID = re.compile(r"[^\s,][^,]*")
_EXAMPLE = "Write, in a paragraph of its own: [[relations: first-id, second-id | Caption in a few words]]"


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker at `text[start:end]`: the records it names, each with its place in the text, and the caption."""

    start: int
    end: int
    name: str
    ids: tuple[tuple[str, int], ...]
    caption: str


def find_markers(text: str) -> list[Marker]:
    """The markers of a page that can be read, code left out."""
    return [marker for _, marker in _openings(text) if marker and marker.name in _NAMES]


def links_of_markers(source: str, text: str) -> Iterator[Link]:
    """A page mentions the records that its markers name."""
    for marker in find_markers(text):
        if marker.name != RELATIONS_MARKER:
            continue
        for id, start in marker.ids:
            yield Link(source, id, MENTIONS, start=start)


def marker_faults(text: str, kinds: Mapping[str, str], records: Collection[str], partners: Partners) -> Iterator[Fault]:
    """What is wrong with the markers of a page; that an id is unknown is said of its link.

    Args:
        text: The page.
        kinds: The kind of everything that can be linked to, by id.
        records: The records that could be read; of others nobody knows the relations.
        partners: For each record those that stand in a relation with it.
    """
    for match, marker in _openings(text):
        said = _fault_of_form(text, match, marker)
        if not said and marker and marker.name == RELATIONS_MARKER:
            said = _fault_of_ids(marker, kinds, records, partners)
        if said:
            message, fix, snippet, start = said
            yield Fault(Code.BAD_MARKER, message, fix, snippet, start)


def _openings(text: str) -> Iterator[tuple[re.Match[str], Marker | None]]:
    if "[[" not in text:
        return
    hidden = code_spans(text)
    for match in _OPENING.finditer(text):
        if is_within(hidden, match.start()):
            continue
        found = _MARKER.fullmatch(match.group())
        if not found:
            yield match, None
            continue
        begin = match.start() + found.start("ids")
        ids = tuple((each.group().rstrip(), begin + each.start()) for each in _ID.finditer(found["ids"] or ""))
        yield match, Marker(match.start(), match.end(), found["name"], ids, (found["caption"] or "").strip())


def _fault_of_form(text: str, match: re.Match[str], marker: Marker | None) -> tuple[str, str, str, int] | None:
    whole, start = match.group(), match.start()
    if marker is None:
        return f"'{short(whole)}' looks like a marker and cannot be read.", _EXAMPLE, whole, start
    if marker.name not in _NAMES:
        return f"'{short(marker.name)}' is not the name of a marker.", suggest(marker.name, _NAMES) or _EXAMPLE, marker.name, start
    if not _stands_alone(text, start, match.end()):
        return "The marker does not stand alone in its paragraph.", "Leave an empty line before it and after it.", whole, start
    if marker.name in _BARE:
        is_bare = not (marker.ids or marker.caption)
        return None if is_bare else (f"'{marker.name}' names no records and has no caption.", f"Write only [[{marker.name}]].", whole, start)
    if marker.name == SPECIMEN_MARKER:
        kind = marker.ids[0][0] if len(marker.ids) == 1 and not marker.caption else ""
        fix = suggest(kind, KINDS) or f"Write one of {choices(KINDS)} behind the colon, for example [[specimen: practice]]."
        return None if kind in KINDS else ("The marker does not name a kind of record.", fix, kind or whole, start)
    if not marker.caption:
        return "The marker has no caption.", "Say in a few words what the drawing shows, behind a |: [[relations: first-id, second-id | Caption]]", whole, start
    return None


def _stands_alone(text: str, start: int, end: int) -> bool:
    """True if the line holds nothing else and the lines around it are empty."""
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    before = text[text.rfind("\n", 0, max(line_start - 1, 0)) + 1 : start]
    after = text[end : text.find("\n", line_end + 1)] if text.find("\n", line_end + 1) >= 0 else text[end:]
    return not before.strip() and not after.strip()


def _fault_of_ids(marker: Marker, kinds: Mapping[str, str], records: Collection[str], partners: Partners) -> tuple[str, str, str, int] | None:
    named = [id for id, _ in marker.ids]
    if not 2 <= len(named) <= MOST_RECORDS:
        return f"A marker names 2 to {MOST_RECORDS} records; this one names {len(named)}.", "Write their ids with commas between them.", "[[", marker.start
    for number, (id, start) in enumerate(marker.ids):
        if kinds.get(id) == PAGE:
            return f"'{short(id)}' is a page. A drawing joins records.", "Leave it out, and link to it in the text.", id, start
        if id in named[:number]:
            return f"'{short(id)}' is named twice.", "Delete one of the two.", id, start
    if not all(id in records for id in named):
        return None
    for id, start in marker.ids:
        if not set(partners.get(id, ())) & set(named):
            fix = "Leave it out, or add the relation to one of the records, with its source."
            return f"'{short(id)}' has no relation with any other record that the marker names.", fix, id, start
    return None
