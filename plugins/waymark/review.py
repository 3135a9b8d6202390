"""What a reviewer must know of a change: two versions of the knowledge base compared, as a value.

What needs a decision comes out as such; what a machine can tick is ticked; what only people can check is listed, with the
places to open. `summaries` puts it into words for a pull request.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from waymark.anatomy import not_yet_coded
from waymark.bibliography import Entry
from waymark.changes import Change, EntryChange, Key, RecordChange, changes_of, entry_changes, text_changes
from waymark.citations import find_citations
from waymark.datafiles import records_in
from waymark.evidence import profile_if_any
from waymark.fields import EvidenceItem
from waymark.labels import LabelChange, by_other_rules, labels_between
from waymark.library import Item, Library
from waymark.links import HEADINGS, MENTIONS, Link, address_of, anchors_of, part_anchor
from waymark.matching import Data
from waymark.models import label_of
from waymark.paths import CONTENT, REFERENCES
from waymark.problems import Code, Problem, failures
from waymark.recoded import is_coded_twice
from waymark.relations import RELATIONS
from waymark.sentences import bare, sentences
from waymark.similar import Twin, candidate_of, twins
from waymark.statements import verdict
from waymark.status import lix

HARD = 55
"""Readability index from which a text is called hard: above it a newspaper is left behind."""
_HARDEST, _WORDS = 5, 8
_ALIKE = 0.3
"""Share of words that two texts have in common, from which on they may say the same."""
_ADVISED = ("programme", "practice", "tool", "principle")
"""Kinds whose new records may say what a recommendation already says."""
_OPENED = re.compile(r"[“‘\"][^”’\"]*[”’\"]")


@dataclass(frozen=True, slots=True)
class Version:
    """One side of the comparison."""

    name: str
    """As people call it: a branch, or *the working tree*."""
    library: Library
    data: Mapping[Key, Data]
    """The records as they stand in their files."""
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A record with the name and address it has."""

    id: str
    name: str
    kind: str
    address: str
    """From the root of the site; empty if it has no page."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A coded finding that nobody coded a second time."""

    record: Named
    number: int
    question: str
    source: str
    coded_by: str


@dataclass(frozen=True, slots=True)
class Source:
    """A work that is new or changed, and how we know it."""

    entry: Entry
    sort: str
    changes: tuple[Change, ...]
    faults: tuple[str, ...]
    """What is missing in what we say of it."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """A record that may say what a recommendation says already."""

    record: Named
    recommendation: Named
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """How hard a summary is to read, by LIX."""

    record: Named
    before: float | None
    after: float


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a work that the change cites: what a reviewer opens."""

    key: str
    place: str
    records: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the checklist that a machine has looked at."""

    is_done: bool
    words: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """Everything a reviewer must know of a change."""

    base: str
    head: str
    notes: tuple[str, ...]
    """What could not be compared."""
    problems: tuple[Problem, ...]
    old_problems: int
    """How many of these problems the base has too."""
    records: tuple[RecordChange, ...]
    named: Mapping[Key, Named]
    files: Mapping[Key, str]
    """The file of each record that changed."""
    novel: Mapping[Key, tuple[str, ...]]
    """What each new record comes to, in words."""
    pages: tuple[tuple[str, str, Change | None], ...]
    """Hand-written pages: path, what happened, and what changed in the text."""
    others: tuple[str, ...]
    """Files that are neither data nor pages."""
    labels: tuple[tuple[Named, tuple[LabelChange, ...]], ...]
    unread: tuple[Unread, ...]
    sources: tuple[Source, ...]
    quoted: tuple[tuple[Named, str], ...]
    """New sentences that hold a verdict in quotation marks."""
    duplicates: tuple[tuple[Named, Named, tuple[str, ...]], ...]
    linked: tuple[tuple[str, str], ...]
    """Relations that came or went: `added` or `removed`, and the relation in words."""
    lost: tuple[tuple[str, str], ...]
    """Addresses and anchors that vanish, each with what led there."""
    redirects: tuple[tuple[str, str], ...]
    overlaps: tuple[Overlap, ...]
    reading: tuple[Reading, ...]
    hardest: tuple[tuple[Named, str, float], ...]
    places: tuple[Place, ...]
    ticks: tuple[Tick, ...]

    @property
    def is_empty(self) -> bool:
        """True if nothing changed that a reader would see."""
        return not (self.records or self.pages or self.sources or self.others)


def review_of(
    base: Version, head: Version, changed: Sequence[str] = (), old_labels: Mapping[str, Mapping[str, str]] | None = None, notes: Sequence[str] = ()
) -> Review:
    """Compares two versions.

    Args:
        base: What is published.
        head: What is proposed.
        changed: Paths of all files that differ, from the project's folder.
        old_labels: Where the rules of labels change too: the labels before by the rules of then, see `labels_of`.
        notes: What else a reviewer must know of the comparison.
    """
    records = changes_of(base.data, head.data)
    now = {each.key: each for each in records if each.sort != "removed"}
    items = {each.id: head.library.items[each.id] for each in now.values() if each.id in head.library.items}
    fresh = {id: tuple(_fresh(id, item, base, head)) for id, item in items.items()}
    sources = tuple(_sources(base.library, head.library))
    turned = labels_between(base.library, head.library, (base.data, head.data))
    if old_labels is not None:
        turned = by_other_rules(old_labels, head.library, turned)
    labels = tuple((_named(head.library.items[id]), tuple(found)) for id, found in turned.items())
    unread = tuple(_unread(records, base, head))
    lost, redirects = _addresses(records, base.library, head.library)
    duplicates = tuple(
        (_named(item), _named(each.item), each.reasons)
        for item in items.values()
        for each in twins(head.library, candidate_of(item), most=3)
        if _is_news(each, item.id, base, now)
    )
    reading = tuple(_reading(items, base.library, records))
    places = tuple(_places(items, base, head))
    new_problems = set(head.problems) - set(base.problems)
    quoted = tuple((_named(items[id]), each) for id, found in fresh.items() for each in found if _holds_quoted_verdict(each))
    others = tuple(path for path in changed if not _is_told(path))
    hardest = nlargest(_HARDEST, _hard_sentences(items, fresh), key=lambda each: each[2])
    return Review(
        base=base.name, head=head.name, notes=(*notes, *_notes(base, head)),
        problems=tuple(head.problems), old_problems=len(head.problems) - len([each for each in head.problems if each in new_problems]),
        records=tuple(records), named={each.key: _named_change(each, head.library) for each in records},
        files={each.key: head.library.items[each.id].document.path for each in records if each.id in head.library.items},
        novel={each.key: tuple(_novel(items[each.id], head.library)) for each in now.values() if each.sort == "added" and each.id in items},
        pages=tuple(_pages(base.library, head.library)), others=others, labels=labels, unread=unread, sources=sources, quoted=quoted, duplicates=duplicates,
        linked=tuple(_linked(base.library, head.library)), lost=lost, redirects=redirects,
        overlaps=tuple(_overlaps(records, base.library, head.library)), reading=reading, hardest=tuple(hardest), places=places,
        ticks=tuple(_ticks(head, records, items, base, labels, unread, sources, lost, duplicates, reading, others)),
    )  # fmt: skip


def _notes(base: Version, head: Version) -> Iterator[str]:
    for version, what in ((base, "before"), (head, "after")):
        unread = version.data.keys() - {(item.kind.name, id) for id, item in version.library.items.items()}
        wrong = failures(version.problems)
        if version is base and wrong:
            yield f"{base.name} itself does not pass today's checks ({_count(len(wrong), 'problem')}). What can be read of it is compared."
        if unread:
            ids = ", ".join(sorted(id for _, id in unread)[:5]) + (" …" if len(unread) > 5 else "")
            found = f"{_count(len(unread), 'record')} cannot be read by today's rules {what} the change ({ids})"
            yield f"{found}: compared field by field, labels and links left out."


def _novel(item: Item, library: Library) -> Iterator[str]:
    statements = [each for each in item.statements if each.loc[0] not in ("basis", "relations") and each.loc[-1] != "source"]
    cited = len({key for each in item.citations() for key in each.keys})
    evidence = getattr(item.record, "evidence", ())
    found = f", {_count(len(evidence), 'coded finding')}" if evidence else ""
    yield f"{_count(len(statements), 'statement')} from {_count(cited, 'work')}{found}; checked by {item.record.checked.by or 'nobody named'}"
    if profile := profile_if_any(library, item):
        yield f"Label in lists: {profile.label}"
    if missing := not_yet_coded(item):
        yield f"Not yet coded: {', '.join(missing)}"


def _is_told(path: str) -> bool:
    """True if what a file holds is compared in words: records, works, hand-written pages. A script beside the pages is not."""
    return path == REFERENCES or records_in(path) is not None or (path.startswith(f"{CONTENT}/") and path.endswith(".md"))


def _named(item: Item) -> Named:
    return Named(item.id, item.record.name, item.kind.name, address_of(item.kind.name, item.id))


def _named_change(change: RecordChange, library: Library) -> Named:
    return _named(library.items[change.id]) if change.id in library.items and change.sort != "removed" else Named(change.id, change.name, change.kind, "")


# Texts ---------------------------------------------------------------------------------------------


def _fresh(id: str, item: Item, base: Version, head: Version) -> Iterator[str]:
    """The sentences of a record that are new or not as they were."""
    before = base.data.get((item.kind.name, id), {})
    known = {sentence for text in _all_texts(before) for sentence in sentences(text)}
    for statement in item.statements:
        if statement.loc[0] not in ("basis", "relations") and statement.loc[-1] != "source":
            yield from (each for each in sentences(statement.text) if each not in known)


def _all_texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _all_texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _all_texts(each)


def _holds_quoted_verdict(sentence: str) -> bool:
    return not verdict(sentence) and any(verdict(each.group()[1:-1] + ".") for each in _OPENED.finditer(bare(sentence)))


def _reading(items: Mapping[str, Item], base: Library, records: Sequence[RecordChange]) -> Iterator[Reading]:
    formers = {each.id: each.former or each.id for each in records}
    for id, item in items.items():
        old = base.items.get(formers.get(id, id))
        before = lix(bare(old.record.summary)) if old else None
        after = lix(bare(item.record.summary))
        if before is None or round(before) != round(after):
            yield Reading(_named(item), before, after)


def _hard_sentences(items: Mapping[str, Item], fresh: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[Named, str, float]]:
    for id, found in fresh.items():
        for each in found:
            words = bare(each)
            if len(words.split()) >= _WORDS and (index := lix(words)) >= HARD:
                yield _named(items[id]), words, index


# Evidence and sources ------------------------------------------------------------------------------


def _unread(records: Sequence[RecordChange], base: Version, head: Version) -> Iterator[Unread]:
    """Coded findings that are new or changed and that nobody coded a second time."""
    for change in records:
        item = head.library.items.get(change.id)
        if change.sort == "removed" or item is None:
            continue
        before = (base.data.get((change.kind, change.former or change.id)) or {}).get("evidence") or []
        data = head.data[change.key].get("evidence") or []
        codings = head.library.codings_of(change.id)
        evidence: tuple[EvidenceItem, ...] = getattr(item.record, "evidence", ())
        for number, each in enumerate(evidence):
            if data[number] not in before and not is_coded_twice(each, codings.get(number)):
                yield Unread(_named(item), number + 1, each.question, each.source, each.coded_by or "")


def _sources(base: Library, head: Library) -> Iterator[Source]:
    for change in entry_changes(base.bibliography, head.bibliography):
        entry = (base if change.sort == "removed" else head).bibliography[change.key]
        yield Source(entry, change.sort, change.changes, tuple(_source_faults(change, entry)))


def _source_faults(change: EntryChange, entry: Entry) -> Iterator[str]:
    if change.sort == "removed":
        return
    if not entry.known:
        yield "it does not say how we know it (`known`)"
    if not entry["checked"]:
        yield "nobody says when its data were checked (`checked`)"
    if change.sort == "changed" and not any(each.field in ("checked", "checkedat") for each in change.changes):
        yield "its data changed, but `checked` is as it was"


def _places(items: Mapping[str, Item], base: Version, head: Version) -> Iterator[Place]:
    """The places in works that new or changed texts, findings, facts and links rest on, in the order of works."""
    found: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for id, item in items.items():
        before, after = base.data.get((item.kind.name, id), {}), head.data[item.kind.name, id]
        known = {sentence for text in _all_texts(before) for sentence in sentences(text)}
        for statement in item.statements:
            match statement.loc:
                case (str(name), int(number), "source" | "basis") if after[name][number] in (before.get(name) or []):
                    continue  # what rests on it is as it was
                case (_, int(), "source" | "basis"):
                    texts: Iterable[str] = (statement.text,)
                case _:
                    texts = (each for each in sentences(statement.text) if each not in known)
            for citation in (each for text in texts for group in find_citations(text)[0] for each in group.citations):
                found[(citation.via or citation.key), citation.place][id] = None
    for (key, place), ids in sorted(found.items()):
        yield Place(key, place, tuple(_named(items[id]) for id in ids))


# Links and likeness --------------------------------------------------------------------------------


def _linked(base: Library, head: Library) -> Iterator[tuple[str, str]]:
    old, new = ({link for links in library.outgoing.values() for link in links if link.relation != MENTIONS} for library in (base, head))
    for sort, found in (("removed", old - new), ("added", new - old)):
        for link in sorted(found, key=lambda each: (each.source, each.relation, each.target, each.anchor)):
            yield sort, _link_words(link, head if sort == "added" else base)


def _link_words(link: Link, library: Library) -> str:
    source, target = (library.items[id].record.name if id in library.items else id for id in (link.source, link.target))
    relation = RELATIONS[link.relation].forward if link.relation in RELATIONS else link.relation
    why = " (our own link; no source states it)" if link.basis == "ours" else ""
    return f"{source} – {relation}: {target}{f', at #{link.anchor}' if link.anchor else ''}{why}"


def _addresses(records: Sequence[RecordChange], base: Library, head: Library) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Addresses that vanish, and those that lead elsewhere from now on."""
    redirects = [
        (address_of(item.kind.name, former), address_of(item.kind.name, item.id))
        for item in head.items.values()
        for former in item.record.former_ids
        if item.id not in base.items or former not in base.items[item.id].record.former_ids
    ]
    lost: list[tuple[str, str]] = []
    kept = {old for old, _ in redirects}
    for change in records:
        before = base.items.get(change.former or change.id)
        if before is None:
            continue
        address = address_of(before.kind.name, before.id)
        if change.sort == "removed":
            if address not in kept:
                lost.append((address, before.record.name))
            continue
        if after := head.items.get(change.id):
            old, new = _places_on(before), {**_places_on(after), **after.record.former_anchors}
            lost += [(f"{address}#{anchor}", words) for anchor, words in old.items() if anchor not in new]
    lost += [(f"{page.removesuffix('/index')}/", base.pages[page].path) for page in sorted(base.pages.keys() - head.pages.keys())]
    return tuple(lost), tuple(redirects)


def _places_on(item: Item) -> dict[str, str]:
    model = type(item.record)
    found = {anchor: label_of(model, name) if name in model.model_fields else name for anchor, name in anchors_of(item.record).items()}
    found = {anchor: {"evidence": HEADINGS["evidence"], "disagreements": HEADINGS["disagreements"]}.get(anchor, words) for anchor, words in found.items()}
    for name, words in (("evidence", "Coded finding"), ("disagreements", "Disagreement")):
        found |= {part_anchor(name, number, each.anchor): f"{words} {number}" for number, each in enumerate(getattr(item.record, name, ()), 1)}
    return found


def _is_news(found: Twin, id: str, base: Version, now: Mapping[Key, RecordChange]) -> bool:
    """True if a likeness is worth a word: the base does not have both records under these names already."""
    records = {each.id: each for each in now.values() if each.id in (id, found.item.id)}
    return any(
        one not in base.library.items or any(change.field in ("name", "short_name", "other_names") for change in each.changes)
        for one, each in records.items()
    )  # fmt: skip


def _overlaps(records: Sequence[RecordChange], base: Library, head: Library) -> Iterator[Overlap]:
    """New records that cite what a recommendation cites, or use its words, and are not linked with it."""
    recommendations = head.of_kind("recommendation")
    cited = {each.id: {(one.key, one.place) for one in each.citations()} for each in recommendations}
    words = {each.id: _key_words(each.record.summary) for each in recommendations}
    for change in records:
        item = head.items.get(change.id)
        if change.sort == "removed" or item is None or change.kind not in _ADVISED:
            continue
        before = {(one.key, one.place) for one in base.items[change.id].citations()} if change.id in base.items else set()
        places = {(one.key, one.place) for one in item.citations()} - before
        linked = {link.target for link in head.outgoing.get(item.id, ())} | {link.source for link in head.backlinks.get(item.id, ())}
        own = _key_words(item.record.summary)
        for each in recommendations:
            if each.id in linked:
                continue
            shared = sorted(f"{key}, {place}" for key, place in places & cited[each.id] if place)
            alike = len(own & words[each.id]) / max(1, len(own | words[each.id]))
            reasons = [f"both cite {'; '.join(shared)}"] if shared else []
            if alike >= _ALIKE and change.sort == "added":
                reasons.append(f"their summaries share {round(100 * alike)} per cent of their words")
            if reasons:
                yield Overlap(_named(item), _named(each), tuple(reasons))


def _key_words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{5,}", bare(text).lower()))


def _pages(base: Library, head: Library) -> Iterator[tuple[str, str, Change | None]]:
    for id in sorted(base.pages.keys() | head.pages.keys()):
        old, new = base.pages.get(id), head.pages.get(id)
        if old is None or new is None:
            page = old or new
            yield (page.path if page else id), "added" if old is None else "removed", None
        elif old.text != new.text:
            yield new.path, "changed", text_changes(new.path, old.text, new.text)


# The checklist -------------------------------------------------------------------------------------


def _ticks(
    head: Version, records: Sequence[RecordChange], items: Mapping[str, Item], base: Version, labels: Sequence[object], unread: Sequence[Unread],
    sources: Sequence[Source], lost: Sequence[tuple[str, str]], duplicates: Sequence[object], reading: Sequence[Reading], others: Sequence[str],
) -> Iterator[Tick]:  # fmt: skip
    codes = {problem.code for problem in head.problems}
    wrong = failures(head.problems)
    yield Tick(not wrong, "The checks pass.", (f"{_count(len(wrong), 'problem')} to fix",) if wrong else ())
    yield Tick(not codes & {Code.NO_CITATION, Code.NO_LOCATOR, Code.BAD_CITATION, Code.NO_BASIS}, "Every statement cites a source, with the place in it.")
    yield Tick(Code.VERDICT not in codes, "No verdict in our own voice.")
    stale = [each for each in records if each.sort in ("changed", "renamed") and _is_stale(each)]
    yield Tick(not stale, "“Last checked” of each changed record has a new day.", tuple(each.id for each in stale))
    missing = tuple(f"{id}: {', '.join(keys)}" for id, item in items.items() if (keys := _not_against(item, base)))
    yield Tick(not missing, "“Last checked” names each source that is cited for the first time.", missing)
    alone = tuple(id for id, item in items.items() if not item.record.checked.second)
    yield Tick(not alone, "A second reader stands under “Last checked” of each new or changed record.", alone)
    yield Tick(not unread, "Each new or changed coded finding has a second reader.", tuple(f"{each.record.id}, finding {each.number}" for each in unread))
    bad = tuple(each.entry.key for each in sources if each.faults)
    yield Tick(not bad, "New and changed sources say how we know them and when they were checked.", bad)
    yield Tick(not lost, "No address or anchor vanishes.", tuple(address for address, _ in lost))
    yield Tick(not labels, "No label changes.", (f"{_count(len(labels), 'record')}, see above",) if labels else ())
    yield Tick(not duplicates, "No record looks like another one.")
    hard = tuple(f"{each.record.id} ({round(each.after)})" for each in reading if each.after >= HARD and each.after > (each.before or 0))
    yield Tick(not hard, f"No summary became hard to read (LIX {HARD} or more).", hard)
    yield Tick(not others, "Only records and hand-written pages change.", (f"{_count(len(others), 'other file')}, see above",) if others else ())


def _is_stale(change: RecordChange) -> bool:
    """True if what a record says changed and the day of its check did not."""
    fields = {each.field for each in change.changes} - {"relations", "former_ids", "further_reading", "other_names", "short_name"}
    return bool(fields - {"checked"}) and not any(each.field == "checked" and each.inner == "Day" for each in change.changes)


def _not_against(item: Item, base: Version) -> list[str]:
    old = base.library.items.get(item.id)
    before = {citation.via or citation.key for citation in old.citations()} if old else set()
    now = dict.fromkeys(citation.via or citation.key for citation in item.citations())
    return [key for key in now if key not in before and key not in item.record.checked.against]


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"
