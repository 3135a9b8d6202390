"""Comparisons that the editors prepared: `data/comparisons.yaml`, a map from the end of an address to the records beside one another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from waymark.documents import Document, read_document
from waymark.problems import Code, Problem, choices, short, suggest
from waymark.validate import ID_HELP, is_id

COMPARED = ("programme", "practice", "tool", "theory")
"""Kinds whose records can stand beside one another."""
FEWEST, MOST = 2, 6
"""Records in one comparison. More columns cannot be read on one screen."""
_TEXTS = ("name", "why")
_FIELDS = (*_TEXTS, "records")
_FORMER = "former_ids"


@dataclass(frozen=True, slots=True)
class Prepared:
    """Some records of one kind that are worth reading beside one another."""

    id: str
    """The end of its address."""
    name: str
    why: str
    """One sentence: what can be seen here."""
    kind: str
    records: tuple[str, ...]
    former_ids: tuple[str, ...] = ()
    """Ends of addresses that it had before."""


def read_prepared(path: Path, shown: str, kinds: Mapping[str, str], retired: Collection[str] = ()) -> tuple[list[Prepared], list[Problem]]:
    """The comparisons of the file, and what is wrong with it. Without the file there are none.

    Args:
        path: The file.
        shown: Its path as shown to people.
        kinds: For each record that there is the name of its kind.
        retired: Records whose pages are no longer kept up.
    """
    if not path.exists():
        return [], []
    document, problems = read_document(path, shown)
    prepared: list[Prepared] = []
    for id in document.data if document else ():
        own = document.within(id)  # type: ignore[union-attr]
        found = list(_problems(id, own, kinds))
        problems += found
        if not found:
            ids = tuple(own.data["records"])
            prepared.append(Prepared(id, own.data["name"], own.data["why"], kinds[ids[0]], ids, tuple(own.data.get(_FORMER, ()))))
    if document:
        problems += [*_former_problems(document, prepared), *_retired_problems(document, prepared, retired)]
    return prepared, problems


def _retired_problems(document: Document, prepared: Iterable[Prepared], retired: Collection[str]) -> Iterator[Problem]:
    for each in prepared:
        for number, id in enumerate(each.records):
            if id in retired and "retired" not in f"{each.name} {each.why}".lower():
                fix = "Take it out, or say in `why` that it is retired."
                yield Problem(document.locate((each.id, "records", number)), Code.RETIRED_LINK, f"The comparison shows '{id}', which is retired.", fix)


def _former_problems(document: Document, prepared: Iterable[Prepared]) -> Iterator[Problem]:
    claimed = {(each.kind, each.id) for each in prepared}
    for each in prepared:
        for number, former in enumerate(each.former_ids):
            if (each.kind, former) in claimed:
                message = f"The former id '{short(former)}' is that of another comparison."
                fix = "An old address can lead to one page only. Keep it in one place."
                yield Problem(document.locate((each.id, _FORMER, number)), Code.DUPLICATE_ID, message, fix)
            claimed.add((each.kind, former))


def _problems(id: str, document: Document, kinds: Mapping[str, str]) -> Iterator[Problem]:
    data: Any = document.data
    if not is_id(id):
        yield Problem(document.locate(key=True), Code.BAD_ID, f"'{short(id)}' cannot be an id.", ID_HELP)
    if not isinstance(data, dict):
        yield Problem(document.locate(), Code.WRONG_TYPE, "A comparison is a map of fields, each written `field: value`.", "Indent the fields below the id.")
        return
    for name in data:
        if name not in (*_FIELDS, _FORMER):
            fix = suggest(name, (*_FIELDS, _FORMER)) or f"Its fields are {choices((*_FIELDS, _FORMER))}."
            yield Problem(document.locate((name,), key=True), Code.UNKNOWN_FIELD, f"'{short(name)}' is not a field of a comparison.", fix)
    for name in _FIELDS:
        if name not in data:
            yield Problem(document.locate(), Code.MISSING_FIELD, f"A comparison needs the field '{name}'.", f"Add a line `{name}: …`.")
    for name in _TEXTS:
        if name in data and not (isinstance(data[name], str) and data[name].strip()):
            yield Problem(document.locate((name,)), Code.WRONG_TYPE, f"'{name}' must be a text.", "Write a few words behind it.")
    former = data.get(_FORMER, [])
    if not (isinstance(former, list) and all(isinstance(each, str) and is_id(each) for each in former)):
        yield Problem(
            document.locate((_FORMER,)), Code.BAD_ID, f"'{_FORMER}' must be a list of ids.", f"Write the old ends of its address: `{_FORMER}: [old-name]`."
        )
    if "records" in data:
        yield from _record_problems(document, data["records"], kinds)


def _record_problems(document: Document, records: Any, kinds: Mapping[str, str]) -> Iterator[Problem]:
    if not isinstance(records, list):
        fix = "Write the ids in square brackets, for example `[entre, back-on-track]`."
        yield Problem(document.locate(("records",)), Code.WRONG_TYPE, "'records' must be a list.", fix)
        return
    known = []
    for number, id in enumerate(records):
        if not isinstance(id, str) or id not in kinds:
            fix = suggest(str(id), kinds) or "Write the id of a record, as in its address."
            yield Problem(document.locate(("records", number)), Code.UNKNOWN_LINK, f"There is no record '{short(id)}'.", fix)
        else:
            known.append(id)
    place = document.locate(("records",), key=True)
    if not FEWEST <= len(set(records if len(known) == len(records) else range(FEWEST))) <= MOST or len(set(known)) < len(known):
        message = f"A comparison has {FEWEST} to {MOST} records, each once."
        yield Problem(place, Code.BAD_COMPARISON, message, "Add records, take some away, or make two comparisons of them.")
    if len(found := dict.fromkeys(kinds[id] for id in known)) > 1:
        message = f"Records of several kinds cannot be compared: {choices(found).replace(' or ', ' and ')}."
        yield Problem(place, Code.BAD_COMPARISON, message, "Keep those of one kind.")
    elif found and (kind := next(iter(found))) not in COMPARED:
        yield Problem(place, Code.BAD_COMPARISON, f"Records of the kind '{kind}' are not compared.", f"It can be done with each {choices(COMPARED)}.")
