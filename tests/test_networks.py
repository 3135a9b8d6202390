"""What needs a graph library: clusters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from waymark.networks import clusters


def test_groups_that_share_nothing_are_clusters_of_their_own() -> None:
    """The largest first; of equal size by name."""
    assert clusters([["z", "y", "x"], ["b", "a"], ["d", "c"]]) == [{"x", "y", "z"}, {"a", "b"}, {"c", "d"}]


def test_what_is_often_together_holds_against_what_is_once_together() -> None:
    often = [["a", "b", "c"]] * 5 + [["d", "e", "f"]] * 5
    assert clusters([*often, ["c", "d"]]) == [{"a", "b", "c"}, {"d", "e", "f"}]


def test_things_alone_are_left_out() -> None:
    """A group may name a thing twice; that makes no company."""
    assert clusters([]) == []
    assert clusters([[], ["a"], ["b", "b"], ["c", "d"]]) == [{"c", "d"}]


@given(st.lists(st.sets(st.sampled_from("abcdefgh"), max_size=5), max_size=12), st.randoms())
def test_clusters_part_what_stands_together(groups: list[set[str]], random: object) -> None:
    """Each thing that has company is in one cluster, whatever the order inside a group and however often it is asked."""
    found = clusters(groups)
    members = [thing for cluster in found for thing in cluster]
    assert sorted(members) == sorted(set().union(*(group for group in groups if len(group) > 1)))
    shuffled = [sorted(group, key=lambda _: random.random()) for group in groups]  # type: ignore[attr-defined]
    assert clusters(shuffled) == found
