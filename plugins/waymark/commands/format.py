"""`waymark format`: fields in the order of the models, one indentation; values and remarks are not touched."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from waymark.canonical import canonical_text, order_of_file
from waymark.canonical_bib import canonical_bib
from waymark.commands.safely import replace_file
from waymark.documents import read_document
from waymark.files import read_text
from waymark.paths import DATA, REFERENCES
from waymark.problems import Code, Location, Problem, as_text

_BY_HAND = "Lines cannot be moved safely here, so the file stays as it is."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="files of records, or the bibliography (default: all)")
    parser.add_argument("--check", action="store_true", help="change nothing; fail if a file is not in its canonical form")


def run(options: argparse.Namespace) -> int:
    """Puts the files into their form, or says which are not in it."""
    root: Path = options.root
    files = options.files or _all_files(root)
    if not files:
        print(f"There are no records in {root.resolve()}. Run the command in the project's folder.", file=sys.stderr)
        return 2
    changed, failed = 0, False
    for path in files:
        shown = _shown(path, root)
        before, after, problems = _formed(path, shown, root)
        for problem in problems:
            print(as_text(problem))
        failed |= bool(problems)
        if after is None or before == after:
            continue
        changed += 1
        if options.check:
            print(f"{shown}: not in its canonical form.")
        else:
            replace_file(path, after)
            print(f"{shown}: put into its canonical form.")
    if options.check and changed:
        print(f"Run `waymark format` to put {'it' if changed == 1 else 'them'} into it. Only lines move; values and remarks stay as they are.")
    elif not failed:
        print(f"{len(files)} file{'s' * (len(files) != 1)}: {f'{changed} changed' if changed else 'all in canonical form'}.")
    return int(failed or (options.check and changed > 0))


def _all_files(root: Path) -> list[Path]:
    data = root / DATA
    files = [path for path in sorted([*data.glob("*.yaml"), *data.glob("*/*.yaml")]) if _order(path, root)]
    return [*files, *([root / REFERENCES] if (root / REFERENCES).exists() else [])]


def _shown(path: Path, root: Path) -> str:
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return str(path)


def _order(path: Path, root: Path) -> object:
    parent = path.resolve().parent
    if path.suffix != ".yaml" or (root / DATA).resolve() not in (parent, parent.parent):
        return None
    return order_of_file(path.stem, "" if parent == (root / DATA).resolve() else parent.name)


def _formed(path: Path, shown: str, root: Path) -> tuple[str, str | None, list[Problem]]:
    """What a file holds, its canonical form if it has one, and what keeps it from that."""
    if path.suffix == ".bib":
        return _formed_bib(path, shown)
    parent = path.resolve().parent
    found = order_of_file(path.stem, "" if parent == (root / DATA).resolve() else parent.name)
    if path.suffix != ".yaml" or found is None:
        fix = f"It formats the files of records in {DATA}/, such as {DATA}/programmes.yaml or {DATA}/practices/…, and {REFERENCES}."
        return "", None, [Problem(Location(shown), Code.UNKNOWN_KIND, "This is not a file of records.", fix)]
    document, problems = read_document(path, shown)
    # A field without a value, as in a draft, is no danger for lines that move.
    if unsafe := [problem for problem in problems if problem.code is not Code.EMPTY_VALUE]:
        return "", None, unsafe
    if document is None:
        return "", None, problems
    order, records = found
    after, line = canonical_text(document.text, order, records=records)
    if after is None:
        fix = "Write it as in other files: `- ` and the first field of an item on one line, no remark inside [ ] or { }, `>-` or `|-` before a long text."
        return "", None, [Problem(Location(shown, line), Code.YAML_FEATURE, _BY_HAND, fix)]
    return _bytes_as_text(path), after, []


def _formed_bib(path: Path, shown: str) -> tuple[str, str | None, list[Problem]]:
    text, problems = read_text(path, shown)
    if text is None:
        return "", None, problems
    after = canonical_bib(text)
    if after is None:
        fix = "Run `waymark check`, which says where it is and how to mend it."
        return "", None, [Problem(Location(shown), Code.BIB_SYNTAX, f"An entry cannot be read. {_BY_HAND}", fix)]
    return _bytes_as_text(path), after, []


def _bytes_as_text(path: Path) -> str:
    """The file as it is, with its line ends and its byte order mark, which belong to its form."""
    return path.read_bytes().decode("utf-8")
