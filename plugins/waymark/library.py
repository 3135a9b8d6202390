"""Everything loaded, checked and joined. Start reading here.

    library, problems = load_library(Path("."), today=date.today())

The library is complete only if `problems.failures(problems)` is empty; records that could not be read
are simply not in it. Whatever the files hold, nothing is raised.
"""

from __future__ import annotations

import gc
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import chain, islice
from pathlib import Path

from waymark.addresses import COMPARE, Promise, Standing, promise_problems, read_promises
from waymark.bibliography import Entry, read_bibliography
from waymark.citations import BrokenCitation, Citation, CitationGroup, find_citations
from waymark.corrections import Correction, read_corrections
from waymark.datafiles import read_documents
from waymark.documents import Document, Path_
from waymark.fields import SecondCoding
from waymark.files import locate_in_text, read_text
from waymark.history import Release, read_history
from waymark.kinds import KINDS, Kind
from waymark.links import (
    MENTIONS,
    PAGE,
    Link,
    address_of,
    anchor_faults,
    anchors_of,
    fault_of,
    find_links,
    former_links,
    links_of,
    mention,
    places_of,
    renamed,
)
from waymark.markers import links_of_markers, marker_faults
from waymark.models import Record
from waymark.owners import owner_faults
from waymark.paths import COMPARISONS, CONTENT, CORRECTIONS, HISTORY, PEOPLE, PUBLISHED, REFERENCES, SECOND_CODING
from waymark.people import Person, people_faults, read_people
from waymark.prepared import Prepared, read_prepared
from waymark.problems import MAX_PROBLEMS, Code, Location, Problem, failures, in_order, limited, short, suggest
from waymark.recoded import Recoded, read_recoded
from waymark.retirement import RetiredIds, retired_fault, successor_faults
from waymark.statements import NO_ENTRY, Fault, Statement, citation_faults, faults_of, statements_of, stray_faults
from waymark.validate import ID_HELP, is_id, validate

_NOTE = re.compile(r"\s#.*\[@")
"""A note in YAML that holds a citation."""


@dataclass(frozen=True, slots=True)
class Item:
    """A record with its id and kind, the file it comes from (its text is dropped once all is checked), and its statements."""

    id: str
    kind: Kind
    record: Record
    document: Document
    statements: tuple[Statement, ...]

    def citations(self) -> Iterator[Citation]:
        """Every citation of the record, in the order of its fields."""
        for statement in self.statements:
            yield from statement.citations()

    @property
    def shown_name(self) -> str:
        """The name as lists and links show it: a retired page is marked in words."""
        return f"{self.record.name} (retired)" if self.record.retired else self.record.name


@dataclass(frozen=True, slots=True)
class ContentPage:
    """A hand-written page of `content/`; its id is its path without `.md`."""

    id: str
    path: str
    text: str
    groups: tuple[CitationGroup, ...]
    broken: tuple[BrokenCitation, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """All records, pages and references, and what joins them."""

    items: Mapping[str, Item]
    """Records by id, sorted by kind and id."""
    pages: Mapping[str, ContentPage]
    bibliography: Mapping[str, Entry]
    outgoing: Mapping[str, tuple[Link, ...]]
    """Links by the record or page they start at."""
    backlinks: Mapping[str, tuple[Link, ...]]
    """Links by the record or page they point at."""
    citing: Mapping[str, tuple[str, ...]]
    """For each citation key the ids of the records and pages that cite it, directly or with `via`."""
    second_coding: Recoded = field(default_factory=dict)
    """What somebody coded again without sight of the first coding, see `codings_of`."""
    comparisons: tuple[Prepared, ...] = ()
    """What the editors set beside one another."""
    promises: Mapping[str, Promise] = field(default_factory=dict)
    """What was published, by address."""
    people: Mapping[str, Person] = field(default_factory=dict)
    """Whose initials stand in the records."""
    corrections: tuple[Correction, ...] = ()
    """Reports of mistakes, in the order of the file."""
    history: tuple[Release, ...] = ()
    """What was counted at each release, the oldest first."""

    def codings_of(self, id: str) -> Mapping[int, SecondCoding]:
        """What a second coder wrote of the coded findings of a record, by their place in it."""
        return self.second_coding.get(id, {})

    def of_kind(self, name: str) -> list[Item]:
        """The records of a kind by name, as a reader sorts them."""
        return sorted((item for item in self.items.values() if item.kind.name == name), key=lambda item: item.record.name.casefold())


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keeps Python's garbage collector away: nothing here holds a cycle, and to look for some would take a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()  # nor need it look through the library when it is back
            gc.enable()


@_no_collection()
def load_library(root: Path, *, today: date) -> tuple[Library, list[Problem]]:
    """Reads `data/` and `content/` below `root`, checks everything and joins it.

    Args:
        root: The project's folder.
        today: The latest day that a date may name.

    Returns:
        The library, and all problems in the order of files and lines.
    """
    bibliography, problems = read_bibliography(root / REFERENCES, REFERENCES, today)
    documents, unread, found = read_documents(root)
    problems += found
    items, found = _items(documents, today)
    problems += found
    pages, found = _pages(root / CONTENT)
    problems += found
    problems += _clashes(items, pages)
    # A record that could not be read is still there to be linked to: one mistake, one problem.
    records = {**{id: kind.name for id, kind in unread}, **{id: kind.name for kind, id, _ in documents}}
    records |= {id: item.kind.name for id, item in items.items()}
    kinds = {**dict.fromkeys(_page_ids(root / CONTENT), PAGE), **records}
    retired = {id: item.record.retired for id, item in items.items() if item.record.retired}
    comparisons, found = read_prepared(root / COMPARISONS, COMPARISONS, records, retired)
    problems += limited(iter(found), COMPARISONS)
    promises, said_of_file = read_promises(root / PUBLISHED, PUBLISHED)
    standing = _standing(items, records, bibliography, comparisons)
    # What cannot be read is still there, and nobody knows which addresses it had before.
    unread_folders = {KINDS[kind].plural for id, kind in records.items() if id not in items}
    unread_folders |= ({"references"} if not bibliography else set()) | ({COMPARE} if failures(found) else set())
    known = (each for each in promises.values() if each.address in standing or each.address.partition("/")[0] not in unread_folders)
    problems += limited(chain(said_of_file, promise_problems(known, standing, PUBLISHED)), PUBLISHED)
    people, found = read_people(root / PEOPLE, PEOPLE, records, bibliography, today)
    problems += found
    corrections, found = read_corrections(root / CORRECTIONS, CORRECTIONS, kinds, bibliography, people, today)
    problems += found
    history, found = read_history(root / HISTORY, HISTORY, today)
    problems += found
    anchors: Mapping[str, Iterable[str]] = {id: anchors_of(item.record) for id, item in items.items()}
    # What was published has no new id until somebody says which.
    names = {**_published_ids(promises), **renamed((id, item.record) for id, item in items.items())}
    links: list[Link] = []
    said = Counter(problem.location.path for problem in problems)
    for item in items.values():
        own = list(links_of(item.id, item.record, item.statements))
        links += own
        found = limited(_record_problems(item, own, kinds, anchors, names, bibliography, retired, people), item.document.path, said[item.document.path])
        said[item.document.path] += len(found)
        problems += found
    partners: defaultdict[str, set[str]] = defaultdict(set)
    for link in links:
        if link.relation != MENTIONS:
            partners[link.source].add(link.target)
            partners[link.target].add(link.source)
    for page in pages.values():
        own = [*(mention(page.id, each) for each in find_links(page.text)), *links_of_markers(page.id, page.text)]
        links += own
        faults = marker_faults(page.text, kinds, items, partners)
        problems += limited(_page_problems(page, own, kinds, anchors, names, bibliography, retired, faults), page.path)

    citing = _citing(items, pages)
    if not bibliography:  # then no key can be known; that is one problem, said above
        problems = [problem for problem in problems if problem.code is not Code.UNKNOWN_CITATION]
    if len(items) == len(documents) and not unread:  # else what looks uncited may be cited in a record that cannot be read
        problems += islice(_uncited(bibliography, items, citing), MAX_PROBLEMS)
    second_coding, found = read_recoded(root / SECOND_CODING, SECOND_CODING, {id: item.record for id, item in items.items()}, records)
    problems += found
    outgoing, backlinks = _both_ways(link for link in links if link.target in kinds)
    items = {id: replace(item, document=item.document.without_text()) for id, item in items.items()}
    library = Library(
        items,
        pages,
        bibliography,
        outgoing,
        backlinks,
        citing,
        second_coding,
        tuple(comparisons),
        promises,
        people or {},
        tuple(corrections),
        tuple(history),
    )
    return library, in_order(problems)


def _published_ids(promises: Iterable[str]) -> dict[str, str]:
    """The ids of all records that ever had a page, each with an empty text."""
    plurals = {kind.plural for kind in KINDS.values()}
    parts = (address.split("/") for address in promises)
    return {each[1]: "" for each in parts if len(each) == 3 and each[0] in plurals}


def _standing(items: Mapping[str, Item], records: Mapping[str, str], bibliography: Mapping[str, Entry], comparisons: Iterable[Prepared]) -> dict[str, Standing]:
    """What stands at the addresses of records, works and prepared comparisons, and at their former ones."""
    nobody_knows = Standing(None)
    found = {address_of(kind, id): nobody_knows for id, kind in records.items() if id not in items}
    for item in items.values():
        standing = Standing(places_of(item.record), item.record.former_anchors, partial(item.document.locate, key=True))
        found |= {address_of(item.kind.name, id): standing for id in (item.id, *item.record.former_ids)}
    for key, entry in bibliography.items():
        found |= {f"references/{each}/": nobody_knows for each in (key, *entry.former_keys)}
    for each in comparisons:
        found |= {f"{COMPARE}/{KINDS[each.kind].plural}/{id}/": nobody_knows for id in (each.id, *each.former_ids)}
    return found


def _items(documents: list[tuple[Kind, str, Document]], today: date) -> tuple[dict[str, Item], list[Problem]]:
    items: dict[str, Item] = {}
    problems: list[Problem] = []
    first: dict[str, Document] = {}
    said: Counter[str] = Counter()
    for place, (kind, id, document) in enumerate(documents):
        documents[place] = kind, id, document.without_data()  # it is in the record now; thousands need not be held twice
        if not is_id(id):
            problems.append(_bad_id(document, id))
        if id in first:
            message = f"The id '{short(id)}' is used twice; the other is at {first[id].locate(key=True)}."
            fix = "Ids are unique over all kinds. " + (
                "Choose another one." if document.prefix else "The id is the name of the file: rename one of the two files."
            )
            problems.append(Problem(document.locate(key=True), Code.DUPLICATE_ID, message, fix))
            continue
        first[id] = documents[place][2]
        if said[document.path] > MAX_PROBLEMS:
            continue
        record, found = validate(document, kind, today)
        found = limited(iter(found), document.path, said[document.path])
        said[document.path] += len(found)
        problems += found
        if record:
            items[id] = Item(id, kind, record, first[id], tuple(statements_of(record)))
    return items, [*problems, *_former_problems(items, first)]


def _bad_id(document: Document, id: str) -> Problem:
    """An id that cannot be one: in a folder it is the name of the file, which editors do not know for an id."""
    better = "-".join(re.findall("[a-z0-9]+", id.lower()))[:80].strip("-")
    fix = f"{f'Write {better}. ' if is_id(better) else ''}{ID_HELP}"
    if document.prefix:
        return Problem(document.locate(key=True), Code.BAD_ID, f"'{short(id)}' cannot be an id.", fix)
    fix = f"{f'Rename the file to {better}.yaml. ' if is_id(better) else ''}{ID_HELP}"
    return Problem(Location(document.path), Code.BAD_ID, f"The name of the file becomes the id and the address, and '{short(id)}' cannot be an id.", fix)


def _former_problems(items: Mapping[str, Item], documents: Mapping[str, Document]) -> Iterator[Problem]:
    claimed: dict[str, Location] = {}
    for item in items.values():
        for number, former in enumerate(item.record.former_ids):
            place = item.document.locate(("former_ids", number))
            if former == item.id:
                message, fix = f"'{former}' is the id the record has now.", "Delete it here."
            elif former in documents:
                message = f"The former id '{former}' is the id of another record: {documents[former].locate(key=True)}."
                fix = "An id is never used again. Give that record another id."
            elif former in claimed:
                message = f"The former id '{former}' is claimed by another record too: {claimed[former]}."
                fix = "An old address can lead to one page only. Keep it in one of the two."
            else:
                claimed[former] = place
                continue
            yield Problem(place, Code.DUPLICATE_ID, message, fix)


def _page_ids(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix().removesuffix(".md") for path in sorted(folder.rglob("*.md"))]


def _pages(folder: Path) -> tuple[dict[str, ContentPage], list[Problem]]:
    pages: dict[str, ContentPage] = {}
    problems: list[Problem] = []
    for id in _page_ids(folder):
        text, found = read_text(folder / f"{id}.md", f"{CONTENT}/{id}.md")
        problems += found
        if text is not None:
            groups, broken = find_citations(text)
            pages[id] = ContentPage(id, f"{CONTENT}/{id}.md", text, tuple(groups), tuple(broken))
    return pages, problems


def _clashes(items: Mapping[str, Item], pages: Mapping[str, ContentPage]) -> Iterator[Problem]:
    for id in sorted(items.keys() & pages.keys()):
        message = f"The id '{id}' is also the name of the page {pages[id].path}."
        yield Problem(items[id].document.locate(key=True), Code.DUPLICATE_ID, message, "Rename the record or the page, so that links know which is meant.")


def _key_problems(item: Item, bibliography: Mapping[str, Entry]) -> Iterator[Problem]:
    keys = [(("checked", "against", number), key) for number, key in enumerate(item.record.checked.against)]
    keys += [(("further_reading", number), key) for number, key in enumerate(item.record.further_reading)]  # type: ignore[misc]
    for loc, key in keys:
        if key not in bibliography:
            fix = suggest(key, bibliography) or NO_ENTRY
            yield Problem(item.document.locate(loc), Code.UNKNOWN_CITATION, f"'{short(key)}' is not a key of {REFERENCES}.", fix)


def _record_problems(
    item: Item,
    links: list[Link],
    kinds: Mapping[str, str],
    anchors: Mapping[str, Iterable[str]],
    names: Mapping[str, str],
    bibliography: Mapping[str, Entry],
    retired: RetiredIds,
    people: Mapping[str, Person] | None,
) -> Iterator[Problem]:
    texts = {each.loc: each.text for each in item.statements}
    for link in (*links, *former_links(item.id, item.record)):
        text = texts.get(link.loc, "")
        if fault := fault_of(link, kinds, anchors, names) or retired_fault(link, text, retired):
            yield _in_record(item, link.loc, fault, text)
    for each in item.statements:
        for fault in faults_of(each, bibliography):
            yield _in_record(item, each.loc, fault, each.text)
    own_faults = people_faults(item.id, item.record, people) if people is not None else ()
    for fault in (*anchor_faults(item.record), *owner_faults(item.record), *own_faults):
        yield _in_record(item, (), fault, "")
    for fault in successor_faults(item.id, kinds, retired) if item.id in retired else ():
        yield _in_record(item, (), fault, "")
    yield from _key_problems(item, bibliography)


def _page_problems(
    page: ContentPage,
    links: list[Link],
    kinds: Mapping[str, str],
    anchors: Mapping[str, Iterable[str]],
    names: Mapping[str, str],
    bibliography: Mapping[str, Entry],
    retired: RetiredIds,
    faults: Iterable[Fault],
) -> Iterator[Problem]:
    for link in links:
        if fault := fault_of(link, kinds, anchors, names) or retired_fault(link, page.text, retired):
            yield _in_page(page, fault)
    strays = () if page.broken else stray_faults(page.text, page.groups, bibliography)
    for fault in (*citation_faults(page.groups, page.broken, bibliography), *strays, *faults):
        yield _in_page(page, fault)


def _in_record(item: Item, loc: Path_, fault: Fault, text: str) -> Problem:
    # The text has lost its place in the file by folding, but words like it stand there as often as in the text.
    skip = text.count(fault.snippet, 0, fault.start) if fault.snippet else 0
    place, fix = item.document.locate((*loc, *fault.loc), fault.snippet, skip=skip), fault.fix
    if fault.code is Code.NO_CITATION and _NOTE.search(item.document.text.split("\n")[place.line - 1]):
        fix = "A # with a space before it begins a note, so the citation behind it is lost. Put the text in quotation marks, or on the lines after `>-`."
    return Problem(place, fault.code, fault.message, fix)


def _in_page(page: ContentPage, fault: Fault) -> Problem:
    at = page.text.find(fault.snippet, fault.start)
    return Problem(locate_in_text(page.path, page.text, max(at, 0)), fault.code, fault.message, fault.fix)


def _citing(items: Mapping[str, Item], pages: Mapping[str, ContentPage]) -> dict[str, tuple[str, ...]]:
    citing: defaultdict[str, dict[str, None]] = defaultdict(dict)  # a dict keeps the order and each id once
    for item in items.values():
        for citation in item.citations():
            for key in citation.keys:
                citing[key][item.id] = None
        for key in item.record.further_reading:
            citing[key][item.id] = None
    for page in pages.values():
        for citation in (citation for group in page.groups for citation in group.citations):
            for key in citation.keys:
                citing[key][page.id] = None
    return {key: tuple(ids) for key, ids in citing.items()}


def _uncited(bibliography: Mapping[str, Entry], items: Mapping[str, Item], citing: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
    used = {key for item in items.values() for key in item.record.checked.against} | citing.keys()
    used |= {entry["via"] for entry in bibliography.values()}
    for key, entry in bibliography.items():
        if key not in used and entry.type:
            fix = "Cite it where it carries a statement, list it under `further_reading`, or delete it."
            yield Problem(entry.location, Code.UNCITED_ENTRY, f"'{key}' is cited nowhere.", fix)


def _both_ways(links: Iterable[Link]) -> tuple[dict[str, tuple[Link, ...]], dict[str, tuple[Link, ...]]]:
    outgoing: defaultdict[str, dict[Link, None]] = defaultdict(dict)
    backlinks: defaultdict[str, dict[Link, None]] = defaultdict(dict)
    for link in links:
        outgoing[link.source][link] = None
        backlinks[link.target][link] = None
    return {id: tuple(found) for id, found in outgoing.items()}, {id: tuple(found) for id, found in backlinks.items()}
