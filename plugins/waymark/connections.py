"""The two graphs of the knowledge base: how records stand to one another, and what rests on which work.

A node's id says what it is: `record:entre`, `statement:entre#aims.2`, `work:dean2014healthy`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from waymark.bibliography import VIA, Entry
from waymark.citations import Citation
from waymark.graph import CITES, CITES_THROUGH, KNOWN_THROUGH, SAYS, Edge, Graph, Node
from waymark.library import Item, Library
from waymark.links import address_of
from waymark.relations import MENTION, RELATIONS
from waymark.usage import place_of


def knowledge_graph(library: Library, *, mentions: bool = False) -> Graph:
    """All records and the typed relations between them; on request also mentions in their texts."""
    nodes = tuple(Node(f"record:{item.id}", item.kind.name, item.shown_name, address_of(item.kind.name, item.id)) for item in library.items.values())
    links = (link for links in library.outgoing.values() for link in links if link.source in library.items and link.target in library.items)
    edges = dict.fromkeys(
        Edge(f"record:{link.source}", f"record:{link.target}", link.relation, _said(anchor=link.anchor, basis=link.basis, note=link.note))
        for link in links
        if mentions or link.relation in RELATIONS
    )
    return Graph(nodes, tuple(edges))


def reference_graph(library: Library) -> Graph:
    """Records, their statements and the works that these cite, with the chains through which works are known."""
    nodes: list[Node] = []
    edges: list[Edge] = []
    for item in library.items.values():
        address = address_of(item.kind.name, item.id)
        record = Node(f"record:{item.id}", item.kind.name, item.shown_name, address)
        nodes.append(record)
        for node, citations in _statements(item, address):
            nodes.append(node)
            edges.append(Edge(record.id, node.id, SAYS, _said()))
            edges += (edge for citation in citations for edge in _citing(node.id, citation))
    nodes += (Node(f"work:{key}", "work", _title(entry), f"references/{key}/") for key, entry in library.bibliography.items())
    edges += (
        Edge(f"work:{key}", f"work:{entry['via']}", KNOWN_THROUGH)
        for key, entry in library.bibliography.items()
        if entry.known == VIA and entry["via"] in library.bibliography
    )
    return Graph(tuple(nodes), tuple(edges))


def words_of(relation: str, *, backward: bool = False) -> str:
    """The heading of a relation between records, seen from either end."""
    found = RELATIONS.get(relation, MENTION)
    return found.backward if backward else found.forward


def _statements(item: Item, address: str) -> Iterator[tuple[Node, Iterable[Citation]]]:
    for statement in item.statements:
        if citations := tuple(statement.citations()):
            anchor, where = place_of(item, statement.loc)
            id = f"statement:{item.id}#{'.'.join(str(step) for step in statement.loc)}"
            yield Node(id, "statement", f"{item.shown_name}: {where}", f"{address}{f'#{anchor}' if anchor else ''}"), citations


def _citing(source: str, citation: Citation) -> Iterator[Edge]:
    said = _said(place=citation.locator, stance=citation.stance, via=citation.via)
    yield Edge(source, _work(citation.key), CITES, said)
    if citation.via:
        yield Edge(source, _work(citation.via), CITES_THROUGH, _said(place=citation.via_locator, stance=citation.stance, work=citation.key))


def _title(entry: Entry) -> str:
    return entry["title"].replace("{", "").replace("}", "")


@lru_cache(maxsize=8192)
def _work(key: str) -> str:
    """The id of a work, once for all who cite it."""
    return f"work:{key}"


@lru_cache(maxsize=8192)
def _said(**details: str) -> Mapping[str, str]:
    """What is said of an edge, once for all edges of which the same is said: nobody changes it."""
    return {name: str(value) for name, value in details.items() if value}
