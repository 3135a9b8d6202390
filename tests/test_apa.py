"""References against the patterns of the APA Manual (7th edition, chapter 10; most are its own examples, some shortened), citations against its chapter 8."""

from __future__ import annotations

import html
import re

import pytest

from waymark.apa import References
from waymark.bibliography import Entry
from waymark.citations import Citation

TWENTY_ONE = " and ".join(f"Author, {letter}." for letter in "ABCDEFGHIJKLMNOPQRSTU")

# What the Manual calls it, the entry, and the reference; *…* is what stands in italics.
EXAMPLES = [
    (
        "journal article with a DOI (10.1)",
        "article",
        {
            "author": "McCauley, Stewart M. and Christiansen, Morten H.",
            "year": "2019",
            "title": "Language learning as language use: A cross-linguistic model of child language development",
            "journal": "Psychological Review",
            "volume": "126",
            "number": "1",
            "pages": "1-51",
            "doi": "10.1037/rev0000126",
            "url": "https://example.org/copy",
        },
        "McCauley, S. M., & Christiansen, M. H. (2019). Language learning as language use: A cross-linguistic model of child language development. "
        "*Psychological Review*, *126*(1), 1–51. https://doi.org/10.1037/rev0000126",
    ),
    (
        "journal article with 21 authors (9.8)",
        "article",
        {"author": TWENTY_ONE, "year": "2019", "title": "The SubX", "journal": "Bulletin", "volume": "100", "number": "10", "pages": "2043--2060"},
        f"{', '.join(f'Author, {letter}.' for letter in 'ABCDEFGHIJKLMNOPQRS')}, … Author, U. (2019). The SubX. *Bulletin*, *100*(10), 2043–2060.",
    ),
    (
        "journal article with an article number (9.27)",
        "article",
        {
            "author": "Burin, Dalila and Pia, Lorenzo",
            "year": "2019",
            "title": "Body ownership increases the interference between observed and executed movements",
            "journal": "PLOS ONE",
            "volume": "14",
            "number": "1",
            "pages": "e0209899",
            "doi": "10.1371/journal.pone.0209899",
        },
        "Burin, D., & Pia, L. (2019). Body ownership increases the interference between observed and executed movements. "
        "*PLOS ONE*, *14*(1), Article e0209899. https://doi.org/10.1371/journal.pone.0209899",
    ),
    (
        "journal article with missing information (9.26)",
        "article",
        {"author": "Stegmeir, M.", "year": "2016", "title": "Climate change", "journal": "The Journal of College Admission", "number": "3"},
        "Stegmeir, M. (2016). Climate change. *The Journal of College Admission*, (3).",
    ),
    (
        "journal article in another language (9.38)",
        "article",
        {
            "author": "Chaves-Morillo, Virginia",
            "year": "2018",
            "title": "La ansiedad olfativa",
            "titleaddon": "Olfactory anxiety",
            "journal": "Clínica y Salud",
            "volume": "29",
            "number": "2",
            "pages": "85-92",
        },
        "Chaves-Morillo, V. (2018). La ansiedad olfativa [Olfactory anxiety]. *Clínica y Salud*, *29*(2), 85–92.",
    ),
    (
        "newspaper article (10.1)",
        "article",
        {
            "author": "Guarino, Ben",
            "year": "2017",
            "date": "2017-12-04",
            "title": "How will humanity react to alien life? Psychologists have some predictions",
            "journal": "The Washington Post",
            "url": "https://www.washingtonpost.com/news/alien-life",
        },
        "Guarino, B. (2017, December 4). How will humanity react to alien life? Psychologists have some predictions. "
        "*The Washington Post*. https://www.washingtonpost.com/news/alien-life",
    ),
    (
        "article of a journal, of which the day is known; two issues in one (10.1)",
        "article",
        {"author": "Doe, Jane", "year": "2020", "date": "2020-04-16", "title": "Title", "journal": "Journal", "volume": "7", "number": "3-4", "pages": "1-9"},
        "Doe, J. (2020). Title. *Journal*, *7*(3–4), 1–9.",
    ),
    (
        "page in a magazine, which names no publisher (10.1)",
        "online",
        {"author": "Lenz, Ryan", "year": "2016", "date": "2016-02", "title": "Life", "journal": "Report", "publisher": "Centre", "url": "https://example.org/"},
        "Lenz, R. (2016, February). Life. *Report*. https://example.org/",
    ),
    (
        "title that ends with a quotation (6.7)",
        "online",
        {"author": "Amin, Mohammed", "year": "2012", "title": "Review of “Radical”", "publisher": "Site", "url": "https://example.org/"},
        "Amin, M. (2012). *Review of “Radical.”* Site. https://example.org/",
    ),
    (
        "title that is a quotation with a mark of its own (6.7)",
        "article",
        {"author": "Amin, Mohammed", "year": "2012", "title": "“Why?”", "journal": "Journal"},
        "Amin, M. (2012). “Why?” *Journal*.",
    ),
    (
        "two authors without initials (9.8)",
        "online",
        {"author": "{Metro} and {Belga}", "year": "2019", "title": "Title", "url": "https://example.org/"},
        "Metro & Belga. (2019). *Title*. https://example.org/",
    ),
    (
        "article whose authors are not known (9.12)",
        "online",
        {"year": "2025", "title": "Tools: A review", "journal": "Journal of Tools", "volume": "12", "number": "1", "pages": "1-22", "doi": "10.1037/tam1"},
        "Tools: A review. (2025). *Journal of Tools*, *12*(1), 1–22. https://doi.org/10.1037/tam1",
    ),
    (
        "authored book with an edition (10.2)",
        "book",
        {
            "author": "Brown, Laura S.",
            "year": "2018",
            "title": "Feminist therapy",
            "edition": "2nd ed.",
            "series": "Not named",
            "publisher": "American Psychological Association",
        },
        "Brown, L. S. (2018). *Feminist therapy* (2nd ed.). American Psychological Association.",
    ),
    (
        "edited book (10.2)",
        "book",
        {
            "editor": "{Hacker Hughes}, Jamie",
            "year": "2017",
            "title": "Military veteran psychological health and social care: Contemporary approaches",
            "publisher": "Routledge",
        },
        "Hacker Hughes, J. (Ed.). (2017). *Military veteran psychological health and social care: Contemporary approaches*. Routledge.",
    ),
    (
        "several editors and a question as the title",
        "book",
        {"editor": "Doe, Jane and Roe, Max", "year": "2017", "title": "Who leaves?", "publisher": "Press"},
        "Doe, J., & Roe, M. (Eds.). (2017). *Who leaves?* Press.",
    ),
    (
        "book in another language (9.38)",
        "book",
        {
            "author": "Piaget, Jean and Inhelder, Bärbel",
            "year": "1966",
            "title": "La psychologie de l'enfant",
            "titleaddon": "The psychology of the child",
            "publisher": "Quadrige",
        },
        "Piaget, J., & Inhelder, B. (1966). *La psychologie de l'enfant* [The psychology of the child]. Quadrige.",
    ),
    (
        "book published by its author (9.29)",
        "book",
        {
            "author": "{American Psychiatric Association}",
            "year": "2013",
            "title": "Diagnostic manual",
            "edition": "5th ed.",
            "publisher": "American Psychiatric Association",
        },
        "American Psychiatric Association. (2013). *Diagnostic manual* (5th ed.).",
    ),
    (
        "chapter in an edited book (10.3)",
        "incollection",
        {
            "author": "Weinstock, Robert and Leong, Gregory B. and Silva, J. Arturo",
            "editor": "Rosner, Richard",
            "year": "2003",
            "title": "Defining forensic psychiatry: Roles and responsibilities",
            "booktitle": "Principles and practice of forensic psychiatry",
            "edition": "2nd ed.",
            "pages": "7-13",
            "publisher": "CRC Press",
        },
        "Weinstock, R., Leong, G. B., & Silva, J. A. (2003). Defining forensic psychiatry: Roles and responsibilities. "
        "In R. Rosner (Ed.), *Principles and practice of forensic psychiatry* (2nd ed., pp. 7–13). CRC Press.",
    ),
    (
        "chapter in a book with three editors (10.3)",
        "incollection",
        {
            "author": "Aron, Lisa",
            "editor": "Subotnik, Rena F. and Olszewski-Kubilius, Paula and Worrell, Frank C.",
            "year": "2019",
            "title": "Culinary arts: Talent and their development",
            "booktitle": "The psychology of high performance",
            "pages": "345-359",
            "publisher": "American Psychological Association",
        },
        "Aron, L. (2019). Culinary arts: Talent and their development. In R. F. Subotnik, P. Olszewski-Kubilius, & F. C. Worrell (Eds.), "
        "*The psychology of high performance* (pp. 345–359). American Psychological Association.",
    ),
    (
        "chapter in a book whose editors were not seen",
        "incollection",
        {"author": "Doe, Jane", "year": "2016", "title": "Exit", "booktitle": "Disaster forensics", "publisher": "Springer"},
        "Doe, J. (2016). Exit. In *Disaster forensics*. Springer.",
    ),
    (
        "report by a government agency (10.4)",
        "report",
        {
            "author": "{National Cancer Institute}",
            "year": "2018",
            "date": "2018-03-30",
            "title": "Facing forward: Life after cancer treatment",
            "series": "NIH Publication",
            "number": "18-2424",
            "institution": "U.S. Department of Health and Human Services, National Institutes of Health",
            "url": "https://www.cancer.gov/life-after-treatment.pdf",
        },
        "National Cancer Institute. (2018). *Facing forward: Life after cancer treatment* (NIH Publication No. 18-2424). "
        "U.S. Department of Health and Human Services, National Institutes of Health. https://www.cancer.gov/life-after-treatment.pdf",
    ),
    (
        "report by persons with several publishers (10.4, 9.29)",
        "report",
        {
            "author": "Baral, Pratima and Larsen, Mette",
            "year": "2019",
            "title": "Does money grow on trees? Restoring finance",
            "institution": "Atlantic Council; Other Council",
        },
        "Baral, P., & Larsen, M. (2019). *Does money grow on trees? Restoring finance*. Atlantic Council; Other Council.",
    ),
    (
        "policy brief with a number of its own (10.4)",
        "report",
        {
            "author": "Harwell, M.",
            "year": "2018",
            "title": "Don't expect too much",
            "number": "RR-441",
            "type": "Policy brief",
            "institution": "University of Minnesota",
        },
        "Harwell, M. (2018). *Don't expect too much* (RR-441) [Policy brief]. University of Minnesota.",
    ),
    (
        "report with a kind and a bare number (10.4)",
        "report",
        {"author": "Benbassa, Esther", "year": "2017", "title": "Les politiques", "type": "Information report", "number": "633", "institution": "Sénat"},
        "Benbassa, E. (2017). *Les politiques* (Information report No. 633). Sénat.",
    ),
    (
        "report without an author: the body that published it (9.11)",
        "report",
        {"year": "2020", "title": "Country reports", "institution": "International Centre"},
        "International Centre. (2020). *Country reports*.",
    ),
    (
        "conference session over several days (10.5)",
        "unpublished",
        {
            "author": "Fistek, Amanda and Jester, Emma and Sonnenberg, Kathryn",
            "year": "2017",
            "date": "2017-07-12/2017-07-15",
            "title": "Everybody's got a little music in them",
            "type": "Conference session",
            "eventtitle": "Autism Society National Conference",
            "address": "Milwaukee, WI, United States",
            "url": "https://asa.confex.com/Session9517.html",
        },
        "Fistek, A., Jester, E., & Sonnenberg, K. (2017, July 12–15). *Everybody's got a little music in them* [Conference session]. "
        "Autism Society National Conference, Milwaukee, WI, United States. https://asa.confex.com/Session9517.html",
    ),
    (
        "thesis in an archive (10.6)",
        "thesis",
        {
            "author": "Hutcheson, Virginia H.",
            "year": "2012",
            "title": "Dealing with dual differences",
            "type": "Master's thesis",
            "institution": "The College of William & Mary",
            "publisher": "William & Mary Digital Archive",
            "url": "https://digitalarchive.wm.edu/2012.pdf",
        },
        "Hutcheson, V. H. (2012). *Dealing with dual differences* [Master's thesis, The College of William & Mary]. "
        "William & Mary Digital Archive. https://digitalarchive.wm.edu/2012.pdf",
    ),
    (
        "unpublished manuscript (10.8)",
        "unpublished",
        {
            "author": "Yoo, Jiah and Ryff, Carol",
            "year": "2016",
            "title": "Linking positive affect to blood lipids",
            "publisher": "Department of Psychology, University of Wisconsin–Madison",
        },
        "Yoo, J., & Ryff, C. (2016). *Linking positive affect to blood lipids* [Unpublished manuscript]. "
        "Department of Psychology, University of Wisconsin–Madison.",
    ),
    (
        "slides on a site (10.14)",
        "unpublished",
        {
            "author": "Housand, Brian",
            "year": "2016",
            "title": "Game on! Integrating games",
            "type": "PowerPoint slides",
            "publisher": "SlideShare",
            "url": "https://www.slideshare.net/game-on",
        },
        "Housand, B. (2016). *Game on! Integrating games* [PowerPoint slides]. SlideShare. https://www.slideshare.net/game-on",
    ),
    (
        "work without title and date: our description, not in italics (9.17, 9.22)",
        "unpublished",
        {"author": "Durnescu, Ioan", "title": "[Slides on why and how people disengage]", "type": "Slides"},
        "Durnescu, I. (n.d.). [Slides on why and how people disengage].",
    ),
    (
        "page of a news site (10.16)",
        "online",
        {
            "author": "Bologna, Caroline",
            "year": "2019",
            "date": "2019-10-31",
            "title": "Why some people love horror",
            "publisher": "HuffPost",
            "url": "https://www.huffpost.com/entry/1",
        },
        "Bologna, C. (2019, October 31). *Why some people love horror*. HuffPost. https://www.huffpost.com/entry/1",
    ),
    (
        "page of a body, dated to the month (10.16)",
        "online",
        {
            "author": "{World Health Organization}",
            "year": "2018",
            "date": "2018-03",
            "title": "Questions and answers",
            "publisher": "World Health Organization",
            "url": "https://www.who.int/84/en/",
        },
        "World Health Organization. (2018, March). *Questions and answers*. https://www.who.int/84/en/",
    ),
    (
        "page that changes, with the day it was read (9.16)",
        "online",
        {
            "author": "{U.S. Census Bureau}",
            "title": "U.S. and world population clock",
            "publisher": "U.S. Department of Commerce",
            "url": "https://www.census.gov/popclock/",
            "urldate": "2020-01-09",
        },
        "U.S. Census Bureau. (n.d.). *U.S. and world population clock*. U.S. Department of Commerce. Retrieved January 9, 2020, from https://www.census.gov/popclock/",
    ),
    (
        "recommendation of an international body, with its parent as publisher (9.11)",
        "legal",
        {
            "author": "{Committee of Ministers of the Council of Europe}",
            "year": "2006",
            "date": "2006-01-11",
            "title": "Recommendation Rec(2006)2",
            "publisher": "Council of Europe",
        },
        "Committee of Ministers of the Council of Europe. (2006). *Recommendation Rec(2006)2*. Council of Europe.",
    ),
    (
        "body with a comma and an `and` in its name; parent named already",
        "report",
        {"author": "{Council of Europe, Courts and Prisons}", "year": "2016", "title": "Handbook", "institution": "Council of Europe"},
        "Council of Europe, Courts and Prisons. (2016). *Handbook*.",
    ),
    (
        "names: prefix, two surnames, hyphen, suffix (9.8, 9.9)",
        "article",
        {
            "author": "van der Heide, Liesbeth and {Leonard Boyle}, Emma and Lafrenière, Marc-André K. and King, Jr., Martin",
            "year": "2019",
            "title": "Names",
            "journal": "Journal",
        },
        "van der Heide, L., Leonard Boyle, E., Lafrenière, M.-A. K., & King, M., Jr. (2019). Names. *Journal*.",
    ),
    (
        "further authors whose names were not seen",
        "article",
        {"author": "Carthy, Sarah L. and others", "year": "2020", "title": "Counter-narratives", "journal": "Journal"},
        "Carthy, S. L., et al. (2020). Counter-narratives. *Journal*.",
    ),
]


def shown(fields: dict[str, str], kind: str) -> str:
    """The reference as plain text, with asterisks for italics."""
    reference = References({"key": Entry("key", kind, fields)})["key"]
    marked = reference.html.replace("<em>", "*").replace("</em>", "*")
    plain = html.unescape(re.sub(r"<[^>]+>", "", marked))
    assert plain.replace("*", "") == reference.text
    return plain


@pytest.mark.parametrize(("kind", "fields", "expected"), [each[1:] for each in EXAMPLES], ids=[each[0] for each in EXAMPLES])
def test_reference(kind: str, fields: dict[str, str], expected: str) -> None:
    assert shown(fields, kind) == expected


def works(**entries: tuple[str, str, str]) -> References:
    """References of works that have only authors, a year or date, and a title."""
    made = {}
    for key, (author, when, title) in entries.items():
        fields = {
            "author": author,
            "year": when[:4],
            "date": when if len(when) > 4 else "",
            "title": title,
            "publisher": "Press",
            "url": "https://example.org/",
        }
        made[key] = Entry(key, "online", fields)
    return References(made)


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Papp, Susanna Z.", "Papp, 2021"),
        ("Papp, Susanna Z. and Örell, Robert", "Papp & Örell, 2021"),
        ("Papp, Susanna Z. and Örell, Robert and Doe, Jane", "Papp et al., 2021"),
        ("Papp, Susanna Z. and others", "Papp et al., 2021"),
        ("{Confederation of European Probation}", "Confederation of European Probation, 2021"),
    ],
)
def test_authors_in_a_citation(author: str, expected: str) -> None:
    """8.17: one or two authors by name, of three and more the first."""
    assert works(key=(author, "2021", "Title")).in_text(Citation("key")) == expected


def test_letters_follow_the_date_and_then_the_title() -> None:
    """8.19 and 9.47; `The` does not count."""
    found = works(
        day=("{Home Office}", "2018-11-05", "Alpha"),
        year=("{Home Office}", "2018", "The zebra"),
        before=("{Home Office}", "2018", "Answers"),
        other=("{Home Office}", "2019", "Answers"),
        undated=("{Home Office}", "", "B"),
        undated_too=("{Home Office}", "", "A"),
    )
    years = {key: found[key].year for key in ("before", "year", "day", "other", "undated_too", "undated")}
    assert years == {"before": "2018a", "year": "2018b", "day": "2018c", "other": "2019", "undated_too": "n.d.-a", "undated": "n.d.-b"}
    assert found["day"].text.startswith("Home Office. (2018c, November 5).")


def test_different_first_authors_of_one_surname_get_initials() -> None:
    """8.20: also where the years differ; the same person does not count twice."""
    found = works(
        jonathan=("Hall, Jonathan", "2020", "A"),
        andrea=("Hall, Andrea and Kenyon, Jonathan and Carter, Adam", "2025", "B"),
        horgan=("Horgan, John", "2008", "C"),
        horgan_too=("Horgan, John G.", "2009", "D"),
    )
    assert [found[key].who for key in ("jonathan", "andrea", "horgan", "horgan_too")] == ["J. Hall", "A. Hall et al.", "Horgan", "Horgan"]


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        (["A and B and C and D and E", "A and C and D and E"], ["A, B, et al.", "A, C, et al."]),
        (["A and B and C and D and E", "A and B and D and E and F"], ["A, B, C, et al.", "A, B, D, et al."]),
        (["A and B and C", "A and B and D"], ["A, B, & C", "A, B, & D"]),
        (["A and B and C", "A and B and C"], ["A et al.", "A et al."]),
        (["A and B", "A and C and D"], ["A & B", "A et al."]),
        (["A and B and C and D", "A and others"], ["A, B, et al.", "A et al."]),
    ],
)
def test_as_many_authors_as_tell_works_apart(authors: list[str], expected: list[str]) -> None:
    """8.18: names, not letters, unless the authors are the same; “et al.” stands for two or more."""
    found = works(**{f"key{place}": (names, "2021", "Title") for place, names in enumerate(authors)})
    assert [found[f"key{place}"].who for place in range(len(authors))] == expected
    assert {found[f"key{place}"].year for place in range(len(authors))} == ({"2021"} if len(set(authors)) > 1 else {"2021a", "2021b"})


def test_work_known_through_another() -> None:
    """8.6."""
    found = works(read=("Papp, Susanna Z. and Örell, Robert", "2021", "A"), reported=("Basra, Rajan and Neumann, Peter R.", "2020", "B"))
    citation = Citation("reported", "p. 28", via="read", via_locator="p. 17")
    assert found.in_text(citation) == "Basra & Neumann, 2020, p. 28, as cited in Papp & Örell, 2021, p. 17"


def test_order_of_a_reference_list() -> None:
    """9.44 to 9.48: one author before several, second authors by name, undated works first, accents do not count."""
    expected = {
        "basra": ("Basra, Rajan", "2020", "A"),
        "guardian": ("{The Guardian}", "2019", "A"),
        "orell_undated": ("Örell, Robert", "", "A"),
        "orell": ("Örell, Robert", "2021", "A"),
        "orell_maiberg": ("Örell, Robert and Maiberg, Heidi and Zed, Ann", "2001", "A"),
        "orell_papp": ("Örell, Robert and Papp, Susanna", "2000", "A"),
        "otto": ("Otto, Ann", "1999", "A"),
    }
    found = works(**dict(reversed(expected.items())))
    assert [each.key for each in found.sorted(list(expected))] == list(expected)


def test_markup_in_a_field_is_text() -> None:
    fields = {"author": "{<b>Body</b>}", "title": "<script>1 & 2</script>", "url": "https://example.org/?a=1&b=2"}
    found = References({"key": Entry("key", "online", fields)})["key"]
    assert "<script>" not in found.html
    assert "<b>" not in found.html
    assert '<a href="https://example.org/?a=1&amp;b=2">' in found.html


@pytest.mark.parametrize("written", ["30 July 2018", "2018-13", "2018-02-30", "", "soon"])
def test_a_date_that_is_none_is_left_out(written: str) -> None:
    assert "(2018)." in shown({"author": "Doe, Jane", "year": "2018", "date": written, "title": "Title", "url": "https://example.org/"}, "online")
