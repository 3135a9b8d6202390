"""What changed from day to day: for each record, and for the whole. `days` finds it out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from waymark.files import UNSEEN

PAGE = "page"
"""Kind of a page that is written by hand."""
MOST_DAYS = 400
"""Days with changes that are compared; what lies before is left to the repository."""
_ADDRESS = re.compile(r"\S+@\S+\.\S+")


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to one record or page on one day."""

    day: str
    """`2026-11-22`."""
    kind: str
    id: str
    name: str
    sort: str
    """`added`, `removed`, `renamed` or `changed`."""
    former: str = ""
    words: str = ""
    """What changed, heading by heading, on one line."""
    labels: tuple[str, ...] = ()
    """Labels that turned, each with what did it."""


@dataclass(frozen=True, slots=True)
class Step:
    """A commit of the day: its short id, and its first line as far as it may be shown."""

    id: str
    subject: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which something changed."""

    day: str
    events: tuple[Event, ...]
    works: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    """Keys of works that were added, changed and taken out."""
    steps: tuple[Step, ...] = ()
    releases: tuple[str, ...] = ()

    @property
    def month(self) -> str:
        """`2026-11`."""
        return self.day[:7]


@dataclass(frozen=True)
class History:
    """All days that are known, the newest first."""

    days: tuple[Day, ...] = ()
    is_whole: bool = False
    """True if it reaches back to the beginning."""
    why: str = ""
    """If not: why, and how to get the rest; in words."""
    since: str = ""
    """If not: the day from whose evening on changes are known; empty if none are."""

    @cached_property
    def by_record(self) -> Mapping[tuple[str, str], tuple[Event, ...]]:
        """What happened to each record, the newest first, by the kind and id it had."""
        found: defaultdict[tuple[str, str], list[Event]] = defaultdict(list)
        for day in self.days:
            for event in day.events:
                found[event.kind, event.id].append(event)
        return {key: tuple(events) for key, events in found.items()}

    def of(self, kind: str, id: str, formers: tuple[str, ...] = ()) -> tuple[Event, ...]:
        """What happened to a record, under all ids it had."""
        found = [event for each in (id, *formers) for event in self.by_record.get((kind, each), ())]
        return tuple(sorted(found, key=lambda event: event.day, reverse=True))


def to_plain(day: Day) -> dict[str, Any]:
    """A day as plain values, to be kept between builds."""
    return asdict(day)


def from_plain(values: Mapping[str, Any]) -> Day:
    """The day that `to_plain` made plain, read back from JSON."""
    events = tuple(Event(**{**each, "labels": tuple(each["labels"])}) for each in values["events"])
    added, changed, removed = values["works"]
    return Day(values["day"], events, (tuple(added), tuple(changed), tuple(removed)))


def shown_subject(subject: str) -> str:
    """The first line of a commit as it may be shown: on one line, of bearable length, without e-mail addresses and what cannot be seen."""
    text = _ADDRESS.sub("(address left out)", UNSEEN.sub(" ", " ".join(subject.split())))
    return text if len(text) <= 160 else text[:159] + "…"


def months_of(history: History) -> dict[str, list[Day]]:
    """The days by month, the newest first."""
    found: dict[str, list[Day]] = {}
    for day in history.days:
        found.setdefault(day.month, []).append(day)
    return found
