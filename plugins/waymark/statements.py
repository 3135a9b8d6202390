"""The statements of a record: every text that says something, with the citations that carry it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, get_args

from pydantic import BaseModel

from waymark.bibliography import VIA, Entry
from waymark.citations import LOCATOR_FORMS, BrokenCitation, Citation, CitationGroup, find_citations, is_locator
from waymark.documents import Path_
from waymark.fields import FACTUAL, NOT_REPORTED, OURS, is_silence, silence_help
from waymark.markdown import heading, raw_html, unsafe_address
from waymark.models import Record
from waymark.problems import Code, short, suggest
from waymark.slips import broken_help, place_meant, stray_citations

# Where effect is mostly not known, these words would say more than anybody knows (decided in the method of the project).
_VERDICT = re.compile(
    r"\b(?:proven|(?:in)?effective(?:ly|ness)?|evidence[- ]based|best[- ]practices?"
    r"|(?:it|programmes?|practices?|tools?|methods?|treatment) works?(?=\s*(?:[.,;:!?)]|\[@|$)))",
    re.IGNORECASE,
)
_VERDICT_WORDS = ("proven", "effective", "based", "best", "works", " work")
"""One of them is in every verdict; to look for them first takes a tenth of the time."""
_ADDRESS_IN_BRACKETS = re.compile(r"\]\[(?P<address>https?://[^\[\]\s]*)\]")
_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|\"[^\"]*\"")
PATTERNS = {"verdict": (_VERDICT, False), "quoted": (_QUOTED, False)}
"""The same for a form in the browser."""


NO_ENTRY = "Correct the key, or add an entry for the work to data/references.bib. All keys stand on the page “References”."
"""What to do about a key that nobody knows and that is like no other."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One text of a record, where it stands, and what it cites."""

    loc: Path_
    text: str
    groups: tuple[CitationGroup, ...] = ()
    broken: tuple[BrokenCitation, ...] = ()
    needs_citation: bool = True

    def citations(self) -> Iterator[Citation]:
        """Every single citation, in order."""
        for group in self.groups:
            yield from group.citations


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a text: which sort, in which words, what to do, and what to point at."""

    code: Code
    message: str
    fix: str
    snippet: str = ""
    """The words to point at, as they stand in the text."""
    start: int = 0
    """Where in the text to look for them."""
    loc: Path_ = ()
    """For a fault in a small map: the field of it."""


def statements_of(record: Record) -> list[Statement]:
    """All statements of a record, in the order of its fields."""
    found = []
    for loc, text in _texts(record, ()):
        groups, broken = find_citations(text)
        found.append(Statement(loc, text, tuple(groups), tuple(broken), _needs_citation(record, loc, text)))
    return found


def faults_of(statement: Statement, bibliography: Mapping[str, Entry]) -> Iterator[Fault]:
    """What is wrong with a statement: its citations, or the Markdown in it."""
    yield from citation_faults(statement.groups, statement.broken, bibliography)
    strays = () if statement.broken else stray_faults(statement.text, statement.groups, bibliography)
    yield from strays
    if statement.needs_citation and not statement.groups and not statement.broken and not strays:
        yield _no_citation(statement, bibliography)
    yield from text_faults(statement.text)
    if found := verdict(statement.text, statement.groups):
        fix = "Say what was measured and found. A source's own word stands in “…”, with its citation."
        yield Fault(Code.VERDICT, f"'{found}' is a verdict in our own voice.", fix, found)


def stray_faults(text: str, groups: tuple[CitationGroup, ...], bibliography: Mapping[str, Entry]) -> list[Fault]:
    """Keys of works that stand in a text without being a citation."""
    return [Fault(Code.BAD_CITATION, message, fix, words, start) for start, words, message, fix in stray_citations(text, groups, bibliography)]


def _no_citation(statement: Statement, bibliography: Mapping[str, Entry]) -> Fault:
    """A text without citation; what to do depends on what its author may have meant."""
    text, name = statement.text.strip(), field_name(statement.loc)
    if is_silence(text):
        return Fault(Code.NO_CITATION, f"'{short(text)}' in '{name}' is not the fixed term `{NOT_REPORTED}`.", silence_help(text))
    if text.partition(",")[0] in bibliography:
        return Fault(Code.NO_CITATION, f"'{short(text)}' in '{name}' is a key, and no citation.", f"Write '[@{text.partition(',')[0]}, p. 3]', with the place.")
    fix = f"End the sentence with its source in square brackets, for example [@papp2021returning, p. 15]. If the sources are silent, write `{NOT_REPORTED}`."
    return Fault(Code.NO_CITATION, f"'{name}' states something and cites nothing.", fix)


def citation_faults(groups: tuple[CitationGroup, ...], broken: tuple[BrokenCitation, ...], bibliography: Mapping[str, Entry]) -> Iterator[Fault]:
    """What is wrong with the citations of a text: form, unknown keys, missing locators, works not read."""
    for each in broken:
        yield Fault(Code.BAD_CITATION, f"'{short(each.text)}' is not a citation we can read.", broken_help(each.text), each.text, each.start)
    for citation in (citation for group in groups for citation in group.citations):
        snippet = f"@{citation.key}"
        for key in citation.keys:
            if key not in bibliography:
                fix = suggest(key, bibliography) or NO_ENTRY
                yield Fault(Code.UNKNOWN_CITATION, f"'{short(key)}' is not a key of data/references.bib.", fix, f"@{key}", citation.start)
        if not citation.place:
            fix = f"Add it after a comma: {LOCATOR_FORMS}."
            message = f"The citation of '{short(citation.via or citation.key)}' does not say where in the source."
            yield Fault(Code.NO_LOCATOR, message, fix, snippet, citation.start)
        for locator in filter(None, (citation.locator, citation.via_locator)):
            if not is_locator(locator):
                message = f"'{short(locator)}' does not name a place in a source."
                meant = place_meant(locator)
                fix = f"Write {meant}." if meant else f"Forms we know: {LOCATOR_FORMS}."
                yield Fault(Code.NO_LOCATOR, message, fix, snippet, citation.start)
        entry = bibliography.get(citation.key)
        if entry and entry.known == VIA and entry["via"] and not citation.via:
            fix = f"Write [@{citation.key}, via @{entry['via']}, p. …]; or, once you have read it, change `known` of its entry."
            yield Fault(Code.NOT_READ, f"'{citation.key}' is known to us only through another work.", fix, snippet, citation.start)


def text_faults(text: str) -> Iterator[Fault]:
    """What is wrong with the Markdown of a text that comes from a contributor."""
    if found := raw_html(text):
        fix = f"HTML is not used here. {_MARKDOWN_FOR.get(_tag_of(found), _MARKDOWN)} A < in a text is written &lt;."
        yield Fault(Code.RAW_HTML, f"'{found}' is HTML.", fix, found)
    if found := unsafe_address(text):
        yield Fault(Code.UNSAFE_URL, f"'{short(found)}' is not an address that a text may use.", _address_help(found), found[:60])
    if "][http" in text and (link := _ADDRESS_IN_BRACKETS.search(text)):
        address = link["address"]
        fix = f"An address of another site stands in round brackets: [words]({short(address)}). A page of this site is linked by its id: [words][id]."
        yield Fault(Code.UNKNOWN_LINK, f"'{short(address)}' is an address, and the id of a record belongs here.", fix, address[:60])
    if found := heading(text):
        fix = "Leave out the # before it, or the line of = or - below it. A new section is a field of the record."
        yield Fault(Code.HEADING, f"'{short(found)}' would become a heading.", fix, found)


_MARKDOWN = "Write Markdown: *emphasis*, **strong**, - for a list."
_MARKDOWN_FOR = {
    **dict.fromkeys(("a",), "Write a link as [words](https://…), and to a page of this site as [words][id]."),
    **dict.fromkeys(("b", "strong"), "Write **strong**."),
    **dict.fromkeys(("i", "em"), "Write *emphasis*."),
    **dict.fromkeys(("br", "p", "div"), "Leave an empty line between two paragraphs."),
    **dict.fromkeys(("ul", "ol", "li"), "Write a list with - at the beginning of each line."),
    **dict.fromkeys(("script", "style", "iframe", "img", "svg"), "Delete it."),
}
"""What to write for an element of HTML."""


def _tag_of(html: str) -> str:
    match = re.match(r"</?([A-Za-z][A-Za-z0-9]*)", html)
    return match[1].lower() if match else ""


def _address_help(address: str) -> str:
    """What to do about an address that a text may not use."""
    if address.startswith("!"):
        return "Pictures are not loaded from a text. Delete it, and say in words what it shows."
    if address.lower().startswith("www."):
        return f"Write the whole address: https://{short(address)}."
    if re.match(r"\s*(?:javascript|data|vbscript)\s*:", address, re.IGNORECASE):
        return "It could run code in the browser of a reader. Link to an address that starts with https://."
    if match := re.fullmatch(r"(?:[./]*(?:[\w-]+/)*)(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)/?(?:\.md|\.html)?", address):
        return f"A page of this site is linked by its id in square brackets: [words][{match['id']}]. An address of another site starts with https://."
    return "Link to https:// addresses, and to pages of this site as [words][id]. Pictures are not loaded from a text."


def verdict(text: str, groups: Iterable[CitationGroup] = ()) -> str:
    """The first word of a text that passes a verdict on a programme, or an empty text; what stands in quotation marks is the source's."""
    lower = text.lower()
    if not any(word in lower for word in _VERDICT_WORDS) or not _VERDICT.search(text):
        return ""
    ours = text
    for start, end in (*((group.start, group.end) for group in groups), *(match.span() for match in _QUOTED.finditer(text))):
        ours = f"{ours[:start]}{' ' * (end - start)}{ours[end:]}"
    found = _VERDICT.search(ours)
    return found.group() if found else ""


def field_name(loc: Path_) -> str:
    """A place in a record in words: `structure 2 text`."""
    return " ".join(str(step + 1) if isinstance(step, int) else str(step) for step in loc)


def _needs_citation(record: Record, loc: Path_, text: str) -> bool:
    if text.strip() == NOT_REPORTED:
        return False
    match loc:
        case ("relations", _, "basis") | ("retired", "basis"):
            return text != OURS
        case ("evidence", _, "finding" | "limits"):
            return False  # its `source` is the citation
        case ("retired", "reason"):
            return False  # its `basis` is
        case (str(name), int(), "text") if name in record.basis:
            return False  # the whole list has its citation under `basis`
    return True


def _texts(model: BaseModel, loc: Path_) -> Iterator[tuple[Path_, str]]:
    for name, holds_models in _factual_fields(type(model)):
        value = getattr(model, name)
        if isinstance(value, str):
            yield (*loc, name), value
        elif isinstance(value, dict):
            yield from (((*loc, name, key), text) for key, text in value.items())
        elif isinstance(value, BaseModel):
            yield from _texts(value, (*loc, name))
        elif value:
            for number, each in enumerate(value):
                yield from _texts(each, (*loc, name, number)) if holds_models else [((*loc, name, number), each)]


@lru_cache(maxsize=64)
def _factual_fields(model: type[BaseModel]) -> tuple[tuple[str, bool], ...]:
    """The fields of a model that hold factual text, themselves or in small maps inside; with True for the latter."""
    found = []
    for name, info in model.model_fields.items():
        models = [each for each in _all_args(info.annotation) if isinstance(each, type) and issubclass(each, BaseModel)]
        if FACTUAL in info.metadata or FACTUAL in _all_args(info.annotation) or any(_factual_fields(each) for each in models):
            found.append((name, bool(models)))
    return tuple(found)


def _all_args(annotation: Any) -> list[Any]:
    inner = [*get_args(annotation), *getattr(annotation, "__metadata__", ())]
    return [annotation, *(deep for each in inner for deep in _all_args(each))] if inner else [annotation]
