"""The state release by release. The mistakes are in `problems/`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.health import MEASURES
from waymark.history import HEAD, Release, is_release, read_history, with_release
from waymark.library import Library

TODAY = date(2026, 11, 30)
FIGURES = st.dictionaries(st.from_regex("[a-z]{1,9}(_[a-z]{1,9})?", fullmatch=True).filter(lambda name: name != "day"), st.integers(0, 10**8), max_size=6)


@given(st.lists(FIGURES, max_size=4))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, some: list[dict[str, int]]) -> None:
    path = tmp_path_factory.mktemp("history") / "status-history.yaml"
    releases = [Release(f"0.{number}.0", date(2026, 1, 1 + number), figures) for number, figures in enumerate(some)]
    text = ""
    for release in releases:
        before, text = text, with_release(text, release)
        assert text.startswith(before or HEAD), "what was published is not rewritten"
    path.write_text(text or HEAD + "0.0.0: {day: 2026-01-01}\n", encoding="utf-8")
    assert read_history(path, "h.yaml", TODAY) == (releases or [Release("0.0.0", date(2026, 1, 1), {})], [])


def test_without_a_file_there_is_no_release(tmp_path: Path) -> None:
    assert read_history(tmp_path / "none.yaml", "none.yaml", TODAY) == ([], [])


@pytest.mark.parametrize(
    ("name", "expected"), [("0.1.0", True), ("2026-11", True), ("v1_2", True), ("", False), ("a b", False), ("a:\n", False), ("x" * 41, False)]
)
def test_names(name: str, *, expected: bool) -> None:
    assert is_release(name) is expected


def test_the_first_real_release_counts_every_measure(real_library: Library) -> None:
    assert real_library.history
    assert list(real_library.history[0].figures) == [each.name for each in MEASURES]
