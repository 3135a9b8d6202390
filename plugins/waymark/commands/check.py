"""`waymark check`: everything that is wrong with the data, at the place where it is; once, or each time a file is saved."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

from waymark.jobs import add_to_summary, has_summary, site_url
from waymark.library import Library, load_library
from waymark.paths import CONTENT, DATA
from waymark.problems import Problem, as_github_annotation, as_text, compared, explanations, failures

_PAUSE = 0.4
"""Seconds between two looks at the files. To ask for their times takes a few milliseconds, works on every disk and needs no thread."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    on_github = os.environ.get("GITHUB_ACTIONS") == "true"
    parser.add_argument("--github", action="store_true", default=on_github, help="print annotations for a pull request")
    parser.add_argument("--watch", action="store_true", help="check again each time a file is saved, and say what is new and what is mended; Ctrl-C ends it")


def run(options: argparse.Namespace) -> int:
    """Checks, and prints all problems and how many there are."""
    root: Path = options.root
    if not (root / DATA).is_dir():
        print(f"There is no folder '{DATA}' in {root.resolve()}. Run the command in the project's folder.", file=sys.stderr)
        return 2
    if options.watch:
        try:
            watch(root, lambda: time.sleep(_PAUSE))
        except KeyboardInterrupt:
            print()
        return 0
    library, problems = load_library(root, today=date.today())
    site = site_url(root)
    for problem in problems:
        print(as_text(problem))
        if options.github:
            print(as_github_annotation(problem, site))
    if options.github and has_summary():
        from waymark.summaries import check_summary  # only a summary needs templates

        add_to_summary(check_summary(problems, _counts(library), site))
    if problems:
        print(explanations(problems, site))
    print(_in_short(library, problems))
    return 1 if failures(problems) else 0


def watch(root: Path, wait: Callable[[], None]) -> NoReturn:
    """Checks each time a file below `data/` or `content/` changes, until it is interrupted.

    Args:
        root: The project's folder.
        wait: Waits until it is time to look again. It is called between any two looks.
    """
    seen = _times(root)
    library, problems = load_library(root, today=date.today())
    for problem in problems:
        print(as_text(problem))
    print(_in_short(library, problems))
    print(f"I look at {DATA}/ and {CONTENT}/ and say what changes. Ctrl-C ends this.", flush=True)
    hidden: list[Problem] = []
    while True:
        wait()
        now = _times(root)
        if now == seen:
            continue
        # An editor or git may still be writing: wait until nothing moves any more.
        while (later := _after(wait, root)) != now:
            now = later
        changed = sorted(path for path in now.keys() | seen.keys() if now.get(path) != seen.get(path))
        seen = now
        before, known = library, [*problems, *hidden]
        library, problems = load_library(root, today=date.today())
        hidden = _hidden(before, library, known, problems, hidden)
        _say_changes(changed, *compared(known, [*problems, *hidden]))
        print(_in_short(library, problems), flush=True)


def _hidden(before: Library, library: Library, known: Sequence[Problem], problems: Sequence[Problem], hidden: Sequence[Problem]) -> list[Problem]:
    """Known problems that are not mended but cannot be seen: a worse one in their file keeps records from being read."""
    had, has = (Counter(item.document.path for item in each.items.values()) for each in (before, library))
    still_wrong = {problem.location.path for problem in problems}
    hiding = {path for path in still_wrong if has[path] < had[path] or not has[path]}
    hiding |= {problem.location.path for problem in hidden if has[problem.location.path] == had[problem.location.path]}
    return [problem for problem in compared(known, problems)[1] if problem.location.path in hiding & still_wrong]


def _after(wait: Callable[[], None], root: Path) -> dict[str, tuple[int, int]]:
    wait()
    return _times(root)


def _times(root: Path) -> dict[str, tuple[int, int]]:
    """When each file was changed and how long it is, by its path as people know it. Hidden files are those of editors."""
    found: dict[str, tuple[int, int]] = {}
    folders = [root / DATA, root / CONTENT]
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:  # it went away this moment
            continue
        for entry in entries:
            if entry.name.startswith(".") or entry.name.endswith("~"):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(Path(entry.path))
                continue
            try:
                about = entry.stat()
            except OSError:
                continue
            found[Path(entry.path).relative_to(root).as_posix()] = (about.st_mtime_ns, about.st_size)
    return found


def _say_changes(changed: Sequence[str], new: Sequence[Problem], mended: Sequence[Problem]) -> None:
    names = changed[0] if len(changed) == 1 else f"{len(changed)} files"
    print(f"\n{datetime.now():%H:%M:%S}  {names} changed")
    for problem in mended:
        print(f"mended: {problem.location.path}: {problem.message} [{problem.code.id}]")
    for problem in new:
        print(f"new: {as_text(problem)}")


def _in_short(library: Library, problems: Sequence[Problem]) -> str:
    wrong = failures(problems)
    advice = len(problems) - len(wrong)
    found = f"{len(wrong)} problem{'s' * (len(wrong) != 1)} to fix" if wrong else "all in order"
    return f"{_counts(library)}: {found}{f', {advice} of advice' if advice else ''}."


def _counts(library: Library) -> str:
    return f"{len(library.items)} records, {len(library.bibliography)} references, {len(library.pages)} pages"
