"""Records beside one another as values: facets, filters and attributes; and the comparisons that the editors prepared."""

from __future__ import annotations

from pathlib import Path

import pytest

import toy
from waymark.citations import find_citations
from waymark.comparison import (
    FACETS,
    MEASURED,
    ON,
    STAGE,
    THEORY,
    UNCODED,
    Attribute,
    Cell,
    Facet,
    attributes_of,
    cells_of,
    facets_of,
    filters_for,
    works_behind,
)
from waymark.evidence import profile_if_any, profile_in
from waymark.kinds import KINDS
from waymark.library import Item, Library
from waymark.prepared import COMPARED, FEWEST, MOST, read_prepared
from waymark.problems import as_text
from waymark.stages import QUESTIONS, WORDS


def facets(library: Library, id: str) -> dict[str, Cell]:
    item = library.items[id]
    return dict(zip((facet.name for facet in facets_of(item.kind.name)), cells_of(library, item), strict=True))


def points(library: Library, item: Item) -> list[Attribute]:
    """All on which a record is read."""
    return attributes_of(library, item, profile_if_any(library, item))


def attributes(library: Library, id: str) -> dict[str, Attribute]:
    return {each.name: each for each in points(library, library.items[id])}


# Facets -------------------------------------------------------------------------------------------


def test_every_kind_that_is_compared_has_facets() -> None:
    assert tuple(FACETS) == COMPARED


@pytest.mark.parametrize("kind", COMPARED)
def test_facets_without_a_column_come_last_and_no_table_is_sorted_by_a_stage(kind: str) -> None:
    """Sorted by stage a table would read as a league table; and the table numbers its columns from the left."""
    found = facets_of(kind)
    assert [each.is_shown for each in found] == sorted((each.is_shown for each in found), reverse=True)
    assert [each.is_sortable for each in found] == sorted((each.is_sortable for each in found), reverse=True)
    assert STAGE not in {each.name for each in found if each.is_sortable}
    assert len({each.label for each in found}) == len(found)


def test_a_fact_that_the_model_lacks_is_left_out() -> None:
    for kind in COMPARED:
        names = {each.name for each in facets_of(kind)}
        assert names <= {*KINDS[kind].model.model_fields, THEORY, MEASURED, STAGE}
    assert {"countries", "setting", "phase", "delivery", "ideology", "status", THEORY, MEASURED, STAGE} <= {each.name for each in facets_of("programme")}


def test_not_reported_and_not_yet_coded_are_two_things(toy_library: Library) -> None:
    silent, bare = facets(toy_library, "lamp-house"), facets(toy_library, "bare")
    assert silent["countries"].values == silent["setting"].values == ()
    assert bare["countries"].values is bare["setting"].values is None
    assert bare[STAGE].values is None, "no finding is coded at all"


def test_what_a_record_has_in_its_facets(toy_library: Library) -> None:
    found = facets(toy_library, "open-door")
    assert found["countries"].values == ("Denmark", "Türkiye")
    assert found["setting"].values == ("prison", "community")
    assert (found["status"].values, found["status"].words) == (("running",), ("running (as of 2019)",)), "chosen without the year, shown with it"
    assert found[THEORY].values == ("Harbour stages",)
    assert found[MEASURED].values == ("attendance",)
    stage = profile_in(toy_library, toy_library.items["open-door"]).assessments[0]
    assert found[STAGE].values == (stage.word,)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([("b",), ("a", "b"), (), None], [("has", ("a", "b", "not reported", UNCODED))]),
        ([None, ("Zoo",), ("ähnlich",)], [("has", ("Zoo", "ähnlich", UNCODED))]),
        ([("2001",), ("1999",), None], [("from", ()), ("to", ())]),
        ([("a",), ("a",)], []),
        ([None, None], []),
        ([(), None], [("has", ("not reported", UNCODED))]),
        ([(str(number),) if number % 2 else (f"x{number}",) for number in range(90)], None),
    ],
)
def test_filters(cells: list[tuple[str, ...] | None], expected: list[tuple[str, tuple[str, ...]]] | None) -> None:
    """All values may be chosen, however many; what is not known comes last, also behind later letters."""
    rows = [(Cell(values, values or ()),) for values in cells]
    found = [(each.test, each.values) for each in filters_for([Facet("x", "X", True, True)], rows)]
    if expected is None:
        assert len(found[0][1]) == len(cells)
    else:
        assert found == expected


# Attributes ---------------------------------------------------------------------------------------


def test_all_records_of_a_kind_are_read_on_the_same_points(real_library: Library) -> None:
    for kind in COMPARED:
        asked = {tuple((each.name, each.label, each.group, each.is_text) for each in points(real_library, item)) for item in real_library.of_kind(kind)}
        assert len(asked) == 1, kind


def test_programmes_are_read_on_at_least_twenty_points(real_library: Library) -> None:
    for item in real_library.of_kind("programme"):
        found = points(real_library, item)
        assert len([each for each in found if not each.is_absent]) >= 20
        assert len({each.label for each in found}) == len(found), "each label once, for the CSV"


def test_attributes_of_a_full_record(toy_library: Library) -> None:
    found = attributes(toy_library, "open-door")
    record = toy_library.items["open-door"].record
    assert (found["status"].values, found["status"].basis) == (("running (as of 2019)",), "[@toyndweb, web page]")
    assert found["structure"].values == ("Knock", "Wait < 5 & breathe", "Go out")
    assert found["aims"].text == record.aims  # type: ignore[attr-defined]
    assert found["referral"].text == "not reported"
    assert found[THEORY].basis == "[@doe2001door, p. 2]"
    profile = profile_in(toy_library, toy_library.items["open-door"])
    for number, question in enumerate(QUESTIONS):
        each = found[f"{ON}{question}"]
        assert each.values == (WORDS[profile.assessments[number].stage][0],)
        assert profile.assessments[number].says in each.note.lower()
        assert all(caution.name in each.note for caution in profile.assessments[number].cautions)
    assert found["reoffending"].note.lower() in profile.headline.lower()
    assert found["limits"].text == record.limits
    assert found["checked"].values == ("2 January 2020",)
    assert {"doe2001door", "roe2010lamp", "toyndweb", "poe1999sea"} <= works_behind(found.values(), lambda text: find_citations(text)[0]).keys()


def test_what_nobody_expects_is_absent_and_not_uncoded(toy_library: Library) -> None:
    """A programme that runs has no last year; to call that not yet coded would be wrong."""
    bare = attributes(toy_library, "bare")
    assert bare["end_year"].is_absent
    assert not bare["countries"].is_absent
    assert bare["countries"].values is None
    assert not bare["limits"].is_absent
    assert bare[f"{ON}outcomes"].values is None


# Prepared comparisons -----------------------------------------------------------------------------


def test_the_editors_prepared_what_a_reader_without_a_script_needs(real_library: Library) -> None:
    prepared = real_library.comparisons
    count = {kind: sum(each.kind == kind for each in prepared) for kind in COMPARED}
    assert count["programme"] >= 3
    assert all(count[kind] for kind in COMPARED)
    assert {"entre", "healthy-identity-intervention", "back-on-track"} in [set(each.records) for each in prepared]
    assert all(FEWEST <= len(each.records) <= MOST for each in prepared)


def test_without_the_file_there_are_none(tmp_path: Path) -> None:
    assert read_prepared(tmp_path / "comparisons.yaml", "data/comparisons.yaml", {}) == ([], [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x y: {name: A, why: B, records: [p, q]}", "bad-id"),
        ("x: [p, q]", "wrong-type"),
        ("x: {name: A, why: B, records: p}", "wrong-type"),
        ("x: {name: [A], why: B, records: [p, q]}", "wrong-type"),
        ("x: {name: A, records: [p, q]}", "missing-field"),
        ("x: {name: A, why: B, records: [p, q], more: C}", "unknown-field"),
        ("x: {name: A, why: B, records: [p, nobody]}", "unknown-link"),
        ("x: {name: A, why: B, records: [p]}", "bad-comparison"),
        ("x: {name: A, why: B, records: [p, p]}", "bad-comparison"),
        ("x: {name: A, why: B, records: [p, q, p1, p2, p3, p4, p5]}", "bad-comparison"),
        ("x: {name: A, why: B, records: [p, t]}", "bad-comparison"),
        ("x: {name: A, why: B, records: [f, g]}", "bad-comparison"),
    ],
)
def test_a_mistake_is_said_once(tmp_path: Path, text: str, said: str) -> None:
    kinds = {**dict.fromkeys(("p", "q", "p1", "p2", "p3", "p4", "p5"), "programme"), "t": "theory", "f": "factor", "g": "factor"}
    (tmp_path / "c.yaml").write_text(f"{text}\n", encoding="utf-8")
    prepared, problems = read_prepared(tmp_path / "c.yaml", "data/comparisons.yaml", kinds)
    assert [each.code.id for each in problems] == [said], [as_text(each) for each in problems]
    assert prepared == []


def test_a_good_one_is_read(tmp_path: Path) -> None:
    files = {
        "data/programmes.yaml": "\n".join(toy.BASE["data/programmes.yaml"].replace("north-star", id) for id in ("one", "two")),
        "data/comparisons.yaml": "both: {name: Both, why: Two programmes., records: [two, one]}\n",
    }
    library, problems = toy.load(tmp_path, files)
    assert problems == []
    assert [(each.id, each.kind, each.records) for each in library.comparisons] == [("both", "programme", ("two", "one"))]
