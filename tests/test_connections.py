"""Graphs as values: the same links that the pages show."""

from __future__ import annotations

from collections import Counter

from waymark.bibliography import VIA
from waymark.connections import knowledge_graph, reference_graph, words_of
from waymark.graph import CITES, CITES_THROUGH, KNOWN_THROUGH, SAYS
from waymark.library import Library
from waymark.links import MENTIONS
from waymark.relations import RELATIONS


def test_every_typed_relation_is_an_edge(toy_library: Library) -> None:
    """Nothing is lost and nothing is doubled between the records and their graph."""
    graph = knowledge_graph(toy_library)
    assert [node.id for node in graph.nodes] == [f"record:{id}" for id in toy_library.items]
    stated = {(item.id, relation.type, relation.to.partition("#")[0]) for item in toy_library.items.values() for relation in item.record.relations}
    assert {(edge.source[7:], edge.relation, edge.target[7:]) for edge in graph.edges} == stated
    assert {edge.relation for edge in graph.edges} <= RELATIONS.keys()


def test_mentions_come_on_request(toy_library: Library) -> None:
    relations = {edge.relation for edge in knowledge_graph(toy_library, mentions=True).edges}
    assert MENTIONS in relations
    assert relations - {MENTIONS} == {edge.relation for edge in knowledge_graph(toy_library).edges}


def test_a_node_leads_to_its_page(toy_library: Library) -> None:
    for node in knowledge_graph(toy_library).nodes:
        item = toy_library.items[node.id.removeprefix("record:")]
        assert (node.kind, node.name, node.address) == (item.kind.name, item.shown_name, f"{item.kind.plural}/{item.id}/")


def test_reference_graph_holds_every_citation(toy_library: Library) -> None:
    """One edge for each citation of each statement, and one more for the work it is known through."""
    counted = Counter(edge.relation for edge in reference_graph(toy_library).edges)
    citations = [citation for item in toy_library.items.values() for citation in item.citations()]
    assert counted[CITES] == len(citations)
    assert counted[CITES_THROUGH] == sum(bool(citation.via) for citation in citations)
    assert counted[SAYS] == sum(any(statement.citations()) for item in toy_library.items.values() for statement in item.statements)
    assert counted[KNOWN_THROUGH] == sum(entry.known == VIA for entry in toy_library.bibliography.values())


def test_edges_join_nodes(toy_library: Library) -> None:
    for graph in (knowledge_graph(toy_library), reference_graph(toy_library)):
        ids = [node.id for node in graph.nodes]
        assert len(ids) == len(set(ids))
        assert {end for edge in graph.edges for end in (edge.source, edge.target)} <= set(ids)


def test_words_of_a_relation() -> None:
    assert (words_of("based_on"), words_of("based_on", backward=True)) == ("Based on", "Basis of")
    assert (words_of(MENTIONS), words_of(MENTIONS, backward=True)) == ("Mentions", "Mentioned by")
