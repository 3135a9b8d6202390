"""Addresses that were promised: `data/published-addresses.txt` holds every page that was published, and the places on it.

    /principles/do-no-harm/ in-practice references statement
      point-1 Ask first
      point-2 Look twice

A line is a page with its sections. The lines below it are places that are counted, each with its words at the time: if
point 2 was inserted before another, an old link to `#point-2` would lead to the wrong one, and only the words can tell.
`waymark release` adds to the file. Nothing is ever taken out: other people's links lead there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from waymark.files import read_text
from waymark.kinds import KINDS
from waymark.links import HEADINGS, TOP
from waymark.offered import read_ids
from waymark.problems import Code, Location, Problem, article, short

HEAD = """\
# Every page and file that was published, with the places on the page. Links of other people lead here, so no line is ever taken out.
# Written by `waymark release`. What counts (a point, a step, a finding) has a line of its own, with its words at the time.
"""
REFERENCES, COMPARE = "references", "compare"
_LINE = re.compile(r"/(?:[\w.:%~-]+/)*(?:[\w-]+\.\w+)?")
_PLACE = re.compile(r"  (?P<anchor>[\w.:%~-]+)(?: (?P<words>.*))?")
_COUNTED = re.compile(r"[a-z]+-[0-9]+")
_LETTER = re.compile(r"(?:(?P<folder>.+)/)?(?:[a-z]|0-9)/")
_MONTH = re.compile(r"changes/[0-9]{4}-[0-9]{2}/")


@dataclass(frozen=True, slots=True)
class Promise:
    """A page that was published."""

    address: str
    """From the root of the site, with a slash at the end unless it is a file; empty for the home page."""
    places: Mapping[str, str]
    """By anchor the words that stood there, if it is counted; else an empty text."""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    """Where in the file each place stands; under an empty text the page itself."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands at an address now."""

    places: Mapping[str, str] | None
    """By anchor its words; None if nobody knows before the site is built."""
    kept: Mapping[str, str] = field(default_factory=dict)
    """Places that were there before, and where they lead."""
    locate: Callable[[], Location] | None = None
    """Finds the record in its file."""


def read_promises(path: Path, shown: str) -> tuple[dict[str, Promise], list[Problem]]:
    """What was published, by address; and lines that cannot be read. Without the file nothing was."""
    if not path.exists():
        return {}, []
    text, problems = read_text(path, shown)
    places: dict[str, dict[str, str]] = {}
    lines: dict[str, dict[str, int]] = {}
    address: str | None = None
    for number, line in enumerate((text or "").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if (place := _PLACE.fullmatch(line)) and address is not None:
            places[address][place["anchor"]] = place["words"] or ""
            lines[address][place["anchor"]] = number
        elif _LINE.fullmatch(line.partition(" ")[0]):
            address, *anchors = line.split()
            places.setdefault(address := address[1:], {}).update(dict.fromkeys(anchors, ""))
            lines.setdefault(address, {}).update(dict.fromkeys(["", *anchors], number))
        else:
            fix = "The file is written by `waymark release`. Put the line back as it was; nobody needs to change it by hand."
            problems.append(Problem(Location(shown, number), Code.LOST_ID, f"'{short(line)}' is not an address.", fix))
    return {address: Promise(address, found, lines[address]) for address, found in places.items()}, problems


def with_added(promises: Mapping[str, Promise], now: Mapping[str, Mapping[str, str]]) -> tuple[str, int]:
    """The file with what stands at each address now added to what was promised, and how many pages and places are new.

    Args:
        promises: What the file holds.
        now: For each address of the site its places, with their words if they are counted.
    """
    known = {(each.address, anchor) for each in promises.values() for anchor in ("", *each.places)}
    new = {(address, anchor) for address, places in now.items() for anchor in ("", *places)} - known
    pages = {address: dict(each.places) for address, each in promises.items()}
    for address, places in now.items():
        # Words are those of today: they say what a link that is made now leads to.
        pages[address] = {**pages.get(address, {}), **{anchor: words for anchor, words in places.items() if words or anchor not in pages.get(address, {})}}
    return HEAD + "".join(_written(address, pages[address]) for address in sorted(pages)), len(new)


def _written(address: str, places: Mapping[str, str]) -> str:
    sections = sorted(anchor for anchor, words in places.items() if not words)
    counted = sorted((anchor for anchor, words in places.items() if words), key=_naturally)
    return "".join(f"{line}\n" for line in (" ".join([f"/{address}", *sections]), *(f"  {anchor} {places[anchor]}" for anchor in counted)))


def _naturally(anchor: str) -> list[tuple[int, str]]:
    """Sorts `point-10` behind `point-9`."""
    return [(int(each), "") if each.isdecimal() else (0, each) for each in anchor.split("-")]


def is_letter_page(address: str) -> bool:
    """True for one page of a list that was cut into letters or months: it comes and goes, and then leads to the list."""
    if _MONTH.fullmatch(address):
        return True
    found = _LETTER.fullmatch(address)
    return found is not None and found["folder"] in {REFERENCES, "disagreements", *(kind.plural for kind in KINDS.values())}


# Before a build: what the data say -------------------------------------------------------------------


def promise_problems(promises: Iterable[Promise], now: Mapping[str, Standing], shown: str) -> Iterator[Problem]:
    """Records, works, prepared comparisons and places of records that were published and lead nowhere now.

    Other pages are known only when the site is built; see `read_broken`.

    Args:
        promises: What was published.
        now: Addresses of records, works and prepared comparisons, their former ones too.
        shown: The file of promises as shown to people.
    """
    for promise in promises:
        standing = now.get(promise.address)
        if standing:
            yield from _place_problems(promise, standing)
        elif _is_known_early(promise.address):
            message = f"'/{short(promise.address)}' was published and is gone."
            yield Problem(Location(shown, promise.lines.get("", 1)), Code.LOST_ID, message, _help_for(promise.address, now))


def _is_known_early(address: str) -> bool:
    match address.split("/"):
        case [folder, _, ""] if folder == REFERENCES:
            return address != f"{REFERENCES}/all/" and not is_letter_page(address)
        case [folder, _, ""]:
            return folder in {kind.plural for kind in KINDS.values()} and not is_letter_page(address)
        case [folder, _, _, ""]:
            return folder == COMPARE
    return False


def _help_for(address: str, now: Mapping[str, Standing]) -> str:
    folder, *_, id, _ = address.split("/")
    if folder == REFERENCES:
        return f"Give the entry that replaces it `formerkeys = {{{short(id)}}}`, or put it back. A work that is no longer cited keeps its page."
    if folder == COMPARE:
        return f"Give the comparison that replaces it `former_ids: [{short(id)}]`, or put it back."
    kinds = {kind.plural: kind.name for kind in KINDS.values()}
    if other := next((each for each in kinds if each != folder and f"{each}/{id}/" in now), ""):
        before = article(kinds[folder])
        return (
            f"It is {article(kinds[other])} now, so its address has changed. Make it {before} again, "
            f"or give it a new id and keep {before} under the old one, with `retired`."
        )
    return (
        f"Was it renamed? Give it `former_ids: [{short(id)}]`, so that old links lead there. "
        "Is it no longer valid? Put the record back and say so under `retired`."
    )


def _place_problems(promise: Promise, standing: Standing) -> Iterator[Problem]:
    """Places of a record that are gone, or that another part of the same list has taken."""
    if standing.places is None or standing.locate is None:
        return
    for anchor, words in promise.places.items():
        if anchor in standing.kept or anchor in HEADINGS or anchor == TOP:
            continue
        now = standing.places.get(anchor)
        there = [each for each, said in standing.places.items() if said == words and each != anchor] if words and now != words else []
        moved = there[0] if len(there) == 1 and promise.places.get(there[0]) != words else ""
        named = f"'#{short(anchor)}'{f' (“{short(words)}”)' if words else ''}"
        if now is None and moved and _COUNTED.fullmatch(moved):
            fix = f"Add `anchor: {anchor}` to “{short(words)}”, which is now at '#{moved}'. Then old links hold."
            yield Problem(standing.locate(), Code.LOST_ANCHOR, f"The place {named} of /{promise.address} was published and is gone.", fix)
        elif now is None:
            to = moved or _nearest(anchor, standing.places)
            fix = f"Say under `former_anchors` where old links should lead now, for example `{anchor}: {to}`."
            fix += f" `{TOP}` is the page as a whole." if to == TOP else ""
            yield Problem(standing.locate(), Code.LOST_ANCHOR, f"The place {named} of /{promise.address} was published and is gone.", fix)
        elif moved:
            before = next((each for each, said in promise.places.items() if said == now), "")
            other = f"`anchor: {before}` to “{short(now)}”" if before else f"to “{short(now)}” an `anchor` of its own, such as its first two words"
            fix = f"Add `anchor: {anchor}` to “{short(words)}”, and {other}. Then old links hold."
            message = f"The place {named} of /{promise.address} was published and leads to another one now: “{short(now)}”."
            yield Problem(standing.locate(), Code.LOST_ANCHOR, message, fix)


def _nearest(anchor: str, places: Mapping[str, str]) -> str:
    """The section that an anchor most likely belonged to: `steps` for `step-3`."""
    sections = [each for each, words in places.items() if not words]
    return next(iter(get_close_matches(anchor, sections, n=1)), TOP)


# After a build: what was built -----------------------------------------------------------------------


def read_broken(site: Path, promises: Iterable[Promise]) -> Iterator[tuple[str, str]]:
    """What was published and does not resolve in a built site: the address, and the anchor if the page is there."""
    for promise in promises:
        ids = read_ids(site, promise.address)
        if ids is None:
            yield promise.address, ""
        else:
            yield from ((promise.address, anchor) for anchor in promise.places if anchor not in ids)
