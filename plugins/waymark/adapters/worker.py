"""The process beside MkDocs that holds the library and makes the pages, as MkDocs sees it.

MkDocs puts the frame of the theme around pages, one after the other, and keeps what it must know of all of them. Neither
needs the library, and what loads and checks it needs nothing of MkDocs: so each has a process and a core of its own, and
none of the two holds what the other does. What the process does is in `making`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

from waymark.adapters.messages import Build, Failed, Finish, Finished, Order, Planned, Written
from waymark.adapters.partner import Partner
from waymark.pages import Page, Redirect
from waymark.problems import Problem, failures

_CODE = "import gc, signal; gc.disable(); signal.signal(signal.SIGINT, signal.SIG_IGN); from waymark.adapters.making import main; main()"
"""To look for garbage while modules are loaded would take a tenth of that time, and find none. Ctrl-C is for MkDocs, which then ends this process too."""


class Worker:
    """The process. Each of its answers is read when it is asked for; until then it works ahead, as far as a pipe holds.

    Raises:
        PluginError: By each method that waits for an answer, if the process cannot give it, or has ended early.
    """

    def __init__(self, order: Order) -> None:
        """Starts it; it loads and checks the data from now on."""
        self._process = Partner(_CODE)
        self._problems: list[Problem] | None = None
        self._written: Mapping[str, Written] | None = None
        self._early: dict[str, Page] = {}
        self._is_done = False
        self._process.tell(order)

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the data; if any of it fails, nothing more may be asked for."""
        if self._problems is None:
            self._problems = self._hear()
        return self._problems

    def begin(self, folder: Path) -> list[Planned]:
        """Begins a site whose files beside the pages go to the folder, and gives all pages that will come."""
        if failures(self.problems):
            raise PluginError("No site is made of data with problems.")
        self._written, self._is_done = None, False
        self._early.clear()
        self._process.tell(Build(folder))
        plan: list[Planned] = self._hear()
        return plan

    @property
    def written(self) -> Mapping[str, Written]:
        """What goes into the hand-written pages, by their ids."""
        if self._written is None:
            self._written = self._hear()
        return self._written

    def page(self, address: str) -> Page:
        """A page of the plan. If another one comes first, that is kept until it is asked for."""
        while address not in self._early:
            if not (page := self._next()):
                raise PluginError(f"There is no page '/{address}'.")
            self._early[page.address] = page
        return self._early.pop(address)

    def finish(self, folder: Path, former: tuple[Redirect, ...]) -> Finished:
        """Makes what stands at former addresses, when all pages are written to the folder and all files beside them."""
        while self._next():
            pass  # a page that MkDocs did not want
        self._process.tell(Finish(folder, former))
        finished: Finished = self._hear()
        return finished

    def close(self) -> None:
        """Ends the process, whatever it is doing."""
        self._process.end()

    def _next(self) -> Page | None:
        """The page whose turn it is; None after the last, when all files are written too."""
        if self._written is None:
            self._written = self._hear()
        page: Page | None = None if self._is_done else self._hear()
        self._is_done = page is None
        return page

    def _hear(self) -> Any:
        try:
            heard = self._process.hear()
        except EOFError:
            raise PluginError("The process that makes the pages ended early; what it said of it stands above.") from None
        if isinstance(heard, Failed):
            raise PluginError(heard.why)
        return heard
