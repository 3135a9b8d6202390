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
    monkeypatch.setattr(frame, "NAMING", ("head",))
    monkeypatch.setattr(frame, "ALIKE_BLOCKS", ("foot",))
    made: list[str] = []
    templates = {
        "part": "<{{ note(page) }}>",
        "head": "{{ page.meta.title }}-{{ note(page) }}-{{ page.meta.title }} ",
        "base.html": "{{ page }}{% include 'head' %}{% include 'part' %}{% block body %}{% endblock %}{% block foot %}({{ note(page) }}){% endblock %}",
        "page": "{% extends 'base.html' %}{% block body %}[{{ page }}]{% endblock %}",
    }
    env = Environment(loader=DictLoader(templates), autoescape=True)
    env.globals["note"] = lambda page: made.append(page.url) or page.url
    frame.keep_frame(env, lambda page: page.url[0] if page.url != "own" else "")
    page = env.get_template("page")

    def shown(url: str, title: str) -> str:
        made.clear()
        return page.render(page=Shown(url, title))

    assert shown("a1", "one") == "a1one-a1-one <a1>[a1](a1)"
    assert made == ["a1"] * 3
    assert shown("a2", "two") == "a2two-a1-two <a1>[a2](a1)"
    assert made == []
    assert shown("b1", "x") == "b1x-b1-x <b1>[b1](b1)"
    for _ in range(2):
        assert shown("own", "y") == "owny-own-y <own>[own](own)"
        assert made == ["own"] * 3


class Shown:
    """As much of a page as a frame needs."""

    def __init__(self, url: str, title: str) -> None:
        self.url, self.meta = url, {"title": title}

    def __str__(self) -> str:
        return self.url


def test_the_site_is_the_same_with_and_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that differs from page to page is kept."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")
    folders = []
    for is_kept in (True, False):
        for name in ("ALIKE", "NAMING", "ALIKE_BLOCKS") if not is_kept else ():
            monkeypatch.setattr(frame, name, ())
        folders.append(tmp_path / str(len(folders)))
        build(load_config(str(TOY / "mkdocs.yml"), site_dir=str(folders[-1])))
    kept, anew = ({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.html")} for folder in folders)
    assert kept.keys() == anew.keys()
    assert [str(path) for path in kept if kept[path] != anew[path]] == []
