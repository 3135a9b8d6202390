"""Another process of Python, and values that are told to it and heard from it, through its standard input and output."""

from __future__ import annotations

import pickle
import subprocess
import sys
from contextlib import suppress
from typing import Any, BinaryIO, cast


class Partner:
    """The process. It runs until it is ended, or ends by itself."""

    def __init__(self, code: str) -> None:
        """Starts it with some code.

        Raises:
            OSError: No process can be started.
        """
        self._process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - ourselves
        self._tells, self._says = cast("BinaryIO", self._process.stdin), cast("BinaryIO", self._process.stdout)

    @property
    def pid(self) -> int:
        """Its number, as the system counts processes."""
        return self._process.pid

    def tell(self, what: object) -> None:
        """Tells it something; if it has ended, nobody hears."""
        with suppress(BrokenPipeError):
            pickle.dump(what, self._tells, pickle.HIGHEST_PROTOCOL)
            self._tells.flush()

    def hear(self) -> Any:
        """What it says next. Waits for it.

        Raises:
            EOFError: It has ended.
        """
        try:
            return pickle.load(self._says)  # noqa: S301 - written by ourselves, where nobody else may write
        except pickle.UnpicklingError:
            raise EOFError from None

    def end(self) -> None:
        """Ends it, whatever it is doing."""
        self._process.terminate()
        with suppress(BrokenPipeError):  # what it was still to be told
            self._tells.close()
        self._says.close()
        self._process.wait()
