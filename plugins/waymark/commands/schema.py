"""`waymark schema`: the JSON Schemas of all kinds, which give editors completion, and the form on GitHub."""

from __future__ import annotations

import argparse
import json

from waymark.issueform import FILE, issue_form
from waymark.validate import schemas


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes: nothing."""


def run(options: argparse.Namespace) -> int:
    """Writes `data/schema/`, and the form on GitHub."""
    folder = options.root / "data" / "schema"
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        (folder / name).write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    path = options.root / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(issue_form(), encoding="utf-8")
    return 0
