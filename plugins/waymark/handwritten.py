"""What goes into pages that are written by hand, and lists of linked pages, which these and the pages of records show."""

from __future__ import annotations

from collections.abc import Iterable

from waymark.agreement import agreement_of
from waymark.anatomy import Neighbour, Neighbours, neighbours_of, sections_of, title_of
from waymark.appraisal import ASKED, NOT_APPRAISED, counted
from waymark.cautions import CAUTIONS
from waymark.evidence import DIRECTIONS, ELSEWHERE, HEADLINES, HIDDEN, UNCERTAIN
from waymark.insets import Inset
from waymark.kinds import KINDS
from waymark.library import Item
from waymark.links import HEADINGS
from waymark.markers import AGREEMENT_MARKER, APPRAISAL_MARKER, RULES_MARKER, SPECIMEN_MARKER, Marker, find_markers
from waymark.neighbourhood import Group, Related, drawn
from waymark.pictures import links_among, stars_of
from waymark.pieces import Pieces, Texts
from waymark.relations import RELATIONS
from waymark.specimen import example
from waymark.stages import QUESTIONS, SAYS, WORDS, Stage

_WHOLE = 10_000
"""Characters of a line that is broken by the page alone."""


class HandWritten(Pieces):
    """Makes what hand-written pages ask for."""

    def insets(self, markdown: str, root: str, id: str) -> tuple[list[Inset], list[str]]:
        """What takes the place of citations, record links and markers in the hand-written page `id`, and the keys it cites."""
        text = Texts(self, root, id=id)
        insets = text.insets(markdown)
        markers = enumerate(find_markers(markdown), 1)
        insets += [Inset(marker.start, marker.end, self._in_place_of(marker, f"picture-{number}", text, root)) for number, marker in markers]
        return insets, list(text.cited)

    def _in_place_of(self, marker: Marker, id: str, text: Texts, root: str) -> str:
        if marker.name == SPECIMEN_MARKER:
            kind = KINDS[marker.ids[0][0]]
            return self._templates.get_template("specimen.html.jinja").render(kind=kind, lines=example(kind, width=_WHOLE).rstrip("\n").split("\n"))
        if marker.name == AGREEMENT_MARKER:
            return self._templates.get_template("agreement.html.jinja").render(rows=agreement_of(self.library))
        if marker.name == APPRAISAL_MARKER:
            evidence = (each for item in self.library.items.values() for each in getattr(item.record, "evidence", ()))
            found = counted(evidence, self.library.bibliography)
            return self._templates.get_template("appraisal.html.jinja").render(asked=ASKED, done=found.pop(""), missing=found, reasons=NOT_APPRAISED)
        return self._profile_rules() if marker.name == RULES_MARKER else self._picture(marker, id, text, root)

    def _profile_rules(self) -> str:
        """The rules of the evidence profile, as its module has them."""
        alike: dict[tuple[str, ...], list[str]] = {}
        for question in QUESTIONS:
            alike.setdefault(SAYS[question], []).append(question)
        bounds = zip(HEADLINES.items(), (max(Stage) + 1, *HEADLINES), strict=False)
        tops = [([WORDS[each][0] for each in Stage if lowest <= each < above], words) for (lowest, words), above in bounds]
        special = (
            ("Compared, but everything compared differs from what the page describes", ELSEWHERE.format(studied="…")),
            ("Compared, and a caution hides the direction", HIDDEN.format(why="…", missing="…")),
        )
        return self._templates.get_template("profile-rules.html.jinja").render(
            stages=WORDS, most=max(Stage), says=[(questions, said) for said, questions in alike.items()], cautions=CAUTIONS,
            directions=DIRECTIONS, uncertain=UNCERTAIN, tops=tops, special=special,
        )  # fmt: skip

    def _picture(self, marker: Marker, id: str, text: Texts, root: str) -> str:
        ids = [named for named, _ in marker.ids]
        stars = [(self.related(star.id, star.anchor, root), self.groups(star.groups, root)) for star in stars_of(self.library, ids)]
        rows = [
            {
                "source": self.related(link.source, "", root),
                "relation": RELATIONS[link.relation].forward,
                "target": self.related(link.target, link.anchor, root),
                "basis": link.basis,
                "said_by": link.source,
            }
            for link in links_among(self.library, ids)
        ]
        drawing = self.drawing(drawn(stars), id, marker.caption, "Each record at the head of a branch, with what is linked with it.", "table", marker.caption)
        return self._templates.get_template("picture.html.jinja").render(drawing=drawing, caption=marker.caption, rows=rows, inline=text.inline)

    def bibliography(self, keys: Iterable[str], root: str, id: str) -> str:
        """The list of references that closes the hand-written page `id`; empty without keys."""
        listed = self.listed(dict.fromkeys(keys), root, id)
        return self._templates.get_template("bibliography.html.jinja").render(references=listed) if listed else ""

    # Lists ------------------------------------------------------------------------------------------

    def neighbours(self, item: Item, root: str) -> list[Group]:
        """What a record is linked with, as its page lists and draws it."""
        return self.groups(neighbours_of(self.library, item.id), root)

    def groups(self, groups: Iterable[Neighbours], root: str) -> list[Group]:
        """Neighbours with their names and addresses, as they are listed and drawn."""
        return [Group(group.heading, group.way, tuple(self.related(each.id, each.anchor, root, each) for each in group.members)) for group in groups]

    def related(self, id: str, anchor: str, root: str, link: Neighbour | None = None) -> Related:
        """A record, hand-written page or place in a record, as something to be listed or drawn, with what is said of the link to it."""
        title = title_of(self.library, id) + (f": {self._anchor_words(id, anchor)}" if anchor else "")
        kind = self.library.items[id].kind.name if id in self.library.items else "page"
        # The title says that a page is retired, so lists and drawings do.
        return Related(title, f"{root}{self.address(id)}{f'#{anchor}' if anchor else ''}", kind, *((link.basis, link.note, link.said_by) if link else ()))

    def _anchor_words(self, id: str, anchor: str) -> str:
        if anchor in HEADINGS:
            return HEADINGS[anchor]
        for section in sections_of(self.library.items[id]):
            for part in (part for group in section.groups for part in group.parts):
                if part.anchor == anchor:
                    return part.title
            if section.anchor == anchor:
                return section.heading
        return anchor
