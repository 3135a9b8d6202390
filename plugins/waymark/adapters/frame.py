"""Parts of the theme's frame that are alike on thousands of pages, made once.

Head, menu, tabs, search box and footer of a page that is not in the menu depend only on how deep the page lies and under
which tab; the header names the page besides. To render them anew for each page was a quarter of a build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from functools import partial
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
    for name in (*ALIKE, *NAMING):
        template = env.get_template(name)
        render = template.root_render_func
        template.root_render_func = _kept(render, frame_of, partial(_nameless, template, render) if name in NAMING else render)
    blocks = env.get_template(BASE).blocks if ALIKE_BLOCKS else {}
    for name in ALIKE_BLOCKS:
        blocks[name] = _kept(blocks[name], frame_of, blocks[name])


def _kept(render: Render, frame_of: Callable[[object], str], render_once: Render) -> Render:
    """What renders a part only once for a frame, then with `render_once`."""
    kept: dict[str, list[str]] = {}

    def once(context: Context) -> Iterator[str]:
        page: Any = context.get("page")
        frame = frame_of(page)
        if not frame:
            yield from render(context)
            return
        if frame not in kept:
            kept[frame] = "".join(render_once(context)).split(_TITLE)
        yield str(page.meta["title"]).join(kept[frame])

    return once


def _nameless(template: Template, render: Render, context: Context) -> Iterator[str]:
    """The part for a page with `_TITLE` in the place of its title."""
    nameless: Any = copy(context.get("page"))
    nameless.meta = {"title": _TITLE}
    return render(template.new_context({**context.get_all(), "page": nameless}))
