"""Lists of records and references as values: the rows of an index, and long lists cut into pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from waymark.anatomy import facts_of
from waymark.confidence import confidence, stances_of
from waymark.kinds import KINDS
from waymark.library import Item, Library
from waymark.models import label_of

T = TypeVar("T")

COLUMNS: dict[str, tuple[str, ...]] = {
    "programme": ("countries", "setting", "delivery", "status"),
    "theory": ("explains", "authors", "year"),
    "factor": ("effect", "nature", "role"),
    "principle": ("issued_by", "year"),
    "practice": ("countries", "setting", "status"),
    "recommendation": ("topic", "audience", "issued_by"),
    "tool": ("purpose", "form", "countries"),
    "finding": ("confidence", "rests on"),
    "statistic": ("measure", "counts", "period"),
    "case": ("event", "countries", "year"),
    "term": ("area",),
    "organisation": ("type", "countries"),
    "exercise": ("duration", "grouping"),
    "question": ("state", "raised_by", "year"),
}
"""Facts shown in the index of each kind, or names of `COMPUTED`."""

COMPUTED: Mapping[str, tuple[str, Callable[[Any], str]]] = {
    "confidence": ("Confidence", lambda record: confidence(each.level for each in record.concerns)),
    "rests on": ("Coded findings", lambda record: ", ".join(f"{stance} {number}" for stance, number in stances_of(record.evidence).items())),
}
"""Columns that no record holds and that are worked out from it: label, and what stands in the cell."""

MOST_CHOICES = 40
"""Values of a column that a reader may be asked to choose from."""
PAGE_LENGTH = 250
"""Entries from which a list is cut into one page a letter."""


@dataclass(frozen=True)
class Row:
    """A record in an index, with one cell for each column; None means not yet coded, an empty cell not reported."""

    item: Item
    cells: tuple[tuple[str, ...] | None, ...]


@dataclass(frozen=True)
class Index:
    """The records of a kind."""

    kind: str
    columns: tuple[str, ...]
    """Labels of the columns after the name."""
    rows: tuple[Row, ...]


def index_of(library: Library, kind: str) -> Index:
    """All records of a kind by name, with the facts that tell them apart."""
    columns = COLUMNS[kind]
    rows = []
    for item in library.of_kind(kind):
        facts = {fact.name: fact.values for fact in facts_of(item)}
        rows.append(Row(item, tuple((COMPUTED[name][1](item.record),) if name in COMPUTED else facts.get(name) for name in columns)))
    return Index(kind, tuple(COMPUTED[name][0] if name in COMPUTED else label_of(KINDS[kind].model, name) for name in columns), tuple(rows))


@dataclass(frozen=True, slots=True)
class Filter:
    """A field above a table, by which a script takes away rows."""

    column: int
    """Column that it looks at, counted from 0."""
    label: str
    test: Literal["has", "from", "to"]
    """A cell has the value, or is a number from or to it."""
    values: tuple[str, ...] = ()
    """What may be chosen; of numbers any."""

    @property
    def name(self) -> str:
        """Its name in the address of the page."""
        return re.sub(r"\W+", "-", self.label.lower()).strip("-")


def filters_of(columns: Sequence[str], rows: Iterable[Sequence[Iterable[str] | None]]) -> list[Filter]:
    """Filters for the columns after the first: a choice where there are few values, a range where all are whole numbers.

    Args:
        columns: Labels of the columns after the first.
        rows: The values in each cell under them; None where nobody has looked.
    """
    values: list[set[str]] = [set() for _ in columns]
    for row in rows:
        for found, cell in zip(values, row, strict=True):
            found |= set(cell or ())
    filters: list[Filter] = []
    for number, (label, found) in enumerate(zip(columns, values, strict=True), 1):
        if found and all(each.isdecimal() for each in found):
            filters += [Filter(number, f"{label} from", "from"), Filter(number, f"{label} to", "to")]
        elif 1 < len(found) <= MOST_CHOICES:
            filters.append(Filter(number, label, "has", tuple(sorted(found, key=str.casefold))))
    return filters


def by_letter(things: Iterable[T], words: Callable[[T], str]) -> dict[str, list[T]]:
    """Things by the first letter of their words, in alphabetical order; digits and signs come under `#`."""
    letters: dict[str, list[T]] = {}
    for thing in things:
        letters.setdefault(first_letter(words(thing)), []).append(thing)
    return dict(sorted(letters.items()))


def first_letter(words: str) -> str:
    """The letter a text is sorted under, without accents: `É` is `E`."""
    plain = unicodedata.normalize("NFKD", words.lstrip("[“\"'‘ "))[:1].upper()
    return plain if "A" <= plain <= "Z" else "#"


def letter_address(folder: str, letter: str, letters: Mapping[str, Any]) -> str:
    """The address of one page of a list; the first page stands for the whole list."""
    return folder if letter == next(iter(letters), "") else f"{folder}{letter.lower() if letter != '#' else '0-9'}/"


def letter_title(title: str, letter: str, letters: Mapping[str, Any]) -> str:
    """The title of one page of a list."""
    return title if letter == next(iter(letters)) else f"{title}: {letter}"
