"""The evidence map: who has been looked at, on what, and what is missing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any, get_args

import pytest
from bs4 import BeautifulSoup, Tag

from site_fixtures import Shown, soup_of, words_of
from waymark.comparison import facets_of
from waymark.evidence import CHANGING, profile_in
from waymark.evidence_map import COLUMNS, DIMENSIONS, NO_SOURCE, OTHER, PLACES, THEORY, UNNAMED, EvidenceMap, GridCell, MapRow, dimension_of, evidence_map
from waymark.fields import EvidenceItem
from waymark.library import Library
from waymark.links import anchors_of
from waymark.render import Renderer
from waymark.stages import QUESTIONS, WORDS, Stage


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
        profile = profile_in(library, row.item)
        assert [(cell.question, cell.stage, cell.word) for cell in row.cells] == [
            (each.question, each.stage, each.word if each.stage else NO_SOURCE) for each in profile.assessments
        ]
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


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [("attitudes", "cognition"), ("terrorism reoffending", "behaviour"), ("attendance", OTHER), ("not reported", UNNAMED), (None, UNNAMED)],
)
def test_dimension(outcome: str | None, expected: str) -> None:
    assert dimension_of(outcome) == expected


def test_the_dimensions_are_those_of_the_theory(real_library: Library) -> None:
    assert set(DIMENSIONS) - {OTHER, UNNAMED} <= set(anchors_of(real_library.items[THEORY].record))


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


def test_facets_to_choose_by(toy_library: Library) -> None:
    """Those that all kinds of the map have where they are compared; the status without its year; what nobody has coded is None."""
    library = with_findings(toy_library, "tea-hour", countries="not reported", setting=None)
    found = evidence_map(library)
    names = [facet.name for facet in found.facets]
    assert names[: len(COLUMNS)] == list(COLUMNS) == [facet.name for facet in found.facets if facet.is_shown]
    assert set(names) - {"kind"} == {facet.name for facet in facets_of("programme")} & {facet.name for facet in facets_of("practice")}
    assert [cell.values for cell in row_of(found, "tea-hour").facets[: len(COLUMNS)]] == [("practice",), (), None, ("replaced",)]
    assert found.filters(), "and there is something to choose"


# The grid -----------------------------------------------------------------------------------------


def cell_of(found: EvidenceMap, dimension: str, question: str) -> GridCell:
    return next(cell for row in found.grid for cell in row if (cell.dimension, cell.question) == (dimension, question))


def test_each_finding_stands_in_one_cell_of_the_grid(library: Library) -> None:
    found = evidence_map(library)
    assert [[(cell.dimension, cell.question) for cell in row] for row in found.grid] == [[(name, question) for question in QUESTIONS] for name in DIMENSIONS]
    counted = Counter((dimension_of(each.outcome), each.question) for row in found.rows for each in row.item.record.evidence)  # type: ignore[attr-defined]
    assert {key: number for key, number in counted.items() if number} == {
        (cell.dimension, cell.question): sum(page.findings for page in cell.pages) for row in found.grid for cell in row if cell.pages
    }
    for cell in (cell for row in found.grid for cell in row):
        assert [page.row for page in cell.pages] == sorted({page.row for page in cell.pages}), "each page once"
        assert sum(number for _, number in cell.stages) == len(cell.pages)
        for page in cell.pages:
            first = found.rows[page.row].item.record.evidence[page.first]  # type: ignore[attr-defined]
            assert (dimension_of(first.outcome), first.question) == (cell.dimension, cell.question)


def test_a_cell_of_the_grid_counts_pages_by_stage(toy_library: Library) -> None:
    """Each page once, at the stage of its own findings in the cell, furthest first; other cells do not lift it."""
    said = (finding(outcome="attitudes"), finding(outcome="attitudes", design="randomised", direction="favours"), finding(outcome="attitudes", question="harm"))
    library = with_findings(with_findings(toy_library, "open-door", *said), "tea-hour", finding(outcome="attitudes", kind="theory"))
    found = evidence_map(library)
    outcomes, harm = cell_of(found, "cognition", "outcomes"), cell_of(found, "cognition", "harm")
    assert outcomes.stages == ((Stage.COMPARED, 1), (Stage.DESCRIBED, 1))
    assert [(found.rows[page.row].item.id, page.first, page.findings) for page in outcomes.pages] == [("open-door", 1, 2), ("tea-hour", 0, 1)]
    assert harm.stages == ((Stage.STUDIED, 1),)
    assert cell_of(found, "crime", "outcomes").pages == ()


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
        for cell, td in zip(row.cells, shown.select("td")[len(COLUMNS) : len(COLUMNS) + len(QUESTIONS)] if row.cells else (), strict=True):
            assert td["data-value"] == f"{int(cell.stage)} {cell.findings}"
            if not cell.stage:
                assert words_of(td) == NO_SOURCE
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


def test_the_grid_leads_to_the_pages_behind_each_number(page: BeautifulSoup, toy_library: Library) -> None:
    found = evidence_map(toy_library)
    shown = page.select(".wm-grid tbody tr")
    assert [words_of(row.select("th")[0]) for row in shown] == list(DIMENSIONS.values())
    filled = 0
    for row, cells in zip(shown, found.grid, strict=True):
        for td, cell in zip(row.select("td"), cells, strict=True):
            words = td.select_one(".wm-none")
            assert words
            assert words_of(words) == NO_SOURCE
            assert words.has_attr("hidden") is bool(cell.pages), "never blank"
            if not cell.pages:
                continue
            filled += 1
            link = td.select_one("a")
            assert link
            assert [words_of(line) for line in td.select("li")] == [f"{WORDS[stage][0].capitalize()} {number}" for stage, number in cell.stages]
            behind = page.find(id=str(link["href"])[1:])
            assert isinstance(behind, Tag)
            assert [words_of(each) for each in behind.select("li")] == [
                f"{' '.join(found.rows[each.row].item.record.name.split())}: {WORDS[each.stage][0]} ({each.findings})" for each in cell.pages
            ]
    assert filled > 1


def test_a_map_without_findings_says_not_yet_coded(toy_library: Library) -> None:
    library = toy_library
    for id in [item.id for kind in CHANGING for item in toy_library.of_kind(kind)]:
        library = with_findings(library, id)
    soup = soup_of(Renderer(library).evidence_map().html)
    assert {words_of(td) for td in soup.select(".wm-grid td")} == {"not yet coded"}


def test_not_yet_coded_is_no_gap(toy_library: Library) -> None:
    library = with_findings(toy_library, "open-door")
    soup = soup_of(Renderer(library).evidence_map().html)
    row = next(row for row in soup.select(".wm-map tbody tr") if row.select_one('a[href="../programmes/open-door/"]'))
    assert cells_of(row)[1 + len(COLUMNS) : 1 + len(COLUMNS) + len(QUESTIONS)] == ["not yet coded"] * len(QUESTIONS)
    assert NO_SOURCE not in words_of(row)


def test_filters_and_sorting_fit_the_columns(page: BeautifulSoup, real_library: Library) -> None:
    for soup in (page, soup_of(Renderer(real_library).evidence_map().html)):
        heads = [words_of(head) for head in soup.select(".wm-map thead th:not([hidden])")]
        assert heads == ["Name", "Kind", "Country", "Setting", "Status", *(question.capitalize() for question in QUESTIONS)]
        every = [words_of(head) for head in soup.select(".wm-map thead th")]
        assert every[: len(heads)] == heads, "what is not shown comes last, so that the numbers of the columns hold"
        for field in soup.select(".wm-filters [data-column]"):
            label = field.find_parent("label")
            assert isinstance(label, Tag)
            assert words_of(label).startswith(every[int(str(field["data-column"]))])
        assert {len(row.select("th, td")) for row in soup.select(".wm-map tr")} == {len(every)}
    names = [field["name"] for field in soup.select(".wm-filters [data-column]")]
    assert {"kind", "country", "setting", "phase", "target-group", "ideology-scope", "status", "theory", "outcomes-looked-at", "outcomes-stage"} == set(names)


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
    assert links == {f"../theories/{THEORY}/#{name}" for name in DIMENSIONS if name not in (OTHER, UNNAMED)}
