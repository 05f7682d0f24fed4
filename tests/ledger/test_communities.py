"""Communities: what is found, how sure it is, and what is said of its limits."""

from math import log, sqrt

import pytest

from placedex.ledger.communities import find_communities, normalised_mutual_information
from tests.ledger.small_network import TRIANGLES, graph


def test_two_triangles_are_two_communities_in_every_run() -> None:
    found = find_communities(TRIANGLES)

    assert found is not None
    assert found.members == (("a", "b", "c"), ("x", "y", "z"))
    assert (found.agreement, found.runs) == (1.0, 100)
    assert set(found.share.values()) == {1.0}
    assert found.least == found.most == found.modularity == pytest.approx(5 / 14)
    assert [found.of(node) for node in "ax"] == [0, 1]


def test_communities_below_the_resolution_limit_are_said() -> None:
    """Of seven ties three are inside each, fewer than the root of fourteen."""
    found = find_communities(TRIANGLES)

    assert found is not None
    assert found.limit == pytest.approx(sqrt(14))
    assert found.below_limit == (0, 1)
    assert "less than about 3.7: 2 of these are that small." in found.words()


def test_one_that_belongs_to_both_sides_is_not_sure() -> None:
    """m is tied to a and to x, and to nobody else."""
    found = find_communities(graph("ab", "bc", "ca", "xy", "yz", "zx", "am", "mx"))

    assert found is not None
    assert 0 < found.share["m"] < 1
    assert found.share["b"] == found.share["y"] == 1
    assert found.agreement < 1


def test_a_node_without_ties_is_in_no_community() -> None:
    found = find_communities(graph("ab", alone="c"))

    assert found is not None
    assert found.members == (("a", "b"),)
    assert found.of("c") is None


def test_a_graph_without_ties_has_no_communities() -> None:
    assert find_communities(graph(alone="ab")) is None
    assert find_communities(graph()) is None


def test_the_same_graph_has_the_same_communities() -> None:
    ties = ("ab", "bc", "ca", "xy", "yz", "zx", "am", "mx")

    assert find_communities(graph(*ties)) == find_communities(graph(*ties))


def test_partitions_agree_by_what_they_share() -> None:
    halves, quarter = [1, 1, 2, 2], [5, 5, 5, 9]
    own, other = log(2), -(0.75 * log(0.75) + 0.25 * log(0.25))
    both = -(0.5 * log(0.5) + 2 * 0.25 * log(0.25))

    assert normalised_mutual_information(halves, [7, 7, 3, 3]) == 1.0
    assert normalised_mutual_information(halves, [1, 2, 1, 2]) == pytest.approx(0.0)
    assert normalised_mutual_information(halves, quarter) == pytest.approx(
        2 * (own + other - both) / (own + other)
    )
    assert normalised_mutual_information([1, 1], [2, 2]) == 1.0
    assert normalised_mutual_information([1, 1, 1, 1], halves) == 0.0
