"""The built site in a real browser: what readers do, with mouse and keyboard, on screens and paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from browser import DESKTOP, PHONE, Visit, served
from site_fixtures import Built
from waymark.evidence import CHANGING
from waymark.kinds import KINDS
from waymark.library import Item, Library
from waymark.relations import RELATIONS

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]
BACK_ON_TRACK = "programmes/back-on-track/"

TEMPLATES = {
    "home": "",
    "programme": BACK_ON_TRACK,
    "theory with stages": "(stages)",
    "theory with components": "(components)",
    "factor": "(factor)",
    "principle": "(principle)",
    "practice": "(practice)",
    "recommendation": "(recommendation)",
    "tool": "(tool)",
    "statistic": "(statistic)",
    "case": "(case)",
    "term": "(term)",
    "organisation": "(organisation)",
    "exercise": "(exercise)",
    "question": "(question)",
    "finding": "(finding)",
    "guide": "guides/prison-to-release/",
    "disagreements": "disagreements/",
    "status": "status/",
    "corrections": "corrections/",
    "evidence map": "evidence-map/",
    "foundations": "foundations/",
    "open data": "open-data/",
    "data dictionary": "open-data/dictionary/",
    "index": "programmes/",
    "references": "references/",
    "all works": "references/all/",
    "work": "references/papp2021returning/",
    "checks": "checks/",
    "forms": "contribute/",
    "form": "contribute/practice/",
    "hand-written page with tables": "method/",
    "glossary": "glossary/",
    "not found": "no/such/page/",
}
"""One page of each template; what stands in brackets is chosen among the records."""
ROWS_OF_A_SHEET = 70
"""Rows of the evidence map that fit a sheet of A3."""
each_template = pytest.mark.parametrize("template", TEMPLATES)


def address_of(template: str, library: Library) -> str:
    """The address of the page of a template: of its kind the record with most to show."""
    wanted = TEMPLATES[template].strip("()")
    if wanted == TEMPLATES[template]:
        return wanted
    items = [item for item in library.items.values() if wanted in (item.kind.name, getattr(item.record, "form", ""))]
    return address(max(items, key=lambda item: (len(item.record.model_fields_set), item.id)))


def address(item: Item) -> str:
    return f"{item.kind.plural}/{item.id}/"


# Nothing goes wrong -------------------------------------------------------------------------------


@each_template
def test_no_error_no_violation_of_the_policy_and_no_other_host(visit: Open, real_library: Library, template: str) -> None:
    tab = visit()
    page = tab.open(address_of(template, real_library))
    page.wait_for_load_state("networkidle")
    expect(page.locator("h1")).to_have_count(1)
    page.mouse.wheel(0, 3000)
    page.locator(".md-search__input").first.focus()
    page.wait_for_load_state("networkidle")
    expected = [f"404 {tab.root}no/such/page/"] if template == "not found" else []
    complaints = [each for each in tab.complaints if not (template == "not found" and "status of 404" in each)]
    assert complaints == expected
    assert tab.elsewhere == []


def test_the_policy_stops_a_script_that_is_put_in(visit: Open) -> None:
    tab = visit()
    page = tab.open(BACK_ON_TRACK)
    ran = page.evaluate(
        """() => { const put = document.createElement("div"); put.innerHTML = '<img src="x" onerror="window.evil = 1">'; document.body.append(put);
        const script = document.createElement("script"); script.textContent = "window.evil = 2"; document.body.append(script);
        return new Promise(done => setTimeout(() => done(window.evil), 300)); }"""
    )
    assert ran is None
    assert any("Content Security Policy" in each for each in tab.complaints)


# Search -------------------------------------------------------------------------------------------


def search(page: Page, words: str) -> list[tuple[str, str]]:
    """Addresses and words of what the search finds, best first."""
    page.locator(".md-search__input").first.fill(words)
    # The theme looks at the field when a key goes up; while the index still loads it may look away.
    for _ in range(100):
        page.keyboard.press("Shift")
        if "matching document" in str(page.locator(".md-search-result__meta").text_content()):
            break
        page.wait_for_timeout(100)
    # The box says how many it found as soon as the list is there; the list is there when it changes no more.
    expect(page.locator(".md-search-result__meta")).to_have_text(re.compile(r"matching document"))
    found: list[tuple[str, str]] = []
    for _ in range(20):
        before, found = found, page.locator(".md-search-result__link").evaluate_all("links => links.map(link => [link.href, link.textContent])")
        if found and found == before:
            break
        page.wait_for_timeout(100)
    assert not [href for href, _ in found if "undefined" in href], "the search wants an entry for each whole page"
    return [(href, text) for href, text in found]


def place(href: str) -> str:
    """An address without the words that the search wants marked there."""
    address, _, anchor = href.partition("#")
    return f"{address.split('?')[0]}#{anchor}".rstrip("#")


@pytest.mark.parametrize(
    ("words", "expected", "within"),
    [
        ("Back on Track", "programmes/back-on-track/", 1),
        ("BoT", "programmes/back-on-track/", 1),
        ("HII", "programmes/healthy-identity-intervention/", 1),
        ("Entre", "programmes/entre/", 1),
        ("Entré", "programmes/entre/", 1),
        ("VERA", "VERA", 3),
        ("telephone psychological tests interview", "programmes/back-on-track/#staff", 2),
        ("satisfaction says nothing", "programmes/back-on-track/#evidence", 4),
        ("unknown-field", "checks/#unknown-field", 4),
        ("prison release planning six months", "recommendations/ran-six-months-before/", 1),
        ("desistance", "terms/desistance/", 1),
        ("Programmes", "programmes/", 3),
        ("ageing", "factors/ageing-and-maturation/#meaning", 4),
    ],
    ids=[
        "name",
        "abbreviation",
        "another abbreviation",
        "spelling without accent",
        "spelling with accent",
        "instrument",
        "text",
        "evidence table",
        "code",
        "words of a sentence",
        "term",
        "index",
        "word in quotation marks",
    ],
)
def test_search_finds(visit: Open, words: str, expected: str, within: int) -> None:
    tab = visit()
    found = search(tab.open(""), words)[:within]
    assert any(expected in place(href) or expected in text for href, text in found), found
    assert tab.complaints == []


def test_search_finds_facts_and_references(visit: Open, real_library: Library) -> None:
    reference = next(key for key in real_library.citing if "altier2014" in key)
    page = visit().open("")
    found = search(page, "Turning away from terrorism: Lessons from psychology, sociology, and criminology")
    assert any(f"references/{reference}/" in href for href, _ in found)


def test_a_search_result_opens_and_marks_the_words(visit: Open) -> None:
    tab = visit()
    page = tab.open("")
    search(page, "Back on Track")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url("**/programmes/back-on-track/**")
    expect(page.locator("h1")).to_contain_text("Back on Track")
    assert tab.complaints == []


def test_search_says_when_there_is_nothing(visit: Open) -> None:
    assert search(visit().open(""), "zzxqy") == []


def test_hostile_names_are_only_words_in_the_search(visit: Open, toy_project: Path, build_toy: Callable[..., Built]) -> None:
    data = toy_project / "data" / "programmes.yaml"
    text = data.read_text(encoding="utf-8")
    data.write_text(text.replace('The "Lamp" House & Sons <one>', "'Lamp <img src=x onerror=evil()> & <b>bold</b>'"), encoding="utf-8")
    built = build_toy()
    with served(built.folder) as root:
        tab = visit(root=root)
        page = tab.open("")
        found = search(page, "lamp house")
        assert any("Lamp <img src=x onerror=evil()> & <b>bold</b>" in words for _, words in found), found
        assert any("Porta <aberta>" in words for _, words in search(visit(root=root).open(""), "aberta"))
        assert page.locator(".md-search-result img, .md-search-result b").count() == 0
        assert tab.complaints == []


# Links --------------------------------------------------------------------------------------------


def test_from_a_programme_to_its_theory_and_back_by_the_backlink(visit: Open, real_library: Library) -> None:
    start, goal = next(
        (item, real_library.items[link.target])
        for item in real_library.of_kind("programme")
        for link in real_library.outgoing.get(item.id, ())
        if link.relation in RELATIONS and real_library.items[link.target].kind.name == "theory"
    )
    tab = visit()
    page = tab.open(address(start))
    page.locator(".wm-related a", has_text=goal.record.name).first.click()
    page.wait_for_url(f"**/{address(goal)}*")
    expect(page.locator("h1")).to_contain_text(goal.record.name)
    page.locator(".wm-related a", has_text=start.record.name).first.click()
    page.wait_for_url(f"**/{address(start)}*")
    expect(page.locator("h1")).to_contain_text(start.record.name)
    assert tab.complaints == []


def test_the_picture_of_related_pages_opens_and_leads_on_by_keyboard(visit: Open, real_library: Library) -> None:
    tab = visit()
    page = tab.open(BACK_ON_TRACK)
    fold, boxes = page.locator("details.wm-fold"), page.locator("details.wm-fold svg a")
    expect(boxes.first).not_to_be_visible()
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(boxes.first).to_be_visible()
    listed = page.locator(".wm-related li > a.wm-link").evaluate_all("links => links.map(link => link.href)")
    for href in listed:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.href.baseVal && new URL(document.activeElement.href.baseVal, location).href") == href
        frame = page.locator(":focus rect").evaluate("frame => getComputedStyle(frame).strokeWidth")
        assert frame == "3px", "the focus can be seen"
    page.keyboard.press("Enter")
    page.wait_for_url(listed[-1])
    assert tab.complaints == []


def test_the_picture_of_related_pages_is_readable_on_a_phone(visit: Open) -> None:
    page = visit(viewport=PHONE, is_mobile=True).open(BACK_ON_TRACK)
    page.locator("details.wm-fold summary").click()
    size = page.locator("details.wm-fold svg").first.evaluate("svg => 15.5 * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width")
    assert size >= 12
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


@pytest.mark.parametrize("address", ["theories/exit-outcome-dimensions/", "programmes/healthy-identity-intervention/", "guides/leaving/"])
def test_names_stay_inside_their_boxes(visit: Open, address: str) -> None:
    page = visit().open(address)
    if "guides" not in address:
        page.locator("details.wm-fold summary").click()
    wide = page.locator(".wm-neighbourhood :is(a, g)").evaluate_all(
        """boxes => boxes.filter(box => { const [frame, words] = ["rect", "text"].map(name => box.querySelector(name).getBBox());
        return words.x + words.width > frame.x + frame.width || words.y + words.height > frame.y + frame.height; }).map(box => box.textContent)"""
    )
    assert wide == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_picture_of_related_pages(visit: Open, scheme: str) -> None:
    page = visit(bypass_csp=True, color_scheme=scheme).open(BACK_ON_TRACK)
    page.locator("details.wm-fold summary").click()
    assert faults(page) == []


def in_view(page: Page, selector: str) -> None:
    """The start of an element can be seen: it is in the window and nothing lies over it."""
    element = page.locator(selector)
    expect(element).to_be_in_viewport()
    assert element.evaluate(
        """element => { const box = element.getBoundingClientRect();
        const at = document.elementFromPoint(box.left + Math.min(20, box.width / 2), box.top + 8); return element.contains(at); }"""
    ), f"something lies over {selector}"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_point_of_a_principle_opens_by_its_address(visit: Open, real_library: Library, size: dict[str, int]) -> None:
    item = max(real_library.of_kind("principle"), key=lambda item: (len(item.record.points), item.id))  # type: ignore[attr-defined]
    number = len(item.record.points) // 2 + 1  # type: ignore[attr-defined]
    page = visit(viewport=size).open(f"{address(item)}#point-{number}")
    in_view(page, f"#point-{number}")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_citation_leads_to_its_work_and_that_back_to_the_statement(visit: Open, size: dict[str, int]) -> None:
    tab = visit(viewport=size)
    page = tab.open(BACK_ON_TRACK)
    page.locator("#staff ~ p a.wm-cite").first.click()
    page.wait_for_url("**/references/*/#used-back-on-track")
    used = "[id=used-back-on-track]"
    in_view(page, used)
    in_view(page, f"details:has(> {used}) > summary")
    page.locator(f"{used} a[href$='#staff']").click()
    page.wait_for_url(f"**/{BACK_ON_TRACK}#staff")
    in_view(page, "#staff")
    assert tab.complaints == []


def test_a_place_in_a_folded_list_opens_by_its_address(visit: Open, real_library: Library) -> None:
    key = max(real_library.citing, key=lambda key: len(real_library.citing[key]))
    id = next(id for id in reversed(real_library.citing[key]) if id in real_library.items)
    for scripts in (True, False):
        page = visit(java_script_enabled=scripts).open(f"references/{key}/#used-{id}")
        expect(page.locator(f"[id='used-{id}']")).to_be_in_viewport()
        assert page.locator(".wm-uses details[open]").count() == 1


def test_an_old_address_leads_on_to_the_place_that_was_asked_for(visit: Open, toy_project: Path, build_toy: Callable[..., Built]) -> None:
    with served(build_toy().folder) as root:
        tab = visit(root=root)
        tab.page.goto(f"{root}programmes/old-door/?from=slides#go-out")
        tab.page.wait_for_url("**/programmes/open-door/?from=slides#go-out")
        expect(tab.page.locator("#go-out")).to_be_in_viewport()
        expect(tab.page.locator(".wm-moved")).to_have_count(0)
        tab.page.goto(f"{root}terms/a/")
        tab.page.wait_for_url("**/terms/")
        # Without scripts the place is on the page at the old address, and links lead on from the new one.
        plain = visit(root=root, java_script_enabled=False)
        plain.page.goto(f"{root}programmes/old-door/#go-out")
        expect(plain.page.locator("#go-out")).to_be_in_viewport()
        expect(plain.page.locator(".wm-moved")).to_have_count(1)
        plain.page.locator(".wm-moved a").click()
        assert plain.address == "programmes/open-door/"
        # A place that was renamed, or moved to another page.
        plain.page.goto(f"{root}practices/cold-tea/#step-2")
        expect(plain.page.locator("#step-1")).to_be_in_viewport()
        plain.page.goto(f"{root}practices/cold-tea/#kettle")
        plain.page.locator("#kettle a").click()
        assert plain.page.url.endswith("/practices/tea-hour/#steps")
        assert tab.complaints == plain.complaints == []
        assert tab.elsewhere == plain.elsewhere == []


# Citations beside the text ------------------------------------------------------------------------


def shown(page: Page) -> Any:
    return page.locator("[role=tooltip]:visible")


def point_at(page: Page, citation: Locator) -> None:
    """Puts the mouse on the start of a citation, which may run over several lines."""
    page.mouse.move(0, 0)
    citation.evaluate("citation => citation.scrollIntoView({block: 'center'})")
    left, top = citation.evaluate("citation => { const box = citation.getClientRects()[0]; return [box.left, box.top + box.height / 2]; }")
    page.mouse.move(left + 3, top)


def reference_words(page: Page, href: str) -> str:
    """What the list of references on the page says of the work that a citation leads to."""
    return " ".join(str(page.locator(f"[id='ref-{href.split('/')[-2]}'] .wm-reference").text_content()).split())


def test_the_mouse_over_a_citation_shows_its_reference(visit: Open) -> None:
    tab = visit()
    page = tab.open(BACK_ON_TRACK)
    citation = page.locator("article p a.wm-cite").first
    words = reference_words(page, str(citation.get_attribute("href")))
    assert shown(page).count() == 0
    point_at(page, citation)
    expect(shown(page)).to_contain_text(words)
    # It can be pointed at, so that a magnified screen can be moved over it (WCAG 2.2, 1.4.13).
    shown(page).hover()
    page.wait_for_timeout(600)
    expect(shown(page)).to_contain_text(words)
    page.keyboard.press("Escape")
    # What comes to light under a pointer that nobody moved stays closed.
    page.wait_for_timeout(600)
    expect(shown(page)).to_have_count(0)
    point_at(page, citation)
    expect(shown(page)).to_have_count(1)
    page.mouse.move(0, 0)
    expect(shown(page)).to_have_count(0)
    assert tab.complaints == []


def test_the_keyboard_on_a_citation_shows_its_reference(visit: Open) -> None:
    tab = visit()
    page = tab.open(BACK_ON_TRACK)
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a.wm-cite')"):
            break
    citation = page.locator("a.wm-cite:focus")
    words = reference_words(page, str(citation.get_attribute("href")))
    expect(shown(page)).to_contain_text(words)
    described = str(citation.get_attribute("aria-describedby"))
    expect(page.locator(f"#{described}")).to_contain_text(words)
    page.keyboard.press("Escape")
    expect(shown(page)).to_have_count(0)
    expect(citation).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(shown(page)).to_have_count(1)
    page.evaluate("document.activeElement.blur()")
    expect(shown(page)).to_have_count(0)
    assert tab.complaints == []


def test_a_reference_near_the_edge_stays_on_the_screen(visit: Open) -> None:
    page = visit(viewport=PHONE).open(BACK_ON_TRACK)
    for citation in page.locator("article p a.wm-cite").all()[:6]:
        point_at(page, citation)
        expect(shown(page)).to_have_count(1)
        box = shown(page).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
        page.keyboard.press("Escape")


# Tables -------------------------------------------------------------------------------------------


def column(page: Page, number: int) -> list[str]:
    """The words of one column in the rows that are shown, from the top."""
    return [" ".join(words.split()) for words in page.locator(f"tbody tr:not([hidden]) > :nth-child({number + 1})").all_text_contents()]


def test_all_works_can_be_filtered_and_the_address_keeps_the_view(visit: Open, real_library: Library) -> None:
    tab = visit()
    page = tab.open("references/all/")
    status = page.locator(".wm-filters [role=status]")
    total = page.locator("tbody tr").count()
    assert total > 500
    expect(status).to_have_text(f"All {total} works")
    page.get_by_role("combobox", name="Kind").select_option("Report")
    page.get_by_label("Year from").fill("2019")
    page.get_by_label("Year to").fill("2020")
    page.get_by_label("Citing pages, at least").fill("2")
    page.get_by_label("Words").fill("PRISÓN terror")
    assert set(column(page, 2)) == {"Report"}
    assert {*column(page, 4)} == {"2019", "2020"}
    assert all(int(pages) >= 2 for pages in column(page, 5))
    assert all("prison" in " ".join(row.lower().split()) for row in page.locator("tbody tr:not([hidden])").all_text_contents())
    expect(status).to_have_text(f"{len(column(page, 0))} of {total} works")
    page.get_by_role("button", name="Citations").click()
    page.get_by_role("button", name="Citations").click()
    view = column(page, 0)
    assert column(page, 6) == sorted(column(page, 6), key=int, reverse=True)
    again = visit()
    page = again.open(page.url.removeprefix(tab.root))
    assert column(page, 0) == view
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Citations")
    page.get_by_label("Words").fill("nothing has these words")
    expect(page.locator(".wm-filters [role=status]")).to_contain_text("None of")
    page.get_by_role("button", name="Reset").click()
    expect(page.locator(".wm-filters [role=status]")).to_have_text(f"All {total} works")
    assert page.url == f"{again.root}references/all/"
    expect(page.locator("th[aria-sort]")).to_have_text("Author")
    assert tab.complaints == again.complaints == []


def test_works_are_sorted_by_keyboard_and_back(visit: Open) -> None:
    page = visit().open("references/all/")
    by_author = column(page, 0)
    head = page.get_by_role("button", name="Year")
    head.focus()
    page.keyboard.press("Enter")
    years = column(page, 4)
    assert years == sorted(years), "n.d. comes last"
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Year")
    page.get_by_role("combobox", name="Sort by").select_option("Author")
    assert column(page, 0) == by_author
    page.get_by_role("combobox", name="Sort by").select_option("Author, last first")
    assert column(page, 0) == by_author[::-1]


def test_the_evidence_map_is_sorted_by_stage_and_not_by_word(visit: Open) -> None:
    page = visit().open("evidence-map/?kind=programme&sort=-5")
    shown = page.locator(".wm-map tbody tr:not([hidden])")
    stages = [each.split() for each in shown.locator("td:nth-child(6)").evaluate_all("cells => cells.map(cell => cell.dataset.value)")]
    ranks = [-1 if each == ["–"] else int(each[0]) for each in stages]
    assert ranks == sorted(ranks, reverse=True)
    assert {-1, 0} < set(ranks), "not yet coded comes after no source found"
    page.get_by_label("Words").fill("compared")
    assert 0 < shown.count() < len(ranks), "words are sought in what is written"


def test_the_evidence_map_is_a_chart_for_the_wall(visit: Open, real_library: Library) -> None:
    """All rows on the first sheet, of A3; what is said below them on another."""
    page = visit().open("evidence-map/")
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(prefer_css_page_size=True))
    assert {(round(float(width) / 72 * 25.4), round(float(height) / 72 * 25.4)) for width, height in boxes} == {(420, 297)}
    rows = sum(item.kind.name in CHANGING for item in real_library.items.values())
    assert len(boxes) == 1 + 1 + -(-rows // ROWS_OF_A_SHEET), "the grid, all rows, what is below them"


def test_the_grid_counts_what_is_chosen_and_opens_the_pages_behind_a_number(visit: Open) -> None:
    """The numbers follow the filters; an empty cell says which of two things is missing; a number opens its list for the keyboard too."""
    tab = visit()
    page = tab.open("evidence-map/")
    number = page.locator(".wm-grid [data-cell=on-crime-outcomes] > a")
    listed = page.locator("#on-crime-outcomes li:not([hidden])")
    all_pages = int(number.inner_text().split()[0])
    expect(listed).to_have_count(all_pages)
    expect(listed.first).to_be_hidden()
    number.focus()
    page.keyboard.press("Enter")
    expect(listed.first).to_be_visible()
    page.get_by_role("combobox", name="Country").select_option("Denmark")
    chosen = int(number.inner_text().split()[0])
    assert 0 < chosen < all_pages
    expect(listed).to_have_count(chosen)
    assert sum(map(int, page.locator(".wm-grid [data-cell=on-crime-outcomes] li:not([hidden]) .wm-count").all_inner_texts())) == chosen
    page.get_by_label("Words").fill("Arrel")
    expect(page.locator(".wm-grid td").first).to_have_text("not yet coded", use_inner_text=True)
    page.get_by_role("button", name="Reset").click()
    expect(number).to_have_text(f"{all_pages} pages")
    assert tab.complaints == []


def test_an_index_is_filtered_by_the_same_means(visit: Open) -> None:
    page = visit(viewport=PHONE).open("programmes/?setting=prison&sort=-0")
    assert len(column(page, 0)) > 1
    assert all("prison" in settings for settings in column(page, 2))
    assert column(page, 0) == sorted(column(page, 0), key=str.casefold, reverse=True)
    page.get_by_role("button", name="Status").focus()
    in_view(page, "thead th:last-child button")


def test_an_address_with_nonsense_shows_everything(visit: Open) -> None:
    tab = visit()
    page = tab.open("references/all/?kind=%3Cb%3E&sort=99&nothing=1&year-from=x")
    expect(page.locator(".wm-filters [role=status]")).to_contain_text("All")
    assert tab.complaints == []


def test_without_scripts_the_whole_table_is_there(visit: Open) -> None:
    page = visit(java_script_enabled=False).open("references/all/")
    expect(page.locator(".wm-filters")).to_be_hidden()
    expect(page.locator("tbody tr").last).to_be_visible()


# Screens, paper, without scripts ------------------------------------------------------------------


@each_template
def test_nothing_sticks_out_on_a_phone(visit: Open, real_library: Library, template: str) -> None:
    page = visit(viewport=PHONE, is_mobile=True, has_touch=True).open(address_of(template, real_library))
    width = page.evaluate("[document.documentElement.scrollWidth, document.body.scrollWidth, document.documentElement.clientWidth]")
    assert width == [PHONE["width"]] * 3
    outside = page.evaluate(
        """width => [...document.querySelectorAll("article *")].filter(each => { const box = each.getBoundingClientRect();
        if (!box.width || box.right <= width + 1) return false;
        for (let around = each.parentElement; around; around = around.parentElement)
            if (["auto", "scroll", "hidden"].includes(getComputedStyle(around).overflowX)) return false;
        return true; }).map(each => each.outerHTML.slice(0, 120))""",
        PHONE["width"],
    )
    assert outside == []


def test_the_menu_of_a_phone_opens_by_touch_and_by_keyboard(visit: Open) -> None:
    page = visit(viewport=PHONE, has_touch=True).open("")
    link = page.locator(".md-nav--primary a.md-nav__link", has_text="Principles").first
    expect(link).not_to_be_in_viewport()
    page.locator(".md-header__button[for=__drawer]").tap()
    link.tap()
    page.wait_for_url("**/principles/")

    page = visit(viewport=PHONE).open("")
    page.get_by_role("button", name="Menu").focus()
    page.keyboard.press("Enter")
    expect(link := page.locator(".md-nav--primary a.md-nav__link", has_text="Principles").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(link).not_to_be_in_viewport()
    expect(page.get_by_role("button", name="Menu")).to_be_focused()


@each_template
def test_paper_has_no_navigation(visit: Open, real_library: Library, template: str) -> None:
    page = visit().open(address_of(template, real_library))
    page.emulate_media(media="print")
    for selector in (".md-header", ".md-tabs", ".md-sidebar", ".md-search", ".md-top", ".headerlink", ".md-content__button", "[role=tooltip]", ".md-skip"):
        for element in page.locator(selector).all():
            expect(element).not_to_be_visible()
    expect(page.locator("h1")).to_be_visible()


def test_a_page_is_complete_without_scripts(visit: Open) -> None:
    page = visit(java_script_enabled=False).open(BACK_ON_TRACK)
    expect(page.locator("h1")).to_be_visible()
    for selector in (".wm-facts", "#staff", "#evidence", ".wm-related", ".wm-references li >> nth=0"):
        expect(page.locator(selector).first).to_be_visible()
    citation = page.locator("article a.wm-cite").first
    citation.click()
    page.wait_for_url("**/references/*/#used-back-on-track")
    expect(page.locator("[id=used-back-on-track]")).to_be_in_viewport()


def test_colours_follow_the_system_and_the_reader_may_choose(visit: Open) -> None:
    for scheme, name in (("light", "default"), ("dark", "slate")):
        page = visit(color_scheme=scheme).open("")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", name)
    page.locator("form[data-md-component=palette] label:visible").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


# Accessibility ------------------------------------------------------------------------------------

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EXCUSES = {
    # Advice of axe, not of WCAG: a tooltip belongs to what it describes, not to a landmark.
    "region": r'^<div id="wm-popover"',
}
"""Rules of axe with the only element that may break them."""


CONTRAST = "color-contrast"
ALIKE = 40
"""So many rows or points of one list are looked at for their colours; those behind them are made by the same line of a template."""


def faults(page: Page) -> list[str]:
    """What axe finds on the page, one line an element.

    To measure colours takes axe four times as long as all other rules together, a minute where a table has hundreds of rows.
    So the other rules see the whole page; for the colours long lists are then cut, which ends the use of the page.
    """
    # The policy of the site would stop axe itself, so its context passes the policy by; the policy has tests of its own.
    page.evaluate(Axe().axe_script)
    found = _found(page, {"runOnly": {"type": "tag", "values": RULES}, "rules": {CONTRAST: {"enabled": False}}})
    page.evaluate(
        """most => document.querySelectorAll("tbody, ul, ol, dl, .wm-uses").forEach(list => [...list.children].slice(most).forEach(each => each.remove()))""",
        ALIKE,
    )
    return found + _found(page, {"runOnly": {"type": "rule", "values": [CONTRAST]}})


def _found(page: Page, options: dict[str, Any]) -> list[str]:
    results = page.evaluate("options => axe.run(document, options)", {**options, "resultTypes": ["violations"]})
    return [
        f"{rule['id']}: {node['html'][:160]} ({' '.join(str(node.get('failureSummary', '')).split())[:300]})"
        for rule in results["violations"]
        for node in rule["nodes"]
        if not (rule["id"] in EXCUSES and re.search(EXCUSES[rule["id"]], node["html"]))
    ]


@each_template
@pytest.mark.parametrize(("scheme", "size"), [("light", DESKTOP), ("dark", DESKTOP), ("light", PHONE)], ids=["light", "dark", "phone"])
def test_axe_finds_nothing(visit: Open, real_library: Library, template: str, scheme: str, size: dict[str, int]) -> None:
    page = visit(bypass_csp=True, color_scheme=scheme, viewport=size).open(address_of(template, real_library))
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate" if scheme == "dark" else "default")
    assert faults(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_a_reference_or_the_search_is_open(visit: Open, scheme: str) -> None:
    page = visit(bypass_csp=True, color_scheme=scheme).open(BACK_ON_TRACK)
    point_at(page, page.locator("article p a.wm-cite").first)
    expect(shown(page)).to_have_count(1)
    assert faults(page) == []
    page = visit(bypass_csp=True, color_scheme=scheme).open(BACK_ON_TRACK)
    search(page, "mentor")
    assert faults(page) == []


def test_every_kind_of_record_is_looked_at() -> None:
    assert set(KINDS) <= {name.split()[0] for name in TEMPLATES}
