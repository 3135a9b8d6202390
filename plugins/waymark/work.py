"""Kinds of record about what is done and advised. Declarations only: what each field means, takes and is called on the page."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from waymark.fields import CountryCode, Delivery, EvidenceItem, Line, NotReported, Part, Prose, Setting, Status, Year, fact, parts, section
from waymark.models import Record, Undertaking


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


class Recommendation(Record):
    """Advice that a source gives to somebody, with the standing it has there."""

    audience: (
        tuple[
            Literal[
                "policy makers",
                "practitioners",
                "practitioner organisations",
                "prison staff and administration",
                "security and prison authorities",
                "probation",
                "those who design or commission programmes",
            ],
            ...,
        ]
        | NotReported
        | None
    ) = fact("Addressed to")
    """To whom the source speaks. If versions of the text differ, all of them; say which under `versions`."""
    topic: (
        Literal[
            "policy and research",
            "outcomes and needs",
            "role of prison",
            "false compliance",
            "assessing risk",
            "sharing information",
            "transition and release",
            "preparing for the worst case",
            "formers",
            "social ecology",
            "community and families",
            "online work",
            "ideology",
            "probation work",
        ]
        | None
    ) = fact("Topic")
    """What it is about."""
    issued_by: Line | None = fact("Made by")
    """Author, body or meeting."""
    year: Year | None = fact("Year")
    """Year of the document or meeting."""
    standing: Literal["published recommendation", "speaker's advice", "point of a group discussion"] | None = fact("Standing")
    """What weight the source gives it."""

    statement: Prose | None = section("What it asks")
    """The recommendation in our words, complete."""
    versions: Prose | None = section("Where its versions differ")
    """Differences between the places where the source gives it, in wording or audience."""
    reasons: Prose | None = section("Why")
    """The reasons the source gives."""
    in_practice: Prose | None = section("In practice")
    """What it looks like in daily work, as far as a source says."""
    evidence_behind: Prose | None = section("What it rests on")
    """Studies or experience behind it; newer findings for or against it."""


class Tool(Record):
    """An instrument or technique to assess or watch risk and needs."""

    countries: tuple[CountryCode, ...] | NotReported | None = fact("Country")
    """Where it was made or is used: ISO 3166 codes of two letters."""
    developer: Line | None = fact("Developed by")
    """Author or body."""
    year: Year | NotReported | None = fact("First published")
    """Year of the first version."""
    status: Status | NotReported | None = fact("Status")
    """What is known of its state; say as of when in `status_year`."""
    status_year: Year | None = fact("Status as of", expected=False)
    """Year of the source for the status."""
    form: Literal["structured professional judgement", "score", "screening list", "staff methodology", "technical means"] | NotReported | None = fact("Form")
    """What sort of tool it is."""
    purpose: tuple[Literal["assess risk", "assess needs", "plan work", "detect early", "set priorities", "watch"], ...] | NotReported | None = fact("For")
    """What it is meant for."""
    setting: tuple[Setting, ...] | NotReported | None = fact("Setting")
    """Where it is used."""

    target_group: Prose | None = section("For whom")
    """People it may be used with, and people it was not made for."""
    approach: Prose | None = section("How it works")
    """The tool in plain words."""
    structure: tuple[Part, ...] = parts("Structure")
    """Domains or groups of items, in order. Never the items of a protected tool."""
    users: Prose | None = section("Who may use it")
    """Training and professions."""
    evaluation: Prose | None = section("What studies found")
    """Reliability, validity, use, with design, numbers and limits."""
    cautions: Prose | None = section("How to use its result")
    """What a result can and cannot carry."""
    evidence: tuple[EvidenceItem, ...] = ()
    """Coded findings; each says what one source found on one question."""


class Exercise(Record):
    """Something to do in a workshop."""

    duration: Line | NotReported | None = fact("Time")
    """How long it takes."""
    grouping: Line | NotReported | None = fact("Groups")
    """How people work: alone, in pairs, in three groups."""
    audience: Line | NotReported | None = fact("For")
    """For whom it was made."""

    aims: Prose | None = section("What it is for")
    """What people learn."""
    material: Prose | None = section("What you need")
    """Texts, cases, pages of this site."""
    steps: tuple[Part, ...] = parts("Steps")
    """What happens, in order."""
    questions: tuple[Part, ...] = parts("Questions")
    """Questions to discuss."""
    adaptation: Prose | None = section("If you want to adapt it")
    """What the source leaves open, and how to fill it."""
