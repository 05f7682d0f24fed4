"""Seconds and memory to read published files into the store, beside a bare read of the same files.

    python -m benchmarks.sources [--data FOLDER] [--times N]

Prints a table and writes nothing. The store is a file, made anew each time. Of CSV files the bare
read is DuckDB reading them as text into a table; of the two large files of regional accounts it is
DuckDB joining their places and periods, and writing the table that the rows make.
"""

import argparse
import platform
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from placedex.observations import MIGRATIONS, bundled_catalogue, keep_observations
from placedex.observations.sources import bundled_sources, open_desk
from placedex.places import bundled_register
from placedex.store import create_database, migrate

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
AIM = 2.0
STATISTICS = ("ons-els", "ons-els-history")
ACCOUNTS = ("regional-gva",)


def load(data: Path, codes: tuple[str, ...]) -> int:
    """Read the files of some sources into a new store, checked; gives how many rows it holds."""
    register, catalogue = bundled_register(), bundled_catalogue()
    with (
        tempfile.TemporaryDirectory() as folder,
        create_database(Path(folder) / "store.duckdb") as connection,
    ):
        migrate(connection, MIGRATIONS)
        desk = open_desk(connection, register=register, catalogue=catalogue, folder=data)
        readings = [
            source.read(source.files(data), desk)
            for source in bundled_sources()
            if source.code in codes
        ]
        keep_observations(connection, readings, register=register, catalogue=catalogue)
        row = connection.execute("SELECT count(*) FROM observation").fetchone()
    return int(row[0]) if row else 0


def bare_csv(data: Path) -> int:
    """DuckDB reading the CSV files as text, each of the two sources at once."""
    count = 0
    with (
        tempfile.TemporaryDirectory() as folder,
        create_database(Path(folder) / "bare.duckdb") as connection,
    ):
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
            row = connection.execute(f"SELECT count(*) FROM {name}").fetchone()
            count += int(row[0]) if row else 0
    return count


def bare_parquet(data: Path) -> int:
    """DuckDB scanning the two files with the joins that give places and periods, into a table."""
    names = ("RGVA_LAD", "RGVA")
    paths = [str(data / "regional-accounts" / f"{name}.parquet") for name in names]
    with (
        tempfile.TemporaryDirectory() as folder,
        create_database(Path(folder) / "bare.duckdb") as connection,
    ):
        desk = open_desk(
            connection,
            register=bundled_register(),
            catalogue=bundled_catalogue(),
            folder=data,
        )
        desk.connection.execute(
            "CREATE TEMP TABLE span AS SELECT make_date(year, 1, 1) AS day, "
            "CAST(year AS VARCHAR) AS period FROM range(1990, 2030) AS years(year)"
        )
        desk.connection.execute(
            'CREATE TABLE bare AS SELECT place, "variable.name" AS indicator, '
            '"industry.code" AS part, period, "dates.date" AS starts, value '
            "FROM read_parquet(?, union_by_name = true) AS file "
            'JOIN desk_code ON published = "geography.code" JOIN span ON day = "dates.date"',
            [paths],
        )
        row = desk.connection.execute("SELECT count(*) FROM bare").fetchone()
    return int(row[0]) if row else 0


def seconds(work: Callable[[], int], times: int) -> tuple[float, int]:
    """The median seconds of some work, and how many rows it gave."""
    taken, rows = [], 0
    for _ in range(times):
        began = time.perf_counter()
        rows = work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken), rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--times", type=int, default=5)
    asked = parser.parse_args()
    print(f"python {platform.python_version()}, duckdb {duckdb.__version__}, {asked.times} runs")
    if not asked.data.is_dir():
        print(f"{asked.data} is not here: nothing was measured")
        return
    cases = (
        ("ons-els and its history", STATISTICS, bare_csv),
        ("the two large regional accounts", ACCOUNTS, bare_parquet),
    )
    for name, codes, bare in cases:
        load(asked.data, codes)
        bare_time, bare_rows = seconds(lambda bare=bare: bare(asked.data), asked.times)  # type: ignore[misc]
        time_taken, rows = seconds(lambda codes=codes: load(asked.data, codes), asked.times)  # type: ignore[misc]
        ratio = time_taken / bare_time
        print(f"\n{name}")
        print(f"  {'bare':24s} {bare_time:7.2f} s  {bare_rows:>10,} rows")
        print(f"  {'read, checked and kept':24s} {time_taken:7.2f} s  {rows:>10,} rows")
        print(f"  {'ratio (aim 2)':24s} {ratio:7.2f}    {'met' if ratio <= AIM else 'NOT MET'}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nmost memory: {peak:,.0f} MB")


if __name__ == "__main__":
    main()
