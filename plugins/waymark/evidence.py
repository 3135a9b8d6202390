"""What may be said of a record from its coded findings: the evidence profile, computed and never typed in.

Six questions are kept apart, and there is no total. For each the rules below give a stage, what that stage allows to be
said (`stages`), and reasons to be careful (`cautions`). The tables there and here are the rules; the method page prints
them. They put together the questions of EMMIE (Johnson, Tilley & Bowers 2015), the fitness of a design for a question
(Gough 2007), the reasons that GRADE asks for; `confidence` has those for findings across programmes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from waymark.appraisal import NOT_APPRAISED, REVIEW, has_failed, why_not
from waymark.bibliography import Entry
from waymark.cautions import CAUTIONS, Basis, Caution
from waymark.citations import keys_in
from waymark.fields import EvidenceItem, SecondCoding
from waymark.library import Item, Library
from waymark.recoded import as_second, differences, is_coded_twice
from waymark.stages import EFFECT, QUESTIONS, REOFFENDING, SAYS, WORDS, Stage, stage_of

PROFILED = ("programme", "practice", "tool")
"""Kinds whose coded findings are put together, question by question."""
CHANGING = ("programme", "practice")
"""Kinds of which a reader asks whether they change anything. Of a tool one asks how well it tells people apart."""
_NO_CODINGS: Mapping[int, SecondCoding] = MappingProxyType({})

UNCERTAIN = "compared, result uncertain"
DIRECTIONS = {
    "favours": "in the hoped-for direction", "mixed": "mixed", "no difference": "no difference", "unfavourable": "in the wrong direction",
}  # fmt: skip

HEADLINES: Mapping[Stage, str] = {
    Stage.COMPARED: "",
    Stage.MEASURED: "not known. Reoffending was measured, but no study we found compared people who took part with people who did not.",
    Stage.EXPERIENCE: "not known. Figures or accounts exist, but no study we found was built to test whether people who took part reoffend less.",
    Stage.NOTHING: "not known. No study we found has measured reoffending among people who took part and among people who did not.",
}
"""The top line, by the stage that findings on reoffending reach or pass, highest first; empty where it is what may be said."""
ELSEWHERE = (
    "not known. A comparison was made, but not of what this page describes. What was studied: {studied} "
    "Missing: a comparison of people who took part here with similar people who did not."
)
"""The top line where every compared finding differs from what the page describes."""
HIDDEN = (
    "not known for sure. People who took part were compared with others, but the result is uncertain: {why}. "
    "Missing: a comparison with similar people that {missing}."
)
"""The top line where a caution hides the direction of a comparison."""


class Detail(NamedTuple):
    """More about a caution: a sentence, and the places of the findings it is about."""

    words: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """One question: its stage, what may be said, and why."""

    question: str
    stage: Stage
    says: str
    carriers: tuple[int, ...] = ()
    """Places of the findings that reach the stage, in the list of the record."""
    items: tuple[int, ...] = ()
    """Places of all findings on the question."""
    works: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    """First and last year of the works behind the stage; None if no year is known."""
    cautions: tuple[Caution, ...] = ()
    hidden_by: tuple[Caution, ...] = ()
    """Cautions that keep a direction from being shown."""
    details: Mapping[str, tuple[Detail, ...]] = field(default_factory=dict)
    """By the name of a caution what more there is to say."""
    twice: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Places of the carriers that two people coded, with the names of the fields on which they differ."""

    @property
    def word(self) -> str:
        """The stage in a word or two."""
        return WORDS[self.stage][0]


@dataclass(frozen=True, slots=True)
class Profile:
    """The profile of a record."""

    assessments: tuple[Assessment, ...]
    """One for each question, in the order of `QUESTIONS`."""
    reoffending: Assessment
    """The question on outcomes, with the findings on reoffending alone."""
    headline: str
    """What is known of reoffending, and if nothing: which study is missing."""
    label: str
    """For lists: outcomes, and the best-answered other question. Never one word alone."""


def profile_of(record: Any, bibliography: Mapping[str, Entry], codings: Mapping[int, SecondCoding] = _NO_CODINGS) -> Profile:
    """The profile of a record from its `evidence`.

    Args:
        record: A record with coded findings; it may have none.
        bibliography: The works, for their years and for how we know them.
        codings: What a second coder wrote of its findings, by their place.
    """
    numbered = list(enumerate(record.evidence))
    context = (bibliography, record.checked.on.year, has_ended(record), codings)
    assessments = tuple(assess(name, [each for each in numbered if each[1].question == name], *context) for name in QUESTIONS)
    reoffending = assess("outcomes", [each for each in numbered if each[1].question == "outcomes" and each[1].outcome in REOFFENDING], *context)
    return Profile(assessments, reoffending, _headline(reoffending, [record.evidence[number] for number in reoffending.carriers]), _label(assessments))


def profile_in(library: Library, item: Item) -> Profile:
    """The profile of a record in its library, with the works and the second codings that the library knows."""
    return profile_of(item.record, library.bibliography, library.codings_of(item.id))


def profile_if_any(library: Library, item: Item) -> Profile | None:
    """The same; None without coded findings, and for kinds that have no profile."""
    return profile_in(library, item) if item.kind.name in PROFILED and item.record.evidence else None  # type: ignore[attr-defined]


def has_ended(record: Any) -> bool:
    """True if what a record describes no longer runs."""
    return getattr(record, "status", None) in ("ended", "replaced")


def assess(
    question: str,
    numbered: Sequence[tuple[int, EvidenceItem]],
    bibliography: Mapping[str, Entry],
    as_of: int,
    has_ended: bool,
    codings: Mapping[int, SecondCoding] = _NO_CODINGS,
) -> Assessment:
    """The stage of one question with what it allows to be said.

    Args:
        question: One of `QUESTIONS`.
        numbered: The findings on it, each with its place in the list of the record.
        bibliography: The works, for their years and for how we know them.
        as_of: The year in which the record was last checked.
        has_ended: True if what the record describes no longer runs.
        codings: What a second coder wrote of the findings, by their place.
    """
    if not numbered:
        return Assessment(question, Stage.NOTHING, SAYS[question][Stage.NOTHING])
    stage, carriers = _stage(question, numbered)
    items = [item for _, item in numbered]
    works = dict.fromkeys(key for item in carriers.values() for key in keys_in(item.source))
    years = sorted(year for key in works if (year := _year(bibliography.get(key))))
    once = tuple(place for place, item in carriers.items() if not is_coded_twice(item, codings.get(place)))
    otherwise, other_stage = _otherwise(question, numbered, stage, carriers, codings)
    basis = Basis(stage, question, tuple(carriers.values()), items, frozenset(works), years, as_of, has_ended, once, otherwise)
    cautions = tuple(each for each in CAUTIONS if stage >= each.since and each.is_due(basis))
    hidden_by = tuple(each for each in cautions if each.hides) if stage >= Stage.COMPARED else ()
    details = {
        "not appraised": _why_not_appraised(carriers, bibliography),
        "checks failed": (Detail("", tuple(place for place, item in carriers.items() if has_failed(item))),),
        "coded once": (Detail("", once),) if len(once) < len(carriers) else (),
        "codings differ": (Detail(f"It would be “{WORDS[other_stage][0]}”" if other_stage is not stage else "", otherwise),),
    }
    return Assessment(
        question, stage, _says(question, stage, basis.carriers, hidden_by), tuple(carriers), tuple(number for number, _ in numbered), tuple(works),
        (years[0], years[-1]) if years else None, cautions, hidden_by, {each.name: details[each.name] for each in cautions if details.get(each.name)},
        {
            place: tuple(each.field for each in differences(item, codings[place])) if place in codings else ()
            for place, item in carriers.items() if place not in once
        },
    )  # fmt: skip


def _stage(question: str, numbered: Iterable[tuple[int, EvidenceItem]]) -> tuple[Stage, dict[int, EvidenceItem]]:
    """The stage of a question, and the findings that reach it by their place."""
    found = [(place, item, stage_of(item)) for place, item in numbered]
    compared = sum(stage is Stage.COMPARED for _, _, stage in found)
    has_review = any(item.kind == REVIEW and item.direction not in (None, "not measured") for _, item, _ in found)
    if question in EFFECT and compared >= 2 and has_review:
        return Stage.SYNTHESISED, {place: item for place, item, stage in found if stage is Stage.COMPARED or item.kind == REVIEW}
    highest = max(stage for _, _, stage in found)
    return highest, {place: item for place, item, stage in found if stage is highest}


def _otherwise(
    question: str, numbered: Sequence[tuple[int, EvidenceItem]], stage: Stage, carriers: Mapping[int, EvidenceItem], codings: Mapping[int, SecondCoding]
) -> tuple[tuple[int, ...], Stage]:
    """Places of the findings whose second coding makes another stage, or another direction of a comparison; and the stage it makes."""
    if not any(place in codings for place, _ in numbered):
        return (), stage
    second = [(place, as_second(item, codings.get(place))) for place, item in numbered]
    other_stage, other_carriers = _stage(question, second)
    if other_stage is not stage:
        first = dict(numbered)
        return tuple(place for place, item in second if stage_of(item) is not stage_of(first[place])), other_stage
    if stage < Stage.COMPARED:
        return (), stage
    both = carriers.keys() & other_carriers.keys()
    return tuple(sorted(place for place in both if carriers[place].direction != other_carriers[place].direction)), stage


def _why_not_appraised(carriers: Mapping[int, EvidenceItem], bibliography: Mapping[str, Entry]) -> tuple[Detail, ...]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, item in carriers.items():
        if reason := why_not(item, bibliography):
            places[NOT_APPRAISED[reason]].append(place)
    return tuple(Detail(f"{words[:1].upper()}{words[1:]}", tuple(found)) for words, found in places.items())


def _says(question: str, stage: Stage, carriers: Sequence[EvidenceItem], hidden_by: Sequence[Caution]) -> str:
    if stage < Stage.COMPARED:
        return SAYS[question][stage]
    if hidden_by:
        return UNCERTAIN
    directions = {each.direction for each in carriers}
    only = DIRECTIONS[str(directions.pop())] if len(directions) == 1 else DIRECTIONS["mixed"]
    return f"{WORDS[stage][0]}: {only}"


def _headline(found: Assessment, carriers: Sequence[EvidenceItem]) -> str:
    if found.stage >= Stage.COMPARED and all(each.differs for each in carriers):
        words = ELSEWHERE.format(studied=" ".join(sorted({f"{each.differs}".rstrip(".") + "." for each in carriers})))
    elif found.hidden_by:
        why, missing = zip(*(each.hides for each in found.hidden_by if each.hides), strict=True)
        words = HIDDEN.format(why="; ".join(why), missing=" and ".join(missing))
    else:
        words = next(words for stage, words in HEADLINES.items() if found.stage >= stage) or f"{found.says}."
    return f"Effect on reoffending: {words}"


def _label(assessments: Sequence[Assessment]) -> str:
    outcomes, *others = assessments
    best = max(others, key=lambda each: each.stage)  # the first of equals, in the order of the questions
    second = f"{best.question.capitalize()}: {best.word}" if best.stage else "Other questions: nothing coded"
    return f"Outcomes: {outcomes.says} · {second}"


def _year(entry: Entry | None) -> int | None:
    words = (entry["date"] or entry["year"])[:4] if entry else ""
    return int(words) if words.isdigit() else None
