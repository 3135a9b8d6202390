"""`waymark snapshot`: the state of the knowledge base is counted for a release and added to its history."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from waymark.commands.safely import replace_file
from waymark.health import health_of, snapshot
from waymark.history import is_release, with_release
from waymark.library import load_library
from waymark.paths import HISTORY
from waymark.pieces import Pieces, Texts
from waymark.problems import failures


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("name", help="name of the release, for example 0.1.0")


def run(options: argparse.Namespace) -> int:
    """Adds the state of today."""
    return add_release(options.root, options.name, date.today())


def add_release(root: Path, name: str, today: date) -> int:
    """Adds the state of a day under the name of a release; what stands in the history is never rewritten."""
    if not is_release(name):
        print("The name of a release has letters, digits, points, hyphens and underscores, for example 0.1.0.", file=sys.stderr)
        return 2
    library, problems = load_library(root, today=today)
    if failures(problems):
        print("Run `waymark check` first: a release is counted only when all is in order.", file=sys.stderr)
        return 1
    if any(each.name == name for each in library.history):
        print(f"The release '{name}' has been counted already. What was published is not rewritten; choose another name.", file=sys.stderr)
        return 1
    pieces = Pieces(library)
    health = health_of(library, pieces.foundations, Texts(pieces, "").bare, today)
    path = root / HISTORY
    replace_file(path, with_release(path.read_text(encoding="utf-8") if path.exists() else "", snapshot(health, name)))
    print(f"The state of today was added to {HISTORY} as '{name}'.")
    return 0
