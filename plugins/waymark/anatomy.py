"""What stands on the page of a record, in which order: values only, no markup."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from waymark.countries import names
from waymark.fields import NOT_REPORTED, Concern, Figure, Part
from waymark.library import Item, Library
from waymark.links import MENTIONS, Link, part_anchor, section_anchor
from waymark.models import fields_of, is_expected, label_of, role_of
from waymark.relations import MENTION, RELATIONS

UNITS = {"people": "person", "cases": "case", "months": "month", "years": "year", "programmes": "programme", "services": "service"}
UNITS |= {"events": "event", "units": "unit", "sessions": "session"}
"""Units in the singular, where that differs."""


Way = Literal["out", "in", "both"]
"""How a relation runs, seen from a record: from it, to it, or the same from either end."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the box “At a glance”."""

    name: str
    label: str
    values: tuple[str, ...]
    """What is coded, in words; empty if the sources are silent (*not reported*)."""
    basis: str
    """The citation, in the form of `citations`."""


@dataclass(frozen=True, slots=True)
class NumberedPart:
    """A part of a list: its number within its group, and its address, which counts through all groups."""

    number: int
    anchor: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PartGroup:
    """Parts under one heading; the heading is empty where the list has only one group."""

    heading: str
    parts: tuple[NumberedPart, ...]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row of a table of figures, in words."""

    label: str
    number: str
    """The number with its qualifier and unit: `about 1,500 people`, `2 to 7 per cent`."""
    base: str
    """Out of how many; `not reported` if the source does not say; empty for a plain count."""
    period: str
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the page: a text, a list of parts, or a table of figures or of concerns."""

    name: str
    anchor: str
    heading: str
    text: str = ""
    groups: tuple[PartGroup, ...] = ()
    basis: str = ""
    figures: tuple[FigureRow, ...] = ()
    concerns: tuple[Concern, ...] = ()


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A record or page at the other end of a link."""

    id: str
    anchor: str
    basis: str
    note: str
    said_by: str
    """The record that states it."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """All neighbours that stand in the same relation, under its heading."""

    heading: str
    way: Way
    members: tuple[Neighbour, ...]


def facts_of(item: Item) -> list[Fact]:
    """The facts of a record that are coded or known to be not reported."""
    record, model = item.record, type(item.record)
    found = []
    for name in fields_of(model):
        value = getattr(record, name)
        if role_of(model, name) != "fact" or value is None or name == "status_year":
            continue
        words = () if value == NOT_REPORTED or value == (NOT_REPORTED,) else _in_words(name, value)
        if name == "status" and words and (year := getattr(record, "status_year", None)):
            words = (f"{words[0]} (as of {year})",)
        found.append(Fact(name, label_of(model, name), words, record.basis.get(name, "")))
    return found


def sections_of(item: Item) -> list[Section]:
    """The sections of a record that somebody has written, in the order of the model; limits are left to the end."""
    record, model = item.record, type(item.record)
    found = []
    for name in fields_of(model):
        value = getattr(record, name)
        if not value or name == "limits":
            continue
        heading, anchor = label_of(model, name), section_anchor(name)
        if role_of(model, name) == "section":
            found.append(Section(name, anchor, heading, text=value))
        elif role_of(model, name) == "parts":
            found.append(Section(name, anchor, heading, groups=_groups(name, value), basis=record.basis.get(name, "")))
        elif role_of(model, name) == "figures":
            found.append(Section(name, anchor, heading, figures=tuple(row_of(each) for each in value)))
        elif role_of(model, name) == "concerns":
            found.append(Section(name, anchor, heading, concerns=value))
    return found


def not_yet_coded(item: Item) -> list[str]:
    """Labels of facts and sections that nobody has looked for yet, in the order of the page."""
    record, model = item.record, type(item.record)
    return [
        label_of(model, name)
        for name in fields_of(model)
        if not getattr(record, name) and (role_of(model, name) in ("section", "parts", "figures", "concerns") or is_expected(model, name)) and name != "limits"
    ]


def neighbours_of(library: Library, id: str) -> list[Neighbours]:
    """What a record is linked with, grouped by meaning: its own relations, those that point at it, then mentions."""
    found: list[tuple[str, Neighbour]] = []
    for link in _typed(library.outgoing.get(id, ())):
        found.append((RELATIONS[link.relation].forward, Neighbour(link.target, link.anchor, link.basis, link.note, id)))
    for link in _typed(library.backlinks.get(id, ())):
        found.append((RELATIONS[link.relation].backward, Neighbour(link.source, "", link.basis, link.note, link.source)))
    # A mention says less than a relation, so it is shown only where there is none.
    related = {each.id for _, each in found}
    for link in library.outgoing.get(id, ()):
        if link.relation == MENTIONS and link.target not in related and link.target in library.items:
            found.append((MENTION.forward, Neighbour(link.target, "", "", "", id)))
    for link in library.backlinks.get(id, ()):
        if link.relation == MENTIONS and link.source not in related:
            found.append((MENTION.backward, Neighbour(link.source, "", "", "", link.source)))
    return grouped(found)


def grouped(found: Iterable[tuple[str, Neighbour]]) -> list[Neighbours]:
    """Neighbours under the headings of their relations, in the order of the table of relations; each once under a heading."""
    groups: defaultdict[str, dict[tuple[str, str], Neighbour]] = defaultdict(dict)
    for heading, each in found:
        groups[heading].setdefault((each.id, each.anchor), each)
    headings = [*(each.forward for each in RELATIONS.values()), *(each.backward for each in RELATIONS.values()), MENTION.forward, MENTION.backward]
    return [Neighbours(heading, way_of(heading), tuple(groups[heading].values())) for heading in dict.fromkeys(headings) if heading in groups]


def way_of(heading: str) -> Way:
    """How the relation under a heading runs; the heading is one of `relations`."""
    table = (*RELATIONS.values(), MENTION)
    if all(heading != each.backward for each in table):
        return "out"
    return "both" if any(heading == each.forward for each in table) else "in"


def title_of(library: Library, id: str) -> str:
    """What a record or hand-written page is called."""
    if id in library.items:
        return library.items[id].shown_name
    text = library.pages[id].text if id in library.pages else ""
    heading = next((line[2:].strip() for line in text.splitlines() if line.startswith("# ")), "")
    return heading or id


def _typed(links: tuple[Link, ...]) -> list[Link]:
    return [link for link in links if link.relation in RELATIONS]


def _in_words(name: str, value: object) -> tuple[str, ...]:
    values = value if isinstance(value, tuple) else (value,)
    if name == "countries":
        return tuple(names().get(str(code), str(code)) for code in values)
    return tuple(str(each) for each in values)


def row_of(figure: Figure) -> FigureRow:
    """A figure in words, as its table shows it."""
    number = in_words(figure.value) if figure.to is None else f"{in_words(figure.value)} to {in_words(figure.to)}"
    unit = "" if figure.unit == "other" else UNITS.get(figure.unit, figure.unit) if figure.value == 1 and figure.to is None else figure.unit
    words = " ".join(filter(None, (figure.qualifier, number, unit)))
    return FigureRow(figure.label, words, figure.base or "", figure.period or "", figure.note or "", figure.source)


def in_words(number: float) -> str:
    """A number as readers write it: 1,414 and 2.3, with a comma between thousands and no digit that says nothing."""
    return f"{number:,.10f}".rstrip("0").rstrip(".")


def _groups(name: str, parts: tuple[Part, ...]) -> tuple[PartGroup, ...]:
    groups: list[tuple[str, list[NumberedPart]]] = []
    for number, part in enumerate(parts, 1):
        if not groups or ((part.group or "") != groups[-1][0] and part.group is not None):
            groups.append((part.group or "", []))
        members = groups[-1][1]
        members.append(NumberedPart(len(members) + 1, part_anchor(name, number, part.anchor), part.title, part.text or ""))
    return tuple(PartGroup(heading, tuple(members)) for heading, members in groups)
