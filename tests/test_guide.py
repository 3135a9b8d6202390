"""The guide for editors: what it shows is true, and it is as plain as it asks others to be."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from site_fixtures import PROJECT
from waymark.kinds import KINDS
from waymark.library import Library
from waymark.status import lix
from waymark.validate import schemas

GUIDE = [PROJECT / "content" / "editing.md", *sorted((PROJECT / "content" / "editing").glob("*.md"))]
PLAIN = 35
"""The readability index that the guide itself names as its aim."""


def blocks(path: Path) -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)


def prose(path: Path) -> str:
    """The running text of a page: without its head, examples of code, tables, citations and the targets of links."""
    text = re.sub(
        r"^---.*?---\n|```.*?```|^\|.*$|\[@[^\]]*\]|(?<=\])(?:\([^)]*\)|\[[^\]]*\])", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    return "\n".join(f"{line.strip()}." if line.strip()[-1:].isalnum() else line for line in text.splitlines())


@pytest.mark.parametrize("path", GUIDE, ids=lambda path: path.stem)
def test_guide_is_plain(path: Path) -> None:
    """Who asks for plain English writes it."""
    assert lix(prose(path)) < PLAIN


def test_worked_example_is_what_the_record_says(real_library: Library) -> None:
    """The finding that the guide works out stands so in the record, and so does what it says beside it."""
    (example,) = blocks(PROJECT / "content" / "editing" / "sources.md")
    shown: dict[str, Any] = yaml.load(example, Loader=yaml.CBaseLoader)
    record: Any = real_library.items["social-net-conferencing"].record
    item = next(each for each in record.evidence if each.source == shown["source"])
    assert {name: str(getattr(item, name)) for name in shown} == shown
    assert record.resources == "not reported"
    other = next(each for each in record.evidence if "orfndsozialnetz" in each.source)
    assert (other.question, other.kind, other.relation) == ("outcomes", "monitoring data", "qualifies")
    assert "graflndsozialnetz" in record.evaluation


def test_coded_fields_of_the_guide_exist() -> None:
    """Each field that the guide explains is one of a coded finding."""
    text = (PROJECT / "content" / "editing" / "sources.md").read_text(encoding="utf-8")
    named = re.findall(r"^- `(\w+)`:", text.split("## 7.")[1].split("## 8.")[0], re.MULTILINE)
    fields = schemas()[f"{KINDS['practice'].name}.json"]["$defs"]["EvidenceItem"]["properties"]
    assert len(named) > 10
    assert set(named) <= set(fields)
