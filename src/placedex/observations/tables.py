"""The tables of places, indicators, origins and observations."""

from placedex.store import Migration

# What stands in `starts` where a period could not be read, until a check refuses the row.
NO_PERIOD = "0001-01-01"
# What stands in `until` for a figure that was superseded before anybody can have known it.
NEVER = "0001-01-01"

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
            ratio JSON, parts VARCHAR NOT NULL
        );
        CREATE TABLE origin (
            number INTEGER PRIMARY KEY, code VARCHAR NOT NULL UNIQUE, publisher VARCHAR NOT NULL,
            title VARCHAR NOT NULL, edition VARCHAR NOT NULL, url VARCHAR NOT NULL,
            licence VARCHAR NOT NULL, published DATE, accessed DATE, file VARCHAR NOT NULL,
            sha256 VARCHAR NOT NULL, note VARCHAR NOT NULL, known DATE
        );
        CREATE TABLE status (number UTINYINT PRIMARY KEY, words VARCHAR NOT NULL UNIQUE);
        -- Observations are added, never changed but for `until`. One place, indicator, part,
        -- starts and months is there once for each origin, and once with `until` empty: the checks
        -- before writing see to it, since an index over millions of rows costs more than they do.
        CREATE TABLE observation (
            place VARCHAR NOT NULL, indicator VARCHAR NOT NULL, part VARCHAR NOT NULL DEFAULT '',
            period VARCHAR NOT NULL, starts DATE NOT NULL, months SMALLINT NOT NULL,
            value DOUBLE, low DOUBLE, high DOUBLE,
            status UTINYINT NOT NULL, origin INTEGER NOT NULL, since DATE, until DATE
        );
        CREATE VIEW current_observation AS SELECT * FROM observation WHERE until IS NULL;
        """,
    ),
)
