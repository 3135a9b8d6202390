"""A strict Content-Security-Policy for every page, exact to the scripts the theme writes into it."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache

_INLINE = re.compile(r"<script(?![^>]*\b(?:src|type)=)[^>]*>(.*?)</script>", re.DOTALL)
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
    frame = page.replace(content, "") if content else page
    hashes = " ".join(dict.fromkeys(_hash(script) for script in _INLINE.findall(frame)))
    policy = f"default-src 'self'; script-src 'self' {hashes}; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'"
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return f"{page[: charset.end()]}{meta}{page[charset.end() :]}"


@lru_cache(maxsize=256)
def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
