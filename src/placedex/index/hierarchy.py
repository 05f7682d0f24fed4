"""The hierarchy of an index: its components down to indicators, with weights and directions."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite

from placedex.errors import BadSpec

Goalposts = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Node:
    """One node: a leaf is an indicator, any other a component made of its children."""

    code: str
    name: str
    parent: str | None
    weight: float = 1.0
    direction: int = 1
    goalposts: Goalposts | None = None
    why: str = ""
    against: str = ""


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Nodes in the order in which they were given, under one root.

    Errors: BadSpec for a code that is there twice, a parent that is not there, more than one root,
            a cycle, a component without children, a weight below nought, children whose weights
            are all nought, a direction that is not 1 or -1, or a goalpost that is no number.
    """

    nodes: tuple[Node, ...]
    _children: dict[str, tuple[Node, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        children: dict[str, list[Node]] = {node.code: [] for node in self.nodes}
        if len(children) < len(self.nodes):
            codes = [node.code for node in self.nodes]
            twice = next(code for code in codes if codes.count(code) > 1)
            raise BadSpec(f"The node '{twice}' is there twice. Wanted each once. Take one out.")
        for node in self.nodes:
            if node.parent is None:
                continue
            if node.parent not in children:
                raise BadSpec(
                    f"The node '{node.code}' has the parent '{node.parent}', which is not there. "
                    f"Wanted one of {', '.join(children)}. Mend the parent."
                )
            children[node.parent].append(node)
        frozen = {code: tuple(found) for code, found in children.items()}
        object.__setattr__(self, "_children", frozen)
        self._check()

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes)

    def __getitem__(self, code: str) -> Node:
        for node in self.nodes:
            if node.code == code:
                return node
        raise BadSpec(f"The hierarchy has no node '{code}'. Wanted one of {self._listed()}.")

    @property
    def root(self) -> Node:
        """The node at the top: the index itself."""
        return next(node for node in self.nodes if node.parent is None)

    @property
    def leaves(self) -> tuple[Node, ...]:
        """The indicators."""
        return tuple(node for node in self.nodes if not self._children[node.code])

    @property
    def components(self) -> tuple[Node, ...]:
        """The nodes that are not indicators, each after all of its children."""
        return tuple(node for node in self.upwards() if self._children[node.code])

    def children(self, code: str) -> tuple[Node, ...]:
        """The nodes right under a node."""
        return self._children[code]

    def upwards(self, code: str | None = None) -> tuple[Node, ...]:
        """A node, or the root, and all below it, children before their parents."""
        node = self.root if code is None else self[code]
        below = [one for child in self.children(node.code) for one in self.upwards(child.code)]
        return (*below, node)

    def leaves_under(self, code: str) -> tuple[Node, ...]:
        """The indicators below a node, or the node itself if it is one."""
        return tuple(node for node in self.upwards(code) if not self._children[node.code])

    def effective_weights(self) -> dict[str, float]:
        """The share of the whole that each node carries, if nothing is missing."""
        shares = {self.root.code: 1.0}
        for node in reversed(self.upwards()):
            below = self.children(node.code)
            total = sum(child.weight for child in below)
            for child in below:
                shares[child.code] = shares[node.code] * child.weight / total
        return shares

    def replace(self, changed: Mapping[str, Node]) -> "Hierarchy":
        """The hierarchy with some nodes exchanged for others of the same code."""
        nodes = tuple(changed.get(node.code, node) for node in self.nodes)
        return dataclasses.replace(self, nodes=nodes)

    def without(self, codes: Iterable[str]) -> "Hierarchy":
        """The hierarchy without some nodes, all below them, and components that are then empty.

        Errors: BadSpec if nothing is left.
        """
        gone = {node.code for code in codes for node in self.upwards(code)}
        for node in self.upwards():
            below = self._children[node.code]
            if below and all(child.code in gone for child in below):
                gone.add(node.code)
        if self.root.code in gone:
            raise BadSpec(
                "Nothing is left of the hierarchy. Wanted at least one indicator. Leave fewer "
                "nodes out, or lower the coverage that is asked for."
            )
        return dataclasses.replace(
            self, nodes=tuple(node for node in self.nodes if node.code not in gone)
        )

    def _listed(self) -> str:
        return ", ".join(node.code for node in self.nodes)

    def _check(self) -> None:
        roots = [node.code for node in self.nodes if node.parent is None]
        reached = {node.code for root in roots for node in self._reach(root)}
        stray = [node.code for node in self.nodes if node.code not in reached]
        if stray:
            raise BadSpec(
                f"The nodes {', '.join(stray)} are each other's parents: a cycle. Wanted a tree. "
                "Give one of them a parent that is not below it."
            )
        if len(roots) != 1:
            raise BadSpec(
                f"The hierarchy has {len(roots)} nodes without a parent"
                f"{': ' + ', '.join(roots) if roots else ''}. Wanted one, the index itself. "
                "Give the others a parent."
            )
        self._check_nodes()
        self._check_weights()

    def _check_nodes(self) -> None:
        for node in self.nodes:
            if node.direction not in (1, -1):
                raise BadSpec(
                    f"The node '{node.code}' has the direction {node.direction}. Wanted 1 where "
                    "more is better, or -1 where less is."
                )
            if node.goalposts is not None and not all(map(isfinite, node.goalposts)):
                raise BadSpec(
                    f"The node '{node.code}' has the goalposts {node.goalposts[0]:g} and "
                    f"{node.goalposts[1]:g}. Wanted two numbers. Give both, or neither."
                )

    def _reach(self, code: str) -> Iterator[Node]:
        yield next(node for node in self.nodes if node.code == code)
        for child in self._children[code]:
            yield from self._reach(child.code)

    def _check_weights(self) -> None:
        for node in self.nodes:
            if not 0 <= node.weight < float("inf"):
                raise BadSpec(
                    f"The node '{node.code}' has the weight {node.weight:g}. Wanted nought or "
                    "more. To turn an indicator round, set its direction."
                )
        for node in self.nodes:
            below = self._children[node.code]
            if below and not any(child.weight > 0 for child in below):
                raise BadSpec(
                    f"The children of '{node.code}' all have the weight 0. Wanted one above. "
                    "Give one a weight, or take the component out."
                )
