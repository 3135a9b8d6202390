"""Two equal sites for measuring: Waymark data, and the same pages as Markdown for plain MkDocs with Material.

    python bench/generate.py 1000 FOLDER     makes FOLDER/waymark and FOLDER/plain

The text is invented: words by Zipf's law, so that search indexes have a plausible size. Each record has what a real
practice has: about 350 words in 16 statements, 16 citations of 4 works, and 6 links. The plain site says what an
author would type: all texts, facts, sources, links and the list of references. What Waymark adds by itself stays
out of it: backlinks, a reference list on each page, files for reference managers, the content policy.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import textwrap
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from waymark.anatomy import facts_of, sections_of
from waymark.apa import References
from waymark.citations import find_citations
from waymark.kinds import KINDS
from waymark.library import Item, Library, load_library
from waymark.links import find_links
from waymark.problems import as_text, failures
from waymark.relations import RELATIONS
from waymark.tables import PAGE_LENGTH, by_letter, first_letter, index_of
from waymark.usage import Use, uses_of

PROJECT = Path(__file__).parents[1]
TODAY = date(2026, 11, 22)
SEED = 7
STOP = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "is",
    "that",
    "for",
    "on",
    "with",
    "as",
    "was",
    "by",
    "at",
    "from",
    "or",
    "an",
    "be",
    "this",
    "are",
    "which",
    "it",
    "not",
    "has",
    "have",
    "were",
    "their",
    "than",
    "can",
    "more",
    "also",
    "between",
    "after",
    "may",
    "these",
    "when",
    "who",
]
OTHER_KINDS = tuple(kind.plural for kind in KINDS.values() if kind.name != "practice")
SECTIONS = {"target_group": 25, "problem": 40, "approach": 60, "partners": 30, "resources": 25, "evaluation": 45, "transfer": 30}
FACTS = {"countries": "[{}]", "organisation": "{}", "start_year": "{}", "status": "{}", "setting": "[{}]", "phase": "[{}]"}
"""Facts of a record, each with how its value is written in YAML."""

NAV = ("index.md", "practices/index.md", *(f"{kind}/index.md" for kind in OTHER_KINDS), "references/index.md")
CONFIG = """\
INHERIT: {parent}
docs_dir: content
{plugins}nav: {nav}
"""


class Words:
    """A source of invented text; the same seed gives the same text."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)

    def some(self, number: int) -> list[str]:
        """So many words, the frequent ones often."""
        return self.random.choices(_VOCABULARY, cum_weights=_WEIGHTS, k=number)

    def prose(self, number: int) -> str:
        """Sentences with so many words in all."""
        sentences = []
        while number > 0:
            length = min(number, self.random.randint(9, 19))
            sentences.append(" ".join(self.some(length)).capitalize() + ".")
            number -= length
        return " ".join(sentences)

    def name(self, number: int) -> str:
        """So many long words with capital letters."""
        return " ".join(word.capitalize() for word in self.random.choices(_LONG, k=number))

    def pick(self, *values: str) -> str:
        """One of the values."""
        return self.random.choice(values)


def _vocabulary(size: int = 8000) -> list[str]:
    random_ = random.Random(SEED)
    starts, middles, ends = (
        ["b", "c", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "br", "cl", "dr", "fl", "gr", "pl", "st", "tr"],
        ["a", "e", "i", "o", "u", "ai", "ea", "ou"],
        ["", "", "n", "r", "s", "t", "l", "nd", "st"],
    )
    words = dict.fromkeys(STOP)
    while len(words) < size:
        syllables = random_.choice((1, 2, 2, 3))
        words["".join(random_.choice(starts) + random_.choice(middles) + random_.choice(ends) for _ in range(syllables))] = None
    return list(words)


_VOCABULARY = _vocabulary()
_WEIGHTS = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(_VOCABULARY))))
_LONG = _VOCABULARY[len(STOP) :]


# Waymark's data -------------------------------------------------------------------------------------


def write_waymark(folder: Path, number: int) -> None:
    """So many practices, half as many references, and a mkdocs.yml that differs from the real one in its pages only."""
    (folder / "data" / "practices").mkdir(parents=True)
    keys = [f"work{each:05}" for each in range(max(20, number // 2))]
    ids = [f"practice-{each:05}" for each in range(number)]
    (folder / "data" / "references.bib").write_text("\n".join(_entry(key) for key in keys), encoding="utf-8")
    for id in ids:
        (folder / "data" / "practices" / f"{id}.yaml").write_text(_record(id, ids, keys), encoding="utf-8")
    _write_site(folder, plugins="", nav=(*NAV, "checks/index.md"))


def _entry(key: str) -> str:
    words = Words(key)
    authors = " and ".join(f"{words.name(1)}, {words.name(1)}" for _ in range(words.random.randint(1, 3)))
    fields = {"author": authors, "year": str(words.random.randint(1970, 2025)), "title": " ".join(words.some(10)).capitalize()}
    type_ = words.pick("article", "article", "book", "report")
    if type_ == "article":
        start = words.random.randint(1, 300)
        fields |= {
            "journal": f"Journal of {words.name(2)}",
            "volume": str(words.random.randint(1, 80)),
            "pages": f"{start}-{start + 12}",
            "doi": f"10.1234/{key}",
        }
    else:
        fields |= {"publisher" if type_ == "book" else "institution": words.name(2), "url": f"https://example.org/{key}"}
    fields |= {"known": words.pick("read in full", "read in part"), "checked": "2026-11-22"}
    return f"@{type_}{{{key},\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items()) + "}\n"


def _record(id: str, ids: list[str], keys: list[str]) -> str:
    words = Words(id)
    works = itertools.cycle(words.random.sample(keys, 4))
    linked = iter(words.random.sample([each for each in ids if each != id], 6))

    def cite() -> str:
        return f"[@{next(works)}, p. {words.random.randint(1, 300)}]"

    def prose(length: int) -> str:
        return f"{words.prose(length)} {cite()}"

    facts = {
        "countries": words.pick("DK", "SE", "GB", "FR", "DE"),
        "organisation": words.name(3),
        "start_year": str(words.random.randint(1990, 2024)),
        "status": words.pick("running", "ended", "pilot"),
        "setting": words.pick("prison", "probation", "community"),
        "phase": words.pick("sentence", "preparing release", "after release"),
    }
    lines = [f"name: {words.name(4)} {id[-5:]}", f"other_names: [{words.name(2)}]", _folded("summary", prose(35))]
    lines += [f"{name}: {FACTS[name].format(value)}" for name, value in facts.items()]
    for name, length in SECTIONS.items():
        with_link = name in ("problem", "approach", "transfer")
        lines.append(_folded(name, prose(length) + (f" See [{' '.join(words.some(3))}][{next(linked)}]." if with_link else "")))
    lines.append("steps:")
    lines += [f"  - title: {words.name(2)}\n    text: {words.prose(9)}" for _ in range(4)]
    lines += ["evidence:", f"  - source: '{cite()}'", "    question: outcomes", "    kind: outcome study", "    design: qualitative", "    participants: 24"]
    lines += [f"    finding: {words.prose(14)}", "relations:"]
    lines += [f"  - {{type: {type_}, to: {next(linked)}, basis: '{cite()}'}}" for type_ in ("uses", "complements", "related_to")]
    lines += ["basis:", *(f"  {name}: '{cite()}'" for name in (*facts, "steps"))]
    lines += ["checked:", "  on: 2026-11-22", f"  against: [{next(works)}, {next(works)}]", "  by: XX"]
    return "\n".join(lines) + "\n"


def _folded(name: str, text: str) -> str:
    return f"{name}: >-\n" + textwrap.fill(text, 110, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)


# The same as plain Markdown -------------------------------------------------------------------------


class Plain:
    """Writes what a library holds as Markdown pages."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.references = References(library.bibliography)

    def write(self, folder: Path) -> None:
        """All pages and their mkdocs.yml."""
        content = folder / "content"
        (content / "practices").mkdir(parents=True)
        for item in self.library.items.values():
            (content / "practices" / f"{item.id}.md").write_text(self.record(item), encoding="utf-8")
        letters = by_letter(index_of(self.library, "practice").rows, lambda row: row.item.record.name)
        head = ["| Name | Country | Setting | Status |", "|---|---|---|---|"]
        tables = {
            letter: [*head, *(_row(f"[{row.item.record.name}]({row.item.id}.md)", *(", ".join(cell or ()) for cell in row.cells)) for row in rows)]
            for letter, rows in letters.items()
        }
        self._write_letters(content / "practices", "Practices", tables, len(self.library.items), "\n", len(head))
        for kind in OTHER_KINDS:
            (content / kind).mkdir()
            (content / kind / "index.md").write_text(f"# {kind.capitalize()}\n\n0 {kind}.\n", encoding="utf-8")
        listed = self.references.sorted([key for key in self.library.bibliography if key in self.library.citing])
        entries = {letter: [self._entry(each.key) for each in some] for letter, some in by_letter(listed, lambda each: each.text).items()}
        self._write_letters(content / "references", "References", entries, len(self.library.bibliography), "\n\n")
        for key, uses in uses_of(self.library).items():
            (content / "references" / f"{key}.md").write_text(self.work(key, uses), encoding="utf-8")
        _write_site(folder, plugins="plugins: [search]\nnot_in_nav: /*/*\n", nav=NAV)

    def record(self, item: Item) -> str:
        """The page of one record."""
        record = item.record
        blocks = [f"# {record.name}", f"Also: {'; '.join(record.other_names)}", self.text(record.summary), "## At a glance"]
        blocks.append(_table(("What", "Coded as", "Source"), ((fact.label, ", ".join(fact.values), self.text(fact.basis)) for fact in facts_of(item))))
        for section in sections_of(item):
            blocks += [f"## {section.heading}", self.text(section.text) if section.text else f"Source of the list: {self.text(section.basis)}"]
            parts = [part for group in section.groups for part in group.parts]
            blocks += ["\n".join(f"{part.number}. **{part.title}** {self.text(part.text)}" for part in parts)] if parts else []
        found = ((each.question, self.text(each.finding), each.kind, each.design, str(each.participants), self.text(each.source)) for each in record.evidence)  # type: ignore[attr-defined]
        blocks += ["## Coded findings", _table(("Question", "Finding", "Kind of source", "Design", "People", "Source"), found), "## Related pages"]
        blocks += [
            f"{RELATIONS[each.type].forward}: [{self.library.items[each.to].record.name}]({each.to}.md) {self.text(each.basis)}" for each in record.relations
        ]
        against = "; ".join(f"[{self.references[key].who} ({self.references[key].year})]({self._address(key)})" for key in record.checked.against)
        return "\n\n".join([*blocks, "## About this page", f"Checked {record.checked.on}, against {against}"]) + "\n"

    def work(self, key: str, uses: Iterable[Use]) -> str:
        """The page of one work, with the places that cite it."""
        pages: dict[str, list[str]] = {}
        for use in uses:
            pages.setdefault(use.id, []).append(f"{use.where}: {use.place}")
        used = [
            f"- [{self.library.items[id].record.name}](../practices/{id}.md): {'; '.join(places)}" for id, places in pages.items() if id in self.library.items
        ]
        reference = self.references[key]
        return "\n\n".join([f"# {reference.who} ({reference.year})", self._entry(key), "## Where it is used", "\n".join(used)]) + "\n"

    def text(self, text: str) -> str:
        """A text with its citations and links as plain Markdown has them."""
        found = [(link.start, link.end, f"[{link.words}]({link.target}.md)") for link in find_links(text)]
        found += [
            (group.start, group.end, f"({'; '.join(self._mention(each.key, each.locator) for each in group.citations)})") for group in find_citations(text)[0]
        ]
        for start, end, words in sorted(found, reverse=True):
            text = text[:start] + words + text[end:]
        return text

    def _mention(self, key: str, locator: str) -> str:
        return f"[{self.references[key].who}, {self.references[key].year}, {locator}]({self._address(key)})"

    def _address(self, key: str) -> str:
        is_cut = len(self.library.bibliography) > PAGE_LENGTH
        return f"../references/{_file(first_letter(self.references[key].text)) if is_cut else 'index.md'}#ref-{key}"

    def _entry(self, key: str) -> str:
        return f'<a id="ref-{key}"></a>{self.references[key].text} ({self.library.bibliography[key].known})'

    def _write_letters(self, folder: Path, title: str, letters: dict[str, list[str]], total: int, joint: str, head: int = 0) -> None:
        """One page, or from the same length as in Waymark a page for each letter and one that lists the letters."""
        folder.mkdir(exist_ok=True)
        if total <= PAGE_LENGTH:
            first, *rest = letters.values()
            letters, pages = {}, {"index.md": [*first, *(line for lines in rest for line in lines[head:])]}
        else:
            pages = {"index.md": [], **{_file(letter): lines for letter, lines in letters.items()}}
        bar = " ".join(f"[{letter}]({_file(letter)})" for letter in letters)
        for name, lines in pages.items():
            (folder / name).write_text(f"# {title}\n\n{bar}\n\n" + joint.join(lines) + "\n", encoding="utf-8")


def _file(letter: str) -> str:
    return f"letter-{letter.lower().replace('#', '0-9')}.md"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join([_row(*head), "|---" * len(head) + "|", *(_row(*row) for row in rows)])


def _write_site(folder: Path, *, plugins: str, nav: Iterable[str]) -> None:
    """What both sites have: the project's configuration, theme and assets, a home page and the two pages that records point at."""
    content = folder / "content"
    content.mkdir(exist_ok=True)
    for name in ("index", "method", "responsible-use"):
        (content / f"{name}.md").write_text(f"# {name.capitalize()}\n\n{Words(name).prose(60)}\n", encoding="utf-8")
    (content / "assets").symlink_to(PROJECT / "content" / "assets")
    (folder / "plugins").symlink_to(PROJECT / "plugins")  # paths in mkdocs.yml are relative to it
    names = [*nav, "method.md", "responsible-use.md"]
    (folder / "mkdocs.yml").write_text(CONFIG.format(parent=PROJECT / "mkdocs.yml", plugins=plugins, nav=json.dumps(names)), encoding="utf-8")


def generate(number: int, folder: Path) -> None:
    """Writes both sites; fails if the data do not pass the checks."""
    write_waymark(folder / "waymark", number)
    library, problems = load_library(folder / "waymark", today=TODAY)
    if wrong := failures(problems):
        raise SystemExit("\n".join(map(as_text, wrong[:5])))
    Plain(library).write(folder / "plain")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Writes two equal sites, one for Waymark and one for plain MkDocs with Material.")
    parser.add_argument("number", type=int, help="how many records")
    parser.add_argument("folder", type=Path, help="a folder that does not exist yet")
    options = parser.parse_args()
    generate(options.number, options.folder)
