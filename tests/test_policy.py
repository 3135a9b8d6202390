"""The Content-Security-Policy: exact to the scripts of the theme, and closed to everything else."""

from __future__ import annotations

import base64
import hashlib

import pytest
from bs4 import BeautifulSoup

from site_fixtures import soup_of
from waymark.adapters.policy import with_policy

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>x</title>
<script>first=1</script><script src="a.js"></script><script type="application/json">{"data": 1}</script></head>
<body><script>second="</scr"+"ipt>";
third()</script><script>first=1</script><script id="x" async>fourth = `é`</script></body></html>"""


def directives(soup: BeautifulSoup) -> dict[str, list[str]]:
    """The policy of a parsed page, by directive."""
    (meta,) = soup.select("head > meta[http-equiv=Content-Security-Policy]")
    parts = [part.split() for part in str(meta["content"]).split(";") if part.strip()]
    assert len({name for name, *_ in parts}) == len(parts), "a directive that is written twice counts once"
    return {name: values for name, *values in parts}


def inline_scripts(soup: BeautifulSoup) -> list[str]:
    """The scripts that a browser would run from the page itself."""
    data = ("application/json", "application/ld+json")
    return [str(script.string) for script in soup.select("script") if not script.has_attr("src") and script.get("type") not in data]


def hash_of(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def allowed(soup: BeautifulSoup) -> set[str]:
    return set(directives(soup)["script-src"]) - {"'self'"}


def test_exactly_the_inline_scripts_of_the_page_are_allowed() -> None:
    soup = soup_of(with_policy(PAGE))
    assert len(inline_scripts(soup)) == 4
    assert allowed(soup) == {hash_of(script) for script in inline_scripts(soup)}
    assert "'self'" in directives(soup)["script-src"]


def test_a_script_put_in_later_is_not_allowed() -> None:
    soup = soup_of(with_policy(PAGE).replace("<body>", "<body><script>evil()</script>"))
    assert [script for script in inline_scripts(soup) if hash_of(script) not in allowed(soup)] == ["evil()"]


@pytest.mark.parametrize(
    "evil", ["<script>evil()</script>", "<script >evil()</script>", "<p>x</p><script id=x>evil()</script>", "<SCRIPT>evil()</SCRIPT>", "<script>evil()"]
)
def test_a_script_in_the_text_of_a_page_is_not_allowed(evil: str) -> None:
    page = PAGE.replace("<body>", f"<body><article>{evil}</article>")
    assert hash_of("evil()") not in allowed(soup_of(with_policy(page, evil)))
    assert allowed(soup_of(with_policy(page, evil))) == allowed(soup_of(with_policy(PAGE)))


def test_nothing_opens_the_policy() -> None:
    policy = directives(soup_of(with_policy(PAGE)))
    values = {value for values in policy.values() for value in values}
    assert not values & {"'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "*", "http:", "https:"}
    assert not [value for value in values if "//" in value], "no other host"
    assert policy["default-src"] == ["'self'"]
    assert policy["object-src"] == ["'none'"]
    assert policy["base-uri"] == ["'self'"]
    assert policy["form-action"] == ["'self'"]
    assert "data:" not in policy["script-src"]


def test_the_policy_stands_before_anything_it_must_rule() -> None:
    soup = soup_of(with_policy(PAGE))
    assert soup.head is not None
    names = [(tag.name, tag.get("http-equiv")) for tag in soup.head.find_all(True)]
    assert names[:2] == [("meta", None), ("meta", "Content-Security-Policy")]


@pytest.mark.parametrize("charset", ['<meta charset="utf-8">', '<meta charset="UTF-8"/>', "<META charset=utf-8 />"])
def test_the_character_set_may_be_written_in_any_way(charset: str) -> None:
    directives(soup_of(with_policy(PAGE.replace('<meta charset="utf-8">', charset))))


def test_a_text_without_a_head_is_left_alone() -> None:
    assert with_policy("<p>Just a piece</p>") == "<p>Just a piece</p>"
