"""What is worked out in a fresh process, or found as it was kept, is what would be worked out here."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from test_positions import graph_of
from waymark import networks
from waymark.adapters import layouts
from waymark.adapters.layouts import Fresh, Layouts
from waymark.graph import Graph

RING = graph_of(30, [(each, (each + 1) % 30) for each in range(30)])
GROUPS = [{"c", "a", "b"}, {"a", "b"}, {"d", "e"}, {"e", "f", "d"}, {"alone"}, set()]


def positions(folder: Path | None, graph: Graph) -> dict[str, tuple[float, float]]:
    """Places as one build has them."""
    with closing(Layouts(folder)) as each:
        return each.positions(graph)()


# A fresh process ----------------------------------------------------------------------------------


def test_work_in_a_fresh_process_has_the_same_result() -> None:
    assert Fresh(sorted, [3, 1, 2]).result() == [1, 2, 3]


def test_it_is_another_process() -> None:
    assert Fresh(eval, "__import__('os').getpid()").result() != os.getpid()


def test_work_is_done_here_when_no_process_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert Fresh(sorted, [2, 1]).result() == [1, 2]


def test_when_the_process_dies_the_work_is_done_here() -> None:
    assert Fresh(die_elsewhere, os.getpid()).result() == "here"


def die_elsewhere(here: int) -> str:
    """Work that no other process survives."""
    if os.getpid() != here:
        os.kill(os.getpid(), signal.SIGKILL)
    return "here"


def test_a_large_result_does_not_stand_in_a_pipe() -> None:
    fresh = Fresh(bytes, 3_000_000)
    time.sleep(0.3)
    assert fresh.result() == bytes(3_000_000)


def test_it_can_be_ended_before_it_is_done() -> None:
    began = time.monotonic()
    Fresh(time.sleep, 20).close()
    assert time.monotonic() - began < 5


def test_an_error_in_the_work_is_not_hidden() -> None:
    with pytest.raises(ValueError, match="no number"):
        Fresh(int, "no number").result()


# What is worked out, and what is kept -------------------------------------------------------------


def test_results_are_those_of_the_library(tmp_path: Path) -> None:
    """Both may be begun before one of them is waited for."""
    with closing(Layouts(tmp_path)) as made:
        places, clusters = made.positions(RING), made.clusters(GROUPS)
        assert clusters() == networks.clusters(GROUPS) == [{"a", "b", "c"}, {"d", "e", "f"}]
        assert places() == networks.positions(RING)


def test_what_is_kept_is_to_the_last_digit_what_was_worked_out(tmp_path: Path) -> None:
    """And in the same order, as the same types: a page must not show which of the two it was."""
    found = []
    for _ in range(2):
        with closing(Layouts(tmp_path)) as made:
            found.append((made.positions(RING)(), made.clusters(GROUPS)()))
    worked_out, kept = (repr((list(places.items()), [sorted(each) for each in clusters], [type(each) for each in clusters])) for places, clusters in found)
    assert kept == worked_out
    assert repr(found[1][0]) == repr(networks.positions(RING))


def test_what_is_kept_takes_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither does what it says come from anywhere else."""
    positions(tmp_path, RING)
    [path] = tmp_path.iterdir()
    path.write_text('{"n0": [0.25, -1.0]}', encoding="utf-8")
    monkeypatch.setattr(layouts, "Fresh", lambda *_: pytest.fail("a process was started"))
    assert positions(tmp_path, RING) == {"n0": (0.25, -1.0)}


def test_only_the_last_results_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layouts, "_MOST_KEPT", 2)
    for count in (2, 3, 4):
        positions(tmp_path, graph_of(count, [(0, 1)]))
    assert len(list(tmp_path.iterdir())) == 2


def test_a_changed_link_is_worked_out_anew(tmp_path: Path) -> None:
    first, *others = RING.edges
    changed = Graph(RING.nodes, (replace(first, target="n15"), *others))
    assert positions(tmp_path, RING) != positions(tmp_path, changed) == networks.positions(changed)
    assert len(list(tmp_path.iterdir())) == 2, "the former one stays: the change may be taken back"


def test_a_changed_name_moves_nothing(tmp_path: Path) -> None:
    nodes = tuple(replace(each, name="Another name", address="x/") for each in RING.nodes)
    renamed = Graph(nodes, tuple(replace(each, relation="needs") for each in RING.edges))
    assert positions(tmp_path, renamed) == positions(tmp_path, RING)
    assert len(list(tmp_path.iterdir())) == 1


def test_places_and_clusters_of_the_same_are_two_things(tmp_path: Path) -> None:
    """An empty graph and no groups look alike."""
    with closing(Layouts(tmp_path)) as made:
        assert made.clusters([[], []])() == []
        assert made.positions(Graph((), ()))() == {}


@pytest.mark.parametrize("text", [b"", b"{", b"\xff\xfe"])
def test_a_broken_file_is_made_again(tmp_path: Path, text: bytes) -> None:
    places = positions(tmp_path, RING)
    [path] = tmp_path.iterdir()
    whole = path.read_bytes()
    path.write_bytes(text)
    assert positions(tmp_path, RING) == places
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [whole]


def test_without_a_folder_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert positions(None, RING) == networks.positions(RING)
    assert list(tmp_path.iterdir()) == []
