"""Agreement between two codings."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from site_fixtures import soup_of, words_of
from waymark.agreement import agreement_of, kappa
from waymark.cautions import CAUTIONS
from waymark.library import Library
from waymark.recoded import CODED
from waymark.render import Renderer
from waymark.stages import QUESTIONS, SAYS, WORDS, Stage


@pytest.mark.parametrize(
    ("both_yes", "yes_no", "no_yes", "both_no", "expected"),
    [
        (20, 5, 10, 15, 0.4),  # worked by hand: observed 0.7, by chance 0.5
        (45, 15, 25, 15, 0.1304),
        (25, 35, 5, 35, 0.2593),
        (10, 0, 0, 10, 1.0),
        (0, 10, 10, 0, -1.0),
        (25, 25, 25, 25, 0.0),
    ],
)
def test_kappa(both_yes: int, yes_no: int, no_yes: int, both_no: int, expected: float) -> None:
    pairs = [("y", "y")] * both_yes + [("y", "n")] * yes_no + [("n", "y")] * no_yes + [("n", "n")] * both_no
    assert kappa(pairs) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("pairs", [[], [("a", "a")], [("a", "a")] * 9])
def test_kappa_says_nothing_where_there_is_nothing_to_tell_apart(pairs: list[tuple[str, str]]) -> None:
    assert kappa(pairs) is None


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1))
def test_kappa_is_fair(pairs: list[tuple[str, str]]) -> None:
    """It is the same whoever comes first, never above 1, and 1 only for full agreement."""
    found = kappa(pairs)
    assert found == kappa([(other, one) for one, other in pairs])
    if found is not None:
        assert found <= 1
        assert (found == pytest.approx(1)) == all(one == other for one, other in pairs)


def test_the_real_second_coding(real_library: Library) -> None:
    """Most of the fields of the findings coded twice were coded by both; all that differs is counted."""
    found = agreement_of(real_library)
    assert [each.field for each in found] == list(CODED)
    findings = sum(len(each) for each in real_library.second_coding.values())
    assert findings >= 20
    assert all(0 < each.same <= each.coded <= findings for each in found)
    assert all(sum(number for _, number in each.apart) == each.coded - each.same for each in found)
    assert all(one != other for each in found for (one, other), _ in each.apart)


def test_nothing_coded_twice(toy_library: Library) -> None:
    assert all((each.coded, each.kappa, each.share) == (0, None, 0) for each in agreement_of(replace(toy_library, second_coding={})))


# The pages ----------------------------------------------------------------------------------------


def inset(renderer: Renderer, marker: str) -> BeautifulSoup:
    insets, cited = renderer.insets(f"# Method\n\n[[{marker}]]\n", "../", "method")
    assert cited == []
    return soup_of(insets[0].html)


def test_the_page_says_how_often_they_agree(real_library: Library) -> None:
    rows = [[words_of(cell) for cell in row.select("th, td")] for row in inset(Renderer(real_library), "agreement").select("tbody tr")]
    found = agreement_of(real_library)
    assert [row[1:3] for row in rows] == [[str(each.coded), str(each.same)] for each in found]
    assert [row[3] for row in rows] == [f"{round(100 * each.share)} %" for each in found]
    assert all(0 <= float(row[4]) <= 1 for row in rows)
    assert words_of(inset(Renderer(replace(real_library, second_coding={})), "agreement")) == "No finding has been coded a second time."


def test_the_page_prints_the_rules_of_the_profile(toy_renderer: Renderer) -> None:
    """Every stage with its meaning and every caution with its sentence, from the code itself."""
    stages, cautions, top = inset(toy_renderer, "profile-rules").select("table")
    rows = [[words_of(cell) for cell in row.select("th, td")] for row in stages.select("tbody tr")]
    assert [row[:2] for row in rows] == [[word.capitalize(), meaning] for word, meaning in WORDS.values()]
    assert [len(row.select(".wm-stage--full")) for row in stages.select("tbody tr")] == list(Stage)
    heads = [words_of(head) for head in stages.select("thead th")][2:]
    assert {word for head in heads for word in head.lower().replace(" and ", ", ").split(", ")} == set(QUESTIONS)
    for question in QUESTIONS:
        column = next(number for number, head in enumerate(heads, 2) if question in head.lower())
        said = [row[column].lower() for row in rows]
        assert said == [*(each.lower() for each in SAYS[question]), *["–"] * (7 - len(SAYS[question]))]
    rows = [[words_of(cell) for cell in row.select("th, td")] for row in cautions.select("tbody tr")]
    assert rows == [[each.name.capitalize(), each.sentence, WORDS[each.since][0].capitalize(), "yes" if each.hides else "–"] for each in CAUTIONS]
    assert any(each.hides for each in CAUTIONS)
    rows = [[words_of(cell) for cell in row.select("th, td")] for row in top.select("tbody tr")]
    assert " or ".join(row[0].lower() for row in reversed(rows[:-2])) == " or ".join(word for word, _ in WORDS.values()), "each stage has one top line"
    assert all(row[1].startswith("Effect on reoffending: ") for row in rows)
    assert [row[1].split(" ", 3)[3][:9] for row in rows[-2:]] == ["not known", "not known"], "and what is special has one too"
