"""Brokerage: each role by hand."""

import pytest

from placedex.ledger.brokerage import Brokerage, brokers, gould_fernandez
from tests.ledger.small_network import STAR


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        ("xxx", "coordinator"),
        ("xyx", "itinerant"),
        ("xyy", "gatekeeper"),
        ("xxy", "representative"),
        ("xyz", "liaison"),
    ],
)
def test_three_in_a_row_have_the_role_of_their_groups(groups: str, role: str) -> None:
    known = dict(zip("ibk", groups, strict=True))

    found = gould_fernandez([("i", "b"), ("b", "k")], known)

    assert found["b"] == Brokerage(**{role: 1})
    assert found["i"].total == found["k"].total == 0


def test_nobody_stands_between_two_that_are_tied() -> None:
    known = dict.fromkeys("ibk", "x")

    assert gould_fernandez([("i", "b"), ("b", "k"), ("i", "k")], known)["b"].total == 0
    # The tie back is no tie from i to k.
    assert gould_fernandez([("i", "b"), ("b", "k"), ("k", "i")], known)["b"].coordinator == 1


def test_a_tie_both_ways_leads_nobody_back_to_itself() -> None:
    found = gould_fernandez([("i", "b"), ("b", "i"), ("b", "b")], {"i": "x", "b": "x"})

    assert found["b"].total == 0


def test_without_direction_each_two_are_counted_once() -> None:
    """The middle of a star: a and b of its own group, c of another."""
    found = brokers(STAR, {"h": "x", "a": "x", "b": "x", "c": "y"})["h"]

    assert (found.coordinator, found.gatekeeper, found.representative) == (1, 2, 2)
    assert (found.itinerant, found.liaison) == (0, 0)


def test_new_names_change_no_role() -> None:
    ties = [("i", "b"), ("j", "b"), ("b", "k"), ("i", "k")]
    groups = dict(zip("ijbk", "xyxz", strict=True))
    new = dict(zip("ijbk", "kbji", strict=True))

    renamed = gould_fernandez(
        [(new[one], new[other]) for one, other in reversed(ties)],
        {new[node]: group for node, group in groups.items()},
    )

    assert {new[node]: one for node, one in gould_fernandez(ties, groups).items()} == renamed
