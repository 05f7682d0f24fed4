"""A graph and its measures, under the names by which they were published."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pair = tuple[Hashable, Hashable]


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes, and the weight of each pair that is tied; no pair twice, no node with itself."""

    nodes: tuple[Any, ...]
    weights: Mapping[tuple[Any, Any], float]

    def neighbours(self) -> dict[Any, set[Any]]:
        """What each node is tied to."""
        found: dict[Any, set[Any]] = {node: set() for node in self.nodes}
        for one, other in self.weights:
            found[one].add(other)
            found[other].add(one)
        return found

    def tied(self) -> "Graph":
        """The graph without the nodes that have no tie."""
        there = {end for pair in self.weights for end in pair}
        return Graph(tuple(node for node in self.nodes if node in there), self.weights)

    def without(self, node: Any) -> "Graph":
        """The graph without one node and its ties."""
        kept = {pair: weight for pair, weight in self.weights.items() if node not in pair}
        return Graph(tuple(one for one in self.nodes if one != node), kept)


def make_graph(nodes: Iterable[Any], pairs: Mapping[Pair, float] | Iterable[Pair]) -> Graph:
    """The graph of some nodes and pairs, in the order of the nodes.

    Pairs with weights add up where one stands twice, either way round; without weights each is 1.
    A tie of a node with itself is left out.
    """
    listed = tuple(dict.fromkeys(nodes))
    at = {node: place for place, node in enumerate(listed)}
    found: dict[tuple[int, int], float] = {}
    for pair in pairs:
        one, other = sorted((at[pair[0]], at[pair[1]]))
        if one == other:
            continue
        weight = pairs[pair] if isinstance(pairs, Mapping) else 1.0
        before = found.get((one, other), 0.0) if isinstance(pairs, Mapping) else 0.0
        found[one, other] = before + weight
    return Graph(
        listed, {(listed[one], listed[other]): found[one, other] for one, other in sorted(found)}
    )


@dataclass(frozen=True, slots=True)
class Measures:
    """How one node stands in a graph whose ties are all alike.

    Attributes:
        degree: how many others it is tied to.
        betweenness: the share of shortest paths between others that go through it, halved where two
            are as short (Freeman 1977); between 0 and 1.
        constraint: how far its ties lead back to the same others (Burt 1992); low for who bridges.
        effective_size: its ties less those that repeat each other (Burt 1992, as Borgatti reckons).
        core: the largest k such that it is among nodes that each have k ties to one another.
    A node without ties has neither constraint nor effective size.
    """

    degree: int
    betweenness: float
    constraint: float | None
    effective_size: float | None
    core: int


def measure(graph: Graph) -> dict[Any, Measures]:
    """The measures of every node."""
    import networkx as nx

    whole = as_networkx(graph)
    between = nx.betweenness_centrality(whole)
    cores = nx.core_number(whole)
    constraint, size = structural_holes(adjacency(graph))
    return {
        node: Measures(
            whole.degree(place),
            float(between[place]),
            _given(constraint[place]),
            _given(size[place]),
            int(cores[place]),
        )
        for place, node in enumerate(graph.nodes)
    }


def structural_holes(ties: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Burt's constraint and the effective size of every node.

    Shape:  ties (nodes, nodes), 1 for a tie, else 0, 0 down the middle; returns two of (nodes,).
    Gaps:   a node without ties has neither.
    Source: Burt (1992), Structural Holes; Borgatti (1997), Connections 20(1), for effective size.
    """
    degree = ties.sum(axis=1)
    some = np.where(degree > 0, degree, np.nan)
    share = ties / np.where(degree > 0, degree, 1.0)[:, np.newaxis]
    constraint = (np.square(share + share @ share) * ties).sum(axis=1)
    among = ((ties @ ties) * ties).sum(axis=1) / 2
    return np.where(degree > 0, constraint, np.nan), some - 2 * among / some


def modularity(graph: Graph, parts: Sequence[AbstractSet[Any]]) -> float | None:
    """How much of the ties' weight lies inside parts, beyond what chance would put there.

    Gaps:   none for a graph without ties.
    Source: Newman and Girvan (2004), Physical Review E 69, 026113.
    """
    import networkx as nx

    if not graph.weights:
        return None
    at = {node: place for place, node in enumerate(graph.nodes)}
    return float(nx.community.modularity(as_networkx(graph), [{at[one] for one in part}
                                                              for part in parts]))  # fmt: skip


def greedy_parts(graph: Graph) -> list[set[Any]]:
    """The parts that are found by joining what raises modularity most, step by step.

    Source: Clauset, Newman and Moore (2004), Physical Review E 70, 066111.
    """
    import networkx as nx

    if not graph.weights:
        return [{node} for node in graph.nodes]
    # Ties of gain are broken by the names of nodes, so those must have their own order.
    order = sorted(graph.nodes)
    number = {node: place for place, node in enumerate(order)}
    numbered = nx.Graph()
    numbered.add_nodes_from(number[node] for node in graph.nodes)
    numbered.add_edges_from((number[one], number[other]) for one, other in graph.weights)
    found = nx.community.greedy_modularity_communities(numbered)
    return [{order[place] for place in part} for part in found]


def components(graph: Graph) -> list[tuple[Any, ...]]:
    """What hangs together, the largest first, each in the order of the graph."""
    near = graph.neighbours()
    left, found = dict.fromkeys(graph.nodes), []
    while left:
        start = next(iter(left))
        met, ahead = {start}, [start]
        while ahead:
            new = near[ahead.pop()] - met
            met |= new
            ahead.extend(new)
        found.append(tuple(node for node in left if node in met))
        left = {node: None for node in left if node not in met}
    return sorted(found, key=len, reverse=True)


def adjacency(graph: Graph) -> NDArray[np.float64]:
    """1 for each two nodes that are tied, 0 for others: (nodes, nodes)."""
    at = {node: place for place, node in enumerate(graph.nodes)}
    ties = np.zeros((len(graph.nodes), len(graph.nodes)))
    for one, other in graph.weights:
        ties[at[one], at[other]] = ties[at[other], at[one]] = 1.0
    return ties


def as_networkx(graph: Graph) -> Any:
    """The graph for networkx, its nodes numbered: sets of words have no order of their own."""
    import networkx as nx

    at = {node: place for place, node in enumerate(graph.nodes)}
    made = nx.Graph()
    made.add_nodes_from(range(len(graph.nodes)))
    made.add_weighted_edges_from(
        (at[one], at[other], weight) for (one, other), weight in graph.weights.items()
    )
    return made


def _given(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
