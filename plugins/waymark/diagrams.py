"""The diagram of a theory as values: boxes, lines between them, and the size of the drawing.

Stages run down the page with an arrow from each to the next; everything else hangs from the name of the
theory. The text twin is the numbered list of the same parts, which the page shows below.
"""

from __future__ import annotations

from dataclasses import dataclass

from waymark.anatomy import PartGroup
from waymark.drawing import LINE, NARROW, Box, Line, wrapped

WIDTH = 560
"""Width of a drawing in its own units."""
_PAD, _GAP = 14, 34


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
    return Diagram(title, description, max(box.bottom for box in boxes) + 2, tuple(boxes), tuple(lines))


def _chain(parts: list[tuple[str, str]]) -> tuple[list[Box], list[Line]]:
    boxes: list[Box] = []
    lines: list[Line] = []
    top = 2.0
    for number, (title, anchor) in enumerate(parts, 1):
        box = _box(f"{number}. {title}", anchor, (WIDTH - NARROW) / 2, top, NARROW)
        if boxes:
            lines.append(Line(WIDTH / 2, boxes[-1].bottom, WIDTH / 2, box.y - 2, arrow=True))
        boxes.append(box)
        top = box.bottom + _GAP
    return boxes, lines


def _tree(title: str, parts: list[tuple[str, str]]) -> tuple[list[Box], list[Line]]:
    head = _box(title, "", (WIDTH - NARROW) / 2, 2, NARROW, is_title=True)
    boxes, lines = [head], []
    gap = 16.0
    width = (NARROW - gap) / 2
    left, right = WIDTH / 2 - width - gap / 2, WIDTH / 2 + gap / 2
    top = head.bottom + _GAP
    for number in range(0, len(parts), 2):
        row = [_box(words, anchor, x, top, width) for (words, anchor), x in zip(parts[number : number + 2], (left, right), strict=False)]
        height = max(box.height for box in row)
        for box in row:
            boxes.append(Box(box.x, box.y, box.width, height, box.lines, box.anchor))
            edge = box.x + box.width if box.x < WIDTH / 2 else box.x
            lines.append(Line(WIDTH / 2, top + height / 2, edge, top + height / 2))
        top += height + 16
    last = boxes[-1]
    return boxes, [Line(WIDTH / 2, head.bottom, WIDTH / 2, last.y + last.height / 2), *lines]


def _box(words: str, anchor: str, x: float, y: float, width: float, *, is_title: bool = False) -> Box:
    lines = wrapped(words, width - 2 * _PAD, bold=is_title)
    return Box(x, y, width, LINE * len(lines) + 2 * _PAD, lines, anchor, is_title)
