"""The citation grammar."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.citations import Citation, code_spans, find_citations, is_locator, is_within, to_text


def read(text: str) -> list[list[Citation]]:
    return [list(group.citations) for group in find_citations(text)[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("no citation, a@b.org", []),
        ("[@a1]", [[Citation("a1")]]),
        ("x [@a1, p. 3] y [@b2, pp. 3–5].", [[Citation("a1", "p. 3")], [Citation("b2", "pp. 3–5")]]),
        ("[@a1, p. 3; @b2, ¶ 4]", [[Citation("a1", "p. 3"), Citation("b2", "¶ 4")]]),
        ("[@a1, via @b2, p. 7]", [[Citation("a1", "", "b2", "p. 7")]]),
        ("[@a1, p. 3, via @b2, p. 7]", [[Citation("a1", "p. 3", "b2", "p. 7")]]),
        ("[@a1, p. 3, fn 2]", [[Citation("a1", "p. 3, fn 2")]]),
        ("[@a1, p. 3; disputed by @b2, p. 4]", [[Citation("a1", "p. 3"), Citation("b2", "p. 4", stance="disputes")]]),
        ("[qualified by @b2, p. 4]", [[Citation("b2", "p. 4", stance="qualifies")]]),
        ("[@a1, slide “One; two, [three] @four”]", [[Citation("a1", "slide “One; two, [three] @four”")]]),
        ('[@a1, slide "One; two"; @b2, p. 1]', [[Citation("a1", 'slide "One; two"'), Citation("b2", "p. 1")]]),
        ("[@a1,\n  slide “One\n  two”]", [[Citation("a1", "slide “One two”")]]),
        ("[@a:b-c.d_e, p. 1]", [[Citation("a:b-c.d_e", "p. 1")]]),
        ("`[@a1]` [@b2, p. 1]", [[Citation("b2", "p. 1")]]),
        ("```\n[@a1]\n```\n[@b2, p. 1]", [[Citation("b2", "p. 1")]]),
        ("A lone ` sign [@a1, p. 1].\n\nAnother ` sign.", [[Citation("a1", "p. 1")]]),
    ],
)
def test_find(text: str, expected: list[list[Citation]]) -> None:
    """What a text cites."""
    assert expected == read(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[@a1 p. 3]", "[@a1 p. 3]"),
        ("see [@]", "[@]"),
        ("[@a1, p. 3; ]", "[@a1, p. 3; ]"),
        ("[@a1, p. 3", "[@a1, p. 3"),
        ("[@a1, p. 3\nand on", "[@a1, p. 3"),
        ("[@1a, p. 3]", "[@1a, p. 3]"),
        ("[@a1, via @]", "[@a1, via @]"),
        ("[@a1, slide “One]", "[@a1, slide “One]"),
    ],
)
def test_broken(text: str, expected: str) -> None:
    """What opens like a citation and is none is named."""
    groups, broken = find_citations(text)
    assert ([], [expected]) == (groups, [each.text for each in broken])


def test_places() -> None:
    """Groups and citations know where they stand."""
    text = "One [@a1, p. 3;\n disputed by @b2, p. 4] two [@ c]."
    (group,), (broken,) = find_citations(text)
    assert text[group.start : group.end] == "[@a1, p. 3;\n disputed by @b2, p. 4]"
    assert [text[each.start : each.start + 3] for each in group.citations] == ["@a1", "@b2"]
    assert text[broken.start :][:5] == "[@ c]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("p. 3", True),
        ("pp. 3–5", True),
        ("fn 12", True),
        ("slide “Title”", True),
        ("¶ 2", True),
        ("Table 1", True),
        ("abstract", True),
        ("Key findings ¶ 1", True),
        ("web page", True),
        ("3", False),
        ("page 3", False),
        ("p 3", False),
        ("personally", False),
        ("figures", False),
        ("", False),
    ],
)
def test_is_locator(text: str, expected: bool) -> None:
    """A locator starts with one of the known words."""
    assert expected == is_locator(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a `b` c", ["`b`"]),
        ("`` a ` b ``", ["`` a ` b ``"]),
        ("` a `` b", []),
        ("` a\n\nb `", []),
        (r"\` a ` b", []),
        ("```\na\n```\nb", ["```\na\n```"]),
        ("~~~ x\n`a\n```\n~~~\n`b`", ["~~~ x\n`a\n```\n~~~", "`b`"]),
        ("```\nnever closed", ["```\nnever closed"]),
        ("``` a ``` b", ["``` a ```"]),
    ],
)
def test_code_spans(text: str, expected: list[str]) -> None:
    """Code between backticks and between fences, as CommonMark sees it."""
    assert expected == [text[start:end] for start, end in code_spans(text)]


@pytest.mark.parametrize(("offset", "expected"), [(0, False), (2, True), (4, True), (5, False), (8, True), (99, False)])
def test_is_within(offset: int, expected: bool) -> None:
    """The end of a stretch is outside."""
    assert expected == is_within([(2, 5), (7, 9)], offset)


KEYS = st.from_regex(r"[A-Za-z][A-Za-z0-9_:.-]{0,12}", fullmatch=True)
LOCATORS = st.sampled_from(["", "p. 3", "pp. 3–5, fn 2", "slide “One; [two] @ three”", 'sec. "Aims, ends"', "¶ 2"])


@st.composite
def citations(draw: st.DrawFn) -> Citation:
    via = draw(st.one_of(st.just(""), KEYS))
    stance = draw(st.sampled_from(["supports", "qualifies", "disputes"]))
    return Citation(draw(KEYS), draw(LOCATORS), via, draw(LOCATORS) if via else "", stance)


@given(st.lists(citations(), min_size=1, max_size=4), st.text(alphabet="ab .\n”*"), st.text(alphabet="ab .\n”*"))
def test_round_trip(cited: list[Citation], before: str, after: str) -> None:
    """What is written is read back, whatever stands around it."""
    text = f"{before}[{'; '.join(to_text(each) for each in cited)}]{after}"
    groups, broken = find_citations(text)
    assert ([cited], []) == ([list(group.citations) for group in groups], broken)
    assert [(len(before), len(text) - len(after))] == [(group.start, group.end) for group in groups]


@given(st.text(alphabet='[]@;,“”"` ~\nab via p. 3\\disputed by', max_size=200) | st.text())
def test_any_text(text: str) -> None:
    """No text makes the reader stumble, and groups stand in order without overlap."""
    groups, broken = find_citations(text)
    edges = [edge for group in groups for edge in (group.start, group.end)]
    assert edges == sorted(edges)
    assert all(text.startswith("[", each.start) and text.startswith(each.text, each.start) for each in broken)
    assert all(text.startswith(f"@{citation.key}", citation.start) for group in groups for citation in group.citations)


@pytest.mark.parametrize(
    "text",
    [
        "[@a, " + "“x”" * 6000 + " @]",
        "[@“" * 6000,
        "[@a " * 5000,
        "[@a, " + ", " * 10000 + "]",
        "[@a" + ", via @b" * 2500 + "]",
        "[@a" + ";@b" * 6000 + "]",
        "[qualified by " * 1400 + "@",
        "".join("`" * (number % 90 + 1) + " " for number in range(500)),
        "[@a, " + " " * 20000 + "x@]",
    ],
    ids=range(9),
)
def test_hostile_text_is_read_at_once(text: str) -> None:
    """No pattern here can be made to try for ever."""
    begun = time.process_time()
    find_citations(text)
    assert time.process_time() - begun < 0.5
