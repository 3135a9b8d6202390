"""`waymark check --watch`."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import toy
from waymark.commands.check import watch
from waymark.problems import Code, Location, Problem, compared

SHORT = "name: Ask how\n"
WRONG = "name: Ask how\nsummary: Staff ask.\ncolour: red\nchecked: {on: 2026-01-15, against: [doe2020aims]}\n"
RIGHT = "name: Ask how\nsummary: Staff ask [@doe2020aims, p. 6].\nchecked: {on: 2026-01-15, against: [doe2020aims]}\n"


def watched(root: Path, steps: list[dict[str, str | None]], capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What is said after each step, each of which writes or deletes some files. Nothing sleeps."""
    said: list[str] = []

    def acts() -> Iterator[None]:
        for step in steps:
            for name, text in step.items():
                if text is None:
                    (root / name).unlink()
                else:
                    (root / name).write_text(text, encoding="utf-8")
                yield
            yield
            said.append(capsys.readouterr().out)
        raise KeyboardInterrupt

    waiting = acts()
    with pytest.raises(KeyboardInterrupt):
        watch(root, lambda: next(waiting))
    said.append(capsys.readouterr().out)
    return [re.sub(r"\d\d:\d\d:\d\d", "00:00:00", each) for each in said]


def test_only_what_changes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At first all is said, then only what is new and what is mended; a problem that moved to another line is neither."""
    toy.write(tmp_path, {"data/practices/ask-how.yaml": WRONG})
    steps: list[dict[str, str | None]] = [
        {},
        {"data/practices/ask-how.yaml": f"# said\n{WRONG}"},
        {"data/practices/ask-how.yaml": RIGHT.replace("p. 6", "somewhere")},
        {"data/practices/ask-how.yaml": RIGHT},
        {"data/practices/ask-how.yaml": None, "content/index.md": "# Home\n\n[It](nowhere)\n"},
    ]
    first, moved, half, right, gone, last = watched(tmp_path, steps, capsys)
    assert "'colour' is not a field of a practice. [unknown-field]" in first
    assert first.endswith("I look at data/ and content/ and say what changes. Ctrl-C ends this.\n")
    summary = "5 records, 1 references, 1 pages"
    assert moved == f"\n00:00:00  data/practices/ask-how.yaml changed\n{summary}: 1 problem to fix.\n"
    assert half.splitlines()[2] == "mended: data/practices/ask-how.yaml: 'colour' is not a field of a practice. [unknown-field]"
    assert re.search(r"new: data/practices/ask-how.yaml:2:\d+: 'somewhere' does not name a place in a source. \[no-locator\]\n    Forms we know", half)
    assert right.splitlines()[2:] == [
        "mended: data/practices/ask-how.yaml: 'somewhere' does not name a place in a source. [no-locator]",
        "6 records, 1 references, 1 pages: all in order.",
    ]
    assert gone.splitlines()[1:] == ["00:00:00  2 files changed", f"{summary}: all in order."]
    assert last == ""


def test_hidden_is_not_mended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """While a file cannot be read, its other problems are not called mended; when it can be read again, they are not new."""
    broken = RIGHT.replace("p. 6", "somewhere")
    toy.write(tmp_path, {"data/practices/ask-how.yaml": broken})
    steps: list[dict[str, str | None]] = [{"data/practices/ask-how.yaml": text} for text in (f"{broken}x\n", f"{broken}# x\n", RIGHT)]
    broke, readable, right, _ = watched(tmp_path, steps, capsys)
    broke = broke.partition("Ctrl-C ends this.")[2]
    assert "mended" not in broke
    assert "[yaml-syntax]" in broke
    assert "new" not in readable
    assert readable.count("mended") == 1
    assert "mended: data/practices/ask-how.yaml: 'somewhere' does not name" in right


def test_hidden_in_a_file_of_many(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same in a file with several records, of which one cannot be read through two saves."""
    name, wrong = "data/programmes.yaml", toy.BASE["data/programmes.yaml"].replace("p. 1", "somewhere")
    text = wrong + toy.BASE["data/programmes.yaml"].replace("north-star", "south-star")
    toy.write(tmp_path, {name: text})
    lost = text.replace("  name: North Star\n", "", 1)
    steps: list[dict[str, str | None]] = [{name: each} for each in (lost, lost + "# x\n", text, text.replace("somewhere", "p. 1"))]
    first, second, whole, right, _ = watched(tmp_path, steps, capsys)
    assert "mended" not in first.partition("Ctrl-C ends this.")[2] + second
    assert "new" not in second + whole
    assert [line.partition(": ")[0] for line in whole.splitlines()[2:-1]] == ["mended"]
    assert "mended: data/programmes.yaml: 'somewhere' does not name" in right


def test_waits_until_nothing_moves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """While files are still being written nothing is checked; files of editors do not count."""
    toy.write(tmp_path, {})
    many = {f"data/practices/ask-{number}.yaml": RIGHT for number in range(4)}
    _, said, hidden, _ = watched(tmp_path, [{}, many, {"data/practices/.ask.yaml.swp": "x", "data/practices/ask.yaml~": "x"}], capsys)
    assert said.count("changed") == 1
    assert "4 files changed" in said
    assert hidden == ""


def test_compared() -> None:
    """Problems are told apart by file, sort and words; of two that are alike one may be new."""
    one, two = (Problem(Location("a", line), Code.HEADING, "x", "y") for line in (1, 2))
    other = Problem(Location("b", 1), Code.HEADING, "x", "y")
    assert compared([one], [two]) == ([], [])
    assert compared([one], [one, two]) == ([one], [])
    assert compared([one, two], [two, other]) == ([other], [one])
    assert compared([], []) == ([], [])


def test_ends_cleanly(tmp_path: Path) -> None:
    """Ctrl-C ends the program without a traceback, with exit code 0."""
    toy.write(tmp_path, {})
    command = [sys.executable, "-u", "-m", "waymark", "--root", str(tmp_path), "check", "--watch"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        while "Ctrl-C" not in program.stdout.readline():
            pass
        program.send_signal(signal.SIGINT)
        _, errors = program.communicate(timeout=30)
    assert (program.returncode, errors) == (0, "")
