"""The one module that knows networkx: what takes a graph library, from graphs as values to values.

networkx and numpy cost a third of a second and 36 MiB to load; nothing that a single page needs is in here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np

from waymark.graph import Graph

_SEED = 1
"""Algorithms that draw lots draw the same ones in each build."""
_ROUNDS, _OTHERS, _NEAR = 250, 32, 4
"""Of `positions`: how often all nodes move; how many nodes push each of them in a round; with how many on either side it is kept apart."""
_GRAVITY, _GAP = 0.4, 1.0
"""Of `positions`: the pull to the middle, which keeps what has no links in the picture; the room that each node has to itself."""
_Pairs = np.ndarray[tuple[int, int], np.dtype[np.float64]]
"""A pair of coordinates for each node."""


def to_networkx(graph: Graph) -> nx.MultiDiGraph:
    """The graph as networkx knows it, nodes and edges with all that is said of them."""
    found = nx.MultiDiGraph()
    for node in graph.nodes:
        found.add_node(node.id, kind=node.kind, name=node.name, address=node.address)
    for edge in graph.edges:
        found.add_edge(edge.source, edge.target, relation=edge.relation, **edge.details)
    return found


def clusters(groups: Iterable[Iterable[str]]) -> list[frozenset[str]]:
    """Which things stand together: communities of the graph whose edges weigh how often two are in one group.

    The method of Louvain (Blondel and others 2008), largest community first. Things alone are left out.

    Args:
        groups: What stands together, for example the works cited by one record.
    """
    weights: Counter[tuple[str, str]] = Counter()
    for group in groups:
        weights.update(combinations(sorted(set(group)), 2))
    graph = nx.Graph()
    graph.add_weighted_edges_from((one, other, weight) for (one, other), weight in sorted(weights.items()))
    found = nx.community.louvain_communities(graph, seed=_SEED)
    return sorted(map(frozenset, found), key=lambda each: (-len(each), min(each)))


def positions(graph: Graph) -> dict[str, tuple[float, float]]:
    """A place in the plane for each node, so that what is linked stands together.

    Linked nodes attract and all nodes repel one another, in steps that become shorter (Fruchterman and Reingold 1991). In each
    round a node is pushed by a few others, drawn anew and standing for all (as in Tang and others 2016), so that time grows with
    nodes and links, not with their square. networkx's own `spring_layout` counts every pair of nodes.

    Returns:
        Coordinates by id, from about -1 to 1, with four decimals; no two nodes are at the same place.
    """
    number = {node.id: at for at, node in enumerate(graph.nodes)}
    pairs = {tuple(sorted((number[edge.source], number[edge.target]))) for edge in graph.edges if edge.source != edge.target}
    ends = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    count, random = len(graph.nodes), np.random.default_rng(_SEED)
    masses = 1 + np.sqrt(np.bincount(ends.ravel(), minlength=count))  # what has many links needs much room
    places = random.standard_normal((count, 2)) * np.sqrt(count)
    for done in range(_ROUNDS):
        step = np.sqrt(count) / 10 * (1 - done / _ROUNDS)
        move = _pulled(places, masses, ends) + _pushed(places, masses, random) - _GRAVITY * places
        length = np.hypot(move[:, 0], move[:, 1]) + 1e-9
        places = _apart(places + move * (np.minimum(length, step) / length)[:, None])
    places = places - places.mean(axis=0) if count else places
    return _rounded([node.id for node in graph.nodes], places / max(np.abs(places).max(initial=0), 1e-9))


def _pulled(places: _Pairs, masses: np.ndarray[Any, Any], ends: np.ndarray[Any, Any]) -> _Pairs:
    """How links draw the nodes at their ends to one another, heavy ones less."""
    one, other = ends[:, 0], ends[:, 1]
    ways = places[other] - places[one]
    columns = [np.bincount(one, way / masses[one], len(places)) - np.bincount(other, way / masses[other], len(places)) for way in ways.T]
    return np.stack(columns, axis=1)


def _pushed(places: _Pairs, masses: np.ndarray[Any, Any], random: np.random.Generator) -> _Pairs:
    """How nodes push one another away: each meets those so many seats further round a table at which all sit by lot."""
    count = len(places)
    meetings = min(_OTHERS, count - 1)
    if meetings < 1:
        return np.zeros_like(places)
    seats = random.permutation(count)
    seated, weights, push = places[seats], masses[seats], np.zeros_like(places)
    for seat in random.choice(count - 1, meetings, replace=False) + 1:
        ways = seated - np.roll(seated, seat, axis=0)
        push += ways * (np.roll(weights, seat) / (np.einsum("ij,ij->i", ways, ways) + 0.1))[:, None]
    return push[np.argsort(seats)] * ((count - 1) / meetings)


def _apart(places: _Pairs) -> _Pairs:
    """The same places, with neighbours that stand too close moved a little apart."""
    for axis in (0, 1):
        order = np.argsort(places[:, axis], kind="stable")
        for near in range(1, min(_NEAR, len(places) - 1) + 1):
            one, other = order[:-near], order[near:]
            ways = places[other] - places[one]
            length = np.hypot(ways[:, 0], ways[:, 1]) + 1e-9
            shift = ways * (np.maximum(_GAP - length, 0) / length / 2)[:, None]
            places[other] += shift
            places[one] -= shift
    return places


def _rounded(ids: Iterable[str], places: _Pairs) -> dict[str, tuple[float, float]]:
    """Coordinates rounded; a node whose place is taken by one before it moves on to the next free one."""
    found: dict[str, tuple[float, float]] = {}
    taken: set[tuple[float, float]] = set()
    for id, (x, y) in zip(ids, places.tolist(), strict=True):
        place = (round(x, 4) + 0.0, round(y, 4) + 0.0)  # + 0.0 makes -0.0 plain
        while place in taken:
            place = (round(place[0] + 0.0001, 4) + 0.0, place[1])
        taken.add(place)
        found[id] = place
    return found
