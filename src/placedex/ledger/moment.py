"""Moments: when a period is over, in years, so that spans of time can be taken from each other."""

import math
from datetime import date

from placedex.ledger.growth import Mark
from placedex.observations import Period


def moment_of(period: Period) -> float:
    """The time at which a period is over: 2025.0 for the year 2024."""
    if period.months == 0:
        first = date(period.start.year, 1, 1)
        days = (date(period.start.year + 1, 1, 1) - first).days
        return period.start.year + ((period.start - first).days + 1) / days
    start = period.start
    return start.year + (start.month - 1 + period.months + (start.day - 1) / 30) / 12


def mark_of(period: Period, value: float) -> Mark:
    """A value at the time at which its period is over."""
    return Mark(moment_of(period), value)


def year_of(moment: float) -> int:
    """The calendar year in which a moment lies; the end of a year is in that year."""
    return math.ceil(moment - 1e-9) - 1
