"""Measures what the files to take away add to a build, in time and memory.

    python bench/exports.py               1000 and 10000 records
    python bench/exports.py 200 400       other numbers

Each number is measured twice in fresh processes: a library that is only loaded, and one of which all files of the open
data, those of each record and the feeds are written too. What grows faster than the number of records shows in the last column.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from run import Cost, once

NUMBERS = (1000, 10000)
GENERATE = "import sys; from pathlib import Path; from generate import write_waymark; write_waymark(Path(sys.argv[1]), int(sys.argv[2]))"
LOAD = """\
import sys
from datetime import date
from pathlib import Path
from waymark.library import load_library
from waymark.pages import Site
from waymark.render import Renderer
library, _ = load_library(Path(sys.argv[1]), today=date(2026, 11, 22))
renderer = Renderer(library, Site("Bench", "https://bench.example/", version="1", day=date(2026, 11, 22)))
"""
WRITE = f"""{LOAD}
for file in renderer.files():
    if not file.address.startswith("references/"):  # those were there before
        path = Path(sys.argv[2], file.address)
        path.parent.mkdir(parents=True, exist_ok=True)
        file.write(path)
"""


def measure(number: int, folder: Path) -> tuple[Cost, Cost, int]:
    """What loading alone takes, what loading and writing take, and how many bytes are written."""
    data, out = folder / "data", folder / "out"
    subprocess.run([sys.executable, "-c", GENERATE, data, str(number)], check=True, cwd=Path(__file__).parent)
    load = once([sys.executable, "-c", LOAD, data], folder / "log.txt")
    write = once([sys.executable, "-c", WRITE, data, out], folder / "log.txt")
    return load, write, sum(path.stat().st_size for path in out.rglob("*") if path.is_file())


def main() -> None:
    """Prints a Markdown table, a row as soon as it is measured."""
    parser = argparse.ArgumentParser(description="Measures what the files to take away add to a build.")
    parser.add_argument("numbers", nargs="*", type=int, default=list(NUMBERS), help="numbers of records (default: 1000 10000)")
    print("| Records | loaded | written too | added | files | added per 1000 records |\n|---|---|---|---|---|---|", flush=True)
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    for number in sorted(parser.parse_args().numbers):
        with tempfile.TemporaryDirectory(prefix="waymark-exports-", dir=memory) as folder:
            load, write, size = measure(number, Path(folder))
        seconds, mib = write.seconds - load.seconds, write.mib - load.mib
        cells = [f"{each.seconds:.2f} s, {each.mib:.0f} MiB" for each in (load, write)]
        print(f"| {number} | {cells[0]} | {cells[1]} | {seconds:.2f} s, {mib:.0f} MiB | {size / 1e6:.0f} MB | {seconds / number * 1000:.2f} s |", flush=True)


if __name__ == "__main__":
    main()
