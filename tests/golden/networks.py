"""Networks of organisations: D15 and D16 of the golden cases."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from placedex.ledger.brokerage import Brokerage, gould_fernandez
from placedex.ledger.graph import Graph, components, greedy_parts, make_graph, measure, modularity
from placedex.ledger.working_together import project
from tests.golden.case import Case, difference
from tests.golden.kinds import Kind


def graph_of(case: Case) -> Graph:
    """The graph of a case: its ties, or what its memberships share; nodes in their order."""
    given = case.inputs
    nodes = list(given.get("nodes", ()))
    if (memberships := _memberships(given)) is not None:
        weights = project(memberships)
        found = sorted({one for members in memberships.values() for one in members})
        return make_graph([*nodes, *found], weights)
    edges = given["edges"]
    ends = [end for edge in edges for end in edge[:2]]
    return make_graph([*nodes, *ends], [(edge[0], edge[1]) for edge in edges])


def _memberships(given: Mapping[str, Any]) -> dict[str, set[str]] | None:
    """Who is in what, if a case says so: by what it is, or as a list of pairs (who, what)."""
    for name in ("memberships", "two_mode", "affiliations"):
        if isinstance(listed := given.get(name), Mapping):
            return {str(what): {str(one) for one in members} for what, members in listed.items()}
        if listed:
            found: dict[str, set[str]] = {}
            for who, what in listed:
                found.setdefault(str(what), set()).add(str(who))
            return found
    return None


def _by_node(of: Callable[[Any], Any]) -> Callable[[Graph], dict[str, Any]]:
    return lambda graph: {str(node): of(one) for node, one in measure(graph).items()}


def _paths(graph: Graph) -> dict[str, float]:
    """Betweenness as a count of paths."""
    count = len(graph.nodes)
    pairs = (count - 1) * (count - 2) / 2
    return {str(node): one.betweenness * pairs for node, one in measure(graph).items()}


ANSWERS: Mapping[str, Callable[[Graph], Any]] = {
    "degree": _by_node(lambda one: one.degree),
    "betweenness_normalised": _by_node(lambda one: one.betweenness),
    "betweenness": _paths,
    "constraint": _by_node(lambda one: one.constraint),
    "effective_size": _by_node(lambda one: one.effective_size),
    "core": _by_node(lambda one: one.core),
    "greedy_modularity": lambda graph: modularity(graph, greedy_parts(graph)),
    "projection": lambda graph: [[*pair, weight] for pair, weight in graph.weights.items()],
    "components": lambda graph: len(components(graph)),
}


def network(case: Case) -> float:
    """Every measure that the case expects, of every node of its graph."""
    strange = set(case.expected) - set(ANSWERS)
    if strange:
        raise NotImplementedError(f"no answer to {', '.join(sorted(strange))}")
    graph = graph_of(case)
    return difference({name: ANSWERS[name](graph) for name in case.expected}, case.expected)


def roles(case: Case) -> float:
    """The roles of the node that is asked for, or of every node."""
    given = case.inputs
    groups = {str(node): str(group) for node, group in given["group"].items()}
    ties = [(str(one), str(other)) for one, other, *_ in given["directed_edges"]]
    found = gould_fernandez(ties, groups)
    if "node" in given:
        return difference(_as_row(found[str(given["node"])]), case.expected)
    return difference({node: _as_row(one) for node, one in found.items()}, case.expected)


def _as_row(one: Brokerage) -> dict[str, int]:
    names: Iterable[str] = one.__dataclass_fields__
    return {**{name: getattr(one, name) for name in names}, "total": one.total}


KINDS = (
    Kind("D15", network, inputs=("edges|memberships|two_mode|affiliations",)),
    Kind("D16", roles, inputs=("directed_edges", "group")),
)
