"""Values to the formats of researchers and developers: JSON with its schema, CSV with its description, SQLite.

Texts come as pieces, one record or row at a time, so that no file is ever held as a whole.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from waymark.citations import Citation
from waymark.graph import Graph
from waymark.kinds import KINDS
from waymark.library import Item, Library
from waymark.links import address_of
from waymark.pages import Site
from waymark.tabular import Table, place_in_words
from waymark.usage import place_of
from waymark.validate import schemas

FORMAT = "1.1"
"""Version of the form of these files. The first number rises when a program that reads them would have to change."""
LICENCE, LICENCE_URL = "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"
"""SPDX identifier and address of the licence of the content."""
FOLDER = "open-data/"
SCHEMA = f"{FOLDER}schema.json"

BOM = "\ufeff"
"""Opens each CSV file: without it Excel takes UTF-8 for an old code page."""
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
"""A text that a spreadsheet may run as a formula, or take for one after it was opened and saved.

After OWASP, “CSV Injection”, with the full-width forms. Apostrophes before it are counted in, so that the guard can be undone.
"""
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""With line breaks inside, Python would leave its fast encoder for one that takes four times as long."""
_SQL_TYPES = {"string": "TEXT", "date": "TEXT", "integer": "INTEGER", "number": "REAL", "any": ""}
"""Types of columns. One that holds numbers and words has none, or SQLite would make a number of the text 2020."""
_GRAPHML = "http://graphml.graphdrawing.org/xmlns"


def about(site: Site) -> dict[str, str]:
    """What each file says of itself: where it comes from, in which version, under which licence."""
    said = {
        "title": site.name,
        "format": FORMAT,
        "schema": f"{site.url}{SCHEMA}",
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "version": site.version,
        "date": str(site.day or ""),
        "address": site.url,
        "source": site.source,
    }
    return {name: value for name, value in said.items() if value}


# JSON -----------------------------------------------------------------------------------------------


def to_export(item: Item, base: str) -> dict[str, Any]:
    """A record as plain data. A field that is absent is not yet coded.

    Args:
        item: The record.
        base: What stands before the address of a page: the site's own address, or nothing.
    """
    page = f"{base}{address_of(item.kind.name, item.id)}"
    statements = []
    for each in item.statements:
        anchor, heading = place_of(item, each.loc)
        said = {"place": place_in_words(each.loc), "heading": heading, "address": f"{page}#{anchor}" if anchor else page, "text": each.text}
        statements.append({**said, "citations": [_citation(citation) for citation in each.citations()]})
    fields = item.record.model_dump(mode="json", exclude_unset=True)
    return {"id": item.id, "kind": item.kind.name, "address": page, "fields": fields, "statements": statements}


def record_json(item: Item, site: Site) -> Iterator[str]:
    """The file of one record."""
    yield f'{{"about": {_compact(about(site))},\n"record": {_compact(to_export(item, site.url))}}}\n'


def all_json(library: Library, site: Site) -> Iterator[str]:
    """The file of all records by kind, a record on each line."""
    yield f'{{"about": {_compact(about(site))},\n"records": {{'
    for number, kind in enumerate(KINDS.values()):
        yield f'{"," if number else ""}\n"{kind.plural}": ['
        yield from _lines(to_export(item, site.url) for item in library.of_kind(kind.name))
        yield "]"
    yield "\n}}\n"


def json_ld(context: str, graph: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A file of JSON-LD with many things, one on each line."""
    yield f'{{"@context": {_compact(context)},\n"@graph": ['
    yield from _lines({name: value for name, value in each.items() if name != "@context"} for each in graph)
    yield "]}\n"


def to_node_link(graph: Graph, said: Mapping[str, str]) -> Iterator[str]:
    """A graph as node-link data, as D3 and networkx read it; `said` of it as a whole. A node or edge on each line."""
    yield f'{{"directed": true, "multigraph": true, "graph": {_compact(said)},\n"nodes": ['
    yield from _lines({"id": node.id, "kind": node.kind, "name": node.name, "address": node.address} for node in graph.nodes)
    yield '],\n"links": ['
    yield from _lines({"source": edge.source, "target": edge.target, "relation": edge.relation, **edge.details} for edge in graph.edges)
    yield "]}\n"


def to_graphml(graph: Graph, said: Mapping[str, str]) -> Iterator[str]:
    """A graph as GraphML, as Gephi, Cytoscape and yEd read it; `said` of it as a whole. A node or edge on each line."""
    names = {"graph": said, "node": ("kind", "name", "address"), "edge": dict.fromkeys(["relation", *(name for edge in graph.edges for name in edge.details)])}
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="{_GRAPHML}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    yield f'xsi:schemaLocation="{_GRAPHML} {_GRAPHML}/1.0/graphml.xsd">\n'
    yield from (f'<key id="{owner}-{name}" for="{owner}" attr.name="{name}" attr.type="string"/>\n' for owner, found in names.items() for name in found)
    yield '<graph edgedefault="directed">\n'
    yield from (f"{_datum('graph', *each)}\n" for each in said.items())
    for node in graph.nodes:
        data = "".join(_datum("node", *each) for each in (("kind", node.kind), ("name", node.name), ("address", node.address)))
        yield f'<node id="{escape(node.id)}">{data}</node>\n'
    for edge in graph.edges:
        data = "".join(_datum("edge", *each) for each in (("relation", edge.relation), *edge.details.items()))
        yield f'<edge source="{escape(edge.source)}" target="{escape(edge.target)}">{data}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _datum(owner: str, name: str, value: str) -> str:
    return f'<data key="{owner}-{name}">{escape(value)}</data>'


def schema(site: Site) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of the file of one record and of the file of all records, made from the models."""
    made = schemas()
    shared: dict[str, Any] = {}
    for kind in KINDS.values():
        fields = {name: value for name, value in made[f"{kind.name}.json"].items() if name != "$schema"}
        shared |= fields.pop("$defs")
        shared[f"{kind.name} fields"] = fields
        shared[kind.name] = _object(
            {
                "id": {"type": "string", "description": "It never changes."},
                "kind": {"const": kind.name},
                "address": {"type": "string", "description": "The page of the record."},
                "fields": {"$ref": f"#/$defs/{kind.name} fields"},
                "statements": {"type": "array", "items": {"$ref": "#/$defs/statement"}},
            }
        )
    text = {"type": "string"}
    citation = {"key": text, "locator": text, "via": text, "via_locator": text, "stance": {"enum": ["supports", "qualifies", "disputes"]}}
    statement = {"place": text, "heading": text, "address": text, "text": text, "citations": {"type": "array", "items": {"$ref": "#/$defs/citation"}}}
    names = ("title", "format", "schema", "licence", "licence_url", "version", "date", "address", "source")
    lists = {kind.plural: {"type": "array", "items": {"$ref": f"#/$defs/{kind.name}"}} for kind in KINDS.values()}
    about_file = {"about": {"$ref": "#/$defs/about"}}
    any_record = {"anyOf": [{"$ref": f"#/$defs/{name}"} for name in KINDS]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **({"$id": f"{site.url}{SCHEMA}"} if site.url else {}),
        "title": f"Records of {site.name}",
        "description": f"The file of one record, or of all records. Content: {LICENCE}, {LICENCE_URL}",
        "anyOf": [_object({**about_file, "record": any_record}), _object({**about_file, "records": _object(lists)})],
        "$defs": {
            **shared,
            "about": _object(dict.fromkeys(names, text), ("title", "format", "licence", "licence_url")),
            "statement": _object(statement),
            "citation": _object(citation, ("key", "stance")),
        },
    }


def _object(properties: Mapping[str, Any], required: Iterable[str] | None = None) -> dict[str, Any]:
    needed = list(properties if required is None else required)
    return {"type": "object", "properties": dict(properties), "required": needed, "additionalProperties": False}


def _citation(citation: Citation) -> dict[str, str]:
    said = {"key": citation.key, "locator": citation.locator, "via": citation.via, "via_locator": citation.via_locator, "stance": citation.stance}
    return {name: value for name, value in said.items() if value}


def _lines(values: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for number, value in enumerate(values):
        yield ",\n" if number else "\n"
        yield _compact(value)
    yield "\n"


# CSV ------------------------------------------------------------------------------------------------


def to_csv(table: Table) -> Iterator[str]:
    """The table as RFC 4180 has it, in UTF-8 with a byte order mark; texts are guarded, numbers are not touched."""
    yield BOM
    writer = csv.writer(_Echo())
    yield writer.writerow([column.name for column in table.columns])
    for row in table.rows():
        yield writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])


def guarded(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet might run it as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


class _Echo:
    """What the CSV writer takes for a file: it gives each line back."""

    def write(self, line: str) -> str:
        return line


def data_package(tables: Iterable[Table], site: Site) -> dict[str, Any]:
    """The description of the CSV files as Frictionless Data has it (Tabular Data Package 1)."""
    tables = list(tables)
    files = {table.name: table.file for table in tables}
    keys = {table.name: table.key for table in tables}
    said = about(site)
    return {
        "profile": "tabular-data-package",
        "name": "waymark",
        "title": site.name,
        **{name: said[name] for name in ("version",) if name in said},
        **({"homepage": site.url} if site.url else {}),
        **({"created": f"{site.day}T00:00:00Z"} if site.day else {}),
        "licenses": [{"name": LICENCE, "path": LICENCE_URL, "title": "Creative Commons Attribution 4.0"}],
        "sources": [{"title": site.name, "path": site.source}] if site.source else [],
        "resources": [_resource(table, files, keys) for table in tables],
    }


def _resource(table: Table, files: Mapping[str, str], keys: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    links = [{"fields": list(columns), "reference": {"resource": files[other], "fields": list(keys[other])}} for columns, other in table.links]
    fields = [{"name": column.name, "type": column.type, "description": column.meaning} for column in table.columns]
    described = {"fields": fields, "primaryKey": list(table.key), "missingValues": [""], **({"foreignKeys": links} if links else {})}
    return {
        "profile": "tabular-data-resource",
        "name": table.file,
        "path": f"{table.file}.csv",
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": described,
    }


# SQLite ---------------------------------------------------------------------------------------------


def write_sqlite(path: Path, tables: Iterable[Table], said: Mapping[str, str]) -> None:
    """Writes a database, the same to the byte for the same rows and the same SQLite library.

    Args:
        path: The file; what was there is lost. SQLite writes files itself, so this does too.
        tables: Each after those that it points at.
        said: Names and values of the table `about`.
    """
    path.unlink(missing_ok=True)
    import sqlite3  # only where a database is written

    connection = sqlite3.connect(path, isolation_level=None)
    try:
        # Nothing that depends on the machine. No journal, because nobody reads before all is written; a small cache, because nothing is read again.
        connection.executescript("PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        connection.executescript("PRAGMA cache_size = -256; BEGIN;")
        connection.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
        connection.executemany("INSERT INTO about VALUES (?, ?)", said.items())
        for table in tables:
            connection.execute(_create(table))
            marks = ", ".join("?" * len(table.columns))
            connection.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', table.rows())  # noqa: S608 - a name of ours
        connection.execute("COMMIT")
    finally:
        connection.close()


def _create(table: Table) -> str:
    def quoted(columns: Iterable[str]) -> str:
        return ", ".join(f'"{name}"' for name in columns)

    needed = dict.fromkeys(table.key, " NOT NULL")
    lines = [f'"{column.name}" {_SQL_TYPES[column.type]}{needed.get(column.name, "")}' for column in table.columns]
    lines.append(f"PRIMARY KEY ({quoted(table.key)})")
    lines += [f'FOREIGN KEY ({quoted(columns)}) REFERENCES "{other}"' for columns, other in table.links]
    return f'CREATE TABLE "{table.name}" ({", ".join(lines)})'
