"""What DuckDB needs merely to read files that placedex keeps: the one measure of every benchmark.

Of CSV files the bare read is DuckDB reading them as text into a table of a file. Of the two large
files of regional accounts it is DuckDB scanning them, joining their places, indicators and periods,
and writing the very rows that placedex keeps, cell for cell, into the same table of a file: no
checks, and nothing found out about the files beforehand. A test holds the two tables against each
other. On both sides the register, the catalogue and the layouts are in memory before the clock
starts (`warm`), since they are read once however many files there are.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from placedex.observations import MIGRATIONS, Status, bundled_catalogue, keep_observations
from placedex.observations.sources import bundled_sources, open_desk
from placedex.places import bundled_register
from placedex.store import create_database, migrate

STATISTICS = ("ons-els", "ons-els-history")
ACCOUNTS = ("regional-gva",)
FILES = ("RGVA", "RGVA_LAD")
# The layout's words, as it has them: what each variable is, the whole, and the day of publication.
VARIABLES = {
    "GVA Current Prices £m": "gva",
    "GVA Constant Prices £m": "gva-constant",
    "CVM Index": "gva-volume-index",
    "Implied deflator": "gva-deflator",
    "Current prices": "gva",
    "Constant prices": "gva-constant",
}
CURRENT = ("GVA Current Prices £m", "Current prices")
SINCE = "2025-04-17"
STATUS = (
    f"CASE WHEN value IS NULL OR isnan(value) THEN {int(Status.NOT_COLLECTED)} "
    f"ELSE {int(Status.PUBLISHED)} END"
)


def warm() -> None:
    """Read the register, the catalogue and the layouts, which stay in memory."""
    bundled_register()
    bundled_catalogue()
    bundled_sources()


@contextmanager
def kept(data: Path, codes: tuple[str, ...]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A new store with the files of some sources read, checked and kept."""
    register, catalogue = bundled_register(), bundled_catalogue()
    with _store() as connection:
        desk = open_desk(connection, register=register, catalogue=catalogue, folder=data)
        readings = [
            source.read(source.files(data), desk)
            for source in bundled_sources()
            if source.code in codes
        ]
        keep_observations(connection, readings, register=register, catalogue=catalogue)
        yield connection


@contextmanager
def bare_accounts(data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A new store with the rows of the two large files of regional accounts written into it."""
    with _store() as connection:
        register, catalogue = bundled_register(), bundled_catalogue()
        open_desk(connection, register=register, catalogue=catalogue, folder=data)
        connection.execute(
            "CREATE TEMP TABLE span AS SELECT make_date(year, 1, 1) AS day, "
            "CAST(year AS VARCHAR) AS period FROM range(1990, 2030) AS years(year)"
        )
        connection.execute("CREATE TEMP TABLE variable (words VARCHAR, indicator VARCHAR)")
        connection.executemany("INSERT INTO variable VALUES (?, ?)", list(VARIABLES.items()))
        queries = [
            _rows(data / "regional-accounts" / f"{name}.parquet", number=number, ict=ict)
            for ict in (False, True)
            for number, name in enumerate(FILES)
        ]
        connection.execute(f"INSERT INTO observation {' UNION ALL '.join(queries)}")
        yield connection


def _rows(path: Path, *, number: int, ict: bool) -> str:
    """SQL for the rows of a file: every industry, or the one that is an indicator of its own."""
    if ict:
        indicator, part, join = "'ict-gva'", "''", ""
        listed = ", ".join(f"'{words}'" for words in CURRENT)
        only = f'WHERE "industry.code" = \'J (58-63)\' AND "variable.name" IN ({listed})'
    else:
        indicator, only = "indicator", ""
        part = "CASE WHEN \"industry.code\" = 'Total' THEN '' ELSE \"industry.code\" END"
        join = 'JOIN variable ON words = "variable.name"'
    return (
        f"SELECT place, {indicator}, {part}, period, day, CAST(12 AS SMALLINT), "
        "CASE WHEN isnan(value) THEN NULL ELSE value END, CAST(NULL AS DOUBLE), "
        f"CAST(NULL AS DOUBLE), {STATUS}, {number}, DATE '{SINCE}', CAST(NULL AS DATE) "
        f"FROM read_parquet('{path}') JOIN desk_code ON published = \"geography.code\" "
        f'JOIN span ON day = "dates.date" {join} {only}'
    )


@contextmanager
def bare_statistics(data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A new file with the CSV files of the statistics as text: each of the two sources at once."""
    with _file() as connection:
        for name, pattern in (
            ("newest", "ons-els/*/*.csv*"),
            ("older", "ons-els-history/*/*.csv*"),
        ):
            paths = sorted(str(path) for path in data.glob(pattern))
            connection.execute(
                f"CREATE TABLE {name} AS SELECT * FROM "
                "read_csv(?, all_varchar = true, header = true, union_by_name = true)",
                [paths],
            )
        connection.execute(
            "CREATE VIEW observation AS SELECT 1 FROM newest UNION ALL SELECT 1 FROM older"
        )
        yield connection


def count(connection: duckdb.DuckDBPyConnection) -> int:
    """How many rows were written."""
    row = connection.execute("SELECT count(*) FROM observation").fetchone()
    return int(row[0]) if row else 0


@contextmanager
def _file() -> Iterator[duckdb.DuckDBPyConnection]:
    with (
        tempfile.TemporaryDirectory() as folder,
        create_database(Path(folder) / "store.duckdb") as connection,
    ):
        yield connection


@contextmanager
def _store() -> Iterator[duckdb.DuckDBPyConnection]:
    with _file() as connection:
        migrate(connection, MIGRATIONS)
        yield connection
