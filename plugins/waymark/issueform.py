"""The form on GitHub with which somebody proposes a practice: the fields of the record as questions, made from the models.

It is YAML of GitHub's own sort, written to `.github/ISSUE_TEMPLATE/`. Each value is written as JSON, which YAML reads too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from waymark.dictionary import Definition, definitions_of, is_open
from waymark.fields import NOT_REPORTED
from waymark.kinds import KINDS
from waymark.models import role_of

FILE = ".github/ISSUE_TEMPLATE/practice.yml"
_KIND = "practice"
_LEFT_OUT = ("evidence", "basis", "disagreements", "owner_statements", "further_reading", "former_ids", "former_anchors", "retired", "checked")
"""What an editor codes, or what only a page that exists can have."""
_INTRODUCTION = (
    "Fill in what you know and leave the rest. Three answers are enough: the name, the summary and the sources. "
    "Your own words, short sentences, no names of persons. Say behind each sentence which source says so and where: author, year, page. "
    f"Write `{NOT_REPORTED}` where you looked and the sources do not say it. An editor makes the page from it and asks you if something is not clear."
)


def issue_form() -> str:
    """The whole file."""
    head = {
        "name": "Propose a practice",
        "description": KINDS[_KIND].about,
        "title": "Practice: ",
        "labels": ["practice"],
    }
    lines = ["# Made from the models by `waymark schema`; do not edit.", *(f"{name}: {_written(value)}" for name, value in head.items()), "body:"]
    for element in _elements():
        lines += _lines(element)
    return "\n".join(lines) + "\n"


def _elements() -> Iterator[dict[str, Any]]:
    yield {"type": "markdown", "attributes": {"value": _INTRODUCTION}}
    for name, definition in definitions_of(_KIND).items():
        if name not in _LEFT_OUT:
            yield _question(name, definition)
    sources = "The works behind your answers: author, year, title, where it was published, web address. One on each line."
    yield {"type": "textarea", "id": "sources", "attributes": {"label": "Sources", "description": sources}, "validations": {"required": True}}
    confirmed = "I opened the sources and they say this. The words are mine, and no person can be recognised in them."
    yield {"type": "checkboxes", "id": "checked", "attributes": {"label": "Checked", "options": [{"label": confirmed, "required": True}]}}


def _question(name: str, definition: Definition) -> dict[str, Any]:
    role = role_of(KINDS[_KIND].model, name)
    attributes: dict[str, Any] = {"label": definition.label, "description": definition.meaning}
    if role == "parts" or name in ("other_names", "relations"):
        attributes["description"] += " One on each line."
        sort = "textarea"
    elif definition.accepted and not is_open(definition):
        attributes |= {"multiple": definition.type.startswith("list"), "options": list(definition.accepted)}
        sort = "dropdown"
    else:
        sort = "textarea" if role == "section" or name in ("summary", "limits") else "input"
    return {"type": sort, "id": name, "attributes": attributes, "validations": {"required": definition.is_required}}


def _lines(element: dict[str, Any]) -> Iterator[str]:
    """An element of the body, one value on each line."""
    for number, (name, value) in enumerate(element.items()):
        start = "  - " if number == 0 else "    "
        if not isinstance(value, dict):
            yield f"{start}{name}: {value}"
            continue
        yield f"{start}{name}:"
        for inner, each in value.items():
            yield from _value_lines(inner, each)


def _value_lines(name: str, value: Any) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"      {name}: {_written(value)}"
        return
    yield f"      {name}:"
    yield from (f"        - {_written(each)}" for each in value)


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
