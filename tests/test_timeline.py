"""What changed from day to day: from a small repository, whole and shallow, to pages and a feed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

import toy
from repositories import Repository
from site_fixtures import TODAY, TOY_SITE, soup_of, words_of
from waymark.adapters.past import history_of
from waymark.days import day_of
from waymark.library import Library, load_library
from waymark.render import Renderer
from waymark.timeline import Day, Event, History, from_plain, shown_subject, to_plain

PROGRAMMES = toy.BASE["data/programmes.yaml"]
FINDING = "  evidence:\n    - {source: '[@doe2020aims, p. 9]', question: delivery, kind: process study, finding: It was done.}\n"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Four days of the base project, the second with two commits and the third with a branch that is merged."""
    found = Repository(tmp_path / "project")
    found.commit(dict(toy.BASE), "Beginning", "2026-01-01")
    found.commit({"data/programmes.yaml": PROGRAMMES.replace("North Star", "Nrth Star")}, "A slip", "2026-01-02")
    found.commit({"data/programmes.yaml": PROGRAMMES + "  status: running\n"}, "Status <b> of ada@secret.example", "2026-01-02")
    found.git("tag", "v1")
    found.git("checkout", "-q", "-b", "work")
    found.commit({"data/programmes.yaml": PROGRAMMES + "  status: pilot\n"}, "Try", "2026-01-03")
    found.commit({"data/programmes.yaml": PROGRAMMES + FINDING + "  status: running\n"}, "A finding", "2026-01-03")
    found.git("checkout", "-q", "main")
    found.git("merge", "-q", "--no-ff", "work", "-m", "Merge the finding", day="2026-01-03T13:00:00+0000")
    found.commit(
        {
            "data/practices/ask-why.yaml": None,
            "data/practices/ask-how.yaml": toy.BASE["data/practices/ask-why.yaml"].replace("Ask why", "Ask how") + "former_ids: [ask-why]\n",
            "data/references.bib": toy.BASE["data/references.bib"] + toy.BASE["data/references.bib"].replace("doe2020aims", "roe2021ends"),
            "content/more.md": "# More\n",
        },
        "Renamed",
        "2026-01-01",  # the clock of this computer goes wrong
    )
    found.commit({"tools/x.sh": "x"}, "Nothing that readers see", "2026-01-09")
    return found


def said(history: History) -> list[tuple[str, list[tuple[str, str, str]]]]:
    return [(day.day, [(each.sort, each.id, each.words) for each in day.events]) for day in history.days]


def test_days(repository: Repository, tmp_path: Path) -> None:
    """A day is compared with the evening before: a slip that was mended, and a branch that was tried, are not seen."""
    history = history_of(repository.folder, tmp_path)
    assert (history.is_whole, history.why, history.since) == (True, "", "")
    third, second, first = said(history)
    assert third == (
        "2026-01-03",
        [("changed", "north-star", "Coded findings: 1 added"), ("renamed", "ask-how", "Name: “Ask why” → “Ask how”"), ("added", "more", "")],
    )
    assert second == ("2026-01-02", [("changed", "north-star", "Status: “running” added")])
    assert first[0] == "2026-01-01"
    assert {sort for sort, _, _ in first[1]} == {"added"}
    assert [day.works for day in history.days] == [(("roe2021ends",), (), ()), ((), (), ()), (("doe2020aims",), (), ())]
    assert [day.releases for day in history.days] == [(), ("v1",), ()]
    assert [[step.subject for step in day.steps] for day in history.days[:2]] == [
        ["Renamed", "Merge the finding"],
        ["Status <b> of (address left out)", "A slip"],
    ]


def test_labels(repository: Repository) -> None:
    """The day on which a label turned says so, with the finding that did it."""
    (event, *_) = history_of(repository.folder, None).of("programme", "north-star")
    assert event.labels == ("Delivery: “unknown” → “examined” (finding 1 on delivery, doe2020aims, p. 9 added)",)


def test_former_ids(repository: Repository) -> None:
    """What happened to a record under its old id belongs to its history."""
    assert [each.sort for each in history_of(repository.folder, None).of("practice", "ask-how", ("ask-why",))] == ["renamed", "added"]


def test_kept(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Days are compared once; what was kept and what is made afresh are the same; a file that somebody damaged is made again."""
    first = history_of(repository.folder, tmp_path)
    files = sorted(tmp_path.glob("*.json"))
    assert len(files) == 3
    monkeypatch.setattr("waymark.days.day_of", lambda *_: pytest.fail("compared again"))
    assert history_of(repository.folder, tmp_path) == first
    monkeypatch.undo()
    files[0].write_text("{", encoding="utf-8")
    assert history_of(repository.folder, tmp_path) == first
    assert history_of(repository.folder, None) == first


def test_shallow(repository: Repository, tmp_path: Path) -> None:
    """A shallow copy does not take what was there before for new, and says what it lacks."""
    repository.git("clone", "-q", "--depth", "3", f"file://{repository.folder}", str(tmp_path / "shallow"))
    history = history_of(tmp_path / "shallow", None)
    assert not history.is_whole
    assert "git fetch --unshallow" in history.why
    assert [(day, [(sort, id) for sort, id, _ in events]) for day, events in said(history)] == [("2026-01-03", [("renamed", "ask-how"), ("added", "more")])]
    assert history.since == "2026-01-03"


def test_many_days(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a limit the oldest days are left to the repository."""
    monkeypatch.setattr("waymark.adapters.past.MOST_DAYS", 1)
    history = history_of(repository.folder, None)
    assert [day.day for day in history.days] == ["2026-01-03"]
    assert (history.is_whole, history.since) == (False, "2026-01-02")


@pytest.mark.parametrize("make", [lambda folder: None, lambda folder: Repository(folder)])
def test_no_history(make: Callable[[Path], object], tmp_path: Path) -> None:
    """Without git, or without a commit, there is no history, and a reason."""
    make(tmp_path)
    history = history_of(tmp_path, None)
    assert (history.days, history.is_whole) == ((), False)
    assert history.why.startswith(("This folder is not a git repository", "git: ", "Nothing is committed yet."))
    assert "HEAD" not in history.why


def test_files_that_cannot_be_read() -> None:
    """A file that is broken on one side tells nothing of its records; the other files do."""
    texts = {"a": b"x: {name: X}\n", "broken": b"x: [", "c": b"name: C\n", "huge": b"#" * 3_000_000}
    before = {"data/programmes.yaml": "broken", "data/terms.yaml": "a", "data/tools.yaml": "huge", "data/README.md": "c", "data/odd/x.yaml": "c"}
    day = day_of("2026-01-01", before, {"data/programmes.yaml": "a", "data/practices/c.yaml": "c"}, texts.__getitem__)
    assert [(each.sort, each.kind, each.id) for each in day.events] == [("added", "practice", "c"), ("removed", "term", "x")]
    assert from_plain(json.loads(json.dumps(to_plain(day)))) == day


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (b"a: {name: A}\nb: {name: B}\n", b"b: {name: B}\na: {name: A}\n", []),
        (b"a:\n  name: A\n# note\nb:\n  name: B\n", b"# a note\na:\n  name: A\nb:\n  name: B\n", []),
        (
            b"a:\n  name: A\n  summary: |-\n    text\n\n    b: x\n",
            b"a:\n  name: A\n  summary: |-\n    text\n\n    b: y\n",
            ["Summary: 1 sentence added, 1 sentence removed"],
        ),
        (b"? a\n: {name: A}\n", b"a: {name: B}\n", ["Name: \u201cA\u201d \u2192 \u201cB\u201d"]),
        (b"a: {name: A}\na: {name: B}\n", b"a: {name: B}\n", ["Name: \u201cA\u201d \u2192 \u201cB\u201d"]),
        (b"", b"a: {name: A}\n", [""]),
    ],
)
def test_files_of_many_records(before: bytes, after: bytes, expected: list[str]) -> None:
    """Only records whose lines differ are read; the outcome is as if all were."""
    texts = {"before": before, "after": after}
    day = day_of("2026-01-01", {"data/terms.yaml": "before"}, {"data/terms.yaml": "after"}, texts.__getitem__)
    assert [each.words for each in day.events] == expected


def test_moved_to_a_folder() -> None:
    """Records that move from one file to a file each have not changed."""
    texts = {"all": b"a: {name: A}\nb: {name: B}\n", "a": b"name: A\n", "b": b"name: B2\n"}
    day = day_of("2026-01-01", {"data/terms.yaml": "all"}, {"data/terms/a.yaml": "a", "data/terms/b.yaml": "b"}, texts.__getitem__)
    assert [(each.sort, each.id, each.words) for each in day.events] == [("changed", "b", "Name: “B” → “B2”")]


@pytest.mark.parametrize(
    ("subject", "shown"),
    [
        ("Plain words", "Plain words"),
        ("By a.b+c@mail.example.org and @ada, #3", "By (address left out) and @ada, #3"),
        ("a\u202eb\tc", "a b c"),
        ("x" * 500, "x" * 159 + "…"),
    ],
)
def test_subjects(subject: str, shown: str) -> None:
    """The words of a commit are shown without addresses, invisible signs and excess."""
    assert shown_subject(subject) == shown


# Pages ---------------------------------------------------------------------------------------------


def test_pages(toy_project: Path, tmp_path: Path) -> None:
    """The record says what changed; the months have a page each, and a feed leads to them; nobody's address is anywhere."""
    repository = Repository(toy_project)
    repository.commit(subject="Beginning of <toys>", day="2020-01-05")
    text = (toy_project / "data/practices/tea-hour.yaml").read_text(encoding="utf-8")
    repository.commit({"data/practices/tea-hour.yaml": text.replace("region: Kent", "region: Kent & <Surrey>")}, "Wider, says ada@secret.example", "2020-02-06")
    library, _ = load_library(toy_project, today=TODAY)
    renderer = Renderer(library, replace(TOY_SITE, source="https://code.example/toy"))
    renderer.history = history_of(toy_project, None)
    pages = {draft.address: soup_of(draft.make().html) for draft in renderer.drafts() if draft.address.startswith(("changes/", "practices/tea-hour/"))}
    about = words_of(pages["practices/tea-hour/"].select_one(".wm-about"))
    assert "Changes to this page 6 February 2020: Region: “Kent” → “Kent & <Surrey>”. 5 January 2020: Added. All changes; all versions of the file" in about
    assert [link["href"] for link in pages["changes/"].select("li a") if "2020-" in link["href"]] == ["../changes/2020-02/", "../changes/2020-01/"]
    assert not pages["changes/"].select(".wm-notice")
    row = pages["changes/2020-02/"].select_one("tr[id]")
    assert row["id"] == "2020-02-06-practice-tea-hour"
    assert [words_of(cell) for cell in row.find_all(["th", "td"])] == [
        "Tea hour",
        "practice",
        "changed",
        "6 February 2020",
        "Region: “Kent” → “Kent & <Surrey>”",
    ]
    assert row.a["href"] == "../../practices/tea-hour/"
    assert "Beginning of <toys>" in words_of(pages["changes/2020-01/"])
    assert not [page for page in pages.values() if "secret.example" in str(page)]
    (feed,) = [each for each in renderer.files() if each.address == "changes/feed.xml"]
    feed.write(tmp_path / "feed.xml")
    ids = [each.text for each in ElementTree.parse(tmp_path / "feed.xml").iter("{http://www.w3.org/2005/Atom}id")]
    assert ids[:2] == ["https://toy.example/base/changes/feed.xml", "https://toy.example/base/changes/2020-02/#2020-02-06-practice-tea-hour"]


def test_built(real_site: Path) -> None:
    """The site as built has the chronicle, and each record its history, or says why not."""
    about = words_of(soup_of((real_site / "programmes/back-on-track/index.html").read_text(encoding="utf-8")).select_one(".wm-about"))
    page = soup_of((real_site / "changes/index.html").read_text(encoding="utf-8"))
    assert "Changes to this page" in about
    if "This copy does not know them." in about:
        assert page.select_one(".wm-notice")
    else:
        month = page.select("#months + ul a")[0]["href"]
        assert soup_of((real_site / "changes" / month / "index.html").read_text(encoding="utf-8")).select("tbody tr")


def page_of(library: Library, history: History, address: str) -> BeautifulSoup:
    renderer = Renderer(library, TOY_SITE)
    renderer.history = history
    return soup_of(next(draft for draft in renderer.drafts() if draft.address == address).make().html)


def test_what_is_not_known(toy_library: Library) -> None:
    """A copy without history says so, and how to get it; one with a part of it says from when on."""
    nothing = History(why="This folder is not a git repository.")
    assert "Not known. This folder is not a git repository." in words_of(page_of(toy_library, nothing, "changes/"))
    assert "This copy does not know them. What this copy knows of changes" in words_of(page_of(toy_library, nothing, "practices/tea-hour/"))
    part = History(why="Shallow.", since="2020-01-05")
    assert "Not complete. Shallow. Changes are known from 5 January 2020 on. Nothing has changed yet." in words_of(page_of(toy_library, part, "changes/"))
    assert "No change since 5 January 2020." in words_of(page_of(toy_library, part, "practices/tea-hour/"))


def test_many_of_a_kind(toy_library: Library) -> None:
    """Records that are added together share a row; one that is no longer there is named without a link."""
    terms = [Event("2020-01-05", "term", f"t{number}", f"T{number}", "added") for number in range(9)]
    others = [
        Event("2020-01-05", "tool", "gone", "Gone <one>", "removed"),
        Event("2020-01-05", "practice", "tea-hour", "Old name", "changed", "", "Name changed"),
    ]
    history = History((Day("2020-01-05", (*terms, *others), ((), (), ())),), True)
    rows = [[words_of(cell) for cell in row.find_all(["th", "td"])] for row in page_of(toy_library, history, "changes/2020-01/").select("tbody tr")]
    assert rows == [
        ["9 terms", "term", "added", "5 January 2020", "Which onesT0T1T2T3T4T5T6T7T8"],
        ["Gone <one>", "tool", "taken out", "5 January 2020", "–"],
        ["Tea hour", "practice", "changed", "5 January 2020", "Name changed"],
    ]


def test_a_month_with_very_many(toy_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its days have a page each, where the feed leads; the month's own page leads to them."""
    monkeypatch.setattr("waymark.chronicle.PAGE_LENGTH", 2)
    days = tuple(
        Day(f"2020-01-0{number}", tuple(Event(f"2020-01-0{number}", "term", f"t{each}", f"T{each}", "changed", "", "x") for each in range(2)), ((), (), ()))
        for number in (2, 1)
    )
    history = History(days, True)
    assert [link["href"] for link in page_of(toy_library, history, "changes/2020-01/").select("li a")] == [
        "../../changes/2020-01-02/",
        "../../changes/2020-01-01/",
    ]
    assert len(page_of(toy_library, history, "changes/2020-01-02/").select("tbody tr[id]")) == 2
