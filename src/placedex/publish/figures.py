"""Figures: every value with the observations behind it, those that are reckoned worked out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import hypot

from placedex.observations import Indicator, Observation, Observations, Period, Ratio, Status
from placedex.observations.observations import Z_95

Series = tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One value for a place and a period; its parts are an observation, or the two of a ratio."""

    indicator: Indicator
    period: Period
    value: float | None
    low: float | None
    high: float | None
    status: Status
    parts: tuple[Observation, ...]


class Figures:
    """Every figure of a build, by place and indicator."""

    def __init__(self, observations: Observations) -> None:
        self.catalogue: Mapping[str, Indicator] = observations.catalogue
        self.published: dict[tuple[str, str], Series] = observations.all_series()
        self.observed = frozenset(code for _, code in self.published)

    def at(self, place: str, code: str, *, period: Period | None) -> Figure | None:
        """The figure of a place for a period, or nothing if none was published."""
        if period is None:
            return None
        indicator = self.catalogue[code]
        if indicator.ratio is None:
            found = self._observation(place, code, period=period)
            return None if found is None else as_published(indicator, found)
        above = self._observation(place, indicator.ratio.numerator, period=period)
        below = self._observation(place, indicator.ratio.denominator, period=period)
        if above is None or below is None:
            return None
        return in_proportion(indicator, indicator.ratio, parts=(above, below))

    def series(self, place: str, code: str) -> tuple[Figure, ...]:
        """Every figure of an indicator for a place, the oldest first."""
        indicator = self.catalogue[code]
        ratio = indicator.ratio
        if ratio is None:
            return tuple(
                as_published(indicator, one) for one in self.published.get((place, code), ())
            )
        below = {one.period: one for one in self.published.get((place, ratio.denominator), ())}
        return tuple(
            in_proportion(indicator, ratio, parts=(one, below[one.period]))
            for one in self.published.get((place, ratio.numerator), ())
            if one.period in below
        )

    def latest(self, place: str, code: str) -> Figure | None:
        """The last figure of an indicator for a place that has a value, or nothing."""
        known = [one for one in self.series(place, code) if one.value is not None]
        return known[-1] if known else None

    def periods(self, place: str, code: str) -> Iterator[Period]:
        """The periods for which an indicator has a value for a place, in order."""
        indicator = self.catalogue[code]
        if indicator.ratio is None:
            for one in self.published.get((place, code), ()):
                if one.value is not None:
                    yield one.period
        else:
            for figure in self.series(place, code):
                if figure.value is not None:
                    yield figure.period

    def _observation(self, place: str, code: str, *, period: Period) -> Observation | None:
        for one in reversed(self.published.get((place, code), ())):
            if one.period == period:
                return one
        return None


def as_published(indicator: Indicator, one: Observation) -> Figure:
    """An observation as a figure."""
    return Figure(indicator, one.period, one.value, one.low, one.high, one.status, (one,))


def in_proportion(
    indicator: Indicator, ratio: Ratio, *, parts: tuple[Observation, Observation]
) -> Figure:
    """One observation over another as a figure; missing, with the reason, if a part is missing.

    It is unreliable if a part is. Its interval takes the two parts' errors as independent; a part
    without an interval adds none.
    """
    above, below = parts
    if above.value is None or below.value is None:
        status = max(above.status, below.status)
        return Figure(indicator, above.period, None, None, None, status, parts)
    if below.value == 0:
        return Figure(indicator, above.period, None, None, None, Status.NOT_APPLICABLE, parts)
    value = above.value / below.value * ratio.times
    errors = [_relative_error(one) for one in parts]
    low = high = None
    if any(error is not None for error in errors):
        reach = Z_95 * abs(value) * hypot(*(error or 0.0 for error in errors))
        low, high = value - reach, value + reach
    shaky = Status.UNRELIABLE in (above.status, below.status)
    status = Status.UNRELIABLE if shaky else Status.DERIVED
    return Figure(indicator, above.period, value, low, high, status, parts)


def _relative_error(one: Observation) -> float | None:
    if one.low is None or one.high is None or not one.value:
        return None
    return (one.high - one.low) / (2 * Z_95) / one.value
