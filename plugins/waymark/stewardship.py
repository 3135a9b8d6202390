"""Pages about who looks after the knowledge base: the people, reports of mistakes, and the state it is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property, partial

from waymark import freshness
from waymark.bibliography import READ_IN_FULL, READ_IN_PART
from waymark.corrections import CLOCK, CORRECTIONS, Correction, correction_anchor, in_log_order
from waymark.fields import EvidenceItem
from waymark.health import MEASURES, Task, changes, trend
from waymark.links import address_of
from waymark.opendata import STATUS_FILE, OpenData
from waymark.pages import Draft, Heading, Page, SearchText
from waymark.pieces import Texts, root_of
from waymark.status import KindStatus, hardest
from waymark.tables import PAGE_LENGTH

PEOPLE, STATUS = "people/", "status/"
CORRECTION_FORM, OWNER_FORM = "correction.yml", "owner-statement.yml"
"""Files of `.github/ISSUE_TEMPLATE/`."""
_PEOPLE_TITLE, _CORRECTIONS_TITLE, _STATUS_TITLE = "Who made this", "Corrections", "State of the knowledge base"
_HOW_KNOWN = {READ_IN_FULL: "Read in full", READ_IN_PART: "Read in part, often the abstract or a web page"}
_RELEASES = 4
"""Releases in the table of the page; all of them are in the open data."""
_LISTED, _NEXT = 50, 10
"""Records in a list of what is due, or has no links; the rest is counted. Records that come next after those."""
_TREND = (96, 22)
"""Width and height of the line that a measure makes over the releases."""


@dataclass(frozen=True, slots=True)
class Work:
    """What somebody did here, counted."""

    checked: int
    second_read: int
    coded: int
    coded_again: int
    decided: int


class Stewardship(OpenData):
    """Makes the pages about who looks after it, and how well that goes."""

    def stewardship(self) -> Iterable[Draft]:
        """Every page of this sort."""
        yield Draft(PEOPLE, _PEOPLE_TITLE, "data/people.yaml", self.people)
        yield from self.correction_pages()
        yield Draft(STATUS, _STATUS_TITLE, "", self.status)

    # People -----------------------------------------------------------------------------------------

    def people(self) -> Page:
        """The page on those whose initials stand in the records."""
        rows = [
            {
                "initials": initials,
                "person": person,
                "work": self._work_of.get(initials, Work(0, 0, 0, 0, 0)),
                "interests": [
                    {
                        "what": each.what,
                        "records": [self.link(self.library.items[id].record.name, id, "", "../") for id in each.records if id in self.library.items],
                        "works": [{"words": self.short(key), "address": self.work_address(key, "../")} for key in each.works],
                    }
                    for each in (person.interests if isinstance(person.interests, tuple) else ())
                ],
            }
            for initials, person in sorted(self.library.people.items(), key=lambda each: (each[1].until is not None, each[1].name.casefold()))
        ]
        again = sum(len(codings) for codings in self.library.second_coding.values())
        body = self._templates.get_template("people.html.jinja").render(title=_PEOPLE_TITLE, rows=rows, again=again, source=self.site.source)
        about = "Whose initials stand on the pages, what they do, and which interests they declared."
        headings = (Heading("people", "People and groups"), Heading("interests", "Interests"), Heading("join", "Take part"))
        names = " ".join(f"{row['initials']}: {row['person'].name}." for row in rows)  # type: ignore[attr-defined]
        return Page(PEOPLE, _PEOPLE_TITLE, body, headings, about, search=(SearchText("", _PEOPLE_TITLE, f"{about} Credits, editors, reviewers. {names}"),))

    @cached_property
    def _work_of(self) -> Mapping[str, Work]:
        counts: dict[str, Counter[str | None]] = {each.name: Counter() for each in fields(Work)}
        for item in self.library.items.values():
            counts["checked"][item.record.checked.by] += 1
            counts["second_read"][item.record.checked.second] += 1
            evidence: tuple[EvidenceItem, ...] = getattr(item.record, "evidence", ())
            for each in evidence:
                counts["coded"][each.coded_by] += 1
                counts["coded_again"][each.checked_by] += 1
        counts["decided"].update(each.said.by for each in self.library.corrections)
        return {initials: Work(**{name: count[initials] for name, count in counts.items()}) for initials in self.library.people}

    # Corrections ------------------------------------------------------------------------------------

    @cached_property
    def corrections_of(self) -> Mapping[str, tuple[Correction, ...]]:
        """For each record or hand-written page the reports on it, in the order of the log."""
        found: dict[str, tuple[Correction, ...]] = {}
        for each in in_log_order(self.library.corrections):
            for id in dict.fromkeys(each.said.pages):
                found[id] = (*found.get(id, ()), each)
        return found

    def correction_pages(self) -> Iterable[Draft]:
        """The log of reports; cut into one page a year when it is long. Those that are open always stand on the first."""
        for address, (year, _) in self._log.items():
            title = f"{_CORRECTIONS_TITLE} of {year}" if year else _CORRECTIONS_TITLE
            yield Draft(address, title, "data/corrections.yaml", partial(self._corrections, address, title))

    def correction_address(self, each: Correction) -> str:
        """Where a report stands in the log, from the root of the site."""
        address = next(address for address, (_, some) in self._log.items() if each in some)
        return f"{address}#{correction_anchor(each.id)}"

    @cached_property
    def _log(self) -> Mapping[str, tuple[str, list[Correction]]]:
        """The pages of the log: address, then year and reports. The first has no year: all of a short log, of a long one what is open."""
        found = in_log_order(self.library.corrections)
        if len(found) <= PAGE_LENGTH:
            return {CORRECTIONS: ("", found)}
        pages: dict[str, tuple[str, list[Correction]]] = {CORRECTIONS: ("", [each for each in found if each.is_open])}
        for each in (each for each in found if not each.is_open):
            year = str((each.said.decided or each.said.reported).year)
            pages.setdefault(f"{CORRECTIONS}{year}/", (year, []))[1].append(each)
        return pages

    def _corrections(self, address: str, title: str) -> Page:
        root = root_of(address)
        text = Texts(self, root)
        year, some = self._log[address]
        rows = [
            {
                "anchor": correction_anchor(each.id),
                "said": each.said,
                "is_open": each.is_open,
                "is_late": each.is_late(self.day),
                "days": each.days(self.day),
                "pages": [{"words": self._title(id), "address": f"{root}{self.address(id) or ''}"} for id in each.said.pages],
                "shown": text.prose(each.said.shown),
                "right": text.prose(each.said.right),
                "source": text.inline(each.said.source),
                "reason": text.inline(each.said.reason) if each.said.reason else "",
                "changed": text.inline(each.said.changed) if each.said.changed else "",
            }
            for each in some
        ]
        every = self.library.corrections
        # What we find ourselves is mostly put right at once, and would make us look faster than we answer others.
        took = sorted(each.days(self.day) for each in every if not each.is_open and each.said.found_by != "second reading")
        late = sum(each.is_late(self.day) for each in every)
        groups = [("open", "Not decided yet", [row for row in rows if row["is_open"]]), ("settled", "Decided", [row for row in rows if not row["is_open"]])]
        body = self._templates.get_template("corrections.html.jinja").render(
            title=title, root=root, groups=groups, total=len(every), open=sum(each.is_open for each in every), late=late,
            decisions=Counter(each.said.decision for each in every), took=took[len(took) // 2] if took else None, clock=CLOCK, day=self.day,
            here=year,
            years=[(each, f"{root}{page}") for page, (each, _) in self._log.items() if each], form=CORRECTION_FORM, source=self.site.source,
            canonical=self.site.url,
            references=self.listed(text.cited, root),
        )  # fmt: skip
        about = "Every report of a mistake: what a page showed, what is right, the source, what was decided and when."
        headings = [Heading("report", "Report a mistake")] if not year else []
        headings += [Heading(anchor, words) for anchor, words, some in groups if some]
        headings += [Heading("references", "References")] if text.cited else []
        search = [SearchText("", title, f"{about} Errors, errata, complaints, appeal.")]
        return Page(address, title, body, tuple(headings), about, search=tuple(search))

    def reported(self, id: str, root: str) -> str:
        """What stands at the top of the hand-written page `id` while reports on it are open; mostly nothing."""
        some = [each for each in self.corrections_of.get(id, ()) if each.is_open]
        return str(self._parts.reported([{"report": each, "address": f"{root}{self.correction_address(each)}"} for each in some])) if some else ""

    def _title(self, id: str) -> str:
        if id in self.library.items:
            return self.library.items[id].record.name
        return next((line[2:].strip() for line in self.library.pages[id].text.splitlines() if line.startswith("# ")), id) if id in self.library.pages else id

    # State ------------------------------------------------------------------------------------------

    def status(self) -> Page:
        """The page on the state of the knowledge base."""
        health, history = self.health, self.library.history
        bare = Texts(self, "../").bare
        total = {each.name: sum(getattr(row, each.name) for row in health.kinds) for each in fields(KindStatus) if each.type == "int"}
        known = Counter(_HOW_KNOWN.get(entry.known, "Known to us only through another work") for entry in self.library.bibliography.values())
        groups: dict[str, list[dict[str, object]]] = {}
        more = changes(health.figures, history[-1].figures) if history else {}
        for measure in MEASURES:
            whole = health.figures[measure.of] if measure.of else 0
            groups.setdefault(measure.group, []).append(
                {
                    "measure": measure,
                    "value": health.figures[measure.name],
                    "whole": whole,
                    "share": 100 * health.figures[measure.name] / whole if whole else None,
                    "more": more.get(measure.name),
                }
            )
        body = self._templates.get_template("status.html.jinja").render(
            rows=health.kinds, total=total, known=sorted(known.items()), health=health, groups=groups, last=history[-1] if history else None,
            releases=history[-_RELEASES:][::-1], more_releases=max(0, len(history) - _RELEASES), history=self._history(), listed=_LISTED,
            hardest=[{"item": item, "lix": lix, "address": f"../{address_of(item.kind.name, item.id)}"} for item, lix in hardest(self.library, bare)],
            overdue=self._tasks(health.overdue), soon=self._tasks(health.soon), later=self._tasks(health.later[:_NEXT]), of_kind=freshness.OF_KIND,
            of_status=freshness.OF_STATUS, retired=freshness.RETIRED,
            open_disagreement=freshness.OPEN_DISAGREEMENT, ending=freshness.ENDING, soon_months=freshness.SOON,
            no_links_in=self._named(health.no_links_in), no_links_out=self._named(health.no_links_out), file=STATUS_FILE, trend=_TREND,
        )  # fmt: skip
        about = "How much is in this knowledge base, what it rests on, what is due or overdue, and how plain its English is."
        headings = (
            Heading("figures", "In figures"), Heading("history", "From release to release"), Heading("due", "What is to be checked"),
            Heading("rule", "When a page is due"), Heading("links", "Pages that stand alone"), Heading("kinds", "What is in it"),
            Heading("coverage", "How far it is filled"), Heading("works", "What it rests on"), Heading("hardest", "Hardest summaries"),
        )  # fmt: skip
        words = f"{about} Overdue checks, freshness, update policy, health, history by release."
        return Page(STATUS, _STATUS_TITLE, body, headings, about, search=(SearchText("", _STATUS_TITLE, words),))

    def _tasks(self, tasks: Iterable[Task]) -> list[dict[str, object]]:
        return [{"task": each, "address": f"../{address_of(each.item.kind.name, each.item.id)}", "days": each.due.days_overdue(self.day)} for each in tasks]

    def _named(self, items: Iterable[object]) -> list[dict[str, object]]:
        return [{"item": each, "address": f"../{address_of(each.kind.name, each.id)}"} for each in items]  # type: ignore[attr-defined]

    def _history(self) -> list[dict[str, object]]:
        """For each measure its figures in the last releases, the newest first, with what changed from one to the next, and the line they all make."""
        history = self.library.history
        rows: list[dict[str, object]] = []
        for measure in MEASURES:
            numbers = [each.figures.get(measure.name) for each in history]
            counted = [number for number in numbers if number is not None]
            if not counted:
                continue
            pairs = [(now, before) for now, before in zip(numbers, [None, *numbers], strict=False)]
            cells = [{"value": now, "more": now - before if now is not None and before is not None else None} for now, before in pairs]
            line = trend(counted, *_TREND) if len(counted) > 2 and len(set(counted)) > 1 else []
            rows.append({"measure": measure, "cells": cells[-_RELEASES:][::-1], "line": " ".join(f"{x},{y}" for x, y in line)})
        return rows
