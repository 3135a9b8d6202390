"""What was checked last, as values for Atom feeds (RFC 4287)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from waymark.library import Item
from waymark.links import address_of
from waymark.pages import Site

LENGTH = 100
"""Entries in a feed; the newest."""
NAME, TYPE = "feed.xml", "application/atom+xml"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A record in a feed. Its address is its id too: addresses hold for ever."""

    title: str
    address: str
    kind: str
    day: date
    """Day of the last check; feeds give it as midnight UTC."""
    summary: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed with at least one entry, newest first. Addresses are absolute."""

    title: str
    address: str
    """Of the feed itself."""
    page: str
    """Of the page it belongs to."""
    author: str
    day: date
    """Day of its newest entry."""
    entries: tuple[FeedEntry, ...]


def feed_of(items: Iterable[Item], title: str, folder: str, site: Site, bare: Callable[[str], str]) -> Feed | None:
    """The feed of some records; None without records, or if the site has no address, because ids must be absolute.

    Args:
        items: The records.
        title: Title of the feed.
        folder: Where it stands, from the root of the site; empty, or with a slash at the end.
        site: The site.
        bare: Gives the words of a text without its citations.
    """
    newest = sorted(items, key=lambda item: (-item.record.checked.on.toordinal(), item.id))[:LENGTH]
    if not newest or not site.url:
        return None
    entries = tuple(
        FeedEntry(item.shown_name, f"{site.url}{address_of(item.kind.name, item.id)}", item.kind.name, item.record.checked.on, bare(item.record.summary))
        for item in newest
    )
    return Feed(title, f"{site.url}{folder}{NAME}", f"{site.url}{folder}", f"{site.name} editors", entries[0].day, entries)
