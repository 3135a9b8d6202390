"""Pages that are no longer kept up: what their record must say, and who may still link to them.

A retired page stays at its address. That is about our page: a programme that has ended in the world has `status: ended`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from waymark.fields import Retired
from waymark.links import MENTIONS, PAGE, Link
from waymark.problems import Code, article, choices, short, suggest
from waymark.statements import Fault

WORD = "retired"
"""Who links to a retired page on purpose says so with this word, in the words of the link or in the note of the relation."""
_FOR_ONE_ANOTHER = frozenset({"programme", "practice"})
"""Kinds that a record may pass between: a way of working may become a programme."""

RetiredIds = Mapping[str, Retired]
"""What is said of each retired record, by its id."""


def successor_faults(id: str, kinds: Mapping[str, str], retired: RetiredIds) -> Iterator[Fault]:
    """What is wrong with the record that a retired one names in its place.

    Args:
        id: The retired record.
        kinds: The kind of everything that can be linked to, by id.
        retired: All retired records.
    """
    loc = ("retired", "replaced_by")
    successor = retired[id].replaced_by
    if successor is None:
        return
    if successor == id:
        fix = "Name the record that readers should use now, or delete the line if there is none."
        yield Fault(Code.BAD_SUCCESSOR, "The page says that it is replaced by itself.", fix, loc=loc)
    elif successor not in kinds:
        fix = suggest(successor, kinds) or "Look for the id in the address of the page. Delete the line if nothing replaces it."
        yield Fault(Code.UNKNOWN_LINK, f"'{short(successor)}' is not the id of a record.", fix, loc=loc)
    elif not _may_replace(kinds[id], kinds[successor]):
        what = "a hand-written page" if kinds[successor] == PAGE else article(kinds[successor])
        fitting = choices(sorted(_FOR_ONE_ANOTHER)) if kinds[id] in _FOR_ONE_ANOTHER else kinds[id]
        fix = f"Name {article(fitting)}. You can link to anything else in `reason`, as [words][{successor}]."
        yield Fault(Code.WRONG_KIND, f"'{successor}' is {what} and cannot replace {article(kinds[id])}.", fix, loc=loc)
    elif successor in retired:
        last = _last(successor, retired)
        fix = f"Name '{last}', which is current." if last else "Name a record that is current, or delete the line if there is none."
        yield Fault(Code.BAD_SUCCESSOR, f"'{successor}' is retired too, so readers would be sent on again.", fix, loc=loc)


def retired_fault(link: Link, text: str, retired: RetiredIds) -> Fault | None:
    """Advice for a link that leads to a retired page as if it were current.

    Args:
        link: The link.
        text: The text it stands in, if it is a mention.
        retired: All retired records.
    """
    said = retired.get(link.target)
    if said is None or link.source in retired or link.source == said.replaced_by or WORD in _words_of(link, text).lower():
        return None
    message = f"The link leads to '{link.target}', which is retired since {said.on}."
    fix = f"Link to '{said.replaced_by}', which replaces it" if said.replaced_by else "Take the link out"
    where = "in the words of the link" if link.relation == MENTIONS else "in the `note` of the relation"
    fix += f". If you mean the old page, say “{WORD}” {where}."
    if link.relation == MENTIONS:
        return Fault(Code.RETIRED_LINK, message, fix, link.target, link.start)
    return Fault(Code.RETIRED_LINK, message, fix, loc=("to",))


def _words_of(link: Link, text: str) -> str:
    """What a reader sees of a link: its words, the note of a relation, the caption of a marker."""
    if link.relation != MENTIONS:
        return link.note
    before = text[: link.start]
    return before[:-2].rpartition("[")[2] if before.endswith("][") else text[link.start :].partition("]]")[0]


def _may_replace(kind: str, successor: str) -> bool:
    return kind == successor or {kind, successor} <= _FOR_ONE_ANOTHER


def _last(id: str, retired: RetiredIds) -> str:
    """The record at the end of a chain of successors, if it is current."""
    seen = {id}
    while id in retired:
        id = retired[id].replaced_by or ""
        if not id or id in seen:
            return ""
        seen.add(id)
    return id
