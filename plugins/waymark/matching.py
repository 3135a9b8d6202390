"""Which item of a list, and which sentence of a text, was which before: by what it is, or by its likeness."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, TypeAlias

Data: TypeAlias = Mapping[str, Any]
"""A record as it stands in its file: texts, lists and maps."""
_ALIKE = 0.6
"""From which likeness on two sentences, or two items of a list, are one that was reworded."""
_MOST = 60
"""Items that are compared each with each; a longer list is matched by its names alone."""

_OF_PARTS: tuple[tuple[str, ...], ...] = (("anchor",), ("group", "title"), ("title",))
_IDENTITY: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "evidence": (("source", "question", "finding"), ("source", "question"), ("finding",)),
    "relations": (("type", "to"), ("to",)),
    "disagreements": (("topic",),),
    "concerns": (("component",),),
    "figures": (("panel", "label", "period"), ("label", "period"), ("label", "value"), ("label",)),
}
"""By which fields an item of a list is the same item as before, the surest first. The parts of a list go by anchor or title."""


def matched(field: str, before: Any, after: Any) -> list[tuple[int | None, int | None]]:
    """Which item of a list of small maps was which before: pairs of places, None where there is none."""
    old, new = maps_of(before), maps_of(after)
    pairs: dict[int, int] = {}
    left_old, left_new = dict.fromkeys(range(len(old))), dict.fromkeys(range(len(new)))

    for identity in (None, *_IDENTITY.get(field, _OF_PARTS)):
        places: dict[Hashable, list[int]] = {}
        for number in left_old:
            places.setdefault(_identified(old[number], identity), []).append(number)
        for number in list(left_new):
            name = _identified(new[number], identity)
            if name and (found := places.get(name)):
                pairs[number] = found.pop(0)
                del left_new[number], left_old[pairs[number]]
    if len(left_old) * len(left_new) <= _MOST:
        for a, b in alike({number: _all(old[number]) for number in left_old}, {number: _all(new[number]) for number in left_new}):
            pairs[b] = a
            del left_old[a], left_new[b]
    return [*((pairs.get(number), number) for number in range(len(new))), *((number, None) for number in left_old)]


def alike(before: Mapping[int, str], after: Mapping[int, str]) -> list[tuple[int, int]]:
    """Pairs of texts, by their numbers, that are one which was reworded: the most alike first, none in two pairs."""
    scores = sorted((-_ratio(one, other), a, b) for a, one in before.items() for b, other in after.items())
    left_before, left_after = set(before), set(after)
    found = []
    for score, a, b in scores:
        if -score >= _ALIKE and a in left_before and b in left_after:
            found.append((a, b))
            left_before.remove(a)
            left_after.remove(b)
    return found


def moved(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs that must be taken out so that the rest stand in one order: the fewest, by the longest row that grows."""
    if len(pairs) > _MOST * 4:
        return []
    best: list[list[tuple[int, int]]] = []
    for number, (a, b) in enumerate(pairs):
        rows = [best[other] for other in range(number) if best[other][-1][0] < a]
        longest: list[tuple[int, int]] = max(rows, key=len, default=[])
        best.append([*longest, (a, b)])
    longest = max(best, key=len, default=[])
    kept = set(longest)
    return [each for each in pairs if each not in kept]


def maps_of(value: Any) -> list[Data]:
    """The items of a list of small maps; an item that is none, from an older version, stands under `value`."""
    return [each if isinstance(each, Mapping) else {"value": each} for each in value] if isinstance(value, list) else []


def _identified(item: Data, fields: tuple[str, ...] | None) -> Hashable:
    """What an item is recognised by; None if it lacks it. Without fields, all that it says."""
    if fields is None:
        return tuple(sorted((str(name), repr(value)) for name, value in item.items()))
    values = tuple(str(item.get(name, "")) for name in fields)
    return values if values[-1] else None


def _all(item: Data) -> str:
    return " ".join(str(value) for value in item.values())


def _ratio(one: str, other: str) -> float:
    if one == other:
        return 1.0
    matcher = SequenceMatcher(None, one[:1000].split(), other[:1000].split(), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0
