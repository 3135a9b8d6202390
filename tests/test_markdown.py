"""Markdown of contributors to safe HTML."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from waymark.insets import Inset
from waymark.markdown import heading, raw_html, to_html, unsafe_address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One *two* **three**.", "<p>One <em>two</em> <strong>three</strong>.</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("[a](https://b.org)", '<p><a href="https://b.org">a</a></p>\n'),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>\n"),
        ("it's -- so", "<p>it’s – so</p>\n"),
        ("<b>x</b>", "<p><!-- raw HTML omitted -->x<!-- raw HTML omitted --></p>\n"),
        ("[a](javascript:alert(1))", '<p><a href="">a</a></p>\n'),
    ],
)
def test_to_html(text: str, expected: str) -> None:
    """CommonMark, without HTML and without addresses that run code."""
    assert expected == to_html(text)


@pytest.mark.parametrize(
    ("text", "insets", "expected"),
    [
        ("a XX b", [Inset(2, 4, "<i>q</i>")], "<p>a <i>q</i> b</p>\n"),
        ("XXYY", [Inset(2, 4, "<b>2</b>"), Inset(0, 2, "<b>1</b>")], "<p><b>1</b><b>2</b></p>\n"),
        ("a XXXX b", [Inset(2, 6, "<i>q</i>"), Inset(3, 5, "<b>no</b>")], "<p>a <i>q</i> b</p>\n"),
        ('[a](https://b.org "XX")', [Inset(19, 21, '<a href="x">q & "r"</a>')], '<p><a href="https://b.org" title="q &amp; &quot;r&quot;">a</a></p>\n'),
        ("&#xE000;0&#57345; XX", [Inset(18, 20, "<i>q</i>")], "<p>\ufffd0\ufffd <i>q</i></p>\n"),
        ("&#xE000;99&#xe001; XX", [Inset(19, 21, "<i>q</i>")], "<p>\ufffd99\ufffd <i>q</i></p>\n"),
    ],
)
def test_insets(text: str, insets: list[Inset], expected: str) -> None:
    """Ready HTML stands where it should, and nowhere else; nobody can forge its place."""
    assert expected == to_html(text, insets)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a <b>x</b>", "<b>"),
        ("<!-- x -->", "<!-- x -->"),
        ("<https://a.b> <i>x</i>", "<i>"),
        ("`<b>` <i>x</i>", "<i>"),
        ("<div\nx>y</div>", "<div"),
        ("1 < 2", ""),
        ("`<b>`", ""),
        ("<https://a.b>", ""),
        ("<me@a.org>", ""),
        (r"\<b>", ""),
        ("&lt;b>", ""),
        ("", ""),
    ],
)
def test_raw_html(text: str, expected: str) -> None:
    """HTML is named as it stands in the text; what only looks like it is let through."""
    assert expected == raw_html(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](javascript:b)", "javascript:b"),
        ("[a](JaVaScript:b)", "JaVaScript:b"),
        ("[a](data:text/html,b)", "data:text/html,b"),
        ("[a](//b.org)", "//b.org"),
        ("[a](/b)", "/b"),
        ("[a]\n\n[a]: vbscript:x", "vbscript:x"),
        ("<file:///etc/passwd>", "file:///etc/passwd"),
        ("[a](java&#115;cript:b)", "javascript:b"),
        ("![a](https://b.org/c.png)", "![a](https://b.org/c.png)"),
        ("![a][b]\n\n[b]: https://c.org", "![a][b]"),
        ("[![a](x.png)](https://b.org)", "![a](x.png)"),
        ("[a](https://b.org)", ""),
        ("[a](http://b.org)", ""),
        ("<mailto:a@b.org>", ""),
        ("`[a](javascript:b)`", ""),
        ("[a][rnr-model]", ""),
        ("", ""),
    ],
)
def test_unsafe_address(text: str, expected: str) -> None:
    """Only addresses of the web and of people; no pictures."""
    assert expected == unsafe_address(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A", "# A"),
        ("a\n\n## B ##\n\nc", "## B ##"),
        ("- # A", "- # A"),
        ("> a\n> ---", "> a"),
        ("A\n===", "A"),
        ("a\n\nB\n-\n", "B"),
        ("a\n\n---\n\nb", ""),
        ("rule #1", ""),
        ("#1", ""),
        ("```\n# a\n```", ""),
        ("    # a", ""),
        ("a - b\n- c", ""),
        ("", ""),
    ],
)
def test_heading(text: str, expected: str) -> None:
    """The line that would become a heading, and no other."""
    assert expected == heading(text)


NASTY = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "<svg/onload=x>",
    "&#x3C;script>",
    '"',
    "onclick=x",
    "`",
    "*",
    "\n",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "!",
    "&#xE000;",
    "0",
    "&#xE001;",
    "[a]: javascript:x",
    "XX",
    " ",
    "https://a.b",
    "\\",
    "data:text/html,x",
    "JAVA\tSCRIPT:x",
    '"XX"',
    "\ue000",
    "\ue001",
)


@given(st.lists(st.sampled_from(NASTY) | st.text(max_size=5), max_size=12).map("".join))
def test_nothing_dangerous_comes_through(text: str) -> None:
    """Whatever is written, a browser sees no script, no handler and no address that runs code."""
    insets = [Inset(found.start(), found.end(), '<a class="wm-link" href="../x/">words</a>') for found in re.finditer("XX", text)]
    rendered = to_html(text.replace("\ue000", "").replace("\ue001", ""), []) if not insets else to_html(text, insets)
    soup = BeautifulSoup(rendered, "html5lib")
    for tag in soup.find_all(True):
        assert tag.name not in ("script", "svg", "iframe", "object", "style", "form")
        assert not [name for name in tag.attrs if name.startswith("on")]
        for name in ("href", "src"):
            assert not re.match(r"\s*(javascript|vbscript|data:text)", tag.get(name, ""), re.IGNORECASE)


@given(st.text() | st.lists(st.sampled_from(NASTY)).map("".join))
def test_any_text(text: str) -> None:
    """No text makes the checks stumble, and what they name is not empty."""
    assert raw_html(text) is not None
    assert unsafe_address(text) is not None
    assert heading(text) is not None
    assert "<script" not in to_html(text)
