"""Normalisations by numbers that are stated: a mean, a best figure, ranks that were published.

What is stated stays the same whichever places are compared.
"""

from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.index.normalisations import Figures
from placedex.index.points import DEPRIVATION_CONSTANT, exponential_of_ranks, over
from placedex.observations.panel import FloatArray


@dataclass(frozen=True, slots=True)
class StatedZScore:
    """Standard deviations above a stated mean, by a stated standard deviation."""

    mean: float
    deviation: float
    wants: str = "one figure"

    def __post_init__(self) -> None:
        if not 0 < self.deviation < np.inf:
            raise BadSpec(
                f"Step normalise: the standard deviation {self.deviation:g} is stated. Wanted a "
                "number above nought."
            )

    @property
    def words(self) -> str:
        """What it does, in a sentence."""
        return (
            f"Each figure is put as standard deviations of {self.deviation:g} above or below the "
            f"stated mean {self.mean:g}."
        )

    def points(self, figures: Figures) -> FloatArray:
        """How many standard deviations better than the stated mean each figure is."""
        return np.asarray((figures.values - self.mean) / self.deviation * figures.sign)


@dataclass(frozen=True, slots=True)
class RatioToBest:
    """A figure over a stated best one; where less is better, the best one over the figure.

    With `worst`, a figure beyond either is held there first. For figures on a ratio scale.
    Source: UNDP (2022), Human Development Report 2021/22: Technical note 4, for maternal mortality.
    """

    best: float
    worst: float | None = None
    wants: str = "figures above nought"

    def __post_init__(self) -> None:
        if not 0 < self.best < np.inf or (self.worst is not None and not 0 <= self.worst < np.inf):
            raise BadSpec(
                f"Step normalise: the best figure {self.best:g} and the worst {self.worst} are "
                "stated. Wanted numbers, the best above nought and the worst not below it."
            )

    @property
    def words(self) -> str:
        """What it does, in a sentence."""
        held = "" if self.worst is None else f"; one beyond it, or beyond {self.worst:g}, is held"
        return (
            f"Each figure is divided by the best one, {self.best:g}; where lower is better, the "
            f"best one is divided by it{held}."
        )

    def points(self, figures: Figures) -> FloatArray:
        """The ratio of each figure to the best, 1 at the best."""
        values = figures.values
        if self.worst is not None:
            values = np.clip(values, min(self.best, self.worst), max(self.best, self.worst))
        if figures.sign > 0:
            return np.asarray(values / self.best)
        return over(np.full(values.shape, self.best), np.where(values > 0, values, 0.0))


@dataclass(frozen=True, slots=True)
class ExponentialOfGivenRanks:
    """Figures that are ranks already, stretched at the top as the indices of deprivation have them.

    The ranks are used as they were published, ties and all. Where lower figures score higher, 1 is
    the rank of the highest points; else the highest rank is.
    """

    constant: float = DEPRIVATION_CONSTANT
    counts_itself: bool = True
    wants: str = "ranks from 1 to the number of places that have one"

    @property
    def words(self) -> str:
        """What it does, in a sentence."""
        return (
            "Each figure is a rank; it is stretched at the top by an exponential with the "
            f"constant {self.constant:g}, from 0 to 100."
        )

    def points(self, figures: Figures) -> FloatArray:
        """Points from 0 to 100."""
        count = np.sum(~np.isnan(figures.found), axis=-1, keepdims=True).astype(np.float64)
        ranks = figures.values if figures.sign < 0 else count + 1.0 - figures.values
        there = np.where((ranks >= 1) & (ranks <= count), ranks, np.nan)
        return exponential_of_ranks(
            there, count=count, constant=self.constant, counts_itself=self.counts_itself
        )
