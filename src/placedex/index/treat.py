"""Treat: outliers drawn in, so that one extreme place does not set the scale for all."""

from dataclasses import dataclass, replace

import numpy as np

from placedex.errors import BadSpec
from placedex.index.hierarchy import Node
from placedex.index.step import Flag, State
from placedex.observations.panel import FloatArray
from placedex.stats import kurtosis, skewness


@dataclass(frozen=True, slots=True)
class Limits:
    """When a distribution is left as it is: if its skewness or its kurtosis is below a limit."""

    skewness: float = 2.0
    kurtosis: float = 3.5

    def passed_by(self, values: FloatArray) -> bool:
        """Whether the values need no treatment; too few to judge, or all alike, need none."""
        lean, tails = float(skewness(values)), float(kurtosis(values))
        return not (abs(lean) > self.skewness and tails > self.kurtosis)


def winsorise(values: FloatArray, *, limits: Limits, most: int) -> tuple[FloatArray, int]:
    """The values with extremes moved in to the next one, and how many were moved.

    While the values are beyond the limits and fewer than `most` points have been moved, all points
    tied at the extreme move together to the next distinct value: at the top if the skewness is not
    below nought, else at the bottom. Ties may therefore move more points than `most`.
    Shape:  (n,) in and out.
    Gaps:   missing values are left out and stay missing.
    Source: OECD and JRC (2008), Handbook on Constructing Composite Indicators; the side and the
            stopping rule are those of Becker et al. (2022), COINr.
    """
    values = values.copy()
    known = ~np.isnan(values)
    high = np.zeros(values.shape, dtype=np.bool_)
    low = np.zeros(values.shape, dtype=np.bool_)
    while int(high.sum() + low.sum()) < most and not limits.passed_by(values):
        if float(skewness(values)) >= 0:
            high = known & (values == np.nanmax(values))
            values[high] = np.max(values[known & ~high])
        else:
            low = known & (values == np.nanmin(values))
            values[low] = np.min(values[known & ~low])
    return values, int(high.sum() + low.sum())


def shifted_log(values: FloatArray) -> FloatArray:
    """The logarithm of the values above their lowest, with a hundredth of the range added.

    Shape:  (n,) in and out.
    Gaps:   missing values stay missing.
    Source: Becker et al. (2022), COINr, log_CT.
    """
    lowest, highest = np.nanmin(values), np.nanmax(values)
    return np.asarray(np.log(values - lowest + 0.01 * (highest - lowest)))


@dataclass(frozen=True, slots=True)
class Treat:
    """Winsorise indicators with outliers; take the logarithm where that does not suffice."""

    most: int = 5
    limits: Limits = Limits()
    verb: str = "treat"

    @property
    def words(self) -> str:
        """What the step does."""
        return (
            f"Where skewness is beyond {self.limits.skewness:g} and kurtosis beyond "
            f"{self.limits.kurtosis:g}, up to {self.most} extreme values are drawn in to the next "
            "one; if that does not suffice, the logarithm of the figures is used instead."
        )

    def apply(self, state: State) -> State:
        """The state with treated values, and a flag for each indicator that was."""
        values = state.panel.values.copy()
        flags = []
        for column, indicator in enumerate(state.panel.indicators):
            before = values[:, column]
            if self.limits.passed_by(before):
                continue
            after, moved = winsorise(before, limits=self.limits, most=self.most)
            act = f"{moved} extreme values were drawn in"
            if not self.limits.passed_by(after):
                after, act = shifted_log(before), "the logarithm was taken"
            values[:, column] = after
            flags.append(Flag("treated", f"{indicator.name}: {act}.", indicator.code))
        return state.with_panel(state.panel.with_values(values)).flagged(*flags)


@dataclass(frozen=True, slots=True)
class Logarithm:
    """Take the natural logarithm of named indicators, and of their goalposts."""

    indicators: tuple[str, ...]
    verb: str = "treat"

    @property
    def words(self) -> str:
        """What the step does."""
        return (
            f"The logarithm is taken of {', '.join(self.indicators)}, whose figures spread over "
            "orders of magnitude; their goalposts are taken in logarithms too."
        )

    def apply(self, state: State) -> State:
        """The state with logarithms of the named indicators.

        Errors: BadSpec if a value or a goalpost of one is nought or below.
        """
        values = state.panel.values.copy()
        changed = {}
        present = {leaf.code: leaf for leaf in state.hierarchy.leaves}
        for code in self.indicators:
            leaf = present.get(code)
            if leaf is None:
                continue
            column = state.panel.column(code)
            posts = leaf.goalposts
            if np.nanmin(values[:, column]) <= 0 or (posts and min(posts) <= 0):
                raise BadSpec(
                    f"Step treat, indicator '{code}': a value or a goalpost is nought or below. "
                    "Wanted all above nought for a logarithm. Take the indicator out of the "
                    "step."
                )
            values[:, column] = np.log(values[:, column])
            changed[code] = _log_goalposts(leaf)
        treated = state.with_panel(state.panel.with_values(values))
        return State(treated.panel, state.hierarchy.replace(changed), state.flags)


def _log_goalposts(leaf: Node) -> Node:
    if leaf.goalposts is None:
        return leaf
    low, high = leaf.goalposts
    return replace(leaf, goalposts=(float(np.log(low)), float(np.log(high))))
