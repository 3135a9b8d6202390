"""Where works are used."""

from __future__ import annotations

from waymark.library import Library
from waymark.links import anchors_of
from waymark.usage import place_of, uses_of

PAGE_ANCHORS = {"", "at-a-glance", "related", "evidence", "disagreements"}


def test_every_citation_is_a_use(toy_library: Library) -> None:
    """No citation of a record or page is lost, and the work it is known through is used too."""
    uses = uses_of(toy_library)
    for item in toy_library.items.values():
        for statement in item.statements:
            for citation in statement.citations():
                anchor, where = place_of(item, statement.loc)
                assert any((use.id, use.anchor, use.where, use.place) == (item.id, anchor, where, citation.locator) for use in uses[citation.key])
                if citation.via:
                    assert any(use.id == item.id and use.for_work == citation.key for use in uses[citation.via])
    for page in toy_library.pages.values():
        for group in page.groups:
            for citation in group.citations:
                assert any(use.id == page.id for use in uses[citation.key])


def test_no_use_is_made_up(toy_library: Library) -> None:
    cited = {(citation.key, item.id) for item in toy_library.items.values() for citation in item.citations()}
    cited |= {(citation.via, item.id) for item in toy_library.items.values() for citation in item.citations() if citation.via}
    cited |= {(key, page.id) for page in toy_library.pages.values() for group in page.groups for each in group.citations for key in each.keys}
    assert {(key, use.id) for key, found in uses_of(toy_library).items() for use in found} == cited


def test_each_place_is_an_anchor_of_the_page(toy_library: Library) -> None:
    for item in toy_library.items.values():
        known = PAGE_ANCHORS | set(anchors_of(item.record)) | {f"disagreement-{number}" for number, _ in enumerate(item.record.disagreements, 1)}
        for statement in item.statements:
            anchor, where = place_of(item, statement.loc)
            assert anchor in known, statement.loc
            assert where
