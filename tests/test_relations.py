"""The table of relations."""

from __future__ import annotations

import pytest

from waymark.kinds import KINDS
from waymark.relations import ANY, RELATIONS


@pytest.mark.parametrize("name", RELATIONS)
def test_relations_join_kinds_that_exist(name: str) -> None:
    """A kind in the table is a kind of record, and each relation reads from both ends."""
    relation = RELATIONS[name]
    assert relation.sources <= set(KINDS)
    assert relation.targets <= set(KINDS)
    assert relation.forward
    assert relation.backward


def test_any_is_every_kind() -> None:
    """The table does not import the models, so this keeps the two alike."""
    assert set(KINDS) == set(ANY)
