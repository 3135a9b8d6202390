"""How often two coders of the same findings, the second without seeing the first coding, chose the same value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from waymark.fields import EvidenceItem, SecondCoding
from waymark.library import Library
from waymark.recoded import CODED


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
    """Agreement on each field between the records, as they are now, and the second coding of their findings."""
    pairs = [
        (library.items[id].record.evidence[place], second)  # type: ignore[attr-defined]
        for id, codings in library.second_coding.items()
        for place, second in codings.items()
    ]
    return [_on_field(name, [(str(one), str(two)) for one, two in _values(pairs, name) if None not in (one, two)]) for name in CODED]


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


def _values(pairs: Iterable[tuple[EvidenceItem, SecondCoding]], name: str) -> Iterator[tuple[Any, Any]]:
    return ((getattr(one, name), getattr(two, name)) for one, two in pairs)


def _on_field(name: str, pairs: list[tuple[str, str]]) -> Agreement:
    apart = Counter((one, other) for one, other in pairs if one != other)
    return Agreement(name, len(pairs), sum(one == other for one, other in pairs), kappa(pairs), tuple(apart.most_common()))
