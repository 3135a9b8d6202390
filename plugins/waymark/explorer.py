"""What the page “Explore the connections” draws, as one small file of data.

The page's script reads it; everything that it needs to draw, search, filter and find ways is in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from waymark.connections import words_of
from waymark.graph import Graph
from waymark.kinds import KINDS
from waymark.library import Library
from waymark.links import MENTIONS
from waymark.relations import RELATIONS

FORMAT = "waymark-explorer-1"
"""Changes when the file can no longer be read as before."""


def to_explorer(library: Library, graph: Graph, places: Mapping[str, tuple[float, float]]) -> str:
    """The graph of records in JSON. Lists stand in place of maps whose names would be repeated for each record.

    - `kinds`: name, name of many;
    - `relations`: name, words from the one that states it, words from the other end;
    - `nodes`: id of the record, place in `kinds`, name, other names, address from the root of the site, x, y;
    - `edges`: place in `nodes` of the one that states it, place of the other, place in `relations`. Two links of one relation
      between the same two records, for example to two points of one page, are one.

    Args:
        library: Where the other names of the records are found.
        graph: The graph of records, as `knowledge_graph` gives it.
        places: Where each node stands, by its id in the graph.
    """
    kinds, relations = list(KINDS), [*RELATIONS, MENTIONS]
    number = {node.id: at for at, node in enumerate(graph.nodes)}
    nodes = []
    for node in graph.nodes:
        id = node.id.removeprefix("record:")
        record = library.items[id].record
        names = [name for name in (record.short_name, *record.other_names) if name]
        nodes.append([id, kinds.index(node.kind), node.name, names, node.address, *places[node.id]])
    edges = list(dict.fromkeys((number[edge.source], number[edge.target], relations.index(edge.relation)) for edge in graph.edges))
    data = {
        "format": FORMAT,
        "kinds": [[kind.name, kind.plural] for kind in KINDS.values()],
        "relations": [[name, words_of(name), words_of(name, backward=True)] for name in relations],
        "nodes": nodes,
        "edges": edges,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
