"""How exact a share of few people is."""

from __future__ import annotations

from math import sqrt

_Z = 1.959963984540054
"""Quantile of the normal distribution for 95 %, two-sided."""


def wilson(count: int, total: int) -> tuple[float, float]:
    """Lower and upper end, between 0 and 1, of the 95 % score interval of a proportion, without continuity correction.

    Unlike the textbook interval it stays between 0 and 1 and holds for rare events: Wilson, E. B. (1927), Probable
    inference, the law of succession, and statistical inference, Journal of the American Statistical Association 22,
    209–212. It is method 3 of Newcombe, R. G. (1998), Two-sided confidence intervals for the single proportion:
    comparison of seven methods, Statistics in Medicine 17, 857–872, which recommends it among the simple ones.

    Args:
        count: How many of them.
        total: Out of how many; at least 1.
    """
    share = count / total
    middle = share + _Z**2 / (2 * total)
    half = _Z * sqrt(share * (1 - share) / total + (_Z / (2 * total)) ** 2)
    scale = 1 + _Z**2 / total
    # At the ends of the scale the formula gives 0 and 1 exactly, but for the last binary digit.
    low = (middle - half) / scale if count else 0.0
    high = (middle + half) / scale if count < total else 1.0
    return low, high
