"""Where things are kept between builds."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any


def cache(root: Path, name: str) -> Path | None:
    """A folder of the project in `root` to keep something in; None if the project cannot be written to."""
    folder = root / ".cache" / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder


@lru_cache(maxsize=1)
def code() -> str:
    """A word for the code of the core, on which rules, words and schemas depend: with other code they are made anew."""
    made = sha256()
    for path in sorted(Path(__file__).parents[1].glob("*.py")):
        made.update(path.read_bytes())
    return made.hexdigest()


def kept(path: Path | None, make: Callable[[], Any], read: Callable[[Any], Any] = lambda found: found) -> Any:
    """What the file holds as JSON; made and kept if there is none, or none that can be read.

    Args:
        path: The file; None if it is kept nowhere.
        make: Gives it as JSON has it.
        read: What is wanted, from what JSON gives; so it is the same whether it was made now or kept.
    """
    if path and path.exists():
        try:
            return read(json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, KeyError, TypeError):
            pass  # somebody wrote into it
    text = json.dumps(make())
    if path:
        keep(path, text)
    return read(json.loads(text))


def forget_old(folder: Path | None, most: int) -> None:
    """Leaves so many files of a folder, those that were written last."""
    files = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True) if folder else []
    for path in files[most:]:
        path.unlink(missing_ok=True)


def keep(path: Path, text: str) -> None:
    """Writes a whole file or none: another build may be reading it."""
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
