"""The kinds of record."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from waymark.kinds import KINDS, Kind
from waymark.meanings import meanings_of
from waymark.models import Record, fields_of, is_expected, label_of, role_of

EACH_KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
MINIMAL = {"name": "A", "summary": "B [@c, p. 1].", "checked": {"on": "2026-01-15", "against": ["c"]}}


@EACH_KIND
def test_order_of_fields(kind: Kind) -> None:
    """Every field once: what opens every record, the kind's own, what closes every record."""
    fields = fields_of(kind.model)
    assert sorted(kind.model.model_fields) == sorted(fields)
    assert fields[:4] == ("name", "short_name", "other_names", "summary")
    assert fields[-1] == "checked"


@EACH_KIND
def test_fields_are_explained(kind: Kind) -> None:
    """An editor sees a sentence for every field, here and in the small maps."""
    assert [name for name in kind.model.model_fields if not meanings_of(kind.model).get(name, "").endswith(".")] == []


@EACH_KIND
def test_roles(kind: Kind) -> None:
    """Facts, sections and lists of parts have a label; only facts can be expected."""
    for name in kind.model.model_fields:
        role = role_of(kind.model, name)
        assert role in ("", "fact", "section", "parts", "figures", "concerns")
        assert label_of(kind.model, name)
        assert not is_expected(kind.model, name) or role == "fact"


@EACH_KIND
def test_smallest_record(kind: Kind) -> None:
    """A name, a summary and a check make a record; it cannot be changed afterwards."""
    record = kind.model.model_validate(MINIMAL)
    with pytest.raises(ValidationError):
        record.name = "B"  # type: ignore[misc]


def test_common_fields_need_no_kind() -> None:
    """What is required of a record does not depend on its kind."""
    required = {name for name, field in Record.model_fields.items() if field.is_required()}
    assert {"name", "summary", "checked"} == required
    assert all({name for name, field in kind.model.model_fields.items() if field.is_required()} == required for kind in KINDS.values())
