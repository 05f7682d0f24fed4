"""Weight: how much each node counts within its parent."""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from placedex.errors import BadSpec
from placedex.index.hierarchy import Hierarchy, Node
from placedex.index.means import ARITHMETIC, AnyMean, combine
from placedex.index.step import Flag, State
from placedex.index.weighting import (
    Ahp,
    Budget,
    Children,
    Critic,
    Entropy,
    PrincipalComponent,
    ToTarget,
    Weighed,
    Weighting,
)
from placedex.observations.panel import FloatArray


@dataclass(frozen=True, slots=True)
class Given:
    """The weights that the spec gives to each node."""

    verb: str = "weight"
    looks: bool = False

    @property
    def words(self) -> str:
        """What the step does."""
        return "Each node counts within its parent by the weight that the spec gives it."

    def apply(self, state: State) -> State:
        """The state as it is: the hierarchy carries the given weights."""
        return state

    def of(self, children: Children) -> Weighed:
        """The weights that the spec gives."""
        return Weighed(children.given)


@dataclass(frozen=True, slots=True)
class Equal:
    """The same weight for every node under one parent."""

    verb: str = "weight"
    looks: bool = False

    @property
    def words(self) -> str:
        """What the step does."""
        return "Every node counts the same within its parent."

    def apply(self, state: State) -> State:
        """The state with weights of 1 everywhere."""
        even = {node.code: dataclasses.replace(node, weight=1.0) for node in state.hierarchy}
        return State(state.panel, state.hierarchy.replace(even), state.flags)

    def of(self, children: Children) -> Weighed:
        """A weight of 1 for each child."""
        return Weighed(np.ones(len(children.codes)))


@dataclass(frozen=True, slots=True)
class Weights:
    """Find the weights of each component's parts by a method, other methods for some components.

    A method that looks at scores sees, for parts that are components themselves, what `mean` makes
    of their own parts under the weights found below: give the mean of the step aggregate.
    """

    method: Weighting = Given()
    nodes: Mapping[str, Weighting] = field(default_factory=dict)
    mean: AnyMean = ARITHMETIC
    verb: str = "weight"

    @property
    def words(self) -> str:
        """What the step does."""
        other = "".join(f" Within '{code}': {one.words}" for code, one in self.nodes.items())
        return f"{self.method.words}{other}"

    def check(self, hierarchy: Hierarchy) -> None:
        """Refuse a step that names a node which is not there, or an indicator."""
        for code in self.nodes:
            if not hierarchy.children(hierarchy[code].code):
                raise BadSpec(
                    f"Step weight: '{code}' is an indicator and has no parts to weigh. Wanted the "
                    "code of a component."
                )

    def check_order(self, hierarchy: Hierarchy, *, before: tuple[str, ...]) -> None:
        """Refuse methods that look at figures which are not on one scale with better ones above."""
        if "normalise" in before:
            return
        for node in hierarchy.components:
            method = self.nodes.get(node.code, self.method)
            children = hierarchy.children(node.code)
            if not method.looks or len(children) == 1:
                continue
            inner = [child.code for child in children if hierarchy.children(child.code)]
            falling = [child.code for child in children if child.direction < 0]
            if isinstance(method, Entropy):
                falling = []
            if inner or falling:
                why = (
                    f"its part '{inner[0]}' is a component of figures in unlike units"
                    if inner
                    else f"lower is better in its part '{falling[0]}'"
                )
                raise BadSpec(
                    f"Step weight, node '{node.code}': the method looks at figures before the step "
                    f"normalise, and {why}. Wanted it after normalise. Move the step."
                )

    def within(self, hierarchy: Hierarchy) -> "Weights":
        """The step without what it says of nodes that a smaller hierarchy no longer has."""
        there = {node.code for node in hierarchy}
        kept = {code: one for code, one in self.nodes.items() if code in there}
        return dataclasses.replace(self, nodes=kept)

    def apply(self, state: State) -> State:
        """The state with a hierarchy that carries the weights, and flags that say how they came.

        Errors: BadSpec naming the node whose parts a method cannot weigh.
        """
        scores: dict[str, FloatArray] = {}
        weighed: dict[str, Node] = {}
        flags = []
        for node in state.hierarchy.components:
            found = self._weigh(state, node, scores, weighed)
            children = state.hierarchy.children(node.code)
            for child, weight in zip(children, found.weights.tolist(), strict=True):
                weighed[child.code] = dataclasses.replace(child, weight=weight)
            flags += _flags(node, found)
        hierarchy = state.hierarchy.replace(weighed)
        flags.append(_effective(hierarchy))
        return State(state.panel, hierarchy, (*state.flags, *flags))

    def _weigh(
        self,
        state: State,
        node: Node,
        scores: dict[str, FloatArray],
        weighed: Mapping[str, Node],
    ) -> Weighed:
        method = self.nodes.get(node.code, self.method)
        children = state.hierarchy.children(node.code)
        try:
            values = np.empty((0, len(children)))
            if method.looks:
                columns = [self._score(state, child, scores, weighed) for child in children]
                values = np.stack(columns, axis=-1)
                # In an order of their own, so that that of places is nothing to the last digit.
                values = values[np.lexsort(values.T)]
            given = np.array([child.weight for child in children])
            return method.of(Children(tuple(child.code for child in children), values, given))
        except BadSpec as error:
            if str(error).startswith("Step weight"):
                raise
            words = _with_codes(str(error), [child.code for child in children])
            raise BadSpec(f"Step weight, node '{node.code}': {words}") from None

    def _score(
        self,
        state: State,
        node: Node,
        scores: dict[str, FloatArray],
        weighed: Mapping[str, Node],
    ) -> FloatArray:
        """The scores of a node: those of the panel, or what the mean makes of its children."""
        if node.code not in scores:
            children = state.hierarchy.children(node.code)
            if not children:
                scores[node.code] = state.panel.of(node.code)
            else:
                columns = [self._score(state, child, scores, weighed) for child in children]
                weights = np.array([weighed[child.code].weight for child in children])
                scores[node.code] = combine(self.mean, np.stack(columns, axis=-1), weights)
        return scores[node.code]


def _with_codes(words: str, codes: list[str]) -> str:
    """What is wrong with a child by its number, with its code."""

    def named(found: re.Match[str]) -> str:
        return f"{found[0]} ('{codes[int(found[1]) - 1]}')"

    return re.sub(r"\b(?:child|component|part) (\d+)\b", named, words)


def _flags(node: Node, found: Weighed) -> list[Flag]:
    flags = []
    if found.words:
        words = f"Weights within {node.name}: {found.words}."
        flags.append(Flag("weights", words, node.code))
    if found.warning:
        flags.append(Flag("doubtful weights", f"{node.name}: {found.warning}.", node.code))
    return flags


def _effective(hierarchy: Hierarchy) -> Flag:
    """What each indicator carries of the whole."""
    shares = hierarchy.effective_weights()
    listed = ", ".join(f"{leaf.name} {shares[leaf.code]:.1%}" for leaf in hierarchy.leaves)
    return Flag("weights", f"Shares of the whole: {listed}.", hierarchy.root.code)


WEIGHTINGS: dict[str, type] = {
    "given": Given,
    "equal": Equal,
    "principal component": PrincipalComponent,
    "entropy": Entropy,
    "critic": Critic,
    "pairwise comparison": Ahp,
    "budget allocation": Budget,
    "target importance": ToTarget,
}
