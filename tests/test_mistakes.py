"""Each file in `problems/` shows one mistake and exactly what a contributor reads then.

A file has `purpose` (why it exists), `files` (path to content, written over the project of `toy.py`) and
`problems`. Content that cannot be typed stands under `bytes_hex`, or under `generate` as `start`, `repeat`,
`times` and `end`. `pytest --update-golden` rewrites `problems`; read the difference before you keep it.
"""

from __future__ import annotations

import resource
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

import toy
from waymark.library import load_library
from waymark.problems import Code, as_text

CASES = sorted(Path(__file__).with_name("problems").glob("*.yml"))


def case(path: Path) -> dict[str, Any]:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)


def files_of(case: dict[str, Any]) -> dict[str, str | bytes]:
    generated = {path: how.get("start", "") + how["repeat"] * int(how["times"]) + how.get("end", "") for path, how in case.get("generate", {}).items()}
    return {**case.get("files", {}), **generated, **{path: bytes.fromhex(text) for path, text in case.get("bytes_hex", {}).items()}}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_mistake(path: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The checks say what the file expects, word for word."""
    expected = case(path)
    actual = [as_text(problem) for problem in toy.load(tmp_path, files_of(expected))[1]]
    if request.config.getoption("--update-golden") and expected["problems"] != actual:
        update(path, actual)
        expected = case(path)
    assert expected["problems"] == actual


def update(path: Path, problems: list[str]) -> None:
    head = path.read_text(encoding="utf-8").split("\nproblems:")[0].rstrip("\n")
    blocks = ["  - |-\n" + "\n".join(f"    {line}" for line in problem.splitlines()) for problem in problems]
    path.write_text("\n".join([head, "problems:" if blocks else "problems: []", *blocks]) + "\n", encoding="utf-8")


@pytest.mark.parametrize("code", Code, ids=lambda code: code.id)
def test_every_code_has_a_case(code: Code) -> None:
    """No code without a file that shows it."""
    assert any(f"[{code.id}]" in problem for path in CASES for problem in case(path)["problems"])


@pytest.mark.parametrize("path", [path for path in CASES if "generate" in case(path)], ids=lambda path: path.stem)
def test_hostile_input_is_cheap(path: Path, tmp_path: Path) -> None:
    """A file made to exhaust the checks costs little time and memory."""
    toy.write(tmp_path, files_of(case(path)))
    memory, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    load_library(tmp_path, today=toy.TODAY)
    assert time.process_time() - begun < 2  # under one second on a quiet machine
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 200_000  # kilobytes
