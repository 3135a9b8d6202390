"""What fields of records are made of: types, closed lists, small maps, and how a field is shown on a page."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from waymark.relations import RELATIONS

NOT_REPORTED = "not reported"
NotReported: TypeAlias = Literal["not reported"]
SILENCES = frozenset(
    {
        "not reported",
        "not-reported",
        "not_reported",
        "notreported",
        "n/a",
        "na",
        "n.a.",
        "n.r.",
        "nr",
        "unknown",
        "not known",
        "none",
        "nothing",
        "?",
        "-",
        "–",
        "—",
    }
)
"""What people write instead, in small letters."""
OURS = "ours"
"""Basis of a relation that no source states and that the editors of Waymark infer."""

Initials = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9]{0,5}$")]
"""How a person is named in records; who it is stands in `data/people.yaml`."""
RecordId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
CitationKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][\w:.-]*$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\n]*$")]
FACTUAL = "factual"
"""Marks a text that states facts: Markdown that needs a citation."""
Prose = Annotated[str, StringConstraints(min_length=1), FACTUAL]
Answer = Annotated[str, StringConstraints(pattern=r"^(yes|no|cannot tell), \S[^\n]*$", max_length=400), FACTUAL]
"""An answer with its reason, for example `no, 12 of 70 did not fill in the second form [@keane2023healthy, p. 12]`."""
Year = Annotated[int, Field(ge=1800, le=2100)]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]

Setting = Literal["prison", "probation", "community", "secure centre", "online"]
Phase = Literal["before trial", "sentence", "preparing release", "after release", "long-term support", "prevention"]
Delivery = Literal["one to one", "group", "family", "mentoring", "case management", "multi-agency", "residential", "training", "media"]
Target = Literal[
    "people convicted",
    "people suspected or held",
    "people seen as at risk",
    "members or former members",
    "returned from war zones",
    "families",
    "young people",
    "women",
    "staff",
    "public",
]
Ideology = Literal["jihadist or religious", "far right", "far left", "separatist", "any", "other"]
Status = Literal["running", "pilot", "planned", "ended", "replaced", "unknown"]
Question = Literal["outcomes", "mechanism", "context", "delivery", "resources", "harm"]


def is_silence(text: str) -> bool:
    """True if a text seems to mean `not reported` and is not written so: with a capital, a full stop, another word."""
    return text != NOT_REPORTED and " ".join(text.split()).strip(".'\"“”‘’ ").lower() in SILENCES


def silence_help(text: str) -> str:
    """What to do about a text that seems to mean `not reported`."""
    odd = " One of its spaces comes from another program and is another sign: type the words again." if "\u00a0" in text else ""
    return f"If the sources are silent, write `{NOT_REPORTED}`, in small letters and without a full stop. If nobody has looked yet, delete the line.{odd}"


def fact(label: str, *, expected: bool = True) -> Any:
    """A coded field, shown in the box “At a glance” under `label`; its source stands under `basis`.

    If it is `expected`, the page says “not yet coded” where the field is absent.
    """
    return Field(default=None, title=label, json_schema_extra={"x-role": "fact", "x-expected": expected})


def section(heading: str) -> Any:
    """A text with citations, shown as a section of the page under `heading`."""
    return Field(default=None, title=heading, json_schema_extra={"x-role": "section"})


def parts(heading: str) -> Any:
    """An ordered list of parts, shown as a section with an anchor for each part."""
    return Field(default=(), title=heading, json_schema_extra={"x-role": "parts"})


def concerns(heading: str) -> Any:
    """The reasons to doubt a finding across programmes, shown as a table under `heading`."""
    return Field(default=(), title=heading, json_schema_extra={"x-role": "concerns"})


def figures(heading: str) -> Any:
    """A table of figures, shown as a section of the page under `heading`."""
    return Field(default=(), title=heading, json_schema_extra={"x-role": "figures"})


class Model(BaseModel):
    """Shared settings: frozen, no unknown fields. What a field means stands below it, see `meanings`."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)


class Part(Model):
    """One stage, module, component or point of a list. Its number is its place in the list."""

    title: Line
    """A few words that name the part."""
    text: Prose | None = None
    """What the part is, in one or two sentences, with a citation unless `basis` gives one for the whole list."""
    group: Line | None = None
    """Heading over this part and the next ones, where a list has several groups (Entré: steps, then themes)."""
    anchor: RecordId | None = None
    """Fixed end of the address of this part, for example `point-3`. Set it when parts are inserted or moved, so that old links hold."""


class Relation(Model):
    """A link from this record to another one, with the reason."""

    type: Line = Field(json_schema_extra={"enum": list(RELATIONS)})
    """How the two belong together, for example `based_on`."""
    to: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(#[a-z0-9-]+)?$")]
    """The id of the other record; `#anchor` after it points at one of its parts."""
    basis: Prose
    """Citation of the source that states the link, or `ours` if the editors infer it."""
    note: Line | None = None
    """A few words where the link needs them."""


class Disagreement(Model):
    """A place where sources disagree or a source errs. What is right comes first."""

    topic: Line
    """What it is about, in a few words."""
    text: Prose
    """Both sides, each with its citation; the correct or better supported fact leads."""
    state: Literal["settled", "open"]
    """`settled` if checked elsewhere, `open` if nobody knows yet."""
    anchor: RecordId | None = None
    """Fixed end of its address, for example `disagreement-2`. Set it when others are inserted before it, so that old links hold."""


class OwnerStatement(Model):
    """What those who run or made something say about its page: their words, apart from ours."""

    by: Line
    """Who speaks: the organisation; a person only if that person wishes to be named."""
    role: Line
    """What the speaker is to it, for example “runs the programme”."""
    on: date
    """Day of the statement."""
    stance: Literal["confirms", "dissents", "adds"]
    """`confirms` that the page is right, `dissents` from something on it, or `adds` what our sources do not say."""
    text: Annotated[str, StringConstraints(min_length=1, max_length=2500)]
    """Their own words, in Markdown, without citations and links of ours."""
    source: Line
    """Where the statement can be read (https://…), or how it reached the editors."""


class Figure(Model):
    """One number, with its unit, base, place and source. A percentage never stands without its base."""

    label: Line
    """What the row is about, for example a country or a group."""
    value: Annotated[float, Field(ge=0)]
    """The number as the source gives it: 558 or 2.3. For a span the lower end."""
    to: Annotated[float, Field(ge=0)] | None = None
    """The upper end of a span (2 to 7)."""
    unit: Literal["people", "per cent", "cases", "months", "years", "programmes", "services", "events", "units", "sessions", "other"]
    """What is counted. If it is `other`, say what in the label."""
    qualifier: Literal["about", "more than", "at least", "less than", "up to"] | None = None
    """Word that the source puts before the number."""
    base: Line | NotReported | None = None
    """Out of how many, and of whom: `196 released offenders`. A percentage must have it."""
    period: Line | NotReported | None = None
    """When, if it differs from the other rows."""
    count: Annotated[int, Field(ge=0)] | None = None
    """How many people or cases a percentage stands for, where that is certain: the 6 of 3 %. Needs `total`."""
    total: Annotated[int, Field(ge=1)] | None = None
    """Out of how many, as a number: the 196 of `base`. Needs `count`; from both the chart draws how exact the percentage is."""
    panel: Line | None = None
    """Heading under which the chart of the record draws the row. Only what is counted in one way shares a heading; a row without it is not drawn."""
    note: Line | None = None
    """What must travel with the number: a footnote of the source's table, for example."""
    source: Prose
    """Citation with the place in the source."""


class EvidenceItem(Model):
    """What one source found on one question about this record (coding scheme: the method page)."""

    source: Prose
    """Citation with the place in the source, for example `[@powis2021evaluation, p. 4]`."""
    question: Question
    """Which of the six questions the finding answers."""
    kind: Literal[
        "self description",
        "official description",
        "practitioner account",
        "participant account",
        "peer review",
        "monitoring data",
        "process study",
        "outcome study",
        "systematic review",
        "guideline",
        "theory",
    ]
    """What sort of source it is."""
    finding: Prose
    """What was found, in one or two sentences, with its citation."""
    design: (
        Literal[
            "none",
            "descriptive",
            "qualitative",
            "before and after",
            "after only, compared",
            "adjusted comparison",
            "time series, compared",
            "randomised",
            "not reported",
        ]
        | None
    ) = None
    """How the study was built."""
    independence: Literal["developer", "commissioner or in-house", "independent", "not reported"] | None = None
    """Who did the study, seen from the programme."""
    participants: Annotated[int, Field(ge=0)] | NotReported | None = None
    """How many people the finding rests on."""
    outcome: (
        Literal[
            "attendance",
            "psychosocial",
            "attitudes",
            "networks",
            "supervision behaviour",
            "general reoffending",
            "terrorism reoffending",
            "staff skill",
            "agency process",
            "not reported",
        ]
        | None
    ) = None
    """What was looked at."""
    measure: Literal["self report", "staff rated", "validated scale", "administrative", "not reported"] | None = None
    """How it was measured."""
    direction: Literal["favours", "mixed", "no difference", "unfavourable", "not measured"] | None = None
    """Which way the result points."""
    follow_up_months: Annotated[int, Field(ge=0)] | Literal["none", "not reported"] | None = None
    """Months between the end of the programme and the last measurement."""
    availability: Literal["open", "paywalled", "summary only", "unpublished"] | None = None
    """Whether a reader can get the source."""
    relation: Literal["supports", "qualifies", "disputes"] | None = None
    """How the finding stands to what the record says of itself."""
    settings: tuple[Setting, ...] | NotReported | None = None
    """Where it was looked at."""
    countries: tuple[CountryCode, ...] | NotReported | None = None
    """Where it was looked at, as ISO 3166 codes, for example [GB]."""
    differs: Line | None = None
    """How what was studied differs from what the page describes: another version, country or group."""
    appraisal: tuple[Answer, ...] | None = Field(default=None, min_length=5, max_length=5)
    """Answers to the five questions of the Mixed Methods Appraisal Tool (2018) for the design, in its order, each with its reason and its place."""
    limits: Prose | None = None
    """What the finding cannot show, with citation."""
    coded_by: Initials | None = None
    """Initials of the editor who coded the item."""
    coded_on: date | None = None
    """Day of the coding."""
    checked_by: Initials | None = None
    """Initials of the second coder, who coded the item without seeing the first coding, where that coding was not kept. What stands in
    `second-coding.yaml` counts by itself."""
    anchor: RecordId | None = None
    """Fixed end of the address of the finding, for example `finding-3`. Set it when others are inserted before it, so that old links hold."""


class SecondCoding(EvidenceItem):
    """What a second coder, who did not see the first coding, wrote of a coded finding with the same source and question."""

    finding: Prose = "–"
    """Not written again: the words are those of the record."""
    number: Annotated[int, Field(ge=1)] | None = None
    """Which coded finding of the page it is, counted from 1; needed where several have this source and this question."""
    seen: Literal["source", "finding only"]
    """What the second coder had before them: the source and our words, or our words alone."""
    note: str = ""
    """What the second coder said about the coding."""


Component = Literal["methodological limitations", "coherence", "adequacy", "relevance"]
"""The four components of GRADE-CERQual (Lewin et al. 2018)."""
Level = Literal["none or minor", "moderate", "serious", "very serious"]
"""How much a concern about one component weighs."""


class Concern(Model):
    """How far one component of GRADE-CERQual gives reason to doubt a finding across programmes."""

    component: Component
    """Which component: each of the four is judged once."""
    level: Level
    """How serious the concern is, as the editors see it. The confidence on the page is worked out from the four levels."""
    reason: Prose
    """Why, in the words of the editors, with a citation of the sources they speak of."""


class Checked(Model):
    """When, and against which sources, the record was last checked."""

    on: date
    """Day of the check, for example 2026-11-22."""
    against: tuple[CitationKey, ...] = Field(min_length=1)
    """Keys of the sources that were open during the check."""
    by: Initials | None = None
    """Initials of the editor."""
    second: Initials | None = None
    """Initials of a second reader, who compared the page with the sources too."""
    due: date | None = None
    """Day of the next check, where the editors want another one than the rule gives (page “State of the knowledge base”)."""
    due_reason: Line | None = None
    """Why it is another one, in a few words. Needed with `due`."""


class Retired(Model):
    """That the page is no longer kept up. It says nothing of the thing in the world: a programme that has ended has `status: ended`."""

    on: date
    """Day on which we retired the page, for example 2026-11-22."""
    reason: Prose
    """Why, in one or two sentences that a reader understands."""
    basis: Prose
    """Citation of the source for the reason, or `ours` if it is a decision of the editors."""
    replaced_by: RecordId | None = None
    """The id of the record that readers should use now. Leave it out if there is none."""
