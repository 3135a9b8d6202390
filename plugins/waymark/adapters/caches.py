"""Where things are kept between builds."""

from __future__ import annotations

import os
from pathlib import Path


def cache(root: Path, name: str) -> Path | None:
    """A folder of the project in `root` to keep something in; None if the project cannot be written to."""
    folder = root / ".cache" / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder


def keep(path: Path, text: str) -> None:
    """Writes a whole file or none: another build may be reading it."""
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
