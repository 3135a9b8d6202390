"""Diagrams of theories: as values, and as the drawing in the page."""

from __future__ import annotations

from itertools import pairwise

import pytest

from site_fixtures import Shown, words_of
from waymark.anatomy import NumberedPart, PartGroup
from waymark.diagrams import WIDTH, Diagram, diagram_of
from waymark.drawing import Box

DRAWING = "figure.wm-diagram:not(.wm-neighbourhood)"
STAGES, WALLS, ONE = "theories/harbour-stages/", "theories/four-walls/", "theories/one-piece/"
TITLES = ["North", "East & West", "A title of many words that cannot stand on one line of its box", "South", "Below"]


def group(*titles: str) -> PartGroup:
    return PartGroup("", tuple(NumberedPart(number, f"part-{number}", title, "") for number, title in enumerate(titles, 1)))


def drawn(form: str, *titles: str) -> Diagram:
    diagram = diagram_of("The model", form, (group(*titles),))
    assert diagram
    return diagram


def overlap(one: Box, other: Box) -> bool:
    return one.x < other.x + other.width and other.x < one.x + one.width and one.y < other.y + other.height and other.y < one.y + one.height


@pytest.mark.parametrize("form", ["stages", "components", "dimensions", "levels", "types", "groups"])
@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_boxes_stay_in_the_drawing_and_apart(form: str, count: int) -> None:
    diagram = drawn(form, *TITLES[:count])
    for number, box in enumerate(diagram.boxes):
        assert box.x >= 0
        assert box.x + box.width <= WIDTH
        assert box.y >= 0
        assert box.y + box.height <= diagram.height
        assert not [other for other in diagram.boxes[number + 1 :] if overlap(box, other)]
        assert all(box.y < place < box.y + box.height for place, _ in box.line_places())


def test_stages_follow_one_another_with_arrows() -> None:
    diagram = drawn("stages", *TITLES)
    assert [" ".join(box.lines) for box in diagram.boxes] == [f"{number}. {title}" for number, title in enumerate(TITLES, 1)]
    assert [box.anchor for box in diagram.boxes] == [f"part-{number}" for number in range(1, 6)]
    assert len(diagram.lines) == len(TITLES) - 1
    for line, (above, below) in zip(diagram.lines, pairwise(diagram.boxes), strict=True):
        assert line.arrow
        assert line.x1 == line.x2 == above.middle == below.middle
        assert line.y1 == above.y + above.height
        assert line.y1 < line.y2 <= below.y


def test_components_hang_from_the_name_without_arrows_or_order() -> None:
    diagram = drawn("components", *TITLES)
    head, *boxes = diagram.boxes
    assert head.is_title
    assert head.lines == ("The model",)
    assert [" ".join(box.lines) for box in boxes] == TITLES, "no numbers: they stand side by side"
    assert not any(line.arrow for line in diagram.lines)
    stem, *branches = diagram.lines
    assert stem.x1 == stem.x2 == head.middle
    assert stem.y1 == head.y + head.height
    for branch, box in zip(branches, boxes, strict=True):
        assert branch.x1 == stem.x1, "starts at the stem"
        assert stem.y1 < branch.y1 == branch.y2 <= stem.y2
        assert branch.x2 in (box.x, box.x + box.width), "ends at the edge of its box"
        assert box.y < branch.y1 < box.y + box.height


def test_the_description_says_everything_in_words() -> None:
    assert drawn("stages", "One", "Two").description == "2 stages, one after the other: 1 One; 2 Two."
    assert drawn("levels", "One", "Two").description == "2 levels side by side: 1 One; 2 Two."


def test_nothing_is_drawn_of_less_than_two_parts() -> None:
    assert diagram_of("x", "stages", ()) is None
    assert diagram_of("x", "stages", (group("One"),)) is None


def test_a_word_longer_than_its_box_does_not_break_the_drawing() -> None:
    diagram = drawn("components", "x" * 100, "Short")
    assert "".join(diagram.boxes[1].lines) == "x" * 100


def test_the_drawing_in_the_page(toy_pages: dict[str, Shown]) -> None:
    for address, arrows in ((STAGES, 2), (WALLS, 0)):
        soup = toy_pages[address].soup
        (figure,) = soup.select(DRAWING)
        (svg,) = figure.select("svg")
        assert svg["role"] == "img"
        named = [soup.select_one(f"#{id}") for id in str(svg["aria-labelledby"]).split()]
        assert [each.name for each in named if each] == ["title", "desc"]
        assert len(svg.select("line[marker-end]")) == arrows
        twin = [words_of(strong) for strong in soup.select("ol.wm-parts strong")]
        drawing = [words_of(text).replace("  ", " ") for text in svg.select("text")]
        for title in twin:
            assert any(title.replace(" ", "") in words.replace(" ", "") for words in drawing), title
            assert title in words_of(named[1])
        left, top, width, height = (float(number) for number in str(svg["viewbox" if svg.has_attr("viewbox") else "viewBox"]).split())
        for box in svg.select("rect"):
            assert left <= float(box["x"])
            assert float(box["x"]) + float(box["width"]) <= left + width
            assert top <= float(box["y"])
            assert float(box["y"]) + float(box["height"]) <= top + height
    assert words_of(toy_pages[STAGES].soup.select_one("figcaption")).startswith("Harbour stages.")


def test_other_pages_have_no_drawing(toy_pages: dict[str, Shown]) -> None:
    assert {address for address, shown in toy_pages.items() if shown.soup.select(DRAWING)} == {STAGES, WALLS}
