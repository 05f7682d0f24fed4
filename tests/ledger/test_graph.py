"""Measures of graphs: what a reader can reckon by hand."""

import math

import pytest

from placedex.ledger.graph import (
    Graph,
    components,
    greedy_parts,
    make_graph,
    measure,
    modularity,
)
from placedex.ledger.working_together import project
from tests.ledger.small_network import CHAIN, STAR, TRIANGLES, graph


def test_all_paths_of_a_star_go_through_its_middle() -> None:
    found = measure(STAR)

    assert (found["h"].betweenness, found["a"].betweenness) == (1.0, 0.0)
    assert (found["h"].degree, found["h"].core, found["h"].effective_size) == (3, 1, 3.0)
    # Three ties of a third each: three times a ninth. A leaf has put all into one.
    assert found["h"].constraint == pytest.approx(1 / 3)
    assert found["a"].constraint == 1.0


def test_two_of_three_paths_past_the_second_of_a_chain_go_through_it() -> None:
    found = measure(CHAIN)

    assert [found[node].betweenness for node in "abcd"] == pytest.approx([0, 2 / 3, 2 / 3, 0])
    assert [found[node].constraint for node in "abcd"] == pytest.approx([1, 0.5, 0.5, 1])


def test_the_end_of_a_bridge_between_triangles_is_less_constrained_than_the_rest() -> None:
    found = measure(TRIANGLES)

    # From b and c to x, y and z: six of the ten pairs of others.
    assert found["a"].betweenness == pytest.approx(0.6)
    # To b a third, and a sixth by way of c; to c alike; to x a third alone.
    assert found["a"].constraint == pytest.approx(0.5**2 + 0.5**2 + (1 / 3) ** 2)
    # To a a half, and a quarter by way of c; to c a half, and a sixth by way of a.
    assert found["b"].constraint == pytest.approx(0.75**2 + (2 / 3) ** 2)
    assert found["a"].effective_size == pytest.approx(3 - 2 / 3)
    assert {one.core for one in found.values()} == {2}


def test_a_node_without_ties_has_no_constraint_and_no_warning() -> None:
    found = measure(graph("ab", alone="c"))["c"]

    assert (found.degree, found.betweenness, found.core) == (0, 0.0, 0)
    assert (found.constraint, found.effective_size) == (None, None)


@pytest.mark.parametrize("alone", ["", "a", "ab"])
def test_graphs_without_ties_are_measured_without_a_warning(alone: str) -> None:
    bare = graph(alone=alone)

    assert [one.degree for one in measure(bare).values()] == [0] * len(alone)
    assert modularity(bare, [{node} for node in bare.nodes]) is None
    assert greedy_parts(bare) == [{node} for node in alone]
    assert components(bare) == [(node,) for node in alone]


def test_two_nodes_with_one_tie_stand_between_nobody() -> None:
    found = measure(graph("ab"))["a"]

    assert (found.betweenness, found.constraint, found.effective_size) == (0.0, 1.0, 1.0)


def test_the_modularity_of_two_triangles_is_that_of_the_formula() -> None:
    parts = greedy_parts(TRIANGLES)

    assert sorted(map(sorted, parts)) == [["a", "b", "c"], ["x", "y", "z"]]
    # Of seven ties three lie in each, whose nodes have half of all ends.
    assert modularity(TRIANGLES, parts) == pytest.approx(2 * (3 / 7 - 0.5**2))


def test_a_tie_said_twice_or_with_oneself_counts_once_or_never() -> None:
    twice = make_graph("ab", [("a", "b"), ("b", "a"), ("a", "a")])

    assert twice.weights == {("a", "b"): 1.0}
    assert make_graph("ab", {("a", "b"): 2.0, ("b", "a"): 0.5}).weights == {("a", "b"): 2.5}


def test_new_names_and_another_order_change_no_measure() -> None:
    new = dict(zip("abcxyz", "qzmbap", strict=True))
    renamed = make_graph(
        reversed([new[node] for node in TRIANGLES.nodes]),
        [(new[other], new[one]) for one, other in reversed(list(TRIANGLES.weights))],
    )
    before, after = measure(TRIANGLES), measure(renamed)

    for node in TRIANGLES.nodes:
        for name in ("degree", "betweenness", "constraint", "effective_size", "core"):
            was, now = getattr(before[node], name), getattr(after[new[node]], name)
            assert math.isclose(was, now, abs_tol=1e-12), (node, name)


def test_what_hangs_together_comes_largest_first() -> None:
    assert components(graph("xy", "ab", "bc", alone="z")) == [("a", "b", "c"), ("x", "y"), ("z",)]


def test_a_thing_that_few_share_ties_them_more() -> None:
    weights = project({"pact": {"a", "b"}, "forum": {"a", "b", "c"}, "own": {"a"}})

    assert weights == {("a", "b"): 1.5, ("a", "c"): 0.5, ("b", "c"): 0.5}


def test_the_measures_agree_with_those_of_networkx() -> None:
    """Burt's measures are our own code."""
    import networkx as nx

    theirs = nx.florentine_families_graph()
    ours = measure(Graph(tuple(theirs), dict.fromkeys(theirs.edges, 1.0)))

    for name, found in (
        ("constraint", nx.constraint(theirs)),
        ("effective_size", nx.effective_size(theirs)),
    ):
        assert {node: getattr(one, name) for node, one in ours.items()} == pytest.approx(found)
