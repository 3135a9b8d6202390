"""Charts of statistics: beside their table, and as files to take away."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from waymark.anatomy import in_words
from waymark.charts import Chart, chart_of, interval_of
from waymark.exports import guarded
from waymark.fields import Figure
from waymark.library import Item
from waymark.links import address_of, section_anchor
from waymark.overviews import Overviews
from waymark.pages import Download, text_file
from waymark.pieces import Texts
from waymark.vega import WIDTH, height_of

_MARGIN = 16
"""Room around a drawing that stands alone."""
_TITLE, _FOOT = 38, 60
"""Letters on a line of the title of such a drawing, and of the line below it."""
_COLUMNS = (
    "what",
    "qualifier",
    "value",
    "to",
    "unit",
    "out_of",
    "count",
    "total",
    "interval_low",
    "interval_high",
    "when",
    "note",
    "heading_in_chart",
    "source",
)


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart with its drawing."""

    id: str
    chart: Chart
    svg: Markup
    width: int
    height: int
    caveats: str
    """Anchor of the section that says how to read the figures; empty if there is none."""


class Plots(Overviews):
    """Makes charts part of pages, and files of them."""

    def plot(self, item: Item) -> Plot | None:
        """The chart of a record, or None if it has none or nothing was drawn."""
        chart = chart_of(item) if item.id in self._drawings else None
        if chart is None:
            return None
        caveats = section_anchor("caveats") if getattr(item.record, "caveats", None) else ""
        return Plot(item.id, chart, Markup(self._drawings[item.id]), WIDTH, height_of(chart), caveats)

    def files_of_record(self, item: Item) -> Iterable[Download]:
        """The files beside the page of a record; its chart with the figures too, if it has one."""
        yield from super().files_of_record(item)
        if plot := self.plot(item):
            address = address_of(item.kind.name, item.id)
            yield text_file(f"{address}{item.id}.svg", [self._svg_file(item, plot, f"{self.site.url}{address}")])
            yield text_file(f"{address}{item.id}.csv", [self._csv_file(item)])

    def _svg_file(self, item: Item, plot: Plot, address: str) -> str:
        caveats = Texts(self, "", item=item).bare(getattr(item.record, "caveats", None) or "")
        # A picture travels without its page: its title and where to read on are drawn too.
        above, below = textwrap.wrap(plot.chart.title, _TITLE), textwrap.wrap(f"How to read it: {address}", _FOOT, break_on_hyphens=False)
        return self._templates.get_template("chart.svg.jinja").render(plot=plot, margin=_MARGIN, caveats=caveats, address=address, above=above, below=below)

    def _csv_file(self, item: Item) -> str:
        text = Texts(self, "", item=item)
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")  # RFC 4180
        writer.writerow(_COLUMNS)
        figures: tuple[Figure, ...] = getattr(item.record, "figures", ())
        for each in figures:
            low, high = (in_words(round(end, 2)) for end in ends) if (ends := interval_of(each)) else ("", "")
            to, count, total = ("" if number is None else f"{number:.10g}" for number in (each.to, each.count, each.total))
            row = [each.label, each.qualifier, f"{each.value:.10g}", to, each.unit, each.base, count, total, low, high, each.period, each.note, each.panel]
            source = text.inline(each.source).striptags().removeprefix("(").removesuffix(")")
            writer.writerow([guarded(cell or "") for cell in (*row, source)])
        return out.getvalue()
