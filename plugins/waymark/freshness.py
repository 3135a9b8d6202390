"""When a record should be checked again: one rule, for the page of a record, the lists of the state page and the command line.

The rule begins with the kind of the record. What it says of itself can bring the day nearer or put it off; an editor can set
another day, with a reason (`checked.due`). A record that is overdue is not wrong: nobody has compared it with its sources lately.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from waymark.models import Record


@dataclass(frozen=True, slots=True)
class Interval:
    """Months between two checks, and why so many."""

    months: int
    reason: str


OF_KIND: Mapping[str, Interval] = {
    "programme": Interval(12, "staff, money and rules can change within a year"),
    "practice": Interval(18, "ways of working change more slowly than programmes"),
    "tool": Interval(18, "new versions and new studies of tools come out every year or two"),
    "organisation": Interval(18, "names, duties and leaders change"),
    "finding": Interval(12, "one new study can change a statement that rests on a few"),
    "statistic": Interval(12, "new figures come out each year"),
    "question": Interval(12, "somebody may have answered it since"),
    "factor": Interval(24, "reviews of factors appear every few years"),
    "recommendation": Interval(24, "its issuer may have taken it back or replaced it"),
    "principle": Interval(36, "it changes only when its issuer changes it"),
    "theory": Interval(36, "theories are refined over many years"),
    "case": Interval(36, "what happened does not change; what courts and inquiries say of it may"),
    "term": Interval(36, "meanings of words change slowly"),
    "exercise": Interval(36, "it does not depend on new research"),
}
"""How often each kind is checked, if nothing else is said."""
OF_STATUS: Mapping[str, Interval] = {
    "pilot": Interval(6, "a pilot ends or becomes permanent soon"),
    "planned": Interval(6, "what is planned begins, changes or is given up"),
    "running": Interval(12, "what runs can change within a year"),
    "ended": Interval(36, "what has ended changes no more; only new studies of it may appear"),
    "replaced": Interval(36, "what was replaced changes no more; only new studies of it may appear"),
}
"""What the coded status of a programme or practice does to it."""
OPEN_DISAGREEMENT = Interval(12, "somebody may have settled what the sources disagree on")
"""What a disagreement that is still open does to it."""
RETIRED = Interval(60, "a retired page is kept as it is; what replaces it is kept up")
"""What it does to a record that it is retired, whatever else it says."""
ENDING = ("ended", "replaced")
"""Statuses that put the day off; all else can only bring it nearer."""
SOON = 3
"""Months before the day from which a record is in the list of those that come next."""

State = Literal["overdue", "soon", "later"]


@dataclass(frozen=True, slots=True)
class Due:
    """When a record is to be checked again, and why then."""

    on: date
    reason: str
    months: int | None
    """Months that the rule gives; None if an editor set the day."""

    def days_overdue(self, today: date) -> int:
        """Days since it was due; 0 on the day itself and before."""
        return max(0, (today - self.on).days)

    def state(self, today: date) -> State:
        """Whether the day has passed, or comes within `SOON` months."""
        if today > self.on:
            return "overdue"
        return "soon" if self.on <= months_after(today, SOON) else "later"


def due_of(record: Record, kind: str) -> Due:
    """When a record of a kind is due, worked out from its last check and from what it says of itself."""
    checked = record.checked
    if checked.due:
        return Due(checked.due, checked.due_reason or "", None)
    interval = OF_KIND[kind]
    status = str(getattr(record, "status", ""))
    if status in OF_STATUS and (status in ENDING or OF_STATUS[status].months <= interval.months):
        interval = OF_STATUS[status]
    if OPEN_DISAGREEMENT.months < interval.months and any(each.state == "open" for each in record.disagreements):
        interval = OPEN_DISAGREEMENT
    if record.retired:
        interval = RETIRED
    return Due(months_after(checked.on, interval.months), interval.reason, interval.months)


def months_after(day: date, months: int) -> date:
    """The same day of the month some months later; the last of the month where there is no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
