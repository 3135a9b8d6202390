"""What every record has, whatever its kind, and how a model is read for a page.

The text under a field is at once the code's documentation, the help an editor sees while typing
(through `data/schema/`) and the field table for contributors. The title of a field is its heading
on the page, and the order of the fields is the order of the page: summary, facts at a glance,
sections, then what closes every page.

Every field but `name`, `summary` and `checked` may be absent, which means *not yet coded*: nobody has looked.
`not reported` means that somebody looked and the sources read are silent.
"""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from waymark.fields import (
    Checked,
    CitationKey,
    CountryCode,
    Disagreement,
    Ideology,
    Line,
    Model,
    NotReported,
    OwnerStatement,
    Phase,
    Prose,
    RecordId,
    Relation,
    Retired,
    Setting,
    Status,
    Target,
    Year,
    fact,
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
    owner_statements: tuple[OwnerStatement, ...] = ()
    """What those who run or made it say of this page. It is shown as their voice and counts for nothing in the evidence profile."""
    relations: tuple[Relation, ...] = ()
    """Links to other records. Write each on one side only; the other page shows it by itself."""
    basis: dict[str, Prose] = Field(default={})
    """Where the facts of the box “At a glance” and the lists of parts come from: field name, then citation."""
    further_reading: tuple[CitationKey, ...] = ()
    """Keys of works that help a reader and are not cited above."""
    former_ids: tuple[RecordId, ...] = ()
    """Ids this record had before. Their addresses lead here for ever."""
    former_anchors: dict[str, Line] = Field(default={})
    """Places this page had before, each with the place that old links lead to now: `point-7: point-3`, or `aims: other-record#aims` on another page."""
    retired: Retired | None = None
    """When and why we no longer keep the page up, and what replaces it. Absent as long as it is current."""
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
    target: tuple[Target, ...] | NotReported | None = fact("Target group")
    """Whom the work is meant for: every group that a source names. Words stand under `target_group`."""
    ideologies: tuple[Ideology, ...] | NotReported | None = fact("Ideology scope")
    """Which kinds of extremism the work is meant for. `any` if a source says so, never because it names none."""


@lru_cache(maxsize=64)
def fields_of(model: type[Record]) -> tuple[str, ...]:
    """Names of the fields in the order of a page: what opens every record, the kind's own, what closes every record."""
    common = list(Record.model_fields)
    own = [name for name in model.model_fields if name not in Record.model_fields]
    opening = common[: common.index("summary") + 1]
    return (*opening, *own, *common[len(opening) :])


@lru_cache(maxsize=512)
def role_of(model: type[Record], name: str) -> str:
    """What a field is on the page: `fact`, `section`, `parts`, `figures`, `concerns`, or empty if the page treats it by name."""
    extra = model.model_fields[name].json_schema_extra
    return str(extra.get("x-role", "")) if isinstance(extra, dict) else ""


@lru_cache(maxsize=128)
def with_role(model: type[Record], *roles: str) -> tuple[str, ...]:
    """The fields of a model that play one of some roles on the page, in its order."""
    return tuple(name for name in fields_of(model) if role_of(model, name) in roles)


@lru_cache(maxsize=512)
def is_expected(model: type[Record], name: str) -> bool:
    """True if readers expect the fact, so that its absence is worth a word."""
    extra = model.model_fields[name].json_schema_extra
    return bool(extra.get("x-expected", False)) if isinstance(extra, dict) else False


@lru_cache(maxsize=512)
def label_of(model: type[Record], name: str) -> str:
    """The heading or label of a field on the page."""
    return model.model_fields[name].title or name.replace("_", " ").capitalize()
