"""Draws charts as SVG with Vega-Lite, in a process of its own: the library holds a whole JavaScript engine.

A drawing is kept under the hash of its specification, so a build draws only what has changed since the last.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from waymark.adapters.caches import keep

PACKAGE = "vl-convert-python"
GRAMMAR = "6.4"
"""Version of Vega-Lite, one of those that the package carries."""


class DrawingError(Exception):
    """The library could not draw; the message says why."""


def drawings_of(specifications: Mapping[str, Mapping[str, Any]], folder: Path | None) -> dict[str, str]:
    """The drawing of each specification as an SVG document.

    Args:
        specifications: Specifications of Vega-Lite by name.
        folder: Where drawings are kept between builds; None if nowhere.

    Raises:
        DrawingError: The library is missing, or refuses a specification.
    """
    texts = {name: json.dumps(each, sort_keys=True) for name, each in specifications.items()}
    if not texts:
        return {}
    try:
        drawn_by = f"{version(PACKAGE)} {GRAMMAR}"
    except PackageNotFoundError as error:
        raise DrawingError(f"The charts cannot be drawn: {PACKAGE} is not installed.") from error
    kept = {name: folder / f"{sha256(f'{drawn_by} {text}'.encode()).hexdigest()}.svg" for name, text in texts.items()} if folder else {}
    found = {name: path.read_text(encoding="utf-8") for name, path in kept.items() if path.exists()}
    missing = [name for name in texts if name not in found]
    if missing:
        for name, svg in zip(missing, _drawn([texts[name] for name in missing]), strict=True):
            found[name] = svg
            if name in kept:
                keep(kept[name], svg)
    return {name: found[name] for name in texts}


def _drawn(specifications: list[str]) -> list[str]:
    command = [sys.executable, "-m", __name__]
    done = subprocess.run(command, input=json.dumps(specifications), capture_output=True, encoding="utf-8", check=False)  # noqa: S603 - ourselves
    if done.returncode:
        raise DrawingError(f"The charts could not be drawn with {PACKAGE}: {(done.stderr.strip().splitlines() or ['no message'])[-1]}")
    drawn: list[str] = json.loads(done.stdout)
    return drawn


def main() -> None:
    """Reads a list of specifications from standard input and writes the list of their drawings."""
    from vl_convert import vegalite_to_svg

    # No address may be loaded: a drawing holds nothing but its own values.
    drawn = [vegalite_to_svg(each, vl_version=GRAMMAR, allowed_base_urls=[]) for each in json.load(sys.stdin)]
    json.dump(drawn, sys.stdout)


if __name__ == "__main__":
    main()
