"""Who made this: `data/people.yaml`, a map from initials to the person or group they stand for.

Only what a person chose to say stands there. The initials are those of `checked.by`, `checked.second`, `coded_by`,
`checked_by` and, in the log of corrections, `by`.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field

from waymark.citations import keys_in
from waymark.consistency import day_problems
from waymark.documents import Document, Path_, read_document
from waymark.fields import CitationKey, EvidenceItem, Line, Model, RecordId
from waymark.models import Record
from waymark.problems import Code, Problem, choices, limited, short, suggest
from waymark.statements import Fault
from waymark.validate import shaped

_CLOSE = 0.5
"""How alike initials must be to be meant: of two letters one."""


class Interest(Model):
    """Something that could make a person judge a record or a work more kindly, or more harshly."""

    what: Line
    """What it is, for example “worked for it from 2015 to 2019”."""
    records: tuple[RecordId, ...] = ()
    """Ids of the records that it concerns."""
    works: tuple[CitationKey, ...] = ()
    """Keys of the works that it concerns, for example the person's own."""


class Person(Model):
    """A person or group whose initials stand in records."""

    name: Line
    """Name or alias, as the person chose it."""
    stands_for: Literal["person", "group"] = "person"
    """`group` if several people share the initials."""
    roles: tuple[Literal["editor", "second reader", "coder", "second coder", "translator", "adviser", "developer"], ...] = Field(min_length=1)
    """What they do here."""
    since: date
    """First day, for example 2026-11-22."""
    until: date | None = None
    """Last day. Absent while they take part."""
    interests: tuple[Interest, ...] | Literal["none"] | None = None
    """Interests in records or works; `none` if the person says that there are none. Absent: not declared yet."""
    about: Line | None = None
    """A sentence on them, in words of their own choice."""

    def concern(self, record: str, keys: Collection[str] = ()) -> str:
        """What the person declared that concerns a record or one of some works; empty if nothing does."""
        for each in self.interests if isinstance(self.interests, tuple) else ():
            if record in each.records or any(key in keys for key in each.works):
                return each.what
        return ""


def read_people(path: Path, shown: str, records: Collection[str], works: Collection[str], today: date) -> tuple[Mapping[str, Person] | None, list[Problem]]:
    """The people of the file, and what is wrong with it. None without the file, or if it cannot be read: then no initials can be unknown.

    Args:
        path: The file.
        shown: Its path as shown to people.
        records: Ids of all records.
        works: Keys of all works.
        today: The latest day that a date may name.
    """
    if not path.exists():
        return None, []
    document, problems = read_document(path, shown)
    if document is None:
        return None, problems
    people: dict[str, Person] = {}
    for initials in document.data:
        own = document.within(initials)
        person, found = shaped(own, Person, "person")
        problems += found
        if not _is_initials(initials):
            fix = "Write a capital, then at most five letters or digits, for example AB."
            problems.append(Problem(own.locate(key=True), Code.WRONG_TYPE, f"'{short(initials)}' cannot be initials.", fix))
        elif person:
            problems += _person_problems(own, person, records, works, today)
        if person:
            people[initials] = person
        else:  # what is wrong is said; it should not be said again at each record
            people[initials] = Person.model_construct(name=initials, stands_for="person", roles=(), since=today, until=None, interests=None, about=None)
    return people, limited(iter(problems), shown)


def people_faults(id: str, record: Record, people: Mapping[str, Person]) -> Iterator[Fault]:
    """What is wrong with the initials of a record: nobody's, or of somebody with an interest and nobody beside them.

    Each unknown initials and each interest is said once, at the first place.
    """
    said: set[str] = set()
    for loc, initials in _initials_of(record):
        if initials not in people and initials not in said:
            said.add(initials)
            yield unknown(initials, people, loc)
    checked = record.checked
    if checked.by and (what := _alone(people, id, (), checked.by, checked.second)):
        yield _interest(checked.by, what, "checked the record", "`second` under `checked`", ("checked", "by"))
    coders: set[str] = set()
    evidence: tuple[EvidenceItem, ...] = getattr(record, "evidence", ())
    for number, item in enumerate(evidence):
        if item.coded_by and item.coded_by not in coders and (what := _alone(people, id, set(keys_in(item.source)), item.coded_by, item.checked_by)):
            coders.add(item.coded_by)
            yield _interest(item.coded_by, what, f"coded finding {number + 1}", "`checked_by` beside `coded_by`", ("evidence", number, "coded_by"))


def initials_fault(initials: str, people: Mapping[str, Person]) -> str:
    """Why somebody cannot sign with initials, and what to do; empty if they can. Without people any initials may stand."""
    if not _is_initials(initials):
        return "Initials are a capital and at most five letters or digits after it, for example AB."
    if people and initials not in people:
        fault = unknown(initials, people, ())
        return f"{fault.message} {fault.fix}"
    return ""


def unknown(initials: str, people: Mapping[str, Person], loc: Path_) -> Fault:
    """The fault of initials that are nobody's."""
    names = {person.name.casefold(): own for own, person in people.items()} | {own.casefold(): own for own in people}
    near = difflib.get_close_matches(initials.casefold(), names, n=1, cutoff=_CLOSE)
    meant = f"Did you mean '{names[near[0]]}' ({people[names[near[0]]].name})? " if near else ""
    fix = f"{meant}A new person adds themselves to data/people.yaml first, as the page “For editors” shows."
    return Fault(Code.UNKNOWN_INITIALS, f"'{short(initials)}' is nobody in data/people.yaml.", fix, loc=loc)


def _alone(people: Mapping[str, Person], id: str, keys: Collection[str], first: str, second: str | None) -> str:
    """The interest of the first of two people, if nobody without one stands beside them."""
    what = people[first].concern(id, keys) if first in people else ""
    is_helped = second is not None and second in people and not people[second].concern(id, keys)
    return "" if is_helped else what


def _interest(initials: str, what: str, done: str, where: str, loc: Path_) -> Fault:
    fix = f"Ask somebody without such an interest to compare it with the sources, and write their initials as {where}."
    return Fault(Code.INTEREST, f"'{initials}' declared an interest (“{short(what)}”) and is the only one who {done}.", fix, loc=loc)


def _initials_of(record: Record) -> Iterator[tuple[Path_, str]]:
    for name in ("by", "second"):
        if initials := getattr(record.checked, name):
            yield ("checked", name), initials
    evidence: tuple[EvidenceItem, ...] = getattr(record, "evidence", ())
    for number, item in enumerate(evidence):
        for name in ("coded_by", "checked_by"):
            if initials := getattr(item, name):
                yield ("evidence", number, name), initials


def _is_initials(text: str) -> bool:
    return text[:1].isupper() and text.isascii() and text.isalnum() and len(text) <= 6


def _person_problems(document: Document, person: Person, records: Collection[str], works: Collection[str], today: date) -> Iterator[Problem]:
    yield from day_problems(document, ("since",), person.since, today)
    yield from day_problems(document, ("until",), person.until, today)
    if person.until and person.until < person.since:
        yield Problem(document.locate(("until",)), Code.BAD_DATE, f"'until' is {person.until}, before 'since'.", "Correct one of the two days.")
    for number, interest in enumerate(person.interests if isinstance(person.interests, tuple) else ()):
        if not interest.records and not interest.works:
            message, fix = "The interest names neither a record nor a work.", f"Add {choices(('`records: [id]`', '`works: [key]`'))}."
            yield Problem(document.locate(("interests", number)), Code.MISSING_FIELD, message, fix)
        for place, id in enumerate(interest.records):
            if id not in records:
                fix = suggest(id, records) or "Write the id of a record, as in its address."
                yield Problem(document.locate(("interests", number, "records", place)), Code.UNKNOWN_LINK, f"There is no record '{short(id)}'.", fix)
        for place, key in enumerate(interest.works):
            if key not in works:
                fix = suggest(key, works) or "Write the key of a work, as on the page of references."
                loc = ("interests", number, "works", place)
                yield Problem(document.locate(loc), Code.UNKNOWN_CITATION, f"'{short(key)}' is not a key of data/references.bib.", fix)
