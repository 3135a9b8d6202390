"""Statements of those who run or made what a record is about: what is wrong with them.

A statement is the owner's voice. Verdict words may stand in its text, because the whole of it is shown as a quotation, under
a heading of its own, with who said it and when. They may not stand in the words around it (`by`, `role`), which are ours.
"""

from __future__ import annotations

from collections.abc import Iterator

from waymark.citations import find_citations
from waymark.links import find_links
from waymark.models import Record
from waymark.problems import Code, short
from waymark.statements import Fault, text_faults, verdict


def owner_faults(record: Record) -> Iterator[Fault]:
    """What is wrong with the statements of owners in a record, each with its place."""
    for number, each in enumerate(record.owner_statements):
        loc = ("owner_statements", number)
        for fault in text_faults(each.text):
            yield Fault(fault.code, fault.message, fault.fix, fault.snippet, fault.start, (*loc, "text"))
        groups, broken = find_citations(each.text)
        if groups or broken or find_links(each.text):
            fix = "Delete citations such as [@key, p. 3] and links such as [words][id]. A link to https://… may stand in the text, as [words](https://…)."
            yield Fault(Code.OWNER_STATEMENT, "The owner's words hold a citation or a link of ours.", fix, loc=(*loc, "text"))
        if each.source.lower().startswith(("http:", "ftp:", "javascript:", "data:")):
            fix = "Write an address that starts with https://, or say how the statement reached the editors."
            yield Fault(Code.BAD_URL, f"'{short(each.source)}' is not an address that we link to.", fix, loc=(*loc, "source"))
        for name in ("by", "role"):
            if found := verdict(getattr(each, name)):
                fix = f"'{name}' is in our voice: say only who speaks. The owner's own words stand in `text`."
                yield Fault(Code.VERDICT, f"'{found}' is a verdict in our own voice.", fix, found, loc=(*loc, name))
