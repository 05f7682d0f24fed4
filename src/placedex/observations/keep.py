"""Observations kept: rows that pass every check go into the database, or none does."""

import json
from collections.abc import Iterable
from dataclasses import asdict

import duckdb

from placedex.errors import BadPeriod, Fault, Faults, UnreadableSource
from placedex.observations.catalogue import Catalogue
from placedex.observations.checks import Known, find_faults, suspicions
from placedex.observations.dated import copied_editions
from placedex.observations.origin import Origin
from placedex.observations.period import Period, parse_period
from placedex.observations.reading import NUMBERS, Reading
from placedex.observations.status import WORDS
from placedex.observations.supersede import find_several, supersede, twice
from placedex.observations.tables import NO_PERIOD
from placedex.places import Place, Register, Registers
from placedex.store import insert_rows

NUMBER = r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?"


def keep_places(connection: duckdb.DuckDBPyConnection, register: Register) -> None:
    """Write a register's places into the database."""
    _insert_places(connection, register)


def _insert_places(connection: duckdb.DuckDBPyConnection, places: Iterable[Place]) -> None:
    insert_rows(
        connection,
        "place",
        [
            (
                place.code,
                place.name,
                place.kind,
                place.register,
                list(place.parents),
                place.longitude,
                place.latitude,
                place.started,
                place.ended,
            )
            for place in places
        ],
    )


def keep_indicators(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Write the catalogue into the database."""
    insert_rows(
        connection,
        "indicator",
        [
            (
                one.code,
                one.name,
                one.unit,
                one.better,
                one.definition,
                json.dumps(asdict(one.measure)),
                json.dumps(asdict(one.ratio)) if one.ratio else None,
                one.parts,
            )
            for one in catalogue.values()
        ],
    )


def keep_observations(
    connection: duckdb.DuckDBPyConnection,
    readings: Iterable[Reading],
    *,
    register: Register,
    catalogue: Catalogue,
    others: Registers | None = None,
) -> int:
    """Check the rows of some readings and write them; gives how many there are.

    Of the places of other registers, those that a figure speaks of are written too.

    The readings stand in the order of preference: of two origins that published one figure on one
    day, the one that comes first stands.
    Errors: Faults with every fault if there is any; UnreadableSource for a file that ends in the
            middle. Then nothing is written.
    """
    readings = tuple(readings)
    known = Known(register, catalogue, _origins(readings), others)
    names = _lay_out(connection, readings, origins=known.origins)
    connection.execute("BEGIN TRANSACTION")
    try:
        faulty = _write(connection, readings, names=names, known=known)
        faults = () if faulty else copied_editions(connection, known.origins)
        connection.execute("ROLLBACK" if faulty or faults else "COMMIT")
    except duckdb.Error as error:
        connection.execute("ROLLBACK")
        raise UnreadableSource(
            f"{str(error).splitlines()[0]}. Wanted whole files. Fetch the file again; nothing was "
            "kept."
        ) from None
    finally:
        for name in names:
            connection.unregister(name)
    if faulty:
        raise Faults(_find(connection, readings, known=known))
    if faults:
        raise Faults(faults)
    [(count,)] = connection.execute("SELECT count(*) FROM current_observation").fetchall()
    return int(count)


def _write(
    connection: duckdb.DuckDBPyConnection,
    readings: tuple[Reading, ...],
    *,
    names: tuple[str, ...],
    known: Known,
) -> bool:
    """Write the rows, and which of them stand; gives whether one may be faulty."""
    for name in names:
        _insert(connection, name)
    several = find_several(connection)
    faulty = (
        any(reading.refused for reading in readings)
        or suspicions(connection, readings, known=known)
        or (several and twice(connection))
    )
    if not faulty:
        _write_legend(connection, known.origins)
        _write_other_places(connection, known)
    if several and not faulty:
        supersede(connection)
    return faulty


def check_observations(
    connection: duckdb.DuckDBPyConnection,
    readings: Iterable[Reading],
    *,
    register: Register,
    catalogue: Catalogue,
    others: Registers | None = None,
) -> tuple[Fault, ...]:
    """Every fault in the rows of some readings; nothing is written."""
    readings = tuple(readings)
    known = Known(register, catalogue, _origins(readings), others)
    return _find(connection, readings, known=known)


def _find(
    connection: duckdb.DuckDBPyConnection, readings: tuple[Reading, ...], *, known: Known
) -> tuple[Fault, ...]:
    """Every fault, looked for row by row in the view `staged` of all readings as text."""
    refused = tuple(fault for reading in readings for fault in reading.refused)
    parts = []
    for number, reading in enumerate(readings):
        connection.register(f"reading_{number}", reading.rows)
        cells = [f"CAST({name} AS VARCHAR) AS {name}" for name in NUMBERS]
        part = "part" if "part" in reading.columns else "''"
        parts.append(
            f"SELECT place, indicator, coalesce({part}, '') AS part, period, {', '.join(cells)}, "
            f"status, origin, unit, file, row FROM reading_{number}"
        )
    connection.execute(f"CREATE OR REPLACE TEMP VIEW staged AS {' UNION ALL '.join(parts)}")
    try:
        return (*refused, *find_faults(connection, known))
    finally:
        connection.execute("DROP VIEW staged")
        for number in range(len(readings)):
            connection.unregister(f"reading_{number}")


def _origins(readings: tuple[Reading, ...]) -> tuple[Origin, ...]:
    return tuple({one.code: one for reading in readings for one in reading.origins}.values())


def _lay_out(
    connection: duckdb.DuckDBPyConnection,
    readings: tuple[Reading, ...],
    *,
    origins: tuple[Origin, ...],
) -> tuple[str, ...]:
    """Register the readings' rows, and what their words mean: periods, statuses, origins."""
    names = tuple(f"rows_of_{number}" for number in range(len(readings)))
    for name, reading in zip(names, readings, strict=True):
        connection.register(name, reading.rows)
    texts = {
        text
        for name, reading in zip(names, readings, strict=True)
        for text in _periods(connection, reading, name=name)
    }
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE meant_period "
        "(text VARCHAR, period VARCHAR, starts DATE, months SMALLINT)"
    )
    meant = [(text, _period(text)) for text in sorted(texts)]
    insert_rows(
        connection,
        "meant_period",
        [(text, str(one), one.start, one.months) for text, one in meant if one is not None],
    )
    connection.execute("CREATE OR REPLACE TEMP TABLE meant_status (words VARCHAR, number UTINYINT)")
    insert_rows(connection, "meant_status", [(words, int(one)) for words, one in WORDS.items()])
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE meant_origin (code VARCHAR, number INTEGER, since DATE)"
    )
    insert_rows(
        connection,
        "meant_origin",
        [(one.code, number, one.known) for number, one in enumerate(origins)],
    )
    return names


def _periods(
    connection: duckdb.DuckDBPyConnection, reading: Reading, *, name: str
) -> Iterable[str]:
    if reading.periods is not None:
        return reading.periods
    rows = connection.execute(f"SELECT DISTINCT period FROM {name} WHERE period IS NOT NULL")
    return [text for (text,) in rows.fetchall()]


def _period(text: str) -> Period | None:
    try:
        return parse_period(text)
    except BadPeriod:
        return None


def _insert(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Write a reading's rows; what cannot be read is written so that a check finds it."""
    kinds = dict(connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE {name})")
                 .fetchall())  # fmt: skip
    part = "coalesce(part, '')" if "part" in kinds else "''"
    numbers = ", ".join(_number(column, kinds[column]) for column in NUMBERS)
    connection.execute(
        f"""
        INSERT INTO observation
        SELECT coalesce(place, ''), coalesce(indicator, ''), {part},
            coalesce(meant_period.period, ''), coalesce(starts, DATE '{NO_PERIOD}'),
            coalesce(months, -1), {numbers}, coalesce(meant_status.number, 255),
            coalesce(meant_origin.number, -1), since, NULL
        FROM {name}
        LEFT JOIN meant_period ON meant_period.text = {name}.period
        LEFT JOIN meant_status ON meant_status.words = {name}.status
        LEFT JOIN meant_origin ON meant_origin.code = {name}.origin
        """
    )


def _number(column: str, kind: str) -> str:
    if kind != "VARCHAR":
        return column
    return (
        f"CASE WHEN {column} IS NULL THEN NULL WHEN regexp_full_match({column}, '{NUMBER}') "
        f"THEN CAST({column} AS DOUBLE) ELSE CAST('NaN' AS DOUBLE) END"
    )


def _write_legend(connection: duckdb.DuckDBPyConnection, origins: tuple[Origin, ...]) -> None:
    insert_rows(connection, "status", [(int(status), words) for words, status in WORDS.items()])
    insert_rows(
        connection, "origin", [(number, *_cells(one)) for number, one in enumerate(origins)]
    )


def _write_other_places(connection: duckdb.DuckDBPyConnection, known: Known) -> None:
    if known.others is None:
        return
    rows = connection.execute("SELECT DISTINCT place FROM observation ORDER BY place").fetchall()
    codes = (code for (code,) in rows if code not in known.register)
    _insert_places(connection, [known.others.find_code(code).place for code in codes])


def _cells(origin: Origin) -> tuple[object, ...]:
    return (
        origin.code,
        origin.publisher,
        origin.title,
        origin.edition,
        origin.url,
        origin.licence,
        origin.published,
        origin.accessed,
        origin.file,
        origin.sha256,
        origin.note,
        origin.known,
    )
