"""Where things are kept between builds, and how."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Event, Thread

import pytest

from waymark.adapters.caches import cache, code, forget_old, keep, kept


def test_the_folder_is_made_in_the_project(tmp_path: Path) -> None:
    folder = cache(tmp_path, "charts")
    assert folder == tmp_path / ".cache" / "charts"
    assert folder.is_dir()
    (folder / "kept").touch()
    assert cache(tmp_path, "charts") == folder
    assert (folder / "kept").exists(), "what is in it stays"


@pytest.mark.parametrize("taken", [".cache", ".cache/charts"])
def test_there_is_none_where_the_project_cannot_be_written_to(tmp_path: Path, taken: str) -> None:
    """A file in its place is what no right to write is: the rights of a folder do not hold for who runs as root."""
    (tmp_path / taken).parent.mkdir(exist_ok=True)
    (tmp_path / taken).write_text("a file")
    assert cache(tmp_path, "charts") is None
    assert (tmp_path / taken).read_text() == "a file"


@pytest.mark.parametrize("text", ["", "Åpen dør – “x”\n", "a\r\nb\rc\n", "x" * 1_000_000], ids=["none", "letters", "line ends", "much"])
def test_a_whole_file_is_written_and_no_other(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.b.json"
    keep(path, "before, and longer than some")
    keep(path, text)
    assert path.read_bytes().decode() == text
    assert list(tmp_path.iterdir()) == [path]


def test_who_reads_meanwhile_reads_a_whole_file(tmp_path: Path) -> None:
    """Another build may read while this one writes."""
    path, stop, found = tmp_path / "kept.json", Event(), set()
    texts = [letter * 1_000_000 for letter in "ab"]
    keep(path, texts[0])

    def read() -> None:
        while not stop.is_set():
            found.add(path.read_text(encoding="utf-8"))

    reader = Thread(target=read)
    reader.start()
    for number in range(40):
        keep(path, texts[number % 2])
    stop.set()
    reader.join()
    assert found <= set(texts)


def test_what_is_kept_is_made_once(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> list[int]:
        made.append(1)
        return [len(made)]

    path = tmp_path / "kept.json"
    assert [kept(path, make), kept(path, make)] == [[1], [1]]
    path.write_text("[1", encoding="utf-8")
    assert [kept(path, make), kept(path, make)] == [[2], [2]], "somebody wrote into it"
    assert [kept(None, make), kept(None, make)] == [[3], [4]], "nowhere to keep it"


def test_the_oldest_are_forgotten(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / str(number)).touch()
        os.utime(tmp_path / str(number), (number, number))
    forget_old(tmp_path, 2)
    assert {path.name for path in tmp_path.iterdir()} == {"3", "4"}
    forget_old(None, 0)


def test_the_word_for_the_code_is_the_same_for_the_same_code() -> None:
    assert code() == code.__wrapped__()
    assert len(code()) == 64
