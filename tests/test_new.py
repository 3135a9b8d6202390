"""`waymark new`."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import toy
from waymark.__main__ import main
from waymark.commands import drafts
from waymark.documents import data_of
from waymark.kinds import KINDS
from waymark.library import load_library
from waymark.specimen import example

PROGRAMMES = "# yaml-language-server: $schema=schema/programmes.json\n\n" + toy.BASE["data/programmes.yaml"] + "  # said\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return toy.write(tmp_path, {"data/programmes.yaml": PROGRAMMES})


def run(folder: Path, *arguments: str) -> int:
    return main(["--root", str(folder), "new", *arguments])


def answer(monkeypatch: pytest.MonkeyPatch, lines: Iterable[str]) -> None:
    """Lets somebody type some lines, and then leave."""
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def files(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()}


def practice(folder: Path, id: str = "night-visits") -> dict[str, Any]:
    return data_of((folder / f"data/practices/{id}.yaml").read_text(encoding="utf-8")) or {}


def test_answers_become_a_draft(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """From the name to the first facts: wrong answers are asked again with the fix; the file is commented and passes the checks."""
    typed = [
        *("", "Night visits", "North Star?", "north-star", "night-visits", "Nachtbezoek, Visites"),
        *("Atlantis", "Denmark"),
        *("nothing", "doe aims", "1", ""),
        *("somewhere", "22"),
        *("It is proven.", "Volunteers come at night.", ""),
        *("", "A charity", "p. 23"),
        ".",
    ]
    answer(monkeypatch, typed)
    assert run(project, "practice") == 0
    out = capsys.readouterr().out
    for said in (
        "It needs a name",
        "'North Star?' cannot be an id.",
        "The programme “North Star” has this id.",
        "'Atlantis' is not the code of a country.",
        "No work has all these words.",
        "1 doe2020aims: Doe (2020). Aims of exit work",
        "'somewhere' does not name a place in a source.",
        "'proven' is a verdict in our own voice.",
        "data/practices/night-visits.yaml: written.",
        "It passes the checks as it is.",
        "What to do next:",
    ):
        assert said in " ".join(out.split()), said
    data = practice(project)
    assert data.pop("checked")["against"] == ["doe2020aims"]
    assert data == {
        "name": "Night visits",
        "other_names": ["Nachtbezoek", "Visites"],
        "summary": "Volunteers come at night [@doe2020aims, p. 22].",
        "countries": ["DK"],
        "organisation": "A charity",
        "basis": {"countries": "[@doe2020aims, p. 22]", "organisation": "[@doe2020aims, p. 23]"},
    }
    assert "#region:\n" in files(project)["data/practices/night-visits.yaml"]
    assert files(project)["data/practices/night-visits.yaml"].startswith("# yaml-language-server: $schema=../schema/practice.json\n")


def test_answers_that_end_early(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the answers end, what is known is written, and what must still be there is said."""
    answer(monkeypatch, ["Night visits", "", "", "Denmark"])
    assert run(project, "practice") == 0
    out = capsys.readouterr().out
    assert "The answers end here." in out
    assert "Still to do before it passes the checks" in out
    assert "'summary' has no value. [empty-value]" in out
    assert practice(project)["countries"] == ["DK"]


def test_no_answer_at_all(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a name nothing is written, and that is said."""
    before = files(project)
    answer(monkeypatch, [])
    assert run(project, "practice") == 1
    assert "Nothing was written: it has no name yet." in capsys.readouterr().err
    assert before == files(project)


def test_stopped(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C leaves no file, half or whole."""
    before = files(project)
    typed = iter(["Night visits", "", "Nachtbezoek"])

    def type_one(words: str) -> str:
        for line in typed:
            return line
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", type_one)
    assert run(project, "practice") == 130
    shown = capsys.readouterr()
    assert "Nothing was written." in shown.err
    assert "name: Night visits\nother_names: [Nachtbezoek]\n" in shown.err
    assert before == files(project)


def test_likely_twins(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Who adds what is there already is told so, before the long questions; `no` ends it."""
    before = files(project)
    answer(monkeypatch, ["Ask  why!", "ask-why-again", "", "", "no"])
    assert run(project, "practice") == 130
    assert "- Ask why (data/practices/ask-why.yaml): the same name: “Ask why”." in capsys.readouterr().out
    assert before == files(project)


def test_a_new_source(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A work that is not here yet is asked for, checked, and added at its place in the bibliography, which else stays as it is."""
    work = [
        "new",
        "report",
        "Abel, Ann; City of Aarhus",
        "2031",
        "2021",
        "",
        "Talks at night",
        "Ministry of Justice",
        "no",
        "",
        "https://example.org/talks",
        "2",
    ]
    answer(monkeypatch, ["Night visits", "", "", "", *work, "", "Volunteers come.", "5", "."])
    assert run(project, "practice") == 0
    bib = files(project)["data/references.bib"]
    assert bib.endswith("\n\n" + toy.BASE["data/references.bib"])
    assert bib.startswith("@report{abel2021talks,\n  author = {Abel, Ann and {City of Aarhus}},\n  year = {2021},\n  title = {Talks at night},\n")
    assert practice(project)["summary"] == "Volunteers come [@abel2021talks, p. 5]."
    assert "data/references.bib: abel2021talks added." in capsys.readouterr().out
    _, problems = load_library(project, today=drafts.date.today())
    assert [problem.message for problem in problems] == []


OPTIONS = (
    "--name",
    "Night visits",
    "--country",
    "Denmark",
    "--source",
    "doe2020aims",
    "--place",
    "22",
    "--summary",
    "Volunteers come.",
    "--by",
    "AB",
    "--no-questions",
)


def test_options_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without questions, options say it all."""
    assert run(project, "practice", *OPTIONS, "--other-name", "Visites", "--set", "setting=prison, 2", "--set", "steps=One; Two") == 0
    data = practice(project)
    assert data.pop("checked")["by"] == "AB"
    assert data == {
        "name": "Night visits",
        "other_names": ["Visites"],
        "summary": "Volunteers come [@doe2020aims, p. 22].",
        "countries": ["DK"],
        "setting": ["prison", "probation"],
        "steps": [{"title": "One"}, {"title": "Two"}],
        "basis": dict.fromkeys(["countries", "setting"], "[@doe2020aims, p. 22]"),
    }
    assert "It passes the checks as it is." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--id", "ask-why"], "The practice “Ask why” has this id."),
        (["--source", "doe2020ams"], "'doe2020ams' is not a key of data/references.bib. Did you mean 'doe2020aims'?"),
        (["--place", "somewhere"], "'somewhere' does not name a place in a source."),
        (["--country", "Atlantis"], "countries: 'Atlantis' is not the code of a country."),
        (["--set", "colour=red"], "'colour=red' is not FIELD=VALUE."),
        (["--set", "setting=prisn"], "setting: 'prisn' is not a value of 'setting'. Did you mean 'prison'?"),
        (["--summary", "It is proven [@doe2020aims, p. 1]."], "summary: 'proven' is a verdict in our own voice."),
    ],
)
def test_wrong_options(project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    """An option that cannot be right is said with its fix, and nothing is written."""
    before = files(project)
    assert run(project, "practice", "--name", "Night visits", "--no-questions", *arguments) == 1
    assert capsys.readouterr().err.startswith(said)
    assert before == files(project)


def test_kinds_with_one_file(project: Path) -> None:
    """The record stands at the end of the file of its kind, after an empty line; all that was there is there, remarks too."""
    assert run(project, "programmes", *OPTIONS) == 0
    text = files(project)["data/programmes.yaml"]
    assert text.startswith(PROGRAMMES + "\nnight-visits:\n  # ")
    assert list(data_of(text) or {}) == ["north-star", "night-visits"]
    assert main(["--root", str(project), "format", "--check", str(project / "data/programmes.yaml")]) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind(project: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every kind can be added; the draft then lacks only what nobody has said."""
    country = [] if "countries" in KINDS[kind].model.model_fields else ["--country", "Denmark"]
    options = [each for number, each in enumerate(OPTIONS) if not country or number not in (2, 3)]
    assert run(project, kind, *options) == 0
    _, problems = load_library(project, today=drafts.date.today())
    assert {problem.code.id for problem in problems} == ({"bad-finding"} if kind == "finding" else set())


def test_broken_file(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """To a file that cannot be read nothing is added."""
    toy.write(project, {"data/programmes.yaml": "north-star: [\n"}, base={})
    assert run(project, "programme", *OPTIONS) == 1
    assert "Mend this first" in capsys.readouterr().err
    assert files(project)["data/programmes.yaml"] == "north-star: [\n"


def test_never_overwrites(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that comes into being during the questions stays; the draft is printed, so that nothing is lost."""
    monkeypatch.setattr(drafts.Draft, "id_fault", lambda self, id: "")
    toy.write(project, {"data/practices/night-visits.yaml": "name: Other\n"}, base={})
    assert run(project, "practice", *OPTIONS) == 1
    shown = capsys.readouterr()
    assert "Nothing was overwritten" in shown.err
    assert "summary: Volunteers come [@doe2020aims, p. 22]." in shown.out
    assert files(project)["data/practices/night-visits.yaml"] == "name: Other\n"


def test_a_file_that_cannot_be_read_keeps_its_name(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An id is not free if its file is there, whatever the file holds."""
    toy.write(project, {"data/practices/night-visits.yaml": "name: [\n"}, base={})
    assert run(project, "practice", *OPTIONS) == 1
    assert "There is a file data/practices/night-visits.yaml already." in capsys.readouterr().err


def test_example_and_misspelt_kind(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The complete example is printed; a kind that is misspelt is answered with the nearest one."""
    assert run(project, "practice", "--example") == 0
    assert capsys.readouterr().out == example(KINDS["practice"])
    assert run(project, "practise") == 2
    assert "Did you mean 'practice'?" in capsys.readouterr().err
    assert run(project / "content", "practice") == 2
    assert "Run the command in the project's folder." in capsys.readouterr().err


def test_work_known_through_another(project: Path) -> None:
    """A work that we know only through another one is cited so; what was open is that other one."""
    bib = files(project)["data/references.bib"]
    known = "@report{abel2021talks,\n  author = {Abel},\n  title = {T},\n  known = {via another work},\n  via = {doe2020aims},\n  checked = {2026-01-15},\n}\n"
    toy.write(project, {"data/references.bib": f"{known}\n{bib}"}, base={})
    options = ["abel2021talks" if each == "doe2020aims" else each for each in OPTIONS]
    assert run(project, "practice", *options) == 0
    assert practice(project)["summary"] == "Volunteers come [@abel2021talks, via @doe2020aims, p. 22]."
    assert practice(project)["checked"]["against"] == ["doe2020aims"]
