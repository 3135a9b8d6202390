"""The copy for a computer without network: addresses of files, and a search that works from the disk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, expect

from waymark.__main__ import main
from waymark.offline import WORKER, page_for_disk, search_for_disk

pytestmark = pytest.mark.xdist_group("offline")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("../entre/", "../entre/index.html"),
        ("../entre/#aims", "../entre/index.html#aims"),
        ("../entre/?h=x#aims", "../entre/index.html?h=x#aims"),
        ("..", "../index.html"),
        ("../..", "../../index.html"),
        (".", "./index.html"),
        ("./", "./index.html"),
        ("#aims", "#aims"),
        ("?focus=entre", "?focus=entre"),
        ("entre.json", "entre.json"),
        ("../assets/waymark.css", "../assets/waymark.css"),
        ("https://example.org/", "https://example.org/"),
        ("//example.org/", "//example.org/"),
        ("mailto:someone@example.org", "mailto:someone@example.org"),
    ],
)
def test_addresses(written: str, expected: str) -> None:
    """Every folder becomes its file; all else stays."""
    page = BeautifulSoup(page_for_disk(f'<html><head></head><body><a href="{written}">words</a></body></html>', 0), "html5lib")
    assert page.a
    assert page.a["href"] == expected


def test_words_stay() -> None:
    """A description that looks like an address is none."""
    page = BeautifulSoup(page_for_disk('<head><meta name="description" content="prison and/"></head><p>href="x/"</p>', 0), "html5lib")
    assert page.meta
    assert page.meta["content"] == "prison and/"


def test_a_redirect_leads_to_a_file() -> None:
    page = BeautifulSoup(page_for_disk('<head><meta http-equiv="refresh" content="0; url=../../theories/new/"></head>', 2), "html5lib")
    assert page.meta
    assert page.meta["content"] == "0; url=../../theories/new/index.html"


def test_the_stand_in_comes_first_and_from_the_root() -> None:
    page = BeautifulSoup(page_for_disk("<head><title>x</title></head><body><script src='../../bundle.js'></script></body>", 2), "html5lib")
    assert [script["src"] for script in page.find_all("script")] == [f"../../{WORKER}", "../../bundle.js"]


def test_search_list() -> None:
    """The list is the same, but for its addresses."""
    docs = [{"location": each, "title": 'A "quoted" </script> title', "text": ""} for each in ("", "entre/", "entre/#aims", "a/b.html")]
    script = search_for_disk(json.dumps({"config": {"lang": ["en"]}, "docs": docs}))
    name, _, value = script.partition(" = ")
    assert name == "var __index"
    listed = json.loads(value)
    assert [doc["location"] for doc in listed["docs"]] == ["index.html", "entre/index.html", "entre/index.html#aims", "a/b.html"]
    assert [doc["title"] for doc in listed["docs"]] == [doc["title"] for doc in docs]


def test_without_a_site_it_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["offline", "--site", str(tmp_path), "--to", str(tmp_path / "x.zip")]) == 2
    assert "make build" in capsys.readouterr().err
    assert not (tmp_path / "x.zip").exists()


@pytest.fixture(scope="module")
def unpacked(real_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("offline")
    assert main(["offline", "--site", str(real_site), "--to", str(folder / "copy.zip")]) == 0
    with ZipFile(folder / "copy.zip") as pack:
        pack.extractall(folder)
    return folder / "waymark"


def _targets(page: Path) -> Iterator[Path]:
    """The files that the links, styles and scripts of a page name."""
    soup = BeautifulSoup(page.read_bytes(), "html.parser")
    for node in soup.select("a[href], link[href], script[src], img[src]"):
        address = urldefrag(urljoin(page.as_uri(), str(node.get("href") or node.get("src")))).url
        if address.startswith("file:"):
            yield Path(unquote(urlsplit(address).path))


def test_every_address_is_a_file(unpacked: Path) -> None:
    """One page of each folder: nothing leads to a folder, or to nothing."""
    pages = {page.parents[min(1, len(page.relative_to(unpacked).parts) - 1)]: page for page in sorted(unpacked.rglob("*.html"))}
    assert len(pages) > 10
    assert {str(target) for page in pages.values() for target in _targets(page) if not target.is_file()} == set()


@pytest.mark.browser
def test_search_from_the_disk(unpacked: Path, chromium: Browser) -> None:
    """A page opened from the disk finds a record, opens it, and asks nobody else for anything."""
    page = chromium.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if urlsplit(request.url).scheme not in ("file", "data") else None)
    page.goto((unpacked / "programmes" / "entre" / "index.html").as_uri())
    page.locator(".md-search__input").first.focus()
    page.keyboard.type("MAPPA")
    page.locator(".md-search-result__link").first.click()
    expect(page).to_have_url((unpacked / "practices" / "mappa" / "index.html").as_uri() + "?h=mappa")
    page.locator(".md-logo").first.click()
    expect(page).to_have_url((unpacked / "index.html").as_uri())
    assert said == []
    page.close()
