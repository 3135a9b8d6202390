"""The names of authors and editors, as references and citations print them. pybtex takes them apart."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile

from pybtex.database import Person

from waymark.bibliography import Entry

_MANY = 20
"""Up to this many authors are all named; of more, the first 19 and the last (9.8)."""
OTHERS = "others"
"""BibTeX's `and others`: further authors whose names were not seen."""


@lru_cache(maxsize=4096)
def people_of(names: str) -> tuple[Person, ...]:
    """The people and bodies of a field such as `author`."""
    return tuple(Person(name) for name in _split_names(names))


def _split_names(names: str) -> list[str]:
    """Names divided at `and` outside braces."""
    found, depth, current = [], 0, ""
    for word in names.split():
        depth += word.count("{") - word.count("}")
        if word == "and" and depth == 0:
            found.append(current.strip())
            current = ""
        else:
            current += word + " "
    return [name for name in [*found, current.strip()] if name]


def family(person: Person) -> str:
    """Surname with its particles; of a body the whole name."""
    if not person.first_names and not person.prelast_names:
        return " ".join(person.last_names).strip("{}")
    return " ".join([*person.prelast_names, *person.last_names]).replace("{", "").replace("}", "")


def initials(person: Person) -> str:
    """Given names as initials: `J.-P. A.`"""
    given = [*person.first_names, *person.middle_names]
    return " ".join("-".join(f"{part[0]}." for part in name.split("-") if part) for name in given)


def inverted(person: Person) -> str:
    """As in a reference: `van der Heide, L.`"""
    suffix = " ".join(person.lineage_names)
    return ", ".join(filter(None, (family(person), initials(person), suffix)))


def listed(names: list[str], *, comma: bool = True) -> str:
    """Names in a row, with `&` before the last. `comma` says whether one stands between two names too, as after initials (9.8)."""
    if len(names) > 1 and names[-1] == OTHERS:
        return f"{', '.join(names[:-1])}, et al."
    if len(names) > _MANY:
        return f"{', '.join(names[: _MANY - 1])}, … {names[-1]}"
    *rest, last = names
    return f"{', '.join(rest)}{',' if comma or len(rest) > 1 else ''} & {last}" if rest else last


def creators_of(entry: Entry) -> str:
    """What stands in the author's place: authors, else editors, else the body that published the work (9.7 to 9.12).

    Empty for an article of which the authors are not known: there the title takes their place (9.12).
    """
    return entry["author"] or entry["editor"] or next((f"{{{entry[name]}}}" for name in ("institution", "publisher") if entry[name]), "")


def names_needed(entries: Sequence[Entry]) -> list[int]:
    """How many authors must be named in citations of works that look alike when only the first is (8.18); 1 where the authors are the same."""
    surnames = [tuple(family(person) for person in people_of(creators_of(entry)) if family(person) != OTHERS) for entry in entries]
    different = set(surnames)
    found = []
    for names in surnames:
        needed = max((_shared(names, others) for others in different - {names}), default=0) + 1
        # “et al.” stands for several: one author who would be left is named too.
        found.append(len(names) if len(different) > 1 and len(names) > 2 and needed >= len(names) - 1 else min(needed, len(names)))
    return found


def _shared(some: Sequence[str], others: Sequence[str]) -> int:
    """How many names two lists have in common before they differ."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(some, others, strict=False)))


def who(entry: Entry, shared: frozenset[str] = frozenset(), named: int = 1) -> str:
    """Authors as in a citation (8.17): one or two by name, of more the first, or as many as must be `named`, and “et al.”."""
    people = people_of(creators_of(entry))
    families = [family(person) for person in people]
    if not families:
        return f"“{unbraced(entry['title']).split(': ')[0]}”"
    first = f"{initials(people[0])} {families[0]}".lstrip() if families[0] in shared else families[0]
    shown = [first, *families[1:]]
    if len(families) > max(2, named) or families[-1] == OTHERS:
        return f"{', '.join(shown[:named])}{',' if named > 1 else ''} et al."
    return listed(shown, comma=False)


def unbraced(text: str) -> str:
    """A value without the braces that protect capitals."""
    return text.replace("{", "").replace("}", "")
