"""Hands the texts of record pages to Material's search.

The one place that knows that search: the rest of the project only says what should be found where. The search of the
theme would take the finished HTML apart again; the page model already knows its words.
"""

from __future__ import annotations

from html import escape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority

from waymark.adapters.records import RecordsPlugin


class SearchPlugin(BasePlugin):  # type: ignore[type-arg]
    """Adds the entries just before the search writes its index."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        records, search = config.plugins.get("waymark/records"), config.plugins.get("material/search")
        if not isinstance(records, RecordsPlugin) or search is None:
            raise PluginError("The plugin 'waymark/search' needs 'waymark/records' and 'search': list both above it in mkdocs.yml.")
        self._records, self._search = records, search
        return config

    @event_priority(100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        for page in self._records.pages:
            for each in page.search:
                location = f"{page.address}#{each.anchor}" if each.anchor else page.address
                # That search writes titles, texts and tags into its list as HTML.
                entry: dict[str, object] = {"location": location, "title": escape(each.title, quote=False), "text": escape(each.text, quote=False)}
                if page.tags and not each.anchor:
                    entry["tags"] = [escape(tag, quote=False) for tag in page.tags]
                self._search.search_index.entries.append(entry)  # type: ignore[attr-defined]
