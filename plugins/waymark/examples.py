"""Values for one complete example record of each kind. The records are invented; their form and the keys they cite are real.

The examples cite works and link to records that the knowledge base has, so that a copy of one passes the checks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CITATION = "[@papp2021returning, p. 21]"
_OTHERS = ("[@cep2018expert, sec. Closing]", "[@lewis2021countering, Key findings ¶ 1]")
"""Places in two other works: a finding across programmes needs three."""

_PART = {"title": "Invitation", "text": f"People may say no {CITATION}.", "group": "Before the first evening", "anchor": "invitation"}
_SECOND_PART = {"title": "First evening", "text": f"One evening for everybody {CITATION}."}
_EVIDENCE = {
    "source": CITATION,
    "question": "outcomes",
    "kind": "process study",
    "finding": f"Staff said that families came more often {CITATION}.",
    "design": "qualitative",
    "independence": "independent",
    "participants": "24",
    "outcome": "agency process",
    "measure": "self report",
    "direction": "not measured",
    "follow_up_months": "6",
    "availability": "open",
    "relation": "supports",
    "settings": ["prison"],
    "countries": ["NL"],
    "differs": "The first version, in one prison only.",
    "appraisal": [
        f"yes, it asks what staff saw, and interviews can tell that {CITATION}",
        f"yes, it describes how the interviews were done {CITATION}",
        f"cannot tell, it does not say how the answers were worked out {CITATION}",
        f"no, only two of eight statements are shown with what staff said {CITATION}",
        f"yes, question, interviews and result belong together {CITATION}",
    ],
    "limits": f"Few people, and no group to compare with {CITATION}.",
    "coded_by": "WM",
    "coded_on": "2026-11-22",
    "checked_by": "WM",
    "anchor": "first-study",
}

COMMON: Mapping[str, Any] = {
    "short_name": "FE",
    "limits": f"The paper names no study of it {CITATION}.",
    "disagreements": [
        {
            "topic": "Number of families",
            "text": f"The paper counts 24 families {CITATION}. A report says 20 {_OTHERS[0]}.",
            "state": "open",
            "anchor": "number-of-families",
        },
    ],
    "relations": [{"type": "related_to", "to": "family-relationships", "basis": CITATION, "note": "in prison only"}],
    "further_reading": ["basra2020prisons"],
    "former_ids": ["an-earlier-id"],
    "former_anchors": {"a-former-place": "limits"},
    "retired": {
        "on": "2026-11-22",
        "reason": f"Another page tells of it more fully {CITATION}.",
        "basis": "ours",
    },
    "owner_statements": [
        {
            "by": "The prison service",
            "role": "runs it",
            "on": "2026-11-22",
            "stance": "confirms",
            "text": "The page is right.",
            "source": "letter to the editors of 22 November 2026",
        }
    ],
    "checked": {
        "on": "2026-11-22",
        "against": ["papp2021returning"],
        "by": "WM",
        "second": "WM",
        "due": "2027-05-22",
        "due_reason": "a report is announced",
    },
    "countries": ["NL"],
    "region": "The west of the country",
    "organisation": "The prison service, with a charity",
    "start_year": "2019",
    "end_year": "2022",
    "status": "ended",
    "status_year": "2022",
    "setting": ["prison", "probation"],
    "phase": ["preparing release"],
    "target": ["people convicted", "families"],
    "ideologies": ["any"],
    "target_group": f"People in prison and their families {CITATION}.",
    "approach": f"Staff and families sit down together. They talk about the first weeks after release {CITATION}.",
    "aims": f"Families should know what to expect {CITATION}.",
    "partners": f"Families and staff; see also [Social Net Conferencing][social-net-conferencing] {CITATION}.",
    "evaluation": f"Two people counted visits in one year. No study looked at reoffending {CITATION}.",
    "steps": [_PART, _SECOND_PART],
    "structure": [_PART, _SECOND_PART],
    "evidence": [_EVIDENCE],
    "issued_by": "A meeting of practitioners",
    "year": "2019",
    "statement": f"Staff should speak with the family before release {CITATION}.",
    "reasons": f"Families are often not prepared for the release {CITATION}.",
    "in_practice": f"A worker calls the family a month before {CITATION}.",
    "practice": f"The paper advises staff to ask who is waiting outside {CITATION}.",
}
"""By field. Fields of the same name mean much the same in all kinds that have them; what no model has is left out."""

OWN: Mapping[str, Mapping[str, Any]] = {
    "programme": {
        "name": "Open Evenings",
        "other_names": ["Offene Abende"],
        "summary": f"Prison staff and families meet before release. The paper gives no result {CITATION}.",
        "delivery": ["family", "group"],
        "ideology": "where needed",
        "origin": f"Two prisons began it together {CITATION}.",
        "referral": f"Staff propose people; nobody has to come {CITATION}.",
        "ideology_approach": f"Beliefs are spoken about if the family wishes {CITATION}.",
        "dosage": f"Six evenings in three months {CITATION}.",
        "staff": f"Two trained officers lead each evening {CITATION}.",
        "release": f"A worker calls the family once a month for half a year {CITATION}.",
    },
    "practice": {
        "name": "Family evenings",
        "other_names": ["Family nights", "Familienabende"],
        "summary": f"Prison staff invite families for an evening before release. The paper gives no result {CITATION}.",
        "problem": f"Families are often not prepared for the release {CITATION}.",
        "resources": "not reported",
        "transfer": f"Think of families that live far away {CITATION}.",
        "relations": [{"type": "strengthens", "to": "family-relationships", "basis": CITATION, "note": "in prison only"}],
    },
    "principle": {
        "name": "Families are asked first",
        "other_names": ["Ask the family"],
        "short_name": "FF",
        "summary": f"The family is asked before anything is planned {CITATION}.",
        "number": "3",
        "standing": "practitioners' view",
        "points": [_PART, _SECOND_PART],
    },
    "recommendation": {
        "name": "Speak with the family before release",
        "other_names": ["Talk to families early"],
        "short_name": "SF",
        "summary": f"Practitioners advise to speak with the family before release {CITATION}.",
        "audience": ["practitioners", "probation"],
        "topic": "community and families",
        "standing": "speaker's advice",
        "versions": f"The summary names staff of prisons only {CITATION}.",
        "evidence_behind": f"The experience of those at the meeting {CITATION}.",
    },
    "tool": {
        "name": "Family map",
        "other_names": ["Map of the family"],
        "short_name": "FM",
        "summary": f"A drawing of who is close to a person, made together {CITATION}.",
        "developer": "A probation service",
        "form": "staff methodology",
        "purpose": ["assess needs", "plan work"],
        "users": f"Probation officers, after a course of one day {CITATION}.",
        "cautions": f"It shows what one person says on one day {CITATION}.",
    },
    "exercise": {
        "name": "Draw a family map",
        "other_names": ["Family map exercise"],
        "short_name": "FM",
        "summary": f"A workshop in which small groups draw who could help after release {CITATION}.",
        "duration": "45 minutes",
        "grouping": "Groups of three",
        "audience": "Probation officers",
        "material": f"Paper, pens and the case on page 21 {CITATION}.",
        "questions": [{"title": "Who is missing?", "text": f"People often forget the grandparents {CITATION}.", "group": "At the end", "anchor": "missing"}],
        "adaptation": f"The paper gives no case; use one of your own {CITATION}.",
    },
    "theory": {
        "name": "Three circles model",
        "other_names": ["Model of three circles"],
        "short_name": "TC",
        "summary": f"A model in which people come back through three circles {CITATION}.",
        "explains": ["leaving", "returning"],
        "authors": "Doe and Roe",
        "core_idea": f"People come back first to the family, then to friends, then to work {CITATION}.",
        "form": "stages",
        "parts": [_PART, _SECOND_PART],
        "research": f"Talks with twelve families {CITATION}.",
        "use": f"Staff use it to plan the weeks after release {CITATION}.",
    },
    "factor": {
        "name": "A family that is prepared",
        "other_names": ["Prepared relatives"],
        "short_name": "FP",
        "summary": f"In the group that was studied, prepared families and calmer releases went together {CITATION}.",
        "effect": "protective",
        "nature": "dynamic",
        "role": ["facilitator"],
        "concerns": ["leaving", "returning"],
        "dimension": ["social reintegration"],
        "meaning": f"The family knows the day of release and what will be asked of it {CITATION}.",
        "findings": f"In a group of 24 families most said that it was easier {CITATION}.",
        "mechanism": f"The paper thinks of less stress in the first weeks {CITATION}.",
        "variation": f"It was looked at in one country only {CITATION}.",
    },
    "question": {
        "name": "What do evenings with families change?",
        "other_names": ["Effect of evenings with families"],
        "short_name": "EF",
        "summary": f"Nobody has compared families who came with families who did not {CITATION}.",
        "state": "partly answered",
        "raised_by": "Participants of a meeting",
        "question": f"Do evenings with families change what happens after release {CITATION}?",
        "known": f"Staff see more contact {CITATION}.",
        "needed": f"A study with a group to compare with {CITATION}.",
    },
    "finding": {
        "name": "Families want to be prepared",
        "other_names": ["Families ask for information"],
        "short_name": "FP",
        "summary": f"Sources from three places say that families want to know what will happen {CITATION}.",
        "claim": f"Families want to be prepared {CITATION}. One source adds that not all families help {_OTHERS[1]}.",
        "where": f"Prisons and probation in Europe {CITATION}.",
        "concerns": [
            {"component": "methodological limitations", "level": "serious", "reason": f"Staff speak of their own work {CITATION}."},
            {"component": "coherence", "level": "none or minor", "reason": f"The sources say the same {CITATION}."},
            {"component": "adequacy", "level": "moderate", "reason": f"Three sources, with few details {CITATION}."},
            {"component": "relevance", "level": "none or minor", "reason": f"They speak of people in prison {CITATION}."},
        ],
        "evidence": [
            _EVIDENCE,
            *(
                {"source": source, "question": "mechanism", "kind": "practitioner account", "finding": f"{text} {source}.", "relation": relation}
                for source, text, relation in zip(
                    _OTHERS, ("Families ask for a contact person", "Not every family is of help"), ("supports", "qualifies"), strict=True
                )
            ),
        ],
    },
    "statistic": {
        "name": "Families who came to an evening",
        "other_names": ["Families who came"],
        "short_name": "FE",
        "summary": f"How many families came in one year {CITATION}.",
        "measure": "share of people or cases",
        "counts": "Families of people in prison",
        "place": "Western Europe",
        "period": "2019",
        "figures": [
            {
                "label": "Came once",
                "value": "3.1",
                "unit": "per cent",
                "qualifier": "about",
                "base": "196 families",
                "period": "2019",
                "count": "6",
                "total": "196",
                "panel": "Families who came, of all who were invited",
                "note": "Counted by staff.",
                "source": CITATION,
            },
            {
                "label": "Came more than once",
                "value": "1",
                "to": "2",
                "unit": "per cent",
                "base": "not reported",
                "panel": "Families who came, of all who were invited",
                "source": CITATION,
            },
        ],
        "chart": "shares",
        "counting": f"Staff noted who came {CITATION}.",
        "caveats": f"Families who live far away were not invited {CITATION}.",
    },
    "case": {
        "name": "Return to a village, 2019",
        "other_names": ["The village case"],
        "short_name": "Village 2019",
        "summary": f"A man came home to a village and was received by his family {CITATION}.",
        "event": "return without attack",
        "course": f"He moved back to his parents and found work {CITATION}.",
        "before": f"Staff had spoken with the family twice {CITATION}.",
        "lessons": f"The paper draws from it that time matters {CITATION}.",
    },
    "term": {
        "name": "Warm handover",
        "other_names": ["Personal handover"],
        "short_name": "WH",
        "summary": f"A worker introduces a person to the next worker, face to face {CITATION}.",
        "area": "release",
        "definition": f"The old and the new worker meet the person together {CITATION}.",
        "senses": [_PART, _SECOND_PART],
        "usage": f"Not to be mixed up with a file that is passed on {CITATION}.",
    },
    "organisation": {
        "name": "House of Families",
        "other_names": ["Familienhaus"],
        "short_name": "HoF",
        "summary": f"A charity that works with families of people in prison {CITATION}.",
        "type": "civil society organisation",
        "work": f"It leads evenings with families in two prisons {CITATION}.",
        "publications": f"A leaflet for families {CITATION}.",
    },
}
"""By kind, then by field: what differs from `COMMON`, or is in this kind alone."""


_SUCCESSORS = {
    "programme": "back-on-track",
    "theory": "pro-integration-model",
    "factor": "family-relationships",
    "principle": "coe-2016-human-rights",
    "practice": "social-net-conferencing",
    "recommendation": "cep-good-relationship",
    "tool": "erg",
    "finding": "trust-among-what-helps",
    "statistic": "sentence-length",
    "case": "vienna-attack-2020",
    "term": "disengagement",
    "organisation": "ran",
    "exercise": "design-an-intervention",
    "question": "unintended-harm",
}
"""A record of each kind that could take the place of the example."""


def values_of(kind: str, fields: tuple[str, ...]) -> dict[str, Any]:
    """The example's value for each of some fields of a kind, in their order."""
    values = {name: OWN[kind].get(name, COMMON.get(name)) for name in fields}
    if "retired" in values:
        values["retired"] = {**values["retired"], "replaced_by": _SUCCESSORS[kind]}
    return values
