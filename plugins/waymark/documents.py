"""YAML to plain data, with the line of every value.

YAML is read event by event rather than loaded: nothing is ever constructed but dictionaries, lists
and text, depth and size are bounded, and two equal keys are seen. Every scalar stays text (`no`,
`1.10` and `12:30` mean what they say); the model of the record decides which field is a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from sys import intern
from typing import Any, TypeAlias

import yaml

# A plain-Python fallback would be twelve times slower without a word, so its absence is an import error.
from yaml import CSafeLoader
from yaml.events import AliasEvent, DocumentStartEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from waymark.files import UNSEEN, read_text
from waymark.problems import MAX_PROBLEMS, Code, Location, Problem, limited, short
from waymark.syntax import odd_space, syntax_help

Path_: TypeAlias = tuple[str | int, ...]
"""Where a value stands in the data: keys and list indexes from the outside in."""

MAX_VALUE_LENGTH = 20_000
MAX_DEPTH = 8
_STARTS = (MappingStartEvent, SequenceStartEvent)
_ENDS = (MappingEndEvent, SequenceEndEvent)

_CONFLICT = re.compile(r"^(?:<{7} |={7}$|>{7} )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file, or one record inside it."""

    path: str
    """Path as shown to people, relative to the project."""
    text: str = field(repr=False)
    data: dict[str, Any]
    prefix: Path_ = ()
    """Where `data` stands in the file: empty for a whole file."""

    def within(self, key: str | int) -> Document:
        """The record that stands under `key`, or at a place of a list."""
        return replace(self, data=self.data[key], prefix=(*self.prefix, key))  # type: ignore[index]  # a list has places

    def without_data(self) -> Document:
        """The document once its record is made: it can still say where a value stands."""
        return replace(self, data={})

    def without_text(self) -> Document:
        """The document once all is checked: it says only where the record comes from."""
        return replace(self, text="")

    def locate(self, loc: Path_ = (), snippet: str = "", *, skip: int = 0, key: bool = False) -> Location:
        """The place of the value at `loc`, of its key, or of `snippet` in it after `skip` others like it.

        Positions are not kept but found again when there is something to say: most files have no problem.
        A `loc` that is not in the file gives the nearest place above it.
        """
        keys, values = _positions(self.text)
        full = (*self.prefix, *loc)
        while full and full not in values:
            full = full[:-1]
        line, column = (keys if key else values).get(full, values.get(full, (1, 1)))
        if snippet:
            line, column = _find(self.text, snippet, line, column, skip)
        return Location(self.path, line, column)


def read_document(path: Path, shown: str) -> tuple[Document | None, list[Problem]]:
    """The data of a YAML file that holds one map, or None; and every problem found on the way.

    A value that has a problem is None in the data, so that whoever reads on need not complain of it again.
    """
    text, problems = read_text(path, shown)
    if text is None:
        return None, problems
    reader = _Reader(shown)
    data = reader.read(text)
    return (Document(shown, text, data) if data is not None else None), reader.problems


class _Reader:
    """Builds the data of one text from YAML events, with an explicit stack: no input can exhaust Python's."""

    def __init__(self, shown: str, *, keeps_places: bool = False) -> None:
        self.shown = shown
        self.keeps_places = keeps_places
        self.problems: list[Problem] = []
        self.keys: dict[Path_, tuple[int, int]] = {}
        self.values: dict[Path_, tuple[int, int]] = {}
        self.text, self.lines = "", [""]

    def read(self, text: str) -> dict[str, Any] | None:
        """The top map, or None if the file cannot be used at all."""
        self.text, self.lines = text, text.split("\n")
        if conflict := _CONFLICT.search(text):
            fix = "Keep one of the two versions, and delete the lines that start with <<<<<<<, ======= and >>>>>>>."
            line = text.count("\n", 0, conflict.start()) + 1
            self._say(Code.YAML_SYNTAX, line, 1, "Two versions of the file were merged and their conflict is still here.", fix)
            return None
        if odd := odd_space(text):
            self._say(Code.YAML_SYNTAX, *odd)
            return None
        try:
            return self._build(text)
        except yaml.MarkedYAMLError as error:
            self._syntax(error)
        except yaml.YAMLError:
            self._say(Code.YAML_SYNTAX, 1, 1, "The file is not valid YAML.", "It holds a character that YAML does not allow.")
        return None

    def _build(self, text: str) -> dict[str, Any] | None:
        top: dict[str, Any] | None = None
        container: Any = None  # the map or list that is open
        here: Path_ = ()
        begun = (1, 1)  # where the container begins
        name: str | None = None  # in a map: the key that waits for its value; empty if the key was refused
        outer: list[tuple[Any, Path_, tuple[int, int]]] = []  # what is open around the container, each with its place and beginning
        skip = 0  # depth inside a part that is being left out
        documents, last = 0, len(self.lines)
        event: Any
        for event in iter(CSafeLoader(text).get_event, None):
            kind = type(event)
            if kind in _ENDS:
                if skip:
                    skip -= 1
                    continue
                is_empty, ended, at = not container, here, begun
                container, here, begun = outer.pop()
                if is_empty and container is not None:
                    self._say_empty(ended, *at)
                    container[ended[-1]] = None
                continue
            opens = kind in _STARTS
            if skip:
                skip += opens
                continue
            mark = event.start_mark
            # YAML counts a last line end that may not be there.
            line, column = (mark.line + 1, mark.column + 1) if mark.line < last else self._place(mark)
            if not opens and kind is not ScalarEvent and kind is not AliasEvent:
                documents += kind is DocumentStartEvent
                if documents > 1:
                    self._say(Code.YAML_FEATURE, line, column, "A second document starts here.", "Delete the line `---`; a file holds one document.")
                    return None
                continue
            is_refused = (event.anchor is not None or event.tag is not None) and self._refuse_features(event, line, column)
            if len(self.problems) >= MAX_PROBLEMS:
                self.problems = limited(iter([*self.problems, self.problems[0]]), self.shown)
                return None

            if name is None and type(container) is dict:  # this event is a key
                name = "" if is_refused else self._key(event, container, here, line, column)
                skip += opens
                continue
            if name == "":  # the value of a key that was refused
                name = None
                skip += opens
                continue

            step: str | int = name if name is not None else len(container or ())
            name = None
            if self.keeps_places:
                self.values[(*here, step) if container is not None else ()] = (line, column)
            value: Any = None
            if is_refused:
                skip += opens
                opens = False
            elif opens:
                value = {} if kind is MappingStartEvent else []
            else:
                value = self._text(event, (here, step), line, column)
            if opens and len(outer) >= MAX_DEPTH:
                self._say(Code.YAML_FEATURE, line, column, "The values are nested too deeply.", "No field needs more than a list of small maps.")
                return None
            if container is None:
                if is_refused:
                    return None
                if not isinstance(value, dict):
                    fix = "Write a space after each colon. Neither a text nor a list can stand alone."
                    self._say(Code.WRONG_TYPE, line, column, "The file must hold fields, each written `field: value`.", fix)
                    return None
                top = value
            elif type(container) is dict:
                container[step] = value
            else:
                container.append(value)
            if opens:
                place = (*here, step) if container is not None else ()
                outer.append((container, here, begun))
                container, here, begun = value, place, (line, column)
        if top is None and not self.problems:
            self._say(Code.EMPTY_VALUE, 1, 1, "The file is empty.", "Write the record, or delete the file.")
        return top

    def _key(self, event: Any, container: dict[str, Any], here: Path_, line: int, column: int) -> str:
        """The name of a field; empty if there is a problem with it, so that its value is left out."""
        if type(event) is not ScalarEvent or not event.value:
            self._say(Code.YAML_SYNTAX, line, column, "The name of a field must be plain text.", "Write `field: value`.")
            return ""
        name = intern(event.value)
        if event.style == '"' and self._has_unseen(event, line, column):
            return ""
        if name in container:
            first = "" if self.keeps_places else f"; the first is on line {_positions(self.text)[0][(*here, name)][0]}"
            self._say(Code.DUPLICATE_KEY, line, column, f"'{short(name)}' is written twice{first}.", "Keep one of the two.")
            return ""
        if self.keeps_places:
            self.keys[(*here, name)] = (line, column)
        return name

    def _text(self, event: Any, place: tuple[Path_, str | int], line: int, column: int) -> str | None:
        """The text of a scalar; None if there is a problem with it, which is then said here once and for all.

        The place comes in two pieces, because to join them for each value would take a tenth of the reading.
        """
        value: str = event.value
        if event.style == '"' and self._has_unseen(event, line, column):
            return None
        if len(value) > MAX_VALUE_LENGTH:
            fix = f"It has {len(value):,} characters; {MAX_VALUE_LENGTH:,} are allowed."
            self._say(Code.TOO_LARGE, line, column, "This value is too long.", fix)
            return None
        if not value or value.isspace() or (not event.style and value in ("~", "null")):
            self._say_empty((*place[0], place[1]), line, column)
            return None
        return value

    def _say_empty(self, place: Path_, line: int, column: int) -> None:
        name = next((step for step in reversed(place) if isinstance(step, str)), "")
        fix = "Write the value. If the sources are silent, write `not reported`; if nobody has looked yet, delete the line."
        if place and isinstance(place[-1], int):
            self._say(Code.EMPTY_VALUE, line, column, f"An item of '{short(name)}' is empty.", "Write the item, or delete it.")
        else:
            self._say(Code.EMPTY_VALUE, line, column, f"'{short(name)}' has no value.", fix)

    def _has_unseen(self, event: Any, line: int, column: int) -> bool:
        """True if a text in double quotation marks holds an escape such as \\u202e for what may not stand in the file itself."""
        found = UNSEEN.search(event.value)
        if found:
            message = f"An escape in this text stands for an invisible character (U+{ord(found.group()):04X})."
            self._say(Code.CONTROL_CHARACTER, line, column, message, "Delete the escape, or write the text in '…', where a backslash means nothing.")
        return found is not None

    def _refuse_features(self, event: Any, line: int, column: int) -> bool:
        """Says that a value uses what records do not need: an alias, an anchor or a tag. Always True."""
        fix = "Write the value out in plain form. If the text itself starts with & or * or !, put it in quotation marks."
        if type(event) is AliasEvent:
            self._say(Code.YAML_FEATURE, line, column, f"'*{event.anchor}' repeats another value (a YAML alias).", fix)
        elif event.anchor is not None:
            self._say(Code.YAML_FEATURE, line, column, f"'&{event.anchor}' gives a value a name (a YAML anchor).", fix)
        else:
            self._say(Code.YAML_FEATURE, line, column, f"'{short(event.tag.replace('tag:yaml.org,2002:', '!!'))}' is a YAML tag.", fix)
        return True

    def _place(self, mark: Any) -> tuple[int, int]:
        """Line and column of a mark, at most the end of the text."""
        if mark is None:
            return 1, 1
        return (mark.line + 1, mark.column + 1) if mark.line < len(self.lines) else (len(self.lines), len(self.lines[-1]) + 1)

    def _syntax(self, error: yaml.MarkedYAMLError) -> None:
        mark, opened = error.problem_mark or error.context_mark, error.context_mark
        said = f"{error.problem or ''} {error.context or ''}"
        if mark and opened and mark.line > opened.line and "block mapping" not in said and "block collection" not in said:
            mark = opened  # what is never closed is noticed only much later
        line, column, message, fix = syntax_help(self.lines, *self._place(mark), said)
        # A field just above without a value is what the slip looks like from there.
        self.problems = [each for each in self.problems if each.code is not Code.EMPTY_VALUE or each.location.line < line - 1]
        self._say(Code.YAML_SYNTAX, line, column, message, fix)

    def _say(self, code: Code, line: int, column: int, message: str, fix: str) -> None:
        self.problems.append(Problem(Location(self.shown, line, column), code, message, fix))


@lru_cache(maxsize=8)
def _positions(text: str) -> tuple[dict[Path_, tuple[int, int]], dict[Path_, tuple[int, int]]]:
    reader = _Reader("", keeps_places=True)
    reader.read(text)
    return reader.keys, reader.values


def _find(text: str, snippet: str, line: int, column: int, skip: int) -> tuple[int, int]:
    """Where `snippet` stands at or after a place, after `skip` others; it may be folded over lines. Else the place itself."""
    lines = text.split("\n")
    offset = sum(len(each) + 1 for each in lines[: line - 1]) + column - 1
    words = r"\s+".join(re.escape(word) for word in snippet.split())
    match = next(islice(re.finditer(words, text[offset:]), skip, None), None)
    if not match:
        return line, column
    at = offset + match.start()
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


# Where everything stands -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Node:
    """A value as it stands in a text, with its place. Lines and columns are counted from 0 here, as in a list of lines."""

    form: str
    """`map`, `list` or `text`."""
    start: tuple[int, int]
    end: tuple[int, int]
    """For a map or list without brackets somewhere behind its last line, for a block of text too."""
    style: str
    """Of a text the mark it starts with: `|`, `>` or a quotation mark. Of a map or list in brackets that bracket. Else empty."""
    keys: tuple[Node, ...] = ()
    """Of a map the names of its fields."""
    values: tuple[Node, ...] = ()
    """Of a map the value of each field, of a list its items."""
    text: str = ""
    """Of a text that is a key: its words."""


def tree_of(text: str) -> Node | None:
    """The tree of a text that `read_document` could read; None for one that holds nothing.

    This is for what changes files; whoever only wants values reads them as a `Document`.
    """
    found = yaml.compose(text, Loader=CSafeLoader)
    return _node(found) if found is not None else None


def _node(found: Any) -> Node:
    start, end = ((mark.line, mark.column) for mark in (found.start_mark, found.end_mark))
    if isinstance(found, yaml.MappingNode):
        keys, values = (tuple(_node(pair[side]) for pair in found.value) for side in (0, 1))
        return Node("map", start, end, "{" if found.flow_style else "", keys, values)
    if isinstance(found, yaml.SequenceNode):
        return Node("list", start, end, "[" if found.flow_style else "", values=tuple(_node(each) for each in found.value))
    return Node("text", start, end, found.style or "", text=found.value)


def data_of(text: str) -> dict[str, Any] | None:
    """The data of a text, whatever is wrong with it."""
    return _Reader("").read(text)
