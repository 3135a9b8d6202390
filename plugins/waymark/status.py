"""The state of the knowledge base in figures: what is in it, what it rests on, how plain it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nlargest
from statistics import median

from waymark.anatomy import facts_of
from waymark.bibliography import VIA, Entry
from waymark.citations import Citation
from waymark.fields import NOT_REPORTED, Disagreement
from waymark.kinds import KINDS
from waymark.library import Item, Library
from waymark.models import is_expected, role_of, with_role

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# A full stop ends a sentence only if something like a new sentence follows, so that `e.g. this` and `2.3` do not.
_SENTENCE_END = re.compile(r"[.!?:;](?=\s+[“\"(]?[A-Z0-9])|[.!?]\s*$")
_NOT_SAID = ("basis", "relations")
"""Fields whose texts only say where something comes from."""


@dataclass(frozen=True, slots=True)
class KindStatus:
    """The state of the records of one kind."""

    plural: str
    records: int
    facts: int
    """Coded facts and rows of figures."""
    statements: int
    """Texts that say something: sections, parts, findings, disagreements."""
    citations: int
    """Citations in these texts that name a place in the source."""
    second_hand: int
    """Statements that rest only on works known through another work."""
    open: int
    """Contradictions between sources that are not settled."""
    settled: int
    coded: int
    """Fields for which somebody found something: facts, sections, lists of parts, tables."""
    not_reported: int
    """Fields for which somebody looked and the sources are silent."""
    not_yet_coded: int
    """Fields that readers expect and for which nobody has looked."""
    lix: float | None
    """Readability index of the summaries, the middle one; None without records."""


def status_of(library: Library, bare: Callable[[str], str]) -> list[KindStatus]:
    """The state of each kind, in the order of the kinds.

    Args:
        library: All records.
        bare: Gives the words of a text without its citations.
    """
    return [_of_kind(kind.plural, library.of_kind(kind.name), library.bibliography, bare) for kind in KINDS.values()]


def disagreements_of(library: Library) -> list[tuple[Item, int, Disagreement]]:
    """Every place where sources disagree or err, with its record and number there; those still open first."""
    found = [
        (item, number, each)
        for kind in KINDS
        for item in library.of_kind(kind)
        for number, each in enumerate(item.record.disagreements, 1)
    ]  # fmt: skip
    return sorted(found, key=lambda each: each[2].state != "open")


def hardest(library: Library, bare: Callable[[str], str], number: int = 10) -> list[tuple[Item, float]]:
    """The records whose summaries are the hardest to read, with their index, hardest first."""
    found = ((item, lix(bare(item.record.summary))) for item in library.items.values())
    return nlargest(number, found, key=lambda each: each[1])


def coverage_of(item: Item) -> Iterator[str]:
    """For each field of the page what is known: `coded`, `not reported`, `not yet coded`. An unexpected fact that is absent is left out."""
    record, model = item.record, type(item.record)
    for name in with_role(model, "fact", "section", "parts", "figures", "concerns"):
        value = getattr(record, name)
        if value in (NOT_REPORTED, (NOT_REPORTED,)):
            yield "not reported"
        elif value not in (None, ()):
            yield "coded"
        elif name != "limits" and (role_of(model, name) != "fact" or is_expected(model, name)):
            yield "not yet coded"


def is_second_hand(citations: Iterable[Citation], bibliography: Mapping[str, Entry]) -> bool:
    """True if there are citations and each is of a work known to us only through another."""
    known = [bool(each.via) or (each.key in bibliography and bibliography[each.key].known == VIA) for each in citations]
    return bool(known) and all(known)


def lix(text: str) -> float:
    """How hard a text is to read, by the readability index LIX of Björnsson (1968).

    Words per sentence, plus the share of words of more than six letters in per cent. Below 30 is very easy, 40 to 50
    is a newspaper, above 60 is very hard. It needs no count of syllables, on which programs differ widely.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


def _of_kind(plural: str, items: list[Item], bibliography: Mapping[str, Entry], bare: Callable[[str], str]) -> KindStatus:
    statements = [each for item in items for each in item.statements if each.loc[0] not in _NOT_SAID]
    disagreements = [each.state for item in items for each in item.record.disagreements]
    coverage = Counter(state for item in items for state in coverage_of(item))
    return KindStatus(
        plural=plural,
        records=len(items),
        facts=sum(len(facts_of(item)) + len(getattr(item.record, "figures", ())) for item in items),
        statements=len(statements),
        citations=sum(bool(each.place) for statement in statements for each in statement.citations()),
        second_hand=sum(is_second_hand(statement.citations(), bibliography) for statement in statements),
        open=disagreements.count("open"),
        settled=disagreements.count("settled"),
        coded=coverage["coded"],
        not_reported=coverage["not reported"],
        not_yet_coded=coverage["not yet coded"],
        lix=median(lix(bare(item.record.summary)) for item in items) if items else None,
    )
