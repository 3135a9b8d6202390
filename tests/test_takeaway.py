"""Works in the formats of reference managers: what we write, the libraries that people use read back."""

from __future__ import annotations

import json
from pathlib import Path

import bibtexparser
import pytest
import rispy

from waymark.bibliography import Entry
from waymark.library import Library
from waymark.takeaway import FORMATS, citation_meta, in_formats, to_bibtex, to_csl, to_json_ld, to_ris


def entry(type: str = "article", **fields: str) -> Entry:
    return Entry("key", type, {"title": "A {BIG} title", **fields})


ARTICLE = entry(
    author="van der Heide, Liesbeth and {Council of Europe} and King, Jr., Martin Luther and others",
    **{"year": "2018", "date": "2018-07-30", "journal": "Journal", "volume": "5", "number": "2", "pages": "1-9", "doi": "10.1/x", "known": "read in full"},
)


def test_bibtex_can_be_read_back() -> None:
    """With the fields as they are written, without those that only say how we know the work."""
    (read,) = bibtexparser.parse_string(to_bibtex(ARTICLE)).entries
    assert (read.key, read.entry_type) == ("key", "article")
    assert {field.key: field.value for field in read.fields} == {name: value for name, value in ARTICLE.fields.items() if name != "known"}


def test_bibtex_has_one_order_of_fields() -> None:
    """However an entry is written, its fields are given in the same order."""
    turned = Entry(ARTICLE.key, ARTICLE.type, dict(reversed(ARTICLE.fields.items())))
    assert to_bibtex(turned) == to_bibtex(ARTICLE)


def test_ris_can_be_read_back() -> None:
    (read,) = rispy.loads(to_ris(ARTICLE))
    assert read == {
        **{"type_of_reference": "JOUR", "id": "key", "title": "A BIG title", "year": "2018", "secondary_title": "Journal", "volume": "5", "number": "2"},
        **{"start_page": "1", "end_page": "9", "doi": "10.1/x", "authors": ["van der Heide, Liesbeth", "Council of Europe", "King, Martin Luther, Jr."]},
    }


def test_csl() -> None:
    assert to_csl(ARTICLE) == {
        **{"id": "key", "type": "article-journal", "title": "A BIG title", "issued": {"date-parts": [[2018, 7, 30]]}, "container-title": "Journal"},
        **{"volume": "5", "issue": "2", "page": "1-9", "DOI": "10.1/x"},
        "author": [
            {"family": "Heide", "given": "Liesbeth", "non-dropping-particle": "van der"},
            {"literal": "Council of Europe"},
            {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
        ],
    }


def test_csl_of_a_talk_a_thesis_and_a_body() -> None:
    """What styles need to print: the event, the kind of work, the day of reading, the body in the author's place."""
    talk = to_csl(entry("unpublished", eventtitle="Meeting", address="Paris", urldate="2020-01-09"))
    assert (talk["genre"], talk["event-title"], talk["event-place"], talk["accessed"]) == ("Presentation", "Meeting", "Paris", {"date-parts": [[2020, 1, 9]]})
    assert to_csl(entry("thesis"))["genre"] == "Doctoral dissertation"
    assert to_csl(entry("report", institution="Office"))["author"] == [{"literal": "Office"}]


@pytest.mark.parametrize(
    ("type", "fields", "csl", "schema"),
    [
        ("incollection", {"booktitle": "Book", "editor": "Roe, R."}, "chapter", "Chapter"),
        ("report", {"institution": "Office", "number": "7"}, "report", "Report"),
        ("online", {"journal": "Journal", "volume": "7"}, "article-journal", "WebPage"),
        ("article", {"journal": "The Post", "date": "2017-12-04"}, "article-newspaper", "ScholarlyArticle"),
        ("article", {"journal": "The Month", "date": "2017-12"}, "article-magazine", "ScholarlyArticle"),
        ("legal", {"author": "{Committee}", "publisher": "Council of Europe"}, "report", "CreativeWork"),
        ("online", {"publisher": "Site", "url": "https://x.example"}, "webpage", "WebPage"),
        ("legal", {"author": "{Belgium}"}, "legislation", "CreativeWork"),
        ("unpublished", {"eventtitle": "Meeting"}, "speech", "CreativeWork"),
        ("unpublished", {"author": "Doe, Jane"}, "manuscript", "CreativeWork"),
    ],
)
def test_types(type: str, fields: dict[str, str], csl: str, schema: str) -> None:
    made = entry(type, **fields)
    assert (to_csl(made)["type"], to_json_ld(made)["@type"]) == (csl, schema)
    assert rispy.loads(to_ris(made))[0]["title"] == "A BIG title"


def test_tags_for_a_page() -> None:
    """An author each, the date with slashes, first and last page apart."""
    found = citation_meta(ARTICLE)
    assert [value for name, value in found if name == "citation_author"] == ["van der Heide, Liesbeth", "Council of Europe", "King, Martin Luther, Jr."]
    assert dict(found) | {"citation_author": ""} == {
        **{"citation_title": "A BIG title", "citation_author": "", "citation_publication_date": "2018/07/30", "citation_journal_title": "Journal"},
        **{"citation_volume": "5", "citation_issue": "2", "citation_doi": "10.1/x", "citation_firstpage": "1", "citation_lastpage": "9"},
    }


def test_the_whole_library_in_each_format(real_library: Library, tmp_path: Path) -> None:
    """Each work once in each file, under the same key."""
    keys = sorted(real_library.bibliography)
    files = in_formats(real_library.bibliography.values())
    assert set(files) == {ending for ending, _ in FORMATS}
    assert sorted(each.key for each in bibtexparser.parse_string(files["bib"]).entries) == keys
    assert sorted(each["id"] for each in rispy.loads(files["ris"])) == keys
    assert sorted(each["id"] for each in json.loads(files["json"])) == keys
