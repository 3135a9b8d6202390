"""A record that is being made: what is known of it so far, and how it gets into its file. No command of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from waymark import interview
from waymark.bibliography import VIA
from waymark.canonical_bib import with_entry
from waymark.commands.safely import create_file, replace_file
from waymark.documents import data_of, read_document
from waymark.files import read_text
from waymark.kinds import Kind
from waymark.library import Library
from waymark.paths import DATA, REFERENCES
from waymark.problems import as_text
from waymark.similar import Candidate, Twin, twins
from waymark.specimen import draft


class Meanwhile(Exception):
    """The file came into being, or changed, while the questions were asked. Nothing was written."""


@dataclass
class Draft:
    """What is known so far."""

    root: Path
    kind: Kind
    library: Library
    today: date
    id: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    sources: list[str] = field(default_factory=list)
    place: str = ""
    by: str = ""
    entries: dict[str, str] = field(default_factory=dict)
    """New entries of the bibliography by key, as they will be written."""
    told: set[str] = field(default_factory=set)
    """Ids of likely twins that were shown already."""

    @property
    def is_in_folder(self) -> bool:
        """True if each record of the kind has a file of its own."""
        return not self.file.exists()

    @property
    def file(self) -> Path:
        """The file of all records of the kind, whether there is one or not."""
        return self.root / DATA / f"{self.kind.plural}.yaml"

    @property
    def path(self) -> Path:
        """The file that the record will be in."""
        return self.root / DATA / self.kind.plural / f"{self.id}.yaml" if self.is_in_folder else self.file

    @property
    def shown(self) -> str:
        """The same as people know it."""
        return self.path.relative_to(self.root).as_posix()

    def id_fault(self, id: str) -> str:
        """Why an id cannot be that of the record; empty if it can."""
        if fault := interview.id_fault(self.library, self.kind, id):
            return fault
        taken = self.root / DATA / self.kind.plural / f"{id}.yaml"
        return f"There is a file {taken.relative_to(self.root).as_posix()} already. Choose another id." if taken.exists() else ""

    def faults(self, name: str, value: Any) -> str:
        """What is wrong with a value of a field, and how to mend it; empty if nothing is."""
        found = interview.answer_problems(self.library, self.kind, self.id or "new-record", {name: value}, name, self.today)
        return "\n".join(f"{problem.message} {problem.fix}".strip() for problem in found)

    def cited(self, place: str = "") -> str:
        """A citation of the main source; empty if it is not known, or its place is not."""
        place = place or self.place
        return interview.citation(self.sources[0], place, self.library.bibliography) if self.sources and place else ""

    def some_citation(self) -> str:
        """A citation that is in order, to look at a text whose own place is not known yet."""
        key = next((entry.key for entry in self.library.bibliography.values() if entry.known != VIA), "key")
        return interview.citation(key, "p. 1", self.library.bibliography)

    def twins(self) -> list[Twin]:
        """Records that may be about the same thing."""
        countries = self.values.get("countries", ())
        candidate = Candidate(
            name=self.values.get("name", ""),
            other_names=tuple(self.values.get("other_names", ())),
            id=self.id,
            kind=self.kind.name,
            countries=tuple(countries) if not isinstance(countries, str) else (),
            sources=frozenset(self.sources),
        )
        return twins(self.library, candidate)

    def text(self) -> str:
        """The commented draft."""
        bibliography = self.library.bibliography
        # What we know only through another work was not open; that other one was.
        opened = [bibliography[key]["via"] if bibliography[key].known == VIA else key for key in self.sources]
        sources = list(dict.fromkeys([*opened, *interview.keys_cited(self.values)]))
        values = dict(self.values)
        if sources:
            values["checked"] = {"on": self.today.isoformat(), "against": sources, **({"by": self.by} if self.by else {})}
        return draft(self.kind, values, "" if self.is_in_folder else self.id)


def broken_file(state: Draft) -> str:
    """Why nothing can be added to the file of all records; empty if it can."""
    if state.is_in_folder:
        return ""
    document, problems = read_document(state.file, state.file.relative_to(state.root).as_posix())
    return "" if document else "\n".join([*map(as_text, problems), "Mend this first; then add to the file."])


def write(state: Draft) -> None:
    """Writes the draft, and the new entries of the bibliography."""
    if not state.id:
        state.id = _free_id(state.id_fault, interview.proposed_id(state.values["name"]) or f"new-{state.kind.name}")
    if state.is_in_folder:
        try:
            create_file(state.path, state.text())
        except FileExistsError as error:
            raise Meanwhile from error
    else:
        _append(state)
    if state.entries:
        path = state.root / REFERENCES
        text = read_text(path, REFERENCES)[0] or ""
        for key, entry in state.entries.items():
            text = with_entry(text, key, entry)
        replace_file(path, text)


def _free_id(fault_of: Callable[[str], str], id: str) -> str:
    return next(each for each in (id, *(f"{id}-{number}" for number in range(2, 1000))) if not fault_of(each))


def _append(state: Draft) -> None:
    """The record at the end of the file of its kind; the rest of the file stays as it is."""
    before, _ = read_text(state.file, state.shown)
    if before is None:
        raise Meanwhile
    after = f"{before.rstrip()}\n\n{state.text()}"
    # It could be read a moment ago; nobody's work may be lost if it cannot be read any more.
    old, new = data_of(before), data_of(after)
    if old is None or new is None or state.id in old or {**new, **old} != new:
        raise Meanwhile
    replace_file(state.file, after)
