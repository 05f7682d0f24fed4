"""Tables copied by the database itself into CSV and Parquet, so that size does not matter."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from placedex.publish.export.extract import Extract


def copy_csv(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    """Write the answer to a question as CSV: UTF-8, one header row, nothing where it is missing."""
    _copy(connection, query, path, how="FORMAT csv, HEADER true, DELIMITER ',', QUOTE '\"'")


def copy_parquet(extract: "Extract", folder: Path) -> None:
    """Write each table as Parquet, with what it and its columns mean in the file's metadata."""
    for table in extract.tables:
        said = {
            "title": f"{extract.title}: {table.title.lower()}",
            "description": table.about,
            "columns": json.dumps({one.name: one.about for one in table.fields}),
            "key": json.dumps(table.key),
            "made_by": f"placedex {extract.version}",
        }
        words = ", ".join(f"{name}: '{_quoted(text)}'" for name, text in said.items())
        _copy(
            extract.connection,
            table.query,
            folder / f"{table.name}.parquet",
            how=f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{words}}}",
        )


def copy_tables(extract: "Extract", folder: Path) -> None:
    """Write each table as CSV."""
    for table in extract.tables:
        copy_csv(extract.connection, table.query, folder / f"{table.name}.csv")


def _copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path, *, how: str) -> None:
    connection.execute(f"COPY ({query}) TO '{_quoted(str(path))}' ({how})")


def _quoted(text: str) -> str:
    return text.replace("'", "''")
