"""What drawings are made of: boxes with words, and lines between them.

Drawings are tall rather than wide, so that their words stay readable on a phone. Places and sizes are in units of
the drawing; y runs down.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from functools import lru_cache

NARROW = 364
"""Width of what is drawn: on a screen of 320 pixels the letters are still 12 pixels high."""
LINE = 22
"""From one line of words to the next."""
CHARACTER, BOLD_CHARACTER = 8.2, 9.4
"""Room for a letter of 15.5 units, which is its size in the stylesheet; most letters need less."""


@dataclass(frozen=True, slots=True)
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
        top = self.y + (self.height - LINE * len(self.lines)) / 2 + LINE * 0.72
        return [(round(top + LINE * number, 1), line) for number, line in enumerate(self.lines)]

    @property
    def middle(self) -> float:
        """The horizontal middle."""
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line; with an arrow head at its end if `arrow`."""

    x1: float
    y1: float
    x2: float
    y2: float
    arrow: bool = False


def letters(width: float, *, bold: bool = False) -> int:
    """How many letters fit a width."""
    return int(width / (BOLD_CHARACTER if bold else CHARACTER))


@lru_cache(maxsize=1024)  # the same names come back on many pages
def wrapped(words: str, width: float, *, bold: bool = False, most: int | None = None) -> tuple[str, ...]:
    """Words cut into lines that fit a width; at least one line, and never more than `most`, the last then ends in “…”."""
    return tuple(textwrap.wrap(words, letters(width, bold=bold), max_lines=most, placeholder=" …")) or ("",)
