"""Measures Waymark against plain MkDocs with Material on equal sites, in one run.

    python bench/run.py               100, 1000 and 5000 records
    python bench/run.py 200 400       other numbers

Every build is a fresh process; the three commands take turns, so that a busy machine slows all of them alike. Up to
1000 records each number is the median of three rounds after one to warm up, above it is one round. Only the ratios
may be compared with another day or machine. A build of ours uses three processes; its memory is that of the largest.

What a build keeps for the next one (compiled modules and templates, places of the graph's nodes) is there in the rounds that
count, and above 1000 records is not.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

# Nothing of Waymark is imported here: a child's peak memory counts from what its parent held when it was started.

NUMBERS = (100, 1000, 5000)
MANY = 1000
"""Above this many records one round is enough."""
TIME_GOAL, MEMORY_GOAL, CHECK_GOAL = 0.7, 1.2, 5.0
PLAIN, WAYMARK, CHECK = "plain MkDocs + Material", "Waymark", "waymark check"
GENERATOR = Path(__file__).with_name("generate.py")
# A fixed day and seed: two runs do the same work. Libraries come compiled, so our modules may be kept compiled too.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
ENVIRONMENT |= {"NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "1795392000", "GITHUB_ACTIONS": ""}


@dataclass(frozen=True)
class Cost:
    """What one process, or the median of several, took."""

    seconds: float
    mib: float


def measure(numbers: list[int], folder: Path) -> Iterator[tuple[int, dict[str, Cost]]]:
    """For each number of records the cost of each command."""
    for number in numbers:
        work = folder / str(number)
        subprocess.run([sys.executable, GENERATOR, str(number), work], check=True)
        site = work / "site"
        commands: dict[str, list[str | Path]] = {
            PLAIN: [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", work / "plain" / "mkdocs.yml", "-d", site],
            WAYMARK: [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", work / "waymark" / "mkdocs.yml", "-d", site],
            CHECK: [sys.executable, "-m", "waymark", "--root", work / "waymark", "check"],
        }
        rounds = []
        for is_warm_up in (True, False, False, False) if number <= MANY else (False,):
            costs = {}
            for name, command in commands.items():
                costs[name] = once(command, work / "log.txt")
                shutil.rmtree(site, ignore_errors=True)
            rounds += [] if is_warm_up else [costs]
        yield number, {name: _median([costs[name] for costs in rounds]) for name in commands}
        shutil.rmtree(work)


def once(command: Sequence[str | Path], log: Path) -> Cost:
    """Runs a command in a process of its own; ends the benchmark if it fails."""
    with log.open("w", encoding="utf-8") as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, env=ENVIRONMENT, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed:\n{log.read_text(encoding='utf-8')[-2000:]}")
    unit = 2**20 if sys.platform == "darwin" else 2**10  # ru_maxrss counts bytes there, KiB on Linux
    return Cost(seconds, usage.ru_maxrss / unit)


def _median(costs: list[Cost]) -> Cost:
    return Cost(statistics.median(cost.seconds for cost in costs), statistics.median(cost.mib for cost in costs))


def _cell(now: Cost, before: Cost | None) -> str:
    growth = f" (×{now.seconds / before.seconds:.1f}, ×{now.mib / before.mib:.1f})" if before else ""
    return f"{now.seconds:.2f} s, {now.mib:.0f} MiB{growth}"


def _ratio(value: float, goal: float) -> str:
    return f"{value:.2f}{'' if value <= goal else f' (goal {goal})'}"


def main() -> None:
    """Prints a Markdown table, a row as soon as it is measured."""
    parser = argparse.ArgumentParser(description="Measures Waymark against plain MkDocs with Material.")
    parser.add_argument("numbers", nargs="*", type=int, default=list(NUMBERS), help="numbers of records (default: 100 1000 5000)")
    numbers = sorted(parser.parse_args().numbers)
    print(f"| Records | {PLAIN} | {WAYMARK} | time ratio | memory ratio | {CHECK} |\n|---|---|---|---|---|---|", flush=True)
    before: dict[str, Cost] = {}
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # the noise of a disk is larger than what we measure
    with tempfile.TemporaryDirectory(prefix="waymark-bench-", dir=memory) as folder:
        for number, costs in measure(numbers, Path(folder)):
            plain, waymark, check = (costs[name] for name in (PLAIN, WAYMARK, CHECK))
            time_ratio, memory_ratio = _ratio(waymark.seconds / plain.seconds, TIME_GOAL), _ratio(waymark.mib / plain.mib, MEMORY_GOAL)
            late = f" (goal {CHECK_GOAL:.0f} s)" if check.seconds > CHECK_GOAL else ""
            cells = [_cell(costs[name], before.get(name)) for name in (PLAIN, WAYMARK, CHECK)]
            print(f"| {number} | {cells[0]} | {cells[1]} | {time_ratio} | {memory_ratio} | {cells[2]}{late} |", flush=True)
            before = costs
    print("\nIn brackets: growth from the row above, in time and in memory.")


if __name__ == "__main__":
    main()
