"""Treatments: the ways to deal with outliers, each an object with its parameters."""

from dataclasses import KW_ONLY, dataclass
from enum import IntEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from placedex.errors import BadSpec
from placedex.index.transform import (
    BoolArray,
    DrawnIn,
    Limits,
    box_cox,
    draw_in,
    log_above_lowest,
    log_by_skew,
    log_gii,
    shifted_log,
    winsorise_at_percentiles,
)
from placedex.observations.panel import FloatArray
from placedex.stats import Quantiles, kurtosis, skewness

MarkArray = NDArray[np.uint8]
USUAL_LIMITS = Limits()


class Mark(IntEnum):
    """What was done to one value."""

    UNTREATED = 0
    HIGH = 1
    LOW = 2
    TRANSFORMED = 3
    TURNED = 4


@dataclass(frozen=True, slots=True, eq=False)
class Treated:
    """Values after a treatment, what was done to each, and how that is said of one indicator."""

    values: FloatArray
    marks: MarkArray
    said: str = ""

    @property
    def untouched(self) -> bool:
        """Whether nothing was done to any value."""
        return not self.marks.any()


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """The shape of each sample's distribution, and whether it passes the limits."""

    passed: BoolArray
    skewness: FloatArray
    kurtosis: FloatArray


class Treatment(Protocol):
    """A way to deal with the outliers of an indicator."""

    @property
    def words(self) -> str:
        """What it does, without a full stop."""
        ...

    @property
    def wants(self) -> str:
        """What the figures need, for the message if they lack it."""
        ...

    def treat(self, values: FloatArray) -> Treated:
        """The values treated, (..., n) in and out; missing stays missing."""
        ...


def _shape(values: FloatArray, limits: Limits) -> Shape:
    return Shape(limits.passed(values), skewness(values), kurtosis(values))


def _drawn(drawn: DrawnIn) -> Treated:
    marks = np.where(drawn.high, Mark.HIGH, np.where(drawn.low, Mark.LOW, Mark.UNTREATED))
    count = int(np.sum(drawn.moved))
    said = "1 extreme value was" if count == 1 else f"{count} extreme values were"
    return Treated(drawn.values, marks.astype(np.uint8), f"{said} drawn in")


def _transformed(
    values: FloatArray, before: FloatArray, said: str, *, turned: BoolArray | None = None
) -> Treated:
    way = np.where(False if turned is None else turned, Mark.TURNED, Mark.TRANSFORMED)
    marks = np.where(np.isnan(before), Mark.UNTREATED, way)
    return Treated(values, marks.astype(np.uint8), said)


@dataclass(frozen=True, slots=True)
class Winsorise:
    """Extremes moved in to the next value, one after another, until the limits are kept."""

    most: int | None = 5
    limits: Limits = USUAL_LIMITS
    wants: str = "figures that differ"

    def __post_init__(self) -> None:
        if self.most is not None and self.most < 0:
            raise BadSpec(
                f"Step treat: up to {self.most} extreme values are to be drawn in. Wanted a number "
                "of nought or more, or none for as many as need be."
            )

    @property
    def words(self) -> str:
        """What it does, without a full stop."""
        count = (
            "as many extreme values as need be"
            if self.most is None
            else (f"up to {self.most} extreme values")
        )
        return f"{count} are drawn in to the next one"

    def treat(self, values: FloatArray) -> Treated:
        """The values with extremes drawn in."""
        return _drawn(draw_in(values, limits=self.limits, most=self.most))


@dataclass(frozen=True, slots=True)
class AtPercentiles:
    """Values beyond a low and a high percentile moved in to it; None leaves a side alone."""

    low: float | None = 2.5
    high: float | None = 97.5
    convention: Quantiles = Quantiles.SEVEN
    wants: str = "figures that differ"

    def __post_init__(self) -> None:
        low = 0.0 if self.low is None else self.low
        high = 100.0 if self.high is None else self.high
        if not 0 <= low < high <= 100:
            raise BadSpec(
                f"Step treat: values are to be drawn in to the percentiles {low:g} and {high:g}. "
                "Wanted two numbers from 0 to 100, the lower first, or none for a side."
            )

    @property
    def words(self) -> str:
        """What it does, without a full stop."""
        sides = [("below", self.low), ("above", self.high)]
        listed = " and ".join(
            f"{side} the percentile {at:g}" for side, at in sides if at is not None
        )
        return f"values {listed} are drawn in to it"

    def treat(self, values: FloatArray) -> Treated:
        """The values with those beyond the percentiles drawn in."""
        drawn = winsorise_at_percentiles(
            values, low=self.low, high=self.high, convention=self.convention
        )
        return _drawn(drawn)


@dataclass(frozen=True, slots=True)
class ShiftedLog:
    """The logarithm of the values above their lowest, with a hundredth of the range added."""

    words: str = "the logarithm of the figures is used instead"
    wants: str = "two figures that differ"

    def treat(self, values: FloatArray) -> Treated:
        """The logarithms; see `shifted_log`."""
        return _transformed(shifted_log(values), values, "the logarithm was taken")


@dataclass(frozen=True, slots=True)
class LogAboveLowest:
    """The logarithm of the values above their lowest, plus one."""

    words: str = "the logarithm of the figures above their lowest, plus one, is used instead"
    wants: str = "one figure"

    def treat(self, values: FloatArray) -> Treated:
        """The logarithms; see `log_above_lowest`."""
        said = "the logarithm above the lowest, plus one, was taken"
        return _transformed(log_above_lowest(values), values, said)


@dataclass(frozen=True, slots=True)
class LogBySkew:
    """The logarithm from the side on which the long tail is not."""

    words: str = "the logarithm of the figures, taken from the side without the long tail, is used"
    wants: str = "two figures that differ"

    def treat(self, values: FloatArray) -> Treated:
        """The logarithms; see `log_by_skew`."""
        turned = (~(skewness(values) > 0))[..., np.newaxis]
        said = "the logarithm was taken"
        if turned.all():
            said = "the logarithm was taken from the top down"
        return _transformed(log_by_skew(values), values, said, turned=turned)


@dataclass(frozen=True, slots=True)
class LogGII:
    """The logarithm of the Global Innovation Index."""

    words: str = "the logarithm of the Global Innovation Index is used instead"
    wants: str = "figures that differ and of which the highest is above 1"

    def treat(self, values: FloatArray) -> Treated:
        """The logarithms; see `log_gii`."""
        said = "the logarithm of the Global Innovation Index was taken"
        return _transformed(log_gii(values), values, said)


@dataclass(frozen=True, slots=True)
class BoxCox:
    """The Box-Cox transform, of the values moved to begin at 1 if `shift`."""

    exponent: float = 0.5
    shift: bool = True
    wants: str = "figures above nought, or `shift`"

    def __post_init__(self) -> None:
        if not np.isfinite(self.exponent):
            raise BadSpec(
                f"Step treat: the exponent of the Box-Cox transform is {self.exponent:g}. Wanted a "
                "number, such as 0.5."
            )

    @property
    def words(self) -> str:
        """What it does, without a full stop."""
        return f"the Box-Cox transform with the exponent {self.exponent:g} is used instead"

    def treat(self, values: FloatArray) -> Treated:
        """The transform; see `box_cox`."""
        said = f"the Box-Cox transform with the exponent {self.exponent:g} was taken"
        return _transformed(box_cox(values, self.exponent, shift=self.shift), values, said)


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """A treatment in turn, and the shape before it, after its first and after its second part.

    `moved` counts the points that winsorising moved. A later shape is that of the values that the
    part gave, also for samples that did not need it.
    """

    treated: Treated
    before: Shape
    after_first: Shape
    after_second: Shape
    moved: NDArray[np.int64]


WINSORISE, LOGARITHM = Winsorise(), ShiftedLog()


@dataclass(frozen=True, slots=True)
class InTurn:
    """A first treatment where the limits are not kept, and a second where that does not suffice.

    The second acts on the figures themselves, or, if `combined`, on what the first made of them.
    """

    first: Treatment = WINSORISE
    second: Treatment | None = LOGARITHM
    _: KW_ONLY
    limits: Limits = USUAL_LIMITS
    combined: bool = False

    @property
    def words(self) -> str:
        """What it does, without a full stop."""
        rest = ""
        if self.second is not None:
            of = " of what is left" if self.combined else ""
            rest = f"; if that does not suffice, {self.second.words}{of}"
        return (
            f"Where skewness is beyond {self.limits.skewness:g} and kurtosis beyond "
            f"{self.limits.kurtosis:g}, {self.first.words}{rest}"
        )

    @property
    def wants(self) -> str:
        """What the figures need, for the message if they lack it."""
        return self.first.wants if self.second is None else self.second.wants

    def treat(self, values: FloatArray) -> Treated:
        """The values after as much of the treatment as each sample needs."""
        return self.follow(values).treated

    def follow(self, values: FloatArray) -> Followed:
        """The treatment with what came of each of its parts.

        Shape:  (..., n) in; shapes and counts are (...).
        """
        before = _shape(values, self.limits)
        first = self.first.treat(values)
        middle = _shape(first.values, self.limits)
        start = first.values if self.combined else values
        second = first if self.second is None else self.second.treat(start)
        fails, again = ~before.passed, ~before.passed & ~middle.passed
        made = np.where(fails[..., np.newaxis], first.values, values)
        made = np.where(again[..., np.newaxis], second.values, made)
        marks = np.where(fails[..., np.newaxis], first.marks, Mark.UNTREATED)
        marks = np.where(again[..., np.newaxis], second.marks, marks)
        after = _shape(second.values, self.limits)
        said = second.said if again.any() else first.said
        if self.combined and self.second is not None and again.any():
            said = f"{first.said}, then {second.said}"
        if np.any(again & ~after.passed):
            said += "; it is still beyond the limits"
        moved = np.isin(first.marks, (Mark.HIGH, Mark.LOW)).sum(axis=-1)
        return Followed(
            Treated(made, marks.astype(np.uint8), said),
            before,
            middle,
            after,
            np.asarray(np.where(fails, moved, 0)),
        )
