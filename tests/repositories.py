"""Small git repositories for tests: no name, address or setting of whoever runs them gets in."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path


class Repository:
    """A repository in a folder, with commits of given days."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, day: str = "2020-01-01T12:00:00+0000") -> str:
        ours = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "Ada"), ("EMAIL", "ada@secret.example"))}
        alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day}
        done = subprocess.run(["git", "-C", str(self.folder), *arguments], capture_output=True, text=True, check=True, env={**ours, **who, **alone})
        return done.stdout.strip()

    def commit(self, files: Mapping[str, str | None] | None = None, subject: str = "Change", day: str = "2020-01-01") -> str:
        """Writes files (None takes one away) and commits everything; returns the id of the commit."""
        for name, text in (files or {}).items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink() if text is None else path.write_text(text, encoding="utf-8")
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", subject, day=f"{day}T12:00:00+0000")
        return self.git("rev-parse", "HEAD")
