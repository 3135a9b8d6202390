"""Parts of the theme's frame that are alike on thousands of pages, made once.

Menu, tabs, search box and footer of a page that is not in the menu depend only on how deep the page lies and under
which tab. To render them anew for each page was a quarter of a build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from jinja2 import Environment, Template
from jinja2.runtime import Context

ALIKE = ("partials/nav.html", "partials/tabs.html", "partials/search.html", "partials/palette.html", "partials/footer.html", "partials/source.html")
"""Templates of Material that say nothing of the page itself, as long as the page is not in the menu."""


def keep_frame(env: Environment, frame_of: Callable[[object], str]) -> None:
    """Lets each of these templates be rendered once for all pages with the same frame.

    Args:
        env: The theme's templates.
        frame_of: For a page a word that is the same for pages whose frame is alike; empty if its frame is its own.
    """
    for name in ALIKE:
        _keep(env.get_template(name), frame_of)


def _keep(template: Template, frame_of: Callable[[object], str]) -> None:
    render = template.root_render_func
    kept: dict[str, str] = {}

    def once(context: Context) -> Iterator[str]:
        frame = frame_of(context.get("page"))
        if not frame:
            yield from render(context)
            return
        if frame not in kept:
            kept[frame] = "".join(render(context))
        yield kept[frame]

    template.root_render_func = once
