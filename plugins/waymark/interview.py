"""Asking somebody for a record: which questions, how an answer is read, and what is wrong with it.

Nothing here asks; `waymark new` does, and can be replaced. An answer is checked with the rules of `waymark check`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from waymark.bibliography import VIA, Entry
from waymark.citations import find_citations, is_locator
from waymark.countries import code_for, names
from waymark.dictionary import Definition, definitions_of
from waymark.documents import Document, data_of
from waymark.fields import NOT_REPORTED
from waymark.kinds import Kind
from waymark.layout import lines_of
from waymark.library import Library
from waymark.links import PAGE, fault_of, find_links, mention
from waymark.models import fields_of, role_of, with_role
from waymark.names import unbraced, who
from waymark.problems import Code, Problem, short
from waymark.statements import faults_of, statements_of
from waymark.validate import ID_HELP, is_id, validate

MOST_FOUND = 9
"""Works that are offered at once, so that one digit chooses."""
_ASKED_FIRST = ("name", "other_names", "summary")
_SECOND_THOUGHTS = frozenset({Code.BAD_FINDING})
"""Problems that an unfinished record must have."""
_STAND_IN = "Not written yet"
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "'": "", "’": ""})
"""Letters that are not one of ours with an accent, and what stands for them; apostrophes part no words."""
_AT_THE_END = re.compile(r"([.!?]?)(['”\"]?)\s*$")


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a record, as it is asked for."""

    field: str
    words: str
    """The question, in one line."""
    choices: tuple[str, ...] = ()
    """The accepted values, if the list is closed."""
    is_list: bool = False
    is_text: bool = False
    """True if the answer is a text with citations."""
    can_be_not_reported: bool = False
    is_parts: bool = False
    """True if the answer is a list of parts, of which the titles are asked for."""


def questions(kind: Kind) -> list[Question]:
    """The questions beyond name, other names, sources and summary: the facts and the sections of a kind, in the order of a page."""
    definitions = definitions_of(kind.name)
    asked = [name for name in fields_of(kind.model) if role_of(kind.model, name) in ("fact", "section", "parts")]
    return [_question(definitions[name], kind) for name in asked]


def _question(definition: Definition, kind: Kind) -> Question:
    name = definition.field
    choices = tuple(value for value in definition.accepted if value != NOT_REPORTED)
    meaning = "In which countries? Write names or codes of two letters." if name == "countries" else definition.meaning
    return Question(
        field=name,
        words=f"{definition.label}: {meaning}",
        choices=choices,
        is_list=definition.type.startswith("list"),
        is_text=definition.type.startswith("Markdown text"),
        can_be_not_reported=NOT_REPORTED in definition.accepted or definition.type.startswith("Markdown text"),
        is_parts=role_of(kind.model, name) == "parts",
    )


def value_of(question: Question, typed: str) -> Any:
    """What somebody typed, as plain data: numbers of choices become their words, names of countries their codes, commas part a list."""
    typed = " ".join(typed.split())
    if typed == NOT_REPORTED and question.can_be_not_reported:
        return typed
    if question.is_parts:
        return [{"title": each} for each in _parted(typed, ";")]
    if not question.is_list:
        return _chosen(question.choices, typed)
    values = [_chosen(question.choices, each) for each in _parted(typed, ",")]
    return list(dict.fromkeys(map(_country, values) if question.field == "countries" else values))


def _parted(text: str, mark: str) -> list[str]:
    return [each.strip() for each in text.strip("[] ").split(mark) if each.strip()]


def _chosen(choices: Sequence[str], typed: str) -> str:
    if typed.isdecimal() and 1 <= int(typed) <= len(choices):
        return choices[int(typed) - 1]
    return next((each for each in choices if each.casefold() == typed.casefold()), typed)


def _country(text: str) -> str:
    return text.upper() if text.upper() in names() else code_for(text) or text


# Checking ----------------------------------------------------------------------------------------


def answer_problems(library: Library, kind: Kind, id: str, values: Mapping[str, Any], field: str, today: date) -> list[Problem]:
    """What `waymark check` would say of one field of a record that is not finished.

    Args:
        library: Everything that can be cited and linked to.
        kind: The kind of record.
        id: Its id.
        values: Plain data by field, with the new answer.
        field: The field to look at.
        today: The latest day that a date may name.
    """
    document = _document(kind, {field: values[field]}, library, today)
    record, problems = validate(document, kind, today)
    lines = _lines_of_field(document, field)
    found = [each for each in problems if each.location.line in lines and each.code not in _SECOND_THOUGHTS]
    if found or record is None:
        return found
    targets = {**dict.fromkeys(library.pages, PAGE), **{each.id: each.kind.name for each in library.items.values()}, id: kind.name}
    for statement in statements_of(record):
        if statement.loc[0] != field:
            continue
        links = (mention(id, each, statement.loc) for each in find_links(statement.text))
        faults = [*faults_of(statement, library.bibliography), *filter(None, (fault_of(link, targets, {}) for link in links))]
        found += [Problem(document.locate((field,)), fault.code, fault.message, fault.fix) for fault in faults]
    return found


def _document(kind: Kind, values: Mapping[str, Any], library: Library, today: date) -> Document:
    """A record that holds some fields, and something harmless where one must be there."""
    key = next((entry.key for entry in library.bibliography.values() if entry.known != VIA), "key")
    citation = f"[@{key}, p. 1]"
    data: dict[str, Any] = {"name": _STAND_IN, "summary": f"{_STAND_IN} {citation}.", "checked": {"on": today.isoformat(), "against": [key]}}
    if facts := [name for name in values if name in with_role(kind.model, "fact")]:
        data["basis"] = dict.fromkeys(facts, citation)
    data |= values
    text = "\n".join(line for name, value in data.items() for line in lines_of(name, value)) + "\n"
    # Read back, so that what is checked is what will be written.
    return Document("the draft", text, data_of(text) or {})


def _lines_of_field(document: Document, field: str) -> range:
    start = document.locate((field,), key=True).line
    following = [line for name in document.data if (line := document.locate((name,), key=True).line) > start]
    return range(start, min(following, default=document.text.count("\n") + 2))


def id_fault(library: Library, kind: Kind, id: str) -> str:
    """Why an id cannot be that of a new record, with what to do; empty if it can."""
    if not is_id(id):
        return f"'{short(id)}' cannot be an id. {ID_HELP}"
    if id in library.items:
        return f"The {library.items[id].kind.name} “{library.items[id].record.name}” has this id. Choose another one, or change that record."
    if id in library.pages:
        return f"The page {library.pages[id].path} has this name. Choose another one."
    for item in library.items.values():
        if id in item.record.former_ids:
            return f"“{item.record.name}” had this id before, and old links lead there. Choose another one."
    return ""


def proposed_id(name: str) -> str:
    """An id made of a name: `Café “Zwölf”` gives `cafe-zwolf`. Empty if the name has no letter of ours."""
    words = re.findall(r"[a-z0-9]+", _plain(name).translate(_LETTERS))
    while len("-".join(words)) > 60 and len(words) > 1:
        words.pop()
    return "-".join(words)[:80].strip("-")


# Sources -----------------------------------------------------------------------------------------


def works_like(bibliography: Mapping[str, Entry], typed: str) -> list[Entry]:
    """The works that somebody may mean who types a key, or parts of title, author and year; the likeliest first."""
    if typed in bibliography:
        return [bibliography[typed]]
    words = _plain(typed).split()
    found = []
    for entry in bibliography.values():
        about = _plain(f"{entry.key} {who(entry)} {entry['author']} {entry['institution']} {entry['year']} {entry['date']} {entry['title']}")
        if words and all(word in about for word in words):
            title = _plain(entry["title"])
            found.append((not title.startswith(words[0]), -sum(word in title.split() for word in words), entry.key, entry))
    return [entry for *_, entry in sorted(found, key=lambda each: each[:3])]


def work_in_words(entry: Entry) -> str:
    """A work on one line: who, when, what."""
    return f"{who(entry)} ({entry['year'] or 'n.d.'}). {unbraced(entry['title'])}"


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in letters if not unicodedata.combining(each) and each not in "{}")


def proposed_key(author: str, year: str, title: str, taken: Iterable[str]) -> str:
    """A key like those of the bibliography: family name, year, first word of the title that says something."""
    first = author.split(" and ")[0]
    family = first.partition(",")[0] if "," in first else first
    name = proposed_id(family.strip("{} ")).replace("-", "") or "work"
    words = [word for word in proposed_id(title).split("-") if word not in ("a", "an", "the", "on", "of", "in", "and", "for", "to")]
    key = f"{name[:30]}{year or 'nd'}{(words or [''])[0]}"
    if not key[0].isalpha():
        key = f"w{key}"
    known = {each.lower() for each in taken}
    return next(each for each in (key, *(f"{key}{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"), f"{key}x{len(known)}") if each not in known)


def entry_text(type: str, key: str, fields: Mapping[str, str]) -> str:
    """An entry of the bibliography as it is written; empty fields are left out."""
    return "\n".join([f"@{type}{{{key},", *(f"  {name} = {{{value}}}," for name, value in fields.items() if value), "}", ""])


def authors_written(typed: str) -> str:
    """Names as the bibliography has them, from `Doe, Jane; Roe, Max` or the name of a body."""
    people = [" ".join(each.split()) for each in typed.split(";") if each.strip()]
    return " and ".join(each if "," in each else f"{{{each.strip('{}')}}}" for each in people)


# Citations ---------------------------------------------------------------------------------------


def citation(key: str, place: str, bibliography: Mapping[str, Entry]) -> str:
    """The citation of a place in a work; with `via` where we know the work only through another one."""
    entry = bibliography.get(key)
    if entry is not None and entry.known == VIA and entry["via"]:
        return f"[@{key}, via @{entry['via']}, {place}]"
    return f"[@{key}, {place}]"


def place_fault(place: str) -> str:
    """Why a text names no place in a source; empty if it does."""
    if is_locator(place):
        return ""
    return f"'{short(place)}' does not name a place in a source. Write for example p. 3, pp. 3–5, slide “Title”, ¶ 2, table 1, ch. 4, abstract or web page."


def with_place(typed: str) -> str:
    """A place, as it is cited: a bare number is a page."""
    typed = " ".join(typed.split())
    if re.fullmatch(r"\d+", typed):
        return f"p. {typed}"
    return f"pp. {typed.replace('-', '–')}" if re.fullmatch(r"\d+[-–]\d+", typed) else typed


def with_citation(text: str, cited: str) -> str:
    """A text that ends with its source: the citation stands before the last full stop. A text that cites something stays as it is."""
    groups, broken = find_citations(text)
    if groups or broken or text == NOT_REPORTED:
        return text
    return _AT_THE_END.sub(lambda end: f"{end[2]} {cited}{end[1] or '.'}", text, count=1)


def keys_cited(values: Mapping[str, Any]) -> Iterator[str]:
    """Keys of all works that the texts of an unfinished record cite."""
    for value in values.values():
        for text in (value,) if isinstance(value, str) else ():
            for group in find_citations(text)[0]:
                for each in group.citations:
                    yield each.via or each.key
