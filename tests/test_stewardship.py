"""The pages on people and on the state of the knowledge base."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import toy
from site_fixtures import PROJECT, TODAY, soup_of, words_of
from waymark import freshness
from waymark.health import MEASURES
from waymark.library import Library, load_library
from waymark.opendata import STATUS_FILE
from waymark.pages import Site
from waymark.problems import as_text
from waymark.render import Renderer

SITE = Site("Toy", "https://toy.example/base/", source="https://code.example/toy/site", day=TODAY)


@pytest.fixture(scope="module")
def renderer(toy_library: Library) -> Renderer:
    return Renderer(toy_library, SITE)


@pytest.fixture(scope="module")
def status(renderer: Renderer) -> BeautifulSoup:
    return soup_of(renderer.status().html)


# People ---------------------------------------------------------------------------------------------


def test_everybody_stands_there_with_what_they_declared(renderer: Renderer) -> None:
    soup = soup_of(renderer.people().html)
    names = [words_of(each) for each in soup.select("dl.wm-people > dt")]
    assert names == ["AB: A. Bee", 'TT: Tess "T" Tester <one>', "GR: The lamp group a group, not one person"], "those who left come last"
    said = {str(name["id"]): words_of(name.find_next_sibling("dd")) for name in soup.select("dl.wm-people > dt")}
    assert "Declares that there are none." in said["person-AB"]
    assert "Worked for it & liked it (Open Door; Roe" in said["person-TT"]
    assert "InterestsNot declared yet." in said["person-GR"]
    assert "1 January 2019 – 31 January 2020" in said["person-GR"]
    assert "Signed for1 record checked, 1 finding coded, 1 report decided" in said["person-TT"]
    assert "1 finding coded a second time" in said["person-AB"]


def test_initials_on_a_record_lead_there(renderer: Renderer, toy_library: Library) -> None:
    links = [str(link["href"]) for link in soup_of(renderer.record(toy_library.items["open-door"]).html).select("a.wm-person")]
    assert links == ["../../people/#person-TT", "../../people/#person-AB"]


def test_without_people_initials_are_words(toy_library: Library) -> None:
    renderer = Renderer(replace(toy_library, people={}), SITE)
    assert "Nobody is listed yet." in renderer.people().html
    page = soup_of(renderer.record(toy_library.items["open-door"]).html)
    assert not page.select("a.wm-person")
    assert "2 January 2020 by TT, second reader AB, against" in words_of(page)


# When a page is due ---------------------------------------------------------------------------------


def next_check(renderer: Renderer, library: Library, id: str) -> str:
    about = soup_of(renderer.record(library.items[id]).html).select("dl.wm-about")[0]
    return next(words_of(each.find_next_sibling("dd")) for each in about.select("dt") if words_of(each) == "Next check")


def test_a_record_says_when_it_is_due_and_why(renderer: Renderer, toy_library: Library) -> None:
    said = next_check(renderer, toy_library, "open-door")
    assert said == "Due on 2 January 2021. After 12 months: what runs can change within a year. When a page is due"


def test_overdue_is_said_in_words_on_the_day_of_the_build(renderer: Renderer, toy_library: Library) -> None:
    said = next_check(renderer, toy_library, "lamp-house")
    assert said.startswith("Overdue by 92 days: it was due on 1 March 2020.")
    assert 'Set by an editor: The "lamp" may be lit again. When' in said
    before = Renderer(toy_library, replace(SITE, day=date(2020, 3, 1)))
    assert next_check(before, toy_library, "lamp-house").startswith("Due on 1 March 2020.")


def test_without_a_day_nothing_depends_on_the_clock(toy_library: Library) -> None:
    assert Renderer(toy_library, Site("Toy")).day == date(2020, 1, 3), "that of the last check"


def test_the_lists_of_what_is_due(status: BeautifulSoup) -> None:
    overdue, soon, later = (status.select(f"#{id} ~ .wm-scroll table")[0] for id in ("overdue", "due-soon", "due-later"))
    assert [words_of(row.a) for row in overdue.select("tbody tr")] == ['The "Lamp" House & Sons <one>']
    assert "overdue by 92 days" in words_of(overdue)
    assert [words_of(row.a) for row in soon.select("tbody tr")] == ["Door scale"]
    assert len(later.select("tbody tr")) == 10


def test_the_rule_is_printed_as_it_is(status: BeautifulSoup) -> None:
    tables = status.select("#rule ~ .wm-scroll table.wm-rules")
    kinds = {words_of(row.th).lower(): [words_of(cell) for cell in row.select("td")] for row in tables[0].select("tbody tr")}
    assert kinds == {name: [str(each.months), each.reason] for name, each in freshness.OF_KIND.items()}
    rows = [[words_of(cell) for cell in row.select("th, td")] for row in tables[1].select("tbody tr")]
    assert ["Status is ended", "36", freshness.OF_STATUS["ended"].reason] in rows
    assert ["Status is pilot", "at most 6", freshness.OF_STATUS["pilot"].reason] in rows
    assert [row[0] for row in rows[-2:]] == ["Sources disagree, and it is still open", "The page is retired"]
    assert len(rows) == len(freshness.OF_STATUS) + 2


# Figures --------------------------------------------------------------------------------------------


def test_every_figure_stands_there_with_its_change_since_the_last_release(renderer: Renderer, status: BeautifulSoup) -> None:
    rows = {
        next(iter(row.th.stripped_strings)): [words_of(cell) for cell in row.select("td")] for row in status.select("#figures + .wm-scroll tbody tr") if row.td
    }
    assert list(rows) == [each.label for each in MEASURES]
    figures, last = renderer.health.figures, renderer.library.history[-1].figures
    more = figures["records"] - last["records"]
    assert rows["Records"] == [str(figures["records"]), "–", f"+{more}" if more > 0 else "as before" if not more else f"−{-more}"]
    assert rows["Check overdue"][0] == "1"
    assert rows["Check overdue"][2] == "+1"
    assert rows["Coded findings"][2] == "–", "was not counted then"


def test_releases_stand_beside_one_another(status: BeautifulSoup) -> None:
    table = status.select("#history ~ .wm-scroll table")[0]
    assert [next(iter(each.stripped_strings)) for each in table.select("thead th")] == ["What is counted", "0.3.0", "0.2.0", "0.1.0"]
    rows = {words_of(row.th): ([words_of(cell) for cell in row.select("td")], bool(row.svg)) for row in table.select("tbody tr")}
    assert rows == {
        "Records": (["14 (−1)", "15 (+3)", "12"], True),
        "Citations": (["81 (+1)", "80", "80"], True),
        "Check overdue": (["0 (−2)", "2", "not counted"], False),
    }


def test_a_knowledge_base_without_releases(toy_library: Library) -> None:
    page = Renderer(replace(toy_library, history=()), SITE).status()
    assert "No release has been counted yet." in page.html
    assert "Since" not in words_of(soup_of(page.html).select("#figures + .wm-scroll")[0])


def test_coverage_adds_up(renderer: Renderer, status: BeautifulSoup) -> None:
    rows = {words_of(row.th): [words_of(cell) for cell in row.select("td")] for row in status.select("table.wm-coverage tbody tr")}
    assert rows["All"][:3] == [f"{renderer.health.figures[name]:,}" for name in ("fields_coded", "fields_not_reported", "fields_not_yet_coded")]
    assert rows["Programmes"][:3] == [str(getattr(renderer.health.kinds[0], name)) for name in ("coded", "not_reported", "not_yet_coded")]


def test_the_same_as_json_is_among_the_open_data(renderer: Renderer, tmp_path: Path) -> None:
    file = next(each for each in renderer.data_files() if each.name == STATUS_FILE)
    file.download.write(tmp_path / "status.json")
    data = json.loads((tmp_path / "status.json").read_text(encoding="utf-8"))
    assert {each["name"]: each["value"] for each in data["measures"]} == dict(renderer.health.figures)
    assert data["about"]["licence"] == "CC-BY-4.0"
    assert "releases.csv" in [each.name for each in renderer.data_files()]


# The guide for editors -----------------------------------------------------------------------------------


def test_what_the_guide_shows_passes_the_checks(tmp_path: Path) -> None:
    """Its examples of people, checks, reports and statements, put into a project that has what they name."""
    guide = (PROJECT / "content/editing.md").read_text(encoding="utf-8").partition("## Who you are")[2].replace("papp2021returning", "doe2020aims")
    people, checked, report, said = re.findall("```yaml\n(.*?)```", guide.replace("[entre]", "[north-star]"), re.DOTALL)
    star = "north-star:\n  name: North Star\n  summary: A programme [@doe2020aims, p. 1].\n"
    files = {
        "data/people.yaml": people + people[: people.index("  interests")].replace("AB:", "CD:").replace("Anna", "Chris"),
        "data/programmes.yaml": star + "".join(f"  {line}\n" for line in (said + checked).splitlines()),
        "data/corrections.yaml": report,
    }
    library, problems = load_library(toy.write(tmp_path, files), today=date(2028, 1, 1))
    assert [as_text(problem) for problem in problems] == []
    assert (list(library.people), len(library.corrections)) == (["AB", "CD"], 1)
    assert library.items["north-star"].record.owner_statements
