"""Records of one kind beside one another: by what a reader may narrow them down, and what each says on the same points.

Nothing here ranks. A stage says how a question was looked at, so it is a value like others and no table is sorted by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from waymark.anatomy import Section, facts_of, sections_of
from waymark.citations import CitationGroup
from waymark.evidence import CHANGING, Profile, profile_in
from waymark.fields import NOT_REPORTED, OURS
from waymark.kinds import KINDS
from waymark.library import Item, Library
from waymark.models import fields_of, is_expected, label_of, role_of
from waymark.stages import QUESTIONS
from waymark.tables import Filter

UNCODED = "not yet coded"
THEORY, MEASURED, STAGE = "theory", "measured", "stage"
"""Facets that no field holds: theories a record is based on, outcomes its coded findings looked at, stage of the question on outcomes."""
FACETS: Mapping[str, tuple[str, ...]] = {
    "programme": ("countries", "setting", "phase", "target", "delivery", "ideology", "ideologies", "status", STAGE, THEORY, MEASURED),
    "practice": ("countries", "setting", "phase", "target", "ideologies", "status", STAGE, THEORY, MEASURED),
    "tool": ("countries", "purpose", "form", "setting", "status", "year", MEASURED),
    "theory": ("explains", "authors", "year"),
}
"""For each kind that can be compared its facets, in the order of the table; a fact that the model lacks is left out."""
ON = "on-"
"""How the names of attributes begin that say what is known on a question."""
_LABELS = {THEORY: "Theory", MEASURED: "Outcomes looked at", STAGE: "Outcomes: stage"}
_UNSORTED = (STAGE, THEORY, MEASURED)
_ASIDE = (THEORY, MEASURED)
"""Facets that one may filter by and that have no column of their own on the screen, because most of their cells say little."""

Group = Literal["At a glance", "In words", "What is known", "About the pages"]


@dataclass(frozen=True, slots=True)
class Facet:
    """A point by which a reader may narrow a table down; one of its columns."""

    name: str
    label: str
    is_sortable: bool
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """What a record has in a facet: None is not yet coded, nothing is not reported."""

    values: tuple[str, ...] | None
    words: tuple[str, ...]
    """The values as they are shown, for example with the year of a status."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """What a record says on one point."""

    name: str
    label: str
    group: Group
    values: tuple[str, ...] | None = None
    """What is coded, to be compared by a program: None is not yet coded, nothing is not reported."""
    text: str = ""
    """A text that only a reader can compare: Markdown with citations."""
    note: str = ""
    """Plain words behind the values."""
    basis: str = ""
    """Where it comes from: citation, or `ours`."""
    is_text: bool = False
    """True for a text, also where there is none."""
    is_expected: bool = True
    """False if nothing is missing where there is nothing."""

    @property
    def is_absent(self) -> bool:
        """True if there is nothing and nobody expects it."""
        return self.values is None and not self.text and not self.is_expected


def facets_of(kind: str) -> tuple[Facet, ...]:
    """The facets of a kind; those that have no column come last."""
    model = KINDS[kind].model
    names = [name for name in FACETS[kind] if name in _LABELS or name in model.model_fields]
    return tuple(Facet(name, _LABELS.get(name) or label_of(model, name), name not in _UNSORTED, name not in _ASIDE) for name in names)


def cells_of(library: Library, item: Item) -> tuple[Cell, ...]:
    """What a record has in each of the facets of its kind."""
    facts = {fact.name: fact.values for fact in facts_of(item)}
    return tuple(_cell(library, item, facet.name, facts) for facet in facets_of(item.kind.name))


def filters_for(facets: Sequence[Facet], rows: Iterable[Sequence[Cell]]) -> list[Filter]:
    """A field for each facet with all its values; *not reported* and *not yet coded* are two of them, and come last.

    Where all values are whole numbers, one may ask from which to which.
    """
    found: list[dict[str, None]] = [{} for _ in facets]
    for row in rows:
        for values, cell in zip(found, row, strict=True):
            values |= dict.fromkeys((UNCODED,) if cell.values is None else cell.values or (NOT_REPORTED,))
    filters = []
    for number, (facet, values) in enumerate(zip(facets, found, strict=True), 1):
        silent = [each for each in (NOT_REPORTED, UNCODED) if each in values]
        known = sorted((each for each in values if each not in silent), key=str.casefold)
        if known and all(each.isdecimal() for each in known):
            filters += [Filter(number, f"{facet.label} from", "from"), Filter(number, f"{facet.label} to", "to")]
        elif len(values) > 1:
            filters.append(Filter(number, facet.label, "has", (*known, *silent)))
    return filters


def attributes_of(library: Library, item: Item, profile: Profile | None) -> list[Attribute]:
    """What a record says, point by point: the same points in the same order for all records of its kind.

    Args:
        library: All records.
        item: The record.
        profile: What is known of it, if it has coded findings.
    """
    record = item.record
    found = [Attribute("summary", "In short", "At a glance", text=record.summary, is_text=True)]
    found += _facts(item)
    found += _sections(item)
    if item.kind.name in CHANGING:
        found.append(_theories(library, item))
        found += _known(item.record, profile)
    found.append(Attribute("limits", "What is not known", "What is known", text=record.limits or "", is_text=True))
    works = {key for citation in item.citations() for key in citation.keys}
    checked = f"{record.checked.on.day} {record.checked.on:%B %Y}"
    found.append(Attribute("works", "Works cited", "About the pages", (str(len(works)),)))
    found.append(Attribute("findings", "Coded findings", "About the pages", (str(len(getattr(record, "evidence", ()))),)))
    found.append(Attribute("checked", "Last checked", "About the pages", (checked,)))
    return found


def theories_of(library: Library, item: Item) -> list[tuple[str, str]]:
    """Theories that a record is based on: id, and the citation that says so."""
    links = library.outgoing.get(item.id, ())
    return [(link.target, link.basis) for link in links if link.relation == "based_on" and _kind(library, link.target) == "theory"]


def _kind(library: Library, id: str) -> str:
    return library.items[id].kind.name if id in library.items else ""


def _cell(library: Library, item: Item, name: str, facts: Mapping[str, tuple[str, ...]]) -> Cell:
    if name == "status":
        # Its words hold the year that it is known of.
        words = facts.get(name)
        return Cell(words and (str(getattr(item.record, name)),), words or ()) if words is not None else Cell(None, ())
    values: tuple[str, ...] | None
    if name == THEORY:
        values = tuple(library.items[id].shown_name for id, _ in theories_of(library, item)) or None
    elif name == MEASURED:
        values = _measured(item.record)
    elif name == STAGE:
        values = (profile_in(library, item).assessments[0].word,) if getattr(item.record, "evidence", ()) else None
    else:
        values = facts.get(name)
    return Cell(values, values or ())


def _measured(record: Any) -> tuple[str, ...] | None:
    """What coded findings looked at; only those on outcomes say more than that a study took place."""
    looked = [each.outcome for each in getattr(record, "evidence", ()) if each.outcome]
    return tuple(sorted({each for each in looked if each != NOT_REPORTED})) if looked else None


def _facts(item: Item) -> list[Attribute]:
    model = type(item.record)
    facts = {fact.name: fact for fact in facts_of(item)}
    found = []
    for name in fields_of(model):
        if role_of(model, name) == "fact" and name != "status_year":
            fact = facts.get(name)
            values = fact.values if fact else None
            found.append(Attribute(name, label_of(model, name), "At a glance", values, basis=fact.basis if fact else "", is_expected=is_expected(model, name)))
    return found


def _sections(item: Item) -> list[Attribute]:
    model = type(item.record)
    sections = {section.name: section for section in sections_of(item)}
    return [
        _section(name, label_of(model, name), sections.get(name), is_text=role_of(model, name) == "section")
        for name in fields_of(model)
        if role_of(model, name) in ("section", "parts") and name != "limits"
    ]


def _section(name: str, label: str, section: Section | None, *, is_text: bool) -> Attribute:
    """A text, or the titles of the parts of a list."""
    titles = tuple(part.title for group in section.groups for part in group.parts) if section else ()
    text, basis = (section.text, section.basis) if section else ("", "")
    return Attribute(name, label, "In words", titles or None, text=text, basis=basis, is_text=is_text)


def _theories(library: Library, item: Item) -> Attribute:
    theories = theories_of(library, item)
    values = tuple(library.items[id].shown_name for id, _ in theories) or None
    bases = dict.fromkeys(basis for _, basis in theories)
    return Attribute(THEORY, "Based on the theory", "In words", values, basis=OURS if OURS in bases else " ".join(bases))


def _known(record: Any, profile: Profile | None) -> list[Attribute]:
    """What is known question by question, as the profile on the record's own page says it."""
    found = [Attribute("reoffending", "Effect on reoffending", "What is known", (profile.reoffending.word,) if profile else None, note=_headline(profile))]
    for number, question in enumerate(QUESTIONS):
        each = profile.assessments[number] if profile else None
        cautions = f" Be careful: {', '.join(caution.name for caution in each.cautions)}." if each and each.cautions else ""
        note = f"{each.says.capitalize()}.{cautions}" if each else ""
        found.append(Attribute(f"{ON}{question}", f"On {question}", "What is known", (each.word,) if each else None, note=note))
    return [*found, Attribute(MEASURED, _LABELS[MEASURED], "What is known", _measured(record))]


def _headline(profile: Profile | None) -> str:
    """What the headline says after “Effect on reoffending: ”."""
    words = profile.headline.split(": ", 1)[1] if profile else ""
    return words[:1].upper() + words[1:]


def works_behind(attributes: Iterable[Attribute], citations: Callable[[str], Iterable[CitationGroup]]) -> dict[str, None]:
    """Keys of the works that attributes cite, directly or through another; `citations` gives those of a text."""
    texts = (text for each in attributes for text in (each.text, each.basis))
    return {key: None for text in texts for group in citations(text) for citation in group.citations for key in citation.keys}
