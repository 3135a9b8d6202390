"""`waymark labels`: every computed label as JSON, so that the rules of two versions can be compared."""

from __future__ import annotations

import argparse
import json
from datetime import date

from waymark.labels import labels_of
from waymark.library import load_library


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing but the folder, which all commands take."""


def run(options: argparse.Namespace) -> int:
    """Prints a map from id to label to words; `waymark review` of later versions reads it."""
    library, _ = load_library(options.root, today=date.today())
    print(json.dumps(labels_of(library), ensure_ascii=False, indent=1))
    return 0
