"""`waymark publish-ids`: ids that were published are written down, so that none can vanish unseen."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from waymark.library import PUBLISHED, load_library
from waymark.problems import failures


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes: nothing."""


def run(options: argparse.Namespace) -> int:
    """Adds the ids of all records; none is ever taken away."""
    library, problems = load_library(options.root, today=date.today())
    if failures(problems):
        print("Run `waymark check` first: ids are published only when all is in order.", file=sys.stderr)
        return 1
    path = options.root / PUBLISHED
    known = set(path.read_text(encoding="utf-8").split()) if path.exists() else set()
    now = {f"{item.kind.name}/{item.id}" for item in library.items.values()}
    path.write_text("\n".join(sorted(known | now)) + "\n", encoding="utf-8")
    print(f"{len(now - known)} ids added to {PUBLISHED}.")
    return 0
