"""Pages ready for any theme, and files beside them.

A page goes from one process to another (`adapters/worker`): what it is made of has no slots, which are slow to pickle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Heading:
    """A heading of the page, for the table of contents."""

    anchor: str
    words: str


@dataclass(frozen=True)
class SearchText:
    """What the search should find at one place of a page."""

    anchor: str
    """Empty for the page as a whole."""
    title: str
    text: str


@dataclass(frozen=True)
class Page:
    """A page ready for any theme."""

    address: str
    """Path from the root of the site, ending in a slash."""
    title: str
    html: str
    headings: tuple[Heading, ...] = ()
    description: str = ""
    source: str = ""
    """The file an editor changes, relative to the project; empty for pages that nobody writes."""
    search: tuple[SearchText, ...] = ()
    """The page as a whole first, because searches sort places under their page."""
    tags: tuple[str, ...] = ()
    """Other names, shown with search results and found first."""
    meta: tuple[tuple[str, str], ...] = ()
    """`citation_*` names and values for reference managers; a name may come more than once."""
    search_weight: float = 1.0
    """How much the search makes of it: less than 1 for pages that others should come before."""
    assets: str = ""
    """Folder of the theme's `assets/` with the script and the style sheet (`page.js`, `page.css`) of this page alone; mostly empty."""
    scripts: tuple[str, ...] = ()
    """In place of `page.js` plain scripts, by their addresses from the root of the site, in order: from the disk a browser loads no module."""
    json_ld: Mapping[str, Any] = field(default_factory=dict)
    """The page in the words of schema.org, for machines."""
    alternates: tuple[Alternate, ...] = ()


@dataclass(frozen=True)
class Alternate:
    """Another form of a page, or a feed of what it lists, for machines."""

    type: str
    """Media type."""
    address: str
    """From the page itself."""
    title: str


@dataclass(frozen=True, slots=True)
class Download:
    """A file beside the pages. Nothing of it is made before it is written."""

    address: str
    """Path from the root of the site."""
    write: Callable[[Path], object]
    """Writes it to a path on this machine, in a folder that exists."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """An address that a page had before."""

    address: str
    target: str
    """The address that it has now; both from the root of the site."""
    title: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A page that is still to be made, with what a theme must know of it before."""

    address: str
    title: str
    source: str
    make: Callable[[], Page]
    files: Callable[[], Iterable[Download]] = tuple
    """Makes the files that say in another form what the page says, and stand beside it."""


@dataclass(frozen=True, slots=True)
class Site:
    """What pages must know of the site they stand in."""

    name: str = "Waymark"
    url: str = ""
    """Public address with a slash at the end, or empty."""
    edit_url: str = ""
    """What stands before the path of a file to edit it, or empty."""
    source: str = ""
    """Where the files come from: address of the repository, or empty."""
    version: str = ""
    """Version of the program that made the pages."""
    day: date | None = None
    """Day of the build; None if it does not matter."""


def text_file(address: str, pieces: Iterable[str]) -> Download:
    """A text file in UTF-8, written piece by piece, line ends as they are."""

    def write(path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)

    return Download(address, write)
