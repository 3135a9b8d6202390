"""The questions of `waymark new`, on a terminal. No command of its own."""

from __future__ import annotations

import shutil
import sys
import textwrap
from dataclasses import replace

from waymark import interview
from waymark.bibliography import READ_IN_FULL, READ_IN_PART, REQUIRED, bibliography_of, value_fault
from waymark.commands.drafts import Draft
from waymark.fields import NOT_REPORTED
from waymark.interview import Question
from waymark.models import with_role
from waymark.paths import DATA, REFERENCES
from waymark.people import initials_fault

_DONE = "."
_TYPES = {
    "article": "an article in a journal or newspaper",
    "report": "a report, paper or guideline",
    "online": "a web page",
    "book": "a book",
    "incollection": "a chapter of a book",
    "thesis": "a thesis",
    "legal": "a law, treaty or recommendation of states",
    "unpublished": "something unpublished: slides, a talk, a manuscript",
}
"""The types of works in words, the most frequent first."""
_CONTAINERS = {
    "article": {"journal": "Journal or newspaper"},
    "report": {"institution": "Body that publishes it"},
    "online": {"publisher": "Whose site it is"},
    "book": {"publisher": "Publisher"},
    "incollection": {"booktitle": "Title of the book", "publisher": "Publisher"},
    "thesis": {"institution": "University"},
    "legal": {"institution": "Body that made it"},
    "unpublished": {"eventtitle": "Meeting at which it was shown"},
}
"""By type of work what it stands in or who gave it out, as it is asked for."""


def ask(state: Draft, *, asks_by: bool) -> None:
    """All questions, in the order of a page. Raises EOFError where the answers end, KeyboardInterrupt where the user stops."""
    say(
        f"A new {state.kind.name}. Enter alone skips a question that may stay open; a point alone ends the questions and writes the draft. "
        "Ctrl-C stops, and nothing is written."
    )
    _ask_name(state)
    _ask_other_names(state)
    asked = interview.questions(state.kind)
    countries = next((each for each in asked if each.field == "countries"), None)
    try:
        if countries and "countries" not in state.values:
            _ask_field(state, countries, with_source=False)
        _look_for_twins(state)
        _ask_sources(state)
        _look_for_twins(state)
        if "countries" in state.values and state.values["countries"] != NOT_REPORTED and "countries" not in state.values.get("basis", {}):
            say("Now the countries that you named.")
            _ask_basis(state, "countries")
        if "summary" not in state.values:
            summary = Question("summary", "Summary: two or three short sentences that a newcomer understands.", is_text=True)
            _ask_field(state, summary)
        for each in asked:
            if each.field not in state.values:
                _ask_field(state, each)
        if asks_by:
            _ask_initials(state)
    except _Enough:
        return


def _ask_initials(state: Draft) -> None:
    while not state.by:
        initials = _input("Your initials, for the record of who checked it; Enter leaves them out: ").strip()
        if not initials or initials == _DONE:
            return
        if fault := initials_fault(initials, state.library.people):
            say(fault)
        else:
            state.by = initials


class _Enough(Exception):
    """The user wants no more questions."""


def _ask_name(state: Draft) -> None:
    while "name" not in state.values:
        name = " ".join(_input("What is it called? The usual name, in English where there is one: ").split())
        if not name:
            say("It needs a name, which becomes the title of its page.")
        elif fault := state.faults("name", name):
            say(fault)
        else:
            state.values["name"] = name
    while not state.id:
        proposed = interview.proposed_id(state.values["name"])
        what = f"{DATA}/{state.kind.plural}/….yaml, and the end of its address" if state.is_in_folder else "The end of its address"
        id = _input(f"Its id: {what}, for ever [{proposed}]: ").strip() or proposed
        if fault := state.id_fault(id):
            say(fault)
        else:
            state.id = id


def _ask_other_names(state: Draft) -> None:
    while "other_names" not in state.values:
        names = [each.strip() for each in _input("Other names or spellings, also in its own language; with commas between them: ").split(",") if each.strip()]
        if not names or names == [_DONE]:
            return
        if fault := state.faults("other_names", names):
            say(fault)
        else:
            state.values["other_names"] = names


def _ask_field(state: Draft, question: Question, *, with_source: bool = True) -> None:
    """One field: asked until the answer is right or it is skipped."""
    print()
    say(question.words)
    for number, choice in enumerate(question.choices, 1):
        print(f"  {number:>2}  {choice}")
    hints = ["Several, with commas between them."] if question.is_list and not question.is_parts else []
    hints += ["Titles in order, with ; between them; texts can follow in the file."] if question.is_parts else []
    hints += ["`not reported` if you looked and the sources are silent."] if question.can_be_not_reported else []
    if hints:
        say(" ".join(hints))
    while typed := _answer():
        value = interview.value_of(question, typed)
        needs_place = question.is_text and value != NOT_REPORTED and interview.with_citation(value, "x") != value
        # Looked at with any citation at first, so that nobody is asked for the place of what cannot stand.
        if fault := state.faults(question.field, interview.with_citation(value, state.some_citation()) if needs_place else value):
            say(fault)
            continue
        if needs_place and (cited := _ask_place(state)):
            value = interview.with_citation(value, cited)
        state.values[question.field] = value
        if with_source and value != NOT_REPORTED and question.field in with_role(state.kind.model, "fact"):
            _ask_basis(state, question.field)
        return


def _ask_basis(state: Draft, name: str) -> None:
    """The source of a fact."""
    if cited := _ask_place(state):
        state.values.setdefault("basis", {})[name] = cited


def _ask_place(state: Draft) -> str:
    """A citation for what was just said; empty if the user leaves it open."""
    if not state.sources:
        return ""
    while True:
        default = f" [{state.place}]" if state.place else ""
        typed = _input(f"Where does that stand in {state.sources[0]}, for example p. 22? Or another source: key, p. 22{default} ").strip() or state.place
        if not typed:
            return ""
        if typed.startswith("[@"):
            if fault := state.faults("limits", typed):
                say(fault)
                continue
            return typed
        key, comma, rest = typed.partition(",")
        if comma and key.strip(" @") in state.library.bibliography:
            key, place = key.strip(" @"), interview.with_place(rest)
        else:
            key, place = state.sources[0], interview.with_place(typed)
        if fault := interview.place_fault(place):
            say(fault)
            continue
        if key == state.sources[0]:
            state.place = place
        elif key not in state.sources:
            state.sources.append(key)
        return interview.citation(key, place, state.library.bibliography)


def _ask_sources(state: Draft) -> None:
    while not state.sources:
        key = _ask_source(state, "Its main source: write a part of the title, an author or the key; or `new` for a work that is not here yet.")
        if not key:
            return
        state.sources.append(key)
    while True:
        key = _ask_source(state, "Another source that you have open? Enter if there is none.")
        if not key:
            return
        if key not in state.sources:
            state.sources.append(key)


def _ask_source(state: Draft, words: str) -> str:
    """The key of a work that the user chooses; empty for none."""
    print()
    say(words)
    found: list[str] = []
    while typed := _answer():
        if typed.casefold() == "new":
            return _ask_new_source(state)
        if typed.isdecimal() and 1 <= int(typed) <= len(found):
            return found[int(typed) - 1]
        works = interview.works_like(state.library.bibliography, typed)
        if len(works) == 1 and works[0].key == typed:
            return typed
        found = [entry.key for entry in works[: interview.MOST_FOUND]]
        for number, entry in enumerate(works[: interview.MOST_FOUND], 1):
            print(_fitting(f"  {number}  {entry.key}: {interview.work_in_words(entry)}"))
        more = len(works) - len(found)
        if not works:
            say("No work has all these words. Try fewer, or write `new`.")
        else:
            say(f"Choose a number, or write other words{f'; {more} more works have these' if more > 0 else ''}.")
    return ""


def _ask_new_source(state: Draft) -> str:
    """An entry of the bibliography, asked for field by field; what is not known stays empty."""
    say("A new work. Copy what the work itself says; leave out what you cannot see. What sort of work is it?")
    type = _ask_choice({name: words for name, words in _TYPES.items() if name in REQUIRED}, "report")
    fields = {"author": interview.authors_written(_input("Authors, as Doe, Jane; Roe, Max – or the name of a body: "))}
    asked = {"year": "Year", "title": "Title", **_CONTAINERS[type], "doi": "DOI, if it has one", "url": "Address on the web, if it has one"}
    for name, words in asked.items():
        fields[name] = _ask_of_work(state, name, words, must=name in sum((each for each in REQUIRED[type] if len(each) == 1), ()))
    say("How much of it have you read?")
    fields["known"] = _ask_choice({READ_IN_FULL: "all of it", READ_IN_PART: "a part of it"}, READ_IN_PART)
    fields["checked"] = state.today.isoformat()
    fields["checkedat"] = fields["url"] or (f"https://doi.org/{fields['doi']}" if fields["doi"] else "")
    bibliography = state.library.bibliography
    key = interview.proposed_key(fields["author"], fields["year"], fields["title"], bibliography)
    text = interview.entry_text(type, key, fields)
    entries, problems = bibliography_of(text, REFERENCES, state.today)
    if key not in entries or problems:
        say("This entry is not right yet:")
        for problem in problems:
            say(f"- {problem.message} {problem.fix}")
        say(f"Nothing is lost: answer again, or choose another source and add this one to {REFERENCES} by hand.")
        print(text)
        return _ask_source(state, "A part of the title, an author or the key; or `new` once more.")
    if twin := next((entry for entry in bibliography.values() if fields["doi"] and entry["doi"].lower() == fields["doi"].lower()), None):
        say(f"This work is here already, as {twin.key}. I use that.")
        return twin.key
    state.entries[key] = text
    state.library = replace(state.library, bibliography={**bibliography, key: entries[key]})
    say(f"I will add it to {REFERENCES} as {key}.")
    return key


def _ask_of_work(state: Draft, name: str, words: str, *, must: bool) -> str:
    """One field of a work, looked at with the rules of the bibliography."""
    while True:
        value = " ".join(_input(f"{words}: ").split()).removeprefix("https://doi.org/" if name == "doi" else "")
        if value == _DONE:
            raise _Enough
        if not value and must:
            say("A work of this sort needs it. A point alone ends the questions; what you said of the record is kept, this work is left out.")
        elif value and (fault := value_fault(name, value, state.today)):
            say(fault)
        elif value.count("{") != value.count("}"):
            say("Each { needs its }. Leave both out.")
        else:
            return value


def _ask_choice(choices: dict[str, str], default: str) -> str:
    names = list(choices)
    for number, name in enumerate(names, 1):
        print(f"  {number}  {choices[name]}{' (Enter)' if name == default else ''}")
    while True:
        typed = _input("> ").strip()
        if not typed:
            return default
        if typed.isdecimal() and 1 <= int(typed) <= len(names):
            return names[int(typed) - 1]
        if typed in choices:
            return typed
        say(f"Write a number from 1 to {len(names)}.")


def _look_for_twins(state: Draft) -> None:
    if say_twins(state) and _input("Is yours another one? Enter goes on; `no` ends here, and nothing is written: ").strip().casefold() in ("n", "no"):
        raise KeyboardInterrupt


def say_twins(state: Draft) -> bool:
    """Shows records that may be about the same thing and were not shown before; True if there are any."""
    found = [twin for twin in state.twins() if twin.item.id not in state.told]
    if found:
        print()
        say("There may be a record of it already:")
    for twin in found:
        state.told.add(twin.item.id)
        say(f"- {twin.item.record.name} ({twin.item.document.path}): {'; '.join(twin.reasons)}.")
    return bool(found)


# The terminal ----------------------------------------------------------------------------------


def _input(words: str) -> str:
    typed = input(words)
    if not sys.stdin.isatty():
        print()  # who types ends the line; a file of answers does not
    return typed


def _answer() -> str:
    typed = _input("> ").strip()
    if typed == _DONE:
        raise _Enough
    return typed


def say(text: str) -> None:
    """Prints a text in lines that fit; a line that starts with `- ` is an item."""
    for line in text.split("\n"):
        print(textwrap.fill(line, width(), subsequent_indent="  " if line.startswith("- ") else "", break_long_words=False, break_on_hyphens=False))


def _fitting(line: str) -> str:
    return line if len(line) <= width() else line[: width() - 1] + "…"


def width() -> int:
    """Characters of a line."""
    return max(40, min(100, shutil.get_terminal_size().columns - 1))
