"""Plain data and a model to a record, or to problems in words an editor knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import UnionType
from typing import Any, Literal, TypeAlias, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.json_schema import models_json_schema

from waymark.consistency import consistency_problems, country_help, date_help
from waymark.documents import Document, Path_
from waymark.fields import NOT_REPORTED, Model, is_silence, silence_help
from waymark.kinds import KINDS, Kind
from waymark.meanings import meanings_of
from waymark.models import Record, fields_of
from waymark.problems import MAX_PROBLEMS, Code, Problem, article, choices, short, suggest

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ID_HELP = "Use lower-case letters a to z, digits and single hyphens, at most 80 characters, for example back-on-track."
_NOT_REPORTED_TAG = f"literal['{NOT_REPORTED}']"
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class _Shape:
    """What a map must be that is no record."""

    name: str
    model: type[BaseModel]


Shape: TypeAlias = Kind | _Shape


def validate(document: Document, kind: Kind, today: date) -> tuple[Record | None, list[Problem]]:
    """The record a document holds, or None; and what is wrong with its shape and its facts.

    Args:
        document: One record, with its place in its file.
        kind: The kind it must be of.
        today: The latest day that a date may name.
    """
    if document.data is None:
        return None, []  # the reader of the file has said what is wrong
    if not isinstance(document.data, dict):
        message = f"{article(kind.name).capitalize()} is a map of fields, each written `field: value`; here stands something else."
        fix = "Write the id alone on its line, with a colon, and its fields below it, two spaces further in. What starts at the left edge is an id."
        return None, [Problem(document.locate(), Code.WRONG_TYPE, message, fix)]
    try:
        record = kind.model.model_validate(document.data)
    except ValidationError as error:
        return None, _once(error.errors(include_url=False), document, kind)
    return record, list(consistency_problems(document, record, kind, today))


def record_of(kind: str, data: Mapping[str, Any]) -> Record | None:
    """The record that data of an older version make by today's models, or None if they do not."""
    if kind not in KINDS:
        return None
    try:
        return KINDS[kind].model.model_validate(data)
    except ValidationError:
        return None


def shaped(document: Document, model: type[M], name: str) -> tuple[M | None, list[Problem]]:
    """What a map holds that is no record, or None; and what is wrong with its shape.

    Args:
        document: The map, with its place in its file.
        model: What it must be.
        name: What we call it.
    """
    if document.data is None:
        return None, []
    if not isinstance(document.data, dict):
        message = f"{article(name).capitalize()} is a map of fields, each written `field: value`."
        return None, [Problem(document.locate(), Code.WRONG_TYPE, message, "Write one field a line, indented alike.")]
    try:
        return model.model_validate(document.data), []
    except ValidationError as error:
        return None, _once(error.errors(include_url=False), document, _Shape(name, model))


def is_id(text: str) -> bool:
    """True if the text may be an id: lower-case letters, digits and single hyphens."""
    return bool(ID.fullmatch(text)) and len(text) <= 80


def model_schemas() -> dict[str, Any]:
    """JSON Schema of each model by its name, as pydantic makes it: all together, because they share most parts."""
    _, together = models_json_schema([(kind.model, "validation") for kind in KINDS.values()])
    made: dict[str, Any] = together["$defs"]
    for model in _models(Model):
        for field, meaning in meanings_of(model).items() if model.__name__ in made else ():
            properties = made[model.__name__]["properties"]
            properties[field] = dict(sorted({**properties[field], "description": meaning}.items()))
    return made


def _models(base: type[Model]) -> Iterator[type[Model]]:
    for model in base.__subclasses__():
        yield model
        yield from _models(model)


_model_schemas = model_schemas
"""Where `schemas` start from."""


def take_schemas_from(kept: Callable[[], dict[str, Any]]) -> None:
    """Lets `schemas` start from `model_schemas` of another run: to make them takes as long as a few pages, and 3 MB."""
    global _model_schemas  # they depend on nothing but the code, so there is one of them
    _model_schemas = kept


@lru_cache(maxsize=1)
def schemas() -> Mapping[str, dict[str, Any]]:
    """JSON Schemas by file name: for each kind one for a single record and one for a file that maps ids to records."""
    parts = _tidy(_model_schemas())
    made: dict[str, dict[str, Any]] = {}
    for kind in KINDS.values():
        own = parts[kind.model.__name__]
        properties = {name: own["properties"][name] for name in fields_of(kind.model)}
        schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$defs": {name: parts[name] for name in sorted(_named_in(own, parts))},
            **own,
            "properties": properties,
        }
        made[f"{kind.name}.json"] = schema
        made[f"{kind.plural}.json"] = {
            "$schema": schema["$schema"],
            "title": kind.plural.capitalize(),
            "description": f"{kind.about} A map from id to record.",
            "type": "object",
            "propertyNames": {"pattern": f"^{ID.pattern}$"},
            "additionalProperties": {"$ref": f"{kind.name}.json"},
        }
    return made


def _named_in(schema: Any, parts: Mapping[str, Any]) -> set[str]:
    """The parts that a schema refers to, directly or through others."""
    found: set[str] = set()
    waiting = [schema]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            name = each.get("$ref", "").rpartition("/")[2]
            if name and name not in found:
                found.add(name)
                waiting.append(parts[name])
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
    return found


def _tidy(schema: Any) -> Any:
    """The schema without `null` and defaults: an absent field and an empty one are not the same to us."""
    if isinstance(schema, list):
        return [_tidy(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    tidy = {name: _tidy(each) for name, each in schema.items() if name != "default"}
    if "anyOf" in tidy:
        some = [each for each in tidy.pop("anyOf") if each != {"type": "null"}]
        tidy = {**some[0], **tidy} if len(some) == 1 else {**tidy, "anyOf": some}
    return tidy


# Pydantic's errors in our words ------------------------------------------------------------------


def _in_our_words(error: Any, document: Document, kind: Shape) -> tuple[Problem | None, Path_]:
    """An error of Pydantic's as a problem, if it is worth saying, and the place of the value it is about."""
    sort = error["type"]
    missing = sort in ("missing", "extra_forbidden")
    loc = _real_path(error["loc"], document.data, with_missing=missing)
    # Of "a value or one of these words" the arm with the value speaks, and names the words too.
    if sort == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]:
        return None, loc  # some items are wrong, which is said of each
    if (_NOT_REPORTED_TAG in error["loc"]) or (error.get("input") is None and not missing):
        return None, loc  # the other arm of "a value or `not reported`" says it better, or the reader has said it
    return _problem(sort, error, loc, document, kind), loc


def _problem(sort: str, error: Any, loc: Path_, document: Document, kind: Shape) -> Problem:
    model = _model_at(kind.model, loc[:-1])
    name = str(loc[-1]) if loc else kind.name
    field = next((str(step) for step in reversed(loc) if isinstance(step, str)), name)
    value = error.get("input")
    place = document.locate(loc)

    def problem(code: Code, message: str, fix: str) -> Problem:
        return Problem(place, code, message, fix)

    if sort == "missing":
        return Problem(document.locate(loc[:-1]), Code.MISSING_FIELD, f"{_owner(loc, kind)} needs the field '{name}'.", _help(model, name))
    if sort == "extra_forbidden":
        message = f"'{short(name)}' is not a field of {_owner(loc, kind).lower()}."
        return Problem(document.locate(loc, key=True), Code.UNKNOWN_FIELD, message, _known_fields(model, name))
    if isinstance(value, str) and is_silence(value) and NOT_REPORTED in _literals(model, field):
        return problem(Code.NOT_IN_LIST, f"'{short(value)}' in '{field}' is not the fixed term `{NOT_REPORTED}`.", silence_help(value))
    if sort in ("tuple_type", "list_type"):
        return problem(Code.WRONG_TYPE, f"'{field}' must be a list.", _list_help(model, field, value))
    if sort in ("model_type", "dict_type", "model_attributes_type"):
        what = f"An item of '{field}'" if isinstance(loc[-1], int) else f"'{field}'"
        fields = _sub_fields(_model_at(kind.model, loc[: loc.index(field)]), field)
        fix = _example(fields, value) if isinstance(loc[-1], int) else f"Write each field as `name: value`, on a line of its own below `{field}:`."
        return problem(Code.WRONG_TYPE, f"{what} must hold fields{': ' + ', '.join(fields) if fields else ''}.", fix)
    if sort in ("too_short", "too_long"):
        needed = error["ctx"]["min_length" if sort == "too_short" else "max_length"]
        message = f"'{field}' has {len(value)} items, and needs {needed}."
        return problem(Code.WRONG_TYPE, message, _help(model, field))
    if isinstance(value, list | dict):
        form = "a list" if isinstance(value, list) else "a map of fields"
        if sort == "string_type":
            fix = "Put a text that starts with [ or { in quotation marks, or on the lines after `>-`."
            return problem(Code.WRONG_TYPE, f"'{field}' must be a text, but {form} stands here.", fix)
        return problem(Code.WRONG_TYPE, f"'{field}' must be one value, but {form} stands here.", f"Write `{field}: value`, without brackets and dashes.")
    if sort == "literal_error":
        fix = _accepted(model, field, str(value), in_list=isinstance(loc[-1], int))
        return problem(Code.NOT_IN_LIST, f"'{short(value)}' is not a value of '{field}'.", fix)
    if sort.startswith("date"):
        return problem(Code.BAD_DATE, f"'{short(value)}' in '{field}' is not a date that exists.", date_help(str(value)))
    if sort.startswith(("int_", "greater_", "less_")):
        words = "".join(f", or `{word}`" for word in _literals(model, field))
        if "year" in field:
            return problem(Code.BAD_DATE, f"'{short(value)}' in '{field}' is not a year of four digits.", f"Write a year, for example 2012{words}.")
        return problem(Code.WRONG_TYPE, f"'{short(value)}' in '{field}' is not a whole number.", f"Write a whole number, for example 12{words}.")
    if sort.startswith(("float_", "finite_")):
        fix = "Write digits, with a point: 558 or 2.3. Other words belong in `note`."
        return problem(Code.WRONG_TYPE, f"'{short(value)}' in '{field}' is not a number.", fix)
    if sort == "string_pattern_mismatch":
        return problem(*_mismatch(field, str(value)))
    if sort == "string_too_long":
        return problem(Code.TOO_LARGE, f"'{field}' has more than {error['ctx']['max_length']} characters.", "Shorten it.")
    return problem(Code.WRONG_TYPE, f"'{field}' has a value that does not fit: {error['msg']}.", _help(model, field))


def _mismatch(field: str, value: str) -> tuple[Code, str, str]:
    """What to say of a text that has not the form of its field."""
    if field == "countries":
        return Code.BAD_COUNTRY, f"'{short(value)}' is not the code of a country.", country_help(value)
    if field == "to":
        fix = "Write the id of the record, as in its address: back-on-track, or with one of its parts back-on-track#part-2."
        return Code.BAD_ID, f"'{short(value)}' in 'to' is not an id.", fix
    if field in ("former_ids", "anchor"):
        return Code.BAD_ID, f"'{short(value)}' in '{field}' is not an id.", ID_HELP
    if field == "appraisal":
        fix = "Write the answer, a comma and the reason: `no, 12 of 70 did not fill in the second form [@key, p. 12]`. Answers: yes, no, cannot tell."
        return Code.WRONG_TYPE, f"'{short(value)}' is not an answer with its reason.", fix
    if "\n" in value:
        return Code.WRONG_TYPE, f"'{field}' must stand on one line.", "Shorten it; longer text belongs in one of the sections."
    if field in ("by", "second", "coded_by", "checked_by"):
        fix = "Write initials, for example AB: a capital, then at most five letters or digits. Whose they are stands in data/people.yaml."
        return Code.WRONG_TYPE, f"'{short(value)}' in '{field}' is not initials.", fix
    fix = "Write the key alone, without @, brackets and quotation marks, for example basra2020prisons."
    return Code.BAD_CITATION, f"'{short(value)}' in '{field}' is not a citation key.", fix


def _known_fields(model: type[BaseModel], name: str) -> str:
    """Help for somebody who wrote a field that does not exist."""
    known = fields_of(model) if issubclass(model, Record) else tuple(model.model_fields)
    others = [kind.name for kind in KINDS.values() if name in kind.model.model_fields]
    if others and issubclass(model, Record):
        return f"It is a field of {article(choices(others))}. Fields that can stand here: {', '.join(known)}."
    return suggest(name, known) or f"Fields that can stand here: {', '.join(known)}."


def _example(fields: Mapping[str, bool], value: Any = None) -> str:
    """How the items of a list of small maps look, with what each must have; the first holds what was written there."""
    needed = [name for name, is_needed in fields.items() if is_needed]
    shown = {needed[0]: short(value)} if isinstance(value, str) and len(needed) == 1 else {}
    return "Write one item a line: `- {" + ", ".join(f"{name}: {shown.get(name, '…')}" for name in needed) + "}`."


def _list_help(model: type[BaseModel], field: str, value: Any) -> str:
    if fields := _sub_fields(model, field):
        words = "".join(f" Or write `{field}: {word}`." for word in _literals_beside(model, field))
        return f"{_example(fields)}{words}"
    if isinstance(value, str) and (dash := re.match(r"\s*([-–—•*])\s*\w", value)):
        first = short(value[dash.end() - 1 :]).split()[0]
        return f"Begin each value with a hyphen and a space, `- {first}`, on a line of its own; or write `{field}: [one, two]`."
    shown = short(value) if isinstance(value, str) else "value"
    return f"Write `{field}: [{shown}]`, or one value a line, each after `- `."


def _accepted(model: type[BaseModel], field: str, value: str, *, in_list: bool) -> str:
    allowed = _literals(model, field)
    if value == NOT_REPORTED:
        if NOT_REPORTED in allowed:
            return f"It stands alone: `{field}: {NOT_REPORTED}`."
        return f"Accepted: {choices(allowed)}. Delete the line if nothing is known."
    if in_list:
        allowed = [each for each in allowed if each != NOT_REPORTED]
        if len(several := _several(value, allowed)) > 1:
            return f"Put commas between the values: [{', '.join(several)}]."
    if " ".join(value.split()) in allowed:
        return f"It holds a space that is not an ordinary one. Delete it, and type {' '.join(value.split())} again."
    return f"{suggest(value, allowed)} Accepted: {choices(allowed)}.".strip()


def _several(value: str, allowed: Iterable[str]) -> list[str]:
    """The accepted values that a text consists of, if there is nothing else between them than spaces, semicolons or an `and`."""
    words = "|".join(map(re.escape, sorted(allowed, key=len, reverse=True)))
    return re.findall(words, value) if re.fullmatch(rf"(?:(?:{words})(?:\s*[;/&+|]\s*|\s+and\s+|\s+|$))+", value) else []


def _real_path(loc: tuple[Any, ...], data: Any, *, with_missing: bool) -> Path_:
    """Pydantic's path without the names it puts in for the arms of a union."""
    path: list[str | int] = []
    for place, step in enumerate(loc):
        if (isinstance(data, Mapping) and step in data) or (isinstance(data, list) and isinstance(step, int) and step < len(data)):
            data = data[step]
        elif not (with_missing and place == len(loc) - 1):
            continue
        path.append(step)
    return tuple(path)


def _model_at(model: type[BaseModel], loc: Path_) -> type[BaseModel]:
    """The model of the map at a path: the record itself, or one of its small maps."""
    for step in loc:
        if isinstance(step, str) and step in model.model_fields:
            model = next(iter(models_in(model.model_fields[step].annotation)), model)
    return model


def models_in(annotation: Any) -> tuple[type[BaseModel], ...]:
    """The small maps that a field of this type can hold."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return (annotation,)
    return tuple(found for each in get_args(annotation) for found in models_in(each))


def _literals(model: type[BaseModel], field: str) -> list[str]:
    def inside(annotation: Any) -> Iterator[str]:
        if get_origin(annotation) is Literal:
            yield from get_args(annotation)
        elif get_origin(annotation) in (Union, UnionType, tuple) or get_args(annotation):
            for each in get_args(annotation):
                yield from inside(each)

    return list(dict.fromkeys(inside(model.model_fields[field].annotation))) if field in model.model_fields else []


def _literals_beside(model: type[BaseModel], field: str) -> list[str]:
    """Words that may stand in place of a list of small maps."""
    return [word for arm in get_args(model.model_fields[field].annotation) if get_origin(arm) is Literal for word in get_args(arm)]


def _sub_fields(model: type[BaseModel], field: str) -> dict[str, bool]:
    """The fields of the small map or maps that a field holds; True for those that must be there."""
    if field not in model.model_fields:
        return {}
    inner = models_in(model.model_fields[field].annotation)
    return {name: info.is_required() for each in inner for name, info in each.model_fields.items()}


def _owner(loc: Path_, kind: Shape) -> str:
    names_above = [str(step) for step in loc[:-1] if isinstance(step, str)]
    if not names_above:
        return article(kind.name).capitalize()
    return f"An item of '{names_above[-1]}'" if isinstance(loc[-2], int) else f"'{names_above[-1]}'"


def _help(model: type[BaseModel], field: str) -> str:
    meaning = meanings_of(model).get(field) if issubclass(model, Model) else None
    about = f"{field}: {meaning}" if meaning else ""
    return f"{about} Write for example\n  {EXAMPLES[field]}" if field in EXAMPLES else about


EXAMPLES = {
    "name": "name: Night visits",
    "summary": "summary: Volunteers visit people in prison at night [@papp2021returning, p. 22].",
    "checked": "checked: {on: 2026-11-22, against: [papp2021returning]}",
    "on": "on: 2026-11-22",
    "against": "against: [papp2021returning]",
    "type": "type: strengthens",
    "to": "to: family-relationships",
    "basis": "basis: '[@papp2021returning, p. 22]'",
    "source": "source: '[@papp2021returning, p. 22]'",
    "title": "title: First visit",
}
"""For fields that must be there and are often forgotten: how a line with one looks."""


def _once(errors: Iterable[Any], document: Document, kind: Shape) -> list[Problem]:
    """One problem for each value: a union reports each of its arms."""
    found: dict[Path_, Problem] = {}
    for error in errors:
        problem, loc = _in_our_words(error, document, kind)
        if problem:
            found.setdefault(loc, problem)
        if len(found) > MAX_PROBLEMS:
            break
    return list(found.values())
