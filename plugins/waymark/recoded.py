"""Findings that somebody coded again without sight of the first coding: `data/second-coding.yaml`, a map from the id of a record to them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from waymark.documents import Document, read_document
from waymark.fields import EvidenceItem, SecondCoding
from waymark.models import Record
from waymark.problems import Code, Problem, choices, limited, short, suggest
from waymark.validate import shaped

CODED = ("kind", "design", "independence", "outcome", "measure", "direction", "participants", "follow_up_months", "availability")
"""What is coded twice; the rest of a finding are words and initials."""
Recoded: TypeAlias = Mapping[str, Mapping[int, SecondCoding]]
"""By the id of a record, and by the place among its coded findings: what the second coder wrote."""


class Difference(NamedTuple):
    """A field for which both coders wrote a value, and not the same."""

    field: str
    first: Any
    second: Any


def read_recoded(path: Path, shown: str, records: Mapping[str, Record], ids: Collection[str]) -> tuple[Recoded, list[Problem]]:
    """The findings of the file, and what is wrong with it. Without the file there are none.

    Args:
        path: The file.
        shown: Its path as shown to people.
        records: The records that could be read.
        ids: Ids of all records, also of those that could not be read.
    """
    if not path.exists():
        return {}, []
    document, problems = read_document(path, shown)
    found: dict[str, dict[int, SecondCoding]] = {}
    for id, codings in document.data.items() if document else ():
        own = document.within(id)  # type: ignore[union-attr]
        if id not in ids:
            problems.append(Problem(own.locate(key=True), Code.UNKNOWN_LINK, f"'{short(id)}' is not the id of a record.", suggest(id, ids)))
        elif not isinstance(codings, list):
            fix = "Write each coding as an item that begins with `- `."
            problems.append(Problem(own.locate(), Code.WRONG_TYPE, f"Behind '{id}' a list of codings must stand.", fix))
        elif id in records:
            found[id] = {}
            problems += _read(id, own, getattr(records[id], "evidence", ()), found[id])
    return found, limited(iter(problems), shown)


def is_coded_twice(first: EvidenceItem, second: SecondCoding | None) -> bool:
    """True if two people coded a finding from its source: an editor says so, or the second coding was kept."""
    return bool(first.checked_by) or (second is not None and second.seen == "source")


def differences(first: EvidenceItem, second: SecondCoding) -> tuple[Difference, ...]:
    """On what two codings of a finding differ; a field that one of them left out is no difference."""
    pairs = (Difference(name, getattr(first, name), getattr(second, name)) for name in CODED)
    return tuple(each for each in pairs if None not in (each.first, each.second) and each.first != each.second)


def as_second(first: EvidenceItem, second: SecondCoding | None) -> EvidenceItem:
    """The finding as it would be if the second coding stood where the two differ."""
    return first.model_copy(update={each.field: each.second for each in differences(first, second)}) if second else first


def _read(id: str, document: Document, evidence: Sequence[EvidenceItem], found: dict[int, SecondCoding]) -> Iterator[Problem]:
    """Puts each coding of a record at the place of its finding."""
    for number in range(len(document.data)):
        own = document.within(number)
        coding, problems = shaped(own, SecondCoding, "second coding")
        yield from problems
        if coding is None:
            continue
        places = [place for place, each in enumerate(evidence) if (each.source, each.question) == (coding.source, coding.question)]
        if not places:
            message, fix = f"'{id}' has no coded finding with this source and question.", "Write both as they stand in the record, or delete this coding."
            yield Problem(own.locate(), Code.SECOND_CODING, message, fix)
            continue
        numbers = choices(str(place + 1) for place in places)
        place = places[0] if coding.number is None else coding.number - 1
        if place not in places or (coding.number is None and len(places) > 1):
            message = f"It is not clear which coded finding of '{id}' this is: with this source and question there is number {numbers}."
            yield Problem(own.locate(("number",) if coding.number else ()), Code.SECOND_CODING, message, f"Add `number`, with {numbers}.")
        elif place in found:
            message = f"Coded finding {place + 1} of '{id}' is coded again twice."
            yield Problem(own.locate(), Code.SECOND_CODING, message, "Keep one of the two. If they are of two findings, add `number` to both.")
        else:
            found[place] = coding
