"""Pages on what changed: what each record's own page says of it, and the chronicle of the whole, month by month, with a feed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property, partial
from itertools import groupby
from typing import Any

from waymark.anatomy import title_of
from waymark.feeds import LENGTH, Feed, FeedEntry
from waymark.feeds import NAME as FEED
from waymark.feeds import TYPE as FEED_TYPE
from waymark.kinds import KINDS
from waymark.library import Item
from waymark.opendata import OpenData
from waymark.pages import Alternate, Download, Draft, Heading, Page, SearchText
from waymark.pieces import root_of
from waymark.tables import PAGE_LENGTH, Filter
from waymark.timeline import PAGE, Day, Event, History, months_of

CHANGES = "changes/"
_TITLE = "What changed"
_ABOUT = "What was added, changed and taken out of this knowledge base, day by day, in words."
_ON_RECORD, _NEWEST = 3, 20
"""Days that a record's page shows at once; rows on the first page."""
_MANY = 6
"""Records of one kind that are added on one day, from which they share a row."""
_SAID = {"added": "Added", "removed": "Taken out", "renamed": "Moved here", "changed": ""}
_SORTS = {"added": "added", "removed": "taken out", "renamed": "renamed", "changed": "changed"}


class Chronicle(OpenData):
    """Makes what is said of changes."""

    history = History(why="This copy was made without git, so its older versions are not known.")
    """What changed; set by whoever can read it."""

    def history_of(self, item: Item) -> dict[str, Any]:
        """What the page of a record says of its changes."""
        events = self.history.of(item.kind.name, item.id, item.record.former_ids)
        file = f"{self.site.source}/commits/HEAD/{item.document.path}" if self.site.source else ""
        return {
            "events": [_in_words(each) for each in events], "shown": _ON_RECORD, "is_whole": self.history.is_whole, "file": file,
            "is_known": bool(self.history.days or self.history.since), "since": date.fromisoformat(self.history.since) if self.history.since else None,
        }  # fmt: skip

    def chronicle(self) -> Iterable[Draft]:
        """The page on all changes, one for each month, and one for each day of a month with very many."""
        months = months_of(self.history)
        yield Draft(CHANGES, _TITLE, "", partial(self._changes, months))
        for month, days in months.items():
            yield Draft(f"{CHANGES}{month}/", f"{_TITLE}: {_month(month)}", "", partial(self._month, month, days, list(months)))
            for day in days if month in self._cut_months else ():
                yield Draft(f"{CHANGES}{day.day}/", f"{_TITLE}: {_in_full(day.day)}", "", partial(self._day, day))

    def downloads(self) -> Iterable[Download]:
        """The feed of changes, beside all other files; nothing where no change is known, or the site has no address."""
        yield from super().downloads()
        events = [event for day in self.history.days for event in day.events][:LENGTH]
        if not events or not self.site.url:
            return
        entries = tuple(
            FeedEntry(
                f"{event.name}: {_SORTS[event.sort]}", f"{self.site.url}{self._place_of(event)}", event.kind,
                date.fromisoformat(event.day), ". ".join(filter(None, (event.words, *event.labels))) or f"{event.kind.capitalize()} {_SORTS[event.sort]}",
            )
            for event in events
        )  # fmt: skip
        feed = Feed(
            f"{self.site.name}: {_TITLE.lower()}", f"{self.site.url}{CHANGES}{FEED}", f"{self.site.url}{CHANGES}", f"{self.site.name} editors",
            entries[0].day, entries,
        )  # fmt: skip
        yield self.feed_file(CHANGES, feed)

    def _changes(self, months: dict[str, list[Day]]) -> Page:
        root = root_of(CHANGES)
        newest = [row for day in self.history.days[:_NEWEST] for row in self._rows(day, root)][:_NEWEST]
        listed = [
            {
                "words": _month(month), "address": f"{root}{CHANGES}{month}/", "days": len(days), "releases": [name for day in days for name in day.releases],
                "counts": {word: sum(event.sort == sort for day in days for event in day.events) for sort, word in _SORTS.items()},
            }
            for month, days in months.items()
        ]  # fmt: skip
        body = self._templates.get_template("changes.html.jinja").render(
            title=_TITLE, history=self.history, since=_date(self.history.since), rows=newest, months=listed, root=root, has_feed=bool(self.site.url and months),
        )  # fmt: skip
        headings = (Heading("newest", "The newest changes"), Heading("months", "Month by month")) if months else ()
        return Page(
            CHANGES, _TITLE, body, headings, _ABOUT, search=(SearchText("", _TITLE, f"{_ABOUT} History, changelog, news."),), alternates=self._feed_link("")
        )

    def _month(self, month: str, days: list[Day], months: list[str]) -> Page:
        address, place = f"{CHANGES}{month}/", months.index(month)
        root = root_of(address)
        around = {"newer": self._other(months, place - 1, root), "older": self._other(months, place + 1, root)}
        if month in self._cut_months:
            parts = [{"day": _date(day.day), "address": f"{root}{CHANGES}{day.day}/", "number": len(day.events)} for day in days]
            return self._sheet(address, _month(month), [], parts_of_it=parts, **around)
        return self._sheet(address, _month(month), days, parts_of_it=[], **around)

    def _day(self, day: Day) -> Page:
        root = root_of(CHANGES) + "../"
        around = {"newer": None, "older": {"words": _month(day.month), "address": f"{root}{CHANGES}{day.month}/"}}
        return self._sheet(f"{CHANGES}{day.day}/", _in_full(day.day), [day], parts_of_it=[], **around)

    def _sheet(self, address: str, span: str, days: list[Day], **context: Any) -> Page:
        """A page with the changes of some days, in one table that can be filtered."""
        root, title = root_of(address), f"{_TITLE}: {span}"
        # The script above the table takes the first column for sorted; of equals the newest comes first.
        rows = sorted((row for day in days for row in self._rows(day, root)), key=lambda row: row["order"])
        choices = [tuple(dict.fromkeys(row[name] for row in rows)) for name in ("kind", "what")]
        about = [
            {"day": _date(day.day), "anchor": f"day-{day.day}", "steps": day.steps, "releases": day.releases, "works": self._works_of(day, root)}
            for day in days
        ]
        body = self._templates.get_template("changes-month.html.jinja").render(
            title=title, rows=rows, filters=[Filter(1, "Kind", "has", choices[0]), Filter(2, "What happened", "has", choices[1])],
            days=about, root=root, source=self.site.source, **context,
        )  # fmt: skip
        headings = (Heading("records", "Records and pages"), *((Heading("days", "Day by day"),) if days else ()))
        about_it = f"What was added, changed and taken out in {span}."
        return Page(address, title, body, headings, about_it, search=(SearchText("", title, about_it),), search_weight=0.5, alternates=self._feed_link("../"))

    @cached_property
    def _cut_months(self) -> frozenset[str]:
        """Months with so many rows that each of their days has a page of its own."""
        rows = {month: sum(1 for day in days for _ in self._rows(day, "")) for month, days in months_of(self.history).items() if len(days) > 1}
        return frozenset(month for month, number in rows.items() if number > PAGE_LENGTH)

    def _place_of(self, event: Event) -> str:
        """Where on the site a change stands, from its root."""
        return f"{CHANGES}{event.day if event.day[:7] in self._cut_months else event.day[:7]}/#{_anchor(event)}"

    def _feed_link(self, root: str) -> tuple[Alternate, ...]:
        return (Alternate(FEED_TYPE, f"{root}{FEED}", f"{self.site.name}: {_TITLE.lower()}"),) if self.site.url and self.history.days else ()

    def _other(self, months: list[str], place: int, root: str) -> dict[str, str] | None:
        return {"words": _month(months[place]), "address": f"{root}{CHANGES}{months[place]}/"} if 0 <= place < len(months) else None

    def _rows(self, day: Day, root: str) -> Iterator[dict[str, Any]]:
        """A row for each record; those of one kind that are added on the same day share one if they are many."""
        for (kind, sort), found in groupby(sorted(day.events, key=_place), key=lambda each: (each.kind, each.sort)):
            events = list(found)
            row = {"day": _date(day.day), "kind": kind, "what": _SORTS[sort]}
            if sort == "added" and len(events) > _MANY:
                plural = KINDS[kind].plural if kind in KINDS else f"{kind}s"
                listed = [{"name": self._link_to(each, root), "anchor": _anchor(each)} for each in events]
                yield {**row, "order": f"{len(events)} {plural}", "many": f"{len(events)} {plural}", "events": listed}
                continue
            for each in events:
                words = f"It was “{each.former}” before{': ' * bool(each.words)}{each.words}" if each.former else each.words
                name = self._link_to(each, root)
                yield {**row, "order": each.name.casefold(), "many": "", "name": name, "anchor": _anchor(each), "words": words, "labels": each.labels}

    def _link_to(self, event: Event, root: str) -> object:
        """The record or page under the name it has now; the name alone if it is no longer there."""
        id = event.id if event.id in self.library.items else self._now.get((event.kind, event.id), event.id)
        if id in self.library.items and self.library.items[id].kind.name == event.kind:
            return self.link(self.library.items[id].record.name, id, "", root)
        if event.kind == PAGE and id in self.library.pages:
            return self.link(title_of(self.library, id), id, "", root)
        return event.name

    @cached_property
    def _now(self) -> dict[tuple[str, str], str]:
        return {(item.kind.name, former): item.id for item in self.library.items.values() for former in item.record.former_ids}

    def _works_of(self, day: Day, root: str) -> list[tuple[str, list[dict[str, str]]]]:
        def shown(key: str) -> dict[str, str]:
            return {"words": self.short(key) if key in self.library.bibliography else key, "address": self.work_address(key, root)}

        named = zip(("added", "changed", "taken out"), day.works, strict=True)
        return [(word, [shown(key) for key in keys]) for word, keys in named if keys]


def _in_words(event: Event) -> dict[str, Any]:
    said = f"{_SAID[event.sort]} from “{event.former}”" if event.sort == "renamed" and event.former else _SAID[event.sort]
    return {"day": date.fromisoformat(event.day), "said": said, "words": event.words, "labels": event.labels}


def _anchor(event: Event) -> str:
    return f"{event.day}-{event.kind}-{event.id.replace('/', '-')}"


def _place(event: Event) -> tuple[int, int, str]:
    """Records in the order of their kinds, pages last; what was taken out before what was added."""
    kinds = list(KINDS)
    return (kinds.index(event.kind) if event.kind in kinds else len(kinds)), list(_SORTS).index(event.sort), event.name.casefold()


def _date(day: str) -> date | None:
    return date.fromisoformat(day) if day else None


def _in_full(day: str) -> str:
    found = date.fromisoformat(day)
    return f"{found.day} {found:%B %Y}"


def _month(month: str) -> str:
    return date.fromisoformat(f"{month}-01").strftime("%B %Y")
