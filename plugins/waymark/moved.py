"""The page at an address that something had before: the page of today, which says what its own address is.

A redirect would lose the place that was asked for: a browser drops `#point-3` when a page sends it on, unless a script
hands it over. So the whole page stands here too. With a script the reader is at the new address before anything is drawn;
without one, the place is on this page, and each link leads on from the new address.
"""

from __future__ import annotations

import re

MARK = "waymark-moved"
"""Name of the `<meta>` by which a program knows such a page."""
_HEAD = re.compile(r'<meta charset="?utf-8"?\s*/?>(?:<meta http-equiv="Content-Security-Policy"[^>]*>)?', re.IGNORECASE)
_TITLE = re.compile(r"<h1[\s>]", re.IGNORECASE)


def stands_at_former_address(page: str) -> bool:
    """True if this is such a page, perhaps of a build before: `--dirty` leaves what is there."""
    return f'<meta name="{MARK}"' in page


def at_former_address(page: str, head: str, notice: str) -> str:
    """The page with what its head and the reader must know at a former address; `head` comes before any address in it."""
    opening = _HEAD.search(page)
    if not opening:
        return page
    page = f"{page[: opening.end()]}{head}{page[opening.end() :]}"
    title = _TITLE.search(page)
    return f"{page[: title.start()]}{notice}{page[title.start() :]}" if title else page
