"""Plain data and a model to a record, or to problems in words an editor knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from waymark.countries import code_for, names
from waymark.documents import Document, Path_
from waymark.models import KINDS, NOT_REPORTED, Kind, Record, fields_of, role_of
from waymark.problems import Code, Problem, choices, suggest

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_REPORTED_TAG = f"literal['{NOT_REPORTED}']"


def validate(document: Document, kind: Kind, today: date) -> tuple[Record | None, list[Problem]]:
    """The record a document holds, or None; and what is wrong with its shape and its facts.

    Args:
        document: One record, with its place in its file.
        kind: The kind it must be of.
        today: The latest day that a date may name.
    """
    if not isinstance(document.data, dict):
        message = f"A {kind.name} is a map of fields, each written `field: value`."
        return None, [Problem(document.locate(), Code.WRONG_TYPE, message, "Indent the fields below the id.")]
    try:
        record = kind.model.model_validate(document.data)
    except ValidationError as error:
        found = [_in_our_words(each, document, kind) for each in error.errors(include_url=False)]
        return None, _once(problem for problem in found if problem)
    return record, [*_date_problems(document, record, today), *_country_problems(document, record), *_basis_problems(document, record, kind)]


def is_id(text: str) -> bool:
    """True if the text may be an id: lower-case letters, digits and single hyphens."""
    return bool(ID.fullmatch(text)) and len(text) <= 80


def schemas() -> dict[str, dict[str, Any]]:
    """JSON Schemas by file name: for each kind one for a single record and one for a file that maps ids to records."""
    made: dict[str, dict[str, Any]] = {}
    for kind in KINDS.values():
        schema = _tidy(kind.model.model_json_schema())
        properties = schema["properties"]
        schema["properties"] = {name: properties[name] for name in fields_of(kind.model)}
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
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


def _in_our_words(error: Any, document: Document, kind: Kind) -> Problem | None:
    sort, context = error["type"], error.get("ctx", {})
    if _NOT_REPORTED_TAG in error["loc"]:
        return None  # the other arm of "a value or `not reported`" says it better
    loc = _real_path(error["loc"], document.data, with_missing=sort in ("missing", "extra_forbidden"))
    model = _model_at(kind.model, loc[:-1])
    name = str(loc[-1]) if loc else kind.name
    field = next((str(step) for step in reversed(loc) if isinstance(step, str)), name)
    value = error.get("input")
    place = document.locate(loc)

    if sort == "missing":
        return Problem(document.locate(loc[:-1]), Code.MISSING_FIELD, f"{_owner(loc, kind)} needs the field '{name}'.", _help(model, name))
    if sort == "extra_forbidden":
        known = list(model.model_fields)
        fix = suggest(name, known) or f"Fields that can stand here: {', '.join(known)}."
        return Problem(document.locate(loc, key=True), Code.UNKNOWN_FIELD, f"'{name}' is not a field of {_owner(loc, kind).lower()}.", fix)
    if sort == "literal_error":
        allowed = [each.strip("'") for each in _literals(model, field)]
        fix = f"{suggest(str(value), allowed)} Accepted: {choices(allowed)}.".strip()
        return Problem(place, Code.NOT_IN_LIST, f"'{_short(value)}' is not a value of '{field}'.", fix)
    if sort in ("tuple_type", "list_type"):
        return Problem(place, Code.WRONG_TYPE, f"'{field}' must be a list.", f"Write `{field}: [{_short(value)}]`, or one value a line, each after `- `.")
    if sort == "string_type":
        form = "a list" if isinstance(value, list) else "a map of fields"
        return Problem(place, Code.WRONG_TYPE, f"'{field}' must be a text, but {form} stands here.", "Put a text that starts with [ or { in quotation marks, or on the lines after `>-`.")
    if sort in ("model_type", "dict_type", "model_attributes_type"):
        fields = ", ".join(_sub_fields(model, field))
        return Problem(place, Code.WRONG_TYPE, f"'{field}' must hold fields{': ' + fields if fields else ''}.", f"Write one a line below `{field}:`, each as `name: value`.")
    if sort.startswith("date"):
        return Problem(place, Code.BAD_DATE, f"'{_short(value)}' in '{field}' is not a date that exists.", "Write year-month-day, for example 2026-11-22.")
    if sort.startswith(("int_", "greater_", "less_")):
        example = "a year of four digits, for example 2012" if "year" in field else "a whole number, for example 12"
        code = Code.BAD_DATE if "year" in field else Code.WRONG_TYPE
        return Problem(place, code, f"'{_short(value)}' in '{field}' is not {example.split(',')[0]}.", f"Write {example}.")
    if sort == "string_pattern_mismatch" and field == "countries":
        return _bad_country(document, loc, str(value))
    if sort == "string_pattern_mismatch" and field in ("to", "former_ids", "anchor"):
        return Problem(place, Code.BAD_ID, f"'{_short(value)}' in '{field}' is not an id.", "Ids have lower-case letters, digits and single hyphens, for example back-on-track.")
    if sort == "string_pattern_mismatch" and "\n" in str(value):
        return Problem(place, Code.WRONG_TYPE, f"'{field}' must stand on one line.", "Shorten it; longer text belongs in one of the sections.")
    if sort == "string_pattern_mismatch":
        return Problem(place, Code.BAD_CITATION, f"'{_short(value)}' in '{field}' is not a citation key.", "Write the key alone, without @ and brackets, for example basra2020prisons.")
    if sort == "string_too_long":
        return Problem(place, Code.TOO_LARGE, f"'{field}' has more than {context['max_length']} characters.", "Shorten it.")
    if sort == "too_short":
        return Problem(place, Code.EMPTY_VALUE, f"'{field}' needs at least one value.", _help(model, field))
    return Problem(place, Code.WRONG_TYPE, f"'{field}' has a value that does not fit: {error['msg']}.", _help(model, field))


def _real_path(loc: tuple[Any, ...], data: Any, *, with_missing: bool) -> Path_:
    """Pydantic's path without the names it puts in for the arms of a union."""
    path: list[str | int] = []
    for place, step in enumerate(loc):
        if isinstance(data, Mapping) and step in data:
            data = data[step]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        elif not (with_missing and place == len(loc) - 1):
            continue
        path.append(step)
    return tuple(path)


def _model_at(model: type[BaseModel], loc: Path_) -> type[BaseModel]:
    """The model of the map at a path: the record itself, or one of its small maps."""
    for step in loc:
        if isinstance(step, str) and step in model.model_fields:
            model = next(iter(_models_in(model.model_fields[step].annotation)), model)
    return model


@lru_cache(maxsize=256)
def _models_in(annotation: Any) -> tuple[type[BaseModel], ...]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return (annotation,)
    return tuple(found for each in get_args(annotation) for found in _models_in(each))


def _literals(model: type[BaseModel], field: str) -> list[str]:
    def inside(annotation: Any) -> Iterator[str]:
        if get_origin(annotation) is Literal:
            yield from get_args(annotation)
        elif get_origin(annotation) in (Union, UnionType, tuple) or get_args(annotation):
            for each in get_args(annotation):
                yield from inside(each)

    return list(dict.fromkeys(inside(model.model_fields[field].annotation))) if field in model.model_fields else []


def _sub_fields(model: type[BaseModel], field: str) -> list[str]:
    if field not in model.model_fields:
        return []
    return [name for each in _models_in(model.model_fields[field].annotation) for name in each.model_fields]


def _owner(loc: Path_, kind: Kind) -> str:
    names_above = [str(step) for step in loc[:-1] if isinstance(step, str)]
    return f"Each item of '{names_above[-1]}'" if names_above and isinstance(loc[-2], int) else f"'{names_above[-1]}'" if names_above else f"A {kind.name}"


def _help(model: type[BaseModel], field: str) -> str:
    info = model.model_fields.get(field)
    return f"{field}: {info.description}" if info and info.description else ""


def _short(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:57] + "…"


def _once(problems: Iterator[Problem]) -> list[Problem]:
    """One problem for each place and code: a union reports each of its arms."""
    return list({(problem.location, problem.code): problem for problem in problems}.values())


# Facts that need more than a type -------------------------------------------------------------------


def _date_problems(document: Document, record: Record, today: date) -> Iterator[Problem]:
    for loc, value in _dates(record):
        if (isinstance(value, date) and value > today) or (isinstance(value, int) and value > today.year):
            fix = f"Today is {today}. A plan belongs in the text, with `status: planned`."
            yield Problem(document.locate(loc), Code.BAD_DATE, f"'{loc[-1]}' is {value}, which lies in the future.", fix)
    start, end = getattr(record, "start_year", None), getattr(record, "end_year", None)
    if isinstance(start, int) and isinstance(end, int) and end < start:
        yield Problem(document.locate(("end_year",)), Code.BAD_DATE, f"It ends in {end}, before it starts in {start}.", "Check both years in the source.")


def _dates(record: Record) -> Iterator[tuple[Path_, Any]]:
    yield ("checked", "on"), record.checked.on
    for name in ("start_year", "end_year", "status_year", "year"):
        yield (name,), getattr(record, name, None)
    for number, item in enumerate(getattr(record, "evidence", ())):
        yield ("evidence", number, "coded_on"), item.coded_on


def _country_problems(document: Document, record: Record) -> Iterator[Problem]:
    countries = getattr(record, "countries", None)
    for number, code in enumerate(countries if isinstance(countries, tuple) else ()):
        if code not in names():
            yield _bad_country(document, ("countries", number), code)


def _bad_country(document: Document, loc: Path_, value: str) -> Problem:
    meant = code_for(value)
    fix = f"Write {meant} for {names()[meant]}." if meant else "Look the two letters up under “ISO 3166-1 alpha-2”, for example DK, SE or GB."
    return Problem(document.locate(loc), Code.BAD_COUNTRY, f"'{_short(value)}' is not the code of a country.", fix)


def _basis_problems(document: Document, record: Record, kind: Kind) -> Iterator[Problem]:
    facts = [name for name in fields_of(kind.model) if role_of(kind.model, name) in ("fact", "parts")]
    for name in record.basis:
        if name not in facts:
            fix = suggest(name, facts) or f"Names that can stand here: {', '.join(facts)}."
            yield Problem(document.locate(("basis", name), key=True), Code.UNKNOWN_FIELD, f"'{name}' under `basis` is not a fact of a {kind.name}.", fix)
    for name in facts:
        value = getattr(record, name)
        if value in (None, (), NOT_REPORTED) or name in record.basis or role_of(kind.model, name) == "parts":
            continue
        fix = f"Add it under `basis`, for example\n  {name}: '[@key, p. 3]'"
        yield Problem(document.locate((name,), key=True), Code.NO_BASIS, f"The fact '{name}' has no source.", fix)
