"""Which labels a change turns, and what did it."""

from __future__ import annotations

from typing import Any

import pytest

from waymark.bibliography import Entry
from waymark.fields import SecondCoding
from waymark.labels import TOP_LINE, LabelChange, Side, label_changes
from waymark.validate import record_of

WORKS = {key: Entry(key, "book", {"year": "2019"}) for key in ("a", "b")}
STUDY = {
    "source": "[@a, p. 1]", "question": "outcomes", "kind": "outcome study", "finding": "It fell.", "design": "before and after", "direction": "favours",
    "independence": "independent", "participants": "40", "outcome": "general reoffending", "measure": "administrative", "follow_up_months": "24",
    "availability": "open", "appraisal": ["yes, it did [@a, p. 2]"] * 5, "checked_by": "BB",
}  # fmt: skip
TALE = {"source": "[@b, p. 2]", "question": "delivery", "kind": "practitioner account", "finding": "It was hard.", "checked_by": "BB"}


def changes(
    before: dict[str, Any], after: dict[str, Any], kind: str = "programme", works: dict[str, Entry] = WORKS, codings: dict[int, SecondCoding] | None = None
) -> list[LabelChange]:
    common = {"name": "N", "summary": "S [@a, p. 1].", "checked": {"on": "2020-01-01", "against": ["a"]}}
    data = {**common, **before}, {**common, **after}
    old, new = (record_of(kind, each) for each in data)
    assert old
    assert new
    return label_changes(kind, old, new, Side(data[0], WORKS), Side(data[1], works, codings or {}))


def test_nothing() -> None:
    """What no rule looks at turns no label."""
    assert changes({"evidence": [STUDY]}, {"evidence": [{**STUDY, "limits": "Small [@a, p. 3]."}], "name": "M"}) == []


def test_a_design_that_turns_a_label() -> None:
    """A coded field that lifts a question to another stage is named, with the rule; findings on other questions are not."""
    found = changes({"evidence": [STUDY, TALE]}, {"evidence": [{**STUDY, "design": "randomised"}, {**TALE, "finding": "It was easy."}]})
    outcomes, top = found
    assert (outcomes.label, outcomes.said_before) == ("outcomes", "something was measured; the cause is unknown")
    assert outcomes.said_after == "compared: in the hoped-for direction"
    assert outcomes.because == ("finding 1 on outcomes, a, p. 1; Design: before and after → randomised",)
    assert outcomes.rules == ("“compared” (stage 4 → 5): Only for outcomes and harm: a study that compared people who took part with others.",)
    assert (top.label, top.because) == (TOP_LINE, outcomes.because)


@pytest.mark.parametrize(
    ("before", "after", "label", "because", "rule"),
    [
        ({}, {"evidence": [TALE]}, "delivery", "finding 1 on delivery, b, p. 2 added", "“experience” (stage 0 → 2)"),
        ({"evidence": [TALE]}, {}, "delivery", "finding 1 on delivery, b, p. 2 removed", "“nothing coded” (stage 2 → 0)"),
        (
            {"evidence": [TALE], "status": "running"}, {"evidence": [TALE], "status": "ended"}, "delivery", "Status: running → ended",
            "Caution “has ended” is due now: What was looked at no longer runs.",
        ),
        (
            {"evidence": [TALE]}, {"evidence": [TALE], "checked": {"on": "2031-01-01", "against": ["a"]}}, "delivery",
            "the year of the last check: 2020 → 2031", "Caution “old” is due now: Every source is more than 10 years old.",
        ),
        (
            {"evidence": [{**TALE, "checked_by": "BB"}]}, {"evidence": [{key: value for key, value in TALE.items() if key != "checked_by"}]}, "delivery",
            "finding 1 on delivery, b, p. 2; Second coder: BB → not yet coded", "Caution “coded once” is due now: ",
        ),
    ],
)  # fmt: skip
def test_causes(before: dict[str, Any], after: dict[str, Any], label: str, because: str, rule: str) -> None:
    """Whatever a rule looks at can turn a label, and is named as what did it."""
    found = next(each for each in changes(before, after) if each.label == label)
    assert found.because == (because,)
    assert found.rules[0].startswith(rule)


def test_a_work_that_is_dated_anew() -> None:
    """The year of a work in the bibliography can turn a caution."""
    (found,) = changes({"evidence": [TALE]}, {"evidence": [TALE]}, works={**WORKS, "b": Entry("b", "book", {"year": "1999"})})
    assert found.because == ("the year of a work in data/references.bib",)
    assert found.said_before == found.said_after


def test_two_together() -> None:
    """Where either would be enough, both are named: together they make what the cautions say."""
    second = {**STUDY, "source": "[@b, p. 9]"}
    (found, _) = changes({"evidence": []}, {"evidence": [STUDY, second]})
    assert (found.label, found.because) == ("outcomes", ("finding 1 on outcomes, a, p. 1 added", "finding 2 on outcomes, b, p. 9 added"))


def test_a_second_coding() -> None:
    """Somebody coded a finding again, and saw something else: that turns what may be said, and is named."""
    study = {**STUDY, "design": "randomised"}
    coding = SecondCoding.model_validate({"source": "[@a, p. 1]", "question": "outcomes", "kind": "outcome study", "design": "none", "seen": "source"})
    found = changes({"evidence": [study, TALE]}, {"evidence": [study, TALE]}, codings={0: coding})
    assert found[0].said_after == "compared, result uncertain"
    assert found[0].because == ("finding 1 on outcomes, a, p. 1; the second coding",)
    assert found[0].rules[0].startswith("Caution “codings differ” is due now")


def test_confidence() -> None:
    """The confidence in a finding across programmes follows its concerns."""
    four = ("methodological limitations", "coherence", "adequacy", "relevance")
    before = [{"component": each, "level": "none or minor", "reason": "R [@a, p. 1]."} for each in four]
    after = [*before[:3], {**before[3], "level": "very serious"}]
    (found,) = changes({"concerns": before}, {"concerns": after}, kind="finding")
    assert (found.label, found.before, found.after, found.because) == ("confidence", "high", "low", ("relevance: none or minor → very serious",))


def test_other_kinds_have_no_labels() -> None:
    """A term has no profile."""
    assert changes({}, {"name": "M"}, kind="term") == []
