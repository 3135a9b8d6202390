"""What the knowledge base rests on: which works carry its statements, and what would be left without one of them.

A *statement* is a node of the reference graph: a text, a coded fact or a link of a record, with its source. It rests on the
citations that support it. One that disputes it is against it, and one that qualifies it does not carry it as it stands. A
citation *depends* on the work it names and on every work through which alone we know that one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, reduce

from waymark.bibliography import Entry
from waymark.graph import CITES, KNOWN_THROUGH, SAYS, Graph, Node
from waymark.library import Library
from waymark.names import OTHERS, family, initials, people_of

_SMALLEST_CLUSTER = 3


@dataclass(frozen=True, slots=True)
class Weight:
    """What rests on one work."""

    key: str
    statements: int
    """Statements with a citation that depends on it."""
    records: int
    """Records with such a statement."""
    lost: tuple[Node, ...]
    """Statements of which every citation depends on it: without it they would have no support."""


@dataclass(frozen=True, slots=True)
class Shares:
    """How many statements rest on how much. The first four add up to all of them."""

    one_source: int = 0
    """All citations depend on one and the same work."""
    one_team: int = 0
    """Several works, and one person or body is among the authors of each."""
    several: int = 0
    """Several works without such a person."""
    unsupported: int = 0
    """What is cited qualifies or disputes it, and nothing supports it."""
    second_hand: int = 0
    """Every citation is of a work known through another."""

    @property
    def statements(self) -> int:
        """All statements."""
        return self.one_source + self.one_team + self.several + self.unsupported


@dataclass(frozen=True, slots=True)
class Hearsay:
    """A work that records know only at second hand."""

    key: str
    records: int
    through: tuple[str, ...]
    """Keys of the works through which they know it, the most used first."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Works that records tend to cite together."""

    works: tuple[str, ...]
    """Keys, those cited by most records first."""
    records: tuple[tuple[Node, int], ...]
    """Records that cite two or more of them, with how many; most first."""


@dataclass(frozen=True, slots=True)
class Foundations:
    """What the records rest on."""

    weights: Mapping[str, Weight]
    """By key, the works on which most statements depend first. What supports nothing is not in it."""
    shares: Mapping[str, Shares]
    """By kind of record."""
    one_work: Mapping[Node, tuple[str, ...]]
    """Records of which every supporting citation depends on one work, with its key; with several keys if all is known through others."""
    one_team: Mapping[Node, tuple[str, ...]]
    """Records that rest on several works with an author in common, with the names of all such authors."""
    hearsay: tuple[Hearsay, ...]
    """Works that several records know, and know only through another work; most records first."""
    cited: Mapping[Node, frozenset[str]]
    """Keys of all works that each record cites, in support or not."""
    citations: int
    """All citations of the records."""

    @property
    def losing(self) -> list[Weight]:
        """The works without which statements would lose their last support, most first."""
        return sorted((each for each in self.weights.values() if each.lost), key=lambda each: -len(each.lost))

    @property
    def total(self) -> Shares:
        """The shares of all kinds together."""
        return _sum(self.shares.values())


@dataclass(frozen=True, slots=True)
class _Citation:
    """A citation, as far as it matters what depends on what."""

    key: str
    via: str
    """The work through which alone we know it, or empty."""
    read: str
    """The work that we have before us: itself, or the last of those through which we know it."""
    works: frozenset[str]
    """All works it depends on."""
    people: frozenset[str]
    """The authors of all these."""
    supports: bool


_Cited = Mapping[Node, list[tuple[Node, list[_Citation]]]]
"""For each record its statements with their citations."""


def foundations_of(graph: Graph, bibliography: Mapping[str, Entry]) -> Foundations:
    """What rests on what. The time grows with the number of citations.

    Args:
        graph: The reference graph.
        bibliography: The works, for their authors.
    """
    teams = {key: team_of(entry) for key, entry in bibliography.items()}
    names = {person: name for team in teams.values() for person, name in team.items()}
    cited = _cited(graph, teams)
    one_work, one_team = {}, {}
    shares: defaultdict[str, list[Shares]] = defaultdict(list)
    for record, said in _support(cited):
        shares[record.kind] += (_share(citations) for _, citations in said)
        together = [citation for _, citations in said for citation in citations]
        if works := _common(each.works for each in together):
            one_work[record] = tuple(sorted(works))
        elif people := _common(each.people for each in together):
            one_team[record] = tuple(sorted(names[person] for person in people))
    keys = {record: frozenset(key for _, citations in said for each in citations for key in (each.key, each.via) if key) for record, said in cited.items()}
    return Foundations(
        weights=_weights(cited),
        shares={kind: _sum(found) for kind, found in shares.items()},
        one_work=one_work,
        one_team=one_team,
        hearsay=_hearsay(cited),
        cited=keys,
        citations=sum(len(citations) for said in cited.values() for _, citations in said),
    )


def team_of(entry: Entry) -> dict[str, str]:
    """The people and bodies that answer for a work, each under what two names of one person have in common: surname and first initial.

    These are its authors, else its editors, else the body that issued it. A publisher only prints: a work of which no
    more is known has no team.
    """
    people = people_of(entry["author"] or entry["editor"] or (f"{{{entry['institution']}}}" if entry["institution"] else ""))
    return {
        f"{family(each)}, {initials(each)[:1]}".casefold(): ", ".join(filter(None, (family(each), initials(each)))) for each in people if family(each) != OTHERS
    }


def clusters_of(cited: Mapping[Node, frozenset[str]], communities: Iterable[Collection[str]]) -> list[Cluster]:
    """Communities of three works or more, each with the records that hold it together.

    Args:
        cited: The works of each record.
        communities: Works that stand together; no work stands in two of them.
    """
    times = Counter(key for keys in cited.values() for key in keys)
    found = [_ranked(times, each) for each in communities if len(each) >= _SMALLEST_CLUSTER]
    place = {key: number for number, works in enumerate(found) for key in works}
    records: list[list[tuple[Node, int]]] = [[] for _ in found]
    for record, keys in cited.items():
        for number, count in Counter(place[key] for key in keys if key in place).items():
            if count > 1:
                records[number].append((record, count))
    return [Cluster(works, tuple(sorted(held, key=lambda each: (-each[1], each[0].id)))) for works, held in zip(found, records, strict=True)]


def unused_works(library: Library, used: Collection[str]) -> dict[str, tuple[int, int]]:
    """Works that carry nothing: for each key how many records were checked against it, and how many list it for further reading.

    Args:
        library: All records, and the bibliography.
        used: Keys that a record or page cites.
    """
    against = Counter(key for item in library.items.values() for key in set(item.record.checked.against))
    further = Counter(key for item in library.items.values() for key in set(item.record.further_reading))
    behind = {entry["via"] for entry in library.bibliography.values()}
    return {key: (against[key], further[key]) for key in library.bibliography if key not in used and key not in behind}


def _cited(graph: Graph, teams: Mapping[str, Mapping[str, str]]) -> _Cited:
    nodes = {node.id: node for node in graph.nodes}
    behind = {_key(edge.source): _key(edge.target) for edge in graph.edges if edge.relation == KNOWN_THROUGH}

    @cache
    def citation(key: str, via: str, stance: str) -> _Citation:
        # A citation that names its own way to the work does not need the one of the bibliography.
        via = via or behind.get(key, "")
        works = [key, *_chain(via, behind)]
        people = frozenset(person for work in works for person in teams.get(work, ()))
        return _Citation(key, via, works[-1], frozenset(works), people, stance == "supports")

    found: defaultdict[Node, list[tuple[Node, list[_Citation]]]] = defaultdict(list)
    citations: defaultdict[str, list[_Citation]] = defaultdict(list)
    for edge in graph.edges:
        if edge.relation == SAYS:
            found[nodes[edge.source]].append((nodes[edge.target], citations[edge.target]))
        elif edge.relation == CITES:
            citations[edge.source].append(citation(_key(edge.target), edge.details.get("via", ""), edge.details["stance"]))
    return found


def _chain(key: str, behind: Mapping[str, str]) -> list[str]:
    """A work and all through which we know it, one behind the other; a bibliography may run in a circle."""
    found: dict[str, None] = {}
    while key and key not in found:
        found[key] = None
        key = behind.get(key, "")
    return list(found)


def _support(cited: _Cited) -> Iterator[tuple[Node, list[tuple[Node, list[_Citation]]]]]:
    """The same for the citations that support a statement, record by record."""
    for record, said in cited.items():
        yield record, [(each, [citation for citation in citations if citation.supports]) for each, citations in said]


def _weights(cited: _Cited) -> dict[str, Weight]:
    statements: Counter[str] = Counter()
    records: Counter[str] = Counter()
    lost: defaultdict[str, list[Node]] = defaultdict(list)
    for _, said in _support(cited):
        works = [{key for each in citations for key in each.works} for _, citations in said]
        statements.update(key for keys in works for key in keys)
        records.update(set().union(*works))
        for statement, citations in said:
            for key in _common(each.works for each in citations):
                lost[key].append(statement)
    return {key: Weight(key, statements[key], records[key], tuple(lost[key])) for key in _ranked(statements)}


def _share(citations: list[_Citation]) -> Shares:
    if not citations:
        return Shares(unsupported=1)
    second_hand = int(all(each.via for each in citations))
    if _common(each.works for each in citations):
        return Shares(one_source=1, second_hand=second_hand)
    if _common(each.people for each in citations):
        return Shares(one_team=1, second_hand=second_hand)
    return Shares(several=1, second_hand=second_hand)


def _sum(shares: Iterable[Shares]) -> Shares:
    columns = zip(*((each.one_source, each.one_team, each.several, each.unsupported, each.second_hand) for each in shares), strict=True)
    return Shares(*map(sum, columns))


def _hearsay(cited: _Cited) -> tuple[Hearsay, ...]:
    records: Counter[str] = Counter()
    through: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for said in cited.values():
        citations = [each for _, citations in said for each in citations]
        read = {each.read for each in citations}
        pairs = {(each.key, each.via) for each in citations if each.via and each.key not in read}
        records.update({key for key, _ in pairs})
        for key, via in pairs:
            through[key][via] += 1
    return tuple(Hearsay(key, records[key], _ranked(through[key])) for key in _ranked(records) if records[key] > 1)


def _ranked(counts: Counter[str], keys: Iterable[str] | None = None) -> tuple[str, ...]:
    """Keys in the order of their counts, highest first; by name where these are equal."""
    return tuple(sorted(counts if keys is None else keys, key=lambda key: (-counts[key], key)))


def _common(groups: Iterable[frozenset[str]]) -> frozenset[str]:
    """What all groups have in common; nothing if there is no group."""
    every = iter(groups)
    return reduce(frozenset.intersection, every, next(every, frozenset()))


def _key(node: str) -> str:
    return node.removeprefix("work:")
