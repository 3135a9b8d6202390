"""What can be wrong, and how we say it.

Every word a contributor reads from the checks is shaped here or passes through here, so that the
terminal, the annotation on a pull request and the build log say the same thing.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import islice

CHECKS = "checks/"
"""The page that explains every code, from the root of the site."""
MAX_PROBLEMS = 100
"""Problems said of one file; a hostile file must not fill the terminal, nor cost minutes of guessing."""


class Code(Enum):
    """One member for each kind of problem; the value is `(code, what it means and what to do)`."""

    # The file itself
    UNREADABLE = ("unreadable", "The file cannot be read as UTF-8 text. Save it as UTF-8 and try again.")
    TOO_LARGE = ("too-large", "The file or one of its values is far larger than a record can be. Split it or shorten it.")
    CONTROL_CHARACTER = ("control-character", "The text holds a character that cannot be seen and does not belong there. Delete it and type the word again.")
    YAML_SYNTAX = ("yaml-syntax", "The file is not valid YAML. Most often a colon, a quotation mark or the indentation is the cause.")
    YAML_FEATURE = (
        "yaml-feature",
        "The file uses a part of YAML that records do not need: anchors, aliases, tags, several documents or very deep nesting. Write the value out plainly.",
    )
    DUPLICATE_KEY = ("duplicate-key", "The same field, or the same id, is written twice in one file or record, so one of the two would be lost. Keep one.")
    MORE_PROBLEMS = ("more-problems", "The file has more problems than we list at once. Mend the first ones and check again.")
    # Records and their fields
    DUPLICATE_ID = ("duplicate-id", "Two records have the same id, or a former id is still in use. Ids are unique over all kinds; choose another one.")
    BAD_ID = ("bad-id", "An id has only lower-case letters a to z, digits and single hyphens, because it becomes a web address.")
    KIND_TWICE = ("kind-twice", "A kind of record is kept both as one file and as a folder. Keep one of the two.")
    UNKNOWN_KIND = ("unknown-kind", "The file in data/ has the name of no kind of record, so nothing would read it.")
    LOST_ID = (
        "lost-id",
        "A page that was published is gone, so links to it would break. "
        "Add its id to `former_ids` of the record that replaces it, or put it back and mark it as `retired`.",
    )
    LOST_ANCHOR = (
        "lost-anchor",
        "A place on a page (a section, point, step or finding) was published and is gone, or its address leads to another place now. "
        "Say under `former_anchors` where old links should lead, or give the moved part its old `anchor`.",
    )
    MISSING_FIELD = ("missing-field", "A field that every record of this kind must have is not there.")
    UNKNOWN_FIELD = ("unknown-field", "The field does not exist for this kind of record. It may be misspelt.")
    EMPTY_VALUE = (
        "empty-value",
        "A field is there but nothing is written behind it. Write `not reported` if the sources are silent; delete the line if nobody has looked yet.",
    )
    WRONG_TYPE = ("wrong-type", "The value has the wrong form: a list where a text is expected, or the other way round.")
    NOT_IN_LIST = ("not-in-list", "The field takes one of a fixed list of values, and this is not one of them.")
    BAD_COUNTRY = ("bad-country", "Countries are written as two capital letters (ISO 3166), for example DK for Denmark.")
    BAD_DATE = ("bad-date", "The year or date does not exist, lies in the future, or an end comes before its start.")
    BAD_URL = ("bad-url", "The web address is not complete or not of a kind we allow. It starts with https://.")
    NO_BASIS = ("no-basis", "A fact of the box “At a glance” has no source. Add a line for it under `basis`.")
    BAD_FINDING = (
        "bad-finding",
        "A finding across programmes rests on at least three coded findings from at least three works, each with its `relation`, "
        "and judges each of the four components under `concerns` once.",
    )
    SECOND_CODING = (
        "second-coding",
        "A finding in data/second-coding.yaml is not among the coded findings of its record, so the two codings cannot be compared.",
    )
    BAD_SUCCESSOR = ("bad-successor", "A retired page names as its successor itself or another retired page. Name a record that is current.")
    BAD_COMPARISON = ("bad-comparison", "A prepared comparison has two to six records of one kind, each once: programmes, practices, tools or theories.")
    # People, owners, corrections
    UNKNOWN_INITIALS = ("unknown-initials", "Initials in a record belong to nobody in data/people.yaml. They may be misspelt, or the person is not listed yet.")
    INTEREST = (
        "interest",
        "Somebody who declared an interest in a record, or in a work, was the only one who checked the record or coded the work. A second person is needed.",
    )
    OWNER_STATEMENT = (
        "owner-statement",
        "The statement of an owner is shown as their own words, so it holds no citations and links of ours. Its source stands under `source`.",
    )
    BAD_CORRECTION = (
        "bad-correction",
        "An entry of data/corrections.yaml does not say what its decision needs: who decided when, what was changed, why, and on which source.",
    )
    BAD_HISTORY = ("bad-history", "A line of data/status-history.yaml is not as `waymark snapshot` wrote it. The file is written by that command alone.")
    # Links
    UNKNOWN_LINK = ("unknown-link", "A link points at a record or page that does not exist.")
    WRONG_KIND = ("wrong-kind", "A link points at a record of a kind that this relation cannot point at.")
    RETIRED_LINK = (
        "retired-link",
        "A link leads to a page that is retired. Link to what replaces it, or say in its words that it is retired. This is advice, not a failure.",
    )
    BAD_MARKER = ("bad-marker", "A marker in a hand-written page cannot be replaced: it is misspelt, or names records that are not linked.")
    # Citations
    BAD_CITATION = ("bad-citation", "A citation is not written in the form [@key, p. 3].")
    UNKNOWN_CITATION = ("unknown-citation", "A citation names a key that is not in data/references.bib.")
    NO_LOCATOR = ("no-locator", "A citation does not say where in the source the statement stands. Add a page, section, slide or paragraph.")
    NO_CITATION = ("no-citation", "A factual text has no citation. Say where it comes from.")
    NOT_READ = ("not-read", "A citation names a work that we know only through another one, but does not say so. Add `via`.")
    UNCITED_ENTRY = ("uncited-entry", "An entry of the bibliography is cited nowhere. This is advice, not a failure.")
    # Text
    RAW_HTML = ("raw-html", "The text holds HTML. Write Markdown instead; HTML is refused to keep readers safe.")
    HEADING = ("heading", "The text holds a heading. The sections of a record page come from its fields; write a paragraph or a list.")
    VERDICT = ("verdict", "A text calls something proven, effective or evidence-based, or says that it works. Say what was found, or quote the source.")
    UNSAFE_URL = ("unsafe-url", "A link or picture in the text uses an address that could run code or load something from another site.")
    # The bibliography
    BIB_SYNTAX = ("bib-syntax", "The bibliography cannot be read at this place. Most often a brace or a comma is missing.")
    DUPLICATE_ENTRY = ("duplicate-entry", "Two entries of the bibliography have the same key or the same DOI.")
    UNKNOWN_ENTRY_TYPE = ("unknown-entry-type", "The bibliography has an entry of a type that we do not use.")
    INCOMPLETE_ENTRY = ("incomplete-entry", "An entry lacks a field that its type needs.")
    UNKNOWN_BIB_FIELD = ("unknown-bib-field", "An entry has a field that is not used here. It may be misspelt.")
    BAD_BIB_VALUE = ("bad-bib-value", "A field of an entry has a value of the wrong form.")

    @property
    def id(self) -> str:
        """The code as it is printed, for example `unknown-field`."""
        return self.value[0]

    @property
    def meaning(self) -> str:
        """What the code means and what to do, in one or two sentences."""
        return self.value[1]

    @property
    def is_advice(self) -> bool:
        """True if the problem is worth knowing but does not make the check fail."""
        return self in (Code.UNCITED_ENTRY, Code.RETIRED_LINK)


@dataclass(frozen=True, order=True, slots=True)
class Location:
    """A place in a file: path relative to the project, line and column counted from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong: where, what (one sentence), of which sort, and what to do about it."""

    location: Location
    code: Code
    message: str
    fix: str = ""


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems by file, line and column, each said once."""
    return sorted(set(problems), key=lambda p: (p.location, p.code.id, p.message))


def limited(problems: Iterator[Problem], path: str, said: int = 0) -> list[Problem]:
    """The first problems of a file, of which `said` are said already; where more follow, a last one that says so.

    The rest is never computed.
    """
    if said > MAX_PROBLEMS:
        return []
    found = list(islice(problems, MAX_PROBLEMS - said))
    if said + len(found) == MAX_PROBLEMS and next(problems, None):
        fix = "Mend these first; often one mistake causes many. Then check again."
        found.append(Problem(Location(path), Code.MORE_PROBLEMS, f"The file has more than {MAX_PROBLEMS} problems.", fix))
    return found


def failures(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that make a check fail: all but advice."""
    return [problem for problem in problems if not problem.code.is_advice]


def compared(before: Iterable[Problem], after: Iterable[Problem]) -> tuple[list[Problem], list[Problem]]:
    """The problems that are new, and those that are mended. One that only stands on another line now is neither."""
    old, now = list(before), list(after)
    left, come = Counter(map(_without_line, old)), Counter(map(_without_line, now))
    return _first(now, come - left), _first(old, left - come)


def _without_line(problem: Problem) -> tuple[str, Code, str, str]:
    return problem.location.path, problem.code, problem.message, problem.fix


def _first(problems: Iterable[Problem], wanted: Counter[tuple[str, Code, str, str]]) -> list[Problem]:
    """As many problems as are wanted; of several that say the same in one file, the first."""
    found = []
    for problem in problems:
        if wanted[_without_line(problem)] > 0:
            wanted[_without_line(problem)] -= 1
            found.append(problem)
    return found


def suggest(word: str, known: Iterable[str]) -> str:
    """`Did you mean 'x'?` for the known word nearest to `word`, or an empty text if none is near."""
    near = difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=0.7)
    return f"Did you mean '{near[0]}'?" if near else ""


def short(value: object) -> str:
    """A value on one line and of bearable length, to be quoted in a message."""
    text = " ".join(str(value)[:400].split())
    return text if len(text) <= 60 else text[:59] + "…"


def choices(values: Iterable[str]) -> str:
    """Accepted values as a readable list: `prison, probation or community`."""
    *rest, last = values
    return f"{', '.join(rest)} or {last}" if rest else last


def article(words: str) -> str:
    """Words with the article they need: `a tool`, `an organisation`."""
    return f"{'an' if words[0] in 'aeio' else 'a'} {words}"


def as_text(problem: Problem) -> str:
    """The problem for a terminal: `file:line:column: message [code]`, the fix indented below."""
    word = "advice: " if problem.code.is_advice else ""
    head = f"{problem.location}: {word}{problem.message} [{problem.code.id}]"
    return "\n".join([head, *(f"    {line}" for line in problem.fix.splitlines())])


def address_of_code(code: Code, site: str) -> str:
    """Where the code is explained with examples.

    Args:
        code: The code.
        site: The address of the site, with a slash at its end.
    """
    return f"{site}{CHECKS}#{code.id}"


def explanations(problems: Iterable[Problem], site: str) -> str:
    """Where each code among the problems is explained, a line for each, for a terminal; empty if there is nothing to explain or no site."""
    codes = dict.fromkeys(problem.code for problem in problems)
    if not (codes and site):
        return ""
    width = max(len(code.id) for code in codes)
    return "\n".join(["What the words in square brackets mean, with examples:", *(f"  {code.id:{width}}  {address_of_code(code, site)}" for code in codes)])


def as_github_annotation(problem: Problem, site: str = "") -> str:
    """The problem as a GitHub workflow command, shown on the line of the pull request, with the address where its code is explained.

    The escapes are those of GitHub's toolkit (`@actions/core`, `command.ts`): `%`, line ends, and
    in properties `:` and `,` too, so that text from a record cannot start a command of its own.
    """
    place = problem.location
    level = "notice" if problem.code.is_advice else "error"
    where = f"Examples: {address_of_code(problem.code, site)}" if site else ""
    text = "\n".join(filter(None, (problem.message, problem.fix, where)))
    return f"::{level} file={_property(place.path)},line={place.line},col={place.column},title={_property(problem.code.id)}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
