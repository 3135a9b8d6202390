"""The command line: `waymark check`, `waymark status`, `waymark schema`, `waymark release`, `waymark offline`.

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
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from waymark import offline
from waymark.library import PUBLISHED, load_library
from waymark.problems import as_github_annotation, as_text, failures
from waymark.validate import schemas

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
    release = commands.add_parser("release", help=f"add the addresses of a built site to {PUBLISHED}, so that they hold from now on")
    release.add_argument("--site", type=Path, default=Path("site"), help="the built site (default: site)")
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
    if options.command == "release":
        return _release(options.root, options.site)
    if options.command == "status":
        return _status(options.root)
    if options.command == "offline":
        return _offline(options.site, options.to)
    code = _check(options.root, github=options.github)
    sys.stdout.flush()
    return code


def _check(root: Path, *, github: bool) -> int:
    if not (root / "data").is_dir():
        print(f"There is no folder 'data' in {root.resolve()}. Run the command in the project's folder.", file=sys.stderr)
        return 2
    library, problems = load_library(root, today=date.today())
    for problem in problems:
        print(as_text(problem))
        if github:
            print(as_github_annotation(problem))
    wrong = failures(problems)
    advice = len(problems) - len(wrong)
    counts = f"{len(library.items)} records, {len(library.bibliography)} references, {len(library.pages)} pages"
    found = f"{len(wrong)} problem{'s' * (len(wrong) != 1)} to fix" if wrong else "all in order"
    print(f"{counts}: {found}{f', {advice} of advice' if advice else ''}.")
    return 1 if wrong else 0


def _schema(root: Path) -> int:
    folder = root / "data" / "schema"
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        (folder / name).write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def _status(root: Path) -> int:
    from waymark.pieces import Pieces, Texts
    from waymark.status import status_of

    library, _ = load_library(root, today=date.today())
    rows = status_of(library, Texts(Pieces(library), "").bare)
    names = [field.name for field in fields(rows[0])]
    print("| " + " | ".join(name.replace("_", " ") for name in names) + " |\n" + "|---" * len(names) + "|")
    for row in rows:
        values = [getattr(row, name) for name in names]
        print("| " + " | ".join(f"{value:.0f}" if isinstance(value, float) else str("–" if value is None else value) for value in values) + " |")
    return 0


def _release(root: Path, site: Path) -> int:
    """Promises what is about to be published: the addresses of a built site."""
    library, problems = load_library(root, today=date.today())
    if failures(problems):
        print("Run `waymark check` first: addresses are promised only when all is in order.", file=sys.stderr)
        return 1
    from waymark.addresses import with_added
    from waymark.links import address_of, places_of
    from waymark.offered import read_offers

    now: dict[str, dict[str, str]] = {address: dict.fromkeys(places, "") for address, places in read_offers(site).items()}
    records = {address_of(item.kind.name, item.id): places_of(item.record) for item in library.items.values()}
    if missing := records.keys() - now.keys():
        what = f"{len(missing)} records are not in it" if now else "there is none"
        print(f"The built site in {site.resolve()} is not that of the data: {what}. Run `make build` first.", file=sys.stderr)
        return 2
    for address, places in records.items():
        now[address] |= places
    text, added = with_added(library.promises, now)
    (root / PUBLISHED).write_text(text, encoding="utf-8")
    print(f"{added} addresses added to {PUBLISHED}: pages, and places on them.")
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
