"""What changed on a day, found by comparing the files of two evenings; knows nothing of git.

A day is compared with the day before as readers found it in the evening: what was tried and undone between, nobody saw.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from waymark.changes import Key, RecordChange, brief, changes_of
from waymark.datafiles import records_in
from waymark.documents import data_of
from waymark.evidence import DIRECTIONS
from waymark.files import MAX_FILE_BYTES
from waymark.labels import TOP_LINE, Side, label_changes
from waymark.matching import Data
from waymark.paths import CONTENT, REFERENCES
from waymark.problems import short
from waymark.timeline import PAGE, Day, Event
from waymark.validate import record_of

_BIB_ENTRY = re.compile(rb"^@\w+\s*\{\s*([^\s,{}]+)\s*,", re.MULTILINE)
_RECORD_START = re.compile(rb"^(?=[A-Za-z0-9][\w-]*:)", re.MULTILINE)
_MOST_FIELDS, _MOST_LETTERS = 6, 130


def day_of(day: str, before: Mapping[str, str], after: Mapping[str, str], content: Callable[[str], bytes]) -> Day:
    """What changed between two versions of the files.

    Args:
        day: The day it became visible.
        before: What names the content of each file of `data/` and `content/` before, by path.
        after: The same after.
        content: Gives the content that a name stands for.
    """
    paths = [path for path in sorted(before.keys() | after.keys()) if before.get(path) != after.get(path)]
    old: dict[Key, Data] = {}
    new: dict[Key, Data] = {}
    for path in paths:
        if place := records_in(path):
            one, two = _both(*(content(files[path]) if path in files else b"" for files in (before, after)), is_many=not place[1])
            if one is not None and two is not None:  # what could not be read on one side tells nothing of the records in it
                old |= _keyed(place, one)
                new |= _keyed(place, two)
    events = [_event(day, change, old, new) for change in changes_of(old, new)]
    events += [
        Event(day, PAGE, path[8:-3], path[8:-3], "added" if path not in before else "removed" if path not in after else "changed")
        for path in paths
        if path.startswith(f"{CONTENT}/") and path.endswith(".md")
    ]
    return Day(day, tuple(events), _works(before, after, content))


def _event(day: str, change: RecordChange, old: Mapping[Key, Data], new: Mapping[Key, Data]) -> Event:
    former = (change.kind, change.former or change.id)
    labels: tuple[str, ...] = ()
    if change.sort in ("changed", "renamed"):
        labels = tuple(_labels(change.kind, old[former], new[change.key]))
    return Event(day, change.kind, change.id, change.name, change.sort, change.former, brief(change.changes, _MOST_FIELDS), labels)


def _labels(kind: str, before: Data, after: Data) -> Iterator[str]:
    """Labels that turned by today's rules; none if today's models cannot read both versions."""
    if before.get("evidence") == after.get("evidence") and before.get("concerns") == after.get("concerns"):
        return
    old, new = record_of(kind, before), record_of(kind, after)
    if old is None or new is None:
        return
    for each in label_changes(kind, old, new, Side(before), Side(after)):
        then, now = _without_direction(each.said_before), _without_direction(each.said_after)
        if then != now:
            because = f" ({short(each.because[0])})" if each.because else ""
            said = f"now “{_first_words(now)}”" if each.label == TOP_LINE else f"“{then}” → “{now}”"
            yield f"{each.label.capitalize()}: {said}{because}"


def _without_direction(said: str) -> str:
    """A label without the direction of a comparison: older versions of works and second codings, which may hide it, are not looked at."""
    for direction in DIRECTIONS.values():
        said = said.replace(f": {direction}", "")
    return said


def _first_words(text: str) -> str:
    return text if len(text) <= _MOST_LETTERS else text[:_MOST_LETTERS].rsplit(" ", 1)[0] + " …"


def _both(before: bytes, after: bytes, *, is_many: bool) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """The data of a file before and after; of a file of many records only of those whose lines differ. None if a side cannot be read."""
    one, two = before, after
    if is_many:
        old, new = _cut_at_records(before), _cut_at_records(after)
        if old is not None and new is not None:
            one, two = (b"".join(text for id, text in here.items() if there.get(id) != text) for here, there in ((old, new), (new, old)))
    return _data(one), _data(two)


def _data(raw: bytes) -> dict[str, Any] | None:
    """The data of a file of an older version, in which nobody will mend anything; None if it cannot be read."""
    if not raw.strip():
        return {}
    return data_of(raw.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")) if len(raw) <= MAX_FILE_BYTES else None


def _cut_at_records(raw: bytes) -> dict[bytes, bytes] | None:
    """The lines of each record in a file of many: to read all of it would take most of the time. None if it cannot be cut."""
    head, *texts = _RECORD_START.split(raw)
    found = {text.partition(b":")[0]: text for text in texts}
    return found if len(found) == len(texts) and all(line.startswith(b"#") or not line.strip() for line in head.splitlines()) else None


def _keyed(place: tuple[str, str], data: Mapping[str, Any]) -> dict[Key, Data]:
    kind, id = place
    if id:
        return {(kind, id): data} if data else {}
    return {(kind, each): record for each, record in data.items() if isinstance(record, dict)}


def _works(before: Mapping[str, str], after: Mapping[str, str], content: Callable[[str], bytes]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Works added, changed and taken out. The bibliography is cut at its entries and not parsed: that would take half a second a day."""
    if before.get(REFERENCES) == after.get(REFERENCES):
        return (), (), ()
    old, new = (_entries(content(files[REFERENCES])) if REFERENCES in files else {} for files in (before, after))
    changed = (key for key in old.keys() & new.keys() if old[key] != new[key] and old[key].split() != new[key].split())
    return _shown_keys(new.keys() - old.keys()), _shown_keys(changed), _shown_keys(old.keys() - new.keys())


def _entries(raw: bytes) -> dict[bytes, bytes]:
    starts = [*_BIB_ENTRY.finditer(raw)]
    ends = [*(match.start() for match in starts[1:]), len(raw)]
    return {match[1]: raw[match.start() : end] for match, end in zip(starts, ends, strict=True)}


def _shown_keys(keys: Iterable[bytes]) -> tuple[str, ...]:
    return tuple(sorted(key.decode("utf-8", "replace") for key in keys))
