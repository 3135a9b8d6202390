"""What becomes of the labels of a record when it changes, and which item did it: the rules of `evidence` and `confidence` on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from waymark.bibliography import Entry
from waymark.changes import Data, item_words, matched, record_changes
from waymark.confidence import confidence
from waymark.evidence import PROFILED, QUESTIONS, WORDS, Assessment, Profile, profile_of
from waymark.library import Item, Library
from waymark.models import Record
from waymark.problems import short

Works = Mapping[str, Entry]
TOP_LINE = "top line"
_CONFIDENCE, _NOT_JUDGED, _RULES = "confidence", "not judged", "the rules themselves, which change too"


@dataclass(frozen=True, slots=True)
class LabelChange:
    """A label that would change: of one question of a profile, its top line, or the confidence in a finding."""

    label: str
    """`outcomes` or another question, `top line`, or `confidence`."""
    before: str
    after: str
    said_before: str
    said_after: str
    """The same without cautions: equal if only those are different."""
    rules: tuple[str, ...] = ()
    """The rules that give what stands there now, and those that no longer apply."""
    because: tuple[str, ...] = ()
    """What in the record did it."""


def label_changes(kind: str, before: Record, after: Record, data: tuple[Data, Data], works: tuple[Works, Works]) -> list[LabelChange]:
    """The labels of a record that differ between two versions, each with its reason.

    Args:
        kind: Its kind.
        before: The record before.
        after: The record after.
        data: Both as they stand in their files, by which items are told from one another.
        works: The bibliography before and after: cautions look at years.
    """
    if kind == "finding":
        return list(_confidence(before, after))
    if kind not in PROFILED:
        return []
    old, new = profile_of(before, works[0]), profile_of(after, works[1])
    turned = list(_turned(kind, before, after, data, works)) if _said(old) != _said(new) else []
    found = []
    for number, question in enumerate(QUESTIONS):
        one, two = old.assessments[number], new.assessments[number]
        if _said_of(one) != _said_of(two):
            without = [(words, other.assessments[number]) for words, other in turned if _said_of(other.assessments[number]) != _said_of(two)]
            # What turned what is said comes before what only turned a caution.
            because = [words for words, each in sorted(without, key=lambda pair: (pair[1].stage, pair[1].says) == (two.stage, two.says))]
            found.append(LabelChange(question, _words(one), _words(two), one.says, two.says, tuple(_rules(one, two)), tuple(because)))
    if old.headline != new.headline:
        because = [words for words, other in turned if other.headline != new.headline]
        found.append(LabelChange(TOP_LINE, old.headline, new.headline, old.headline, new.headline, (), tuple(because)))
    return found


def labels_of(library: Library) -> dict[str, dict[str, str]]:
    """All labels of all records in words, by id and label: to compare what other rules make of the same data."""
    found: dict[str, dict[str, str]] = {}
    for id, item in library.items.items():
        record: Any = item.record
        if item.kind.name == "finding":
            found[id] = {_CONFIDENCE: confidence(each.level for each in record.concerns) if record.concerns else _NOT_JUDGED}
        elif item.kind.name in PROFILED:
            profile = profile_of(record, library.bibliography)
            found[id] = {each.question: _words(each) for each in profile.assessments} | {TOP_LINE: profile.headline}
    return found


def by_other_rules(before: Mapping[str, Mapping[str, str]], head: Library, changes: Mapping[str, list[LabelChange]]) -> dict[str, list[LabelChange]]:
    """The labels that change where the rules change too.

    Args:
        before: The labels before, by the rules of then, as `labels_of` gave them.
        head: The records after.
        changes: What `labels_between` found by the rules of now alone.
    """
    found = {}
    for id, labels in labels_of(head).items():
        known = {each.label: each for each in changes.get(id, ())}
        old = before.get(id, {})
        turned = [
            replace(known[label], before=old[label]) if label in known else LabelChange(label, old[label], after, old[label], after, (), (_RULES,))
            for label, after in labels.items()
            if label in old and old[label] != after
        ]
        if turned:
            found[id] = turned
    return found


def labels_between(base: Library, head: Library, data: tuple[Mapping[tuple[str, str], Data], Mapping[tuple[str, str], Data]]) -> dict[str, list[LabelChange]]:
    """The labels that change, for each record that both versions have and in which one does, by its id after."""
    found = {}
    for id, item in head.items.items():
        if old := _former(base, item):
            both = (data[0].get((old.kind.name, old.id), {}), data[1].get((item.kind.name, id), {}))
            if changes := label_changes(item.kind.name, old.record, item.record, both, (base.bibliography, head.bibliography)):
                found[id] = changes
    return found


def _former(base: Library, item: Item) -> Item | None:
    """The same record in an older version, under the id it has or one it had."""
    known = (base.items[id] for id in (item.id, *item.record.former_ids) if id in base.items)
    return next((each for each in known if each.kind.name == item.kind.name), None)


def _turned(kind: str, before: Any, after: Any, data: tuple[Data, Data], works: tuple[Works, Works]) -> Iterator[tuple[str, Profile]]:
    """For each thing that changed the profile that the record would have without that one change: where it differs, the change did it."""
    old, new = data[0].get("evidence") or [], data[1].get("evidence") or []
    items: Sequence[Any] = after.evidence
    for a, b in matched("evidence", old, new):
        if a is not None and b is not None and old[a] == new[b]:
            continue
        if b is None:
            words, without = f"{item_words('evidence', old[a or 0], a or 0)} removed", (*items, before.evidence[a])
        elif a is None:
            words, without = f"{item_words('evidence', new[b], b)} added", (*items[:b], *items[b + 1 :])
        else:
            words = item_words("evidence", new[b], b)
            changes = record_changes(kind, {"evidence": [old[a]]}, {"evidence": [new[b]]})
            words += "".join(f"; {each.inner}: {_value(each.before)} → {_value(each.after)}" for each in changes if each.after or each.before)
            without = (*items[:b], before.evidence[a], *items[b + 1 :])
        yield words, profile_of(after.model_copy(update={"evidence": without}), works[1])
    if getattr(before, "status", None) != getattr(after, "status", None):
        words = f"Status: {getattr(before, 'status', None) or 'not yet coded'} → {after.status or 'not yet coded'}"
        yield words, profile_of(after.model_copy(update={"status": before.status}), works[1])
    if before.checked.on.year != after.checked.on.year:
        words = f"the year of the last check: {before.checked.on.year} → {after.checked.on.year}"
        yield words, profile_of(after.model_copy(update={"checked": before.checked}), works[1])
    redated = {key: old for key, old in works[0].items() if key in works[1] and (old["year"], old["date"]) != (works[1][key]["year"], works[1][key]["date"])}
    if redated:
        yield "the year of a work in data/references.bib", profile_of(after, {**works[1], **redated})


def _confidence(before: Any, after: Any) -> Iterator[LabelChange]:
    old, new = (confidence(each.level for each in record.concerns) if record.concerns else _NOT_JUDGED for record in (before, after))
    if old == new:
        return
    levels = {each.component: each.level for each in before.concerns}
    because = tuple(
        f"{each.component}: {levels.get(each.component, _NOT_JUDGED)} → {each.level}" for each in after.concerns if levels.get(each.component) != each.level
    )
    rule = "From “high” one step down for each serious concern, two for each very serious one."
    yield LabelChange(_CONFIDENCE, old, new, old, new, (rule,), because)


def _value(text: str) -> str:
    return short(text) or "not yet coded"


def _said(profile: Profile) -> object:
    return profile.headline, *map(_said_of, profile.assessments)


def _said_of(found: Assessment) -> object:
    return found.stage, found.says, tuple(each.name for each in found.cautions)


def _words(found: Assessment) -> str:
    cautions = f" Cautions: {', '.join(each.name for each in found.cautions)}." if found.cautions else ""
    return f"{found.word}: {found.says}.{cautions}" if found.word not in found.says else f"{found.says}.{cautions}"


def _rules(before: Assessment, after: Assessment) -> Iterator[str]:
    if before.stage != after.stage:
        yield f"“{after.word}” (stage {int(before.stage)} → {int(after.stage)}): {WORDS[after.stage][1]}"
    for each in after.cautions:
        if before.stage and each not in before.cautions:
            yield f"Caution “{each.name}” is due now: {each.sentence}"
    for each in before.cautions:
        if each not in after.cautions:
            yield f"Caution “{each.name}” is no longer due."
    if after.hidden_by and after.hidden_by != before.hidden_by:
        yield f"The direction is not shown because of: {', '.join(after.hidden_by)}."
