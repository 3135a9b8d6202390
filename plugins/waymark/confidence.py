"""How sure one can be of a finding across programmes: after the four components of GRADE-CERQual (Lewin et al. 2018), as plain arithmetic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import get_args

from waymark.citations import Stance
from waymark.fields import EvidenceItem, Level

CONFIDENCE = ("high", "moderate", "low", "very low")
"""Confidence in a finding across programmes, from the most to the least."""
_STEPS = {"serious": 1, "very serious": 2}


def confidence(levels: Iterable[Level]) -> str:
    """Confidence in a finding across programmes, from how serious the concerns about its four components are.

    From *high* one step down for each serious concern and two for each very serious one. This is our simplification:
    GRADE-CERQual itself is a reasoned judgement and no arithmetic.
    """
    return CONFIDENCE[min(sum(_STEPS.get(each, 0) for each in levels), len(CONFIDENCE) - 1)]


def stances_of(items: Iterable[EvidenceItem]) -> Mapping[Stance, int]:
    """How many findings support, qualify and dispute what a record says, in this order; those that do not say it are not counted."""
    counted = Counter(each.relation for each in items)
    return {stance: counted[stance] for stance in get_args(Stance)}
