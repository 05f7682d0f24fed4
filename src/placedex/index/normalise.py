"""Normalise: figures in unlike units put on one scale, on which higher is better."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

import numpy as np

from placedex.errors import BadSpec
from placedex.index.hierarchy import Goalposts, Hierarchy, Node
from placedex.index.normalisations import (
    DIFFER,
    AscendingRank,
    Borda,
    DistanceToMaximum,
    DistanceToReference,
    DistanceToTarget,
    ExponentialRanks,
    Figures,
    FixedGoalposts,
    Normalisation,
    PercentileRank,
    Scaled,
    ShareOfMaximum,
    Unchanged,
    ZScore,
    ZThenMinMax,
)
from placedex.index.points import between, highest, lowest
from placedex.index.stated_normalisations import (
    ExponentialOfGivenRanks,
    RatioToBest,
    StatedZScore,
)
from placedex.index.step import Flag, State, refuse_strangers, without_strangers
from placedex.observations import Panel
from placedex.observations.panel import FloatArray


def min_max(
    values: FloatArray, low: FloatArray, high: FloatArray, *, scale: Goalposts = (0.0, 100.0)
) -> FloatArray:
    """The values on a scale whose ends stand for two goalposts.

    Shape:  values (..., places, indicators), low and high broadcast to it; returns values' shape.
    Units:  any in, points of the scale out; a value beyond a goalpost falls outside it.
            Where `low` is above `high`, lower values score higher.
    Gaps:   a missing value stays missing.
    """
    bottom, top = scale
    return np.asarray((values - low) / (high - low) * (top - bottom) + bottom)


@dataclass(frozen=True, slots=True)
class MinMax:
    """Put each indicator between its goalposts: those of the spec, or else the extremes found.

    A value beyond a goalpost is held at the end of the scale if `clip`, and flagged either way.
    With `floating`, the extremes found serve even where the spec gives goalposts. Figures that are
    one and the same everywhere have no extremes: they are refused, or all score `alike` if given.
    """

    scale: Goalposts = (0.0, 100.0)
    clip: bool = True
    floating: bool = False
    verb: str = "normalise"
    alike: float | None = None

    def __post_init__(self) -> None:
        low, high = self.scale
        if not -np.inf < low < high < np.inf:
            raise BadSpec(
                f"Step normalise: the scale runs from {low:g} to {high:g}. Wanted two numbers, "
                "the lower first."
            )
        if self.alike is not None and not np.isfinite(self.alike):
            raise BadSpec(
                f"Step normalise: figures that are the same everywhere are to score "
                f"{self.alike:g}. Wanted a number, or none to refuse them."
            )

    @property
    def words(self) -> str:
        """What the step does."""
        held = "is held at the end" if self.clip else "scores beyond the end"
        if self.floating:
            return (
                f"Each figure is put on a scale from {self.scale[0]:g} to {self.scale[1]:g} "
                "between the lowest and the highest figure of the places that are compared."
                f"{self._alike_words()}"
            )
        return (
            f"Each figure is put on a scale from {self.scale[0]:g} to {self.scale[1]:g} between "
            "its two goalposts. Goalposts given in the spec stay the same whichever places are "
            "compared and from edition to edition; where none is given, the lowest and highest "
            f"figure found serve. A figure beyond a goalpost {held}.{self._alike_words()}"
        )

    def _alike_words(self) -> str:
        if self.alike is None:
            return ""
        return f" Figures that are the same everywhere all score {self.alike:g}."

    @property
    def wants(self) -> str:
        """What the figures need, for the message if they lack it."""
        return DIFFER

    def points(self, figures: Figures) -> FloatArray:
        """Points of the scale for the figures of one indicator, between goalposts or extremes."""
        posts = None if self.floating else figures.leaf.goalposts
        if posts is not None:
            ends = figures.worst_first(*posts)
        else:
            low, high = lowest(figures.found), highest(figures.found)
            ends = (low, high) if figures.sign > 0 else (high, low)
        points = between(figures.values, *ends, scale=self.scale)
        if self.alike is not None and posts is None:
            same = (ends[0] == ends[1]) & ~np.isnan(figures.values)
            points = np.where(same, self.alike, points)
        return np.clip(points, min(self.scale), max(self.scale)) if self.clip else points

    def apply(self, state: State) -> State:
        """The state with points, and a hierarchy that holds the goalposts that were used.

        Errors: BadSpec if an indicator without goalposts is the same in every place, has too few
                values to find them, or if its goalposts are one and the same.
        """
        leaves = [state.hierarchy[code] for code in state.panel.codes]
        if self.floating:
            leaves = [dataclasses.replace(leaf, goalposts=None) for leaf in leaves]
        values = state.panel.values
        posts = [
            None if self._all_alike(leaf, figures) else _goalposts(leaf, figures)
            for leaf, figures in zip(leaves, values.T, strict=True)
        ]
        ends = np.array(
            [
                (np.nan, np.nan) if post is None else post if leaf.direction > 0 else post[::-1]
                for post, leaf in zip(posts, leaves, strict=True)
            ]
        )
        points = min_max(values, ends[:, 0], ends[:, 1], scale=self.scale)
        if self.alike is not None:
            same = np.isnan(ends[:, 0]) & ~np.isnan(values)
            points = np.where(same, self.alike, points)
        flags = self._at_goalposts(state, points, posts)
        if self.clip:
            points = np.clip(points, min(self.scale), max(self.scale))
        found = {
            leaf.code: dataclasses.replace(leaf, goalposts=post)
            for leaf, post in zip(leaves, posts, strict=True)
            if post is not None
        }
        return State(
            state.panel.with_values(points),
            state.hierarchy.replace(found),
            (*state.flags, *flags),
        )

    def _all_alike(self, leaf: Node, values: FloatArray) -> bool:
        """Whether the figures are the same everywhere, and the step says what they score."""
        if self.alike is None or leaf.goalposts is not None or np.isnan(values).all():
            return False
        return bool(np.nanmin(values) == np.nanmax(values))

    def _at_goalposts(
        self, state: State, points: FloatArray, posts: list[Goalposts | None]
    ) -> list[Flag]:
        """A flag for each value at or beyond a goalpost that the spec gave."""
        flags = []
        low, high = self.scale
        for column, (indicator, post) in enumerate(zip(state.panel.indicators, posts, strict=True)):
            if post is None or self.floating or state.hierarchy[indicator.code].goalposts is None:
                continue
            for row in np.flatnonzero((points[:, column] <= low) | (points[:, column] >= high)):
                end = "best" if points[row, column] >= high else "worst"
                flags.append(
                    Flag(
                        "at a goalpost",
                        f"{indicator.name} of {state.panel.places[row].name} is at or beyond the "
                        f"{end} goalpost ({post[0]:g} to {post[1]:g}).",
                        indicator.code,
                        state.panel.places[row].code,
                    )
                )
        return flags


def _goalposts(leaf: Node, values: FloatArray) -> Goalposts:
    if leaf.goalposts is not None:
        low, high = leaf.goalposts
        if low >= high:
            raise BadSpec(
                f"Step normalise, indicator '{leaf.code}': the goalposts are {low:g} and {high:g}. "
                "Wanted the lower first and the higher after it; direction says which is better."
            )
        return low, high
    known = values[~np.isnan(values)]
    if known.size == 0 or known.min() == known.max():
        met = "has no value" if known.size == 0 else f"is {known.min():g} in every place"
        raise BadSpec(
            f"Step normalise, indicator '{leaf.code}': it {met}, so no goalposts can be found. "
            "Wanted two places that differ. Give it goalposts in the spec, or take it out."
        )
    return float(known.min()), float(known.max())


class Policy(Enum):
    """In which figures extremes, means and ranks are found when there are several editions.

    `FLOATING`: each edition in its own, so that points of two editions do not compare; `POOLED`: in
    all editions together, so that a new edition moves the old ones; `FROZEN`: in a base edition, so
    that points compare and stay. Publish trends under frozen ones only.
    """

    FLOATING = "floating"
    POOLED = "pooled"
    FROZEN = "frozen"


def normalise_editions(
    editions: FloatArray,
    method: Normalisation,
    leaf: Node,
    *,
    policy: Policy = Policy.FROZEN,
    base: int = 0,
    places: tuple[str, ...] = (),
) -> FloatArray:
    """Points of one indicator in several editions of an index.

    Goalposts of the leaf are used under each policy by methods that know them.
    Shape:  editions (editions, places) in and out; `base` is the number of the frozen edition. A
            place that an edition lacks is missing there.
    Gaps:   missing stays missing.
    Errors: BadSpec for a base that is no edition.
    """
    if not 0 <= base < len(editions):
        raise BadSpec(
            f"Step normalise, indicator '{leaf.code}': the base is the edition {base}. Wanted one "
            f"from 0 to {len(editions) - 1}, as there are {len(editions)}."
        )
    among = {
        Policy.FLOATING: None,
        Policy.POOLED: editions.reshape(-1),
        Policy.FROZEN: editions[base],
    }[policy]
    return method.points(Figures(editions, leaf, among, places))


@dataclass(frozen=True, slots=True)
class Normalise:
    """Make each indicator's figures into points by one method, or by one of its own.

    Extremes, means and ranks are found in the figures at hand; with `reference`, in that panel: the
    figures of a base edition (frozen) or those of several editions together (pooled), treated as
    these are. A figure's direction is applied first.
    """

    method: Normalisation = MinMax()
    individually: Mapping[str, Normalisation] = field(default_factory=dict)
    reference: Panel | None = None
    verb: str = "normalise"

    @property
    def words(self) -> str:
        """What the step does."""
        each = "".join(f" '{code}': {one.words}" for code, one in self.individually.items())
        held = (
            ""
            if self.reference is None
            else " Extremes, means and ranks are those of the reference edition."
        )
        return f"{self.method.words}{each}{held}"

    def check(self, hierarchy: Hierarchy) -> None:
        """Refuse a step that names what is no indicator of the hierarchy."""
        refuse_strangers(self.individually, hierarchy, verb=self.verb, what="method")

    def within(self, hierarchy: Hierarchy) -> "Normalise":
        """The step without what it says of indicators that a smaller hierarchy no longer has."""
        kept = without_strangers(self.individually, hierarchy)
        return dataclasses.replace(self, individually=kept)

    def apply(self, state: State) -> State:
        """The state with points, and a hierarchy that holds the goalposts that were used.

        Errors: BadSpec if the figures of an indicator lack what its method wants.
        """
        values = np.empty(state.panel.values.shape)
        hierarchy, flags = state.hierarchy, state.flags
        for column, code in enumerate(state.panel.codes):
            method = self.individually.get(code, self.method)
            alone = State(state.panel.select((code,)), hierarchy)
            made = self._between(alone, method) or self._by(alone, method)
            values[:, column] = made.panel.values[:, 0]
            hierarchy, flags = made.hierarchy, (*flags, *made.flags)
        return State(state.panel.with_values(values), hierarchy, flags)

    def _between(self, alone: State, method: Normalisation) -> State | None:
        """The state of one indicator put between goalposts; none if its method has none."""
        code = alone.panel.codes[0]
        leaf = alone.hierarchy[code]
        if isinstance(method, FixedGoalposts):
            leaf = dataclasses.replace(leaf, goalposts=(method.low, method.high))
            method = MinMax(method.scale, method.clip)
        if not isinstance(method, MinMax):
            return None
        if self.reference is not None and (method.floating or leaf.goalposts is None):
            bare = dataclasses.replace(leaf, goalposts=None)
            leaf = dataclasses.replace(leaf, goalposts=_goalposts(bare, self._among(code)))
            method = dataclasses.replace(method, floating=False)
        return method.apply(State(alone.panel, alone.hierarchy.replace({code: leaf})))

    def _by(self, alone: State, method: Normalisation) -> State:
        code = alone.panel.codes[0]
        values = alone.panel.values[:, 0]
        codes = tuple(place.code for place in alone.panel.places)
        among = None if self.reference is None else self._among(code)
        leaf = alone.hierarchy[code]
        points = method.points(Figures(values, leaf, among, codes))
        if np.isnan(values).all() or np.any(np.isnan(points) & ~np.isnan(values)):
            raise BadSpec(
                f"Step normalise, indicator '{code}': {_met(values)}. Wanted {method.wants}. Give "
                "the indicator another method, or take it out."
            )
        return State(alone.panel.with_values(points[:, np.newaxis]), alone.hierarchy)

    def _among(self, code: str) -> FloatArray:
        if self.reference is None or code not in self.reference.codes:
            raise BadSpec(
                f"Step normalise, indicator '{code}': the reference edition has no such figures. "
                "Wanted them there. Add them, or use goalposts."
            )
        return self.reference.of(code)


def _met(values: FloatArray) -> str:
    """What was met in the figures of an indicator that could not be made into points."""
    known = values[~np.isnan(values)]
    if known.size == 0:
        return "it has no value"
    if known.min() == known.max():
        return f"it is {known.min():g} in every place that has it"
    return f"it runs from {known.min():g} to {known.max():g} in {known.size} places"


NORMALISATIONS: Mapping[str, type[Normalisation]] = {
    "min-max": MinMax,
    "z-score": ZScore,
    "rank": AscendingRank,
    "percentile rank": PercentileRank,
    "Borda": Borda,
    "share of maximum": ShareOfMaximum,
    "distance to maximum": DistanceToMaximum,
    "distance to reference": DistanceToReference,
    "distance to target": DistanceToTarget,
    "goalposts": FixedGoalposts,
    "scaled": Scaled,
    "exponential of ranks": ExponentialRanks,
    "exponential of given ranks": ExponentialOfGivenRanks,
    "stated z-score": StatedZScore,
    "ratio to best": RatioToBest,
    "z-score then min-max": ZThenMinMax,
    "none": Unchanged,
}
