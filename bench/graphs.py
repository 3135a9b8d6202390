"""Measures what is done with the graph of records: building it and laying it out.

    python bench/graphs.py               1000 and 10000 records
    python bench/graphs.py 500 2000      other numbers

The records are those of `generate.py`, each with six links. Time should grow with the number of records, not with its
square: ten times the records, about ten times the time. Only the ratios may be compared with another day or machine.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from generate import TODAY, write_waymark

from waymark.connections import knowledge_graph
from waymark.graph import Graph
from waymark.library import Library, load_library
from waymark.networks import positions

NUMBERS = (1_000, 10_000)


def _build(library: Library) -> Graph:
    return knowledge_graph(library, mentions=True)


WORK: Mapping[str, Callable[[Library], Callable[[], object]]] = MappingProxyType(
    {
        "graph of records": lambda library: lambda: _build(library),
        "laid out": lambda library: (lambda graph: lambda: positions(graph))(_build(library)),
    }
)
"""What is measured, by the words of its column: what prepares it, and gives what is timed."""


def measure(number: int, folder: Path) -> list[float]:
    """Seconds of the processor for each piece of work; those of the clock depend on what else runs."""
    write_waymark(folder / str(number), number)
    library, _ = load_library(folder / str(number), today=TODAY)
    seconds = []
    for prepare in WORK.values():
        work = prepare(library)
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return seconds


def main() -> None:
    """Prints a Markdown table."""
    parser = argparse.ArgumentParser(description="Measures work on the graph of records.")
    parser.add_argument("numbers", nargs="*", type=int, default=list(NUMBERS), help="numbers of records (default: 1000 10000)")
    numbers = sorted(parser.parse_args().numbers)
    seconds: dict[int, list[float]] = {}
    print(f"| Records | {' | '.join(WORK)} |\n|{'---|' * (len(WORK) + 1)}", flush=True)
    with tempfile.TemporaryDirectory(prefix="waymark-bench-") as folder:
        for number in numbers:
            seconds[number] = measure(number, Path(folder))
            print(f"| {number} | {' | '.join(f'{each:.2f} s' for each in seconds[number])} |", flush=True)
    for few, many in pairwise(numbers):
        growth = ", ".join(f"{words} ×{after / before:.1f}" for words, before, after in zip(WORK, seconds[few], seconds[many], strict=True))
        print(f"\nFrom {few} to {many} records (×{many / few:.1f}): {growth}.")


if __name__ == "__main__":
    main()
