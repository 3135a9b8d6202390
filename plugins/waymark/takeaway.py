"""Works in the formats of reference managers: BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

import rispy
from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry as BibEntry
from bibtexparser.model import Field
from pybtex.database import Person

from waymark.bibliography import FIELDS, Entry
from waymark.names import creators_of, family, people_of

_OURS = frozenset({"known", "via", "checked", "checkedat", "comment"})
"""Fields that only say how we know a work."""

_TYPES = {
    "article": ("article-journal", "JOUR"),
    "book": ("book", "BOOK"),
    "incollection": ("chapter", "CHAP"),
    "report": ("report", "RPRT"),
    "thesis": ("thesis", "THES"),
    "online": ("webpage", "ELEC"),
    "legal": ("legislation", "STAT"),
    "unpublished": ("manuscript", "UNPB"),
}
"""Our entry types in CSL 1.0.2 and in RIS; a few entries are something more special, see `_types`."""

FORMATS = (("bib", "BibTeX"), ("ris", "RIS"), ("json", "CSL-JSON"))
"""Ending of a file and name of its format."""

_SCHEMA_TYPES = {"article": "ScholarlyArticle", "book": "Book", "incollection": "Chapter", "report": "Report", "thesis": "Thesis", "online": "WebPage"}
_CONTAINER = ("journal", "booktitle")
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def in_formats(entries: Iterable[Entry]) -> dict[str, str]:
    """Some works as the text of one file in each format, by its ending."""
    entries = list(entries)
    csl = json.dumps([to_csl(entry) for entry in entries], ensure_ascii=False, indent=1)
    return {"bib": "\n".join(map(to_bibtex, entries)), "ris": "".join(map(to_ris, entries)), "json": f"{csl}\n"}


def to_json_ld(entry: Entry) -> dict[str, Any]:
    """The entry in the words of schema.org."""
    csl = to_csl(entry)
    names = [
        name.get("literal") or " ".join(filter(None, (name["given"], name.get("non-dropping-particle"), name["family"]))) for name in csl.get("author", [])
    ]
    said = {
        "@context": "https://schema.org",
        "@type": _SCHEMA_TYPES.get(entry.type, "CreativeWork"),
        "name": csl["title"],
        "author": names,
        "datePublished": "-".join(f"{part:02}" for part in csl["issued"]["date-parts"][0]) if "issued" in csl else "",
        "isPartOf": csl.get("container-title", ""),
        "publisher": csl.get("publisher", ""),
        "identifier": f"https://doi.org/{csl['DOI']}" if "DOI" in csl else "",
        "isbn": csl.get("ISBN", ""),
        "url": csl.get("URL", ""),
        "inLanguage": csl.get("language", ""),
    }
    return {name: value for name, value in said.items() if value}


def citation_meta(entry: Entry) -> tuple[tuple[str, str], ...]:
    """`citation_*` tags (Highwire Press), as reference managers read them from a page."""
    csl = to_csl(entry)
    first, last = _first_and_last(csl)
    found = [("citation_title", csl["title"]), *(("citation_author", _ris_name(name)) for name in csl.get("author", []))]
    found += [("citation_publication_date", "/".join(f"{part:02}" for part in csl["issued"]["date-parts"][0]))] if "issued" in csl else []
    container = "citation_journal_title" if entry.type == "article" else "citation_book_title"
    others: tuple[tuple[str, str], ...] = (
        (container, "container-title"),
        ("citation_volume", "volume"),
        ("citation_issue", "issue"),
        ("citation_publisher", "publisher"),
    )
    others += (("citation_doi", "DOI"), ("citation_isbn", "ISBN"), ("citation_public_url", "URL"), ("citation_language", "language"))
    found += [(name, csl[csl_name]) for name, csl_name in others if csl_name in csl]
    return (*found, *((name, value) for name, value in (("citation_firstpage", first), ("citation_lastpage", last)) if value))


def to_bibtex(entry: Entry) -> str:
    """The entry for BibTeX and BibLaTeX in our order of fields, however it is written, without those that only say how we know it."""
    fields = [Field(name, entry[name]) for name in FIELDS if name in entry.fields and name not in _OURS]
    return write_string(Library([BibEntry(entry.type, entry.key, fields)])).strip() + "\n"


def to_csl(entry: Entry) -> dict[str, Any]:
    """The entry as an item of CSL-JSON (schema 1.0.2)."""
    item: dict[str, Any] = {"id": entry.key, "type": _types(entry)[0], "title": _plain(entry["title"])}
    # The body that published a report without authors is its author, as in the reference.
    authors = creators_of(entry) if entry.type == "report" and not entry["editor"] else entry["author"]
    item |= {csl: [_csl_name(person) for person in _people(names)] for csl, names in (("author", authors), ("editor", entry["editor"])) if names}
    if match := _DATE.match(entry["date"] or entry["year"]):
        item["issued"] = {"date-parts": [[int(part) for part in match.groups() if part]]}
    container = next((entry[name] for name in _CONTAINER if entry[name]), "")
    place = "event-place" if entry["eventtitle"] else "publisher-place"
    same = {"volume": "volume", "pages": "page", "edition": "edition", "series": "collection-title", "address": place, "eventtitle": "event-title"}
    same |= {"doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "url": "URL", "language": "language"}
    item |= {csl: _plain(entry[ours]) for ours, csl in same.items() if entry[ours]}
    if container:
        item["container-title"] = _plain(container)
    if publisher := entry["publisher"] or entry["institution"]:
        item["publisher"] = _plain(publisher)
    if match := _DATE.match(entry["urldate"]):
        item["accessed"] = {"date-parts": [[int(part) for part in match.groups() if part]]}
    if entry.genre:
        item["genre"] = _plain(entry.genre)
    if entry["number"]:
        item["issue" if entry["journal"] else "number"] = _plain(entry["number"])
    if "page" in item:
        item["page"] = item["page"].replace("--", "–")
    return item


def to_ris(entry: Entry) -> str:
    """The entry as a RIS record."""
    csl = to_csl(entry)
    first, last = _first_and_last(csl)
    record: dict[str, Any] = {
        "type_of_reference": _types(entry)[1],
        "id": entry.key,
        "title": csl["title"],
        "authors": [_ris_name(name) for name in csl.get("author", [])],
        "secondary_authors": [_ris_name(name) for name in csl.get("editor", [])],
        "year": str(csl["issued"]["date-parts"][0][0]) if "issued" in csl else "",
        "secondary_title": csl.get("container-title") or csl.get("event-title", ""),
        "volume": csl.get("volume", ""),
        "number": csl.get("issue") or csl.get("number", ""),
        "start_page": first,
        "end_page": last,
        "publisher": csl.get("publisher", ""),
        "place_published": csl.get("publisher-place") or csl.get("event-place", ""),
        "edition": csl.get("edition", ""),
        "doi": csl.get("DOI", ""),
        "issn": csl.get("ISBN") or csl.get("ISSN", ""),
        "urls": [csl["URL"]] if "URL" in csl else [],
        "language": csl.get("language", ""),
    }
    text: str = rispy.dumps([{name: value for name, value in record.items() if value}])
    return text.split("\n", 1)[1] if text.startswith("1.") else text


def _types(entry: Entry) -> tuple[str, str]:
    """The type in CSL and in RIS: what stands in a journal, newspaper or magazine is an article, what was said at an event a talk.

    A legal text that a body published, such as a recommendation, is a report: the styles print of a law its title alone.
    """
    if entry["journal"]:
        return (("article-newspaper", "NEWS") if len(entry["date"]) > len("2020-04") else ("article-magazine", "MGZN")) if entry.is_news else _TYPES["article"]
    if entry["eventtitle"]:
        return "speech", "CPAPER"
    return _TYPES["report" if entry.type == "legal" and entry["publisher"] else entry.type]


def _people(names: str) -> tuple[Person, ...]:
    return tuple(person for person in people_of(names) if family(person) != "others")


def _csl_name(person: Person) -> dict[str, str]:
    given = " ".join([*person.first_names, *person.middle_names])
    if not given and not person.prelast_names:
        return {"literal": _plain(family(person))}
    name = {"family": _plain(" ".join(person.last_names)), "given": _plain(given)}
    if person.prelast_names:
        name["non-dropping-particle"] = _plain(" ".join(person.prelast_names))
    if person.lineage_names:
        name["suffix"] = _plain(" ".join(person.lineage_names))
    return name


def _ris_name(name: dict[str, str]) -> str:
    if "literal" in name:
        return name["literal"]
    last = " ".join(filter(None, (name.get("non-dropping-particle"), name["family"])))
    return ", ".join(filter(None, (last, name.get("given"), name.get("suffix"))))


def _first_and_last(csl: dict[str, Any]) -> tuple[str, str]:
    """First and last page of an item; empty where it has none."""
    first, _, last = csl.get("page", "").replace("-", "–").partition("–")
    return first, last


def _plain(text: str) -> str:
    return text.replace("{", "").replace("}", "")
