"""Addresses that were promised: `data/published-ids.txt` holds every id that was ever published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from waymark.files import read_text
from waymark.kinds import Kind
from waymark.problems import Code, Location, Problem, article, short


def published_problems(path: Path, shown: str, ids: Sequence[tuple[str, Kind]], former: Iterable[tuple[str, Kind]]) -> Iterator[Problem]:
    """Ids that were published once and lead nowhere now.

    Args:
        path: The file, with one `kind/id` a line.
        shown: Its path as shown to people.
        ids: Id and kind of every record there is.
        former: Ids that records had before, with the kind of the record.
    """
    if not path.exists():
        return
    text, problems = read_text(path, shown)
    yield from problems
    # A kind that changed moves the address too, so the kind is part of what must live on.
    alive = {f"{kind.name}/{id}" for id, kind in (*ids, *former)}
    for number, line in enumerate((text or "").splitlines(), 1):
        if line and not line.startswith("#") and line not in alive:
            kind, _, id = line.partition("/")
            fix = f"Give the record that replaces it `former_ids: [{short(id)}]`, so that old links lead there."
            if now := next((each.name for word, each in ids if word == id), ""):
                kind = short(kind)
                before = article(kind)
                fix = f"It is {article(now)} now, so its address has changed. Make it {before} again, or give it a new id and keep {before} under the old one."
            yield Problem(Location(shown, number), Code.LOST_ID, f"'{short(line)}' was published and is gone.", fix)
