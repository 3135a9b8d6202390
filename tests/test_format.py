"""`waymark format`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import toy
from waymark.__main__ import main
from waymark.commands import safely

UNORDERED = "summary: Staff ask how [@doe2020aims, p. 6].\nname: Ask how  # today\nchecked: {on: 2026-01-15, against: [doe2020aims]}\n"
ORDERED = "name: Ask how  # today\nsummary: Staff ask how [@doe2020aims, p. 6].\nchecked: {on: 2026-01-15, against: [doe2020aims]}\n"


def run(folder: Path, *arguments: str) -> int:
    return main(["--root", str(folder), "format", *arguments])


@pytest.fixture(autouse=True)
def _base(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The base project, in canonical form."""
    run(toy.write(tmp_path, {}))
    capsys.readouterr()


def test_all_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every file of records and the bibliography are looked at; only what changes is written and said."""
    toy.write(tmp_path, base={}, files={"data/practices/ask-how.yaml": UNORDERED, "data/second-coding.yaml": "b: 1\na: 2\n"})
    untouched = tmp_path / "data/programmes.yaml"
    os.utime(untouched, (1, 1))
    assert run(tmp_path) == 0
    assert capsys.readouterr().out == "data/practices/ask-how.yaml: put into its canonical form.\n7 files: 1 changed.\n"
    assert (tmp_path / "data/practices/ask-how.yaml").read_text(encoding="utf-8") == ORDERED
    assert untouched.stat().st_mtime == 1
    assert run(tmp_path) == 0
    assert capsys.readouterr().out == "7 files: all in canonical form.\n"
    assert list(tmp_path.rglob(".*")) == []


def test_check_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --check nothing is written; the way to mend it is said."""
    right = (tmp_path / "data/references.bib").read_text(encoding="utf-8")
    bib = right.replace("  author = {Doe, Jane},\n", "").replace("{2026-01-15},", "{2026-01-15},\n  author = {Doe, Jane},")
    toy.write(tmp_path, base={}, files={"data/practices/ask-how.yaml": UNORDERED, "data/references.bib": bib})
    assert run(tmp_path, "--check") == 1
    out = capsys.readouterr().out
    assert (
        "data/practices/ask-how.yaml: not in its canonical form.\ndata/references.bib: not in its canonical form.\nRun `waymark format` to put them into it."
        in out
    )
    assert (tmp_path / "data/practices/ask-how.yaml").read_text(encoding="utf-8") == UNORDERED
    assert run(tmp_path) == 0
    assert (tmp_path / "data/references.bib").read_text(encoding="utf-8") == right
    assert run(tmp_path, "--check") == 0


def test_some_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Named files alone are looked at, wherever one stands."""
    toy.write(tmp_path, base={}, files={"data/practices/ask-how.yaml": UNORDERED, "data/practices/ask-who.yaml": UNORDERED})
    assert run(tmp_path, str(tmp_path / "data/practices/ask-who.yaml")) == 0
    assert capsys.readouterr().out == "data/practices/ask-who.yaml: put into its canonical form.\n1 file: 1 changed.\n"
    assert (tmp_path / "data/practices/ask-how.yaml").read_text(encoding="utf-8") == UNORDERED


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "data/practices/ask-how.yaml",
            "summary: [\nname: A\n",
            "ask-how.yaml:1:10: A list in square brackets is not closed, or a comma is missing in it. [yaml-syntax]",
        ),
        ("data/practices/ask-how.yaml", "summary: A\nname: A\nname: B\n", "'name' is written twice; the first is on line 2. [duplicate-key]"),
        ("data/practices/ask-how.yaml", "summary: &a A\nname: A\n", "[yaml-feature]"),
        (
            "data/practices/ask-how.yaml",
            "steps:\n  -\n    title: a\nname: A\n",
            "ask-how.yaml:2:1: Lines cannot be moved safely here, so the file stays as it is.",
        ),
        ("data/practices/ask-how.yaml", b"summary: \xe9\nname: A\n", "The file is not UTF-8 text from here on."),
        ("data/references.bib", "@book{a, title = {x}, title = {y}}\n", "data/references.bib:1:1: An entry cannot be read. Lines cannot be moved safely here"),
        ("content/index.md", "# Home\n", "content/index.md:1:1: This is not a file of records. [unknown-kind]"),
    ],
)
def test_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str | bytes, said: str) -> None:
    """A file in which moving lines would not be safe is left as it is, with the reason; --check fails too."""
    toy.write(tmp_path, base={}, files={name: text})
    before = (tmp_path / name).read_bytes()
    for arguments in ((), ("--check",)):
        assert run(tmp_path, str(tmp_path / name), *arguments) == 1
        assert said in capsys.readouterr().out
    assert before == (tmp_path / name).read_bytes()


def test_drafts_are_formatted(tmp_path: Path) -> None:
    """A field that waits for its value does not stop the command."""
    toy.write(tmp_path, base={}, files={"data/practices/ask-how.yaml": "summary: >-\n\nname: A\n"})
    assert run(tmp_path) == 0
    assert (tmp_path / "data/practices/ask-how.yaml").read_text(encoding="utf-8") == "name: A\nsummary: >-\n"


def test_line_ends(tmp_path: Path) -> None:
    """Line ends of Windows and a byte order mark are not of our form."""
    toy.write(tmp_path, base={}, files={"data/practices/ask-how.yaml": b"\xef\xbb\xbf" + ORDERED.replace("\n", "\r\n").encode()})
    assert run(tmp_path, "--check") == 1
    assert run(tmp_path) == 0
    assert (tmp_path / "data/practices/ask-how.yaml").read_bytes() == ORDERED.encode()


def test_elsewhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a folder without records the command says where to go."""
    assert run(tmp_path / "content") == 2
    assert "Run the command in the project's folder." in capsys.readouterr().err


def test_written_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If writing fails half-way, the old file is there, with nothing beside it; a file that is there is never overwritten."""
    path = tmp_path / "new" / "a.yaml"
    safely.create_file(path, "old\n")
    with pytest.raises(FileExistsError):
        safely.create_file(path, "new\n")
    path.chmod(0o640)
    with pytest.raises(UnicodeEncodeError):
        safely.replace_file(path, "half \ud800")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        safely.replace_file(path, "new\n")
    monkeypatch.undo()
    assert path.read_text(encoding="utf-8") == "old\n"
    assert [path] == list(path.parent.iterdir())
    safely.replace_file(path, "new\n")
    assert (path.read_text(encoding="utf-8"), path.stat().st_mode & 0o777) == ("new\n", 0o640)
