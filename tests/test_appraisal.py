"""What is asked of a study, and what keeps it from being appraised."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest

from site_fixtures import soup_of, words_of
from waymark.appraisal import ASKED, CATEGORIES, NOT_APPRAISED, STUDIES, answers_of, counted, has_failed, is_study, why_not
from waymark.bibliography import Entry
from waymark.fields import EvidenceItem
from waymark.library import Library
from waymark.problems import Location
from waymark.render import Renderer

WORKS = {
    key: Entry(key, "report", {"title": key, "known": known}, Location("references.bib"))
    for key, known in (("full", "read in full"), ("part", "read in part"), ("third", "via another work"))
}


def finding(source: str = "[@part, abstract]", **changes: Any) -> EvidenceItem:
    said = {"source": source, "question": "outcomes", "kind": "outcome study", "design": "before and after", "finding": "x [@part, abstract]"}
    return EvidenceItem.model_validate({**said, **changes})


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (finding(), "abstract"),
        (finding("[@part, Abstract]"), "abstract"),
        (finding("[@part, Executive summary]"), "summary"),
        (finding("[@part, web page]"), "web page"),
        (finding("[@part, p. 4]"), "part"),
        (finding("[@part, sec. Overview]"), "part"),
        (finding("[@third, p. 4, via @full, p. 5]"), "via"),
        (finding("[@third, p. 4]"), "via"),
        (finding("[@part, web page; @full, p. 3]"), "web page"),
        (finding("[@full, p. 4]"), "nobody"),
        (finding("[@full, p. 4]", design="not reported"), "design"),
        (finding("[@full, p. 4]", design=None), "design"),
        (finding("[@full, p. 4]", kind="systematic review"), "review"),
        (finding("[@nobody, p. 4]"), "part"),
        (finding(kind="practitioner account"), ""),
        (finding(kind="guideline"), ""),
        (finding(appraisal=("yes, a",) * 5), ""),
    ],
)
def test_why_not(item: EvidenceItem, expected: str) -> None:
    """It follows from what is cited first and from how we know that work; nobody types it in."""
    assert why_not(item, WORKS) == expected
    assert expected in ("", *NOT_APPRAISED)


def test_every_kind_and_design_is_sorted() -> None:
    kinds = set(get_args(EvidenceItem.model_fields["kind"].annotation))
    assert set(STUDIES) <= kinds
    assert {kind for kind in kinds if is_study(finding(kind=kind))} == set(STUDIES)
    designs = {value for literal in get_args(EvidenceItem.model_fields["design"].annotation) for value in get_args(literal)}
    assert designs - set(CATEGORIES) == {"none", "not reported"}
    assert set(CATEGORIES.values()) == set(ASKED)


def test_answers_go_with_the_questions_for_the_design() -> None:
    said = ("yes, at once", "no, it says little, and late", "cannot tell, no word", "yes, a", "no, b")
    for design, category in CATEGORIES.items():
        found = answers_of(finding(design=design, appraisal=said))
        assert [each.question for each in found] == list(ASKED[category])
        assert [(each.answer, each.reason) for each in found[:3]] == [("yes", "at once"), ("no", "it says little, and late"), ("cannot tell", "no word")]
    assert answers_of(finding()) == ()


@pytest.mark.parametrize(("noes", "expected"), [(0, False), (1, False), (2, True), (5, True)])
def test_two_noes_fail(noes: int, expected: bool) -> None:
    assert has_failed(finding(appraisal=("no, a",) * noes + ("yes, b",) * (5 - noes))) is expected


def test_counted() -> None:
    items = [finding(), finding(), finding("[@full, p. 1]"), finding(kind="theory"), finding(appraisal=("yes, a",) * 5)]
    assert {reason: number for reason, number in counted(items, WORKS).items() if number} == {"": 1, "abstract": 2, "nobody": 1}


def test_the_method_page_counts_them(real_library: Library) -> None:
    soup = soup_of(Renderer(real_library).insets("[[appraisal]]", "../", "method")[0][0].html)
    asked, missing = soup.select("table")
    assert [words_of(head).lower() for head in asked.select("thead th")] == list(ASKED)
    assert words_of(asked.select("tbody td")[0]) == f"1. {ASKED['qualitative'][0]}"
    found = counted((each for item in real_library.items.values() for each in getattr(item.record, "evidence", ())), real_library.bibliography)
    shown = {words_of(row.select("th")[0]).lower(): int(words_of(row.select("td")[0])) for row in missing.select("tbody tr")}
    assert shown == {NOT_APPRAISED[reason]: number for reason, number in found.items() if reason and number}


def test_the_page_of_a_record_says_why(toy_library: Library) -> None:
    """A study that was not appraised says what keeps it from that; one that was shows each answer with its reason; a description says nothing."""
    item = toy_library.items["open-door"]
    said = ("yes, all were asked [@roe2010lamp, p. 3]", *("cannot tell, no word of it [@roe2010lamp, p. 3]",) * 4)
    study, description = item.record.evidence  # type: ignore[attr-defined]
    for appraisal, expected in ((None, "no: only a part of the work was read"), (said, f"{ASKED['not randomised'][0]} Yes: all were asked (Roe")):
        record = item.record.model_copy(update={"evidence": (study.model_copy(update={"appraisal": appraisal}), description)})
        library = replace(toy_library, items={**toy_library.items, item.id: replace(item, record=record)})
        soup = soup_of(Renderer(library).record(library.items[item.id]).html)
        said_of = [{words_of(term): words_of(term.find_next("dd")) for term in row.select("dt")} for row in soup.select(".wm-evidence tbody tr")]
        assert said_of[0]["Appraised"].startswith(expected)
        assert "Appraised" not in said_of[1]
