"""What has been looked at, and what has not: programmes and practices by the six questions, with how far each has come.

Outcomes are split by the dimensions of the record `exit-outcome-dimensions`. Which coded outcome belongs to which dimension
is our own reading; no source states it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from waymark.anatomy import facts_of
from waymark.evidence import CHANGING, QUESTIONS, Stage, assess, has_ended, profile_of
from waymark.library import Item, Library
from waymark.links import part_anchor

FACTS = ("kind", "countries", "setting", "status")
"""What a reader can choose by."""
THEORY = "exit-outcome-dimensions"
"""The record that describes the dimensions; their names are the anchors of its parts."""
OTHER = "other"
"""Outcomes on no dimension."""
DIMENSIONS: Mapping[str, str] = {
    "behaviour": "Behaviour",
    "cognition": "Cognition",
    "crime": "Crime",
    "reintegration": "Reintegration",
    "mental-health": "Mental health",
    OTHER: "Other",
}
"""By the anchor of its part in the theory the name of each dimension, in the order of the theory."""
PLACES: Mapping[str, tuple[str, str]] = {
    "terrorism reoffending": ("behaviour", "Taking part again in extremist activities or violence. The theory keeps “crime” for ordinary crime."),
    "attitudes": ("cognition", "Views, and support for violence."),
    "general reoffending": ("crime", "Offending of any sort. Such figures may also count offences with an extremist motive."),
    "networks": ("reintegration", "Whom a person is in touch with: the social side of reintegration."),
    "psychosocial": ("mental-health", "Well-being of the mind and in social life."),
    "attendance": (OTHER, "Coming to sessions is no change in the dimensions."),
    "supervision behaviour": (OTHER, "Keeping to the rules of probation or parole; the theory does not speak of it."),
    "staff skill": (OTHER, "A change in staff, not in the person."),
    "agency process": (OTHER, "A change in services, not in the person."),
    "not reported": (OTHER, "The source does not say what changed, or it was not coded."),
}
"""For each coded outcome its dimension and why."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A record and a question."""

    question: str
    stage: Stage
    word: str
    findings: int
    first: int | None
    """Place of the first finding that reaches the stage, in the list of the record; None if there is none."""
    anchor: str
    """Where on its page that finding stands; empty if there is none."""
    dimensions: tuple[tuple[str, int], ...] = ()
    """Of outcomes: the dimensions that were looked at, with the number of findings on each."""


@dataclass(frozen=True, slots=True)
class MapRow:
    """A record on the map."""

    item: Item
    facts: tuple[tuple[str, ...] | None, ...]
    """The values of `FACTS`; empty if the sources are silent, None if nobody has looked."""
    cells: tuple[Cell, ...]
    """One for each question; none at all if no finding of the record is coded yet."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How far records have come on a question, or on a dimension of outcomes."""

    question: str
    dimension: str
    """Empty for a question as a whole."""
    stages: tuple[int, ...]
    """Records with coded findings, by the stage that they reach."""

    def from_stage(self, stage: int) -> int:
        """Records that reach a stage or pass it."""
        return sum(self.stages[stage:])


@dataclass(frozen=True, slots=True)
class EvidenceMap:
    """The map and its sums."""

    rows: tuple[MapRow, ...]
    """By name."""
    reached: tuple[Reached, ...]
    """Each question; after the question on outcomes its dimensions."""
    outcomes: Mapping[str, int]
    """Findings on outcomes, by what was looked at; every value of `PLACES`."""

    @property
    def coded(self) -> int:
        """Records with coded findings."""
        return sum(bool(row.cells) for row in self.rows)


def evidence_map(library: Library) -> EvidenceMap:
    """The map of all programmes and practices."""
    items = sorted((item for kind in CHANGING for item in library.of_kind(kind)), key=lambda item: item.record.name.casefold())
    rows = tuple(MapRow(item, _facts(item), _cells(item, library)) for item in items)
    reached = []
    for number, question in enumerate(QUESTIONS):
        reached.append(Reached(question, "", _by_stage(row.cells[number].stage for row in rows if row.cells)))
        if question == "outcomes":
            on = [_stages_of_dimensions(row.item, library) for row in rows if row.cells]
            reached += [Reached(question, name, _by_stage(each[name] for each in on)) for name in DIMENSIONS]
    counted = Counter(each.outcome or "not reported" for item in items for each in item.record.evidence if each.question == "outcomes")  # type: ignore[attr-defined]
    return EvidenceMap(rows, tuple(reached), {outcome: counted[outcome] for outcome in PLACES})


def dimension_of(outcome: str | None) -> str:
    """The dimension of a coded outcome; `OTHER` if it has none or is not coded."""
    return PLACES[outcome or "not reported"][0]


def _cells(item: Item, library: Library) -> tuple[Cell, ...]:
    evidence = item.record.evidence  # type: ignore[attr-defined]
    if not evidence:
        return ()
    cells = []
    for each in profile_of(item.record, library.bibliography).assessments:
        on = Counter(dimension_of(evidence[place].outcome) for place in each.items) if each.question == "outcomes" else Counter[str]()
        dimensions = tuple((name, on[name]) for name in DIMENSIONS if on[name])
        first = each.carriers[0] if each.carriers else None
        anchor = "" if first is None else part_anchor("evidence", first + 1, evidence[first].anchor)
        cells.append(Cell(each.question, each.stage, each.word, len(each.items), first, anchor, dimensions))
    return tuple(cells)


def _stages_of_dimensions(item: Item, library: Library) -> dict[str, Stage]:
    record = item.record
    found = [(place, each) for place, each in enumerate(record.evidence) if each.question == "outcomes"]  # type: ignore[attr-defined]
    context = (library.bibliography, record.checked.on.year, has_ended(record))
    return {name: assess("outcomes", [each for each in found if dimension_of(each[1].outcome) == name], *context).stage for name in DIMENSIONS}


def _by_stage(stages: Iterable[Stage]) -> tuple[int, ...]:
    counted = Counter(stages)
    return tuple(counted[stage] for stage in Stage)


def _facts(item: Item) -> tuple[tuple[str, ...] | None, ...]:
    found = {fact.name: fact.values for fact in facts_of(item)}
    found["kind"] = (item.kind.name,)
    if found.get("status"):
        found["status"] = (item.record.status,)  # type: ignore[attr-defined]
    return tuple(found.get(name) for name in FACTS)
