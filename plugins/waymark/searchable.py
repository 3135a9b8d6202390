"""What the search should find on the page of a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from waymark.anatomy import Fact, Section
from waymark.library import Item
from waymark.links import HEADINGS
from waymark.pages import SearchText


def search_texts(item: Item, facts: Iterable[Fact], sections: Iterable[Section], bare: Callable[[str], str]) -> list[SearchText]:
    """One entry for the page, with its names, summary and facts, and one for each section."""
    record = item.record
    coded = " ".join(f"{fact.label}: {', '.join(fact.values)}." for fact in facts if fact.values)
    if record.retired:
        coded = f"Retired on {record.retired.on}. {coded}"
    found = [
        SearchText("", item.shown_name, f"{'; '.join(filter(None, (record.short_name, *record.other_names)))}. {bare(record.summary)} {coded}".lstrip(". "))
    ]
    for section in sections:
        words = [bare(section.text)] if section.text else [f"{part.title}. {bare(part.text)}" for group in section.groups for part in group.parts]
        words += [f"{' '.join(filter(None, (row.label, row.number, row.base, row.period, row.note)))}." for row in section.figures]
        words += [f"{each.component.capitalize()}: {each.level}. {bare(each.reason)}" for each in section.concerns]
        found.append(SearchText(section.anchor, section.heading, " ".join(words)))
    findings = [f"{bare(each.finding)} {bare(each.limits or '')}" for each in getattr(record, "evidence", ())]
    disagreements = [f"{each.topic}. {bare(each.text)}" for each in record.disagreements]
    # What an owner says stands in quotation marks, so that a list of results does not show it as our voice.
    owners = [f"{each.by}: “{bare(each.text)}”" for each in record.owner_statements]
    for anchor, words in (("evidence", findings), ("limits", [bare(record.limits or "")]), ("disagreements", disagreements), ("owner", owners)):
        if any(words):
            found.append(SearchText(anchor, HEADINGS[anchor], " ".join(words)))
    return found
