"""Work that is done aside, in processes of their own, while the pages of records are made.

A build has two halves that take equally long: the pages of records, and all that is about the whole, pages and files to
take away. A *copy* of this process makes the second half on the second core. What takes networkx costs a third of a second
and 36 MiB to load, and seconds on a large graph; a *fresh* process, which has nothing else to hold, pays that.
"""

from __future__ import annotations

import multiprocessing
import pickle
import sys
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ParamSpec, TypeVar

from waymark.graph import Graph

P = ParamSpec("P")
T = TypeVar("T")


class Copy:
    """A copy of this process that does tasks, one after the other, from the moment it is made.

    What fails there is done here when it is asked for: an error is then told as any other. Where no copy can be made
    everything is done here.
    """

    def __init__(self, tasks: Mapping[str, Callable[[], Any]]) -> None:
        """Begins the tasks; each may come to be done twice, so it must not matter if it is."""
        self._tasks = tasks
        self._done: set[str] = set()
        self._process: BaseProcess | None = None
        if not _may_copy():
            return
        # Results wait in files: a pipe takes 64 kB, and then the copy would stand still until somebody asks.
        self._folder = TemporaryDirectory(prefix="waymark-")
        context = multiprocessing.get_context("fork")
        self._says, there = context.Pipe(duplex=False)
        process = context.Process(target=_do, args=(tasks, there, Path(self._folder.name)))
        try:
            process.start()
        except OSError:  # the system gives us no process more
            self._folder.cleanup()
            return
        finally:
            there.close()
        self._process = process

    def result(self, name: str) -> Any:
        """What a task gave; waits for it."""
        while self._process and name not in self._done:
            try:
                self._done.add(self._says.recv())
            except EOFError:  # the copy has ended
                break
        if not self._process or name not in self._done:
            return self._tasks[name]()
        with _result(Path(self._folder.name), self._tasks, name).open("rb") as file:
            return pickle.load(file)  # noqa: S301 - written by ourselves, where nobody else may write

    def close(self) -> None:
        """Ends the copy."""
        if self._process:
            self._process.terminate()
            self._process.join()
            self._process = None
            self._says.close()
            self._folder.cleanup()


def _may_copy() -> bool:
    """Only Linux copies a process cheaply and with all it has; a lock that another thread holds would stay closed in the copy."""
    return sys.platform == "linux" and threading.active_count() == 1


def _result(folder: Path, tasks: Mapping[str, object], name: str) -> Path:
    return folder / str(list(tasks).index(name))


def _do(tasks: Mapping[str, Callable[[], Any]], says: Connection, folder: Path) -> None:
    for name, task in tasks.items():
        try:
            with _result(folder, tasks, name).open("wb") as file:
                pickle.dump(task(), file, pickle.HIGHEST_PROTOCOL)
        except Exception:  # noqa: S112 - it is done again where it can be told
            continue
        says.send(name)


class Fresh:
    """One fresh process. Where none can be started, or it dies, the work is done here when its result is wanted."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))

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
