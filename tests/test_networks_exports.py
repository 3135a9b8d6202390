"""Graphs to take away: networkx reads back the graph that it would make itself."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from site_fixtures import TOY_SITE
from waymark.connections import knowledge_graph, reference_graph
from waymark.exports import about
from waymark.graph import Graph
from waymark.library import Library
from waymark.networks import to_networkx
from waymark.render import Renderer

GRAPHS: tuple[tuple[str, Callable[[Library], Graph]], ...] = (("knowledge-graph", knowledge_graph), ("reference-graph", reference_graph))


@pytest.fixture(params=["toy_library", "real_library"], scope="module")
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Library, Path]:
    library: Library = request.getfixturevalue(request.param)
    folder = tmp_path_factory.mktemp("graphs")
    for file in Renderer(library, TOY_SITE).data_files():
        if "graph" in file.name:
            file.download.write(folder / file.name)
    return library, folder


def content(graph: Any) -> tuple[dict[str, Any], Counter[Any]]:
    return dict(graph.nodes(data=True)), Counter((source, target, *sorted(said.items())) for source, target, said in graph.edges(data=True))


@pytest.mark.parametrize(("name", "make"), GRAPHS)
def test_graphml_can_be_read_back(written: tuple[Library, Path], name: str, make: Callable[[Library], Graph]) -> None:
    library, folder = written
    found = nx.read_graphml(folder / f"{name}.graphml")
    assert found.is_directed()
    assert content(found) == content(to_networkx(make(library)))
    assert {key: value for key, value in found.graph.items() if key not in ("node_default", "edge_default")} == about(TOY_SITE)


@pytest.mark.parametrize(("name", "make"), GRAPHS)
def test_node_link_data_can_be_read_back(written: tuple[Library, Path], name: str, make: Callable[[Library], Graph]) -> None:
    library, folder = written
    found = nx.node_link_graph(json.loads((folder / f"{name}.json").read_text(encoding="utf-8")), edges="links")
    assert (found.is_directed(), found.is_multigraph()) == (True, True)
    assert content(found) == content(to_networkx(make(library)))
    assert found.graph == about(TOY_SITE)
