"""A real Chromium, and a site served to it on this machine alone."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

BASE = "/waymark/"
"""Where the site stands on its host: below the root, as on GitHub Pages."""
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
"""320 CSS pixels is the width at which WCAG 2.2, 1.4.10, asks that nothing needs scrolling sideways."""


def chromium_path(playwright: Playwright) -> str:
    """The Chromium to use: the one `CHROMIUM` names, else one of the system, else playwright's own."""
    candidates = [
        os.environ.get("CHROMIUM"),
        *map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")),
    ]
    candidates.append(playwright.chromium.executable_path)
    found = next((path for path in candidates if path and Path(path).exists()), None)
    assert found, "No Chromium found. Run tools/browser, or say where one is: CHROMIUM=/path/to/chromium"
    return found


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder below `BASE`, with the site's own page for what is not there."""

    def do_GET(self) -> None:
        if not self.path.startswith(BASE):
            self.send_error(404)
            return
        self.path = self.path[len(BASE) - 1 :]
        if not Path(self.translate_path(self.path)).exists():
            page = Path(self.directory, "404.html").read_bytes()
            self.send_response(404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)
            return
        super().do_GET()

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that closes a connection early is no error of ours."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serves a folder on a free port of this machine, and gives its address, with a slash at the end."""
    with _Server(("127.0.0.1", 0), partial(_Handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}{BASE}"
        finally:
            server.shutdown()
            thread.join()


@dataclass
class Visit:
    """A page in the browser, and what went wrong in it."""

    page: Page
    root: str
    complaints: list[str] = field(default_factory=list)
    """Errors and warnings of the console (violations of the policy among them), scripts that failed, answers that are errors."""
    elsewhere: list[str] = field(default_factory=list)
    """Requests to any other host."""

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self.complaints.append(message.text) if message.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("response", lambda response: self.complaints.append(f"{response.status} {response.url}") if response.status >= 400 else None)
        self.page.on("request", lambda request: self.elsewhere.append(request.url) if not self._is_ours(request.url) else None)

    def _is_ours(self, url: str) -> bool:
        return urlsplit(url).netloc == urlsplit(self.root).netloc or urlsplit(url).scheme in ("data", "blob")

    def open(self, address: str) -> Page:
        """Opens a page of the site and waits until its scripts have run."""
        self.page.goto(f"{self.root}{address}", wait_until="load")
        return self.page

    @property
    def address(self) -> str:
        """Where the page is now, without its fragment and query."""
        return self.page.url.split("#")[0].split("?")[0].removeprefix(self.root)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(playwright), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site_url(real_site: Path) -> Iterator[str]:
    """The address of the real site."""
    with served(real_site) as url:
        yield url


@pytest.fixture
def visit(chromium: Browser, site_url: str) -> Iterator[Callable[..., Visit]]:
    """Opens a tab on the real site in a fresh context; options are those of playwright's contexts."""
    contexts: list[BrowserContext] = []

    def new(*, root: str = site_url, **options: Any) -> Visit:
        context = chromium.new_context(**{"viewport": DESKTOP, "reduced_motion": "reduce", **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        return Visit(context.new_page(), root)

    yield new
    for context in contexts:
        context.close()
