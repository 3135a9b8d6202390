"""The command line: `waymark check`, `waymark status`, `waymark snapshot`, `waymark schema`, `waymark publish-ids`, `waymark offline`.

Needs no MkDocs, so that an editor's check takes a moment.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from waymark import offline
from waymark.freshness import due_of
from waymark.library import HISTORY, PUBLISHED, Library, load_library
from waymark.problems import Problem, as_github_annotation, as_text, failures
from waymark.validate import schemas

if TYPE_CHECKING:
    from waymark.health import Health

_ONLINE_ONLY = ("404.html", "sitemap.xml", "sitemap.xml.gz")
"""What only a server makes use of."""


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; returns the exit code: 0 if all is well, 1 if something is wrong with the data."""
    parser = argparse.ArgumentParser(prog="waymark", description="Checks the records of Waymark.")
    parser.add_argument("--root", type=Path, default=Path(), help="the project's folder (default: here)")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="check every record, page and reference")
    check.add_argument("--github", action="store_true", default=os.environ.get("GITHUB_ACTIONS") == "true", help="print annotations for a pull request")
    commands.add_parser("status", help="print how much is in the knowledge base and what it rests on")
    commands.add_parser("schema", help="write data/schema/ from the models")
    release = commands.add_parser("snapshot", help=f"count the state of the knowledge base for a release and add it to {HISTORY}")
    release.add_argument("name", help="name of the release, for example 0.1.0")
    commands.add_parser("publish-ids", help=f"add the ids of all records to {PUBLISHED}")
    pack = commands.add_parser("offline", help="pack a built site so that it opens from the disk, without network")
    pack.add_argument("--site", type=Path, default=Path("site"), help="the built site (default: site)")
    pack.add_argument("--to", type=Path, default=Path("waymark-offline.zip"), help="the file to write (default: waymark-offline.zip)")
    options = parser.parse_args(arguments)
    try:
        return _run(options)
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run(options: argparse.Namespace) -> int:
    if options.command == "schema":
        return _schema(options.root)
    if options.command == "publish-ids":
        return _publish_ids(options.root)
    if options.command == "status":
        return _status(options.root)
    if options.command == "snapshot":
        return _snapshot(options.root, options.name)
    if options.command == "offline":
        return _offline(options.site, options.to)
    code = _check(options.root, github=options.github)
    sys.stdout.flush()
    return code


def _check(root: Path, *, github: bool) -> int:
    if not (root / "data").is_dir():
        print(f"There is no folder 'data' in {root.resolve()}. Run the command in the project's folder.", file=sys.stderr)
        return 2
    today = date.today()
    library, problems = load_library(root, today=today)
    for problem in problems:
        print(as_text(problem))
        if github:
            print(as_github_annotation(problem))
    wrong = failures(problems)
    advice = len(problems) - len(wrong)
    counts = f"{len(library.items)} records, {len(library.bibliography)} references, {len(library.pages)} pages"
    found = f"{len(wrong)} problem{'s' * (len(wrong) != 1)} to fix" if wrong else "all in order"
    print(f"{counts}: {found}{f', {advice} of advice' if advice else ''}.")
    if overdue := sum(today > due_of(item.record, item.kind.name).on for item in library.items.values()):
        print(f"The check of {overdue} record{'s' * (overdue != 1)} is overdue; `waymark status` lists {'them' if overdue != 1 else 'it'}. That fails nothing.")
    return 1 if wrong else 0


def _schema(root: Path) -> int:
    folder = root / "data" / "schema"
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        (folder / name).write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def _health(root: Path) -> tuple[Health, Library, list[Problem]]:
    """The state of the knowledge base today. What it takes is loaded here, so that a check does not wait for it."""
    from waymark.health import health_of
    from waymark.pieces import Pieces, Texts

    today = date.today()
    library, problems = load_library(root, today=today)
    pieces = Pieces(library)
    return health_of(library, pieces.foundations, Texts(pieces, "").bare, today), library, problems


def _status(root: Path) -> int:
    from waymark.health import MEASURES

    health, library, _ = _health(root)
    names = [field.name for field in fields(health.kinds[0])]
    print("| " + " | ".join(name.replace("_", " ") for name in names) + " |\n" + "|---" * len(names) + "|")
    for row in health.kinds:
        values = [getattr(row, name) for name in names]
        print("| " + " | ".join(f"{value:.0f}" if isinstance(value, float) else str("–" if value is None else value) for value in values) + " |")
    print()
    for measure in MEASURES:
        of = f" of {health.figures[measure.of]}" if measure.of else ""
        print(f"{measure.label}: {health.figures[measure.name]}{of}")
    for task in health.overdue:
        print(f"overdue by {task.due.days_overdue(health.day)} days: {task.item.kind.name} {task.item.id}, due on {task.due.on} ({task.due.reason})")
    for task in health.soon:
        print(f"due soon: {task.item.kind.name} {task.item.id}, on {task.due.on} ({task.due.reason})")
    for each in (each for each in library.corrections if each.is_open):
        print(f"report open for {each.days(health.day)} days{', too long' if each.is_late(health.day) else ''}: {each.id}, {each.said.topic}")
    return 0


def _snapshot(root: Path, name: str) -> int:
    """Adds the state of today to the history; `waymark release` does the same."""
    from waymark.health import snapshot
    from waymark.history import is_release, with_release

    if not is_release(name):
        print("The name of a release has letters, digits, points, hyphens and underscores, for example 0.1.0.", file=sys.stderr)
        return 2
    health, library, problems = _health(root)
    if failures(problems):
        print("Run `waymark check` first: a release is counted only when all is in order.", file=sys.stderr)
        return 1
    if any(each.name == name for each in library.history):
        print(f"The release '{name}' has been counted already. What was published is not rewritten; choose another name.", file=sys.stderr)
        return 1
    path = root / HISTORY
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(with_release(text, snapshot(health, name)), encoding="utf-8")
    print(f"The state of today was added to {HISTORY} as '{name}'.")
    return 0


def _publish_ids(root: Path) -> int:
    library, problems = load_library(root, today=date.today())
    if failures(problems):
        print("Run `waymark check` first: ids are published only when all is in order.", file=sys.stderr)
        return 1
    path = root / PUBLISHED
    known = set(path.read_text(encoding="utf-8").split()) if path.exists() else set()
    now = {f"{item.kind.name}/{item.id}" for item in library.items.values()}
    path.write_text("\n".join(sorted(known | now)) + "\n", encoding="utf-8")
    print(f"{len(now - known)} ids added to {PUBLISHED}.")
    return 0


def _offline(site: Path, target: Path) -> int:
    if not (site / offline.SEARCH_LIST).is_file():
        print(f"There is no built site in {site.resolve()}. Run `make build` first.", file=sys.stderr)
        return 2
    with ZipFile(target, "w", ZIP_DEFLATED) as pack:
        for path in sorted(path for path in site.rglob("*") if path.is_file()):
            name = path.relative_to(site).as_posix()
            if name in _ONLINE_ONLY:
                continue
            if path.suffix == ".html":
                content = offline.page_for_disk(path.read_text(encoding="utf-8"), name.count("/")).encode()
            elif name == offline.SEARCH_LIST:
                name, content = offline.SEARCH_SCRIPT, offline.search_for_disk(path.read_text(encoding="utf-8")).encode()
            else:
                content = path.read_bytes()
            # ZipInfo's own date, so that the same site makes the same file.
            entry = ZipInfo(f"waymark/{name}")
            entry.compress_type = ZIP_DEFLATED
            pack.writestr(entry, content)
    print(f"{target}: unpack it and open waymark/index.html.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
