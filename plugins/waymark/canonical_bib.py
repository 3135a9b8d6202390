"""The canonical form of `references.bib`: the fields of an entry in one order, one a line, two spaces in.

Values are not touched, nor are remarks, @string, @comment and the order of entries. The library's own writer is not
used: it puts an empty line between an entry and the remark above it, and writes @comment anew.
"""

from __future__ import annotations

import re
from itertools import pairwise

from bibtexparser.library import Library
from bibtexparser.model import Block, Entry, ImplicitComment

from waymark.bibliography import FIELDS, parsed

_NAME = re.compile(r"[\w-]+")


def canonical_bib(text: str) -> str | None:
    """The text of a bibliography in its canonical form, or None if an entry cannot be read, so that nothing may be moved."""
    before = _read(text)
    if before is None:
        return None
    blocks = before.blocks
    parts = [_written(block) for block in blocks]
    for number, (one, two) in enumerate(pairwise(blocks)):
        # A remark directly above an entry is about it.
        apart = "\n" if isinstance(one, ImplicitComment) and _last_line(one) + 1 == (two.start_line or 0) else "\n\n"
        parts[number] += apart
    made = "".join(parts).strip("\n") + "\n" if parts else text
    after = _read(made)
    return made if after is not None and _said(after) == _said(before) else None


def with_entry(text: str, key: str, entry: str) -> str:
    """A bibliography with one more entry, at its place if the keys are in order, else at the end. The rest stays as it is."""
    lines = text.rstrip("\n").split("\n")
    blocks = parsed(text, as_written=True).blocks
    for number, block in enumerate(blocks):
        if isinstance(block, Entry) and block.key.casefold() > key.casefold():
            above = blocks[number - 1] if number else None
            # A remark directly above an entry is about it.
            is_about = isinstance(above, ImplicitComment) and _last_line(above) + 1 == (block.start_line or 0)
            start = ((above if is_about and above else block).start_line) or 0
            return "\n".join([*lines[:start], *entry.rstrip("\n").split("\n"), "", *lines[start:], ""])
    return "\n".join([*lines, "", entry]).lstrip("\n")


def _read(text: str) -> Library | None:
    library = parsed(text, as_written=True)
    names = [each.key for entry in library.entries for each in entry.fields]
    return None if library.failed_blocks or not all(map(_NAME.fullmatch, names)) else library


def _written(block: Block) -> str:
    if not isinstance(block, Entry):
        return "\n".join(line.rstrip() for line in (block.raw or "").strip("\n").split("\n"))
    order = {name: place for place, name in enumerate(FIELDS)}
    fields = sorted(block.fields, key=lambda each: order.get(each.key.lower(), len(order)))
    lines = [f"  {each.key.lower()} = {each.value}," for each in fields]
    return "\n".join([f"@{block.entry_type.lower()}{{{block.key},", *lines, "}"])


def _last_line(block: Block) -> int:
    return (block.start_line or 0) + (block.raw or "").rstrip("\n").count("\n")


def _said(library: Library) -> list[object]:
    """What a bibliography says, whatever its form."""
    return [
        (block.entry_type.lower(), block.key, sorted((each.key.lower(), str(each.value)) for each in block.fields))
        if isinstance(block, Entry)
        else " ".join((block.raw or "").split())
        for block in library.blocks
    ]
