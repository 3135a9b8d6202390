"""The evidence map: who has been looked at, on what, and what is missing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any, get_args

import pytest
from bs4 import BeautifulSoup, Tag

from site_fixtures import Shown, soup_of, words_of
from waymark.evidence import CHANGING, QUESTIONS, WORDS, Stage, profile_of
from waymark.evidence_map import DIMENSIONS, FACTS, OTHER, PLACES, THEORY, EvidenceMap, MapRow, dimension_of, evidence_map
from waymark.fields import EvidenceItem
from waymark.library import Library
from waymark.links import anchors_of
from waymark.render import Renderer


@pytest.fixture(params=["toy_library", "real_library"])
def library(request: pytest.FixtureRequest) -> Library:
    found: Library = request.getfixturevalue(request.param)
    return found


def finding(**changes: Any) -> EvidenceItem:
    said = {"source": "[@doe2001door, p. 1]", "question": "outcomes", "kind": "outcome study", "finding": "x [@doe2001door, p. 1]"}
    return EvidenceItem.model_validate({**said, **changes})


def with_findings(library: Library, id: str, *found: EvidenceItem, **changes: Any) -> Library:
    item = library.items[id]
    return replace(library, items={**library.items, id: replace(item, record=item.record.model_copy(update={"evidence": found, **changes}))})


def row_of(found: EvidenceMap, id: str) -> MapRow:
    return next(row for row in found.rows if row.item.id == id)


# The values ---------------------------------------------------------------------------------------


def test_every_programme_and_practice_has_a_row(library: Library) -> None:
    found = evidence_map(library)
    assert [row.item.id for row in found.rows] == sorted(
        (item.id for item in library.items.values() if item.kind.name in CHANGING), key=lambda id: library.items[id].record.name.casefold()
    )
    for row in found.rows:
        evidence = row.item.record.evidence  # type: ignore[attr-defined]
        if not evidence:
            assert row.cells == (), "not yet coded is not the same as nothing coded"
            continue
        profile = profile_of(row.item.record, library.bibliography)
        assert [(cell.question, cell.stage, cell.word) for cell in row.cells] == [(each.question, each.stage, each.word) for each in profile.assessments]
        assert sum(cell.findings for cell in row.cells) == len(evidence)
        for cell in row.cells:
            assert (cell.first is None) is (cell.stage is Stage.NOTHING) is (cell.findings == 0)
            assert cell.first is None or evidence[cell.first].question == cell.question
            assert sum(number for _, number in cell.dimensions) == (cell.findings if cell.question == "outcomes" else 0)


def test_sums(library: Library) -> None:
    """Each record with coded findings stands once in each line; a question never lags behind its dimensions."""
    found = evidence_map(library)
    assert found.coded == sum(bool(row.cells) for row in found.rows) > 0
    assert [(each.question, each.dimension) for each in found.reached if not each.dimension] == [(question, "") for question in QUESTIONS]
    assert [each.dimension for each in found.reached if each.dimension] == list(DIMENSIONS)
    for each in found.reached:
        assert sum(each.stages) == each.from_stage(0) == found.coded
    for number, question in enumerate(QUESTIONS):
        line = next(each for each in found.reached if (each.question, each.dimension) == (question, ""))
        assert line.stages == tuple(Counter(row.cells[number].stage for row in found.rows if row.cells)[stage] for stage in Stage)
    assert sum(found.outcomes.values()) == sum(row.cells[0].findings for row in found.rows if row.cells)


def test_every_coded_outcome_has_a_place() -> None:
    """A value that is added to the codebook must be sorted, with a reason."""
    codes = {value for literal in get_args(EvidenceItem.model_fields["outcome"].annotation) for value in get_args(literal)}
    assert PLACES.keys() == codes
    assert {place for place, _ in PLACES.values()} == DIMENSIONS.keys(), "each dimension can be reached"
    assert all(why.endswith(".") for _, why in PLACES.values())


@pytest.mark.parametrize(("outcome", "expected"), [("attitudes", "cognition"), ("terrorism reoffending", "behaviour"), ("not reported", OTHER), (None, OTHER)])
def test_dimension(outcome: str | None, expected: str) -> None:
    assert dimension_of(outcome) == expected


def test_the_dimensions_are_those_of_the_theory(real_library: Library) -> None:
    assert set(DIMENSIONS) - {OTHER} <= set(anchors_of(real_library.items[THEORY].record))


def test_dimensions_of_a_record(toy_library: Library) -> None:
    """Each dimension has the stage of its own findings."""
    compared = finding(outcome="attitudes", design="randomised", direction="favours")
    library = with_findings(toy_library, "open-door", finding(outcome="networks"), compared, finding(question="harm", outcome="attitudes"))
    found, before = evidence_map(library), evidence_map(with_findings(toy_library, "open-door"))
    assert row_of(found, "open-door").cells[0].dimensions == (("cognition", 1), ("reintegration", 1))
    gained = {
        each.dimension: [stage for stage, (new, old) in enumerate(zip(each.stages, was.stages, strict=True)) if new > old]
        for each, was in zip(found.reached, before.reached, strict=True)
        if each.dimension
    }
    assert gained == {**{name: [Stage.NOTHING] for name in DIMENSIONS}, "cognition": [Stage.COMPARED], "reintegration": [Stage.STUDIED]}


def test_a_cell_leads_to_the_first_finding_that_reaches_its_stage(toy_library: Library) -> None:
    library = with_findings(toy_library, "open-door", finding(kind="theory"), finding(question="harm"), finding(), finding())
    cell = row_of(evidence_map(library), "open-door").cells[0]
    assert (cell.stage, cell.findings, cell.first) == (Stage.STUDIED, 3, 2)


def test_facts_to_choose_by(toy_library: Library) -> None:
    """The status without its year; what is not reported is empty, what nobody has coded is None."""
    library = with_findings(toy_library, "tea-hour", countries="not reported", setting=None)
    assert FACTS == ("kind", "countries", "setting", "status")
    assert row_of(evidence_map(library), "tea-hour").facts == (("practice",), (), None, ("replaced",))


# The page -----------------------------------------------------------------------------------------


@pytest.fixture
def page(toy_pages: dict[str, Shown]) -> BeautifulSoup:
    return toy_pages["evidence-map/"].soup


def cells_of(row: Tag) -> list[str]:
    return [words_of(cell) for cell in row.select("th, td")]


def test_each_cell_says_its_stage_in_a_word_and_a_shape(page: BeautifulSoup, toy_library: Library) -> None:
    found = evidence_map(toy_library)
    rows = page.select(".wm-map tbody tr")
    assert len(rows) == len(found.rows) > 0
    for row, shown in zip(found.rows, rows, strict=True):
        assert cells_of(shown)[0] == " ".join(f"{row.item.record.name} {'retired' if row.item.record.retired else ''}".split())
        for cell, td in zip(row.cells, shown.select("td")[len(FACTS) :] if row.cells else (), strict=True):
            assert td["data-value"] == f"{int(cell.stage)} {cell.findings}"
            if not cell.stage:
                assert words_of(td) == "nothing coded"
                continue
            link = td.select_one("a")
            assert link
            assert words_of(link) == f"{cell.word.capitalize()} ({cell.findings})"
            use = link.select_one("svg[aria-hidden] use")
            assert use
            symbol = page.find("symbol", id=str(use["href"])[1:])
            assert isinstance(symbol, Tag)
            assert len(symbol.select("rect")) == max(Stage)
            assert len(symbol.select("rect[fill]")) == cell.stage


def test_each_cell_leads_to_a_finding(toy_pages: dict[str, Shown], page: BeautifulSoup) -> None:
    links = [str(link["href"]) for link in page.select(".wm-map td a")]
    assert links
    for href in links:
        address, _, anchor = href.removeprefix("../").partition("#")
        row = toy_pages[address].soup.find(id=anchor)
        assert isinstance(row, Tag)
        assert row.name == "tr"


def test_not_yet_coded_is_no_gap(toy_library: Library) -> None:
    library = with_findings(toy_library, "open-door")
    soup = soup_of(Renderer(library).evidence_map().html)
    row = next(row for row in soup.select(".wm-map tbody tr") if row.select_one('a[href="../programmes/open-door/"]'))
    assert cells_of(row)[-len(QUESTIONS) :] == ["not yet coded"] * len(QUESTIONS)
    assert len(row.select(".wm-uncoded")) == len(QUESTIONS)
    assert "nothing coded" not in words_of(row)


def test_filters_and_sorting_fit_the_columns(page: BeautifulSoup, real_library: Library) -> None:
    for soup in (page, soup_of(Renderer(real_library).evidence_map().html)):
        heads = [words_of(head) for head in soup.select(".wm-map thead th")]
        assert heads == ["Name", "Kind", "Countries", "Setting", "Status", *(question.capitalize() for question in QUESTIONS)]
        for field in soup.select(".wm-filters [data-column]"):
            assert heads[int(str(field["data-column"]))].lower() == field["name"]
    assert [field["name"] for field in soup.select(".wm-filters [data-column]")] == list(FACTS)


def test_what_is_missing_stands_in_words(page: BeautifulSoup, toy_library: Library) -> None:
    found = evidence_map(toy_library)
    rows = page.select(".wm-reached tbody tr")
    assert len(rows) == len(found.reached)
    for line, row in zip(found.reached, rows, strict=True):
        *_, words = cells_of(row)
        assert words.startswith(f"Nothing coded for {line.stages[0]} of {found.coded}.")
        assert ("No study." in words) is (line.from_stage(Stage.STUDIED) == 0)
    assert [words_of(head) for head in page.select(".wm-reached thead th")][1:-1] == [word.capitalize() for word, _ in WORDS.values()]


def test_dimensions_lead_to_the_theory(real_library: Library) -> None:
    soup = soup_of(Renderer(real_library).evidence_map().html)
    links = {str(link["href"]) for link in soup.select(".wm-sorted td a")}
    assert links == {f"../theories/{THEORY}/#{name}" for name in DIMENSIONS if name != OTHER}
