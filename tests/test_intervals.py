"""The 95 % interval of a proportion."""

from __future__ import annotations

from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.intervals import wilson


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_published_values(count: int, total: int, low: float, high: float) -> None:
    """Newcombe (1998), table I, method 3."""
    assert tuple(round(end, 4) for end in wilson(count, total)) == (low, high)


@given(st.integers(1, 10**6).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_both_ends_solve_the_equation_of_the_score_test(of: tuple[int, int]) -> None:
    """Wilson's definition: at each end the share found lies as many standard errors away as 95 % allow, and both ends are shares."""
    count, total = of
    share, z = count / total, NormalDist().inv_cdf(0.975)
    low, high = wilson(count, total)
    assert 0 <= low <= share <= high <= 1
    for end in (low, high):
        if 0 < end < 1:
            assert (share - end) ** 2 == pytest.approx(z**2 * end * (1 - end) / total, rel=1e-6)
    assert (1 - high, 1 - low) == pytest.approx(wilson(total - count, total), abs=1e-12)
    assert wilson(0, total)[0] == 0
    assert wilson(total, total)[1] == 1


def test_more_people_make_it_narrower() -> None:
    ends = [wilson(3 * times, 100 * times) for times in (1, 2, 10, 100)]
    widths = [high - low for low, high in ends]
    assert widths == sorted(widths, reverse=True)
