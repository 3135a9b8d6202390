"""Drawings that hand-written pages ask for: the markers, the relations between the named records, and the page."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from site_fixtures import Built, words_of
from test_neighbourhood import check
from waymark.anatomy import way_of
from waymark.library import Library
from waymark.markers import RELATIONS_MARKER, find_markers, links_of_markers, marker_faults
from waymark.neighbourhood import drawn
from waymark.pictures import links_among, stars_of
from waymark.render import Renderer

THEORIES = ["harbour-stages", "four-walls", "one-piece", "lonely-evenings"]


# Markers ------------------------------------------------------------------------------------------


def test_a_marker_names_records_and_has_a_caption() -> None:
    text = "Words.\n\n[[ relations: one,two , three | A caption ]]\n\nWords.\n"
    (marker,) = find_markers(text)
    assert [id for id, _ in marker.ids] == ["one", "two", "three"]
    assert all(text.startswith(id, start) for id, start in marker.ids)
    assert marker.caption == "A caption"
    assert text[marker.start : marker.end] == "[[ relations: one,two , three | A caption ]]"


@pytest.mark.parametrize(
    "text", ["`[[relations: a, b | C]]`", "```\n[[relations: a, b | C]]\n```", "[[1]](https://a.example)", "[words][id]", "[[relations a]]", "[[other: a | B]]"]
)
def test_what_is_no_marker(text: str) -> None:
    assert find_markers(text) == []


@given(st.text(st.sampled_from("[]relations:ab, |\n`~ "), max_size=80))
def test_any_text_is_read(text: str) -> None:
    """What looks like a marker is one or is complained of, and nothing is raised."""
    faults = list(marker_faults(text, {}, (), {}))
    for marker in find_markers(text):
        assert text[marker.start : marker.start + 2] == "[["
        assert faults or (marker.caption and len(marker.ids) >= 2) or not (marker.caption or marker.ids)


def test_a_page_mentions_what_its_marker_names() -> None:
    links = list(links_of_markers("guide", "[[relations: a-b, c | D]]"))
    assert [(link.source, link.target, link.relation) for link in links] == [("guide", "a-b", "mentions"), ("guide", "c", "mentions")]


# Relations between records ------------------------------------------------------------------------


def said(library: Library, ids: list[str]) -> list[tuple[tuple[str, str], tuple[str, str], str]]:
    """Every line of the drawing as source, heading seen from there or from the other end, target."""
    found = []
    for star in stars_of(library, ids):
        for group in star.groups:
            for each in group.members:
                ends = ((star.id, star.anchor), (each.id, each.anchor))
                source, target = ends if way_of(group.heading) != "in" else ends[::-1]
                found.append((source, target, group.heading))
    return found


def test_each_relation_is_drawn_once(real_library: Library) -> None:
    """For every two neighbours of every record: as many lines as relations, between the same ends."""
    for item in list(real_library.items.values())[::5]:
        ids = [item.id, *dict.fromkeys(link.target for link in real_library.outgoing.get(item.id, ()) if link.target in real_library.items)][:20]
        lines = said(real_library, ids)
        links = links_among(real_library, ids)
        assert sorted(sorted(ends) for *ends, _ in lines) == sorted(sorted(((link.source, ""), (link.target, link.anchor))) for link in links)


def test_the_record_with_most_relations_stands_in_the_midst(toy_library: Library) -> None:
    (star, *_) = stars_of(toy_library, THEORIES)
    assert (star.id, [(group.heading, [each.id for each in group.members]) for group in star.groups]) == (
        "harbour-stages",
        [("Classifies", ["lonely-evenings"]), ("Complements", ["four-walls"]), ("In tension with", ["one-piece"])],
    )


def test_related_to_counts_only_where_nothing_else_does(real_library: Library) -> None:
    for one, other in combinations(["significance-quest-3n", "significance-loss", "unmet-core-needs"], 2):
        relations = [link.relation for link in links_among(real_library, [one, other])]
        assert relations in ([], ["related_to"], ["defines"])


def test_the_order_of_records_that_are_no_neighbours_changes_nothing(toy_library: Library) -> None:
    assert stars_of(toy_library, THEORIES) == stars_of(toy_library, [*THEORIES, "rope"])


def test_real_markers_are_drawn_without_overlap(real_library: Library) -> None:
    renderer = Renderer(real_library)
    markers = [marker for page in real_library.pages.values() for marker in find_markers(page.text) if marker.name == RELATIONS_MARKER]
    assert len(markers) >= 2
    for marker in markers:
        ids = [id for id, _ in marker.ids]
        check(drawn((renderer.related(star.id, star.anchor, "../"), renderer.groups(star.groups, "../")) for star in stars_of(real_library, ids)))


# The page -----------------------------------------------------------------------------------------


@pytest.fixture
def picture(toy_project: Path, build_toy: Callable[..., Built]) -> BeautifulSoup:
    page = toy_project / "content" / "method.md"
    page.write_text(f"{page.read_text(encoding='utf-8')}\n[[relations: {', '.join(THEORIES)} | How the theories hang together]]\n", encoding="utf-8")
    built = build_toy()
    assert built.returncode == 0, built.output
    return built.page("method")


def test_a_marker_becomes_a_drawing_and_a_table(picture: BeautifulSoup, toy_library: Library) -> None:
    (box,) = picture.select(".wm-picture")
    assert not box.find_parent("p")
    assert "[[" not in picture.get_text()
    for each in box.select("figure, details"):
        assert each.has_attr("data-search-exclude")
        assert not each.select(each.name), "the search of the theme would look again after its end"
    assert words_of(box.select_one("figcaption")).startswith("How the theories hang together.")
    rows = [[words_of(cell) for cell in row.select("th, td")][:3] for row in box.select("tbody tr")]
    name = {id: item.record.name for id, item in toy_library.items.items()}
    assert [row[0] for row in rows] == [name[link.source] for link in links_among(toy_library, THEORIES)]
    assert len(box.select("svg a:not(.wm-head)")) == len(rows), "a line for each relation"
    assert box.select("td a.wm-cite")
    for cite in box.select("td a.wm-cite"):
        key = str(cite["href"]).split("/")[-2]
        assert picture.select(f"#ref-{key}"), "its source stands in the list of references"
    linked = {str(link["href"]).split("#")[0] for link in box.select("svg a")}
    assert linked == {str(link["href"]).split("#")[0] for link in box.select("td a.wm-link, th a.wm-link")}
