"""A small valid project, and ways to write it with changes: what most tests stand on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from waymark.library import Library, load_library
from waymark.problems import Problem

TODAY = date(2026, 1, 31)

BASE: dict[str, str] = {
    "data/references.bib": """\
@article{doe2020aims,
  author = {Doe, Jane},
  title = {Aims of exit work},
  journal = {Journal of Exit},
  year = {2020},
  known = {read in full},
  checked = {2026-01-15},
}
""",
    "data/programmes.yaml": """\
north-star:
  name: North Star
  summary: A programme [@doe2020aims, p. 1].
  checked: {on: 2026-01-15, against: [doe2020aims]}
""",
    "data/theories.yaml": """\
path-model:
  name: Path model
  summary: A model in two steps [@doe2020aims, p. 2].
  form: stages
  parts:
    - {title: Doubt, text: 'People doubt [@doe2020aims, p. 2].'}
    - {title: Turning point, anchor: turning-point, text: 'People turn [@doe2020aims, p. 3].'}
  checked: {on: 2026-01-15, against: [doe2020aims]}
""",
    "data/factors.yaml": """\
family-support:
  name: Family support
  summary: Help from relatives [@doe2020aims, p. 4].
  checked: {on: 2026-01-15, against: [doe2020aims]}
""",
    "data/principles.yaml": """\
do-no-harm:
  name: Do no harm
  summary: A first rule [@doe2020aims, p. 5].
  checked: {on: 2026-01-15, against: [doe2020aims]}
""",
    "data/practices/ask-why.yaml": """\
name: Ask why
summary: Staff ask why [@doe2020aims, p. 6].
checked: {on: 2026-01-15, against: [doe2020aims]}
""",
    "content/index.md": "# Home\n\nStart with [the model][path-model] [@doe2020aims, p. 7].\n",
}


def write(root: Path, files: Mapping[str, str | bytes], base: Mapping[str, str] = BASE) -> Path:
    """Writes the base project with `files` in place of, or beside, its own; returns the folder."""
    for name, content in {**base, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def load(root: Path, files: Mapping[str, str | bytes] | None = None) -> tuple[Library, list[Problem]]:
    """The library of the base project with `files`, and its problems, on a fixed day."""
    return load_library(write(root, files or {}), today=TODAY)
