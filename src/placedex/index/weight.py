"""Weight: how much each node counts within its parent."""

import dataclasses
from dataclasses import dataclass

from placedex.index.step import State


@dataclass(frozen=True, slots=True)
class Given:
    """The weights that the spec gives to each node."""

    verb: str = "weight"

    @property
    def words(self) -> str:
        """What the step does."""
        return "Each node counts within its parent by the weight that the spec gives it."

    def apply(self, state: State) -> State:
        """The state as it is: the hierarchy carries the given weights."""
        return state


@dataclass(frozen=True, slots=True)
class Equal:
    """The same weight for every node under one parent."""

    verb: str = "weight"

    @property
    def words(self) -> str:
        """What the step does."""
        return "Every node counts the same within its parent."

    def apply(self, state: State) -> State:
        """The state with weights of 1 everywhere."""
        even = {node.code: dataclasses.replace(node, weight=1.0) for node in state.hierarchy}
        return State(state.panel, state.hierarchy.replace(even), state.flags)
