"""The canonical form of the bibliography."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import toy
from waymark.bibliography import FIELDS, read_bibliography
from waymark.canonical_bib import canonical_bib

BEFORE = """\
% about the file

@string{x = "Long"}
@comment{ as it is }
% about the entry
@Article{doe2020,
\ttitle={Two
     lines},   YEAR = 2020, author = "Doe, {J}ane" ,
  journal = x # { and more}}


@book{roe2021, title={Ends}
}
% last
"""
AFTER = """\
% about the file

@string{x = "Long"}

@comment{ as it is }

% about the entry
@article{doe2020,
  author = "Doe, {J}ane",
  year = 2020,
  title = {Two
     lines},
  journal = x # { and more},
}

@book{roe2021,
  title = {Ends},
}

% last
"""


def test_form() -> None:
    """One field a line, in order; values, remarks and abbreviations as they were."""
    assert canonical_bib(BEFORE) == AFTER
    assert canonical_bib(AFTER) == AFTER


@pytest.mark.parametrize(
    "text",
    ["@book{a, title = {x}, title = {y}}\n", "@book{a, title = {x}\n\n@book{b, title = {y}}\n", "@book{a, title = {x},\n % said\n year = {2000}}\n"],
    ids=["a field twice", "a brace never closed", "a remark between fields"],
)
def test_left_alone(text: str) -> None:
    """Where an entry cannot be read for certain, nothing is moved."""
    assert canonical_bib(text) is None


@given(st.data())
@settings(max_examples=60)
def test_nothing_is_lost(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Whatever the order and form, the same entries are read; to do it twice changes nothing."""
    entries = []
    for number in range(data.draw(st.integers(1, 3))):
        names = data.draw(st.lists(st.sampled_from(FIELDS), unique=True))
        values = [data.draw(st.sampled_from(["{a}", '"b {c} d"', "{e,\n  f}", "{% g}", "2020", "{{H} = i}"])) for _ in names]
        gap = data.draw(st.sampled_from(["\n", "  ", "\n\n\t"]))
        fields = f",{gap}".join(f"{name}{gap.strip(chr(10))}={value}" for name, value in zip(names, values, strict=True))
        entries.append(f"{data.draw(st.sampled_from(['', '% said' + chr(10)]))}@{data.draw(st.sampled_from(['book', 'Online']))}{{key{number},{gap}{fields}}}")
    text = data.draw(st.sampled_from(["\n", "\n\n\n"])).join(entries)
    made = canonical_bib(text)
    assert made is not None
    assert made == canonical_bib(made)
    read = []
    for each in (text, made):
        path = tmp_path_factory.getbasetemp() / "x.bib"
        path.write_text(each, encoding="utf-8")
        read.append({key: (entry.type, dict(entry.fields)) for key, entry in read_bibliography(path, "x.bib", toy.TODAY)[0].items()})
    assert read[0] == read[1]
    assert text.count("% said") == made.count("% said")
