"""Pages that are no longer kept up."""

from __future__ import annotations

from datetime import date

import pytest

from waymark.fields import Retired
from waymark.links import Link
from waymark.retirement import retired_fault, successor_faults

KINDS = {"old": "practice", "older": "practice", "oldest": "practice", "new": "practice", "grown": "programme", "cause": "factor", "home": "page"}


def retired(**successors: str | None) -> dict[str, Retired]:
    return {id: Retired(on=date(2026, 1, 2), reason="R", basis="ours", replaced_by=to) for id, to in successors.items()}


@pytest.mark.parametrize(
    ("successors", "code", "fix"),
    [
        ({"old": None}, None, ""),
        ({"old": "new"}, None, ""),
        ({"old": "grown"}, None, ""),
        ({"old": "old"}, "bad-successor", "Name the record"),
        ({"old": "news"}, "unknown-link", "Did you mean 'new'?"),
        ({"old": "cause"}, "wrong-kind", "Name a practice or programme"),
        ({"old": "home"}, "wrong-kind", "[words][home]"),
        ({"old": "older", "older": "oldest", "oldest": "new"}, "bad-successor", "Name 'new'"),
        ({"old": "older", "older": None}, "bad-successor", "or delete the line"),
        ({"old": "older", "older": "oldest", "oldest": "older"}, "bad-successor", "or delete the line"),
    ],
)
def test_successors(successors: dict[str, str | None], code: str | None, fix: str) -> None:
    """Who comes next must exist, fit, and be current."""
    found = list(successor_faults("old", KINDS, retired(**successors)))
    assert [each.code.id for each in found] == ([code] if code else [])
    assert all(fix in each.fix for each in found)


TEXT = "See [the tea][old] and [a retired page][old]. [[relations: old, new | Before it was retired]]"


@pytest.mark.parametrize(
    ("link", "is_said"),
    [
        (Link("other", "old", "mentions", start=TEXT.index("old]")), True),
        (Link("other", "old", "mentions", start=TEXT.index("old].")), False),
        (Link("other", "old", "mentions", start=TEXT.index("old,")), False),
        (Link("other", "new", "mentions", start=4), False),
        (Link("new", "old", "mentions", start=TEXT.index("old]")), False),
        (Link("older", "old", "mentions", start=TEXT.index("old]")), False),
        (Link("other", "old", "uses"), True),
        (Link("other", "old", "uses", note="Retired since"), False),
    ],
)
def test_links_to_retired_pages(link: Link, is_said: bool) -> None:
    """Advice, unless the link says so, the successor speaks, or the speaker is retired too."""
    fault = retired_fault(link, TEXT, retired(old="new", older=None))
    assert (fault is not None) is is_said
    assert fault is None or (fault.code.is_advice and "Link to 'new'" in fault.fix)
