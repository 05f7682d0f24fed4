"""Corrections: a publisher's error put right in what was read, until the publisher mends it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import duckdb

from placedex.errors import BadPeriod, Fault, Faults
from placedex.observations.corrections_file import MISSING, Correction
from placedex.observations.origin import Origin
from placedex.observations.period import Period, parse_period
from placedex.observations.reading import Reading
from placedex.observations.status import Status
from placedex.store import Migration, insert_rows

State = Literal["applied", "expired", "waiting"]
CORRECTION_MIGRATIONS = (
    Migration(
        "corrections",
        """
        CREATE TABLE correction (
            code VARCHAR PRIMARY KEY, written VARCHAR NOT NULL, dated DATE NOT NULL,
            origin VARCHAR NOT NULL, indicator VARCHAR NOT NULL, part VARCHAR NOT NULL,
            places VARCHAR[] NOT NULL, periods VARCHAR[] NOT NULL, wrong VARCHAR NOT NULL,
            instead VARCHAR NOT NULL, why VARCHAR NOT NULL, truth VARCHAR NOT NULL,
            address VARCHAR NOT NULL, state VARCHAR NOT NULL, figures INTEGER NOT NULL,
            reason VARCHAR NOT NULL
        );
        """,
    ),
)


@dataclass(frozen=True, slots=True)
class Corrected:
    """What became of a correction.

    Attributes:
        state: applied; expired, since the publisher mended the fault; or waiting, since the file
            was not among those that were read.
        figures: how many figures it put right.
        reason: why it was not applied.
        origin: the code of the origin that it is about; empty if that was not read.
    """

    correction: Correction
    state: State
    figures: int = 0
    reason: str = ""
    origin: str = ""

    @property
    def words(self) -> str:
        """What became of it, in a sentence or two."""
        one = self.correction
        if self.state == "applied":
            count = "1 figure" if self.figures == 1 else f"{self.figures:,} figures"
            return f"{one.code} corrected {count} of {one.indicator}: {one.wrong}"
        return f"{one.code} is {self.state} and was not applied: {self.reason}"


@dataclass(frozen=True, slots=True)
class _Hit:
    """An asked correction, with the origin that it is about."""

    number: int
    correction: Correction
    origin: Origin


def correct(
    connection: duckdb.DuckDBPyConnection,
    readings: Sequence[Reading],
    *,
    corrections: Sequence[Correction],
) -> tuple[tuple[Reading, ...], tuple[Corrected, ...]]:
    """The readings with their wrong figures put right, and what became of each correction.

    A corrected figure keeps its origin, whose note says what was corrected, and its status is
    `derived`, or the one that the correction gives. A relation stays one and is read when it is
    kept; those without a correction stay as they are.
    Errors: Faults with file and key for each correction that matches nothing, or two that match one
            figure.
    """
    faults: list[Fault] = []
    outcomes: dict[int, Corrected] = {}
    hits: list[_Hit] = []
    if not corrections:
        return tuple(readings), ()
    for number, one in enumerate(corrections):
        found = _find(one, readings, faults)
        if isinstance(found, Origin):
            hits.append(_Hit(number, one, found))
        elif found is not None:
            outcomes[number] = found
    done = []
    for place, reading in enumerate(readings):
        codes = {origin.code for origin in reading.origins}
        mine = [hit for hit in hits if hit.origin.code in codes]
        rows = _Rows(connection, reading, f"uncorrected_{place}")
        done.append(rows.put_right(mine, outcomes, faults) if mine else reading)
    if faults:
        raise Faults(tuple(faults))
    return tuple(done), tuple(outcome for _, outcome in sorted(outcomes.items()))


def corrections_about(
    corrections: Iterable[Correction], origins: Iterable[Origin]
) -> tuple[Correction, ...]:
    """Those of some corrections that are about one of some origins."""
    there = tuple(origins)
    return tuple(one for one in corrections if any(_is_about(one, origin) for origin in there))


def keep_corrections(connection: duckdb.DuckDBPyConnection, outcomes: Sequence[Corrected]) -> None:
    """Write what became of each correction into a database that has their table."""
    insert_rows(
        connection,
        "correction",
        [
            (
                one.code,
                one.written,
                one.dated,
                outcome.origin or one.origin or one.file,
                one.indicator,
                one.part,
                list(one.places),
                [str(period) for period in one.periods],
                one.wrong,
                one.instead.words,
                one.why,
                one.truth,
                one.address,
                outcome.state,
                outcome.figures,
                outcome.reason,
            )
            for outcome in outcomes
            for one in (outcome.correction,)
        ],
    )


def _find(
    one: Correction, readings: Sequence[Reading], faults: list[Fault]
) -> Origin | Corrected | None:
    """The origin that a correction is about, or why there is none to correct."""
    origins = {origin.code: origin for reading in readings for origin in reading.origins}
    about = [origin for origin in origins.values() if _is_about(one, origin)]
    # Of several editions of a file the one is meant that the correction was written for.
    meant = [origin for origin in about if _expired(one, origin) is None]
    about = meant if len(about) > 1 and len(meant) == 1 else about
    if len(about) == 1:
        return _expired(one, about[0]) or about[0]
    if len(about) > 1:
        listed = ", ".join(origin.file for origin in about)
        faults.append(_fault(one, "file", f"it could be {listed}", "one of them"))
        return None
    published = any(_is_published(reading) for reading in readings)
    if published == bool(one.file):
        key, name = ("file", one.file) if one.file else ("origin", one.origin)
        faults.append(_fault(one, key, f"'{name}' was not read", "the origin of figures here"))
        return None
    return Corrected(one, "waiting", reason=f"{one.file or one.origin} was not read this time.")


def _is_about(one: Correction, origin: Origin) -> bool:
    if one.origin:
        return origin.code == one.origin
    return origin.file == one.file or origin.file.endswith(f"/{one.file}")


def _expired(one: Correction, origin: Origin) -> Corrected | None:
    if one.sha256 and not origin.sha256.startswith(one.sha256):
        reason = f"{origin.file or origin.code} is another file now (its SHA-256 changed)."
    elif one.edition and origin.edition != one.edition:
        reason = f"{origin.code} is the edition '{origin.edition}' now, not '{one.edition}'."
    else:
        return None
    return Corrected(one, "expired", reason=reason, origin=origin.code)


def _fault(one: Correction, key: str, met: str, wanted: str) -> Fault:
    return Fault(
        one.written,
        None,
        None,
        f"the correction '{one.code}', key {key}: {met}",
        wanted,
        "Mend the key, or take the correction out.",
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a reading, registered under a name that stays until they are kept."""

    connection: duckdb.DuckDBPyConnection
    reading: Reading
    name: str

    def put_right(
        self, hits: Sequence[_Hit], outcomes: dict[int, Corrected], faults: list[Fault]
    ) -> Reading:
        """The reading with what the corrections put in place of the figures that they match."""
        self.connection.register(self.name, self.reading.rows)
        where: dict[_Hit, str] = {}
        for hit in hits:
            met: list[Fault] = []
            texts = self._texts(hit, met)
            if texts is None and hit.correction.file and not _is_published(self.reading):
                outcomes[hit.number] = _only_a_part(hit)
                continue
            faults += met
            if texts is None:
                continue
            condition = self._where(hit, texts)
            [(count,)] = self._ask(f"SELECT count(*) FROM {self.name} AS r WHERE {condition}")
            outcomes[hit.number] = _outcome(hit, int(count))
            if count:
                where[hit] = condition
        if not where or faults:
            return self.reading
        self._refuse_two(where, faults)
        return self._corrected(where)

    def _ask(self, query: str, given: Sequence[str] = ()) -> list[Any]:
        return self.connection.execute(query, list(given)).fetchall()

    def _texts(self, hit: _Hit, faults: list[Fault]) -> list[str] | None:
        """How the rows write the periods that are meant; None if a key matches nothing."""
        one, code = hit.correction, hit.origin.code
        rows = self._ask(
            f"SELECT period, list(DISTINCT place) FROM {self.name} "
            f"WHERE origin = ? AND indicator = ? AND {self._part} = ? GROUP BY period",
            [code, one.indicator, one.part],
        )
        if not rows:
            what = f"{one.indicator}, {one.part}" if one.part else one.indicator
            faults.append(_fault(one, "indicator", f"{code} has no {what}", "one that it has"))
            return None
        meant = {text: found for text, found in rows
                 if not one.periods or _period(text) in one.periods}  # fmt: skip
        periods = {_period(text) for text in meant}
        places = {place for found in meant.values() for place in found}
        absent = [str(period) for period in one.periods if period not in periods]
        if absent:
            met = f"{code} has no figure of {one.indicator} for {', '.join(absent)}"
            faults.append(_fault(one, "periods", met, "periods that it has"))
            return None
        absent = [place for place in one.places if place not in places]
        if absent:
            met = f"{code} has no such figure of {', '.join(absent)}"
            faults.append(_fault(one, "places", met, "places that it has"))
            return None
        return list(meant)

    def _refuse_two(self, where: Mapping[_Hit, str], faults: list[Fault]) -> None:
        count = " + ".join(f"CAST(coalesce({one}, false) AS INT)" for one in where.values())
        for place, indicator, period in self._ask(
            f"SELECT place, indicator, period FROM {self.name} AS r WHERE {count} > 1 LIMIT 1"
        ):
            met = f"{indicator} of {place} for {period} is corrected by another one too"
            last = list(where)[-1].correction
            faults.append(_fault(last, "places", met, "one correction of a figure"))

    def _corrected(self, where: Mapping[_Hit, str]) -> Reading:
        kinds = dict(self._ask(f"SELECT column_name, column_type FROM (DESCRIBE {self.name})"))
        cells = ", ".join(
            f"{_cases(column, kinds[column], where)} AS {column}"
            for column in ("value", "low", "high", "status", "period")
        )
        added = {str(hit.correction.instead.period) for hit in where} - {"None"}
        known = self.reading.periods
        return replace(
            self.reading,
            rows=self.connection.sql(f"SELECT * REPLACE ({cells}) FROM {self.name} AS r"),
            origins=tuple(_noted(origin, where) for origin in self.reading.origins),
            periods=None if known is None else known | added,
        )

    def _where(self, hit: _Hit, texts: Sequence[str]) -> str:
        """The condition that is true of the rows that a correction puts right."""
        one = hit.correction
        conditions = [
            f"r.origin = {_text(hit.origin.code)}",
            f"r.indicator = {_text(one.indicator)}",
            f"{self._part} = {_text(one.part)}",
        ]
        if one.places:
            conditions.append(f"r.place IN ({', '.join(map(_text, one.places))})")
        if one.periods:
            conditions.append(f"r.period IN ({', '.join(map(_text, texts))})")
        if one.found == MISSING:
            conditions.append("r.value IS NULL")
        elif isinstance(one.found, int | float):
            near = 1e-9 * max(1.0, abs(one.found))
            conditions.append(f"abs(try_cast(r.value AS DOUBLE) - {one.found!r}) <= {near!r}")
        elif one.instead.times is not None:
            conditions.append("r.value IS NOT NULL")
        return " AND ".join(conditions)

    @property
    def _part(self) -> str:
        return "coalesce(part, '')" if "part" in self.reading.columns else "''"


def _is_published(reading: Reading) -> bool:
    """Whether its rows are read from published files, and are not the workspace's own."""
    return hasattr(reading.rows, "sql_query")


def _only_a_part(hit: _Hit) -> Corrected:
    """What becomes of a correction of a file of which the workspace's own figures have a part."""
    code = hit.origin.code
    return Corrected(
        hit.correction, "waiting", reason=f"{code} has only other figures of the file.", origin=code
    )


def _outcome(hit: _Hit, count: int) -> Corrected:
    one, code = hit.correction, hit.origin.code
    if count:
        return Corrected(one, "applied", count, origin=code)
    reason = f"{code} no longer has the wrong figure ({one.found}) there."
    return Corrected(one, "expired", reason=reason, origin=code)


def _noted(origin: Origin, active: Iterable[_Hit]) -> Origin:
    notes = [
        f"Corrected here on {hit.correction.dated.isoformat()} ({hit.correction.code}): "
        f"{hit.correction.wrong}"
        for hit in active
        if hit.origin.code == origin.code
    ]
    return replace(origin, note=" ".join((origin.note, *notes)).strip()) if notes else origin


def _cases(column: str, kind: str, where: Mapping[_Hit, str]) -> str:
    cases = []
    for hit, condition in where.items():
        cell = _cell(hit, column)
        if cell is not None:
            cases.append(f"WHEN {condition} THEN CAST({cell} AS {kind})")
    return f"CASE {' '.join(cases)} ELSE r.{column} END" if cases else f"r.{column}"


def _cell(hit: _Hit, column: str) -> str | None:
    """What a correction puts into a column; nothing if it leaves it as it is."""
    instead = hit.correction.instead
    if column == "period":
        return None if instead.period is None else _text(str(instead.period))
    if column == "status":
        return _text((Status.DERIVED if instead.status is None else instead.status).words)
    if instead.times is not None:
        return f"CAST(r.{column} AS DOUBLE) * {instead.times!r}"
    if instead.value is not None:
        number: float | None = getattr(instead, column)
        return "NULL" if number is None else repr(number)
    if instead.status is not None and not instead.status.has_value:
        return "NULL"
    return None


def _period(text: str | None) -> Period | None:
    try:
        return parse_period(text or "")
    except BadPeriod:
        return None


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
