"""`waymark status`: how much is in the knowledge base and what it rests on, as a table."""

from __future__ import annotations

import argparse
from dataclasses import fields
from datetime import date

from waymark.library import load_library
from waymark.pieces import Pieces, Texts
from waymark.status import status_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes: nothing."""


def run(options: argparse.Namespace) -> int:
    """Prints the table in Markdown."""
    library, _ = load_library(options.root, today=date.today())
    rows = status_of(library, Texts(Pieces(library), "").bare)
    names = [field.name for field in fields(rows[0])]
    print("| " + " | ".join(name.replace("_", " ") for name in names) + " |\n" + "|---" * len(names) + "|")
    for row in rows:
        values = [getattr(row, name) for name in names]
        print("| " + " | ".join(f"{value:.0f}" if isinstance(value, float) else str("–" if value is None else value) for value in values) + " |")
    return 0
