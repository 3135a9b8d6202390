"""The process beside MkDocs: what it answers, in which order, and how it ends."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

import toy
from site_fixtures import TODAY, TOY, TOY_SITE
from waymark.adapters.messages import Finished, Order, Planned
from waymark.adapters.past import history_of
from waymark.adapters.worker import Worker
from waymark.library import Library, load_library
from waymark.networks import positions
from waymark.offered import INDEX
from waymark.pages import Download, Page, Redirect
from waymark.problems import failures
from waymark.render import Renderer

linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no copy, and no list of processes to look at")
Start = Callable[..., Worker]
OPEN_DOOR = "programmes/open-door/"
FRAME = '<!doctype html><html><head><meta charset="utf-8"><title>{title}</title></head><body>{html}</body></html>'
WRITTEN = {"": '<h2 id="another-section">Another section</h2>', "method/": '<h1 id="method">Method</h1>', "responsible-use/": "<h1>Responsible use</h1>"}
"""The hand-written pages as MkDocs would have them, as far as anything is looked for in them."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the toy project for tests that change nothing in it, so that they share what is kept between builds."""
    return Path(shutil.copytree(TOY, tmp_path_factory.mktemp("home") / "project"))


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts the process for a project, and hears what is wrong with it. Whatever the test does to it, it is ended."""
    started: list[Worker] = []

    def start(root: Path, today: date = TODAY) -> Worker:
        started.append(worker := Worker(Order(root, TOY_SITE, today)))
        assert worker.problems is worker.problems, "as often as they are asked for"
        return worker

    with at_most(40):
        yield start
        for worker in started:
            worker.close()


@pytest.fixture(scope="module")
def renderer(home: Path, toy_library: Library) -> Renderer:
    """Makes the same pages here."""
    renderer = Renderer(toy_library, TOY_SITE)
    renderer.history = history_of(home, None)
    return renderer


@pytest.fixture(scope="module")
def pages(renderer: Renderer) -> dict[str, Page]:
    return {page.address: page for page in renderer.pages()}


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Ends a test that waits for an answer which will not come."""

    def late(*_: object) -> None:
        raise TimeoutError(f"nothing came within {seconds} seconds")

    before, rest = signal.signal(signal.SIGALRM, late), signal.alarm(seconds)
    try:
        yield
    finally:
        signal.signal(signal.SIGALRM, before)
        signal.alarm(rest)


def put(folder: Path, address: str, title: str, html: str) -> None:
    """Writes a page as MkDocs would."""
    path = folder / address / INDEX
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(FRAME.format(title=title, html=html), encoding="utf-8")


def build(worker: Worker, folder: Path, *former: Redirect) -> Finished:
    """Does with the process what MkDocs does."""
    for planned in worker.begin(folder):
        page = worker.page(planned.address)
        put(folder, page.address, page.title, page.html)
    for address, html in WRITTEN.items():
        put(folder, address, "A page", html)
    return worker.finish(folder, former)


def content_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# The data -----------------------------------------------------------------------------------------


def test_good_data_have_no_problems(home: Path, start: Start) -> None:
    assert start(home).problems == []


def test_problems_are_those_that_a_check_finds_and_no_site_is_begun(toy_project: Path, start: Start) -> None:
    path = toy_project / "data" / "programmes.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("status: running", "status: runing"), encoding="utf-8")
    worker = start(toy_project)
    assert worker.problems == load_library(toy_project, today=TODAY)[1] != []
    with pytest.raises(PluginError, match="with problems"):
        worker.begin(toy_project / "out")
    assert not (toy_project / "out").exists()


def test_advice_alone_stops_nothing(tmp_path: Path, start: Start) -> None:
    later = toy.TODAY.replace(year=toy.TODAY.year + 20)
    expected = load_library(toy.write(tmp_path, {}), today=later)[1]
    worker = start(tmp_path, later)
    assert worker.problems == expected
    assert not failures(worker.problems)
    assert worker.begin(tmp_path / "out")


# A site -------------------------------------------------------------------------------------------


def test_the_plan_names_every_page_before_any_is_made(home: Path, tmp_path: Path, start: Start, renderer: Renderer) -> None:
    assert start(home).begin(tmp_path) == [Planned(draft.address, draft.title, draft.source) for draft in renderer.drafts()]


def by_lot(addresses: Iterable[str]) -> list[str]:
    return random.Random(1).sample(found := list(addresses), len(found))


@pytest.mark.parametrize("order", [list, reversed, by_lot])
def test_each_page_is_the_one_that_would_be_made_here(
    home: Path, tmp_path: Path, start: Start, pages: dict[str, Page], order: Callable[[list[str]], Iterable[str]]
) -> None:
    """In whatever order they are asked for."""
    worker = start(home)
    addresses = [planned.address for planned in worker.begin(tmp_path)]
    found = {address: worker.page(address) for address in order(addresses)}
    assert addresses == list(pages)
    assert [address for address in addresses if found[address] != pages[address]] == []


def test_what_goes_into_hand_written_pages_may_be_asked_for_at_any_time(home: Path, tmp_path: Path, start: Start, renderer: Renderer) -> None:
    worker = start(home)
    worker.begin(tmp_path)
    page = worker.page(OPEN_DOOR)
    written = worker.written
    assert page.address == OPEN_DOOR
    assert written.keys() == renderer.library.pages.keys() == {"index", "method", "responsible-use"}
    insets, cited = renderer.insets(renderer.library.pages["index"].text, "", "index")
    assert written["index"].text == (home / "content" / "index.md").read_text(encoding="utf-8")
    assert list(written["index"].insets) == insets != []
    assert written["index"].bibliography == renderer.bibliography(cited, "", "index")
    assert written["method"].reported == renderer.reported("method", "../")
    assert "fresh-door" in written["method"].reported
    assert worker.written is written


def test_a_page_that_is_not_planned_is_named(home: Path, tmp_path: Path, start: Start) -> None:
    worker = start(home)
    worker.begin(tmp_path)
    with pytest.raises(PluginError, match="no page '/programmes/nobody/'"):
        worker.page("programmes/nobody/")


def test_files_beside_the_pages_stand_in_the_folder(home: Path, tmp_path: Path, start: Start, renderer: Renderer) -> None:
    """Each byte for byte as it would be written here; and no others."""
    site, here = tmp_path / "site", tmp_path / "here"
    build(start(home), site)

    def write(file: Download) -> None:
        (here / file.address).parent.mkdir(parents=True, exist_ok=True)
        file.write(here / file.address)

    for file in (*renderer.files(), renderer.explorer_data(positions(renderer.connections)), renderer.moved_script()):
        write(file)
    made, expected = ({name: each for name, each in content_of(folder).items() if not name.endswith(INDEX)} for folder in (site, here))
    assert made.keys() == expected.keys()
    assert [name for name in made if made[name] != expected[name]] == []


def test_pages_that_nobody_asks_for_hold_nothing_up(home: Path, tmp_path: Path, start: Start) -> None:
    """MkDocs may leave out a page, for instance one that another plugin took away; the files are all there."""
    worker = start(home)
    for planned in worker.begin(tmp_path):
        put(tmp_path, planned.address, planned.title, "")
    assert worker.page(OPEN_DOOR).address == OPEN_DOOR
    worker.finish(tmp_path, ())
    assert (tmp_path / "open-data" / "waymark.json").stat().st_size
    assert (tmp_path / OPEN_DOOR / "open-door.json").stat().st_size


def test_a_site_can_be_made_again(home: Path, tmp_path: Path, start: Start) -> None:
    """While serving, as long as the data have a mistake."""
    worker = start(home)
    folders = [tmp_path / name for name in ("first", "second", "third")]
    assert [build(worker, folder) for folder in folders] == [Finished()] * 3
    first, second, third = map(content_of, folders)
    assert first == second == third


# The end of a site --------------------------------------------------------------------------------


def test_former_addresses_are_written(home: Path, tmp_path: Path, start: Start, renderer: Renderer) -> None:
    """Those of records, and those that hand-written pages say of themselves."""
    old = Redirect("how/it/was/", "method/", "Method")
    assert build(start(home), tmp_path, old) == Finished()
    for redirect in (*renderer.redirects(), old):
        now = (tmp_path / redirect.target / INDEX).read_text(encoding="utf-8")
        then = (tmp_path / redirect.address / INDEX).read_text(encoding="utf-8")
        assert then == renderer.at_former_address(now, redirect) != now, redirect
    assert (tmp_path / "programmes" / "older-door" / INDEX).exists()
    assert (tmp_path / "assets" / "moved.js").stat().st_size


@pytest.mark.parametrize("former", [Redirect("method/", "responsible-use/", "Responsible use"), Redirect("programmes/old-door/", "method/", "Method")])
def test_a_former_address_that_is_taken_is_reported(home: Path, tmp_path: Path, start: Start, former: Redirect) -> None:
    """By a page, or by another former address."""
    assert build(start(home), tmp_path, former) == Finished(former)
    assert "<title>" in (tmp_path / former.address / INDEX).read_text(encoding="utf-8"), "what stands there is left alone"


def test_published_addresses_that_lead_nowhere_are_reported(toy_project: Path, tmp_path: Path, start: Start) -> None:
    path = toy_project / "data" / "published-addresses.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("/method/ method", "/guides/gone/\n/method/ gone method\n/open-data/gone.csv"), encoding="utf-8")
    worker = start(toy_project)
    assert worker.problems == []
    finished = build(worker, tmp_path / "out")
    assert finished == Finished(None, (("guides/gone/", ""), ("method/", "gone"), ("open-data/gone.csv", "")))


# What goes wrong ----------------------------------------------------------------------------------


def test_what_is_printed_does_not_get_among_the_answers(
    home: Path, tmp_path: Path, start: Start, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """For instance by a library that warns when a file is read. Nor is it lost."""
    noise = 'import sys\nsys.addaudithook(lambda event, given: event == "open" and str(given[0]).endswith(".bib") and print("noise", flush=True))\n'
    (tmp_path / "sitecustomize.py").write_text(noise)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    worker = start(home)
    assert worker.problems == []
    assert worker.begin(tmp_path / "out")
    assert "noise" in capfd.readouterr().err


def test_a_page_that_is_not_planned_is_an_error_and_the_site_can_still_be_finished(home: Path, tmp_path: Path, start: Start) -> None:
    worker = start(home)
    folder = tmp_path / "out"
    planned = worker.begin(folder)
    with pytest.raises(PluginError, match="no page '/nobody/'"):
        worker.page("nobody/")
    for each in planned:
        assert worker.page(each.address).address == each.address, "those that came before are kept"


@linux
def test_when_the_process_dies_the_next_question_says_so(home: Path, tmp_path: Path, start: Start) -> None:
    """Also each one after it."""
    worker = start(home)
    worker.begin(tmp_path)
    os.kill(worker._process.pid, signal.SIGKILL)
    with pytest.raises(PluginError, match="ended early"):
        worker.page("programmes/nobody/")
    with pytest.raises(PluginError, match="ended early"):
        worker.finish(tmp_path, ())
    with pytest.raises(PluginError, match="ended early"):
        worker.begin(tmp_path)


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A project whose site is the work of many seconds."""
    one = toy.BASE["data/programmes.yaml"]
    return toy.write(tmp_path / "large", {"data/programmes.yaml": "".join(one.replace("north-star", f"star-{number}") for number in range(2500))})


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder in which the process keeps what is temporary. Nothing that it began stays behind, whatever comes of the test."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    yield folder
    for pid in processes_with(folder):
        os.kill(pid, signal.SIGKILL)


def processes_with(temporary: Path) -> list[int]:
    """All processes that were told to keep there what is temporary."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):  # it has ended, or is none of ours
            if f"TMPDIR={temporary}".encode() in path.read_bytes().split(b"\0"):
                found.append(int(path.parent.name))
    return found


@linux
@pytest.mark.parametrize("pages", [0, 3])
def test_it_can_be_ended_in_the_middle_of_its_work(large: Path, temporary: Path, start: Start, pages: int) -> None:
    worker = start(large, toy.TODAY)
    for planned in worker.begin(large / "out")[:pages]:
        worker.page(planned.address)
    assert wait_until((large / "out" / "open-data").exists), "the copy is at work by then"
    assert list(temporary.iterdir()) != []
    [copy, *_] = children_of(worker._process.pid)
    began = time.monotonic()
    worker.close()
    assert time.monotonic() - began < 2
    assert not {worker._process.pid, copy} & set(processes_with(temporary))
    assert list(temporary.iterdir()) == []
    worker.close()


@linux
def test_it_ends_with_all_that_it_began(large: Path, temporary: Path, start: Start) -> None:
    worker = start(large, toy.TODAY)
    worker.begin(large / "out")
    assert wait_until((large / "out" / "open-data" / "waymark.json").exists), "all are at work by then"
    worker.close()
    assert wait_until(lambda: not processes_with(temporary))


@linux
def test_nobody_waits_for_the_copy_of_a_process_that_died(large: Path, temporary: Path, start: Start) -> None:
    """The copy works on, and nobody else is there to end it."""
    worker = start(large, toy.TODAY)
    worker.begin(large / "out")
    assert wait_until(lambda: len(processes_with(temporary)) > 1)
    os.kill(worker._process.pid, signal.SIGKILL)
    with at_most(4), pytest.raises(PluginError, match="ended early"):
        worker.page("programmes/nobody/")


def children_of(pid: int) -> list[int]:
    return [int(child) for path in Path(f"/proc/{pid}/task").glob("*/children") for child in path.read_text().split()]


def wait_until(is_so: Callable[[], bool]) -> bool:
    """Gives other processes some seconds."""
    for _ in range(500):
        if is_so():
            return True
        time.sleep(0.01)
    return False
