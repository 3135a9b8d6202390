"""What a command finds around it: the address of the site."""

from __future__ import annotations

import re
from pathlib import Path


def site_url(root: Path) -> str:
    """The address of the published site, with a slash at the end; empty if mkdocs.yml names none."""
    try:
        found = re.search(r"^site_url: *(https?://[^\s#\"'<>()]+)", (root / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)
    except (OSError, UnicodeDecodeError):
        return ""
    return f"{found[1].rstrip('/')}/" if found else ""
