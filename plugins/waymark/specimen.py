"""A record as its editor would like to find it: a blank draft and a complete example of every kind, with what each field means.

Both are made from the models, so they cannot fall behind them: every field in the order of a page, its meaning as a
comment, whether it must be there, and the words of a closed list.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from waymark.dictionary import Definition, definitions_of, is_open
from waymark.examples import CITATION, values_of
from waymark.fields import NOT_REPORTED
from waymark.kinds import Kind
from waymark.layout import lines_of
from waymark.models import fields_of, with_role
from waymark.relations import RELATIONS

WIDTH = 100
"""Characters of a line of comment."""
_OFF = "\0"
"""What a line of a field that is switched off starts with, until it is written."""
_PROSE = "Markdown text"
_CITATIONS = ("source", "basis")
"""Texts that are a citation and fit on one line."""
_INTRODUCTION = (
    "Lines that start with # are notes for you. Delete them when you are done.",
    "A field with a # directly before its name is switched off. Take the # away to use it; leave off what nobody has looked for yet.",
    f"`{NOT_REPORTED}` means: we looked, and the sources are silent.",
    "Behind >- a text starts on the next line, two spaces further in, and may have several lines.",
    f"Every text needs a citation with its place, before the full stop: {CITATION}. The keys stand in data/references.bib.",
)

_INVENTED = "This record is invented, and the works do not say these things; only the form is real."


def schema_line(kind: Kind, *, in_folder: bool) -> str:
    """The first line of a file, from which an editor such as VS Code knows the fields; of a file in a folder, or of one that holds all records."""
    name = f"../schema/{kind.name}.json" if in_folder else f"schema/{kind.plural}.json"
    return f"# yaml-language-server: $schema={name}"


def draft(kind: Kind, values: Mapping[str, Any], id: str = "") -> str:
    """A record to be filled in: the fields of `values` are written, the others are switched off, or empty where they must be there.

    Args:
        kind: The kind of record.
        values: Plain data by field: text, lists and maps of text. In any order.
        id: For a record inside a file that holds all records of its kind; else the text is that of a file of its own.
    """
    blocks = [[*_comment(" ".join(_INTRODUCTION))]]
    for name, definition in definitions_of(kind.name).items():
        if name not in shown_fields(kind):
            continue
        if name in values:
            lines = [*lines_of(name, values[name])]
        else:
            lines = _blank(definition) if definition.is_required else [f"{_OFF}{line}" for line in _blank(definition)]
        blocks.append([*_help(definition, kind), *lines])
    return _record(kind, blocks, id)


def example(kind: Kind, fields: Sequence[str] | None = None, id: str = "", *, width: int = WIDTH) -> str:
    """An invented record with a comment on each field, complete or with some fields only. It passes the checks.

    Args:
        kind: The kind of record.
        fields: The fields to show; all if it is not given.
        id: For a record inside a file that holds all records of its kind; else the text is that of a file of its own.
        width: Characters of a line of comment; a page breaks long lines by itself.
    """
    definitions = definitions_of(kind.name)
    blocks = [[*_help(definitions[name], kind, width), *lines_of(name, value)] for name, value in example_values(kind, fields).items()]
    return _record(kind, [[*_comment(_INVENTED, width=width)], *blocks], id)


def shown_fields(kind: Kind) -> tuple[str, ...]:
    """The fields of a kind in the order of a page, without `basis` where nothing could stand in it."""
    facts = with_role(kind.model, "fact", "parts")
    return tuple(name for name in fields_of(kind.model) if facts or name != "basis")


def example_values(kind: Kind, fields: Sequence[str] | None = None) -> dict[str, Any]:
    """The example as plain data, with the source of each of its facts under `basis`."""
    names = tuple(name for name in shown_fields(kind) if fields is None or name in fields)
    values = values_of(kind.name, names)
    if "basis" in values:
        facts = [name for name in with_role(kind.model, "fact") if values.get(name, NOT_REPORTED) != NOT_REPORTED]
        values["basis"] = dict.fromkeys(facts, CITATION)
    return {name: _of_model(value, definitions_of(kind.name)[name]) for name, value in values.items() if value}


def _of_model(value: Any, definition: Definition) -> Any:
    """A value without the fields that a small map of the model does not have."""
    if not definition.holds:
        return value
    known = definitions_of(definition.holds)
    maps = [{name: each[name] for name in known if name in each} for each in ([value] if isinstance(value, dict) else value)]
    return maps[0] if isinstance(value, dict) else maps


def _record(kind: Kind, blocks: Sequence[Sequence[str]], id: str) -> str:
    """The fields of a record, with an empty line between them, as a file of its own or below their id."""
    lines = [line for block in blocks for line in ("", *block)][1:]
    head, indent = (f"{id}:", "  ") if id else (schema_line(kind, in_folder=True), "")
    return "\n".join([head, *(_written(line, indent) for line in lines), ""])


def _written(line: str, indent: str) -> str:
    """A line below the id of its record; where a field is switched off, the # stands first, so that it can be taken away."""
    return f"#{indent}{line[1:]}" if line.startswith(_OFF) else f"{indent}{line}".rstrip()


def _help(definition: Definition, kind: Kind, width: int = WIDTH) -> Iterator[str]:
    """What a field means, whether it must be there, and what can stand in it."""
    yield from _comment(f"{definition.label} – {_meaning(definition, kind)}", width=width)
    if definition.holds:
        yield "# Each item has:" if _is_list(definition) else "# It has:"
        for each in definitions_of(definition.holds).values():
            yield from _comment(f"{each.field} – {_meaning(each, kind)}", "  ", width)


def _meaning(definition: Definition, kind: Kind) -> str:
    need = "must be there." if definition.is_required else "optional."
    return " ".join([need, definition.meaning, *_forms(definition, kind)])


def _forms(definition: Definition, kind: Kind) -> Iterator[str]:
    """What can stand in a field, as far as its meaning does not say it."""
    accepted = [value for value in definition.accepted if value != NOT_REPORTED]
    if set(accepted) == set(RELATIONS):
        accepted = [name for name in accepted if kind.name in RELATIONS[name].sources]
    if definition.is_number:
        yield "A year." if "year" in definition.type else "A number."
        yield from (f"Or: {value}." for value in accepted)
    elif not is_open(definition):
        yield f"{'A list of' if _is_list(definition) else 'One of'}: {' | '.join(accepted)}."
    elif definition.type.startswith(_PROSE) and "itation" not in definition.meaning:
        yield "Text with citations."
    if NOT_REPORTED in definition.accepted:
        yield f"Or: {NOT_REPORTED}."


def _is_list(definition: Definition) -> bool:
    return definition.type.startswith("list")


def _blank(definition: Definition) -> list[str]:
    """A field without its value, in the form that the value will have."""
    name = definition.field
    if definition.holds:
        own = [line for each in definitions_of(definition.holds).values() if each.is_required for line in _blank(each)]
        dash = ("- ", "  ") if _is_list(definition) else ("", "")
        return [f"{name}:", *(f"  {dash[number > 0]}{line}" for number, line in enumerate(own))]
    if _is_list(definition):
        return [f"{name}: []"]
    if definition.type.startswith("map from"):
        return [f"{name}:", f"  name_of_a_field: '{CITATION}'"]
    return [f"{name}: >-" if definition.type.startswith(_PROSE) and name not in _CITATIONS else f"{name}:"]


def _comment(text: str, indent: str = "", width: int = WIDTH) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=f"# {indent}", subsequent_indent=f"# {indent}{'  ' * bool(indent)}", break_long_words=False, break_on_hyphens=False
    )
