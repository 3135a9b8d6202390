"""Work that is done aside, in a process of its own, while the pages are made.

What takes networkx costs a third of a second and 36 MiB to load, and seconds on a large graph. A second process pays that,
on the second core, and gives the memory back.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

from waymark.graph import Graph

P = ParamSpec("P")
T = TypeVar("T")


class Aside:
    """One process aside. Where none can be started, or it dies, the work is done here when its result is wanted."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = ProcessPoolExecutor(1, mp_context=get_context("spawn"))

    def begin(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Callable[[], T]:
        """Begins the work, and gives a function that waits for its result.

        Args:
            work: A function at the top of a module; it and everything it is given and gives back must be plain values.
            args: What it is given.
            kwargs: What it is given by name.
        """
        begun: Future[T] | None = None
        try:
            begun = self._pool.submit(work, *args, **kwargs) if self._pool else None
        except (OSError, RuntimeError):  # no process may be started, or the last one died
            self._pool = None

        def result() -> T:
            try:
                return begun.result() if begun else work(*args, **kwargs)
            except (BrokenProcessPool, OSError):
                return work(*args, **kwargs)

        return result

    def close(self) -> None:
        """Ends the process."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)


def positions(graph: Graph) -> dict[str, tuple[float, float]]:
    """`networks.positions`, loaded only where it runs."""
    from waymark.networks import positions

    return positions(graph)


def clusters(groups: list[frozenset[str]]) -> list[frozenset[str]]:
    """`networks.clusters`, loaded only where it runs."""
    from waymark.networks import clusters

    return clusters(groups)
