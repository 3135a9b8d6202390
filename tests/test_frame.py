"""Parts of the frame that are made once."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment
from mkdocs.commands.build import build
from mkdocs.config import load_config

from waymark.adapters import frame

TOY = Path(__file__).with_name("site")


def test_a_frame_is_rendered_once_for_pages_that_share_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "ALIKE", ("part",))
    made: list[str] = []
    env = Environment(loader=DictLoader({"part": "<{{ note(page) }}>", "page": "{{ page }}{% include 'part' %}"}), autoescape=True)
    env.globals["note"] = lambda page: made.append(page) or page
    frame.keep_frame(env, lambda page: str(page)[0] if page != "own" else "")
    page = env.get_template("page")
    assert [page.render(page=name) for name in ("a1", "a2", "b1", "own", "own", "a3")] == ["a1<a1>", "a2<a1>", "b1<b1>", "own<own>", "own<own>", "a3<a1>"]
    assert made == ["a1", "b1", "own", "own"]


def test_the_site_is_the_same_with_and_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that differs from page to page is kept."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")
    folders = []
    for alike in (frame.ALIKE, ()):
        monkeypatch.setattr(frame, "ALIKE", alike)
        folders.append(tmp_path / str(len(folders)))
        build(load_config(str(TOY / "mkdocs.yml"), site_dir=str(folders[-1])))
    kept, anew = ({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.html")} for folder in folders)
    assert kept.keys() == anew.keys()
    assert [str(path) for path in kept if kept[path] != anew[path]] == []
