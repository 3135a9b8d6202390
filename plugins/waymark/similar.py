"""Records that may be about the same thing as a new one: same or similar name, same country, same rare source.

A guess for a person to look at, never a verdict: each likely twin comes with its reasons in words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice

from waymark.citations import keys_in
from waymark.countries import names as country_names
from waymark.library import Item, Library
from waymark.problems import article, choices

LIKELY = 0.5
"""Weight from which a record is worth a look."""
_SAME_NAME, _SAME_ID, _NEAR_NAME, _WITHIN_NAME, _INITIALS = 1.0, 1.0, 0.6, 0.5, 0.4
_COUNTRY, _SOURCE, _MOST_SOURCES, _ELSEWHERE = 0.15, 0.35, 0.7, -0.15
_OTHER_KIND, _AKIN = 0.4, 0.8
_KINDS_AKIN = frozenset({"programme", "practice", "tool"})
"""Kinds that one thing may be taken for; a term and a principle of the same name stand beside one another on purpose."""
_NEAR = 0.84
"""Share of letters that two names have in common, from which they are near one another."""
_NEAR_WORD = 0.7
"""The same for two words of such names."""
_RARE = 3
"""A work that more records than this rest on says nothing about what they are about."""
_EMPTY_WORDS = frozenset(
    [
        *("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"),
        *("de", "la", "le", "het", "van", "der", "die", "das", "und"),
        *("programme", "program", "project", "initiative", "practice"),
    ]
)
"""Words of a name that say little about what it names."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of a record that is new or changed."""

    name: str
    other_names: tuple[str, ...] = ()
    """All other names, the short one too."""
    id: str = ""
    """Its id; the record of this id is not its own twin."""
    kind: str = ""
    """Name of its kind; empty if that does not matter."""
    countries: tuple[str, ...] = ()
    sources: frozenset[str] = frozenset()
    """Keys of the works it rests on: those it was checked against, and those of its coded findings."""

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it is called."""
        return (self.name, *self.other_names)


@dataclass(frozen=True, slots=True)
class Twin:
    """A record that may be about the same thing."""

    item: Item
    weight: float
    """How much speaks for it; for ordering only."""
    reasons: tuple[str, ...]
    """What speaks for it, each in a few words: `the same name: “Back on Track”`."""


def candidate_of(item: Item) -> Candidate:
    """A record as it is compared with others."""
    record = item.record
    countries = getattr(record, "countries", None)
    found = {key for each in getattr(record, "evidence", ()) for key in keys_in(each.source)}
    return Candidate(
        name=record.name,
        other_names=(*filter(None, [record.short_name]), *record.other_names),
        id=item.id,
        kind=item.kind.name,
        countries=countries if isinstance(countries, tuple) else (),
        sources=frozenset(record.checked.against) | found,
    )


def twins(library: Library, candidate: Candidate, most: int = 5) -> list[Twin]:
    """Records that may be about the same thing as a candidate, the likeliest first.

    Args:
        library: All records; that of the candidate's own id is left out.
        candidate: What is known of the new record.
        most: How many to give at most.
    """
    rare = {key for key in candidate.sources if len(library.citing.get(key, ())) <= _RARE + 1}
    found = []
    for item in library.items.values():
        if item.id == candidate.id:
            continue
        twin = _compared(item, candidate_of(item), candidate, rare)
        if twin.weight >= LIKELY:
            found.append(twin)
    return list(islice(sorted(found, key=lambda twin: (-twin.weight, twin.item.id)), most))


def _compared(item: Item, other: Candidate, candidate: Candidate, rare: set[str]) -> Twin:
    weight, reason = _name_weight(candidate, other, item.record.former_ids)
    reasons = [reason] if reason else []
    if shared := sorted(rare & other.sources):
        weight += min(_SOURCE * len(shared), _MOST_SOURCES)
        reasons.append(f"rests on the same work{'s' * (len(shared) > 1)}, which few other records use: {_listed(shared)}")
    if reasons and candidate.countries and other.countries:
        both = [code for code in candidate.countries if code in other.countries]
        weight += _COUNTRY if both else _ELSEWHERE
        reasons += [f"the same country: {_listed(country_names().get(code, code) for code in both)}"] if both else []
    if candidate.kind and candidate.kind != item.kind.name:
        weight *= _AKIN if {candidate.kind, item.kind.name} <= _KINDS_AKIN else _OTHER_KIND
        if reasons:
            reasons.append(f"but it is {article(item.kind.name)}, not {article(candidate.kind)}")
    return Twin(item, round(weight, 3), tuple(reasons))


def _name_weight(candidate: Candidate, other: Candidate, former_ids: Iterable[str]) -> tuple[float, str]:
    """How near the names of two records are, and in what; 0 if they are not."""
    if candidate.id and candidate.id in former_ids:
        return _SAME_ID, f"its id was “{candidate.id}” before"
    best, reason = 0.0, ""
    for ours, theirs in _pairs(candidate, other):
        weight, words = _nearness(ours, theirs)
        if weight > best:
            best, reason = weight, words
    return best, reason


def _pairs(candidate: Candidate, other: Candidate) -> Iterator[tuple[str, str]]:
    for ours in candidate.names:
        for theirs in other.names:
            yield ours, theirs


def _nearness(ours: str, theirs: str) -> tuple[float, str]:
    one, two = _bare(ours), _bare(theirs)
    if not one or not two:
        return 0, ""
    if one == two:
        return _SAME_NAME, f"the same name: “{theirs}”"
    shorter, longer = sorted((_words(one), _words(two)), key=len)
    if len(shorter) >= 2 and set(shorter) <= set(longer):
        return _WITHIN_NAME + 0.1 * (len(shorter) / len(longer)), f"one name holds the words of the other: “{theirs}”"
    if min(len(one), len(two)) >= 5 and _ratio(one, two) >= _NEAR and _differ_in_spelling(one, two):
        return _NEAR_NAME, f"a name that is nearly the same: “{theirs}”"
    if min(len(one), len(two)) >= 3 and (_initials(one) == two or one == _initials(two)):
        return _INITIALS, f"the first letters of one name make the other: “{theirs}”"
    return 0, ""


def _ratio(one: str, two: str) -> float:
    if 2 * min(len(one), len(two)) < _NEAR * (len(one) + len(two)):
        return 0  # they differ too much in length to be worth the comparison
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _NEAR else 0


def _differ_in_spelling(one: str, two: str) -> bool:
    """True unless two names differ in a number, or in a word that is another one: `Learning point 1` and `2`, a Danish and a Swedish service."""
    if re.findall(r"\d+", one) != re.findall(r"\d+", two):
        return False
    others = set(one.split()) ^ set(two.split())
    if one.replace(" ", "") == two.replace(" ", ""):
        return True
    return all(any(SequenceMatcher(None, word, other, autojunk=False).ratio() >= _NEAR_WORD for other in others - {word}) for word in others)


@lru_cache(maxsize=8192)
def _bare(name: str) -> str:
    """A name without accents, capitals and punctuation."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(each for each in letters if not unicodedata.combining(each))))


@lru_cache(maxsize=8192)
def _words(bare: str) -> tuple[str, ...]:
    return tuple(word for word in dict.fromkeys(bare.split()) if word not in _EMPTY_WORDS)


def _initials(bare: str) -> str:
    return "".join(word[0] for word in bare.split())


def _listed(words: Iterable[str]) -> str:
    return choices(list(words)).replace(" or ", " and ")
