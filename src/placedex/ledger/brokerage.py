"""Brokerage: who stands between two that have no tie, and from which groups the three are."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, fields
from itertools import permutations
from typing import TypeVar

from placedex.ledger.graph import Graph

Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Brokerage:
    """How often a node b stands between two others, i before it and k after, by their groups.

    Attributes:
        coordinator: all three are of one group.
        itinerant: i and k are of one group, b of another; also called consultant.
        gatekeeper: b and k are of one group, i of another: b lets in.
        representative: i and b are of one group, k of another: b speaks for its own.
        liaison: all three are of different groups.
    """

    coordinator: int = 0
    itinerant: int = 0
    gatekeeper: int = 0
    representative: int = 0
    liaison: int = 0

    @property
    def total(self) -> int:
        """How often in all."""
        return sum(getattr(self, one.name) for one in fields(self))

    def undirected(self) -> "Brokerage":
        """The same where ties have no direction: each two are counted once, not once each way.

        Gatekeeper and representative are then one role, and both hold its whole count.
        """
        return Brokerage(
            self.coordinator // 2,
            self.itinerant // 2,
            self.gatekeeper,
            self.representative,
            self.liaison // 2,
        )


def gould_fernandez(
    ties: Iterable[tuple[Name, Name]], groups: Mapping[Name, str]
) -> dict[Name, Brokerage]:
    """The roles of every node of a directed graph: open two-paths i to b to k, with no tie i to k.

    Source: Gould and Fernandez (1989), Sociological Methodology 19, 89-126.
    """
    after: dict[Name, set[Name]] = {node: set() for node in groups}
    before: dict[Name, set[Name]] = {node: set() for node in groups}
    for one, other in ties:
        if one != other:
            after[one].add(other)
            before[other].add(one)
    return {
        node: _counted(
            [
                _role(groups[first], groups[node], groups[last])
                for first in before[node]
                for last in after[node]
                if first != last and last not in after[first]
            ]
        )
        for node in groups
    }


def brokers(graph: Graph, groups: Mapping[Name, str]) -> dict[Name, Brokerage]:
    """The roles of every node of a graph whose ties have no direction, each two counted once."""
    both = [way for pair in graph.weights for way in permutations(pair)]
    known = {node: groups[node] for node in graph.nodes}
    return {node: found.undirected() for node, found in gould_fernandez(both, known).items()}


def _role(first: str, broker: str, last: str) -> str:
    if first == last:
        return "coordinator" if first == broker else "itinerant"
    if broker == last:
        return "gatekeeper"
    return "representative" if first == broker else "liaison"


def _counted(roles: list[str]) -> Brokerage:
    return Brokerage(**{one.name: roles.count(one.name) for one in fields(Brokerage)})
