"""Parts of the theme's frame that are alike on thousands of pages, made once.

Head, menu, tabs, search box and footer of a page that is not in the menu depend only on how deep the page lies and under
which tab; the header names the page besides. To render them anew for each page was a quarter of a build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from typing import Any

from jinja2 import Environment, Template
from jinja2.runtime import Context

ALIKE = (
    *("partials/nav.html", "partials/tabs.html", "partials/top.html", "partials/footer.html"),
    *("partials/javascripts/base.html", "partials/javascripts/content.html", "partials/feedback.html"),
)
"""Templates of Material that say nothing of the page itself, as long as the page is not in the menu."""
BASE, ALIKE_BLOCKS = "base.html", ("styles", "libs", "fonts", "analytics", "config", "scripts")
"""Blocks of Material's frame of which the same is true."""
NAMING = ("partials/header.html",)
"""Templates that say nothing of the page but its title."""
_TITLE = "\ue000"
"""Stands for the title of a page; no file of the data may hold this character."""
Render = Callable[[Context], Iterator[str]]


def keep_frame(env: Environment, frame_of: Callable[[object], str]) -> None:
    """Lets each of these parts be rendered once for all pages with the same frame.

    Args:
        env: The theme's templates.
        frame_of: For a page a word that is the same for pages whose frame is alike; empty if its frame is its own.
    """
    for name in ALIKE:
        template = env.get_template(name)
        template.root_render_func = _kept(template.root_render_func, frame_of)
    for name in NAMING:
        template = env.get_template(name)
        template.root_render_func = _kept_but_for_the_title(template, frame_of)
    blocks = env.get_template(BASE).blocks if ALIKE_BLOCKS else {}
    for name in ALIKE_BLOCKS:
        blocks[name] = _kept(blocks[name], frame_of)


def _kept(render: Render, frame_of: Callable[[object], str]) -> Render:
    kept: dict[str, str] = {}

    def once(context: Context) -> Iterator[str]:
        frame = frame_of(context.get("page"))
        if not frame:
            yield from render(context)
            return
        if frame not in kept:
            kept[frame] = "".join(render(context))
        yield kept[frame]

    return once


def _kept_but_for_the_title(template: Template, frame_of: Callable[[object], str]) -> Render:
    render = template.root_render_func
    kept: dict[str, list[str]] = {}

    def once(context: Context) -> Iterator[str]:
        page: Any = context.get("page")
        frame = frame_of(page)
        if not frame:
            yield from render(context)
            return
        if frame not in kept:
            nameless = copy(page)
            nameless.meta = {"title": _TITLE}
            kept[frame] = "".join(render(template.new_context({**context.get_all(), "page": nameless}))).split(_TITLE)
        yield str(page.meta["title"]).join(kept[frame])

    return once
