"""The form in the browser: the same rules and words as the checks, YAML that is read back unchanged, and a person who fills it in."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

import toy
from site_fixtures import PROJECT
from test_mistakes import CASES, case, files_of
from waymark.citations import find_citations
from waymark.documents import read_document
from waymark.form import _FORMS, as_script, form_of, library_of
from waymark.kinds import KINDS
from waymark.layout import lines_of
from waymark.library import Library
from waymark.markdown import heading, raw_html, unsafe_address
from waymark.statements import citation_faults, verdict
from waymark.validate import ID, schemas

ASSETS = Path(str(form_of.__globals__["__file__"])).parent / "theme/assets/contribute"
CORE = ("words.js", "citations.js", "markdown.js", "shape.js", "facts.js", "checks.js", "yaml.js", "works.js")


@pytest.fixture(scope="module")
def scripts(chromium: Browser, toy_library: Library) -> Iterator[Page]:
    """A page that has loaded the rules and functions of the form and nothing else."""
    page = chromium.new_page()
    page.add_script_tag(content=as_script("form", form_of(toy_library)))
    for name in CORE:
        page.add_script_tag(path=ASSETS / name)
    yield page
    page.close()


# The same complaints --------------------------------------------------------------------------------

READING = {
    "yaml-syntax", "yaml-feature", "duplicate-key", "empty-value", "unreadable", "more-problems", "lost-id", "kind-twice", "unknown-kind", "uncited-entry",
    "lost-anchor",
}  # fmt: skip
"""Codes of what only a file can have: nobody can type it into a form."""
FOR_EDITORS = ("retired_", "successor_", "lost_anchor", "former_anchor", "link_to_former_id")
"""How cases begin about pages that are retired and places that have moved: the form keeps what a record says of them and leaves the rest to the check."""
EXCUSED = {
    "bad_date_dots": "a field for days takes nothing else; the advice on other forms is for files",
    "bad_date_order": "the same",
    "not_in_list_comma": "a form has boxes, and no commas between them",
    "yaml_remark_in_text": "a form has no notes behind #",
    "interest_checked_alone": "who has an interest in what is looked up by the check on the proposal",
    "interest_checked_with_self": "the same",
    "interest_own_study": "the same",
    "interest_with_second": "the same",
    "duplicate_id_across_kinds": "two files at once; a form has one record, and knows the id of the other from the library",
    "former_id_twice": "the same: the library names one record that claims the id",
    "link_to_broken_record": "the library of a site has no broken record: nothing is built then",
}


def records_of(root: Path, library: Library) -> Iterator[tuple[str, str, str, Any]]:
    """Path, kind, id and plain data of every record that can be read as a map of values."""
    for kind in KINDS.values():
        for path in [root / f"data/{kind.plural}.yaml", *sorted((root / f"data/{kind.plural}").glob("*.yaml"))]:
            if not path.is_file():
                continue
            shown = path.relative_to(root).as_posix()
            document, said = read_document(path, shown)
            if document is None or said:
                continue
            one_each = path.parent.name == kind.plural
            for id, data in [(path.stem, document.data)] if one_each else document.data.items():
                yield shown, kind.name, id, data


def has_shape(kind: str, data: Any) -> bool:
    """True if a form could hold the data: lists, maps and texts where they belong, whatever is in them."""
    form, maps = FORM["kinds"][kind], FORM["maps"]

    def fits(fields: Any, data: Any) -> bool:
        if not isinstance(data, dict):
            return False
        for field in fields:
            value = data.get(field["name"])
            if value is None:
                continue
            if field["form"] == "kept":
                continue
            if field["form"] == "map":
                items = value if field["list"] else [value]
                if not isinstance(items, list) or not all(fits(maps[field["map"]], item) for item in items):
                    return False
            elif field["form"] == "basis":
                if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
                    return False
            elif field["list"]:
                is_list = isinstance(value, list) and all(isinstance(each, str) for each in value)
                if not is_list and value not in field.get("words", ()):
                    return False
            elif not isinstance(value, str):
                return False
        return True

    return fits(form["fields"], data)


FORM = form_of(Library({}, {}, {}, {}, {}, {}))

CHECK = """cases => cases.map(({library, records, today}) => {
  const known = waymark.knowledgeOf(library);
  return records.map(record => {
    const {unreadable, identity, shape, rest} = waymark.problemsIn(waymark.form, known, record, today);
    const said = unreadable.length ? unreadable : [...identity, ...(shape.length ? shape : rest)];
    return said.map(({code, message, fix}) => [code, message, fix]);
  });
})"""
WORDED_ELSE = {"duplicate-id", "bad-id"}
"""Codes that a form says in other words: it knows no lines of files, and no names of them."""


def as_compared(code: str, message: str, fix: str) -> tuple[str, ...]:
    return (code,) if code in WORDED_ELSE else (code, message, fix)


def test_the_form_finds_what_the_checks_find(scripts: Page, tmp_path: Path) -> None:
    """All mistakes of `problems/` that can be made in a form: same codes, same messages, same advice."""
    cases, expected = [], []
    for path in CASES:
        told = case(path)
        if "generate" in told or "bytes_hex" in told or path.stem in EXCUSED or path.stem.startswith(FOR_EDITORS):
            continue
        root = tmp_path / path.stem
        root.mkdir()
        library, problems = toy.load(root, files_of(told))
        changed = set(files_of(told))
        records = [each for each in records_of(root, library) if each[0] in changed]
        if not records or not all(has_shape(kind, data) for _, kind, _, data in records):
            continue
        paths = {each[0] for each in records}
        said = [problem for problem in problems if problem.location.path in paths and problem.code.id not in READING]
        data = library_of(library, {})
        data["pages"] = [each.relative_to(root / "content").as_posix().removesuffix(".md") for each in (root / "content").rglob("*.md")]
        listed = {each[0] for each in data["records"]}
        data["records"] += [[id, kind, id, [], None, []] for _, kind, id, _ in records_of(root, library) if id not in listed]
        cases.append(
            {
                "library": data,
                "today": str(toy.TODAY),
                "records": [{"kind": kind, "id": id, "own": id, "data": values} for _, kind, id, values in records],
            }
        )
        expected.append((path.stem, {as_compared(each.code.id, each.message, each.fix) for each in said}))
    found = scripts.evaluate(CHECK, cases)
    wrong = {}
    for (name, wanted), records in zip(expected, found, strict=True):
        got = {as_compared(*said) for record in records for said in record}
        if got != wanted:
            wrong[name] = {"only the checks": sorted(wanted - got), "only the form": sorted(got - wanted)}
    assert wrong == {}, json.dumps(wrong, indent=1, ensure_ascii=False)
    assert len(cases) > 80


REAL = """([library, records, today]) => {
  const known = waymark.knowledgeOf(library);
  return records.map(record => {
    const data = waymark.fitting(waymark.form, waymark.form.kinds[record.kind].fields, record.data);
    const {unreadable, identity, shape, rest} = waymark.problemsIn(waymark.form, known, {...record, data}, today);
    return [data, [...unreadable, ...identity, ...shape, ...rest].map(each => each.message)];
  });
}"""


def test_every_record_that_exists_can_be_changed_in_the_form(scripts: Page, real_library: Library) -> None:
    """Nothing of it is lost, and the form has nothing to say against what the checks have passed."""
    records = [{"kind": kind, "id": id, "own": id, "data": data} for _, kind, id, data in records_of(PROJECT, real_library)]
    assert len(records) == len(real_library.items)
    for record, (kept, said) in zip(records, scripts.evaluate(REAL, [library_of(real_library, {}), records, str(date.today())]), strict=True):
        assert (kept, said) == (record["data"], []), record["id"]


def test_every_pattern_of_a_field_is_known_to_the_form() -> None:
    """A text with a form of its own is no mere line."""
    patterns = {pattern for schema in schemas().values() for pattern in re.findall(r'"pattern": "((?:[^"\\\\]|\\\\.)*)"', json.dumps(schema))}
    assert {json.loads(f'"{pattern}"') for pattern in patterns} - {f"^{ID.pattern}$"} <= set(_FORMS)


# Texts: what the Markdown library says, and what the form says without one ---------------------------

PIECES = (
    "Staff ask", "it works.", "proven", "“proven”", "It is effective", "ineffectiveness", "evidence-based", "best practice", "«effective»",
    "éeffective", "networks.", " [@doe2001door, p. 3]", "[@doe2001door p. 3]", "[@doe2001door]",
    "[@roe2010lamp, pp. 3–5; disputed by @doe2001door, sec. A]", "[@nobody, p. 1]", "[disputed by @x", "[@doe2001door, slide “a; b, c] d”]",
    "[@doe2001door, somewhere]", "[@doe2001door, p. 1, via @roe2010lamp, p. 2]", "[@doe2001door, via @roe2010lamp]", "[see @x]",
    "[@doe2001door, p. 1; ]", "[@doe2001door,\n  p. 3]", "[@é, p. 1]", "[@a.b:c-d, ¶ 1]", "`[@code]`", "``a ` b``", "`", "\\`",
    "```\n[@in code]\n<b>\n```", "~~~", "<b>", "</i>", "<script>", "<a href='x'>", "a < b", "1 <2", "<https://example.org/a>",
    "<javascript:alert(1)>", "<someone@example.org>", "<!-- hidden -->", "<br/>", "&lt;b&gt;", "\\<b>", "`<b>`", "[x](https://example.org)",
    "[x](javascript:alert)", "[x](JavaScript:a)", "[x](/relative)", "[x](<data:text>)", "[x](java&#115;cript:a)", "[x]()",
    "[x](https://example.org \"title\")", "![p](https://example.org/p.png)", "[x][ref]\n\n[ref]: javascript:a", "[words][open-door]", "mailto",
    "[x](mailto:a@b.c)", "(x)", "[x]", "# Title", "#hash", "Line\n===", "Line\n---", "- item", "- item\n---", "\n\n---\n\n", "> # quoted",
    "- # listed", "1. one\n2. two", "a # b", "##", "*em* **strong**",
)  # fmt: skip
JOINTS = (" ", "\n", "\n\n", "")

SAID = """([texts, library]) => {
  const [rules, known] = [waymark.form, waymark.knowledgeOf(library)];
  return texts.map(text => {
    const cited = waymark.findCitations(rules, text);
    const found = [...waymark.citationProblems(rules, known, cited, [])].map(each => [each.code, each.message, each.fix]);
    return {found, html: waymark.rawHtml(rules, text), unsafe: waymark.unsafeAddress(rules, text),
      heading: waymark.heading(rules, text), verdict: waymark.verdict(rules, text, cited.groups)};
  });
}"""


def test_the_form_reads_texts_as_the_checks_do(scripts: Page, toy_library: Library) -> None:
    """Two thousand texts made of pieces that mean something: citations word for word, and of HTML, addresses, headings and verdicts the same stretch."""
    chance = random.Random(2026)
    texts = [*PIECES, *("".join(chance.choice(PIECES) + chance.choice(JOINTS) for _ in range(chance.randint(2, 5))).strip() for _ in range(2000))]
    found = scripts.evaluate(SAID, [texts, library_of(toy_library, {})])
    wrong = []
    for text, said in zip(texts, found, strict=True):
        groups, broken = find_citations(text)
        cited = [[fault.code.id, fault.message, fault.fix] for fault in citation_faults(tuple(groups), tuple(broken), toy_library.bibliography)]
        expected = {"found": cited, "html": raw_html(text), "unsafe": unsafe_address(text), "heading": heading(text), "verdict": verdict(text, groups)}
        if expected["html"]:  # a block of HTML swallows what follows it; the form, which has no Markdown library, complains of that as well
            expected |= {name: said[name] for name in ("unsafe", "heading")}
        if said != expected:
            wrong.append((text, {name: (expected[name], said[name]) for name in expected if expected[name] != said[name]}))
    assert not wrong, "\n".join(f"{text!r}: {differs}" for text, differs in wrong[:40]) + f"\n{len(wrong)}"


# YAML -----------------------------------------------------------------------------------------------

NASTY = (
    "no", "yes", "on", "null", "Null", "~", "1.10", "12:30", "0x1f", "2026-11-22", "-", "- item", "?", "? x", ":", "a: b", "a:b", "a:", "# x",
    "a # b", "a#b", "#", "---", "--- x", "...", "%TAG", "@x", "`x`", "!tag", "&anchor", "*alias", "|", ">", ">-", "|- x", "'", "''", "it's", '"',
    'a "b" c', "\\", "a\\nb", "{a: b}", "[a, b]", "a, b", "]", "}", "a\tb", "\ta", " a", "a ", "  a  b  ", "a  b", "a\nb", "a\n\nb", "\na", "a\n",
    "a\n\n", " a\nb", "a\n  b", "- a\n- b", "a \nb", "a\n \nb", "🙂 emoji", "שלום עולם", "مرحبا: بالعالم", "naïve – “quoted” ‘text’", "éa\u0301",
    "a\u00a0b", "\u00a0", "中文，文本", "<b>", "=", "==", "<<", "<<<<<<< x", "a\n=======\nb", "[@doe2001door, p. 3]", "x" * 250, "word " * 60 + "end",
    "word  two " * 40, ("word " * 30).strip() + ": " + "word " * 30, "a\n" + "word " * 60 + "end", "'a' b", '"a" b', "a'b: c", "a: 'b'",
)  # fmt: skip


def nasty(chance: random.Random) -> str:
    """Odd texts, alone or joined."""
    text = chance.choice(("", " ", "\n", ": ", "\n\n")).join(chance.choice(NASTY) for _ in range(chance.randint(1, 3)))
    return text if text.strip() else "x"


def test_yaml_is_read_back_unchanged(scripts: Page, tmp_path: Path) -> None:
    """Whatever is typed, the file says exactly that: 600 records of odd texts in every place where a text can stand."""
    chance = random.Random(7)
    records = [
        {
            "name": nasty(chance), "other_names": [nasty(chance) for _ in range(chance.randint(1, 4))], "summary": nasty(chance),
            "steps": [{"title": nasty(chance), "text": nasty(chance)}, {"title": nasty(chance)}],
            "relations": [{"type": "x", "to": nasty(chance), "basis": nasty(chance)}], "basis": {"countries": nasty(chance)},
            "checked": {"on": "2026-11-22", "against": [nasty(chance)]},
        }
        for _ in range(600)
    ]  # fmt: skip
    records += [{"name": text, "other_names": [text, text], "relations": [{"type": text, "to": text}], "basis": {"x": text}} for text in NASTY if text.strip()]
    for kind, oneEach in (("practice", True), ("programme", False)):
        kind_of = {"name": kind, "file": {"oneEach": oneEach}}
        written = scripts.evaluate("([kind, records]) => records.map(data => waymark.recordYaml(kind, 'some-id', data))", [kind_of, records])
        for data, text in zip(records, written, strict=True):
            path = tmp_path / "x.yaml"
            path.write_text(text, encoding="utf-8", newline="")
            document, problems = read_document(path, "x.yaml")
            assert not problems, (problems, text)
            assert document
            assert document.data == (data if oneEach else {"some-id": data}), text
            lines = [line for name, value in data.items() for line in lines_of(name, value, 0 if oneEach else 2)]
            assert text.split("\n")[1:-1] == lines, "the layout of `waymark new`"
            assert text.endswith("\n")
            assert not text.endswith("\n\n")
