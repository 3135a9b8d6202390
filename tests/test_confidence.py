"""How sure one can be of a finding across programmes (rule 5 of the evidence profile)."""

from __future__ import annotations

from typing import get_args

import pytest

from waymark.confidence import CONFIDENCE, confidence, stances_of
from waymark.fields import EvidenceItem, Level


@pytest.mark.parametrize(
    ("concerns", "expected"),
    [
        (("none or minor", "moderate", "moderate", "moderate"), "high"),
        (("serious", "none or minor", "none or minor", "none or minor"), "moderate"),
        (("very serious", "none or minor", "none or minor", "none or minor"), "low"),
        (("serious", "serious", "none or minor", "none or minor"), "low"),
        (("very serious", "serious", "moderate", "none or minor"), "very low"),
        (("very serious", "very serious", "very serious", "very serious"), "very low"),
    ],
)
def test_confidence(concerns: tuple[Level, ...], expected: str) -> None:
    assert confidence(concerns) == expected


def test_stances() -> None:
    """All three are counted, none or not; what is not coded is not counted."""
    coded = {"source": "[@one, p. 1]", "question": "delivery", "kind": "process study", "finding": "x [@one, p. 1]"}
    items = [EvidenceItem.model_validate({**coded, "relation": relation}) for relation in ("disputes", "supports", "supports", None)]
    assert list(stances_of(items).items()) == [("supports", 2), ("qualifies", 0), ("disputes", 1)]


def test_concerns_and_levels() -> None:
    assert len(get_args(Level)) == len(CONFIDENCE) == 4
