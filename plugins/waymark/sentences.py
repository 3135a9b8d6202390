"""A text as sentences, and as bare words: what is compared between two versions, and measured for how plain it is."""

from __future__ import annotations

import re
from functools import lru_cache

from waymark.citations import find_citations

_LINK = re.compile(r"(?<![\]!\\])\[([^\[\]\n@][^\[\]]*)\]\[[A-Za-z0-9/_#-]+\]")
# A paragraph, an item of a list, or a full stop that something like a new sentence follows. The dot of `p. 3` stands in a
# citation, which is masked; the dots of these short forms end nothing.
_END = re.compile(r"\n\s*\n|\n\s*(?=(?:[-*]|\d+\.)\s)|(?<!\be\.g)(?<!\bi\.e)(?<!\bcf)(?<!\bal)(?<!\bDr)[.!?]”?(?!(?<=\bNo\.)\s+\d)(?=\s+[“\"(\[]?[A-Z0-9*])")


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a Markdown text, each with its citation, on one line."""
    masked = list(text)
    for group in find_citations(text)[0]:
        masked[group.start : group.end] = "x" * (group.end - group.start)
    found, start = [], 0
    for match in _END.finditer("".join(masked)):
        found.append(text[start : match.end()])
        start = match.end()
    found.append(text[start:])
    return tuple(line for line in (" ".join(each.split()) for each in found) if line)


def bare(text: str) -> str:
    """The words of a text: citations left out, links to records as their words."""
    for group in reversed(find_citations(text)[0]):
        start = group.start - 1 if text[group.start - 1 : group.start] == " " else group.start
        text = text[:start] + text[group.end :]
    return " ".join(_LINK.sub(r"\1", text).replace("*", "").split())
