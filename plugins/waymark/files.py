"""Files to text: size, encoding and characters that cannot be seen are looked at before anything else reads on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from waymark.problems import Code, Location, Problem, limited

MAX_FILE_BYTES = 2_000_000

# Control characters, soft hyphen, byte order and direction overrides (they can hide text from a reviewer), zero-width
# space and joiners of words, private use (our renderer marks its own places with those), non-characters and tags.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u2028-\u202e\u2060-\u2069\ue000-\uf8ff\ufeff\ufffe\uffff\U000e0000-\U0010ffff]")


def read_text(path: Path, shown: str) -> tuple[str | None, list[Problem]]:
    """The text of a file, or None and the reasons why it cannot be used."""
    try:
        if not path.is_file():
            raise OSError("this is a folder, or there is nothing")
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            fix = f"It has {size:,} bytes; {MAX_FILE_BYTES:,} are allowed. Split it into several files."
            return None, [Problem(Location(shown), Code.TOO_LARGE, "The file is too large.", fix)]
        raw = path.read_bytes()
    except OSError as error:
        return None, [Problem(Location(shown), Code.UNREADABLE, "The file cannot be read.", f"The computer says: {error}.")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        message = "The file is not UTF-8 text from here on."
        fix = "Save it with the encoding UTF-8. Letters such as é or ö are the usual cause."
        return None, [Problem(Location(shown, line, column), Code.UNREADABLE, message, fix)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems = limited(_unseen_problems(shown, text), shown)
    return (None if problems else text), problems


def _unseen_problems(shown: str, text: str) -> Iterator[Problem]:
    fix = "Delete it, with the letters around it if need be. It usually comes in by copying from another program."
    for match in UNSEEN.finditer(text):
        yield Problem(
            locate_in_text(shown, text, match.start()), Code.CONTROL_CHARACTER, f"An invisible character (U+{ord(match.group()):04X}) stands here.", fix
        )


def keys_of_broken(path: Path) -> list[str]:
    """The words at the left edge of a file that cannot be read as YAML: what it was meant to hold."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_FILE_BYTES)
    except OSError:
        return []
    return [match.decode() for match in re.findall(rb"^([a-z0-9]+(?:-[a-z0-9]+)*):", raw, re.MULTILINE)]


def locate_in_text(shown: str, text: str, offset: int) -> Location:
    """The line and column of a place in a text that is a whole file, such as a Markdown page."""
    return Location(shown, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
