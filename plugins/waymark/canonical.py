"""The canonical form of a file of records: one order of fields, one indentation. Lines are moved, values and comments are not touched.

What counts as canonical is little on purpose:

- the fields of a record, and of the small maps in it, in the order of the models;
- two spaces for each level, `- ` below the name of its list and two spaces further in;
- one empty line between the records of a file, never two together; none at the end of the file, which ends with a line end;
- no spaces at the end of a line where they mean nothing.

Lines are not wrapped anew, quotation marks and brackets stay as the editor wrote them. Nothing of a value is ever
written again; its lines are cut out and put elsewhere. What was read from the text before and after is compared, and if
it differs the text stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from waymark.documents import Node, data_of, tree_of
from waymark.kinds import KINDS, Kind
from waymark.models import fields_of
from waymark.validate import models_in

Order: TypeAlias = Callable[[tuple[str, ...]], Sequence[str]]
"""The order of the fields of a map, by the names above it; empty if they stay as they are."""

_SCHEMA_LINE = "# yaml-language-server:"
_HEADER = re.compile(r"[|>][+-]?([1-9])?[+-]?(?:\s+#.*)?\s*$")
"""What follows the name of a field whose text is on the next lines."""

_OFF = re.compile(r"^#(  +)")
"""A line of a field that is switched off: the # stands at the left edge, before the indentation."""


class _Unclear(Exception):
    """A form that is not worth the risk of moving its lines; with the line where it stands, counted from 0."""


def canonical_text(text: str, order: Order, *, records: bool) -> tuple[str | None, int]:
    """A text in its canonical form, or None and the line at which lines cannot be moved safely.

    Args:
        text: YAML that `read_document` could read.
        order: The order of fields.
        records: True if the file maps ids to records, which an empty line parts from one another.
    """
    try:
        made = _made(text, order, records=records)
    except _Unclear as place:
        return None, place.args[0] + 1
    # Whatever the text was, nothing may be lost: values, their order within lists, and remarks.
    return (made if data_of(made) == data_of(text) and _remarks(made) == _remarks(text) else None), 1


def order_of_kind(kind: Kind, *, records: bool) -> Order:
    """The order of the fields of a kind, in a file that holds one record or a map of all."""
    own = fields_of(kind.model)

    def order(above: tuple[str, ...]) -> Sequence[str]:
        below = above[1:] if records else above
        if records and not above:
            return ()  # the order of records is the editors'
        if not below:
            return own
        if below[0] == "basis":
            return own
        field = kind.model.model_fields.get(below[0])
        models = models_in(field.annotation) if field and len(below) == 1 else ()
        return tuple(models[0].model_fields) if models else ()

    return order


def order_of_file(name: str, folder: str) -> tuple[Order, bool] | None:
    """The order of fields for a file below `data/`, and whether it holds several records; None for a file that holds no records.

    Args:
        name: The file without `.yaml`.
        folder: The folder it is in; empty for `data/` itself.
    """
    for kind in KINDS.values():
        if kind.plural in (name if not folder else "", folder):
            return order_of_kind(kind, records=not folder), not folder
    return None


# Lines -------------------------------------------------------------------------------------------


def _made(text: str, order: Order, *, records: bool) -> str:
    tree = tree_of(text)
    if tree is None or tree.form != "map" or tree.style:
        raise _Unclear(0)
    lines = text.split("\n")
    above = lines[: tree.keys[0].start[0]]
    head, remarks = _parted_header(above)
    pieces = _Pieces(lines, order)
    blocks = pieces.of_map(tree, (), 0, len(lines), remarks)
    if records:
        made = [line for number, block in enumerate(blocks) for line in ([""] if number and block[0] else []) + block]
    else:
        made = [line for block in blocks for line in block]
    if head and records:
        head.append("")
    return "\n".join(_tidied([*head, *made])).strip("\n") + "\n"


def _parted_header(above: list[str]) -> tuple[list[str], list[str]]:
    """The lines above the first field: what is about the file, and what is about that field and moves with it."""
    last = max((number for number, line in enumerate(above) if not line.strip() or line.startswith(_SCHEMA_LINE)), default=-1)
    return above[: last + 1], above[last + 1 :]


def _tidied(lines: Sequence[str]) -> Iterator[str]:
    """Without a second empty line in a row. An empty line is "" here; those inside a text are None-marked, see `_KEEP`."""
    before = ""
    for line in lines:
        if line or before:
            yield line.removeprefix(_KEEP)
        before = line


_KEEP = "\0"
"""Marks a line inside a text of several lines, of which nothing may be changed any more."""


class _Pieces:
    """The lines of a text, cut by its tree."""

    def __init__(self, lines: list[str], order: Order) -> None:
        self.lines = lines
        self.order = order

    def of_map(self, node: Node, above: tuple[str, ...], indent: int, until: int, remarks: Sequence[str]) -> list[list[str]]:
        """The fields of a map as blocks of lines, in order.

        Args:
            node: A map without brackets.
            above: Names of the fields above it.
            indent: Where its fields are to stand.
            until: The line behind its last one.
            remarks: Lines of remarks that stand above its first field and move with it.
        """
        keys = node.keys
        column = keys[0].start[1]
        for key in keys:
            if key.form != "text" or key.style in ("|", ">") or key.start[0] != key.end[0] or key.start[1] != column:
                raise _Unclear(key.start[0])
        blocks: dict[int, list[str]] = {}
        leading = list(remarks)
        for number, (key, value) in enumerate(zip(keys, node.values, strict=True)):
            stop = keys[number + 1].start[0] if number + 1 < len(keys) else until
            end = self._last_line(value, key.start[0], column)
            rest = self.lines[end + 1 : stop]
            cut = _end_of_own(rest, column)
            own = self._of_pair(key, value, above, indent, end + 1 + cut, end)
            blocks[number] = [*_placed(leading, indent), *own]
            leading = rest[cut:]
        wanted = {name: place for place, name in enumerate(self.order(above))}
        ordered = sorted(blocks, key=lambda number: wanted.get(keys[number].text, len(wanted))) if wanted else list(blocks)
        made = [blocks[number] for number in ordered]
        if any(line.strip() for line in leading):
            made.append(_placed(leading, indent))
        return made

    def _of_pair(self, key: Node, value: Node, above: tuple[str, ...], indent: int, until: int, end: int) -> list[str]:
        row, column = key.start
        head = " " * indent + self.lines[row][column:]
        if value.form == "text" or value.style:
            return [*self._of_value(head, value, column, indent, row, end, above=(*above, key.text)), *_shifted(self.lines[end + 1 : until], indent - column)]
        first = value.start[0]
        if first <= row:
            raise _Unclear(row)
        between = _placed(self.lines[row + 1 : first], indent + 2)
        inner = self._of_block(value, (*above, key.text), indent + 2, until)
        return [head.rstrip(), *between, *inner]

    def _of_block(self, value: Node, above: tuple[str, ...], indent: int, until: int) -> list[str]:
        """The lines of a map or list without brackets."""
        if value.form == "map":
            return [line for block in self.of_map(value, above, indent, until, ()) for line in block]
        return [line for item in self._items(value, above, indent, until) for line in item]

    def _items(self, node: Node, above: tuple[str, ...], indent: int, until: int) -> Iterator[list[str]]:
        """The items of a list whose items start with a dash."""
        column = node.start[1]
        dashes = [self._dash_of(child, column) for child in node.values]
        leading: list[str] = []
        for number, child in enumerate(node.values):
            row = dashes[number]
            stop = dashes[number + 1] if number + 1 < len(dashes) else until
            end = self._last_line(child, row, column)
            rest = self.lines[end + 1 : stop]
            cut = _end_of_own(rest, column)
            if child.form == "text" or child.style:
                if child.start[0] != row:
                    raise _Unclear(row)
                head = " " * indent + "- " + self.lines[row][child.start[1] :]
                own = [*self._of_value(head, child, column, indent, row, end, above=above), *_shifted(self.lines[end + 1 : end + 1 + cut], indent - column)]
            elif child.form == "map" and child.start[0] == row:
                own = [line for block in self.of_map(child, above, indent + 2, end + 1 + cut, ()) for line in block]
                start = next(place for place, line in enumerate(own) if not _is_remark(line) and line)
                own[start] = f"{' ' * indent}- {own[start][indent + 2 :]}"
                own = [*_placed([line for line in own[:start] if line], indent), *own[start:]]
            else:
                raise _Unclear(row)  # a list in a list, or a dash alone on its line
            yield [*_placed(leading, indent), *own]
            leading = rest[cut:]
        if any(line.strip() for line in leading):
            yield _placed(leading, indent)

    def _of_value(self, head: str, value: Node, column: int, indent: int, row: int, end: int, above: tuple[str, ...]) -> list[str]:
        """The lines of a text, or of what stands in brackets; only their indentation changes."""
        if value.style in ("|", ">"):
            inside = self.lines[row + 1 : end + 1]
            given = next((_column(line) for line in inside if line.strip()), column + 2)
            by = indent - column if _indicator(head) else indent + 2 - given
            return [head.rstrip(), *(_KEEP + _moved(line, by) for line in inside)]
        if end == row:
            if value.style == "{" and value.start[0] == row:
                head = self._sorted_brackets(head, value, column, indent, above)
            return [head.rstrip()]
        if any(line.strip() == "" or _is_remark(line) for line in self.lines[row + 1 : end + 1]) and value.style in ("[", "{"):
            raise _Unclear(row)
        return [head.rstrip(), *(_KEEP + _moved(line, indent - column, least=indent + 2).rstrip() for line in self.lines[row + 1 : end + 1])]

    def _sorted_brackets(self, head: str, value: Node, column: int, indent: int, above: tuple[str, ...]) -> str:
        """A line that holds a map in brackets, with its fields in order."""
        line = self.lines[value.start[0]]
        wanted = {name: place for place, name in enumerate(self.order(above))}
        spans = [(key.start[1], inner.end[1], key.text) for key, inner in zip(value.keys, value.values, strict=True)]
        ordered = sorted(spans, key=lambda span: wanted.get(span[2], len(wanted))) if wanted else spans
        if ordered == spans:
            return head
        made = line[value.start[1] : spans[0][0]]
        for number, (start, stop, _) in enumerate(ordered):
            made += line[start:stop]
            if number + 1 < len(spans):
                made += line[spans[number][1] : spans[number + 1][0]]
        made += line[spans[-1][1] : value.end[1]]
        before = len(line) - len(head)
        return head[: value.start[1] - before] + made + head[value.end[1] - before :]

    def _dash_of(self, child: Node, column: int) -> int:
        """The line with the dash of an item."""
        for row in range(min(child.start[0], len(self.lines) - 1), -1, -1):
            line = self.lines[row]
            if line[column : column + 1] == "-" and not line[:column].strip(" -") and _column(line) <= column:
                if line[:column].strip():
                    raise _Unclear(row)  # a list that begins on the line of another one
                return row
        raise _Unclear(child.start[0])

    def _last_line(self, value: Node, row: int, column: int) -> int:
        """The last line that holds something of a value whose name or dash stands at a place."""
        if value.form != "text" and not value.style:
            last = value.values[-1]
            if value.form == "list":
                return self._last_line(last, self._dash_of(last, value.start[1]), value.start[1])
            return self._last_line(last, *value.keys[-1].start)
        if value.style not in ("|", ">"):
            return max(row, value.end[0])
        end, given = row, None
        if digit := _indicator(self.lines[row]):
            given = column + digit
        for number in range(row + 1, len(self.lines)):
            line = self.lines[number]
            if not line.strip():
                continue
            if _column(line) <= column or (given is not None and _column(line) < given):
                break
            given = given if given is not None else _column(line)
            end = number
        return end


def _indicator(line: str) -> int:
    """The number behind | or > that says how far a text is indented; 0 if there is none."""
    found = _HEADER.search(line)
    return int(found[1]) if found and found[1] else 0


def _is_remark(line: str) -> bool:
    return line.lstrip().startswith("#") and not line.startswith(_KEEP)


def _end_of_own(lines: Sequence[str], column: int) -> int:
    """How many of the remarks and empty lines below a value belong to it, not to what follows: those that are further in."""
    cut = next((place for place, line in enumerate(lines) if _is_remark(line) and _column(_OFF.sub(r"\1", line)) <= column), len(lines))
    while cut and not lines[cut - 1].strip():
        cut -= 1
    return cut


def _column(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _moved(line: str, by: int, least: int = 0) -> str:
    """A line further in, or further out, by some spaces; an empty line stays empty."""
    if not line:
        return line
    line = line[min(-by, _column(line)) :] if by < 0 else " " * by + line
    return " " * (least - _column(line)) + line if line.strip() and _column(line) < least else line


def _placed(lines: Sequence[str], indent: int) -> list[str]:
    """Remarks and empty lines at their indentation. What starts at the left edge stays there: a field that is switched off."""
    made: list[str] = []
    before, by = "", 0
    for line in lines:
        column = _column(line)
        goes_on = column > 0 and before[column : column + 1] == "#"
        if line.startswith("#") or not line.strip():
            made.append(line.rstrip())
            by = 0
        elif goes_on:  # with a remark behind something that is switched off: it stays below it
            made.append(_moved(line, by).rstrip())
        else:
            made.append(" " * indent + line.strip())
            by = indent - column
        before = line
    return made


def _shifted(lines: Sequence[str], by: int) -> list[str]:
    """Remarks below a value, which may go on with one behind it, moved as far as the value."""
    return [line.rstrip() if line.startswith("#") else _moved(line, by).rstrip() for line in lines]


def _remarks(text: str) -> list[str]:
    """All lines that look like remarks, in no order."""
    return sorted(line.strip() for line in text.split("\n") if line.lstrip().startswith("#"))
