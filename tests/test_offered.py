"""What a built site offers to link to."""

from __future__ import annotations

from pathlib import Path

from waymark.moved import at_former_address
from waymark.offered import read_ids, read_offers

PAGE = """<!doctype html><html><head><meta charset="utf-8"></head><body><form id="search"><input id="words"></form>
<a href="#start" class="skip">Skip</a><h1 id="top">Title</h1><a href="#top">Up</a>
<h2 id="start">Start<a class="headerlink" href="#start">¶</a></h2>
<dl><dt id="term">Term</dt><dd id="meaning">Its meaning</dd></dl>
<table><tr id="finding-1"><th>x</th></tr></table>
<svg><symbol id="stage-1"/><use href="#stage-1"/></svg>
<ul><li id="ref-doe">Doe</li></ul><a href="#nowhere">broken</a><a href="../other/#part">elsewhere</a>
</body></html>"""


def write(site: Path, address: str, html: str) -> None:
    (site / address).mkdir(parents=True, exist_ok=True)
    (site / address / "index.html").write_text(html, encoding="utf-8")


def test_places_are_what_the_page_itself_leads_to_and_terms_and_rows(tmp_path: Path) -> None:
    write(tmp_path, "a/", PAGE)
    write(tmp_path, "", "<h1>Home</h1>")
    (tmp_path / "404.html").write_text(PAGE, encoding="utf-8")
    assert read_offers(tmp_path) == {"": (), "a/": ("start", "term", "finding-1")}


def test_files_of_the_whole_are_offered_and_those_of_one_record_are_not(tmp_path: Path) -> None:
    for address in ("", "open-data/", "terms/", "terms/exit/"):
        write(tmp_path, address, "<h1>x</h1>")
    write(tmp_path, "changes/2026-11/", PAGE)
    assert read_offers(tmp_path)["changes/2026-11/"] == (), "a copy without history has none of its places"
    for name in ("feed.xml", "terms/page.js", "sitemap.xml", "open-data/terms.csv", "terms/feed.xml", "terms/exit/exit.json", "assets/x.js", "search/x.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    files = {address for address in read_offers(tmp_path) if address and not address.endswith("/")}
    assert files == {"feed.xml", "open-data/terms.csv", "terms/feed.xml"}
    assert (read_ids(tmp_path, "feed.xml"), read_ids(tmp_path, "open-data/none.csv")) == (frozenset(), None)


def test_a_former_address_is_not_offered_anew(tmp_path: Path) -> None:
    write(tmp_path, "a/", at_former_address(PAGE, '<base href="../b/"><meta name="waymark-moved" content="../b/">', "<p>Moved</p>"))
    write(tmp_path, "b/", PAGE)
    assert list(read_offers(tmp_path)) == ["b/"]
    assert read_ids(tmp_path, "a/") == read_ids(tmp_path, "b/"), "but all its places are there"


def test_ids_of_a_page(tmp_path: Path) -> None:
    write(tmp_path, "a/", PAGE)
    assert read_ids(tmp_path, "a/") == {"search", "words", "top", "start", "term", "meaning", "finding-1", "stage-1", "ref-doe"}
    assert read_ids(tmp_path, "b/") is None
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert read_ids(tmp_path, "file/") is None
