"""From each citation the page of its work is one step away, and that page leads back to the statement."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from crawl import resolve
from site_fixtures import Shown, soup_of
from waymark.library import Library

DRAWN = 20
SEED = 1959


def places_of(citation: Tag) -> set[str]:
    """The anchors under which a statement can be named: of what it stands in, and of the heading before it."""
    anchors = {str(parent["id"]) for parent in citation.parents if parent.has_attr("id")}
    heading = citation.find_previous(["h2", "h1"])
    topic = citation.find_parent("dd")
    term = topic.find_previous_sibling("dt") if topic else None
    anchors |= {str(each["id"]) for each in (heading, term) if each and each.has_attr("id")}
    return {"" if each == "top" else each for each in anchors}


def astray(address: str, soup: BeautifulSoup, page: Callable[[str], BeautifulSoup]) -> list[str]:
    """Citations of a page that do not lead to a page of a work that leads back."""
    lost = []
    for citation in soup.select("a.wm-cite"):
        target, anchor = resolve(address, str(citation["href"]), "/")
        used = page(target).find(id=anchor) if target.startswith("references/") and anchor else None
        back = [resolve(target, str(link["href"]), "/") for link in used.select("a")] if isinstance(used, Tag) else []
        # The other end of a relation shows the statement of another record; that record shows it under the same heading.
        is_related = bool(citation.find_parent(class_="wm-related")) and ("related" in {place for _, place in back})
        if not is_related and not any(where == address and place in places_of(citation) for where, place in back):
            lost.append(f"{address} {citation.get_text()} -> {citation['href']}")
    return lost


def test_every_citation_of_the_toy(toy_library: Library, toy_pages: dict[str, Shown]) -> None:
    records = [f"{item.kind.plural}/{item.id}/" for item in toy_library.items.values()]
    assert [lost for address in records for lost in astray(address, toy_pages[address].soup, lambda target: toy_pages[target].soup)] == []


@pytest.mark.xdist_group("real-site")
def test_citations_of_records_drawn_at_random(real_site: Path, real_library: Library) -> None:
    read: dict[str, BeautifulSoup] = {}

    def page(address: str) -> BeautifulSoup:
        if address not in read:
            read[address] = soup_of((real_site / address / "index.html").read_text(encoding="utf-8"))
        return read[address]

    drawn = random.Random(SEED).sample(sorted(f"{item.kind.plural}/{item.id}/" for item in real_library.items.values()), DRAWN)
    assert sum(len(page(address).select("a.wm-cite")) for address in drawn) > DRAWN
    assert [lost for address in drawn for lost in astray(address, page(address), page)] == []
