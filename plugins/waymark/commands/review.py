"""`waymark review BASE [HEAD]`: what a reviewer must know of a change, as Markdown."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from waymark.datafiles import read_data
from waymark.jobs import add_to_summary, has_summary, site_url
from waymark.library import load_library
from waymark.paths import CONTENT, DATA
from waymark.review import Version, review_of
from waymark.revisions import RevisionError, Revisions
from waymark.summaries import review_sheet

_WORKING_TREE = "The working tree"
_RULES = frozenset(f"plugins/waymark/{name}.py" for name in ("stages", "cautions", "evidence", "appraisal", "recoded", "confidence", "labels"))
"""Files that hold the rules of labels."""
_NO_RULES = "The rules of labels change too, and those of before cannot be run: labels are worked out by the new rules on both sides."
_PATIENCE = 120


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("base", help="what is published: a branch, tag or commit, for example origin/main")
    parser.add_argument("head", nargs="?", help="what is proposed (default: the files as they are now)")
    parser.add_argument("--github", action="store_true", help="add the sheet to the summary of the job instead of printing it")
    parser.add_argument("--preview", default="", help="name of the archive that holds the built site, for the sheet to point at")


def run(options: argparse.Namespace) -> int:
    """Compares and prints; the exit code says only whether that could be done, because a review is no check."""
    root: Path = options.root
    try:
        revisions = Revisions(root)
        base = revisions.commit(options.base)
        head = revisions.commit(options.head) if options.head else None
        base = revisions.common(base, head or "HEAD")
        with TemporaryDirectory(prefix="waymark-") as folder:
            before = _version(f"{options.base} ({base[:7]})", _written(revisions, base, Path(folder, "before")))
            name, files = (f"{options.head} ({head[:7]})", _written(revisions, head, Path(folder, "after"))) if head else (_WORKING_TREE, root)
            after = _version(name, files)
            changed = revisions.changed(base, head)
            old_labels: dict[str, dict[str, str]] | None = None
            notes: list[str] = []
            if _RULES & set(changed):
                old_labels = _labels_by_the_rules_of(revisions, base, Path(folder, "before"))
                notes += [] if old_labels is not None else [_NO_RULES]
    except RevisionError as error:
        print(error, file=sys.stderr)
        return 2
    sheet = review_sheet(review_of(before, after, changed, old_labels, notes), site_url(root), options.preview)
    if options.github and has_summary():
        add_to_summary(sheet)
    else:
        print(sheet, end="")
    return 0


def _written(revisions: Revisions, commit: str, folder: Path) -> Path:
    folder.mkdir()
    revisions.write(commit, folder, DATA, CONTENT)
    return folder


def _labels_by_the_rules_of(revisions: Revisions, commit: str, folder: Path) -> dict[str, dict[str, str]] | None:
    """The labels of an older version, worked out by its own code; None if that code cannot do it."""
    revisions.write(commit, folder, "plugins")
    command = [sys.executable, "-m", "waymark", "--root", str(folder), "labels"]
    try:
        done = subprocess.run(  # noqa: S603 - ourselves, as published
            command,
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=_PATIENCE,
            env={**os.environ, "PYTHONPATH": str(folder / "plugins")},
        )
        labels: dict[str, dict[str, str]] | None = json.loads(done.stdout) if done.returncode == 0 else None
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return labels


def _version(name: str, root: Path) -> Version:
    library, problems = load_library(root, today=date.today())
    return Version(name, library, read_data(root), problems)
