"""Each file in `problems/` shows one mistake and exactly what a contributor reads then.

A file has `purpose` (why it exists), `files` (path to content, written over the project of `toy.py`) and
`problems`. Content that cannot be typed stands under `bytes_hex`, or under `generate` as `start`, `repeat`,
`times` and `end`. `pytest --update-golden` rewrites `problems`; read the difference before you keep it.

A file that is an example for editors has `right` as well: the files that put it right, written over the others (an
empty one is deleted). From these the page “What the checks say” is made; `example` gives words for it where those of
`purpose` are for developers.
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
from waymark.mistakes import EXAMPLES, Excerpt, Line, Mistake, excerpts, read_mistakes, to_json
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


# Examples for editors ------------------------------------------------------------------------------

WITH_RIGHT = [path for path in CASES if "right" in case(path)]


def code_of(problem: str) -> str:
    return problem.split("\n")[0].rsplit("[", 1)[1].rstrip("]")


def example(found: dict[str, Any]) -> Mistake:
    """The example that a case gives: of several problems the first stands for all."""
    wrong = {path: content.decode(errors="replace") if isinstance(content, bytes) else content for path, content in files_of(found).items()}
    before = {**{path: toy.BASE[path] for path in found["right"] if path in toy.BASE}, **wrong}
    after = {path: content for path, content in {**before, **found["right"]}.items() if content}
    said = found["problems"][0]
    return Mistake(code_of(said), found.get("example", found["purpose"]), excerpts(before, after), excerpts(after, before), said)


def examples() -> list[Mistake]:
    order = [code.id for code in Code]
    return sorted((example(case(path)) for path in WITH_RIGHT), key=lambda each: order.index(each.code))


@pytest.mark.parametrize("path", WITH_RIGHT, ids=lambda path: path.stem)
def test_example_is_true(path: Path, tmp_path: Path) -> None:
    """The wrong form gives this code and no other; the right form is accepted, and differs from it."""
    found = case(path)
    codes = {code_of(problem) for problem in found["problems"]}
    assert len(codes) == 1 or Code.MORE_PROBLEMS.id in codes
    project = toy.write(tmp_path, files_of(found))
    for name, content in found["right"].items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(content, encoding="utf-8") if content else (project / name).unlink()
    assert load_library(project, today=toy.TODAY)[1] == []
    assert example(found).wrong != example(found).right


@pytest.mark.parametrize("code", Code, ids=lambda code: code.id)
def test_every_code_has_an_example(code: Code) -> None:
    """An editor finds a wrong and a right form of each mistake on the page “What the checks say”."""
    assert code.id in {each.code for each in read_mistakes()}


def test_examples_are_those_of_the_cases(request: pytest.FixtureRequest) -> None:
    """The file that the page is made from holds what the cases say; `--update-golden` writes it anew."""
    if request.config.getoption("--update-golden"):
        EXAMPLES.write_text(to_json(examples()), encoding="utf-8")
    assert read_mistakes() == examples()
    assert EXAMPLES.read_text(encoding="utf-8") == to_json(examples())


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        ("a\nb\n", "a\nc\n", [Line("a"), Line("b", True)]),
        ("a\n", "a\nc\n", [Line("a")]),
        ("a\tb\u202ec\n", "", [Line("a[tab]b[U+202E]c", True)]),
        ("x" * 121, "", [Line("x" * 120 + "… (121 characters)", True)]),
        ("\n".join("abcdefghijklmn"), "\n".join("abcdefgXijklmn"), [Line("…"), Line("f"), Line("g"), Line("h", True), Line("i"), Line("j"), Line("…")]),
    ],
    ids=["changed", "only the other has more", "what cannot be seen", "long line", "long file"],
)
def test_excerpt(text: str, other: str, expected: list[Line]) -> None:
    """Of a file that is shown which lines differ; of a long one only those around them."""
    assert excerpts({"x": text}, {"x": other}) == (Excerpt("x", tuple(expected)),)


def test_files_that_are_alike_are_not_shown() -> None:
    """Only what differs is worth the room; a file that one side alone has is shown whole."""
    assert excerpts({"x": "a\n", "y": "b\n"}, {"x": "a\n"}) == (Excerpt("y", (Line("b"),)),)
