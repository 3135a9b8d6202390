"""Charts of statistics: as values, as drawings, and on the page."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag

from browser import DESKTOP, PHONE, Visit
from site_fixtures import PROJECT, TODAY, TOY, TOY_SITE, Built, soup_of, words_of
from waymark.adapters import charting
from waymark.adapters.charting import DrawingError, drawings_of
from waymark.anatomy import row_of
from waymark.charts import BOUNDS, Chart, ChartRow, charts_of, interval_of
from waymark.fields import Figure
from waymark.library import Library, load_library
from waymark.render import Renderer
from waymark.vega import WIDTH, height_of, specification

HOSTILE = '=HYPERLINK("x") </text></svg><script>alert(1)</script> & more'
ROWS = [
    ("Left ajar", "value: 3, unit: per cent, base: 196 doors, period: 1999, count: 6, total: 196, panel: One way"),
    (HOSTILE, "value: 40, unit: per cent, qualifier: more than, base: not reported, panel: Another way"),
    ("Shut", "value: 9.7, unit: per cent, base: 31 doors, panel: One way"),
    ("-1 door", "value: 2, to: 7, unit: per cent, base: 31 doors, panel: Another way"),
    ("Not drawn", "value: 12, unit: people"),
]
TOY_RECORD = f"""
rates-of-doors:
  name: Rates of doors
  summary: Doors have rates [@doe2001door, p. 40].
  measure: reconviction rate
  counts: Doors found open again.
  countries: [SE]
  period: since 1999
  figures:
{"".join(f"    - {{label: {json.dumps(label)}, {rest}, source: '[@doe2001door, p. 40]'}}{chr(10)}" for label, rest in ROWS)}
  chart: rates
  caveats: Doors are not gates [@doe2001door, p. 40].
  relations: [{{type: about, to: ajar, basis: ours}}]
  basis: {{measure: '[@doe2001door, p. 40]', counts: '[@doe2001door, p. 40]', countries: '[@doe2001door, p. 40]', period: '[@doe2001door, p. 40]'}}
  checked: {{on: 2020-01-02, against: [doe2001door]}}
"""
PAGE = "statistics/rates-of-doors/"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The toy library with one more record, which has a chart."""
    root = Path(shutil.copytree(TOY, tmp_path_factory.mktemp("charts") / "project"))
    file = root / "data" / "statistics.yaml"
    file.write_text(file.read_text(encoding="utf-8") + TOY_RECORD, encoding="utf-8")
    library, problems = load_library(root, today=TODAY)
    assert not problems
    return library


@pytest.fixture(scope="module")
def chart(library: Library) -> Chart:
    return charts_of(library)["rates-of-doors"]


@pytest.fixture(scope="module")
def renderer(library: Library, chart: Chart) -> Renderer:
    return Renderer(library, TOY_SITE, drawings=drawings_of({"rates-of-doors": specification(chart)}, None))


@pytest.fixture(scope="module")
def page(renderer: Renderer) -> BeautifulSoup:
    return next(soup_of(page.html) for page in renderer.pages() if page.address == PAGE)


@pytest.fixture(scope="session")
def real_charts(real_library: Library) -> dict[str, Chart]:
    return charts_of(real_library)


@pytest.fixture(scope="session")
def real_drawings(real_charts: dict[str, Chart]) -> dict[str, str]:
    return drawings_of({id: specification(chart) for id, chart in real_charts.items()}, None)


# Values -------------------------------------------------------------------------------------------


def test_rows_keep_their_order_under_the_headings_of_the_record(chart: Chart) -> None:
    assert [(panel.heading, [row.label for row in panel.rows]) for panel in chart.panels] == [
        ("One way", ["Left ajar", "Shut"]),
        ("Another way", [HOSTILE, "-1 door"]),
    ]


def test_the_words_say_what_where_when_and_how_to_read(chart: Chart) -> None:
    said = " ".join(chart.caption)
    for words in (
        "Counted: Doors found open again.", "Where: Sweden.", "When: since 1999.", "Wilson (1927)", "No line:", "A hollow point:",
        "is a span", "do not compare across headings", "not by size", "Not drawn: 1 row of the table.",
    ):  # fmt: skip
        assert words in said
    assert chart.description.startswith("One way. Left ajar: 3 %; out of 196 doors; 1999; 95 % interval 1.4 to 6.5 %. Shut: 9.7 %; out of 31 doors.")
    assert "more than 40 %; base not reported" in chart.description


def test_an_interval_stands_only_where_the_numbers_are_known(chart: Chart) -> None:
    assert {row.label: row.interval is not None for row in chart.rows} == {"Left ajar": True, "Shut": False, HOSTILE: False, "-1 door": False}


def test_every_real_row_equals_its_figure(real_library: Library, real_charts: dict[str, Chart]) -> None:
    assert len(real_charts) >= 8
    for id, chart in real_charts.items():
        figures: list[Figure] = [figure for figure in real_library.items[id].record.figures if figure.panel]  # type: ignore[attr-defined]
        assert sorted(map(_row_key, chart.rows)) == sorted(_figure_key(figure, chart.kind) for figure in figures)
        for panel in chart.panels:
            assert [row.label for row in panel.rows] == [figure.label for figure in figures if figure.panel == panel.heading]


def _row_key(row: ChartRow) -> tuple[object, ...]:
    return row.label, row.number, row.value, row.to or -1, row.interval or (), row.is_bound


def _figure_key(figure: Figure, kind: str) -> tuple[object, ...]:
    interval = (interval_of(figure) or ()) if kind == "rates" else ()
    return figure.label, row_of(figure).number.replace("per cent", "%"), figure.value, figure.to or -1, interval, figure.qualifier in BOUNDS


@pytest.mark.parametrize(
    ("id", "one", "other"),
    [
        ("recidivism-by-country", "Northern Ireland", "Belgium"),
        ("recidivism-by-country", "Belgium", "Spain"),
        ("recidivism-by-country", "Spain", "The Netherlands, as the study behind it was reported"),
        ("reengagement-rates", "United Kingdom", "France"),
        ("reengagement-rates", "France", "France: earlier generation, convicted of other terrorist offences after return"),
        ("northern-ireland-ordinary-crime", "Released in 1998: convicted of terrorism again", "Released in 1998: ordinary crime"),
        ("dutch-terrorist-wing-reoffending", "New terrorist offence", "Any new crime"),
        ("dutch-terrorist-wing-reoffending", "Any new crime", "Former prisoners in general, any new crime within two years"),
        ("ideology-breakdown", "Violent Islamist", "Newer: Great Britain, Islamist"),
        ("exit-barriers", "Poor education", "Islamist: member of a close-knit clique"),
    ],
)
def test_what_is_measured_in_another_way_has_another_heading(real_charts: dict[str, Chart], id: str, one: str, other: str) -> None:
    headings = {row.label: panel.heading for panel in real_charts[id].panels for row in panel.rows}
    assert headings[one] != headings[other]


@pytest.mark.parametrize("id", ["israel-recidivism", "general-recidivism", "pairs-and-rive-reoffending", "programme-dosage", "four-thousand-western-europe"])
def test_no_chart_where_it_would_say_more_than_the_figures(real_charts: dict[str, Chart], id: str) -> None:
    assert id not in real_charts


# Drawings -----------------------------------------------------------------------------------------


def _layer(svg: str, name: str) -> list[ElementTree.Element]:
    """The marks of a layer."""
    found = [group for group in ElementTree.fromstring(svg).iter() if f"{name}_marks" in (group.get("class") or "").split()]
    return list(found[0]) if found else []


def _numbers(mark: ElementTree.Element, name: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", mark.get(name, ""))]


def _scale(svg: str, edge: float) -> float:
    """Units of the drawing for 1 on its scale, which starts at 0 at its left edge."""
    (labels,) = [group for group in ElementTree.fromstring(svg).iter() if "role-axis-label" in (group.get("class") or "")]
    (ticks,) = [group for group in ElementTree.fromstring(svg).iter() if "role-axis-tick" in (group.get("class") or "")]
    values = [float((label.text or "").removesuffix("%").replace(",", "")) for label in labels]
    places = [_numbers(tick, "transform")[0] for tick in ticks]
    assert (values[0], places[0]) == (0, edge)
    return (places[-1] - edge) / values[-1]


def test_every_real_bar_and_point_is_as_long_as_its_figure(real_charts: dict[str, Chart], real_drawings: dict[str, str]) -> None:
    """Measured in the drawing itself, against the numbers of its scale."""
    for id, chart in real_charts.items():
        svg, rows = real_drawings[id], chart.rows
        bars = [(number[0], number[0] + number[2]) for layer in ("bar", "hollow") for mark in _layer(svg, layer) for number in [_numbers(mark, "d")]]
        points = [_numbers(mark, "transform")[0] for layer in ("point", "open-point") for mark in _layer(svg, layer)]
        by_layer = sorted(rows, key=lambda row: row.is_bound)
        assert len(bars) + len(points) == len(rows)
        if chart.kind == "rates":
            edge, ends = 6.0, [_numbers(mark, "transform")[0] for mark in _layer(svg, "end")]
            known = [(row.value, place) for row, place in zip(by_layer, points, strict=True)]
            known += list(zip([end for row in rows for end in row.interval or ()], ends, strict=True))
        else:
            edge = 1.0
            assert all(left == edge for left, _ in bars), "every bar starts at 0"
            known = [(row.value, place) for row, (_, place) in zip(by_layer, bars, strict=True)]
        for_one = _scale(svg, edge)
        assert [place - edge for _, place in known] == pytest.approx([value * for_one for value, _ in known], abs=0.01)
        assert max(place for _, place in known) <= WIDTH - edge + 0.01


def test_all_words_are_in_the_drawing(real_charts: dict[str, Chart], real_drawings: dict[str, str]) -> None:
    for id, chart in real_charts.items():
        for layer, words in (("label", [row.label for row in chart.rows]), ("number", [row.number for row in chart.rows])):
            assert " ".join(mark.text or "" for mark in _layer(real_drawings[id], layer)) == " ".join(words)


def test_a_drawing_runs_nothing_loads_nothing_and_has_no_style(real_drawings: dict[str, str]) -> None:
    for svg in real_drawings.values():
        root = ElementTree.fromstring(svg)
        assert {each.tag.partition("}")[2] for each in root.iter()} <= {"svg", "g", "path", "line", "text", "tspan", "rect"}
        names = {name for each in root.iter() for name in each.attrib}
        assert not [name for name in names if name == "style" or name == "id" or name.startswith("on") or name.endswith("href")]


def _file(renderer: Renderer, address: str, folder: Path) -> str:
    """What stands in a file beside the pages."""
    (file,) = [each for each in renderer.files() if each.address == address]
    file.write(folder / "file")
    return (folder / "file").read_bytes().decode()


def test_words_of_contributors_stay_words(chart: Chart, renderer: Renderer, page: BeautifulSoup, tmp_path: Path) -> None:
    figure = page.select_one("figure.wm-chart")
    assert figure
    assert not figure.select("script")
    svg = _file(renderer, f"{PAGE}rates-of-doors.svg", tmp_path)
    said = "".join(mark.text or "" for mark in _layer(svg, "label"))
    assert HOSTILE.replace(" ", "") in said.replace(" ", "")


def test_a_drawing_is_the_same_each_time(real_charts: dict[str, Chart], real_drawings: dict[str, str]) -> None:
    again = drawings_of({id: specification(chart) for id, chart in reversed(real_charts.items())}, None)
    assert again == real_drawings


def test_only_what_changed_is_drawn_anew(chart: Chart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = specification(chart)
    first = drawings_of({"a": spec}, tmp_path)
    asked: list[int] = []
    run = subprocess.run

    def counted(*args: object, **options: object) -> object:
        asked.append(len(json.loads(str(options["input"]))))
        return run(*args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(charting.subprocess, "run", counted)
    assert drawings_of({"a": spec}, tmp_path) == first
    assert asked == []
    assert drawings_of({"a": spec, "b": {**spec, "height": 900}}, tmp_path)["a"] == first["a"]
    assert asked == [1]
    assert drawings_of({}, None) == {}


def test_a_specification_that_cannot_be_drawn_is_an_error() -> None:
    with pytest.raises(DrawingError, match="could not be drawn"):
        drawings_of({"a": {"mark": "no such mark"}}, None)


# The page -----------------------------------------------------------------------------------------


def test_the_chart_on_its_page(page: BeautifulSoup, chart: Chart) -> None:
    figure = page.select_one("figure.wm-chart")
    assert isinstance(figure, Tag)
    svg = figure.select_one("svg[role=img]")
    assert svg
    named = [figure.select_one(f"#{id}") for id in str(svg["aria-labelledby"]).split()]
    assert [words_of(each) for each in named] == [chart.title, " ".join(chart.description.split())]
    height = str(svg["viewbox" if svg.has_attr("viewbox") else "viewBox"]).split()
    assert height == ["0", "0", str(WIDTH), str(height_of(chart))]
    assert not figure.select("[style]")
    assert figure.find_next_sibling("div").select("table.wm-figures"), "the twin stands below"
    links = {link["href"] for link in figure.select("a")}
    assert links == {"#caveats", "../../method/#figures", "rates-of-doors.svg", "rates-of-doors.csv"}
    assert page.select_one("#caveats")


def test_what_it_offers_is_made(renderer: Renderer, page: BeautifulSoup, library: Library, tmp_path: Path) -> None:
    offered = [f"{PAGE}{link['href']}" for link in page.select("figure.wm-chart a[download]")]
    assert len(offered) == 2
    files = {address: _file(renderer, address, tmp_path) for address in offered}
    root = ElementTree.fromstring(files[f"{PAGE}rates-of-doors.svg"])
    words = root.findtext("{http://www.w3.org/2000/svg}desc") or ""
    assert "Counted: Doors found open again." in words
    assert "Doors are not gates" in words
    assert words.endswith(f"From: {TOY_SITE.url}{PAGE}")
    drawn = " ".join(text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text"))
    assert "Rates of doors" in drawn, "the picture says what it is, without its page"
    assert f"{TOY_SITE.url}{PAGE}" in drawn
    rows = list(csv.DictReader(io.StringIO(files[f"{PAGE}rates-of-doors.csv"])))
    table = [words_of(cell) for cell in page.select("table.wm-figures tbody th")]
    assert [row["what"].removeprefix("'") for row in rows] == table
    assert [row["what"] for row in rows] == ["Left ajar", f"'{HOSTILE}", "Shut", "'-1 door", "Not drawn"], "no cell is a formula"
    assert {name: rows[0][name] for name in ("value", "unit", "count", "total", "interval_low", "interval_high", "when")} == {
        "value": "3", "unit": "per cent", "count": "6", "total": "196", "interval_low": "1.41", "interval_high": "6.52", "when": "1999",
    }  # fmt: skip
    assert rows[3]["to"] == "7"
    assert {row["source"] for row in rows} == {"Doe & Roe, 2001, p. 40"}


def test_the_index_says_which_records_have_a_chart(renderer: Renderer) -> None:
    index = next(soup_of(page.html) for page in renderer.pages() if page.address == "statistics/")
    names = {words_of(cell): "with a chart" in words_of(cell) for cell in index.select("tbody th")}
    assert names == {"Doors counted": False, "Rates of doors with a chart": True}


def test_without_a_drawing_there_is_the_table(library: Library) -> None:
    renderer = Renderer(library, TOY_SITE)
    soup = next(soup_of(page.html) for page in renderer.pages() if page.address == PAGE)
    assert not soup.select("figure.wm-chart")
    assert soup.select("table.wm-figures")
    assert not [file.address for file in renderer.files() if file.address.endswith((".svg", f"{PAGE}rates-of-doors.csv"))]


def test_a_build_draws_once_and_keeps_the_drawing(toy_project: Path, build_toy: Callable[..., Built]) -> None:
    file = toy_project / "data" / "statistics.yaml"
    file.write_text(file.read_text(encoding="utf-8") + TOY_RECORD, encoding="utf-8")
    built = build_toy()
    assert built.returncode == 0, built.output
    assert built.page(PAGE).select("figure.wm-chart svg path")
    first = {path.name: path.read_bytes() for path in (built.folder / PAGE).iterdir()}
    assert set(first) == {"index.html", "rates-of-doors.json", "rates-of-doors.svg", "rates-of-doors.csv"}
    assert len(list((toy_project / ".cache" / "charts").iterdir())) == 1
    again = build_toy()
    assert {path.name: path.read_bytes() for path in (again.folder / PAGE).iterdir()} == first


def test_a_build_that_cannot_draw_says_so(toy_project: Path, build_toy: Callable[..., Built]) -> None:
    file = toy_project / "data" / "statistics.yaml"
    file.write_text(file.read_text(encoding="utf-8") + TOY_RECORD, encoding="utf-8")
    broken = toy_project / "broken"
    broken.mkdir()
    (broken / "vl_convert.py").write_text("raise ImportError('no library here')")
    built = build_toy(PYTHONPATH=f"{broken}{os.pathsep}{PROJECT / 'plugins'}")
    assert built.returncode != 0
    assert "The charts could not be drawn with vl-convert-python: ImportError: no library here" in built.output
    assert "Traceback" not in built.output


@pytest.mark.browser
@pytest.mark.parametrize(
    "options", [{"viewport": DESKTOP}, {"viewport": PHONE}, {"viewport": DESKTOP, "color_scheme": "dark"}], ids=["desktop", "phone", "dark"]
)
def test_letters_can_be_read_and_do_not_collide(visit: Callable[..., Visit], real_charts: dict[str, Chart], options: dict[str, object]) -> None:
    seen = visit(**options)
    for id in real_charts:
        page = seen.open(f"statistics/{id}/")
        sizes, outside, collisions, width = page.evaluate(
            """() => {
              const svg = document.querySelector("figure.wm-chart > svg"), frame = svg.getBoundingClientRect();
              const texts = [...svg.querySelectorAll("text")], boxes = texts.map((text) => text.getBoundingClientRect());
              const scale = frame.width / svg.viewBox.baseVal.width;
              return [
                texts.map((text) => parseFloat(getComputedStyle(text).fontSize) * scale),
                texts.filter((_, i) => boxes[i].left < frame.left - 1 || boxes[i].right > frame.right + 1 || boxes[i].bottom > frame.bottom + 1).length,
                boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) =>
                  a.left < b.right && b.left < a.right && a.top + 3 < b.bottom - 3 && b.top + 3 < a.bottom - 3)).length,
                document.documentElement.scrollWidth - innerWidth,
              ];
            }"""
        )
        assert min(sizes) >= 12, id
        assert (outside, collisions) == (0, 0), id
        assert width <= 0, id
    assert (seen.complaints, seen.elsewhere) == ([], [])
