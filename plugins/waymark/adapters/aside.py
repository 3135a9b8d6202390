"""Work that a copy of this process does on the second core.

A build has two halves that take equally long: the pages of records, and all that is about the whole, pages and files to
take away.
"""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections.abc import Callable, Mapping
from mmap import mmap
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory


class Copy:
    """A copy of this process, which does tasks from the moment it is made.

    First what is asked of it; then, as long as it has time, what this process would else do: it starts with the last task
    and this process with the first, and they stop where they meet. So both end at about the same time.

    What fails in the copy is done here when it is asked for: an error is then told as any other. Where no copy can be made,
    everything is done here.
    """

    def __init__(self, tasks: Mapping[str, Callable[[], bytes]], shared: Mapping[str, Callable[[], bytes]]) -> None:
        """Begins the `tasks`, then the `shared` ones; each may come to be done twice, so it must not matter if it is.

        What a task gives is bytes: they wait in a file, and are no more than that to this process too.
        """
        self._tasks = {**tasks, **shared}
        self._shared = shared
        self._number = {name: number for number, name in enumerate(self._tasks)}
        self._done: set[str] = set()
        self._process: BaseProcess | None = None
        if not _may_copy():
            return
        # Results wait in files: a pipe takes 64 kB, and then the copy would stand still until somebody asks.
        self._folder = TemporaryDirectory(prefix="waymark-")
        self._taken = mmap(-1, len(self._tasks) + 1)
        """A byte for each task that both processes see: 1 when this one has begun it."""
        context = multiprocessing.get_context("fork")
        self._says, there = context.Pipe(duplex=False)
        process = context.Process(target=self._work, args=(there,))
        try:
            process.start()
        except OSError:  # the system gives us no process more
            self._folder.cleanup()
            return
        finally:
            there.close()
        self._process = process

    def result(self, name: str) -> bytes:
        """What a task gave. Waits for it, unless it is a shared one that the copy has not done yet: that is done here."""
        while self._process and name not in self._done and (name not in self._shared or self._says.poll()):
            try:
                self._done.add(self._says.recv())
            except EOFError:  # the copy has ended
                break
        if not self._process or name not in self._done:
            if self._process:
                self._taken[self._number[name]] = 1
            return self._tasks[name]()
        path = self._result(name)
        found = path.read_bytes()
        path.unlink()
        self._done.remove(name)
        return found

    def close(self) -> None:
        """Ends the copy, which has nothing to tidy up."""
        if self._process:
            self._process.kill()
            self._process.join()
            self._process = None
            self._says.close()
            self._folder.cleanup()

    def _result(self, name: str) -> Path:
        return Path(self._folder.name, str(self._number[name]))

    def _work(self, says: Connection) -> None:
        """What the copy does."""
        self._says.close()  # so that to say something ends the copy when this process is no more
        own = [name for name in self._tasks if name not in self._shared]
        for name in (*own, *reversed(list(self._shared))):
            if self._taken[self._number[name]]:
                break
            try:
                self._result(name).write_bytes(self._tasks[name]())
            except Exception:  # noqa: S112 - it is done again where it can be told
                continue
            says.send(name)


def _may_copy() -> bool:
    """Only Linux copies a process cheaply and with all it has; a lock that another thread holds would stay closed in the copy."""
    return sys.platform == "linux" and threading.active_count() == 1
