"""What the checks say, as sentences with gaps, so that a form in the browser says the same.

No sentence stands here. Each is taken from the checks themselves: they are given a specimen that is wrong in one way, and the words of the specimen
become the gaps. Who rewords a check has reworded the form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from waymark.bibliography import VIA, Entry
from waymark.citations import find_citations
from waymark.documents import Document
from waymark.fields import CitationKey, CountryCode, EvidenceItem, Line, NotReported, Year
from waymark.kinds import KINDS, Kind
from waymark.links import MENTIONS, PAGE, Link, anchor_faults, fault_of
from waymark.models import Record, fields_of, with_role
from waymark.problems import Problem, choices, suggest
from waymark.relations import RELATIONS
from waymark.statements import Fault, Statement, citation_faults, faults_of, text_faults
from waymark.validate import validate

Wording = tuple[str, str, str]
"""Code, message, fix."""

_DAY = date(2000, 6, 15)
_CITED = "[@zzkey, p. 1]"
_BASE: dict[str, Any] = {"name": "x", "summary": f"x {_CITED}", "checked": {"on": "2000-01-01", "against": ["zzkey"]}}
_READ = {"zzkey": Entry("zzkey", "book", {"known": "read in full"}), "zzvia": Entry("zzvia", "book", {"known": VIA, "via": "zzkey"})}


class _Specimen(Record):
    """A record with a field of each sort."""

    zzline: Line | None = None
    zzchoice: Literal["zzone", "zztwo"] | None = None
    zzchoices: tuple[Literal["zzone", "zztwo"], ...] | NotReported | None = None
    zzdate: date | None = None
    zzyear: Year | Literal["zzone", "zztwo"] | None = None
    zzwhole: int | Literal["zzone", "zztwo"] | None = None
    zznumber: float | None = None
    zzkeys: tuple[CitationKey, ...] = ()
    countries: tuple[CountryCode, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()


_KIND = Kind("specimen", "specimens", _Specimen, "")
_WORDS = {"{words}": ", or `zzone`, or `zztwo`", "{choices}": choices(["zzone", "zztwo"])}
_ITEM = {"source": _CITED, "question": "outcomes", "kind": "theory", "finding": "x", "relation": "supports"}
_SHAPES: Mapping[str, dict[str, Any]] = {
    "tooLong": {"zzline": "x" * 201},
    "oneLine": {"zzline": "x\nx"},
    "choice": {"zzchoice": "zzvalue"},
    "choiceSilent": {"zzchoice": "not reported"},
    "choiceAlone": {"zzchoices": ["not reported"]},
    "date": {"zzdate": "zzvalue"},
    "year": {"zzyear": "zzvalue"},
    "whole": {"zzwhole": "zzvalue"},
    "number": {"zznumber": "zzvalue"},
    "country": {"countries": ["zzvalue"]},
    "countryMeant": {"countries": ["Denmark"]},
    "target": {"relations": [{"type": "x", "to": "zzvalue!", "basis": "ours"}]},
    "idField": {"former_ids": ["zzvalue!"]},
    "key": {"zzkeys": ["@zzvalue"]},
    "answer": {"evidence": [{**_ITEM, "appraisal": ["zzvalue"] * 5}]},
    "count": {"evidence": [{**_ITEM, "appraisal": ["no, x"] * 3}]},
    "missing": {"relations": [{"type": "x", "to": "zzid"}]},
    "unknownField": {"zzother": "x"},
    "unknownFieldElsewhere": {"standing": "x"},
}
"""For each sentence a record that is wrong in its shape."""
_ROW = {"label": "zzlabel", "value": "50", "source": _CITED}
_CONCERN = {"component": "coherence", "level": "moderate", "reason": f"x {_CITED}"}
_FACTS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "notDate": ("practice", {"checked": {"on": "2000-01-01T00:00", "against": ["zzkey"]}}),
    "notYear": ("case", {"year": "1999.0"}),
    "futureDate": ("practice", {"checked": {"on": "2001-01-01", "against": ["zzkey"]}}),
    "futureYear": ("practice", {"start_year": "2002"}),
    "order": ("practice", {"start_year": "1999", "end_year": "1998"}),
    "basisUnknown": ("practice", {"basis": {"zzother": _CITED}}),
    "noBasis": ("practice", {"region": "x"}),
    "figureBase": ("statistic", {"figures": [{**_ROW, "unit": "per cent"}]}),
    "figureSpan": ("statistic", {"figures": [{**_ROW, "unit": "people", "to": "40"}]}),
    "figurePair": ("statistic", {"figures": [{**_ROW, "unit": "people", "count": "1"}]}),
    "figureShare": ("statistic", {"figures": [{**_ROW, "unit": "people", "count": "12", "total": "34"}]}),
    "chartMissing": ("statistic", {"figures": [{**_ROW, "unit": "people", "panel": "x"}]}),
    "chartFew": ("statistic", {"chart": "counts"}),
    "chartUnit": ("statistic", {"chart": "shares", "figures": [{**_ROW, "unit": "people", "panel": "x"}] * 2}),
    "findingFew": ("finding", {}),
    "findingRelation": ("finding", {"evidence": [{**_ITEM, "relation": None}]}),
    "findingTwice": ("finding", {"concerns": [_CONCERN] * 2}),
    "findingMissing": ("finding", {}),
}
"""For each sentence a kind, and a record of it whose facts are wrong together."""
_GAPS: Mapping[str, Mapping[str, str]] = {
    "tooLong": {"field": "zzline", "max": "200"},
    "oneLine": {"field": "zzline"},
    "choice": {"field": "zzchoice", "value": "zzvalue"},
    "choiceSilent": {"field": "zzchoice"},
    "choiceAlone": {"field": "zzchoices"},
    "date": {"field": "zzdate", "value": "zzvalue"},
    "year": {"field": "zzyear", "value": "zzvalue"},
    "whole": {"field": "zzwhole", "value": "zzvalue"},
    "number": {"field": "zznumber", "value": "zzvalue"},
    "country": {"value": "zzvalue"},
    "countryMeant": {"value": "'Denmark'", "code": "DK", "name": "Denmark"},
    "target": {"value": "zzvalue!"},
    "idField": {"field": "former_ids", "value": "zzvalue!"},
    "key": {"field": "zzkeys", "value": "@zzvalue"},
    "answer": {"value": "zzvalue"},
    "count": {"field": "appraisal", "count": "3 items", "needed": "needs 5"},
    "missing": {"owner": "An item of 'relations'", "field": "'basis'", "help": "basis: "},
    "unknownField": {"value": "zzother", "owner": "a specimen"},
    "unknownFieldElsewhere": {"value": "standing", "owner": "a specimen", "kinds": "a principle or recommendation"},
    "notDate": {"field": "checked on", "value": "2000-01-01T00:00"},
    "notYear": {"field": "'year'", "value": "1999.0"},
    "futureDate": {"field": "checked on", "value": "2001-01-01", "today": str(_DAY)},
    "futureYear": {"field": "start_year", "value": "2002", "today": str(_DAY)},
    "order": {"start": "1999", "end": "1998"},
    "basisUnknown": {"value": "zzother", "kind": "a practice"},
    "noBasis": {"field": "region"},
    "figureBase": {"label": "zzlabel"},
    "figureSpan": {"label": "zzlabel"},
    "figurePair": {"label": "zzlabel"},
    "figureShare": {"label": "zzlabel", "count": "12", "total": "34"},
    "chartUnit": {"chart": "chart of shares", "label": "zzlabel", "unit": "people"},
    "findingFew": {"what": "0 coded findings", "fewest": "3"},
    "findingRelation": {"number": "finding 1"},
    "findingTwice": {"value": "coherence"},
}
"""For each sentence its gaps, and the words of the specimen that stand there."""


@lru_cache(maxsize=1)
def wordings() -> Mapping[str, Wording]:
    """Every sentence by name."""
    made = {name: _gapped(_only(_validated(_KIND, data)), name) for name, data in _SHAPES.items()}
    for name, (kind, data) in _FACTS.items():
        made[name] = _gapped(_of_facts(name, _validated(KINDS[kind], data)), name)
    made |= {name: _with_gaps(fault, gaps) for name, (fault, gaps) in _faults().items()}
    said = suggest("zzvalue", ["zzvalue"]).replace("zzvalue", "{value}")
    return {**made, "suggestion": ("", said, "")}


def _validated(kind: Kind, data: Mapping[str, Any]) -> list[Problem]:
    return validate(Document("", "", {**_BASE, **data}), kind, _DAY)[1]


def _of_facts(name: str, problems: list[Problem]) -> Problem:
    """The problem the specimen is made for: a bad finding has several, and a fact without a source says so as well."""
    words = {
        "findingFew": "rests on", "findingRelation": "does not say how it stands", "findingTwice": "more than once",
        "findingMissing": "Not judged yet", "futureYear": "future", "order": "It ends", "notYear": "four digits", "noBasis": "no source",
    }  # fmt: skip
    return _only([each for each in problems if words.get(name, "") in each.message])


def _only(problems: list[Problem]) -> Problem:
    first, *_ = problems
    return first


def _gapped(problem: Problem, name: str) -> Wording:
    return _with_gaps(problem, _GAPS.get(name, {}))


def _with_gaps(said: Problem | Fault, gaps: Mapping[str, str]) -> Wording:
    message, fix = said.message, said.fix
    lists = {
        "{fields}": ", ".join(fields_of(_Specimen)), "{names}": ", ".join(with_role(KINDS["practice"].model, "fact", "parts")),
        "{components}": "methodological limitations, coherence, adequacy, relevance", "{relations}": choices(sorted(RELATIONS)), **_WORDS,
    }  # fmt: skip
    for gap, words in (*((f"{{{gap}}}", words) for gap, words in gaps.items()), *lists.items()):
        # Words in quotation marks keep them: what is replaced is the word alone.
        new = f"'{gap}'" if words.startswith("'") else gap
        message, fix = message.replace(words, new), fix.replace(words, new)
    if "{help}" in fix or fix.startswith(("appraisal:", "{field}:")):
        fix = "{help}"
    return said.code.id, message, fix


def _faults() -> dict[str, tuple[Fault, dict[str, str]]]:
    """Sentences about texts and links, each with its gaps."""

    def cited(text: str) -> Fault:
        groups, broken = find_citations(text)
        return _first(citation_faults(tuple(groups), tuple(broken), _READ))

    def linked(link: Link) -> Fault:
        kinds = {"zzhere": "practice", "zzmuch": "programme", "zzterm": "term", "zzpage": PAGE}
        fault = fault_of(link, kinds, {"zzmuch": ["zzplace", "zzother"]})
        if fault is None:
            raise AssertionError(link)
        return fault

    place, _ = validate(Document("", "", {**_BASE, "parts": [{"title": "x", "anchor": "top"}]}), KINDS["theory"], _DAY)
    sources, targets = sorted(RELATIONS["quantifies"].sources), sorted(RELATIONS["aims_at"].targets)
    return {
        "broken": (cited("[@zzkey p. 3]"), {"text": "[@zzkey p. 3]"}),
        "unknownKey": (cited("[@qqq, p. 1]"), {"key": "qqq"}),
        "noLocator": (cited("[@zzkey]"), {"key": "zzkey"}),
        "badLocator": (cited("[@zzkey, qqq]"), {"text": "qqq"}),
        "notRead": (cited("[@zzvia, p. 1]"), {"key": "zzvia", "via": "zzkey"}),
        "noCitation": (_first(faults_of(Statement(("zzfield",), "x"), {})), {"field": "zzfield"}),
        "html": (_first(text_faults("<zz>")), {"text": "<zz>"}),
        "unsafe": (_first(text_faults("[x](zz:qqq)")), {"text": "zz:qqq"}),
        "heading": (_first(text_faults("# zzq")), {"text": "# zzq"}),
        "verdict": (_first(faults_of(Statement((), "It works."), {}), skip=1), {"text": "It works"}),
        "anchorTaken": (_first(anchor_faults(place) if place else ()), {"anchor": "top"}),
        "relation": (linked(Link("zzhere", "zzmuch", "qqqqq")), {"value": "qqqqq"}),
        "unknownTarget": (linked(Link("zzhere", "qqqqq", MENTIONS)), {"value": "qqqqq"}),
        "selfLink": (linked(Link("zzhere", "zzhere", MENTIONS)), {}),
        "unknownAnchor": (linked(Link("zzhere", "zzmuch", MENTIONS, "qqqqq")), {"value": "qqqqq", "id": "zzmuch", "places": "zzplace, zzother"}),
        "wrongSource": (linked(Link("zzhere", "zzterm", "quantifies")), {"kind": "A practice", "relation": "quantifies", "kinds": f"a {choices(sources)}"}),
        "wrongTarget": (
            linked(Link("zzhere", "zzmuch", "aims_at")), {"relation": "aims_at", "id": "zzmuch", "kind": "a programme", "kinds": f"a {choices(targets)}"}
        ),
        "wrongPage": (linked(Link("zzhere", "zzpage", "aims_at")), {"relation": "aims_at", "id": "zzpage", "kind": "a page"}),
    }  # fmt: skip


def _first(faults: Iterable[Fault], skip: int = 0) -> Fault:
    return list(faults)[skip]
