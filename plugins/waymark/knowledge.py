"""Kinds of record about what is known and what words mean. Declarations only: what each field means, takes and is called on the page."""

from __future__ import annotations

from typing import Literal

from waymark.fields import Concern, CountryCode, EvidenceItem, Figure, Line, NotReported, Part, Prose, Year, concerns, fact, figures, parts, section
from waymark.models import Record


class Theory(Record):
    """An explanation, model or way of seeing that the field uses."""

    explains: tuple[Literal["becoming involved", "leaving", "returning", "working with people"], ...] | NotReported | None = fact("Explains")
    """What the theory is about."""
    authors: Line | None = fact("Put forward by")
    """Names of the authors, as in the reference."""
    year: Year | None = fact("Year")
    """Year of the work in which it was put forward."""

    core_idea: Prose | None = section("Core idea")
    """The theory in plain words."""
    form: Literal["stages", "components", "dimensions", "levels", "types", "groups"] | None = None
    """What the parts are. `stages` follow one another; the others stand side by side. The diagram follows from it."""
    parts: tuple[Part, ...] = parts("Parts of the model")
    """Stages or components, in order. Titles of one to four words make a readable diagram."""
    research: Prose | None = section("What it rests on")
    """Studies, samples, origin."""
    use: Prose | None = section("Use in practice")
    """Where and how programmes and practitioners use it."""


class Factor(Record):
    """Something that goes together with involvement, return or leaving in groups that were studied."""

    effect: Literal["risk", "protective", "sign", "either"] | None = fact("Kind of factor")
    """`risk` or `protective`; `sign` for something to be noticed; `either` where it depends."""
    nature: Literal["static", "dynamic", "not reported"] | None = fact("Nature")
    """`static` cannot be changed, `dynamic` can."""
    role: (
        tuple[
            Literal["predictor", "barrier", "facilitator", "push", "pull", "sign", "condition of prison", "condition of release", "observation"],
            ...,
        ]
        | NotReported
        | None
    ) = fact("Role in the sources")
    """How the sources treat it."""
    concerns: tuple[Literal["becoming involved", "leaving", "returning"], ...] | NotReported | None = fact("Linked to")
    """Which step the sources link it to."""
    dimension: (
        tuple[
            Literal["behaviour", "cognition", "crime", "social reintegration", "functional reintegration", "mental health"],
            ...,
        ]
        | NotReported
        | None
    ) = fact("Dimension of change", expected=False)
    """Dimension of exit outcomes it belongs to."""

    meaning: Prose | None = section("What it means")
    """What exactly is meant, and what is not."""
    findings: Prose | None = section("What studies found")
    """Figures with base, place and period."""
    mechanism: Prose | None = section("How it may work")
    """Explanations the sources offer."""
    variation: Prose | None = section("Differences between groups")
    """By ideology, age, setting or place."""
    practice: Prose | None = section("What follows for practice")
    """What the sources advise; never a judgement of one person."""


class Question(Record):
    """Something the field does not know, and what has been found out since the question was put."""

    state: Literal["open", "partly answered", "answered"] | None = fact("State")
    """How far it is answered, as of the last check."""
    raised_by: Line | None = fact("Put by")
    """Who says that it is open."""
    year: Year | None = fact("Year")
    """Year of the source that puts it."""

    question: Prose | None = section("The question")
    """What exactly is not known, and who says so."""
    reasons: Prose | None = section("Why it matters")
    """What depends on the answer."""
    known: Prose | None = section("What has been found since")
    """Newer findings, with design and limits."""
    needed: Prose | None = section("What is missing")
    """The study or data that would answer it."""
    evidence: tuple[EvidenceItem, ...] = ()
    """Coded findings; each says what one source found on one question."""


class Finding(Record):
    """What several sources say together, across programmes and practices, and how far it can be relied on."""

    claim: Prose | None = section("What the sources say together")
    """The statement, with those who support it and those who qualify or dispute it."""
    where: Prose | None = section("For whom and where")
    """Which people, countries and settings the sources speak of, and which they do not."""
    practice: Prose | None = section("What follows for practice")
    """What the sources advise, and what staff can take from it; never a judgement of one person."""
    concerns: tuple[Concern, ...] = concerns("Why not more, why not less")
    """One concern for each of the four components of GRADE-CERQual. The confidence follows from them and is never typed in."""
    evidence: tuple[EvidenceItem, ...] = ()
    """At least three coded findings from at least three works, each with its `relation` to the statement."""


class Statistic(Record):
    """Figures that belong together, each with what it counts and out of how many."""

    measure: (
        Literal[
            "number of people",
            "share of people or cases",
            "reconviction rate",
            "re-engagement rate",
            "length of time",
            "number of programmes or services",
            "number of events",
        ]
        | None
    ) = fact("Measure")
    """What sort of figure it is."""
    counts: Line | None = fact("What is counted")
    """Who or what is counted, in a few words."""
    countries: tuple[CountryCode, ...] | NotReported | None = fact("Country")
    """Where: ISO 3166 codes of two letters."""
    place: Line | None = fact("Place", expected=False)
    """A place that is not a country, for example Western Europe or Northern Ireland."""
    period: Line | NotReported | None = fact("Period")
    """When: a year, a span or a day."""

    figures: tuple[Figure, ...] = figures("Figures")
    """The figures as the source gives them."""
    chart: Literal["counts", "shares", "rates", "times"] | None = None
    """What the chart of the rows that name a `panel` shows: numbers of things, shares of a group, rates of reoffending, or lengths of time."""
    counting: Prose | None = section("How it was counted")
    """Definitions, sources and selection behind the figures."""
    caveats: Prose | None = section("How to read the figures")
    """What they may not be used for; what they cannot be compared with. Notes of the source's table come along."""


class Case(Record):
    """An event or a life that sources draw lessons from. Named by the event, never by a perpetrator."""

    year: Year | None = fact("Year")
    """Year of the event."""
    countries: tuple[CountryCode, ...] | NotReported | None = fact("Country")
    """Where it happened: ISO 3166 codes of two letters."""
    event: Literal["attack after release", "attack in prison", "return without attack", "life story"] | None = fact("Event")
    """What sort of case it is."""

    course: Prose | None = section("What happened")
    """The event in sober words."""
    before: Prose | None = section("What was known before")
    """Assessments, programmes, warnings."""
    lessons: Prose | None = section("What sources draw from it")
    """Conclusions, each with who draws it."""


class Term(Record):
    """A word of the field, with the meaning or meanings sources give it."""

    area: Literal["leaving", "returning", "becoming involved", "assessing", "working together", "release", "research and evaluation"] | None = fact("Area")
    """What the word is mostly used about."""

    definition: Prose | None = section("Meaning")
    """What sources mean by it."""
    senses: tuple[Part, ...] = parts("Different meanings")
    """Where sources use the word differently: one part each."""
    usage: Prose | None = section("How to use the word")
    """Advice on use, and words that are easily mixed up with it."""


class Organisation(Record):
    """A body that runs, develops, funds or studies this work, or that a case or programme is about."""

    countries: tuple[CountryCode, ...] | NotReported | None = fact("Country")
    """Its seat, or the country it works for: ISO 3166 codes of two letters."""
    type: (
        Literal[
            "prison or probation service",
            "government",
            "international body",
            "network of practitioners",
            "research body",
            "civil society organisation",
            "movement or armed group",
        ]
        | None
    ) = fact("Type")
    """What sort of body it is."""
    start_year: Year | NotReported | None = fact("Founded", expected=False)
    """Year it was set up."""

    work: Prose | None = section("What it does in this field")
    """Its part in programmes, tools, guidelines and research."""
    publications: Prose | None = section("What it has published")
    """Works of it that this knowledge base uses or that a reader should know."""
