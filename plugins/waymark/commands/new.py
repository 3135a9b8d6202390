"""`waymark new`: asks for a record in plain words and writes a commented draft of it.

Each answer is checked at once. Nothing is written before the end, and then as a whole; no file is ever overwritten.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import textwrap
from datetime import date
from pathlib import Path
from typing import Any

from waymark import interview
from waymark.commands.asking import ask, say, say_twins, width
from waymark.commands.drafts import Draft, Meanwhile, broken_file, write
from waymark.fields import NOT_REPORTED
from waymark.kinds import KINDS
from waymark.layout import lines_of
from waymark.library import load_library
from waymark.models import with_role
from waymark.paths import DATA, REFERENCES
from waymark.problems import article, as_text, short, suggest
from waymark.specimen import example


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("kind", metavar="KIND", help=f"what to add: {', '.join(KINDS)}")
    parser.add_argument("--name", help="the usual name")
    parser.add_argument("--id", help="the end of its address, and the name of its file (default: made of the name)")
    parser.add_argument("--other-name", action="append", default=[], help="another name or spelling; may be repeated")
    parser.add_argument("--country", action="append", default=[], help="a country, by name or code; may be repeated")
    parser.add_argument("--source", action="append", default=[], metavar="KEY", help="a key of data/references.bib, the main one first; may be repeated")
    parser.add_argument("--place", default="", help="where in the main source it stands, for example “p. 22”")
    parser.add_argument("--summary", help="two or three short sentences")
    parser.add_argument("--by", help="your initials")
    parser.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE", help="any other field with one value, or several with commas")
    parser.add_argument("--no-questions", action="store_true", help="ask nothing: write what the options say")
    parser.add_argument("--example", action="store_true", help="write nothing: print a complete, commented example")


def run(options: argparse.Namespace) -> int:
    """Asks, and writes the draft."""
    root: Path = options.root
    kind = KINDS.get(options.kind) or next((each for each in KINDS.values() if each.plural == options.kind), None)
    if kind is None:
        print(f"'{options.kind}' is not a kind of record. {suggest(options.kind, KINDS) or 'They are: ' + ', '.join(KINDS) + '.'}", file=sys.stderr)
        return 2
    if options.example:
        print(example(kind), end="")
        return 0
    if not (root / DATA).is_dir():
        print(f"There is no folder '{DATA}' in {root.resolve()}. Run the command in the project's folder.", file=sys.stderr)
        return 2
    library, _ = load_library(root, today=date.today())
    state = Draft(root, kind, library, date.today())
    if said := broken_file(state):
        print(said, file=sys.stderr)
        return 1
    try:
        _take_options(state, options)
    except _Wrong as wrong:
        print(wrong, file=sys.stderr)
        return 1
    try:
        if not options.no_questions:
            with contextlib.suppress(ImportError):
                import readline  # noqa: F401 - arrow keys work in answers
            ask(state, asks_by=not options.by)
    except EOFError:
        print("\nThe answers end here.")
    except KeyboardInterrupt:
        print("\nStopped. Nothing was written.", file=sys.stderr)
        if state.values:
            print("You had said:\n", file=sys.stderr)
            print("\n".join(line for name, value in state.values.items() for line in lines_of(name, value)), file=sys.stderr)
        return 130
    else:
        if options.no_questions:
            say_twins(state)
    return _write(state)


class _Wrong(Exception):
    """Something in the options that cannot be right, in words."""


def _take_options(state: Draft, options: argparse.Namespace) -> None:
    asked = {each.field: each for each in interview.questions(state.kind)}
    for key in options.source:
        if key not in state.library.bibliography:
            raise _Wrong(f"'{short(key)}' is not a key of {REFERENCES}. {suggest(key, state.library.bibliography)}".strip())
        state.sources.append(key)
    if options.place:
        state.place = interview.with_place(options.place)
        if fault := interview.place_fault(state.place):
            raise _Wrong(fault)
    given: dict[str, Any] = {"name": options.name, "other_names": options.other_name, "summary": options.summary}
    if options.country:
        if "countries" not in asked:
            raise _Wrong(f"{article(state.kind.name).capitalize()} has no countries. Leave out --country.")
        given["countries"] = interview.value_of(asked["countries"], ", ".join(options.country))
    for each in options.set:
        name, equals, typed = each.partition("=")
        name = name.strip()
        if not equals or name not in asked:
            raise _Wrong(f"'{short(each)}' is not FIELD=VALUE. {suggest(name, asked)} Fields: {', '.join(asked)}.".replace("  ", " "))
        given[name] = interview.value_of(asked[name], typed)
    if options.name and not options.id and (options.no_questions or not sys.stdin.isatty()):
        options.id = interview.proposed_id(options.name)
    if options.id:
        if fault := state.id_fault(options.id):
            raise _Wrong(fault)
        state.id = options.id
    facts = with_role(state.kind.model, "fact")
    for name, value in given.items():
        if not value:
            continue
        if name == "summary" or (name in asked and asked[name].is_text):
            value = interview.with_citation(" ".join(value.split()), cited) if (cited := state.cited()) else value
        if fault := state.faults(name, value):
            raise _Wrong(f"{name}: {fault}")
        state.values[name] = value
        if name in facts and value != NOT_REPORTED and (cited := state.cited()):
            state.values.setdefault("basis", {})[name] = cited
    state.by = options.by or ""


def _write(state: Draft) -> int:
    if "name" not in state.values:
        print("Nothing was written: it has no name yet.", file=sys.stderr)
        return 1
    try:
        write(state)
    except Meanwhile:
        print(f"{state.shown} has changed meanwhile. Nothing was overwritten; this is your draft:\n", file=sys.stderr)
        print(state.text())
        return 1
    _say_next(state)
    return 0


def _say_next(state: Draft) -> None:
    _, problems = load_library(state.root, today=state.today)
    if state.is_in_folder:
        own = [each for each in problems if each.location.path == state.shown]
    else:
        lines = state.file.read_text(encoding="utf-8").split("\n")
        start = max(number for number, line in enumerate(lines, 1) if line == f"{state.id}:")
        own = [each for each in problems if each.location.path == state.shown and each.location.line >= start]
    print(f"\n{state.shown}: {'written' if state.is_in_folder else f'“{state.id}” added at the end'}.")
    for key in state.entries:
        print(f"{REFERENCES}: {key} added.")
    print()
    if own:
        say(f"Still to do before it passes the checks ({len(own)}):")
        for problem in own:
            print(as_text(problem))
        print()
    else:
        say("It passes the checks as it is.")
    say("What to do next:")
    steps = (
        f"Open {state.shown}{'' if state.is_in_folder else f' and look for “{state.id}:”'}. Fields with a # directly before their name "
        "are switched off; take the # away where you know something. Delete the notes when you are done.",
        "`waymark check` says what is still to be mended; `waymark check --watch` says it each time you save.",
        f"`waymark format {state.shown}` puts the fields in order.",
        f"Propose it: `git switch -c {state.id}`, `git add {DATA}`, `git commit -m 'Add {state.id}'`, `git push`, and open a pull request. "
        "CONTRIBUTING.md says more.",
    )
    for number, step in enumerate(steps, 1):
        print(textwrap.fill(step, width(), initial_indent=f"  {number}. ", subsequent_indent="     ", break_on_hyphens=False, break_long_words=False))
