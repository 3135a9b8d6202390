"""Records that may be about the same thing."""

from __future__ import annotations

import pytest

import toy
from waymark.library import Library
from waymark.similar import Candidate, candidate_of, twins

PRACTICE = """\
name: {name}
{more}summary: A way [@doe2020aims, p. 6].
countries: [DK]
basis: {{countries: '[@doe2020aims, p. 6]'}}
checked: {{on: 2026-01-15, against: [{key}]}}
"""
SECOND = toy.BASE["data/references.bib"].replace("doe2020aims", "roe2021rare").replace("Aims", "Ends")


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Two practices beside those of the base project; one rests on a work that nothing else uses."""
    files = {
        "data/practices/family-evenings.yaml": PRACTICE.format(
            name="Family evenings", more="short_name: FEB\nother_names: [Soirées en famille]\nformer_ids: [evenings]\n", key="roe2021rare"
        ),
        "data/practices/mentoring-in-prison.yaml": PRACTICE.format(name="Mentoring in prison wing 1", more="", key="doe2020aims"),
        "data/references.bib": toy.BASE["data/references.bib"] + SECOND,
    }
    library, problems = toy.load(tmp_path_factory.mktemp("similar"), files)
    assert problems == []
    return library


@pytest.mark.parametrize(
    ("candidate", "expected", "reason"),
    [
        (Candidate("Family evenings"), "family-evenings", "the same name: “Family evenings”"),
        (Candidate("family-Evenings"), "family-evenings", "the same name: “Family evenings”"),
        (Candidate("Talks", ("soirees en famille",)), "family-evenings", "the same name: “Soirées en famille”"),
        (Candidate("Familly evening"), "family-evenings", "a name that is nearly the same: “Family evenings”"),
        (Candidate("The Family Evenings of Hamburg"), "family-evenings", "one name holds the words of the other: “Family evenings”"),
        (Candidate("Talks", id="evenings"), "family-evenings", "its id was “evenings” before"),
        (Candidate("Families Eat Bread", countries=("DK",), kind="practice"), "family-evenings", "the first letters of one name make the other: “FEB”"),
        (Candidate("Something else", countries=("DK", "SE"), sources=frozenset({"roe2021rare"})), "family-evenings", "the same country: Denmark"),
        (Candidate("North Star", kind="practice"), "north-star", "but it is a programme, not a practice"),
    ],
)
def test_twins(records: Library, candidate: Candidate, expected: str, reason: str) -> None:
    """What speaks for a twin is found and said."""
    found = twins(records, candidate)
    assert expected == found[0].item.id
    assert reason in found[0].reasons


@pytest.mark.parametrize(
    "candidate",
    [
        Candidate("Something else"),
        Candidate("Something else", countries=("DK",)),
        Candidate("Something else", sources=frozenset({"roe2021rare"})),
        Candidate("Something else", countries=("DK",), sources=frozenset({"doe2020aims"})),
        Candidate("Mentoring in prison wing 2"),
        Candidate("Evenings"),
        Candidate("Family support", kind="practice"),
    ],
    ids=["nothing", "country alone", "one source alone", "a work that many use", "another number", "one word of a name", "a factor of the same name"],
)
def test_no_twins(records: Library, candidate: Candidate) -> None:
    """What alone says little is not held against a record."""
    assert [twin.item.id for twin in twins(records, candidate)] == []


def test_not_its_own_twin(records: Library) -> None:
    """A record that is there already is compared with the others only."""
    candidate = candidate_of(records.items["family-evenings"])
    assert candidate.sources == {"roe2021rare"}
    assert candidate.countries == ("DK",)
    assert "family-evenings" not in [twin.item.id for twin in twins(records, candidate)]


def test_likeliest_first(records: Library) -> None:
    """Where several are alike, the order follows what speaks for them, and only some are given."""
    candidate = Candidate("Family evenings", ("Ask why",), countries=("DK",))
    assert [twin.item.id for twin in twins(records, candidate)] == ["family-evenings", "ask-why"]
    assert [twin.item.id for twin in twins(records, candidate, most=1)] == ["family-evenings"]
