"""The bibliography."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import toy
from waymark.bibliography import FIELDS, REQUIRED, Entry, is_isbn, is_issn, read_bibliography

DOE = toy.BASE["data/references.bib"]


def read(folder: Path, content: str) -> tuple[dict[str, Entry], list[str]]:
    (folder / "x.bib").write_text(content, encoding="utf-8")
    entries, problems = read_bibliography(folder / "x.bib", "x.bib", toy.TODAY)
    return entries, [problem.code.id for problem in problems]


def test_entry(tmp_path: Path) -> None:
    """An entry has its fields as written, its place, and an empty text for what it has not."""
    entries, problems = read(tmp_path, "% remark\n\n" + DOE)
    entry = entries["doe2020aims"]
    assert problems == []
    assert (entry.type, entry["author"], entry["doi"], entry.known) == ("article", "Doe, Jane", "", "read in full")
    assert str(entry.location) == "x.bib:3:1"


@pytest.mark.parametrize(
    ("written", "expected"),
    [("{A {B} c}", "A {B} c"), ('"A b"', "A b"), ("{A\n   b}", "A b"), (r"{A \& B, 5 \%}", "A & B, 5 %"), ("{Ørell, Émile}", "Ørell, Émile")],
)
def test_values(written: str, expected: str, tmp_path: Path) -> None:
    """Braces outside go, braces inside stay, and LaTeX's escapes are undone."""
    entries, _ = read(tmp_path, DOE.replace("{Aims of exit work}", written))
    assert expected == entries["doe2020aims"]["title"]


@pytest.mark.parametrize("kind", REQUIRED)
def test_each_type_can_be_complete(kind: str, tmp_path: Path) -> None:
    """With one field of each group an entry of any type is complete; without any it is not."""
    values = {"year": "2020", "url": "https://example.org/a"}
    fields = [f"{names[0]} = {{{values.get(names[0], 'Some')}}}" for names in REQUIRED[kind]]
    rest = "known = {read in part}, checked = {2026-01-15}"
    assert read(tmp_path, f"@{kind}{{x1, {', '.join(fields)}, {rest}}}")[1] == []
    assert ["incomplete-entry"] * len(fields) == read(tmp_path, f"@{kind}{{x1, {rest}}}")[1]


def test_required_fields_are_fields() -> None:
    """A type cannot need what the bibliography does not know."""
    assert {name for groups in REQUIRED.values() for names in groups for name in names} <= set(FIELDS)


def test_broken_entry_can_still_be_cited(tmp_path: Path) -> None:
    """One mistake is one problem: its key is known although it cannot be read."""
    entries, problems = read(tmp_path, "@book{roe2019path,\n  title {x},\n}\n\n" + DOE)
    assert (["bib-syntax"], {"roe2019path", "doe2020aims"}) == (problems, set(entries))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0-306-40615-2", True),
        ("978-0-306-40615-7", True),
        ("080442957X", True),
        ("0 8044 2957 x", True),
        ("0-306-40615-3", False),
        ("978-0-306-40615-6", False),
        ("978030640615", False),
        ("", False),
        ("X234567890", False),
        ("٩٧٨٠٣٠٦٤٠٦١٥٧", False),
    ],
)
def test_isbn(text: str, expected: bool) -> None:
    """The check digits of ISO 2108."""
    assert expected == is_isbn(text)


@pytest.mark.parametrize(
    ("text", "expected"), [("0378-5955", True), ("2434-561X", True), ("2434-561x", True), ("0378-5956", False), ("03785955", False), ("", False)]
)
def test_issn(text: str, expected: bool) -> None:
    """The check digit of ISO 3297."""
    assert expected == is_issn(text)


BITS = ["@article{", "@string{a = b}", "@", "{", "}", ",", "=", '"', "doe", " ", "\n", "%", "title", "#", "@comment{", "(", ")", "\\"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(BITS), max_size=40).map("".join))
def test_any_text(tmp_path: Path, content: str) -> None:
    """No file makes the reader raise, and every problem has a line of the file."""
    (tmp_path / "x.bib").write_text(content, encoding="utf-8")
    _, problems = read_bibliography(tmp_path / "x.bib", "x.bib", toy.TODAY)
    assert all(1 <= problem.location.line <= content.count("\n") + 1 for problem in problems)
