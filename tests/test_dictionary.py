"""The data dictionary: every field of every model, in words."""

from __future__ import annotations

import pytest

from waymark.dictionary import EVERY, definitions_of, dictionary
from waymark.fields import Checked, Concern, Disagreement, EvidenceItem, Figure, OwnerStatement, Part, Relation, Retired
from waymark.kinds import KINDS
from waymark.meanings import meanings_of
from waymark.models import Record, label_of

MAPS = {
    "evidence": EvidenceItem, "concern": Concern, "figure": Figure, "part": Part, "relation": Relation, "disagreement": Disagreement,
    "owner statement": OwnerStatement, "checked": Checked, "retired": Retired,
}  # fmt: skip


def test_every_field_of_every_model_is_defined() -> None:
    for kind in KINDS.values():
        assert set(definitions_of(kind.name)) == set(kind.model.model_fields)
    for name, model in MAPS.items():
        assert set(definitions_of(name)) == set(model.model_fields)
    assert [group.owner for group in dictionary()] == [EVERY, *KINDS, *MAPS]


def test_what_is_said_comes_from_the_models() -> None:
    """Meaning, label and need are those of the field itself."""
    for kind in KINDS.values():
        for name, each in definitions_of(kind.name).items():
            info = kind.model.model_fields[name]
            assert each.meaning == meanings_of(kind.model)[name]
            assert each.label == label_of(kind.model, name)
            assert each.is_required is info.is_required()
            assert each.owner == (EVERY if name in Record.model_fields else kind.name)


@pytest.mark.parametrize(
    ("owner", "field", "type", "accepted", "is_number"),
    [
        ("programme", "countries", "list, each: country code (ISO 3166-1, two letters), or `not reported`", ("not reported",), False),
        ("programme", "start_year", "year, or `not reported`", ("not reported",), True),
        ("programme", "origin", "Markdown text with citations", (), False),
        ("principle", "number", "whole number", (), True),
        ("question", "state", "one of the accepted values", ("open", "partly answered", "answered"), False),
        ("exercise", "duration", "one line, up to 200 characters, or `not reported`", ("not reported",), False),
        ("theory", "parts", "list, each: map (part)", (), False),
        (EVERY, "checked", "map (checked)", (), False),
        (EVERY, "basis", "map from name to Markdown text with citations", (), False),
        (EVERY, "further_reading", "list, each: key of a work", (), False),
        ("figure", "value", "number", (), True),
        ("evidence", "coded_on", "date (YYYY-MM-DD)", (), False),
        ("evidence", "follow_up_months", "whole number, or one of the accepted values", ("none", "not reported"), True),
        ("relation", "to", "id of a record, and after # one of its parts", (), False),
    ],
)
def test_types_in_words(owner: str, field: str, type: str, accepted: tuple[str, ...], *, is_number: bool) -> None:
    found = definitions_of(owner)[field]
    assert (found.type, found.accepted, found.is_number) == (type, accepted, is_number)


def test_every_pattern_has_words() -> None:
    """A new pattern in the models would otherwise be passed off as a line of text."""
    assert not [each for group in dictionary() for each in group.definitions if "None" in each.type]


def test_numbers_have_a_unit() -> None:
    """Years and places in a list speak for themselves."""
    bare = {(each.owner, each.field) for group in dictionary() for each in group.definitions if each.is_number and "unit" not in each.notes.lower()}
    assert {field for _, field in bare} <= {"year", "start_year", "end_year", "status_year", "number"}
