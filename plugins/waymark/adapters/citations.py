"""Citations and record links in hand-written pages."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from waymark.adapters.records import ReadyPage, RecordsPlugin
from waymark.markdown import mark, unmark
from waymark.render import Renderer


class CitationsPlugin(BasePlugin):  # type: ignore[type-arg]
    """Before Markdown, each citation and record link is swapped for a mark; afterwards each mark for its HTML."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        records = config.plugins.get("waymark/records")
        if not isinstance(records, RecordsPlugin):
            raise PluginError("The plugin 'waymark/citations' needs 'waymark/records': list that above it in mkdocs.yml.")
        self._records = records
        self._pieces: dict[str, tuple[list[str], str, str]] = {}
        return config

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        if isinstance(page, ReadyPage):
            return markdown
        renderer: Renderer = self._records.renderer
        root = "../" * page.url.count("/")
        id = page.file.src_uri.removesuffix(".md")
        insets, cited = renderer.insets(markdown, root, id)
        marked, pieces = mark(markdown, insets)
        self._pieces[page.file.src_uri] = pieces, renderer.bibliography(cited, root, id), renderer.reported(id, root)
        return marked

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        pieces, bibliography, reported = self._pieces.pop(page.file.src_uri, ([], "", ""))
        if bibliography and page.toc.items:
            page.toc.items[0].children.append(AnchorLink("References", "references", 2))
        title, end, rest = unmark(html, pieces).partition("</h1>")
        return f"{title}{end}{reported}{rest}{bibliography}" if end else f"{reported}{title}{bibliography}"
