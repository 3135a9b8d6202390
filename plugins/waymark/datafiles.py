"""Every record as it stands in its file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from waymark.documents import Document, read_document
from waymark.files import keys_of_broken
from waymark.kinds import KINDS, Kind
from waymark.paths import COMPARISONS, CORRECTIONS, DATA, HISTORY, PEOPLE, PUBLISHED, REFERENCES, SECOND_CODING
from waymark.problems import Code, Location, Problem, choices, suggest

_NOT_RECORDS = (
    *(Path(name).name for name in (REFERENCES, PUBLISHED, COMPARISONS, SECOND_CODING, PEOPLE, CORRECTIONS, HISTORY)),
    "schema",
    "README.md",
)
_KINDS = {kind.plural: kind.name for kind in KINDS.values()}


def records_in(path: str) -> tuple[str, str] | None:
    """Kind of the records in a file, and the id if it is one record; None for a file without records.

    Args:
        path: From the project's folder, with forward slashes.
    """
    match path.split("/"):
        case [folder, name] if folder == DATA and name.endswith(".yaml") and name[:-5] in _KINDS:
            return _KINDS[name[:-5]], ""
        case [folder, plural, name] if folder == DATA and name.endswith(".yaml") and plural in _KINDS:
            return _KINDS[plural], name[:-5]
    return None


def read_data(root: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """Every record below `root` as it stands in its file, by kind and id, whether it passes the checks or not."""
    documents, _, _ = read_documents(root)
    return {(kind.name, id): document.data for kind, id, document in documents if isinstance(document.data, dict)}


def read_documents(root: Path) -> tuple[list[tuple[Kind, str, Document]], list[tuple[str, Kind]], list[Problem]]:
    """Every record as it stands in its file: kind, id, document; and id and kind of those whose file cannot be read."""
    found: list[tuple[Kind, str, Document]] = []
    unread: list[tuple[str, Kind]] = []
    problems = list(_stray_files(root / DATA))
    for kind in KINDS.values():
        folder, file = root / DATA / kind.plural, root / DATA / f"{kind.plural}.yaml"
        if folder.is_dir() and file.exists():
            message = f"{kind.plural.capitalize()} are kept both in {DATA}/{file.name} and in {DATA}/{folder.name}/."
            problems.append(Problem(Location(f"{DATA}/{file.name}"), Code.KIND_TWICE, message, "Move all records to one of the two, and delete the other."))
        if file.exists():
            document, said = read_document(file, f"{DATA}/{file.name}")
            problems += said
            found += [(kind, id, document.within(id)) for id in document.data] if document else []
            unread += [] if document else [(id, kind) for id in keys_of_broken(file)]
        for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
            document, said = read_document(path, f"{DATA}/{folder.name}/{path.name}")
            problems += said
            found += [(kind, path.stem, document)] if document else []
            unread += [] if document else [(path.stem, kind)]
    return found, unread, problems


def _stray_files(data: Path) -> Iterator[Problem]:
    plurals = list(_KINDS)
    for path in sorted(data.glob("*")):
        if path.name.startswith(".") or path.name in _NOT_RECORDS:
            continue
        if path.is_dir() and path.name in plurals:
            for inner in sorted(path.glob("*")):
                if inner.suffix != ".yaml" and not inner.name.startswith("."):
                    shown = Location(f"{DATA}/{path.name}/{inner.name}")
                    fix = "Records are files that end in .yaml. Rename it, or move it out of data/."
                    yield Problem(shown, Code.UNKNOWN_KIND, f"'{inner.name}' would not be read.", fix)
        elif path.is_dir() or path.suffix != ".yaml" or path.stem not in plurals:
            read = [f"{name}{'/' if path.is_dir() else '.yaml'}" for name in plurals]
            fix = suggest(path.name, read) or f"We read {choices(read)}."
            yield Problem(Location(f"{DATA}/{path.name}"), Code.UNKNOWN_KIND, f"'{path.name}' would not be read: no kind of record has this name.", fix)
