"""Aggregate: the children of each node made into one number, up to the index itself."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from placedex.errors import BadSpec
from placedex.index.frontier import BenefitOfTheDoubt
from placedex.index.hierarchy import Hierarchy, Node
from placedex.index.kemeny import KemenyYoung
from placedex.index.means import (
    ARITHMETIC,
    AnyMean,
    Arithmetic,
    BestOf,
    Geometric,
    Harmonic,
    Mean,
    MeanOfOrders,
    MeanOfPlaces,
    Owa,
    Placed,
    Power,
    WorstOf,
    arithmetic,
    combine,
    geometric,
)
from placedex.index.normalisations import Figures, Normalisation
from placedex.index.outranking import Copeland
from placedex.index.penalty import AdjustedMazziottaPareto, MazziottaPareto
from placedex.index.step import Flag, State
from placedex.index.sums import Quotient, WeightedProduct, WeightedSum
from placedex.observations import Indicator, Panel, Status
from placedex.observations.panel import NO_ORIGIN, FloatArray

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = [
    "AGGREGATIONS",
    "Aggregate",
    "Arithmetic",
    "Geometric",
    "Mean",
    "MeanOfPlaces",
    "aggregations",
    "arithmetic",
    "geometric",
]

# Other packages add ways to aggregate under this group of entry points.
GROUP = "placedex.aggregations"
# They share the weight of no missing part.
WHOLE = (WeightedSum, WeightedProduct, Quotient)

AGGREGATIONS: dict[str, type] = {
    "arithmetic": Arithmetic,
    "geometric": Geometric,
    "harmonic": Harmonic,
    "power": Power,
    "ordered": Owa,
    "best of": BestOf,
    "worst of": WorstOf,
    "weighted sum": WeightedSum,
    "weighted product": WeightedProduct,
    "quotient": Quotient,
    "mazziotta-pareto": MazziottaPareto,
    "adjusted mazziotta-pareto": AdjustedMazziottaPareto,
    "copeland": Copeland,
    "kemeny-young": KemenyYoung,
    "benefit of the doubt": BenefitOfTheDoubt,
}


def aggregations() -> dict[str, type]:
    """Every way to aggregate, by name: those of placedex and those that installed packages add.

    A package adds a class under the entry point group `placedex.aggregations`. The class has
    `words`, and either `of(values, weights)`, or `of_places(values, weights)` if it must see all
    places at once.
    Errors: BadSpec for a name that is taken, or a class that cannot be loaded or lacks these.
    """
    from importlib.metadata import entry_points

    found = dict(AGGREGATIONS)
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        if entry.name in found:
            raise BadSpec(
                f"The aggregation '{entry.name}' of {_package(entry)} is there already. Wanted a "
                "name of its own. Rename it in that package, or take one package out."
            )
        found[entry.name] = _loaded(entry)
    return found


def _loaded(entry: "EntryPoint") -> type:
    try:
        loaded = entry.load()
    except (ImportError, AttributeError) as error:
        raise BadSpec(
            f"The aggregation '{entry.name}' of {_package(entry)} cannot be loaded: {error}. "
            f"Wanted {entry.value}. Mend that package, or take it out."
        ) from error
    ways = (getattr(loaded, "of", None), getattr(loaded, "of_places", None))
    if not isinstance(loaded, type) or not any(map(callable, ways)):
        raise BadSpec(
            f"The aggregation '{entry.name}' of {_package(entry)} is {entry.value}, which has "
            "neither 'of' nor 'of_places'. Wanted a class with one of them. Mend that package."
        )
    return loaded


def _package(entry: "EntryPoint") -> str:
    return f"the package {entry.dist.name}" if entry.dist is not None else "an unnamed package"


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Make each node of the hierarchy from its children, the lowest first.

    A node is missing for a place that has less than `at_least` of its children, by number, or less
    than what `least` says of that node; a node in `complete` is missing for a place that lacks any
    of them, since a mean of fewer would not compare. What a node in `then` was made into is
    normalised by the method named there before it counts in the node above.
    """

    mean: AnyMean = ARITHMETIC
    nodes: Mapping[str, AnyMean] = field(default_factory=dict)
    at_least: float = 0.0
    complete: tuple[str, ...] = ()
    least: Mapping[str, float] = field(default_factory=dict)
    verb: str = "aggregate"
    then: Mapping[str, Normalisation] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for share in (self.at_least, *self.least.values()):
            if not 0 <= share <= 1:
                raise BadSpec(
                    f"Step aggregate: a share of {share:g} of the parts is asked for. Wanted one "
                    "from 0 to 1, such as 0.5."
                )

    @property
    def words(self) -> str:
        """What the step does."""
        other = "".join(f"; '{code}' by {mean.words}" for code, mean in self.nodes.items())
        after = "".join(f" '{code}' is then put anew: {one.words}" for code, one in self._then)
        return (
            f"Each component is {self.mean.words} of its parts{other}.{self._gaps_words()}"
            f"{self._least_words()}{self._complete_words()}{after}"
        )

    @property
    def _then(self) -> tuple[tuple[str, Normalisation], ...]:
        return tuple(self.then.items())

    def _gaps_words(self) -> str:
        if all(isinstance(mean, WHOLE) for mean in self._means):
            return ""
        which = "of a mean " if any(isinstance(mean, WHOLE) for mean in self._means) else ""
        return (
            f" A part {which}that is missing is left out and its weight shared by the rest; a "
            f"component that lacks more than {1 - self.at_least:.0%} of its parts is missing."
        )

    @property
    def _means(self) -> tuple[AnyMean, ...]:
        return (self.mean, *self.nodes.values())

    def _least_words(self) -> str:
        return "".join(
            f" '{code}' is missing for a place that lacks more than {1 - share:.0%} of its parts."
            for code, share in self.least.items()
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
        for code in (*self.nodes, *self.complete, *self.least, *self.then):
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
            least={code: share for code, share in self.least.items() if code in there},
            then={code: one for code, one in self.then.items() if code in there},
        )

    def apply(self, state: State) -> State:
        """The state with a column for each node: indicators first, then components upwards."""
        found = {code: state.panel.of(code) for code in state.panel.codes}
        flags: list[Flag] = []
        for node in state.hierarchy.components:
            found[node.code] = self._anew(state, node, self._node(state, node, found, flags))
        return state.with_panel(_panel(state, found)).flagged(*flags, *_missing(state, found))

    def _node(
        self, state: State, node: Node, found: Mapping[str, FloatArray], flags: list[Flag]
    ) -> FloatArray:
        """A number for each place; what is to be said of it joins the flags."""
        children = state.hierarchy.children(node.code)
        values = np.stack([found[child.code] for child in children], axis=-1)
        weights = np.array([child.weight for child in children])
        mean = self.nodes.get(node.code, self.mean)
        try:
            if isinstance(mean, MeanOfOrders):
                placed = mean.place(values, weights)
                flags += _tied(state.panel, node, placed)
                result = placed.numbers
            else:
                result = combine(mean, values, weights)
        except BadSpec as error:
            raise BadSpec(f"Step aggregate, node '{node.code}': {error}") from None
        there = np.mean(~np.isnan(values), axis=-1)
        least = self.least.get(node.code, self.at_least)
        wanted = 1.0 if node.code in self.complete else least
        return np.where(there >= wanted, result, np.nan)

    def _anew(self, state: State, node: Node, made: FloatArray) -> FloatArray:
        """What a node was made into, normalised anew if the step says so."""
        method = self.then.get(node.code)
        if method is None:
            return made
        places = tuple(place.code for place in state.panel.places)
        points = method.points(Figures(made, node, None, places))
        if np.any(np.isnan(points) & ~np.isnan(made)):
            raise BadSpec(
                f"Step aggregate, node '{node.code}': its scores run from {np.nanmin(made):g} to "
                f"{np.nanmax(made):g}. Wanted {method.wants}, to normalise them anew. Give the "
                "node another method under 'then', or none."
            )
        return points


def _tied(panel: Panel, node: Node, placed: Placed) -> list[Flag]:
    """That several orders are the best of a node, and the positions of each place in them."""
    rows = np.flatnonzero(placed.best < placed.worst)
    if not rows.size:
        return []
    words = (
        f"{node.name}: several orders of places have the same highest support; {rows.size} places "
        "have more than one position in them and get the middle of these."
    )
    return [Flag("tied orders", words, node.code)] + [
        Flag(
            "tied orders",
            f"{panel.places[row].name} is from position {placed.best[row]:g} to "
            f"{placed.worst[row]:g} in the best orders of {node.name}.",
            node.code,
            panel.places[row].code,
        )
        for row in rows
    ]


def _missing(state: State, found: Mapping[str, FloatArray]) -> list[Flag]:
    """A flag for each component that a place lacks, and for each place that is not ranked."""
    root = state.hierarchy.root.code
    flags = []
    gaps = np.isnan(np.stack(list(found.values()), axis=-1)).any(axis=-1)
    for row in map(int, np.flatnonzero(gaps)):
        place = state.panel.places[row]
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
        flags += _parts_missing(state, found, row=row)
        if np.isnan(found[root][row]):
            why = f"it has no score for {', '.join(parts)}" if parts else "it has too few figures"
            flags.append(
                Flag("not ranked", f"{place.name} is not ranked: {why}.", root, place.code)
            )
    return flags


def _parts_missing(state: State, found: Mapping[str, FloatArray], *, row: int) -> list[Flag]:
    """A flag for each component that a place has, made without some of its parts."""
    place = state.panel.places[row]
    flags = []
    for node in state.hierarchy.components:
        parts = state.hierarchy.children(node.code)
        without = [part.name for part in parts if np.isnan(found[part.code][row])]
        if without and not np.isnan(found[node.code][row]):
            words = f"{node.name} of {place.name} is made without {', '.join(without)}."
            flags.append(Flag("part missing", words, node.code, place.code))
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
