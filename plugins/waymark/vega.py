"""A chart in the grammar of Vega-Lite 6 (https://vega.github.io/vega-lite/), as plain values.

Every row takes the whole width: its words, then its bar or point below them, so that the letters need not shrink on a
phone. All places are reckoned here and none by the width of a letter, so a drawing is the same on every machine. The
names of the layers become classes in the SVG, by which the style sheet colours them.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from math import pi
from typing import Any

from waymark.charts import Chart, ChartRow, interval_words

Spec = dict[str, Any]

WIDTH = 372
"""Width of a drawing in its own units: on a screen of 320 pixels the letters are still 12 pixels high."""
_FONT, _LINE, _CHARACTER, _BOLD_CHARACTER = 16, 21, 8.5, 9.4
_BAR, _POINT, _ROOM, _GAP, _AXIS = 14, 12, 4, 13, 32
"""Height of a bar, width of a point, room above either and below a row, and room for the numbers of the scale."""
_TEXT, _QUIET, _LINE_COLOUR, _FILL, _GROUND = "#1d2526", "#566163", "#cdd7d6", "#0b5f64", "#fff"
"""The light colours of the style sheet, for a drawing that stands alone."""


def specification(chart: Chart) -> Spec:
    """The chart as a specification whose drawing has the width `WIDTH`."""
    words, marks, height = _laid_out(chart)
    most = 100.0 if chart.kind == "shares" else max(_reach(row) for row in chart.rows)
    edge = _POINT / 2 if chart.kind == "rates" else 1
    axis = {
        "grid": False,
        "tickCount": 4,
        "format": ",~f",
        "labelOverlap": False,
        "title": None,
        "labelExpr": "datum.index == 1 ? datum.label + ' %' : datum.label" if chart.unit == "per cent" else "datum.label",
    }
    scale = {"domain": [0, most], "range": [edge, WIDTH - edge], "nice": 4, "zero": True}
    x = {"field": "low", "type": "quantitative", "scale": scale, "axis": axis}
    place = {"field": "y", "type": "quantitative", "scale": None, "axis": None}
    along = {"x": x, "x2": {"field": "high"}}
    tall = {"y": {**place, "field": "top"}, "y2": {"field": "bottom"}}
    layers = [
        _layer("track", {"type": "rect", "fill": _LINE_COLOUR}, marks["track"], {"x": {"value": edge}, "x2": {"value": WIDTH - edge}, **tall}),
        _layer("bar", {"type": "rect", "fill": _FILL}, marks["bar"], {**along, **tall}),
        _layer("hollow", {"type": "rect", "fill": _GROUND, "stroke": _FILL, "strokeWidth": 2}, marks["hollow"], {**along, **tall}),
        _layer("interval", {"type": "rule", "stroke": _FILL, "strokeWidth": 2}, marks["interval"], {**along, "y": place}),
        _layer("end", {"type": "rule", "stroke": _FILL, "strokeWidth": 2}, marks["end"], {"x": x, **tall}),
        _layer("point", {"type": "point", "filled": True, "fill": _FILL, "opacity": 1, "size": _POINT**2 * pi / 4}, marks["point"], {"x": x, "y": place}),
        _layer(
            "open-point", {"type": "point", "fill": _GROUND, "stroke": _FILL, "strokeWidth": 2, "opacity": 1, "size": _POINT**2 * pi / 4}, marks["open-point"],
            {"x": x, "y": place},
        ),
        *(_words(name, words[name], place) for name in ("heading", "label", "number", "note")),
    ]  # fmt: skip
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": WIDTH,
        "height": height,
        "padding": {"left": 0, "top": 0, "right": 0, "bottom": _AXIS},
        "autosize": {"type": "none"},
        "background": None,
        "layer": [layer for layer in layers if layer["data"]["values"]],
        "config": {
            "aria": False,
            "mark": {"aria": False},
            "font": "system-ui, sans-serif",
            "view": {"stroke": None},
            "axis": {"labelFontSize": _FONT, "labelColor": _QUIET, "domainColor": _QUIET, "tickColor": _QUIET},
        },
    }


def height_of(chart: Chart) -> int:
    """Height of the whole drawing, in the units of `WIDTH`."""
    return _laid_out(chart)[2] + _AXIS


def _laid_out(chart: Chart) -> tuple[dict[str, list[Spec]], dict[str, list[Spec]], int]:
    """The words and the marks of a chart by layer, each with its place, and the height of all."""
    words: dict[str, list[Spec]] = {name: [] for name in ("heading", "label", "number", "note")}
    marks: dict[str, list[Spec]] = {name: [] for name in ("track", "bar", "hollow", "interval", "end", "point", "open-point")}
    top = 0

    def say(layer: str, text: str, room: float, character: float) -> None:
        nonlocal top
        for line in textwrap.wrap(text, int(room / character), break_on_hyphens=False):
            words[layer].append({"text": line, "y": top + _LINE / 2})
            top += _LINE

    for panel in chart.panels:
        top += _GAP if top else 0
        say("heading", panel.heading, WIDTH, _BOLD_CHARACTER)
        top += _ROOM
        for row in panel.rows:
            words["number"].append({"text": row.number, "y": top + _LINE / 2})
            say("label", row.label, WIDTH - (len(row.number) + 1) * _BOLD_CHARACTER, _CHARACTER)
            say("note", row.note, WIDTH, _CHARACTER)
            if row.interval:
                say("note", f"95 % interval: {interval_words(row.interval)}", WIDTH, _CHARACTER)
            for layer, mark in _marks(row, top + _ROOM, chart.kind):
                marks[layer].append(mark)
            top += _ROOM + _BAR + _GAP
    return words, marks, top


def _marks(row: ChartRow, top: float, kind: str) -> Iterable[tuple[str, Spec]]:
    """What is drawn for a row, each with its layer."""
    tall = {"top": top, "bottom": top + _BAR}
    middle = top + _BAR / 2
    if kind == "rates" and row.to is None:
        yield "track", {"top": middle - 0.5, "bottom": middle + 0.5}
        if row.interval:
            low, high = row.interval
            yield "interval", {"low": low, "high": high, "y": middle}
            yield from (("end", {"low": end, **tall}) for end in row.interval)
        yield "open-point" if row.is_bound else "point", {"low": row.value, "y": middle}
    else:
        yield "track", tall
        low, high = (0.0, row.value) if row.to is None else (row.value, row.to)
        yield "hollow" if row.is_bound else "bar", {"low": low, "high": high, **tall}


def _reach(row: ChartRow) -> float:
    """The highest value that is drawn for a row."""
    return max(row.value, row.to or 0, row.interval[1] if row.interval else 0)


def _layer(name: str, mark: Spec, values: list[Spec], encoding: Spec) -> Spec:
    return {"name": name, "mark": mark, "data": {"values": values}, "encoding": encoding}


def _words(name: str, values: list[Spec], place: Spec) -> Spec:
    is_right, is_bold = name == "number", name in ("number", "heading")
    mark = {"type": "text", "align": "right" if is_right else "left", "baseline": "middle", "fontSize": _FONT, "fill": _QUIET if name == "note" else _TEXT}
    mark |= {"fontWeight": 600} if is_bold else {}
    return _layer(name, mark, values, {"x": {"value": WIDTH if is_right else 0}, "y": place, "text": {"field": "text"}})
