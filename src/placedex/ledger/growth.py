"""Growth: what a target asks for from where it began, and where growth so far would lead."""

import math
from dataclasses import dataclass

from placedex.errors import BadUsage


@dataclass(frozen=True, slots=True)
class Mark:
    """A value at a time, in years; half-way through 2024 is 2024.5."""

    year: float
    value: float


@dataclass(frozen=True, slots=True)
class Growth:
    """What leads from one value to another.

    Attributes:
        rate: the share a year by which it compounds; missing if a value is not above nought.
        each_year: how much it is each year along a straight line.
        multiple: how many times the first the last is; missing if the first is not above nought.
        doubling: the years in which it doubles at the rate; missing if it does not grow.
    """

    start: Mark
    end: Mark
    rate: float
    each_year: float
    multiple: float
    doubling: float

    @property
    def years(self) -> float:
        """How long it takes."""
        return self.end.year - self.start.year

    def linear(self, year: float) -> float:
        """The value in a year on the straight line from the first to the last."""
        return self.start.value + self.each_year * (year - self.start.year)

    def geometric(self, year: float) -> float:
        """The value in a year if it grows by the same share each year; missing without a rate."""
        if math.isnan(self.rate):
            return math.nan
        return float(self.start.value * (1 + self.rate) ** (year - self.start.year))


def growth_between(start: Mark, end: Mark) -> Growth:
    """What leads from a value to a later one.

    Gaps:   values that are not above nought have no rate, and a first value of nought no multiple.
    Errors: BadUsage if the second is not later, or a number is not finite.
    """
    years = end.year - start.year
    if not all(map(math.isfinite, (start.year, end.year, start.value, end.value))) or years <= 0:
        raise BadUsage(
            f"Growth was asked for from {start.value:g} in {start.year:g} to {end.value:g} in "
            f"{end.year:g}. Wanted a later year for the second, and two numbers. Mend one of them."
        )
    multiple = end.value / start.value if start.value > 0 else math.nan
    rate = multiple ** (1 / years) - 1 if multiple > 0 else math.nan
    doubling = math.log(2) / math.log1p(rate) if rate > 0 else math.nan
    return Growth(start, end, rate, (end.value - start.value) / years, multiple, doubling)


def real_rate(nominal: float, inflation: float) -> float:
    """The growth a year in real terms that a nominal one is, if prices rise by a share a year."""
    if inflation <= -1:
        raise BadUsage(
            f"Prices that rise by {inflation:g} a year were given. Wanted a share above -1, such "
            "as 0.02. Mend it."
        )
    return (1 + nominal) / (1 + inflation) - 1


def arrives(last: Mark, rate: float, *, level: float) -> float:
    """The year in which a level is reached at a rate; missing if the rate leads away from it."""
    if not (last.value > 0 and level > 0) or not rate > -1 or rate == 0:
        return last.year if last.value == level else math.nan
    years = math.log(level / last.value) / math.log1p(rate)
    return last.year + years if years >= 0 else math.nan


def carried_on(last: Mark, rate: float, *, year: float) -> float:
    """The value in a later year if the growth so far goes on; missing without a rate."""
    return float(last.value * (1 + rate) ** (year - last.year))
