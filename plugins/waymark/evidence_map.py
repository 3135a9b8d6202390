"""What has been looked at, and what has not: programmes and practices by the six questions, with how far each has come.

The map is there twice, from the same findings: a grid of the dimensions of exit outcomes by the questions, which says how many
pages have come how far, and a table with a row for each programme and practice. The dimensions are those of the record
`exit-outcome-dimensions`. Which coded outcome belongs to which of them is our own reading; no source states it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from waymark.comparison import STAGE, Cell, Facet, cells_of, facets_of, filters_for
from waymark.evidence import CHANGING, Assessment, assess, has_ended, profile_in
from waymark.fields import EvidenceItem
from waymark.library import Item, Library
from waymark.stages import QUESTIONS, WORDS, Stage
from waymark.tables import Filter

KIND = Facet("kind", "Kind", True, True)
COLUMNS = ("kind", "countries", "setting", "status")
"""Facets that have a column on the screen. One may choose by the others too."""
NO_SOURCE = "no source found"
"""What the map says where findings of a page are coded, and none on this question."""
THEORY = "exit-outcome-dimensions"
"""The record that describes the dimensions; their names are the anchors of its parts."""
OTHER, UNNAMED = "other", "unnamed"
"""Outcomes on no dimension; findings that name no outcome."""
DIMENSIONS: Mapping[str, str] = {
    "behaviour": "Behaviour",
    "cognition": "Cognition",
    "crime": "Crime",
    "reintegration": "Reintegration",
    "mental-health": "Mental health",
    OTHER: "Something else",
    UNNAMED: "No outcome named",
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
    "not reported": (UNNAMED, "The finding is about no one outcome, its source does not name it, or it was not coded."),
}
"""For each coded outcome its dimension and why."""


@dataclass(frozen=True, slots=True)
class Answered:
    """How far a record has come on a question."""

    question: str
    stage: Stage
    word: str
    findings: int
    first: int | None
    """Place of the first finding that reaches the stage, in the list of the record; None if there is none."""
    dimensions: tuple[tuple[str, int], ...] = ()
    """Of outcomes: the dimensions that were looked at, with the number of findings on each."""


@dataclass(frozen=True, slots=True)
class MapRow:
    """A record on the map."""

    item: Item
    facets: tuple[Cell, ...]
    """What it has in each of `EvidenceMap.facets`."""
    cells: tuple[Answered, ...]
    """One for each question; none at all if no finding of the record is coded yet."""


@dataclass(frozen=True, slots=True)
class Behind:
    """A record that stands behind a cell of the grid."""

    row: int
    """Its place among the rows."""
    stage: Stage
    first: int
    """Place of its first finding that reaches the stage."""
    findings: int


@dataclass(frozen=True, slots=True)
class GridCell:
    """A dimension and a question."""

    dimension: str
    question: str
    pages: tuple[Behind, ...]
    """Records with a finding here, in the order of the rows."""

    @property
    def anchor(self) -> str:
        """The place on the page where its records are listed."""
        return f"on-{self.dimension}-{self.question}"

    @property
    def stages(self) -> tuple[tuple[Stage, int], ...]:
        """How many records have come to which stage, the furthest first."""
        return tuple(sorted(Counter(each.stage for each in self.pages).items(), reverse=True))


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

    facets: tuple[Facet, ...]
    """What a reader can choose by; those without a column come last."""
    rows: tuple[MapRow, ...]
    """By name."""
    grid: tuple[tuple[GridCell, ...], ...]
    """For each dimension a cell for each question."""
    reached: tuple[Reached, ...]
    """Each question; after the question on outcomes its dimensions."""
    outcomes: Mapping[str, int]
    """Findings on outcomes, by what was looked at; every value of `PLACES`."""

    @property
    def coded(self) -> int:
        """Records with coded findings."""
        return sum(bool(row.cells) for row in self.rows)

    def filters(self) -> list[Filter]:
        """A field for each facet. In the table the questions stand between the facets that have a column and those that have none."""
        shown = sum(facet.is_shown for facet in self.facets)
        found = filters_for(self.facets, (row.facets for row in self.rows))
        return [replace(each, column=each.column + len(QUESTIONS)) if each.column > shown else each for each in found]


def evidence_map(library: Library) -> EvidenceMap:
    """The map of all programmes and practices."""
    items = sorted((item for kind in CHANGING for item in library.of_kind(kind)), key=lambda item: item.record.name.casefold())
    facets = _facets()
    rows = tuple(MapRow(item, _values(library, item, facets), _cells(item, library)) for item in items)
    on = [_on_dimensions(row.item, library) for row in rows]
    grid = tuple(tuple(_grid_cell(dimension, question, on) for question in QUESTIONS) for dimension in DIMENSIONS)
    reached = []
    for number, question in enumerate(QUESTIONS):
        reached.append(Reached(question, "", _by_stage(row.cells[number].stage for row in rows if row.cells)))
        if question == "outcomes":
            coded = [each for each, row in zip(on, rows, strict=True) if row.cells]
            reached += [
                Reached(question, name, _by_stage(each[name, question].stage if (name, question) in each else Stage.NOTHING for each in coded))
                for name in DIMENSIONS
            ]
    counted = Counter[str](each.outcome or "not reported" for item in items for each in _evidence(item) if each.question == "outcomes")
    return EvidenceMap(facets, rows, grid, tuple(reached), {outcome: counted[outcome] for outcome in PLACES})


def dimension_of(outcome: str | None) -> str:
    """The dimension of a coded outcome; `UNNAMED` if it is not coded."""
    return PLACES[outcome or "not reported"][0]


def _evidence(item: Item) -> Sequence[EvidenceItem]:
    found: Sequence[EvidenceItem] = item.record.evidence  # type: ignore[attr-defined]
    return found


def _cells(item: Item, library: Library) -> tuple[Answered, ...]:
    evidence = _evidence(item)
    if not evidence:
        return ()
    cells = []
    for each in profile_in(library, item).assessments:
        on = Counter(dimension_of(evidence[place].outcome) for place in each.items) if each.question == "outcomes" else Counter[str]()
        dimensions = tuple((name, on[name]) for name in DIMENSIONS if on[name])
        word = each.word if each.stage else NO_SOURCE
        cells.append(Answered(each.question, each.stage, word, len(each.items), each.carriers[0] if each.carriers else None, dimensions))
    return tuple(cells)


def _on_dimensions(item: Item, library: Library) -> dict[tuple[str, str], Assessment]:
    """How far a record has come on each dimension and question on which it has findings."""
    record = item.record
    found: defaultdict[tuple[str, str], list[tuple[int, EvidenceItem]]] = defaultdict(list)
    for place, each in enumerate(_evidence(item)):
        found[dimension_of(each.outcome), each.question].append((place, each))
    context = (library.bibliography, record.checked.on.year, has_ended(record), library.codings_of(item.id))
    return {(dimension, question): assess(question, numbered, *context) for (dimension, question), numbered in found.items()}


def _grid_cell(dimension: str, question: str, on: Sequence[Mapping[tuple[str, str], Assessment]]) -> GridCell:
    found = ((row, each[dimension, question]) for row, each in enumerate(on) if (dimension, question) in each)
    return GridCell(dimension, question, tuple(Behind(row, each.stage, each.carriers[0], len(each.items)) for row, each in found))


def _by_stage(stages: Iterable[Stage]) -> tuple[int, ...]:
    counted = Counter(stages)
    return tuple(counted[stage] for stage in Stage)


def _facets() -> tuple[Facet, ...]:
    """The kind, and what all kinds of the map can be narrowed down by where they are compared."""
    first, *others = (facets_of(kind) for kind in CHANGING)
    names = [{facet.name for facet in facets} for facets in others]
    common = [facet for facet in first if all(facet.name in each for each in names)]
    return (KIND, *sorted((replace(facet, is_shown=facet.name in COLUMNS) for facet in common), key=lambda facet: not facet.is_shown))


def _values(library: Library, item: Item, facets: Iterable[Facet]) -> tuple[Cell, ...]:
    found = {facet.name: cell for facet, cell in zip(facets_of(item.kind.name), cells_of(library, item), strict=True)}
    found["kind"] = Cell((item.kind.name,), (item.kind.name,))
    if found[STAGE].values == (WORDS[Stage.NOTHING][0],):
        found[STAGE] = Cell((NO_SOURCE,), (NO_SOURCE,))
    return tuple(found[facet.name] for facet in facets)
