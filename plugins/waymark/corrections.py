"""Reports of mistakes and what became of them: `data/corrections.yaml`, a map from the end of an address to the report.

An entry is written when a report comes in, and closed when it is decided. It is never deleted: the log is public. It says
what a page showed, so those words may be wrong, and may pass a verdict; they are shown as a quotation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from waymark.bibliography import Entry
from waymark.citations import find_citations
from waymark.consistency import day_problems
from waymark.documents import Document, read_document
from waymark.fields import Initials, Line, Model
from waymark.links import fault_of, find_links, mention
from waymark.people import Person, unknown
from waymark.problems import Code, Problem, choices, limited, short, suggest
from waymark.statements import Fault, citation_faults, text_faults, verdict
from waymark.validate import ID_HELP, is_id, shaped

CORRECTIONS = "corrections/"
"""Address of the log."""
CLOCK = 30
"""Days within which a report should be decided."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=2500)]


class Said(Model):
    """A report of a mistake, as it stands in the file."""

    topic: Line
    """What it is about, in a few words."""
    reported: date
    """Day of the report."""
    found_by: Literal["reader", "owner", "second reading"]
    """Who found it: a reader, somebody who runs or made what the page is about, or we ourselves when we read it again."""
    pages: tuple[Line, ...] = Field(min_length=1)
    """Ids of the records it is about; of a hand-written page its path in content/ without .md, for example `method`."""
    shown: Text
    """What the page showed, as it stood there, without citations."""
    right: Text
    """What is right; while it is open, what the report says is right."""
    source: Text
    """The source: a citation, or what the report names."""
    report: Line | None = None
    """Address of the report, where it is public."""
    decision: Literal["open", "accepted", "partly", "declined"]
    """`open` until somebody has decided."""
    decided: date | None = None
    """Day of the decision."""
    by: Initials | None = None
    """Initials of the editor who decided."""
    reason: Text | None = None
    """Why. Needed where a report is declined or accepted only in part."""
    changed: Text | None = None
    """What was changed, and where. Needed where a report is accepted, also in part."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A report with its name in the log."""

    id: str
    said: Said

    @property
    def is_open(self) -> bool:
        """True if nobody has decided yet."""
        return self.said.decision == "open"

    def days(self, today: date) -> int:
        """Days that it took to decide, or since the report while it is open."""
        return max(0, ((self.said.decided or today) - self.said.reported).days)

    def is_late(self, today: date) -> bool:
        """True if it is open for longer than it should be."""
        return self.is_open and self.days(today) > CLOCK


def correction_anchor(id: str) -> str:
    """Where in the log a report stands."""
    return f"report-{id}"


def in_log_order(corrections: Iterable[Correction]) -> list[Correction]:
    """Open ones first, the oldest at the top, because it waits longest; then the others, those decided last at the top."""
    found = sorted(corrections, key=lambda each: each.id)
    still_open = sorted((each for each in found if each.is_open), key=lambda each: each.said.reported)
    return [*still_open, *sorted((each for each in found if not each.is_open), key=lambda each: each.said.decided or each.said.reported, reverse=True)]


def read_corrections(
    path: Path, shown: str, kinds: Mapping[str, str], bibliography: Mapping[str, Entry], people: Mapping[str, Person] | None, today: date
) -> tuple[list[Correction], list[Problem]]:
    """The reports of the file, and what is wrong with it. Without the file there are none.

    Args:
        path: The file.
        shown: Its path as shown to people.
        kinds: For each record and hand-written page that there is the name of its kind.
        bibliography: The works.
        people: Those whose initials are known; None if any may stand.
        today: The latest day that a date may name.
    """
    if not path.exists():
        return [], []
    document, problems = read_document(path, shown)
    corrections: list[Correction] = []
    for id in document.data if document else ():
        own = document.within(id)  # type: ignore[union-attr]
        if not is_id(id):
            problems.append(Problem(own.locate(key=True), Code.BAD_ID, f"'{short(id)}' cannot be the name of a report.", ID_HELP))
        said, found = shaped(own, Said, "report")
        problems += found
        if said:
            problems += _problems(own, said, kinds, bibliography, people, today)
            corrections.append(Correction(id, said))
    return corrections, limited(iter(problems), shown)


def _problems(
    document: Document, said: Said, kinds: Mapping[str, str], bibliography: Mapping[str, Entry], people: Mapping[str, Person] | None, today: date
) -> Iterator[Problem]:
    yield from day_problems(document, ("reported",), said.reported, today)
    yield from day_problems(document, ("decided",), said.decided, today)
    for number, id in enumerate(said.pages):
        if id not in kinds:
            fix = suggest(id, kinds) or "Write the id of a record, as in its address, or the name of a file of content/ without .md."
            yield Problem(document.locate(("pages", number)), Code.UNKNOWN_LINK, f"There is no record or page '{short(id)}'.", fix)
    if said.report and not said.report.startswith("https://"):
        fix = "Write the whole address, from https:// on, or delete the line."
        yield Problem(document.locate(("report",)), Code.BAD_URL, f"'{short(said.report)}' is not the address of a report.", fix)
    if said.by and people is not None and said.by not in people:
        yield _as_problem(document, unknown(said.by, people, ("by",)))
    yield from _decision_problems(document, said)
    for fault in _text_faults(said, kinds, bibliography):
        yield _as_problem(document, fault)


def _as_problem(document: Document, fault: Fault) -> Problem:
    return Problem(document.locate(fault.loc, fault.snippet), fault.code, fault.message, fault.fix)


def _decision_problems(document: Document, said: Said) -> Iterator[Problem]:
    place = document.locate(("decision",))
    if said.decision == "open":
        for name in ("decided", "by", "changed"):
            if getattr(said, name):
                fix = f"Write {choices(('`decision: accepted`', '`decision: partly`', '`decision: declined`'))}, or delete the line."
                yield Problem(document.locate((name,)), Code.BAD_CORRECTION, f"The report is open, and yet there is '{name}'.", fix)
        return
    needed = {"decided": "the day", "by": "your initials"}
    needed |= {"changed": "what was changed, and where"} if said.decision != "declined" else {}
    needed |= {"reason": "why"} if said.decision != "accepted" else {}
    for name, what in needed.items():
        if not getattr(said, name):
            message = f"A report that is '{said.decision}' needs the field '{name}'."
            yield Problem(place, Code.BAD_CORRECTION, message, f"Add a line `{name}: …` with {what}.")
    if said.decided and said.decided < said.reported:
        message = f"It was decided on {said.decided}, before it was reported on {said.reported}."
        yield Problem(document.locate(("decided",)), Code.BAD_DATE, message, "Correct one of the two days.")
    if said.decision == "declined" and said.changed:
        fix = "If something was changed, the report is `accepted` or `partly` so. Else delete the line."
        yield Problem(document.locate(("changed",)), Code.BAD_CORRECTION, "The report is declined, and yet there is 'changed'.", fix)
    if said.decision != "declined" and not find_citations(said.source)[0]:
        message = "What we changed has no source that a reader can follow."
        yield Problem(document.locate(("source",)), Code.NO_CITATION, message, "Cite it, for example '[@papp2021returning, p. 15]'.")


def _text_faults(said: Said, kinds: Mapping[str, str], bibliography: Mapping[str, Entry]) -> Iterator[Fault]:
    for name in ("shown", "right", "source", "reason", "changed"):
        text: str = getattr(said, name) or ""
        groups, broken = find_citations(text)
        links = find_links(text)
        faults = list(text_faults(text))
        if name == "shown":
            if groups or broken or links:
                fix = "Quote the words alone. Citations and links belong to `right` and `source`."
                faults.append(Fault(Code.BAD_CORRECTION, "'shown' holds a citation or a link.", fix))
        else:
            faults += citation_faults(tuple(groups), tuple(broken), bibliography)
            faults += [fault for link in links if (fault := fault_of(mention("", link), kinds, {}))]
            # A report that is not accepted says what is right in the words of whoever sent it, and is shown so.
            is_ours = said.decision in ("accepted", "partly") or name in ("reason", "changed")
            if is_ours and (found := verdict(text, groups)):
                fix = "Say what was measured and found, or put the words of others in “…”."
                faults.append(Fault(Code.VERDICT, f"'{found}' is a verdict in our own voice.", fix, found))
        for fault in faults:
            yield Fault(fault.code, fault.message, fault.fix, fault.snippet, fault.start, (name,))
