"""Cells of Parquet files: read where they lie, when the rows are kept, and never all at once."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from placedex.errors import UnreadableSource
from placedex.observations.sources.desk import Desk
from placedex.observations.sources.layout import Table
from placedex.observations.sources.raw import Raw, name_columns
from placedex.observations.sources.words import quote

NUMBERS = ("DOUBLE", "FLOAT", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "DECIMAL")


def read_parquet_cells(files: Sequence[Path], _: Table, desk: Desk) -> Iterator[Raw]:
    """The cells of each file, which stay in it: the relation is a view.

    Errors: UnreadableSource if a file is not Parquet or was cut.
    """
    for path in files:
        where = desk.name(path)
        try:
            described = desk.connection.execute(
                "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet(?))",
                [str(path)],
            ).fetchall()
        except duckdb.Error as error:
            raise UnreadableSource(
                f"{where}: {str(error).splitlines()[0][:120]}. Wanted a whole Parquet file. Fetch "
                "it again."
            ) from None
        header = tuple(str(name) for name, _ in described)
        columns = name_columns(header, where=where, row=0)
        cells = ", ".join(
            f'"{name.replace(chr(34), chr(34) * 2)}" AS c{number}'
            for number, name in enumerate(header)
        )
        view = desk.new_table("parquet")
        desk.connection.execute(
            f"CREATE TEMP VIEW {view} AS SELECT {quote(where)} AS file, file_row_number + 1 AS row,"
            f" {cells} FROM read_parquet({quote(str(path))}, file_row_number = true)"
        )
        numbers = frozenset(
            f"c{number}"
            for number, (_, kind) in enumerate(described)
            if str(kind).removeprefix("U").startswith(NUMBERS)
        )
        yield Raw(view, columns, header, where, 0, numbers)
