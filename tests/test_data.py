"""The real data."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from waymark.kinds import KINDS
from waymark.library import Library, load_library
from waymark.links import anchors_of
from waymark.problems import Problem, as_text, failures
from waymark.render import Renderer
from waymark.specimen import schema_line

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def loaded() -> tuple[Library, list[Problem]]:
    return load_library(ROOT, today=date.today())


def test_data_is_in_order(loaded: tuple[Library, list[Problem]]) -> None:
    """`waymark check` has nothing to mend."""
    assert [as_text(problem) for problem in failures(loaded[1])] == []


def test_editors_know_every_kind() -> None:
    """VS Code finds the schema of every file of records, and so does any editor that reads the first line."""
    known = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    expected = {}
    for kind in KINDS.values():
        in_folder = (ROOT / "data" / kind.plural).is_dir()
        expected[f"data/schema/{kind.name if in_folder else kind.plural}.json"] = f"data/{kind.plural}{'/*' if in_folder else ''}.yaml"
        for path in (ROOT / "data" / kind.plural).glob("*.yaml") if in_folder else [ROOT / "data" / f"{kind.plural}.yaml"]:
            assert path.read_text(encoding="utf-8").startswith(schema_line(kind, in_folder=in_folder) + "\n"), path
    assert expected == known


def test_every_kind_has_records(loaded: tuple[Library, list[Problem]]) -> None:
    """No folder was lost on the way."""
    assert KINDS.keys() == {item.kind.name for item in loaded[0].items.values()}


def test_anchors_are_on_the_pages(loaded: tuple[Library, list[Problem]]) -> None:
    """Every place that a link may name is on the page of its record."""
    renderer = Renderer(loaded[0])
    lost = []
    for item in loaded[0].items.values():
        html = renderer.record(item).html
        lost += [f"{item.id}#{anchor}" for anchor in anchors_of(item.record) if f'id="{anchor}"' not in html]
    assert lost == []


def test_findings_across_programmes_rest_on_more_than_one_team(loaded: tuple[Library, list[Problem]]) -> None:
    """No statement of one author, or of one body, is called a finding across programmes."""
    library = loaded[0]
    findings = library.of_kind("finding")
    assert len(findings) >= 10
    for item in findings:
        keys = {each.key for statement in item.statements if statement.loc[0] == "evidence" for each in statement.citations()}
        assert len({library.bibliography[key]["author"] for key in keys}) >= 2, item.id
