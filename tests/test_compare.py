"""The pages that find and compare: what stands on them, and what a reader does with them in a real browser."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser import DESKTOP, PHONE, Visit
from site_fixtures import TOY_SITE, Shown, soup_of, words_of
from test_browser import faults
from waymark.comparison import attributes_of, facets_of
from waymark.comparisons import COMPARE, FORMAT
from waymark.evidence import profile_if_any
from waymark.exports import BOM, guarded
from waymark.kinds import KINDS
from waymark.library import Library
from waymark.prepared import COMPARED, MOST
from waymark.render import Renderer

Open = Callable[..., Visit]
browser = pytest.mark.browser
PROGRAMMES = f"{COMPARE}programmes/"
PREPARED = f"{PROGRAMMES}entre-hii-back-on-track/"
THREE = ("entre", "healthy-identity-intervention", "back-on-track")
FOUR = (*THREE, "derad")
THEME = Path(str(Renderer.__init__.__globals__["__file__"])).parent / "theme/assets/compare"


# The pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", COMPARED)
def test_every_record_of_the_kind_stands_in_one_table(toy_pages: dict[str, Shown], toy_library: Library, kind: str) -> None:
    soup = toy_pages[f"{COMPARE}{KINDS[kind].plural}/"].soup
    rows = soup.select("table.wm-choices tbody tr")
    assert [row.a["href"] for row in rows] == [f"../../{item.kind.plural}/{item.id}/" for item in toy_library.of_kind(kind)]
    facets = facets_of(kind)
    assert [words_of(head) for head in soup.select("thead th")] == ["Name", *(facet.label for facet in facets)]
    assert all(len(row.select("th, td")) == len(facets) + 1 for row in rows)
    offered = {option["value"].lstrip("-") for option in soup.select("select[name=sort] option")}
    assert offered == {"", "0", *(str(number) for number, facet in enumerate(facets, 1) if facet.is_sortable)}, "no table is sorted by a stage"


def test_not_reported_and_not_yet_coded_look_different_and_can_both_be_chosen(toy_pages: dict[str, Shown]) -> None:
    soup = toy_pages[PROGRAMMES].soup
    cells = {row.a["href"].split("/")[-2]: row.select_one("td[data-label=Setting]") for row in soup.select(".wm-choices tbody tr")}
    assert cells["lamp-house"].select_one(".wm-silent")
    assert cells["bare"].select_one(".wm-uncoded")
    options = [words_of(option) for option in soup.select("select[name=setting] option")]
    assert options == ["all", "community", "prison", "not reported", "not yet coded"]


def test_a_prepared_comparison_holds_all_points_with_their_citations(toy_pages: dict[str, Shown], toy_library: Library) -> None:
    soup = toy_pages[f"{PROGRAMMES}doors-and-lamps/"].soup
    assert [words_of(head) for head in soup.select(".wm-compare thead th")] == ["Point", "Open Door", 'The "Lamp" House & Sons <one>', "Bare"]
    rows = {words_of(row.th): row.select("td") for row in soup.select("tr[data-row]")}
    assert len(rows) >= 20
    assert [words_of(cell) for cell in rows["Setting"]][1:] == ["not reported", "not yet coded"]
    assert [cell["data-values"] for cell in rows["Setting"]] == ["prison\ncommunity", "", ""]
    assert "data-values" not in rows["Aims"][0].attrs, "a program cannot compare texts"
    assert rows["Setting"][0].select_one("a.wm-cite")["href"].startswith("../../../references/doe2001door/")
    assert {li["id"] for li in soup.select(".wm-references li")} >= {"ref-doe2001door", "ref-roe2010lamp"}
    assert words_of(rows["Region"][1]) == "–"
    assert "our own link" not in words_of(rows["Based on the theory"][0])


def test_the_file_of_a_record_holds_what_a_prepared_comparison_shows(
    toy_renderer: Renderer, toy_pages: dict[str, Shown], toy_library: Library, tmp_path: Path
) -> None:
    files = {file.address: file for file in toy_renderer.files() if file.address.endswith("compare.json")}
    assert len(files) == sum(item.kind.name in COMPARED for item in toy_library.items.values())
    files["programmes/open-door/compare.json"].write(tmp_path / "x.json")
    data = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert (data["format"], data["id"], data["name"]) == (FORMAT, "open-door", "Open Door")
    assert len(data["rows"]) == len(attributes_of(toy_library, toy_library.items["open-door"], None))
    shown = {words_of(row.th): words_of(row.td) for row in toy_pages[f"{PROGRAMMES}doors-and-lamps/"].soup.select("tr[data-row]")}
    found = {words_of(soup_of(label)): words_of(soup_of(f"<table><tr>{cell}</tr></table>")) for _, label, cell in data["rows"]}
    assert {label: found[label] for label in shown} == shown
    links = [a["href"] for _, _, cell in data["rows"] for a in soup_of(f"<table><tr>{cell}</tr></table>").select("a.wm-cite")]
    assert links
    assert all(link.startswith("../../references/") for link in links), "from the page that compares"


def test_page_and_script_agree() -> None:
    script = (THEME / "page.js").read_text(encoding="utf-8")
    assert f'FORMAT = "{FORMAT}"' in script
    assert "innerHTML" in script, "the files hold safe HTML"


def test_records_and_lists_lead_to_the_comparison(toy_pages: dict[str, Shown], toy_library: Library) -> None:
    for id, item in toy_library.items.items():
        links = [link["href"] for link in toy_pages[f"{item.kind.plural}/{id}/"].soup.select(".wm-compare-link a")]
        assert links == [f"../../compare/{item.kind.plural}/?with={id}"] * (item.kind.name in COMPARED)
    assert toy_pages["programmes/"].soup.select("a[href='../compare/programmes/']")
    assert not toy_pages["factors/"].soup.select("a[href^='../compare/']")
    assert {a["href"] for a in toy_pages[COMPARE].soup.select("a")} >= {"programmes/", "theories/walls/", "tools/", "practices/"}


def test_a_library_without_records_has_the_pages_too() -> None:
    renderer = Renderer(Library({}, {}, {}, {}, {}, {}), TOY_SITE)
    pages = {draft.address: draft.make() for draft in renderer.comparison_pages()}
    assert "There are no tools yet." in words_of(soup_of(pages[f"{COMPARE}tools/"].html))


# Finding ------------------------------------------------------------------------------------------


def ready(tab: Visit, address: str = PROGRAMMES) -> Page:
    page = tab.open(address)
    page.locator("#comparison[data-ready]").wait_for(state="attached")
    if "view=" in address:
        page.locator("#comparison table").wait_for()
    return page


def shown_names(page: Page) -> list[str]:
    return page.locator(".wm-choices tbody tr:not([hidden]) th a").all_text_contents()


def column(page: Page, label: str) -> list[str]:
    return [" ".join(words.split()) for words in page.locator(f".wm-choices tbody tr:not([hidden]) td[data-label='{label}']").all_text_contents()]


def tick(page: Page, name: str) -> None:
    page.get_by_role("checkbox", name=f"Compare {name}", exact=True).check()


def saved(page: Page, button: str) -> list[list[str]]:
    """The file behind a button, read as a spreadsheet reads it."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    text = Path(download.value.path()).read_bytes().decode("utf-8")
    assert text.startswith(BOM)
    return list(csv.reader(io.StringIO(text.removeprefix(BOM), newline="")))


@browser
def test_facets_count_and_what_is_not_known(visit: Open) -> None:
    page = ready(visit())
    status = page.locator(".wm-filters [role=status]")
    total = len(shown_names(page))
    expect(status).to_have_text(f"All {total} programmes")
    page.locator("select[name='setting']").select_option("prison")
    page.locator("select[name='phase']").select_option("after release")
    assert all("prison" in cell for cell in column(page, "Setting"))
    assert all("after release" in cell for cell in column(page, "Phase"))
    expect(status).to_contain_text(f"{len(shown_names(page))} of {total} programmes")
    expect(status).to_contain_text("more may fit: what you ask for is not reported or not yet coded there")
    page.locator("select[name='phase']").select_option("not reported")
    assert set(column(page, "Phase")) == {"not reported"}
    page.locator("select[name='phase']").select_option("not yet coded")
    assert set(column(page, "Phase")) <= {"not yet coded"}
    page.get_by_role("button", name="Reset").click()
    page.locator("select[name='status']").select_option("running")
    assert all(cell.startswith("running") for cell in column(page, "Status")), "whatever the year"
    page.locator("select[name='outcomes-stage']").select_option("compared")
    assert set(column(page, "Outcomes: stage")) == {"compared"}
    assert shown_names(page) == sorted(shown_names(page), key=str.casefold)
    expect(page.locator(".wm-choices thead th", has_text="Outcomes: stage").locator("button")).to_have_count(0)


@browser
def test_an_empty_result_says_what_to_take_away(visit: Open) -> None:
    page = ready(visit(), f"{PROGRAMMES}?country=Denmark&theory=Risk%2C+need+and+responsivity")
    status = page.locator(".wm-filters [role=status]")
    expect(status).to_contain_text("None of")
    expect(status).to_contain_text("Without “Country: Denmark” there would be 1.")
    page.locator("select[name='country']").select_option("")
    assert shown_names(page) == ["Entré"]


@browser
@pytest.mark.parametrize("kind", COMPARED)
def test_every_kind_has_the_same_machinery(visit: Open, real_library: Library, kind: str) -> None:
    tab = visit()
    page = ready(tab, f"{COMPARE}{KINDS[kind].plural}/")
    names = shown_names(page)
    assert names == [item.record.name for item in real_library.of_kind(kind)]
    for name in names[:2]:
        tick(page, name)
    page.get_by_role("button", name="Compare (2)").click()
    expect(page.locator("#comparison-title")).to_be_focused()
    expect(page.locator("#comparison tr[data-row]").first).to_be_visible()
    assert tab.complaints == []
    assert tab.elsewhere == []


@browser
def test_from_home_to_a_comparison_for_someone_who_leaves_prison(visit: Open) -> None:
    """At most six actions; four are enough."""
    tab = visit()
    page = tab.open("")
    actions = 0
    page.get_by_role("link", name="who leaves prison").click()
    actions += 1
    page.locator("#comparison[data-ready]").wait_for(state="attached")
    assert all("after release" in cell for cell in column(page, "Phase"))
    for name in shown_names(page)[:2]:
        tick(page, name)
        actions += 1
    page.get_by_role("button", name="Compare (2)").click()
    actions += 1
    expect(page.locator("#comparison-title")).to_contain_text("Side by side: ")
    assert actions <= 6
    assert tab.complaints == []


# Choosing and comparing ---------------------------------------------------------------------------


@browser
def test_six_is_the_most_and_two_the_fewest(visit: Open) -> None:
    page = ready(visit())
    names = shown_names(page)
    expect(page.get_by_role("button", name="Compare (0)")).to_be_disabled()
    for name in names[:MOST]:
        tick(page, name)
    seventh = page.get_by_role("checkbox", name=f"Compare {names[MOST]}", exact=True)
    seventh.click()
    expect(seventh).not_to_be_checked()
    expect(page.locator(".wm-bar [role=status]")).to_contain_text("6 is the most")
    page.get_by_role("button", name="Compare (6)").click()
    expect(page.locator("#comparison thead th")).to_have_count(MOST + 1)
    for name in names[2:MOST]:
        page.get_by_role("button", name=f"Remove {name}", exact=True).click()
    expect(page.locator("#comparison thead th")).to_have_count(3)
    page.get_by_role("button", name=f"Remove {names[0]}", exact=True).click()
    expect(page.locator("#comparison")).to_be_hidden()
    expect(page.locator(".wm-bar [role=status]")).to_contain_text("Tick at least one more.")


@browser
def test_at_least_twenty_points_with_citations_that_lead_to_works(visit: Open) -> None:
    tab = visit()
    page = ready(tab, f"{PROGRAMMES}?with={'.'.join(FOUR)}&view=side-by-side")
    assert page.locator("#comparison tr[data-row]").count() >= 20
    assert page.locator("#comparison tr[data-row]").evaluate_all("rows => rows.every(row => row.cells.length === 5)")
    cited = page.locator("#comparison a.wm-cite")
    assert cited.count() > 50
    listed = {id.removeprefix("ref-") for id in page.locator("#comparison .wm-references li").evaluate_all("all => all.map(each => each.id)")}
    assert {link.rstrip("/").split("#")[0].rstrip("/").split("/")[-1] for link in cited.evaluate_all("all => all.map(each => each.href)")} <= listed
    cited.first.click()
    expect(page.locator("h1")).to_be_visible()
    assert tab.address.startswith("references/")
    page.go_back()
    page.locator("#comparison table").wait_for()
    assert tab.complaints == []


@browser
def test_differences_are_told_by_words(visit: Open, real_library: Library) -> None:
    tab = visit()
    page = ready(tab, f"{PROGRAMMES}?with={'.'.join(THREE)}&view=side-by-side")
    expect(page.locator(".wm-differs")).to_have_count(0)
    page.get_by_label("Highlight differences").check()
    values: dict[str, list[Any]] = {}
    for id in THREE:
        for each in attributes_of(real_library, real_library.items[id], profile_if_any(real_library, real_library.items[id])):
            if not each.is_text:
                values.setdefault(each.label, []).append(each.values)
    expected = {}
    for label, found in values.items():
        known = [frozenset(each) for each in found if each]
        if any(each is not None for each in found):
            expected[label] = (
                "known of one at most"
                if len(known) < 2
                else "differs"
                if len(set(known)) > 1
                else "same"
                if len(known) == len(found)
                else "same where it is known"
            )
    rows = page.locator("#comparison tr[data-row]:has(.wm-differs)").evaluate_all(
        "rows => rows.map(row => [row.cells[0].firstChild.textContent.trim(), row.querySelector('.wm-differs').textContent.trim()])"
    )
    said = dict(rows)
    assert {label: said[label] for label in expected if label in said} == {label: word for label, word in expected.items() if label in said}
    assert {"Setting", "Ideology", "Country"} <= said.keys()
    assert set(said.values()) > {"differs", "same"}
    before = page.locator("#comparison tr[data-row]:visible").count()
    page.get_by_label("Only rows that differ").check()
    assert page.locator("#comparison tr[data-row]:visible").count() == before - sum(word != "differs" for word in said.values())
    expect(page.locator(".wm-tools [role=status]")).to_contain_text(f"{sum(word == 'differs' for word in said.values())} of {len(said)} rows")
    only = page.locator("#comparison tr[data-row]:has(th:text('Setting')) .wm-only")
    assert only.count() == 0 or only.first.evaluate("each => getComputedStyle(each).textDecorationLine") == "underline"


@browser
def test_the_address_reproduces_the_view_on_another_computer(visit: Open) -> None:
    tab = visit()
    page = ready(tab)
    page.locator("select[name='setting']").select_option("prison")
    page.locator("thead").get_by_role("button", name="Country").click()
    for name in ("Entré", "Back on Track"):
        tick(page, name)
    page.get_by_role("button", name="Compare (2)").click()
    page.get_by_label("Highlight differences").check()
    page.get_by_label("Only rows that differ").check()
    # Not by innerText: rows that are out of sight are not laid out.
    rows = "#comparison tbody:not([hidden]) tr:not([hidden]), .wm-choices tr:not([hidden]), [role=status], #comparison h2"
    seen = f"() => [...document.querySelectorAll('{rows}')].map(each => each.textContent)"
    assert len(page.evaluate(seen)) > 20
    other = visit()
    again = ready(other, page.url.removeprefix(tab.root))
    assert again.evaluate(seen) == page.evaluate(seen)
    assert again.url == page.url
    assert "with=entre.back-on-track" in page.url
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_role("checkbox", name="Compare Entré")).to_be_checked()
    page.get_by_role("button", name="Untick all").click()
    assert page.url == f"{tab.root}{PROGRAMMES}?mark=yes&only=yes"


@browser
@pytest.mark.parametrize("query", ["?with=nobody.entre.entre.%3Cimg%3E&view=side-by-side", "?with=&view=x&mark=yes&sort=9&setting=none"])
def test_an_address_that_makes_no_sense_does_no_harm(visit: Open, query: str) -> None:
    tab = visit()
    page = ready(tab, PROGRAMMES + query.replace("view=", "vie="))
    page.goto(f"{tab.root}{PROGRAMMES}{query}")
    page.locator("#comparison[data-ready]").wait_for(state="attached")
    expect(page.locator("#comparison")).to_be_hidden()
    assert page.locator(".wm-choices input:checked").count() <= 1
    assert shown_names(page) == sorted(shown_names(page), key=str.casefold)
    assert tab.complaints == []


@browser
def test_csv_holds_the_table_as_it_is_seen(visit: Open) -> None:
    page = ready(visit(), f"{PROGRAMMES}?setting=probation")
    head, *rows = saved(page, "Save table as CSV")
    assert [row[0] for row in rows] == shown_names(page)
    assert {"Name", "Setting", "Theory", "Outcomes looked at", "Page"} <= set(head)
    assert [row[head.index("Setting")] for row in rows] == column(page, "Setting")
    assert {cell for row in rows for cell in row} >= {"not reported", "not yet coded"}
    assert all(row[-1].startswith("http") for row in rows)


@browser
def test_csv_holds_the_comparison_as_it_is_seen(visit: Open) -> None:
    page = ready(visit(), f"{PROGRAMMES}?with={'.'.join(THREE)}&view=side-by-side&mark=yes&only=yes")
    head, *rows = saved(page, "Save as CSV")
    assert head == ["Point", "Entré", "Healthy Identity Intervention", "Back on Track"]
    labels = page.locator("#comparison tr[data-row]:visible th").evaluate_all("all => all.map(each => each.firstChild.textContent.trim())")
    assert [row[0].split(" What")[0].split(" How")[0] for row in rows if row[1] and row[0] != "Address"][: len(labels)] != []
    found = {row[0]: row[1:] for row in rows}
    assert found["Country"][0].startswith("Sweden (")
    assert found["Address"][0] == page.url
    assert {len(row) for row in rows} == {4}
    assert set(labels) >= {"Country"}


@browser
@pytest.mark.parametrize("text", ["=1+1", "+x", "-3", "@a", "'=1", "plain", "a=b", "＝x", 'say "hi", you\nthere'])
def test_csv_cannot_run_as_a_formula(visit: Open, text: str) -> None:
    """The guard is that of the files of open data."""
    tab = visit()
    page = ready(tab)
    made = page.evaluate("async ([address, text]) => (await import(address)).toCsv([[text, 'x']])", [f"{tab.root}assets/compare/csv.js", text])
    assert list(csv.reader(io.StringIO(made.removeprefix(BOM), newline=""))) == [[guarded(text), "x"]]


@browser
def test_everything_can_be_done_by_keyboard(visit: Open) -> None:
    tab = visit()
    page = ready(tab, f"{PROGRAMMES}?with=entre")

    def tab_to(selector: str) -> None:
        for _ in range(250):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"the keyboard does not reach {selector}")

    tab_to("select[name=setting]")
    page.keyboard.type("prison")
    tab_to("input[value='back-on-track']")
    page.keyboard.press("Space")
    box = page.locator("input[value='back-on-track']").bounding_box()
    bar = page.locator(".wm-bar").bounding_box()
    assert box
    assert bar
    assert box["y"] + box["height"] <= bar["y"], "what has the keyboard is not under the bar"
    tab_to(".wm-bar .md-button--primary")
    page.keyboard.press("Enter")
    expect(page.locator("#comparison-title")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".wm-differs").first).to_be_visible()
    tab_to("#comparison .wm-tools button:last-of-type")
    page.keyboard.press("Enter")
    expect(page.locator("#comparison")).to_be_hidden()
    expect(page.get_by_role("button", name="Compare (2)")).to_be_focused()
    assert tab.complaints == []


# Without a script, on paper, on every screen ------------------------------------------------------


@browser
def test_without_a_script_the_table_and_the_prepared_comparisons_are_there(visit: Open, real_library: Library) -> None:
    tab = visit(java_script_enabled=False)
    page = tab.open(PROGRAMMES)
    assert page.locator(".wm-choices tbody tr").count() == len(real_library.of_kind("programme"))
    expect(page.locator("#compare-plain")).to_contain_text("prepared comparisons")
    expect(page.locator(".wm-choices input")).to_have_count(0)
    expect(page.locator(".wm-filters")).to_be_hidden()
    page.get_by_role("link", name="Entré, Healthy Identity Intervention and Back on Track").click()
    assert tab.address == PREPARED
    assert page.locator("tr[data-row]").count() >= 20
    assert page.locator(".wm-compare a.wm-cite").count() > 30
    expect(page.locator(".wm-tools")).to_have_count(0)


@browser
def test_a_prepared_comparison_shows_differences_and_leads_to_others(visit: Open) -> None:
    tab = visit()
    page = tab.open(PREPARED)
    page.get_by_label("Highlight differences").check()
    expect(page.locator(".wm-differs").first).to_be_visible()
    assert page.url.endswith("?mark=yes")
    assert saved(page, "Save as CSV")[0][1:] == ["Entré", "Healthy Identity Intervention", "Back on Track"]
    page.get_by_role("link", name="Choose others").click()
    page.locator("#comparison[data-ready]").wait_for(state="attached")
    expect(page.get_by_role("button", name="Compare (3)")).to_be_enabled()
    assert tab.complaints == []


@browser
def test_paper_gets_the_view(visit: Open) -> None:
    page = ready(visit(), f"{PROGRAMMES}?with={'.'.join(THREE)}&view=side-by-side&mark=yes")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for selector in (".wm-tools", ".wm-bar", ".wm-filters", "#all", "#comparison .md-button"):
        expect(page.locator(selector).first).to_be_hidden()
    expect(page.locator(".wm-view-address")).to_have_text(f"This view: {page.url}")
    expect(page.locator(".wm-differs").first).to_be_visible()
    expect(page.locator("#comparison .wm-references li").first).to_be_visible()
    page = ready(visit(), f"{PROGRAMMES}?setting=probation")
    page.emulate_media(media="print")
    expect(page.locator(".wm-choices tbody tr:not([hidden])").first).to_be_visible()
    expect(page.locator(".wm-choices input").first).to_be_hidden()


@browser
@pytest.mark.parametrize(
    "address",
    [PROGRAMMES, f"{PROGRAMMES}?with={'.'.join(THREE)}&view=side-by-side&mark=yes", PREPARED, COMPARE],
    ids=["table", "side by side", "prepared", "start"],
)
@pytest.mark.parametrize(("scheme", "size"), [("light", DESKTOP), ("dark", DESKTOP), ("light", PHONE)], ids=["light", "dark", "phone"])
def test_axe_finds_nothing(visit: Open, scheme: str, size: dict[str, int], address: str) -> None:
    tab = visit(bypass_csp=True, color_scheme=scheme, viewport=size)
    page = ready(tab, address) if address.startswith(PROGRAMMES) and address != PREPARED else tab.open(address)
    assert faults(page) == []


@browser
@pytest.mark.parametrize("address", [PROGRAMMES, f"{PROGRAMMES}?with={'.'.join(FOUR)}&view=side-by-side&mark=yes", PREPARED, COMPARE])
@pytest.mark.parametrize("width", [320, 390, 640, 1280], ids=["320", "390", "200 % of 1280", "1280"])
def test_nothing_needs_scrolling_sideways(visit: Open, width: int, address: str) -> None:
    """Four columns on a screen of 1280 that is enlarged to 200 % have 640 CSS pixels."""
    tab = visit(viewport={"width": width, "height": 700})
    page = ready(tab, address) if address.startswith(PROGRAMMES) and address != PREPARED else tab.open(address)
    assert page.evaluate("[document.documentElement.scrollWidth, document.body.scrollWidth]") == [width] * 2
    if page.locator(".wm-compare").count():
        assert page.locator(".wm-compare").evaluate("table => table.scrollWidth <= table.parentElement.clientWidth")
        if width >= 640:
            tops = page.locator(".wm-compare tr[data-row]").nth(2).locator("td").evaluate_all("all => all.map(each => each.getBoundingClientRect().top)")
            assert len(set(tops)) == 1, "side by side"


@browser
def test_files_come_while_the_reader_still_chooses(visit: Open) -> None:
    """Each is asked for when its box is ticked, once, and not again for the comparison."""
    asked: list[str] = []
    page = ready(visit())
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("compare.json") else None)
    with page.expect_response(re.compile("entre/compare.json")):
        tick(page, "Entré")
    with page.expect_response(re.compile("back-on-track/compare.json")):
        tick(page, "Back on Track")
    page.get_by_role("button", name="Compare (2)").click()
    expect(page.locator("#comparison .wm-compare")).to_be_visible()
    assert len(asked) == 2


@browser
def test_what_cannot_be_fetched_is_said(visit: Open) -> None:
    page = ready(visit(), f"{PROGRAMMES}?with=entre.back-on-track")
    page.route(re.compile("compare.json"), lambda route: route.abort())
    page.get_by_role("button", name="Compare (2)").click()
    expect(page.locator(".wm-bar [role=status]")).to_contain_text("could not be fetched")
    expect(page.locator("#comparison")).to_be_hidden()
