"""Whose initials stand in records, and who may not be alone. The mistakes are in `problems/`."""

from __future__ import annotations

from pathlib import Path

import pytest

import toy
from site_fixtures import PROJECT
from waymark.library import Library
from waymark.people import Interest, Person, initials_fault, people_faults
from waymark.problems import Code
from waymark.work import Programme

PEOPLE = {
    "AB": Person(name="Anna", roles=("editor",), since=toy.TODAY, interests="none"),
    "CD": Person(name="Chris", roles=("coder",), since=toy.TODAY, interests=(Interest(what="Worked for it", records=("north-star",)),)),
    "EF": Person(name="Eva", roles=("coder",), since=toy.TODAY, interests=(Interest(what="Wrote it", works=("doe2020aims",)),)),
    "GH": Person(name="Gus", roles=("coder",), since=toy.TODAY, interests=(Interest(what="Paid by it", records=("north-star",)),)),
    "IJ": Person(name="Ida", roles=("coder",), since=toy.TODAY),
}


def codes(checked: dict[str, str], coded: dict[str, str] | None = None, id: str = "north-star") -> list[Code]:
    evidence = [{"source": "[@doe2020aims, p. 1]", "question": "harm", "kind": "theory", "finding": "None", **coded}] if coded else []
    data = {"name": "A", "summary": "A", "checked": {"on": "2026-01-15", "against": ["doe2020aims"], **checked}, "evidence": evidence}
    return [fault.code for fault in people_faults(id, Programme.model_validate(data), PEOPLE)]


@pytest.mark.parametrize(
    ("checked", "coded", "expected"),
    [
        ({}, None, []),
        ({"by": "AB"}, None, []),
        ({"by": "IJ"}, None, []),  # nothing declared is not the same as an interest
        ({"by": "CD"}, None, [Code.INTEREST]),
        ({"by": "CD", "second": "AB"}, None, []),
        ({"by": "AB", "second": "CD"}, None, []),
        ({"by": "CD", "second": "CD"}, None, [Code.INTEREST]),
        ({"by": "CD", "second": "GH"}, None, [Code.INTEREST]),  # two with an interest
        ({"by": "CD", "second": "ZZ"}, None, [Code.UNKNOWN_INITIALS, Code.INTEREST]),
        ({"by": "EF"}, None, []),  # an interest in a work is one in its coding
        ({"by": "AB"}, {"coded_by": "EF"}, [Code.INTEREST]),
        ({"by": "AB"}, {"coded_by": "EF", "checked_by": "AB"}, []),
        ({"by": "AB"}, {"coded_by": "CD"}, [Code.INTEREST]),
        ({"by": "AB"}, {"coded_by": "AB"}, []),
    ],
)
def test_who_may_not_be_alone(checked: dict[str, str], coded: dict[str, str] | None, expected: list[Code]) -> None:
    assert codes(checked, coded) == expected


def test_an_interest_is_in_one_record() -> None:
    assert codes({"by": "CD"}, id="south-star") == []


def test_without_the_file_no_initials_are_unknown(tmp_path: Path) -> None:
    star = toy.BASE["data/programmes.yaml"].replace("against: [doe2020aims]}", "against: [doe2020aims], by: ZZ}")
    assert toy.load(tmp_path, {"data/programmes.yaml": star})[1] == []


def test_a_person_who_cannot_be_read_is_still_known(tmp_path: Path) -> None:
    """One mistake, one problem: not another one at each record."""
    star = toy.BASE["data/programmes.yaml"].replace("against: [doe2020aims]}", "against: [doe2020aims], by: AB}")
    problems = toy.load(tmp_path, {"data/programmes.yaml": star, "data/people.yaml": "AB:\n  name: Anna\n  since: 2026-01-01\n"})[1]
    assert [problem.code for problem in problems] == [Code.MISSING_FIELD]


@pytest.mark.parametrize(
    ("initials", "said"),
    [
        ("AB", ""),
        ("ab", "Initials are a capital"),
        ("Anna Berg", "Initials are a capital"),
        ("AX", "'AX' is nobody in data/people.yaml. Did you mean 'AB' (Anna)?"),
        ("ZZ", "'ZZ' is nobody in data/people.yaml. A new person adds themselves"),
    ],
)
def test_who_may_sign(initials: str, said: str) -> None:
    """What `waymark new` says before a draft with such initials is written."""
    found = initials_fault(initials, PEOPLE)
    assert found.startswith(said)
    assert bool(found) == bool(said)
    assert initials_fault("ZZ", {}) == ""


def test_all_real_initials_are_somebody(real_library: Library) -> None:
    """The file is there, so that the check is on; and nobody stands in it for nothing."""
    assert (PROJECT / "data/people.yaml").is_file()
    used = {item.record.checked.by for item in real_library.items.values()} | {item.record.checked.second for item in real_library.items.values()}
    used |= {name for item in real_library.items.values() for each in getattr(item.record, "evidence", ()) for name in (each.coded_by, each.checked_by)}
    used |= {each.said.by for each in real_library.corrections}
    assert used - {None} == set(real_library.people)
