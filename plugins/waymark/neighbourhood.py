"""Records and what they are linked with, as a drawing: values only.

A record stands at the top, a line runs down from it, and from the line hangs one branch for each relation: the
heading of the relation, and below it a box for each record. Nothing stands side by side, so names keep their letters
on a phone, and the order is that of the list that says the same in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from waymark.anatomy import Way
from waymark.drawing import LINE, NARROW, Box, Line, letters, wrapped
from waymark.relations import MENTION

MOST = 40
"""Boxes of a drawing, with that of the record itself; of more nobody sees anything."""
_LONG = 560
"""What is higher stands in two columns, so that it fits a screen that has room for both."""
_MOST_LINES = 3
_TOP, _BRIDGE = 2.0, 18
_STEM, _LEFT, _SIDE, _PAD, _HEAD_PAD, _GAP, _BRANCH_GAP, _TREE_GAP = 12, 38, 10, 5, 9, 7, 12, 30
_SPARE = 16
"""A full line has this left at its end, for names of many wide letters."""


@dataclass(frozen=True, slots=True)
class Related:
    """A record or page that stands in a relation: a line of a list, and a box of its drawing."""

    title: str
    address: str
    kind: str
    """The name of its kind, or `page`."""
    basis: str = ""
    note: str = ""
    said_by: str = ""
    """The record that states the relation."""


@dataclass(frozen=True, slots=True)
class Group:
    """What stands in the same relation, under its heading."""

    heading: str
    way: Way
    members: tuple[Related, ...]
    is_continued: bool = False
    """True if others of the group stand in the column before."""


@dataclass(frozen=True, slots=True)
class Node:
    """A box that leads to a page. The kind stands behind the last line of words, or on a line of its own."""

    box: Box
    title: str
    """The whole name; the box shortens a long one."""
    address: str
    kind: str
    kind_stands_alone: bool

    @property
    def is_changed(self) -> bool:
        """True if the lines of the box, read one after the other, are not the whole name."""
        return " ".join(self.box.lines) != " ".join(self.title.split())


@dataclass(frozen=True, slots=True)
class Branch:
    """A relation: where its heading stands, its boxes, a line to each, and how many the list has more."""

    heading: str
    baseline: float
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    more: int
    more_baseline: float
    is_continued: bool

    @property
    def is_mention(self) -> bool:
        """True for links in running text, which say less than a relation."""
        return self.heading in (MENTION.forward, MENTION.backward)


@dataclass(frozen=True, slots=True)
class Tree:
    """A record with its branches; `stem` is the line that they hang from. Without a head it goes on from the column before."""

    head: Node | None
    stem: Line
    branches: tuple[Branch, ...]

    @property
    def bottom(self) -> float:
        """Where the next tree may begin."""
        last = self.branches[-1] if self.branches else None
        if last and (last.more or last.nodes):
            return last.more_baseline + _PAD if last.more else last.nodes[-1].box.bottom
        return self.stem.y1


@dataclass(frozen=True, slots=True)
class Column:
    """A part of a drawing of `drawing.NARROW` by `height`; columns stand side by side, or below one another on a phone."""

    height: float
    trees: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A drawing of one column, or of two if it is long."""

    columns: tuple[Column, ...]

    @property
    def bridge(self) -> float | None:
        """Where a line leads from the head of the first column to the second; None if each stands by itself."""
        return self.columns[1].trees[0].stem.y1 if len(self.columns) > 1 and not self.columns[1].trees[0].head else None

    @property
    def branches(self) -> tuple[Branch, ...]:
        """Every branch, in the order of the list."""
        return tuple(branch for column in self.columns for tree in column.trees for branch in tree.branches)

    @property
    def has_mentions(self) -> bool:
        """True if a branch holds links in running text."""
        return any(branch.is_mention for branch in self.branches)


def neighbourhood_of(record: Related, groups: Iterable[Group]) -> Neighbourhood | None:
    """The drawing of a record in the midst of its neighbours, or None if it has fewer than two.

    Args:
        record: The record itself.
        groups: Its neighbours, as its page lists them. The first `MOST` - 1 are drawn; each branch counts the others.
    """
    shown = list(_first(groups, MOST - 1))
    if sum(len(group.members) for group, _ in shown) < 2:
        return None
    tree = _tree(record, shown, _TOP)
    if tree.bottom <= _LONG or not tree.head:
        return Neighbourhood((_column([tree]),))
    middle = (tree.head.box.bottom + tree.bottom) / 2
    first, rest = [], []
    for (group, count), branch in zip(shown, tree.branches, strict=True):
        cut = sum(node.box.bottom <= middle for node in branch.nodes)
        if cut:
            first.append((group, count) if cut == count else (_part(group, 0, cut), cut))
        if cut < count or not count:
            rest.append((_part(group, cut, None), count - cut))
    columns = [_tree(record, first, _TOP), _tree(None, rest, _TOP + _BRIDGE)]
    return Neighbourhood(tuple(_column([each]) for each in columns))


def drawn(stars: Iterable[tuple[Related, Iterable[Group]]]) -> Neighbourhood:
    """Records below one another, each with all its branches; in two columns if that is long."""
    whole = [(record, [(group, len(group.members)) for group in groups]) for record, groups in stars]
    trees = _stacked(whole)
    if trees[-1].bottom <= _LONG or len(trees) == 1:
        return Neighbourhood((_column(trees),))
    cut = max(1, sum(tree.bottom <= trees[-1].bottom / 2 + _TREE_GAP for tree in trees))
    return Neighbourhood((_column(trees[:cut]), _column(_stacked(whole[cut:]))))


def _stacked(stars: Iterable[tuple[Related, list[tuple[Group, int]]]]) -> list[Tree]:
    trees: list[Tree] = []
    for record, groups in stars:
        trees.append(_tree(record, groups, trees[-1].bottom + _TREE_GAP if trees else _TOP))
    return trees


def _column(trees: list[Tree]) -> Column:
    return Column(trees[-1].bottom + 4, tuple(trees))


def _first(groups: Iterable[Group], room: int) -> Iterator[tuple[Group, int]]:
    for group in groups:
        yield group, (shown := min(room, len(group.members)))
        room -= shown


def _part(group: Group, start: int, end: int | None) -> Group:
    return Group(group.heading, group.way, group.members[start:end], is_continued=start > 0)


def _tree(record: Related | None, groups: Iterable[tuple[Group, int]], top: float) -> Tree:
    """A tree from `top` down; of each group as many members are drawn as is said beside it."""
    head = _node(record, 1, top, NARROW - 2, is_head=True) if record else None
    start = head.box.bottom if head else top
    branches: list[Branch] = []
    y = foot = start
    for group, shown in groups:
        baseline = y + _BRANCH_GAP + LINE * 0.72
        y += _BRANCH_GAP + LINE + 3
        nodes: list[Node] = []
        for each in group.members[:shown]:
            nodes.append(_node(each, _LEFT, y, NARROW - 1 - _LEFT))
            foot = y + nodes[-1].box.height / 2
            y = nodes[-1].box.bottom + _GAP
        more = len(group.members) - shown
        more_baseline = y + LINE * 0.72 if more else 0
        y += LINE if more else -_GAP
        lines = tuple(_line(node, group.way) for node in nodes)
        branches.append(Branch(group.heading, round(baseline), tuple(nodes), lines, more, round(more_baseline), group.is_continued))
    return Tree(head, Line(_STEM, start, _STEM, foot), tuple(branches))


def _line(node: Node, way: Way) -> Line:
    y = node.box.y + node.box.height / 2
    start, end = (_LEFT, _STEM) if way == "in" else (_STEM, _LEFT)
    return Line(start, y, end, y, arrow=way != "both")


def _node(record: Related, x: float, y: float, width: float, *, is_head: bool = False) -> Node:
    room = width - 2 * _SIDE - _SPARE
    lines = wrapped(record.title, room, bold=is_head, most=_MOST_LINES)
    stands_alone = len(f"{lines[-1]} · {record.kind}") > letters(room, bold=is_head)
    pad = _HEAD_PAD if is_head else _PAD
    height = LINE * (len(lines) + stands_alone) + 2 * pad
    return Node(Box(x, y, width, height, lines, is_title=is_head), record.title, record.address, record.kind, stands_alone)
