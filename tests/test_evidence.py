"""The rules of the evidence profile, each with its boundary."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.bibliography import Entry
from waymark.cautions import CAUTIONS
from waymark.evidence import UNCERTAIN, Assessment, Detail, Profile, assess, profile_in, profile_of
from waymark.fields import EvidenceItem, SecondCoding
from waymark.library import Library
from waymark.problems import Location
from waymark.stages import EFFECT, QUESTIONS, SAYS, WORDS, Stage, stage_of

WORKS = {
    key: Entry(key, "report", {"title": key, "year": year}, Location("references.bib")) for key, year in (("one", "2024"), ("two", "2019"), ("old", "2015"))
}
SOLID: dict[str, Any] = {
    "source": "[@one, p. 1; @two, p. 2]", "question": "outcomes", "kind": "outcome study", "finding": "x [@one, p. 1]", "design": "adjusted comparison",
    "independence": "independent", "participants": 30, "outcome": "terrorism reoffending", "measure": "administrative", "direction": "favours",
    "follow_up_months": 12,
    "availability": "open", "relation": "supports",
    "appraisal": ("yes, a", "yes, b", "yes, c", "yes, d", "no, e"), "coded_by": "A", "checked_by": "B",
}  # fmt: skip
"""A finding without any caution; each test spoils one thing of it."""


def finding(**changes: Any) -> EvidenceItem:
    return EvidenceItem.model_validate({**SOLID, **changes})


def assessed(*items: EvidenceItem, question: str = "outcomes", has_ended: bool = False, codings: dict[int, SecondCoding] | None = None) -> Assessment:
    return assess(question, list(enumerate(items)), WORKS, 2026, has_ended, codings or {})


def profile(*items: EvidenceItem, status: str = "running") -> Profile:
    return profile_of(SimpleNamespace(evidence=items, checked=SimpleNamespace(on=date(2026, 11, 1)), status=status), WORKS)


def names(found: Assessment) -> list[str]:
    return [caution.name for caution in found.cautions]


# Rule 1: the stage ---------------------------------------------------------------------------------


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("self description", Stage.DESCRIBED),
        ("official description", Stage.DESCRIBED),
        ("guideline", Stage.DESCRIBED),
        ("theory", Stage.DESCRIBED),
        ("practitioner account", Stage.EXPERIENCE),
        ("participant account", Stage.EXPERIENCE),
        ("peer review", Stage.EXPERIENCE),
        ("monitoring data", Stage.STUDIED),
        ("systematic review", Stage.STUDIED),
    ],
)
def test_stage_by_kind(question: str, kind: str, expected: Stage) -> None:
    """Whatever the design says: a description stays a description, also of a randomised trial."""
    assert stage_of(finding(question=question, kind=kind)) is expected
    assert stage_of(finding(question=question, kind=kind, design="randomised")) is expected


@pytest.mark.parametrize(
    ("kind", "design", "direction", "on_effect"),
    [
        ("outcome study", "randomised", "favours", Stage.COMPARED),
        ("outcome study", "after only, compared", "no difference", Stage.COMPARED),
        ("process study", "time series, compared", "mixed", Stage.COMPARED),
        ("outcome study", "before and after", "favours", Stage.MEASURED),
        ("process study", "before and after", "favours", Stage.MEASURED),
        ("outcome study", None, "unfavourable", Stage.MEASURED),
        ("process study", "descriptive", "favours", Stage.STUDIED),
        ("outcome study", "randomised", "not measured", Stage.STUDIED),
        ("outcome study", "randomised", None, Stage.STUDIED),
    ],
)
def test_stage_of_a_study(kind: str, design: str | None, direction: str | None, on_effect: Stage) -> None:
    """A design counts only for what changed, and only where that was measured."""
    for question in QUESTIONS:
        assert stage_of(finding(question=question, kind=kind, design=design, direction=direction)) is (on_effect if question in EFFECT else Stage.STUDIED)


def test_the_highest_stage_counts() -> None:
    found = assessed(finding(kind="theory"), finding(kind="peer review"), finding(kind="self description"))
    assert (found.stage, found.carriers, found.items) == (Stage.EXPERIENCE, (1,), (0, 1, 2))


@pytest.mark.parametrize(("compared", "expected"), [(0, Stage.STUDIED), (1, Stage.COMPARED), (2, Stage.SYNTHESISED)])
def test_a_review_synthesises_two_comparisons(compared: int, expected: Stage) -> None:
    found = assessed(finding(kind="systematic review"), *[finding() for _ in range(compared)])
    assert found.stage is expected
    assert assessed(finding(kind="systematic review", direction="not measured"), *[finding() for _ in range(compared)]).stage is not Stage.SYNTHESISED


def test_nothing_found() -> None:
    for question in QUESTIONS:
        found = assess(question, [], WORKS, 2026, True)
        assert (found.stage, found.says, found.cautions) == (Stage.NOTHING, "not looked for" if question == "harm" else "unknown", ())


# Rule 2: what may be said --------------------------------------------------------------------------


def test_every_stage_has_its_words() -> None:
    assert set(WORDS) == set(Stage)
    assert set(SAYS) == set(QUESTIONS)
    for question in QUESTIONS:
        assert len(SAYS[question]) == (7 if question in EFFECT else 4)


def test_below_a_comparison_outcomes_are_unknown() -> None:
    """Experience of any length is not an effect."""
    for kind in ("self description", "peer review", "process study"):
        assert assessed(finding(kind=kind, design="qualitative")).says.startswith("unknown")
    assert "cause is unknown" in assessed(finding(design="before and after")).says


# Rule 3: cautions and what they hide ---------------------------------------------------------------


def test_a_solid_finding_has_no_caution() -> None:
    found = assessed(finding())
    assert names(found) == []
    assert found.says == "compared: in the hoped-for direction"
    assert (found.works, found.years) == (("one", "two"), (2019, 2024))


@pytest.mark.parametrize(
    ("caution", "spoilt", "boundary"),
    [
        ("single source", {"source": "[@one, p. 1]"}, {"source": "[@one, p. 1; @two, p. 1]"}),
        ("developer only", {"independence": "developer"}, {"independence": "commissioner or in-house"}),
        ("few people, or number not known", {"participants": 29}, {"participants": 30}),
        ("few people, or number not known", {"participants": "not reported"}, {"participants": 30}),
        ("self-report only", {"measure": "self report"}, {"measure": "validated scale"}),
        ("reoffending not measured", {"outcome": "attitudes"}, {"outcome": "general reoffending"}),
        ("short or no follow-up", {"follow_up_months": 11}, {"follow_up_months": 12}),
        ("short or no follow-up", {"follow_up_months": "none"}, {"follow_up_months": 12}),
        ("short or no follow-up", {"follow_up_months": "not reported"}, {"follow_up_months": 12}),
        ("not open to readers", {"availability": "summary only"}, {"availability": "paywalled"}),
        ("version or setting differs", {"differs": "The pilot"}, {"differs": None}),
        ("old", {"source": "[@old, p. 1; @older, p. 2]"}, {"source": "[@old, p. 1; @two, p. 1]"}),
        ("sources disagree", {"relation": "disputes"}, {"relation": "qualifies"}),
        ("not appraised", {"appraisal": None}, {"appraisal": ("yes, a",) * 5}),
        ("checks failed", {"appraisal": (*("yes, a",) * 3, "no, b", "no, c")}, {"appraisal": (*("yes, a",) * 2, *("cannot tell, b",) * 2, "no, c")}),
        ("coded once", {"checked_by": None}, {"checked_by": "B"}),
    ],
)
def test_caution(caution: str, spoilt: dict[str, Any], boundary: dict[str, Any]) -> None:
    """One thing spoilt brings its caution and no other; just at the boundary there is none."""
    assert names(assessed(finding(**spoilt))) == [caution]
    assert names(assessed(finding(**boundary))) == []


def test_a_programme_that_has_ended() -> None:
    assert names(profile(finding(), status="ended").assessments[0]) == ["has ended"]
    assert names(profile(finding(), status="replaced").assessments[0]) == ["has ended"]
    assert names(profile(finding(), status="running").assessments[0]) == []


@pytest.mark.parametrize(
    ("other", "disagree"), [("favours", False), ("mixed", False), ("no difference", True), ("unfavourable", True), ("not measured", False)]
)
def test_directions_disagree(other: str, disagree: bool) -> None:
    assert ("sources disagree" in names(assessed(finding(), finding(direction=other)))) is disagree


def test_every_caution_has_a_case() -> None:
    cases = {mark.args[1][number][0] for mark in test_caution.pytestmark for number in range(len(mark.args[1]))}  # type: ignore[attr-defined]
    assert cases | {"has ended", "codings differ"} == {caution.name for caution in CAUTIONS}


@pytest.mark.parametrize("spoilt", [{"independence": "developer"}, {"relation": "disputes"}, {"appraisal": None}, {"appraisal": ("no, a",) * 5}])
def test_a_direction_is_hidden(spoilt: dict[str, Any]) -> None:
    """A comparison that cannot be relied on says that it is one, and no more."""
    found = assessed(finding(**spoilt))
    assert found.says == UNCERTAIN
    assert len(found.hidden_by) == 1


@pytest.mark.parametrize("spoilt", [{"source": "[@one, p. 1]"}, {"participants": 3}, {"checked_by": None}, {"availability": "unpublished"}])
def test_other_cautions_hide_nothing(spoilt: dict[str, Any]) -> None:
    assert assessed(finding(**spoilt)).says == "compared: in the hoped-for direction"


def test_cautions_on_studies_spare_descriptions() -> None:
    """That a description names no participants is no weakness of it."""
    bare = finding(kind="self description", participants=None, measure=None, follow_up_months=None, appraisal=None, outcome=None)
    assert names(assessed(bare)) == []


# Coded twice ---------------------------------------------------------------------------------------


def again(seen: str = "source", **values: Any) -> SecondCoding:
    """What a second coder wrote; nothing but what is given."""
    return SecondCoding.model_validate({"source": SOLID["source"], "question": "outcomes", "kind": "outcome study", "seen": seen, **values})


@pytest.mark.parametrize(
    ("checked_by", "second", "is_once"),
    [(None, None, True), (None, again(), False), (None, again("finding only"), True), ("B", None, False), ("B", again("finding only"), False)],
)
def test_who_coded_it(checked_by: str | None, second: SecondCoding | None, is_once: bool) -> None:
    """A second coding that was kept counts as an editor's word does; one made without the source counts for nothing."""
    found = assessed(finding(checked_by=checked_by), codings={0: second} if second else {})
    assert ("coded once" in names(found)) is is_once
    assert (0 in found.twice) is not is_once


def test_all_that_count_must_be_coded_twice() -> None:
    once = finding(checked_by=None)
    found = assessed(once, finding(kind="theory", checked_by=None), once, codings={0: again()})
    assert names(found) == ["coded once"]
    assert found.details["coded once"] == (Detail("", (2,)),), "it says which of them; a finding below the stage does not count"
    assert names(assessed(once, finding(kind="theory", checked_by=None), once, codings={0: again(), 2: again()})) == []


def test_the_trace_names_what_two_coders_differ_on() -> None:
    second = again(design="adjusted comparison", measure="self report", follow_up_months=3, participants=None)
    assert assessed(finding(), finding(), codings={0: second}).twice == {0: ("measure", "follow_up_months"), 1: ()}
    assert assessed(finding(measure=None), codings={0: second}).twice == {0: ("follow_up_months",)}, "what one of them left out is no difference"


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [
        ({}, {"kind": "monitoring data"}, "studied"),
        ({}, {"design": "before and after"}, "measured, not compared"),
        ({"kind": "process study", "design": "qualitative"}, {"kind": "outcome study"}, "measured, not compared"),
        ({}, {"direction": "unfavourable"}, ""),
        ({}, {"direction": "favours"}, None),
        ({}, {"measure": "self report"}, None),
        ({"design": "before and after"}, {"direction": "mixed"}, None),
        ({"question": "delivery"}, {"kind": "process study", "question": "delivery", "direction": "unfavourable"}, None),
    ],
)
def test_codings_differ(first: dict[str, Any], second: dict[str, Any], word: str | None) -> None:
    """A caution is due where the second coding would bring the question to another stage, or a comparison to another direction."""
    item = finding(**first)
    found = assessed(item, question=item.question, codings={0: again(**second)})
    assert ("codings differ" in names(found)) is (word is not None)
    if word is not None:
        assert found.details["codings differ"] == (Detail(f"It would be “{word}”" if word else "", (0,)),)
        assert [each.name for each in found.hidden_by] == (["codings differ"] if found.stage is Stage.COMPARED else [])


def test_another_finding_that_reaches_the_stage_settles_it() -> None:
    """Two compared studies: that one of them was read otherwise changes no stage."""
    assert names(assessed(finding(), finding(), codings={0: again(kind="monitoring data")})) == []


def test_a_finding_below_the_stage_may_rise_above_it() -> None:
    found = assessed(finding(design="before and after"), finding(kind="peer review"), codings={1: again(kind="outcome study", design="randomised")})
    assert (found.carriers, found.details["codings differ"]) == ((0,), (Detail("It would be “compared”", (1,)),))


def test_real_codings_count(real_library: Library) -> None:
    """Each finding of the second coding that carries a stage is said to be coded twice, and its page keeps no “coded once” for it."""
    seen = 0
    for id, codings in real_library.second_coding.items():
        for each in profile_in(real_library, real_library.items[id]).assessments:
            for place in set(codings) & set(each.carriers):
                is_twice = codings[place].seen == "source"
                assert (place in each.twice) is is_twice
                seen += is_twice
            if not set(each.carriers) - set(each.twice):
                assert "coded once" not in names(each)
    assert seen > 20


# Rule 4: the label and the top line ----------------------------------------------------------------


def test_label_names_two_questions() -> None:
    found = profile(finding(), finding(question="delivery", kind="process study"), finding(question="context", kind="theory"))
    assert found.label == "Outcomes: compared: in the hoped-for direction · Delivery: studied"
    assert profile().label == "Outcomes: unknown · Other questions: nothing coded"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "Effect on reoffending: compared: in the hoped-for direction."),
        ({"appraisal": None}, "not known for sure. People who took part were compared with others, but the result is uncertain: we have not checked how well"),
        ({"appraisal": None}, "Missing: a comparison with similar people that was read in full and checked for how well it was done."),
        ({"appraisal": ("no, a",) * 5}, "failed two or more checks of how well it was done. Missing: a comparison with similar people that stands up"),
        ({"independence": "developer"}, "only the people who made it have looked. Missing: a comparison with similar people that is done by others."),
        ({"relation": "disputes"}, "that settles where findings disagree."),
        ({"differs": "Another scheme"}, "not known. A comparison was made, but not of what this page describes. What was studied: Another scheme. Missing: "),
        ({"differs": "Another scheme.", "appraisal": None}, "What was studied: Another scheme. Missing: a comparison of people who took part here"),
        ({"design": "before and after"}, "no study we found compared people"),
        ({"kind": "monitoring data"}, "no study we found was built to test"),
        ({"kind": "self description"}, "No study we found has measured reoffending"),
        ({"outcome": "attitudes"}, "No study we found has measured reoffending"),
        ({"question": "harm"}, "No study we found has measured reoffending"),
    ],
)
def test_top_line(changes: dict[str, Any], expected: str) -> None:
    """Where the effect is not known, the line says so and names the study that is missing."""
    headline = profile(finding(**changes)).headline
    assert expected in headline
    assert ("not known" in headline) is not headline.startswith("Effect on reoffending: compared")


# The whole -----------------------------------------------------------------------------------------

OPTIONS = {
    "kind": ["self description", "peer review", "process study", "monitoring data", "outcome study", "systematic review"],
    "design": ["none", "qualitative", "before and after", "randomised", None],
    "direction": ["favours", "mixed", "no difference", "unfavourable", "not measured", None],
    "independence": ["developer", "independent", "not reported", None],
    "participants": [0, 29, 30, 500, "not reported", None],
    "outcome": ["attitudes", "terrorism reoffending", None],
    "measure": ["self report", "administrative", None],
    "follow_up_months": [0, 11, 12, "none", "not reported", None],
    "availability": ["open", "unpublished", None],
    "relation": ["supports", "disputes", None],
    "question": list(QUESTIONS),
    "appraisal": [None, ("no, a", "no, b", "yes, c", "yes, d", "yes, e"), ("yes, a",) * 5],
    "checked_by": [None, "B"],
    "source": ["[@one, p. 1]", "[@two, p. 2; @old, p. 1]"],
}
findings = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in OPTIONS.items()}).map(lambda changes: finding(**changes))


@given(st.lists(findings, max_size=5))
def test_never_more_than_the_rules_allow(items: list[EvidenceItem]) -> None:
    """Whatever is coded: a direction of outcomes is shown only after a comparison that nothing hides."""
    found = profile(*items)
    for each in found.assessments:
        shows_direction = each.says.startswith(("compared: ", "synthesised: "))
        assert shows_direction == (each.stage >= Stage.COMPARED and not each.hidden_by)
        assert each.stage < Stage.MEASURED or each.question in EFFECT
        assert set(each.carriers) <= set(each.items)
        assert all(items[number].question == each.question for number in each.items)
    assert "not known" in found.headline or found.reoffending.stage >= Stage.COMPARED


@given(st.lists(findings, max_size=4), st.permutations(range(4)))
def test_order_does_not_matter(items: list[EvidenceItem], order: list[int]) -> None:
    """The same findings in another order make the same profile."""
    shuffled = [items[number] for number in order if number < len(items)]
    one, other = profile(*items), profile(*shuffled)
    assert (one.headline, one.label) == (other.headline, other.label)
    assert [(each.stage, each.says, names(each)) for each in one.assessments] == [(each.stage, each.says, names(each)) for each in other.assessments]


@pytest.mark.parametrize("name", sorted(OPTIONS))
def test_each_input_counts(name: str) -> None:
    """Mutation run: there is no coded field that the rules use and that could be changed without a trace in the profile."""
    seen = {repr([(each.stage, each.says, names(each)) for each in profile(finding(**{name: value})).assessments]) for value in OPTIONS[name]}
    assert len(seen) > 1


def test_real_profiles(real_library: Library) -> None:
    """On today's records no direction on reoffending is shown: none of the comparisons has been appraised."""
    coded = [item for item in real_library.items.values() if getattr(item.record, "evidence", ())]
    assert len(coded) > 50
    for item in coded:
        found = profile_of(item.record, real_library.bibliography)
        assert len(found.assessments) == len(QUESTIONS)
        assert sum(len(each.items) for each in found.assessments) == len(item.record.evidence)  # type: ignore[attr-defined]
