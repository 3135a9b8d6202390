"""What to say of YAML that cannot be read.

The parser says what it waited for. An editor wants to know which line to change, why and how; so the lines around the
place are looked at first, for the slips that people make, and what the parser said comes second.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from waymark.problems import short

Help: TypeAlias = tuple[int, int, str, str]
"""Line and column, counted from 1; what is wrong; what to do."""

_ODD_SPACE = re.compile("\n *([\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])")
"""A space at the beginning of a line that YAML does not take for one. It comes in by copying from a web page or a text program."""
_FOLDED = "write `>-` behind the colon and the text on the next line, two spaces further in"
_QUOTE_IT = f"Put the text in quotation marks, '…'; or {_FOLDED}."
_APOSTROPHE = "An apostrophe inside '…' is written twice: ''."

_VALUE = r"^\s*(?:- +)?(?P<field>[A-Za-z][\w -]*):[ ]+"
_Sign: TypeAlias = tuple[re.Pattern[str], str, str]

_AT_THE_START: Sequence[_Sign] = (
    (re.compile(r"^[ ]*(?P<at>\t)"), "A tab stands at the beginning of the line.", "Delete it and indent with spaces, as the lines around it."),
    (re.compile(r"^(?P<at>```|~~~)"), "The marks of a code block belong to the guide, not to the record.", "Delete the line, and the other one like it."),
    (re.compile(r"^\s*(?P<at>//)"), "A note does not start with //.", "Start it with #, or delete the line."),
    (re.compile(r"^(?P<at>%)"), "The line starts with %.", "Delete the line; or, if it is part of a text, indent it."),
    (
        re.compile(r"^\s*(?P<at>[–—•‣·])\s"),
        "A list starts with another sign than the hyphen.",
        "Write an ordinary hyphen and a space: `- `. Text programs like to make a dash or a dot of it.",
    ),
    (
        re.compile(r"^\s*(?P<at>-)[A-Za-z]\w*:(?:\s|$)"),
        "There is no space behind the hyphen of the list.",
        "Write `- ` with a space, as in `- title: First step`.",
    ),
)
"""How a line begins that holds a common slip; what is wrong; what to do. The group `at` is the place."""
_ELSEWHERE: Sequence[_Sign] = (
    (re.compile(r"^\s*(?:- +)?[a-z]\w*:(?P<at>[^\s:/\"'\[{])"), "There is no space behind the colon.", "Write a space there, as in `start_year: 2012`."),
    (
        re.compile("^\\s*(?:- +)?[a-z]\\w*:(?P<at>[\u00a0\u2000-\u200a\u202f\u3000])"),
        "The space behind the colon is not an ordinary one.",
        "Delete it and type it again with the space bar.",
    ),
    (re.compile(r"^\s*(?:- +)?[a-z]\w* (?P<at>=) "), "An equals sign stands where a colon belongs.", "Write `field: value`."),
    (
        re.compile(rf"{_VALUE}(?P<at>[“”„‟«‘’‚]).*: "),
        "The quotation marks are those of a text program, and YAML does not know them.",
        "Use the straight ones of the keyboard: ' or \".",
    ),
    (
        re.compile(r"^(?:.*[\s{,])?(?:against|further_reading):[ ]+\[(?:[^\]]*,)?[ ]*(?P<at>@)"),
        "A key is written with @ here.",
        "Write the key alone, without @: `against: [papp2021returning]`. Only in a text does it stand as [@key, p. 3].",
    ),
    (
        re.compile(rf"{_VALUE}(?P<at>\[(?:(?:qualified|disputed) by +)?@)"),
        "A citation stands at the beginning of a value, without quotation marks.",
        "Put the whole value between two single quotation marks: '[@key, p. 3]'.",
    ),
    (re.compile(rf"{_VALUE}(?P<at>\[[^\[\]]*\][ ]*[^\s#,\]}}])"), "The text starts with a square bracket, so it is read as a list.", _QUOTE_IT),
    (re.compile(rf"{_VALUE}(?P<at>[@`%*&])"), "The text starts with {sign}, which YAML keeps for itself.", _QUOTE_IT),
    (re.compile(r"^\s*- +(?P<at>[@`%*&])"), "The text starts with {sign}, which YAML keeps for itself.", _QUOTE_IT),
    (
        re.compile(rf"{_VALUE}(?P<at>- )"),
        "A list begins behind the colon.",
        "Write each value on a line of its own below the field, `  - value`; or all of them in square brackets: [one, two].",
    ),
    (
        re.compile(rf"{_VALUE}[>|][+-]?(?P<at>[ ]+[^\s#])"),
        "Something stands behind the sign > or |, which says that a text begins on the next line.",
        "Move the text to the next line, two spaces further in. A text that itself starts with > stands in quotation marks.",
    ),
)
"""The same for slips further on in a line. Lines beside it may well hold a text in which such a sign is right."""

_SAID: Sequence[tuple[str, str, str]] = (
    (
        "while parsing a flow sequence",
        "A list in square brackets is not closed, or a comma is missing in it.",
        "Write [one, two]. A text that itself starts with [ stands in quotation marks.",
    ),
    (
        "while parsing a flow mapping",
        "A curly bracket is not closed, or a comma is missing between two fields.",
        "Write {first: one, second: two}.",
    ),
    ("while parsing a flow node", "A bracket is not closed, or a value is missing between two commas.", "Write [one, two] or {first: one, second: two}."),
    ("unknown escape character", 'A backslash stands inside "…", where it has a special meaning.', "Use '…' instead, or write \\\\ for one backslash."),
    ("quoted scalar", "A quotation mark is opened and never closed.", f"Write the same mark at the end of the text. {_APOSTROPHE}"),
    ("incompatible", "The line starts with %.", "Delete the line."),
    ("directive", "The line starts with %.", "Delete the line."),
    ("block scalar", "The text below > or | is not indented.", "Indent its lines by two spaces more than the field, and write nothing behind `>-` or `|-`."),
    ("tag", "The text starts with a sign that YAML keeps for itself.", _QUOTE_IT),
    ("alias", "The text starts with a sign that YAML keeps for itself.", _QUOTE_IT),
    ("anchor", "The text starts with a sign that YAML keeps for itself.", _QUOTE_IT),
    ("cannot start any token", "The text starts with a sign that YAML keeps for itself.", _QUOTE_IT),
    ("while parsing a node", "The text starts with a sign that YAML keeps for itself.", _QUOTE_IT),
    (
        "did not find expected key",
        "The line starts further to the left or right than its neighbours, or something follows a closed bracket or quotation mark.",
        "Start it below the first letter of the fields it belongs to.",
    ),
    (
        "'-' indicator",
        "This line stands in a list, and is not written like the other items.",
        "Each item starts with a hyphen and a space, `- `, below the hyphen of the item before. Fields of an item stand below its first field.",
    ),
    (
        "while scanning a simple key",
        "This line has no colon.",
        "Write `field: value`; start an item of a list with `- `; indent a line that belongs to a text.",
    ),
)
"""Words of the parser; what is wrong; what to do. The first that fits."""

_FIELD = re.compile(r"\s*(?:- +)?[A-Za-z_][\w-]*:(?:\s|$)")
_OPENED = re.compile(rf"(?:{_VALUE}|^\s*- +|.*[:,\[{{] *)(?P<at>(?P<mark>['\"]).*)$")
_OPENS_TEXT = re.compile(r"\s*(?:- +)?(?P<field>[A-Za-z][\w-]*): +[>|][+-]?\s*(?:#.*)?$")
_ITEM = re.compile(r"\s*- ")
_FAR = 12
"""Lines above the place that are looked at for an item or field that the line should stand below."""
_NEAR = 3
"""Lines above the place that are looked at for a quotation mark that was not closed."""


def odd_space(text: str) -> Help | None:
    """What to say of the first line that starts with a space which YAML does not take for one."""
    match = _ODD_SPACE.search(f"\n{text}")
    if not match:
        return None
    line, start = text.count("\n", 0, match.start(1) - 1) + 1, match.start(1) - match.start()
    message = f"The line starts with a space that is not an ordinary one (U+{ord(match[1]):04X})."
    return line, start, message, "Delete the spaces at the beginning of the line and type them again with the space bar."


def syntax_help(lines: Sequence[str], line: int, column: int, said: str) -> Help:
    """Where an editor should look, what is wrong and what to do.

    Args:
        lines: The lines of the file.
        line: Where the parser stopped, counted from 1.
        column: The same.
        said: What the parser waited for, in its words.
    """
    for look in (_sign, _indented, _text_below, _opened, _unaligned, _colon):
        if found := look(lines, line, said):
            return found
    for words, message, fix in _SAID:
        if words in said:
            return line, column, message, fix
    return line, column, "The file cannot be read here, or just before.", "Compare the line and its indentation with a record that passes."


def _sign(lines: Sequence[str], line: int, said: str) -> Help | None:
    """A slip that shows in one line: where the parser stopped, or at the beginning of the one before or after."""
    near = dict.fromkeys((line, max(line - 1, 1), min(line + 1, len(lines))))
    looks = [*((number, sign) for number in near for sign in _AT_THE_START), *((line, sign) for sign in _ELSEWHERE)]
    for number, (pattern, message, fix) in looks:
        if match := pattern.match(lines[number - 1]):
            return number, match.start("at") + 1, message.replace("{sign}", match["at"]), fix
    return None


def _indented(lines: Sequence[str], line: int, said: str) -> Help | None:
    """A field that starts further to the right than the complete field above it."""
    text, above = lines[line - 1], _above(lines, line)
    if "mapping values" not in said or not above or not _FIELD.match(text) or not _FIELD.match(above):
        return None
    start, other = _start(text), _start(above)
    if start <= other or re.search(r":\s*(?:[>|][+-]?)?\s*$", above) or len(re.findall(r":(?= |$)", text)) > 1:
        return None
    fix = f"If it is a field, write {_spaces(other)} before it, as in the line above. If it belongs to the text above, put that text in quotation marks."
    return line, start + 1, "The line starts further to the right than the field above it.", fix


def _text_below(lines: Sequence[str], line: int, said: str) -> Help | None:
    """A text below `>-` that is not indented."""
    above = _above(lines, line)
    if above and (match := _OPENS_TEXT.match(above)) and _start(lines[line - 1]) <= _start(above):
        fix = f"Begin each of its lines with at least {_spaces(_start(above) + 2)}."
        return line, _start(lines[line - 1]) + 1, f"The text of '{match['field']}' is not indented.", fix
    return None


def _opened(lines: Sequence[str], line: int, said: str) -> Help | None:
    """A quotation mark that is not closed where it should be, or closed too early."""
    if "did not find expected" not in said and "quoted scalar" not in said:
        return None
    for number in range(line, max(line - _NEAR, 0), -1):
        match = _OPENED.match(lines[number - 1])
        if not match:
            continue
        mark, rest = match["mark"], match["at"]
        closed = re.match(r"'(?:[^']|'')*'" if mark == "'" else r'"(?:[^"\\]|\\.)*"', rest)
        at = match.start("at") + 1
        if not closed:
            fix = f"Write {mark} at the end of the text." + (f" {_APOSTROPHE}" if mark == "'" else "")
            return number, at, "A quotation mark is opened here and not closed on this line.", fix
        after = rest[closed.end() :].strip()
        if number == line and after and after[0] not in ",]}#":
            fix = f"Put the whole text into one pair of them. {_APOSTROPHE}" if mark == "'" else "Put the whole text into '…', or leave them out."
            return number, at + closed.end(), f"The text ends at the second {mark}, and more follows: '{short(after)}'.", fix
    return None


def _unaligned(lines: Sequence[str], line: int, said: str) -> Help | None:
    """An item or a field that does not stand below the one before it."""
    text = lines[line - 1]
    is_item, what = bool(_ITEM.match(text)), "hyphen" if _ITEM.match(text) else "field"
    if not (is_item or _FIELD.match(text)) or not ("expected key" in said or "'-' indicator" in said):
        return None
    for number in range(line - 1, max(line - _FAR, 0), -1):
        above = lines[number - 1]
        if not (_ITEM if is_item else _FIELD).match(above):
            continue
        # The first field of an item stands behind its hyphen.
        other = _start(above) if is_item else len(re.match(r"\s*(?:- +)?", above)[0])  # type: ignore[index]
        if 0 < abs(other - _start(text)) <= 3:
            return line, _start(text) + 1, f"The {what} does not stand below the {what} of line {number}.", f"Write {_spaces(other)} before it."
        return None
    return None


def _colon(lines: Sequence[str], line: int, said: str) -> Help | None:
    """A colon inside a text, or a field whose colon is missing."""
    text = lines[line - 1]
    colons = [match.start() for match in re.finditer(r":(?= |$)", text)]
    if "mapping values" in said and colons:
        where = colons[1] if len(colons) > 1 else colons[0]
        return line, where + 1, "A colon with a space behind it stands inside a text, so a new field seems to begin.", _QUOTE_IT
    field = re.match(r"\s*([a-z][a-z_]*)(?: +(?:[>|][+-]?|\[.*\]|[\w -]{1,40}))?$", text)
    if "simple key" in said and field and not re.search(r"[.!?)\]]$", text.rstrip("]")):
        name = field[1]
        return (
            line,
            _start(text) + len(name) + 1,
            "This line has no colon.",
            f"If '{name}' is a field, write `{name}:`; a line of a text is indented; an item starts with `- `.",
        )
    return None


def _above(lines: Sequence[str], line: int) -> str:
    """The nearest line above that holds something."""
    return next((each for each in reversed(lines[: line - 1]) if each.strip()), "")


def _start(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _spaces(number: int) -> str:
    return {0: "no space", 1: "1 space"}.get(number, f"{number} spaces")
