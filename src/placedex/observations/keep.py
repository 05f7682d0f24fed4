"""Observations kept: rows that pass every check go into the database, or none does."""

import json
from collections.abc import Iterable
from dataclasses import asdict

import duckdb

from placedex.errors import Fault, Faults
from placedex.observations.catalogue import Catalogue
from placedex.observations.checks import Known, find_faults
from placedex.observations.origin import Origin
from placedex.observations.period import parse_period
from placedex.observations.reading import Reading
from placedex.observations.status import WORDS
from placedex.places import Register
from placedex.store import Migration, insert_rows

MIGRATIONS = (
    Migration(
        "places and observations",
        """
        CREATE TABLE place (
            code VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, kind VARCHAR NOT NULL,
            register VARCHAR NOT NULL, parents VARCHAR[] NOT NULL,
            longitude DOUBLE, latitude DOUBLE, started DATE, ended DATE
        );
        CREATE TABLE indicator (
            code VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, unit VARCHAR NOT NULL,
            better TINYINT NOT NULL, definition VARCHAR NOT NULL, measure JSON NOT NULL,
            ratio JSON
        );
        CREATE TABLE origin (
            number INTEGER PRIMARY KEY, code VARCHAR NOT NULL UNIQUE, publisher VARCHAR NOT NULL,
            title VARCHAR NOT NULL, edition VARCHAR NOT NULL, url VARCHAR NOT NULL,
            licence VARCHAR NOT NULL, published DATE, accessed DATE, file VARCHAR NOT NULL,
            sha256 VARCHAR NOT NULL, note VARCHAR NOT NULL
        );
        CREATE TABLE status (number UTINYINT PRIMARY KEY, words VARCHAR NOT NULL UNIQUE);
        CREATE TABLE observation (
            place VARCHAR NOT NULL, indicator VARCHAR NOT NULL, period VARCHAR NOT NULL,
            starts DATE NOT NULL, months SMALLINT NOT NULL, value DOUBLE, low DOUBLE, high DOUBLE,
            status UTINYINT NOT NULL, origin INTEGER NOT NULL,
            UNIQUE (place, indicator, starts, months)
        );
        """,
    ),
)


def keep_places(connection: duckdb.DuckDBPyConnection, register: Register) -> None:
    """Write a register's places into the database."""
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
            for place in register
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
) -> int:
    """Check the rows of some readings and write them; gives how many there are.

    Errors: Faults with every fault if there is any; then nothing is written.
    """
    readings = tuple(readings)
    known = Known(register, catalogue, _origins(readings))
    _stage(connection, readings)
    faults = _all_faults(connection, readings, known=known)
    if faults:
        raise Faults(faults)
    insert_rows(connection, "status", [(int(status), words) for words, status in WORDS.items()])
    insert_rows(
        connection, "origin", [(number, *_cells(one)) for number, one in enumerate(known.origins)]
    )
    return _write(connection)


def check_observations(
    connection: duckdb.DuckDBPyConnection,
    readings: Iterable[Reading],
    *,
    register: Register,
    catalogue: Catalogue,
) -> tuple[Fault, ...]:
    """Every fault in the rows of some readings; nothing is written."""
    readings = tuple(readings)
    _stage(connection, readings)
    known = Known(register, catalogue, _origins(readings))
    return _all_faults(connection, readings, known=known)


def _all_faults(
    connection: duckdb.DuckDBPyConnection, readings: tuple[Reading, ...], *, known: Known
) -> tuple[Fault, ...]:
    """Faults of rows that could not be taken apart, and of those that could."""
    refused = (fault for reading in readings for fault in reading.refused)
    return (*refused, *find_faults(connection, known))


def _origins(readings: tuple[Reading, ...]) -> tuple[Origin, ...]:
    return tuple({one.code: one for reading in readings for one in reading.origins}.values())


def _stage(connection: duckdb.DuckDBPyConnection, readings: tuple[Reading, ...]) -> None:
    connection.execute("DROP TABLE IF EXISTS staged")
    for number, reading in enumerate(readings):
        connection.register("reading", reading.rows)
        act = "INSERT INTO staged" if number else "CREATE TEMP TABLE staged AS"
        connection.execute(f"{act} SELECT * FROM reading")
        connection.unregister("reading")


def _write(connection: duckdb.DuckDBPyConnection) -> int:
    texts = connection.execute("SELECT DISTINCT period FROM staged").fetchall()
    periods = [(text, parse_period(text)) for (text,) in texts]
    connection.execute(
        "CREATE TEMP TABLE staged_period "
        "(text VARCHAR, period VARCHAR, starts DATE, months SMALLINT)"
    )
    insert_rows(
        connection,
        "staged_period",
        [(text, str(one), one.start, one.months) for text, one in periods],
    )
    connection.execute(
        """
        INSERT INTO observation
        SELECT staged.place, staged.indicator, staged_period.period, staged_period.starts,
            staged_period.months, CAST(staged.value AS DOUBLE), CAST(staged.low AS DOUBLE),
            CAST(staged.high AS DOUBLE), status.number, origin.number
        FROM staged
        JOIN staged_period ON staged_period.text = staged.period
        JOIN status ON status.words = staged.status
        JOIN origin ON origin.code = staged.origin
        ORDER BY staged.indicator, staged.place, staged_period.starts
        """
    )
    connection.execute("DROP TABLE staged_period")
    connection.execute("DROP TABLE staged")
    row = connection.execute("SELECT count(*) FROM observation").fetchone()
    return int(row[0]) if row else 0


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
    )
