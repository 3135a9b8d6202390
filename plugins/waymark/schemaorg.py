"""Records and files in the words of schema.org, for search engines and other machines.

A page is an article of this knowledge base *about* something; it is never passed off as the thing itself. Only a
statistic is a dataset and an exercise a learning resource, because what they say stands on their page in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from waymark.countries import names
from waymark.exports import FOLDER, LICENCE_URL
from waymark.library import Item
from waymark.links import address_of
from waymark.pages import Site

CONTEXT = "https://schema.org"
_PAGES = {"statistic": "Dataset", "exercise": "LearningResource"}
"""What a page is, by kind, if it is not an article."""
_THINGS = {"programme": "Project", "organisation": "Organization", "term": "DefinedTerm", "question": "Question", "case": "Event"}
"""What a page is about, by kind, where schema.org has a type for it."""


def record_json_ld(item: Item, site: Site, base: str, description: str, works: Iterable[str]) -> dict[str, Any]:
    """The page of a record.

    Args:
        item: The record.
        site: The site.
        base: What stands before an address from the root of the site: its own address, or the way back to the root.
        description: The summary in words.
        works: Addresses of the pages of the works it cites, from the root of the site.
    """
    record, address = item.record, f"{base}{address_of(item.kind.name, item.id)}"
    said = {
        "@context": CONTEXT,
        "@type": _PAGES.get(item.kind.name, "Article"),
        "@id": address,
        "url": address,
        "name": record.name,
        "headline": record.name if item.kind.name not in _PAGES else "",
        "alternateName": [each for each in (record.short_name, *record.other_names) if each],
        "description": description,
        "inLanguage": "en",
        "dateModified": str(record.checked.on),
        "creativeWorkStatus": "Retired" if record.retired else "",
        "author": {"@type": "Organization", "name": f"{site.name} editors"},
        "publisher": {"@type": "Organization", "name": site.name},
        "license": LICENCE_URL,
        "isPartOf": {"@type": "Dataset", "@id": f"{base}{FOLDER}", "name": dataset_name(site)},
        "about": _thing(item),
        "spatialCoverage": _places(item) if item.kind.name == "statistic" else [],
        "encoding": {"@type": "MediaObject", "encodingFormat": "application/json", "contentUrl": f"{address}{item.id}.json"},
        "citation": [f"{base}{work}" for work in works],
    }
    return {name: value for name, value in said.items() if value}


def dataset_json_ld(site: Site, base: str, description: str, files: Iterable[tuple[str, str, str]]) -> dict[str, Any]:
    """The page of all files as a dataset.

    Args:
        site: The site.
        base: As for a record.
        description: What is in the files, in words.
        files: Of each file its address from the root of the site, what it is called, and its media type.
    """
    said = {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": f"{base}{FOLDER}",
        "url": f"{base}{FOLDER}",
        "name": dataset_name(site),
        "description": description,
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "license": LICENCE_URL,
        "version": site.version,
        "dateModified": str(site.day or ""),
        "creator": {"@type": "Organization", "name": f"{site.name} editors"},
        "publisher": {"@type": "Organization", "name": site.name},
        "distribution": [
            {"@type": "DataDownload", "name": name, "contentUrl": f"{base}{address}", "encodingFormat": media_type} for address, name, media_type in files
        ],
    }
    return {name: value for name, value in said.items() if value}


def dataset_name(site: Site) -> str:
    """What all files together are called."""
    return f"{site.name}: open data"


def _thing(item: Item) -> Mapping[str, Any]:
    """What the page is about."""
    kind, record = item.kind.name, item.record
    if kind in _PAGES or (kind == "case" and getattr(record, "event", None) in (None, "life story")):
        return {}  # a life is no event
    thing: dict[str, Any] = {"@type": _THINGS.get(kind, "Thing"), "name": record.name}
    year = getattr(record, "year", None)
    if kind == "case":
        thing |= {"startDate": str(year)} if isinstance(year, int) else {}
        thing |= {"location": places} if (places := _places(item)) else {}
    return thing


def _places(item: Item) -> list[dict[str, str]]:
    codes = getattr(item.record, "countries", None)
    return [{"@type": "Country", "name": names().get(str(code), str(code))} for code in codes] if isinstance(codes, tuple) else []
