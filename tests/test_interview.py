"""Asking for a record: questions, answers, and what is wrong with them."""

from __future__ import annotations

from typing import Any

import pytest

import toy
from waymark.bibliography import bibliography_of
from waymark.interview import (
    Question,
    answer_problems,
    authors_written,
    citation,
    entry_text,
    id_fault,
    place_fault,
    proposed_id,
    proposed_key,
    questions,
    value_of,
    with_citation,
    with_place,
    works_like,
)
from waymark.kinds import KINDS
from waymark.library import Library

PRACTICE = KINDS["practice"]


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_questions(kind: Any) -> None:
    """Each kind has questions; each says what is asked and which answers there are."""
    asked = questions(kind)
    assert asked
    assert all(each.words.strip() for each in asked)
    assert not {"name", "summary", "checked", "relations"} & {each.field for each in asked}


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("setting", "1", ["prison"]),
        ("setting", "Prison,  2, prison", ["prison", "probation"]),
        ("setting", "[prison]", ["prison"]),
        ("setting", "9", ["9"]),
        ("setting", "not reported", "not reported"),
        ("status", "2", "pilot"),
        ("countries", "Denmark, se, UK, Atlantis", ["DK", "SE", "GB", "Atlantis"]),
        ("start_year", " 2012 ", "2012"),
        ("approach", "One,  two", "One, two"),
        ("steps", "First; Second, and more;", [{"title": "First"}, {"title": "Second, and more"}]),
    ],
)
def test_answers(field: str, typed: str, value: Any) -> None:
    """Numbers stand for choices, names for codes; commas part a list where one is asked for."""
    asked = {each.field: each for each in questions(PRACTICE)}
    assert value == value_of(asked[field], typed)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "Night visits", ""),
        ("name", "x" * 201, "'name' has more than 200 characters. Shorten it."),
        ("countries", ["DK"], ""),
        ("countries", ["Atlantis"], "'Atlantis' is not the code of a country."),
        ("countries", ["ZZ"], "'ZZ' is not the code of a country."),
        ("setting", ["prisn"], "'prisn' is not a value of 'setting'. Did you mean 'prison'?"),
        ("start_year", "2031", "'start_year' is 2031, which lies in the future."),
        ("start_year", "soon", "'soon' in 'start_year' is not a year of four digits."),
        ("status_year", "not reported", "'not reported' in 'status_year' is not a year of four digits."),
        ("approach", "Staff talk [@doe2020aims, p. 3].", ""),
        ("approach", "not reported", ""),
        ("approach", "Staff talk.", "'approach' states something and cites nothing."),
        ("approach", "Staff talk [@doe2020aims].", "The citation of 'doe2020aims' does not say where in the source."),
        ("approach", "Staff talk [@doe2020ams, p. 3].", "'doe2020ams' is not a key of data/references.bib. Did you mean 'doe2020aims'?"),
        ("approach", "It is proven [@doe2020aims, p. 3].", "'proven' is a verdict in our own voice."),
        ("approach", "See [it][path-model] [@doe2020aims, p. 3].", ""),
        ("approach", "See [it][paht-model] [@doe2020aims, p. 3].", "'paht-model' is not the id of a record or page. Did you mean 'path-model'?"),
        ("approach", "Staff <b>talk</b> [@doe2020aims, p. 3].", "'<b>' is HTML."),
        ("steps", [{"title": "First"}], ""),
        ("colour", "red", "'colour' is not a field of a practice."),
    ],
)
def test_problems_of_an_answer(library: Library, field: str, value: Any, said: str) -> None:
    """An answer has the problems that `waymark check` would have with it, and no others: what is still missing is not said."""
    found = answer_problems(library, PRACTICE, "night-visits", {field: value}, field, toy.TODAY)
    assert len(found) == bool(said)
    assert not said or f"{found[0].message} {found[0].fix}".startswith(said)


def test_unfinished_findings(library: Library) -> None:
    """That a finding across programmes needs three works is not held against its first answer."""
    assert answer_problems(library, KINDS["finding"], "x", {"name": "A"}, "name", toy.TODAY) == []


@pytest.mark.parametrize(
    ("id", "said"),
    [
        ("night-visits", ""),
        ("Night visits", "'Night visits' cannot be an id."),
        ("north-star", "The programme “North Star” has this id."),
        ("index", "The page content/index.md has this name."),
    ],
)
def test_ids(library: Library, id: str, said: str) -> None:
    """An id is free, or it is said whose it is."""
    fault = id_fault(library, PRACTICE, id)
    assert fault.startswith(said)
    assert bool(fault) == bool(said)


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Night visits", "night-visits"),
        ("Café “Zwölf”, Århus & Łódź", "cafe-zwolf-arhus-lodz"),
        ("Children’s day", "childrens-day"),
        ("日本", ""),
        ("word " * 40, "-".join(["word"] * 12)),
        ("x" * 100, "x" * 80),
    ],
)
def test_proposed_ids(name: str, id: str) -> None:
    """A name gives an id that may stand, or none."""
    assert id == proposed_id(name)


def test_works_like() -> None:
    """Works are found by key, author, year and words of the title, without accents and capitals; all words must be there."""
    entries = {}
    for key, author, title in (
        ("a2020x", "Örell, Robert and Doe, Jane", "Returning to extremism"),
        ("b2021y", "{City of Aarhus}", "The {Aarhus} model of returning"),
    ):
        entries |= bibliography_of(entry_text("report", key, {"author": author, "title": title, "year": key[1:5]}), "x", toy.TODAY)[0]
    assert [entry.key for entry in works_like(entries, "b2021y")] == ["b2021y"]
    assert [entry.key for entry in works_like(entries, "returning")] == ["a2020x", "b2021y"]
    assert [entry.key for entry in works_like(entries, "orell 2020")] == ["a2020x"]
    assert [entry.key for entry in works_like(entries, "aarhus MODEL")] == ["b2021y"]
    assert works_like(entries, "aarhus extremism") == []
    assert works_like(entries, "") == []


@pytest.mark.parametrize(
    ("author", "year", "title", "key"),
    [
        ("Doe, Jane and Roe, Max", "2020", "The aims of exit work", "doe2020aimsa"),
        ("{City of Aarhus}", "", "A model", "cityofaarhusndmodel"),
        ("", "2020", "", "work2020"),
    ],
)
def test_proposed_keys(author: str, year: str, title: str, key: str) -> None:
    """A key is made like those that are there, and is not taken."""
    assert key == proposed_key(author, year, title, ["doe2020aims"])


def test_new_entries_are_in_order() -> None:
    """What is written for a new work can be read, with nothing to mend."""
    fields = {
        "author": authors_written("Doe, Jane; City of Aarhus"),
        "year": "2020",
        "title": "A model",
        "doi": "",
        "known": "read in part",
        "checked": "2026-01-15",
    }
    entries, problems = bibliography_of(entry_text("report", "doe2020model", fields), "x", toy.TODAY)
    assert problems == []
    assert entries["doe2020model"]["author"] == "Doe, Jane and {City of Aarhus}"
    assert "doi" not in entries["doe2020model"].fields


@pytest.mark.parametrize(("typed", "place"), [("22", "p. 22"), ("3-5", "pp. 3–5"), ("p. 22", "p. 22"), ("slide “A”", "slide “A”")])
def test_places(typed: str, place: str) -> None:
    """A bare number is a page."""
    assert place == with_place(typed)
    assert place_fault(place) == ""


def test_no_place() -> None:
    """What names no place is said to, with examples."""
    assert "p. 3" in place_fault("somewhere")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Staff talk.", "Staff talk [@a, p. 1]."),
        ("Staff talk", "Staff talk [@a, p. 1]."),
        ("Staff talk? ", "Staff talk [@a, p. 1]?"),
        ("They said “no.”", "They said “no” [@a, p. 1]."),
        ("They said “no”.", "They said “no” [@a, p. 1]."),
        ("Staff talk [@b, p. 2]. More.", "Staff talk [@b, p. 2]. More."),
        ("Staff talk [@b p. 2", "Staff talk [@b p. 2"),
        ("not reported", "not reported"),
    ],
)
def test_citation_is_put_in(text: str, expected: str) -> None:
    """The source stands before the last full stop; a text that cites is left alone."""
    assert expected == with_citation(text, "[@a, p. 1]")


def test_work_known_through_another() -> None:
    """What we know only through another work is cited so."""
    bib = "@report{a, author = {A}, title = {T}, known = {via another work}, via = {b}, checked = {2026-01-15}}"
    entries, _ = bibliography_of(bib, "x", toy.TODAY)
    assert citation("a", "p. 1", entries) == "[@a, via @b, p. 1]"
    assert citation("c", "p. 1", entries) == "[@c, p. 1]"


def test_question_is_plain() -> None:
    """A question of a fact has its choices, without `not reported` among them."""
    status = next(each for each in questions(PRACTICE) if each.field == "status")
    assert status == Question(
        field="status",
        words="Status: What is known of its state; say as of when in `status_year`.",
        choices=("running", "pilot", "planned", "ended", "replaced", "unknown"),
        can_be_not_reported=True,
    )
