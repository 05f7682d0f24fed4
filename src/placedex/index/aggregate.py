"""Aggregate: the children of each node made into one number, up to the index itself."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from placedex.errors import BadSpec
from placedex.index.hierarchy import Hierarchy, Node
from placedex.index.step import Flag, State
from placedex.observations import Indicator, Panel, Status
from placedex.observations.panel import NO_ORIGIN, FloatArray


class Mean(Protocol):
    """A way to make children into one number."""

    @property
    def words(self) -> str:
        """The name of the mean."""
        ...

    def of(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """The mean along the last axis; the weight of a missing child is shared by the rest."""
        ...


def arithmetic(values: FloatArray, weights: FloatArray) -> FloatArray:
    """The weighted arithmetic mean along the last axis: what one child lacks another can make up.

    Gaps:   a missing child's weight is shared by the rest; if all are missing so is the mean.
    """
    known = ~np.isnan(values) & (weights > 0)
    totals = np.where(known, weights, 0.0).sum(axis=-1)
    sums = np.where(known, values * weights, 0.0).sum(axis=-1)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(totals > 0, sums / np.where(totals > 0, totals, 1.0), np.nan))


def geometric(values: FloatArray, weights: FloatArray) -> FloatArray:
    """The weighted geometric mean along the last axis: a low child cannot be wholly made up for.

    Gaps:   as in `arithmetic`.
    Errors: BadSpec if a value is nought or below.
    """
    if np.any(values <= 0):
        raise BadSpec(
            f"a value is {np.nanmin(values):g}. Wanted all above nought for a geometric mean. "
            "Normalise to a scale that begins above nought, for example 1 to 100."
        )
    return np.asarray(np.exp(arithmetic(np.log(values), weights)))


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The weighted arithmetic mean."""

    words: str = "the weighted arithmetic mean"

    def of(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """The mean along the last axis."""
        return arithmetic(values, weights)


@dataclass(frozen=True, slots=True)
class Geometric:
    """The weighted geometric mean."""

    words: str = "the weighted geometric mean"

    def of(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """The mean along the last axis."""
        return geometric(values, weights)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Make each node of the hierarchy from its children, the lowest first.

    A node is missing for a place that has less than `at_least` of its children, by number; a node
    in `complete` is missing for a place that lacks any of them, since a mean of fewer would not
    compare.
    """

    mean: Mean = Arithmetic()
    nodes: Mapping[str, Mean] = field(default_factory=dict)
    at_least: float = 0.0
    complete: tuple[str, ...] = ()
    verb: str = "aggregate"

    @property
    def words(self) -> str:
        """What the step does."""
        other = "".join(f"; '{code}' by {mean.words}" for code, mean in self.nodes.items())
        return (
            f"Each component is {self.mean.words} of its parts{other}. A part that is missing is "
            "left out and its weight shared by the rest; a component that lacks more than "
            f"{1 - self.at_least:.0%} of its parts is missing.{self._complete_words()}"
        )

    def _complete_words(self) -> str:
        if not self.complete:
            return ""
        return (
            f" A place that lacks any part of '{', '.join(self.complete)}' that its rivals have "
            "is not ranked on it: a mean of fewer parts would not compare."
        )

    def check(self, hierarchy: Hierarchy) -> None:
        """Refuse a step that names a node which is not there, or an indicator."""
        for code in (*self.nodes, *self.complete):
            if not hierarchy.children(hierarchy[code].code):
                raise BadSpec(
                    f"Step aggregate: '{code}' is an indicator and has nothing to aggregate. "
                    "Wanted the code of a component."
                )

    def within(self, hierarchy: Hierarchy) -> "Aggregate":
        """The step without what it says of nodes that a smaller hierarchy no longer has."""
        there = {node.code for node in hierarchy}
        return dataclasses.replace(
            self,
            nodes={code: mean for code, mean in self.nodes.items() if code in there},
            complete=tuple(code for code in self.complete if code in there),
        )

    def apply(self, state: State) -> State:
        """The state with a column for each node: indicators first, then components upwards."""
        found = {code: state.panel.of(code) for code in state.panel.codes}
        for node in state.hierarchy.components:
            found[node.code] = self._node(state.hierarchy, node, found)
        return state.with_panel(_panel(state, found)).flagged(*_missing(state, found))

    def _node(
        self, hierarchy: Hierarchy, node: Node, found: Mapping[str, FloatArray]
    ) -> FloatArray:
        children = hierarchy.children(node.code)
        values = np.stack([found[child.code] for child in children], axis=-1)
        weights = np.array([child.weight for child in children])
        try:
            result = self.nodes.get(node.code, self.mean).of(values, weights)
        except BadSpec as error:
            raise BadSpec(f"Step aggregate, node '{node.code}': {error}") from None
        there = np.mean(~np.isnan(values), axis=-1)
        wanted = 1.0 if node.code in self.complete else self.at_least
        return np.where(there >= wanted, result, np.nan)


def _missing(state: State, found: Mapping[str, FloatArray]) -> list[Flag]:
    """A flag for each component that a place lacks, and for each place that is not ranked."""
    root = state.hierarchy.root.code
    flags = []
    for row, place in enumerate(state.panel.places):
        lacking = [node for node in state.hierarchy.components if np.isnan(found[node.code][row])]
        parts = [node.name for node in lacking if node.code != root]
        flags += [
            Flag(
                "missing component",
                f"{place.name} has too few figures for {node.name}.",
                node.code,
                place.code,
            )
            for node in lacking
            if node.code != root
        ]
        if np.isnan(found[root][row]):
            why = f"it has no score for {', '.join(parts)}" if parts else "it has too few figures"
            flags.append(
                Flag("not ranked", f"{place.name} is not ranked: {why}.", root, place.code)
            )
    return flags


def _panel(state: State, found: Mapping[str, FloatArray]) -> Panel:
    """The state's panel with columns for components added to those of the indicators."""
    panel = state.panel
    components = tuple(
        Indicator(node.code, node.name, "points") for node in state.hierarchy.components
    )
    added = np.stack([found[node.code] for node in components], axis=-1)
    statuses = np.where(np.isnan(added), Status.NOT_COLLECTED, Status.DERIVED)
    return Panel(
        places=panel.places,
        indicators=(*panel.indicators, *components),
        values=np.hstack([panel.values, added]),
        errors=np.hstack([panel.errors, np.full(added.shape, np.nan)]),
        statuses=np.hstack([panel.statuses, statuses.astype(np.uint8)]),
        origins=np.hstack([panel.origins, np.full(added.shape, NO_ORIGIN, dtype=np.int32)]),
        sources=panel.sources,
        periods=(*panel.periods, *(None for _ in components)),
    )
