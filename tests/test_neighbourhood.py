"""The drawing of what a record is linked with: as values, and as it stands in the page beside its list."""

from __future__ import annotations

from itertools import combinations, groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_fixtures import TOY_SITE, Shown, soup_of, words_of
from waymark.anatomy import Way
from waymark.drawing import NARROW, Box
from waymark.library import Library
from waymark.neighbourhood import MOST, Branch, Group, Neighbourhood, Node, Related, drawn, neighbourhood_of
from waymark.render import Renderer

SELF = Related("The record itself", "", "programme")
NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co")), min_size=1, max_size=150)
MEMBERS = st.builds(Related, NAMES, st.just("../x/"), st.sampled_from(["programme", "recommendation", "page"]))
GROUPS = st.builds(
    Group,
    st.sampled_from(["Uses", "Used by", "Related to", "Mentions"]),
    st.sampled_from(["out", "in", "both"]),
    st.lists(MEMBERS, min_size=1, max_size=30).map(tuple),
)


def nodes(drawing: Neighbourhood) -> list[Node]:
    """Every box but that of the record."""
    return [node for branch in drawing.branches for node in branch.nodes]


def overlap(one: Box, other: Box) -> bool:
    return one.x < other.x + other.width and other.x < one.x + one.width and one.y < other.bottom and other.y < one.bottom


def check(drawing: Neighbourhood) -> None:
    """Everything lies in its column, and nothing on anything else."""
    for column in drawing.columns:
        heads = [tree.head.box for tree in column.trees if tree.head]
        branches = [branch for tree in column.trees for branch in tree.branches]
        boxes = [*heads, *(node.box for branch in branches for node in branch.nodes)]
        # A line of words has its letters above its baseline and a little below.
        lines = [Box(24, branch.baseline - 13, 100, 17, ()) for branch in branches]
        lines += [Box(38, branch.more_baseline - 13, 100, 17, ()) for branch in branches if branch.more]
        for box in (*boxes, *lines):
            assert box.x >= 0
            assert box.x + box.width <= NARROW
            assert box.y >= 0
            assert box.bottom <= column.height
        assert not [pair for pair in combinations(sorted([*boxes, *lines], key=lambda box: box.y), 2) if overlap(*pair)]
        for branch in branches:
            for node, line in zip(branch.nodes, branch.lines, strict=True):
                assert line.y1 == line.y2 == node.box.y + node.box.height / 2
                assert node.box.x in (line.x1, line.x2)


def twin(drawing: Neighbourhood) -> list[tuple[str, list[tuple[str, str, str]], int]]:
    """What the drawing says, by heading: the boxes, and how many more."""
    found = []
    for heading, parts in groupby(drawing.branches, key=lambda branch: branch.heading):
        same: list[Branch] = list(parts)
        assert [branch.is_continued for branch in same] == [False, True][: len(same)]
        found.append((heading, [(node.title, node.address, node.kind) for branch in same for node in branch.nodes], sum(branch.more for branch in same)))
    return found


def check_twin(drawing: Neighbourhood, groups: list[Group]) -> None:
    """Drawing and “more” together are the list, in its order."""
    assert [heading for heading, _, _ in twin(drawing)] == [group.heading for group in groups]
    for (_, boxes, more), group in zip(twin(drawing), groups, strict=True):
        assert boxes == [(each.title, each.address, each.kind) for each in group.members[: len(boxes)]]
        assert len(boxes) + more == len(group.members)


def test_real_records_are_drawn_as_they_are_listed(real_library: Library) -> None:
    """For every record: at most 40 boxes, none on another, all inside, and the same as the list."""
    renderer = Renderer(real_library)
    most = 0
    for item in real_library.items.values():
        groups = renderer.neighbours(item, "../../")
        count = sum(len(group.members) for group in groups)
        drawing = neighbourhood_of(Related(item.record.name, "", item.kind.name), groups)
        assert (drawing is None) == (count < 2)
        if drawing:
            check(drawing)
            check_twin(drawing, groups)
            assert len(nodes(drawing)) == min(count, MOST - 1)
            most = max(most, count)
    assert most >= MOST, "one real record has more than are drawn"


@given(st.lists(GROUPS, max_size=8, unique_by=lambda group: group.heading))
def test_any_names_in_any_number(groups: list[Group]) -> None:
    drawing = neighbourhood_of(SELF, groups)
    assert (drawing is None) == (sum(len(group.members) for group in groups) < 2)
    if drawing:
        check(drawing)
        check_twin(drawing, groups)
        assert len(nodes(drawing)) < MOST
        assert neighbourhood_of(SELF, groups) == drawing
    if groups:
        check(drawn([(SELF, groups), (SELF, groups)]))


@pytest.mark.parametrize(("way", "starts", "arrow"), [("out", "stem", True), ("in", "box", True), ("both", "stem", False)])
def test_an_arrow_starts_at_the_page_that_states_the_link(way: Way, starts: str, arrow: bool) -> None:
    drawing = drawn([(SELF, [Group("x", way, (Related("A", "a/", "term"),))])])
    (line,) = drawing.branches[0].lines
    assert line.arrow == arrow
    assert (line.x1 < line.x2) == (starts == "stem")


def test_typed_relations_come_before_mentions_when_there_is_no_room() -> None:
    many = tuple(Related(f"N{number}", f"{number}/", "term") for number in range(50))
    drawing = neighbourhood_of(SELF, [Group("Uses", "out", many[:38]), Group("Mentions", "out", many[38:45]), Group("Mentioned by", "in", many[45:])])
    assert drawing
    assert [(heading, len(boxes), more) for heading, boxes, more in twin(drawing)] == [("Uses", 38, 0), ("Mentions", 1, 6), ("Mentioned by", 0, 5)]


def test_a_long_name_is_shortened_and_kept_whole_beside() -> None:
    drawing = drawn([(SELF, [Group("x", "out", (Related("many words " * 20, "a/", "term"), Related("Short", "b/", "term")))])])
    long, short = nodes(drawing)
    assert (len(long.box.lines), long.box.lines[-1][-1], long.is_changed) == (3, "…", True)
    assert (short.box.lines, short.is_changed) == (("Short",), False)


def test_a_long_drawing_has_two_columns_of_about_the_same_height() -> None:
    members = tuple(Related(f"N{number}", "a/", "term") for number in range(30))
    assert len(drawn([(SELF, [Group("x", "out", members[:3])])]).columns) == 1
    drawing = neighbourhood_of(SELF, [Group("x", "out", members)])
    assert drawing
    first, second = drawing.columns
    assert abs(first.height - second.height) < 120
    assert drawing.bridge


def test_the_drawing_in_the_page(toy_pages: dict[str, Shown]) -> None:
    """Beside each list of two or more stands a drawing with the same links, which a keyboard reaches in the same order."""
    drawn_pages = 0
    for shown in toy_pages.values():
        listed = [(str(link["href"]), words_of(link)) for link in shown.soup.select("dl.wm-related li > a.wm-link")]
        if len(listed) < 2:
            assert not shown.soup.select(".wm-neighbourhood")
            continue
        drawn_pages += 1
        (fold,) = shown.soup.select("h2#related + details.wm-fold")
        assert not fold.has_attr("open"), "the list comes first"
        links = fold.select("svg a")
        assert [str(link["href"]) for link in links] == [href for href, _ in listed]
        for link, (_, words) in zip(links, listed, strict=True):
            assert words_of(link.title if link.title else link).startswith(words)
        (group,) = fold.select("[role=group]")
        assert not fold.select("[role=img]"), "an image would hide its links"
        named = [shown.soup.select_one(f"#{group[name]}") for name in ("aria-labelledby", "aria-describedby")]
        assert [each.name for each in named if each] == ["title", "desc"]
        assert all(words_of(svg.title).startswith("Related pages as a picture") for svg in group.select("svg"))
        assert not fold.select("[style]")
    assert drawn_pages > 5


def test_hostile_names_are_words() -> None:
    renderer = Renderer(Library({}, {}, {}, {}, {}, {}), TOY_SITE)
    drawing = drawn([(SELF, [Group("x", "out", (Related("<b onload='x'>\"</svg>", "a/", "term"),))])])
    soup = soup_of(str(renderer.drawing(drawing, "x", "<title>", "<i>", "list")))
    assert not soup.select("b, i")
    assert "<b onload='x'>\"</svg>" in words_of(soup.select_one("svg a"))
