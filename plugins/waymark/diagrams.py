"""The diagram of a theory as values: boxes, lines between them, and the size of the drawing.

Stages run down the page with an arrow from each to the next; everything else hangs from the name of the
theory. The drawing is tall rather than wide, so that its words stay readable on a phone. The text twin
is the numbered list of the same parts, which the page shows below.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from waymark.anatomy import PartGroup

WIDTH = 560
"""Width of a drawing in its own units."""
_NARROW = 364.0
"""Width of what is drawn: on a screen of 320 pixels the letters are still 12 pixels high."""
_LINE, _PAD, _GAP, _CHARACTER, _BOLD_CHARACTER = 22, 14, 34, 8.2, 9.4


@dataclass(frozen=True)
class Box:
    """A box with its words, one text a line; `anchor` leads to the part it stands for."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    anchor: str = ""
    is_title: bool = False

    def line_places(self) -> list[tuple[float, str]]:
        """The baseline of each line of text, and the text."""
        top = self.y + (self.height - _LINE * len(self.lines)) / 2 + _LINE * 0.72
        return [(round(top + _LINE * number, 1), line) for number, line in enumerate(self.lines)]

    @property
    def middle(self) -> float:
        """The horizontal middle."""
        return self.x + self.width / 2


@dataclass(frozen=True)
class Line:
    """A straight line; with an arrow head at its end if `arrow`."""

    x1: float
    y1: float
    x2: float
    y2: float
    arrow: bool = False


@dataclass(frozen=True)
class Diagram:
    """A drawing of `WIDTH` by `height`, with a title and a description in words."""

    title: str
    description: str
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def diagram_of(title: str, form: str, groups: tuple[PartGroup, ...]) -> Diagram | None:
    """The diagram of the first group of parts, or None if there are fewer than two.

    Args:
        title: Name of the theory.
        form: What the parts are, as in `models.Theory.form`.
        groups: The parts; only the first group is drawn, the others say more about it.
    """
    parts = groups[0].parts if groups else ()
    if len(parts) < 2:
        return None
    listed = "; ".join(f"{part.number} {part.title}" for part in parts)
    if form == "stages":
        boxes, lines = _chain([(part.title, part.anchor) for part in parts])
        description = f"{len(parts)} stages, one after the other: {listed}."
    else:
        boxes, lines = _tree(title, [(part.title, part.anchor) for part in parts])
        description = f"{len(parts)} {form} side by side: {listed}."
    return Diagram(title, description, max(box.y + box.height for box in boxes) + 2, tuple(boxes), tuple(lines))


def _chain(parts: list[tuple[str, str]]) -> tuple[list[Box], list[Line]]:
    boxes: list[Box] = []
    lines: list[Line] = []
    top = 2.0
    for number, (title, anchor) in enumerate(parts, 1):
        box = _box(f"{number}. {title}", anchor, (WIDTH - _NARROW) / 2, top, _NARROW)
        if boxes:
            lines.append(Line(WIDTH / 2, boxes[-1].y + boxes[-1].height, WIDTH / 2, box.y - 2, arrow=True))
        boxes.append(box)
        top = box.y + box.height + _GAP
    return boxes, lines


def _tree(title: str, parts: list[tuple[str, str]]) -> tuple[list[Box], list[Line]]:
    head = _box(title, "", (WIDTH - _NARROW) / 2, 2, _NARROW, is_title=True)
    boxes, lines = [head], []
    gap = 16.0
    width = (_NARROW - gap) / 2
    left, right = WIDTH / 2 - width - gap / 2, WIDTH / 2 + gap / 2
    top = head.y + head.height + _GAP
    for number in range(0, len(parts), 2):
        row = [_box(words, anchor, x, top, width) for (words, anchor), x in zip(parts[number : number + 2], (left, right), strict=False)]
        height = max(box.height for box in row)
        for box in row:
            boxes.append(Box(box.x, box.y, box.width, height, box.lines, box.anchor))
            edge = box.x + box.width if box.x < WIDTH / 2 else box.x
            lines.append(Line(WIDTH / 2, top + height / 2, edge, top + height / 2))
        top += height + 16
    last = boxes[-1]
    return boxes, [Line(WIDTH / 2, head.y + head.height, WIDTH / 2, last.y + last.height / 2), *lines]


def _box(words: str, anchor: str, x: float, y: float, width: float, *, is_title: bool = False) -> Box:
    room = (width - 2 * _PAD) / (_BOLD_CHARACTER if is_title else _CHARACTER)
    lines = tuple(textwrap.wrap(words, int(room))) or ("",)
    return Box(x, y, width, _LINE * len(lines) + 2 * _PAD, lines, anchor, is_title)
