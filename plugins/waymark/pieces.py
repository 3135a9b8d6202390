"""Pieces of a page as safe HTML: citations, links, texts, references.

All markup is in `templates/`; a misspelt name there is an error, and values are escaped unless they come from the
Markdown library or from another template.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from waymark.apa import References
from waymark.bibliography import READ_IN_FULL, READ_IN_PART
from waymark.citations import CitationGroup, find_citations
from waymark.connections import reference_graph
from waymark.drawing import NARROW
from waymark.evidence import Profile, profile_if_any
from waymark.foundations import Foundations, foundations_of
from waymark.graph import Graph
from waymark.insets import Inset
from waymark.library import Item, Library
from waymark.links import address_of, find_links
from waymark.markdown import to_html
from waymark.neighbourhood import Neighbourhood
from waymark.pages import Site
from waymark.retirement import WORD
from waymark.tables import PAGE_LENGTH, by_letter, letter_address
from waymark.usage import Use, shown_works, use_anchor, uses_of

REFERENCES = "references/"
_PIECES = 1000
"""Pieces of a text that are held at once."""
_KNOWN_WORDS = {READ_IN_FULL: "We read it in full", READ_IN_PART: "We read part of it"}


class Pieces:
    """Makes what pages of a library are put together from."""

    def __init__(
        self, library: Library, site: Site | None = None, template_cache: BytecodeCache | None = None, drawings: Mapping[str, str] | None = None
    ) -> None:
        """A page whose chart is not among the `drawings`, SVG documents by id of record, shows the table alone."""
        self.library = library
        self.site = site or Site()
        self.references = References(library.bibliography)
        self._drawings = drawings or {}
        self._texts: Texts | None = None
        self._profiled: tuple[Item, Profile | None] | None = None
        self._templates = environment(template_cache)
        self._parts: Any = self._templates.get_template("parts.html.jinja").module
        listed = self.references.sorted(shown_works(library))
        self._reference_lists = by_letter(listed, lambda reference: reference.text) if len(listed) > PAGE_LENGTH else {"": listed}
        """References by the page they stand on; one list under an empty letter if they fit one page."""
        self._reference_pages = {each.key: f"{REFERENCES}{each.key}/" for each in listed}

    def texts_of(self, item: Item, root: str) -> Texts:
        """The texts of a record, kept until those of another are asked for: the files beside its page say much of what the page says."""
        if self._texts is None or not self._texts.is_of(item, root):
            self._texts = Texts(self, root, item)
        return self._texts

    def profile_of(self, item: Item) -> Profile | None:
        """What is known of a record, kept in the same way; None without coded findings, and for kinds that have no profile."""
        if self._profiled is None or self._profiled[0] is not item:
            self._profiled = item, profile_if_any(self.library, item)
        return self._profiled[1]

    @cached_property
    def uses(self) -> Mapping[str, tuple[Use, ...]]:
        """For each work its uses."""
        return uses_of(self.library)

    @cached_property
    def reference_graph(self) -> Graph:
        """What says and cites what: the largest thing in a build, see `OpenData.downloads`."""
        return reference_graph(self.library)

    @cached_property
    def foundations(self) -> Foundations:
        """What the records rest on."""
        return foundations_of(self.reference_graph, self.library.bibliography)

    @cached_property
    def known_through(self) -> Mapping[str, frozenset[str]]:
        """For each work the works that somewhere are cited through it."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for key, uses in self.uses.items():
            found[key] |= {use.for_work for use in uses if use.for_work in self.library.bibliography}
        return {key: frozenset(works) for key, works in found.items() if works}

    def mention(self, group: CitationGroup, root: str, id: str) -> Markup:
        """A citation group as links to the pages of the works, there to what the record or hand-written page `id` rests on them."""
        mentions = []
        for citation in group.citations:
            first = self.references.mention(citation.key, citation.locator)
            second = self.references.mention(citation.via, citation.via_locator) if citation.via else ""
            mentions.append(
                {
                    "stance": citation.stance,
                    "words": first,
                    "address": self.work_address(citation.key, root, id),
                    "via_words": second,
                    "via_address": self.work_address(citation.via, root, id),
                }
            )
        return Markup(self._parts.citation_group(mentions))

    def work_address(self, key: str, root: str, id: str = "") -> str:
        """The address of the page of a work, at the list of the places where the record or page `id` uses it; empty if it has no page."""
        if key not in self._reference_pages:
            return ""
        return f"{root}{self._reference_pages[key]}" + (f"#{use_anchor(id)}" if (key, id) in self._users else "")

    @cached_property
    def _users(self) -> frozenset[tuple[str, str]]:
        # The same pairs as in `uses`, without the rest: most pages need no more.
        found = {(key, item.id) for item in self.library.items.values() for citation in item.citations() for key in citation.keys}
        return frozenset(
            found | {(key, page.id) for page in self.library.pages.values() for group in page.groups for each in group.citations for key in each.keys}
        )

    def link(self, words: str, target: str, anchor: str, root: str) -> Markup:
        """A link to a record or hand-written page; just the words if there is no such thing."""
        address = self.address(target)
        if address is None:
            return Markup.escape(words)
        is_retired = target in self.library.items and bool(self.library.items[target].record.retired) and WORD not in words.lower()
        return Markup(self._parts.text_link(words, f"{root}{address}{f'#{anchor}' if anchor else ''}", is_retired))

    def drawing(self, drawing: Neighbourhood, id: str, title: str, description: str, twin: str, caption: str = "") -> Markup:
        """A drawing of records and their links, with what a screen reader says of it; `twin` is what says the same in words."""
        return Markup(self._parts.neighbourhood(drawing, NARROW, id, title, description, twin, caption))

    def address(self, id: str) -> str | None:
        """The address of a record or hand-written page from the root of the site, or None if there is none."""
        if id in self.library.items:
            return address_of(self.library.items[id].kind.name, id)
        if id in self.library.pages:
            return "" if id == "index" else f"{id.removesuffix('/index')}/"
        return None

    def short(self, key: str) -> str:
        """Authors and year of a work."""
        reference = self.references[key]
        return f"{reference.who} ({reference.year})"

    def listed(self, keys: Mapping[str, None], root: str, id: str = "") -> list[dict[str, Any]]:
        """Works as the list of references that closes the record or page `id`."""
        known = [key for key in keys if key in self.library.bibliography]
        return [
            {"anchor": f"ref-{each.key}", "html": Markup(each.html), "known": f"({self.known(each.key)}.)", "address": self.work_address(each.key, root, id)}
            for each in self.references.sorted(known)
        ]

    def known(self, key: str) -> str:
        """How we know a work, in words."""
        entry = self.library.bibliography[key]
        return _KNOWN_WORDS.get(entry.known, f"Known to us through {self.short(entry['via'])}" if entry["via"] in self.library.bibliography else entry.known)

    def letters(self, letters: Mapping[str, Any], here: str, root: str, folder: str) -> list[dict[str, Any]]:
        """The letters of a list that is cut into pages, each with its address."""
        return [{"letter": each, "is_here": each == here, "address": f"{root}{letter_address(folder, each, letters)}"} for each in letters if each]


class Texts:
    """Turns the texts of one page to HTML or to bare words, and remembers what they cite."""

    def __init__(self, pieces: Pieces, root: str, item: Item | None = None, id: str = "") -> None:
        self._pieces, self._root, self._item, self._id = pieces, root, item, item.id if item else id
        self._groups = {each.text: each.groups for each in item.statements} if item else {}
        self.cited: dict[str, None] = {}
        self._prose: dict[tuple[str, bool, str], Markup] = {}

    def is_of(self, item: Item, root: str) -> bool:
        """True if these are the texts of a record as they are shown at that distance from the root of the site."""
        return self._item is item and self._root == root

    def prose(self, text: str, *, cite: bool = True, said_by: str = "") -> Markup:
        """A Markdown text as HTML. `said_by` is the record whose text it is, where that is not the one of the page."""
        key = (text, cite, said_by)
        if key not in self._prose:
            self._prose[key] = Markup(to_html(text, self.insets(text, cite=cite, said_by=said_by)))
        return self._prose[key]

    def inline(self, text: str, said_by: str = "") -> Markup:
        """A text of one paragraph, without the paragraph around it."""
        rendered = str(self.prose(text, said_by=said_by)).strip()
        one = rendered.startswith("<p>") and rendered.endswith("</p>") and rendered.count("<p>") == 1
        return Markup(rendered[3:-4] if one else rendered)

    def insets(self, text: str, *, cite: bool = True, said_by: str = "") -> list[Inset]:
        """What takes the place of the citations and record links of a text."""
        found = []
        for group in self.citations(text):
            for citation in group.citations:
                self.cited |= dict.fromkeys(citation.keys)
            start = group.start if cite or text[group.start - 1 : group.start] != " " else group.start - 1
            found.append(Inset(start, group.end, str(self._pieces.mention(group, self._root, said_by or self._id)) if cite else ""))
        for link in find_links(text):
            found.append(Inset(link.start, link.end, str(self._pieces.link(link.words, link.target, link.anchor, self._root))))
        return found

    def bare(self, text: str) -> str:
        """The words of a text without its citations, and with only the words of its links."""
        insets = [Inset(group.start, group.end, "") for group in self.citations(text)]
        insets += [Inset(link.start, link.end, link.words) for link in find_links(text)]
        out, at = [], 0
        for inset in sorted(insets, key=lambda inset: inset.start):
            out += [text[at : inset.start], inset.html]
            at = inset.end
        return " ".join("".join([*out, text[at:]]).replace(" .", ".").replace("*", "").split())

    def citations(self, text: str) -> Iterable[CitationGroup]:
        """What a text cites; the texts of the record itself have been read for it when they were checked."""
        known = self._groups.get(text)
        return find_citations(text)[0] if known is None else known


def joined(pieces: Iterable[str]) -> str:
    """One text of many pieces. A page with a thousand rows has a hundred thousand; they are not all held at once."""
    if isinstance(pieces, list):  # of a macro, which holds them already
        return "".join(pieces)
    every = iter(pieces)
    return "".join(map("".join, iter(lambda: list(islice(every, _PIECES)), [])))


class _Templates(Environment):
    concat = staticmethod(joined)


def environment(cache: BytecodeCache | None = None) -> Environment:
    """Templates of this package: values are escaped, and an unknown name is an error."""
    loader = PackageLoader("waymark")
    made = _Templates(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False, bytecode_cache=cache)
    made.filters["unbroken"] = unbroken
    return made


_UNBROKEN = (
    ("p. ", "p.\u00a0"),
    ("fn ", "fn\u00a0"),
    ("¶ ", "¶\u00a0"),
    (" & ", "\u00a0&\u00a0"),
    ("et al.", "et\u00a0al."),
    (" …", "\u00a0…"),
    ("n.d.-", "n.d.-\u2060"),
)


@lru_cache(maxsize=4096)
def unbroken(words: str) -> str:
    """A mention of a work that no line end tears apart.

    A number stays on the line of its “p.”, “fn” or “¶”, a second author on the line of the “&”, an “…” on the line of the
    word before it, the letter of “n.d.-a” on the line of the “n.d.”.
    """
    for loose, tied in _UNBROKEN:
        words = words.replace(loose, tied)
    return words


def root_of(address: str) -> str:
    """The way from a page back to the root of the site."""
    return "../" * address.count("/")
