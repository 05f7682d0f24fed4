"""Bridges: who alone links whom, in words."""

from placedex.ledger.bridges import between_groups, find_bridges
from tests.ledger.small_network import CHAIN, STAR, TRIANGLES, graph

NAMES = {node: node.upper() for node in "abcdhxyz"}


def test_both_ends_of_a_bridge_alone_link_the_triangles() -> None:
    found = find_bridges(TRIANGLES)

    assert [one.node for one in found] == ["a", "x"]
    assert found[0].parts == (("x", "y", "z"), ("b", "c"))
    degree = {node: len(near) for node, near in TRIANGLES.neighbours().items()}
    assert found[0].words(NAMES, degree) == (
        "A links X (with 2 more) and B (with C), which have no other tie."
    )


def test_the_middle_of_a_star_links_all_others() -> None:
    (found,) = find_bridges(STAR)

    degree = dict.fromkeys("habc", 1)
    assert found.words(NAMES, degree) == "H links A, B and C, no two of which have another tie."
    assert found.cut_off == 2


def test_what_hangs_together_by_two_ways_has_no_bridge() -> None:
    assert find_bridges(graph("ab", "bc", "ca", alone="z")) == ()
    assert find_bridges(graph("ab", "xy")) == ()
    assert find_bridges(graph()) == ()


def test_groups_without_a_tie_are_linked_by_who_is_tied_to_both() -> None:
    groups = {"a": "public", "b": "university", "c": "private", "d": "private"}
    pairs = {(one.one, one.other): one for one in between_groups(CHAIN, groups)}

    assert pairs["private", "public"].words(NAMES) == (
        "B links the groups private and public, which have no other tie."
    )
    assert pairs["private", "university"].words(NAMES) == "private and university: 1 tie."


def test_groups_that_nobody_links_are_said() -> None:
    (pair,) = between_groups(graph(alone="ab"), {"a": "public", "b": "private"})

    assert pair.words(NAMES) == "private and public have no tie, and nobody is tied to both."
