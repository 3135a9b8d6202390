"""Atom feeds, as RFC 4287 asks for them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from pathlib import Path

from site_fixtures import TOY_SITE
from waymark.feeds import LENGTH, feed_of
from waymark.kinds import KINDS
from waymark.library import Item, Library
from waymark.pages import Site
from waymark.render import Renderer

ATOM = "{http://www.w3.org/2005/Atom}"


def checked_on(item: Item, day: date, id: str) -> Item:
    record = item.record.model_copy(update={"checked": item.record.checked.model_copy(update={"on": day})})
    return replace(item, id=id, record=record)


def test_newest_first_and_no_more_than_a_hundred(toy_library: Library) -> None:
    item = toy_library.items["bare"]
    items = [checked_on(item, date(2020, 1, 1 + number % 28), f"r{number:03}") for number in range(LENGTH + 20)]
    feed = feed_of(items, "Title", "programmes/", TOY_SITE, str)
    assert feed is not None
    assert len(feed.entries) == LENGTH
    assert [(entry.day, entry.address) for entry in feed.entries] == sorted(
        ((entry.day, entry.address) for entry in feed.entries), key=lambda each: (-each[0].toordinal(), each[1])
    )
    assert feed.day == date(2020, 1, 28)
    assert (feed.address, feed.page) == ("https://toy.example/base/programmes/feed.xml", "https://toy.example/base/programmes/")


def test_no_feed_without_records_or_without_an_address(toy_library: Library) -> None:
    """Ids must be absolute, and a feed must say when it last changed."""
    assert feed_of([], "Title", "", TOY_SITE, str) is None
    assert feed_of(toy_library.items.values(), "Title", "", Site(), str) is None
    for site, some in ((TOY_SITE, True), (Site(), False)):
        renderer = Renderer(toy_library, site)
        assert any(file.address.endswith("feed.xml") for file in renderer.files()) is some
        pages = {page.address: page for page in renderer.pages()}
        assert bool(pages["programmes/"].alternates) is some
        assert ("feeds" in {heading.anchor for heading in pages["open-data/"].headings}) is some
        assert ("feed.xml" in pages["open-data/"].html) is some


def test_each_feed_has_what_it_must_have(real_library: Library, tmp_path: Path) -> None:
    """One for all and one for each kind; required elements once, absolute and unique ids, dates with a zone."""
    files = {file.address: file for file in Renderer(real_library, TOY_SITE).files() if file.address.endswith("feed.xml")}
    assert set(files) == {"feed.xml", *(f"{kind.plural}/feed.xml" for kind in KINDS.values())}
    for address, file in files.items():
        file.write(tmp_path / "feed.xml")
        root = ET.parse(tmp_path / "feed.xml").getroot()
        assert root.tag == f"{ATOM}feed"
        for element in (root, *root.findall(f"{ATOM}entry")):
            for name in ("title", "id", "updated"):
                (found,) = element.findall(f"{ATOM}{name}")
                assert found.text, name
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", str(element.findtext(f"{ATOM}updated")))
            assert all(str(link.get("href")).startswith("https://") for link in element.findall(f"{ATOM}link"))
        assert root.findtext(f"{ATOM}author/{ATOM}name") == "Toy & Co editors"
        (self_link,) = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
        assert self_link == f"{TOY_SITE.url}{address}" == root.findtext(f"{ATOM}id")
        entries = root.findall(f"{ATOM}entry")
        ids = [entry.findtext(f"{ATOM}id") for entry in entries]
        wanted = [item for item in real_library.items.values() if address in ("feed.xml", f"{item.kind.plural}/feed.xml")]
        assert len(ids) == len(set(ids)) == min(LENGTH, len(wanted))
        updated = [str(entry.findtext(f"{ATOM}updated")) for entry in entries]
        assert updated == sorted(updated, reverse=True)
        assert root.findtext(f"{ATOM}updated") == updated[0]
        assert all("[@" not in str(entry.findtext(f"{ATOM}summary")) for entry in entries)


def test_words_that_look_like_markup_stay_words(toy_library: Library, tmp_path: Path) -> None:
    feed = next(file for file in Renderer(toy_library, TOY_SITE).files() if file.address == "programmes/feed.xml")
    feed.write(tmp_path / "feed.xml")
    root = ET.parse(tmp_path / "feed.xml").getroot()
    assert 'The "Lamp" House & Sons <one>' in [entry.findtext(f"{ATOM}title") for entry in root.findall(f"{ATOM}entry")]
    assert any('It says 5 < 6 & "x".' in str(entry.findtext(f"{ATOM}summary")) for entry in root.findall(f"{ATOM}entry"))
