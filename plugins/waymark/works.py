"""Pages about works: the lists of references, a page for each, and files for reference managers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from markupsafe import Markup

from waymark.anatomy import title_of
from waymark.apa import Reference, year_of
from waymark.bibliography import READ_IN_FULL, READ_IN_PART, Entry
from waymark.links import HEADINGS, part_anchor
from waymark.names import unbraced
from waymark.pages import Download, Draft, Heading, Page, SearchText, text_file
from waymark.pieces import REFERENCES, Pieces, root_of
from waymark.tables import Filter, filters_of, letter_address, letter_title
from waymark.takeaway import FORMATS, citation_meta, in_formats, to_bibtex, to_json_ld
from waymark.usage import Use, use_anchor

_ADDRESS = re.compile(r"(https?://[^\s,;]+)")
ALL_WORKS = f"{REFERENCES}all/"
_ALL_TITLE = "All works in one table"
_COLUMNS = ("Kind", "How we know it", "Year", "Citing pages", "Citations")
"""Columns of that table after author and title."""
_KNOWN = {READ_IN_FULL: "Read in full", READ_IN_PART: "Read in part"}
_KINDS = {
    "article": "Article",
    "book": "Book",
    "incollection": "Chapter",
    "report": "Report",
    "thesis": "Thesis",
    "online": "Web page",
    "legal": "Legal text",
    "unpublished": "Talk or unpublished",
}
"""Entry types in words."""
_LIBRARY = "waymark"
"""Name of the files that hold all works."""
_FOLDED = 30
"""Pages from which the places on each are folded away."""
_WEIGHT = 0.2
"""Who searches for a name wants the record of that name before the works whose titles hold it."""


def seen_at(checkedat: str) -> list[str]:
    """The places of a field `checkedat`, one by one: addresses, and what is said between them."""
    return [place for each in _ADDRESS.split(checkedat) if (place := each.strip(" ,;\n"))]


def _kind(entry: Entry) -> str:
    return "News" if entry.is_news else "Article" if entry["journal"] else _KINDS.get(entry.type, entry.type)


class Works(Pieces):
    """Makes the pages about works."""

    def reference_pages(self) -> Iterable[Draft]:
        """The page of all references; cut into one page a letter when there are many."""
        lists = self._reference_lists
        for here in lists:
            address, title = letter_address(REFERENCES, here, lists), letter_title("References", here, lists)
            yield Draft(address, title, "", partial(self._references, here, address, title))
        yield Draft(ALL_WORKS, _ALL_TITLE, "", self.all_works)

    def _references(self, here: str, address: str, title: str) -> Page:
        lists, root = self._reference_lists, root_of(address)
        body = self._templates.get_template("references.html.jinja").render(
            here=here, root=root, letters=self.letters(lists, here, root, REFERENCES), references=[self._in_full(each, root) for each in lists[here]]
        )
        about = "All works this knowledge base cites."
        return Page(address, title, body, (), about, search=(SearchText("", title, about),))

    def all_works(self) -> Page:
        """All works in one table, which a script can sort and filter."""
        root = root_of(ALL_WORKS)
        rows = []
        for key in self._reference_pages:
            entry, pages = self.library.bibliography[key], len(self.library.citing.get(key, ()))
            cells = (_kind(entry), _KNOWN.get(entry.known, "Through another work"), year_of(entry), str(pages), str(len(self.uses.get(key, ()))))
            rows.append({"address": f"../{key}/", "words": self.short(key), "title": unbraced(entry["title"]), "cells": cells})
        chosen = filters_of(_COLUMNS[:2], [[[cell] for cell in row["cells"][:2]] for row in rows])
        year, cited = 3, 4
        filters = [replace(each, column=each.column + 1) for each in chosen]
        filters += [Filter(year + 1, "Year from", "from"), Filter(year + 1, "Year to", "to"), Filter(cited + 1, "Citing pages, at least", "from")]
        body = self._templates.get_template("all_works.html.jinja").render(rows=rows, columns=_COLUMNS, filters=filters, root=root, title=_ALL_TITLE)
        about = "Every work this knowledge base cites, to sort by author, year, kind, how we know it and how often it is used."
        return Page(ALL_WORKS, _ALL_TITLE, body, (), about, search=(SearchText("", _ALL_TITLE, about),))

    def _in_full(self, reference: Reference, root: str) -> dict[str, Any]:
        return {
            "key": reference.key,
            "anchor": f"ref-{reference.key}",
            "html": Markup(reference.html),
            "known": self.known(reference.key),
            "pages": len(self.library.citing.get(reference.key, ())),
            "address": f"{root}{REFERENCES}{reference.key}/",
        }

    def reference(self, key: str) -> Page:
        """The page of one work: how we know it, where it is used, and how to take it away."""
        address, root, entry, reference = f"{REFERENCES}{key}/", "../../", self.library.bibliography[key], self.references[key]
        uses = self.uses.get(key, ())
        records = self._records_using(uses, root)
        disagreements = self._disagreements_citing(uses, root)
        body = self._templates.get_template("reference.html.jinja").render(
            title=self.short(key), html=Markup(reference.html), entry=entry, known=self.known(key),
            uses=len(uses), records=records, folded=len(records) > _FOLDED,
            lost=self.lost(key), seen=seen_at(entry["checkedat"]), further=self._further(key, root),
            through_it=[{"words": self.short(each), "address": f"../{each}/"} for each in sorted(self.known_through.get(key, ()))],
            disagreements=disagreements, bibtex=to_bibtex(entry),
            downloads=[(f"{key}.{ending}", label) for ending, label in FORMATS], all_downloads=[(f"{_LIBRARY}.{ending}", label) for ending, label in FORMATS],
        )  # fmt: skip
        headings = [Heading("known", "How we know it"), Heading("used", "Where it is used")]
        headings += [Heading("through-it", "Works we know only through it")] if key in self.known_through else []
        headings += [Heading("disagreements", "Contradictions and slips it takes part in")] if disagreements else []
        headings.append(Heading("take-away", "Take it away"))
        about = f"How Waymark knows and uses {reference.text}"[:300]
        return Page(
            address, self.short(key), body, tuple(headings), about, "data/references.bib", (SearchText("", self.short(key), reference.text),),
            meta=citation_meta(entry), json_ld=to_json_ld(entry), search_weight=_WEIGHT,
        )  # fmt: skip

    def lost(self, key: str) -> int:
        """How many statements would lose their last support without a work."""
        weight = self.foundations.weights.get(key)
        return len(weight.lost) if weight else 0

    def files_of_work(self, key: str) -> Iterable[Download]:
        """A work for reference managers."""
        for ending, text in in_formats([self.library.bibliography[key]]).items():
            yield text_file(f"{REFERENCES}{key}/{key}.{ending}", [text])

    def downloads(self) -> Iterable[Download]:
        """Files about the whole. Here: all works for reference managers."""
        for ending, text in in_formats(self.library.bibliography[key] for key in self._reference_pages).items():
            yield text_file(f"{REFERENCES}{_LIBRARY}.{ending}", [text])

    def _records_using(self, uses: Iterable[Use], root: str) -> list[dict[str, Any]]:
        pages: dict[str, dict[tuple[str, str], list[dict[str, str]]]] = {}
        for use in uses:
            said = {"place": use.place, "stance": use.stance, "through": self.short(use.through) if use.through in self.library.bibliography else ""}
            said["for_work"] = self.short(use.for_work) if use.for_work in self.library.bibliography else ""
            pages.setdefault(use.id, {}).setdefault((use.anchor, use.where), []).append(said)
        return sorted(
            (
                {
                    "anchor": use_anchor(id),
                    "title": title_of(self.library, id),
                    "citations": sum(map(len, places.values())),
                    "kind": self.library.items[id].kind.name if id in self.library.items else "page",
                    "places": [
                        {"where": where, "address": f"{root}{self.address(id)}{f'#{anchor}' if anchor else ''}", "citations": citations}
                        for (anchor, where), citations in places.items()
                    ],
                }
                for id, places in pages.items()
            ),
            key=lambda each: str(each["title"]).casefold(),
        )

    def _disagreements_citing(self, uses: Iterable[Use], root: str) -> list[dict[str, str]]:
        found = dict.fromkeys((use.id, use.anchor) for use in uses if use.where == HEADINGS["disagreements"])
        listed = []
        for id, anchor in found:
            own = enumerate(self.library.items[id].record.disagreements, 1)
            each = next(each for number, each in own if part_anchor("disagreements", number, each.anchor) == anchor)
            listed.append({"topic": each.topic, "state": each.state, "title": title_of(self.library, id), "address": f"{root}{self.address(id)}#{anchor}"})
        return listed

    def _further(self, key: str, root: str) -> list[dict[str, str]]:
        ids = [id for id in self.library.citing.get(key, ()) if id in self.library.items and key in self.library.items[id].record.further_reading]
        return [{"title": title_of(self.library, id), "address": f"{root}{self.address(id)}"} for id in ids]
