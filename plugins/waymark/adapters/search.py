"""Hands the texts of record pages to Material's search.

The one place that knows that search: the rest of the project only says what should be found where. The search of the
theme would take the finished HTML apart again; the page model already knows its words.
"""

from __future__ import annotations

from html import escape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from waymark.adapters.records import ReadyPage, RecordsPlugin


class SearchPlugin(BasePlugin):  # type: ignore[type-arg]
    """Adds the entries of a page while it is there to be written."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        records, search = config.plugins.get("waymark/records"), config.plugins.get("material/search")
        if not isinstance(records, RecordsPlugin) or search is None:
            raise PluginError("The plugin 'waymark/search' needs 'waymark/records' and 'search': list both above it in mkdocs.yml.")
        self._records, self._search = records, search
        return config

    @event_priority(-100)
    def on_page_context(self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
        if isinstance(page, ReadyPage):
            ready = page.ready
            for each in ready.search:
                location = f"{ready.address}#{each.anchor}" if each.anchor else ready.address
                # That search writes titles, texts and tags into its list as HTML.
                entry: dict[str, object] = {"location": location, "title": escape(each.title, quote=False), "text": escape(each.text, quote=False)}
                if ready.search_weight != 1:
                    entry["boost"] = ready.search_weight
                if ready.tags and not each.anchor:
                    entry["tags"] = [escape(tag, quote=False) for tag in ready.tags]
                self._search.search_index.entries.append(entry)
        return context
