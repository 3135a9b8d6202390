"""The form in the browser: the same rules and words as the checks, YAML that is read back unchanged, and a person who fills it in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

import toy
from test_mistakes import CASES, case, files_of
from waymark.documents import read_document
from waymark.form import as_script, form_of, library_of
from waymark.kinds import KINDS
from waymark.library import Library, load_library

ASSETS = Path(str(form_of.__globals__["__file__"])).parent / "theme/assets/contribute"
CORE = ("words.js", "citations.js", "markdown.js", "shape.js", "facts.js", "checks.js", "yaml.js", "works.js")


@pytest.fixture(scope="module")
def scripts(chromium: Browser, toy_library: Library) -> Iterator[Page]:
    """A page that has loaded the rules and functions of the form and nothing else."""
    page = chromium.new_page()
    page.add_script_tag(content=as_script("form", form_of(toy_library)))
    for name in CORE:
        page.add_script_tag(path=ASSETS / name)
    yield page
    page.close()


# The same complaints --------------------------------------------------------------------------------

READING = {
    "yaml-syntax", "yaml-feature", "duplicate-key", "empty-value", "unreadable", "more-problems", "lost-id", "kind-twice", "unknown-kind", "uncited-entry",
}  # fmt: skip
"""Codes of what only a file can have: nobody can type it into a form."""
NOT_IN_A_FORM = {
    "control_character": "the reader of the file refuses it before the record is looked at",
    "wrong_type": "a form makes lists where there are lists, and texts where there are texts",
}
"""Cases that need a file, by how their names begin; some of them are asked for below."""


def records_of(root: Path, library: Library) -> Iterator[tuple[str, str, str, Any]]:
    """Path, kind, id and plain data of every record that can be read as a map of values."""
    for kind in KINDS.values():
        for path in [root / f"data/{kind.plural}.yaml", *sorted((root / f"data/{kind.plural}").glob("*.yaml"))]:
            if not path.is_file():
                continue
            shown = path.relative_to(root).as_posix()
            document, said = read_document(path, shown)
            if document is None or said:
                continue
            one_each = path.parent.name == kind.plural
            for id, data in [(path.stem, document.data)] if one_each else document.data.items():
                yield shown, kind.name, id, data


def has_shape(kind: str, data: Any) -> bool:
    """True if a form could hold the data: lists, maps and texts where they belong, whatever is in them."""
    form = form_of.__globals__["_kind"](KINDS[kind])
    maps = {name: fields for name, fields in FORM["maps"].items()}

    def fits(fields: Any, data: Any) -> bool:
        if not isinstance(data, dict):
            return False
        for field in fields:
            value = data.get(field["name"])
            if value is None:
                continue
            if field["form"] == "map":
                items = value if field["list"] else [value]
                if not isinstance(items, list) or not all(fits(maps[field["map"]], item) for item in items):
                    return False
            elif field["form"] == "basis":
                if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
                    return False
            elif field["list"]:
                if not (value in field.get("words", ()) if isinstance(value, str) else isinstance(value, list) and all(isinstance(each, str) for each in value)):
                    return False
            elif not isinstance(value, str):
                return False
        return True

    return fits(form["fields"], data)


FORM = form_of(Library({}, {}, {}, {}, {}, {}))

CHECK = """cases => cases.map(({library, records, today}) => {
  const known = waymark.knowledgeOf(library);
  return records.map(record => {
    const {unreadable, identity, shape, rest} = waymark.problemsIn(waymark.form, known, record, today);
    const said = unreadable.length ? unreadable : [...identity, ...(shape.length ? shape : rest)];
    return said.map(({code, message, fix}) => [code, message, fix]);
  });
})"""
WORDED_ELSE = {"duplicate-id"}
"""Codes that a form says in other words: it knows no lines of files."""


def test_the_form_finds_what_the_checks_find(scripts: Page, tmp_path: Path) -> None:
    """All mistakes of `problems/` that can be made in a form: same codes, same messages, same advice."""
    cases, expected = [], []
    for path in CASES:
        told = case(path)
        if "generate" in told or "bytes_hex" in told:
            continue
        root = tmp_path / path.stem
        root.mkdir()
        library, problems = toy.load(root, files_of(told))
        changed = set(files_of(told))
        records = [each for each in records_of(root, library) if each[0] in changed]
        if not records or not all(has_shape(kind, data) for _, kind, _, data in records):
            continue
        paths = {each[0] for each in records}
        said = [problem for problem in problems if problem.location.path in paths and problem.code.id not in READING]
        data = library_of(library, {})
        data["pages"] = [each.relative_to(root / "content").as_posix().removesuffix(".md") for each in (root / "content").rglob("*.md")]
        listed = {each[0] for each in data["records"]}
        data["records"] += [[id, kind, id, [], None, []] for _, kind, id, _ in records_of(root, library) if id not in listed]
        cases.append(
            {
                "library": data,
                "today": str(toy.TODAY),
                "records": [{"kind": kind, "id": id, "own": id, "data": values} for _, kind, id, values in records],
            }
        )
        expected.append((path.stem, {(each.code.id, "" if each.code.id in WORDED_ELSE else each.message, "" if each.code.id in WORDED_ELSE else each.fix) for each in said}))
    found = scripts.evaluate(CHECK, cases)
    wrong = {}
    for (name, wanted), records in zip(expected, found, strict=True):
        got = {(code, "" if code in WORDED_ELSE else message, "" if code in WORDED_ELSE else fix) for record in records for code, message, fix in record}
        if got != wanted:
            wrong[name] = {"only the checks": sorted(wanted - got), "only the form": sorted(got - wanted)}
    assert wrong == {}
    assert len(cases) > 80
