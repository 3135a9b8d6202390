"""The state of the knowledge base release by release: `data/status-history.yaml`, which `waymark snapshot` writes.

A map from the name of a release to its day and its figures, the oldest at the top. The names of figures are those of
`health.MEASURES`; a figure that is no longer counted stays here, because what was published is not rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from waymark.documents import Document, read_document
from waymark.problems import Code, Problem, limited, short

HEAD = "# The state of the knowledge base at each release, written by `waymark snapshot NAME`. Please do not edit.\n"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_FIGURE = re.compile(r"[a-z]+(?:_[a-z]+)*")
_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Release:
    """What was counted for a release."""

    name: str
    day: date
    figures: Mapping[str, int]


def is_release(name: str) -> bool:
    """True if a release may have the name: letters, digits, points, hyphens, underscores."""
    return bool(_NAME.fullmatch(name))


def read_history(path: Path, shown: str, today: date) -> tuple[list[Release], list[Problem]]:
    """The releases of the file, the oldest first, and what is wrong with it. Without the file there are none."""
    if not path.exists():
        return [], []
    document, problems = read_document(path, shown)
    releases: list[Release] = []
    for name in document.data if document else ():
        own = document.within(name)  # type: ignore[union-attr]
        found = list(_problems(name, own, releases[-1] if releases else None, today))
        problems += found
        if not found:
            figures = {key: int(value) for key, value in own.data.items() if key != "day"}
            releases.append(Release(name, date.fromisoformat(own.data["day"]), figures))
    return releases, limited(iter(problems), shown)


def with_release(text: str, release: Release) -> str:
    """The text of the file with one more release at its end."""
    lines = [f"{release.name}:", f"  day: {release.day}", *(f"  {name}: {number}" for name, number in release.figures.items())]
    return (text or HEAD).rstrip("\n") + "\n" + "\n".join(lines) + "\n"


def _problems(name: str, document: Document, before: Release | None, today: date) -> Iterator[Problem]:
    fix = "Take the file from the last release (git knows it), and let `waymark snapshot` add to it."
    data = document.data

    def problem(message: str, *loc: str) -> Problem:
        return Problem(document.locate(loc), Code.BAD_HISTORY, message, fix)

    if not is_release(name):
        yield problem(f"'{short(name)}' cannot be the name of a release.")
    if not isinstance(data, dict):
        yield problem("A release has a day and figures.")
        return
    try:
        day = date.fromisoformat(str(data.get("day")))
    except ValueError:
        yield problem(f"'{short(name)}' has no day that exists.", "day")
    else:
        if day > today or (before and day < before.day):
            yield problem(f"'{short(name)}' is of {day}, which is {'in the future' if day > today else 'before the release above it'}.", "day")
    for key, value in data.items():
        if key != "day" and not (_FIGURE.fullmatch(key) and isinstance(value, str) and _NUMBER.fullmatch(value)):
            yield problem(f"'{short(key)}: {short(value)}' is not a figure.", key)
