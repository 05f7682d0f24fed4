"""Earlier figures: an indicator as it was some years before, lent beside its latest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from placedex.observations.period import Period, years_between

# Surveys are not held on the same day each year, nor snapshots taken in the same month.
NEAR = 0.25


@dataclass(frozen=True, slots=True)
class Earlier:
    """The figures of an indicator so many years before its latest period."""

    code: str
    years: int

    def column(self, code: str | None = None) -> str:
        """What its column of a panel is called, or that of a part of its ratio."""
        return f"{code or self.code}@{self.years}"


def code_of(column: str) -> str:
    """The code of the indicator that a column of a panel is of, earlier or not."""
    return column.partition("@")[0]


def period_before(
    latest: Period | None, covered: Iterable[Mapping[Period, int]], *, years: int
) -> Period | None:
    """The period that lies so many years before another, or none within three months of it.

    It is of the same length; of several that near the nearest, and of two as near the later. One
    that fewer than half as many places have as have the best covered of them does not count, and
    the parts of a ratio share one.
    """
    if latest is None:
        return None
    away: dict[Period, float] = {}
    good = []
    for counts in covered:
        near = {
            period: count
            for period, count in counts.items()
            if period.months == latest.months
            and abs(years_between(period, latest) - years) <= NEAR + 1e-9
        }
        good.append({one for one, count in near.items() if 2 * count >= max(near.values())})
        away |= {period: abs(years_between(period, latest) - years) for period in near}
    shared = set.intersection(*good) if good else set()
    return min(shared, key=lambda one: (away[one], -one.start.toordinal()), default=None)
