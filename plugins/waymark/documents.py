"""Files to plain data, with the line of every value.

YAML is read event by event rather than loaded: nothing is ever constructed but dictionaries, lists
and text, depth and size are bounded, and two equal keys are seen. Every scalar stays text (`no`,
`1.10` and `12:30` mean what they say); the model of the record decides which field is a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from waymark.problems import Code, Location, Problem

# A plain-Python fallback would be twelve times slower without a word, so its absence is an import error.
from yaml import CSafeLoader

Path_: TypeAlias = tuple[str | int, ...]
"""Where a value stands in the data: keys and list indexes from the outside in."""

MAX_FILE_BYTES = 2_000_000
MAX_VALUE_LENGTH = 20_000
MAX_DEPTH = 8
MAX_PROBLEMS = 50
"""Problems reported for one file; a hostile file must not fill the terminal."""

# Control characters, byte order and direction overrides (they can hide text from a reviewer), zero-width space,
# private use (our renderer marks its own places with those) and non-characters.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ue000-\uf8ff\ufeff\ufffe\uffff]")

_YAML_ADVICE = (
    ("mapping values are not allowed", "A text that holds a colon followed by a space must stand in quotation marks, or on the lines after `>-`."),
    ("cannot start any token", "Indent with spaces, never with the tab key. A text that starts with @, `, % or & must stand in quotation marks."),
    ("while parsing a flow sequence", "A list in square brackets is not closed, or a comma is missing between two of its values."),
    ("while parsing a flow mapping", "A map in curly brackets is not closed, or a comma is missing between two of its fields."),
    ("quoted scalar", "A quotation mark is opened and never closed. An apostrophe inside '…' is written twice: ''."),
    ("unknown escape character", "Inside \"…\" a backslash is special. Use '…' instead, or write \\\\ for one backslash."),
    ("did not find expected key", "The indentation differs from the lines above, or something follows a closed bracket or quotation mark."),
    ("'-' indicator", "A list has lines that start with `- `; this line does not, or its indentation differs."),
)


@dataclass(frozen=True)
class Document:
    """One YAML file, or one record inside it."""

    path: str
    """Path as shown to people, relative to the project."""
    text: str = field(repr=False)
    data: dict[str, Any]
    prefix: Path_ = ()
    """Where `data` stands in the file: empty for a whole file."""

    def within(self, key: str) -> Document:
        """The record that stands under `key`."""
        return replace(self, data=self.data[key], prefix=(*self.prefix, key))

    def locate(self, loc: Path_ = (), snippet: str = "", *, key: bool = False) -> Location:
        """The place of the value at `loc`, of its key, or of the first `snippet` in it.

        Positions are not kept but found again when there is something to say: most files have no problem.
        A `loc` that is not in the file gives the nearest place above it.
        """
        keys, values = _positions(self.text)
        full = (*self.prefix, *loc)
        while full and full not in values:
            full = full[:-1]
        line, column = (keys if key else values).get(full, values.get(full, (1, 1)))
        if snippet:
            line, column = _find(self.text, snippet, line, column)
        return Location(self.path, line, column)


def read_text(path: Path, shown: str) -> tuple[str | None, list[Problem]]:
    """The text of a file, or None and the reasons why it cannot be used."""
    try:
        if not path.is_file():
            raise OSError("it is not a file")
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
    problems = [
        Problem(
            _at(shown, text, match.start()),
            Code.CONTROL_CHARACTER,
            f"An invisible character (U+{ord(match.group()):04X}) stands here.",
            "Delete it. It usually comes in by copying from another program.",
        )
        for match, _ in zip(_UNSEEN.finditer(text), range(MAX_PROBLEMS), strict=False)
    ]
    return (None if problems else text), problems


def read_document(path: Path, shown: str) -> tuple[Document | None, list[Problem]]:
    """The data of a YAML file that holds one map, or None; and every problem found on the way."""
    text, problems = read_text(path, shown)
    if text is None:
        return None, problems
    reader = _Reader(shown)
    data = reader.read(text)
    return (Document(shown, text, data) if data is not None else None), reader.problems


def locate_in_text(shown: str, text: str, offset: int) -> Location:
    """The line and column of a place in a text that is a whole file, such as a Markdown page."""
    return _at(shown, text, offset)


def write_yaml(data: dict[str, Any]) -> str:
    """Plain data as YAML text, in the order given; for exports and tests, never to rewrite a record."""
    text: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)
    return text


class _Reader:
    """Builds the data of one text from YAML events, with an explicit stack: no input can exhaust Python's."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.problems: list[Problem] = []
        self.keys: dict[Path_, tuple[int, int]] = {}
        self.values: dict[Path_, tuple[int, int]] = {}

    def read(self, text: str) -> dict[str, Any] | None:
        """The top map, or None if the file cannot be used at all."""
        try:
            return self._build(text)
        except yaml.MarkedYAMLError as error:
            self._syntax(error)
        except yaml.YAMLError as error:
            self._say(Code.YAML_SYNTAX, 1, 1, "The file is not valid YAML.", str(error))
        return None

    def _build(self, text: str) -> dict[str, Any] | None:
        top: Any = None
        stack: list[tuple[Any, Path_]] = []  # open containers, each with its place
        waiting: list[str | None] = []  # for each open container: the key that waits for its value
        skip = 0  # depth inside a part that is being left out
        documents = 0
        for event in yaml.parse(text, Loader=CSafeLoader):
            mark = event.start_mark
            line, column = mark.line + 1, mark.column + 1
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._say(Code.YAML_FEATURE, line, column, "A second document starts here.", "Delete the line `---`; a file holds one document.")
                    return None
                continue
            if isinstance(event, yaml.CollectionEndEvent):
                if skip:
                    skip -= 1
                else:
                    stack.pop()
                    waiting.pop()
                continue
            if not isinstance(event, yaml.NodeEvent):
                continue
            if len(self.problems) >= MAX_PROBLEMS:
                return None
            opens = isinstance(event, yaml.CollectionStartEvent)
            if skip:
                skip += opens
                continue
            self._refuse_features(event, line, column)

            container, here = stack[-1] if stack else (None, ())
            if isinstance(container, dict) and waiting[-1] is None:  # this event is a key
                if not isinstance(event, yaml.ScalarEvent) or not event.value:
                    self._say(Code.YAML_SYNTAX, line, column, "The name of a field must be plain text.", "Write `field: value`.")
                    skip += opens
                    waiting[-1] = ""
                    continue
                waiting[-1] = event.value
                place = (*here, event.value)
                if place in self.keys:
                    first = self.keys[place][0]
                    self._say(Code.DUPLICATE_KEY, line, column, f"'{event.value}' is written twice; the first is on line {first}.", "Keep one of the two.")
                    waiting[-1] = ""
                else:
                    self.keys[place] = (line, column)
                continue

            if container is None:
                place = ()
            elif isinstance(container, dict):
                name, waiting[-1] = waiting[-1], None
                if not name:  # the value of a key that was refused
                    skip += opens
                    continue
                place = (*here, name)
            else:
                place = (*here, len(container))
            self.values[place] = (line, column)
            value = self._value(event, place, line, column)
            if opens and len(stack) >= MAX_DEPTH:
                self._say(Code.YAML_FEATURE, line, column, "The values are nested too deeply.", "No field needs more than a list of small maps.")
                return None
            if container is None:
                if not isinstance(value, dict):
                    self._say(Code.WRONG_TYPE, line, column, "The file must hold fields, each written `field: value`.", "")
                    return None
                top = value
            elif isinstance(container, dict):
                if value is not None:
                    container[place[-1]] = value
            else:
                container.append(value if value is not None else "")
            if opens:
                stack.append((value, place))
                waiting.append(None)
        if top is None and not self.problems:
            self._say(Code.EMPTY_VALUE, 1, 1, "The file is empty.", "Write the record, or delete the file.")
        return top

    def _value(self, event: Any, place: Path_, line: int, column: int) -> Any:
        if isinstance(event, yaml.MappingStartEvent):
            return {}
        if isinstance(event, yaml.SequenceStartEvent):
            return []
        value = getattr(event, "value", "")
        if isinstance(event, yaml.AliasEvent):
            return None
        if len(value) > MAX_VALUE_LENGTH:
            fix = f"It has {len(value):,} characters; {MAX_VALUE_LENGTH:,} are allowed."
            self._say(Code.TOO_LARGE, line, column, "This value is too long.", fix)
            return None
        if not value.strip() or (not event.style and value in ("~", "null")):
            name = next((str(step) for step in reversed(place) if isinstance(step, str)), "The value")
            fix = "Write the value. If the sources are silent, write `not reported`; if nobody has looked yet, delete the line."
            self._say(Code.EMPTY_VALUE, line, column, f"'{name}' has no value.", fix)
            return None
        return value

    def _refuse_features(self, event: Any, line: int, column: int) -> None:
        fix = "Write the value out in plain form. If the text itself starts with & or * or !, put it in quotation marks."
        if isinstance(event, yaml.AliasEvent):
            self._say(Code.YAML_FEATURE, line, column, f"'*{event.anchor}' repeats another value (a YAML alias).", fix)
        elif event.anchor is not None:
            self._say(Code.YAML_FEATURE, line, column, f"'&{event.anchor}' gives a value a name (a YAML anchor).", fix)
        elif event.tag is not None:
            self._say(Code.YAML_FEATURE, line, column, f"'{event.tag[:60]}' is a YAML tag.", fix)

    def _syntax(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        said = f"{error.problem or ''} {error.context or ''}"
        fix = next((advice for words, advice in _YAML_ADVICE if words in said), "Compare the indentation with a record that passes.")
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        self._say(Code.YAML_SYNTAX, line, column, "The file is not valid YAML here, or just before.", fix)

    def _say(self, code: Code, line: int, column: int, message: str, fix: str) -> None:
        self.problems.append(Problem(Location(self.shown, line, column), code, message, fix))


@lru_cache(maxsize=8)
def _positions(text: str) -> tuple[dict[Path_, tuple[int, int]], dict[Path_, tuple[int, int]]]:
    reader = _Reader("")
    reader.read(text)
    return reader.keys, reader.values


def _find(text: str, snippet: str, line: int, column: int) -> tuple[int, int]:
    """Where `snippet` first stands at or after a place; the place itself if it is folded over two lines."""
    lines = text.split("\n")
    offset = sum(len(each) + 1 for each in lines[: line - 1]) + column - 1
    at = text.find(snippet, offset)
    if at < 0:
        return line, column
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _at(shown: str, text: str, offset: int) -> Location:
    return Location(shown, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
