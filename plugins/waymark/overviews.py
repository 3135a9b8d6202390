"""Pages about the knowledge base as a whole: its connections, its state, its disagreements, its checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import cached_property, partial

from waymark import evidence_map as maps
from waymark.bibliography import READ_IN_FULL, READ_IN_PART
from waymark.comparisons import Comparisons
from waymark.connections import knowledge_graph, words_of
from waymark.evidence import CHANGING, EFFECT, WORDS, Stage
from waymark.explorer import to_explorer
from waymark.fields import Disagreement
from waymark.foundations import Cluster, clusters_of, unused_works
from waymark.graph import Graph
from waymark.kinds import KINDS
from waymark.library import Item
from waymark.links import HEADINGS, MENTIONS, address_of, part_anchor
from waymark.pages import Download, Draft, Heading, Page, SearchText, text_file
from waymark.pieces import Texts, root_of
from waymark.problems import Code
from waymark.relations import RELATIONS
from waymark.status import KindStatus, disagreements_of, hardest, status_of
from waymark.tables import PAGE_LENGTH, by_letter, filters_of, letter_address, letter_title

_HOW_KNOWN = {READ_IN_FULL: "Read in full", READ_IN_PART: "Read in part, often the abstract or a web page"}
CHECKS, DISAGREEMENTS, EVIDENCE_MAP, EXPLORER, FOUNDATIONS, STATUS = "checks/", "disagreements/", "evidence-map/", "explorer/", "foundations/", "status/"
_FOUNDATIONS_TITLE = "What this knowledge base rests on"
_CHECKS_TITLE, _DISAGREEMENTS_TITLE, _STATUS_TITLE = "What the checks say", HEADINGS["disagreements"], "State of the knowledge base"
_EXPLORER_TITLE, _MAP_TITLE = "Explore the connections", "Evidence map"

_MANY, _LONG, _FEW = 30, 100, 20
"""Rows of a table on show; rows of one that is a plain list; places under one work. The rest is counted."""


class Overviews(Comparisons):
    """Makes the pages about the whole."""

    communities: Callable[[], list[frozenset[str]]] | None = None
    """Gives `networks.clusters` of `cited_together`, where that is worked out elsewhere."""

    def overviews(self) -> Iterable[Draft]:
        """Every page about the whole."""
        yield from self.disagreement_pages()
        yield Draft(EVIDENCE_MAP, _MAP_TITLE, "", self.evidence_map)
        yield Draft(EXPLORER, _EXPLORER_TITLE, "", self.explorer)
        yield Draft(STATUS, _STATUS_TITLE, "", self.status)
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
        labels = [name.capitalize() for name in maps.FACTS]
        dimensions = {anchor: self.link(name, maps.THEORY, anchor, root) if anchor != maps.OTHER else name for anchor, name in maps.DIMENSIONS.items()}
        body = self._templates.get_template("evidence-map.html.jinja").render(
            title=_MAP_TITLE, map=found, root=root, labels=labels, filters=filters_of(labels, (row.facts for row in found.rows)), stages=WORDS, effect=EFFECT,
            names=maps.DIMENSIONS, dimensions=dimensions, places=maps.PLACES, studied=Stage.STUDIED, measured=Stage.MEASURED, compared=Stage.COMPARED,
            theory=self.link("dimensions of exit outcomes", maps.THEORY, "", root), kinds=[KINDS[kind].plural for kind in CHANGING],
        )  # fmt: skip
        about = "All programmes and practices by six questions: what has been described, studied, measured or compared, and where research is missing."
        headings = (Heading("missing", "Where research is missing"), Heading("dimensions", "How outcomes were sorted"))
        return Page(EVIDENCE_MAP, _MAP_TITLE, body, headings, about, search=(SearchText("", _MAP_TITLE, f"{about} Gaps in research, wall chart."),))

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

    def status(self) -> Page:
        """The page on the state of the knowledge base."""
        bare = Texts(self, "../").bare
        rows = status_of(self.library, bare)
        total = {each.name: sum(getattr(row, each.name) for row in rows) for each in fields(KindStatus) if each.type == "int"}
        known = Counter(_HOW_KNOWN.get(entry.known, "Known to us only through another work") for entry in self.library.bibliography.values())
        body = self._templates.get_template("status.html.jinja").render(
            rows=rows, total=total, known=sorted(known.items()),
            hardest=[{"item": item, "lix": lix, "address": f"../{address_of(item.kind.name, item.id)}"} for item, lix in hardest(self.library, bare)],
        )  # fmt: skip
        about = "How much is in this knowledge base, what it rests on, and how plain its English is."
        headings = (Heading("kinds", "What is in it"), Heading("works", "What it rests on"), Heading("hardest", "Hardest summaries"))
        return Page(STATUS, _STATUS_TITLE, body, headings, about, search=(SearchText("", _STATUS_TITLE, about),))

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
        """The page that explains every problem code."""
        body = self._templates.get_template("checks.html.jinja").render(codes=list(Code))
        about = "What each complaint of the checks means and what to do."
        texts = [SearchText(code.id, code.id, code.meaning) for code in Code]
        return Page(CHECKS, _CHECKS_TITLE, body, (), about, search=(SearchText("", _CHECKS_TITLE, about), *texts))
