"""`waymark review BASE [HEAD]`: what a reviewer must know of a change, as Markdown."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from waymark.jobs import add_to_summary, has_summary, site_url
from waymark.library import CONTENT, DATA, load_library, read_data
from waymark.review import Version, review_of
from waymark.revisions import RevisionError, Revisions
from waymark.summaries import review_sheet

_WORKING_TREE = "The working tree"


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
    except RevisionError as error:
        print(error, file=sys.stderr)
        return 2
    sheet = review_sheet(review_of(before, after, changed), site_url(root), options.preview)
    if options.github and has_summary():
        add_to_summary(sheet)
    else:
        print(sheet, end="")
    return 0


def _written(revisions: Revisions, commit: str, folder: Path) -> Path:
    folder.mkdir()
    revisions.write(commit, folder, DATA, CONTENT)
    return folder


def _version(name: str, root: Path) -> Version:
    library, problems = load_library(root, today=date.today())
    return Version(name, library, read_data(root), problems)
