"""`references.bib`: its entries, checked, and how we know each of them.

Two fields of our own say how far an entry may be trusted: `known` (read in full, read in part, via
another work) and `checked` with `checkedat` (when and where its bibliographic data were seen).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.model import Block, DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Field, ImplicitComment, ParsingFailedBlock

from waymark.files import read_text
from waymark.problems import Code, Location, Problem, choices, limited, short, suggest

READ_IN_FULL, READ_IN_PART, VIA = "read in full", "read in part", "via another work"
KNOWN = (READ_IN_FULL, READ_IN_PART, VIA)

_AUTHOR = ("author", "editor", "institution")
REQUIRED: dict[str, tuple[tuple[str, ...], ...]] = {
    "article": (("author",), ("title",), ("journal",), ("year",)),
    "book": (("author", "editor"), ("title",), ("year",), ("publisher",)),
    "incollection": (("author",), ("title",), ("booktitle",), ("year",)),
    "report": (_AUTHOR, ("title",)),
    "thesis": (("author",), ("title",), ("institution",)),
    "online": (("author", "publisher", "journal"), ("title",), ("url",)),
    "legal": (("author",), ("title",)),
    "unpublished": (("author",), ("title",)),
}
"""For each entry type the fields it needs; of several in one bracket one is enough.

After the BibLaTeX manual, section 2.1.1, with two changes: a report, page or talk without a year is
shown as “n.d.”, and a journal always needs its year.
"""

_TYPES = {
    **dict.fromkeys(("misc", "website", "webpage", "electronic", "www", "internet"), "online"),
    **dict.fromkeys(("phdthesis", "mastersthesis", "dissertation"), "thesis"),
    **dict.fromkeys(("techreport", "manual", "booklet"), "report"),
    **dict.fromkeys(("inbook", "inproceedings", "conference", "chapter"), "incollection"),
    **dict.fromkeys(("newspaper", "magazine", "journal", "paper"), "article"),
}
"""Types of other programs, with ours."""

FIELDS = (
    *("author", "editor", "year", "date", "title", "titleaddon"),
    *("journal", "booktitle", "eventtitle", "edition", "volume", "number", "series"),
    *("institution", "type", "publisher", "address", "pages", "doi", "isbn", "issn"),
    *("url", "urldate", "archiveurl", "language", "keywords"),
    *("known", "via", "checked", "checkedat", "formerkeys", "comment"),
)
"""The fields that an entry can have, in the order in which they are written: the work, where it is, how we know it."""

_OF_A_JOURNAL = ("volume", "number", "pages", "doi", "issn")
_DOI = re.compile(r"10\.\d{4,9}/[^\s{}]+")
_URL = re.compile(r"https?://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d+)?(/[^\s{}<>\"]*)?")
_KEY = re.compile(r"[A-Za-z][\w:.-]*")
PATTERNS = {"doi": (_DOI, True), "address": (_URL, True), "workKey": (_KEY, True)}
"""The same for a form in the browser; True where the whole of a text must fit."""
_ENTRY_START = re.compile(r"@\w+\s*[{(]\s*([^\s,={}]+)")
_FIELD_START = re.compile(r"\s*([A-Za-z]\w*)\s*=")
_JOINED = re.compile(r"[^,{}]*\S\s+\S[^,{}]*(?:,|;|&)\s*[^,{}]*\S\s+\S[^{}]*")
"""Two or more names in full, with a comma, a semicolon or a sign between them."""
_MISSING_COMMA = re.compile(r"^[{\"].*?[}\"]\s+(\w+)\s*=", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """One work of the bibliography, with the fields as written (outer braces removed)."""

    key: str
    type: str
    fields: Mapping[str, str]
    location: Location = field(default=Location(""), compare=False)

    def __getitem__(self, name: str) -> str:
        """The value of a field, or an empty text: an unknown field stays empty."""
        return self.fields.get(name, "")

    @property
    def known(self) -> str:
        """How we know the work, one of `KNOWN`."""
        return self["known"]

    @property
    def former_keys(self) -> list[str]:
        """Keys that the entry had before; the addresses of their pages lead to its page."""
        return [key for each in self["formerkeys"].split(",") if (key := each.strip())]

    @property
    def is_news(self) -> bool:
        """True for an article of a newspaper or magazine: dated to the month or day, and without any of the fields that an article of a journal has."""
        return bool(self["journal"]) and "-" in self["date"] and not any(self[name] for name in _OF_A_JOURNAL)

    @property
    def genre(self) -> str:
        """What kind of work it is, in words; empty where that goes without saying."""
        if self.type == "thesis":
            return self["type"] or "Doctoral dissertation"
        if self.type == "unpublished":
            return self["type"] or ("Presentation" if self["eventtitle"] else "Unpublished manuscript")
        return self["type"]


Bibliography = Mapping[str, Entry]


def read_bibliography(path: Path, shown: str, today: date) -> tuple[dict[str, Entry], list[Problem]]:
    """The entries of a `.bib` file by key, and everything that is wrong with it.

    Args:
        path: The file.
        shown: Its path as people know it.
        today: The latest day a date may name; the core does not read the clock.
    """
    text, problems = read_text(path, shown)
    return ({}, problems) if text is None else bibliography_of(text, shown, today)


def bibliography_of(text: str, shown: str, today: date) -> tuple[dict[str, Entry], list[Problem]]:
    """The same for the text of such a file."""
    library = parsed(text)
    entries: dict[str, Entry] = {}
    # An entry that cannot be read is still there to be cited: one mistake, one problem.
    for failed in library.failed_blocks:
        if key := _ENTRY_START.match(failed.raw or ""):
            entries[key[1]] = Entry(key[1], "", {}, _location(failed, shown))
    for block in library.entries:
        fields = {each.key.lower(): _plain(str(each.value)) for each in block.fields}
        entries[block.key] = Entry(block.key, block.entry_type.lower(), fields, _location(block, shown))
    return entries, limited(_problems(library, entries, shown, today), shown)


def parsed(text: str, *, as_written: bool = False) -> Library:
    """The blocks of a text; if `as_written`, with the braces and quotation marks of values."""
    # bibtexparser reports failures in its result and once more in the log; we speak for ourselves.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    return parse_string(text, parse_stack=[] if as_written else None)


def _problems(library: Library, entries: Mapping[str, Entry], shown: str, today: date) -> Iterator[Problem]:
    if not entries:
        yield Problem(Location(shown), Code.BIB_SYNTAX, "The bibliography holds no entry.", "Put the entries back; every citation needs its own.")
    yield from _block_problems(library, shown)
    for block in library.entries:
        entry = entries[block.key]
        if not any(_MISSING_COMMA.match(str(each.value)) for each in block.fields):
            yield from _shape_problems(entry)
        yield from _value_problems(entry, block.fields, shown, today)
        for key in entry.former_keys:
            if key in entries or not _KEY.fullmatch(key):
                message = f"`formerkeys` of '{entry.key}' names '{short(key)}', which {'has an entry' if key in entries else 'is not a key'}."
                yield Problem(entry.location, Code.BAD_BIB_VALUE, message, "Write the keys that the entry had before, with commas between them.")
        if entry["via"] and entry["via"] not in entries:
            fix = suggest(entry["via"], entries) or "Add an entry for it."
            message = f"`via` of '{entry.key}' names '{short(entry['via'])}', which has no entry."
            yield Problem(entry.location, Code.UNKNOWN_CITATION, message, fix)
    yield from _equal_entries(entries)


def _location(block: Block | Field, shown: str) -> Location:
    return Location(shown, (block.start_line or 0) + 1)


def _plain(value: str) -> str:
    text = " ".join(value.split())
    for escaped in "&%$#_":
        text = text.replace("\\" + escaped, escaped)
    return text


def _block_problems(library: Library, shown: str) -> Iterator[Problem]:
    for block in library.failed_blocks:
        location = _location(block, shown)
        if isinstance(block, DuplicateBlockKeyBlock):
            message = f"The key '{block.key}' is used by two entries; the first is on line {(block.previous_block.start_line or 0) + 1}."
            yield Problem(location, Code.DUPLICATE_ENTRY, message, "Delete one, or give it another key.")
        elif isinstance(block, DuplicateFieldKeyBlock):
            message = f"A field is written twice in this entry: {choices(sorted(block.duplicate_keys))}."
            yield Problem(location, Code.BIB_SYNTAX, message, "Keep one of the two.")
        else:
            lines, message, fix = _syntax_help(block)
            yield Problem(Location(shown, location.line + lines), Code.BIB_SYNTAX, message, fix)
    for before, after in pairwise([None, *library.blocks]):
        if isinstance(after, ImplicitComment) and not after.comment.lstrip().startswith("%") and not isinstance(before, ParsingFailedBlock):
            fix = "Delete it, or start the line with % if it is a remark. It may also be what follows a } too many."
            yield Problem(_location(after, shown), Code.BIB_SYNTAX, f"This text belongs to no entry: '{short(after.comment)}'.", fix)
    for unused in (*library.strings, *library.preambles):
        fix = "Write the words themselves in each entry that needs them."
        yield Problem(_location(unused, shown), Code.BIB_SYNTAX, "Abbreviations (@string) and @preamble are not used here.", fix)


def _syntax_help(block: ParsingFailedBlock) -> tuple[int, str, str]:
    """Lines after the first to the one that must be changed, what is wrong there, and what to do."""
    reason = getattr(block.error, "abort_reason", "")
    lines = (block.raw or "").rstrip().split("\n")
    last = len(lines) - 1
    head = _ENTRY_START.match(lines[0])
    if "comma after entry key" in reason and head:
        return 0, "The comma after the key is missing.", f"Write {short(head.group().strip())},"
    if "Expected a `=`" in reason and "`@" in reason:
        return last, "The entry is not closed.", "Write } on a line of its own, after its last field."
    if "Expected a `=`" in reason and (name := re.match(r"\s*([A-Za-z]\w*)", lines[last])):
        return last, f"There is no equals sign behind `{name[1]}`.", f"Write {name[1]} = {{…}},"
    for number, line in enumerate(lines):
        follows = number == last or _FIELD_START.match(lines[number + 1])
        if (name := _FIELD_START.match(line)) and line.count("{") > line.count("}") and follows:
            return number, f"A brace is opened behind `{name[1]}` and not closed.", f"Write }} at the end of the value: {name[1]} = {{…}},"
    fix = "A brace is opened and never closed, or a comma is missing: each field is written name = {value}, and the last line of an entry is }"
    return 0, "The entry that starts here cannot be read.", fix


def _shape_problems(entry: Entry) -> Iterator[Problem]:
    if not _KEY.fullmatch(entry.key):
        fix = "Use letters, digits and - _ : . only, starting with a letter, for example basra2020prisons."
        yield Problem(entry.location, Code.BAD_BIB_VALUE, f"The key '{entry.key}' cannot be cited.", fix)
    if entry.type not in REQUIRED:
        meant = f"Write @{_TYPES[entry.type]}." if entry.type in _TYPES else suggest(entry.type, REQUIRED)
        fix = f"{meant} We use {choices(sorted(REQUIRED))}.".strip()
        yield Problem(entry.location, Code.UNKNOWN_ENTRY_TYPE, f"'@{entry.type}' is not a type of entry that we use.", fix)
    misspelt = [name for name in entry.fields if name not in FIELDS]  # said once, of the field itself
    for names in REQUIRED.get(entry.type, ()):
        if not any(entry[name] or suggest(name, misspelt) for name in names):
            message = f"The entry '{entry.key}' (@{entry.type}) has no {choices(names)}."
            fix = "Add it as the work itself prints it. Never guess: if it cannot be found, choose a type that does not need it."
            yield Problem(entry.location, Code.INCOMPLETE_ENTRY, message, fix)
    for name, example in (("known", "known = {read in part}"), ("checked", "checked = {2026-11-22}")):
        if not entry[name]:
            yield Problem(entry.location, Code.INCOMPLETE_ENTRY, f"The entry '{entry.key}' does not say `{name}`.", f"Add a line such as `{example},`.")
    if entry.known == VIA and not entry["via"]:
        fix = "Add `via = {key}` with the key of the work that tells of it."
        yield Problem(entry.location, Code.INCOMPLETE_ENTRY, f"The entry '{entry.key}' is known via another work but does not say which.", fix)


def _value_problems(entry: Entry, written: list[Field], shown: str, today: date) -> Iterator[Problem]:
    for each in written:
        name, value = each.key.lower(), entry[each.key.lower()]
        location = _location(each, shown)
        if name not in FIELDS:
            fix = suggest(name, FIELDS) or f"Fields we use: {', '.join(sorted(FIELDS))}."
            yield Problem(location, Code.UNKNOWN_BIB_FIELD, f"'{short(name)}' is not a field of the bibliography.", fix)
        if follower := _MISSING_COMMA.match(str(each.value)):
            yield Problem(location, Code.BIB_SYNTAX, f"A comma is missing after `{name}`.", f"Put a comma before `{follower[1]}`.")
        elif fault := value_fault(name, value, today):
            code = Code.BAD_URL if name in ("url", "archiveurl") else Code.BAD_BIB_VALUE
            yield Problem(location, code, f"`{name}` of '{entry.key}' cannot be '{short(value)}'.", fault)


def value_fault(name: str, value: str, today: date) -> str:
    """What is wrong with the value of one field, as advice; empty if nothing is."""
    if name == "known" and value not in KNOWN:
        return f"Write one of: {choices(KNOWN)}."
    if name in ("author", "editor") and " and " not in value and (_JOINED.fullmatch(value[:500]) or "et al" in value):
        return "Write all names, with ‘and’ between them: {Smith, Anna and Jones, Ben}. A body stands in two pairs of braces: {{Council of Europe}}."
    if name == "doi" and not _DOI.fullmatch(value):
        return "A DOI starts with 10. and holds a slash, for example 10.1177/0022343314535946. Leave out https://doi.org/."
    if name in ("url", "archiveurl") and not _URL.fullmatch(value):
        return "Write the whole address, starting with https:// and without spaces."
    if name == "isbn" and not all(is_isbn(each) for each in re.split(r"[,;]\s*", value)):
        return "An ISBN has 10 or 13 digits and its last digit is a check digit; compare it with the book."
    if name == "issn" and not is_issn(value):
        return "An ISSN has the form 1234-567X and its last character is a check digit."
    if name == "year" and not (re.fullmatch("[0-9]{4}", value) and 1800 <= int(value) <= today.year):
        return f"Write a year of four digits, not after {today.year}. Delete the line if the work has no date."
    if name in ("checked", "urldate") and not _is_past_day(value, today):
        return "Write a day that exists and is not in the future, as year-month-day: 2026-11-22."
    return ""


def _is_past_day(value: str, today: date) -> bool:
    try:
        return date.fromisoformat(value) <= today
    except ValueError:
        return False


def is_isbn(text: str) -> bool:
    """True if the check digit of an ISBN-10 or ISBN-13 is right (ISO 2108); hyphens and spaces do not count."""
    digits = re.sub(r"[\s-]", "", text).upper()
    if re.fullmatch(r"[0-9]{13}", digits):
        return sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10 == 0
    if re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        return sum((10 if digit == "X" else int(digit)) * (10 - place) for place, digit in enumerate(digits)) % 11 == 0
    return False


def is_issn(text: str) -> bool:
    """True if the check digit of an ISSN is right (ISO 3297)."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{3}[0-9Xx]", text):
        return False
    digits = text.replace("-", "").upper()
    return sum((10 if digit == "X" else int(digit)) * (8 - place) for place, digit in enumerate(digits)) % 11 == 0


def _equal_entries(entries: Mapping[str, Entry]) -> Iterator[Problem]:
    first: dict[str, Entry] = {}
    keys: dict[str, str] = {}
    for entry in entries.values():
        other = keys.setdefault(entry.key.lower(), entry.key)
        if other != entry.key:
            message = f"The keys '{short(entry.key)}' and '{short(other)}' differ in capital letters only."
            yield Problem(entry.location, Code.DUPLICATE_ENTRY, message, "Give one of them another key: many programs take them for the same.")
        doi = entry["doi"].lower()
        if not doi:
            continue
        if doi in first:
            message = f"'{entry.key}' and '{first[doi].key}' have the same DOI, so they are the same work."
            yield Problem(entry.location, Code.DUPLICATE_ENTRY, message, "Keep one entry and cite that key.")
        first.setdefault(doi, entry)
