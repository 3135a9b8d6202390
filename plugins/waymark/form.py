"""What the form in the browser must know: fields of every kind, closed lists, rules and sentences of the checks, records and works.

All of it is read from where the checks read it, so the form cannot fall behind. Two files come of it: `form.js`, the same for every library of one version,
and `library.js` with the names of records and works, which is fetched once somebody writes. They are scripts and not JSON, because a page that was opened
from the disk may load scripts and nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from waymark import bibliography, citations, links, markdown, slips, statements
from waymark.bibliography import KNOWN, REQUIRED, VIA
from waymark.citations import LOCATOR_FORMS
from waymark.consistency import FEWEST, MOST_YEARS, NOT_COUNTED, UNITS_OF_CHARTS
from waymark.countries import lookup_words, names
from waymark.dictionary import definitions_of
from waymark.documents import MAX_VALUE_LENGTH
from waymark.fields import SILENCES
from waymark.files import UNSEEN
from waymark.kinds import KINDS, Kind
from waymark.library import Library
from waymark.links import FIXED_ANCHORS, NUMBERED, OF_OWNERS, PAGE, PART_NAMES, address_of, anchors_of
from waymark.models import fields_of, is_expected, label_of, role_of
from waymark.names import unbraced
from waymark.paths import DATA
from waymark.patterns import for_browser
from waymark.problems import Code
from waymark.relations import RELATIONS
from waymark.statements import MARKDOWN, MARKDOWN_FOR
from waymark.validate import EXAMPLES, ID, ID_HELP, schemas
from waymark.wording import wordings

FORMAT = "waymark-form-1"
"""Changes when a draft that was saved before can no longer be read."""
GROUPS: Mapping[str, str] = {
    "start": "The few that must be there",
    "names": "Other names",
    "facts": "Facts at a glance",
    "texts": "Texts",
    "evidence": "Coded findings",
    "disagreements": "Where sources disagree or err",
    "relations": "Links to other records",
    "closing": "What closes the page",
}
"""The steps of the form, in its order."""
_GROUP_OF = {
    "name": "start", "summary": "start", "checked": "start", "short_name": "names", "other_names": "names", "evidence": "evidence",
    "disagreements": "disagreements", "relations": "relations", "owner_statements": "closing", "further_reading": "closing", "former_ids": "closing",
}  # fmt: skip
KEPT = ("former_anchors", "retired")
"""Fields that only editors write, by hand; the form keeps them as they are."""
_FORMS = {
    r"^[A-Z]{2}$": "country",
    r"^[A-Za-z][\w:.-]*$": "key",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "id",
    r"^[a-z0-9]+(-[a-z0-9]+)*(#[a-z0-9-]+)?$": "target",
    r"^[^\n]*$": "line",
    r"^[A-Z][A-Za-z0-9]{0,5}$": "initials",
    r"^(yes|no|cannot tell), \S[^\n]*$": "answer",
}
"""What a text with a pattern is."""
_WITH_FORM = ("known", "doi", "url", "isbn", "issn", "year", "checked")
"""Fields of the bibliography that have a form; ? has none of them."""


def group_of(name: str, role: str) -> str:
    """The step of the form in which a field stands; empty for `basis`, whose lines stand beside the facts they belong to, and for what is kept."""
    if name == "basis" or name in KEPT:
        return ""
    return "facts" if role == "fact" else _GROUP_OF.get(name, "texts")


def form_of(library: Library) -> dict[str, Any]:
    """Fields, rules and sentences, as plain data."""
    made = [schemas()[f"{kind.name}.json"] for kind in KINDS.values()]
    maps = {name: schema for schema in made for name, schema in schema["$defs"].items()}
    where = _files_of(library)
    return {
        "format": FORMAT,
        "groups": GROUPS,
        "kinds": {kind.name: {**_kind(kind), "file": where[kind.name]} for kind in KINDS.values()},
        "maps": {name: _map(name, schema) for name, schema in maps.items()},
        "relations": {name: {"forward": each.forward, "sources": sorted(each.sources), "targets": sorted(each.targets)} for name, each in RELATIONS.items()},
        "countries": names(),
        "countryWords": lookup_words(),
        "codes": {code.id: code.meaning for code in Code},
        "wordings": wordings(),
        "patterns": {
            name: for_browser(pattern, whole=whole)
            for module in (citations, slips, statements, links, markdown, bibliography)
            for name, (pattern, whole) in module.PATTERNS.items()
        }
        | {"id": for_browser(ID, whole=True), "unseen": for_browser(UNSEEN)},
        "idHelp": ID_HELP,
        "examples": EXAMPLES,
        "silences": sorted(SILENCES),
        "markdown": MARKDOWN,
        "markdownFor": MARKDOWN_FOR,
        "locatorForms": LOCATOR_FORMS,
        "maxLength": MAX_VALUE_LENGTH,
        "fewest": FEWEST,
        "mostYears": MOST_YEARS,
        "units": {"charts": UNITS_OF_CHARTS, "notCounted": sorted(NOT_COUNTED)},
        "anchors": {"fixed": sorted(FIXED_ANCHORS), "numbered": NUMBERED, "ofOwners": OF_OWNERS, "parts": PART_NAMES},
        "works": {"required": REQUIRED, "known": KNOWN, "via": VIA, "wrong": _wrong_values()},
    }


def library_of(library: Library, short: Mapping[str, str]) -> dict[str, Any]:
    """The names of all records, pages and works, as plain data. Lists stand in place of maps whose names would be repeated for each.

    - `records`: id, kind, name, other names, anchors on its page, countries;
    - `people`: names by initials;
    - `pages`: ids of hand-written pages;
    - `works`: key, authors and year, title, key of the work through which alone it is known.

    Args:
        library: The knowledge base.
        short: Authors and year of each work that has a page.
    """
    records = []
    for item in library.items.values():
        others = [name for name in (item.record.short_name, *item.record.other_names) if name]
        countries = getattr(item.record, "countries", None)
        records.append([item.id, item.kind.name, item.record.name, others, list(anchors_of(item.record)), countries if isinstance(countries, tuple) else []])
    works = [
        [key, short.get(key, key), unbraced(entry["title"]), entry["via"] if entry.known == VIA else "", entry["doi"].lower()]
        for key, entry in library.bibliography.items()
    ]
    former = {former: item.id for item in library.items.values() for former in item.record.former_ids}
    folders = {name: address_of(name, "") for name in KINDS}
    people = {initials: person.name for initials, person in library.people.items()}
    return {
        "format": FORMAT,
        "people": people,
        "records": records,
        "pages": list(library.pages),
        "works": works,
        "former": former,
        "folders": folders,
        "page": PAGE,
    }


def as_script(name: str, data: Mapping[str, Any]) -> str:
    """Data as a script that hands it to the others."""
    return f"(window.waymark ||= {{}}).{name} = {json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n"


def _files_of(library: Library) -> dict[str, dict[str, Any]]:
    """For each kind whether it has a file for each record, and where; a kind without records has one file."""
    found = {}
    for kind in KINDS.values():
        path = next((item.document.path for item in library.items.values() if item.kind is kind), f"{DATA}/{kind.plural}.yaml")
        one_each = path.startswith(f"{DATA}/{kind.plural}/")
        found[kind.name] = {"path": f"{DATA}/{kind.plural}" if one_each else path, "oneEach": one_each}
    return found


def _kind(kind: Kind) -> dict[str, Any]:
    schema, definitions = schemas()[f"{kind.name}.json"], definitions_of(kind.name)
    fields = []
    for name in fields_of(kind.model):
        role = role_of(kind.model, name)
        more = {"group": group_of(name, role), "role": role, "expected": is_expected(kind.model, name)}
        label = label_of(kind.model, name)
        fields.append({**_field(name, label, definitions[name].meaning, schema), **more})
    return {"name": kind.name, "plural": kind.plural, "about": kind.about, "fields": fields}


def _map(name: str, schema: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [_field(field, field.replace("_", " ").capitalize(), str(about.get("description", "")), schema) for field, about in schema["properties"].items()]


def _field(name: str, label: str, help_: str, owner: Mapping[str, Any]) -> dict[str, Any]:
    """A field in the terms of a form. Of `choices` one may be taken, or some if it is a list; `words` may stand in place of another value."""
    schema = owner["properties"][name]
    arms = schema.get("anyOf", [schema])
    words = [arm["const"] for arm in arms if "const" in arm]
    rest = [arm for arm in arms if "const" not in arm]
    if len(rest) > 1:
        words = [word for arm in rest if "enum" in arm for word in arm["enum"]] + words
        rest = [arm for arm in rest if "enum" not in arm]
    arm, *_ = rest
    is_list = arm.get("type") == "array"
    inner = arm["items"] if is_list else arm
    field: dict[str, Any] = {
        "name": name,
        "label": label,
        "help": help_,
        "form": "kept" if name in KEPT else _form(inner),
        "list": is_list,
        "required": name in owner["required"],
    }
    answers = re.match(r"\^\((.*?)\)", inner["pattern"]) if field["form"] == "answer" else None
    about = {
        "choices": answers[1].split("|") if answers else inner.get("enum"), "words": words, "min": inner.get("minimum"),
        "max": inner.get("maximum"), "length": inner.get("maxLength"),
        "map": inner["$ref"].rpartition("/")[2] if "$ref" in inner else None, "items": arm.get("maxItems"),
    }  # fmt: skip
    return {**field, **{key: value for key, value in about.items() if value}, **({"min": 0} if inner.get("minimum") == 0 else {})}


def _form(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return "map"
    if "enum" in schema:
        # Which relations there are is said by the table, so that the checks can say what may be joined.
        return "relation" if "pattern" in schema else "choice"
    match schema["type"]:
        case "object":
            return "basis"
        case "integer":
            return "year" if schema.get("minimum") == 1800 else "whole"
        case "number":
            return "number"
    if "pattern" not in schema and "maxLength" in schema:
        return "text"  # Markdown that is not ours, and cites nothing
    return "date" if "format" in schema else _FORMS.get(schema["pattern"], "line") if "pattern" in schema else "prose"


def _wrong_values() -> dict[str, str]:
    """What the checks of the bibliography advise where the value of a field has not its form."""
    return {name: bibliography.value_fault(name, "?", date(2000, 1, 1)).replace("2000", "{year}") for name in _WITH_FORM}
