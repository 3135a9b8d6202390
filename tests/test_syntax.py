"""What is said of YAML that cannot be read. Whole files with each slip are in `problems/yaml_*.yml`."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.documents import read_document
from waymark.problems import Code
from waymark.syntax import odd_space, syntax_help


def said(folder: Path, content: str) -> tuple[int, int, str]:
    """Where and what the reader of files says of a text with one slip."""
    (folder / "x.yaml").write_text(content, encoding="utf-8")
    (problem,) = read_document(folder / "x.yaml", "x.yaml")[1]
    assert problem.code is Code.YAML_SYNTAX
    assert problem.fix
    return problem.location.line, problem.location.column, problem.message


@pytest.mark.parametrize(
    ("content", "line", "column", "message"),
    [
        ("a: 1\nb:\n\tc: 2\n", 3, 1, "A tab stands at the beginning of the line."),
        ("a: 1\nb:\n  c: 2\n \td: 3\n", 4, 2, "A tab stands at the beginning of the line."),
        ("a: 1\nb:\n\u00a0 c: 2\n", 3, 1, "The line starts with a space that is not an ordinary one (U+00A0)."),
        ("\u2003a: 1\n", 1, 1, "The line starts with a space that is not an ordinary one (U+2003)."),
        ("a: 1\nb:2\nc: 3\n", 2, 3, "There is no space behind the colon."),
        ("a: 1\nb:\u00a02\nc: 3\n", 2, 3, "The space behind the colon is not an ordinary one."),
        ("a: 1\nb = 2\nc: 3\n", 2, 3, "An equals sign stands where a colon belongs."),
        ("a: 1\nb >-\n  text\nc: 3\n", 2, 2, "This line has no colon."),
        ("a: one: two\n", 1, 7, "A colon with a space behind it stands inside a text, so a new field seems to begin."),
        ("a: 1\n b: 2\n", 2, 2, "The line starts further to the right than the field above it."),
        ("a:\n  - b: 1\n    c: 2\n   - b: 3\n", 4, 4, "The hyphen does not stand below the hyphen of line 2."),
        ("a:\n  - b: 1\n    c: 2\n   d: 3\n", 4, 4, "The field does not stand below the field of line 3."),
        ("a:\n  - b: 1\n  -b: 2\n", 3, 3, "There is no space behind the hyphen of the list."),
        ("a:\n  - b: 1\n  – b: 2\n", 3, 3, "A list starts with another sign than the hyphen."),
        ("a: - b\n", 1, 4, "A list begins behind the colon."),
        ("a: 'b\nc: 'd'\n", 1, 4, "A quotation mark is opened here and not closed on this line."),
        ("a: 'it's'\n", 1, 8, "The text ends at the second ', and more follows: 's''."),
        ('a: "b" c\n', 1, 7, "The text ends at the second \", and more follows: 'c'."),
        ("a: “b: c”\n", 1, 4, "The quotation marks are those of a text program, and YAML does not know them."),
        ("a: [@key, p. 3]\n", 1, 4, "A citation stands at the beginning of a value, without quotation marks."),
        ("against: [one, @two]\n", 1, 16, "A key is written with @ here."),
        ("a: [b] c\n", 1, 4, "The text starts with a square bracket, so it is read as a list."),
        ("a: @b\n", 1, 4, "The text starts with @, which YAML keeps for itself."),
        ("a: >- text\n", 1, 6, "Something stands behind the sign > or |, which says that a text begins on the next line."),
        ("a: >-\ntext\nb: 1\n", 2, 1, "The text of 'a' is not indented."),
        ("a: [b, c\nd: 1\n", 1, 4, "A list in square brackets is not closed, or a comma is missing in it."),
        ("a: {b: 1\nd: 1\n", 1, 4, "A curly bracket is not closed, or a comma is missing between two fields."),
        ("a: 1\n// note\n", 2, 1, "A note does not start with //."),
        ("```yaml\na: 1\n```\n", 1, 1, "The marks of a code block belong to the guide, not to the record."),
    ],
)
def test_slips(tmp_path: Path, content: str, line: int, column: int, message: str) -> None:
    """The line with the slip is named, also where the parser stumbles only later, and the slip itself."""
    assert said(tmp_path, content) == (line, column, message)


@given(st.lists(st.text(alphabet="ab:- \t[]{}'\"|>&*!%@#?=“–/`", max_size=30), min_size=1, max_size=6), st.text(max_size=30), st.data())
def test_any_line(lines: list[str], words: str, data: st.DataObject) -> None:
    """Whatever the lines hold, there is a place in the file, a sentence and advice."""
    number = data.draw(st.integers(1, len(lines)))
    line, column, message, fix = syntax_help(lines, number, 1, words)
    assert 1 <= line <= len(lines)
    assert 1 <= column <= len(lines[line - 1]) + 1
    assert message.endswith(".")
    assert fix


def test_odd_spaces_inside_a_line_are_nobodys_business() -> None:
    """“5 %” with a space that does not break is good writing."""
    assert odd_space("a: 5\u00a0%\nb: |-\n  c\u2009d\n") is None
