"""Observations lent out: panels for the index, series for the pages, always with their origins."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import duckdb
import numpy as np

from placedex.observations.catalogue import Catalogue
from placedex.observations.earlier import Earlier, period_before
from placedex.observations.indicator import Indicator
from placedex.observations.origin import Origin
from placedex.observations.panel import NO_ORIGIN, Panel
from placedex.observations.period import Period
from placedex.observations.status import Status
from placedex.places import Place, Register

Z_95 = 1.959963984540054
_CELLS = "place, indicator, starts, months, value, low, high, status, origin, part"


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
    part: str = ""


@dataclass(frozen=True, slots=True)
class Observations:
    """The observations in a database, with the places and indicators that they speak of.

    Each figure is there once: the one that stands, or with a `day` the one that stood then.
    """

    connection: duckdb.DuckDBPyConnection
    register: Register
    catalogue: Catalogue
    origins: tuple[Origin, ...]
    day: date | None = None

    def known_on(self, day: date) -> "Observations":
        """The same observations as they were known on a day."""
        return replace(self, day=day)

    @property
    def table(self) -> str:
        """What stands after FROM in a question to the database about these observations."""
        if self.day is None:
            return "current_observation AS observation"
        day = f"DATE '{self.day.isoformat()}'"
        return (
            f"(SELECT * FROM observation WHERE (since IS NULL OR since <= {day}) "
            f"AND (until IS NULL OR until > {day})) AS observation"
        )

    def panel(
        self,
        places: Iterable[Place],
        codes: Iterable[str | Earlier],
        *,
        as_of: date | Period | None = None,
    ) -> Panel:
        """The latest figures of some indicators for some places, all of one period a column.

        An indicator that is reckoned from two others brings its numerator and its denominator,
        both of the latest period that they share, and is itself no column. An `Earlier` brings the
        figures of some years before that period too, in columns of their own after the others.
        With `as_of`, a day or a period, only periods that ended by then are looked at: the panel as
        it would have been, but for what publishers have mended since.
        Gaps:   a place without a figure for that period is missing there, `not collected`; an
                older figure never stands in for it.
        """
        places, asked = tuple(places), tuple(codes)
        indicators = self._sources(one if isinstance(one, str) else one.code for one in asked)
        covered = self._coverage(places, indicators, as_of=as_of)
        periods = self._periods(indicators, covered)
        columns = [
            *((one, one.code, period) for one, period in zip(indicators, periods, strict=True)),
            *self._earlier(asked, indicators, periods=periods, covered=covered),
        ]
        panel = _empty(
            places,
            tuple(one for one, _, _ in columns),
            self.origins,
            tuple(period for _, _, period in columns),
        )
        rows = {place.code: number for number, place in enumerate(places)}
        for column, (_, code, period) in enumerate(columns):
            if period is not None:
                self._fill(panel, rows, column=column, key=(code, period))
        return panel

    def series(self, place: str, code: str, *, part: str = "") -> tuple[Observation, ...]:
        """Every observation of an indicator, or of a part of it, for a place, the oldest first."""
        rows = self.connection.execute(
            f"SELECT {_CELLS} FROM {self.table} "
            "WHERE place = ? AND indicator = ? AND part = ? ORDER BY starts, months",
            [place, code, part],
        ).fetchall()
        return tuple(self._observation(row) for row in rows)

    def all_series(self) -> dict[tuple[str, str], tuple[Observation, ...]]:
        """Every series of wholes by place of the register and indicator, in one reading."""
        rows = self.connection.execute(
            f"SELECT {_CELLS} FROM {self.table} WHERE part = '' "
            "AND place IN (SELECT unnest(?)) ORDER BY place, indicator, starts, months",
            [[place.code for place in self.register]],
        ).fetchall()
        series: dict[tuple[str, str], list[Observation]] = {}
        for row in rows:
            series.setdefault((row[0], row[1]), []).append(self._observation(row))
        return {key: tuple(found) for key, found in series.items()}

    def count(self) -> int:
        """How many observations there are, of wholes and of parts."""
        row = self.connection.execute(f"SELECT count(*) FROM {self.table}").fetchone()
        return int(row[0]) if row else 0

    def _observation(self, row: tuple[Any, ...]) -> Observation:
        place, indicator, starts, months, value, low, high, status, origin, part = row
        return Observation(
            place=place,
            indicator=indicator,
            period=Period(starts, months),
            value=value,
            low=low,
            high=high,
            status=Status(status),
            origin=self.origins[origin],
            part=part,
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
        self, indicators: Sequence[Indicator], covered: Mapping[str, Mapping[Period, int]]
    ) -> tuple[Period | None, ...]:
        """The latest well-covered period of each; those joined by a ratio share theirs."""
        groups = _joined(indicators, self.catalogue)
        return tuple(_latest([covered[code] for code in groups[one.code]]) for one in indicators)

    def _earlier(
        self,
        asked: Iterable[str | Earlier],
        indicators: Sequence[Indicator],
        *,
        periods: Sequence[Period | None],
        covered: Mapping[str, Mapping[Period, int]],
    ) -> list[tuple[Indicator, str, Period | None]]:
        """The columns of earlier figures: each with the code that it is read by, and its period."""
        latest = {one.code: period for one, period in zip(indicators, periods, strict=True)}
        found = []
        for one in dict.fromkeys(one for one in asked if isinstance(one, Earlier)):
            parts = self._sources([one.code])
            before = period_before(
                latest[parts[0].code], [covered[part.code] for part in parts], years=one.years
            )
            for part in parts:
                name = f"{part.name}, {one.years} years before"
                column = replace(part, code=one.column(part.code), name=name)
                found.append((column, part.code, before))
        return found

    def _coverage(
        self,
        places: Sequence[Place],
        indicators: Sequence[Indicator],
        *,
        as_of: date | Period | None,
    ) -> dict[str, dict[Period, int]]:
        rows = self.connection.execute(
            f"""
            SELECT indicator, starts, months, count(*) FROM {self.table}
            WHERE value IS NOT NULL AND part = '' AND place IN (SELECT unnest(?))
                AND indicator IN (SELECT unnest(?))
            GROUP BY ALL
            """,
            [[place.code for place in places], [one.code for one in indicators]],
        ).fetchall()
        day = as_of.end if isinstance(as_of, Period) else as_of
        covered: dict[str, dict[Period, int]] = {one.code: {} for one in indicators}
        for code, starts, months, count in rows:
            period = Period(starts, months)
            if day is None or period.end <= day:
                covered[code][period] = count
        return covered

    def _fill(
        self, panel: Panel, rows: dict[str, int], *, column: int, key: tuple[str, Period]
    ) -> None:
        code, period = key
        found = self.connection.execute(
            f"SELECT place, value, (high - low) / ?, status, origin FROM {self.table} "
            "WHERE indicator = ? AND part = '' AND starts = ? AND months = ?",
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


def _latest(covered: Sequence[Mapping[Period, int]]) -> Period | None:
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
