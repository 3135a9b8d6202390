"""Pages on which records of one kind stand beside one another, and the files from which a reader's own choice is put together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cached_property, partial
from typing import Any

from waymark.citations import find_citations
from waymark.comparison import ON, STAGE, Attribute, attributes_of, cells_of, facets_of, filters_for, works_behind
from waymark.kinds import KINDS
from waymark.library import Item
from waymark.links import HEADINGS, address_of
from waymark.opendata import OpenData
from waymark.pages import Download, Draft, Heading, Page, Redirect, SearchText, text_file
from waymark.pieces import root_of
from waymark.prepared import COMPARED, MOST, Prepared

COMPARE = "compare/"
FILE = "compare.json"
"""Beside the page of a record: its column in a comparison."""
FORMAT = "waymark-comparison-1"
"""Changes when the file can no longer be read as before."""
_ASSETS = "compare"
_TITLE = "Find and compare"
_ABOUT = "Programmes, practices, tools and theories: narrow them down, and read two to six of them side by side on the same points, with the sources."
_WEIGHT = 0.5
"""Who searches for a name wants the record of that name before a page on which many stand."""


class Comparisons(OpenData):
    """Makes the pages that find and compare."""

    def comparison_pages(self) -> Iterable[Draft]:
        """A page for each kind that can be compared, the prepared comparisons, and a page that leads to all of them."""
        yield Draft(COMPARE, _TITLE, "", self._compare)
        for kind in COMPARED:
            plural = KINDS[kind].plural
            yield Draft(f"{COMPARE}{plural}/", f"{_TITLE} {plural}", "", partial(self._choices, kind))
            for prepared in self._prepared(kind):
                yield Draft(f"{COMPARE}{plural}/{prepared.id}/", prepared.name, "data/comparisons.yaml", partial(self._comparison, prepared))

    def former_comparisons(self) -> Iterable[Redirect]:
        """Addresses that prepared comparisons had before."""
        for each in self.library.comparisons:
            folder = f"{COMPARE}{KINDS[each.kind].plural}/"
            yield from (Redirect(f"{folder}{former}/", f"{folder}{each.id}/", each.name) for former in each.former_ids)

    def files_of_record(self, item: Item) -> Iterable[Download]:
        """The files beside the page of a record; its column too, if it can be compared."""
        yield from super().files_of_record(item)
        if item.kind.name in COMPARED:
            yield text_file(f"{address_of(item.kind.name, item.id)}{FILE}", self._file(item))

    def compare_address(self, item: Item, root: str) -> str:
        """Where a record can be set beside others; empty if its kind is not compared."""
        return f"{root}{COMPARE}{item.kind.plural}/?with={item.id}" if item.kind.name in COMPARED else ""

    def _prepared(self, kind: str) -> list[Prepared]:
        return [each for each in self.library.comparisons if each.kind == kind]

    def _compare(self) -> Page:
        kinds = [{"kind": KINDS[kind], "total": len(self.library.of_kind(kind)), "prepared": self._prepared(kind)} for kind in COMPARED]
        body = self._templates.get_template("comparisons.html.jinja").render(title=_TITLE, about=_ABOUT, kinds=kinds)
        headings = [Heading(KINDS[kind].plural, f"Prepared comparisons of {KINDS[kind].plural}") for kind in COMPARED if self._prepared(kind)]
        return Page(COMPARE, _TITLE, body, tuple(headings), _ABOUT, search=(SearchText("", _TITLE, _ABOUT),))

    def _choices(self, name: str) -> Page:
        kind, address = KINDS[name], f"{COMPARE}{KINDS[name].plural}/"
        root, title = root_of(address), f"{_TITLE} {kind.plural}"
        facets, items = facets_of(name), self.library.of_kind(name)
        cells = [cells_of(self.library, item) for item in items]
        rows = [{"name": item.shown_name, "address": f"{root}{address_of(name, item.id)}", "cells": row} for item, row in zip(items, cells, strict=True)]
        about = f"All {kind.plural} in one table: narrow them down, and read two to six of them side by side."
        body = self._templates.get_template("compare.html.jinja").render(
            title=title, kind=kind, root=root, most=MOST, prepared=self._prepared(name), facets=facets, rows=rows, filters=filters_for(facets, cells),
            sortable=[each.label for each in facets if each.is_sortable], has_stages=any(each.name == STAGE for each in facets),
        )  # fmt: skip
        headings = (Heading("all-title", f"All {kind.plural}"),)
        return Page(address, title, body, headings, about, search=(SearchText("", title, about),), search_weight=_WEIGHT, assets=_ASSETS)

    def _comparison(self, prepared: Prepared) -> Page:
        kind = KINDS[prepared.kind]
        address = f"{COMPARE}{kind.plural}/{prepared.id}/"
        root = root_of(address)
        items = [self.library.items[id] for id in prepared.records]
        columns = [self._column(item, root) for item in items]
        groups: dict[str, list[tuple[str, list[str]]]] = {}
        for row in zip(*columns, strict=True):
            if not all(each.is_absent for each, _ in row):
                first = row[0][0]
                groups.setdefault(first.group, []).append((self._comparing.row_label(first, ON), [html for _, html in row]))
        cited = works_behind((each for column in columns for each, _ in column), lambda text: find_citations(text)[0])
        body = self._templates.get_template("comparison.html.jinja").render(
            title=prepared.name, why=prepared.why, kind=kind, ids=prepared.records, file=prepared.id, groups=list(groups.items()),
            heads=[self._comparing.head(item.shown_name, f"{root}{address_of(kind.name, item.id)}") for item in items], references=self.listed(cited, root),
        )  # fmt: skip
        search = (SearchText("", prepared.name, f"{prepared.why} {'; '.join(item.shown_name for item in items)}"),)
        headings = (Heading("references", HEADINGS["references"]),)
        return Page(address, prepared.name, body, headings, prepared.why, "data/comparisons.yaml", search, search_weight=_WEIGHT, assets=_ASSETS)

    def _column(self, item: Item, root: str) -> list[tuple[Attribute, str]]:
        text = self.texts_of(item, root)
        return [
            (each, self._comparing.cell(each, item.shown_name, text.prose, text.inline)) for each in attributes_of(self.library, item, self.profile_of(item))
        ]

    def _file(self, item: Item) -> Iterator[str]:
        """The column of a record, as safe HTML with addresses from the page that compares its kind."""
        root = root_of(f"{COMPARE}{item.kind.plural}/")
        column = self._column(item, root)
        listed = self.listed(works_behind((each for each, _ in column), self.texts_of(item, root).citations), root)
        said = {
            "format": FORMAT,
            "id": item.id,
            "name": item.shown_name,
            "head": self._comparing.head(item.shown_name, f"{root}{address_of(item.kind.name, item.id)}"),
            "rows": [[each.group, self._comparing.row_label(each, ON), html] for each, html in column],
            "references": [self._comparing.reference(each) for each in listed],
        }
        yield json.dumps(said, ensure_ascii=False, separators=(",", ":"))

    @cached_property
    def _comparing(self) -> Any:
        return self._templates.get_template("comparing.html.jinja").module
