"""`placedex tabulate`: registers of every company, premises or postcode counted by place."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

if TYPE_CHECKING:
    import pyarrow as pa

    from placedex.observations.large import Tabulated

FEW = 20


def tabulate(
    what: str,
    *files: Path,
    directory: Annotated[Path | None, Parameter(name="--directory")] = None,
    engine: Annotated[str, Parameter(name="--engine")] = "duckdb",
    memory: Annotated[str, Parameter(name="--memory")] = "1GB",
    out: Annotated[Path | None, Parameter(name="--out")] = None,
) -> None:
    """Tabulate companies, premises, postcodes or accounts by place, from FILES of any size.

    Parameters
    ----------
    what
        companies, premises, postcodes or accounts.
    files
        The published files: CSV of companies, a postcode directory, Parquet of the others.
    directory
        A postcode directory of ONS (ONSPD or NSPL), to look up the districts of postcodes.
    engine
        duckdb on this machine, or the master of an Apache Spark: spark://HOST:PORT, local[2].
    memory
        What DuckDB, or Spark's driver, may take.
    out
        Write the table there: a file that ends in .csv or .parquet.
    """
    _check(out)
    began = time.perf_counter()
    done, name = _done(what, files, directory=directory, engine=engine, memory=memory)
    seconds = time.perf_counter() - began
    if out is None:
        _print(done.rows)
    else:
        _write(done.rows, out)
    print(f"{done.rows.num_rows:,} rows in {seconds:.1f} s on {name}", file=sys.stderr)
    for reason, count in done.left_out.items():
        print(f"left out: {count:,} {reason}", file=sys.stderr)


def _done(
    what: str, files: Sequence[Path], *, directory: Path | None, engine: str, memory: str
) -> "tuple[Tabulated, str]":
    """The table, and the name of the engine that made it."""
    import tempfile

    from placedex.observations.large import tabulate as table_of
    from placedex.places import bundled_register
    from placedex.store import open_engine

    with (
        tempfile.TemporaryDirectory() as folder,
        open_engine(engine, memory=memory, folder=Path(folder)) as opened,
    ):
        register = bundled_register()
        done = table_of(what, files, engine=opened, register=register, directory=directory)
        return done, opened.name


def _check(out: Path | None) -> None:
    from placedex.errors import BadUsage

    if out is not None and out.suffix not in {".csv", ".parquet"}:
        raise BadUsage(f"{out} ends in '{out.suffix}'. Wanted a name ending in .csv or .parquet.")


def _write(table: "pa.Table", out: Path) -> None:
    import io

    import pyarrow.csv as pa_csv
    import pyarrow.parquet as pq

    from placedex.store import write_bytes

    sink = io.BytesIO()
    if out.suffix == ".csv":
        pa_csv.write_csv(table, sink)
    else:
        pq.write_table(table, sink, compression="zstd")
    write_bytes(out, sink.getvalue())


def _print(table: "pa.Table") -> None:
    print("\t".join(table.column_names))
    for row in table.slice(0, FEW).to_pylist():
        print("\t".join("" if cell is None else str(cell) for cell in row.values()))
    if table.num_rows > FEW:
        print(f"... and {table.num_rows - FEW:,} rows more: write them with --out.")
