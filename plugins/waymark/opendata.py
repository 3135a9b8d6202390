"""The whole knowledge base to take away: the files, the page that offers them, and the data dictionary."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, partial
from itertools import chain
from typing import Any

from waymark.connections import knowledge_graph
from waymark.dictionary import dictionary
from waymark.exports import (
    FOLDER,
    FORMAT,
    LICENCE,
    LICENCE_URL,
    about,
    all_json,
    data_package,
    json_ld,
    record_json,
    schema,
    to_csv,
    to_graphml,
    to_node_link,
    write_sqlite,
)
from waymark.feeds import NAME as FEED
from waymark.feeds import TYPE as FEED_TYPE
from waymark.feeds import Feed, feed_of
from waymark.graph import Graph
from waymark.health import Health, health_of, release_table, to_json
from waymark.kinds import KINDS
from waymark.library import Item
from waymark.links import address_of
from waymark.pages import Alternate, Download, Draft, Heading, Page, SearchText, text_file
from waymark.pieces import Texts
from waymark.schemaorg import CONTEXT, dataset_json_ld, dataset_name, record_json_ld
from waymark.tabular import Table, kind_table, tables_of
from waymark.works import Works

_TITLE, _DICTIONARY_TITLE = "Open data", "Data dictionary"
_DICTIONARY = f"{FOLDER}dictionary/"
_ABOUT = "The whole knowledge base as files for spreadsheets, databases, graph tools and programs, under CC BY 4.0."
_ABOUT_DICTIONARY = "What each field, column and table of the open data means, and which values it takes."
STATUS_FILE = "status.json"
_WEIGHT = 0.3
"""Who searches for a word of the field wants its pages before those that explain data."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """One of the files, with what a reader must know to choose it."""

    group: str
    download: Download
    about: str
    media_type: str

    @property
    def name(self) -> str:
        """Its name from the folder of the open data."""
        return self.download.address.removeprefix(FOLDER)


class OpenData(Works):
    """Makes the pages about files to take away, and the files."""

    def open_data(self) -> Iterable[Draft]:
        """The pages."""
        yield Draft(FOLDER, _TITLE, "", self._open_data)
        yield Draft(_DICTIONARY, _DICTIONARY_TITLE, "", self._dictionary)

    def files_of_record(self, item: Item) -> Iterable[Download]:
        """The files beside the page of a record. Here: the record as JSON."""
        yield text_file(f"{address_of(item.kind.name, item.id)}{item.id}.json", record_json(item, self.site))

    def downloads(self) -> Iterable[Download]:
        """Files about the whole: works, records, and feeds. Each is made when it is written."""
        yield from super().downloads()
        yield from (each.download for each in self.data_files())
        self.__dict__.pop("reference_graph", None)  # both files of it are written; no page needs it once there are `foundations`
        yield from self._feeds()

    def data_files(self) -> list[DataFile]:
        """The files of the whole, in the order in which the page offers them."""
        site, library = self.site, self.library

        def text(group: str, name: str, about: str, media_type: str, pieces: Iterable[str]) -> DataFile:
            return DataFile(group, text_file(f"{FOLDER}{name}", pieces), about, media_type)

        def table(group: str, each: Table) -> DataFile:
            return text(group, f"{each.file}.csv", each.about, "text/csv", to_csv(each))

        database = Download(f"{FOLDER}waymark.sqlite", partial(write_sqlite, tables=self._tables, said=about(site)))
        files = [
            text("whole", "waymark.json", "All records by kind, with all fields, statements and citations.", "application/json", all_json(library, site)),
            DataFile("whole", database, "The same as a database of linked tables, for SQL.", "application/vnd.sqlite3"),
            text("whole", "waymark.jsonld", "What each page is about, in the words of schema.org.", "application/ld+json", self._bulk_json_ld()),
            *(table("kinds", each) for each in self._kind_tables),
            *(table("details", each) for each in self._tables),
        ]
        graphs: tuple[tuple[str, str, Callable[[], Graph]], ...] = (
            ("knowledge-graph", "Records and how they stand to one another", lru_cache(maxsize=1)(partial(knowledge_graph, library))),
            ("reference-graph", "Records, their statements and the works that these cite", lambda: self.reference_graph),
        )
        for name, words, make in graphs:
            files.append(text("graphs", f"{name}.graphml", f"{words}. For Gephi, Cytoscape, yEd, R.", "application/graphml+xml", self._graph(to_graphml, make)))
            files.append(text("graphs", f"{name}.json", f"{words}. Node-link data, for D3 and networkx.", "application/json", self._graph(to_node_link, make)))
        described: tuple[tuple[str, str, str, Iterable[str]], ...] = (
            ("README.txt", "Licence, version and what the files hold, to keep beside them.", "text/plain", self._readme()),
            ("datapackage.json", "Every CSV file with its columns and links (Frictionless Data).", "application/json", self._package()),
            (STATUS_FILE, "The state of the knowledge base in figures, what is due, and the figures of each release.", "application/json", self._status()),
            ("schema.json", "JSON Schema of waymark.json and of the file of each record.", "application/schema+json", self._schema()),
        )
        return [*files, *(text("descriptions", *each) for each in described)]

    # Pages ------------------------------------------------------------------------------------------

    def _open_data(self) -> Page:
        files = self.data_files()
        groups: dict[str, list[DataFile]] = {}
        for each in files:
            groups.setdefault(each.group, []).append(each)
        counts = {kind.plural: len(self.library.of_kind(kind.name)) for kind in KINDS.values()}
        body = self._templates.get_template("open-data.html.jinja").render(
            groups=groups, counts=counts, total=len(self.library.items), site=self.site, has_feeds=bool(self.site.url), format=FORMAT,
            licence_url=LICENCE_URL, kinds=list(KINDS.values()), name=dataset_name(self.site),
        )  # fmt: skip
        headings = (("files", "Files"), ("use", "How to use them"), ("formulas", "Cells that look like formulas"), ("words", "Words and gaps"),
                    ("feeds", "Feeds"), ("licence", "Licence and how to cite"))  # fmt: skip
        listed = [(each.download.address, each.name, each.media_type) for each in files]
        return Page(
            FOLDER, _TITLE, body, tuple(Heading(*each) for each in headings if each[0] != "feeds" or self.site.url), _ABOUT,
            search=(SearchText("", _TITLE, f"{_ABOUT} CSV, JSON, SQLite, GraphML, JSON-LD, Atom, RIS, BibTeX, API, download."),), search_weight=_WEIGHT,
            json_ld=dataset_json_ld(self.site, self.site.url or "../", _ABOUT, listed), alternates=self.feed_links("../"),
        )  # fmt: skip

    def _dictionary(self) -> Page:
        body = self._templates.get_template("dictionary.html.jinja").render(
            groups=dictionary(), kind_tables=self._kind_tables, tables=self._tables, inline=Texts(self, "../../").inline
        )
        headings = [Heading(f"fields-{group.owner.replace(' ', '-')}", group.owner.capitalize()) for group in dictionary()]
        headings += [Heading("tables-kinds", "Tables of records"), Heading("tables-details", "Tables of details")]
        return Page(
            _DICTIONARY, _DICTIONARY_TITLE, body, tuple(headings), _ABOUT_DICTIONARY, search=(SearchText("", _DICTIONARY_TITLE, _ABOUT_DICTIONARY),),
            search_weight=_WEIGHT,
        )  # fmt: skip

    def feed_links(self, root: str, plural: str = "") -> tuple[Alternate, ...]:
        """What the head of a page says of the feed of everything, or of one kind; nothing where there is no feed."""
        if not self.site.url or (plural and not any(item.kind.plural == plural for item in self.library.items.values())):
            return ()
        return (Alternate(FEED_TYPE, f"{root}{plural}{'/' * bool(plural)}{FEED}", self._feed_title(plural)),)

    def json_ld_of(self, item: Item, base: str) -> Mapping[str, Any]:
        """The page of a record in the words of schema.org; `base` as in `schemaorg`."""
        keys = dict.fromkeys(key for citation in item.citations() for key in citation.keys)
        works = [self._reference_pages[key] for key in keys if key in self._reference_pages]
        return record_json_ld(item, self.site, base, Texts(self, "", item).bare(item.record.summary), works)

    # Files ------------------------------------------------------------------------------------------

    @cached_property
    def _tables(self) -> tuple[Table, ...]:
        return (*tables_of(self.library, self.site.url), release_table(self.library.history))

    @property
    def day(self) -> date:
        """The day by which pages say what is overdue: that of the build; without one, that of the last check."""
        return self.site.day or max((item.record.checked.on for item in self.library.items.values()), default=date.min)

    @cached_property
    def health(self) -> Health:
        """The state of the knowledge base on that day."""
        return health_of(self.library, self.foundations, Texts(self, "").bare, self.day)

    def _status(self) -> Iterator[str]:
        yield from to_json(self.health, self.library.history, about(self.site), self.site.url)

    @cached_property
    def _kind_tables(self) -> tuple[Table, ...]:
        return tuple(kind_table(self.library, kind, self.site.url) for kind in KINDS.values())

    def _bulk_json_ld(self) -> Iterator[str]:
        base = self.site.url or "../"
        whole = dataset_json_ld(self.site, base, _ABOUT, ())
        yield from json_ld(CONTEXT, chain((whole,), (self.json_ld_of(item, base) for item in self.library.items.values())))

    def _graph(self, written: Callable[[Graph, Mapping[str, str]], Iterator[str]], make: Callable[[], Graph]) -> Iterator[str]:
        yield from written(make(), about(self.site))

    def _readme(self) -> Iterator[str]:
        yield self._templates.get_template("open-data.txt.jinja").render(
            site=self.site,
            about=about(self.site),
            total=len(self.library.items),
            tables=[*self._kind_tables, *self._tables],
            licence=LICENCE,
            licence_url=LICENCE_URL,
        )

    def _package(self) -> Iterator[str]:
        yield json.dumps(data_package([*self._kind_tables, *self._tables], self.site), ensure_ascii=False, indent=1)

    def _schema(self) -> Iterator[str]:
        yield json.dumps(schema(self.site), ensure_ascii=False, indent=1)

    def _feed_title(self, plural: str) -> str:
        return f"{self.site.name}: {plural} checked last" if plural else f"{self.site.name}: checked last"

    def _feeds(self) -> Iterator[Download]:
        for plural in ("", *(kind.plural for kind in KINDS.values())):
            items = [item for item in self.library.items.values() if not plural or item.kind.plural == plural]
            folder = f"{plural}/" if plural else ""
            if feed := feed_of(items, self._feed_title(plural), folder, self.site, Texts(self, "").bare):
                yield self.feed_file(folder, feed)

    def feed_file(self, folder: str, feed: Feed) -> Download:
        """A feed as the file that stands in a folder."""
        said = {"licence": f"{LICENCE}: {LICENCE_URL}", "licence_url": LICENCE_URL, "version": self.site.version}
        return text_file(f"{folder}{FEED}", [self._templates.get_template("feed.xml.jinja").render(feed=feed, **said)])
