"""Links between records: one type for relations, for words in a text, for backlinks and graphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from waymark.citations import code_spans, is_within
from waymark.documents import Path_
from waymark.fields import Disagreement, EvidenceItem, Part
from waymark.kinds import KINDS
from waymark.models import Record, fields_of, role_of, with_role
from waymark.problems import Code, article, choices, short, suggest
from waymark.relations import RELATIONS
from waymark.statements import Fault, Statement

TOP = "top"
"""The anchor of a page as a whole."""
PAGE = "page"
"""What stands in place of a kind for a hand-written page."""
MENTIONS = "mentions"
"""The relation of a link in running text."""

_TEXT_LINK = re.compile(r"(?<![\]!\\])\[(?P<words>[^\[\]\n@][^\[\]]*)\]\[(?P<target>[A-Za-z0-9/_-]+)(?:#(?P<anchor>[A-Za-z0-9_-]+))?\]")
PATTERNS = {"textLink": (_TEXT_LINK, False)}
"""The same for a form in the browser."""
_ANCHOR = re.compile(r"[A-Za-z0-9_-]+")
_SECTIONS = ("evidence", "disagreements")
"""Fields that are neither a text nor a list of parts and yet have a section of the page."""
HEADINGS = {
    "at-a-glance": "At a glance",
    "profile": "What is known, question by question",
    "evidence": "Coded findings",
    "limits": "What is not known",
    "disagreements": "Where sources disagree or err",
    "owner": "What the owner says",
    "related": "Related pages",
    "references": "References",
    "further-reading": "Further reading",
    "about-this-page": "About this page",
}
"""Sections of a record page that come from no text or list of parts: anchor and heading."""
FIXED_ANCHORS = {TOP, "profile", "at-a-glance", "diagram", "owner", "related", "references", "further-reading", "about-this-page"}
"""Anchors that every record page may have besides its own sections."""
NUMBERED = {"evidence": "finding", "disagreements": "disagreement"}
"""How anchors begin that are counted and are no parts, by the field that they are counted in."""
OF_OWNERS = "owner-statement-"
"""How the anchors of statements of owners begin."""
PART_NAMES = {"points": "point", "steps": "step", "senses": "meaning", "questions": "question"}
"""What a part is called in its anchor, by the field it stands in; elsewhere `part`."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link from one record or page to another."""

    source: str
    target: str
    relation: str
    """A name of `relations.RELATIONS`, or `mentions`."""
    anchor: str = ""
    """A section or part of the target; empty for the whole."""
    basis: str = field(default="", compare=False)
    """Why: a citation in the form of `citations`, or `ours`. Empty for a mention."""
    note: str = field(default="", compare=False)
    loc: Path_ = field(default=(), compare=False)
    """Where the link is written in its record: the map of a relation, or the text of a mention."""
    start: int = field(default=0, compare=False)
    """Where in that text, or in a page, the target of a mention is named."""


@dataclass(frozen=True, slots=True)
class TextLink:
    """`[words][target#anchor]` at `text[start:end]`."""

    start: int
    end: int
    words: str
    target: str
    anchor: str = ""


def find_links(text: str) -> list[TextLink]:
    """The links to records in a Markdown text, code left out."""
    if "][" not in text:
        return []
    hidden = code_spans(text)
    return [
        TextLink(match.start(), match.end(), match["words"], match["target"], match["anchor"] or "")
        for match in _TEXT_LINK.finditer(text)
        if not is_within(hidden, match.start())
    ]


def renamed(records: Iterable[tuple[str, Record]]) -> dict[str, str]:
    """What former ids of records, and former places on their pages, are called now: `old-id`, `id#old-place`."""
    found: dict[str, str] = {}
    for id, record in records:
        found |= dict.fromkeys(record.former_ids, id)
        for former, target in record.former_anchors.items():
            found[f"{id}#{former}"] = id if target == TOP else target if "#" in target else f"{id}#{target}"
    return found


def links_of(source: str, record: Record, statements: Iterable[Statement]) -> Iterator[Link]:
    """The links that start at a record: its relations, then the mentions in its texts."""
    for number, relation in enumerate(record.relations):
        target, _, anchor = relation.to.partition("#")
        yield Link(source, target, relation.type, anchor, relation.basis, relation.note or "", ("relations", number))
    for statement in statements:
        for found in find_links(statement.text):
            yield mention(source, found, statement.loc)


def mention(source: str, found: TextLink, loc: Path_ = ()) -> Link:
    """The link that starts at a record or page because a text of it holds one."""
    return Link(source, found.target, MENTIONS, found.anchor, loc=loc, start=found.start + len(found.words) + 3)


def anchors_of(record: Record) -> dict[str, str]:
    """The anchors of a record's page, each with the words it stands at: sections by field name, parts by number."""
    model = type(record)
    anchors: dict[str, str] = {}
    for name in _with_section(model):
        if not getattr(record, name):
            continue
        anchors[section_anchor(name)] = name
        if role_of(model, name) == "parts":
            anchors.update({part_anchor(name, number, part.anchor): part.title for number, part in enumerate(getattr(record, name), 1)})
    return anchors


def places_of(record: Record) -> dict[str, str]:
    """The anchors of a record's page that hold for years: sections, with an empty text, and what is counted, with its words.

    `HEADINGS` are not among them unless a field is behind them: a page keeps these by itself.
    """
    places = dict.fromkeys((section_anchor(name) for name in _with_section(type(record)) if getattr(record, name)), "")
    for name, counted in _counted(record).items():
        for number, each in enumerate(counted, 1):
            places[part_anchor(name, number, each.anchor)] = " ".join(_words_of(each).split())
    return places


def _counted(record: Record) -> dict[str, tuple[Part | EvidenceItem | Disagreement, ...]]:
    """The lists of a record whose members have an address each, by field."""
    names = (*with_role(type(record), "parts"), *NUMBERED)
    return {name: getattr(record, name, ()) for name in names}


def _words_of(counted: Part | EvidenceItem | Disagreement) -> str:
    match counted:
        case Part():
            return counted.title
        case Disagreement():
            return counted.topic
    return f"{counted.question} {counted.source}"


def anchor_faults(record: Record) -> Iterator[Fault]:
    """Places whose own anchor is that of another place of the page, so that a link could lead to either; former ones that cannot be kept."""
    lists = _counted(record)
    if not record.former_anchors and not any(each.anchor for counted in lists.values() for each in counted):
        return
    taken = {section_anchor(name) for name in _with_section(type(record))} | FIXED_ANCHORS
    taken |= {part_anchor(name, number, None) for name, counted in lists.items() for number, each in enumerate(counted, 1) if not each.anchor}
    for name, counted in lists.items():
        begins = (OF_OWNERS, *(f"{word}-" for field, word in NUMBERED.items() if field != name))
        for number, each in enumerate(counted):
            if each.anchor in taken or (each.anchor or "").startswith(begins):
                fix = "Choose another word for it, for example the first two words of the title."
                message = f"The anchor '{short(each.anchor or '')}' is that of another place on the page."
                yield Fault(Code.DUPLICATE_ID, message, fix, loc=(name, number, "anchor"))
            elif each.anchor:
                taken.add(each.anchor)
    yield from _former_faults(record)


def _former_faults(record: Record) -> Iterator[Fault]:
    places = [*places_of(record), *HEADINGS, TOP]
    for former, target in record.former_anchors.items():
        loc = ("former_anchors", former)
        if not _ANCHOR.fullmatch(former):
            message = f"'{short(former)}' cannot be the end of an address."
            yield Fault(Code.BAD_ID, message, "Write it as it stands behind the # of the old link, without the #: `point-7`.", loc=loc)
        elif former in places_of(record) or former == TOP:
            message = f"The place '{former}' is still on the page, so old links lead there."
            yield Fault(Code.DUPLICATE_ID, message, "Delete the line, or give what stands there now another `anchor`.", loc=loc)
        elif "#" not in target and target not in places:
            fix = suggest(target, places) or f"Places there: {', '.join(places)}. For a place on another page write its id before it: `other-record#{target}`."
            yield Fault(Code.UNKNOWN_LINK, f"The page has no place '{short(target)}' to which '{former}' could lead.", fix, loc=loc)


def former_links(source: str, record: Record) -> Iterator[Link]:
    """Where former places of a record lead that stand on the page of another one now."""
    for former, target in record.former_anchors.items():
        id, mark, anchor = target.partition("#")
        if mark:
            yield Link(source, id, MENTIONS, "" if anchor == TOP else anchor, loc=("former_anchors", former))


@lru_cache(maxsize=64)
def _with_section(model: type[Record]) -> tuple[str, ...]:
    """The fields that have a section of the page."""
    return tuple(name for name in fields_of(model) if name in with_role(model, "section", "parts", "figures", "concerns") or name in _SECTIONS)


def section_anchor(name: str) -> str:
    """The anchor of the section of a field; it follows the field, not the heading, so that headings may be reworded."""
    return name.replace("_", "-")


def part_anchor(field_name: str, number: int, own: str | None) -> str:
    """The anchor of a part, finding or disagreement: its own if it has one, else `point-1`, `part-1` or `finding-1` by its place."""
    return own or f"{NUMBERED.get(field_name) or PART_NAMES.get(field_name, 'part')}-{number}"


def owner_anchor(number: int) -> str:
    """The anchor of a statement of an owner by its place in the record."""
    return f"{OF_OWNERS}{number}"


def fault_of(link: Link, kinds: Mapping[str, str], anchors: Mapping[str, Iterable[str]], renamed: Mapping[str, str] = MappingProxyType({})) -> Fault | None:
    """What is wrong with a link, if anything.

    Args:
        link: The link.
        kinds: The kind of everything that can be linked to, by id.
        anchors: The anchors of each record by id; a target without an entry (a page) is not looked into.
        renamed: What former ids and former places, `id#anchor`, are called now; empty for what was published and is gone without a word.
    """
    if link.relation != MENTIONS and link.relation not in RELATIONS:
        fix = f"{suggest(link.relation, RELATIONS)} Accepted: {choices(sorted(RELATIONS))}.".strip()
        return Fault(Code.NOT_IN_LIST, f"'{short(link.relation)}' is not a relation.", fix, loc=("type",))
    code, message, fix = _fault_of_target(link, kinds, anchors, renamed) or _fault_of_kinds(link, kinds) or (None, "", "")
    if code is None:
        return None
    if link.relation == MENTIONS:
        return Fault(code, message, fix, f"{link.target}#{link.anchor}" if link.anchor else link.target, link.start)
    return Fault(code, message, fix, loc=("to",))


def _fault_of_target(link: Link, kinds: Mapping[str, str], anchors: Mapping[str, Iterable[str]], renamed: Mapping[str, str]) -> tuple[Code, str, str] | None:
    if renamed.get(link.target) == "" and link.target not in kinds:
        fix = "Its page was published. If its file was renamed, write the new name here, and the old one under `former_ids` of the record."
        return Code.UNKNOWN_LINK, f"'{short(link.target)}' is not the id of a record any more.", fix
    if link.target in renamed and link.target not in kinds:
        return Code.UNKNOWN_LINK, f"'{link.target}' has another id now.", f"Write '{renamed[link.target]}'."
    if link.target not in kinds:
        fix = suggest(link.target, kinds) or "Look for the id in the address of the page, for example rnr-model in /theories/rnr-model/."
        return Code.UNKNOWN_LINK, f"'{short(link.target)}' is not the id of a record or page.", fix
    if link.target == link.source:
        return Code.UNKNOWN_LINK, "The record links to itself.", "Delete the link, or name another record."
    if link.anchor and link.target in anchors and link.anchor not in anchors[link.target]:
        now = renamed.get(f"{link.target}#{link.anchor}")
        fix = f"Write '{now}'." if now else suggest(link.anchor, anchors[link.target]) or f"Places there: {', '.join(anchors[link.target])}."
        return Code.UNKNOWN_LINK, f"The page of '{link.target}' has no place '#{short(link.anchor)}'.", fix
    return None


def _fault_of_kinds(link: Link, kinds: Mapping[str, str]) -> tuple[Code, str, str] | None:
    if link.relation == MENTIONS:
        return None
    relation, source, target = RELATIONS[link.relation], kinds[link.source], kinds[link.target]
    if source not in relation.sources:
        fix = f"It can stand in the record of {article(choices(sorted(relation.sources)))}. Write it there, or choose another relation."
        return Code.WRONG_KIND, f"{article(source).capitalize()} cannot have the relation '{link.relation}'.", fix
    if target not in relation.targets:
        fix = f"It points at {article(choices(sorted(relation.targets)))}. Choose another relation, for example related_to."
        if target == PAGE:
            fix = f"Relations join records. Link to the page in a text, as [words][{link.target}]."
        return Code.WRONG_KIND, f"'{link.relation}' cannot point at '{link.target}', which is {article(target)}.", fix
    return None


def address_of(kind: str, id: str) -> str:
    """The address of a record's page from the root of the site: `principles/coe-2016-human-rights/`."""
    return f"{KINDS[kind].plural}/{id}/"
