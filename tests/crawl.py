"""What a checker must know of built pages: their ids, links and what they load. Nothing here decides what is right."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

LOADING = {
    ("script", "src"), ("img", "src"), ("img", "srcset"), ("iframe", "src"), ("source", "src"), ("source", "srcset"), ("video", "src"), ("video", "poster"),
    ("audio", "src"), ("track", "src"), ("embed", "src"), ("object", "data"), ("input", "src"), ("use", "href"), ("use", "xlink:href"), ("image", "href"),
    ("image", "xlink:href"), ("form", "action"), ("body", "background"),
}  # fmt: skip
"""Where an address is fetched, or sent to, without the reader following a link."""
NOT_LOADING = {"canonical", "prev", "next", "alternate", "license", "author", "edit"}
"""Values of `rel` of a <link> that the browser does not fetch."""
_CSS_ADDRESS = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""")


@dataclass
class PageFacts(HTMLParser):
    """One page, read once."""

    address: str
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    """Where `a` and `area` lead."""
    loads: list[str] = field(default_factory=list)
    """What is fetched while the page opens."""
    metas: list[dict[str, str]] = field(default_factory=list)
    rels: list[tuple[str, str]] = field(default_factory=list)
    """`rel` and `href` of each <link>."""
    handlers: list[str] = field(default_factory=list)
    """Attributes that hold script or style."""
    lang: str = ""
    _in_style: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        if tag in ("a", "area") and "href" in values:
            self.links.append(values["href"])
        if tag == "a" and "name" in values:
            self.ids.append(values["name"])
        if tag == "html":
            self.lang = values.get("lang", "")
        if tag == "meta":
            self.metas.append(values)
        if tag == "link":
            self.rels.append((values.get("rel", ""), values.get("href", "")))
            if not set(values.get("rel", "").lower().split()) <= NOT_LOADING:
                self.loads.append(values.get("href", ""))
        for name, value in values.items():
            if (tag, name) in LOADING and value:
                self.loads += [each.split()[0] for each in value.split(",")] if name == "srcset" else [value]
            if name == "style":
                self.loads += _CSS_ADDRESS.findall(value)
                self.handlers.append(f"<{tag} style>")
            if name.startswith("on"):
                self.handlers.append(f"<{tag} {name}>")
        self._in_style = tag == "style"

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.loads += _CSS_ADDRESS.findall(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def meta(self, name: str) -> list[str]:
        """The values of all `<meta name=…>`."""
        return [each.get("content", "") for each in self.metas if each.get("name") == name]

    @property
    def policy(self) -> list[str]:
        return [each.get("content", "") for each in self.metas if each.get("http-equiv") == "Content-Security-Policy"]

    @property
    def is_redirect(self) -> bool:
        return bool(self.meta("waymark-moved"))


def read_site(folder: Path) -> dict[str, PageFacts]:
    """Every page below a folder by its address: `theories/` for `theories/index.html`."""
    pages = {}
    for path in sorted(folder.rglob("*.html")):
        address = path.relative_to(folder).as_posix().removesuffix("index.html")
        pages[address] = PageFacts(address)
        pages[address].feed(path.read_text(encoding="utf-8"))
        pages[address].close()
    return pages


def loads_of_css(text: str) -> list[str]:
    """The addresses a style sheet fetches."""
    return [each for each in _CSS_ADDRESS.findall(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)) if not each.startswith("data:")]


def is_elsewhere(address: str) -> bool:
    """True if the address names a host."""
    parts = urlsplit(address)
    return bool(parts.netloc) or parts.scheme in ("http", "https", "ftp")


def resolve(here: str, href: str, base: str) -> tuple[str, str]:
    """The path from the root of the site, and the fragment, that a relative address leads to.

    Args:
        here: Address of the page the link is on.
        href: The link as written.
        base: Path of the site on its host, `/waymark/`; an address that starts with a slash must be below it.
    """
    parts = urlsplit(href)
    path = unquote(parts.path)
    if path.startswith("/"):
        if not path.startswith(base):
            return f"(outside the site){path}", parts.fragment
        here, path = "", path.removeprefix(base) or "."
    if not path:
        return here, unquote(parts.fragment)
    steps = here.split("/")[:-1]
    *folders, last = path.split("/")
    if last in (".", ".."):
        folders, last = [*folders, last], ""
    for step in folders:
        if step == "..":
            if not steps:
                return f"(above the site){path}", parts.fragment
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return "".join(f"{step}/" for step in steps) + last, unquote(parts.fragment)
