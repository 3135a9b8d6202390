"""A graph as a value: what stands in it and what joins it.

Modules that draw, walk or write graphs start from these values, so that all of them speak of the same links. Nothing else
is imported here: a process that only reckons with a graph loads no more than this (`adapters/aside`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SAYS, CITES, CITES_THROUGH, KNOWN_THROUGH = "says", "cites", "cites_through", "known_through"
"""Edges of the reference graph: a record says a statement; a statement cites a work, or the work through which alone it
knows another one; a work is known to us only through another."""


@dataclass(frozen=True, slots=True)
class Node:
    """A record, a statement or a work."""

    id: str
    kind: str
    """The kind of a record by name, or `statement`, or `work`."""
    name: str
    address: str
    """Its page, or its place on a page, from the root of the site; empty if it has none."""


@dataclass(frozen=True, slots=True)
class Edge:
    """What joins two nodes, from the one that states it."""

    source: str
    target: str
    relation: str
    """A name of `relations.RELATIONS`, `mentions`, or one of the edges of the reference graph."""
    details: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Basis and note of a relation; place, stance and via of a citation. What is empty is left out."""


@dataclass(frozen=True, slots=True)
class Graph:
    """A directed graph; two nodes may be joined more than once."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
