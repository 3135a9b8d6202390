"""YAML files to plain data with places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waymark.documents import MAX_DEPTH, Document, read_document
from waymark.files import UNSEEN, keys_of_broken, locate_in_text, read_text
from waymark.problems import Code
from waymark.syntax import odd_space

one_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(folder: Path, content: str | bytes) -> tuple[Document | None, list[Code]]:
    path = folder / "x.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    document, problems = read_document(path, "x.yaml")
    return document, [problem.code for problem in problems]


def data(folder: Path, content: str) -> dict[str, Any]:
    document, problems = read(folder, content)
    assert problems == []
    assert document is not None
    return document.data


@pytest.mark.parametrize("written", ["no", "Yes", "1.10", "012", "12:30", "1e3", "2026-11-22", "0x1F", ".5", "true", "'null'", "1_000"])
def test_scalars_stay_text(written: str, tmp_path: Path) -> None:
    """`country: no` is Norway, not False."""
    assert {"a": written.strip("'")} == data(tmp_path, f"a: {written}\n")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a: [x, 'y, z']\n", {"a": ["x", "y, z"]}),
        ("a:\n  - {b: c}\n  - {b: d}\n", {"a": [{"b": "c"}, {"b": "d"}]}),
        ("a: >-\n  one\n  two\n\n  three\n", {"a": "one two\nthree"}),
        ("a: |\n  one\n  two\n", {"a": "one\ntwo\n"}),
        ("# remark\na: b # another\n", {"a": "b"}),
        ("---\na: b\n", {"a": "b"}),
        ("a: 'it''s'\nb: \"tab\\tä\"\n", {"a": "it's", "b": "tab\tä"}),
    ],
)
def test_data(content: str, expected: dict[str, Any], tmp_path: Path) -> None:
    """The forms of YAML that records use."""
    assert expected == data(tmp_path, content)


TEXT = st.text(st.characters(exclude_categories=["Cs"]).filter(lambda character: not UNSEEN.match(character)), min_size=1).filter(str.strip)
PLAIN = st.dictionaries(
    TEXT,
    st.recursive(
        TEXT | st.integers() | st.booleans() | st.dates(),
        lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(TEXT, inner, min_size=1, max_size=3),
        max_leaves=8,
    ),
    min_size=1,
    max_size=4,
)


def depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner))


def as_written(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: as_written(each) for name, each in value.items()}
    if isinstance(value, list):
        return [as_written(each) for each in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


@one_folder
@given(PLAIN.filter(lambda value: depth(value) <= MAX_DEPTH).filter(lambda value: not odd_space(yaml.safe_dump(value, allow_unicode=True))))
def test_round_trip(tmp_path: Path, plain: dict[str, Any]) -> None:
    """What PyYAML writes comes back, every scalar as text."""
    assert as_written(plain) == data(tmp_path, yaml.safe_dump(plain, allow_unicode=True, sort_keys=False))


@one_folder
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode) | st.text(alphabet="ab:- \n\t[]{},'\"|>&*!%@#?~\\x0e", max_size=300).map(str.encode))
def test_any_bytes(tmp_path: Path, content: bytes) -> None:
    """No file makes the reader raise; it gives data or says why not, at a place that is in the file."""
    (tmp_path / "x.yaml").write_bytes(content)
    document, problems = read_document(tmp_path / "x.yaml", "x.yaml")
    assert document is not None or problems
    for problem in problems:
        assert 1 <= problem.location.line <= content.count(b"\n") + content.count(b"\r") + 1
        assert problem.location.column >= 1


@one_folder
@given(st.text(alphabet="ab:- \n[]{},'\"|>\\", max_size=80))
def test_places_are_found_for_all_values(tmp_path: Path, content: str) -> None:
    """Every value of every readable file has a place."""
    document, _ = read(tmp_path, content)

    def visit(value: Any, loc: tuple[str | int, ...]) -> None:
        assert document is not None
        assert document.locate(loc).line <= content.count("\n") + 1
        for step, each in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
            visit(each, (*loc, step))

    if document:
        visit(document.data, ())


FILE = "# remark\none:\n  name: First\n  list:\n    - x\n    - {a: b}\ntwo:\n  text: >-\n    A word,\n    a word, a\n    long word.\n"


@pytest.mark.parametrize(
    ("record", "loc", "options", "expected"),
    [
        ("one", (), {}, "x.yaml:3:3"),
        ("one", (), {"key": True}, "x.yaml:2:1"),
        ("one", ("name",), {}, "x.yaml:3:9"),
        ("one", ("name",), {"key": True}, "x.yaml:3:3"),
        ("one", ("list", 1, "a"), {}, "x.yaml:6:11"),
        ("one", ("list", 7), {}, "x.yaml:5:5"),
        ("one", ("nothing", "at all"), {}, "x.yaml:3:3"),
        ("two", ("text",), {"snippet": "word"}, "x.yaml:9:7"),
        ("two", ("text",), {"snippet": "word", "skip": 1}, "x.yaml:10:7"),
        ("two", ("text",), {"snippet": "word", "skip": 9}, "x.yaml:8:9"),
        ("two", ("text",), {"snippet": "a long"}, "x.yaml:10:13"),
        ("two", ("text",), {"snippet": "zzz"}, "x.yaml:8:9"),
    ],
)
def test_locate(record: str, loc: tuple[str | int, ...], options: dict[str, Any], expected: str, tmp_path: Path) -> None:
    """Values, keys and words have a line and a column; what is not there has those of the nearest place above."""
    document, _ = read(tmp_path, FILE)
    assert document is not None
    assert expected == str(document.within(record).locate(loc, **options))


def test_locate_in_text() -> None:
    """A place in a page by its offset."""
    assert str(locate_in_text("p.md", "ab\ncde", 5)) == "p.md:2:3"


@pytest.mark.parametrize(("content", "expected"), [(b"\xef\xbb\xbfa\r\nb\rc", "a\nb\nc"), (b"", ""), ("é".encode(), "é")])
def test_read_text(content: bytes, expected: str, tmp_path: Path) -> None:
    """Marks and line ends of other systems do not matter."""
    (tmp_path / "x").write_bytes(content)
    assert (expected, []) == read_text(tmp_path / "x", "x")


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is a problem, not a crash."""
    text, problems = read_text(tmp_path / "none", "none")
    assert (text, [problem.code for problem in problems]) == (None, [Code.UNREADABLE])


def test_values_with_problems_are_none(tmp_path: Path) -> None:
    """Whoever reads on sees that something stood there, and need not complain again."""
    document, problems = read(tmp_path, "a:\nb: [x, '']\nc: &d e\nf: []\ng: \"\\u200b\"\nh: i\n")
    assert document is not None
    assert document.data == {"a": None, "b": ["x", None], "c": None, "f": None, "g": None, "h": "i"}
    assert problems == [Code.EMPTY_VALUE, Code.EMPTY_VALUE, Code.YAML_FEATURE, Code.EMPTY_VALUE, Code.CONTROL_CHARACTER]


def test_keys_of_broken(tmp_path: Path) -> None:
    """Of a broken file one knows at least which records it was meant to hold."""
    (tmp_path / "x").write_bytes(b"# r\none:\n  name: '\ntwo-b: \xff\n not: x\n")
    assert keys_of_broken(tmp_path / "x") == ["one", "two-b"]
    assert keys_of_broken(tmp_path / "none") == []
