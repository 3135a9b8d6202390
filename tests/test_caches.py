"""Where things are kept between builds, and how."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

import pytest

from waymark.adapters.caches import cache, keep


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
