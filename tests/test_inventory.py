"""Nothing of the five documents was lost: what they hold, and what they get wrong, has a place here or a reason why it has none."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from waymark.kinds import KINDS
from waymark.library import Library, load_library

ROOT = Path(__file__).parents[1]
PLACES: dict[str, str] = yaml.safe_load(Path(__file__).with_name("inventory.yaml").read_text(encoding="utf-8"))
CONTRADICTIONS: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("contradictions.yaml").read_text(encoding="utf-8"))
COUNTS = {
    **{"programme": 21, "theory": 16, "risk_factor": 36, "protective_factor": 15, "push_pull": 3, "sign": 5, "principle": 33, "practice": 23},
    **{"recommendation": 90, "tool": 7, "statistic": 29, "case": 8, "term": 38, "organisation": 25, "exercise": 3, "gap": 12, "topic": 12, "link": 12},
}
"""How many slugs of each kind the inventory has."""


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(ROOT, today=date.today())[0]


@pytest.mark.parametrize("kind", COUNTS)
def test_the_list_is_complete(kind: str) -> None:
    assert sum(slug.startswith(f"{kind}/") for slug in PLACES) == COUNTS[kind]
    assert len(PLACES) == sum(COUNTS.values())


@pytest.mark.parametrize("slug", PLACES)
def test_each_slug_has_its_place(library: Library, slug: str) -> None:
    place = PLACES[slug]
    if page := re.fullmatch(r"page (\S+): (.+)", place):
        assert re.search(rf"^##+ {re.escape(page[2])}$", library.pages[page[1]].text, re.MULTILINE)
    elif work := re.fullmatch(r"work (\S+)", place):
        assert work[1] in library.bibliography
    elif place.startswith("left out: "):
        assert len(place) > len("left out: ") + 20, "say why"
    else:
        kind, _, id = place.partition("/")
        assert kind in KINDS
        assert library.items[id].kind.name == kind


def test_no_record_stands_for_two_slugs_of_one_kind() -> None:
    """What was merged must be merged on purpose."""
    records = [(slug.split("/")[0], place) for slug, place in PLACES.items() if not place.startswith(("page ", "work ", "left out: "))]
    assert len(records) == len(set(records))


def test_the_list_of_contradictions_is_complete() -> None:
    numbers = {
        *(f"B{number}" for number in range(1, 44)),
        *(f"B3{letter}" for letter in "abcdef"),
        *(f"other-{number}" for number in range(1, 27)),
        *(f"ran-{number}" for number in range(1, 37)),
    }
    assert CONTRADICTIONS.keys() == numbers


@pytest.mark.parametrize("number", CONTRADICTIONS)
def test_each_contradiction_is_shown_where_it_occurs(library: Library, number: str) -> None:
    """On every record that is named stands a disagreement; or there is a reason why none is shown."""
    known = CONTRADICTIONS[number]
    if known["state"] == "not shown":
        assert len(known["why"]) > 20, "say why"
        return
    states = [{each.state for each in library.items[id].record.disagreements} for id in known["where"]]
    assert states
    assert all(states), "each has an item under `disagreements`"
    assert known["state"] in set().union(*states)
