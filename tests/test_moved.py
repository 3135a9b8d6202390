"""The page at a former address."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from waymark.moved import MARK, at_former_address, stands_at_former_address

HEAD, NOTICE = '<base href="../new/">', "<p>Moved</p>"


@pytest.mark.parametrize("policy", ["", '<meta http-equiv="Content-Security-Policy" content="default-src \'self\'">'])
def test_the_base_stands_before_any_address_and_the_notice_before_the_title(policy: str) -> None:
    page = f'<html><head><meta charset="utf-8">{policy}<link href="x"></head><body><article><h1 id="top">T</h1><h1>U</h1></article></body></html>'
    soup = BeautifulSoup(at_former_address(page, HEAD, NOTICE), "html5lib")
    assert [each.name for each in soup.head.find_all(True)][-2:] == ["base", "link"]  # type: ignore[union-attr]
    assert [each.name for each in soup.article.find_all(True)] == ["p", "h1", "h1"]  # type: ignore[union-attr]


def test_such_a_page_is_known_again() -> None:
    page = '<html><head><meta charset="utf-8"></head><body><h1>T</h1></body></html>'
    assert not stands_at_former_address(page)
    assert stands_at_former_address(at_former_address(page, f'<meta name="{MARK}" content="../new/">', NOTICE))


def test_what_is_no_whole_page_is_left_alone() -> None:
    assert at_former_address("<p>x</p>", HEAD, NOTICE) == "<p>x</p>"
    assert at_former_address('<meta charset="utf-8">x', HEAD, NOTICE) == f'<meta charset="utf-8">{HEAD}x'
