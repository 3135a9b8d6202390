"""Measures in a real Chromium what a reader waits for: narrowing a long table down, and setting programmes side by side.

    python bench/browse.py                1000 programmes, 3 visits
    python bench/browse.py 200 --visits 1

The programmes are those of the project, taken over and over under other names, so that texts and findings are as long as
real ones. Each step is timed from the reader's action until the browser has painted what follows, in fresh visits that take
turns. “At once” compares programmes in the moment in which the last is ticked; “after a pause” when its file had time to
come. Figures are of this machine, without a graphics card, and a busy machine is slower: run it when nothing else does.
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
from typing import Any

import yaml

PROJECT = Path(__file__).parents[1]
sys.path.append(str(PROJECT / "tests"))

from browser import DESKTOP, FLAGS, chromium_path, served  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

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
PAINTED = "const painted = () => new Promise((done) => requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel(); port1.onmessage = done; port2.postMessage(0); }));"
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
COMPARE = f"""async ([ids, pause]) => {{ {PAINTED}
    const section = document.getElementById("comparison");
    const boxes = new Map([...document.querySelectorAll(".wm-choices input[type=checkbox]")].map((box) => [box.value, box]));
    for (const id of ids) {{
        boxes.get(id).click();
        await new Promise((done) => setTimeout(done, pause));
    }}
    await painted();
    const start = performance.now();
    [...document.querySelectorAll(".wm-bar button")].find((each) => each.textContent.startsWith("Compare")).click();
    while (section.hidden || section.querySelectorAll(".wm-compare thead th").length !== ids.length + 1) await painted();
    await painted();
    const took = performance.now() - start;
    [...section.querySelectorAll("button")].find((each) => each.textContent === "Close").click();
    [...document.querySelectorAll(".wm-bar button")].find((each) => each.textContent === "Untick all").click();
    await painted();
    return took;
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
        records[f"{id[:70]}-{turn + 2}"] = {**record, **short, "name": f"{record['name'][:180]} {turn + 2}", "former_ids": []}
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


def visit(page: Page, root: str, ids: Iterable[str]) -> Iterator[tuple[str, float]]:
    """The steps of one visit, each with its milliseconds."""
    fresh = iter(ids)
    for address, steps in FILTERS.items():
        page.goto(f"{root}{address}", wait_until="load")
        for name, value in steps:
            yield f"filter, {address}", page.evaluate(NARROW, [name, value])
    for pause, words in ((0, "at once"), (PAUSE_MS, "after a pause")):
        page.goto(f"{root}{TABLE}", wait_until="load")
        page.locator("#comparison[data-ready]").wait_for(state="attached")
        for _ in range(ROUNDS):
            for number in SIDE_BY_SIDE:
                yield f"compare {number}, {words}", page.evaluate(COMPARE, [[next(fresh) for _ in range(number)], pause])


def measure(site: Path, ids: list[str], visits: int) -> dict[str, list[float]]:
    """All timings by the name of the step."""
    found: defaultdict[str, list[float]] = defaultdict(list)
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
        print(f"\n| Step | times | median | longest | over {GOAL_MS} ms |\n|---|---|---|---|---|", flush=True)
        for step, took in measure(site, ids, options.visits).items():
            slow = sum(each > GOAL_MS for each in took) / len(took)
            print(f"| {step} | {len(took)} | {statistics.median(took):.0f} ms | {max(took):.0f} ms | {slow:.0%} |")


if __name__ == "__main__":
    main()
