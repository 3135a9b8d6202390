"""Fixtures around sites: the toy library and its pages, builds of the toy, and the real site built once for all workers."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from waymark.library import Library, load_library
from waymark.pages import Page, Site
from waymark.problems import failures
from waymark.render import Renderer

PROJECT = Path(__file__).parents[1]
TOY = Path(__file__).parent / "site"
TODAY = date(2020, 6, 1)
"""The day on which all toy tests take place."""
TOY_SITE = Site("Toy & Co", "https://toy.example/base/", "https://code.example/toy/site/edit/main/")


def soup_of(html: str) -> BeautifulSoup:
    """HTML parsed as a browser parses it."""
    return BeautifulSoup(html, "html5lib")


def words_of(node: object) -> str:
    """The text of an element, with single spaces."""
    return " ".join(node.get_text().split())  # type: ignore[attr-defined]


# The toy library and its page models --------------------------------------------------------------


@pytest.fixture(scope="session")
def toy_library() -> Library:
    library, problems = load_library(TOY, today=TODAY)
    assert not problems
    return library


@pytest.fixture(scope="session")
def toy_renderer(toy_library: Library) -> Renderer:
    return Renderer(toy_library, TOY_SITE)


@dataclass(frozen=True)
class Shown:
    """A page model with its parsed HTML."""

    page: Page
    soup: BeautifulSoup


@pytest.fixture(scope="session")
def toy_pages(toy_renderer: Renderer) -> dict[str, Shown]:
    """Every page of the toy library by its address."""
    return {page.address: Shown(page, soup_of(page.html)) for page in toy_renderer.pages()}


# Builds -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Built:
    """The outcome of a build."""

    folder: Path
    returncode: int
    output: str

    def page(self, address: str) -> BeautifulSoup:
        return soup_of((self.folder / address / "index.html").read_text(encoding="utf-8"))


def build(config: Path, target: Path, *, host: str = "mkdocs", options: Sequence[str] = (), **environment: str) -> Built:
    """Builds a site with the command line that people and CI use; never -q, which hides warnings from --strict."""
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PYTHONPATH": str(PROJECT / "plugins"), "PYTHONDONTWRITEBYTECODE": "1"}
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "SOURCE_DATE_EPOCH"))}
    done = subprocess.run(
        [sys.executable, "-m", host, "build", "--strict", "-f", str(config), "-d", str(target), *options],
        env={**ours, **quiet, **environment}, capture_output=True, text=True, check=False, cwd=config.parent,
    )  # fmt: skip
    return Built(target, done.returncode, done.stdout + done.stderr)


@pytest.fixture
def toy_project(tmp_path: Path) -> Path:
    """A copy of the toy project that a test may change."""
    return Path(shutil.copytree(TOY, tmp_path / "project"))


@pytest.fixture
def build_toy(toy_project: Path) -> Callable[..., Built]:
    """Builds the copy of the toy project into its folder `out`, on the day of the tests."""
    epoch = str(int(datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC).timestamp()))
    return lambda **environment: build(toy_project / "mkdocs.yml", toy_project / "out", **{"SOURCE_DATE_EPOCH": epoch, **environment})


@dataclass(frozen=True)
class RealSite:
    """Builds of the real site: with MkDocs, once more with other hashes, and with ProperDocs."""

    mkdocs: Built
    again: Built
    properdocs: Built


@pytest.fixture(scope="session")
def real_library() -> Library:
    library, problems = load_library(PROJECT, today=datetime.now(UTC).date())
    assert not failures(problems)
    return library


@pytest.fixture(scope="session")
def real_builds(tmp_path_factory: pytest.TempPathFactory) -> RealSite:
    """The real site, built by whichever worker comes first; all stand at one moment, so that they can be compared."""
    with _shared_folder(tmp_path_factory) as folder:
        epoch = folder / "epoch"
        if not epoch.exists():
            epoch.write_text(str(int(time.time())))
        moment = epoch.read_text()

        def once(name: str, host: str, seed: str) -> Built:
            record = folder / f"{name}.json"
            if not record.exists():
                built = build(PROJECT / "mkdocs.yml", folder / name, host=host, SOURCE_DATE_EPOCH=moment, PYTHONHASHSEED=seed)
                record.write_text(json.dumps([built.returncode, built.output]))
            return Built(folder / name, *json.loads(record.read_text()))

        return RealSite(once("mkdocs", "mkdocs", "1"), once("again", "mkdocs", "2"), once("properdocs", "properdocs", "1"))


@pytest.fixture(scope="session")
def real_site(real_builds: RealSite) -> Path:
    """The folder of the real site."""
    assert real_builds.mkdocs.returncode == 0, real_builds.mkdocs.output
    return real_builds.mkdocs.folder


@contextmanager
def _shared_folder(factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder that the workers of one run share, held by one of them at a time."""
    base = factory.getbasetemp()
    base = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder = base / "real-site"
    folder.mkdir(exist_ok=True)
    with (base / "real-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # given up by the system when a worker dies
        yield folder
