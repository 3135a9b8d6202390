"""What takes networkx: worked out in a fresh process, and kept under the hash of what it was worked out from.

networkx costs a third of a second and 36 MiB to load, and seconds on a large graph. A process that has nothing else to hold
pays that, and only when links or citations have changed since the last build.
"""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable, Iterable
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from waymark.adapters.caches import forget_old, kept
from waymark.graph import Graph

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

_MOST_KEPT = 40
"""Results; each change of a link makes new ones."""
_NETWORKS = Path(__file__).parents[1] / "networks.py"


class Layouts:
    """Places of nodes in the plane, and clusters. Each is begun when it is asked for, and waited for when it is wanted."""

    def __init__(self, folder: Path | None) -> None:
        """What is worked out is kept in the folder; nowhere without one."""
        self._folder = folder
        self._fresh: Fresh | None = None

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
        """Ends the process, if there was work for one."""
        if self._fresh:
            self._fresh.close()
            self._fresh = None
            forget_old(self._folder, _MOST_KEPT)

    def _worked_out(self, name: str, given: Any, work: Callable[[Any], Any], argument: Any) -> Callable[[], Any]:
        """The work's result as JSON has it: as it was kept, or begun now."""
        path = self._folder / f"{sha256(f'{_code()} {name} {json.dumps(given)}'.encode()).hexdigest()}.json" if self._folder else None
        if path and path.exists():
            return lambda: kept(path, lambda: work(argument))
        self._fresh = self._fresh or Fresh()
        begun = self._fresh.begin(work, argument)

        return lambda: kept(path, begun)


class Fresh:
    """One fresh process. Where none can be started, or it dies, the work is done here when its result is wanted."""

    def __init__(self) -> None:
        from concurrent.futures import ProcessPoolExecutor  # most builds need none

        self._pool: ProcessPoolExecutor | None = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))

    def begin(self, work: Callable[[Any], Any], given: Any) -> Callable[[], Any]:
        """Begins the work, and gives a function that waits for its result.

        Args:
            work: A function at the top of a module; what it is given and gives back must be plain values.
            given: What it is given.
        """
        begun: Future[Any] | None = None
        try:
            begun = self._pool.submit(work, given) if self._pool else None
        except (OSError, RuntimeError):  # no process may be started, or the last one died
            self._pool = None

        def result() -> Any:
            from concurrent.futures import BrokenExecutor

            try:
                return begun.result() if begun else work(given)
            except (BrokenExecutor, OSError):
                return work(given)

        return result

    def close(self) -> None:
        """Ends the process."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)


def positions(graph: Graph) -> dict[str, tuple[float, float]]:
    """`networks.positions`, loaded only where it runs."""
    from waymark.networks import positions

    return positions(graph)


def clusters(groups: list[list[str]]) -> list[list[str]]:
    """`networks.clusters`, loaded only where it runs, as lists in order."""
    from waymark.networks import clusters

    return [sorted(each) for each in clusters(groups)]


def _code() -> str:
    """What a result depends on beside what it is worked out from."""
    return f"{version('networkx')} {version('numpy')} {sha256(_NETWORKS.read_bytes()).hexdigest()}"
