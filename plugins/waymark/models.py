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
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import Field

from waymark.fields import (
    Checked,
    CitationKey,
    CountryCode,
    Delivery,
    Disagreement,
    EvidenceItem,
    Line,
    Model,
    NotReported,
    Part,
    Phase,
    Prose,
    RecordId,
    Relation,
    Setting,
    Status,
    Year,
    fact,
    parts,
    section,
)


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
    basis: dict[str, Prose] = Field(default={})
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


@lru_cache(maxsize=64)
def fields_of(model: type[Record]) -> tuple[str, ...]:
    """Names of the fields in the order of a page: what opens every record, the kind's own, what closes every record."""
    common = list(Record.model_fields)
    own = [name for name in model.model_fields if name not in Record.model_fields]
    opening = common[: common.index("summary") + 1]
    return (*opening, *own, *common[len(opening) :])


@lru_cache(maxsize=512)
def role_of(model: type[Record], name: str) -> str:
    """What a field is on the page: `fact`, `section`, `parts`, or empty if the page treats it by name."""
    extra = model.model_fields[name].json_schema_extra
    return str(extra.get("x-role", "")) if isinstance(extra, dict) else ""


@lru_cache(maxsize=512)
def is_expected(model: type[Record], name: str) -> bool:
    """True if readers expect the fact, so that its absence is worth a word."""
    extra = model.model_fields[name].json_schema_extra
    return bool(extra.get("x-expected", False)) if isinstance(extra, dict) else False


@lru_cache(maxsize=512)
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
