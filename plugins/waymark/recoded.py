"""Findings that somebody coded again without sight of the first coding: `data/second-coding.yaml`, a map from the id of a record to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from waymark.documents import read_document
from waymark.fields import EvidenceItem
from waymark.models import Record
from waymark.problems import Code, Problem, limited, short, suggest

Recoded: TypeAlias = Mapping[str, Sequence[Mapping[str, str]]]
"""By the id of a record the findings that were coded again: `source`, `question`, the other fields."""


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
    if document is None:
        return {}, problems
    found: dict[str, list[Mapping[str, str]]] = {}
    for id, codings in document.data.items():
        if id not in ids:
            problems.append(Problem(document.locate((id,), key=True), Code.UNKNOWN_LINK, f"'{short(id)}' is not the id of a record.", suggest(id, ids)))
            continue
        for number, each in enumerate(codings if isinstance(codings, list) else [codings]):
            if not isinstance(each, dict) or (id in records and not coded_twice(records[id], each)):
                message, fix = f"'{id}' has no coded finding with this source and question.", "Write both as they stand in the record, or delete this coding."
                problems.append(Problem(document.locate((id, number)), Code.SECOND_CODING, message, fix))
            elif id in records:
                found.setdefault(id, []).append(each)
    return found, limited(iter(problems), shown)


def coded_twice(record: Record, coding: Mapping[str, str]) -> EvidenceItem | None:
    """The finding of a record that a second coding is about: the one with the same source and question."""
    found: Iterable[EvidenceItem] = getattr(record, "evidence", ())
    return next((each for each in found if (each.source, each.question) == (coding.get("source"), coding.get("question"))), None)
