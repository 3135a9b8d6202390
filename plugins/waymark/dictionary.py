"""The data dictionary: what each field of a record means, takes and is called, read from the schemas of the models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from waymark.fields import NOT_REPORTED
from waymark.kinds import KINDS
from waymark.models import Record, fields_of, label_of, role_of
from waymark.validate import schemas

EVERY = "every record"
"""What stands in place of a kind for the fields that all kinds have."""

_MAP_NAMES = {
    "EvidenceItem": "evidence",
    "Concern": "concern",
    "Figure": "figure",
    "Part": "part",
    "Relation": "relation",
    "Disagreement": "disagreement",
    "OwnerStatement": "owner statement",
    "Checked": "checked",
    "Retired": "retired",
}
"""The small maps inside a record: name of the model, and what we call one of them."""
_NOTES = {
    "fact": "Coded fact.",
    "section": "Section.",
    "parts": "Ordered; one row each in `parts`.",
    "figures": "One row each in `figures`.",
    "concerns": "One row each in `concerns`.",
}
_MORE_NOTES = {
    (EVERY, "basis"): "Keys are names of fields; values are citations.",
    (EVERY, "former_anchors"): "Keys are ends of old addresses.",
    ("figure", "value"): "Its unit stands in `unit`.",
    ("figure", "count"): "Its unit is people, or what `base` says.",
    ("figure", "total"): "Its unit is people, or what `base` says.",
    ("figure", "to"): "Same unit as `value`.",
    ("evidence", "participants"): "Unit: people.",
    ("evidence", "follow_up_months"): "Unit: months.",
}
_PATTERNS = {
    r"^[A-Z][A-Za-z0-9]{0,5}$": "initials",
    r"^(yes|no|cannot tell), \S[^\n]*$": "`yes`, `no` or `cannot tell`, a comma, and the reason with its citation",
    r"^[A-Z]{2}$": "country code (ISO 3166-1, two letters)",
    r"^[A-Za-z][\w:.-]*$": "key of a work",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "id",
    r"^[a-z0-9]+(-[a-z0-9]+)*(#[a-z0-9-]+)?$": "id of a record, and after # one of its parts",
}


@dataclass(frozen=True, slots=True)
class Definition:
    """What one field means."""

    owner: str
    """The kind that has the field, `every record`, or the small map it stands in."""
    field: str
    label: str
    """The heading or label on the page."""
    meaning: str
    type: str
    """In words: `year`, `list of one of the accepted values`."""
    accepted: tuple[str, ...]
    """All values of a closed list, in its order; empty if it is open."""
    is_required: bool
    notes: str
    """Unit, and where else the field shows up."""
    is_number: bool
    """True if a value is a number, or `not reported` where that is accepted."""
    holds: str
    """The small map that the field holds, once or in a list: an owner of `dictionary`. Empty if it holds none."""


@dataclass(frozen=True, slots=True)
class Group:
    """The fields of one owner."""

    owner: str
    about: str
    definitions: tuple[Definition, ...]


@lru_cache(maxsize=1)
def dictionary() -> tuple[Group, ...]:
    """All fields: those of every record, those of each kind, those of the small maps inside records."""
    made = schemas()
    kinds = list(KINDS.values())
    common = made[f"{kinds[0].name}.json"]
    about = "Fields that all kinds have. Only name, summary and checked must be there."
    groups = [Group(EVERY, about, tuple(_of_record(EVERY, kinds[0].model, common, own=False)))]
    groups += [Group(kind.name, kind.about, tuple(_of_record(kind.name, kind.model, made[f"{kind.name}.json"], own=True))) for kind in kinds]
    maps = {name: schema for kind in kinds for name, schema in made[f"{kind.name}.json"]["$defs"].items()}
    groups += [Group(name, maps[model]["description"], tuple(_of_map(name, maps[model]))) for model, name in _MAP_NAMES.items()]
    return tuple(groups)


def definitions_of(owner: str) -> Mapping[str, Definition]:
    """The fields of an owner by name; of a kind also those that every record has, in the order of a page."""
    groups = {group.owner: {each.field: each for each in group.definitions} for group in dictionary()}
    if owner not in KINDS:
        return groups[owner]
    found = groups[EVERY] | groups[owner]
    return {name: found[name] for name in fields_of(KINDS[owner].model)}


def _of_record(owner: str, model: type[Record], schema: Mapping[str, Any], *, own: bool) -> Iterator[Definition]:
    for name in fields_of(model):
        if (name in Record.model_fields) is not own:
            yield _definition(owner, name, label_of(model, name), schema, _NOTES.get(role_of(model, name), ""))


def _of_map(owner: str, schema: Mapping[str, Any]) -> Iterator[Definition]:
    for name in schema["properties"]:
        yield _definition(owner, name, name.replace("_", " ").capitalize(), schema, "")


def _definition(owner: str, name: str, label: str, schema: Mapping[str, Any], note: str) -> Definition:
    about = schema["properties"][name]
    notes = " ".join(filter(None, (note, _MORE_NOTES.get((owner, name), ""))))
    meaning = about.get("description") or schema["$defs"][about["$ref"].rpartition("/")[2]]["description"]
    accepted = tuple(dict.fromkeys(_accepted(about)))
    is_number = any(each.get("type") in ("integer", "number") for each in (about, *about.get("anyOf", ())))
    return Definition(owner, name, label, meaning, _type(about), accepted, name in schema["required"], notes, is_number, _holds(about))


def _holds(schema: Mapping[str, Any]) -> str:
    """What we call the small map of a field, if it has one."""
    reference = str(schema.get("$ref", "") or schema.get("items", {}).get("$ref", ""))
    return _MAP_NAMES[reference.rpartition("/")[2]] if reference else ""


def _type(schema: Mapping[str, Any]) -> str:
    """The type of a value in words."""
    if "$ref" in schema:
        return f"map ({_MAP_NAMES[schema['$ref'].rpartition('/')[2]]})"
    if "anyOf" in schema:
        return ", or ".join(dict.fromkeys(_type(each) for each in schema["anyOf"]))
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return "one of the accepted values"
    match schema["type"]:
        case "array":
            return f"list, each: {_type(schema['items'])}"
        case "object":
            return f"map from name to {_type(schema['additionalProperties'])}"
        case "integer":
            return "year" if schema.get("minimum") == 1800 else "whole number"
        case "string" if "pattern" in schema or "format" in schema:
            return "date (YYYY-MM-DD)" if "format" in schema else _PATTERNS.get(schema["pattern"], f"one line, up to {schema.get('maxLength')} characters")
        case "string" if "maxLength" in schema:
            return f"Markdown text, up to {schema['maxLength']} characters"
        case "string":
            return "Markdown text with citations"
    return str(schema["type"])


def _accepted(schema: Mapping[str, Any]) -> Iterator[str]:
    yield from schema.get("enum", ())
    if "const" in schema:
        yield schema["const"]
    if "items" in schema:
        yield from _accepted(schema["items"])
    for each in schema.get("anyOf", ()):
        yield from _accepted(each)


def is_open(definition: Definition) -> bool:
    """True if a field takes other values than those that are listed."""
    return definition.accepted in ((), (NOT_REPORTED,))
