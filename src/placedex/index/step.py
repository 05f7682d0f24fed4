"""Steps: the small frozen objects that an index is made of, and the state they hand on."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar, runtime_checkable

from placedex.errors import BadSpec
from placedex.index.hierarchy import Hierarchy
from placedex.observations import Panel

Own = TypeVar("Own")


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a reader should know about an indicator, a place or one value.

    `kind` is one of: growth, saturated, few places, mostly nought, set aside, thin coverage,
    treated, imputed, at a goalpost, kept by choice, weights, doubtful weights, tied orders, part
    missing, missing component, not ranked.
    """

    kind: str
    words: str
    node: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """What a step takes and gives: the figures, the hierarchy as it stands, and the flags so far.

    Before aggregation the panel has a column for each indicator; after it, one for each node.
    """

    panel: Panel
    hierarchy: Hierarchy
    flags: tuple[Flag, ...] = ()

    def flagged(self, *flags: Flag) -> "State":
        """The state with more flags."""
        return dataclasses.replace(self, flags=(*self.flags, *flags))

    def with_panel(self, panel: Panel) -> "State":
        """The state with another panel."""
        return dataclasses.replace(self, panel=panel)


class Step(Protocol):
    """One step of an index: a verb with its parameters."""

    @property
    def verb(self) -> str:
        """The step's name: scale, screen, impute, treat, normalise, weight, aggregate, rank."""
        ...

    @property
    def words(self) -> str:
        """What the step does, in a sentence for the method page."""
        ...

    def apply(self, state: State) -> State:
        """The state after the step."""
        ...


@runtime_checkable
class NamesNodes(Protocol):
    """A step that says something of single nodes."""

    def check(self, hierarchy: Hierarchy) -> None:
        """Refuse a step that names a node which is not there."""
        ...

    def within(self, hierarchy: Hierarchy) -> "Step":
        """The step without what it says of nodes that a smaller hierarchy no longer has."""
        ...


@runtime_checkable
class MindsOrder(Protocol):
    """A step that makes no sense after some steps, or before others."""

    def check_order(self, hierarchy: Hierarchy, *, before: tuple[str, ...]) -> None:
        """Refuse a step that cannot stand after those whose verbs are `before`, and no others."""
        ...


def refuse_strangers(
    individually: Mapping[str, object], hierarchy: Hierarchy, *, verb: str, what: str
) -> None:
    """Refuse a step that has something of its own for what is no indicator of the hierarchy."""
    leaves = {leaf.code for leaf in hierarchy.leaves}
    for code in individually:
        if code not in leaves:
            raise BadSpec(
                f"Step {verb}: '{code}' has a {what} of its own and is no indicator. Wanted "
                f"one of {', '.join(sorted(leaves))}. Mend the code."
            )


def without_strangers(individually: Mapping[str, Own], hierarchy: Hierarchy) -> dict[str, Own]:
    """What a step says of single indicators, without those that the hierarchy does not have."""
    leaves = {leaf.code for leaf in hierarchy.leaves}
    return {code: one for code, one in individually.items() if code in leaves}
