"""Links between records."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.kinds import KINDS, Practice, Theory
from waymark.library import Library
from waymark.links import Link, TextLink, address_of, anchors_of, fault_of, find_links, links_of, mention, part_anchor, section_anchor
from waymark.relations import RELATIONS
from waymark.render import Renderer
from waymark.statements import statements_of

CHECKED = {"on": "2026-01-15", "against": ["a"]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see [the model][rnr-model].", [("the model", "rnr-model", "")]),
        ("[a point][coe-2016#point-3]", [("a point", "coe-2016", "point-3")]),
        ("[two\nlines][x]", [("two\nlines", "x", "")]),
        ("[a][x][b][y]", [("a", "x", "")]),
        ("[page][guides/start]", [("page", "guides/start", "")]),
        ("`[a][x]` and ``` [a][x] ```", []),
        ("```\n[a][x]\n```\n[b][y]", [("b", "y", "")]),
        ("![picture][x]", []),
        (r"\[a][x]", []),
        ("[@key, p. 1][x]", []),
        ("[a](x) [b] [c][]", []),
    ],
)
def test_find_links(text: str, expected: list[tuple[str, str, str]]) -> None:
    """Links to records as they are written in a text."""
    assert expected == [(each.words, each.target, each.anchor) for each in find_links(text)]


WORDS = st.text(alphabet="ab c–é*.(", min_size=1, max_size=8)
IDS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)?", fullmatch=True)


@given(st.lists(st.tuples(WORDS, IDS, st.one_of(st.just(""), IDS)), max_size=4), st.text(alphabet="ab .\n", max_size=5))
def test_round_trip(written: list[tuple[str, str, str]], between: str) -> None:
    """Links are found again where they were written."""
    text = (between + " ").join(f"[{words}][{target}{f'#{anchor}' if anchor else ''}]" for words, target, anchor in written)
    found = find_links(text)
    assert written == [(each.words, each.target, each.anchor) for each in found]
    for each in found:
        assert text[each.start : each.end].startswith(f"[{each.words}][{each.target}")
        assert text.startswith(each.target, mention("x", each).start)


@given(st.text(alphabet="[]#ab-@!\\`\n ", max_size=100) | st.text())
def test_any_text(text: str) -> None:
    """No text makes the reader stumble, and links do not overlap."""
    edges = [edge for found in find_links(text) for edge in (found.start, found.end)]
    assert edges == sorted(edges)


def test_links_of() -> None:
    """First the relations of a record, then what its texts mention."""
    relations = [{"type": "based_on", "to": "m#part-1", "basis": "ours", "note": "N"}]
    record = Practice.model_validate({"name": "P", "summary": "See [x][y#z].", "relations": relations, "checked": CHECKED})
    found = list(links_of("p", record, statements_of(record)))
    assert [Link("p", "m", "based_on", "part-1"), Link("p", "y", "mentions", "z")] == found
    assert (found[0].basis, found[0].note, found[0].loc, found[1].loc) == ("ours", "N", ("relations", 0), ("summary",))


def test_anchors_of() -> None:
    """Sections have the name of their field, parts a number or a name of their own."""
    parts = [{"title": "One", "text": "T"}, {"title": "Two", "anchor": "second"}]
    record = Theory.model_validate({"name": "T", "summary": "S", "core_idea": "C", "parts": parts, "year": 2012, "checked": CHECKED})
    assert anchors_of(record) == {"core-idea": "core_idea", "parts": "parts", "part-1": "One", "second": "Two"}


def test_anchors_are_on_the_page(library: Library) -> None:
    """A link that passes the check leads to a place that is there."""
    renderer = Renderer(library)
    for item in library.items.values():
        html = renderer.record(item).html
        assert [anchor for anchor in anchors_of(item.record) if f'id="{anchor}"' not in html] == []


@pytest.mark.parametrize(
    ("field", "number", "own", "expected"),
    [("points", 3, None, "point-3"), ("steps", 1, None, "step-1"), ("structure", 2, None, "part-2"), ("points", 3, "dignity", "dignity")],
)
def test_part_anchor(field: str, number: int, own: str | None, expected: str) -> None:
    """The address of a numbered point holds."""
    assert expected == part_anchor(field, number, own)


def test_section_anchor() -> None:
    """The anchor follows the field."""
    assert section_anchor("core_idea") == "core-idea"


@pytest.mark.parametrize("kind", KINDS)
def test_address_of(kind: str) -> None:
    """Addresses are part of the promise to trainers."""
    assert f"{KINDS[kind].plural}/an-id/" == address_of(kind, "an-id")


IN_TEXT, USES = "mentions", "uses"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (Link("p", "m", "based_on"), None),
        (Link("p", "m", IN_TEXT, "part-1"), None),
        (Link("p", "home", IN_TEXT), None),
        (Link("p", "home", IN_TEXT, "any"), None),
        (Link("p", "none", IN_TEXT), "unknown-link"),
        (Link("p", "none", USES), "unknown-link"),
        (Link("p", "p", USES), "unknown-link"),
        (Link("p", "m", IN_TEXT, "part-9"), "unknown-link"),
        (Link("p", "m", "based_on", "part-9"), "unknown-link"),
        (Link("p", "m", "base_on"), "not-in-list"),
        (Link("p", "m", USES), "wrong-kind"),
        (Link("m", "p", "works_with"), "wrong-kind"),
        (Link("p", "home", USES), "wrong-kind"),
    ],
)
def test_fault_of(link: Link, expected: str | None) -> None:
    """What can be wrong with a link."""
    fault = fault_of(link, {"p": "practice", "m": "theory", "home": "page"}, {"p": [], "m": ["part-1"]})
    assert expected == (fault and fault.code.id)


@pytest.mark.parametrize("name", RELATIONS)
def test_every_relation_can_be_used(name: str) -> None:
    """For each relation there is a pair of kinds that it may join."""
    source, target = sorted(RELATIONS[name].sources)[0], sorted(RELATIONS[name].targets)[-1]
    assert fault_of(Link("a", "b", name), {"a": source, "b": target}, {}) is None


def test_text_link_equality() -> None:
    """Text links are values."""
    assert TextLink(0, 6, "a", "b") == find_links("[a][b]")[0]
