"""Normalisations: the ways to make figures comparable, each an object with its parameters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from placedex.errors import BadSpec
from placedex.index.hierarchy import Node
from placedex.index.points import (
    DEPRIVATION_CONSTANT,
    ascending_rank,
    between,
    borda,
    distance_to_maximum,
    distance_to_reference,
    distance_to_target,
    exponential_of_ranks,
    percentile_rank,
    share_of_maximum,
    z_score,
)
from placedex.observations.panel import FloatArray
from placedex.stats import Ties

DIFFER = "two places that differ"
SHARED = {
    Ties.WORSE: "equal figures share the worse rank",
    Ties.AVERAGE: "equal figures share the average of their ranks",
    Ties.BETTER: "equal figures share the better rank",
}


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """The figures of one indicator, in its own unit, and what a normalisation may ask of them.

    Shape:  values (..., places); among (..., any): the figures in which extremes, means and ranks
            are found, those of a base edition or of several together; else the values themselves.
    """

    values: FloatArray
    leaf: Node
    among: FloatArray | None = None
    places: tuple[str, ...] = ()

    @property
    def sign(self) -> float:
        """1 if more is better, -1 if less is."""
        return 1.0 if self.leaf.direction > 0 else -1.0

    @property
    def turned(self) -> tuple[FloatArray, FloatArray | None]:
        """The values, and those among which they stand, turned so that more is better."""
        return self.values * self.sign, None if self.among is None else self.among * self.sign

    @property
    def found(self) -> FloatArray:
        """The figures in which extremes, means and ranks are found."""
        return self.values if self.among is None else self.among

    def worst_first(self, low: float, high: float) -> tuple[FloatArray, FloatArray]:
        """Two ends, the worse before the better."""
        worst, best = (low, high) if self.sign > 0 else (high, low)
        return np.array([worst]), np.array([best])


class Normalisation(Protocol):
    """A way to turn one indicator's figures into points of which more is better."""

    @property
    def words(self) -> str:
        """What it does, in a sentence."""
        ...

    @property
    def wants(self) -> str:
        """What the figures need, for the message if they lack it."""
        ...

    def points(self, figures: Figures) -> FloatArray:
        """Points, of the shape of the values; the direction is applied first.

        Gaps:   missing stays missing; a figure that cannot be put into points is missing too.
        """
        ...


@dataclass(frozen=True, slots=True)
class ZScore:
    """Standard deviations above the mean, put on a stated mean and standard deviation."""

    mean: float = 0.0
    spread: float = 1.0
    wants: str = DIFFER

    @property
    def words(self) -> str:
        """What it does, in a sentence."""
        return (
            "Each figure is put as standard deviations above or below the mean of the places, on "
            f"a scale with the mean {self.mean:g} and the standard deviation {self.spread:g}."
        )

    def points(self, figures: Figures) -> FloatArray:
        """The z-score of each figure."""
        return z_score(*figures.turned, mean=self.mean, spread=self.spread)


@dataclass(frozen=True, slots=True)
class AscendingRank:
    """The rank counted from the lowest, so that more is better."""

    ties: Ties = Ties.WORSE
    wants: str = "one figure"

    @property
    def words(self) -> str:
        """What it does, in a sentence."""
        return f"Each figure is put as its rank from the lowest, 1; {SHARED[self.ties]}."

    def points(self, figures: Figures) -> FloatArray:
        """The rank of each figure from the lowest."""
        return ascending_rank(*figures.turned, ties=self.ties)


@dataclass(frozen=True, slots=True)
class Borda:
    """How many other places a place beats."""

    ties: Ties = Ties.WORSE
    wants: str = "one figure"

    @property
    def words(self) -> str:
        """What it does, in a sentence."""
        return f"Each figure is put as the number of places it beats; {SHARED[self.ties]}."

    def points(self, figures: Figures) -> FloatArray:
        """The number of places that each figure beats."""
        return borda(*figures.turned, ties=self.ties)


@dataclass(frozen=True, slots=True)
class PercentileRank:
    """The share of the other places that a place beats."""

    ties: Ties = Ties.WORSE
    wants: str = "two figures"

    @property
    def words(self) -> str:
        """What it does, in a sentence."""
        return f"Each figure is put as the share of the others it beats; {SHARED[self.ties]}."

    def points(self, figures: Figures) -> FloatArray:
        """The share of the others that each figure beats, 0 to 1."""
        return percentile_rank(*figures.turned, ties=self.ties)


@dataclass(frozen=True, slots=True)
class ShareOfMaximum:
    """The figure over the highest; where less is better, what it leaves of the highest.

    COINr 1.1.14 divides turned figures by their maximum, which is the lowest figure: the signs
    cancel, and less is no longer better. Here 1 - x / max keeps the direction and the scale.
    """

    wants: str = "a highest figure above nought"

    @property
    def words(self) -> str:
        """What it does, in a sentence."""
        return (
            "Each figure is divided by the highest of the places; where lower is better, that "
            "share is taken from 1."
        )

    def points(self, figures: Figures) -> FloatArray:
        """The share of the highest figure, 1 at best."""
        shares = share_of_maximum(figures.values, figures.among)
        return shares if figures.sign > 0 else np.asarray(1.0 - shares)


@dataclass(frozen=True, slots=True)
class DistanceToMaximum:
    """How far along the way from the worst figure to the best, 0 to 1."""

    wants: str = DIFFER

    @property
    def words(self) -> str:
        """What it does, in a sentence."""
        return "Each figure is put as its share of the way from the worst figure to the best."

    def points(self, figures: Figures) -> FloatArray:
        """The share of the way to the best figure."""
        return distance_to_maximum(*figures.turned)


@dataclass(frozen=True, slots=True)
class DistanceToReference:
    """How far along the way from the worst figure to that of a reference place."""

    place: str

    @property
    def words(self) -> str:
        """What it does, in a sentence."""
        return (
            "Each figure is put as its share of the way from the worst figure to that of "
            f"{self.place}; a better one scores above 1."
        )

    @property
    def wants(self) -> str:
        """What the figures need, for the message if they lack it."""
        return f"the figure of {self.place}, better than the worst"

    def points(self, figures: Figures) -> FloatArray:
        """The share of the way to the reference place, which is read in these same figures.

        Errors: BadSpec if the reference is not among the places.
        """
        if self.place not in figures.places:
            raise BadSpec(
                f"Step normalise, indicator '{figures.leaf.code}': the reference {self.place} is "
                "not among the places. Wanted the code of one of them. Change the reference, or "
                "look whether a step before set it aside."
            )
        values, among = figures.turned
        row = figures.places.index(self.place)
        return distance_to_reference(values, values[..., row : row + 1], among)


@dataclass(frozen=True, slots=True)
class DistanceToTarget:
    """How far along the way from the worst figure to a target, in the indicator's own unit."""

    targets: Mapping[str, float] = field(default_factory=dict)
    cap: bool = False
    wants: str = "a target better than the worst figure"

    @property
    def words(self) -> str:
        """What it does, in a sentence."""
        beyond = "does not score more than 1" if self.cap else "scores above 1"
        return (
            "Each figure is put as its share of the way from the worst figure to the target; one "
            f"beyond it {beyond}."
        )

    def points(self, figures: Figures) -> FloatArray:
        """The share of the way to the target.

        Errors: BadSpec if the indicator has no target.
        """
        if figures.leaf.code not in self.targets:
            raise BadSpec(
                f"Step normalise, indicator '{figures.leaf.code}': it has no target. Wanted one in "
                "its own unit. Add it to the targets, or give the indicator another method."
            )
        values, among = figures.turned
        target = np.array([self.targets[figures.leaf.code] * figures.sign])
        return distance_to_target(values, target, cap=self.cap, among=among)


@dataclass(frozen=True, slots=True)
class Scaled:
    """Where a figure lies between two stated ends, times a factor; nothing is held at the ends."""

    low: float
    high: float
    factor: float = 100.0
    wants: str = "two ends that differ"

    @property
    def words(self) -> str:
        """What it does, in a sentence."""
        return (
            f"Each figure is put on a scale from 0 to {self.factor:g} between {self.low:g} and "
            f"{self.high:g}; one beyond them scores beyond the scale."
        )

    def points(self, figures: Figures) -> FloatArray:
        """Points of the scale; the ends are in the indicator's own unit, the lower one first."""
        ends = figures.worst_first(self.low, self.high)
        return between(figures.values, *ends, scale=(0.0, self.factor))


@dataclass(frozen=True, slots=True)
class FixedGoalposts:
    """Where a figure lies between two stated goalposts, held at the ends if `clip`."""

    low: float
    high: float
    scale: tuple[float, float] = (0.0, 100.0)
    clip: bool = True
    wants: str = "two goalposts that differ"

    @property
    def words(self) -> str:
        """What it does, in a sentence."""
        held = "is held at the end" if self.clip else "scores beyond the end"
        return (
            f"Each figure is put on a scale from {self.scale[0]:g} to {self.scale[1]:g} between "
            f"the goalposts {self.low:g} and {self.high:g}; one beyond them {held}."
        )

    def points(self, figures: Figures) -> FloatArray:
        """Points of the scale; the goalposts are in the indicator's own unit, lower first."""
        ends = figures.worst_first(self.low, self.high)
        points = between(figures.values, *ends, scale=self.scale)
        return np.clip(points, min(self.scale), max(self.scale)) if self.clip else points


@dataclass(frozen=True, slots=True)
class ExponentialRanks:
    """Ranks stretched at the top, as the indices of deprivation have them."""

    constant: float = DEPRIVATION_CONSTANT
    counts_itself: bool = True
    ties: Ties = Ties.AVERAGE
    wants: str = "one figure"

    @property
    def words(self) -> str:
        """What it does, in a sentence."""
        return (
            "Each figure is put as its rank, stretched at the top by an exponential with the "
            f"constant {self.constant:g}, from 0 to 100; {SHARED[self.ties]}."
        )

    def points(self, figures: Figures) -> FloatArray:
        """Points from 0 to 100, 100 for the highest figure if a place counts itself."""
        count = np.sum(~np.isnan(figures.found), axis=-1, keepdims=True).astype(np.float64)
        ranks = count + 1.0 - ascending_rank(*figures.turned, ties=self.ties)
        return exponential_of_ranks(
            ranks, count=count, constant=self.constant, counts_itself=self.counts_itself
        )


@dataclass(frozen=True, slots=True)
class ZThenMinMax:
    """Z-scores put between their extremes, as the United Nations' EGDI has them.

    Of one indicator alone this is min-max; the z-scores matter where several are averaged first.
    """

    scale: tuple[float, float] = (0.0, 1.0)
    wants: str = DIFFER

    @property
    def words(self) -> str:
        """What it does, in a sentence."""
        return (
            "Each figure is standardised by mean and standard deviation and then put on a scale "
            f"from {self.scale[0]:g} to {self.scale[1]:g} between the worst and the best."
        )

    def points(self, figures: Figures) -> FloatArray:
        """Points of the scale."""
        values, among = figures.turned
        scores = z_score(values, among)
        bottom, top = self.scale
        found = scores if among is None else z_score(among)
        return np.asarray(distance_to_maximum(scores, found) * (top - bottom) + bottom)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The figure itself, turned round where less is better."""

    wants: str = "one figure"

    @property
    def words(self) -> str:
        """What it does, in a sentence."""
        return "Each figure is used as it is, with the sign turned where lower is better."

    def points(self, figures: Figures) -> FloatArray:
        """The figures times the direction."""
        return figures.turned[0]
