"""Another process, and what is told to it and heard from it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from waymark.adapters.partner import Partner

ECHO = """
import pickle, sys
while True:
    pickle.dump(pickle.load(sys.stdin.buffer), sys.stdout.buffer)
    sys.stdout.buffer.flush()
"""


@pytest.fixture
def start() -> Iterator[Callable[[str], Partner]]:
    begun: list[Partner] = []

    def start(code: str) -> Partner:
        begun.append(Partner(code))
        return begun[-1]

    yield start
    for each in begun:
        each.end()


@pytest.mark.parametrize("value", [None, "ä\n", {"a": (1, 2.5)}, b"\0" * 300_000])
def test_what_is_told_is_heard(start: Callable[[str], Partner], value: object) -> None:
    partner = start(ECHO)
    for _ in range(2):
        partner.tell(value)
        assert partner.hear() == value


@pytest.mark.parametrize("code", ["", "import sys; sys.stdout.write('no pickle')", "import sys; sys.stdout.buffer.write(b'\\x80\\x05K')"])
def test_who_has_ended_says_nothing_more(start: Callable[[str], Partner], code: str) -> None:
    """Also if it ends in the middle of what it says."""
    partner = start(code)
    with pytest.raises(EOFError):
        partner.hear()
    partner.tell("nobody hears")


def test_it_can_be_ended_at_any_time_and_more_than_once(start: Callable[[str], Partner]) -> None:
    partner = start("import time; time.sleep(60)")
    began = time.monotonic()
    partner.end()
    partner.end()
    assert time.monotonic() - began < 5
