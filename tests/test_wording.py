"""Sentences of the checks with gaps: every gap is open, none of the specimen's words is left."""

from __future__ import annotations

import re

import pytest

from waymark.problems import Code
from waymark.wording import wordings


@pytest.mark.parametrize("name", wordings())
def test_a_sentence_has_gaps_and_no_specimen(name: str) -> None:
    code, message, fix = wordings()[name]
    assert code in {"", *(each.id for each in Code)}
    assert message
    assert not re.search(r"zz|qq|specimen", message + fix)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing", "{owner} needs the field '{field}'."),
        ("choice", "'{value}' is not a value of '{field}'."),
        ("futureYear", "'{field}' is {value}, which lies in the future."),
        ("chartUnit", "A {chart} cannot draw '{label}', which is in '{unit}'."),
        ("findingFew", "It rests on {what}, and {fewest} are the fewest."),
        ("notRead", "'{key}' is known to us only through another work."),
        ("wrongTarget", "'{relation}' cannot point at '{id}', which is {kind}."),
    ],
)
def test_the_gaps_are_where_the_words_were(name: str, message: str) -> None:
    assert wordings()[name][1] == message
    assert "counts, shares and times" in wordings()["chartUnit"][2], "what belongs to the sentence stays"
