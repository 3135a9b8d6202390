"""References and citations in the form of APA 7 (Publication Manual, 7th edition, chapters 8 to 10).

One template per entry type, in pybtex's template language; names are taken apart by pybtex too. A
field that is not there leaves no trace, because in this field half of the works lack something. Titles are
printed as the bibliography writes them, so they are written there in sentence case, as the Manual asks (6.17).
"""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from pybtex.backends.html import Backend
from pybtex.database import Entry as PybtexEntry
from pybtex.database import Person
from pybtex.richtext import Text
from pybtex.style.template import field, first_of, href, join, node, optional, sentence, tag, words

from waymark.bibliography import Entry
from waymark.citations import Citation

NO_DATE = "n.d."
_MANY = 20
"""Up to this many authors are all named; of more, the first 19 and the last (9.8)."""
_HTML = Backend("utf-8")


@dataclass(frozen=True)
class Reference:
    """One entry, ready to be shown."""

    key: str
    html: str
    """The whole reference as safe HTML."""
    text: str
    """The same without markup."""
    who: str
    """Authors as in a citation: `Papp & Örell`."""
    year: str
    """Year as in a citation, with its letter: `2020a`, `n.d.-b`."""


class References:
    """The bibliography in APA form. An entry is formatted when it is first asked for."""

    def __init__(self, bibliography: Mapping[str, Entry]) -> None:
        self._bibliography = bibliography
        self._years = years(bibliography)
        self._made: dict[str, Reference] = {}

    def __getitem__(self, key: str) -> Reference:
        """The reference of a key that is in the bibliography."""
        if key not in self._made:
            self._made[key] = _reference(self._bibliography[key], self._years[key])
        return self._made[key]

    def sorted(self, keys: Mapping[str, Any] | set[str] | list[str]) -> list[Reference]:
        """The references of some keys in the order of a reference list (9.44): authors, then year, then title."""
        return sorted((self[key] for key in keys), key=lambda each: (_sortable(each.text), each.key))

    def in_text(self, citation: Citation) -> str:
        """A citation as running text without brackets: `Papp & Örell, 2021, p. 15`; `via` becomes `as cited in` (8.6)."""
        words_ = self._mention(citation.key, citation.locator)
        if citation.via:
            words_ += f", as cited in {self._mention(citation.via, citation.via_locator)}"
        return words_

    def _mention(self, key: str, locator: str) -> str:
        if key not in self._bibliography:
            return key
        reference = self[key]
        return ", ".join(filter(None, (reference.who, reference.year, locator)))


def years(bibliography: Mapping[str, Entry]) -> dict[str, str]:
    """The year of each entry as it is cited; works of the same authors and year get letters in the order of their titles (8.19)."""
    alike: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in bibliography.values():
        alike[_who(entry), entry["year"] or NO_DATE].append(entry)
    found: dict[str, str] = {}
    for (_, year), entries in alike.items():
        hyphen = "-" if year == NO_DATE else ""
        for place, entry in enumerate(sorted(entries, key=lambda entry: _sortable(entry["title"]))):
            found[entry.key] = f"{year}{hyphen}{_letter(place)}" if len(entries) > 1 else year
    return found


def _letter(place: int) -> str:
    return (_letter(place // 26 - 1) if place >= 26 else "") + chr(ord("a") + place % 26)


def _sortable(text: str) -> str:
    folded = text.casefold().lstrip("[“\"'")
    return next((folded.removeprefix(article) for article in ("a ", "an ", "the ") if folded.startswith(article)), folded)


# Names ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _people(names: str) -> tuple[Person, ...]:
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


def _family(person: Person) -> str:
    if not person.first_names and not person.prelast_names:
        return " ".join(person.last_names).strip("{}")
    return " ".join([*person.prelast_names, *person.last_names]).replace("{", "").replace("}", "")


def _initials(person: Person) -> str:
    given = [*person.first_names, *person.middle_names]
    return " ".join("-".join(f"{part[0]}." for part in name.split("-") if part) for name in given)


def _inverted(person: Person) -> str:
    suffix = " ".join(person.lineage_names)
    return ", ".join(filter(None, (_family(person), _initials(person), suffix)))


def _joined(names: list[str]) -> str:
    if len(names) > _MANY:
        return f"{', '.join(names[: _MANY - 1])}, … {names[-1]}"
    *rest, last = names
    return f"{', '.join(rest)}, & {last}" if rest else last


def _creators(entry: Entry) -> str:
    """What stands in the author's place: authors, else editors, else the body that published the work (9.7 to 9.12)."""
    return entry["author"] or entry["editor"] or next((f"{{{entry[name]}}}" for name in ("institution", "publisher", "journal") if entry[name]), "")


def _who(entry: Entry) -> str:
    families = [_family(person) for person in _people(_creators(entry))]
    if not families:
        return f"“{entry['title']}”"
    if len(families) > 2:
        return f"{families[0]} et al."
    return " & ".join(families)


# Templates ------------------------------------------------------------------------------------------


@node  # type: ignore[untyped-decorator]
def creators(children: Any, context: Any) -> Text:
    """The author's place of the reference."""
    entry: Entry = context["ours"]
    text = _joined([_inverted(person) for person in _people(_creators(entry))]) if _creators(entry) else entry["title"]
    if not entry["author"] and entry["editor"]:
        text += " (Eds.)" if len(_people(entry["editor"])) > 1 else " (Ed.)"
    return Text(text).add_period()


@node  # type: ignore[untyped-decorator]
def dated(children: Any, context: Any) -> Text:
    """The date in brackets, with month and day where the work is dated so."""
    entry: Entry = context["ours"]
    return Text(f"({context['year']}{_month_and_day(entry)}).")


@node  # type: ignore[untyped-decorator]
def book_editors(children: Any, context: Any) -> Text:
    """The editors of the book a chapter stands in, given names first: `In J. Doe (Ed.)`."""
    people = _people(context["ours"]["editor"])
    names = [" ".join(filter(None, (_initials(person), _family(person)))) for person in people]
    label = "Eds." if len(names) > 1 else "Ed."
    joined = " & ".join(names) if len(names) < 3 else _joined(names)
    return Text(f"In {joined} ({label}), " if names else "In ")


@node  # type: ignore[untyped-decorator]
def body(children: Any, context: Any) -> Text:
    """The publisher, unless the author's place names it already (9.29)."""
    entry: Entry = context["ours"]
    published_by = entry["publisher"] or entry["institution"]
    if not published_by or published_by in _joined([_inverted(person) for person in _people(_creators(entry))] or [""]):
        return Text()
    return Text(published_by).add_period()


@node  # type: ignore[untyped-decorator]
def address(children: Any, context: Any) -> Text:
    """The DOI as a link, or else the address of the page."""
    entry: Entry = context["ours"]
    target = f"https://doi.org/{entry['doi']}" if entry["doi"] else entry["url"]
    return href(target)[target].format_data(context) if target else Text()


def _month_and_day(entry: Entry) -> str:
    try:
        day = date.fromisoformat(entry["date"])
    except ValueError:
        return ""
    return f", {day:%B} {day.day}"


def _field(name: str) -> Any:
    """A field as it stands: our bibliography is plain text, not LaTeX."""
    return field(name, raw=True)


_pages = field("pages", raw=True, apply_func=lambda pages: pages.replace("--", "–").replace("-", "–"))
_title = _field("title")
_title_in_italics = tag("em")[_title]
_issue = join[tag("em")[_field("volume")], optional["(", _field("number"), ")"]]
_details = optional[" (", first_of[optional[words[_field("series"), optional[_field("number")]]], _field("edition")], ")"]
_head = join[creators, " ", dated]


def _lines(*parts: Any) -> Any:
    return words[(_head, *parts, address)]


_TEMPLATES: dict[str, Any] = {
    "article": _lines(
        sentence[_title],
        sentence(sep=", ")[tag("em")[_field("journal")], first_of[optional[_issue], optional["(", _field("number"), ")"]], optional[_pages]],
    ),
    "book": _lines(sentence[join[_title_in_italics, _details]], body),
    "incollection": _lines(
        sentence[_title],
        sentence[join[book_editors, tag("em")[_field("booktitle")], optional[" (pp. ", _pages, ")"]]],
        body,
    ),
    "report": _lines(sentence[join[_title_in_italics, _details]], body),
    "thesis": _lines(sentence[join[_title_in_italics, " [", first_of[optional[_field("type")], "Doctoral dissertation"], ", ", _field("institution"), "]"]]),
    "online": _lines(sentence[_title_in_italics], optional[sentence[_field("journal")]], body),
    "legal": _lines(sentence[join[_title_in_italics, _details]], body),
    "unpublished": _lines(sentence[join[_title_in_italics, " [", first_of[optional[_field("type")], "Presentation"], "]"]], optional[sentence[_field("eventtitle")]], body),
}


def _reference(entry: Entry, year: str) -> Reference:
    fields = {name: value.replace("{", "").replace("}", "") for name, value in entry.fields.items()}
    context = {"entry": PybtexEntry(entry.type, fields), "ours": entry, "year": year}
    text: Text = _TEMPLATES[entry.type if entry.type in _TEMPLATES else "report"].format_data(context)
    return Reference(entry.key, text.render(_HTML), html.unescape(str(text)), _who(entry), year)
