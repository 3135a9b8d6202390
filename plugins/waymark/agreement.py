"""How often two coders of the same findings, the second without seeing the first coding, chose the same value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from waymark.fields import EvidenceItem
from waymark.library import Library
from waymark.recoded import coded_twice

FIELDS = ("kind", "design", "independence", "outcome", "measure", "direction", "participants", "follow_up_months", "availability")
"""What was coded twice."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on one field."""

    field: str
    coded: int
    """Findings for which both wrote a value."""
    same: int
    """Findings for which both wrote the same value."""
    kappa: float | None
    """Cohen's kappa; None if both wrote one and the same value throughout."""
    apart: tuple[tuple[tuple[str, str], int], ...] = ()
    """Where they differ: the two values, first coding first, and how often; most often first."""

    @property
    def share(self) -> float:
        """The share of the coded findings with the same value, from 0 to 1; 0 if nothing was coded."""
        return self.same / self.coded if self.coded else 0.0


def agreement_of(library: Library) -> list[Agreement]:
    """Agreement on each field between the records, as they are now, and the second coding of their findings.

    Raises:
        LookupError: if a finding of the second coding is not in its record; of a library without problems none is.
    """
    pairs = [(_first(library, id, each), each) for id, codings in library.second_coding.items() for each in codings]
    return [
        _on_field(name, [(str(first), str(other[name])) for item, other in pairs if (first := getattr(item, name)) is not None and name in other])
        for name in FIELDS
    ]


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Agreement beyond chance for two coders and unordered values, by Cohen (1960): 1 is full, 0 is what chance would give.

    Returns None where chance alone makes full agreement certain: both used one and the same value throughout.
    """
    if not pairs:
        return None
    ours, theirs = (Counter(side) for side in zip(*pairs, strict=True))
    expected = sum(ours[value] * theirs[value] for value in ours) / len(pairs) ** 2
    observed = sum(one == other for one, other in pairs) / len(pairs)
    return (observed - expected) / (1 - expected) if expected < 1 else None


def _first(library: Library, id: str, coding: Mapping[str, str]) -> EvidenceItem:
    found = coded_twice(library.items[id].record, coding)
    if found is None:
        raise LookupError(f"{id} has no finding on {coding['question']} from {coding['source']}.")
    return found


def _on_field(name: str, pairs: list[tuple[str, str]]) -> Agreement:
    apart = Counter((one, other) for one, other in pairs if one != other)
    return Agreement(name, len(pairs), sum(one == other for one, other in pairs), kappa(pairs), tuple(apart.most_common()))
