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
from waymark.fields import FACTUAL, NOT_REPORTED, OURS
from waymark.markdown import heading, raw_html, unsafe_address
from waymark.models import Record
from waymark.problems import Code, short, suggest

# Where effect is mostly not known, these words would say more than anybody knows (decided in the method of the project).
_VERDICT = re.compile(
    r"\b(?:proven|(?:in)?effective(?:ly|ness)?|evidence[- ]based|best[- ]practices?"
    r"|(?:it|programmes?|practices?|tools?|methods?|treatment) works?(?=[.,;:!?)]))",
    re.IGNORECASE,
)
_VERDICT_WORDS = ("proven", "effective", "based", "best", "works", " work")
"""One of them is in every verdict; to look for them first takes a tenth of the time."""
_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|\"[^\"]*\"")


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
    if statement.needs_citation and not statement.groups and not statement.broken:
        fix = "End the sentence with its source in square brackets, for example [@papp2021returning, p. 15]."
        if statement.loc[0] in ("relations", "retired"):
            fix = f"Write the source in square brackets, for example [@papp2021returning, p. 15], or `{OURS}` if no source says it."
        yield Fault(Code.NO_CITATION, f"'{field_name(statement.loc)}' states something and cites nothing.", fix)
    yield from text_faults(statement.text)
    if found := verdict(statement.text, statement.groups):
        fix = "Say what was measured and found. A source's own word stands in “…”, with its citation."
        yield Fault(Code.VERDICT, f"'{found}' is a verdict in our own voice.", fix, found)


def citation_faults(groups: tuple[CitationGroup, ...], broken: tuple[BrokenCitation, ...], bibliography: Mapping[str, Entry]) -> Iterator[Fault]:
    """What is wrong with the citations of a text: form, unknown keys, missing locators, works not read."""
    for each in broken:
        fix = "Write [@key, p. 3], with a comma after the key. Several works: [@one, p. 3; @two, p. 7]. Known through another: [@one, p. 3, via @two, p. 7]."
        yield Fault(Code.BAD_CITATION, f"'{short(each.text)}' is not a citation we can read.", fix, each.text, each.start)
    for citation in (citation for group in groups for citation in group.citations):
        snippet = f"@{citation.key}"
        for key in citation.keys:
            if key not in bibliography:
                fix = suggest(key, bibliography) or "Add an entry for it, or correct the key."
                yield Fault(Code.UNKNOWN_CITATION, f"'{short(key)}' is not a key of data/references.bib.", fix, f"@{key}", citation.start)
        if not citation.place:
            fix = f"Add it after a comma: {LOCATOR_FORMS}."
            message = f"The citation of '{short(citation.via or citation.key)}' does not say where in the source."
            yield Fault(Code.NO_LOCATOR, message, fix, snippet, citation.start)
        for locator in filter(None, (citation.locator, citation.via_locator)):
            if not is_locator(locator):
                message = f"'{short(locator)}' does not name a place in a source."
                yield Fault(Code.NO_LOCATOR, message, f"Forms we know: {LOCATOR_FORMS}.", snippet, citation.start)
        entry = bibliography.get(citation.key)
        if entry and entry.known == VIA and not citation.via:
            fix = f"Write [@{citation.key}, via @{entry['via']}, p. …]; or, once you have read it, change `known` of its entry."
            yield Fault(Code.NOT_READ, f"'{citation.key}' is known to us only through another work.", fix, snippet, citation.start)


def text_faults(text: str) -> Iterator[Fault]:
    """What is wrong with the Markdown of a text that comes from a contributor."""
    if found := raw_html(text):
        fix = "Write Markdown: *emphasis*, **strong**, - for a list. A < in a text is written &lt;."
        yield Fault(Code.RAW_HTML, f"'{found}' is HTML.", fix, found)
    if found := unsafe_address(text):
        fix = "Link to https:// addresses, and to other pages as [words][id]. Pictures are not loaded from a text."
        yield Fault(Code.UNSAFE_URL, f"'{short(found)}' is not an address that a text may use.", fix, found[:60])
    if found := heading(text):
        fix = "Leave out the # before it, or the line of = or - below it. A new section is a field of the record."
        yield Fault(Code.HEADING, f"'{short(found)}' would become a heading.", fix, found)


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
        elif holds_models and value:
            for number, each in enumerate(value):
                yield from _texts(each, (*loc, name, number))


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
