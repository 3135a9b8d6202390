"""The knowledge base as tables: values from which CSV files, the SQLite file and their descriptions are made.

Rows are made when they are asked for, one at a time. None means *not yet coded*; `not reported` stays as it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeAlias

from waymark.corrections import CORRECTIONS, correction_anchor
from waymark.countries import names
from waymark.dictionary import EVERY, Definition, definitions_of, dictionary
from waymark.evidence import CHANGING, profile_if_any
from waymark.fields import Part
from waymark.freshness import due_of
from waymark.kinds import Kind
from waymark.library import Item, Library
from waymark.links import address_of, owner_anchor, part_anchor
from waymark.models import Record, fields_of, role_of, with_role
from waymark.recoded import CODED
from waymark.usage import place_of, shown_works

Cell: TypeAlias = str | int | float | None
Row: TypeAlias = tuple[Cell, ...]
ColumnType = Literal["string", "integer", "number", "date", "any"]
"""As in Frictionless Data (Table Schema); `any` is a number or a word such as *not reported*."""

SEPARATOR = "; "
"""Between the values of a list in one cell."""
_OWN_TABLE = frozenset({"evidence", "figures", "disagreements", "owner_statements", "relations", "basis"})
"""Fields whose content is in a table of its own, not in the table of a kind. (`basis` is in `facts` and `statements`.)"""
_WORK = {
    "author": "Authors, joined by “and”, as in BibTeX.",
    "editor": "Editors, in the same form.",
    "year": "Year.",
    "date": "Date, where more than the year is known.",
    "title": "Title.",
    "journal": "Journal.",
    "booktitle": "Book that it is a chapter of.",
    "volume": "Volume.",
    "number": "Number or issue.",
    "pages": "Pages.",
    "publisher": "Publisher.",
    "institution": "Institution that published it.",
    "doi": "DOI.",
    "isbn": "ISBN.",
    "issn": "ISSN.",
    "url": "Address on the web.",
    "language": "Language.",
    "known": "How we know it: read in full, read in part, or via another work.",
    "checked": "When its data were checked.",
    "checkedat": "Where its data were checked.",
    "comment": "Remark of the editors.",
}
"""Fields of a work that its table has, and what they mean."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what it means."""

    name: str
    meaning: str
    type: ColumnType = "string"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its columns; its rows can be asked for again and again."""

    name: str
    """Its name in the database."""
    file: str
    """Name of its CSV file, without the ending."""
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """Columns that together tell its rows apart."""
    rows: Callable[[], Iterable[Row]]
    links: tuple[tuple[tuple[str, ...], str], ...] = ()
    """Columns that hold the key of another table, and the name of that table."""


def tables_of(library: Library, base: str) -> tuple[Table, ...]:
    """The tables of the database, each after those that it points at.

    Args:
        library: All records.
        base: What stands before the address of a page: the site's own address, or nothing.
    """
    of_record = (("record",), "records")
    at_statement = (("record", "place"), "statements")

    def table(
        name: str,
        about: str,
        columns: Iterable[Column],
        key: Iterable[str],
        rows: Callable[[Item], Iterable[Row]],
        *links: tuple[tuple[str, ...], str],
        file: str = "",
    ) -> Table:
        return Table(name, file or name, about, tuple(columns), tuple(key), lambda: (row for item in library.items.values() for row in rows(item)), links)

    return (
        table(
            "records", "What every record has, whatever its kind.",
            [_ID, Column("kind", "Kind of the record."), _ADDRESS, *_columns(EVERY, _of_every), *_CHECKED, *_RETIRED], ["id"], partial(_record, base=base),
        ),
        Table(
            "countries", "countries", "Countries that records name.",
            (Column("code", "ISO 3166-1 code of two letters."), Column("name", "Name in everyday English.")), ("code",),
            lambda: ((code, names().get(code, code)) for code in sorted(set(_all_countries(library)))),
        ),
        table(
            "record_countries", "Which record names which country.", [_RECORD, Column("country", "Code of the country.")], ["record", "country"],
            lambda item: ((item.id, code) for code in dict.fromkeys(_countries(item.record))), of_record, (("country",), "countries"), file="record-countries",
        ),
        Table(
            "works", "references", "The works that are cited.",
            (Column("key", "Key of the work in citations."), Column("type", "Type of the work."), Column("address", "Its page; empty if it is cited nowhere."),
             *(Column(name, meaning) for name, meaning in _WORK.items()), Column("via", "Key of the work through which alone it is known.")),
            ("key",), lambda: _works(library, base), ((("via",), "works"),),
        ),
        table(
            "record_works", "Works that a record names outside its texts.",
            [_RECORD, Column("key", "Key of the work."), Column("role", "`checked against` or `further reading`.")], ["record", "key", "role"], _named_works,
            of_record, (("key",), "works"), file="record-works",
        ),
        table(
            "facts", "Every coded fact; a list has a row for each value.",
            [_RECORD, Column("field", "Name of the field."), Column("number", "Place in the list, from 1.", "integer"),
             Column("value", "The value as coded; `not reported` if the sources are silent.", "any"), Column("basis", "Citation of its source.")],
            ["record", "field", "number"], _facts, of_record,
        ),
        table(
            "statements", "Every text that says something, and the sources of facts and links.",
            [_RECORD, _PLACE, Column("heading", "Heading on the page."), _ADDRESS, Column("text", "Markdown text with its citations, as written.")],
            ["record", "place"], partial(_statements, base=base), of_record,
        ),
        table(
            "citations", "Every citation of every text.",
            [_RECORD, _PLACE, Column("number", "Place among the citations of the text, from 1.", "integer"), Column("key", "Key of the work."),
             Column("locator", "Place in the work."), Column("via", "Key of the work through which alone it is known here."),
             Column("via_locator", "Place in that work."), Column("stance", "supports, qualifies or disputes.")],
            ["record", "place", "number"], _citations, at_statement, (("key",), "works"), (("via",), "works"),
        ),
        table(
            "relations", "Every link from record to record that has a reason. Each stands here once, from the record that states it.",
            [_RECORD, _NUMBER, Column("type", "How the two belong together."), Column("to", "Id of the other record."),
             Column("to_anchor", "Part of the other record; empty for the whole."), *_columns("relation", ("basis", "note"))],
            ["record", "number"], _relations, of_record, (("to",), "records"),
        ),
        table(
            "parts", "Stages, steps, points, meanings and other lists of parts.",
            [_RECORD, Column("field", "Name of the field."), _NUMBER, _ADDRESS, *_columns("part", ("title", "text", "group"))],
            ["record", "field", "number"], partial(_parts, base=base), of_record,
        ),
        table(
            "disagreements", "Where sources disagree or err.", [_RECORD, _NUMBER, _ADDRESS, *_columns("disagreement", ("topic", "text", "state"))],
            ["record", "number"], partial(_disagreements, base=base), of_record,
        ),
        table(
            "owner_statements", "What those who run or made something say about its page, in their own words.",
            [_RECORD, _NUMBER, _ADDRESS, *_columns("owner statement", definitions_of("owner statement"))],
            ["record", "number"], partial(_owner_statements, tuple(definitions_of("owner statement")), base=base), of_record, file="owner-statements",
        ),
        Table(
            "corrections", "corrections", "Every report of a mistake, with what was decided.",
            (Column("id", "Its name in the log."), _ADDRESS, Column("topic", "What it is about."), Column("reported", "Day of the report.", "date"),
             Column("found_by", "Who found it: a reader, the owner, or our own second reading."), Column("pages", "Ids of the records and names of the pages."),
             Column("shown", "What we showed."), Column("right", "What is right, or what the report says is right."), Column("source", "The source."),
             Column("decision", "open, accepted, partly or declined."), Column("decided", "Day of the decision.", "date"), Column("by", "Initials."),
             Column("reason", "Why it was decided so."), Column("changed", "What was changed, and where."), Column("report", "Address of the report.")),
            ("id",), lambda: _corrections(library, base),
        ),
        Table(
            "people", "people", "Whose initials stand in the records.",
            (Column("initials", "As they stand in `checked_by`, `coded_by` and other fields."), Column("name", "Name or alias that was chosen."),
             Column("stands_for", "person or group."), Column("roles", "What they do here."), Column("since", "First day.", "date"),
             Column("until", "Last day; empty if they still take part.", "date"),
             Column("interests", "Interests that were declared; `none` if that was said; empty if nothing was said yet.")),
            ("initials",), lambda: _people(library),
        ),
        table(
            "figures", "Every figure of every statistic.", [_RECORD, _NUMBER, *_columns("figure", definitions_of("figure"))],
            ["record", "number"], partial(_small_maps, "figures", tuple(definitions_of("figure"))), of_record, file="statistics-figures",
        ),
        table(
            "evidence", "Every coded finding, of all kinds.", [_RECORD, _NUMBER, *_columns("evidence", definitions_of("evidence"))],
            ["record", "number"], partial(_small_maps, "evidence", tuple(definitions_of("evidence"))), of_record,
        ),
        table(
            "second_codings", "What a second coder, who did not see the first coding, wrote of coded findings; empty where nothing was written.",
            [_RECORD, _NUMBER, *_columns("evidence", CODED), Column("seen", "`source`, or `finding only` if the second coder saw our words alone."),
             Column("note", "What the second coder said about the coding.")],
            ["record", "number"], partial(_second_codings, library=library), of_record, (("record", "number"), "evidence"), file="second-codings",
        ),
        table(
            "profiles", "How far each question about a programme, practice or tool has been looked at, worked out from coded findings (method page).",
            [_RECORD, Column("question", "One of the six questions; or `reoffending`: the question on outcomes, with the findings on reoffending alone."),
             Column("stage", "0 to 6: how the question was looked at. It counts kinds of sources and does not say how good they are.", "integer"),
             Column("word", "The stage in a word or two."), Column("says", "What may be said."), Column("cautions", "Reasons to be careful, by name."),
             Column("findings", "Places in `evidence` of the findings that reach the stage, from 1.")],
            ["record", "question"], partial(_profile, library=library), of_record,
        ),
        table(
            "concerns", "What is judged of every finding across programmes.", [_RECORD, _NUMBER, *_columns("concern", definitions_of("concern"))],
            ["record", "number"], partial(_judged, tuple(definitions_of("concern"))), of_record,
        ),
        Table(
            "dictionary", "dictionary", "Every field: what it means and takes.",
            (Column("owner", "Kind that has the field, `every record`, or the small map it stands in."), Column("field", "Name of the field."),
             Column("label", "Heading or label on the page."), Column("meaning", "What the field means."), Column("type", "Type in words."),
             Column("accepted", "Values of a closed list."), Column("required", "yes if the field must be there."),
             Column("notes", "Unit, and where else it is.")),
            ("owner", "field"), _dictionary,
        ),
    )  # fmt: skip


def kind_table(library: Library, kind: Kind, base: str) -> Table:
    """All records of a kind, one row each, lists in one cell: for spreadsheets."""
    fields = tuple(name for name in fields_of(kind.model) if not _has_own_table(kind.model, name) and name not in ("name", "checked", "retired"))
    columns = [_ID, _ADDRESS, *_columns(kind.name, ("name",))]
    for column in _columns(kind.name, fields):
        columns += [column, Column("country_names", "Names of the countries.")] if column.name == "countries" else [column]
    columns += [Column("checked_on", "Day of the last check.", "date"), Column("checked_against", "Keys of the works that were open.")]
    columns += [*_CHECKED[1:], *_RETIRED]

    def row(item: Item) -> Row:
        record = item.record
        cells: list[Cell] = [item.id, f"{base}{address_of(kind.name, item.id)}", record.name]
        for name in fields:
            cells.append(_cell(getattr(record, name)))
            if name == "countries":
                cells.append(_joined(names().get(code, code) for code in _countries(record)))
        checked = record.checked
        days = (str(checked.on), _joined(checked.against), checked.by, checked.second, str(due_of(record, kind.name).on))
        return (*cells, *days, *_retired(record))

    return Table(kind.plural, kind.plural, kind.about, tuple(columns), ("id",), lambda: map(row, library.of_kind(kind.name)))


def fact_fields(model: type[Record]) -> tuple[str, ...]:
    """The coded fields of a kind: those of the box “At a glance”, and what else takes words of a closed list (`form` of a theory)."""
    return tuple(
        name for name in fields_of(model) if role_of(model, name) == "fact" or (not role_of(model, name) and name not in (*Record.model_fields, "evidence"))
    )


# Columns that several tables have ------------------------------------------------------------------


def _columns(owner: str, fields: Iterable[str]) -> list[Column]:
    definitions = definitions_of(owner)
    return [Column(name, definitions[name].meaning, _type(definitions[name])) for name in fields]


def _type(definition: Definition) -> ColumnType:
    if definition.type.startswith("date"):
        return "date"
    if not definition.is_number:
        return "string"
    return "any" if definition.accepted else "number" if definition.type == "number" else "integer"


_of_every = ("name", "short_name", "other_names", "summary", "limits", "former_ids", "former_anchors")
_ID = Column("id", "Id of the record; it never changes.")
_RECORD = Column("record", "Id of the record.")
_ADDRESS = Column("address", "Its page, or its place there.")
_NUMBER = Column("number", "Place in the list, from 1.", "integer")
_PLACE = Column("place", "Where in the record the text stands: names of fields and places in lists, counted from 0, with points between.")
_RETIRED = (
    Column("retired_on", "Day on which the page was retired: it is no longer kept up. Empty if it is current.", "date"),
    Column("retired_reason", "Why."),
    Column("replaced_by", "Id of the record to use now."),
)
_CHECKED = (
    Column("checked_on", "Day of the last check.", "date"),
    Column("checked_by", "Initials of the editor who checked it."),
    Column("checked_second", "Initials of a second reader."),
    Column("check_due", "Day on which the next check is due, by the rule of the page on the state of the knowledge base, or as set by an editor.", "date"),
)


# Rows -----------------------------------------------------------------------------------------------


def _record(item: Item, *, base: str) -> Iterator[Row]:
    record = item.record
    cells = (_cell(getattr(record, name)) for name in _of_every)
    checked = (str(record.checked.on), record.checked.by, record.checked.second, str(due_of(record, item.kind.name).on))
    yield item.id, item.kind.name, f"{base}{address_of(item.kind.name, item.id)}", *cells, *checked, *_retired(record)


def _retired(record: Record) -> Row:
    said = record.retired
    return (str(said.on), said.reason, said.replaced_by) if said else (None, None, None)


def _countries(record: Record) -> tuple[str, ...]:
    value = getattr(record, "countries", None)
    return value if isinstance(value, tuple) else ()


def _all_countries(library: Library) -> Iterator[str]:
    return (code for item in library.items.values() for code in _countries(item.record))


def _works(library: Library, base: str) -> Iterator[Row]:
    shown = set(shown_works(library))
    for key, entry in library.bibliography.items():
        said = (entry[name].replace("{", "").replace("}", "") or None for name in _WORK)
        yield key, entry.type, f"{base}references/{key}/" if key in shown else None, *said, entry["via"] if entry["via"] in library.bibliography else None


def _named_works(item: Item) -> Iterator[Row]:
    for role, keys in (("checked against", item.record.checked.against), ("further reading", item.record.further_reading)):
        yield from ((item.id, key, role) for key in dict.fromkeys(keys))


def _facts(item: Item) -> Iterator[Row]:
    for name in fact_fields(type(item.record)):
        value = getattr(item.record, name)
        values = value if isinstance(value, tuple) else () if value is None else (value,)
        yield from ((item.id, name, number, each, item.record.basis.get(name)) for number, each in enumerate(values, 1))


def _statements(item: Item, *, base: str) -> Iterator[Row]:
    page = f"{base}{address_of(item.kind.name, item.id)}"
    for each in item.statements:
        anchor, heading = place_of(item, each.loc)
        yield item.id, place_in_words(each.loc), heading, f"{page}#{anchor}" if anchor else page, each.text


def _citations(item: Item) -> Iterator[Row]:
    for statement in item.statements:
        place = place_in_words(statement.loc)
        for number, each in enumerate(statement.citations(), 1):
            yield item.id, place, number, each.key, each.locator or None, each.via or None, each.via_locator or None, each.stance


def _relations(item: Item) -> Iterator[Row]:
    for number, each in enumerate(item.record.relations, 1):
        target, _, anchor = each.to.partition("#")
        yield item.id, number, each.type, target, anchor or None, each.basis, each.note


def _parts(item: Item, *, base: str) -> Iterator[Row]:
    page = f"{base}{address_of(item.kind.name, item.id)}"
    for name in with_role(type(item.record), "parts"):
        for number, part in enumerate(getattr(item.record, name), 1):
            yield item.id, name, number, f"{page}#{part_anchor(name, number, part.anchor)}", part.title, part.text, part.group


def _disagreements(item: Item, *, base: str) -> Iterator[Row]:
    page = f"{base}{address_of(item.kind.name, item.id)}"
    for number, each in enumerate(item.record.disagreements, 1):
        yield item.id, number, f"{page}#{part_anchor('disagreements', number, each.anchor)}", each.topic, each.text, each.state


def _owner_statements(columns: tuple[str, ...], item: Item, *, base: str) -> Iterator[Row]:
    page = f"{base}{address_of(item.kind.name, item.id)}"
    for number, each in enumerate(item.record.owner_statements, 1):
        yield item.id, number, f"{page}#{owner_anchor(number)}", *(_cell(getattr(each, name)) for name in columns)


def _corrections(library: Library, base: str) -> Iterator[Row]:
    for each in library.corrections:
        said = each.said
        yield (
            each.id, f"{base}{CORRECTIONS}#{correction_anchor(each.id)}", said.topic, str(said.reported), said.found_by, _joined(said.pages), said.shown,
            said.right, said.source, said.decision, str(said.decided) if said.decided else None, said.by, said.reason, said.changed, said.report,
        )  # fmt: skip


def _people(library: Library) -> Iterator[Row]:
    for initials, each in library.people.items():
        interests = each.interests if isinstance(each.interests, str | None) else _joined(interest.what for interest in each.interests)
        yield initials, each.name, each.stands_for, _joined(each.roles), str(each.since), str(each.until) if each.until else None, interests


def _small_maps(field: str, columns: tuple[str, ...], item: Item) -> Iterator[Row]:
    for number, each in enumerate(getattr(item.record, field, ()), 1):
        yield item.id, number, *(_cell(getattr(each, name)) for name in columns)


def _second_codings(item: Item, *, library: Library) -> Iterator[Row]:
    for place, each in sorted(library.codings_of(item.id).items()):
        yield item.id, place + 1, *(_cell(getattr(each, name)) for name in (*CODED, "seen")), each.note or None


def _profile(item: Item, *, library: Library) -> Iterator[Row]:
    """Of a record without coded findings nothing is said: it is not yet coded."""
    profile = profile_if_any(library, item)
    if not profile:
        return
    for name, each in (
        *((each.question, each) for each in profile.assessments),
        *([("reoffending", profile.reoffending)] if item.kind.name in CHANGING else []),
    ):
        yield (
            item.id, name, int(each.stage), each.word, each.says, _joined(caution.name for caution in each.cautions),
            _joined(place + 1 for place in each.carriers),
        )  # fmt: skip


def _judged(columns: tuple[str, ...], item: Item) -> Iterator[Row]:
    for field in with_role(type(item.record), "concerns"):
        yield from _small_maps(field, columns, item)


def _has_own_table(model: type[Record], name: str) -> bool:
    # A factor has a fact of the same name as the concerns of a finding, so the name alone does not tell.
    return name in _OWN_TABLE or role_of(model, name) == "concerns"


def _dictionary() -> Iterator[Row]:
    for group in dictionary():
        for each in group.definitions:
            yield each.owner, each.field, each.label, each.meaning, each.type, _joined(each.accepted), "yes" if each.is_required else "no", each.notes or None


def place_in_words(loc: Iterable[str | int]) -> str:
    """Where in a record a text stands: `structure.2.text`."""
    return ".".join(map(str, loc))


# Cells ----------------------------------------------------------------------------------------------


def _cell(value: object) -> Cell:
    """A value in one cell: a list with its values joined, a part by its title; nothing for what is not yet coded."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, dict):
        return _joined(f"{name}: {each}" for name, each in value.items())
    if isinstance(value, tuple):
        return _joined(each.title if isinstance(each, Part) else each for each in value)
    return str(value)


def _joined(values: Iterable[object]) -> str | None:
    return SEPARATOR.join(map(str, values)) or None
