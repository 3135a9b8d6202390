"""Examples of what the checks say: a mistake, what is printed, and the right form beside it.

They are made from the golden cases of the tests, which prove that the wrong form gives this code and the right form
gives none; `mistakes.json` holds them, so that the site needs no tests. A test says when it has fallen behind.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from waymark.files import UNSEEN

EXAMPLES = Path(__file__).with_name("mistakes.json")
SHORTEST, NEAR, WIDEST = 12, 2, 120
"""A file with so many lines is shown whole; of a longer one, so many lines around a change. A line is cut behind so many letters."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file, and whether it differs from the other side."""

    text: str
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is shown of a file. Lines that are left out leave a line with an ellipsis."""

    path: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: its code, what it is, both forms, and what the check prints about the wrong one."""

    code: str
    about: str
    wrong: tuple[Excerpt, ...]
    right: tuple[Excerpt, ...]
    said: str


def excerpts(files: Mapping[str, str], others: Mapping[str, str]) -> tuple[Excerpt, ...]:
    """What is worth showing of the files of one side: those that differ from the other side, around the differences."""
    return tuple(Excerpt(path, tuple(_lines(text, others.get(path)))) for path, text in files.items() if text != others.get(path))


def _lines(text: str, other: str | None) -> Iterator[Line]:
    lines = text.rstrip("\n").split("\n")
    changed, places = _changed(lines, other.rstrip("\n").split("\n")) if other is not None else (set[int](), {0})
    is_whole = len(lines) <= SHORTEST
    shown = [number for number in range(len(lines)) if is_whole or any(abs(number - each) <= NEAR for each in places)]
    before = -1
    for number in shown:
        if number != before + 1:
            yield Line("…")
        yield Line(_visible(lines[number]), number in changed)
        before = number
    if before < len(lines) - 1:
        yield Line("…")


def _changed(lines: Sequence[str], others: Sequence[str]) -> tuple[set[int], set[int]]:
    """The lines that differ; and these with the places where the other side has more, which are worth showing too."""
    differing = [each for each in SequenceMatcher(a=lines, b=others, autojunk=False).get_opcodes() if each[0] != "equal"]
    changed = {number for _, start, end, _, _ in differing for number in range(start, end)}
    return changed, changed | {start for _, start, end, _, _ in differing if start == end}


def _visible(line: str) -> str:
    """A line with signs in place of what cannot be seen, and cut where it is very long."""
    line = UNSEEN.sub(lambda match: f"[U+{ord(match.group()):04X}]", line).replace("\t", "[tab]").replace("\u00a0", "[U+00A0]")
    return line if len(line) <= WIDEST else f"{line[:WIDEST]}… ({len(line):,} characters)"


def to_json(mistakes: Sequence[Mistake]) -> str:
    """The examples as the file that holds them."""

    def written(sides: Sequence[Excerpt]) -> list[dict[str, object]]:
        return [
            {"path": each.path, "lines": [line.text for line in each.lines], "changed": [place for place, line in enumerate(each.lines) if line.is_changed]}
            for each in sides
        ]

    found = [{"code": each.code, "about": each.about, "said": each.said, "wrong": written(each.wrong), "right": written(each.right)} for each in mistakes]
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def read_mistakes() -> list[Mistake]:
    """The examples of the file, in the order of their codes."""
    return [
        Mistake(each["code"], each["about"], _excerpts(each["wrong"]), _excerpts(each["right"]), each["said"])
        for each in json.loads(EXAMPLES.read_text(encoding="utf-8"))
    ]


def _excerpts(found: Sequence[Mapping[str, Any]]) -> tuple[Excerpt, ...]:
    return tuple(Excerpt(each["path"], tuple(Line(text, place in each["changed"]) for place, text in enumerate(each["lines"]))) for each in found)
