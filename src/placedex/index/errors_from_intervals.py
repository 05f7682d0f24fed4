"""Standard errors read back from the intervals that publishers print."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from placedex.errors import BadSpec
from placedex.index.refusals import refuse_infinite, refuse_share
from placedex.index.rows import Row, cell, label
from placedex.observations.panel import FloatArray
from placedex.stats.intervals import normal_quantile
from placedex.stats.resampling import BoolArray

LOPSIDED = 0.05
STEP = "errors from intervals"


class IntervalScale(Protocol):
    """The scale on which a published interval reaches equally far to both sides."""

    @property
    def words(self) -> str:
        """The scale in words."""
        ...

    def of(self, values: FloatArray) -> FloatArray:
        """Published values on the scale."""
        ...

    def slope(self, values: FloatArray) -> FloatArray:
        """How fast the scale rises at a published value."""
        ...

    def defined(self, values: FloatArray) -> BoolArray:
        """Where the scale is defined."""
        ...


@dataclass(frozen=True, slots=True)
class Identity:
    """The scale of the figures themselves."""

    words: str = "as published"

    def of(self, values: FloatArray) -> FloatArray:
        """The values as they are."""
        return values

    def slope(self, values: FloatArray) -> FloatArray:
        """1 everywhere."""
        return np.ones_like(values)

    def defined(self, values: FloatArray) -> BoolArray:
        """Everywhere."""
        return np.ones(values.shape, dtype=bool)


@dataclass(frozen=True, slots=True)
class Logit:
    """Log odds, for shares of a whole: 1, or 100 for percentages."""

    whole: float = 1.0
    words: str = "log odds"

    def of(self, values: FloatArray) -> FloatArray:
        """The logarithm of a share over the rest."""
        return np.asarray(np.log(values / (self.whole - values)))

    def slope(self, values: FloatArray) -> FloatArray:
        """The whole over share times rest."""
        return np.asarray(self.whole / (values * (self.whole - values)))

    def defined(self, values: FloatArray) -> BoolArray:
        """Between nought and the whole."""
        return np.asarray((values > 0) & (values < self.whole))


@dataclass(frozen=True, slots=True)
class Log:
    """Logarithms, for ratios and other figures above nought."""

    words: str = "logarithms"

    def of(self, values: FloatArray) -> FloatArray:
        """The natural logarithm."""
        return np.asarray(np.log(values))

    def slope(self, values: FloatArray) -> FloatArray:
        """One over the value."""
        return np.asarray(1 / values)

    def defined(self, values: FloatArray) -> BoolArray:
        """Above nought."""
        return np.asarray(values > 0)


@dataclass(frozen=True, slots=True, eq=False)
class IntervalErrors:
    """What published intervals say of standard errors.

    errors: on the scale the interval is even on. natural: on the scale of the figures, to first
    order. lopsided: how much further one side reaches, as a share of the interval; `uneven` where
    that is over 0.05, so that log odds or logarithms may be the publisher's scale.
    """

    errors: FloatArray
    natural: FloatArray
    lopsided: FloatArray
    scale: IntervalScale

    @property
    def uneven(self) -> BoolArray:
        """Where the interval reaches further to one side than rounding explains."""
        return np.asarray(self.lopsided > LOPSIDED)

    def to_rows(self, names: Sequence[str] = ()) -> tuple[Row, ...]:
        """A row for each interval."""
        columns = zip(self.errors.ravel(), self.natural.ravel(), self.lopsided.ravel(), strict=True)
        return tuple(
            {
                "name": label(names, number),
                "scale": self.scale.words,
                "error": cell(error),
                "error_of_figure": cell(natural),
                "lopsided": cell(lopsided),
            }
            for number, (error, natural, lopsided) in enumerate(columns)
        )


def errors_from_intervals(
    estimates: FloatArray,
    bounds: tuple[FloatArray, FloatArray],
    *,
    level: FloatArray | float = 0.95,
    scale: IntervalScale | None = None,
    multiple: float | None = None,
) -> IntervalErrors:
    """The standard errors behind published intervals: half the width over the normal quantile.

    Shape:  estimates and both bounds alike; `level` one number or alike.
    Units:  `scale` is the scale on which the publisher made the interval even; `multiple` is
            the publisher's own number of standard errors if it says one, such as 1.96 or 2.
    Gaps:   missing where both bounds are; a missing estimate leaves only `natural` and `lopsided`
            out.
    Errors: BadSpec if one bound is missing and the other is not, if a bound is infinite or off the
            scale, if the lower is above the upper, or for a level that is no share.
    Source: Cochrane Handbook (2019), 6.5.2 and 6.3.1.
    """
    chosen: IntervalScale = Identity() if scale is None else scale
    given = np.asarray(estimates, dtype=np.float64)
    low, high = (np.asarray(bound, dtype=np.float64) for bound in bounds)
    if not given.shape == low.shape == high.shape:
        raise BadSpec(
            f"Step {STEP}: there are estimates of the shape {given.shape}, lower bounds of "
            f"{low.shape} and upper ones of {high.shape}. Wanted one of each for every figure."
        )
    _check(low, high, chosen)
    reach = _reach(level, multiple)
    errors = (chosen.of(high) - chosen.of(low)) / (2 * reach)
    with np.errstate(divide="ignore", invalid="ignore"):
        natural = errors / chosen.slope(np.where(chosen.defined(given), given, np.nan))
        lopsided = np.abs((high - given) - (given - low)) / (high - low)
    return IntervalErrors(np.asarray(errors), natural, lopsided, chosen)


def _reach(level: FloatArray | float, multiple: float | None) -> FloatArray:
    """How many standard errors the intervals reach to each side."""
    if multiple is None:
        for share in np.unique(level):
            refuse_share(float(share), step=STEP, what="level")
        return normal_quantile(level)
    if not 0 < multiple < np.inf:
        raise BadSpec(
            f"Step {STEP}: the intervals are to be {multiple:g} standard errors wide to each side. "
            "Wanted a number above nought, such as 1.96."
        )
    return np.asarray(multiple, dtype=np.float64)


def _check(low: FloatArray, high: FloatArray, scale: IntervalScale) -> None:
    alone = np.flatnonzero(np.ravel(np.isnan(low) != np.isnan(high)))
    if alone.size:
        ends = np.ravel(low)[alone[0]], np.ravel(high)[alone[0]]
        met = f"no lower bound and the upper one {ends[1]:g}"
        if np.isnan(ends[1]):
            met = f"the lower bound {ends[0]:g} and no upper one"
        raise BadSpec(
            f"Step {STEP}: the interval of row {alone[0] + 1} has {met}. Wanted both or neither. "
            "Look the other up, or leave the interval out."
        )
    for bound in (low, high):
        refuse_infinite(bound, step=STEP, what="a bound")
        known = bound[~np.isnan(bound)]
        off = known[~scale.defined(known)]
        if off.size:
            raise BadSpec(
                f"Step errors from intervals: a bound is {off[0]:g}, which has no place among "
                f"{scale.words}. Wanted bounds within the scale. Choose another scale, or give "
                "percentages as Logit(whole=100)."
            )
    if np.any(low > high):
        first = np.flatnonzero(np.ravel(low > high))[0]
        raise BadSpec(
            f"Step errors from intervals: an interval is {np.ravel(low)[first]:g} to "
            f"{np.ravel(high)[first]:g}. Wanted the lower bound first. Exchange the two columns."
        )
