"""The canonical form of a file of records."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waymark.canonical import canonical_text, order_of_file, order_of_kind
from waymark.documents import data_of
from waymark.kinds import KINDS
from waymark.models import fields_of
from waymark.specimen import draft, example

ROOT = Path(__file__).parents[1]
PRACTICE = KINDS["practice"]
ONE, MANY = order_of_kind(PRACTICE, records=False), order_of_kind(PRACTICE, records=True)


def form(text: str, *, records: bool = False) -> str | None:
    return canonical_text(textwrap.dedent(text), MANY if records else ONE, records=records)[0]


CASES = {
    "order of fields": (
        """\
        # yaml-language-server: $schema=../schema/practice.json
        summary: >-
          One # not a remark
          two
        # about the name
        name: A   # the usual one
        checked: {against: [x], on: 2026-01-15}
        """,
        """\
        # yaml-language-server: $schema=../schema/practice.json
        # about the name
        name: A   # the usual one
        summary: >-
          One # not a remark
          two
        checked: {on: 2026-01-15, against: [x]}
        """,
    ),
    "indentation": (
        """\
        name: A
        steps:
        - title:   B
          text: |-
              - one

                two
        -   text: >-
             C
            title: D
            # in the item
        partners: "a
         b"
        """,
        """\
        name: A
        steps:
          - title:   B
            text: |-
              - one

                two
          - title: D
            text: >-
              C
            # in the item
        partners: "a
          b"
        """,
    ),
    "small maps": (
        """\
        evidence:
          # first
          - question: outcomes

            # of the source
            source: x
          # second
          - source: y
            question: harm
        basis:
          setting: b
          countries: a
        """,
        """\
        evidence:
          # first
          # of the source
          - source: x
            question: outcomes
          # second
          - source: y
            question: harm
        basis:
          countries: a
          setting: b
        """,
    ),
    "empty lines and ends": (
        """\


        name: A  \n


        summary: B
        # last words


        """,
        """\
        name: A

        summary: B
        # last words
        """,
    ),
    "switched-off fields": (
        """\
        name: A
        #short_name:

        summary: B
        #steps:
        #  - title:
        """,
        """\
        name: A
        #short_name:

        summary: B
        #steps:
        #  - title:
        """,
    ),
    "unknown fields": (
        """\
        colour: red
        shape: round
        name: A
        """,
        """\
        name: A
        colour: red
        shape: round
        """,
    ),
    "remarks that go on": (
        """\
        basis:
           setting: a      # one
                           # two
           countries: b
        """,
        """\
        basis:
          countries: b
          setting: a      # one
                          # two
        """,
    ),
    "remarks below one that is switched off": (
        """\
        checked:
            on: 2026-01-15
            # by: AB       # one
                           # two
                           # three
            # four
        """,
        """\
        checked:
          on: 2026-01-15
          # by: AB       # one
                         # two
                         # three
          # four
        """,
    ),
    "an empty line in a text": (
        """\
        steps:
        - text: |-
           a

           b
        """,
        """\
        steps:
          - text: |-
              a

              b
        """,
    ),
    "a long list in brackets": (
        """\
        countries: [DK,
           SE]
        name: A
        """,
        """\
        name: A
        countries: [DK,
           SE]
        """,
    ),
    "a text with its own indentation": (
        """\
        summary: |2-
            two further in
          text
        name: A
        """,
        """\
        name: A
        summary: |2-
            two further in
          text
        """,
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_form(text: str, expected: str) -> None:
    """Lines move to their place; values and remarks stay as they are."""
    assert textwrap.dedent(expected) == form(text)
    assert textwrap.dedent(expected) == form(expected)


def test_records_of_a_file() -> None:
    """The order of records is the editors'; one empty line stands between them, and what is switched off stays at the left edge."""
    text = """\
        # about the file

        b:
            summary: B
            name: b
        #    region:
        # about a
        a:
          name: a


        c:
          name: c
        """
    expected = """\
        # about the file

        b:
          name: b
          summary: B
        #    region:

        # about a
        a:
          name: a

        c:
          name: c
        """
    made = form(text, records=True)
    assert textwrap.dedent(expected) == made
    assert made == form(made, records=True)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- a\n", 1),
        ("{name: a}\n", 1),
        ("name: a\n? summary\n: a\n", 2),
        ("summary: |+\n  a\n\n\nname: b\n", 1),
        ("steps:\n  -\n    title: a\n", 2),
        ("name: a\nsteps:\n  - - a\n", 3),
        ("name: b\ncountries: [DK,\n  # remark\n  SE]\n", 2),
    ],
    ids=["a list", "all in brackets", "marked keys", "kept line ends", "a dash alone", "a list in a list", "a remark in brackets"],
)
def test_left_alone(text: str, line: int) -> None:
    """A form in which lines cannot be moved safely is not touched; the line is said."""
    assert canonical_text(text, ONE, records=False) == (None, line)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_what_we_write_is_canonical(kind: Any) -> None:
    """Drafts and examples are in the form that the command makes."""
    for text in (draft(kind, {}), draft(kind, {"name": "A"}), example(kind)):
        assert text == canonical_text(text, order_of_kind(kind, records=False), records=False)[0]
    text = f"# yaml-language-server: $schema=schema/{kind.plural}.json\n\n{example(kind, id='a')}\n{draft(kind, {'name': 'B'}, id='b')}"
    assert text == canonical_text(text, order_of_kind(kind, records=True), records=True)[0]


@pytest.mark.parametrize(
    ("name", "folder", "above", "first"),
    [
        ("a", "practices", (), "name"),
        ("programmes", "", (), ""),
        ("programmes", "", ("back-on-track",), "name"),
        ("programmes", "", ("back-on-track", "structure"), "title"),
        ("programmes", "", ("back-on-track", "checked"), "on"),
        ("programmes", "", ("back-on-track", "summary"), ""),
        ("programmes", "", ("back-on-track", "unknown"), ""),
        ("practices", "practices", (), "name"),
    ],
)
def test_order_of_files(name: str, folder: str, above: tuple[str, ...], first: str) -> None:
    """Each file of records has the order of its kind, and each small map in it its own."""
    found = order_of_file(name, folder)
    assert found is not None
    assert first == next(iter(found[0](above)), "")


def test_files_without_records() -> None:
    """Other files of data/ are left as their writers like them."""
    assert order_of_file("second-coding", "") is None
    assert order_of_file("a", "schema") is None


# Anything ----------------------------------------------------------------------------------------

WORDS = st.sampled_from(["a", "b c", "'# q: r'", '"x \\" y"', "[d, e]", "[d,\n      e]", "{}", "not reported", "''"])
BLOCKS = st.sampled_from([">-\n@one\n@# two\n@", "|-\n@one\n\n@  deeper\n@last", ">\n@one", "|\n@one\n\n"])
REMARKS = st.sampled_from(["", "", "", "# said", "\n", "\n\n# said\n# more", "#off:"])
SMALL = ("source", "question", "kind", "finding", "design", "unknown")


@st.composite
def records(draw: st.DrawFn) -> str:
    """A record with fields in any order, at any indentation, with remarks and empty lines anywhere between them."""
    fields = draw(st.lists(st.sampled_from([*fields_of(PRACTICE.model), "unknown"]), unique=True, min_size=1, max_size=8))
    lines: list[str] = []
    for name in fields:
        lines += _remark(draw, 0)
        if name in ("evidence", "relations"):
            lines.append(f"{name}:")
            at = draw(st.integers(0, 4))
            gap = " " * draw(st.integers(1, 3))
            for _ in range(draw(st.integers(1, 3))):
                inner = draw(st.lists(st.sampled_from(SMALL), unique=True, min_size=1, max_size=4))
                lines += _remark(draw, at)
                for number, key in enumerate(inner):
                    before = f"{' ' * at}-{gap}" if number == 0 else " " * (at + 1 + len(gap))
                    lines += _remark(draw, at + 1 + len(gap)) if number else []
                    lines += _valued(draw, before + key, at + 1 + len(gap))
        elif name in ("basis", "checked"):
            lines.append(f"{name}:")
            at = draw(st.integers(1, 5))
            for key in draw(st.lists(st.sampled_from(["setting", "countries", "on", "by"]), unique=True, min_size=1)):
                lines += [*_remark(draw, at), *_valued(draw, " " * at + key, at)]
        else:
            lines += _valued(draw, name, 0)
    return "\n".join([*lines, *_remark(draw, 0)]) + "\n"


def _remark(draw: st.DrawFn, at: int) -> Iterator[str]:
    for line in draw(REMARKS).split("\n"):
        yield " " * at + line if line else ""


def _valued(draw: st.DrawFn, head: str, at: int) -> list[str]:
    spaces = " " * (at + draw(st.integers(1, 4)))
    value = draw(WORDS | BLOCKS)
    tail = draw(st.sampled_from(["", "  ", "  # tail"])) if "\n" not in value else ""
    return (f"{head}:{' ' * draw(st.integers(1, 2))}" + value.replace("\n      ", "\n" + " " * (at + 6)).replace("@", spaces) + tail).split("\n")


@given(text=records())
@settings(max_examples=150)
def test_nothing_is_lost(text: str) -> None:
    """Whatever the order and indentation: the same values, the same remarks, the order of the model; and to do it twice changes nothing."""
    before = data_of(text)
    made = canonical_text(text, ONE, records=False)[0]
    if before is None:
        return
    assert made is not None
    assert before == data_of(made)
    assert remarks_in(text) == remarks_in(made)
    assert made == canonical_text(made, ONE, records=False)[0]
    wanted = [*fields_of(PRACTICE.model), "unknown"]
    assert list(data_of(made) or ()) == sorted(before, key=wanted.index)
    assert not made.endswith("\n\n")


def remarks_in(text: str) -> list[str]:
    return sorted(line[line.index("#") :].rstrip() for line in text.split("\n") if "#" in line)
