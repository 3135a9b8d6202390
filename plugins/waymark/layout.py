"""Plain data to YAML in the layout of our files: two spaces, `>-` for long texts, `[a, b]` for short lists, one field a line.

Only text, lists and maps, as `documents` reads them back. What is written here is read back unchanged.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

WIDTH = 110
"""Characters of a line, indentation included; what cannot be broken may be longer."""
_SHORT = 60
"""Characters of a text that may stand in brackets with others."""
_ONE_LINE = ("relations",)
"""Lists whose items are maps on one line each, where they fit."""

_PLAIN = re.compile(r"""(?![-?:,\[\]{}#&*!|>'"%@`~=\s])(?!null$)(?:(?!:(?:\s|$)|\s#)[^\n\t])*(?<!\s)""")
"""A text that needs no quotation marks: no mark of YAML at its start, no colon before a space, no # behind one."""
_FLOW_MARKS = re.compile(r"[,\[\]{}]|:$|:(?=\S)")
"""What would end a text inside brackets."""
_FOLDS = re.compile(r"\S+(?: \S+)*")
"""A text that can be broken over lines and put together again: words with one space between them."""


_UNSAFE_LINES = re.compile(r"\A\s|^[ \t]|[ \t]$|\s\Z|\t", re.MULTILINE)
"""What would get lost or be misread where the lines of a text are kept."""
_WORDS = re.compile(r"\[@[^\]\s]{1,60} [^\]]{1,60}\]\S*|\S+")
"""Where such a text is broken: between words, and not inside a citation that is not too long."""


def lines_of(name: str, value: Any, indent: int = 0) -> Iterator[str]:
    """The lines of one field.

    Args:
        name: The field.
        value: Text, list or map, of any depth.
        indent: Spaces before the field.
    """
    space = " " * indent
    if isinstance(value, Mapping) and value:
        yield f"{space}{name}:"
        yield from _map_lines(value, indent + 2)
    elif isinstance(value, Sequence) and not isinstance(value, str) and any(not isinstance(each, str) or len(each) > _SHORT for each in value):
        yield f"{space}{name}:"
        for each in value:
            yield from _item_lines(name, each, indent + 2)
    elif isinstance(value, str):
        yield from _text_lines(f"{space}{name}:", value, indent + 2)
    else:
        yield from _wrapped(f"{space}{name}: [", [_in_brackets(each) for each in value], "]", indent + 4)


def _map_lines(value: Mapping[str, Any], indent: int) -> Iterator[str]:
    for name, each in value.items():
        yield from lines_of(_scalar(name), each, indent)


def _item_lines(name: str, value: Any, indent: int) -> Iterator[str]:
    """One item of a list that has one line or more for each."""
    if not isinstance(value, Mapping):
        yield from _text_lines(f"{' ' * indent}-", str(value), indent + 2)
        return
    flow = "{" + ", ".join(f"{key}: {_in_brackets(each)}" for key, each in value.items() if isinstance(each, str)) + "}"
    if name in _ONE_LINE and indent + 2 + len(flow) <= WIDTH and all(isinstance(each, str) for each in value.values()):
        yield f"{' ' * indent}- {flow}"
        return
    first = True
    for line in _map_lines(value, indent + 2):
        yield f"{' ' * indent}- {line[indent + 2 :]}" if first else line
        first = False


def _text_lines(head: str, text: str, indent: int) -> Iterator[str]:
    short = _scalar(text)
    if len(head) + 1 + len(short) <= WIDTH and (short == text or ("\n" not in text and len(text) < 60)):
        yield f"{head} {short}"
    elif _FOLDS.fullmatch(text):
        yield f"{head} >-"
        yield from _wrapped(" " * indent, _WORDS.findall(text), "", indent, separator=" ")
    elif "\n" in text and not _UNSAFE_LINES.search(text):
        yield f"{head} |-"
        yield from (f"{' ' * indent}{line}" if line else "" for line in text.split("\n"))
    else:
        yield f"{head} {short}"


def _wrapped(head: str, words: Sequence[str], tail: str, indent: int, separator: str = ", ") -> Iterator[str]:
    """Words over as many lines as they need; the first starts behind `head`, the others at `indent`."""
    line, is_start = head, True
    for number, word in enumerate(words):
        after = tail if number == len(words) - 1 else separator.rstrip()
        if not is_start and len(line) + len(separator) - len(separator.rstrip()) + len(word) + len(after) > WIDTH:
            yield line.rstrip()
            line, is_start = " " * indent, True
        line += ("" if is_start else " ") + word + after
        is_start = False
    yield line if words else line + tail


def _scalar(text: str) -> str:
    """A text on one line, in quotation marks where it needs them."""
    if _PLAIN.fullmatch(text):
        return text
    if text and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=False)


def _in_brackets(text: str) -> str:
    """A text as an item of `[…]` or a value of `{…}`."""
    short = _scalar(text)
    return "'" + text.replace("'", "''") + "'" if short == text and _FLOW_MARKS.search(text) else short
