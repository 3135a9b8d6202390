"""Facts that need more than a type: what the values of a record must say together, and of the world."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

from waymark.citations import keys_in
from waymark.countries import code_for, code_like, names
from waymark.documents import Document, Path_
from waymark.fields import NOT_REPORTED, Component, Figure
from waymark.kinds import Kind
from waymark.knowledge import Finding
from waymark.models import Record, with_role
from waymark.problems import Code, Problem, article, short, suggest

FEWEST = 3
"""Coded findings, and works behind them, that a finding across programmes needs."""
MOST_YEARS = 5
"""Years between two checks of a record, at most."""
DATE_HELP = "Write year-month-day, for example 2026-11-22."
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EUROPEAN = re.compile(r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[ ./-]+(?P<month>[0-9]{1,2}|[A-Za-z]{3,9})[ ./,-]+(?P<year>[0-9]{4})")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def consistency_problems(document: Document, record: Record, kind: Kind, today: date) -> Iterator[Problem]:
    """What is wrong with the facts of a record whose shape is right.

    Args:
        document: The record as it stands in its file.
        record: The record.
        kind: Its kind.
        today: The latest day that a date may name.
    """
    yield from _date_problems(document, record, today)
    yield from _due_problems(document, record)
    yield from _country_problems(document, record)
    yield from _basis_problems(document, record, kind)
    yield from _figure_problems(document, record)
    yield from _chart_problems(document, record)
    yield from _finding_problems(document, record)


def _date_problems(document: Document, record: Record, today: date) -> Iterator[Problem]:
    for loc, value in _dates(record):
        name, written = " ".join(str(step) for step in loc if isinstance(step, str)), _written(document.data, loc)
        # Pydantic also takes seconds since 1970 for a date, and 2012.0 for a year.
        if isinstance(value, date) and not DAY.fullmatch(written):
            yield Problem(document.locate(loc), Code.BAD_DATE, f"'{short(written)}' in '{name}' is not a date.", date_help(written))
        elif isinstance(value, int) and not re.fullmatch("[0-9]{4}", written):
            message = f"'{short(written)}' in '{name}' is not a year of four digits."
            yield Problem(document.locate(loc), Code.BAD_DATE, message, "Write a year, for example 2012.")
        elif (isinstance(value, date) and value > today) or (isinstance(value, int) and value > today.year):
            advice = "Write the day on which it was done." if isinstance(value, date) else "A plan belongs in the text, with `status: planned`."
            message = f"'{name}' is {value}, which lies in the future."
            yield Problem(document.locate(loc), Code.BAD_DATE, message, f"Today is {today}. {advice}")
    start, end = getattr(record, "start_year", None), getattr(record, "end_year", None)
    if isinstance(start, int) and isinstance(end, int) and end < start:
        yield Problem(document.locate(("end_year",)), Code.BAD_DATE, f"It ends in {end}, before it starts in {start}.", "Check both years in the source.")


def day_problems(document: Document, loc: Path_, day: date | None, today: date) -> Iterator[Problem]:
    """What is wrong with a day on which something was done; None has not been written."""
    if day is None:
        return
    written, name = _written(document.data, loc), " ".join(str(step) for step in loc if isinstance(step, str))
    if not DAY.fullmatch(written):
        yield Problem(document.locate(loc), Code.BAD_DATE, f"'{short(written)}' in '{name}' is not a date.", date_help(written))
    elif day > today:
        fix = f"Today is {today}. Write the day on which it was done."
        yield Problem(document.locate(loc), Code.BAD_DATE, f"'{name}' is {day}, which lies in the future.", fix)


def _due_problems(document: Document, record: Record) -> Iterator[Problem]:
    due, on = record.checked.due, record.checked.on
    if due is None:
        if record.checked.due_reason:
            fix = "Add `due`, the day of the next check, or delete the reason."
            yield Problem(
                document.locate(("checked", "due_reason")), Code.MISSING_FIELD, "There is a reason for another day of the next check, but no day.", fix
            )
        return
    place = document.locate(("checked", "due"))
    if not DAY.fullmatch(written := _written(document.data, ("checked", "due"))):
        yield Problem(place, Code.BAD_DATE, f"'{short(written)}' in 'checked due' is not a date.", date_help(written))
    elif not on < due <= on.replace(year=on.year + MOST_YEARS, day=min(on.day, 28)):
        message = f"The next check is due on {due}, and the last one was on {on}."
        yield Problem(place, Code.BAD_DATE, message, f"Write a day after the last check, and at most {MOST_YEARS} years after it.")
    if not record.checked.due_reason:
        message = "The day of the next check is set by hand, and nobody says why."
        fix = "Add `due_reason`, for example `due_reason: A trial will be published in spring.`, or delete `due`; then the rule sets the day."
        yield Problem(place, Code.MISSING_FIELD, message, fix)


def date_help(written: str) -> str:
    """How to write a day, and which day is meant if that is certain: 22.11.2026 and 22 November 2026 are, 03/04/2026 is not."""
    match = _EUROPEAN.fullmatch(written.strip())
    if not match:
        return DATE_HELP
    day, name = int(match["day"]), match["month"].lower()
    month = int(name) if name.isdigit() else next((number for number, each in enumerate(_MONTHS, 1) if name.startswith(each)), 0)
    if not (1 <= month <= 12 and 1 <= day <= 31) or (name.isdigit() and day <= 12 and day != month and "." not in written):
        return DATE_HELP
    return f"Write year-month-day: {match['year']}-{month:02}-{day:02}."


def _written(data: Any, loc: Path_) -> str:
    for step in loc:
        data = data[step]
    return str(data)


def _dates(record: Record) -> Iterator[tuple[Path_, Any]]:
    yield ("checked", "on"), record.checked.on
    if record.retired:
        yield ("retired", "on"), record.retired.on
    for name in ("start_year", "end_year", "status_year", "year"):
        if isinstance(value := getattr(record, name, None), int):
            yield (name,), value
    for number, item in enumerate(getattr(record, "evidence", ())):
        if item.coded_on:
            yield ("evidence", number, "coded_on"), item.coded_on
    for number, each in enumerate(record.owner_statements):
        yield ("owner_statements", number, "on"), each.on


def _country_problems(document: Document, record: Record) -> Iterator[Problem]:
    countries = getattr(record, "countries", None)
    for number, code in enumerate(countries if isinstance(countries, tuple) else ()):
        if code not in names():
            message = f"'{code}' is not the code of a country."
            yield Problem(document.locate(("countries", number)), Code.BAD_COUNTRY, message, country_help(code))


def country_help(value: str) -> str:
    """What to write for a text that is not the code of a country."""
    meant = code_for(value) or code_like(value)
    return f"Write {meant} for {names()[meant]}." if meant else "Look the two letters up under “ISO 3166-1 alpha-2”, for example DK, SE or GB."


def _basis_problems(document: Document, record: Record, kind: Kind) -> Iterator[Problem]:
    facts = with_role(kind.model, "fact", "parts")
    for name in record.basis:
        if name not in facts:
            fix = suggest(name, facts) or f"Names that can stand here: {', '.join(facts)}."
            yield Problem(document.locate(("basis", name), key=True), Code.UNKNOWN_FIELD, f"'{name}' under `basis` is not a fact of {article(kind.name)}.", fix)
    for name in with_role(kind.model, "fact"):
        if name in record.basis or getattr(record, name) in (None, (), NOT_REPORTED):
            continue
        fix = f"Add it under `basis`, for example\n  {name}: '[@key, p. 3]'"
        yield Problem(document.locate((name,), key=True), Code.NO_BASIS, f"The fact '{name}' has no source.", fix)


def _figure_problems(document: Document, record: Record) -> Iterator[Problem]:
    for number, figure in enumerate(getattr(record, "figures", ())):
        loc = ("figures", number)
        if figure.unit == "per cent" and figure.base is None:
            fix = "Add for example `base: 196 released offenders`; if the source does not say it, `base: not reported`."
            yield Problem(document.locate(loc), Code.MISSING_FIELD, f"The percentage of '{short(figure.label)}' does not say out of how many.", fix)
        if figure.to is not None and figure.to <= figure.value:
            fix = "Write the lower end under `value` and the upper end under `to`."
            message = f"The span of '{short(figure.label)}' ends below its start."
            yield Problem(document.locate((*loc, "to")), Code.WRONG_TYPE, message, fix)
        if (figure.count is None) != (figure.total is None):
            fix = "Write both, for example `count: 6` and `total: 196`, or neither."
            message = f"'{short(figure.label)}' says how many, but not out of how many, or the other way round."
            yield Problem(document.locate(loc), Code.MISSING_FIELD, message, fix)
        elif figure.count is not None and figure.total is not None and not _is_share(figure, figure.count, figure.total):
            message = f"{figure.count} of {figure.total} is not what '{short(figure.label)}' says."
            fix = "Count and total must give the percentage as the source rounds it. Leave them out where it is not certain how many there were."
            yield Problem(document.locate((*loc, "count")), Code.WRONG_TYPE, message, fix)


def _is_share(figure: Figure, count: int, total: int) -> bool:
    """True if a count out of a total is the percentage of a figure, as far as its digits go."""
    digits = len(f"{figure.value:.10g}".partition(".")[2])
    return figure.unit == "per cent" and count <= total and abs(100 * count / total - figure.value) <= 0.5 * 10**-digits + 1e-9


UNITS_OF_CHARTS = {"shares": ("per cent",), "rates": ("per cent",), "times": ("months", "years")}
NOT_COUNTED = frozenset({"per cent", "months", "years", "other"})
"""Units that a chart of counts cannot have."""


def _chart_problems(document: Document, record: Record) -> Iterator[Problem]:
    """A chart draws at least two rows, all of the one unit that it is for; and rows are given a heading only for a chart."""
    kind = getattr(record, "chart", None)
    figures: tuple[Figure, ...] = getattr(record, "figures", ())
    drawn = [(number, figure) for number, figure in enumerate(figures) if figure.panel]
    if kind is None:
        for number, _ in drawn[:1]:
            fix = "Add `chart` to the record, or delete `panel`."
            yield Problem(
                document.locate(("figures", number, "panel")), Code.MISSING_FIELD, "The row has a heading in a chart, but the record has no chart.", fix
            )
        return
    if len(drawn) < 2:
        fix = "Add `panel`, the heading that says what is counted, to the rows it should draw."
        yield Problem(document.locate(("chart",)), Code.MISSING_FIELD, "The chart has fewer than two rows to draw.", fix)
        return
    unit = drawn[0][1].unit
    for number, figure in drawn:
        fits = unit not in NOT_COUNTED if kind == "counts" else unit in UNITS_OF_CHARTS[kind]
        if figure.unit != unit or not fits:
            message = f"A chart of {kind} cannot draw '{short(figure.label)}', which is in '{figure.unit}'."
            fix = "A chart has one unit, and counts, shares and times cannot be mixed. Delete `panel` where the unit differs."
            yield Problem(document.locate(("figures", number, "unit")), Code.WRONG_TYPE, message, fix)


def _finding_problems(document: Document, record: Record) -> Iterator[Problem]:
    if not isinstance(record, Finding):
        return
    works = {key for item in record.evidence for key in keys_in(item.source)}
    if (number := min(len(record.evidence), len(works))) < FEWEST:
        what = "work" if len(works) < len(record.evidence) else "coded finding"
        message = f"It rests on {number} {what}{'' if number == 1 else 's'}, and {FEWEST} are the fewest."
        fix = "Add more under `evidence`, from other works. With fewer, their place is the page of the programme, practice or question."
        yield Problem(document.locate(("evidence",), key=True), Code.BAD_FINDING, message, fix)
    for place, item in enumerate(record.evidence):
        if item.relation is None:
            message = f"Coded finding {place + 1} does not say how it stands to the statement."
            fix = "Add `relation: supports`, `relation: qualifies` or `relation: disputes`."
            yield Problem(document.locate(("evidence", place)), Code.BAD_FINDING, message, fix)
    judged: set[str] = set()
    for place, concern in enumerate(record.concerns):
        if concern.component in judged:
            message = f"'{concern.component}' is judged more than once."
            yield Problem(document.locate(("concerns", place, "component")), Code.BAD_FINDING, message, "Keep one, with all reasons in it.")
        judged.add(concern.component)
    if missing := [name for name in get_args(Component) if name not in judged]:
        fix = "Add each of them under `concerns`, as `component`, with its `level` and `reason`."
        yield Problem(document.locate(("concerns",), key=True), Code.BAD_FINDING, f"Not judged yet: {', '.join(missing)}.", fix)
