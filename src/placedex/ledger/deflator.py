"""A deflator: how prices moved from year to year, and money taken to the prices of one year."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from placedex.errors import BadUsage
from placedex.ledger.counted_once import Line
from placedex.observations import Catalogue, Observation, Period, parse_period

MEASURED_AS = "deflator"
NOMINAL = "nominal"
_YEAR = re.compile(r"(\d{4})( prices)?")


@dataclass(frozen=True, slots=True)
class Deflator:
    """The level of prices in each calendar year, of one place.

    Attributes:
        indicator, place, part: of the series from which it was read.
        levels: by year; only their ratios count.
    """

    indicator: str
    place: str
    levels: Mapping[int, float]
    part: str = ""

    def level(self, period: Period) -> float | None:
        """The level in a period: a year's, or the mean by months of the years that it touches.

        Gaps:   a year without a figure gives nothing, as does a period of several years.
        """
        if period.months > 12:
            return None
        months = max(period.months, 1)
        first = period.start.year * 12 + period.start.month - 1
        years = [(first + month) // 12 for month in range(months)]
        if any(year not in self.levels for year in years):
            return None
        return sum(self.levels[year] for year in years) / months

    def base(self, year: int) -> float:
        """The level in the year to whose prices money is taken; BadUsage if there is none."""
        if year not in self.levels:
            have = f"{min(self.levels)} to {max(self.levels)}"
            raise BadUsage(
                f"The deflator '{self.indicator}' of {self.place} has no figure for {year}. "
                f"Wanted a year that it has, of {have}. Choose another."
            )
        return self.levels[year]


def read_deflator(series: Sequence[Observation], catalogue: Catalogue) -> Deflator:
    """The deflator that a series of figures is.

    Errors: BadUsage if there is no figure, if the indicator is no deflator, or if its periods are
            not calendar years.
    """
    known = [one for one in series if one.value is not None and one.value > 0]
    if not known:
        raise BadUsage(
            "There is no deflator among the figures. Wanted a series such as 'gva-deflator'. Put "
            "it under figures/, or name the published files by --figures."
        )
    one = known[0]
    prices = catalogue[one.indicator].measure.prices
    if prices != MEASURED_AS:
        raise BadUsage(
            f"The prices of '{one.indicator}' are '{prices or 'not said'}'. Wanted "
            f"'{MEASURED_AS}'. Choose another indicator."
        )
    if any(other.period.kind != "year" for other in known):
        raise BadUsage(
            f"The deflator '{one.indicator}' is not of calendar years. Wanted one that is. "
            "Choose another."
        )
    levels = {other.period.start.year: float(other.value or 0) for other in known}
    return Deflator(one.indicator, one.place, levels, one.part)


def in_prices_of(line: Line, year: int, deflator: Deflator) -> tuple[float, float] | str:
    """A line's amount and its upper end at the prices of a year, or in words why not."""
    hundred = deflator.base(year)
    level = _level(line, deflator)
    if isinstance(level, str):
        return level
    return line.amount * hundred / level, line.high * hundred / level


def _level(line: Line, deflator: Deflator) -> float | str:
    """The level of the prices in which a line is given, or why it has none."""
    pot = line.pot
    if pot.prices != NOMINAL:
        match = _YEAR.fullmatch(pot.prices)
        if match is None:
            return f"its prices, '{pot.prices}', are not those of a year"
        level = deflator.levels.get(int(match[1]))
        return f"the deflator has no figure for {match[1]}" if level is None else level
    if not pot.year:
        return "it has no year"
    period = parse_period(pot.year)
    if period.months > 12:
        return f"how much of it falls in which year of {period.words} is not said"
    level = deflator.level(period)
    return f"the deflator has no figure for {period.words}" if level is None else level
