"""The pages with a form: what stands on them without a script, and a person who fills one in, in a real browser."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from browser import PHONE, Visit
from site_fixtures import PROJECT, Shown, words_of
from test_browser import faults
from waymark.bibliography import read_bibliography
from waymark.contributing import CONTRIBUTE
from waymark.dictionary import definitions_of
from waymark.form import group_of
from waymark.kinds import KINDS
from waymark.library import load_library
from waymark.models import role_of
from waymark.offline import page_for_disk
from waymark.problems import failures
from waymark.work import Practice

Open = Callable[..., Visit]
browser = pytest.mark.browser
FORM = f"{CONTRIBUTE}practice/"


# Without a script -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_script_each_form_is_a_list_of_its_questions(toy_pages: dict[str, Shown], kind: str) -> None:
    soup = toy_pages[f"{CONTRIBUTE}{kind}/"].soup
    asked = [words_of(term) for term in soup.select("#form-plain dt")]
    model = KINDS[kind].model
    expected = [
        (each.label, "must be there" if each.is_required else "may be left out")
        for name, each in definitions_of(kind).items()
        if group_of(name, role_of(model, name))
    ]
    assert sorted(asked) == sorted(f"{label} {state}" for label, state in expected)
    assert soup.select_one("#form")["hidden"] == ""
    assert "JavaScript" in words_of(soup.select_one("#form-plain .wm-notice"))


def test_every_way_in_leads_to_a_form(toy_pages: dict[str, Shown]) -> None:
    forms = [a["href"] for a in toy_pages[CONTRIBUTE].soup.select(".wm-forms a")]
    assert forms[0] == "practice/"
    assert sorted(forms) == sorted(f"{kind}/" for kind in KINDS)
    assert toy_pages["practices/"].soup.select_one(".wm-change a")["href"] == "../contribute/practice/"
    assert [a["href"] for a in toy_pages["programmes/open-door/"].soup.select("dd.wm-change a") if "form" in words_of(a)] == [
        "../../contribute/programme/?from=open-door"
    ]


# A person fills it in -------------------------------------------------------------------------------


def opened(visit: Visit, address: str = FORM) -> Page:
    page = visit.open(address)
    expect(page.locator("#form")).to_have_attribute("data-ready", "")
    return page


def step(page: Page, name: str) -> None:
    page.locator(f"#step-{name} > summary").click()


def cite(page: Page, label: str, words: str, place: str) -> None:
    """Cites a work as a person does who knows its author: the dialog, a few letters, the place."""
    page.get_by_role("button", name=f"Cite a work in: {label}", exact=True).click()
    if words:  # else the work that was cited last
        page.get_by_role("combobox", name="Work", exact=True).fill(words)
        page.keyboard.press("Enter")
    page.get_by_role("textbox", name="Number of the page").fill(place)
    page.keyboard.press("Enter")


def project_with(tmp_path: Path, download: Path, name: str, works: Path | None = None) -> list[str]:
    """What the check says of a copy of the project with the files put in."""
    for folder in ("data", "content"):
        shutil.copytree(PROJECT / folder, tmp_path / folder)
    shutil.copy(download, tmp_path / "data/practices" / name)
    if works:
        with (tmp_path / "data/references.bib").open("a", encoding="utf-8") as file:
            file.write("\n" + works.read_text(encoding="utf-8"))
    library, problems = load_library(tmp_path, today=date.today())
    assert name.removesuffix(".yaml") in library.items
    return [f"{problem.message} [{problem.code.id}]" for problem in failures(problems)]


@browser
def test_a_practice_that_is_typed_in_passes_the_check_unchanged(visit: Open, tmp_path: Path) -> None:
    """The whole way: facts with sources, texts, parts that are moved, a coded finding, a link, a work that is new. Two files come of it."""
    tab = visit(accept_downloads=True)
    page = opened(tab)
    page.get_by_label("Name", exact=True).fill("Évening: a “visit” # for families")
    expect(page.get_by_label("Last part of the address")).to_have_value("evening-a-visit-for-families")
    page.get_by_label("Summary", exact=True).fill("Staff invite families before release: an evening each month.")
    cite(page, "Summary", "papp returning", "21")
    expect(page.get_by_label("Summary", exact=True)).to_have_value("Staff invite families before release: an evening each month [@papp2021returning, p. 21].")

    step(page, "facts")
    page.get_by_role("combobox", name="Country", exact=True).fill("Denm")
    page.keyboard.press("Enter")
    again = page.locator("#step-facts .wm-with-source").filter(has=page.get_by_role("textbox", name="Source of “Country”")).get_by_role("button", name="Again:")
    again.click()
    setting = page.get_by_role("group", name="Setting")
    setting.get_by_label("prison").check()
    page.locator(".wm-with-source").filter(has=setting).get_by_role("button", name="Again:").click()
    page.locator(".wm-field").filter(has=page.get_by_label("Started", exact=True)).get_by_label("not reported").check()

    step(page, "texts")
    approach = page.get_by_label("What it does", exact=True)
    approach.fill("Families and staff sit together.\n\n- They talk.\n- They agree: who helps.")
    cite(page, "What it does", "", "22")
    page.get_by_role("button", name="Add a step").click()
    page.keyboard.type("Second")
    page.get_by_role("button", name="Add a step").click()
    page.keyboard.type("First")
    page.get_by_role("button", name="Move up: step 2").press("Enter")
    page.locator(".wm-with-source").filter(has=page.get_by_role("group", name=re.compile("^Steps"))).get_by_role("button", name="Again:").last.click()

    step(page, "works")
    page.get_by_role("button", name="Describe a new work").click()
    work = page.get_by_role("group", name="New work 1")
    work.get_by_label("Type of work").select_option("article")
    for label, words in (
        ("Author", "Doe, Jane and Roe, Ann"),
        ("Title", "Evenings: what families say & do"),
        ("Journal", "Journal of Visits"),
        ("Year", "2020"),
    ):
        work.get_by_label(label, exact=True).fill(words)
    work.get_by_label("How you know it").select_option("read in part")
    expect(work.get_by_label("Key")).to_have_value("doe2020evenings")

    step(page, "evidence")
    page.get_by_role("button", name="Add a finding").click()
    finding = page.get_by_role("group", name="Finding 1")
    finding.get_by_role("textbox", name="Source", exact=True).fill("[@doe2020evenings, abstract]")
    finding.get_by_label("Question", exact=True).select_option("delivery")
    finding.get_by_label("Kind", exact=True).select_option("process study")
    finding.get_by_role("textbox", name="Finding", exact=True).fill("Most families came twice.")

    step(page, "relations")
    page.get_by_role("button", name="Add a link").click()
    page.get_by_label("Type", exact=True).select_option("strengthens")
    page.get_by_role("combobox", name="To", exact=True).fill("good marital")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="To", exact=True)).to_have_value("family-relationships")
    page.get_by_role("button", name="No source: our own link").click()

    page.get_by_role("button", name="Add all works cited in this form").click()
    page.get_by_role("button", name="Check everything").last.click()
    assert page.locator(".wm-summary-of-errors li").all_inner_texts() == []
    expect(page.locator(".wm-preview h3")).to_have_text("Évening: a “visit” # for families")
    expect(page.locator(".wm-preview")).to_contain_text("(Papp & Örell, 2021, p. 21)")
    files: dict[str, Path] = {}

    def keep(download: object) -> None:
        files[download.suggested_filename] = Path(str(download.path()))  # type: ignore[attr-defined]

    page.on("download", keep)
    with page.expect_download(lambda download: download.suggested_filename == "new-works.bib"):
        page.get_by_role("button", name="Download the file").click()
    name = "evening-a-visit-for-families.yaml"
    assert sorted(files) == [name, "new-works.bib"]
    assert project_with(tmp_path, files[name], name, files["new-works.bib"]) == []
    record = load_library(tmp_path, today=date.today())[0].items[name.removesuffix(".yaml")].record
    assert isinstance(record, Practice)
    assert (record.countries, record.setting, record.start_year) == (("DK",), ("prison",), "not reported")
    assert [part.title for part in record.steps] == ["First", "Second"]
    assert record.approach == "Families and staff sit together.\n\n- They talk.\n- They agree: who helps [@papp2021returning, p. 22]."
    assert dict(record.basis) == {"countries": "[@papp2021returning, p. 21]", "setting": "[@papp2021returning, p. 21]", "steps": "[@papp2021returning, p. 22]"}
    assert record.checked.against == ("papp2021returning", "doe2020evenings")
    assert (tab.complaints, tab.elsewhere) == ([], [])


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until a control with this name has the keyboard."""
    for _ in range(120):
        page.keyboard.press("Tab")
        found = page.evaluate("(e => e.getAttribute('aria-label') || e.labels?.[0]?.innerText || e.innerText || '')(document.activeElement)")
        if found.startswith(name):
            return
    raise AssertionError(f"{name} cannot be reached with the keyboard")


@browser
def test_with_the_keyboard_alone(visit: Open, tmp_path: Path) -> None:
    """From the top of the page to a file that passes, without a mouse."""
    tab = visit(accept_downloads=True)
    page = opened(tab)
    tab_to(page, "Name")
    page.keyboard.type("Night visits in prison")
    tab_to(page, "Summary")
    page.keyboard.type("Volunteers visit people at night.")
    tab_to(page, "Cite a work in: Summary")
    page.keyboard.press("Enter")
    page.keyboard.type("papp 2021")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    tab_to(page, "Number of the page")
    page.keyboard.type("22")
    page.keyboard.press("Enter")
    tab_to(page, "Add all works cited in this form")
    page.keyboard.press("Enter")
    tab_to(page, "Check everything")
    page.keyboard.press("Space")
    expect(page.locator(".wm-bar [role=status]")).to_have_text("All in order, as far as a browser can tell.")
    tab_to(page, "Download the file")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert project_with(tmp_path, Path(str(download.value.path())), "night-visits-in-prison.yaml") == []
    assert tab.complaints == []


@browser
def test_what_is_wrong_stands_at_the_top_and_beside_its_field(visit: Open) -> None:
    page = opened(visit(bypass_csp=True))
    page.get_by_label("Name", exact=True).fill("MAPPA")
    page.get_by_label("Summary", exact=True).fill("It works. <b>Really</b> [@papp2021retuning, p. 3].")
    step(page, "facts")
    page.get_by_label("Started", exact=True).fill("1066")
    page.get_by_role("textbox", name="Source of “Started”").fill("[@papp2021returning]")
    page.get_by_role("button", name="Check everything").last.click()
    summary = page.locator(".wm-summary-of-errors")
    expect(summary).to_be_focused()
    links = {words_of_link.split(": ", 1)[0] for words_of_link in summary.locator("li a:first-child").all_inner_texts()}
    assert links == {"Last part of the address", "Summary", "Started", "Source of “Started”", "Against"}
    codes = summary.locator(".wm-code").all_inner_texts()
    assert sorted(codes) == sorted(["duplicate-id", "verdict", "raw-html", "unknown-citation", "bad-date", "no-locator", "missing-field"])
    expect(summary).to_contain_text("'1066' in 'start_year' is not a year of four digits.")
    summary.get_by_role("link", name="Source of “Started”").click()
    field = page.get_by_role("textbox", name="Source of “Started”")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    described = [page.locator(f"#{id}").inner_text() for id in str(field.get_attribute("aria-describedby")).split()]
    assert "does not say where in the source" in " ".join(described)
    expect(page.locator("#step-start .wm-notice[role=status]")).to_contain_text("Is it here already?")
    assert faults(page) == []
    page.get_by_role("button", name="Cite a work in: Summary").click()
    assert faults(page) == []
    page.keyboard.press("Escape")
    field.fill("[@papp2021returning, p. 3]")
    page.get_by_label("Started", exact=True).fill("2019")
    expect(summary.locator("li")).to_have_count(5)


@browser
@pytest.mark.parametrize("options", [{"color_scheme": "dark"}, {"viewport": PHONE}], ids=["dark", "phone"])
def test_a_record_that_exists_fills_every_step(visit: Open, options: dict[str, object]) -> None:
    """Opened from the page of a record: all is there, all is in order, nothing is too wide, and axe finds nothing in the open steps."""
    tab = visit(bypass_csp=True, **options)
    page = opened(tab, f"{FORM}?from=aarhus-info-houses")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Aarhus model and Info-houses, Denmark")
    page.evaluate("document.querySelectorAll('.wm-form details').forEach(each => each.open = true)")
    expect(page.locator(".wm-bar [role=status]")).to_have_text("All in order, as far as a browser can tell.")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert tab.complaints == []
    written = page.locator("#step-finish pre").first.inner_text()
    assert written.splitlines()[1] == "name: Aarhus model and Info-houses, Denmark"
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    expect(page.locator("#step-finish")).to_contain_text("In place of the file data/practices/aarhus-info-houses.yaml")


@browser
def test_github_gets_the_record_or_its_name(visit: Open) -> None:
    page = opened(visit())
    page.get_by_label("Name", exact=True).fill("Tea & talk")
    github = page.get_by_role("link", name="Open GitHub", exact=True)
    expect(github).to_have_attribute("href", re.compile("Tea%20%26%20talk"))
    address = urlsplit(str(github.get_attribute("href")))
    assert address.path.endswith("/new/main/data/practices")
    asked = parse_qs(address.query)
    assert asked["filename"] == ["tea-talk.yaml"]
    assert "name: Tea & talk\n" in asked["value"][0]
    page.get_by_label("Summary", exact=True).fill("Many words, and more of them. " * 300)
    expect(github).to_have_attribute("href", re.compile(r"filename=tea-talk\.yaml$"))
    expect(page.locator("#step-finish")).to_contain_text("too long for an address")
    mail = str(page.get_by_role("link", name="Write an e-mail").get_attribute("href"))
    assert mail.startswith("mailto:?subject=")
    assert len(mail) < 2000


@browser
def test_a_kind_with_one_file_says_where_its_block_goes(visit: Open) -> None:
    page = opened(visit(), f"{CONTRIBUTE}term/")
    page.get_by_label("Name", exact=True).fill("Aftercare worker")
    expect(page.locator("#step-finish pre").first).to_contain_text("aftercare-worker:\n  name: Aftercare worker")
    expect(page.locator("#step-finish")).to_contain_text("A block at the end of the file data/terms.yaml.")
    assert str(page.get_by_role("link", name="Open GitHub", exact=True).get_attribute("href")).endswith("/edit/main/data/terms.yaml")


# Drafts ---------------------------------------------------------------------------------------------


@browser
def test_drafts_stay_in_the_browser(visit: Open) -> None:
    """A draft survives a reload; two can be kept; each can be deleted; a file holds one too."""
    tab = visit(accept_downloads=True)
    page = opened(tab)
    page.get_by_label("Name", exact=True).fill("First draft")
    expect(page).to_have_url(re.compile(r"\?draft="))
    page.reload()
    expect(page.get_by_label("Name", exact=True)).to_have_value("First draft")
    page.get_by_text("Drafts, and changing a page that exists").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the draft as a file").click()
    draft = json.loads(Path(str(download.value.path())).read_text(encoding="utf-8"))
    page.get_by_role("button", name="Start an empty form").click()
    page.get_by_label("Name", exact=True).fill("Second draft")
    expect(page.locator(".wm-start .wm-values li")).to_have_count(2)
    tab.open(CONTRIBUTE)
    assert sorted(page.locator("#form-drafts a").all_inner_texts()) == ["First draft", "Second draft"]
    page.get_by_role("link", name="First draft").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("First draft")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_text("Drafts, and changing a page that exists").click()
    page.get_by_role("button", name="Delete the draft Second draft").click()
    expect(page.locator(".wm-start .wm-values li")).to_have_count(1)
    odd = {
        **draft,
        "data": {"name": ["no text"], "summary": {"x": 1}, "steps": "no list", "countries": [1, "DK"], "nothing": "x", "status": "odd"},
        "works": [1],
    }
    page.locator("#form-file").set_input_files({"name": "x.json", "mimeType": "application/json", "buffer": json.dumps(odd).encode()})
    expect(page.locator("#step-finish pre").first).to_contain_text("countries: [1, DK]")
    page.locator("#form-file").set_input_files({"name": "x.json", "mimeType": "application/json", "buffer": b"{}"})
    expect(page.locator(".wm-start")).to_contain_text("This file is no draft of this form.")
    assert (tab.complaints, tab.elsewhere) == ([], [])


@browser
def test_a_browser_that_keeps_nothing_says_so(visit: Open) -> None:
    tab = visit()
    tab.page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})")
    page = opened(tab)
    expect(page.locator(".wm-start")).to_contain_text("does not let pages keep anything")
    page.get_by_label("Name", exact=True).fill("Night visits")
    expect(page.locator("#step-finish pre").first).to_contain_text("name: Night visits")


@browser
def test_from_the_disk(real_site: Path, chromium: Browser, tmp_path: Path) -> None:
    """The form of the offline copy works without a server: citations, checks and drafts."""
    for name in ("contribute", "assets"):
        shutil.copytree(real_site / name, tmp_path / name)
    path = tmp_path / FORM / "index.html"
    path.write_text(page_for_disk(path.read_text(encoding="utf-8"), 2), encoding="utf-8")
    page = chromium.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)) if "search_index" not in str(error) else None)  # the search is not in this copy
    page.on("console", lambda message: said.append(message.text) if "contribute" in message.location.get("url", "") else None)
    page.goto(path.as_uri())
    page.get_by_label("Name", exact=True).fill("Night visits")
    page.get_by_label("Summary", exact=True).fill("Volunteers come.")
    cite(page, "Summary", "papp 2021", "22")
    expect(page.locator("#step-finish pre").first).to_contain_text("[@papp2021returning, p. 22]")
    page.reload()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Night visits")
    page.goto(f"{path.as_uri()}?from=mappa")
    expect(page.locator(".wm-start")).to_contain_text("From the disk a page that exists cannot be filled in")
    assert said == []
    page.close()


@browser
def test_a_new_work_is_read_as_it_was_described(visit: Open, tmp_path: Path) -> None:
    """Each type of work, filled with what it needs, is an entry that the check of the bibliography accepts."""
    page = opened(visit())
    step(page, "works")
    entries = page.evaluate(
        """() => Object.entries(waymark.form.works.required).map(([type, needed]) => {
          const values = {author: 'Doe, Jane and {Council of Things}', title: 'A: “title” & 50 % of # it', year: '2020', url: 'https://example.org/a_b?c=d&e'};
          const asked = needed.map(names => [names[0], values[names[0]] ?? `Some ${names[0]}`]);
          const fields = {...Object.fromEntries(asked), known: 'read in part', checked: '2026-01-02'};
          const work = {type, key: `${type}2020x`, fields};
          return [waymark.entryText(work), [...waymark.workProblems(waymark.form, {works: new Map()}, work, '2026-11-30')].length, work];
        })"""
    )
    path = tmp_path / "x.bib"
    path.write_text("\n".join(text for text, _, _ in entries), encoding="utf-8")
    read, problems = read_bibliography(path, "x.bib", date(2026, 11, 30))
    assert problems == []
    assert [count for _, count, _ in entries] == [0] * len(entries)
    assert {key: (entry.type, dict(entry.fields)) for key, entry in read.items()} == {work["key"]: (work["type"], work["fields"]) for _, _, work in entries}
