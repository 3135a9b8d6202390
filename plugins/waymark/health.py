"""The health of the knowledge base in figures that can be followed from release to release, and what should be done next.

`MEASURES` says once what is counted and what it means; the state page, `status.json`, the table of releases in the open data and
`data/status-history.yaml` are made from it. None of the figures says that something is right.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from statistics import median
from typing import Any

from waymark.appraisal import STUDIES
from waymark.bibliography import READ_IN_FULL, READ_IN_PART
from waymark.corrections import CLOCK
from waymark.fields import EvidenceItem
from waymark.foundations import Foundations
from waymark.freshness import Due, due_of
from waymark.history import Release
from waymark.library import Item, Library
from waymark.links import address_of
from waymark.recoded import is_coded_twice
from waymark.status import KindStatus, lix, status_of
from waymark.tabular import Column, Row, Table

HARD = 60
"""From this index (LIX) a summary is very hard to read."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that is counted."""

    name: str
    """Its name in files; it never changes."""
    group: str
    label: str
    meaning: str
    of: str = ""
    """Name of the measure that it is a part of; empty if it stands alone."""


_MEASURES: Mapping[str, tuple[tuple[str, str, str, str], ...]] = {
    "Coverage": (
        ("records", "Records", "Pages about one thing: a programme, a theory, a term and so on.", ""),
        ("fields", "Fields that readers expect", "Facts, sections, lists and tables of all records, filled or not.", ""),
        ("fields_coded", "Coded", "Somebody found something in a source.", "fields"),
        ("fields_not_reported", "Not reported", "Somebody looked, and the sources are silent.", "fields"),
        ("fields_not_yet_coded", "Not yet coded", "Nobody has looked yet.", "fields"),
    ),
    "What it rests on": (
        ("citations", "Citations", "Citations in texts that name a place in the source.", ""),
        ("works", "Works", "Works that are cited or named.", ""),
        ("works_read_in_full", "Read in full", "Works that we read from the first page to the last.", "works"),
        ("works_read_in_part", "Read in part", "Often the abstract or a web page.", "works"),
        ("statements", "Statements", "Texts that say something: sections, points, findings, disagreements.", ""),
        ("second_hand", "At second hand", "Statements of which we have read none of the works they cite, but a work that cites these.", "statements"),
        ("sourced", "Places with a source", "Statements, coded facts and links between records, each with its source.", ""),
        ("one_source", "One source only", "Places of which every supporting citation depends on one and the same work.", "sourced"),
        ("one_work_records", "Records that rest on one work", "Without that work nothing on the page would have support.", "records"),
    ),
    "Checking": (
        ("findings", "Coded findings", "What one source found on one question about one record.", ""),
        ("coded_twice", "Coded by two people", "Coded again by somebody who did not see the first coding.", "findings"),
        ("studies", "Findings from studies", "Coded findings from studies, monitoring data and systematic reviews.", ""),
        ("not_appraised", "Not appraised", "Nobody has checked how well the study was done.", "studies"),
        ("second_read", "Read by a second person", "Records that a second reader compared with the sources, and signed.", "records"),
        ("overdue", "Check overdue", "Records whose day for the next check has passed.", "records"),
        ("due_soon", "Check due in three months", "Records whose day comes within three months.", "records"),
        ("owner_statements", "Statements of owners", "What those who run or made something say of its page.", ""),
        ("owner_dissents", "Owners who dissent", "Statements of owners that disagree with something on the page.", "owner_statements"),
    ),
    "Open ends": (
        ("questions", "Questions of the field", "What the field does not know, each with a page.", ""),
        ("open_questions", "Still open", "Questions that are not answered, not even in part.", "questions"),
        ("contradictions", "Contradictions between sources", "Places where sources disagree or one errs.", ""),
        ("contradictions_open", "Not settled", "Nobody knows yet what is right.", "contradictions"),
        ("corrections", "Reports of mistakes", "All entries of the log of corrections.", ""),
        ("corrections_open", "Not decided", "Nobody has decided yet.", "corrections"),
        ("corrections_late", "Not decided in time", f"Open for more than {CLOCK} days.", "corrections"),
        ("no_links_in", "Nothing links to them", "Records that no other page links to.", "records"),
        ("no_links_out", "They link to nothing", "Records that link to no other page.", "records"),
    ),
    "Plain English": (
        ("lix", "Readability of the summaries", "The index LIX of the middle one of all summaries; lower is easier.", ""),
        ("hard_summaries", "Very hard summaries", f"Summaries with an index of {HARD} or more.", "records"),
    ),
}  # fmt: skip
MEASURES: tuple[Measure, ...] = tuple(Measure(name, group, label, meaning, of) for group, some in _MEASURES.items() for name, label, meaning, of in some)
"""Everything that is counted, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Task:
    """A record that is to be checked."""

    item: Item
    due: Due


@dataclass(frozen=True, slots=True)
class Health:
    """The state of the knowledge base on a day."""

    day: date
    kinds: tuple[KindStatus, ...]
    figures: Mapping[str, int]
    """By name of the measure."""
    overdue: tuple[Task, ...]
    """Longest first."""
    soon: tuple[Task, ...]
    """Next first."""
    later: tuple[Task, ...]
    no_links_in: tuple[Item, ...]
    no_links_out: tuple[Item, ...]


def health_of(library: Library, foundations: Foundations, bare: Callable[[str], str], today: date) -> Health:
    """The state on a day.

    Args:
        library: All records.
        foundations: What they rest on.
        bare: Gives the words of a text without its citations.
        today: The day.
    """
    items = list(library.items.values())
    kinds = tuple(status_of(library, bare))
    tasks = sorted((Task(item, due_of(item.record, item.kind.name)) for item in items), key=lambda task: (task.due.on, task.item.record.name.casefold()))
    by_state: dict[str, list[Task]] = {"overdue": [], "soon": [], "later": []}
    for task in tasks:
        by_state[task.due.state(today)].append(task)
    # A retired page is kept for old links; nothing needs to lead there.
    kept_up = [item for item in items if not item.record.retired]
    no_links_in = tuple(item for item in kept_up if not any(link.source != item.id for link in library.backlinks.get(item.id, ())))
    no_links_out = tuple(item for item in kept_up if not library.outgoing.get(item.id))
    figures = {
        **_coverage(kinds, items),
        **_sources(library, foundations, kinds),
        **_checking(library, items),
        "overdue": len(by_state["overdue"]),
        "due_soon": len(by_state["soon"]),
        **_open_ends(library, kinds, today),
        "no_links_in": len(no_links_in),
        "no_links_out": len(no_links_out),
        **_plain(items, bare),
    }
    figures = {measure.name: figures[measure.name] for measure in MEASURES}
    return Health(
        today, kinds, figures, tuple(by_state["overdue"]), tuple(by_state["soon"]), tuple(by_state["later"]),
        tuple(sorted(no_links_in, key=_name)), tuple(sorted(no_links_out, key=_name)),
    )  # fmt: skip


def snapshot(health: Health, name: str) -> Release:
    """The state as it is kept for a release."""
    return Release(name, health.day, health.figures)


def changes(figures: Mapping[str, int], before: Mapping[str, int]) -> dict[str, int]:
    """For each measure that both have, how much more it is now."""
    return {name: number - before[name] for name, number in figures.items() if name in before}


def trend(numbers: Sequence[int], width: int, height: int) -> list[tuple[float, float]]:
    """Where the points of a line stand that goes through some numbers: the lowest at the bottom, the first at the left."""
    low, high = min(numbers), max(numbers)
    step = width / max(1, len(numbers) - 1)
    return [
        (round(place * step, 1), round(height - (number - low) / (high - low) * height, 1) if high > low else height / 2)
        for place, number in enumerate(numbers)
    ]


def to_json(health: Health, history: Iterable[Release], said: Mapping[str, str], base: str) -> Iterator[str]:
    """The state as a file for programs.

    Args:
        health: The state.
        history: The releases so far.
        said: What the file says of itself.
        base: What stands before the address of a page: the site's own address, or nothing.
    """

    def tasks(some: Iterable[Task]) -> list[dict[str, Any]]:
        return [
            {
                "id": each.item.id,
                "kind": each.item.kind.name,
                "address": f"{base}{address_of(each.item.kind.name, each.item.id)}",
                "checked": str(each.item.record.checked.on),
                "due": str(each.due.on),
                "reason": each.due.reason,
            }
            for each in some
        ]

    whole = {
        "about": said,
        "day": str(health.day),
        "measures": [
            {"name": each.name, "group": each.group, "label": each.label, "meaning": each.meaning, "of": each.of or None, "value": health.figures[each.name]}
            for each in MEASURES
        ],
        "kinds": [{name: getattr(kind, name) for name in KindStatus.__dataclass_fields__} for kind in health.kinds],
        "overdue": tasks(health.overdue),
        "due_soon": tasks(health.soon),
        "no_links_in": [each.id for each in health.no_links_in],
        "no_links_out": [each.id for each in health.no_links_out],
        "releases": [{"release": each.name, "day": str(each.day), "figures": dict(each.figures)} for each in history],
    }
    yield json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def release_table(history: Sequence[Release]) -> Table:
    """The figures of all releases as a table; a cell is empty where something was not counted yet."""
    columns = (
        Column("release", "Name of the release."),
        Column("day", "Its day.", "date"),
        *(Column(each.name, f"{each.label}. {each.meaning}", "integer") for each in MEASURES),
    )
    return Table("releases", "releases", "The state of the knowledge base at each release.", columns, ("release",), partial(_release_rows, history))


def _release_rows(history: Sequence[Release]) -> Iterator[Row]:
    for each in history:
        yield each.name, str(each.day), *(each.figures.get(measure.name) for measure in MEASURES)


def _name(item: Item) -> str:
    return item.record.name.casefold()


def _coverage(kinds: Iterable[KindStatus], items: Sequence[Item]) -> dict[str, int]:
    coded, silent, missing = (sum(getattr(kind, name) for kind in kinds) for name in ("coded", "not_reported", "not_yet_coded"))
    return {
        "records": len(items), "fields": coded + silent + missing, "fields_coded": coded, "fields_not_reported": silent, "fields_not_yet_coded": missing,
    }  # fmt: skip


def _sources(library: Library, foundations: Foundations, kinds: Sequence[KindStatus]) -> dict[str, int]:
    known = [entry.known for entry in library.bibliography.values()]
    total = foundations.total
    return {
        "citations": sum(kind.citations for kind in kinds),
        "works": len(known),
        "works_read_in_full": known.count(READ_IN_FULL),
        "works_read_in_part": known.count(READ_IN_PART),
        "statements": sum(kind.statements for kind in kinds),
        "second_hand": sum(kind.second_hand for kind in kinds),
        "sourced": total.statements,
        "one_source": total.one_source,
        "one_work_records": len(foundations.one_work),
    }


def _checking(library: Library, items: Sequence[Item]) -> dict[str, int]:
    findings: list[EvidenceItem] = [each for item in items for each in getattr(item.record, "evidence", ())]
    studies = [each for each in findings if each.kind in STUDIES]
    said = [each for item in items for each in item.record.owner_statements]
    return {
        "findings": len(findings),
        "coded_twice": sum(
            is_coded_twice(each, library.codings_of(item.id).get(number)) for item in items for number, each in enumerate(getattr(item.record, "evidence", ()))
        ),
        "studies": len(studies),
        "not_appraised": sum(each.appraisal is None for each in studies),
        "second_read": sum(item.record.checked.second is not None for item in items),
        "owner_statements": len(said),
        "owner_dissents": sum(each.stance == "dissents" for each in said),
    }


def _open_ends(library: Library, kinds: Sequence[KindStatus], today: date) -> dict[str, int]:
    questions = library.of_kind("question")
    is_open, settled = sum(kind.open for kind in kinds), sum(kind.settled for kind in kinds)
    return {
        "questions": len(questions),
        "open_questions": sum(getattr(item.record, "state", None) == "open" for item in questions),
        "contradictions": is_open + settled,
        "contradictions_open": is_open,
        "corrections": len(library.corrections),
        "corrections_open": sum(each.is_open for each in library.corrections),
        "corrections_late": sum(each.is_late(today) for each in library.corrections),
    }


def _plain(items: Sequence[Item], bare: Callable[[str], str]) -> dict[str, int]:
    found = [lix(bare(item.record.summary)) for item in items]
    return {"lix": round(median(found)) if found else 0, "hard_summaries": sum(each >= HARD for each in found)}
