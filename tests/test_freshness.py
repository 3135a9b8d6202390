"""When a record is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.fields import Checked, Disagreement
from waymark.freshness import ENDING, OF_KIND, OF_STATUS, OPEN_DISAGREEMENT, RETIRED, SOON, Due, due_of, months_after
from waymark.kinds import KINDS
from waymark.knowledge import Term
from waymark.library import Library
from waymark.models import Record
from waymark.work import Practice, Programme

CHECKED = Checked(on=date(2026, 1, 15), against=("doe2020aims",))
OPEN = (Disagreement(topic="A", text="A [@doe2020aims, p. 1].", state="open"),)
SETTLED = (Disagreement(topic="A", text="A [@doe2020aims, p. 1].", state="settled"),)


def programme(**fields: object) -> Record:
    return Programme(**{"name": "A", "summary": "A", "checked": CHECKED, **fields})  # type: ignore[arg-type]


def practice(**fields: object) -> Record:
    return Practice(**{"name": "A", "summary": "A", "checked": CHECKED, **fields})  # type: ignore[arg-type]


def term(**fields: object) -> Record:
    return Term(**{"name": "A", "summary": "A", "checked": CHECKED, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("record", "kind", "months", "on"),
    [
        (programme(), "programme", 12, date(2027, 1, 15)),
        (programme(status="not reported"), "programme", 12, date(2027, 1, 15)),
        (programme(status="unknown"), "programme", 12, date(2027, 1, 15)),
        (programme(status="pilot"), "programme", 6, date(2026, 7, 15)),
        (programme(status="planned"), "programme", 6, date(2026, 7, 15)),
        (programme(status="ended"), "programme", 36, date(2029, 1, 15)),
        (programme(status="replaced"), "programme", 36, date(2029, 1, 15)),
        (programme(status="ended", disagreements=OPEN), "programme", 12, date(2027, 1, 15)),
        (programme(status="pilot", disagreements=OPEN), "programme", 6, date(2026, 7, 15)),
        (practice(), "practice", 18, date(2027, 7, 15)),
        (practice(status="running"), "practice", 12, date(2027, 1, 15)),
        (term(), "term", 36, date(2029, 1, 15)),
        (term(disagreements=OPEN), "term", 12, date(2027, 1, 15)),
        (term(disagreements=SETTLED), "term", 36, date(2029, 1, 15)),
    ],
)
def test_the_rule(record: Record, kind: str, months: int, on: date) -> None:
    due = due_of(record, kind)
    assert (due.months, due.on) == (months, on)
    reasons = [*OF_KIND.values(), *OF_STATUS.values(), OPEN_DISAGREEMENT]
    assert (due.months, due.reason) in [(each.months, each.reason) for each in reasons], "the reason is the one that gave the months"


def test_an_editor_may_set_another_day() -> None:
    checked = Checked(on=date(2026, 1, 15), against=("doe2020aims",), due=date(2026, 3, 1), due_reason="A trial comes out.")
    assert due_of(programme(checked=checked, status="ended"), "programme") == Due(date(2026, 3, 1), "A trial comes out.", None)


def test_a_retired_page_can_wait() -> None:
    """Also where its status or an open disagreement would bring the day nearer."""
    record = programme(status="pilot", disagreements=OPEN).model_copy(update={"retired": object()})
    assert due_of(record, "programme") == Due(date(2031, 1, 15), RETIRED.reason, RETIRED.months)


def test_every_kind_and_every_status_that_matters_has_an_interval() -> None:
    assert OF_KIND.keys() == KINDS.keys()
    assert set(ENDING) < OF_STATUS.keys()


@pytest.mark.parametrize(
    ("today", "state", "days"),
    [
        (date(2026, 1, 15), "later", 0),
        (date(2026, 10, 14), "later", 0),
        (date(2026, 10, 15), "soon", 0),
        (date(2027, 1, 15), "soon", 0),
        (date(2027, 1, 16), "overdue", 1),
        (date(2028, 1, 15), "overdue", 365),
    ],
)
def test_what_is_overdue(today: date, state: str, days: int) -> None:
    due = due_of(programme(), "programme")
    assert (due.state(today), due.days_overdue(today)) == (state, days)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
    ],
)
def test_months_after(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 120))
def test_months_are_about_as_long_as_months(day: date, months: int) -> None:
    after = months_after(day, months)
    assert timedelta(days=28 * months) <= after - day <= timedelta(days=31 * months)
    assert after.day == day.day or (after + timedelta(days=1)).day == 1


def test_nothing_real_is_due_before_it_was_checked(real_library: Library) -> None:
    for item in real_library.items.values():
        assert due_of(item.record, item.kind.name).on > item.record.checked.on, item.id
    assert min(each.months for each in OF_STATUS.values()) > SOON, "else a page would be due soon on the day of its check"
