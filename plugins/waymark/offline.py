"""A built site for a computer without network: pages that open from the disk, search included.

A browser that opens a folder shows its list of files, not its `index.html`; it reads no JSON from the disk, and starts no worker.
So addresses name the file, the search finds its list in a script, and a hidden frame takes the place of its worker.
"""

from __future__ import annotations

import json
import re

SEARCH_LIST = "search/search_index.json"
SEARCH_SCRIPT = "search/search_index.js"
"""Where the theme's search looks when a page comes from the disk."""
WORKER = "assets/iframe-worker.js"
"""The script that stands in for workers, from the root of the site."""

_FOLDER = re.compile(
    r"""(?P<before>\bhref="|\bcontent="0;\ url=)      # a link, or the target of a redirect
    (?P<folder>(?![a-z][a-z0-9+.-]*:|//)            # on this site
        (?:[^"#?]*/|(?:[^"#?]*/)?\.{1,2}))          # up to a slash, or to a dot or two
    (?P<rest>(?:[?#][^"]*)?")""",
    re.VERBOSE,
)
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">')
_HEAD_END = "</head>"


def page_for_disk(page: str, depth: int) -> str:
    """The HTML of a page with addresses of files instead of folders, and with the stand-in for workers.

    Args:
        page: A page of the built site.
        depth: How many folders below the root of the site it stands.
    """
    page = _FOLDER.sub(lambda match: f"{match['before']}{_file(match['folder'])}{match['rest']}", page)
    # On the disk some browsers take no file to be of the same origin as another.
    page = _POLICY.sub(lambda match: match[0].replace("'self'", "'self' file:"), page)
    return page.replace(_HEAD_END, f'<script src="{"../" * depth}{WORKER}"></script>{_HEAD_END}', 1)


def search_for_disk(listed: str) -> str:
    """The script that hands the search its list, from the JSON of the built site."""
    index = json.loads(listed)
    for entry in index["docs"]:
        folder, hash_, anchor = entry["location"].partition("#")
        entry["location"] = f"{_file(folder) if not folder or folder.endswith('/') else folder}{hash_}{anchor}"
    return f"var __index = {json.dumps(index, ensure_ascii=False, separators=(',', ':'))}\n"


def _file(folder: str) -> str:
    return f"{folder}{'' if not folder or folder.endswith('/') else '/'}index.html"
