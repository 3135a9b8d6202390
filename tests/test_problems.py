"""How a problem is put into words."""

from __future__ import annotations

import pytest

from waymark.problems import (
    MAX_PROBLEMS,
    Code,
    Location,
    Problem,
    as_github_annotation,
    as_text,
    choices,
    explanations,
    failures,
    in_order,
    limited,
    short,
    suggest,
)

HERE = Location("data/x.yaml", 3, 7)


def test_text_has_place_code_and_fix() -> None:
    """The fix stands below the message, indented."""
    problem = Problem(HERE, Code.UNKNOWN_FIELD, "'x' is not a field.", "Delete it.\nOr rename it.")
    assert as_text(problem) == "data/x.yaml:3:7: 'x' is not a field. [unknown-field]\n    Delete it.\n    Or rename it."


def test_advice_says_so() -> None:
    """Advice is marked in the text and is no failure."""
    advice, failure = (Problem(HERE, code, "It is so.") for code in (Code.UNCITED_ENTRY, Code.NO_CITATION))
    assert as_text(advice) == "data/x.yaml:3:7: advice: It is so. [uncited-entry]"
    assert [failure] == failures([advice, failure])


def test_annotation_cannot_be_broken_by_text() -> None:
    """Line ends, colons and commas of a record cannot start a command of their own."""
    problem = Problem(Location("a,b:c.yaml", 1, 2), Code.HEADING, "100 %\n::error::x", "Do.")
    assert as_github_annotation(problem) == "::error file=a%2Cb%3Ac.yaml,line=1,col=2,title=heading::100 %25%0A::error::x%0ADo."


def test_annotation_of_advice_is_a_notice() -> None:
    """Advice does not colour a pull request red."""
    assert as_github_annotation(Problem(HERE, Code.UNCITED_ENTRY, "x")).startswith("::notice ")


def test_codes_lead_to_their_explanation() -> None:
    """An annotation and the terminal name the address where a code is explained; each code once, and nothing without a site."""
    problems = [Problem(HERE, code, "It is so.", "Do.") for code in (Code.HEADING, Code.BAD_ID, Code.HEADING)]
    assert as_github_annotation(problems[0], "https://x.example/").endswith("::It is so.%0ADo.%0AExamples: https://x.example/checks/#heading")
    assert explanations(problems, "https://x.example/").splitlines()[1:] == [
        "  heading  https://x.example/checks/#heading",
        "  bad-id   https://x.example/checks/#bad-id",
    ]
    assert explanations(problems, "") == explanations([], "https://x.example/") == ""


def test_order() -> None:
    """Problems come by file, line and column, each once."""
    places = [Location("b", 1, 1), Location("a", 10, 1), Location("a", 2, 9), Location("a", 2, 9)]
    found = in_order(Problem(place, Code.HEADING, "x") for place in places)
    assert [Location("a", 2, 9), Location("a", 10, 1), Location("b", 1, 1)] == [problem.location for problem in found]


@pytest.mark.parametrize(
    ("word", "expected"),
    [("prisons", "Did you mean 'prison'?"), ("PRISON", "Did you mean 'prison'?"), ("xyz", ""), ("", ""), ("community", "Did you mean 'community'?")],
)
def test_suggest(word: str, expected: str) -> None:
    """Only a near word is suggested."""
    assert expected == suggest(word, ["prison", "community"])


@pytest.mark.parametrize(("values", "expected"), [(["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")])
def test_choices(values: list[str], expected: str) -> None:
    """A list as one says it."""
    assert expected == choices(values)


@pytest.mark.parametrize(("value", "expected"), [("a\n b", "a b"), ("x" * 60, "x" * 60), ("x" * 61, "x" * 59 + "…"), (12, "12")])
def test_short(value: object, expected: str) -> None:
    """A quoted value never fills the screen."""
    assert expected == short(value)


@pytest.mark.parametrize(
    ("count", "said", "expected"),
    [
        (3, 0, 3),
        (MAX_PROBLEMS, 0, MAX_PROBLEMS),
        (MAX_PROBLEMS + 9, 0, MAX_PROBLEMS + 1),
        (5, MAX_PROBLEMS - 2, 3),
        (5, MAX_PROBLEMS, 1),
        (5, MAX_PROBLEMS + 1, 0),
    ],
)
def test_limited(count: int, said: int, expected: int) -> None:
    """Of a file only so many problems are said, and one more that says so."""
    found = limited((Problem(HERE, Code.HEADING, str(number)) for number in range(count)), "data/x.yaml", said)
    assert expected == len(found)
    assert (said + count > MAX_PROBLEMS >= said) == (bool(found) and found[-1].code is Code.MORE_PROBLEMS)


def test_limited_computes_no_more_than_it_says() -> None:
    """What is not said costs nothing."""
    asked = iter(range(10**9))
    limited((Problem(HERE, Code.HEADING, str(number)) for number in asked), "x")
    assert next(asked) == MAX_PROBLEMS + 1


@pytest.mark.parametrize("code", Code, ids=lambda code: code.id)
def test_codes_are_explained(code: Code) -> None:
    """Each code is a name in lower case, used once, with a sentence."""
    assert code.id == code.id.lower().replace("_", "-")
    assert [each.id for each in Code].count(code.id) == 1
    assert code.meaning.endswith(".")
