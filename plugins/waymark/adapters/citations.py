"""Citations and record links in hand-written pages."""

from __future__ import annotations

from dataclasses import replace

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from waymark.adapters.records import ReadyPage, RecordsPlugin
from waymark.insets import mark, unmark


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
        written = self._records.worker.written[page.file.src_uri.removesuffix(".md")]
        before = len(written.text) - len(markdown)  # what MkDocs took from the top of the file
        if written.text[before:] != markdown:
            raise PluginError(f"Another plugin changed the text of {page.file.src_uri}: list it below 'waymark/citations' in mkdocs.yml.")
        insets = [replace(each, start=each.start - before, end=each.end - before) for each in written.insets if each.start >= before]
        marked, pieces = mark(markdown, insets)
        self._pieces[page.file.src_uri] = pieces, written.bibliography, written.reported
        return marked

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        pieces, bibliography, reported = self._pieces.pop(page.file.src_uri, ([], "", ""))
        if bibliography and page.toc.items:
            page.toc.items[0].children.append(AnchorLink("References", "references", 2))
        title, end, rest = unmark(html, pieces).partition("</h1>")
        return f"{title}{end}{reported}{rest}{bibliography}" if end else f"{reported}{title}{bibliography}"
