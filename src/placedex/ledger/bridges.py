"""Bridges: who alone links what would fall apart without them, and which groups have no tie."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from placedex.ledger.graph import Graph, components

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Bridge:
    """A node without which its part of the graph falls apart, and the pieces, the largest first."""

    node: Any
    parts: tuple[tuple[Any, ...], ...]

    @property
    def cut_off(self) -> int:
        """How many nodes would lose the largest piece."""
        return sum(map(len, self.parts[1:]))

    def words(self, names: Mapping[Any, str], degree: Mapping[Any, int]) -> str:
        """Whom the node links, each piece named by its node of most ties."""
        pieces = [_piece(part, names, degree) for part in self.parts]
        if len(pieces) > SHOWN:
            pieces = [*pieces[:SHOWN], f"{len(pieces) - SHOWN} more"]
        end = (
            "which have no other tie"
            if len(self.parts) == 2
            else "no two of which have another tie"
        )
        return f"{names[self.node]} links {', '.join(pieces[:-1])} and {pieces[-1]}, {end}."


@dataclass(frozen=True, slots=True)
class GroupPair:
    """Two groups: how many ties there are between them, and who is tied to both of other groups."""

    one: str
    other: str
    ties: int
    between: tuple[Any, ...]

    def words(self, names: Mapping[Any, str]) -> str:
        """How the two groups are tied."""
        if self.ties:
            return (
                f"{self.one} and {self.other}: {self.ties} {'tie' if self.ties == 1 else 'ties'}."
            )
        if not self.between:
            return f"{self.one} and {self.other} have no tie, and nobody is tied to both."
        shown = [names[node] for node in self.between[:SHOWN]]
        more = len(self.between) - len(shown)
        listed = [*shown, f"{more} more"] if more else shown
        whom = listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}"
        verb = "links" if len(self.between) == 1 else "link"
        return f"{whom} {verb} the groups {self.one} and {self.other}, which have no other tie."


def find_bridges(graph: Graph) -> tuple[Bridge, ...]:
    """Every node without which what it hangs together with falls apart, the weightiest first."""
    before = len(components(graph))
    near = graph.neighbours()
    found = []
    for node in graph.nodes:
        if len(near[node]) < 2:
            continue
        pieces = components(graph.without(node))
        if len(pieces) > before:
            parts = [piece for piece in pieces if near[node] & set(piece)]
            found.append(Bridge(node, tuple(parts)))
    order = {node: place for place, node in enumerate(graph.nodes)}
    return tuple(sorted(found, key=lambda one: (-one.cut_off, order[one.node])))


def between_groups(graph: Graph, groups: Mapping[Any, str]) -> tuple[GroupPair, ...]:
    """How each two groups that are there are tied; those between them come by how many they tie."""
    near = graph.neighbours()
    there = sorted({groups[node] for node in graph.nodes})
    return tuple(_pair(graph, groups, near, ends) for ends in combinations(there, 2))


def _pair(
    graph: Graph, groups: Mapping[Any, str], near: Mapping[Any, set[Any]], ends: tuple[str, str]
) -> GroupPair:
    ties = sum({groups[one], groups[other]} == set(ends) for one, other in graph.weights)
    reach = {node: {groups[one] for one in near[node]} for node in graph.nodes}
    between = [
        node for node in graph.nodes if groups[node] not in ends and set(ends) <= reach[node]
    ]
    between.sort(key=lambda node: -sum(groups[one] in ends for one in near[node]))
    return GroupPair(*ends, ties, tuple(between))


def _piece(part: Sequence[Any], names: Mapping[Any, str], degree: Mapping[Any, int]) -> str:
    if len(part) == 2:
        return f"{names[part[0]]} (with {names[part[1]]})"
    first = max(part, key=lambda node: degree[node])
    return names[first] if len(part) == 1 else f"{names[first]} (with {len(part) - 1} more)"
