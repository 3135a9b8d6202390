"""What fields mean, from the words below them in the code."""

from __future__ import annotations

import pytest
from pydantic._internal._docs_extraction import extract_docstrings_from_cls

from waymark.fields import EvidenceItem, Model
from waymark.kinds import KINDS, Kind
from waymark.meanings import meanings_of


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_each_field_of_each_kind_has_a_meaning(kind: Kind) -> None:
    meanings = meanings_of(kind.model)
    assert [name for name in kind.model.model_fields if not meanings.get(name)] == []
    assert meanings.keys() == kind.model.model_fields.keys()


@pytest.mark.parametrize("model", [*(kind.model for kind in KINDS.values()), EvidenceItem], ids=lambda model: model.__name__)
def test_they_are_the_words_that_pydantic_would_find(model: type[Model]) -> None:
    found: dict[str, str] = {}
    for each in reversed(model.__mro__):
        if issubclass(each, Model):
            found |= extract_docstrings_from_cls(each, use_inspect=True)
    assert meanings_of(model) == found


class Parent(Model):
    """Two fields."""

    kept: str = ""
    """Said by the parent."""
    changed: str = ""
    """Said by the parent
    on two lines."""
    silent: str = ""


class Child(Parent):
    """Another `changed`, of which nothing is said."""

    changed: str = "x"
    added: str = ""
    """Said by the child."""
    "Not about a field."


def test_what_a_parent_said_holds_until_a_field_is_written_anew() -> None:
    assert meanings_of(Parent) == {"kept": "Said by the parent.", "changed": "Said by the parent\non two lines."}
    assert meanings_of(Child) == {"kept": "Said by the parent.", "added": "Said by the child."}
