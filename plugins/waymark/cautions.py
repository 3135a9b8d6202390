"""Reasons to be careful with what is coded on a question, each with the rule that decides when it is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from waymark.appraisal import REVIEW, has_failed, is_study
from waymark.fields import EvidenceItem
from waymark.stages import REOFFENDING, Stage

MANY, LONG, RECENT = 30, 12, 10
"""People, months and years below or above which a caution is due."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a caution looks at."""

    stage: Stage
    question: str
    carriers: Sequence[EvidenceItem]
    """The findings that reach the stage."""
    items: Sequence[EvidenceItem]
    """All findings on the question."""
    works: frozenset[str]
    """Keys of the works behind the carriers."""
    years: Sequence[int]
    """Years of these works, where known."""
    as_of: int
    """The year in which the record was last checked."""
    has_ended: bool
    coded_once: Sequence[int] = ()
    """Places of the carriers that only one person has coded from the source."""
    otherwise: Sequence[int] = ()
    """Places of the findings of which a second coding would change the stage, or the direction of a comparison."""


class Doubt(NamedTuple):
    """Why the result of a comparison is uncertain, and what the study that is missing does."""

    why: str
    missing: str


@dataclass(frozen=True, slots=True)
class Caution:
    """A reason to be careful, with the rule that decides when it is due."""

    name: str
    sentence: str
    is_due: Callable[[Basis], bool] = field(compare=False, repr=False)
    since: Stage = Stage.DESCRIBED
    """The lowest stage at which it can be due: a description names no participants, and that is no weakness of it."""
    hides: Doubt | None = None
    """Set if a comparison does not show its direction while this is due: what the top line then says."""


def _disagree(basis: Basis) -> bool:
    directions = {item.direction for item in basis.items}
    return any(item.relation == "disputes" for item in basis.items) or ("favours" in directions and bool(directions & {"unfavourable", "no difference"}))


CAUTIONS: tuple[Caution, ...] = (
    Caution("single source", "Only one work stands behind it.", lambda b: len(b.works) == 1 and not any(each.kind == REVIEW for each in b.items)),
    Caution(
        "developer only",
        "Only the people who made it have looked.",
        lambda b: all(each.independence == "developer" for each in b.carriers),
        hides=Doubt("only the people who made it have looked", "is done by others"),
    ),
    Caution(
        "few people, or number not known",
        f"It rests on fewer than {MANY} people, or the number is not reported.",
        lambda b: max((each.participants for each in b.carriers if isinstance(each.participants, int)), default=0) < MANY,
        since=Stage.STUDIED,
    ),
    Caution(
        "self-report only",
        "People said it of themselves; nothing else was measured.",
        lambda b: all(each.measure == "self report" for each in b.carriers),
        since=Stage.STUDIED,
    ),
    Caution(
        "reoffending not measured",
        "Something else was looked at, such as attitudes or well-being.",
        lambda b: b.question == "outcomes" and not any(each.outcome in REOFFENDING for each in b.carriers),
        since=Stage.STUDIED,
    ),
    Caution(
        "short or no follow-up",
        f"Nobody looked again after {LONG} months or more, or the time is not reported.",
        lambda b: max((each.follow_up_months for each in b.carriers if isinstance(each.follow_up_months, int)), default=0) < LONG,
        since=Stage.MEASURED,
    ),
    Caution(
        "not open to readers",
        "The source is unpublished, or only its summary can be read.",
        lambda b: all(each.availability in ("unpublished", "summary only") for each in b.carriers),
    ),
    Caution("version or setting differs", "What was studied is not quite what this page describes.", lambda b: any(each.differs for each in b.carriers)),
    Caution("old", f"Every source is more than {RECENT} years old.", lambda b: bool(b.years) and max(b.years) < b.as_of - RECENT),
    Caution(
        "sources disagree",
        "Findings point in different directions, or one disputes another.",
        _disagree,
        hides=Doubt("findings point in different directions, or one disputes another", "settles where findings disagree"),
    ),
    Caution(
        "not appraised",
        "We have not checked how well the study was done.",
        lambda b: any(is_study(each) and each.appraisal is None for each in b.carriers),
        since=Stage.STUDIED,
        hides=Doubt("we have not checked how well the study was done", "was read in full and checked for how well it was done"),
    ),
    Caution(
        "checks failed",
        "The study was checked for how well it was done, and two or more answers were “no”.",
        lambda b: any(map(has_failed, b.carriers)),
        since=Stage.STUDIED,
        hides=Doubt("the study failed two or more checks of how well it was done", "stands up to these checks"),
    ),
    Caution("has ended", "What was looked at no longer runs.", lambda b: b.has_ended),
    Caution("coded once", "Only one person has coded a finding that counts here.", lambda b: bool(b.coded_once)),
    Caution(
        "codings differ",
        "Two people coded a finding on this question, and with the second coding another stage or direction would stand here.",
        lambda b: bool(b.otherwise),
        hides=Doubt("two people who coded the findings read them differently", "is described so that two readers read it alike"),
    ),
)
"""Every caution in the order in which it is shown. They never add up to a number."""
