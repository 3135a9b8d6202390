"""Everything loaded, checked and joined. Start reading here.

    library, problems = load_library(Path("."), today=date.today())

The library is complete only if `problems.failures(problems)` is empty; records that could not be read
are simply not in it. Whatever the files hold, nothing is raised.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from waymark.bibliography import Entry, read_bibliography
from waymark.citations import BrokenCitation, Citation, CitationGroup, find_citations
from waymark.documents import Document, locate_in_text, read_document, read_text
from waymark.links import MENTIONS, Link, anchors_of, fault_of, find_links, links_of
from waymark.models import KINDS, Kind, Record
from waymark.problems import Code, Location, Problem, in_order, suggest
from waymark.statements import Fault, Statement, citation_faults, faults_of, statements_of
from waymark.validate import is_id, validate

DATA, CONTENT = "data", "content"
REFERENCES = f"{DATA}/references.bib"
PUBLISHED = f"{DATA}/published-ids.txt"


@dataclass(frozen=True)
class Item:
    """A record with its id and kind, the place it comes from, and its statements."""

    id: str
    kind: Kind
    record: Record
    document: Document
    statements: tuple[Statement, ...]

    def citations(self) -> Iterator[Citation]:
        """Every citation of the record, in the order of its fields."""
        for statement in self.statements:
            yield from statement.citations()


@dataclass(frozen=True)
class ContentPage:
    """A hand-written page of `content/`; its id is its path without `.md`."""

    id: str
    path: str
    text: str
    groups: tuple[CitationGroup, ...]
    broken: tuple[BrokenCitation, ...]


@dataclass(frozen=True)
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

    def of_kind(self, name: str) -> list[Item]:
        """The records of a kind by name, as a reader sorts them."""
        return sorted((item for item in self.items.values() if item.kind.name == name), key=lambda item: item.record.name.casefold())


def load_library(root: Path, *, today: date) -> tuple[Library, list[Problem]]:
    """Reads `data/` and `content/` below `root`, checks everything and joins it.

    Args:
        root: The project's folder.
        today: The latest day that a date may name.

    Returns:
        The library, and all problems in the order of files and lines.
    """
    bibliography, problems = read_bibliography(root / REFERENCES, REFERENCES, today)
    documents, found = _documents(root)
    problems += found
    items, found = _items(documents, today)
    problems += found
    pages, found = _pages(root / CONTENT)
    problems += found
    problems += _clashes(items, pages)
    problems += _published_problems(root / PUBLISHED, documents, items)

    kinds = {**dict.fromkeys(pages, "page"), **{id: item.kind.name for id, item in items.items()}}
    # A record that could not be read is still there to be linked to: one mistake, one problem.
    kinds |= {id: kind.name for kind, id, _ in documents if id not in kinds}
    anchors = {id: anchors_of(item.record) for id, item in items.items()}
    links: list[Link] = []
    for item in items.values():
        own = list(links_of(item.id, item.record, item.statements))
        links += own
        problems += [_in_record(item, link.loc, fault) for link in own if (fault := fault_of(link, kinds, anchors))]
        problems += [_in_record(item, each.loc, fault) for each in item.statements for fault in faults_of(each, bibliography)]
        problems += _key_problems(item, bibliography)
    for page in pages.values():
        own = [Link(page.id, found.target, MENTIONS, found.anchor) for found in find_links(page.text)]
        links += own
        faults = [fault for link in own if (fault := fault_of(link, kinds, anchors))]
        problems += [_in_page(page, fault) for fault in (*faults, *citation_faults(page.groups, page.broken, bibliography))]

    citing = _citing(items, pages)
    problems += _uncited(bibliography, items, citing)
    outgoing, backlinks = _both_ways(link for link in links if link.target in kinds)
    return Library(items, pages, bibliography, outgoing, backlinks, citing), in_order(problems)


def _documents(root: Path) -> tuple[list[tuple[Kind, str, Document]], list[Problem]]:
    """Every record as it stands in its file: kind, id, document."""
    found: list[tuple[Kind, str, Document]] = []
    problems = list(_stray_files(root / DATA))
    for kind in KINDS.values():
        folder, file = root / DATA / kind.plural, root / DATA / f"{kind.plural}.yaml"
        if folder.is_dir() and file.exists():
            message = f"{kind.plural.capitalize()} are kept both in {DATA}/{file.name} and in {DATA}/{folder.name}/."
            problems.append(Problem(Location(f"{DATA}/{file.name}"), Code.KIND_TWICE, message, "Move all records to one of the two, and delete the other."))
        if file.exists():
            document, said = read_document(file, f"{DATA}/{file.name}")
            problems += said
            found += [(kind, id, document.within(id)) for id in document.data] if document else []
        for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
            document, said = read_document(path, f"{DATA}/{folder.name}/{path.name}")
            problems += said
            found += [(kind, path.stem, document)] if document else []
    return found, problems


def _stray_files(data: Path) -> Iterator[Problem]:
    plurals = [kind.plural for kind in KINDS.values()]
    for path in sorted(data.glob("*")):
        is_yaml = path.suffix in (".yaml", ".yml")
        if is_yaml and (path.stem not in plurals or path.suffix == ".yml"):
            fix = suggest(path.stem, plurals) or f"Files we read: {', '.join(f'{name}.yaml' for name in plurals)}."
            yield Problem(Location(f"{DATA}/{path.name}"), Code.UNKNOWN_KIND, f"'{path.name}' is not the file of a kind.", fix)
        for inner in sorted(path.glob("*")) if path.is_dir() and path.name in plurals else ():
            if inner.suffix != ".yaml" and not inner.name.startswith("."):
                shown = Location(f"{DATA}/{path.name}/{inner.name}")
                yield Problem(shown, Code.UNKNOWN_KIND, f"'{inner.name}' would not be read.", "Records are files that end in .yaml.")


def _items(documents: list[tuple[Kind, str, Document]], today: date) -> tuple[dict[str, Item], list[Problem]]:
    items: dict[str, Item] = {}
    problems: list[Problem] = []
    first: dict[str, Document] = {}
    for kind, id, document in documents:
        if not is_id(id):
            fix = "Use lower-case letters a to z, digits and single hyphens, for example back-on-track."
            problems.append(Problem(document.locate(key=True), Code.BAD_ID, f"'{id}' cannot be an id.", fix))
        if id in first:
            message = f"The id '{id}' is used twice; the other is {first[id].locate(key=True)}."
            problems.append(Problem(document.locate(key=True), Code.DUPLICATE_ID, message, "Ids are unique over all kinds. Choose another one."))
            continue
        first[id] = document
        record, found = validate(document, kind, today)
        problems += found
        if record:
            items[id] = Item(id, kind, record, document, tuple(statements_of(record)))
    for item in items.values():
        for number, former in enumerate(item.record.former_ids):
            if former in first:
                message = f"The former id '{former}' is the id of another record."
                problems.append(Problem(item.document.locate(("former_ids", number)), Code.DUPLICATE_ID, message, "An id is never used again. Give that record another id."))
    return items, problems


def _pages(folder: Path) -> tuple[dict[str, ContentPage], list[Problem]]:
    pages: dict[str, ContentPage] = {}
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*.md")):
        inside = path.relative_to(folder).as_posix()
        text, found = read_text(path, f"{CONTENT}/{inside}")
        problems += found
        if text is not None:
            groups, broken = find_citations(text)
            id = inside.removesuffix(".md")
            pages[id] = ContentPage(id, f"{CONTENT}/{inside}", text, tuple(groups), tuple(broken))
    return pages, problems


def _clashes(items: Mapping[str, Item], pages: Mapping[str, ContentPage]) -> Iterator[Problem]:
    for id in sorted(items.keys() & pages.keys()):
        message = f"The id '{id}' is also the name of the page {pages[id].path}."
        yield Problem(items[id].document.locate(key=True), Code.DUPLICATE_ID, message, "Rename the record or the page, so that links know which is meant.")


def _published_problems(path: Path, documents: list[tuple[Kind, str, Document]], items: Mapping[str, Item]) -> Iterator[Problem]:
    """Ids that were published once and lead nowhere now. The file has one `kind/id` a line."""
    if not path.exists():
        return
    text, problems = read_text(path, PUBLISHED)
    yield from problems
    # A kind that changed moves the address too, so the kind is part of what must live on.
    alive = {f"{kind.name}/{id}" for kind, id, _ in documents}
    alive |= {f"{item.kind.name}/{former}" for item in items.values() for former in item.record.former_ids}
    for number, line in enumerate((text or "").splitlines(), 1):
        if line and not line.startswith("#") and line not in alive:
            near = suggest(line, alive)
            fix = f"Give the record that replaces it `former_ids: [{line.split('/')[-1]}]`, so that old links lead there. {near}".strip()
            yield Problem(Location(PUBLISHED, number), Code.LOST_ID, f"'{line}' was published and is gone.", fix)


def _key_problems(item: Item, bibliography: Mapping[str, Entry]) -> Iterator[Problem]:
    keys = [(("checked", "against", number), key) for number, key in enumerate(item.record.checked.against)]
    keys += [(("further_reading", number), key) for number, key in enumerate(item.record.further_reading)]  # type: ignore[misc]
    for loc, key in keys:
        if key not in bibliography:
            fix = suggest(key, bibliography) or "Add an entry for it, or correct the key."
            yield Problem(item.document.locate(loc), Code.UNKNOWN_CITATION, f"'{key}' is not a key of {REFERENCES}.", fix)


def _in_record(item: Item, loc: tuple[str | int, ...], fault: Fault) -> Problem:
    return Problem(item.document.locate(loc, fault.snippet), fault.code, fault.message, fault.fix)


def _in_page(page: ContentPage, fault: Fault) -> Problem:
    return Problem(locate_in_text(page.path, page.text, max(page.text.find(fault.snippet), 0)), fault.code, fault.message, fault.fix)


def _citing(items: Mapping[str, Item], pages: Mapping[str, ContentPage]) -> dict[str, tuple[str, ...]]:
    citing: defaultdict[str, dict[str, None]] = defaultdict(dict)  # a dict keeps the order and each id once
    for item in items.values():
        for citation in item.citations():
            citing[citation.key][item.id] = None
            if citation.via:
                citing[citation.via][item.id] = None
        for key in item.record.further_reading:
            citing[key][item.id] = None
    for page in pages.values():
        for citation in (citation for group in page.groups for citation in group.citations):
            citing[citation.key][page.id] = None
            if citation.via:
                citing[citation.via][page.id] = None
    return {key: tuple(ids) for key, ids in citing.items()}


def _uncited(bibliography: Mapping[str, Entry], items: Mapping[str, Item], citing: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
    used = {key for item in items.values() for key in item.record.checked.against} | citing.keys()
    used |= {entry["via"] for entry in bibliography.values()}
    for key, entry in bibliography.items():
        if key not in used:
            fix = "Cite it where it carries a statement, list it under `further_reading`, or delete it."
            yield Problem(entry.location, Code.UNCITED_ENTRY, f"'{key}' is cited nowhere.", fix)


def _both_ways(links: Iterable[Link]) -> tuple[dict[str, tuple[Link, ...]], dict[str, tuple[Link, ...]]]:
    outgoing: defaultdict[str, dict[Link, None]] = defaultdict(dict)
    backlinks: defaultdict[str, dict[Link, None]] = defaultdict(dict)
    for link in links:
        outgoing[link.source][link] = None
        backlinks[link.target][link] = None
    return {id: tuple(found) for id, found in outgoing.items()}, {id: tuple(found) for id, found in backlinks.items()}
