"""How one record can stand to another: one table, read by checks, pages and graphs."""

from __future__ import annotations

from dataclasses import dataclass

ANY = frozenset(
    {
        *("programme", "theory", "factor", "principle", "practice", "recommendation", "tool"),
        *("statistic", "case", "term", "organisation", "exercise", "question", "finding"),
    }
)
_DOING = frozenset({"programme", "practice"})
_BODY = frozenset({"organisation"})


@dataclass(frozen=True)
class RelationType:
    """A relation: its headings seen from either end, and the kinds it may join."""

    forward: str
    """Heading on the page of the record that states the relation."""
    backward: str
    """Heading on the page of the record it points at."""
    sources: frozenset[str] = ANY
    targets: frozenset[str] = ANY


RELATIONS: dict[str, RelationType] = {
    "based_on": RelationType("Based on", "Basis of", targets=frozenset({"theory", "principle", "statistic"})),
    "modelled_on": RelationType("Modelled on", "Model for", sources=_DOING, targets=_DOING),
    "applies": RelationType("Applies the principle", "Applied by", targets=frozenset({"principle"})),
    "addresses": RelationType("Addresses", "Addressed by", targets=frozenset({"factor", "question"})),
    "aims_at": RelationType("Aims at", "Aimed at by", targets=frozenset({"term"})),
    "run_by": RelationType("Run by", "Runs", targets=_BODY),
    "developed_by": RelationType("Developed by", "Developed", targets=_BODY),
    "issued_by": RelationType("Issued by", "Issued", targets=_BODY),
    "strengthens": RelationType("Strengthens", "Strengthened by", targets=frozenset({"factor", "principle"})),
    "weakens": RelationType("Weakens", "Weakened by", targets=frozenset({"factor"})),
    "uses": RelationType("Uses", "Used by", targets=_DOING | {"tool"}),
    "works_with": RelationType("Works with", "Works with", sources=_DOING, targets=_DOING),
    "part_of": RelationType("Part of", "Includes"),
    "names": RelationType("Names", "Named by"),
    "defines": RelationType("Gives a meaning to", "Given a meaning by", targets=frozenset({"term"})),
    "about": RelationType("About", "Subject of"),
    "quantifies": RelationType("Gives figures for", "Figures in", sources=frozenset({"statistic"})),
    "classifies": RelationType("Classifies", "Classified by", sources=frozenset({"theory"}), targets=frozenset({"factor"})),
    "belongs_to": RelationType("Belongs to", "Covers", sources=frozenset({"factor", "theory", "principle"}), targets=frozenset({"theory"})),
    "illustrates": RelationType("Illustrates", "Illustrated by", sources=_DOING | {"case", "tool"}),
    "complements": RelationType("Complements", "Complemented by"),
    "qualifies": RelationType("Qualifies", "Qualified by"),
    "in_tension_with": RelationType("In tension with", "In tension with"),
    "replaced_by": RelationType("Replaced by", "Replaces"),
    "related_to": RelationType("Related to", "Related to"),
}

MENTION = RelationType("Mentions", "Mentioned by")
"""A link in running text. Not in the table: nobody writes it down, it follows from the text."""
