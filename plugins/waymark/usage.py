"""Where each work is used: every statement that cites it, and the place in the work that it names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from waymark.citations import Citation, Stance
from waymark.documents import Path_
from waymark.library import Item, Library
from waymark.links import HEADINGS, part_anchor, section_anchor
from waymark.models import label_of, role_of


@dataclass(frozen=True, slots=True)
class Use:
    """One citation of a work."""

    id: str
    """The record or hand-written page that cites it."""
    anchor: str
    """Where on its page; empty for the top."""
    where: str
    """The heading there."""
    place: str
    """The place in the work; empty where the citation gives none."""
    stance: Stance
    through: str
    """Key of the work through which alone we know this one here, or empty."""
    for_work: str
    """Key of the work that is known only through this one here, or empty."""


def use_anchor(id: str) -> str:
    """Where on the page of a work stand the places that the record or page `id` uses."""
    return f"used-{id}"


def shown_works(library: Library) -> list[str]:
    """Keys of the works that have a page: those that are cited or were checked against, and those whose page was published."""
    against = {key for item in library.items.values() for key in item.record.checked.against}
    return [key for key in library.bibliography if key in library.citing or key in against or f"references/{key}/" in library.promises]


def uses_of(library: Library) -> Mapping[str, tuple[Use, ...]]:
    """For each key of the bibliography its uses, in the order of records and pages. One pass over all citations."""
    uses: defaultdict[str, dict[Use, None]] = defaultdict(dict)  # a dict keeps the order and each use once
    for item in library.items.values():
        for statement in item.statements:
            anchor, where = place_of(item, statement.loc)
            for citation in statement.citations():
                for key, use in _uses(citation, item.id, anchor, where):
                    uses[key][use] = None
    for page in library.pages.values():
        for citation in (citation for group in page.groups for citation in group.citations):
            for key, use in _uses(citation, page.id, "", ""):
                uses[key][use] = None
    return {key: tuple(found) for key, found in uses.items()}


def place_of(item: Item, loc: Path_) -> tuple[str, str]:
    """Anchor and heading of the place on a record's page where the text at `loc` stands."""
    model, name = type(item.record), str(loc[0])
    match loc:
        case ("summary",):
            return "", "Summary"
        case ("relations", *_):
            return "related", HEADINGS["related"]
        case ("evidence", *_):
            return "evidence", HEADINGS["evidence"]
        case ("retired", *_):
            return "", "Retired"
        case ("disagreements", int(number), *_):
            return part_anchor(name, number + 1, item.record.disagreements[number].anchor), HEADINGS["disagreements"]
        case ("basis", str(field), *_):
            return (section_anchor(field), label_of(model, field)) if role_of(model, field) == "parts" else ("at-a-glance", HEADINGS["at-a-glance"])
        case (_, int(number), *_) if role_of(model, name) == "parts":
            part = getattr(item.record, name)[number]
            return part_anchor(name, number + 1, part.anchor), f"{label_of(model, name)}: {part.title}"
    return section_anchor(name), label_of(model, name)


def _uses(citation: Citation, id: str, anchor: str, where: str) -> Iterator[tuple[str, Use]]:
    yield citation.key, Use(id, anchor, where, citation.locator, citation.stance, citation.via, "")
    if citation.via:
        yield citation.via, Use(id, anchor, where, citation.via_locator, citation.stance, "", citation.key)
