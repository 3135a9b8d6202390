"""The chart of a statistic as a value: which rows it draws, under which headings, and the words that must stand with it.

Rows keep the order of the record, never that of size, and a heading joins only what its record counts in one way. The
text twin is the table of the same figures, which the page shows below.
"""

from __future__ import annotations

from dataclasses import dataclass

from waymark.anatomy import facts_of, in_words, row_of
from waymark.fields import NOT_REPORTED, Figure
from waymark.intervals import wilson
from waymark.library import Item, Library

BOUNDS = frozenset({"more than", "at least", "less than", "up to"})
"""Qualifiers that make a number an end of what is possible, not a measurement."""


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One figure as it is drawn."""

    label: str
    number: str
    """The number in words, as in the table, with “%” for “per cent”."""
    note: str
    """Out of how many, and when; empty if the record says neither."""
    value: float
    to: float | None
    """Upper end of a span, or None."""
    interval: tuple[float, float] | None
    """The 95 % interval in per cent, where it is known how many of how many people the figure stands for."""
    is_bound: bool
    """True for “more than 40 %” and the like."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Rows that are counted in one way, under the heading that says so."""

    heading: str
    rows: tuple[ChartRow, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with all its words. All rows have the same unit and stand on one scale, which starts at 0."""

    title: str
    kind: str
    """What it shows, as in `knowledge.Statistic.chart`."""
    unit: str
    panels: tuple[Panel, ...]
    caption: tuple[str, ...]
    """What it shows, where, when, and how to read it, a sentence or two each."""
    description: str
    """Every row in words, for those who do not see the drawing."""

    @property
    def rows(self) -> tuple[ChartRow, ...]:
        """All rows, from the first heading to the last."""
        return tuple(row for panel in self.panels for row in panel.rows)


def charts_of(library: Library) -> dict[str, Chart]:
    """The charts of all records that ask for one, by id."""
    return {item.id: chart for item in library.of_kind("statistic") if (chart := chart_of(item))}


def chart_of(item: Item) -> Chart | None:
    """The chart of a record, or None if the record asks for none."""
    kind = getattr(item.record, "chart", None)
    if kind is None:
        return None
    figures: tuple[Figure, ...] = getattr(item.record, "figures", ())
    drawn = [figure for figure in figures if figure.panel]
    headings = dict.fromkeys(figure.panel or "" for figure in drawn)
    panels = tuple(Panel(heading, tuple(_row(figure, kind) for figure in drawn if figure.panel == heading)) for heading in headings)
    caption = (*_subject(item), *_reading(kind, panels, len(figures) - len(drawn)))
    return Chart(item.record.name, kind, drawn[0].unit, panels, caption, " ".join(map(_in_words, panels)))


def interval_of(figure: Figure) -> tuple[float, float] | None:
    """The 95 % interval of a figure in per cent, or None if the record does not say how many of how many it stands for."""
    if figure.count is None or figure.total is None:
        return None
    low, high = wilson(figure.count, figure.total)
    return 100 * low, 100 * high


def interval_words(interval: tuple[float, float]) -> str:
    """Both ends with one digit: `1.4 to 6.5 %`."""
    low, high = interval
    return f"{low:.1f} to {high:.1f} %"


def _row(figure: Figure, kind: str) -> ChartRow:
    words = row_of(figure)
    base = "base not reported" if words.base == NOT_REPORTED else f"out of {words.base}" if words.base else ""
    period = "" if words.period == NOT_REPORTED else words.period
    return ChartRow(
        label=words.label,
        number=words.number.replace("per cent", "%"),
        note="; ".join(filter(None, (base, period))),
        value=figure.value,
        to=figure.to,
        interval=interval_of(figure) if kind == "rates" else None,
        is_bound=figure.qualifier in BOUNDS,
    )


def _subject(item: Item) -> list[str]:
    """What is counted, where and when, as the box “At a glance” has it."""
    facts = {fact.name: ", ".join(fact.values) or NOT_REPORTED for fact in facts_of(item)}
    where = facts.get("place") or facts.get("countries", "")
    labels = (("Counted", facts.get("counts", "")), ("Where", where), ("When", facts.get("period", "")))
    return [f"{label}: {words.rstrip('.')}." for label, words in labels if words]


def _reading(kind: str, panels: tuple[Panel, ...], not_drawn: int) -> list[str]:
    rows = [row for panel in panels for row in panel.rows]
    mark = "point" if kind == "rates" else "bar"
    said = {
        "counts": "A bar is as long as its number.",
        "shares": "A bar is a share of the group that its row names, from 0 to 100 %.",
        "rates": "A point is a rate; its row says out of how many, where that is known.",
        "times": "A bar is as long as the time.",
    }
    found = [said[kind]]
    if any(row.interval for row in rows):
        found.append(
            "The line through a point is its 95 % interval, reckoned by us after Wilson (1927): a rate of so few people could differ this far by chance alone. "
            "It does not take in errors, other ways of counting or other lengths of time."
        )
        if not all(row.interval for row in rows):
            found.append("No line: the number of people behind the rate is not known for certain.")
    if any(row.is_bound for row in rows):
        found.append(f"A hollow {mark}: the source names only a limit, such as “more than”.")
    if any(row.to is not None for row in rows):
        found.append("A bar that does not start at 0 is a span.")
    if len(panels) > 1:
        found.append("Each heading has its own group or its own way of counting: do not compare across headings.")
    if len(rows) > 1:
        found.append("Rows stand in the order of the record, not by size.")
    if not_drawn:
        found.append(f"Not drawn: {in_words(not_drawn)} {'row' if not_drawn == 1 else 'rows'} of the table.")
    return found


def _in_words(panel: Panel) -> str:
    rows = []
    for row in panel.rows:
        interval = f"95 % interval {interval_words(row.interval)}" if row.interval else ""
        rows.append("; ".join(filter(None, (f"{row.label}: {row.number}", row.note, interval))))
    return f"{panel.heading}. {'. '.join(rows)}."
