"""Values to pages: HTML bodies from templates, with what a theme and a search need beside them.

A `Page` knows nothing of MkDocs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

from waymark import diagrams
from waymark.addresses import is_letter_page
from waymark.anatomy import facts_of, not_yet_coded, sections_of
from waymark.appraisal import NOT_APPRAISED, answers_of, is_study, why_not
from waymark.citations import find_citations
from waymark.confidence import confidence, stances_of
from waymark.contributing import CONTRIBUTE, Contributing
from waymark.diagrams import diagram_of
from waymark.evidence import CHANGING
from waymark.fields import EvidenceItem, SecondCoding
from waymark.freshness import due_of
from waymark.handwritten import HandWritten
from waymark.insets import plain_text
from waymark.kinds import KINDS
from waymark.library import Item
from waymark.links import HEADINGS, TOP, address_of, owner_anchor, part_anchor
from waymark.moved import MARK, at_former_address
from waymark.neighbourhood import Related, neighbourhood_of
from waymark.pages import Alternate, Download, Draft, Heading, Page, Redirect, SearchText, text_file
from waymark.pieces import REFERENCES, root_of
from waymark.plots import Plots
from waymark.prepared import COMPARED
from waymark.recoded import differences, is_coded_twice
from waymark.searchable import search_texts
from waymark.stages import Stage
from waymark.stewardship import OWNER_FORM
from waymark.tables import PAGE_LENGTH, Index, Row, by_letter, filters_of, index_of, letter_address, letter_title

_OF_CODE = ("checks/", "open-data/", "open-data/dictionary/")
"""Pages about the whole whose places come from the code alone."""
_RETIRED_WEIGHT = 0.3
"""Who searches wants what is current before what is no longer kept up."""
MOVED_SCRIPT = "assets/moved.js"
OWNED = ("programme", "practice", "tool", "organisation", "exercise")
"""Kinds of which somebody runs or made each record, so that its page invites them to speak."""
_NOTICES = {
    "ended": ("Ended.", "This no longer runs. The page is kept because it is cited."),
    "replaced": ("Replaced.", "Something else has taken its place; see “Related pages”."),
}


class Renderer(Plots, Contributing, HandWritten):
    """Makes the pages of a library."""

    # Whole pages ------------------------------------------------------------------------------------

    def drafts(self) -> Iterable[Draft]:
        """Every generated page. Each is made when its turn comes, so that no more than one need be held."""
        for item in self.library.items.values():
            address, source = address_of(item.kind.name, item.id), item.document.path
            yield Draft(address, item.shown_name, source, partial(self.record, item), files=partial(self.files_of_record, item))
        for kind in KINDS:
            yield from self.indexes(kind)
        works = (
            Draft(f"{REFERENCES}{key}/", self.short(key), "", partial(self.reference, key), files=partial(self.files_of_work, key))
            for key in self._reference_pages
        )
        for draft in (*self.reference_pages(), *works, *self.comparison_pages(), *self.overviews(), *self.open_data(), *self.form_pages()):
            yield replace(draft, make=partial(self._with_former_places, draft))

    def _with_former_places(self, draft: Draft) -> Page:
        """A page about the whole, with every place that was published: what the data no longer have leads to its top.

        Nobody writes these pages, so no editor could mend them. Where the places come from the code, a developer can.
        """
        page, promise = draft.make(), self.library.promises.get(draft.address)
        if not promise or draft.address in _OF_CODE:
            return page
        lost = [anchor for anchor in promise.places if f'id="{anchor}"' not in page.html]
        return replace(page, html=f"{self._parts.former_places(lost)}{page.html}") if lost else page

    def files(self) -> Iterable[Download]:
        """Every file beside the pages."""
        return chain(self.downloads(), (file for draft in self.drafts() for file in draft.files()))

    def pages(self) -> Iterable[Page]:
        """Every generated page, made one after the other."""
        return (draft.make() for draft in self.drafts())

    def record(self, item: Item) -> Page:
        """The page of one record."""
        text = self.texts_of(item, "../../")
        sections = sections_of(item)
        diagram = None
        if form := getattr(item.record, "form", None):
            groups = next((section.groups for section in sections if section.name == "parts"), ())
            diagram = diagram_of(item.record.name, form, groups)
        neighbours = self.neighbours(item, "../../")
        drawing = neighbourhood_of(Related(item.record.name, "", item.kind.name), neighbours)
        cited = {key: None for each in item.citations() for key in each.keys}
        # The other end of a relation states its source; it is shown, and so listed, here too.
        bases = (each.basis for group in neighbours for each in group.members)
        cited |= {key: None for basis in bases for group in find_citations(basis)[0] for each in group.citations for key in each.keys}
        evidence = getattr(item.record, "evidence", ())
        codings = self.library.codings_of(item.id)
        profile = self.profile_of(item)
        concerns = next((section.concerns for section in sections if section.concerns), ())
        facts = facts_of(item)
        status = getattr(item.record, "status", None)
        due = due_of(item.record, item.kind.name)
        logged = [(each, f"../../{self.correction_address(each)}") for each in self.corrections_of.get(item.id, ())]
        address = address_of(item.kind.name, item.id)
        context: dict[str, Any] = {
            "item": item,
            "record": item.record,
            "kind": item.kind,
            "facts": facts,
            "sections": sections,
            "profile": profile,
            "is_changing": item.kind.name in CHANGING,
            "stages": max(Stage),
            "confidence": confidence(each.level for each in concerns) if concerns else None,
            "stances": stances_of(evidence) if concerns else None,
            "evidence": evidence,
            "anchors": {
                name: [part_anchor(name, number, each.anchor) for number, each in enumerate(counted, 1)]
                for name, counted in (("evidence", evidence), ("disagreements", item.record.disagreements))
            },
            "coded": [self._coded(each, codings.get(place)) for place, each in enumerate(evidence)],
            "missing": not_yet_coded(item),
            "neighbours": neighbours,
            "compare": self.compare_address(item, "../../"),
            "picture": self.drawing(
                drawing, "related", "Related pages as a picture", f"{item.record.name} and what it is linked with, in the order of the list below.", "list"
            )
            if drawing
            else None,
            "headings": HEADINGS,
            "diagram": diagram,
            "width": diagrams.WIDTH,
            "plot": self.plot(item),
            "people": self.library.people,
            "due": due,
            "overdue": due.days_overdue(self.day),
            "reports": [{"report": each, "address": where} for each, where in logged if each.is_open],
            "settled": [{"report": each, "address": where} for each, where in logged if not each.is_open],
            "dissent": any(each.stance == "dissents" for each in item.record.owner_statements),
            "owner_statements": [
                {"anchor": owner_anchor(number), "said": each, "text": text.prose(each.text)} for number, each in enumerate(item.record.owner_statements, 1)
            ],
            "owner_form": OWNER_FORM if self.site.source and item.kind.name in OWNED else "",
            "source": self.site.source,
            "notice": {"word": _NOTICES[status][0], "text": _NOTICES[status][1]} if status in _NOTICES else None,
            "prose": text.prose,
            "inline": text.inline,
            "root": "../../",
            "references": self.listed(cited, "../../", item.id),
            "reading": self.listed({key: None for key in item.record.further_reading if key not in cited}, "../../", item.id),
            "against": [{"words": self.short(key), "address": f"../../{self._reference_pages[key]}"} for key in item.record.checked.against],
            "history": self.history_of(item),
            "site_name": self.site.name,
            "canonical": f"{self.site.url}{address}",
            "form_url": f"../../{CONTRIBUTE}{item.kind.name}/?from={item.id}",
            "edit_url": f"{self.site.edit_url}{item.document.path}" if self.site.edit_url else "",
        }
        headings = [Heading("at-a-glance", HEADINGS["at-a-glance"])] if facts else []
        headings += [Heading(section.anchor, section.heading) for section in sections]
        closing = {
            "profile": profile,
            "evidence": evidence,
            "limits": item.record.limits or context["missing"],
            "disagreements": item.record.disagreements,
            "owner": item.record.owner_statements,
            "related": neighbours,
            "references": context["references"],
            "further-reading": context["reading"],
            "about-this-page": True,
        }
        headings += [Heading(anchor, HEADINGS[anchor]) for anchor, is_shown in closing.items() if is_shown]
        context |= {"kept": self._kept(item, {heading.anchor for heading in headings}), "elsewhere": self._elsewhere(item, "../../")}
        context["retired"] = self._retired(item, "../../")
        body = self._templates.get_template("record.html.jinja").render(context)
        return Page(
            address=address,
            title=item.shown_name,
            html=body,
            headings=tuple(headings),
            description=plain_text(str(text.prose(item.record.summary, cite=False))),
            source=item.document.path,
            search=tuple(search_texts(item, facts, sections, text.bare)),
            tags=tuple(filter(None, (item.record.short_name, *item.record.other_names))),
            meta=(
                ("citation_title", item.record.name),
                ("citation_author", f"{self.site.name} editors"),
                ("citation_publication_date", item.record.checked.on.strftime("%Y/%m/%d")),
                ("citation_publisher", self.site.name),
                ("citation_language", "en"),
                *((("citation_public_url", str(context["canonical"])),) if self.site.url else ()),
            ),
            search_weight=_RETIRED_WEIGHT if item.record.retired else 1.0,
            json_ld=self.json_ld_of(item, self.site.url or "../../"),
            alternates=(Alternate("application/json", f"{item.id}.json", "This record as JSON"),),
        )

    def _kept(self, item: Item, present: set[str]) -> Mapping[str, list[str]]:
        """For each place of the page the former anchors that lead there; under its own name one of `HEADINGS` that the page no longer has.

        These sections come and go with what is behind them, and no editor need think of their addresses.
        """
        former = item.record.former_anchors
        kept: dict[str, list[str]] = {}
        for anchor, target in former.items():
            if "#" not in target:
                kept.setdefault(target, []).append(anchor)
        addresses = [address_of(item.kind.name, id) for id in (item.id, *item.record.former_ids)]
        wanted = {anchor for address in addresses if address in self.library.promises for anchor in self.library.promises[address].places} | kept.keys()
        for anchor in HEADINGS:
            if anchor in wanted and anchor not in present and anchor not in former:
                kept.setdefault(anchor, []).append(anchor)
        return kept

    def _elsewhere(self, item: Item, root: str) -> list[dict[str, Any]]:
        """Former places of the page that stand on the page of another record now."""
        found = []
        promise = self.library.promises.get(address_of(item.kind.name, item.id))
        for anchor, target in item.record.former_anchors.items():
            id, mark, place = target.partition("#")
            if mark:
                words = (promise.places.get(anchor) if promise else "") or anchor.replace("-", " ").capitalize()
                found.append({"anchor": anchor, "words": words, "now": self.related(id, "" if place == TOP else place, root)})
        return found

    def _retired(self, item: Item, root: str) -> dict[str, Any] | None:
        """What the page says of its being retired."""
        if not (said := item.record.retired):
            return None
        successor = self.related(said.replaced_by, "", root) if said.replaced_by else None
        return {"on": said.on, "reason": said.reason, "basis": said.basis, "successor": successor}

    def _coded(self, item: EvidenceItem, second: SecondCoding | None) -> dict[str, Any]:
        """What is shown of how a finding was coded and of how well the study was done."""
        return {
            "is_twice": is_coded_twice(item, second),
            "second": second,
            "differences": differences(item, second) if second else (),
            "is_study": is_study(item),
            "answers": answers_of(item),
            "why_not": NOT_APPRAISED.get(why_not(item, self.library.bibliography), ""),
        }

    def indexes(self, kind: str) -> Iterable[Draft]:
        """The index of a kind; cut into one page a letter when it is long."""
        index, folder = index_of(self.library, kind), f"{KINDS[kind].plural}/"
        lists = by_letter(index.rows, lambda row: row.item.record.name) if len(index.rows) > PAGE_LENGTH else {"": list(index.rows)}
        for here in lists:
            address, title = letter_address(folder, here, lists), letter_title(KINDS[kind].plural.capitalize(), here, lists)
            yield Draft(address, title, "", partial(self._index, index, lists, here, address, title))

    def _index(self, index: Index, lists: Mapping[str, list[Row]], here: str, address: str, title: str) -> Page:
        kind, root = KINDS[index.kind], root_of(address)
        body = self._templates.get_template("index.html.jinja").render(
            title=kind.plural.capitalize(), about=kind.about, singular=kind.name, plural=kind.plural, columns=index.columns, total=len(index.rows), here=here,
            filters=filters_of(index.columns, (row.cells for row in index.rows)) if not here else [],
            form=f"{root}{CONTRIBUTE}{kind.name}/",
            root=root, site_name=self.site.name, letters=self.letters(lists, here, root, f"{kind.plural}/"), is_compared=kind.name in COMPARED,
            rows=[
                {"item": row.item, "cells": row.cells, "address": f"{root}{address_of(kind.name, row.item.id)}", "has_chart": row.item.id in self._drawings}
                for row in lists[here]
            ],
        )  # fmt: skip
        return Page(address, title, body, (), kind.about, search=(SearchText("", title, kind.about),), alternates=self.feed_links(root, kind.plural))

    def redirects(self) -> Iterable[Redirect]:
        """Addresses that pages had before and that were promised: of records, works, prepared comparisons, and of one letter of a list."""
        for item in self.library.items.values():
            for former in item.record.former_ids:
                yield Redirect(address_of(item.kind.name, former), address_of(item.kind.name, item.id), item.record.name)
        for key, page in self._reference_pages.items():
            for former in self.library.bibliography[key].former_keys:
                yield Redirect(f"{REFERENCES}{former}/", page, self.short(key))
        yield from self.former_comparisons()
        letters = [address for address in self.library.promises if is_letter_page(address)]
        now = {draft.address: draft.title for draft in self.drafts()} if letters else {}
        for address in letters:
            if address not in now:
                whole = f"{address.rstrip('/').rpartition('/')[0]}/"
                yield Redirect(address, whole, now[whole])

    def at_former_address(self, page: str, redirect: Redirect) -> str:
        """The finished HTML of a page as it stands at an address that it had before."""
        parts: Any = self._templates.get_template("moved.html.jinja").module
        target = f"{root_of(redirect.address)}{redirect.target}"
        return at_former_address(page, parts.head(target, MARK, f"{root_of(redirect.target)}{MOVED_SCRIPT}"), parts.notice(redirect.title))

    def moved_script(self) -> Download:
        """The script of pages at former addresses."""
        return text_file(MOVED_SCRIPT, [self._templates.get_template("moved.js.jinja").render()])
