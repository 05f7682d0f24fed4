"""Engines: where relational work on large tables is done, on this machine or on many."""

import re
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from placedex.errors import BadUsage

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import Table

OWN = "duckdb"
SPARK = re.compile(r"spark://.+|local(\[(\d+|\*)\])?|yarn|k8s://.+")


class Engine(Protocol):
    """Reads large files as tables and works out expressions of Ibis over them.

    One expression gives the same answer on every engine, to 1e-9 of a number that is not whole.
    """

    @property
    def name(self) -> str:
        """What the engine is, for people."""
        ...

    def read_csv(self, files: Sequence[Path], *, names: Sequence[str]) -> "Table":
        """CSV files with one header row, as text in columns of these names; read when needed.

        Columns are taken by their order: look at the header first (`store.csv_header`). A cell
        between quotation marks may hold commas, and no end of a line.
        Gaps:   an empty cell is null.
        """
        ...

    def read_parquet(self, files: Sequence[Path]) -> "Table":
        """Parquet files of one form, read when needed."""
        ...

    def lay_out(self, rows: "pa.Table") -> "Table":
        """A small table, such as a list of codes, to join with large ones."""
        ...

    def keep(self, expression: "Table") -> "Table":
        """A table worked out once, to be asked several questions.

        Errors: UnreadableSource if a file is not as it should be; nothing is then kept.
        """
        ...

    def rows(self, expression: "Table") -> "pa.Table":
        """The rows of an expression, which must fit into memory.

        Errors: UnreadableSource if a file is not as it should be.
        """
        ...

    def close(self) -> None:
        """Let go of what the engine holds."""
        ...

    def __enter__(self) -> Self:
        """The engine itself."""
        ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of what the engine holds."""
        ...


def open_engine(address: str = OWN, *, memory: str = "1GB", folder: Path | None = None) -> Engine:
    """The engine at an address: `duckdb` on this machine, or the master of an Apache Spark.

    A master is `spark://HOST:PORT`, `yarn`, `k8s://...`, or `local[2]` for two threads of this
    machine. `memory` is what DuckDB, or Spark's driver, may take; what does not fit is put into
    `folder` for the while.
    Errors: BadUsage for another address; MissingLibrary if Spark is asked for and not installed.
    """
    if not re.fullmatch(r"\d+(\.\d+)?(MB|GB)", memory):
        raise BadUsage(
            f"The memory '{memory}' is no size. Wanted a number with MB or GB, such as 1GB."
        )
    if address == OWN:
        from placedex.store.engine_duckdb import open_duckdb

        return open_duckdb(memory=memory, folder=folder)
    if not SPARK.fullmatch(address):
        raise BadUsage(
            f"There is no engine '{address}'. Wanted {OWN}, or the master of an Apache Spark: "
            "spark://HOST:PORT, yarn, k8s://... or local[2]."
        )
    from placedex.store.engine_spark import open_spark

    return open_spark(address, memory=memory, folder=folder)
