"""The kinds of record: one table, read by checks, pages and addresses."""

from __future__ import annotations

from dataclasses import dataclass

from waymark.knowledge import Case, Factor, Finding, Organisation, Question, Statistic, Term, Theory
from waymark.models import Record
from waymark.work import Exercise, Practice, Principle, Programme, Recommendation, Tool


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
        Kind("recommendation", "recommendations", Recommendation, "Advice that sources give, to whom, and with what standing."),
        Kind("tool", "tools", Tool, "Instruments and techniques to assess or watch risk and needs."),
        Kind("finding", "findings", Finding, "What several sources say together, across programmes and practices, and how far it can be relied on."),
        Kind("statistic", "statistics", Statistic, "Figures of the field, each with what it counts and out of how many."),
        Kind("case", "cases", Case, "Events and lives that sources draw lessons from."),
        Kind("term", "terms", Term, "Words of the field and what sources mean by them."),
        Kind("organisation", "organisations", Organisation, "Bodies that run, develop, fund or study this work."),
        Kind("exercise", "exercises", Exercise, "Things to do in a workshop."),
        Kind("question", "questions", Question, "What the field does not know, and what has been found since."),
    )
}
