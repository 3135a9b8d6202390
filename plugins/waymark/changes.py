"""What changed between two versions of the records, in words: field by field, under the headings of the page. Not a comparison of lines.

The versions are data as they stand in the files, not records, so that a version that no longer passes the checks, or was
written for older models, can be compared too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any, Literal, TypeAlias

from waymark.bibliography import Entry
from waymark.countries import names
from waymark.fields import FACTUAL
from waymark.kinds import KINDS
from waymark.links import HEADINGS
from waymark.matching import Data, alike, maps_of, matched, moved
from waymark.models import Record, fields_of, label_of
from waymark.problems import short
from waymark.relations import RELATIONS
from waymark.sentences import bare, sentences

Key: TypeAlias = tuple[str, str]
"""Kind and id of a record."""
Sort = Literal["added", "removed", "renamed", "changed"]

NAMES: Mapping[str, str] = {
    "basis": "Sources of the facts", "checked": "Last checked", "former_ids": "Former addresses", "relations": HEADINGS["related"],
    "evidence": HEADINGS["evidence"], "disagreements": HEADINGS["disagreements"], "further_reading": HEADINGS["further-reading"],
}  # fmt: skip
"""What fields are called whose model gives them no heading."""
INNER: Mapping[str, str] = {
    "kind": "Kind of source", "independence": "Done by", "participants": "People", "outcome": "Looked at", "measure": "Measured by",
    "follow_up_months": "Followed for (months)", "relation": "To the statement", "coded_by": "Coded by", "coded_on": "Coded on", "checked_by": "Second coder",
    "on": "Day", "second": "Second reader", "due": "Next check", "due_reason": "Why then", "against": "Against", "by": "By", "to": "To",
}  # fmt: skip
"""What fields of small maps are called on the page, where that is not their name."""

_MOST = 3600
"""Pairs of sentences that are compared; where there are more, none counts as reworded."""
_SHOWN = 300
"""Letters of a value that are kept."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different in a record."""

    field: str
    heading: str
    """Of the field on the page."""
    sort: Literal["added", "removed", "changed", "reordered"]
    item: str = ""
    """Which item of a list, in words; empty if the field is no list of small maps."""
    inner: str = ""
    """Which field of that item."""
    before: str = ""
    after: str = ""
    """Values, where the field holds one."""
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    """Words of a list of words."""
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    """Sentences of a text."""
    reworded: tuple[tuple[str, str], ...] = ()
    """Sentences before and after."""
    resourced: tuple[tuple[str, str], ...] = ()
    """Sentences of which only the citation is different."""

    @property
    def words(self) -> str:
        """What changed, in a few words, without the heading."""
        what = ": ".join(filter(None, (self.item, self.inner)))
        if self.sort == "reordered":
            return f"{what or 'order'} {self.after}"
        if self.new or self.gone or self.reworded or self.resourced:
            found = ((self.new, "added"), (self.reworded, "changed"), (self.gone, "removed"), (self.resourced, "with another source"))
            said = ", ".join(f"{len(each)} sentence{'s' * (len(each) != 1)} {word}" for each, word in found if each)
        elif self.gained or self.lost:
            said = "; ".join(f"“{'”, “'.join(values)}” {word}" for values, word in ((self.gained, "added"), (self.lost, "removed")) if values)
        elif self.sort == "changed":
            said = f"“{self.before}” → “{self.after}”"
        elif value := self.after or self.before:
            said = f"“{value}” {self.sort}"
        else:
            return f"{what} {self.sort}".strip()
        return f"{what}: {said}" if what else said


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that is new, gone, renamed or different."""

    kind: str
    id: str
    name: str
    sort: Sort
    former: str = ""
    """The id before, if it was renamed."""
    changes: tuple[Change, ...] = ()

    @property
    def key(self) -> Key:
        """Kind and id: those before if it is gone, else those after."""
        return self.kind, self.id


@dataclass(frozen=True, slots=True)
class EntryChange:
    """A work of the bibliography that is new, gone or different."""

    key: str
    sort: Literal["added", "removed", "changed"]
    changes: tuple[Change, ...] = ()


def changes_of(before: Mapping[Key, Data], after: Mapping[Key, Data]) -> list[RecordChange]:
    """What happened to the records between two versions, in the order of kinds and ids."""
    found, renamed = [], set()
    for (kind, id), data in after.items():
        if (old := before.get((kind, id))) is not None:
            if old != data and (own := record_changes(kind, old, data)):
                found.append(RecordChange(kind, id, name_of(data, id), "changed", "", tuple(own)))
            continue
        former = next((each for each in _texts(data.get("former_ids")) if (kind, each) in before and (kind, each) not in after), "")
        if former:
            renamed.add((kind, former))
            own = [each for each in record_changes(kind, before[kind, former], data) if each.field != "former_ids"]
            found.append(RecordChange(kind, id, name_of(data, id), "renamed", former, tuple(own)))
        else:
            found.append(RecordChange(kind, id, name_of(data, id), "added"))
    found += [RecordChange(*key, name_of(data, key[1]), "removed") for key, data in before.items() if key not in after and key not in renamed]
    kinds = list(KINDS)
    return sorted(found, key=lambda each: (kinds.index(each.kind) if each.kind in kinds else len(kinds), each.id))


def record_changes(kind: str, before: Data, after: Data) -> list[Change]:
    """What is different in a record, in the order of its page; fields that its model does not know come last."""
    model = KINDS[kind].model if kind in KINDS else Record
    known = fields_of(model)
    order = [*known, *sorted((before.keys() | after.keys()) - set(known))]
    return [change for name in order for change in _field(model, name, before.get(name), after.get(name))]


def entry_changes(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> list[EntryChange]:
    """What happened to the works of the bibliography, by key."""
    found = []
    for key in sorted(before.keys() | after.keys()):
        if key not in before or key not in after:
            found.append(EntryChange(key, "added" if key in after else "removed"))
        elif before[key] != after[key]:
            old, new = ({"type": entry.type, **entry.fields} for entry in (before[key], after[key]))
            own = [each for name in dict.fromkeys([*old, *new]) for each in _value(name, name, old.get(name), new.get(name))]
            found.append(EntryChange(key, "changed", tuple(own)))
    return found


def text_changes(heading: str, before: str, after: str) -> Change | None:
    """What is different in a text: sentences that came, went or were reworded. None if only line ends are."""
    found = _compared(sentences(before), sentences(after))
    return Change("", heading, "changed", gone=found[0], new=found[1], reworded=found[2], resourced=found[3]) if any(found) else None


def brief(changes: Sequence[Change], most: int = 4) -> str:
    """What changed in a record on one line: heading by heading, items of lists counted, values cut, headings beyond `most` counted."""
    headings: dict[str, list[Change]] = {}
    for each in changes:
        headings.setdefault(each.heading, []).append(each)
    said = [f"{heading}: {_in_short(found)}" for heading, found in list(headings.items())[:most]]
    left = len(headings) - most
    return "; ".join([*said, f"and {left} more field{'s' * (left != 1)}"] if left > 0 else said)


def _in_short(changes: Sequence[Change]) -> str:
    first = changes[0]
    if len(changes) == 1 and not first.item and not first.inner:
        gained, lost = (tuple(map(short, each)) for each in (first.gained, first.lost))
        return replace(first, before=short(first.before), after=short(first.after), gained=gained, lost=lost).words
    counted: dict[str, dict[str, None]] = {}  # each item once, however many of its fields changed
    for number, each in enumerate(changes):
        sort = "changed" if each.item and each.inner and each.sort != "reordered" else "moved" if each.sort == "reordered" else each.sort
        counted.setdefault(sort, {})[each.item or each.inner or str(number)] = None
    return ", ".join(f"{len(items)} {sort}" for sort, items in counted.items())


def label(field: str, model: type[Record] = Record) -> str:
    """The heading of a field as on the page."""
    return NAMES.get(field) or (label_of(model, field) if field in model.model_fields else field.replace("_", " ").capitalize())


def name_of(data: Data, id: str) -> str:
    """The name of a record, or its id if it has none."""
    return _short(data.get("name") or id)


def item_words(field: str, item: Data, place: int) -> str:
    """An item of a list of small maps in words that a reader of the page knows it by."""
    said = {name: _short(value) for name, value in item.items()}
    if field == "evidence":
        return f"finding {place + 1} on {said.get('question', 'no question')}, {_plain_source(said.get('source', 'no source'))}"
    if field == "relations":
        relation = said.get("type", "")
        return f"{RELATIONS[relation].forward if relation in RELATIONS else relation} → {said.get('to', '')}"
    words = next((said[name] for name in ("title", "label", "topic", "component") if name in said), "")
    return f"“{words}”" if words else f"item {place + 1}"


# One field ---------------------------------------------------------------------------------------


def _field(model: type[Record], name: str, before: Any, after: Any) -> Iterator[Change]:
    if before == after:
        return
    heading = label(name, model)
    if _ismaps_of(before) or _ismaps_of(after):
        yield from _items(name, heading, before, after)
    elif isinstance(before, Mapping) or isinstance(after, Mapping):
        old, new = (each if isinstance(each, Mapping) else {} for each in (before, after))
        for inner in dict.fromkeys([*old, *new]):
            words = label(inner, model) if name == "basis" else INNER.get(inner, inner.replace("_", " ").capitalize())
            yield from _value(name, heading, old.get(inner), new.get(inner), inner=words)
    else:
        yield from _value(name, heading, before, after, is_text=_is_prose(model, name))


def _items(field: str, heading: str, before: Any, after: Any) -> Iterator[Change]:
    old, new = maps_of(before), maps_of(after)
    pairs = matched(field, before, after)
    for a, b in pairs:
        if b is None:
            yield Change(field, heading, "removed", item_words(field, old[a or 0], a or 0))
        elif a is None:
            yield Change(field, heading, "added", item_words(field, new[b], b))
        else:
            item = item_words(field, new[b], b)
            for inner in dict.fromkeys([*old[a], *new[b]]):
                words = INNER.get(inner, str(inner).replace("_", " ").capitalize())
                yield from _value(field, heading, old[a].get(inner), new[b].get(inner), item=item, inner=words)
    kept = [(a, b) for a, b in pairs if a is not None and b is not None]
    for a, b in moved(kept):
        yield Change(field, heading, "reordered", item_words(field, new[b], b), after=f"moved from place {a + 1} to place {b + 1}")


def _value(field: str, heading: str, before: Any, after: Any, *, item: str = "", inner: str = "", is_text: bool = False) -> Iterator[Change]:
    if before == after:
        return
    if isinstance(before, list) or isinstance(after, list):
        old, new = (_words(field, _texts(each)) for each in (before, after))
        gone, come = tuple(each for each in old if each not in new), tuple(each for each in new if each not in old)
        if not (gone or come):
            yield Change(field, heading, "reordered", item, inner, after=f"changed: now {', '.join(new)}")
        elif not old or not new:
            yield Change(field, heading, "added" if new else "removed", item, inner, ", ".join(old), ", ".join(new))
        else:
            yield Change(field, heading, "changed", item, inner, gained=come, lost=gone)
    elif before is None or after is None:
        text, sort = str(after if before is None else before), "added" if before is None else "removed"
        parts = sentences(text)
        if is_text or len(parts) > 1 or len(text) > _SHOWN:
            kept = tuple(map(_cut, parts))
            yield Change(field, heading, sort, item, inner, gone=() if before is None else kept, new=kept if before is None else ())  # type: ignore[arg-type]
        else:
            yield Change(field, heading, sort, item, inner, *(("", _cut(text)) if before is None else (_cut(text), "")))  # type: ignore[arg-type]
    elif is_text or any(len(sentences(str(each))) > 1 or len(str(each)) > 120 for each in (before, after)):
        found = _compared(sentences(str(before)), sentences(str(after)))
        if any(found):
            yield Change(field, heading, "changed", item, inner, gone=found[0], new=found[1], reworded=found[2], resourced=found[3])
    elif " ".join(str(before).split()) != " ".join(str(after).split()):
        yield Change(field, heading, "changed", item, inner, _cut(str(before)), _cut(str(after)))


def _compared(
    before: tuple[str, ...], after: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Sentences gone, new, reworded, and those of which only the citation is different."""
    gone: list[str] = []
    new: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += before[a:b]
            new += after[c:d]
    for each in [each for each in gone if each in new]:  # a sentence that only moved
        gone.remove(each)
        new.remove(each)
    reworded: list[tuple[int, str, str]] = []
    resourced: list[tuple[int, str, str]] = []
    if len(gone) * len(new) <= _MOST:
        pairs = alike({i: bare(each) for i, each in enumerate(gone)}, {j: bare(each) for j, each in enumerate(new)})
        for i, j in pairs:
            (resourced if bare(gone[i]) == bare(new[j]) else reworded).append((j, _cut(gone[i]), _cut(new[j])))
        taken_old, taken_new = {i for i, _ in pairs}, {j for _, j in pairs}
        gone, new = [each for i, each in enumerate(gone) if i not in taken_old], [each for j, each in enumerate(new) if j not in taken_new]
    both = [tuple((old, now) for _, old, now in sorted(each)) for each in (reworded, resourced)]
    return tuple(map(_cut, gone)), tuple(map(_cut, new)), both[0], both[1]


@lru_cache(maxsize=512)
def _is_prose(model: type[Record], name: str) -> bool:
    info = model.model_fields.get(name)
    return info is not None and (FACTUAL in info.metadata or FACTUAL in repr(info.annotation)) and name != "basis"


def _words(field: str, values: Iterable[str]) -> list[str]:
    return [names().get(each, each) if field == "countries" else each for each in values]


def _plain_source(source: str) -> str:
    return source.strip("[]").replace("@", "")


def _ismaps_of(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(each, Mapping) for each in value)


def _texts(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [] if value is None else [str(value)]


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 120 else text[:119] + "…"


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 2 * _SHOWN else text[: 2 * _SHOWN - 1] + "…"
