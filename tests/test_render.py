"""Page models of the toy library. What is asserted is what a browser would make of the HTML, never its spelling."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from site_fixtures import TODAY, TOY, TOY_SITE, Shown, soup_of, words_of
from waymark import pieces, render, tables, works
from waymark.citations import find_citations
from waymark.fields import NOT_REPORTED
from waymark.kinds import KINDS
from waymark.library import Library, load_library
from waymark.links import anchors_of, part_anchor, section_anchor
from waymark.models import fields_of, label_of, role_of
from waymark.pages import Page, Site
from waymark.prepared import COMPARED
from waymark.problems import Code
from waymark.relations import RELATIONS
from waymark.render import Renderer
from waymark.specimen import example

OPEN_DOOR, LAMP_HOUSE, BARE = "programmes/open-door/", "programmes/lamp-house/", "programmes/bare/"
STAGES, WALLS, ONE = "theories/harbour-stages/", "theories/four-walls/", "theories/one-piece/"
RULE, LONELY, COMPANY, TEA = "principles/kind-word-rule/", "factors/lonely-evenings/", "factors/good-company/", "practices/tea-hour/"
SCALE = "tools/door-scale/"
DOORS = "findings/doors-help/"
COLD = "practices/cold-tea/"
HAND_WRITTEN = {"", "method/", "responsible-use/", "editing/", "glossary/"}
"""Pages the templates may link to; whether the real ones are there is a question to the real site."""


def one(soup: BeautifulSoup | Tag, selector: str) -> Tag:
    found = soup.select(selector)
    assert len(found) == 1, f"{len(found)} elements for {selector}"
    return found[0]


def at(soup: BeautifulSoup, id: str) -> Tag:
    return one(soup, f'[id="{id}"]')


def section(soup: BeautifulSoup, anchor: str) -> BeautifulSoup:
    """What stands between a heading of level 2 and the next one."""
    heading = at(soup, anchor)
    assert heading.name == "h2"
    inside = []
    for sibling in heading.find_next_siblings():
        if sibling.name == "h2":
            break
        inside.append(str(sibling))
    return soup_of("".join(inside))


def facts(soup: BeautifulSoup) -> dict[str, tuple[str, str]]:
    return {words_of(row.th): tuple(words_of(cell) for cell in row.select("td")) for row in soup.select("table.wm-facts tbody tr")}  # type: ignore[misc]


def related(soup: BeautifulSoup) -> dict[str, list[tuple[str, str, str]]]:
    """Heading of a relation to (words, address, all that is said) of each neighbour."""
    return {
        words_of(term): [(words_of(each.a), each.a["href"], words_of(each)) for each in term.find_next_sibling("dd").select("li")]
        for term in soup.select("dl.wm-related > dt")
    }  # type: ignore[misc]


# The toy itself -----------------------------------------------------------------------------------


def test_the_toy_uses_every_kind_field_and_relation(toy_library: Library) -> None:
    for kind in KINDS.values():
        used = {name for item in toy_library.of_kind(kind.name) for name in fields_of(kind.model) if getattr(item.record, name)}
        common = {"short_name", "other_names", "limits", "disagreements", "owner_statements", "relations", "basis", "further_reading", "former_ids"}
        common |= {"former_anchors", "retired"}
        # A chart would make every build of the toy start the library that draws; test_charts.py adds one.
        assert used >= set(fields_of(kind.model)) - {"chart"} - (common if kind.name != "programme" else {"former_anchors", "retired"})
    assert any(item.record.retired and item.record.former_anchors for item in toy_library.items.values())
    assert {link.relation for links in toy_library.outgoing.values() for link in links} >= set(RELATIONS)


# All record pages ---------------------------------------------------------------------------------


def test_each_record_has_one_page_under_its_address(toy_library: Library, toy_pages: dict[str, Shown]) -> None:
    records = {f"{item.kind.plural}/{item.id}/" for item in toy_library.items.values()}
    works = {f"references/{key}/" for key in toy_library.bibliography}
    indexes = {*(f"{kind.plural}/" for kind in KINDS.values()), "references/", "references/all/"}
    wholes = {
        "changes/",
        "checks/",
        "disagreements/",
        "evidence-map/",
        "explorer/",
        "status/",
        "foundations/",
        "open-data/",
        "open-data/dictionary/",
        "people/",
        "corrections/",
    }
    comparisons = {"compare/", *(f"compare/{KINDS[kind].plural}/" for kind in COMPARED), "compare/programmes/doors-and-lamps/", "compare/theories/walls/"}
    forms = {"contribute/", *(f"contribute/{kind}/" for kind in KINDS)}
    assert toy_pages.keys() == records | works | indexes | wholes | comparisons | forms


def test_the_table_of_contents_lists_exactly_the_headings_of_the_page(toy_pages: dict[str, Shown]) -> None:
    for address, shown in toy_pages.items():
        on_page = []
        for heading in shown.soup.select("h2:not([hidden] *)"):  # what a script shows later has no place in it
            link = one(heading, f'a.headerlink[href="#{heading["id"]}"]')
            on_page.append((heading["id"], words_of(heading).removesuffix(words_of(link))))
        assert on_page == [(each.anchor, each.words) for each in shown.page.headings], address


def test_every_section_and_point_has_its_anchor(toy_library: Library, toy_pages: dict[str, Shown]) -> None:
    for item in toy_library.items.values():
        soup = toy_pages[f"{item.kind.plural}/{item.id}/"].soup
        for name in fields_of(item.kind.model):
            value = getattr(item.record, name)
            if not value or role_of(item.kind.model, name) not in ("section", "parts", "figures"):
                continue
            assert at(soup, section_anchor(name)).name == "h2"
            for number, part in enumerate(value if role_of(item.kind.model, name) == "parts" else (), 1):
                assert words_of(at(soup, part_anchor(name, number, part.anchor))).startswith(part.title)


def test_a_link_that_passes_the_check_has_its_end_on_the_page(toy_library: Library, toy_pages: dict[str, Shown]) -> None:
    for item in toy_library.items.values():
        found = ids(toy_pages[f"{item.kind.plural}/{item.id}/"].soup)
        assert set(anchors_of(item.record)) <= set(found), f"{item.id}: {set(anchors_of(item.record)) - set(found)}"


def ids(soup: BeautifulSoup) -> list[str]:
    return [str(each["id"]) for each in soup.select("[id]")]


def test_ids_are_unique_and_every_link_within_a_page_has_its_end(toy_pages: dict[str, Shown]) -> None:
    for address, shown in toy_pages.items():
        found = ids(shown.soup)
        assert len(found) == len(set(found)), address
        for link in shown.soup.select('a[href^="#"]'):
            assert str(link["href"])[1:] in found, f"{address}{link['href']}"


def test_every_link_to_another_page_has_its_end(toy_library: Library, toy_pages: dict[str, Shown]) -> None:
    for address, shown in toy_pages.items():
        for link in shown.soup.select("a[href]"):
            href = str(link["href"])
            if href.startswith(("#", "https://", "http://")) or is_to_a_file(link):
                continue
            target, _, anchor = resolved(address, href).partition("#")
            assert target in toy_pages or target in HAND_WRITTEN, f"{address} -> {href}"
            assert not anchor or target in HAND_WRITTEN or anchor in ids(toy_pages[target].soup), f"{address} -> {href}"


def is_to_a_file(link: Tag) -> bool:
    """True for what is saved, and for feeds."""
    return link.has_attr("download") or str(link["href"]).endswith(".xml")


def resolved(address: str, href: str) -> str:
    path, hash_, anchor = href.partition("#")
    path = path.partition("?")[0]
    steps = address.split("/")[:-1]
    for step in path.split("/"):
        steps = steps[:-1] if step == ".." else [*steps, step] if step else steps
    return "".join(f"{step}/" for step in steps) + hash_ + anchor


def test_every_section_that_is_written_is_shown_under_its_heading(toy_library: Library, toy_pages: dict[str, Shown]) -> None:
    for item in toy_library.items.values():
        soup = toy_pages[f"{item.kind.plural}/{item.id}/"].soup
        for name in fields_of(item.kind.model):
            value = getattr(item.record, name)
            if role_of(item.kind.model, name) != "section":
                continue
            anchor = name.replace("_", "-")
            if anchor in item.record.former_anchors:
                continue
            if value is None and not (name == "limits" and soup.select("#limits")):
                assert not soup.select(f"#{anchor}"), f"{item.id} {name}"
            elif value == NOT_REPORTED:
                assert "not reported" in words_of(one(section(soup, anchor), ".wm-silent")).lower()
            elif value is not None:
                assert words_of(at(soup, anchor)).startswith(label_of(item.kind.model, name))
                first_words = " ".join(re.split(r"[^\w ]", value)[0].split())
                assert first_words in words_of(section(soup, anchor)), f"{item.id} {name}"


def test_page_order_is_the_order_of_the_fields(toy_pages: dict[str, Shown]) -> None:
    assert [heading["id"] for heading in toy_pages[OPEN_DOOR].soup.select("h2")] == [
        "at-a-glance", "origin", "target-group", "referral", "aims", "approach", "ideology-approach", "structure", "dosage", "staff", "partners", "release",
        "evaluation", "profile", "evidence", "limits", "disagreements", "owner", "related", "references", "further-reading", "about-this-page",
    ]  # fmt: skip


def test_there_is_one_main_heading_and_no_level_is_jumped(toy_pages: dict[str, Shown]) -> None:
    for address, shown in toy_pages.items():
        levels = [int(heading.name[1]) for heading in shown.soup.select("h1, h2, h3, h4, h5, h6")]
        assert levels[0] == 1, address
        assert levels.count(1) == 1, address
        assert all(after <= before + 1 for before, after in pairwise(levels)), address


def test_pages_hold_no_scripts_styles_or_event_handlers(toy_pages: dict[str, Shown]) -> None:
    for address, shown in toy_pages.items():
        assert not shown.soup.select("script, style, iframe, object, embed, img, link, form:not(.wm-filters), base, meta"), address
        assert not [name for tag in shown.soup.find_all(True) for name in tag.attrs if name.startswith("on") or name == "style"], address


# Names, and text that looks like markup -----------------------------------------------------------


def test_title_names_and_summary(toy_pages: dict[str, Shown]) -> None:
    page, soup = toy_pages[OPEN_DOOR].page, toy_pages[OPEN_DOOR].soup
    assert page.title == "Open Door"
    assert words_of(one(soup, "h1")) == "Open Door (OD)"
    assert words_of(one(soup, ".wm-names")).partition(": ")[2] == 'Åpen dør "Nord"; L\'Huis & Cie; Porta <aberta>'
    assert page.tags == ("OD", 'Åpen dør "Nord"', "L'Huis & Cie", "Porta <aberta>")
    assert one(soup, ".wm-summary em").get_text() == "not"
    assert page.description == "People talk over tea and are not judged. It says 5 < 6 & “x”."
    assert page.source == "data/programmes.yaml"
    assert toy_pages[TEA].page.source == "data/practices/tea-hour.yaml"


def test_signs_of_markup_in_values_are_shown_as_they_are_written(toy_pages: dict[str, Shown]) -> None:
    soup = toy_pages[OPEN_DOOR].soup
    assert "5 < 6 & “x”" in words_of(one(soup, ".wm-summary"))
    assert facts(soup)["Region"][0] == "North & South"
    assert facts(soup)["Run by"][0] == 'The "Door" Society'
    assert words_of(one(soup, "#part-2 strong")) == "Wait < 5 & breathe"
    assert one(soup, "#part-2 .headerlink")["aria-label"] == "Link to point 2, Wait < 5 & breathe"
    assert words_of(one(soup, "dl.wm-disagreements dt")) == 'The year "of" opening & closing (settled)'
    ((name, address, words),) = related(soup)["Modelled on"]
    assert (name, address) == ('The "Lamp" House & Sons <one>', "../../programmes/lamp-house/")
    assert words.startswith('The "Lamp" House & Sons <one> programme: Both "know" <lamps> & doors (our own link')
    lamp = toy_pages[LAMP_HOUSE]
    assert lamp.page.title == words_of(one(lamp.soup, "h1")) == 'The "Lamp" House & Sons <one>'


def test_citations_in_code_stay_code(toy_pages: dict[str, Shown]) -> None:
    assert one(section(toy_pages[OPEN_DOOR].soup, "aims"), "code").get_text() == "[@doe2001door, p. 3]"


def test_a_script_in_any_line_is_only_words(toy_library: Library) -> None:
    def hostile(where: str) -> str:
        return f"{where} </h1><script>evil('{where}')</script><img src=x onerror=evil()> \"'>"

    item = toy_library.items["open-door"]
    record = item.record.model_copy(
        update={
            **{name: hostile(name) for name in ("name", "short_name", "organisation", "region")},
            "other_names": (hostile("other name"),),
            "structure": tuple(part.model_copy(update={"title": hostile("title"), "group": hostile("group")}) for part in item.record.structure),  # type: ignore[attr-defined]
            "disagreements": tuple(each.model_copy(update={"topic": hostile("topic")}) for each in item.record.disagreements),
            "checked": item.record.checked.model_copy(update={"by": hostile("by")}),
        }
    )
    changed = replace(item, record=record)
    links = tuple(replace(link, note=hostile("note")) for link in toy_library.outgoing["open-door"])
    library = replace(toy_library, items={**toy_library.items, "open-door": changed}, outgoing={**toy_library.outgoing, "open-door": links})
    renderer = Renderer(library, TOY_SITE)
    soup = soup_of(renderer.record(changed).html)
    assert not soup.select("script, img")
    for where in ("name", "short_name", "organisation", "region", "other name", "title", "group", "topic", "by", "note"):
        assert f"{where} </h1><script>evil('{where}')</script>" in words_of(soup), where
    for page in renderer.pages():
        assert not soup_of(page.html).select("script, img"), page.address
    for each in renderer.redirects():
        frame = '<html><head><meta charset="utf-8"></head><body><h1>x</h1></body></html>'
        assert not soup_of(renderer.at_former_address(frame, each)).select("body script, img")


def test_a_strange_doi_or_address_cannot_leave_its_link(toy_library: Library) -> None:
    entry = toy_library.bibliography["roe2010lamp"]
    doi = '10.5555/a"onmouseover="x<b>&lt'
    library = replace(toy_library, bibliography={**toy_library.bibliography, "roe2010lamp": replace(entry, fields={**entry.fields, "doi": doi})})
    links = soup_of(Renderer(library, TOY_SITE).references["roe2010lamp"].html).select("a")
    assert [(link.attrs, link.get_text()) for link in links] == [({"href": f"https://doi.org/{doi}"}, f"https://doi.org/{doi}")]


# Facts --------------------------------------------------------------------------------------------


def test_facts_stand_with_their_source(toy_pages: dict[str, Shown]) -> None:
    found = facts(toy_pages[OPEN_DOOR].soup)
    assert list(found) == [
        "Country",
        "Region",
        "Run by",
        "Started",
        "Ended",
        "Status",
        "Setting",
        "Phase",
        "Target group",
        "Ideology scope",
        "Delivery",
        "Ideology",
    ]
    assert found["Country"] == ("Denmark, Türkiye", "(Doe & Roe, 2001, p. 1)")
    assert found["Status"] == ("running (as of 2019)", "(Toy & Co, n.d., web page)")
    assert found["Started"][0] == "1998"


def test_not_reported_and_not_yet_coded_are_told_apart(toy_pages: dict[str, Shown]) -> None:
    lamp = toy_pages[LAMP_HOUSE].soup
    assert facts(lamp)["Country"] == ("not reported", "–")
    assert facts(lamp)["Setting"][0] == "not reported"
    one(section(lamp, "origin"), ".wm-silent")
    one(section(lamp, "limits"), ".wm-missing")
    missing = words_of(section(lamp, "limits"))
    assert missing.lower().startswith("not yet coded")
    assert ": Run by, Started, Phase, Target group, Ideology scope, Delivery, Ideology, For whom, How people come in, Aims," in missing
    assert "Country" not in missing
    assert "Origin" not in missing
    assert "Region" not in missing, "nobody expects a region"
    assert "not yet coded" not in words_of(section(toy_pages[OPEN_DOOR].soup, "limits")).lower(), "everything is coded"


def test_a_record_with_only_what_it_must_have(toy_pages: dict[str, Shown]) -> None:
    soup = toy_pages[BARE].soup
    assert [heading["id"] for heading in soup.select("h2")] == ["limits", "references", "about-this-page"]
    assert not soup.select("table")


def test_something_that_ended_says_so(toy_pages: dict[str, Shown]) -> None:
    assert words_of(one(toy_pages[LAMP_HOUSE].soup, ".wm-notice:not(.wm-reported)")).startswith("Ended.")
    assert words_of(one(toy_pages[TEA].soup, ".wm-notice")).startswith("Replaced.")
    assert not any(words_of(each).startswith(("Ended.", "Replaced.")) for each in toy_pages[OPEN_DOOR].soup.select(".wm-notice"))


def test_factors_say_that_they_speak_of_groups(toy_pages: dict[str, Shown]) -> None:
    for address, shown in toy_pages.items():
        found = shown.soup.select(".wm-caution")
        assert bool(found) == address.startswith("factors/"), address
    assert one(toy_pages[LONELY].soup, ".wm-caution a")["href"] == "../../responsible-use/"


# Lists of parts and evidence ----------------------------------------------------------------------


def test_parts_have_numbers_in_their_group_and_anchors_of_their_own(toy_pages: dict[str, Shown]) -> None:
    soup = section(toy_pages[OPEN_DOOR].soup, "structure")
    assert [words_of(heading) for heading in soup.select("h3")] == ["First steps", "Later steps"]
    assert [[(item["id"], item["value"]) for item in group.select("li")] for group in soup.select("ol")] == [
        [("part-1", "1"), ("part-2", "2")],
        [("go-out", "1")],
    ]
    assert words_of(one(soup, ".wm-basis")).endswith(": (Doe & Roe, 2001, p. 8)")
    assert [item["id"] for item in toy_pages[RULE].soup.select("ol li")] == ["point-1", "point-2", "smile-first"]
    assert [item["id"] for item in toy_pages[TEA].soup.select("ol li")] == ["step-1", "step-2"]


def test_evidence_is_a_row_for_each_finding(toy_pages: dict[str, Shown]) -> None:
    first, second = toy_pages[OPEN_DOOR].soup.select("table.wm-evidence > tbody > tr")
    assert words_of(one(first, "th")).lower().startswith("outcomes")
    for words in (
        "Twelve of twenty lamps were lit", "Limits: There was no other group (Roe, 2010, p. 15).", "outcome study", "independent", "before and after", "20",
        "attendance", "administrative", "mixed", "6 months", "(Roe, 2010, table 1)",
    ):  # fmt: skip
        assert words in words_of(first)
    assert not [words for words in ("not reported", "not yet coded") if words in words_of(first).lower()]
    assert words_of(second).lower().count("not reported") == 1, "the number of people"
    assert "not yet coded" in words_of(second).lower()
    assert "(Toy & Co, n.d., web page)" in words_of(second)


def test_profile_says_what_is_known_and_why(toy_pages: dict[str, Shown]) -> None:
    """One row a question, and one for reoffending; stage in words, shape and sentence; links to the findings that carry it."""
    soup = toy_pages[OPEN_DOOR].soup
    assert words_of(one(soup, ".wm-topline strong")) == "Effect on reoffending: not known."
    rows = soup.select("table.wm-profile > tbody > tr")
    assert [words_of(one(row, "th")).split(" ")[0] for row in rows] == ["Outcomes", "Of", "Mechanism", "Context", "Delivery", "Resources", "Harm"]
    outcomes, reoffending, *_ = rows
    assert len(outcomes.select(".wm-stage")) == 6
    assert len(outcomes.select(".wm-stage--full")) == 4
    for words in ("Measured, not compared", "the cause is unknown", "Only one work stands behind it", "finding 1", "2010"):
        assert words in words_of(outcomes)
    assert {link["href"] for link in outcomes.select("a")} == {"#finding-1"}
    assert "Finding 1 was coded by two people, who differ on: “Design”." in words_of(outcomes), "the trace goes down to the codings"
    assert "Only a part of the work was read (finding 1)." in words_of(outcomes), "and says what keeps the study from being appraised"
    findings = [{words_of(term): words_of(term.find_next("dd")) for term in row.select("dt")} for row in soup.select(".wm-evidence tbody tr")]
    assert [each["Coded"] for each in findings] == ["twice. The second coder wrote: Design – descriptive", "once"]
    assert at(soup, "finding-1").name == "tr"
    assert not reoffending.select(".wm-stage--full")
    assert "Nothing coded" in words_of(reoffending)


def test_who_has_no_coded_finding_has_no_profile(toy_pages: dict[str, Shown]) -> None:
    assert [address for address, shown in toy_pages.items() if shown.soup.select(".wm-profile")] == [OPEN_DOOR, TEA, SCALE]


def test_a_tool_is_not_asked_who_offends_again(toy_pages: dict[str, Shown]) -> None:
    soup = toy_pages[SCALE].soup
    assert not soup.select(".wm-topline")
    heads = [words_of(head) for head in soup.select(".wm-profile tbody th")]
    assert len(heads) == 6
    assert "tell people apart" in heads[0]


def test_a_finding_across_programmes_says_how_far_to_rely_on_it_and_why(toy_pages: dict[str, Shown]) -> None:
    """Confidence and counts at the top, with a link to the method; the concerns in a table; how each coded finding stands to the statement."""
    soup = toy_pages[DOORS].soup
    line = one(soup, ".wm-summary + .wm-topline")
    assert words_of(line).startswith("Confidence in this finding: low. Of its coded findings, 2 support, 1 qualifies and 1 disputes it.")
    assert one(line, "a")["href"] == "../../method/#findings-across-programmes"
    rows = section(soup, "concerns").select("table.wm-concerns > tbody > tr")
    assert [(words_of(row.th).split(" ")[0], words_of(row.td)) for row in rows] == [
        ("Coherence", "Serious"), ("Methodological", "None or minor"), ("Adequacy", "Serious"), ("Relevance", "Moderate"),
    ]  # fmt: skip
    assert "Does the statement fit what all the sources say?" in words_of(rows[0])
    assert "One survey says the opposite (Toy & Co, n.d., web page)." in words_of(rows[0])
    stands = [words_of(one(row, ".wm-coding dd strong")) for row in soup.select("table.wm-evidence > tbody > tr")]
    assert stands == ["supports", "qualifies", "disputes", "supports"]
    anchors = [heading.anchor for heading in toy_pages[DOORS].page.headings]
    assert anchors.index("claim") < anchors.index("concerns") < anchors.index("evidence")


def test_the_search_finds_the_reasons_of_a_finding(toy_pages: dict[str, Shown]) -> None:
    found = next(each for each in toy_pages[DOORS].page.search if each.anchor == "concerns")
    assert "Coherence: serious. One survey says the opposite" in found.text
    assert "@" not in found.text


def test_only_a_finding_across_programmes_has_a_confidence(toy_pages: dict[str, Shown]) -> None:
    assert [address for address, shown in toy_pages.items() if "Confidence in this" in words_of(shown.soup)] == [DOORS]
    assert not [address for address, shown in toy_pages.items() if shown.soup.select(".wm-concerns") and address != DOORS]


def test_the_index_of_findings_shows_confidence_and_counts(toy_pages: dict[str, Shown]) -> None:
    row = one(toy_pages["findings/"].soup, "table.wm-index > tbody > tr")
    assert [words_of(cell) for cell in row.select("td")] == ["low", "supports 2, qualifies 1, disputes 1"]


def test_tables_have_headers_and_can_be_scrolled_by_keyboard(toy_pages: dict[str, Shown]) -> None:
    for address, shown in toy_pages.items():
        for table in shown.soup.select("table"):
            assert all(cell.get("scope") in ("col", "row", "rowgroup") for cell in table.select("th")), address
            around = table.parent
            assert around is not None
            assert (around["tabindex"], around["role"]) == ("0", "region"), address
            assert words_of(at(shown.soup, str(around["aria-labelledby"]))), address


# Citations ----------------------------------------------------------------------------------------


def test_a_citation_leads_to_its_work_and_the_list_closes_the_page(toy_pages: dict[str, Shown]) -> None:
    soup = toy_pages[OPEN_DOOR].soup
    link = section(soup, "target-group").select("a.wm-cite")[0]
    assert (link["href"], words_of(link)) == ("../../references/doe2001door/#used-open-door", "Doe & Roe, 2001, p. 4")
    reference = at(soup, "ref-doe2001door")
    assert words_of(reference) == 'Doe, J., & Roe, R. (2001). The "open" door & other <doors>. Toy Press. (We read it in full.) Where it is used'
    assert one(reference, "a.wm-used")["href"] == link["href"]
    assert [str(item["id"]) for item in section(soup, "references").select("li")] == ["ref-doe2001door", "ref-poe1999sea", "ref-roe2010lamp", "ref-toyndweb"]
    assert [str(item["id"]) for item in section(soup, "further-reading").select("li")] == ["ref-eco1980reading"]


def test_what_is_known_only_through_another_work_says_so(toy_pages: dict[str, Shown]) -> None:
    soup = section(toy_pages[OPEN_DOOR].soup, "origin")
    assert words_of(one(soup, ".wm-cites")) == "(Poe, 1999, p. 1, as cited in Roe, 2010, p. 12)"
    assert [link["href"] for link in soup.select("a.wm-cite")] == [f"../../references/{key}/#used-open-door" for key in ("poe1999sea", "roe2010lamp")]
    assert words_of(at(toy_pages[OPEN_DOOR].soup, "ref-poe1999sea")).endswith("(Known to us through Roe (2010).) Where it is used")


def test_a_source_that_does_not_simply_support_is_marked(toy_pages: dict[str, Shown]) -> None:
    soup = toy_pages[OPEN_DOOR].soup
    assert words_of(one(section(soup, "evaluation"), ".wm-cites")) == "(Doe & Roe, 2001, p. 14; disputed by Roe, 2010, p. 9)"
    assert words_of(soup.select(".wm-summary .wm-cites")[1]) == "(Toy & Co, n.d., web page; qualified by Roe, 2010, p. 4)"


def test_a_work_that_is_cited_and_read_further_stands_on_the_page_once(toy_library: Library) -> None:
    item = toy_library.items["open-door"]
    changed = replace(item, record=item.record.model_copy(update={"further_reading": ("doe2001door", "eco1980reading")}))
    soup = soup_of(Renderer(replace(toy_library, items={**toy_library.items, "open-door": changed}), TOY_SITE).record(changed).html)
    at(soup, "ref-doe2001door")
    assert [str(item["id"]) for item in section(soup, "further-reading").select("li")] == ["ref-eco1980reading"]


def test_without_other_works_there_is_no_further_reading(toy_library: Library) -> None:
    item = toy_library.items["open-door"]
    changed = replace(item, record=item.record.model_copy(update={"further_reading": ("doe2001door",)}))
    page = Renderer(replace(toy_library, items={**toy_library.items, "open-door": changed}), TOY_SITE).record(changed)
    assert not soup_of(page.html).select("#further-reading")
    assert "further-reading" not in [heading.anchor for heading in page.headings]


# Relations and backlinks --------------------------------------------------------------------------


def test_relations_are_shown_from_both_ends(toy_library: Library, toy_pages: dict[str, Shown]) -> None:
    for source, links in toy_library.outgoing.items():
        for link in links:
            if link.relation not in RELATIONS:
                continue
            here = f"{toy_library.items[source].kind.plural}/{source}/"
            there = f"{toy_library.items[link.target].kind.plural}/{link.target}/"
            relation = RELATIONS[link.relation]
            anchor = f"#{link.anchor}" if link.anchor else ""
            assert f"../../{there}{anchor}" in [address for _, address, _ in related(toy_pages[here].soup)[relation.forward]]
            assert f"../../{here}" in [address for _, address, _ in related(toy_pages[there].soup)[relation.backward]]


def test_a_relation_to_a_point_names_the_point(toy_pages: dict[str, Shown]) -> None:
    assert related(toy_pages[OPEN_DOOR].soup)["Applies the principle"] == [
        ("A kind word: Say the name", "../../principles/kind-word-rule/#point-2", "A kind word: Say the name principle (Doe & Roe, 2001, p. 2)")
    ]
    assert related(toy_pages[RULE].soup)["Applied by"][0][:2] == ("Open Door", "../../programmes/open-door/")


def test_mentions_are_shown_back_unless_a_relation_says_more(toy_pages: dict[str, Shown]) -> None:
    assert related(toy_pages[OPEN_DOOR].soup)["Mentioned by"] == [('Welcome to "Toy" & Co', "../../", 'Welcome to "Toy" & Co page')]
    assert "Mentioned by" not in related(toy_pages[STAGES].soup), "the programme that mentions it is also based on it"
    assert "Mentioned by" in related(toy_pages[RULE].soup)


def test_links_in_a_text_lead_to_record_and_anchor(toy_pages: dict[str, Shown]) -> None:
    links = section(toy_pages[OPEN_DOOR].soup, "approach").select("a.wm-link")
    assert [(words_of(link), link["href"]) for link in links] == [
        ("harbour idea", "../../theories/harbour-stages/"),
        ("second stage", "../../theories/harbour-stages/#part-2"),
        ("lonely evenings", "../../factors/lonely-evenings/"),
    ]


# About the page, reference managers, search -------------------------------------------------------


def test_about_this_page(toy_pages: dict[str, Shown]) -> None:
    soup = section(toy_pages[OPEN_DOOR].soup, "about-this-page")
    assert [each["datetime"] for each in soup.select("time")[:2]] == ["2020-01-02", "2021-01-02"]
    assert "2 January 2020 by TT, second reader AB, against" in words_of(soup)
    assert "Doe & Roe (2001); Toy & Co (n.d.)" in words_of(soup)
    assert words_of(one(soup, ".wm-cite-page")) == "Toy & Co. (2020, January 2). Open Door. https://toy.example/base/programmes/open-door/"
    edit = next(link for link in soup.select("a") if words_of(link) == "Edit this record")
    assert edit["href"] == "https://code.example/toy/site/edit/main/data/programmes.yaml"
    assert "../../references/doe2001door/" in [link["href"] for link in soup.select("a")]


def test_values_for_reference_managers(toy_pages: dict[str, Shown]) -> None:
    assert dict(toy_pages[OPEN_DOOR].page.meta) == {
        "citation_title": "Open Door",
        "citation_author": "Toy & Co editors",
        "citation_publication_date": "2020/01/02",
        "citation_publisher": "Toy & Co",
        "citation_language": "en",
        "citation_public_url": "https://toy.example/base/programmes/open-door/",
    }


def test_without_a_public_address_none_is_claimed(toy_library: Library) -> None:
    page = Renderer(toy_library, Site("Toy")).record(toy_library.items["open-door"])
    assert "citation_public_url" not in dict(page.meta)


def test_search_texts_point_at_places_of_the_page(toy_pages: dict[str, Shown]) -> None:
    for address, shown in toy_pages.items():
        anchors = [each.anchor for each in shown.page.search]
        assert len(anchors) == len(set(anchors)), address
        assert {anchor for anchor in anchors if anchor} <= set(ids(shown.soup)), address
        assert not [each for each in shown.page.search if not each.title or not each.text], address
        # Searches sort the places of a page under the page, so the page itself must be there too.
        assert anchors[0] == "", address
        assert shown.page.search[0].title == shown.page.title


def test_search_texts_hold_the_words_without_citations_and_markup(toy_pages: dict[str, Shown]) -> None:
    texts = {each.anchor: each.text for each in toy_pages[OPEN_DOOR].page.search}
    assert "OD; Åpen dør" in texts[""]
    assert 'People talk over tea and are not judged. It says 5 < 6 & "x".' in texts[""]
    assert "Country: Denmark, Türkiye." in texts[""]
    assert texts["approach"] == "It follows the harbour idea, above all its second stage, and cares about lonely evenings."
    assert texts["structure"] == "Knock. One knocks. Wait < 5 & breathe. One waits. Go out. One leaves."
    assert "Twelve of twenty lamps were lit." in texts["evidence"]
    assert "There was no other group." in texts["evidence"]
    assert 'The year "of" opening & closing. It opened in 1998' in texts["disagreements"]
    assert all("@" not in text or "`" in text for text in texts.values())


# Indexes, references, checks ----------------------------------------------------------------------


def test_an_index_has_a_row_for_each_record(toy_library: Library, toy_pages: dict[str, Shown]) -> None:
    for kind in KINDS.values():
        soup = toy_pages[f"{kind.plural}/"].soup
        rows = {row.th.a["href"]: words_of(row.th.a) for row in soup.select("tbody tr")}  # type: ignore[union-attr, index]
        assert rows == {f"../{kind.plural}/{item.id}/": item.record.name for item in toy_library.of_kind(kind.name)}
        assert words_of(one(soup, "h1")) == kind.plural.capitalize()
        assert not soup.select("nav")


def test_an_index_tells_not_reported_from_not_yet_coded(toy_pages: dict[str, Shown]) -> None:
    rows = {words_of(row.a): [words_of(cell) for cell in row.select("td")] for row in toy_pages["programmes/"].soup.select("tbody tr")}
    assert rows["Open Door"] == ["Denmark, Türkiye", "prison, community", "one to one, group", "running (as of 2019)"]
    assert rows['The "Lamp" House & Sons <one>'] == ["not reported", "not reported", "not yet coded", "ended"]
    assert rows["Bare"] == ["not yet coded"] * 4


def test_the_references_page_says_how_each_is_known_and_where_it_is_cited(toy_library: Library, toy_pages: dict[str, Shown]) -> None:
    soup = toy_pages["references/"].soup
    assert [str(item["id"]) for item in soup.select("ul.wm-references > li")] == [
        "ref-ano1970seen", "ref-doe2001door", "ref-eco1980reading", "ref-poe1999sea", "ref-roe2010lamp", "ref-toyndweb",
    ]  # fmt: skip
    sea = at(soup, "ref-poe1999sea")
    assert words_of(one(sea, ".wm-known")) == "Known to us through Roe (2010). Where it is used: 2 pages Key: poe1999sea"
    assert one(sea, ".wm-known a")["href"] == "../references/poe1999sea/"


def test_all_works_stand_in_one_table(toy_library: Library, toy_pages: dict[str, Shown]) -> None:
    """By author, each with what it can be sorted and filtered by; the fields wait for a script."""
    soup = toy_pages["references/all/"].soup
    assert [words_of(head) for head in soup.select("thead th")] == ["Author", "Title", "Kind", "How we know it", "Year", "Citing pages", "Citations"]
    rows = [[words_of(cell) for cell in row.select("td")] for row in soup.select("tbody tr")]
    assert ["Poe (1999)", "A sea of words", "Report", "Through another work", "1999", "2", "2"] in [[*row[:1], "A sea of words", *row[2:]] for row in rows]
    assert [link["href"] for link in soup.select("tbody a")] == [
        f"../{each.key}/" for each in Renderer(toy_library).references.sorted(toy_library.bibliography)
    ]
    form = one(soup, "form.wm-filters")
    assert form.has_attr("hidden")
    assert {str(field["name"]) for field in form.select("input, select")} >= {
        "words",
        "kind",
        "how-we-know-it",
        "year-from",
        "year-to",
        "citing-pages-at-least",
    }
    for field in form.select("[data-test=has]"):
        column = int(str(field["data-column"]))
        assert {option["value"] if option.has_attr("value") else words_of(option) for option in field.select("option")} == {"", *(row[column] for row in rows)}


# A page for each work -----------------------------------------------------------------------------


def test_a_work_says_how_it_is_known_and_where_it_is_used(toy_pages: dict[str, Shown]) -> None:
    soup = toy_pages["references/poe1999sea/"].soup
    known = {words_of(term): words_of(term.find_next_sibling("dd")) for term in soup.select("dl.wm-about-work > dt")}  # type: ignore[arg-type]
    assert known == {"Read": "Known to us through Roe (2010).", "Data checked": "2020-01-02"}
    uses = {
        words_of(one(box, "summary")): [(words_of(each), one(each, "a")["href"]) for each in box.select("li")] for box in soup.select(".wm-uses details[open]")
    }
    assert uses["Open Door programme, 1 citation"][0] == ("Origin: p. 1 (as cited in Roe (2010))", "../../programmes/open-door/#origin")
    assert uses['Welcome to "Toy" & Co page, 1 citation'] == [("The page: p. 1 (as cited in Roe (2010))", "../../")]


def test_places_are_folded_away_when_a_work_is_used_on_many_pages(toy_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each stands inside its box, so that its address opens the box."""
    monkeypatch.setattr(works, "_FOLDED", 1)
    soup = soup_of(Renderer(toy_library, TOY_SITE).reference("poe1999sea").html)
    assert [box.has_attr("open") for box in soup.select(".wm-uses details")] == [False, False]
    assert [str(one(box, "ul")["id"]) for box in soup.select(".wm-uses details")] == ["used-open-door", "used-index"]


def test_a_work_says_what_is_known_only_through_it(toy_pages: dict[str, Shown]) -> None:
    soup = toy_pages["references/roe2010lamp/"].soup
    assert next((words_of(link), link["href"]) for link in soup.select("#through-it ~ ul a.wm-link")) == ("Poe (1999)", "../poe1999sea/")
    note = next(term for term in soup.select("dl.wm-about-work > dt") if words_of(term) == "Note")
    assert words_of(note.find_next_sibling("dd")) == 'Only the first half was open: 5 < 6 & "x".'  # type: ignore[arg-type]


def test_each_disagreement_is_listed_with_the_works_it_cites(toy_library: Library, toy_pages: dict[str, Shown]) -> None:
    for item in toy_library.items.values():
        for number, each in enumerate(item.record.disagreements, 1):
            for group in find_citations(each.text)[0]:
                for citation in group.citations:
                    links = toy_pages[f"references/{citation.key}/"].soup.select("#disagreements ~ ul a.wm-link")
                    assert (each.topic, f"../../{item.kind.plural}/{item.id}/#disagreement-{number}") in [(words_of(link), link["href"]) for link in links]


def test_a_work_can_be_taken_away(toy_library: Library, toy_pages: dict[str, Shown]) -> None:
    """Every file that a page offers is made, and its data are on the page for machines."""
    files = {file.address for file in Renderer(toy_library, TOY_SITE).files()}
    for key in toy_library.bibliography:
        shown = toy_pages[f"references/{key}/"]
        offered = {link["href"] for link in shown.soup.select("a[download]")}
        assert offered == {f"{key}.bib", f"{key}.ris", f"{key}.json", "../waymark.bib", "../waymark.ris", "../waymark.json"}
        assert {f"references/{key}/{name}" if not name.startswith("../") else f"references/{name[3:]}" for name in offered} <= files
        assert shown.page.json_ld["@context"] == "https://schema.org"
        assert ("citation_title", shown.page.json_ld["name"]) in shown.page.meta


def test_every_code_of_a_problem_is_explained(toy_pages: dict[str, Shown]) -> None:
    """The address of a code leads to its meaning and to examples with a wrong side, a right side and the message."""
    soup = toy_pages["checks/"].soup
    said = {str(head["id"]): words_of(head.find_next_sibling("p")) for head in soup.select("h3")}
    assert said == {code.id: " ".join(code.meaning.split()) for code in Code}
    assert [link["href"] for link in soup.select(".wm-codes a")] == [f"#{code.id}" for code in Code]
    for section in soup.select(".wm-code"):
        examples = section.select(".wm-mistake")
        assert examples
        for each in examples:
            assert [words_of(name) for name in each.select(".wm-side__name")] == ["Wrong", "Right"]
            assert f"[{section.h3['id']}]" in words_of(one(each, ".wm-lines--said"))  # type: ignore[index]


def test_examples_keep_their_lines(toy_pages: dict[str, Shown]) -> None:
    """A file is shown line by line as it is, with what differs marked on both sides."""
    shown = next(each for each in toy_pages["checks/"].soup.select(".wm-mistake") if "indented with the tab key" in words_of(each))
    wrong, right = (each.get_text() for each in shown.select(".wm-side .wm-lines"))
    assert wrong.split("\n")[2:] == ["checked:", "[tab]on: 2026-01-15", "[tab]against: [doe2020aims]"]
    assert right.split("\n")[2:] == ["checked:", "  on: 2026-01-15", "  against: [doe2020aims]"]
    assert [each.get_text() for each in shown.select(".wm-side--right mark")] == right.split("\n")[3:]


def test_a_page_can_show_a_complete_record(toy_renderer: Renderer) -> None:
    """The marker becomes the record of its kind with all notes; a copy of it is the file, word for word."""
    text = "[[specimen: term]]"
    (inset,) = toy_renderer.insets(text, "../", "x")[0]
    assert (inset.start, inset.end) == (0, len(text))
    soup = soup_of(inset.html)
    assert one(soup, "code").get_text() == example(KINDS["term"], width=10_000)
    assert {note.get_text().lstrip()[0] for note in soup.select(".wm-note")} == {"#"}


def test_long_lists_are_cut_by_letter(toy_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "PAGE_LENGTH", 2)
    monkeypatch.setattr(pieces, "PAGE_LENGTH", 2)
    monkeypatch.setattr(render, "PAGE_LENGTH", 2)
    pages = {page.address: page for page in Renderer(toy_library, TOY_SITE).pages()}
    soups = {address: soup_of(page.html) for address, page in pages.items()}
    assert {address for address in pages if address.startswith("programmes/") and "-" not in address} == {
        "programmes/",
        "programmes/bare/",
        "programmes/o/",
        "programmes/t/",
    }
    first, second = soups["programmes/"], soups["programmes/o/"]
    assert [words_of(row.a) for row in first.select("tbody tr")] == ["Bare"]
    assert [row.a["href"] for row in second.select("tbody tr")] == ["../../programmes/open-door/"]  # type: ignore[index]
    assert words_of(one(first, "nav [aria-current=page]")) == "B"
    assert [(words_of(link), link["href"]) for link in second.select("nav a")] == [("B", "../../programmes/"), ("T", "../../programmes/t/")]
    assert "3 programmes; 1 under O." in words_of(second)
    # É stands under E.
    assert [str(item["id"]) for item in soups["references/e/"].select("ul.wm-references > li")] == ["ref-eco1980reading"]
    assert pages["references/e/"].title == "References: E"
    checked = soups[OPEN_DOOR].select(".wm-about a:not(.wm-person)")[1]
    assert resolved(OPEN_DOOR, str(checked["href"])) in pages
    for address, soup in soups.items():
        for link in soup.select("a[href]"):
            if not str(link["href"]).startswith(("#", "https://", "http://")) and not is_to_a_file(link):
                target, _, anchor = resolved(address, str(link["href"])).partition("#")
                assert target in pages or target in HAND_WRITTEN, f"{address} -> {link['href']}"
                assert not anchor or target in HAND_WRITTEN or anchor in ids(soups[target]), f"{address} -> {link['href']}"


# Redirects, hand-written pages, templates ---------------------------------------------------------


def test_former_addresses_lead_to_the_record(toy_renderer: Renderer) -> None:
    redirects = {each.address: each for each in toy_renderer.redirects()}
    assert {each.address: each.target for each in redirects.values()} == {
        **{"programmes/old-door/": OPEN_DOOR, "programmes/older-door/": OPEN_DOOR, "terms/a/": "terms/"}
    }, "a letter that a list no longer has leads to the list"
    frame = '<!doctype html><html><head><meta charset="utf-8"><link rel="canonical" href="x"></head><body><h1>Open Door</h1></body></html>'
    soup = soup_of(toy_renderer.at_former_address(frame, redirects["programmes/old-door/"]))
    assert resolved("programmes/old-door/", str(one(soup, "head > base")["href"])) == OPEN_DOOR
    assert one(soup, "head > script[src]")["src"] == "../../assets/moved.js", "from the new address, as the base says"
    notice = one(soup, "body > p.wm-moved")
    assert "Open Door" in words_of(notice)
    assert notice.find_next_sibling("h1")


def test_works_and_comparisons_can_have_former_addresses_too(toy_library: Library) -> None:
    entry, prepared = toy_library.bibliography["roe2010lamp"], toy_library.comparisons[0]
    changed = replace(
        toy_library,
        bibliography={**toy_library.bibliography, "roe2010lamp": replace(entry, fields={**entry.fields, "formerkeys": "roe2009lamp, roe2010a"})},
        comparisons=(replace(prepared, former_ids=("doors",)), *toy_library.comparisons[1:]),
    )
    found = {each.address: each.target for each in Renderer(changed, TOY_SITE).redirects()}
    assert found["references/roe2009lamp/"] == found["references/roe2010a/"] == "references/roe2010lamp/"
    assert found["compare/programmes/doors/"] == "compare/programmes/doors-and-lamps/"


# Places that old links name -----------------------------------------------------------------------


def test_a_former_place_stands_where_it_leads_now(toy_pages: dict[str, Shown]) -> None:
    soup = toy_pages[COLD].soup
    for anchor, heading in (("resources", "approach"), ("beginning", "top")):
        assert at(soup, anchor).find_next(True)["id"] == heading
    assert at(soup, "step-2").find_parent("li") == at(soup, "step-1")
    assert "“Kettle” is now at Tea hour: Steps" in words_of(at(soup, "kettle"))
    assert resolved(COLD, str(one(at(soup, "kettle"), "a")["href"])) == f"{TEA}#steps"


def test_a_published_section_that_the_page_no_longer_has_keeps_its_anchor(toy_pages: dict[str, Shown]) -> None:
    """Facts and coded findings come and go; nobody need think of the addresses of their headings."""
    soup = toy_pages[COLD].soup
    assert at(soup, "at-a-glance").name == at(soup, "evidence").name == "span"
    assert at(soup, "old-figures").find_next_sibling() == at(soup, "evidence")
    assert not toy_pages[BARE].soup.select("#evidence, #at-a-glance"), "only what was published"


def test_a_page_about_the_whole_keeps_what_the_data_no_longer_have(toy_pages: dict[str, Shown]) -> None:
    soup = toy_pages["references/ano1970seen/"].soup
    assert at(soup, "through-it").find_next_sibling() == one(soup, "article")
    assert at(soup, "known").name == "h2"


def test_findings_and_disagreements_may_have_addresses_of_their_own(toy_library: Library) -> None:
    item = toy_library.items["open-door"]
    evidence = tuple(each.model_copy(update={"anchor": f"own-{number}"}) for number, each in enumerate(item.record.evidence))  # type: ignore[attr-defined]
    disagreements = tuple(each.model_copy(update={"anchor": "the-year"}) for each in item.record.disagreements)
    changed = replace(item, record=item.record.model_copy(update={"evidence": evidence, "disagreements": disagreements}))
    library = replace(toy_library, items={**toy_library.items, "open-door": changed})
    renderer = Renderer(library, TOY_SITE)
    soup = soup_of(renderer.record(changed).html)
    assert at(soup, "own-0").name == "tr"
    assert at(soup, "the-year").name == "dt"
    links = {str(link["href"]) for link in soup.select("#profile ~ .wm-scroll a") if "own" in str(link["href"])}
    assert links == {"#own-0", "#own-1"}, "the profile leads to its findings"
    pages = {page.address: soup_of(page.html) for page in renderer.pages() if page.address in ("evidence-map/", "disagreements/", "references/toyndweb/")}
    for address, expected in (("evidence-map/", "#own-0"), ("disagreements/", "#the-year"), ("references/toyndweb/", "#the-year")):
        assert any(str(link["href"]).endswith(f"programmes/open-door/{expected}") for link in pages[address].select("a")), address


# Retired pages ------------------------------------------------------------------------------------


def test_a_retired_page_says_when_why_and_what_replaces_it(toy_pages: dict[str, Shown]) -> None:
    banner = one(toy_pages[COLD].soup, "h1 ~ .wm-retired")
    said = words_of(banner)
    assert said.startswith("Retired on 3 January 2020. Please use Tea hour instead. It was a slip of the pen")
    assert "Source: (Roe, 2010, p. 20)" in said
    assert resolved(COLD, str(banner.select("a")[0]["href"])) == TEA
    assert "roe2010lamp" in " ".join(str(each["id"]) for each in toy_pages[COLD].soup.select(".wm-references > li")), "its source is listed"


def test_a_retired_page_without_successor_or_source_says_so(toy_library: Library) -> None:
    item = toy_library.items["cold-tea"]
    said = item.record.retired.model_copy(update={"replaced_by": None, "basis": "ours"})  # type: ignore[union-attr]
    page = Renderer(toy_library, TOY_SITE).record(replace(item, record=item.record.model_copy(update={"retired": said})))
    banner = words_of(one(soup_of(page.html), ".wm-retired"))
    assert "Nothing replaces it." in banner
    assert "a decision of our own; no source states it" in banner


def test_a_retired_page_is_marked_in_words_wherever_it_is_named(toy_library: Library, toy_pages: dict[str, Shown], tmp_path: Path) -> None:
    row = next(row for row in toy_pages["practices/"].soup.select("tbody tr") if "Cold tea" in words_of(row))
    assert words_of(row.th) == "Cold tea retired"
    named = {address: words_of(shown.soup) for address, shown in toy_pages.items()}
    for address in ("compare/practices/", LONELY, "references/roe2010lamp/"):
        assert "Cold tea (retired)" in named[address], address
    assert "Cold tea retired" in named["evidence-map/"]
    page = toy_pages[COLD].page
    assert (page.title, page.search[0].title) == ("Cold tea (retired)", "Cold tea (retired)")
    assert page.search[0].text.count("Retired on 2020-01-03.") == 1
    assert page.search_weight < toy_pages[TEA].page.search_weight
    assert page.json_ld["creativeWorkStatus"] == "Retired"
    assert "creativeWorkStatus" not in toy_pages[TEA].page.json_ld
    files = {each.address: each for each in Renderer(toy_library, TOY_SITE).files()}
    for address in ("feed.xml", "practices/cold-tea/compare.json", "open-data/knowledge-graph.json"):
        path = tmp_path / "file"
        files[address].write(path)
        assert "Cold tea (retired)" in path.read_text(encoding="utf-8"), address
    files["practices/cold-tea/cold-tea.json"].write(path)
    assert json.loads(path.read_text(encoding="utf-8"))["record"]["fields"]["retired"]["replaced_by"] == "tea-hour"
    files["open-data/practices.csv"].write(path)
    assert "2020-01-03" in path.read_text(encoding="utf-8")


def test_a_link_to_a_retired_page_says_so_unless_its_words_do(toy_renderer: Renderer) -> None:
    def shown(text: str) -> str:
        return words_of(soup_of(str(pieces.Texts(toy_renderer, "").prose(text))))

    assert shown("See [that][cold-tea].") == "See that (retired)."
    assert shown("See [the retired one][cold-tea].") == "See the retired one."
    assert shown("See [tea][tea-hour].") == "See tea."


def test_insets_and_bibliography_of_hand_written_pages(toy_library: Library, toy_renderer: Renderer) -> None:
    text = toy_library.pages["index"].text
    insets, cited = toy_renderer.insets(text, "../", "index")
    assert cited == ["doe2001door", "roe2010lamp", "poe1999sea"]
    shown = {text[inset.start : inset.end]: soup_of(inset.html) for inset in insets}
    assert one(shown["[the second rule][kind-word-rule#point-2]"], "a")["href"] == "../principles/kind-word-rule/#point-2"
    assert one(shown["[a page][method]"], "a")["href"] == "../method/"
    assert words_of(shown["[@doe2001door, p. 3; disputed by @roe2010lamp, p. 9]"]) == "(Doe & Roe, 2001, p. 3; disputed by Roe, 2010, p. 9)"
    assert len(insets) == 5, "what stands between backticks stays"
    listed = soup_of(toy_renderer.bibliography(cited, "../", "index"))
    assert [str(item["id"]) for item in listed.select("li")] == ["ref-doe2001door", "ref-poe1999sea", "ref-roe2010lamp"]
    assert [link["href"] for link in listed.select("a.wm-used")] == [f"../references/{key}/#used-index" for key in ("doe2001door", "poe1999sea", "roe2010lamp")]
    assert words_of(one(listed, "h2#references")).startswith("References")
    assert toy_renderer.bibliography([], "../", "index") == ""


def test_addresses(toy_renderer: Renderer) -> None:
    assert toy_renderer.address("open-door") == "programmes/open-door/"
    assert toy_renderer.address("index") == ""
    assert toy_renderer.address("method") == "method/"
    assert toy_renderer.address("nothing") is None
    assert str(toy_renderer.link("<b>", "nothing", "", "")) == "&lt;b&gt;"


def test_a_misspelt_name_in_a_template_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        pieces.environment().from_string("{{ misspelt }}").render()


def test_pages_are_the_same_in_every_run(toy_library: Library) -> None:
    again, problems = load_library(Path(TOY), today=date(TODAY.year + 3, 1, 1))
    assert not problems

    def all_pages(library: Library) -> list[Page]:
        return list(Renderer(library, TOY_SITE).pages())

    assert all_pages(toy_library) == all_pages(again)


# Where sources disagree, and the state of all --------------------------------------------------------


def test_every_disagreement_is_listed_and_leads_to_its_place(toy_library: Library, toy_pages: dict[str, Shown]) -> None:
    """Each with its topic and its state, as on the page of its record."""
    soup = toy_pages["disagreements/"].soup
    listed = [(words_of(each), each["href"]) for each in soup.select("dl.wm-disagreements > dt > a")]
    expected = [
        (each.topic, f"../{item.kind.plural}/{item.id}/#disagreement-{number}")
        for item in toy_library.items.values()
        for number, each in enumerate(item.record.disagreements, 1)
    ]
    assert sorted(listed) == sorted(expected) != []
    for topic, address in listed:
        page, _, anchor = address.removeprefix("../").partition("#")
        assert words_of(at(toy_pages[page].soup, anchor)).startswith(topic)


def test_the_state_is_counted_for_each_kind(toy_library: Library, toy_pages: dict[str, Shown]) -> None:
    table = one(toy_pages["status/"].soup, "table.wm-status:not(.wm-coverage)")
    rows = {words_of(row.th): [words_of(cell) for cell in row.select("td")] for row in table.select("tbody tr")}
    assert rows["Statistics"][:2] == ["1", "8"]
    assert rows["All"][0] == str(len(toy_library.items))
    assert len(rows) == len(KINDS) + 1


# What pages are put together from ------------------------------------------------------------------


@given(st.lists(st.text(max_size=3), max_size=20), st.integers(0, 300))
def test_pieces_are_joined_to_one_text(texts: list[str], times: int) -> None:
    """Whether they are there already or come one after the other; empty ones among them end nothing."""
    every = texts * times
    assert pieces.joined(every) == pieces.joined(iter(every)) == "".join(every)


@pytest.mark.parametrize("count", [0, 1, 999, 1000, 1001, 3000])
def test_empty_pieces_before_the_last(count: int) -> None:
    assert pieces.joined(iter([*[""] * count, "end"])) == "end"


def test_the_texts_of_a_record_are_kept_until_those_of_another_are_asked_for(toy_library: Library) -> None:
    renderer = Renderer(toy_library, TOY_SITE)
    one, other = toy_library.items["open-door"], toy_library.items["lamp-house"]
    texts = renderer.texts_of(one, "../../")
    assert renderer.texts_of(one, "../../") is texts
    assert (elsewhere := renderer.texts_of(one, "")) is not texts
    assert renderer.texts_of(other, "") is not elsewhere
    links = [renderer.texts_of(one, root).prose("See [x][lamp-house].") for root in ("../../", "")]
    assert links[0].replace("../../", "") == links[1] != links[0], "each with links from where it stands"
