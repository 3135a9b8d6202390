"""How far a question has been looked into, and what that allows to be said: the first tables of the rules of the evidence profile."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import get_args

from waymark.appraisal import REVIEW
from waymark.fields import EvidenceItem, Question

QUESTIONS: tuple[Question, ...] = get_args(Question)
EFFECT: frozenset[str] = frozenset({"outcomes", "harm"})
"""Questions about what changed. Only here can a design tell more than that something was studied."""
REOFFENDING = ("terrorism reoffending", "general reoffending")


class Stage(IntEnum):
    """How far a question has been looked into. It counts kinds of sources and does not say how good they are."""

    NOTHING = 0
    DESCRIBED = 1
    EXPERIENCE = 2
    STUDIED = 3
    MEASURED = 4
    COMPARED = 5
    SYNTHESISED = 6


WORDS: Mapping[Stage, tuple[str, str]] = {
    Stage.NOTHING: ("nothing coded", "No finding on the question is coded."),
    Stage.DESCRIBED: ("described", "A self description, an official description, a guideline or a theory."),
    Stage.EXPERIENCE: ("experience", "An account of practitioners or of participants, or a peer review."),
    Stage.STUDIED: ("studied", "A process study, monitoring data, or any other study; for outcomes and harm one that did not measure them."),
    Stage.MEASURED: ("measured, not compared", "Only for outcomes and harm: a study that measured before and after, or afterwards alone."),
    Stage.COMPARED: ("compared", "Only for outcomes and harm: a study that compared people who took part with others."),
    Stage.SYNTHESISED: ("synthesised", "Only for outcomes and harm: a systematic review, and at least two coded findings of compared studies."),
}
"""Each stage in a word or two, and what puts a question there."""

_EFFECT_SAYS: tuple[str, ...] = (
    "unknown",
    "unknown",
    "unknown; experience reported",
    "unknown; the studies did not test this",
    "something was measured; the cause is unknown",
)
_EFFECT_SAYS += ("compared; a direction may be shown", "synthesised; a direction may be shown")
SAYS: Mapping[str, tuple[str, ...]] = {
    "outcomes": _EFFECT_SAYS,
    "mechanism": ("unknown", "stated, untested", "plausible to those who took part or worked there", "examined"),
    "context": ("unknown", "stated", "reported", "examined"),
    "delivery": ("unknown", "stated", "reported", "examined"),
    "resources": ("unknown", "stated", "reported", "examined"),
    "harm": ("not looked for", "unknown", "experience reported; read the finding", "examined, not measured", *_EFFECT_SAYS[4:]),
}
"""What each stage allows to be said on each question, by the number of the stage."""

_SAID = frozenset({"self description", "official description", "guideline", "theory"})
_LIVED = frozenset({"practitioner account", "participant account", "peer review"})
_COMPARED = frozenset({"after only, compared", "adjusted comparison", "time series, compared", "randomised"})


def stage_of(item: EvidenceItem) -> Stage:
    """The stage that one finding reaches by itself; a review is lifted only beside compared studies, see `assess`."""
    if item.kind in _SAID:
        return Stage.DESCRIBED
    if item.kind in _LIVED:
        return Stage.EXPERIENCE
    has_measured = item.question in EFFECT and item.direction not in (None, "not measured")
    if not has_measured or item.kind in (REVIEW, "monitoring data"):
        return Stage.STUDIED
    if item.design in _COMPARED:
        return Stage.COMPARED
    return Stage.MEASURED if item.kind == "outcome study" or item.design == "before and after" else Stage.STUDIED
