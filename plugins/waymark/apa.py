"""References and citations in the form of APA 7 (Publication Manual, 7th edition, chapters 8 to 10).

One template per entry type, in pybtex's template language; names are taken apart by pybtex too. A
field that is not there leaves no trace, because in this field half of the works lack something. Titles are
printed as the bibliography writes them, so they are written there in sentence case, as the Manual asks (6.17).
A title written in square brackets is our description of a work without a title and is not set in italics (9.22).
`titleaddon` is the English translation of a title in another language (9.38). Numbers in brackets are sections
of the Manual.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from pybtex.backends import BaseBackend
from pybtex.database import Entry as PybtexEntry
from pybtex.richtext import Text
from pybtex.style.template import FieldIsMissing, field, first_of, href, join, node, optional, tag, words

from waymark.bibliography import Entry
from waymark.citations import Citation
from waymark.names import creators_of, family, initials, inverted, listed, names_needed, people_of, unbraced, who

NO_DATE = "n.d."


class _Html(BaseBackend):  # type: ignore[misc]
    """Safe HTML. pybtex's own does not escape addresses, and a DOI may hold quotation marks; and it loads a web client, 2 MB, for one function."""

    symbols = MappingProxyType({"ndash": "&ndash;", "newblock": "\n", "nbsp": "&nbsp;"})

    def format_str(self, text: str) -> str:
        return html.escape(text, quote=False)

    def format_tag(self, name: str, text: str) -> str:
        return f"<{name}>{text}</{name}>" if text else ""

    def format_href(self, url: str, text: str, *_: Any) -> str:
        return f'<a href="{html.escape(url)}">{text}</a>' if text else ""


_HTML = _Html("utf-8")


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
        self._who = authors_cited(bibliography)
        self._years = years(bibliography, self._who)
        self._made: dict[str, Reference] = {}

    def __getitem__(self, key: str) -> Reference:
        """The reference of a key that is in the bibliography."""
        if key not in self._made:
            entry = self._bibliography[key]
            self._made[key] = _reference(entry, self._years[key], self._who[key])
        return self._made[key]

    def sorted(self, keys: Mapping[str, Any] | set[str] | list[str]) -> list[Reference]:
        """The references of some keys in the order of a reference list (9.44 to 9.48): authors, then year, then title; undated works first."""
        return sorted((self[key] for key in keys), key=lambda each: (_place(each.text), each.key))

    def in_text(self, citation: Citation) -> str:
        """A citation as running text without brackets: `Papp & Örell, 2021, p. 15`; `via` becomes `as cited in` (8.6)."""
        words_ = self.mention(citation.key, citation.locator)
        if citation.via:
            words_ += f", as cited in {self.mention(citation.via, citation.via_locator)}"
        return words_

    def mention(self, key: str, locator: str) -> str:
        """One work as running text, without brackets and `via`; the bare key if it is not in the bibliography."""
        if key not in self._bibliography:
            return key
        reference = self[key]
        return ", ".join(filter(None, (reference.who, reference.year, locator)))


def authors_cited(bibliography: Mapping[str, Entry]) -> dict[str, str]:
    """The authors of each entry as they are cited.

    Where “et al.” would make works of one year by different authors look alike, as many names are given as tell them apart (8.18).
    """
    shared = shared_surnames(bibliography)
    alike: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in bibliography.values():
        alike[who(entry, shared), year_of(entry)].append(entry)
    return {entry.key: who(entry, shared, names) for entries in alike.values() for entry, names in zip(entries, names_needed(entries), strict=True)}


def years(bibliography: Mapping[str, Entry], cited: Mapping[str, str]) -> dict[str, str]:
    """The year of each entry as it is cited; `cited` are its authors.

    Works of the same authors and year get letters (8.19): first those with a year alone, then by date, then by title (9.47).
    """
    alike: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in bibliography.values():
        alike[cited[entry.key], year_of(entry)].append(entry)
    found: dict[str, str] = {}
    for (_, year), entries in alike.items():
        hyphen = "-" if year == NO_DATE else ""
        for place, entry in enumerate(sorted(entries, key=lambda entry: (_printed_date(entry), _sortable(entry["title"])))):
            found[entry.key] = f"{year}{hyphen}{_letter(place)}" if len(entries) > 1 else year
    return found


def shared_surnames(bibliography: Mapping[str, Entry]) -> frozenset[str]:
    """Surnames that different first authors have; citations of these give initials too (8.20)."""
    first_letters: defaultdict[str, set[str]] = defaultdict(set)
    for entry in bibliography.values():
        for person in people_of(creators_of(entry))[:1]:
            if initials(person):
                first_letters[family(person)].add(initials(person)[0])
    return frozenset(surname for surname, letters in first_letters.items() if len(letters) > 1)


def year_of(entry: Entry) -> str:
    """The year, or `n.d.`."""
    return entry["year"] or (entry["date"][:4] if re.match(r"\d{4}\b", entry["date"]) else NO_DATE)


def _letter(place: int) -> str:
    return (_letter(place // 26 - 1) if place >= 26 else "") + chr(ord("a") + place % 26)


@lru_cache(maxsize=4096)
def _place(reference: str) -> str:
    """What a reference is sorted by: one author before several, second authors by name, undated works first (9.46)."""
    names, _, rest = reference.partition(" (")
    return _sortable(f"{names.removesuffix('.').replace('& ', '')} ({rest.removeprefix('n.d.')}")


def _sortable(text: str) -> str:
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    folded = plain.casefold().lstrip("[“‘«\"' ")
    return next((folded.removeprefix(article) for article in ("a ", "an ", "the ") if folded.startswith(article)), folded)


# Templates ------------------------------------------------------------------------------------------


@node  # type: ignore[untyped-decorator]
def sentence(children: Any, context: Any, sep: str = "") -> Text:
    """Parts with a full stop at the end, which stands inside a closing quotation mark (6.7)."""
    text: Text = join(sep)[children].format_data(context)
    if not str(text).endswith("”"):
        return text.add_period()
    *before, last = text.parts
    return Text(*before, last[:-1].add_period().append("”"))


@node  # type: ignore[untyped-decorator]
def creators(children: Any, context: Any) -> Text:
    """The author's place of the reference."""
    entry: Entry = context["ours"]
    people = people_of(creators_of(entry))
    text = listed([inverted(person) for person in people], comma=any(map(initials, people[:1]))) if people else unbraced(entry["title"])
    if not entry["author"] and entry["editor"]:
        text += " (Eds.)" if len(people_of(entry["editor"])) > 1 else " (Ed.)"
    return Text(text).add_period()


@node  # type: ignore[untyped-decorator]
def dated(children: Any, context: Any) -> Text:
    """The date in brackets, with month and day where the work is dated so."""
    entry: Entry = context["ours"]
    return Text(f"({context['year']}{_month_and_day(entry)}).")


@node  # type: ignore[untyped-decorator]
def book_editors(children: Any, context: Any) -> Text:
    """The editors of the book a chapter stands in, given names first: `In J. Doe (Ed.)`."""
    people = people_of(context["ours"]["editor"])
    names = [" ".join(filter(None, (initials(person), family(person)))) for person in people]
    label = "Eds." if len(names) > 1 else "Ed."
    joined = " & ".join(names) if len(names) < 3 else listed(names)
    return Text(f"In {joined} ({label}), " if names else "In ")


@node  # type: ignore[untyped-decorator]
def title(children: Any, context: Any, italic: bool = True) -> Text:
    """The title with its translation (9.38); our description of an untitled work is not set in italics (9.22)."""
    entry: Entry = context["ours"]
    if not creators_of(entry):
        return Text()
    plain = unbraced(entry["title"])
    text = tag("em")[plain].format_data(context) if italic and not _is_description(plain) else Text(plain)
    return Text(text, f" [{unbraced(entry['titleaddon'])}]") if entry["titleaddon"] else text


@node  # type: ignore[untyped-decorator]
def details(children: Any, context: Any) -> Text:
    """In brackets after the title: edition and volume of a book (10.2), series and number of a report (10.4).

    The series of a book is not named. A number that is no bare figure is an identifier and stands as written: `Cm 8092`.
    """
    entry: Entry = context["ours"]
    parts = [entry["edition"]]
    if entry.type in ("book", "incollection"):
        parts.append(f"Vol. {entry['volume']}" if entry["volume"] else "")
    else:
        series = entry["series"] or (entry["type"] if _is_numbered(entry) else "")
        word = "No." if entry["number"] and (series or _is_numbered(entry)) else ""
        parts.append(" ".join(filter(None, (series, word, entry["number"]))))
    if entry.type == "incollection" and entry["pages"]:
        parts.append(f"pp. {_dashed(entry['pages'])}" if re.search("[-–]", entry["pages"]) else f"p. {entry['pages']}")
    inside = ", ".join(filter(None, parts))
    return Text(f" ({unbraced(inside)})") if inside else Text()


@node  # type: ignore[untyped-decorator]
def described(children: Any, context: Any) -> Text:
    """What kind of work it is, in square brackets, where that is not the usual one (9.21)."""
    entry: Entry = context["ours"]
    kind = "" if _is_numbered(entry) else entry.genre
    return Text(f" [{unbraced(kind)}]") if kind and not _is_description(unbraced(entry["title"])) else Text()


@node  # type: ignore[untyped-decorator]
def genre(children: Any, context: Any) -> Text:
    """What kind of work it is."""
    return Text(unbraced(context["ours"].genre))


@node  # type: ignore[untyped-decorator]
def pages(children: Any, context: Any) -> Text:
    """The pages of an article; a single value is an article number (9.27)."""
    written = unbraced(context["ours"]["pages"])
    return Text(_dashed(written) if not written or re.search(r"[-–,\s]", written) else f"Article {written}")


@node  # type: ignore[untyped-decorator]
def issue(children: Any, context: Any) -> Text:
    """The issue of a journal; several with a dash: `3–4`."""
    if not context["ours"]["number"]:
        raise FieldIsMissing("number", context["entry"])
    return Text(_dashed(unbraced(context["ours"]["number"])))


@node  # type: ignore[untyped-decorator]
def body(children: Any, context: Any) -> Text:
    """The publisher or the name of the site, unless it is the author too (9.29, 9.33). Several are divided by semicolons."""
    entry: Entry = context["ours"]
    published_by = entry["publisher"] or ("" if entry.type == "thesis" else entry["institution"])
    authors = [family(person) for person in people_of(creators_of(entry))]
    others = [each for each in unbraced(published_by).split("; ") if not any(f"{author},".startswith(f"{each},") for author in authors)]
    return Text("; ".join(others)).add_period() if any(others) else Text()


@node  # type: ignore[untyped-decorator]
def address(children: Any, context: Any) -> Text:
    """The DOI as a link, or else the address of the page (9.34); with `urldate` when a changing page was read (9.16)."""
    entry: Entry = context["ours"]
    target = f"https://doi.org/{entry['doi']}" if entry["doi"] else entry["url"]
    link = href(target)[target].format_data(context) if target else Text()
    if entry["urldate"] and target == entry["url"]:
        day = date.fromisoformat(entry["urldate"])
        return Text(f"Retrieved {day:%B} {day.day}, {day.year}, from ", link)
    return link


def _is_numbered(entry: Entry) -> bool:
    """True if the kind of work stands before its number in place of a series: `Information report No. 633` (10.4)."""
    return entry["number"].isdigit() and not entry["series"]


def _dashed(text: str) -> str:
    return text.replace("--", "–").replace("-", "–")


def _is_description(text: str) -> bool:
    return text.startswith("[") and text.endswith("]")


def _printed_date(entry: Entry) -> str:
    """The date, if month and day are printed: newspapers and magazines, pages, talks; of other works only the year (9.13)."""
    dated = entry.is_news if entry["journal"] else entry.type == "online" or (entry.type == "unpublished" and entry["eventtitle"])
    return entry["date"] if dated else ""


def _month_and_day(entry: Entry) -> str:
    """`, June`, `, June 4` or, for an event of several days, `, March 16–18` (9.13, 10.5)."""
    days = [_day(text) for text in _printed_date(entry).split("/")]
    if not all(days):
        return ""
    first, last = days[0], days[-1]
    if len(days) > 1 and first.split()[0] == last.split()[0]:
        last = last.split()[-1]
    return f", {first}" if len(days) == 1 else f", {first}–{last}"


def _day(text: str) -> str:
    try:
        if re.fullmatch(r"\d{4}-\d\d", text):
            return f"{date.fromisoformat(text + '-01'):%B}"
        day = date.fromisoformat(text)
    except ValueError:
        return ""
    return f"{day:%B} {day.day}"


def _field(name: str) -> Any:
    """A field as it stands: our bibliography is plain text, not LaTeX."""
    return field(name, raw=True)


_issue = join[tag("em")[_field("volume")], optional["(", issue, ")"]]
_head = join[creators, " ", dated]
_work = sentence[join[title, details, described]]
_in_journal = sentence(sep=", ")[tag("em")[_field("journal")], first_of[optional[_issue], optional["(", issue, ")"]], pages]


def _lines(*parts: Any) -> Any:
    return words[(_head, *parts, address)]


_TEMPLATES: dict[str, Any] = {
    "article": _lines(sentence[join[title(italic=False), described]], _in_journal),
    "book": _lines(_work, body),
    "incollection": _lines(
        sentence[title(italic=False)],
        sentence[join[book_editors, tag("em")[_field("booktitle")], details]],
        body,
    ),
    "report": _lines(_work, body),
    "thesis": _lines(sentence[join[title, " [", genre, ", ", _field("institution"), "]"]], body),
    "online": _lines(_work, body),
    "online in a journal": _lines(sentence[join[title(italic=False), described]], _in_journal),
    "legal": _lines(_work, body),
    "unpublished": _lines(_work, optional[sentence(sep=", ")[_field("eventtitle"), optional[_field("address")]]], body),
}
"""For each entry type the parts of its reference. An `online` with a journal is an article of which the year was not seen."""


def _reference(entry: Entry, year: str, who: str) -> Reference:
    fields = {name: unbraced(value) for name, value in entry.fields.items()}
    context = {"entry": PybtexEntry(entry.type, fields), "ours": entry, "year": year}
    kind = "online in a journal" if entry.type == "online" and entry["journal"] else entry.type
    text: Text = _TEMPLATES[kind if kind in _TEMPLATES else "report"].format_data(context)
    return Reference(entry.key, text.render(_HTML), html.unescape(str(text)), who, year)
