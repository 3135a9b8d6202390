"""How well a study was done: the questions that are asked of it, and why most studies have not been asked them.

The questions are those of the Mixed Methods Appraisal Tool, version 2018 (Hong et al.), in our words. They can be answered only by
somebody who has read how a study was done, so what keeps a study from being appraised follows from how we know the work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from waymark.bibliography import READ_IN_FULL, VIA, Entry
from waymark.citations import Citation, find_citations
from waymark.fields import EvidenceItem

REVIEW = "systematic review"
STUDIES = ("monitoring data", "process study", "outcome study", REVIEW)
"""Kinds of source that can be done well or badly as a study. An account or a description is not appraised, and need not be."""
ASKED: Mapping[str, tuple[str, str, str, str, str]] = {
    "qualitative": (
        "Does a qualitative approach suit what was asked?",
        "Were the data collected in a way that can answer it?",
        "Do the findings follow from the data?",
        "Do data, such as quotations, bear out how they were read?",
        "Do sources, collection, analysis and reading of the data fit together?",
    ),
    "randomised": (
        "Was it left to chance in a sound way who took part?",
        "Were the groups alike at the start?",
        "Are the results of nearly everybody there?",
        "Did those who measured not know who had taken part?",
        "Did people take part as they had been assigned?",
    ),
    "not randomised": (
        "Do the people in the study stand for those whom it is about?",
        "Do the measures suit the outcome and the programme?",
        "Are the results of nearly everybody there?",
        "Were other causes taken into account?",
        "Was the programme carried out as intended?",
    ),
    "descriptive": (
        "Does the way in which people were chosen suit what was asked?",
        "Do the people in the study stand for those whom it is about?",
        "Do the measures suit what was asked?",
        "Is it unlikely that those who did not answer would change the result?",
        "Does the statistical analysis suit what was asked?",
    ),
}
"""What the tool asks, by the category of a study."""
CATEGORIES: Mapping[str, str] = {
    "qualitative": "qualitative",
    "descriptive": "descriptive",
    "before and after": "not randomised",
    "after only, compared": "not randomised",
    "adjusted comparison": "not randomised",
    "time series, compared": "not randomised",
    "randomised": "randomised",
}
"""For each design that can be appraised its category in the tool."""
FAILED = 2
"""Answers “no” from which a study counts as not done well enough for its direction to be shown."""

NOT_APPRAISED: Mapping[str, str] = {
    "review": "it is a review, and the questions are made for single studies",
    "via": "the work is known only through another one",
    "abstract": "only the abstract was read",
    "summary": "only a summary was read",
    "web page": "only a web page was read",
    "part": "only a part of the work was read",
    "design": "the design of the study is not known",
    "nobody": "the work was read, and nobody has appraised it yet",
}
"""What keeps a study from being appraised, the first reason first."""
_READ = (("abstract", "abstract"), ("summary", "summary"), ("web page", "web page"), ("press release", "web page"))


class Answer(NamedTuple):
    """An answer to a question of the tool."""

    question: str
    answer: str
    reason: str


def is_study(item: EvidenceItem) -> bool:
    """True if a finding comes from something that can be done well or badly as a study."""
    return item.kind in STUDIES


def answers_of(item: EvidenceItem) -> tuple[Answer, ...]:
    """The appraisal of a study, question by question; nothing if there is none."""
    asked = ASKED[CATEGORIES.get(item.design or "", "descriptive")]
    said = (each.partition(", ") for each in item.appraisal or ())
    return tuple(Answer(question, answer, reason) for question, (answer, _, reason) in zip(asked, said, strict=False))


def has_failed(item: EvidenceItem) -> bool:
    """True if two or more questions were answered with “no”."""
    return sum(each.answer == "no" for each in answers_of(item)) >= FAILED


def why_not(item: EvidenceItem, bibliography: Mapping[str, Entry]) -> str:
    """What keeps a study from being appraised, as a key of `NOT_APPRAISED`; empty if it was, or is no study.

    It follows from how we know the work that is cited first: how a study was done can be judged only by somebody who has read it.
    """
    if item.appraisal is not None or not is_study(item):
        return ""
    if item.kind == REVIEW:
        return "review"
    citation = next((each for group in find_citations(item.source)[0] for each in group.citations), None)
    if citation is None:
        return "nobody"
    known = bibliography[citation.key].known if citation.key in bibliography else ""
    if citation.via or known == VIA:
        return "via"
    if known == READ_IN_FULL:
        return "nobody" if item.design in CATEGORIES else "design"
    return _what_was_read(citation)


def counted(items: Iterable[EvidenceItem], bibliography: Mapping[str, Entry]) -> dict[str, int]:
    """How many studies among coded findings were appraised, under an empty key, and what kept the others from it, in the order of `NOT_APPRAISED`."""
    found = Counter(why_not(item, bibliography) for item in items if is_study(item))
    return {reason: found[reason] for reason in ("", *NOT_APPRAISED)}


def _what_was_read(citation: Citation) -> str:
    place = citation.locator.casefold()
    return next((reason for words, reason in _READ if words in place), "part")
