"""`waymark check`: everything that is wrong with the data, at the place where it is."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from pathlib import Path

from waymark.jobs import add_to_summary, has_summary, site_url
from waymark.library import Library, load_library
from waymark.problems import as_github_annotation, as_text, failures


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    on_github = os.environ.get("GITHUB_ACTIONS") == "true"
    parser.add_argument("--github", action="store_true", default=on_github, help="print annotations for a pull request")


def run(options: argparse.Namespace) -> int:
    """Checks once, and prints all problems and how many there are."""
    root: Path = options.root
    if not (root / "data").is_dir():
        print(f"There is no folder 'data' in {root.resolve()}. Run the command in the project's folder.", file=sys.stderr)
        return 2
    library, problems = load_library(root, today=date.today())
    for problem in problems:
        print(as_text(problem))
        if options.github:
            print(as_github_annotation(problem))
    if options.github and has_summary():
        from waymark.summaries import check_summary  # only a summary needs templates

        add_to_summary(check_summary(problems, _counts(library), site_url(root)))
    wrong = failures(problems)
    advice = len(problems) - len(wrong)
    found = f"{len(wrong)} problem{'s' * (len(wrong) != 1)} to fix" if wrong else "all in order"
    print(f"{_counts(library)}: {found}{f', {advice} of advice' if advice else ''}.")
    return 1 if wrong else 0


def _counts(library: Library) -> str:
    return f"{len(library.items)} records, {len(library.bibliography)} references, {len(library.pages)} pages"
