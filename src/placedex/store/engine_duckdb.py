"""DuckDB as an engine: large tables on one machine, streamed from the files they are in."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from placedex.errors import UnreadableSource
from placedex.store.opened import Opened

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import Table

# What goes wrong with files; any other error of DuckDB is a fault of the question itself.
_READING = (
    duckdb.InvalidInputException,
    duckdb.IOException,
    duckdb.ConversionException,
    duckdb.OutOfMemoryException,
)


@dataclass(frozen=True, slots=True)
class DuckDBEngine(Opened):
    """An engine on a connection of DuckDB; what it lays out is temporary and bears new names."""

    connection: duckdb.DuckDBPyConnection

    @property
    def name(self) -> str:
        """What the engine is, for people."""
        return f"DuckDB {duckdb.__version__}"

    def read_csv(self, files: Sequence[Path], *, names: Sequence[str]) -> "Table":
        """CSV files with one header row, as text in columns of these names; read when needed."""
        columns = ", ".join(f"{_quote(name)}: 'VARCHAR'" for name in names)
        return self._view(
            f"SELECT * FROM read_csv({_listed(files)}, auto_detect = false, header = true, "
            "delim = ',', quote = '\"', escape = '\"', nullstr = '', strict_mode = true, "
            f"columns = {{{columns}}})"
        )

    def read_parquet(self, files: Sequence[Path]) -> "Table":
        """Parquet files of one form, read when needed."""
        return self._view(f"SELECT * FROM read_parquet({_listed(files)})")

    def lay_out(self, rows: "pa.Table") -> "Table":
        """A small table, such as a list of codes, to join with large ones."""
        given, name = self._new_name(), self._new_name()
        self.connection.register(given, rows)
        self.connection.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM {given}")
        self.connection.unregister(given)
        return self._table(name)

    def keep(self, expression: "Table") -> "Table":
        """A table worked out once, to be asked several questions."""
        name = self._new_name()
        try:
            self.connection.execute(f"CREATE TEMP TABLE {name} AS {self.query(expression)}")
        except _READING as error:
            raise _unreadable(error) from None
        return self._table(name)

    def rows(self, expression: "Table") -> "pa.Table":
        """The rows of an expression, which must fit into memory."""
        try:
            return self.connection.sql(self.query(expression)).to_arrow_table()
        except _READING as error:
            raise _unreadable(error) from None

    def query(self, expression: "Table") -> str:
        """The expression as DuckDB's SQL."""
        import ibis

        return str(ibis.to_sql(expression, dialect="duckdb"))

    def _let_go(self) -> None:
        self.connection.close()

    def _view(self, query: str) -> "Table":
        name = self._new_name()
        try:
            self.connection.execute(f"CREATE TEMP VIEW {name} AS {query}")
        except _READING as error:
            raise _unreadable(error) from None
        return self._table(name)

    def _table(self, name: str) -> "Table":
        import ibis

        columns = self.connection.sql(f"SELECT * FROM {name} LIMIT 0").to_arrow_table().schema
        return ibis.table(ibis.Schema.from_pyarrow(columns), name=name)


def engine_on(connection: duckdb.DuckDBPyConnection) -> DuckDBEngine:
    """An engine on a connection that is open already; closing the engine leaves it open."""
    return DuckDBEngine(connection, owned=False)


def open_duckdb(*, memory: str, folder: Path | None = None) -> DuckDBEngine:
    """An engine of its own, in so much memory; what does not fit goes into the folder."""
    limits: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "preserve_insertion_order": False,
    }
    if folder is not None:
        limits["temp_directory"] = str(folder)
    return DuckDBEngine(duckdb.connect(":memory:", config=limits), owned=True)


def _unreadable(error: duckdb.Error) -> UnreadableSource:
    if isinstance(error, duckdb.OutOfMemoryException):
        return UnreadableSource(
            f"{str(error).splitlines()[0]}. Wanted more memory, or a folder with room for what "
            "does not fit. Give more with --memory, or work on Apache Spark with --engine."
        )
    lines = [line.strip() for line in str(error).splitlines()]
    told = lines[:1] + [line for line in lines if line.startswith(("file", "Expected Number"))]
    return UnreadableSource(
        f"{'; '.join(told)}. Wanted whole files as their publisher writes them. Fetch them again."
    )


def _listed(files: Sequence[Path]) -> str:
    return f"[{', '.join(_quote(str(path)) for path in files)}]"


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
