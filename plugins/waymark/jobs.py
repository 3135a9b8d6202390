"""What a command finds around it when it runs as a job on GitHub: the summary of the job, and the address of the site."""

from __future__ import annotations

import os
import re
from pathlib import Path


def add_to_summary(text: str) -> bool:
    """Adds Markdown to the summary of the job that runs on GitHub; False if there is none."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return False
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(f"{text}\n")
    return True


def site_url(root: Path) -> str:
    """The address of the published site, with a slash at the end; empty if mkdocs.yml names none."""
    try:
        found = re.search(r"^site_url: *(https?://[^\s#\"'<>()]+)", (root / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)
    except (OSError, UnicodeDecodeError):
        return ""
    return f"{found[1].rstrip('/')}/" if found else ""
