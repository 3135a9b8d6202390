"""`waymark status`: how much is in the knowledge base, what it rests on, and what is to be done, in words and as a table."""

from __future__ import annotations

import argparse
from dataclasses import fields
from datetime import date

from waymark.health import MEASURES, Health, health_of
from waymark.library import Library, load_library
from waymark.pieces import Pieces, Texts


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes: nothing."""


def run(options: argparse.Namespace) -> int:
    """Prints the table in Markdown, then every figure, then what is due, overdue, or waits for a decision."""
    today = date.today()
    library, _ = load_library(options.root, today=today)
    pieces = Pieces(library)
    health = health_of(library, pieces.foundations, Texts(pieces, "").bare, today)
    names = [field.name for field in fields(health.kinds[0])]
    print("| " + " | ".join(name.replace("_", " ") for name in names) + " |\n" + "|---" * len(names) + "|")
    for row in health.kinds:
        values = [getattr(row, name) for name in names]
        print("| " + " | ".join(f"{value:.0f}" if isinstance(value, float) else str("–" if value is None else value) for value in values) + " |")
    print()
    for measure in MEASURES:
        print(f"{measure.label}: {health.figures[measure.name]}{f' of {health.figures[measure.of]}' if measure.of else ''}")
    _print_tasks(health, library)
    return 0


def _print_tasks(health: Health, library: Library) -> None:
    for task in health.overdue:
        print(f"overdue by {task.due.days_overdue(health.day)} days: {task.item.kind.name} {task.item.id}, due on {task.due.on} ({task.due.reason})")
    for task in health.soon:
        print(f"due soon: {task.item.kind.name} {task.item.id}, on {task.due.on} ({task.due.reason})")
    for each in (each for each in library.corrections if each.is_open):
        print(f"report open for {each.days(health.day)} days{', too long' if each.is_late(health.day) else ''}: {each.id}, {each.said.topic}")
