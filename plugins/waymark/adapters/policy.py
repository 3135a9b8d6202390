"""A strict Content-Security-Policy for every page, exact to the scripts the theme writes into it."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache

_INLINE = re.compile(r"<script(?![^>]*\b(?:src|type)=)[^>]*>(.*?)</script>", re.DOTALL)
_FIRST = 64
"""Characters of a content to look for: Python takes long to get ready to look for a long text."""
_CHARSET = re.compile(r'<meta charset="?utf-8"?\s*/?>', re.IGNORECASE)


def with_policy(page: str, content: str = "") -> str:
    """The HTML page with a policy in its head: everything from this site, no script but those that the theme writes.

    The theme writes a few short scripts into each page; each is allowed by its hash. A script in the `content` that
    the theme puts its frame around is not, so that nothing a text might smuggle in would run. A page without a head
    is left alone.
    """
    charset = _CHARSET.search(page)
    if not charset:
        return page
    hashes = " ".join(dict.fromkeys(_hash(script) for part in _around(page, content) for script in _INLINE.findall(part)))
    policy = f"default-src 'self'; script-src 'self' {hashes}; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'"
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return f"{page[: charset.end()]}{meta}{page[charset.end() :]}"


def _around(page: str, content: str) -> tuple[str, ...]:
    """What stands before and after the content of a page."""
    at = page.find(content[:_FIRST])
    while at >= 0 and not page.startswith(content, at):
        at = page.find(content[:_FIRST], at + 1)
    return (page[:at], page[at + len(content) :]) if content and at >= 0 else (page,)


@lru_cache(maxsize=256)
def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
