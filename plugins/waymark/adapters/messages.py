"""What MkDocs's process and the one that makes the pages say to one another. Neither needs to load what the other does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from waymark.insets import Inset
from waymark.pages import Redirect, Site


@dataclass(frozen=True, slots=True)
class Order:
    """What the process must know before anything else. Its answer are the problems of the data."""

    root: Path
    """The project's folder."""
    site: Site
    today: date
    """The latest day that a date in the data may name."""


@dataclass(frozen=True, slots=True)
class Build:
    """A whole site is wanted. The answers are what is `Planned`, the `Written` pages, and each page in the order of the plan; None when all is done."""

    folder: Path
    """Where the files beside the pages go."""


@dataclass(frozen=True, slots=True)
class Finish:
    """All pages are written: what stands at former addresses is to be made from them. The answer is `Finished`."""

    folder: Path
    former: tuple[Redirect, ...]
    """What hand-written pages say of their own former addresses."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A page that will come, with what a theme must know of it before."""

    address: str
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class Written:
    """What goes into a hand-written page."""

    text: str
    """The page as it is in its file, which `insets` count from."""
    insets: tuple[Inset, ...]
    bibliography: str
    """HTML of the list that closes it; empty if it cites nothing."""
    reported: str
    """HTML that stands below its title while a report on it is open."""


@dataclass(frozen=True, slots=True)
class Finished:
    """How the site stands at the end."""

    taken: Redirect | None = None
    """A former address at which a page stands now."""
    lost: tuple[tuple[str, str], ...] = ()
    """Published addresses, with the place on the page, that lead nowhere."""


@dataclass(frozen=True, slots=True)
class Failed:
    """An answer that cannot be given."""

    why: str
