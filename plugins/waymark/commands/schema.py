"""`waymark schema`: the JSON Schemas of all kinds, which give editors completion."""

from __future__ import annotations

import argparse
import json

from waymark.validate import schemas


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes: nothing."""


def run(options: argparse.Namespace) -> int:
    """Writes `data/schema/`."""
    folder = options.root / "data" / "schema"
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        (folder / name).write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0
