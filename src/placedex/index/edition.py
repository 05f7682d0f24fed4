"""Edition: an index as it was made once, ready to be mixed with another edition of itself."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from placedex.errors import BadSpec
from placedex.index.build import Index
from placedex.index.hierarchy import Hierarchy
from placedex.index.step import State, Step
from placedex.observations import Indicator, make_panel
from placedex.observations.panel import FloatArray
from placedex.places import Place


class Scoring(Protocol):
    """A method: what makes scores of figures and weights."""

    @property
    def alone(self) -> bool:
        """Whether the score of a place hangs on its own figures only, and not on its rivals'."""
        ...

    def scores(
        self, places: Sequence[Place], figures: FloatArray, weights: FloatArray
    ) -> FloatArray:
        """The score of each place, (places,), from figures (places, indicators)."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class WeightedMean:
    """A weighted mean of figures between fixed goalposts; where `worst` is above, lower is better.

    Shape:  worst and best (indicators,).
    """

    worst: FloatArray
    best: FloatArray
    scale: tuple[float, float] = (0.0, 100.0)
    clip: bool = False
    alone: bool = True

    def points(self, figures: FloatArray) -> FloatArray:
        """Each figure on the scale."""
        low, high = self.scale
        points = (figures - self.worst) / (self.best - self.worst) * (high - low) + low
        return np.asarray(np.clip(points, low, high) if self.clip else points)

    def scores(
        self, places: Sequence[Place], figures: FloatArray, weights: FloatArray
    ) -> FloatArray:
        """The mean of points; the weight of a missing figure is shared by the rest."""
        return weighted_mean(self.points(figures), weights)


@dataclass(frozen=True, slots=True, eq=False)
class FloatingMean:
    """A weighted mean of figures between the lowest and the highest of the places compared.

    Shape:  directions (indicators,), 1 where higher is better and -1 where lower is.
    """

    directions: FloatArray
    scale: tuple[float, float] = (0.0, 100.0)
    alone: bool = False

    def scores(
        self, places: Sequence[Place], figures: FloatArray, weights: FloatArray
    ) -> FloatArray:
        """The mean of points; an indicator that is the same everywhere is missing everywhere."""
        turned = figures * self.directions
        known = ~np.isnan(turned)
        low = np.where(known, turned, np.inf).min(axis=0, initial=np.inf)
        high = np.where(known, turned, -np.inf).max(axis=0, initial=-np.inf)
        span = np.where(high > low, high - low, np.nan)
        points = (turned - np.where(np.isnan(span), 0.0, low)) / span
        bottom, top = self.scale
        return weighted_mean(points * (top - bottom) + bottom, weights)


@dataclass(frozen=True, slots=True, eq=False)
class StepsScoring:
    """The steps of a spec after its figures are in proportion; weights are those of every node."""

    indicators: tuple[Indicator, ...]
    hierarchy: Hierarchy
    steps: tuple[Step, ...]
    alone: bool = False

    def scores(
        self, places: Sequence[Place], figures: FloatArray, weights: FloatArray
    ) -> FloatArray:
        """The score on the whole index; missing for a place that a step sets aside."""
        nodes = {
            node.code: dataclasses.replace(node, weight=float(weight))
            for node, weight in zip(self.hierarchy.nodes, weights, strict=True)
        }
        panel = make_panel(places, self.indicators, figures)
        state = State(panel, self.hierarchy.replace(nodes))
        for step in self.steps:
            state = step.apply(state)
        rows = {place.code: row for row, place in enumerate(state.panel.places)}
        values = state.panel.of(state.hierarchy.root.code)
        found = [rows.get(place.code) for place in places]
        return np.array([np.nan if row is None else values[row] for row in found])


@dataclass(frozen=True, slots=True, eq=False)
class Edition:
    """Places, their figures, the weights and the method of one edition of an index.

    Shape:  figures (places, indicators); weights one for each of `nodes`, which are the indicators
            where none are named.
    Errors: BadSpec if these do not fit, or a place is there twice.
    """

    places: tuple[Place, ...]
    indicators: tuple[Indicator, ...]
    figures: FloatArray
    weights: FloatArray
    scoring: Scoring
    nodes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.nodes:
            object.__setattr__(self, "nodes", tuple(one.code for one in self.indicators))
        wanted = (len(self.places), len(self.indicators))
        if self.figures.shape != wanted or self.weights.shape != (len(self.nodes),):
            raise BadSpec(
                f"Edition: the figures have the shape {self.figures.shape} and the weights "
                f"{self.weights.shape}. Wanted {wanted} and ({len(self.nodes)},)."
            )
        codes = [place.code for place in self.places]
        if len(set(codes)) < len(codes):
            raise BadSpec("Edition: a place is there twice. Wanted each once.")


def edition_of(index: Index) -> Edition:
    """An index that was built, as an edition: its figures in proportion, weights and steps.

    What belongs to the method are the steps, the directions and the goalposts.
    """
    figures, spec = index.figures, index.spec
    verbs = [step.verb for step in spec.steps]
    steps = tuple(step for step in spec.steps[verbs.index("scale") + 1 :] if step.verb != "rank")
    hierarchy = spec.hierarchy
    return Edition(
        figures.places,
        figures.indicators,
        figures.values,
        np.array([node.weight for node in hierarchy.nodes]),
        StepsScoring(figures.indicators, hierarchy, steps),
        tuple(node.code for node in hierarchy.nodes),
    )


def weighted_mean(points: FloatArray, weights: FloatArray) -> FloatArray:
    """The weighted mean along the last axis; a missing point's weight is shared by the rest."""
    carried = np.where(np.isnan(points), 0.0, weights)
    totals = carried.sum(axis=-1)
    sums = (np.nan_to_num(points) * carried).sum(axis=-1)
    return np.asarray(np.where(totals > 0, sums / np.where(totals > 0, totals, 1.0), np.nan))
