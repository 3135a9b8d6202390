"""Summaries of jobs: what contributors wrote stays text."""

from __future__ import annotations

import re

import cmarkgfm
import pytest
from bs4 import BeautifulSoup

from waymark.problems import Code, Location, Problem
from waymark.summaries import MAX_BYTES, _fitting, check_summary, plain

ATTACKS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!-- hidden", "</details><h1>Approved</h1>", "&lt;b&gt;", "<https://evil.example>",
    "[click](https://evil.example)", "[click][1]", "![x](https://evil.example/p.png)", "https://evil.example/path", "http://evil.example",
    "www.evil.example", "ftp://evil.example", "mail@evil.example", "mailto:mail@evil.example", "@everyone", "text @maintainer.", "closes #12",
    "GH-12", "owner/repo#12", "owner/repo@abc1234", "**bold**", "__bold__", "_em_", "*em*", "`code`", "~~gone~~", "# heading", "- item", "+ item",
    "1. item", "12) item", "> quote", "=====", "---", "| a | b |", "line\n\n# heading", "line\n```\ncode\n```", "$x^2$", ":tada:", "\\[x\\](y)",
    "\\<b\\>", "[x] done", "a\u202eb", "[^1]", "[@key2001, p. 3]", "[@a, p. 1, via @b, p. 2]",
)  # fmt: skip


def rendered(markdown: str) -> BeautifulSoup:
    return BeautifulSoup(cmarkgfm.github_flavored_markdown_to_html(markdown), "html5lib")


@pytest.mark.parametrize("frame", ["{}", "- {}", "- **{}**", "- was: {}<br>now: {}", "<code>{}</code>", "- [ ] {}"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_text_stays_text(attack: str, frame: str) -> None:
    """In every place of our templates hostile text makes no element, and nothing that GitHub would turn into a link."""
    ours = rendered(frame.replace("{}", "words"))
    theirs = rendered(frame.replace("{}", plain(attack)))
    assert [tag.name for tag in theirs.find_all()] == [tag.name for tag in ours.find_all()]
    text = rendered(plain(attack)).get_text()
    assert not re.search(r"@\w|#\d|GH-\d|\w://|www\.|:\w+:|mailto:\w", text, re.IGNORECASE)
    assert "\u202e" not in text


def test_text_can_still_be_read() -> None:
    """Apart from spaces without width, and the signs of citations, the words are as they were."""
    for attack in ATTACKS:
        text = rendered(plain(attack)).get_text().replace("\u200b", "").strip()
        kept = re.sub(r"(?<=\[)@|(?<=via )@", "", " ".join(attack.replace("\u202e", "\ufffd").split())) if attack.startswith("[@") else None
        assert text == (kept or " ".join(attack.replace("\u202e", "\ufffd").split())), attack


def test_no_formulas() -> None:
    """GitHub looks for formulas before it reads Markdown, so the sign that opens one is written otherwise."""
    assert "$" not in plain("$\\href{https://evil.example}{x}$")


def test_check_summary() -> None:
    """Problems come with what to do and a link to their explanation; advice stands apart."""
    problems = [
        Problem(Location("data/a.yaml", 3, 1), Code.UNKNOWN_FIELD, "'@you <b>' is not a field.", "Did you mean 'name'?"),
        Problem(Location("data/b.bib", 9), Code.UNCITED_ENTRY, "'x' is cited nowhere."),
    ]
    found = rendered(check_summary(problems, "5 records", "https://kb.example/"))
    assert [link["href"] for link in found.find_all("a")] == [f"https://kb.example/checks/{end}" for end in ("#unknown-field", "#uncited-entry", "")]
    assert [each.get_text() for each in found.find_all(["h2", "h3"])] == ["1 problem to mend", "Advice"]
    assert "What to do: Did you mean 'name'?" in found.get_text()
    assert found.find("b") is None
    assert "All in order" in check_summary([], "5 records")


def test_many_problems_are_folded_and_cut() -> None:
    """A long list is folded, and a summary that GitHub would refuse is cut at the end of a line, with what is open closed."""
    many = [Problem(Location("data/a.yaml", line), Code.WRONG_TYPE, "x") for line in range(500)]
    text = check_summary(many, "5 records")
    assert text.count("<details>") == text.count("</details>") == 1
    assert "- … and 300 more." in text
    long = _fitting("<details>\n" + "é" * 80 + ("\n" + "é" * 80) * 20_000)
    assert len(long.encode()) < MAX_BYTES + 1000
    assert long.count("</details>") == 1
    assert "too long for GitHub" in long
