"""What becomes of the labels of a record when it changes, and which item did it: the rules of `evidence` and `confidence` on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from waymark.bibliography import Entry
from waymark.changes import item_words, record_changes
from waymark.confidence import confidence
from waymark.evidence import PROFILED, Assessment, Profile, profile_in, profile_of
from waymark.fields import SecondCoding
from waymark.library import Item, Library
from waymark.matching import Data, matched
from waymark.models import Record
from waymark.problems import short
from waymark.stages import QUESTIONS, WORDS

Works = Mapping[str, Entry]
TOP_LINE = "top line"
_CONFIDENCE, _NOT_JUDGED, _RULES = "confidence", "not judged", "the rules themselves, which change too"


@dataclass(frozen=True, slots=True)
class Side:
    """What the rules look at beside the record itself, in one of two versions."""

    data: Data
    """The record as it stands in its file: by it findings are told from one another."""
    works: Works = field(default_factory=dict)
    """The bibliography: cautions look at years."""
    codings: Mapping[int, SecondCoding] = field(default_factory=dict)
    """What a second coder wrote of its findings, by their place."""


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


def label_changes(kind: str, before: Record, after: Record, base: Side, head: Side) -> list[LabelChange]:
    """The labels of a record that differ between two versions, each with its reason.

    Args:
        kind: Its kind.
        before: The record before.
        after: The record after.
        base: What the rules look at beside the record, before.
        head: The same after.
    """
    if kind == "finding":
        return list(_confidence(before, after))
    if kind not in PROFILED:
        return []
    old, new = profile_of(before, base.works, base.codings), profile_of(after, head.works, head.codings)
    turned = list(_turned(kind, before, after, base, head)) if _said(old) != _said(new) else []
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
            profile = profile_in(library, item)
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
            before = Side(data[0].get((old.kind.name, old.id), {}), base.bibliography, base.codings_of(old.id))
            after = Side(data[1].get((item.kind.name, id), {}), head.bibliography, head.codings_of(id))
            if changes := label_changes(item.kind.name, old.record, item.record, before, after):
                found[id] = changes
    return found


def _former(base: Library, item: Item) -> Item | None:
    """The same record in an older version, under the id it has or one it had."""
    known = (base.items[id] for id in (item.id, *item.record.former_ids) if id in base.items)
    return next((each for each in known if each.kind.name == item.kind.name), None)


def _turned(kind: str, before: Any, after: Any, base: Side, head: Side) -> Iterator[tuple[str, Profile]]:
    """For each thing that changed the profile that the record would have without that one change: where it differs, the change did it."""
    old, new = base.data.get("evidence") or [], head.data.get("evidence") or []
    now = [(item, head.codings.get(place)) for place, item in enumerate(after.evidence)]

    def with_findings(found: Sequence[tuple[Any, SecondCoding | None]]) -> Profile:
        codings = {place: coding for place, (_, coding) in enumerate(found) if coding}
        return profile_of(after.model_copy(update={"evidence": tuple(item for item, _ in found)}), head.works, codings)

    for a, b in matched("evidence", old, new):
        then = None if a is None else (before.evidence[a], base.codings.get(a))
        if b is None:
            yield f"{item_words('evidence', old[a or 0], a or 0)} removed", with_findings([*now, *((then,) if then else ())])
        elif then is None:
            yield f"{item_words('evidence', new[b], b)} added", with_findings([*now[:b], *now[b + 1 :]])
        elif old[a] != new[b] or then[1] != now[b][1]:  # type: ignore[index]
            changes = record_changes(kind, {"evidence": [old[a]]}, {"evidence": [new[b]]})  # type: ignore[index]
            words = [f"{each.inner}: {_value(each.before)} → {_value(each.after)}" for each in changes if each.after or each.before]
            words += ["the second coding"] if then[1] != now[b][1] else []
            yield "; ".join([item_words("evidence", new[b], b), *words]), with_findings([*now[:b], then, *now[b + 1 :]])
    if getattr(before, "status", None) != getattr(after, "status", None):
        words_ = f"Status: {getattr(before, 'status', None) or 'not yet coded'} → {after.status or 'not yet coded'}"
        yield words_, profile_of(after.model_copy(update={"status": before.status}), head.works, head.codings)
    if before.checked.on.year != after.checked.on.year:
        words_ = f"the year of the last check: {before.checked.on.year} → {after.checked.on.year}"
        yield words_, profile_of(after.model_copy(update={"checked": before.checked}), head.works, head.codings)
    then_, now_ = base.works, head.works
    redated = {key: old for key, old in then_.items() if key in now_ and (old["year"], old["date"]) != (now_[key]["year"], now_[key]["date"])}
    if redated:
        yield "the year of a work in data/references.bib", profile_of(after, {**now_, **redated}, head.codings)


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
        yield f"The direction is not shown because of: {', '.join(each.name for each in after.hidden_by)}."
