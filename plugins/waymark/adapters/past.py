"""The history of the records, from git, at build time. A day that was compared once is kept: what two commits differ in never changes."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from waymark.adapters.caches import code, kept
from waymark.paths import CONTENT, DATA
from waymark.revisions import Commit, RevisionError, Revisions
from waymark.timeline import MOST_DAYS, Day, History, Step, from_plain, shown_subject, to_plain

_SHALLOW = "This copy was made without the older versions (a shallow clone). To have them, run: git fetch --unshallow. Then build again."
_TOO_MANY = f"Only the last {MOST_DAYS} days with changes are shown. The repository has the rest."


def history_of(root: Path, folder: Path | None) -> History:
    """The history of the project in the folder `root`; empty, with the reason, where git cannot tell it.

    Args:
        root: The project's folder.
        folder: Where days are kept between builds; None if nowhere.
    """
    try:
        revisions = Revisions(root)
        past = revisions.past(DATA, CONTENT)
        tags = revisions.tags()
        if not past.commits:
            return History(why="Nothing is committed yet.")
        days = [(day, list(commits)) for day, commits in groupby(_in_order(past.commits), key=lambda each: each.day)]
        first = days[0][1][0] if past.is_shallow else None  # what the oldest commit of a shallow copy seems to add was there before
        why = _SHALLOW if past.is_shallow else ""
        if len(days) > MOST_DAYS:
            first, why = days[-MOST_DAYS - 1][1][-1], _TOO_MANY
            days = days[-MOST_DAYS:]
        since = first.day if first else ""
        found = []
        for day, commits in days:
            if first is None or first.id != commits[-1].id:
                steps = tuple(Step(each.id[:7], shown_subject(each.subject)) for each in reversed(commits) if first is None or each.id != first.id)
                releases = tuple(shown_subject(tags[each.id]) for each in commits if each.id in tags)
                found.append(replace(_kept(revisions, day, first, commits[-1], folder), steps=steps, releases=releases))
            first = commits[-1]
    except RevisionError as error:
        return History(why=str(error))
    shown = tuple(day for day in reversed(found) if day.events or any(day.works))
    return History(shown, not why, why, since)


def _in_order(commits: tuple[Commit, ...]) -> list[Commit]:
    """The commits with days that never go back, whatever the clocks of the people said."""
    found, last = [], ""
    for each in commits:
        last = max(last, each.day)
        found.append(replace(each, day=last))
    return found


def _kept(revisions: Revisions, day: str, before: Commit | None, after: Commit, folder: Path | None) -> Day:
    key = sha256(f"{code()} {day} {before.id if before else ''} {after.id} {revisions.prefix}".encode()).hexdigest()
    found: Day = kept(folder / f"{key}.json" if folder else None, lambda: to_plain(_compared(revisions, day, before, after)), from_plain)
    return found


def _compared(revisions: Revisions, day: str, before: Commit | None, after: Commit) -> Day:
    from waymark.days import day_of  # only while a day is new: most builds find all days kept

    old, new = revisions.difference(before.id, after.id, DATA, CONTENT) if before else ({}, revisions.files(after.id, DATA, CONTENT))
    contents = dict(revisions.contents((*old.values(), *new.values())))
    return day_of(day, old, new, contents.__getitem__)
