"""Work that a copy of this process does on the second core.

A build has two halves that take equally long: the pages of records, and all that is about the whole, pages and files to
take away.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from mmap import mmap
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory
from typing import NoReturn

_NUMBER = 4
"""Bytes of a number in a pipe, which takes so few in one piece."""


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
        self._done: set[int] = set()
        self._copy = 0
        """Its number as the system counts processes; 0 if there is none."""
        if not _may_copy():
            return
        # Results wait in files: a pipe takes 64 kB, and then the copy would stand still until somebody asks.
        self._folder = TemporaryDirectory(prefix="waymark-")
        self._taken = mmap(-1, len(self._tasks) + 1)
        """A byte for each task that both processes see: 1 when this one has begun it."""
        self._says, there = os.pipe()
        """The numbers of the tasks that are done."""
        try:
            self._copy = os.fork()
        except OSError:  # the system gives us no process more
            os.close(self._says)
            os.close(there)
            self._folder.cleanup()
            return
        if not self._copy:
            self._work(there)
        os.close(there)

    def result(self, name: str) -> bytes:
        """What a task gave. Waits for it, unless it is a shared one that the copy has not done yet: that is done here."""
        number = self._number[name]
        while self._copy and number not in self._done and (name not in self._shared or select([self._says], [], [], 0)[0]):
            said = os.read(self._says, _NUMBER)
            if not said:  # the copy has ended
                break
            self._done.add(int.from_bytes(said, "big"))
        if number not in self._done:
            if self._copy:
                self._taken[number] = 1
            return self._tasks[name]()
        path = self._result(number)
        found = path.read_bytes()
        path.unlink()
        self._done.remove(number)
        return found

    def close(self) -> None:
        """Ends the copy, which has nothing to tidy up."""
        if self._copy:
            os.kill(self._copy, signal.SIGKILL)
            os.waitpid(self._copy, 0)
            os.close(self._says)
            self._copy = 0
            self._done.clear()
            self._folder.cleanup()

    def _result(self, number: int) -> Path:
        return Path(self._folder.name, str(number))

    def _work(self, says: int) -> NoReturn:
        """What the copy does."""
        os.close(self._says)  # so that to say something ends the copy when this process is no more
        try:
            own = [name for name in self._tasks if name not in self._shared]
            for name in (*own, *reversed(list(self._shared))):
                number = self._number[name]
                if self._taken[number]:
                    break
                try:
                    self._result(number).write_bytes(self._tasks[name]())
                except Exception:  # noqa: S112 - it is done again where it can be told
                    continue
                os.write(says, number.to_bytes(_NUMBER, "big"))
        finally:
            os._exit(0)


def _may_copy() -> bool:
    """Only Linux copies a process cheaply and with all it has; a lock that another thread holds would stay closed in the copy."""
    return sys.platform == "linux" and threading.active_count() == 1
