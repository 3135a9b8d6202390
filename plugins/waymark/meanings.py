"""What fields mean: the words that stand below each of them in the code.

pydantic can read them while it makes a class (`use_attribute_docstrings`). That takes a seventh of the time in which all of
this is loaded, for words that only a message, a schema or the data dictionary needs.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from waymark.fields import Model


@cache
def meanings_of(model: type[Model]) -> Mapping[str, str]:
    """The meaning of each field of a model, inherited ones too; a field that has none is left out."""
    found: dict[str, str] = {}
    for each in reversed(model.__mro__):
        if issubclass(each, Model):
            found |= _in_file(inspect.getfile(each)).get(each.__name__, {})
    return {field: words for field, words in found.items() if words}


@cache
def _in_file(path: str) -> Mapping[str, Mapping[str, str]]:
    """The same for all classes of a file by name; without words where a field has none, because it may have had some in its parent."""
    tree = ast.parse(Path(path).read_text(encoding="utf-8"))
    return {each.name: dict(_of_class(each)) for each in tree.body if isinstance(each, ast.ClassDef)}


def _of_class(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for each, below in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
            match below:
                case ast.Expr(value=ast.Constant(value=str(words))):
                    yield each.target.id, inspect.cleandoc(words)
                case _:
                    yield each.target.id, ""
