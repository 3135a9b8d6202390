"""Pages about the knowledge base as a whole: its connections, its disagreements, what it rests on, its checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial

from waymark import evidence_map as maps
from waymark.chronicle import Chronicle
from waymark.comparisons import Comparisons
from waymark.connections import knowledge_graph, words_of
from waymark.evidence import CHANGING
from waymark.explorer import to_explorer
from waymark.fields import Disagreement
from waymark.foundations import Cluster, clusters_of, unused_works
from waymark.graph import Graph
from waymark.kinds import KINDS
from waymark.library import Item
from waymark.links import HEADINGS, MENTIONS, address_of, part_anchor
from waymark.mistakes import Mistake, read_mistakes
from waymark.pages import Download, Draft, Heading, Page, SearchText, text_file
from waymark.pieces import Texts, root_of
from waymark.problems import CHECKS, Code
from waymark.relations import RELATIONS
from waymark.stages import EFFECT, WORDS, Stage
from waymark.status import disagreements_of
from waymark.stewardship import Stewardship
from waymark.tables import PAGE_LENGTH, by_letter, letter_address, letter_title

DISAGREEMENTS, EVIDENCE_MAP, EXPLORER, FOUNDATIONS = "disagreements/", "evidence-map/", "explorer/", "foundations/"
_FOUNDATIONS_TITLE = "What this knowledge base rests on"
_CHECKS_TITLE, _DISAGREEMENTS_TITLE = "What the checks say", HEADINGS["disagreements"]
_EXPLORER_TITLE, _MAP_TITLE = "Explore the connections", "Evidence map"

_GROUPS = {
    Code.UNREADABLE: ("the-file", "The file itself"),
    Code.DUPLICATE_ID: ("records", "Records and their fields"),
    Code.UNKNOWN_LINK: ("links", "Links"),
    Code.BAD_CITATION: ("citations", "Citations"),
    Code.RAW_HTML: ("text", "Text"),
    Code.BIB_SYNTAX: ("bibliography", "The bibliography"),
}
"""The first code of each group, as `problems.Code` has them in order: the anchor and the heading over it."""
_MANY, _LONG, _FEW = 30, 100, 20
"""Rows of a table on show; rows of one that is a plain list; places under one work. The rest is counted."""


def _finding_anchor(item: Item, place: int) -> str:
    """Where on its page a coded finding stands."""
    return part_anchor("evidence", place + 1, item.record.evidence[place].anchor)  # type: ignore[attr-defined]


class Overviews(Comparisons, Stewardship, Chronicle):
    """Makes the pages about the whole."""

    communities: Callable[[], list[frozenset[str]]] | None = None
    """Gives `networks.clusters` of `cited_together`, where that is worked out elsewhere."""

    def overviews(self) -> Iterable[Draft]:
        """Every page about the whole."""
        yield from self.disagreement_pages()
        yield Draft(EVIDENCE_MAP, _MAP_TITLE, "", self.evidence_map)
        yield Draft(EXPLORER, _EXPLORER_TITLE, "", self.explorer)
        yield from self.stewardship()
        yield from self.chronicle()
        yield Draft(FOUNDATIONS, _FOUNDATIONS_TITLE, "", self.foundations_page)
        yield Draft(CHECKS, _CHECKS_TITLE, "", self.checks)

    @cached_property
    def connections(self) -> Graph:
        """All records with all links between them, mentions too."""
        return knowledge_graph(self.library, mentions=True)

    def explorer(self) -> Page:
        """The page that draws all connections; its script takes them from the file that `explorer_data` makes."""
        found = {edge.relation for edge in self.connections.edges}
        body = self._templates.get_template("explorer.html.jinja").render(
            title=_EXPLORER_TITLE, root=root_of(EXPLORER), kinds=list(KINDS.values()), records=len(self.connections.nodes),
            relations=[(name, words_of(name)) for name in (*RELATIONS, MENTIONS) if name in found],
        )  # fmt: skip
        about = "All records and the links between them as a picture and a table: search, filter, and find the way from one record to another."
        return Page(EXPLORER, _EXPLORER_TITLE, body, (), about, search=(SearchText("", _EXPLORER_TITLE, about),), assets="explorer")

    def explorer_data(self, places: Mapping[str, tuple[float, float]]) -> Download:
        """The file that the page of connections draws.

        Args:
            places: Where each node of `connections` stands, as `networks.positions` gives it.
        """
        return text_file(f"{EXPLORER}graph.json", [to_explorer(self.library, self.connections, places)])

    def evidence_map(self) -> Page:
        """The page that shows which questions about each programme and practice have been looked at, and which have not."""
        root = root_of(EVIDENCE_MAP)
        found = maps.evidence_map(self.library)
        dimensions = {
            anchor: name if anchor in (maps.OTHER, maps.UNNAMED) else self.link(name, maps.THEORY, anchor, root) for anchor, name in maps.DIMENSIONS.items()
        }
        body = self._templates.get_template("evidence-map.html.jinja").render(
            title=_MAP_TITLE, map=found, root=root, stages=WORDS, effect=EFFECT, names=maps.DIMENSIONS, dimensions=dimensions, places=maps.PLACES,
            finding_anchor=_finding_anchor, no_source=maps.NO_SOURCE, studied=Stage.STUDIED, measured=Stage.MEASURED, compared=Stage.COMPARED,
            theory=self.link("dimensions of exit outcomes", maps.THEORY, "", root), kinds=[KINDS[kind].plural for kind in CHANGING],
        )  # fmt: skip
        about = "All programmes and practices by six questions and by what was looked at: what has been described, studied or compared, and what has not."
        headings = (
            Heading("grid", "By outcome and question"), Heading("behind", "The pages behind the numbers"), Heading("by-page", "Page by page"),
            Heading("missing", "Where research is missing"), Heading("dimensions", "How outcomes were sorted"),
        )  # fmt: skip
        search = (SearchText("", _MAP_TITLE, f"{about} Gaps in research, wall chart."),)
        return Page(EVIDENCE_MAP, _MAP_TITLE, body, headings, about, search=search, assets="evidence-map", scripts=("assets/evidence-map/page.js",))

    def disagreement_pages(self) -> Iterable[Draft]:
        """The page of all places where sources disagree or err; cut into one page a letter when there are many."""
        found = disagreements_of(self.library)
        lists = by_letter(found, lambda each: each[0].record.name) if len(found) > PAGE_LENGTH else {"": found}
        for here in lists:
            address, title = letter_address(DISAGREEMENTS, here, lists), letter_title(_DISAGREEMENTS_TITLE, here, lists)
            yield Draft(address, title, "", partial(self._disagreements, lists, here, address, title))

    def _disagreements(self, lists: Mapping[str, list[tuple[Item, int, Disagreement]]], here: str, address: str, title: str) -> Page:
        root = root_of(address)
        text = Texts(self, root)
        rows = [
            {
                "item": item,
                "address": f"{root}{address_of(item.kind.name, item.id)}#{part_anchor('disagreements', number, each.anchor)}",
                "topic": each.topic,
                "text": text.prose(each.text, said_by=item.id),
                "state": each.state,
            }
            for item, number, each in lists[here]
        ]
        states = [each.state for found in lists.values() for _, _, each in found]
        groups = [(state, words, [row for row in rows if row["state"] == state]) for state, words in (("open", "Still open"), ("settled", "Settled"))]
        body = self._templates.get_template("disagreements.html.jinja").render(
            title=title, groups=groups, open=states.count("open"), settled=states.count("settled"), root=root,
            letters=self.letters(lists, here, root, DISAGREEMENTS), references=self.listed(text.cited, root),
        )  # fmt: skip
        about = "Every place where sources contradict one another or are wrong, with both sides."
        headings = tuple(Heading(state, words) for state, words, group in groups if group)
        headings += (Heading("references", "References"),) if text.cited else ()
        return Page(address, title, body, headings, about, search=(SearchText("", title, about),))

    def foundations_page(self) -> Page:
        """The page on what depends on which work."""
        found = self.foundations
        held = [each for each in self.clusters if len(each.records) > 1]
        body = self._templates.get_template("foundations.html.jinja").render(
            title=_FOUNDATIONS_TITLE, found=found, total=found.total, losing=found.losing, used=len(frozenset().union(*found.cited.values())), kinds=KINDS,
            clusters=held, alone=len(self.clusters) - len(held), unused=unused_works(self.library, self.uses), work=self._work, known=self.known,
            places=lambda nodes: list(Counter((node.name, node.address) for node in nodes).items()), many=_MANY, long=_LONG, few=_FEW,
        )  # fmt: skip
        about = "Which works carry most of what is said here, what would be lost without them, and what has one source only."
        headings = (
            Heading("in-short", "In short"), Heading("most-used", "Most relied-on works"), Heading("lost", "What would be lost if a work were withdrawn"),
            Heading("single", "One source, one team, or several"), Heading("second-hand", "Works known only at second hand"),
            Heading("together", "Works cited together"), Heading("unused", "Works nobody uses"),
        )  # fmt: skip
        return Page(FOUNDATIONS, _FOUNDATIONS_TITLE, body, headings, about, search=(SearchText("", _FOUNDATIONS_TITLE, about),))

    @property
    def cited_together(self) -> list[frozenset[str]]:
        """Keys of the works that each record cites: what `networks.clusters` takes."""
        return list(self.foundations.cited.values())

    @cached_property
    def clusters(self) -> list[Cluster]:
        """Works that records tend to cite together."""
        if self.communities:
            return clusters_of(self.foundations.cited, self.communities())
        # Not at the top: networkx and numpy take a moment and 36 MiB, which whoever makes other pages should not pay for.
        from waymark.networks import clusters

        return clusters_of(self.foundations.cited, clusters(self.cited_together))

    def _work(self, key: str) -> dict[str, str]:
        page = self._reference_pages.get(key, "")
        return {"words": self.short(key), "address": f"../{page}" if page else ""}

    def checks(self) -> Page:
        """The page that explains every problem code, each with examples of a wrong and a right form."""
        groups: list[tuple[str, str, list[Code]]] = []
        for code in Code:
            if code in _GROUPS:
                groups.append((*_GROUPS[code], []))
            groups[-1][2].append(code)
        examples: dict[str, list[Mistake]] = {}
        for each in read_mistakes():
            examples.setdefault(each.code, []).append(each)
        body = self._templates.get_template("checks.html.jinja").render(title=_CHECKS_TITLE, groups=groups, examples=examples)
        about = "What each complaint of the checks means and what to do, with examples of a wrong and a right form."
        texts = [SearchText(code.id, code.id, " ".join([code.meaning, *(each.about for each in examples.get(code.id, ()))])) for code in Code]
        headings = tuple(Heading(anchor, words) for anchor, words, _ in groups)
        return Page(CHECKS, _CHECKS_TITLE, body, headings, about, search=(SearchText("", _CHECKS_TITLE, about), *texts))
