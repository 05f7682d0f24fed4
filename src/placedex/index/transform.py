"""Transform: the formulas by which outliers are drawn in, or a long tail is shortened."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from placedex.errors import BadSpec
from placedex.index.points import highest, lowest, over
from placedex.observations.panel import FloatArray
from placedex.stats import Quantiles, kurtosis, percentile, skewness

BoolArray = NDArray[np.bool_]
SHIFT = 0.01


@dataclass(frozen=True, slots=True)
class Limits:
    """When a distribution is left as it is: if its skewness or its kurtosis is below a limit."""

    skewness: float = 2.0
    kurtosis: float = 3.5

    def __post_init__(self) -> None:
        if np.isnan(self.skewness) or np.isnan(self.kurtosis):
            raise BadSpec(
                f"Step treat: the limits are {self.skewness:g} for skewness and {self.kurtosis:g} "
                "for kurtosis. Wanted numbers."
            )

    def passed(self, values: FloatArray) -> BoolArray:
        """Whether each sample needs no treatment; too few to judge, or all alike, need none.

        Shape:  (..., n) in, (...) out.
        """
        lean, tails = np.abs(skewness(values)), kurtosis(values)
        return np.asarray(~((lean > self.skewness) & (tails > self.kurtosis)))

    def passed_by(self, values: FloatArray) -> bool:
        """Whether one sample needs no treatment."""
        return bool(self.passed(values))


@dataclass(frozen=True, slots=True, eq=False)
class DrawnIn:
    """Values of which extremes were moved in, and which were moved from the top and the bottom."""

    values: FloatArray
    high: BoolArray
    low: BoolArray

    @property
    def moved(self) -> NDArray[np.int64]:
        """How many points of each sample were moved."""
        return np.asarray((self.high | self.low).sum(axis=-1))


def draw_in(values: FloatArray, *, limits: Limits, most: int | None) -> DrawnIn:
    """The values with extremes moved in to the next one, and which were moved.

    While a sample is beyond the limits and fewer than `most` of its points have been moved, all
    points tied at the extreme move together to the next distinct value: at the top if the skewness
    is not below nought, else at the bottom. Ties may therefore move more points than `most`; with
    None there is no such bound. A sample of which all are alike is left.
    Shape:  (..., n) in and out.
    Gaps:   missing values are left out and stay missing.
    Source: OECD and JRC (2008), Handbook on Constructing Composite Indicators; the side and the
            stopping rule are those of Becker et al. (2022), COINr.
    """
    drawn = np.array(values, dtype=np.float64)
    rows = drawn.reshape(-1, drawn.shape[-1])
    high, low = np.zeros(rows.shape, np.bool_), np.zeros(rows.shape, np.bool_)
    active = np.flatnonzero(_may_move(rows, high, low, limits=limits, most=most))
    while active.size:
        row = rows[active]
        upwards = (skewness(row) >= 0)[:, np.newaxis]
        facing = np.where(upwards, row, -row)
        extreme = facing == highest(facing)
        beyond = highest(np.where(extreme, np.nan, facing))
        moved = np.where(extreme, beyond, facing)
        rows[active] = np.where(upwards, moved, -moved)
        high[active] = np.where(upwards, extreme, high[active])
        low[active] = np.where(upwards, low[active], extreme)
        still = _may_move(rows[active], high[active], low[active], limits=limits, most=most)
        active = active[still]
    shape = drawn.shape
    return DrawnIn(rows.reshape(shape), high.reshape(shape), low.reshape(shape))


def _may_move(
    rows: FloatArray, high: BoolArray, low: BoolArray, *, limits: Limits, most: int | None
) -> BoolArray:
    """Whether each row is beyond the limits and may have more of its points moved."""
    alike = lowest(rows)[:, 0] == highest(rows)[:, 0]
    wanting = ~limits.passed(rows) & ~alike
    if most is None:
        return np.asarray(wanting)
    return np.asarray(wanting & (high.sum(axis=-1) + low.sum(axis=-1) < most))


def winsorise(values: FloatArray, *, limits: Limits, most: int | None) -> tuple[FloatArray, int]:
    """The values with extremes moved in to the next one, and how many were moved; see `draw_in`.

    Shape:  (n,) in and out.
    Gaps:   missing values are left out and stay missing.
    """
    drawn = draw_in(values, limits=limits, most=most)
    return drawn.values, int(drawn.high.sum() + drawn.low.sum())


def winsorise_at_percentiles(
    values: FloatArray,
    *,
    low: float | None = None,
    high: float | None = None,
    convention: Quantiles = Quantiles.SEVEN,
) -> DrawnIn:
    """The values with those beyond a low and a high percentile moved in to it.

    Shape:  (..., n) in and out; a percentile is in per cent, and None leaves its side alone.
    Gaps:   missing values are left out and stay missing.
    """
    drawn = np.array(values, dtype=np.float64)
    above, below = np.zeros(drawn.shape, np.bool_), np.zeros(drawn.shape, np.bool_)
    if high is not None:
        top = percentile(values, high, convention)[..., np.newaxis]
        above = drawn > top
        drawn = np.where(above, top, drawn)
    if low is not None:
        bottom = percentile(values, low, convention)[..., np.newaxis]
        below = drawn < bottom
        drawn = np.where(below, bottom, drawn)
    return DrawnIn(drawn, above, below)


def _log(values: FloatArray) -> FloatArray:
    """The natural logarithm; missing where there is none."""
    return np.asarray(np.log(np.where(values > 0, values, np.nan)))


def shifted_log(values: FloatArray) -> FloatArray:
    """The logarithm of the values above their lowest, with a hundredth of the range added.

    Shape:  (..., n) in and out.
    Gaps:   missing values stay missing; values that are all alike have no such logarithm.
    Source: Becker et al. (2022), COINr, log_CT.
    """
    low, high = lowest(values), highest(values)
    return _log(values - low + SHIFT * (high - low))


def log_above_lowest(values: FloatArray) -> FloatArray:
    """The logarithm of the values above their lowest, plus one; it hangs on the unit.

    Shape:  (..., n) in and out.
    Gaps:   missing values stay missing.
    Source: Becker et al. (2022), COINr, log_CT_orig; COIN Tool of the JRC.
    """
    return _log(values - lowest(values) + 1.0)


def log_by_skew(values: FloatArray) -> FloatArray:
    """`shifted_log` where the long tail is at the top; else the same from the top down.

    If the skewness is above nought, ln(x - min + a), else -ln(max - x + a), with a a hundredth of
    the range: either keeps the order of the values.
    Shape:  (..., n) in and out.
    Gaps:   as in `shifted_log`.
    Source: Becker et al. (2022), COINr, log_CT_plus.
    """
    upwards = (skewness(values) > 0)[..., np.newaxis]
    return np.where(upwards, shifted_log(values), -shifted_log(-values))


def log_gii(values: FloatArray) -> FloatArray:
    """The logarithm of the Global Innovation Index: ln((max - 1)(x - min) / (max - min) + 1).

    It runs from 0 to ln max, and is of use only if the highest value is above 1: below that it
    would turn the order round, so that such values are missing. COINr 1.1.14 documents this formula
    and returns the values unchanged.
    Shape:  (..., n) in and out.
    Gaps:   missing values stay missing; so are all if they are alike or none is above 1.
    Source: WIPO (2020), Global Innovation Index, appendix on the conceptual framework.
    """
    low, high = lowest(values), highest(values)
    return _log(np.where(high > 1, over((high - 1) * (values - low), high - low) + 1.0, np.nan))


def box_cox(values: FloatArray, exponent: float, *, shift: bool = True) -> FloatArray:
    """The Box-Cox transform (x^p - 1) / p, or the logarithm for p = 0, of the values from 1 up.

    With `shift`, the lowest value is first moved to 1; without it, what is not above nought has no
    transform.
    Shape:  (..., n) in and out.
    Gaps:   missing values stay missing.
    Source: Box and Cox (1964), Journal of the Royal Statistical Society B 26, 211-252.
    """
    positive = values - lowest(values) + 1.0 if shift else np.where(values > 0, values, np.nan)
    if exponent == 0:
        return _log(positive)
    return np.asarray((positive**exponent - 1.0) / exponent)
