"""What a command finds around it when it runs as a job on GitHub: the summary of the job, and the address of the site."""

from __future__ import annotations

import os
import re
from pathlib import Path


def has_summary() -> bool:
    """True if a job runs on GitHub and its summary can be written."""
    return bool(os.environ.get("GITHUB_STEP_SUMMARY"))


def add_to_summary(text: str) -> None:
    """Adds Markdown to the summary of the job."""
    with Path(os.environ["GITHUB_STEP_SUMMARY"]).open("a", encoding="utf-8") as file:
        file.write(f"{text}\n")


def site_url(root: Path) -> str:
    """The address of the published site, with a slash at the end; empty if mkdocs.yml names none."""
    try:
        found = re.search(r"^site_url: *(https?://[^\s#\"'<>()]+)", (root / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)
    except (OSError, UnicodeDecodeError):
        return ""
    return f"{found[1].rstrip('/')}/" if found else ""
