"""The log of reports. The mistakes in it are in `problems/`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import yaml

from site_fixtures import PROJECT, TODAY, Built, Shown, soup_of, words_of
from waymark import stewardship
from waymark.corrections import CLOCK, Correction, Said, in_log_order
from waymark.library import Library
from waymark.pages import Site
from waymark.render import Renderer
from waymark.stewardship import CORRECTION_FORM, OWNER_FORM

SITE = Site("Toy", "https://toy.example/base/", source="https://code.example/toy/site", day=TODAY)


def report(id: str, reported: str, decided: str = "") -> Correction:
    fields = {"topic": "A", "reported": reported, "found_by": "reader", "pages": ["a"], "shown": "A", "right": "B", "source": "C"}
    more = {"decision": "declined", "decided": decided, "by": "AB", "reason": "No"} if decided else {"decision": "open"}
    return Correction(id, Said.model_validate({**fields, **more}))


def test_the_order_is_that_of_urgency() -> None:
    """What waits longest first; of what is decided the newest first."""
    some = [report("a", "2026-01-01", "2026-01-05"), report("b", "2026-01-03"), report("c", "2026-01-01", "2026-02-01"), report("d", "2026-01-02")]
    assert [each.id for each in in_log_order(some)] == ["d", "b", "c", "a"]


@pytest.mark.parametrize(
    ("decided", "today", "days", "late"),
    [
        ("", date(2026, 1, 1), 0, False),
        ("", date(2026, 1, 31), CLOCK, False),
        ("", date(2026, 2, 1), CLOCK + 1, True),
        ("2026-03-01", date(2026, 4, 1), 59, False),
        ("", date(2025, 12, 1), 0, False),
    ],
)
def test_the_clock(decided: str, today: date, days: int, *, late: bool) -> None:
    each = report("a", "2026-01-01", decided)
    assert (each.days(today), each.is_late(today)) == (days, late)


# Pages ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def renderer(toy_library: Library) -> Renderer:
    return Renderer(toy_library, SITE)


def test_the_log_shows_each_report_with_what_was_decided(renderer: Renderer) -> None:
    page = next(draft.make() for draft in renderer.correction_pages())
    soup = soup_of(page.html)
    shown = {str(each["id"]): words_of(each) for each in soup.select("article.wm-report")}
    assert list(shown) == ["report-late-lamp", "report-fresh-door", "report-no-ghost", "report-half-right", "report-good-year"]
    assert "Open for 61 days, longer than it should be" in shown["report-late-lamp"]
    assert shown["report-fresh-door"].endswith("Open for 2 days")
    assert "Declined on 2 March 2020 by TT, after 1 day" in shown["report-no-ghost"]
    assert "Accepted on 10 January 2020 by AB, on the same day" in shown["report-good-year"]
    assert "5 reports: 1 accepted, 1 accepted in part, 1 declined, 2 not decided yet, of which 1 for more than 30 days." in words_of(soup)
    # What was shown, and what a report says, is nobody's voice but theirs.
    assert words_of(soup.select("#report-late-lamp blockquote")[0]) == "A house with a lamp that is proven to be high."
    assert "What the report says" in shown["report-late-lamp"]
    assert "What is right" in shown["report-good-year"]


def test_a_record_says_that_a_report_is_open_and_what_became_of_others(toy_pages: dict[str, Shown]) -> None:
    soup = toy_pages["programmes/lamp-house/"].soup
    flag = soup.select("p.wm-reported")
    assert [words_of(each) for each in flag] == [
        'A reader has reported a mistake on this page. Reported on 1 April 2020, not decided yet: The "height" of the <lamp>'
    ]
    assert flag[0].a["href"] == "../../corrections/#report-late-lamp"  # type: ignore[index]
    about = words_of(soup.select("dl.wm-about")[0])
    assert "Mistakes reported2 March 2020: A ghost (declined)" in about
    assert not toy_pages["programmes/bare/"].soup.select("p.wm-reported")


def test_a_hand_written_page_is_flagged_too(renderer: Renderer) -> None:
    assert "Which way the door opens" in renderer.reported("method", "../")
    assert "../corrections/#report-fresh-door" in renderer.reported("method", "../")
    assert renderer.reported("index", "") == ""


def test_a_long_log_has_a_page_a_year(toy_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stewardship, "PAGE_LENGTH", 3)
    old = [report("old", "2018-12-01", "2019-01-05")]
    library = replace(
        toy_library, corrections=(*toy_library.corrections, *(replace(each, said=each.said.model_copy(update={"pages": ("bare",)})) for each in old))
    )
    renderer = Renderer(library, SITE)
    pages = {draft.address: soup_of(draft.make().html) for draft in renderer.correction_pages()}
    assert list(pages) == ["corrections/", "corrections/2020/", "corrections/2019/"]
    assert [str(each["id"]) for each in pages["corrections/"].select(".wm-report")] == ["report-late-lamp", "report-fresh-door"]
    assert [str(each["id"]) for each in pages["corrections/2019/"].select(".wm-report")] == ["report-old"]
    assert renderer.correction_address(library.corrections[-1]) == "corrections/2019/#report-old"
    assert "../../corrections/2020/#report-good-year" in renderer.record(library.items["open-door"]).html


def test_an_empty_log_explains_itself(toy_library: Library) -> None:
    page = next(draft.make() for draft in Renderer(replace(toy_library, corrections=()), SITE).correction_pages())
    assert "Nothing has been reported yet." in words_of(soup_of(page.html))
    assert [each.anchor for each in page.headings] == ["report"]


# Forms ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [CORRECTION_FORM, OWNER_FORM])
def test_the_forms_are_as_github_wants_them(name: str) -> None:
    """The keys of its schema for issue forms; and the field that our links fill in."""
    form = yaml.safe_load((PROJECT / ".github/ISSUE_TEMPLATE" / name).read_text(encoding="utf-8"))
    assert {"name", "description", "body"} <= form.keys() <= {"name", "description", "title", "labels", "body"}
    ids = [each["id"] for each in form["body"] if each["type"] != "markdown"]
    assert len(ids) == len(set(ids)) > 0
    assert "page" in ids
    for each in form["body"]:
        assert each["type"] in ("markdown", "input", "textarea", "dropdown")
        assert each.keys() <= {"type", "id", "attributes", "validations"}
        assert ("value" if each["type"] == "markdown" else "label") in each["attributes"]
        assert each["type"] != "dropdown" or len(each["attributes"]["options"]) > 1


def test_every_page_leads_to_the_form_with_its_address(real_site: Built) -> None:
    """Also indexes, guides and the log itself; a plain link, which needs no script."""
    for address in ("", "programmes/entre/", "programmes/", "guides/leaving/", "corrections/", "references/papp2021returning/"):
        soup = soup_of((real_site / address / "index.html").read_text(encoding="utf-8"))  # type: ignore[operator]
        links = [str(link["href"]) for link in soup.select("p.wm-report-link a")]
        page = f"https://waymark-kb.github.io/waymark/{address}".replace(":", "%3A").replace("/", "%2F")
        assert [link.partition("?")[2] for link in links] == [f"template=correction.yml&page={page}"], address
        assert links[0].startswith("https://")


def test_real_entries_found_by_ourselves_name_where_both_wordings_can_be_seen(real_library: Library) -> None:
    for each in real_library.corrections:
        if each.said.found_by == "second reading":
            assert "commit" in (each.said.changed or ""), each.id
