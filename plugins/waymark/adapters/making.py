"""What the process beside MkDocs does: it loads the data, makes pages and files, and tells `worker` of them through a pipe."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from collections.abc import Generator, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import BinaryIO

from jinja2 import FileSystemBytecodeCache

from waymark.adapters.aside import Copy
from waymark.adapters.caches import cache, code, kept
from waymark.adapters.charting import DrawingError, drawings_of
from waymark.adapters.layouts import Layouts
from waymark.adapters.messages import Build, Failed, Finish, Finished, Order, Planned, Written
from waymark.adapters.past import history_of
from waymark.addresses import read_broken
from waymark.charts import charts_of
from waymark.library import Library, load_library
from waymark.moved import stands_at_former_address
from waymark.offered import INDEX
from waymark.pages import Download, Draft
from waymark.pieces import root_of
from waymark.problems import failures
from waymark.render import Renderer
from waymark.validate import model_schemas, take_schemas_from
from waymark.vega import specification

_FILES = "files"


def main() -> None:
    """Reads orders from standard input and answers on standard output, until that is closed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the copy ends with it
    pipe = os.dup(1)
    os.dup2(2, 1)  # whatever else is printed must not get among the answers
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=lambda: os.close(pipe))  # a copy must not hold it open when this process has died
    answers = os.fdopen(pipe, "wb")
    try:
        _serve(sys.stdin.buffer, answers)
    except BrokenPipeError:
        os._exit(1)  # nobody listens any more


def _serve(orders: BinaryIO, answers: BinaryIO) -> None:
    def tell(pickled: bytes) -> None:
        answers.write(pickled)
        answers.flush()

    def answer(what: object) -> None:
        tell(_pickled(what))

    order: Order = pickle.load(orders)  # noqa: S301 - from ourselves
    library, problems = load_library(order.root, today=order.today)
    answer(problems)
    if failures(problems):
        return
    try:
        making = Making(library, order)
    except DrawingError as error:
        answer(Failed(str(error)))
        return
    while True:
        try:
            asked = pickle.load(orders)  # noqa: S301 - from ourselves
        except EOFError:
            return
        if isinstance(asked, Build):
            with closing(making.site(asked.folder)) as pickles:
                for pickled in pickles:
                    tell(pickled)
            answer(None)
        else:
            answer(making.finish(asked))


class Making:
    """Makes the sites of one state of the data."""

    def __init__(self, library: Library, order: Order) -> None:
        """Gets ready what pages need beside the data: templates, drawings of charts, the history.

        Raises:
            DrawingError: A chart cannot be drawn.
        """
        root = order.root
        templates, self._layouts = cache(root, "templates"), Layouts(cache(root, "layouts"))
        drawings = drawings_of({id: specification(chart) for id, chart in charts_of(library).items()}, cache(root, "charts"))
        self._renderer = Renderer(library, order.site, FileSystemBytecodeCache(str(templates)) if templates else None, drawings)
        schemas = cache(root, "schemas")
        take_schemas_from(lambda: kept(schemas / f"{code()}.json" if schemas else None, model_schemas))
        self._renderer.history = history_of(root, cache(root, "history"))
        self._renderer.communities = lambda: self._layouts.clusters(self._renderer.cited_together)()

    def site(self, folder: Path) -> Generator[bytes]:
        """The answers to `Build`, pickled; at the end all files beside the pages are written."""
        drafts = list(self._renderer.drafts())
        yield _pickled([Planned(draft.address, draft.title, draft.source) for draft in drafts])
        gc.freeze()  # what is there stays: nobody need look through it for what may go
        gc.enable()
        copy = Copy({_FILES: partial(self._write_files, folder)}, {draft.address: partial(_made, draft, folder) for draft in drafts})
        try:
            yield _pickled(dict(self._written()))
            for draft in drafts:
                yield copy.result(draft.address)
            copy.result(_FILES)
        finally:
            copy.close()

    def finish(self, asked: Finish) -> Finished:
        """Writes the pages at former addresses, and looks whether all that was published is there."""
        site, renderer = asked.folder, self._renderer
        former = [*renderer.redirects(), *asked.former]
        made: set[str] = set()
        for each in former:
            page, target = site / each.target / INDEX, site / each.address / INDEX
            if each.address in made or (target.exists() and not stands_at_former_address(target.read_text(encoding="utf-8"))):
                return Finished(each)
            made.add(each.address)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(renderer.at_former_address(page.read_text(encoding="utf-8"), each), encoding="utf-8")
        if former:
            _write(renderer.moved_script(), site)
        return Finished(None, tuple(read_broken(site, renderer.library.promises.values())))

    def _written(self) -> Iterator[tuple[str, Written]]:
        renderer = self._renderer
        for id, page in renderer.library.pages.items():
            root = root_of(renderer.address(id) or "")
            insets, cited = renderer.insets(page.text, root, id)
            yield id, Written(page.text, tuple(insets), renderer.bibliography(cited, root, id), renderer.reported(id, root))

    def _write_files(self, folder: Path) -> bytes:
        """Writes the files about the whole: those to take away, and what scripts of pages read."""
        places = self._layouts.positions(self._renderer.connections)
        communities = self._layouts.clusters(self._renderer.cited_together)
        for file in self._renderer.downloads():
            _write(file, folder)
        _write(self._renderer.explorer_data(places()), folder)
        found = communities()
        self._renderer.communities = lambda: found
        self._layouts.close()
        return b""


def _pickled(what: object) -> bytes:
    return pickle.dumps(what, pickle.HIGHEST_PROTOCOL)


def _made(draft: Draft, folder: Path) -> bytes:
    """Makes a page, and writes the files that stand beside it."""
    pickled = _pickled(draft.make())
    for file in draft.files():
        _write(file, folder)
    return pickled


def _write(file: Download, folder: Path) -> None:
    target = folder / file.address
    target.parent.mkdir(parents=True, exist_ok=True)
    file.write(target)
