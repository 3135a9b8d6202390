"""What owners say is theirs: it is shown as a quotation and counts for nothing. The mistakes are in `problems/`."""

from __future__ import annotations

from dataclasses import replace

from bs4 import BeautifulSoup

from site_fixtures import TOY_SITE, Shown, soup_of, words_of
from waymark.evidence import profile_of
from waymark.library import Item, Library
from waymark.owners import owner_faults
from waymark.pages import Site
from waymark.problems import Code
from waymark.render import Renderer
from waymark.statements import verdict

DOOR = "programmes/open-door/"


def silent(library: Library) -> Item:
    """The record without what its owner says."""
    item = library.items["open-door"]
    return replace(item, record=item.record.model_copy(update={"owner_statements": ()}))


def test_the_text_may_pass_a_verdict_and_the_words_around_it_may_not(toy_library: Library) -> None:
    record = toy_library.items["open-door"].record
    said = record.owner_statements[0]
    assert verdict(said.text), "the toy owner does use such words"
    assert not list(owner_faults(record))
    for name in ("by", "role"):
        ours = record.model_copy(update={"owner_statements": (said.model_copy(update={name: "an effective club"}),)})
        assert [(fault.code, fault.loc) for fault in owner_faults(ours)] == [(Code.VERDICT, ("owner_statements", 0, name))]


def test_it_feeds_nothing(toy_library: Library) -> None:
    """Neither the evidence profile nor the statements, citations or links of the record."""
    item = toy_library.items["open-door"]
    assert item.record.owner_statements
    assert profile_of(item.record, toy_library.bibliography) == profile_of(silent(toy_library).record, toy_library.bibliography)
    assert not [each for each in item.statements if each.loc[0] == "owner_statements"]


def test_it_stands_apart_as_a_quotation(toy_library: Library, toy_pages: dict[str, Shown]) -> None:
    soup = toy_pages[DOOR].soup
    boxes = soup.select("figure.wm-owner")
    assert [str(box["id"]) for box in boxes] == ["owner-statement-1", "owner-statement-2"]
    assert words_of(boxes[0].figcaption) == 'Disagrees with part of this page. The "Door" Society, runs the programme, on 4 March 2020:'
    assert words_of(boxes[1].figcaption).startswith("Confirms this page.")
    # All of the owner's words are inside the quotation, and nothing else of the page holds them.
    quotes = [box.blockquote for box in boxes]
    assert "proven" in words_of(quotes[0])
    for quote in quotes:
        quote.extract()  # type: ignore[union-attr]
    assert "proven" not in words_of(soup)
    assert "They are not ours" in words_of(soup)
    toy_pages[DOOR] = Shown(toy_pages[DOOR].page, soup_of(toy_pages[DOOR].page.html))  # as it was, for others


def test_a_dissent_is_said_at_the_top(toy_library: Library, toy_pages: dict[str, Shown]) -> None:
    notice = next(each for each in toy_pages[DOOR].soup.select(".wm-notice") if "disagrees" in words_of(each))
    assert notice.a["href"] == "#owner"  # type: ignore[index]
    one = toy_library.items["open-door"]
    content = one.record.model_copy(update={"owner_statements": one.record.owner_statements[1:]})
    page = Renderer(toy_library, TOY_SITE).record(replace(one, record=content))
    assert "The owner disagrees" not in page.html


def test_the_search_shows_it_in_quotation_marks(toy_pages: dict[str, Shown]) -> None:
    found = next(each for each in toy_pages[DOOR].page.search if each.anchor == "owner")
    assert found.text.startswith('The "Door" Society: “Our doors are proven')


def test_an_address_is_a_link_and_a_letter_is_not(toy_pages: dict[str, Shown]) -> None:
    first, second = (box.select("p.wm-basis") for box in toy_pages[DOOR].soup.select("figure.wm-owner"))
    assert first[0].a["href"] == "https://door.example/statement"  # type: ignore[index]
    assert not second[0].a


def test_owners_are_asked_where_there_are_owners(toy_library: Library) -> None:
    """The link leads to the form, with the address of the page filled in, as that host expects it."""
    renderer = Renderer(toy_library, Site("Toy", "https://toy.example/base/", source="https://code.example/toy/site"))

    def links(id: str) -> list[str]:
        soup: BeautifulSoup = soup_of(renderer.record(toy_library.items[id]).html)
        return [str(link["href"]) for link in soup.select(".wm-about a") if "issues/new" in str(link["href"])]

    form = "https://code.example/toy/site/issues/new?template=owner-statement.yml&page="
    assert links("tea-hour") == [f"{form}https%3A%2F%2Ftoy.example%2Fbase%2Fpractices%2Ftea-hour%2F"]
    assert links("lonely-evenings") == [], "nobody owns a factor"
