"""The one module that knows networkx: what takes a graph library, from graphs as values to values.

networkx and numpy cost a third of a second and 36 MiB to load; nothing that a single page needs is in here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations

import networkx as nx

from waymark.graph import Graph

_SEED = 1
"""Algorithms that draw lots draw the same ones in each build."""


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
