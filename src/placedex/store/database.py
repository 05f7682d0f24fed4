"""Connections to DuckDB: one file for each build, and errors that say what is wrong with it."""

import os
from collections.abc import Iterable
from pathlib import Path

import duckdb

from placedex.errors import UnreadableStore


def connect_memory() -> duckdb.DuckDBPyConnection:
    """A database in memory, for reading and checking files before anything is kept."""
    return duckdb.connect(":memory:", config=_limits())


def create_database(path: Path) -> duckdb.DuckDBPyConnection:
    """A new, empty database file that can be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return duckdb.connect(str(path), config=_limits())


def open_database(path: Path) -> duckdb.DuckDBPyConnection:
    """An existing database file, to read only.

    Errors: UnreadableStore if the file is missing, cut short, or not one that placedex made.
    """
    if not path.is_file():
        raise UnreadableStore(
            f"{path} does not exist. Wanted a built workspace. Build it: placedex build."
        )
    try:
        connection = duckdb.connect(str(path), read_only=True, config=_limits())
        tables = {row[0] for row in connection.execute("SHOW TABLES").fetchall()}
    except duckdb.Error as error:
        raise UnreadableStore(
            f"{path} cannot be read as a DuckDB file ({_first_line(error)}). It was cut short or "
            "is something else. Wanted the file of a build. Build it again: placedex build."
        ) from None
    if "migration" not in tables:
        connection.close()
        raise UnreadableStore(
            f"{path} is a DuckDB file that placedex did not make. Wanted the file of a build. "
            "Move it away and build again: placedex build."
        )
    return connection


def insert_rows(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[tuple[object, ...]]
) -> None:
    """Write rows into a table, all at once; each has a cell for every column, in their order."""
    import pyarrow as pa

    columns = list(zip(*rows, strict=True))
    if not columns:
        return
    names = [row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()]
    cells = {name: list(column) for name, column in zip(names, columns, strict=True)}
    connection.register("rows_to_insert", pa.table(cells))
    connection.execute(f"INSERT INTO {table} SELECT * FROM rows_to_insert")
    connection.unregister("rows_to_insert")


def _limits() -> dict[str, str | bool | int | float | list[str]]:
    return {"threads": max(1, os.cpu_count() or 1)}


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:120]
