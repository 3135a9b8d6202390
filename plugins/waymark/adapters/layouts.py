"""What takes networkx: worked out in a fresh process, and kept under the hash of what it was worked out from.

networkx costs a third of a second and 36 MiB to load, and seconds on a large graph. A process that has nothing else to hold
pays that, and only when links or citations have changed since the last build.
"""

from __future__ import annotations

import json
import os
import pickle
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from waymark.adapters.caches import forget_old, kept
from waymark.adapters.partner import Partner
from waymark.graph import Graph

_CODE = "from waymark.adapters.layouts import main; main()"
_MOST_KEPT = 40
"""Results; each change of a link makes new ones."""
_NETWORKS = Path(__file__).parents[1] / "networks.py"


class Layouts:
    """Places of nodes in the plane, and clusters. Each is begun when it is asked for, and waited for when it is wanted."""

    def __init__(self, folder: Path | None) -> None:
        """What is worked out is kept in the folder; nowhere without one."""
        self._folder = folder
        self._begun: list[Fresh] = []

    def positions(self, graph: Graph) -> Callable[[], dict[str, tuple[float, float]]]:
        """`networks.positions` of a graph."""
        given = [[node.id for node in graph.nodes], [[edge.source, edge.target] for edge in graph.edges]]
        found = self._worked_out("positions", given, positions, graph)
        return lambda: {id: (x, y) for id, (x, y) in found().items()}

    def clusters(self, groups: Iterable[Iterable[str]]) -> Callable[[], list[frozenset[str]]]:
        """`networks.clusters` of groups."""
        given = [sorted(group) for group in groups]
        found = self._worked_out("clusters", given, clusters, given)
        return lambda: [frozenset(each) for each in found()]

    def close(self) -> None:
        """Ends what was begun."""
        for each in self._begun:
            each.close()
        if self._begun:
            forget_old(self._folder, _MOST_KEPT)
        self._begun.clear()

    def _worked_out(self, name: str, given: Any, work: Callable[[Any], Any], argument: Any) -> Callable[[], Any]:
        """The work's result as JSON has it: as it was kept, or begun now."""
        path = self._folder / f"{sha256(f'{_made_by()} {name} {json.dumps(given)}'.encode()).hexdigest()}.json" if self._folder else None
        if path and path.exists():
            return lambda: kept(path, lambda: work(argument))
        begun = Fresh(work, argument)
        self._begun.append(begun)
        return lambda: kept(path, begun.result)


class Fresh:
    """A fresh process with one work to do. Where none can be started, or it dies, the work is done here when its result is wanted."""

    def __init__(self, work: Callable[[Any], Any], given: Any) -> None:
        """Begins the work.

        Args:
            work: A function at the top of a module; what it is given and gives back must be plain values.
            given: What it is given.
        """
        self._work, self._given = work, given
        self._process: Partner | None = None
        with suppress(OSError):  # no process may be started
            self._process = Partner(_CODE)
            self._process.tell((work, given))

    def result(self) -> Any:
        """What the work gave. Waits for it."""
        try:
            return self._process.hear() if self._process else self._work(self._given)
        except EOFError:
            return self._work(self._given)
        finally:
            self.close()

    def close(self) -> None:
        """Ends the process."""
        if self._process:
            self._process.end()
            self._process = None


def main() -> None:
    """Reads a work and what it is given from standard input, and writes its result to standard output; ends as soon as nobody wants it."""
    work, given = pickle.load(sys.stdin.buffer)  # noqa: S301 - from ourselves
    threading.Thread(target=_end_with_input, daemon=True).start()
    sys.stdout.buffer.write(pickle.dumps(work(given), pickle.HIGHEST_PROTOCOL))
    sys.stdout.buffer.flush()
    os._exit(0)  # the thread still reads


def _end_with_input() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


def positions(graph: Graph) -> dict[str, tuple[float, float]]:
    """`networks.positions`, loaded only where it runs."""
    from waymark.networks import positions

    return positions(graph)


def clusters(groups: list[list[str]]) -> list[list[str]]:
    """`networks.clusters`, loaded only where it runs, as lists in order."""
    from waymark.networks import clusters

    return [sorted(each) for each in clusters(groups)]


def _made_by() -> str:
    """What a result depends on beside what it is worked out from."""
    return f"{version('networkx')} {version('numpy')} {sha256(_NETWORKS.read_bytes()).hexdigest()}"
