"""Blank drafts and commented examples."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from waymark.canonical import canonical_text, order_of_kind
from waymark.dictionary import definitions_of
from waymark.documents import read_document
from waymark.kinds import KINDS, Kind
from waymark.library import load_library
from waymark.models import fields_of
from waymark.problems import Code, as_text
from waymark.specimen import draft, example, example_values, shown_fields
from waymark.validate import validate

ROOT = Path(__file__).parents[1]
OFF = re.compile(r"#\s*(- )?\w+:( >-| \[\]| '.*')?")
"""A line of a field that is switched off."""
EACH = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)

EXAMPLES_IN_GUIDES = [
    re.search(r"```yaml\n(# yaml-language-server: .*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)[1]  # type: ignore[index]
    for name in ("CONTRIBUTING.md", "content/editing.md")
]


def read(path: Path, text: str) -> Any:
    path.write_text(text, encoding="utf-8")
    document, problems = read_document(path, path.name)
    return document, problems


@EACH
def test_example_has_every_field(kind: Kind) -> None:
    """Every field of the record, and of the small maps inside it, has a value in the example, in the order of a page."""
    values = example_values(kind)
    assert shown_fields(kind) == tuple(values)
    assert set(fields_of(kind.model)) - set(values) <= {"basis"}
    for definition in definitions_of(kind.name).values():
        if definition.holds:
            held = values[definition.field]
            shown = {name for each in ([held] if isinstance(held, dict) else held) for name in each}
            assert set(definitions_of(definition.holds)) == shown, definition.field


@EACH
def test_example_explains_every_field(kind: Kind) -> None:
    """Above each field stands what it means; every word of a closed list is there."""
    text = re.sub(r"\n# *", " ", example(kind))
    for definition in (definitions_of(kind.name)[name] for name in shown_fields(kind)):
        inner = definitions_of(definition.holds).values() if definition.holds else ()
        for each in (definition, *inner):
            assert " ".join(each.meaning.split()) in text, each.field
            missing = [value for value in each.accepted if value not in text]
            assert each.owner == "relation" or missing == [], each.field


def test_examples_pass_the_checks(tmp_path: Path) -> None:
    """In the real knowledge base the example of every kind has nothing to mend, nor have those that the guides print."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "content", tmp_path / "content")
    for kind in KINDS.values():
        id = f"example-of-{kind.name}"
        folder, file = tmp_path / "data" / kind.plural, tmp_path / "data" / f"{kind.plural}.yaml"
        text = example(kind, id="" if folder.is_dir() else id).replace("an-earlier-id", f"former-{kind.name}")
        if folder.is_dir():
            (folder / f"{id}.yaml").write_text(text, encoding="utf-8")
        else:
            file.write_text(f"{file.read_text(encoding='utf-8')}\n{text}", encoding="utf-8")
    # Who follows an example has signed up first, as the guide asks.
    people = tmp_path / "data/people.yaml"
    signed = "".join(f"{initials}:\n  name: Somebody\n  roles: [editor]\n  since: 2026-11-22\n" for initials in ("AB", "CD"))
    people.write_text(f"{people.read_text(encoding='utf-8')}{signed}", encoding="utf-8")
    for number, text in enumerate(EXAMPLES_IN_GUIDES):
        (tmp_path / "data/practices" / f"guide-{number}.yaml").write_text(text, encoding="utf-8")
    library, problems = load_library(tmp_path, today=date.today())
    assert [as_text(problem) for problem in problems] == []
    assert {f"example-of-{name}" for name in KINDS} <= library.items.keys()


@EACH
def test_draft_lacks_only_what_must_be_there(kind: Kind, tmp_path: Path) -> None:
    """A blank draft is a file that can be read; all that is wrong with it is what is still to be written."""
    document, problems = read(tmp_path / "draft.yaml", draft(kind, {}))
    assert {problem.code for problem in problems} == {Code.EMPTY_VALUE}
    assert list(document.data) == ["name", "summary", "checked"]


@EACH
def test_draft_switched_on(kind: Kind, tmp_path: Path) -> None:
    """With each # before a field taken away, every field is there in its place, with the parts that it needs."""
    for id in ("", "some-record"):
        lines = [line.removeprefix("#") if OFF.fullmatch(line) else line for line in draft(kind, {}, id).splitlines()]
        document, problems = read(tmp_path / "draft.yaml", "\n".join(lines) + "\n")
        assert {problem.code for problem in problems} == {Code.EMPTY_VALUE}
        data = document.data[id] if id else document.data
        assert shown_fields(kind) == tuple(data)
        for each in definitions_of(kind.name).values():
            if each.holds:
                needed = [inner.field for inner in definitions_of(each.holds).values() if inner.is_required]
                assert needed == list(data[each.field][0] if isinstance(data[each.field], list) else data[each.field])


@pytest.mark.parametrize("id", ["", "night-visits"])
def test_draft_with_values(id: str, tmp_path: Path) -> None:
    """What is known already is written, in the order of a page."""
    values = {"checked": {"on": "2026-01-15", "against": ["doe2020aims"]}, "summary": "Visits: at night [@doe2020aims, p. 1].", "name": "Night visits"}
    document, problems = read(tmp_path / "draft.yaml", draft(KINDS["practice"], values, id))
    assert problems == []
    data = document.data[id] if id else document.data
    assert data == values
    assert list(data) == ["name", "summary", "checked"]
    record, problems = validate(document.within(id) if id else document, KINDS["practice"], date(2026, 1, 31))
    assert problems == []
    assert record is not None


def test_example_says_that_it_is_invented() -> None:
    """Nobody takes the example for what a real source says."""
    assert example(KINDS["practice"]).splitlines()[1] == "# This record is invented, and the works do not say these things; only the form is real."


def test_some_fields_only() -> None:
    """A short example shows the fields that are asked for, with the sources of its facts."""
    values = example_values(KINDS["practice"], ["name", "countries", "basis", "summary", "checked"])
    assert list(values) == ["name", "summary", "countries", "basis", "checked"]
    assert list(values["basis"]) == ["countries"]


def test_only_relations_of_the_kind() -> None:
    """The relations that are listed are those that a record of the kind may state."""
    assert "quantifies" not in draft(KINDS["practice"], {})
    assert "quantifies" in draft(KINDS["statistic"], {})


def test_comments_can_be_left_unbroken() -> None:
    """A page that breaks lines by itself gets each comment as one line."""
    broken, whole = example(KINDS["practice"]), example(KINDS["practice"], width=10_000)
    assert len(whole.splitlines()) < len(broken.splitlines())
    assert re.sub(r"\s*#?\s+", " ", whole) == re.sub(r"\s*#?\s+", " ", broken)


@pytest.mark.parametrize("text", EXAMPLES_IN_GUIDES, ids=["CONTRIBUTING.md", "content/editing.md"])
def test_examples_in_guides(text: str) -> None:
    """The examples that the guides print are in canonical form, and each list of other values, `# or: …`, has all of them."""
    assert text == canonical_text(text, order_of_kind(KINDS["practice"], records=False), records=False)[0]
    definitions = {each.field: each for owner in ("practice", "evidence") for each in definitions_of(owner).values()}
    lists = re.findall(r"^ *(?:- )?(\w+): (.*?) +# or: (.*(?:\n +# .*)*)", text, re.MULTILINE)
    for name, value, others in lists:
        said = {value.strip("[]"), *re.split(r",\s+", re.sub(r"\s*\n\s*# ", " ", others))}
        assert said == set(definitions[name].accepted) - {"not reported"}, name
