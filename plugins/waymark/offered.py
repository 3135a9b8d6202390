"""What a built site offers to link to: its pages, and on each the places that have an address of their own.

These are what a “¶” stands at, terms in lists and rows of tables with an address. Frames, drawings and fields of forms
have ids too, but nobody is given their address.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from waymark.moved import MARK

INDEX = "index.html"
_ID = re.compile(rb"""<[a-zA-Z][^<>]*?\sid=["']?([^"'\s>]+)""")
_WITH_ADDRESS = ("dt", "tr")


class _Reader(HTMLParser):
    """Notes the places of one page, in its order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.places: dict[str, None] = {}
        self.is_former = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "a" and "headerlink" in values.get("class", "").split() and values.get("href", "").startswith("#"):
            self.places[values["href"][1:]] = None
        elif tag in _WITH_ADDRESS and "id" in values:
            self.places[values["id"]] = None
        elif tag == "meta" and values.get("name") == MARK:
            self.is_former = True


def read_offers(site: Path) -> dict[str, tuple[str, ...]]:
    """Each page of a built site by its address, such as `terms/exit/`, with its places. Former addresses are left out."""
    found = {}
    for path in sorted(site.rglob(INDEX)):
        reader = _Reader()
        reader.feed(path.read_text(encoding="utf-8"))
        reader.close()
        if not reader.is_former:
            found[path.relative_to(site).as_posix().removesuffix(INDEX)] = tuple(reader.places)
    return found


def read_ids(site: Path, address: str) -> frozenset[str] | None:
    """Every id on the page of a built site at an address; None if there is no page.

    At the end of each build all pages are read in this way, so no HTML parser is asked; a test compares the two.
    """
    try:
        page = (site / address / INDEX).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return frozenset(each.decode() for each in _ID.findall(page))
