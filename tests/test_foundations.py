"""What the knowledge base rests on: each rule on citations made by hand, then on the pages of the toy and the real records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest
from bs4 import Tag
from hypothesis import given
from hypothesis import strategies as st

from site_fixtures import Shown, soup_of, words_of
from waymark.bibliography import VIA, Entry
from waymark.citations import Citation, find_citations
from waymark.connections import reference_graph
from waymark.foundations import Foundations, Hearsay, Shares, clusters_of, foundations_of, team_of, unused_works
from waymark.graph import CITES, KNOWN_THROUGH, SAYS, Edge, Graph, Node
from waymark.library import Library
from waymark.render import Renderer
from waymark.usage import uses_of

Said = Mapping[str, list[str]]
"""Statements by record, each written as its citations."""


def work(key: str, **fields: str) -> Entry:
    return Entry(key, "article", fields)


def bibliography(*entries: Entry) -> dict[str, Entry]:
    """Works `a` to `f`, each by a person of its own, with `entries` in their place or beside them."""
    return {each: work(each, author=f"{each.upper()}son, Xaver") for each in "abcdef"} | {entry.key: entry for entry in entries}


def graph_of(said: Said, works: Mapping[str, Entry]) -> Graph:
    nodes, edges = [Node(f"work:{key}", "work", key, f"references/{key}/") for key in works], []
    for record, texts in said.items():
        nodes.append(Node(f"record:{record}", "term", record, f"terms/{record}/"))
        for number, text in enumerate(texts):
            id = f"statement:{record}#{number}"
            nodes.append(Node(id, "statement", f"{record}: {number}", f"terms/{record}/#{number}"))
            edges.append(Edge(f"record:{record}", id, SAYS))
            for citation in citations_of(text):
                details = {"stance": citation.stance} | ({"via": citation.via} if citation.via else {})
                edges.append(Edge(id, f"work:{citation.key}", CITES, details))
    edges += [Edge(f"work:{key}", f"work:{entry['via']}", KNOWN_THROUGH) for key, entry in works.items() if entry["via"]]
    return Graph(tuple(nodes), tuple(edges))


def citations_of(text: str) -> list[Citation]:
    return [each for group in find_citations(f"[{text}]")[0] for each in group.citations]


def found_in(said: Said, *entries: Entry) -> Foundations:
    works = bibliography(*entries)
    return foundations_of(graph_of(said, works), works)


def lost_in(found: Foundations) -> dict[str, list[str]]:
    """By work the statements that would lose their last support, as `record#number`."""
    return {key: [node.id.removeprefix("statement:") for node in weight.lost] for key, weight in found.weights.items() if weight.lost}


# What would be lost -------------------------------------------------------------------------------

A_THROUGH_B = work("a", author="Ason, Xaver", known=VIA, via="b")
B_THROUGH_C = work("b", author="Bson, Xaver", known=VIA, via="c")
B_THROUGH_A = work("b", author="Bson, Xaver", known=VIA, via="a")


@pytest.mark.parametrize(
    ("text", "entries", "carried_by"),
    [
        ("@a", (), "a"),
        ("@a, p. 1; @a, p. 2", (), "a"),
        ("@a; @b", (), ""),
        ("@a, via @b", (), "ab"),
        ("@a, via @b; @b", (), "b"),
        ("@a, via @b; @a, via @c", (), "a"),
        ("@a, via @c; @b, via @c", (), "c"),
        ("@a, via @c; @b", (), ""),
        ("@a; disputed by @b", (), "a"),
        ("@a; qualified by @b", (), "a"),
        ("disputed by @a; qualified by @b", (), ""),
        ("@a", (A_THROUGH_B,), "ab"),
        ("@a", (A_THROUGH_B, B_THROUGH_C), "abc"),
        ("@a; @c", (A_THROUGH_B, B_THROUGH_C), "c"),
        ("@d, via @a", (A_THROUGH_B, B_THROUGH_C), "abcd"),
        ("@a, via @d", (A_THROUGH_B, B_THROUGH_C), "ad"),
        ("@a", (A_THROUGH_B, B_THROUGH_A), "ab"),
        ("@a", (work("a", known=VIA, via="a"),), "a"),
    ],
)
def test_works_without_which_a_statement_loses_its_last_support(text: str, entries: tuple[Entry, ...], carried_by: str) -> None:
    """Works that every supporting citation depends on: by name, by `via`, or by the way we know them; a circle ends."""
    assert lost_in(found_in({"r": [text]}, *entries)) == {key: ["r#0"] for key in carried_by}


@st.composite
def small_sets(draw: st.DrawFn) -> tuple[dict[str, list[str]], list[Entry]]:
    keys = st.sampled_from("abcdef")
    citation = st.builds(
        lambda stance, key, via: f"{stance}@{key}, p. 1{f', via @{via}, p. 2' if via else ''}",
        st.sampled_from(["", "", "", "disputed by ", "qualified by "]), keys, st.one_of(st.just(""), st.just(""), keys),
    )  # fmt: skip
    statement = st.lists(citation, min_size=1, max_size=4).map("; ".join)
    said = draw(st.dictionaries(st.sampled_from("rstu"), st.lists(statement, min_size=1, max_size=4), max_size=4))
    behind = draw(st.dictionaries(keys, keys, max_size=4))
    return said, [work(key, author=f"{key}, X", known=VIA, via=via) for key, via in behind.items()]


def holds_without(citation: Citation, gone: str, works: Mapping[str, Entry]) -> bool:
    """Can we still follow a citation when a work is taken from our hands? Walked step by step, more steps than there are works."""
    step = citation.via or works[citation.key]["via"]
    for _ in works:
        if gone in (citation.key, step):
            return False
        if not step:
            break
        step = works[step]["via"]
    return True


@given(small_sets())
def test_taking_a_work_away_leaves_exactly_its_losses_without_support(made: tuple[dict[str, list[str]], list[Entry]]) -> None:
    said, entries = made
    works = bibliography(*entries)
    found = foundations_of(graph_of(said, works), works)
    supporting = {
        f"{record}#{number}": [each for each in citations_of(text) if each.stance == "supports"]
        for record, texts in said.items()
        for number, text in enumerate(texts)
    }
    for gone in works:
        falls = [id for id, citations in supporting.items() if citations and not any(holds_without(each, gone, works) for each in citations)]
        assert lost_in(found).get(gone, []) == falls
        shaken = [id for id, citations in supporting.items() if any(not holds_without(each, gone, works) for each in citations)]
        weight = found.weights.get(gone)
        assert (weight.statements, weight.records) == (len(shaken), len({id[0] for id in shaken})) if weight else not shaken


@given(small_sets())
def test_shares_add_up_and_agree_with_the_losses(made: tuple[dict[str, list[str]], list[Entry]]) -> None:
    found = found_in(made[0], *made[1])
    assert found.total.statements == sum(map(len, made[0].values()))
    assert found.total.one_source == len({node.id for weight in found.weights.values() for node in weight.lost})
    assert found.citations == sum(len(citations_of(text)) for texts in made[0].values() for text in texts)


def test_weights_count_each_statement_and_record_once() -> None:
    found = found_in({"r": ["@a, p. 1; @a, p. 2", "@b; @a"], "s": ["@c, via @a"], "t": ["disputed by @d; @b"]})
    assert {key: (each.statements, each.records, len(each.lost)) for key, each in found.weights.items()} == {"a": (3, 2, 2), "b": (2, 2, 1), "c": (1, 1, 1)}
    assert list(found.weights) == ["a", "b", "c"]
    assert [each.key for each in found.losing] == ["a", "b", "c"]


# One source, one team, several --------------------------------------------------------------------

JANE, JOHN = work("jane", author="Doe, Jane and Roe, Richard"), work("john", author="Doe, John")
POE, ROE = work("poe", author="Poe, Pat"), work("roe", author="roe, R.")
BODY, SAME_BODY, NOBODY, NOBODY_TOO = work("body", author="{Toy & Co}"), work("same", institution="Toy & Co"), work("no"), work("none", publisher="Toy Press")
TEAMS = (JANE, JOHN, POE, ROE, BODY, SAME_BODY, NOBODY, NOBODY_TOO)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@jane", Shares(one_source=1)),
        ("@no", Shares(one_source=1)),
        ("@jane; @john", Shares(one_team=1)),  # two people, told apart by no more than surname and first initial
        ("@jane; @roe", Shares(one_team=1)),
        ("@john; @roe", Shares(several=1)),
        ("@jane; @john; @roe", Shares(several=1)),  # each shares someone with another, but nobody is in all
        ("@jane; @poe", Shares(several=1)),
        ("@body; @same", Shares(one_team=1)),
        ("@no; @none", Shares(several=1)),
        ("@no; @jane", Shares(several=1)),
        ("@jane; @no, via @john", Shares(one_team=1)),
        ("@poe, via @jane; @no, via @roe", Shares(one_team=1, second_hand=1)),
        ("@poe, via @jane", Shares(one_source=1, second_hand=1)),
        ("@jane; disputed by @poe", Shares(one_source=1)),
        ("@poe, via @jane; disputed by @roe", Shares(one_source=1, second_hand=1)),
        ("qualified by @jane", Shares(unsupported=1)),
    ],
)
def test_share(text: str, expected: Shares) -> None:
    assert found_in({"r": [text]}, *TEAMS).shares == {"term": expected}


@pytest.mark.parametrize(
    ("fields", "people"),
    [
        ({"author": "Doe, Jane and van der Heide, Liesbeth"}, {"doe, j": "Doe, J.", "van der heide, l": "van der Heide, L."}),
        ({"author": "Doe, Jane and others"}, {"doe, j": "Doe, J."}),
        ({"author": "{Doe and Daughters}"}, {"doe and daughters, ": "Doe and Daughters"}),
        ({"editor": "Doe, J. P."}, {"doe, j": "Doe, J. P."}),
        ({"author": "Roe, R.", "editor": "Doe, J.", "institution": "Toy"}, {"roe, r": "Roe, R."}),
        ({"institution": "Ministry of Doors and Lamps"}, {"ministry of doors and lamps, ": "Ministry of Doors and Lamps"}),
        ({"publisher": "Toy Press"}, {}),
    ],
)
def test_team(fields: dict[str, str], people: dict[str, str]) -> None:
    assert team_of(work("x", **fields)) == people


def test_records_on_one_work_and_on_one_team() -> None:
    said = {
        "one": ["@jane", "@jane; disputed by @poe"],
        "team": ["@jane", "@john"],
        "both": ["@jane", "@poe"],
        "none": ["disputed by @jane"],
        "via": ["@a, via @b"],
    }
    found = found_in(said, *TEAMS)
    assert {node.name: keys for node, keys in found.one_work.items()} == {"one": ("jane",), "via": ("a", "b")}
    assert {node.name: names for node, names in found.one_team.items()} == {"team": ("Doe, J.",)}


# Second hand, clusters, unused --------------------------------------------------------------------


def test_works_known_only_at_second_hand() -> None:
    """Counted by record; a record that has read the work does not count, nor does one that uses it to know another."""
    said = {
        "r": ["@a, via @b", "disputed by @a, via @c", "@d, via @b"],
        "s": ["@a, via @b", "@d, via @b", "@d"],
        "t": ["@a, via @b; @a, via @b", "@d, via @b", "@e, via @d"],
        "u": ["@f, via @b"],
    }
    assert found_in(said).hearsay == (Hearsay("a", 3, ("b", "c")),)


def test_an_entry_known_through_another_is_second_hand_wherever_it_is_cited() -> None:
    assert found_in({"r": ["@a"], "s": ["@a"], "t": ["@b"]}, A_THROUGH_B).hearsay == (Hearsay("a", 2, ("b",)),)


def test_clusters_name_what_is_most_cited_and_what_holds_them_together() -> None:
    found = found_in({"r": ["@a; @b; @c"], "s": ["@b; disputed by @c", "@d"], "t": ["@c, via @a"], "u": ["@c", "@d; @e"]})
    [cluster] = clusters_of(found.cited, [{"a", "b", "c"}, {"d", "e"}])
    assert cluster.works == ("c", "a", "b")
    assert [(node.name, count) for node, count in cluster.records] == [("r", 3), ("s", 2), ("t", 2)]


def test_unused_works(toy_library: Library) -> None:
    """Cited nowhere, and nothing is known through them."""
    assert unused_works(toy_library, uses_of(toy_library)).keys() == {"ano1970seen", "eco1980reading"}
    assert unused_works(toy_library, toy_library.bibliography) == {}
    assert "roe2010lamp" not in unused_works(toy_library, ())  # `poe1999sea` is known through it


# The page -----------------------------------------------------------------------------------------


def table(shown: Shown, anchor: str) -> dict[str, list[str]]:
    """The rows of a table by the words of their head."""
    found = shown.soup.find(id=f"{anchor}-table")
    assert isinstance(found, Tag)
    assert found.name == "caption"
    rows = found.find_parent("table").select("tbody tr")  # type: ignore[union-attr]
    return {words_of(row.th): [words_of(cell) for cell in row.select("td")] for row in rows}


def test_the_page_of_the_toy(toy_renderer: Renderer, toy_pages: dict[str, Shown]) -> None:
    shown, found = toy_pages["foundations/"], toy_renderer.foundations
    rows = table(shown, "most-used")
    assert [row[:3] for row in rows.values()] == [[f"{each.statements:,}", str(each.records), f"{len(each.lost):,}"] for each in found.weights.values()]
    assert list(table(shown, "lost")) == [toy_renderer.short(each.key) for each in found.losing]
    assert [int(row[0].replace(",", "")) for row in table(shown, "single").values()] == [
        *(each.statements for each in found.shares.values()),
        found.total.statements,
    ]
    assert set(table(shown, "unused")) == {toy_renderer.short("ano1970seen"), toy_renderer.short("eco1980reading")}


def test_every_table_is_named_and_every_cell_has_a_head(toy_pages: dict[str, Shown]) -> None:
    tables = toy_pages["foundations/"].soup.select("table")
    assert len(tables) > 4
    for each in tables:
        heads = [words_of(head) for head in each.select("thead th[scope=col]")]
        assert words_of(each.caption)
        for row in each.select("tbody tr"):
            assert [heads[0], *(cell["data-label"] for cell in row.select("td"))] == heads
            assert len(row.select("th[scope=row]")) == 1


def test_links_lead_to_pages_and_to_places_on_them(toy_pages: dict[str, Shown]) -> None:
    links = [str(link["href"]) for link in toy_pages["foundations/"].soup.select("a.wm-link, .wm-lost-places a")]
    assert any("#" in link for link in links)
    for link in links:
        address, _, anchor = link.removeprefix("../").partition("#")
        assert not anchor or toy_pages[address].soup.find(id=anchor), link
        assert address in toy_pages, link


def test_a_list_of_places_names_each_once_with_its_statements(toy_renderer: Renderer, toy_pages: dict[str, Shown]) -> None:
    lists = toy_pages["foundations/"].soup.select(".wm-lost-places details")
    assert len(lists) == len(toy_renderer.foundations.losing)
    for shown, weight in zip(lists, toy_renderer.foundations.losing, strict=True):
        places = Counter((node.name, f"../{node.address}") for node in weight.lost)
        listed = [(words_of(each.a), each.a["href"]) for each in shown.select("li")]  # type: ignore[union-attr, index]
        assert listed == list(places)[:20]
        assert (f"And {len(places) - 20} more" in words_of(shown)) == (len(places) > 20)


def test_the_page_of_a_work_says_what_would_be_lost(toy_renderer: Renderer, toy_pages: dict[str, Shown]) -> None:
    said = 0
    for key in toy_renderer.library.bibliography:
        line = toy_pages[f"references/{key}/"].soup.select_one(".wm-lost")
        weight = toy_renderer.foundations.weights.get(key)
        assert bool(line) == bool(weight and weight.lost)
        if line and weight:
            said += 1
            number = "1 statement would lose its" if len(weight.lost) == 1 else f"{len(weight.lost):,} statements would lose their"
            assert number in words_of(line)
            assert [link["href"] for link in line.select("a")] == ["../../foundations/"]
    assert 0 < said < len(toy_renderer.library.bibliography)


def test_other_pages_lead_here(toy_pages: dict[str, Shown]) -> None:
    for address in ("references/", "status/"):
        assert toy_pages[address].soup.select('a[href="../foundations/"]'), address


def test_nothing_to_list_says_so_in_words(toy_library: Library) -> None:
    """A library without records still has the page, and each empty list a sentence."""
    empty = Library({}, {}, {}, {}, {}, {})
    soup = soup_of(Renderer(empty).foundations_page().html)
    assert sum(words_of(each).startswith("None") for each in soup.select("p")) == 6


# The real records ---------------------------------------------------------------------------------


def test_real_figures_agree_with_a_count_of_the_statements(real_library: Library) -> None:
    """Counted once more from the texts of the records, work by work."""
    found = foundations_of(reference_graph(real_library), real_library.bibliography)
    statements = [(item.id, list(each.citations())) for item in real_library.items.values() for each in item.statements if any(each.citations())]
    assert found.total.statements == len(statements)
    assert found.citations == sum(len(citations) for _, citations in statements)
    works = real_library.bibliography
    for gone in list(found.weights)[:25]:
        shaken = {
            number: all(not holds_without(each, gone, works) for each in citations if each.stance == "supports")
            for number, (_, citations) in enumerate(statements)
            if any(each.stance == "supports" and not holds_without(each, gone, works) for each in citations)
        }
        weight = found.weights[gone]
        assert (weight.statements, weight.records, len(weight.lost)) == (len(shaken), len({statements[number][0] for number in shaken}), sum(shaken.values()))
    assert {key for node, keys in found.one_work.items() for key in keys} <= found.weights.keys()
