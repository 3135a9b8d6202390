"""Files written as a whole or not at all: whatever ends the program, no half file is left. No command of its own."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path


def replace_file(path: Path, text: str) -> None:
    """Puts a text in place of what a file held; until the last moment the old one is there."""
    path = path.resolve()  # a link stays a link
    made = _beside(path, text)
    try:
        if path.exists():
            shutil.copymode(path, made)
        made.replace(path)
    except BaseException:
        made.unlink(missing_ok=True)
        raise


def create_file(path: Path, text: str) -> None:
    """Writes a new file. Raises FileExistsError if there is one already, and leaves that as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = _beside(path, text)
    try:
        os.link(made, path)  # unlike a rename, this cannot take the place of another file
    finally:
        made.unlink(missing_ok=True)


def _beside(path: Path, text: str) -> Path:
    """A file with the text in the same folder, under a name that no check reads."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    made = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        made.chmod(0o666 & ~_umask())
    except BaseException:
        made.unlink(missing_ok=True)
        raise
    return made


def _umask() -> int:
    """What the user wants to be kept from others; it can only be read by setting it."""
    found = os.umask(0)
    os.umask(found)
    return found
