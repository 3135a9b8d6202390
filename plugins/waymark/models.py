"""The kinds of record: what each field means, takes and is called on the page.

Declarations only. The text under a field is at once the code's documentation, the help an editor
sees while typing (through `data/schema/`) and the field table for contributors. The title of a
field is its heading on the page, and the order of the fields is the order of the page: summary,
facts at a glance, sections, then what closes every page.

Every field but `name`, `summary` and `checked` may be absent, which means *not yet coded*: nobody has looked.
`not reported` means that somebody looked and the sources read are silent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from waymark.relations import RELATIONS

NOT_REPORTED = "not reported"
NotReported: TypeAlias = Literal["not reported"]
OURS = "ours"
"""Basis of a relation that no source states and that the editors of Waymark infer."""

RecordId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
CitationKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][\w:.-]*$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\n]*$")]
FACTUAL = "factual"
"""Marks a text that states facts: Markdown that needs a citation."""
Prose = Annotated[str, StringConstraints(min_length=1), FACTUAL]
Year = Annotated[int, Field(ge=1800, le=2100)]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]

Setting = Literal["prison", "probation", "community", "secure centre", "online"]
Phase = Literal["before trial", "sentence", "preparing release", "after release", "long-term support", "prevention"]
Delivery = Literal["one to one", "group", "family", "mentoring", "case management", "multi-agency", "residential", "training", "media"]
Status = Literal["running", "pilot", "planned", "ended", "replaced", "unknown"]
Question = Literal["outcomes", "mechanism", "context", "delivery", "resources", "harm"]


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


class Model(BaseModel):
    """Shared settings: frozen, no unknown fields, field docstrings kept."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, str_strip_whitespace=True)


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


class EvidenceItem(Model):
    """What one source found on one question about this record (coding scheme: the method page)."""

    source: Prose
    """Citation with the place in the source, for example `[@powis2021evaluation, p. 4]`."""
    question: Question
    """Which of the six questions the finding answers."""
    kind: Literal[
        "self description", "official description", "practitioner account", "participant account", "peer review",
        "monitoring data", "process study", "outcome study", "systematic review", "guideline", "theory",
    ]
    """What sort of source it is."""
    finding: Prose
    """What was found, in one or two sentences, with its citation."""
    design: Literal[
        "none", "descriptive", "qualitative", "before and after", "after only, compared", "adjusted comparison",
        "time series, compared", "randomised", "not reported",
    ] | None = None
    """How the study was built."""
    independence: Literal["developer", "commissioner or in-house", "independent", "not reported"] | None = None
    """Who did the study, seen from the programme."""
    participants: Annotated[int, Field(ge=0)] | NotReported | None = None
    """How many people the finding rests on."""
    outcome: Literal[
        "attendance", "psychosocial", "attitudes", "networks", "supervision behaviour", "general reoffending",
        "terrorism reoffending", "staff skill", "agency process", "not reported",
    ] | None = None
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
    limits: Prose | None = None
    """What the finding cannot show, with citation."""
    coded_by: Line | None = None
    """Initials of the editor who coded the item."""
    coded_on: date | None = None
    """Day of the coding."""


class Checked(Model):
    """When, and against which sources, the record was last checked."""

    on: date
    """Day of the check, for example 2026-11-22."""
    against: tuple[CitationKey, ...] = Field(min_length=1)
    """Keys of the sources that were open during the check."""
    by: Line | None = None
    """Initials of the editor."""


class Record(Model):
    """What every record has, whatever its kind."""

    name: Line = Field(title="Name")
    """The usual name, in English where there is one. It is the title of the page."""
    short_name: Line | None = None
    """Abbreviation or short form, for example BoT."""
    other_names: tuple[Line, ...] = ()
    """Other names, spellings and the name in its own language. The search finds them."""
    summary: Prose
    """Two or three short sentences that a newcomer understands, with citation."""

    # What closes every page. The fields of a kind come between, see `fields_of`.
    limits: Prose | None = section("What is not known")
    """What the sources do not say or cannot show, with citation where a source says so."""
    disagreements: tuple[Disagreement, ...] = ()
    """Where sources disagree or err."""
    relations: tuple[Relation, ...] = ()
    """Links to other records. Write each on one side only; the other page shows it by itself."""
    basis: dict[str, Prose] = {}
    """Where the facts of the box “At a glance” and the lists of parts come from: field name, then citation."""
    further_reading: tuple[CitationKey, ...] = ()
    """Keys of works that help a reader and are not cited above."""
    former_ids: tuple[RecordId, ...] = ()
    """Ids this record had before. Their addresses lead here for ever."""
    checked: Checked
    """When and against what the record was last checked."""


class Undertaking(Record):
    """What programmes and practices share: where, by whom, since when, for which step."""

    countries: tuple[CountryCode, ...] | NotReported | None = fact("Country")
    """ISO 3166 codes of two letters, for example [DK]."""
    region: Line | None = fact("Region", expected=False)
    """Part of the country, for example Catalonia."""
    organisation: Line | None = fact("Run by")
    """Who runs it, in a few words."""
    start_year: Year | NotReported | None = fact("Started")
    """First year of operation."""
    end_year: Year | NotReported | None = fact("Ended", expected=False)
    """Last year of operation. Absent while it runs."""
    status: Status | NotReported | None = fact("Status")
    """What is known of its state; say as of when in `status_year`."""
    status_year: Year | None = fact("Status as of", expected=False)
    """Year of the source for the status."""
    setting: tuple[Setting, ...] | NotReported | None = fact("Setting")
    """Where the work takes place."""
    phase: tuple[Phase, ...] | NotReported | None = fact("Phase")
    """At which point of the way through the justice system."""


class Programme(Undertaking):
    """An organised effort, under a name of its own, to help people leave violent extremism."""

    delivery: tuple[Delivery, ...] | NotReported | None = fact("Delivery")
    """In which form the work is done."""
    ideology: Literal["addressed", "not addressed", "where needed", "not reported"] | None = fact("Ideology")
    """Whether the work takes up extremist beliefs."""

    origin: Prose | None = section("Origin")
    """Who made it, when, from what."""
    target_group: Prose | None = section("For whom")
    """Whom it is meant for, and whom not."""
    referral: Prose | None = section("How people come in")
    """Referral, selection, voluntary or not."""
    aims: Prose | None = section("Aims")
    """What it wants to achieve."""
    approach: Prose | None = section("How it works")
    """The method in plain words."""
    ideology_approach: Prose | None = section("How it deals with ideology")
    """What is done, or on purpose not done, about beliefs."""
    structure: tuple[Part, ...] = parts("Structure")
    """Modules, stages, sessions or components, in order."""
    dosage: Prose | None = section("How much and how long")
    """Number and length of sessions, duration."""
    staff: Prose | None = section("Staff and training")
    """Who delivers it, how they are chosen, trained and supported."""
    partners: Prose | None = section("Partners and families")
    """Other agencies, communities, families."""
    release: Prose | None = section("Release and afterwards")
    """What is done around release and later."""
    evaluation: Prose | None = section("What evaluations found")
    """Results, with design, numbers and limits."""
    evidence: tuple[EvidenceItem, ...] = ()
    """Coded findings; each says what one source found on one question."""


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

    effect: Literal["risk", "protective", "sign", "either"] | None = fact("Effect")
    """`risk` or `protective`; `sign` for something to be noticed; `either` where it depends."""
    nature: Literal["static", "dynamic", "not reported"] | None = fact("Nature")
    """`static` cannot be changed, `dynamic` can."""
    role: tuple[
        Literal["predictor", "barrier", "facilitator", "push", "pull", "sign", "condition of prison", "condition of release", "observation"], ...,
    ] | NotReported | None = fact("Role")
    """How the sources treat it."""
    concerns: tuple[Literal["becoming involved", "leaving", "returning"], ...] | NotReported | None = fact("Concerns")
    """Which step the sources link it to."""
    dimension: tuple[
        Literal["behaviour", "cognition", "crime", "social reintegration", "functional reintegration", "mental health"], ...,
    ] | NotReported | None = fact("Dimension of change", expected=False)
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


class Principle(Record):
    """A rule or lesson that sources put forward for this work."""

    issued_by: Line | None = fact("Issued by")
    """Author or body, for example Council of Europe."""
    year: Year | None = fact("Year")
    """Year of the document."""
    number: Annotated[int, Field(ge=1)] | None = fact("Number in its list", expected=False)
    """Place in the source's list, where it has one."""
    standing: Literal["guideline of an international body", "research synthesis", "author's lesson", "practitioners' view"] | None = fact("Standing")
    """What weight the statement claims."""
    setting: tuple[Setting, ...] | NotReported | None = fact("Setting")
    """Where it applies."""

    statement: Prose | None = section("The principle")
    """What it asks, in our words."""
    points: tuple[Part, ...] = parts("Points")
    """Numbered sub-points, each with an address of its own."""
    reasons: Prose | None = section("Why")
    """The reasons the sources give."""
    in_practice: Prose | None = section("In practice")
    """What it looks like in daily work."""


class Practice(Undertaking):
    """A way of working, unit or arrangement that others can learn from."""

    target_group: Prose | None = section("For whom")
    """Whom it serves."""
    problem: Prose | None = section("The problem it answers")
    """Why it was set up."""
    approach: Prose | None = section("What it does")
    """The practice in plain words."""
    steps: tuple[Part, ...] = parts("Steps")
    """Steps, tasks or components, in order."""
    partners: Prose | None = section("Who takes part")
    """Agencies and people, and what each brings."""
    resources: Prose | None = section("What it takes")
    """Staff, time, money, law."""
    evaluation: Prose | None = section("What evaluations found")
    """Results, with design, numbers and limits."""
    transfer: Prose | None = section("If you want to use it")
    """What others should know before they copy it."""
    evidence: tuple[EvidenceItem, ...] = ()
    """Coded findings; each says what one source found on one question."""


def fields_of(model: type[Record]) -> list[str]:
    """Names of the fields in the order of a page: what opens every record, the kind's own, what closes every record."""
    common = list(Record.model_fields)
    own = [name for name in model.model_fields if name not in Record.model_fields]
    opening = common[: common.index("summary") + 1]
    return [*opening, *own, *common[len(opening) :]]


def role_of(model: type[Record], name: str) -> str:
    """What a field is on the page: `fact`, `section`, `parts`, or empty if the page treats it by name."""
    extra = model.model_fields[name].json_schema_extra
    return str(extra.get("x-role", "")) if isinstance(extra, dict) else ""


def is_expected(model: type[Record], name: str) -> bool:
    """True if readers expect the fact, so that its absence is worth a word."""
    extra = model.model_fields[name].json_schema_extra
    return bool(extra.get("x-expected", False)) if isinstance(extra, dict) else False


def label_of(model: type[Record], name: str) -> str:
    """The heading or label of a field on the page."""
    return model.model_fields[name].title or name.replace("_", " ").capitalize()


@dataclass(frozen=True)
class Kind:
    """A kind of record: its name, the name of its file, folder and address, and its model."""

    name: str
    plural: str
    model: type[Record]
    about: str
    """One sentence for the index page."""


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("programme", "programmes", Programme, "Organised efforts, under a name of their own, to help people leave violent extremism."),
        Kind("theory", "theories", Theory, "Explanations of how people become involved, leave, and return."),
        Kind("factor", "factors", Factor, "What goes together with involvement, return or leaving in the groups that were studied."),
        Kind("principle", "principles", Principle, "Rules and lessons for this work, each with an address that holds."),
        Kind("practice", "practices", Practice, "Ways of working that others can learn from."),
    )
}
