"""Links between records: one type for relations, for words in a text, for backlinks and graphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from waymark.citations import code_spans, is_within
from waymark.documents import Path_
from waymark.models import KINDS, Record, fields_of, role_of
from waymark.problems import Code, choices, suggest
from waymark.relations import RELATIONS
from waymark.statements import Fault, Statement

MENTIONS = "mentions"
"""The relation of a link in running text."""

_TEXT_LINK = re.compile(r"(?<![\]!\\])\[(?P<words>[^\[\]\n@][^\[\]]*)\]\[(?P<target>[A-Za-z0-9/_-]+)(?:#(?P<anchor>[A-Za-z0-9_-]+))?\]")
_PART_NAMES = {"points": "point", "steps": "step"}


@dataclass(frozen=True)
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
    """Where the link is written in its record."""


@dataclass(frozen=True)
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


def links_of(source: str, record: Record, statements: Iterable[Statement]) -> Iterator[Link]:
    """The links that start at a record: its relations, then the mentions in its texts."""
    for number, relation in enumerate(record.relations):
        target, _, anchor = relation.to.partition("#")
        yield Link(source, target, relation.type, anchor, relation.basis, relation.note or "", ("relations", number, "to"))
    for statement in statements:
        for found in find_links(statement.text):
            yield Link(source, found.target, MENTIONS, found.anchor, loc=statement.loc)


def anchors_of(record: Record) -> dict[str, str]:
    """The anchors of a record's page, each with the words it stands at: sections by field name, parts by number."""
    model = type(record)
    anchors: dict[str, str] = {}
    for name in fields_of(model):
        if not getattr(record, name):
            continue
        anchors[section_anchor(name)] = name
        if role_of(model, name) == "parts":
            anchors.update({part_anchor(name, number, part.anchor): part.title for number, part in enumerate(getattr(record, name), 1)})
    return anchors


def section_anchor(name: str) -> str:
    """The anchor of the section of a field; it follows the field, not the heading, so that headings may be reworded."""
    return name.replace("_", "-")


def part_anchor(field_name: str, number: int, own: str | None) -> str:
    """The anchor of a part: its own if it has one, else `point-1`, `step-1` or `part-1` by its place."""
    return own or f"{_PART_NAMES.get(field_name, 'part')}-{number}"


def fault_of(link: Link, kinds: Mapping[str, str], anchors: Mapping[str, Iterable[str]]) -> Fault | None:
    """What is wrong with a link, if anything.

    Args:
        link: The link.
        kinds: The kind of everything that can be linked to, by id.
        anchors: The anchors of each record by id; a target without an entry (a page) is not looked into.
    """
    shown = f"{link.target}#{link.anchor}" if link.anchor else link.target
    if link.target not in kinds:
        fix = suggest(link.target, kinds) or "Look for the id in the address of the page, for example /theories/rnr-model/."
        return Fault(Code.UNKNOWN_LINK, f"'{link.target}' is not the id of a record or page.", fix, link.target)
    if link.target == link.source:
        return Fault(Code.UNKNOWN_LINK, "The record links to itself.", "Delete the link, or name another record.", link.target)
    if link.anchor and link.target in anchors and link.anchor not in anchors[link.target]:
        fix = suggest(link.anchor, anchors[link.target]) or f"Anchors there: {', '.join(anchors[link.target])}."
        return Fault(Code.UNKNOWN_LINK, f"The page of '{link.target}' has no place '{link.anchor}'.", fix, shown)
    if link.relation == MENTIONS:
        return None
    if link.relation not in RELATIONS:
        fix = f"{suggest(link.relation, RELATIONS)} Accepted: {choices(sorted(RELATIONS))}.".strip()
        return Fault(Code.NOT_IN_LIST, f"'{link.relation}' is not a relation.", fix, link.relation)
    relation = RELATIONS[link.relation]
    if kinds[link.source] not in relation.sources:
        fix = f"It can stand in a record of a {choices(sorted(relation.sources))}; write it there, or choose another relation."
        return Fault(Code.WRONG_KIND, f"A {kinds[link.source]} cannot have the relation '{link.relation}'.", fix, shown)
    if kinds[link.target] not in relation.targets:
        fix = f"'{link.relation}' points at a {choices(sorted(relation.targets))}. Choose another relation, for example related_to."
        return Fault(Code.WRONG_KIND, f"'{link.target}' is a {kinds[link.target]}.", fix, shown)
    return None


def address_of(kind: str, id: str) -> str:
    """The address of a record's page from the root of the site: `principles/coe-2016-human-rights/`."""
    return f"{KINDS[kind].plural}/{id}/"
