"""What a built site offers to link to: its pages, and on each the places that have an address of their own.

These are what a link of the page itself leads to (a “¶”, the table of contents), and terms and rows of tables with an id.
Drawings, fields of forms and lists of references have ids too, but nobody is given their address.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from waymark.moved import MARK

INDEX = "index.html"
_ID = re.compile(rb"""<[a-zA-Z][^<>]*?\sid=["']?([^"'\s>]+)""")
_WITH_ADDRESS = ("dt", "tr")
_OF_HISTORY = "changes/"
"""Pages made from the history in git. A copy without it has none of their entries and no feed of them, so these are not offered for years."""
_SCRIPTS = (".html", ".js", ".css")
_TOP = "top"


class _Reader(HTMLParser):
    """Notes the places of one page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.is_former = False
        self._ids: dict[str, bool] = {}
        self._linked: set[str] = set()

    @property
    def places(self) -> tuple[str, ...]:
        """In the order of the page."""
        return tuple(id for id, has_address in self._ids.items() if has_address or id in self._linked)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self._ids[values["id"]] = tag in _WITH_ADDRESS
        if tag == "a" and values.get("href", "").startswith("#") and values["href"] != f"#{_TOP}":
            self._linked.add(values["href"][1:])
        elif tag == "meta" and values.get("name") == MARK:
            self.is_former = True


def read_offers(site: Path) -> dict[str, tuple[str, ...]]:
    """Each page of a built site by its address, such as `terms/exit/`, with its places; former addresses are left out.

    Files of the whole, such as `open-data/terms.csv`, are offered too, because programs fetch them: those beside the page of a
    folder, and feeds.
    """
    found: dict[str, tuple[str, ...]] = {path.relative_to(site).as_posix(): () for path in sorted(site.glob("feed.xml"))}
    for folder in sorted(path.parent for path in site.glob(f"*/{INDEX}") if path.parent.name != _OF_HISTORY.rstrip("/")):
        found |= {path.relative_to(site).as_posix(): () for path in sorted(folder.iterdir()) if path.is_file() and path.suffix not in _SCRIPTS}
    for path in sorted(site.rglob(INDEX)):
        reader = _Reader()
        reader.feed(path.read_text(encoding="utf-8"))
        reader.close()
        if not reader.is_former:
            address = path.relative_to(site).as_posix().removesuffix(INDEX)
            found[address] = () if address.startswith(_OF_HISTORY) else reader.places
    return found


def read_ids(site: Path, address: str) -> frozenset[str] | None:
    """Every id on the page of a built site at an address; none in a file to take away; None if there is neither.

    At the end of each build all pages are read in this way, so no HTML parser is asked; a test compares the two.
    """
    if address and not address.endswith("/"):
        return frozenset() if (site / address).is_file() else None
    try:
        page = (site / address / INDEX).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return frozenset(each.decode() for each in _ID.findall(page))
