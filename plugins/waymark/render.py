"""Values to pages: HTML bodies from templates, with what a theme and a search need beside them.

A `Page` knows nothing of MkDocs. All markup is in `templates/`; a misspelt name there is an error, and
values are escaped unless they come from the Markdown library or from another template.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache, PackageLoader, StrictUndefined
from markupsafe import Markup

from waymark import diagrams
from waymark.anatomy import facts_of, neighbours_of, not_yet_coded, sections_of, title_of
from waymark.apa import Reference, References
from waymark.bibliography import READ_IN_FULL, READ_IN_PART
from waymark.citations import CitationGroup, find_citations
from waymark.diagrams import diagram_of
from waymark.kinds import KINDS
from waymark.library import Item, Library
from waymark.links import address_of, find_links
from waymark.markdown import Inset, plain_text, to_html
from waymark.pages import Draft, Heading, Page, SearchText, Site, search_texts
from waymark.problems import Code
from waymark.tables import PAGE_LENGTH, Index, Row, by_letter, index_of, letter_address, letter_title

CHECKS = "checks/"
_CHECKS_TITLE = "What the checks say"
REFERENCES = "references/"
_KNOWN_WORDS = {READ_IN_FULL: "We read it in full", READ_IN_PART: "We read part of it"}
_NOTICES = {
    "ended": ("Ended.", "This no longer runs. The page is kept because it is cited."),
    "replaced": ("Replaced.", "Something else has taken its place; see “Related pages”."),
}


class Renderer:
    """Makes the pages of a library."""

    def __init__(self, library: Library, site: Site | None = None) -> None:
        self.library = library
        self.site = site or Site()
        self.references = References(library.bibliography)
        self.template_cache = FileSystemBytecodeCache()
        self._templates = environment(self.template_cache)
        self._parts: Any = self._templates.get_template("parts.html.jinja").module
        against = {key for item in library.items.values() for key in item.record.checked.against}
        listed = self.references.sorted([key for key in library.bibliography if key in library.citing or key in against])
        self._reference_lists = by_letter(listed, lambda reference: reference.text) if len(listed) > PAGE_LENGTH else {"": listed}
        """References by the page they stand on; one list under an empty letter if they fit one page."""
        self._reference_pages = {
            each.key: f"{letter_address(REFERENCES, letter, self._reference_lists)}#ref-{each.key}"
            for letter, references in self._reference_lists.items()
            for each in references
        }

    # Whole pages ------------------------------------------------------------------------------------

    def drafts(self) -> Iterable[Draft]:
        """Every generated page. Each is made when its turn comes, so that no more than one need be held."""
        for item in self.library.items.values():
            yield Draft(address_of(item.kind.name, item.id), item.record.name, item.document.path, partial(self.record, item))
        for kind in KINDS:
            yield from self.indexes(kind)
        yield from self.reference_pages()
        yield Draft(CHECKS, _CHECKS_TITLE, "", self.checks)

    def pages(self) -> Iterable[Page]:
        """Every generated page, made one after the other."""
        return (draft.make() for draft in self.drafts())

    def record(self, item: Item) -> Page:
        """The page of one record."""
        text = _Texts(self, root="../../", item=item)
        sections = sections_of(item)
        diagram = None
        if form := getattr(item.record, "form", None):
            groups = next((section.groups for section in sections if section.name == "parts"), ())
            diagram = diagram_of(item.record.name, form, groups)
        neighbours = self._neighbours(item, "../../")
        cited = {key: None for each in item.citations() for key in (each.key, each.via) if key}
        # The other end of a relation states its source; it is shown, and so listed, here too.
        bases = (each["basis"] for group in neighbours for each in group["members"])
        cited |= {key: None for basis in bases for group in find_citations(basis)[0] for each in group.citations for key in (each.key, each.via) if key}
        facts = facts_of(item)
        status = getattr(item.record, "status", None)
        address = address_of(item.kind.name, item.id)
        context: dict[str, Any] = {
            "item": item,
            "record": item.record,
            "kind": item.kind,
            "facts": facts,
            "sections": sections,
            "evidence": getattr(item.record, "evidence", ()),
            "missing": not_yet_coded(item),
            "neighbours": neighbours,
            "diagram": diagram,
            "width": diagrams.WIDTH,
            "notice": {"word": _NOTICES[status][0], "text": _NOTICES[status][1]} if status in _NOTICES else None,
            "prose": text.prose,
            "inline": text.inline,
            "root": "../../",
            "references": self._listed(cited),
            "reading": self._listed({key: None for key in item.record.further_reading if key not in cited}),
            "against": [{"words": self._short(key), "address": f"../../{self._reference_pages[key]}"} for key in item.record.checked.against],
            "site_name": self.site.name,
            "canonical": f"{self.site.url}{address}",
            "edit_url": f"{self.site.edit_url}{item.document.path}" if self.site.edit_url else "",
        }
        body = self._templates.get_template("record.html.jinja").render(context)
        headings = [Heading("at-a-glance", "At a glance")] if facts else []
        headings += [Heading(section.anchor, section.heading) for section in sections]
        for name, anchor, words in (
            ("evidence", "evidence", "Coded findings"),
            ("limits_or_missing", "limits", "What is not known"),
            ("disagreements", "disagreements", "Where sources disagree or err"),
            ("neighbours", "related", "Related pages"),
            ("references", "references", "References"),
            ("reading", "further-reading", "Further reading"),
        ):
            shown = {"limits_or_missing": item.record.limits or context["missing"], "disagreements": item.record.disagreements}.get(name, context.get(name))
            headings += [Heading(anchor, words)] if shown else []
        headings.append(Heading("about-this-page", "About this page"))
        return Page(
            address=address,
            title=item.record.name,
            html=body,
            headings=tuple(headings),
            description=plain_text(str(text.prose(item.record.summary, cite=False))),
            source=item.document.path,
            search=tuple(search_texts(item, facts, sections, text.bare)),
            tags=tuple(filter(None, (item.record.short_name, *item.record.other_names))),
            meta={
                "citation_title": item.record.name,
                "citation_author": f"{self.site.name} editors",
                "citation_publication_date": item.record.checked.on.strftime("%Y/%m/%d"),
                "citation_publisher": self.site.name,
                "citation_language": "en",
                **({"citation_public_url": context["canonical"]} if self.site.url else {}),
            },
        )

    def indexes(self, kind: str) -> Iterable[Draft]:
        """The index of a kind; cut into one page a letter when it is long."""
        index, folder = index_of(self.library, kind), f"{KINDS[kind].plural}/"
        lists = by_letter(index.rows, lambda row: row.item.record.name) if len(index.rows) > PAGE_LENGTH else {"": list(index.rows)}
        for here in lists:
            address, title = letter_address(folder, here, lists), letter_title(KINDS[kind].plural.capitalize(), here, lists)
            yield Draft(address, title, "", partial(self._index, index, lists, here, address, title))

    def _index(self, index: Index, lists: Mapping[str, list[Row]], here: str, address: str, title: str) -> Page:
        kind, root = KINDS[index.kind], _root_of(address)
        body = self._templates.get_template("index.html.jinja").render(
            title=kind.plural.capitalize(), about=kind.about, singular=kind.name, plural=kind.plural, columns=index.columns, total=len(index.rows), here=here,
            root=root, site_name=self.site.name, letters=self._letters(lists, here, root, f"{kind.plural}/"),
            rows=[{"item": row.item, "cells": row.cells, "address": f"{root}{address_of(kind.name, row.item.id)}"} for row in lists[here]],
        )  # fmt: skip
        return Page(address, title, body, (), kind.about, search=(SearchText("", title, kind.about),))

    def reference_pages(self) -> Iterable[Draft]:
        """The page of all references; cut into one page a letter when there are many."""
        lists = self._reference_lists
        for here in lists:
            address, title = letter_address(REFERENCES, here, lists), letter_title("References", here, lists)
            yield Draft(address, title, "", partial(self._references, here, address, title))

    def _references(self, here: str, address: str, title: str) -> Page:
        lists, root = self._reference_lists, _root_of(address)
        body = self._templates.get_template("references.html.jinja").render(
            here=here, root=root, letters=self._letters(lists, here, root, REFERENCES), references=[self._in_full(each, root) for each in lists[here]]
        )
        about = "All works this knowledge base cites."
        texts = [SearchText(f"ref-{each.key}", f"{each.who} ({each.year})", each.text) for each in lists[here]]
        return Page(address, title, body, (), about, search=(SearchText("", title, about), *texts))

    def checks(self) -> Page:
        """The page that explains every problem code."""
        body = self._templates.get_template("checks.html.jinja").render(codes=list(Code))
        about = "What each complaint of the checks means and what to do."
        texts = [SearchText(code.id, code.id, code.meaning) for code in Code]
        return Page(CHECKS, _CHECKS_TITLE, body, (), about, search=(SearchText("", _CHECKS_TITLE, about), *texts))

    def redirects(self) -> Iterable[tuple[str, str]]:
        """Addresses that records had before, each with a small page that leads to the new one."""
        template = self._templates.get_template("redirect.html.jinja")
        for item in self.library.items.values():
            for former in item.record.former_ids:
                address = address_of(item.kind.name, item.id)
                page = template.render(title=item.record.name, target=f"../../{address}", canonical=f"{self.site.url}{address}")
                yield address_of(item.kind.name, former), page

    # Hand-written pages -----------------------------------------------------------------------------

    def insets(self, markdown: str, root: str) -> tuple[list[Inset], list[str]]:
        """What takes the place of citations and record links in a hand-written page, and the keys it cites."""
        text = _Texts(self, root)
        return text.insets(markdown), list(text.cited)

    def bibliography(self, keys: Iterable[str]) -> str:
        """The list of references that closes a hand-written page; empty without keys."""
        listed = self._listed(dict.fromkeys(keys))
        return self._templates.get_template("bibliography.html.jinja").render(references=listed) if listed else ""

    # Pieces -----------------------------------------------------------------------------------------

    def mention(self, group: CitationGroup) -> Markup:
        """A citation group as links to the list of references on the same page."""
        mentions = []
        for citation in group.citations:
            first = self.references.mention(citation.key, citation.locator)
            second = self.references.mention(citation.via, citation.via_locator) if citation.via else ""
            mentions.append(
                {"stance": citation.stance, "words": first, "anchor": f"ref-{citation.key}", "via_words": second, "via_anchor": f"ref-{citation.via}"}
            )
        return Markup(self._parts.citation_group(mentions))

    def link(self, words: str, target: str, anchor: str, root: str) -> Markup:
        """A link to a record or hand-written page; just the words if there is no such thing."""
        address = self.address(target)
        if address is None:
            return Markup.escape(words)
        return Markup(self._parts.record_link(words, f"{root}{address}{f'#{anchor}' if anchor else ''}"))

    def address(self, id: str) -> str | None:
        """The address of a record or hand-written page from the root of the site, or None if there is none."""
        if id in self.library.items:
            return address_of(self.library.items[id].kind.name, id)
        if id in self.library.pages:
            return "" if id == "index" else f"{id.removesuffix('/index')}/"
        return None

    def _short(self, key: str) -> str:
        reference = self.references[key]
        return f"{reference.who} ({reference.year})"

    def _listed(self, keys: Mapping[str, None]) -> list[dict[str, Any]]:
        known = [key for key in keys if key in self.library.bibliography]
        return [{"anchor": f"ref-{each.key}", "html": Markup(each.html), "known": f"({self._known(each.key)}.)"} for each in self.references.sorted(known)]

    def _known(self, key: str) -> str:
        entry = self.library.bibliography[key]
        return _KNOWN_WORDS.get(entry.known, f"Known to us through {self._short(entry['via'])}" if entry["via"] in self.library.bibliography else entry.known)

    def _in_full(self, reference: Reference, root: str) -> dict[str, Any]:
        entry = self.library.bibliography[reference.key]
        pages = [(title_of(self.library, id), self.address(id)) for id in self.library.citing.get(reference.key, ())]
        return {
            "key": reference.key,
            "anchor": f"ref-{reference.key}",
            "html": Markup(reference.html),
            "known": self._known(reference.key),
            "checked": entry["checked"],
            "comment": entry["comment"],
            "cited_by": [{"title": title, "address": f"{root}{address}"} for title, address in sorted(pages)],
        }

    def _neighbours(self, item: Item, root: str) -> list[dict[str, Any]]:
        return [
            {
                "heading": group.heading,
                "members": [
                    {
                        "title": title_of(self.library, each.id) + (f": {self._anchor_words(each.id, each.anchor)}" if each.anchor else ""),
                        "address": f"{root}{self.address(each.id)}{f'#{each.anchor}' if each.anchor else ''}",
                        "kind": self.library.items[each.id].kind.name if each.id in self.library.items else "page",
                        "basis": each.basis,
                        "note": each.note,
                    }
                    for each in group.members
                ],
            }
            for group in neighbours_of(self.library, item.id)
        ]

    def _anchor_words(self, id: str, anchor: str) -> str:
        for section in sections_of(self.library.items[id]):
            for part in (part for group in section.groups for part in group.parts):
                if part.anchor == anchor:
                    return part.title
            if section.anchor == anchor:
                return section.heading
        return anchor

    def _letters(self, letters: Mapping[str, Any], here: str, root: str, folder: str) -> list[dict[str, Any]]:
        return [{"letter": each, "is_here": each == here, "address": f"{root}{letter_address(folder, each, letters)}"} for each in letters if each]


class _Texts:
    """Turns the texts of one page to HTML or to bare words, and remembers what they cite."""

    def __init__(self, renderer: Renderer, root: str, item: Item | None = None) -> None:
        self._renderer, self._root = renderer, root
        self._groups = {each.text: each.groups for each in item.statements} if item else {}
        self.cited: dict[str, None] = {}

    def prose(self, text: str, *, cite: bool = True) -> Markup:
        """A Markdown text as HTML."""
        return Markup(to_html(text, self.insets(text, cite=cite)))

    def inline(self, text: str) -> Markup:
        """A text of one paragraph, without the paragraph around it."""
        rendered = str(self.prose(text)).strip()
        one = rendered.startswith("<p>") and rendered.endswith("</p>") and rendered.count("<p>") == 1
        return Markup(rendered[3:-4] if one else rendered)

    def insets(self, text: str, *, cite: bool = True) -> list[Inset]:
        """What takes the place of the citations and record links of a text."""
        found = []
        for group in self._citations(text):
            for citation in group.citations:
                self.cited |= {key: None for key in (citation.key, citation.via) if key}
            start = group.start if cite or text[group.start - 1 : group.start] != " " else group.start - 1
            found.append(Inset(start, group.end, str(self._renderer.mention(group)) if cite else ""))
        for link in find_links(text):
            found.append(Inset(link.start, link.end, str(self._renderer.link(link.words, link.target, link.anchor, self._root))))
        return found

    def bare(self, text: str) -> str:
        """The words of a text without its citations, and with only the words of its links."""
        insets = [Inset(group.start, group.end, "") for group in self._citations(text)]
        insets += [Inset(link.start, link.end, link.words) for link in find_links(text)]
        out, at = [], 0
        for inset in sorted(insets, key=lambda inset: inset.start):
            out += [text[at : inset.start], inset.html]
            at = inset.end
        return " ".join("".join([*out, text[at:]]).replace(" .", ".").replace("*", "").split())

    def _citations(self, text: str) -> Iterable[CitationGroup]:
        """What a text cites; the texts of the record itself have been read for it when they were checked."""
        known = self._groups.get(text)
        return find_citations(text)[0] if known is None else known


def environment(cache: BytecodeCache | None = None) -> Environment:
    """Templates of this package: values are escaped, and an unknown name is an error."""
    loader = PackageLoader("waymark")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False, bytecode_cache=cache)


def _root_of(address: str) -> str:
    return "../" * address.count("/")
