"""Where the nodes of a graph are drawn."""

from __future__ import annotations

from math import dist, isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waymark.connections import knowledge_graph
from waymark.graph import Edge, Graph, Node
from waymark.library import Library
from waymark.networks import positions


def graph_of(count: int, pairs: list[tuple[int, int]]) -> Graph:
    nodes = tuple(Node(f"n{number}", "practice", f"Node {number}", "") for number in range(count))
    return Graph(nodes, tuple(Edge(f"n{one}", f"n{other}", "uses") for one, other in pairs))


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    count = draw(st.integers(0, 40))
    ends = st.integers(0, max(count - 1, 0))
    return graph_of(count, draw(st.lists(st.tuples(ends, ends), max_size=80)) if count else [])


@given(graphs())
@settings(max_examples=40)
def test_each_node_has_a_place_of_its_own(graph: Graph) -> None:
    """Whatever the links: none at all, to itself, the same twice, in pieces."""
    places = positions(graph)
    assert list(places) == [node.id for node in graph.nodes]
    assert len(set(places.values())) == len(graph.nodes)
    for place in places.values():
        assert all(isfinite(each) and abs(each) < 1.1 and each == round(each, 4) for each in place)


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_small_graphs(count: int) -> None:
    """The smallest are where counting neighbours could fail."""
    assert len(set(positions(graph_of(count, [(0, count - 1)] if count else [])).values())) == count


def test_the_same_graph_is_always_drawn_alike(toy_library: Library) -> None:
    graph = knowledge_graph(toy_library, mentions=True)
    assert positions(graph) == positions(graph)


def test_what_is_linked_stands_together() -> None:
    """Two rings of twenty nodes with one link between them: a ring's nodes are nearer to their ring than to the other."""
    rings = [(start + each, start + (each + step) % 20) for start in (0, 20) for each in range(20) for step in (1, 2, 3)]
    places = list(positions(graph_of(40, [*rings, (0, 20)])).values())
    middles = [tuple(sum(axis) / 20 for axis in zip(*ring, strict=True)) for ring in (places[:20], places[20:])]
    for number, place in enumerate(places):
        own, other = middles if number < 20 else reversed(middles)
        assert dist(place, own) < dist(place, other), number


def test_points_keep_apart_on_the_real_graph(real_library: Library) -> None:
    """On a stage of 600 pixels no point covers another one wholly."""
    places = list(positions(knowledge_graph(real_library, mentions=True)).values())
    nearest = min(dist(one, other) for number, one in enumerate(places) for other in places[:number])
    assert nearest * 300 > 3
