"""Tables copied by the database itself into CSV and Parquet, so that size does not matter."""

from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from placedex.publish.export.extract import Extract


def copy_csv(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    """Write the answer to a question as CSV: UTF-8, one header row, nothing where it is missing."""
    _copy(connection, query, path, how="FORMAT csv, HEADER true, DELIMITER ',', QUOTE '\"'")


def copy_parquet(extract: "Extract", folder: Path) -> None:
    """Write each table as Parquet."""
    for table in extract.tables:
        _copy(
            extract.connection,
            table.query,
            folder / f"{table.name}.parquet",
            how="FORMAT parquet, COMPRESSION zstd",
        )


def copy_tables(extract: "Extract", folder: Path) -> None:
    """Write each table as CSV."""
    for table in extract.tables:
        copy_csv(extract.connection, table.query, folder / f"{table.name}.csv")


def _copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path, *, how: str) -> None:
    quoted = str(path).replace("'", "''")
    connection.execute(f"COPY ({query}) TO '{quoted}' ({how})")
