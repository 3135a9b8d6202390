"""The relations between a few records that somebody names, as stars: a record in the midst, and what is linked with it.

Drawn as stars, one below the other, no two lines ever cross. Each relation is drawn once, and the records with most
relations come to stand in the midst, so that few records are drawn more than once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from waymark.anatomy import Neighbour, Neighbours, grouped, way_of
from waymark.library import Library
from waymark.links import Link, anchors_of
from waymark.relations import RELATIONS

_WEAKEST = "related_to"
_End = tuple[str, str]
"""A record and a place in it: id and anchor."""


@dataclass(frozen=True, slots=True)
class Star:
    """A record, or a place in it, with what is linked with it."""

    id: str
    anchor: str
    groups: tuple[Neighbours, ...]


def links_among(library: Library, ids: Sequence[str]) -> list[Link]:
    """The typed relations between some records, in the order of the ids.

    `related_to` says less than any other relation, so it counts only between two records that no other joins. A relation
    that reads the same from either end and is stated at both counts once, with the reason given first.
    """
    named = frozenset(ids)
    found = [link for id in ids for link in library.outgoing.get(id, ()) if link.relation in RELATIONS and link.target in named]
    joined = {frozenset((link.source, link.target)) for link in found if link.relation != _WEAKEST}
    once: dict[object, Link] = {}
    for link in found:
        if link.relation != _WEAKEST or frozenset((link.source, link.target)) not in joined:
            once.setdefault((link.relation, frozenset(_ends(link)) if way_of(RELATIONS[link.relation].forward) == "both" else _ends(link)), link)
    return list(once.values())


def stars_of(library: Library, ids: Sequence[str]) -> list[Star]:
    """The relations between some records as stars, in the order of the ids and of the places in a record."""
    left = links_among(library, ids)
    places = {id: ["", *anchors_of(library.items[id].record)] for id in ids if id in library.items}
    order: dict[_End, int] = {end: number for number, end in enumerate((id, anchor) for id in places for anchor in places[id])}
    found: dict[_End, Star] = {}
    while left:
        counted = Counter(end for link in left for end in _ends(link))
        middle = min(counted, key=lambda end: (-counted[end], order[end]))
        rays = [link for link in left if middle in _ends(link)]
        found[middle] = Star(*middle, tuple(grouped(_ray(link, middle) for link in rays)))
        left = [link for link in left if middle not in _ends(link)]
    return [found[end] for end in sorted(found, key=lambda end: order[end])]


def _ends(link: Link) -> tuple[_End, _End]:
    return (link.source, ""), (link.target, link.anchor)


def _ray(link: Link, middle: _End) -> tuple[str, Neighbour]:
    source, target = _ends(link)
    relation = RELATIONS[link.relation]
    if middle == source:
        return relation.forward, Neighbour(*target, link.basis, link.note, link.source)
    return relation.backward, Neighbour(*source, link.basis, link.note, link.source)
