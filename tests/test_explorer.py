"""The page that draws all connections: its data, and what a reader does with it in a real browser."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser import DESKTOP, PHONE, Visit
from site_fixtures import Shown, soup_of
from test_browser import faults
from waymark.connections import knowledge_graph
from waymark.explorer import FORMAT, to_explorer
from waymark.kinds import KINDS
from waymark.library import Library
from waymark.links import MENTIONS
from waymark.networks import positions
from waymark.relations import RELATIONS
from waymark.render import Renderer

Open = Callable[..., Visit]
EXPLORER = "explorer/"
FROM, TO = "art-and-literature-young-offenders", "rnr-model"


# Data ---------------------------------------------------------------------------------------------


def test_the_file_holds_every_record_and_every_link_once(toy_library: Library) -> None:
    graph = knowledge_graph(toy_library, mentions=True)
    places = positions(graph)
    data = json.loads(to_explorer(toy_library, graph, places))
    kinds, relations = [name for name, _ in data["kinds"]], [name for name, *_ in data["relations"]]
    assert data["format"] == FORMAT
    for id, kind, name, names, address, x, y in data["nodes"]:
        item = toy_library.items[id]
        record = item.record
        assert (kinds[kind], name, address) == (item.kind.name, item.shown_name, f"{item.kind.plural}/{id}/")
        assert set(names) == {each for each in (record.short_name, *record.other_names) if each}
        assert (x, y) == places[f"record:{id}"]
    assert [node[0] for node in data["nodes"]] == list(toy_library.items)
    ids = [node[0] for node in data["nodes"]]
    found = [(ids[source], relations[relation], ids[target]) for source, target, relation in data["edges"]]
    assert len(found) == len(set(found))
    assert set(found) == {(edge.source[7:], edge.relation, edge.target[7:]) for edge in graph.edges}


def test_page_and_script_read_the_same_format() -> None:
    script = Path(str(to_explorer.__globals__["__file__"])).parent / "theme/assets/explorer/graph.js"
    assert f'FORMAT = "{FORMAT}"' in script.read_text(encoding="utf-8")


def test_the_file_of_the_toy_stands_beside_its_page(toy_renderer: Renderer, tmp_path: Path) -> None:
    file = toy_renderer.explorer_data(positions(toy_renderer.connections))
    assert file.address == "explorer/graph.json"
    file.write(tmp_path / "graph.json")
    assert json.loads((tmp_path / "graph.json").read_text(encoding="utf-8"))["nodes"]


def test_the_frame_has_a_box_for_each_kind_and_each_relation_that_occurs(toy_pages: dict[str, Shown], toy_renderer: Renderer) -> None:
    soup = toy_pages[EXPLORER].soup
    assert [box["value"] for box in soup.select("input[name=kind]")] == list(KINDS)
    boxes = {box["value"]: box.has_attr("checked") for box in soup.select("input[name=relation]")}
    assert set(boxes) == {edge.relation for edge in toy_renderer.connections.edges}
    assert [name for name, is_checked in boxes.items() if not is_checked] == [MENTIONS], "mentions are shown on request"


def test_shape_and_colour_tell_kinds_apart(toy_pages: dict[str, Shown]) -> None:
    """Every kind has a colour in both themes; no two have both shape and colour in common."""
    style = (Path(str(to_explorer.__globals__["__file__"])).parent / "theme/assets/explorer/page.css").read_text(encoding="utf-8")
    shapes = {box["value"]: box["data-shape"] for box in toy_pages[EXPLORER].soup.select("input[name=kind]")}
    colours: dict[str, list[str]] = {kind: re.findall(rf"--wm-kind-{kind}: (#\w+);", style) for kind in KINDS}
    assert {len(each) for each in colours.values()} == {2}
    for theme in (0, 1):
        assert len({(shapes[kind], colours[kind][theme]) for kind in KINDS}) == len(KINDS)


def test_the_page_of_a_record_leads_to_it(toy_pages: dict[str, Shown], toy_library: Library) -> None:
    for id, item in toy_library.items.items():
        links = [link["href"] for link in toy_pages[f"{item.kind.plural}/{id}/"].soup.select(".wm-explore a")]
        has_neighbours = bool(toy_pages[f"{item.kind.plural}/{id}/"].soup.select("#related"))
        assert links == [f"../../explorer/?focus={id}"] * has_neighbours


# In the browser -----------------------------------------------------------------------------------

browser = pytest.mark.browser


def ready(tab: Visit, query: str = "") -> Page:
    """The page when its script has filled it."""
    page = tab.open(EXPLORER + query)
    page.locator("#explorer[data-ready]").wait_for()
    return page


def complaints(tab: Visit) -> list[str]:
    """What went wrong; the software that stands in for a graphics card says now and then that it is slow."""
    return [each for each in tab.complaints if "GL Driver Message" not in each]


@pytest.fixture(scope="session")
def data(real_site: Path) -> Any:
    """What the page of the real site draws."""
    return json.loads((real_site / EXPLORER / "graph.json").read_text(encoding="utf-8"))


def links_of(data: Any, kinds: set[str], relations: set[str]) -> list[tuple[str, str, str]]:
    """The links that these filters show, as names and words."""
    nodes, words = data["nodes"], data["relations"]
    is_shown = [data["kinds"][kind][0] in kinds for _, kind, *_ in nodes]
    return [
        (nodes[source][2], words[relation][1], nodes[target][2])
        for source, target, relation in data["edges"]
        if words[relation][0] in relations and is_shown[source] and is_shown[target]
    ]


def rows_of(page: Page) -> list[tuple[str, str, str]]:
    """All rows of the table, page after page."""
    if not page.locator("#explorer-table").evaluate("details => details.open"):
        page.locator("#explorer-table > summary").click()
    found: list[list[str]] = []
    while True:
        found += page.locator("#explorer-rows").evaluate("body => [...body.rows].map(row => [0, 2, 3].map(at => row.cells[at].textContent))")
        if page.locator("#explorer-later").is_disabled():
            return [(one, words, other) for one, words, other in found]
        page.locator("#explorer-later").click()


def choose(page: Page, field: str, words: str) -> None:
    """Types words into a field and takes the first record it offers, by keyboard."""
    page.locator(f"#explorer-{field}").press_sequentially(words)
    expect(page.locator(f"#explorer-{field}")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


@browser
@pytest.mark.parametrize("query", ["", "?focus=entre", f"?from={FROM}&to={TO}", "?kinds=none&focus=no-such-record"])
def test_nothing_goes_wrong_and_nothing_is_asked_of_another_host(visit: Open, query: str) -> None:
    tab = visit()
    page = ready(tab, query)
    page.wait_for_load_state("networkidle")
    page.locator("#explorer-closer").click()
    assert page.locator("#explorer-stage canvas").count() > 0, "drawn under the policy"
    expect(page.locator("#explorer-no-picture")).to_be_hidden()
    expect(page.locator("#explorer-plain")).to_be_hidden()
    assert complaints(tab) == []
    assert tab.elsewhere == []


@browser
def test_search_finds_by_any_name_and_puts_in_focus(visit: Open) -> None:
    tab = visit()
    page = ready(tab)
    for words in ("back on tr", "BOT", "entre", "ENTRÉ pro"):
        page.locator("#explorer-find").fill(words)
        expected = "Entré" if words.lower().startswith("entr") else "Back on Track"
        expect(page.locator("#explorer-find-hits [role=option]").first).to_contain_text(expected)
    page.locator("#explorer-find-hits [role=option]").first.click()
    expect(page.locator("#explorer-focus-title")).to_have_text("Entré")
    expect(page.locator("#explorer-focus-title")).to_be_focused()
    expect(page.locator("#explorer-status")).to_contain_text("In focus: Entré")
    assert page.url.endswith("?focus=entre")
    page.locator("#explorer-find").fill("zzxqy")
    expect(page.locator("#explorer-find-hits")).to_have_text("No record has this name.")
    assert complaints(tab) == []


@browser
def test_focus_shows_the_links_of_the_record_by_relation(visit: Open, real_library: Library) -> None:
    page = ready(visit(), "?focus=entre")
    shown = page.locator("#explorer-links").evaluate(
        """list => [...list.querySelectorAll('dt')].map(term =>
        [term.textContent, [...term.nextElementSibling.querySelectorAll('a')].map(link => link.dataset.focus)])"""
    )
    expected: dict[str, list[str]] = {}
    for link in (link for links in real_library.outgoing.values() for link in links):
        if link.relation in RELATIONS and "entre" in (link.source, link.target) and {link.source, link.target} <= real_library.items.keys():
            words, other = (RELATIONS[link.relation].forward, link.target) if link.source == "entre" else (RELATIONS[link.relation].backward, link.source)
            expected.setdefault(words, []).append(other)
    assert {words: sorted(ids) for words, ids in shown} == {words: sorted(set(ids)) for words, ids in expected.items()}
    assert page.locator("#explorer-open").get_attribute("href") == "../programmes/entre/"
    page.locator("#explorer-links a").first.click()
    expect(page.locator("#explorer-focus-title")).not_to_have_text("Entré")
    page.go_back()
    expect(page.locator("#explorer-focus-title")).to_have_text("Entré")
    page.locator("#explorer-no-focus").click()
    expect(page.locator("#explorer-focus")).to_be_hidden()


@browser
def test_the_table_holds_exactly_the_links_that_the_filters_show(visit: Open, data: Any) -> None:
    """Rows of the table = edges of the graph under the filters; so do the counts at the boxes and in the status."""
    tab = visit()
    page = ready(tab)
    everything, typed = {name for name, _ in data["kinds"]}, {name for name, *_ in data["relations"]} - {MENTIONS}
    assert Counter(rows_of(page)) == Counter(links_of(data, everything, typed))
    page.locator("input[name=kind][value=term]").uncheck()
    page.locator("input[name=kind][value=recommendation]").uncheck()
    page.locator("input[name=relation][value=related_to]").uncheck()
    page.locator(f"input[name=relation][value={MENTIONS}]").check()
    kinds, relations = everything - {"term", "recommendation"}, (typed | {MENTIONS}) - {"related_to"}
    expected = links_of(data, kinds, relations)
    assert Counter(rows_of(page)) == Counter(expected)
    nodes = sum(data["kinds"][kind][0] in kinds for _, kind, *_ in data["nodes"])
    expect(page.locator("#explorer-status")).to_have_text(f"Shown: {nodes:,} records and {len(expected):,} links.")
    counts = dict(
        page.locator("input[name=relation]").evaluate_all("boxes => boxes.map(box => [box.value, box.parentElement.querySelector('.wm-count').textContent])")
    )
    number = Counter(data["relations"][relation][0] for _, _, relation in data["edges"])
    assert {name: int(count.replace(",", "")) for name, count in counts.items()} == dict(number)
    page.locator("#explorer-relations [data-none]").click()
    assert rows_of(page) == []
    page.locator("#explorer-reset").click()
    assert Counter(rows_of(page)) == Counter(links_of(data, everything, typed))
    assert page.url.endswith(EXPLORER)
    assert complaints(tab) == []


@browser
def test_a_path_is_told_in_words_and_uses_only_what_is_shown(visit: Open, data: Any) -> None:
    page = ready(visit(), f"?from={FROM}&to={TO}")
    steps = page.locator("#explorer-steps li").all_text_contents()
    names = {id: name for id, _, name, *_ in data["nodes"]}
    assert steps[0].startswith(f"{names[FROM]} — ")
    assert names[TO] in steps[-1]
    assert all(re.match(r".+ — [a-z].+ → .+ (?:" + "|".join(KINDS) + ")$", step) for step in steps), steps
    assert len(steps) == shortest(data, FROM, TO, set(RELATIONS))
    page.locator("#explorer-relations [data-none]").click()
    page.locator("input[name=relation][value=based_on]").check()
    expect(page.locator("#explorer-path-words")).to_contain_text("No path leads from")
    expect(page.locator("#explorer-status")).to_contain_text("There is no path.")
    expect(page.locator("#explorer-steps li")).to_have_count(0)
    page.locator("#explorer-no-path").click()
    expect(page.locator("#explorer-path")).to_be_hidden()


def shortest(data: Any, start: str, end: str, relations: set[str]) -> int:
    """Steps of the shortest way, found by networkx."""
    import networkx as nx

    ids = [node[0] for node in data["nodes"]]
    graph = nx.Graph((ids[source], ids[target]) for source, target, relation in data["edges"] if data["relations"][relation][0] in relations)
    return int(nx.shortest_path_length(graph, start, end))


@browser
def test_the_address_reproduces_the_view(visit: Open) -> None:
    """What is chosen by hand in one window stands in another that opens the same address."""
    page = ready(visit())
    page.locator("input[name=kind][value=case]").uncheck()
    page.locator("input[name=relation][value=about]").uncheck()
    page.locator(f"input[name=relation][value={MENTIONS}]").check()
    page.locator("#explorer-way > summary").click()
    choose(page, "from", "back on track")
    choose(page, "to", "risk, need and resp")
    said = [page.locator(f"#explorer-{each}").text_content() for each in ("status", "path", "caption")]
    assert page.locator("#explorer-steps li").count() > 0
    other = ready(visit(), "?" + page.url.partition("?")[2])
    assert [other.locator(f"#explorer-{each}").text_content() for each in ("status", "path", "caption")] == said
    for box in ("[name=kind][value=case]", "[name=relation][value=about]"):
        expect(other.locator(f"input{box}")).not_to_be_checked()
    expect(other.locator("#explorer-from")).to_have_value("Back on Track")
    page.go_back()
    expect(page.locator("#explorer-status")).to_contain_text("Now choose the other end")


@browser
def test_a_click_on_a_point_puts_it_in_focus(visit: Open) -> None:
    """With one end of a path chosen the picture shows that point in its middle."""
    page = ready(visit(), "?from=entre&kinds=none")
    page.locator("#explorer-stage").click()
    expect(page.locator("#explorer-focus-title")).to_have_text("Entré")


@browser
def test_everything_can_be_done_by_keyboard(visit: Open) -> None:
    tab = visit()
    page = ready(tab)

    def tab_to(selector: str) -> None:
        for _ in range(90):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"the keyboard does not reach {selector}")

    tab_to("#explorer-find")
    page.keyboard.type("desistance")
    expect(page.locator("#explorer-find-hits")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#explorer-find-hits")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    active = page.locator("#explorer-find").get_attribute("aria-activedescendant")
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator("#explorer-focus-title")).to_be_focused()
    tab_to("#explorer-path-from")
    page.keyboard.press("Enter")
    expect(page.locator("#explorer-to")).to_be_focused()
    page.keyboard.type("entre")
    page.keyboard.press("Enter")
    expect(page.locator("#explorer-steps li").first).to_be_visible()
    tab_to("input[name=kind][value=theory]")
    page.keyboard.press("Space")
    expect(page.locator("input[name=kind][value=theory]")).not_to_be_checked()
    tab_to("#explorer-stage")
    before = page.locator("#explorer-stage").screenshot()
    page.keyboard.press("+")
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(300)
    assert page.locator("#explorer-stage").screenshot() != before
    tab_to("#explorer-table > summary")
    page.keyboard.press("Enter")
    expect(page.locator("#explorer-rows tr").first).to_be_visible()
    assert complaints(tab) == []


@browser
@pytest.mark.parametrize("query", ["", "?focus=entre", f"?from={FROM}&to={TO}"], ids=["all", "focus", "path"])
@pytest.mark.parametrize(("scheme", "size"), [("light", DESKTOP), ("dark", DESKTOP), ("light", PHONE)], ids=["light", "dark", "phone"])
def test_axe_finds_nothing(visit: Open, scheme: str, size: dict[str, int], query: str) -> None:
    page = ready(visit(bypass_csp=True, color_scheme=scheme, viewport=size), query)
    page.locator("#explorer-table > summary").click()
    page.locator("#explorer-find").fill("programme")
    page.locator("#explorer-find").focus()
    assert faults(page) == []


@browser
@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("query", ["", f"?from={FROM}&to={TO}", "?focus=entre"], ids=["all", "path", "focus"])
def test_nothing_sticks_out_on_a_phone(visit: Open, width: int, query: str) -> None:
    page = ready(visit(viewport={"width": width, "height": 700}, is_mobile=True, has_touch=True), query)
    page.locator("#explorer-table > summary").click()
    assert page.evaluate("[document.documentElement.scrollWidth, document.body.scrollWidth]") == [width] * 2
    assert not page.locator("#explorer-filters").evaluate("details => details.open"), "the picture comes first"


@browser
def test_the_picture_follows_the_theme(visit: Open) -> None:
    page = ready(visit(color_scheme="light"))
    labels = page.locator("#explorer-stage canvas.sigma-labels")
    light = labels.evaluate("canvas => canvas.toDataURL()")
    page.locator("form[data-md-component=palette] label:visible").click()  # from the system's colours, which are light, to light
    page.locator("form[data-md-component=palette] label:visible").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.wait_for_timeout(300)
    assert labels.evaluate("canvas => canvas.toDataURL()") != light


@browser
def test_without_webgl_the_words_and_the_table_are_there(visit: Open) -> None:
    tab = visit()
    tab.page.add_init_script(
        "const get = HTMLCanvasElement.prototype.getContext; HTMLCanvasElement.prototype.getContext = function (kind, ...rest) "
        "{ return kind.includes('webgl') ? null : get.call(this, kind, ...rest); };"
    )
    page = ready(tab, "?focus=entre")
    expect(page.locator("#explorer-no-picture")).to_contain_text("needs WebGL")
    expect(page.locator("#explorer-picture")).to_be_hidden()
    expect(page.locator("#explorer-rows tr").first).to_be_visible()
    expect(page.locator("#explorer-links a").first).to_be_visible()
    assert complaints(tab) == []


@browser
def test_without_a_script_the_lists_of_records_are_there(visit: Open) -> None:
    page = visit(java_script_enabled=False).open(EXPLORER)
    expect(page.locator("#explorer")).to_be_hidden()
    for kind in KINDS.values():
        expect(page.locator(f"#explorer-plain a[href='../{kind.plural}/']")).to_be_visible()


@browser
@pytest.mark.parametrize(("query", "shown", "hidden"), [("", "table", "path"), (f"?from={FROM}&to={TO}", "path", "table"), ("?focus=entre", "focus", "table")])
def test_paper_gets_words_and_no_picture(visit: Open, query: str, shown: str, hidden: str) -> None:
    page = ready(visit(), query)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator("#explorer-picture")).to_be_hidden()
    expect(page.locator("#explorer-controls")).to_be_hidden()
    expect(page.locator(f"#explorer-{shown}")).to_be_visible()
    expect(page.locator(f"#explorer-{hidden}")).to_be_hidden()


@browser
def test_a_record_page_leads_to_its_place(visit: Open) -> None:
    tab = visit()
    page = tab.open("programmes/entre/")
    page.get_by_role("link", name="See it in the explorer").click()
    page.locator("#explorer[data-ready]").wait_for()
    expect(page.locator("#explorer-focus-title")).to_have_text("Entré")
    assert complaints(tab) == []


def test_only_this_page_loads_the_library_for_drawing(real_site: Path) -> None:
    for address in ("", "programmes/entre/", "status/"):
        soup = soup_of((real_site / address / "index.html").read_text(encoding="utf-8"))
        assert not soup.select("script[src*=explorer], link[href*='assets/explorer']")
    scripts = soup_of((real_site / EXPLORER / "index.html").read_text(encoding="utf-8")).select("head script[src*=explorer]")
    assert [(each["type"], each["src"]) for each in scripts] == [("module", "../assets/explorer/page.js")]
