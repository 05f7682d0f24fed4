"""Observations lent out: panels for the index, series for the pages, always with their origins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np

from placedex.observations.catalogue import Catalogue
from placedex.observations.indicator import Indicator
from placedex.observations.origin import Origin
from placedex.observations.panel import NO_ORIGIN, Panel
from placedex.observations.period import Period
from placedex.observations.status import Status
from placedex.places import Place, Register

Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Observation:
    """What was published about a place: one value of one indicator for one period."""

    place: str
    indicator: str
    period: Period
    value: float | None
    low: float | None
    high: float | None
    status: Status
    origin: Origin


@dataclass(frozen=True, slots=True)
class Observations:
    """The observations in a database, with the places and indicators that they speak of."""

    connection: duckdb.DuckDBPyConnection
    register: Register
    catalogue: Catalogue
    origins: tuple[Origin, ...]

    def panel(self, places: Iterable[Place], codes: Iterable[str]) -> Panel:
        """The latest figures of some indicators for some places, all of one period a column.

        An indicator that is reckoned from two others brings its numerator and its denominator,
        both of the latest period that they share, and is itself no column.
        Gaps:   a place without a figure for that period is missing there, `not collected`; an
                older figure never stands in for it.
        """
        places = tuple(places)
        indicators = self._sources(codes)
        periods = self._periods(places, indicators)
        panel = _empty(places, indicators, self.origins, periods)
        rows = {place.code: number for number, place in enumerate(places)}
        for column, (indicator, period) in enumerate(zip(indicators, periods, strict=True)):
            if period is not None:
                self._fill(panel, rows, column=column, key=(indicator.code, period))
        return panel

    def series(self, place: str, code: str) -> tuple[Observation, ...]:
        """Every observation of an indicator for a place, the oldest first."""
        rows = self.connection.execute(
            "SELECT place, indicator, starts, months, value, low, high, status, origin "
            "FROM observation WHERE place = ? AND indicator = ? ORDER BY starts, months",
            [place, code],
        ).fetchall()
        return tuple(self._observation(row) for row in rows)

    def all_series(self) -> dict[tuple[str, str], tuple[Observation, ...]]:
        """Every series by place and indicator, in one reading."""
        rows = self.connection.execute(
            "SELECT place, indicator, starts, months, value, low, high, status, origin "
            "FROM observation ORDER BY place, indicator, starts, months"
        ).fetchall()
        series: dict[tuple[str, str], list[Observation]] = {}
        for row in rows:
            series.setdefault((row[0], row[1]), []).append(self._observation(row))
        return {key: tuple(found) for key, found in series.items()}

    def count(self) -> int:
        """How many observations there are."""
        row = self.connection.execute("SELECT count(*) FROM observation").fetchone()
        return int(row[0]) if row else 0

    def _observation(self, row: tuple[Any, ...]) -> Observation:
        place, indicator, starts, months, value, low, high, status, origin = row
        return Observation(
            place=place,
            indicator=indicator,
            period=Period(starts, months),
            value=value,
            low=low,
            high=high,
            status=Status(status),
            origin=self.origins[origin],
        )

    def _sources(self, codes: Iterable[str]) -> tuple[Indicator, ...]:
        """The indicators that must be read for these codes, each once."""
        wanted: dict[str, Indicator] = {}
        for code in codes:
            indicator = self.catalogue[code]
            ratio = indicator.ratio
            parts = (code,) if ratio is None else (ratio.numerator, ratio.denominator)
            for part in parts:
                wanted[part] = self.catalogue[part]
        return tuple(wanted.values())

    def _periods(
        self, places: Sequence[Place], indicators: Sequence[Indicator]
    ) -> tuple[Period | None, ...]:
        """The latest well-covered period of each; those joined by a ratio share theirs."""
        covered = self._coverage(places, indicators)
        groups = _joined(indicators, self.catalogue)
        return tuple(_latest([covered[code] for code in groups[one.code]]) for one in indicators)

    def _coverage(
        self, places: Sequence[Place], indicators: Sequence[Indicator]
    ) -> dict[str, dict[Period, int]]:
        rows = self.connection.execute(
            """
            SELECT indicator, starts, months, count(*) FROM observation
            WHERE value IS NOT NULL AND place IN (SELECT unnest(?))
                AND indicator IN (SELECT unnest(?))
            GROUP BY ALL
            """,
            [[place.code for place in places], [one.code for one in indicators]],
        ).fetchall()
        covered: dict[str, dict[Period, int]] = {one.code: {} for one in indicators}
        for code, starts, months, count in rows:
            covered[code][Period(starts, months)] = count
        return covered

    def _fill(
        self, panel: Panel, rows: dict[str, int], *, column: int, key: tuple[str, Period]
    ) -> None:
        code, period = key
        found = self.connection.execute(
            "SELECT place, value, (high - low) / ?, status, origin FROM observation "
            "WHERE indicator = ? AND starts = ? AND months = ?",
            [2 * Z_95, code, period.start, period.months],
        ).fetchall()
        for place, value, error, status, origin in found:
            row = rows.get(place)
            if row is None:
                continue
            panel.values[row, column] = np.nan if value is None else value
            panel.errors[row, column] = np.nan if error is None else error
            panel.statuses[row, column] = status
            panel.origins[row, column] = origin


def _empty(
    places: tuple[Place, ...],
    indicators: tuple[Indicator, ...],
    origins: tuple[Origin, ...],
    periods: tuple[Period | None, ...],
) -> Panel:
    shape = (len(places), len(indicators))
    return Panel(
        places=places,
        indicators=indicators,
        values=np.full(shape, np.nan),
        errors=np.full(shape, np.nan),
        statuses=np.full(shape, Status.NOT_COLLECTED, dtype=np.uint8),
        origins=np.full(shape, NO_ORIGIN, dtype=np.int32),
        sources=origins,
        periods=periods,
    )


def _joined(indicators: Sequence[Indicator], catalogue: Catalogue) -> dict[str, set[str]]:
    """For each code, the codes that must be of the same period: those that share a ratio."""
    groups = {one.code: {one.code} for one in indicators}
    for one in catalogue.values():
        ratio = one.ratio
        if ratio and ratio.numerator in groups and ratio.denominator in groups:
            whole = groups[ratio.numerator] | groups[ratio.denominator]
            for code in whole:
                groups[code] = whole
    return groups


def _latest(covered: list[dict[Period, int]]) -> Period | None:
    """The latest period that each has for at least half as many places as at its best.

    One that has no figure for these places at all does not hold the others back.
    """
    good = [
        {period for period, count in one.items() if 2 * count >= max(one.values())}
        for one in covered
        if one
    ]
    shared = set.intersection(*good) if good else set()
    return max(shared, default=None)
