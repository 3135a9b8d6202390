"""Measures in a real Chromium what a reader waits for: narrowing a long table down, and setting programmes side by side.

    python bench/browse.py                1000 programmes, 3 visits
    python bench/browse.py 200 --visits 1

The programmes are those of the project, taken over and over under other names, so that texts and findings are as long as
real ones. Each step is timed from the reader's action until the browser has painted what follows, in fresh visits that take
turns. “At once” compares programmes in the moment in which the last is ticked; “after a pause” when its file had time to
come. Figures are of this machine, without a graphics card, and a busy machine is slower: run it when nothing else does. The
last column is the time of the processor that the page itself took, which depends less on what else runs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

PROJECT = Path(__file__).parents[1]
sys.path.append(str(PROJECT / "tests"))

from playwright.sync_api import Page, sync_playwright  # noqa: E402

from browser import DESKTOP, FLAGS, chromium_path, served  # noqa: E402

NUMBER, VISITS = 1_000, 3
GOAL_MS, GOAL_KB = 100, 300
TABLE, MAP = "compare/programmes/", "evidence-map/"
PAGES = (TABLE, MAP)
SIDE_BY_SIDE = (2, 4, 6)
PAUSE_MS = 400
"""How long a reader who looks for the next box leaves the page alone, at least."""
ROUNDS = 5
"""Comparisons of each size in one visit, each of other programmes."""
FILTERS = {
    TABLE: (("setting", "prison"), ("setting", "probation"), ("country", "Denmark"), ("words", "mentor"), ("words", "")),
    MAP: (("setting", "prison"), ("country", "Denmark"), ("kind", "programme"), ("words", "mentor"), ("words", "")),
}
PAINTED = """const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(0);
}));"""
"""Resolves when the next frame has been put on the screen."""
NARROW = f"""async ([name, value]) => {{ {PAINTED}
    const field = document.querySelector(".wm-filters").elements.namedItem(name);
    await painted();
    const start = performance.now();
    field.value = value;
    field.dispatchEvent(new Event("input", {{ bubbles: true }}));
    await painted();
    return performance.now() - start;
}}"""
CHOOSE = """async ([ids, pause]) => {
    const boxes = new Map([...document.querySelectorAll(".wm-choices input[type=checkbox]")].map((box) => [box.value, box]));
    for (const id of ids) {
        boxes.get(id).click();
        await new Promise((done) => setTimeout(done, pause));
    }
}"""
COMPARE = f"""async (number) => {{ {PAINTED}
    const section = document.getElementById("comparison");
    const start = performance.now();
    [...document.querySelectorAll(".wm-bar button")].find((each) => each.textContent.startsWith("Compare")).click();
    while (section.hidden || section.querySelectorAll(".wm-compare thead th").length !== number + 1) await painted();
    await painted();
    return performance.now() - start;
}}"""
CLOSE = f"""async () => {{ {PAINTED}
    const named = (within, words) => [...document.querySelectorAll(`${{within}} button`)].find((each) => each.textContent === words);
    named("#comparison", "Close").click();
    named(".wm-bar", "Untick all").click();
    await painted();
}}"""


def write_project(folder: Path, number: int) -> list[str]:
    """The project with so many programmes; gives their ids."""
    (folder / "data").mkdir(parents=True)
    for path in (PROJECT / "data").iterdir():
        if path.name != "programmes.yaml":
            (folder / "data" / path.name).symlink_to(path)
    for name in ("content", "plugins", "tests"):
        (folder / name).symlink_to(PROJECT / name)
    real: dict[str, dict[str, Any]] = yaml.load((PROJECT / "data" / "programmes.yaml").read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    records = dict(real)
    for place in range(number - len(real)):
        turn, which = divmod(place, len(real))
        id, record = list(real.items())[which]
        short = {"short_name": f"{record['short_name']} {turn + 2}"} if "short_name" in record else {}
        taken = {field: value for field, value in record.items() if field != "former_ids"}
        records[f"{id[:70]}-{turn + 2}"] = {**taken, **short, "name": f"{record['name'][:180]} {turn + 2}"}
    (folder / "data" / "programmes").mkdir()
    for id, record in records.items():  # as JSON, which is YAML too
        (folder / "data" / "programmes" / f"{id}.yaml").write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    (folder / "mkdocs.yml").write_text(f"INHERIT: {PROJECT / 'mkdocs.yml'}\n", encoding="utf-8")
    return list(records)


def build(folder: Path) -> Path:
    """Builds the site; ends the benchmark if that fails."""
    site = folder / "site"
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-f", folder / "mkdocs.yml", "-d", site], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return site


def sizes(site: Path) -> Iterator[tuple[str, float]]:
    """Kilobytes that a reader fetches for a page of a table, compressed, with the page alone."""
    for address in PAGES:
        yield address, len(gzip.compress((site / address / "index.html").read_bytes(), 6)) / 1000


class Took(NamedTuple):
    """What one step took, in milliseconds."""

    waited: float
    worked: float
    """Time of the processor in the main thread of the page."""


class Clock:
    """Times what is evaluated in a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.devtools = page.context.new_cdp_session(page)
        self.devtools.send("Performance.enable", {"timeDomain": "threadTicks"})

    def time(self, script: str, values: Any) -> Took:
        """What a script says that it waited, and what the page worked meanwhile."""
        before = self._worked()
        waited = self.page.evaluate(script, values)
        return Took(waited, 1000 * (self._worked() - before))

    def _worked(self) -> float:
        return float(next(each["value"] for each in self.devtools.send("Performance.getMetrics")["metrics"] if each["name"] == "TaskDuration"))


def visit(page: Page, root: str, ids: Iterable[str]) -> Iterator[tuple[str, Took]]:
    """The steps of one visit, each with what it took."""
    fresh, clock = iter(ids), Clock(page)
    for address, steps in FILTERS.items():
        _open(page, f"{root}{address}")
        for name, value in steps:
            yield f"filter, {address}", clock.time(NARROW, [name, value])
    for pause, words in ((0, "at once"), (PAUSE_MS, "after a pause")):
        _open(page, f"{root}{TABLE}")
        page.locator("#comparison[data-ready]").wait_for(state="attached")
        for _ in range(ROUNDS):
            for number in SIDE_BY_SIDE:
                page.evaluate(CHOOSE, [[next(fresh) for _ in range(number)], pause])
                yield f"compare {number}, {words}", clock.time(COMPARE, number)
                page.evaluate(CLOSE)


def _open(page: Page, address: str) -> None:
    """Opens a page and lets it come to rest: nobody chooses in the moment in which it is there."""
    page.goto(address, wait_until="load")
    page.wait_for_timeout(2 * PAUSE_MS)


def measure(site: Path, ids: list[str], visits: int) -> dict[str, list[Took]]:
    """All timings by the name of the step."""
    found: defaultdict[str, list[Took]] = defaultdict(list)
    with served(site) as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(playwright), args=FLAGS)
        each = 2 * ROUNDS * sum(SIDE_BY_SIDE)
        for number in range(visits):
            context = browser.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
            start = number * each % max(1, len(ids) - each)
            for step, took in visit(context.new_page(), root, (ids * 2)[start : start + each]):
                found[step].append(took)
            context.close()
        browser.close()
    return found


def main() -> None:
    """Prints two Markdown tables."""
    parser = argparse.ArgumentParser(description="Measures filtering and comparing in a real Chromium.")
    parser.add_argument("number", nargs="?", type=int, default=NUMBER, help=f"number of programmes (default: {NUMBER})")
    parser.add_argument("--visits", type=int, default=VISITS, help=f"fresh visits (default: {VISITS})")
    options = parser.parse_args()
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="waymark-browse-", dir=memory) as folder:
        ids = write_project(Path(folder), options.number)
        site = build(Path(folder))
        print(f"| Page with {len(ids)} programmes | compressed |\n|---|---|")
        for address, size in sizes(site):
            print(f"| {address} | {size:.0f} kB{'' if size <= GOAL_KB else f' (goal {GOAL_KB})'} |")
        print(f"\n| Step | times | median | longest | over {GOAL_MS} ms | the page worked, median |\n|---|---|---|---|---|---|", flush=True)
        for step, took in measure(site, ids, options.visits).items():
            waited, worked = ([each.waited for each in took], [each.worked for each in took])
            slow = sum(each > GOAL_MS for each in waited) / len(took)
            print(f"| {step} | {len(took)} | {statistics.median(waited):.0f} ms | {max(waited):.0f} ms | {slow:.0%} | {statistics.median(worked):.0f} ms |")


if __name__ == "__main__":
    main()
