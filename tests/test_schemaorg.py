"""Records and files in the words of schema.org."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from site_fixtures import TODAY, TOY_SITE, Shown
from waymark.kinds import KINDS
from waymark.library import Library
from waymark.pages import Site
from waymark.render import Renderer
from waymark.schemaorg import record_json_ld

BASE = TOY_SITE.url


def test_the_page_of_a_programme(toy_pages: dict[str, Shown]) -> None:
    found = toy_pages["programmes/lamp-house/"].page.json_ld
    assert found == {
        **{"@context": "https://schema.org", "@type": "Article", "@id": f"{BASE}programmes/lamp-house/", "url": f"{BASE}programmes/lamp-house/"},
        **{"name": 'The "Lamp" House & Sons <one>', "headline": 'The "Lamp" House & Sons <one>', "description": "A house with a lamp."},
        **{"inLanguage": "en", "dateModified": "2020-01-03", "license": "https://creativecommons.org/licenses/by/4.0/"},
        "author": {"@type": "Organization", "name": "Toy & Co editors"},
        "publisher": {"@type": "Organization", "name": "Toy & Co"},
        "isPartOf": {"@type": "Dataset", "@id": f"{BASE}open-data/", "name": "Toy & Co: open data"},
        "about": {"@type": "Project", "name": 'The "Lamp" House & Sons <one>'},
        "encoding": {"@type": "MediaObject", "encodingFormat": "application/json", "contentUrl": f"{BASE}programmes/lamp-house/lamp-house.json"},
        "citation": [f"{BASE}references/roe2010lamp/"],
    }


@pytest.mark.parametrize(
    ("kind", "type", "about"),
    [
        ("programme", "Article", "Project"),
        ("theory", "Article", "Thing"),
        ("factor", "Article", "Thing"),
        ("tool", "Article", "Thing"),
        ("organisation", "Article", "Organization"),
        ("term", "Article", "DefinedTerm"),
        ("question", "Article", "Question"),
        ("statistic", "Dataset", None),
        ("exercise", "LearningResource", None),
    ],
)
def test_types(toy_library: Library, kind: str, type: str, about: str | None) -> None:
    """A page is an article about something; it is the thing itself only where all of it stands on the page."""
    for item in toy_library.of_kind(kind):
        found = record_json_ld(item, TOY_SITE, BASE, "", ())
        assert (found["@type"], found.get("about", {}).get("@type")) == (type, about)


def test_a_life_is_no_event(real_library: Library) -> None:
    for item in real_library.of_kind("case"):
        about = record_json_ld(item, TOY_SITE, BASE, "", ()).get("about")
        assert (about is None) is (item.record.event in (None, "life story"))  # type: ignore[attr-defined]


def test_every_citation_leads_to_a_page(toy_pages: dict[str, Shown]) -> None:
    for address, shown in toy_pages.items():
        if address.split("/")[0] in {kind.plural for kind in KINDS.values()} and address.count("/") == 2:
            assert shown.page.json_ld["citation"], address
            assert {each.removeprefix(BASE) for each in shown.page.json_ld["citation"]} <= toy_pages.keys()


def test_without_an_address_links_lead_from_the_page(toy_library: Library) -> None:
    page = Renderer(toy_library, Site()).record(toy_library.items["lamp-house"])
    assert page.json_ld["url"] == "../../programmes/lamp-house/"
    assert page.json_ld["citation"] == ["../../references/roe2010lamp/"]


def test_the_dataset_names_every_file(toy_library: Library) -> None:
    renderer = Renderer(toy_library, replace(TOY_SITE, version="1.2.3", day=TODAY))
    page = next(page for page in renderer.pages() if page.address == "open-data/")
    assert (page.json_ld["@type"], page.json_ld["version"], page.json_ld["dateModified"]) == ("Dataset", "1.2.3", "2020-06-01")
    assert [each["contentUrl"] for each in page.json_ld["distribution"]] == [f"{BASE}{file.download.address}" for file in renderer.data_files()]


def test_all_pages_in_one_file(toy_library: Library, toy_pages: dict[str, Shown], tmp_path: Path) -> None:
    """The same as in the heads of the pages, after the dataset that they are part of."""
    (file,) = (file for file in Renderer(toy_library, TOY_SITE).data_files() if file.name == "waymark.jsonld")
    file.download.write(tmp_path / file.name)
    data = json.loads((tmp_path / file.name).read_text(encoding="utf-8"))
    dataset, *records = data["@graph"]
    assert (data["@context"], dataset["@type"], dataset["@id"]) == ("https://schema.org", "Dataset", f"{BASE}open-data/")
    wanted = [toy_pages[f"{item.kind.plural}/{item.id}/"].page.json_ld for item in toy_library.items.values()]
    assert records == [{name: value for name, value in each.items() if name != "@context"} for each in wanted]
