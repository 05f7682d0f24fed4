"""Seconds and memory to count a nation's companies, premises and postcodes by place.

    python -m benchmarks.generate FOLDER
    python -m benchmarks.scale FOLDER [--spark local[2]] [--memory 800MB] [--times N]

Each task runs in a process of its own, so that its memory is its own; the time begins once the
libraries are loaded. Targets are ratios of one run. The bare read is DuckDB reading the companies'
CSV file as text into a table, as it comes; pandas reads the file in the same way, and once more
only the five columns that are needed.
"""

import argparse
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.bare import ACCOUNTS, bare_accounts, count, kept, warm
from benchmarks.generate import COMPANIES, DATA, DIRECTORY, PREMISES
from benchmarks.postcodes import district_centres
from placedex.observations.large import (
    codes_of,
    count_companies,
    count_postcodes,
    count_premises,
    nearest_places,
    read_accounts,
    read_companies,
    read_directory,
    read_points,
    read_premises,
    value_added,
)
from placedex.places import bundled_register
from placedex.store import Engine, open_engine

ROOT = Path(__file__).resolve().parent.parent
COUNT_AIM, PANDAS_AIM, ACCOUNTS_AIM, MEMORY_AIM = 1.5, 10.0, 2.0, 1_500.0
SICS = tuple(f"SICCode.SicText_{number}" for number in range(1, 5))
GROUPS = {"digital": ("J (58-63)",), "knowledge": ("J (58-63)", "M (69-75)")}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a task is asked to work on, and with how much."""

    folder: Path
    data: Path
    engine: str
    memory: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What a task took: seconds, those of processors, megabytes at most; and how many rows came."""

    seconds: float
    busy: float
    megabytes: float
    rows: int


def on_engine(work: Callable[[Engine, Asked], int]) -> Callable[[Asked], int]:
    """A task that works on an engine which is opened before the clock starts."""

    def task(asked: Asked) -> int:
        with (
            tempfile.TemporaryDirectory() as spill,
            open_engine(asked.engine, memory=asked.memory, folder=Path(spill)) as engine,
        ):
            global BEGAN  # noqa: PLW0603 - a session of Spark takes ten seconds to begin
            BEGAN = time.perf_counter()
            return work(engine, asked)

    return task


BEGAN = 0.0


def companies(engine: Engine, asked: Asked) -> int:
    """Companies by district and industry of five digits, by the first and by any that they give."""
    table = read_companies(engine, [asked.folder / COMPANIES])
    directory = read_directory(engine, [asked.folder / DIRECTORY])
    counted = count_companies(
        engine, table, codes=codes_of(bundled_register()), directory=directory
    )
    return int(engine.rows(counted.figures).num_rows)


def premises(engine: Engine, asked: Asked) -> int:
    """Premises by district and speed."""
    directory = read_directory(engine, [asked.folder / DIRECTORY])
    table = read_premises(engine, [asked.folder / PREMISES])
    counted = count_premises(engine, table, directory=directory, codes=codes_of(bundled_register()))
    return int(engine.rows(counted).num_rows)


def postcodes(engine: Engine, asked: Asked) -> int:
    """Postcodes by district, looked up."""
    directory = read_directory(engine, [asked.folder / DIRECTORY])
    return int(
        engine.rows(count_postcodes(engine, directory, codes=codes_of(bundled_register()))).num_rows
    )


def nearest(engine: Engine, asked: Asked) -> int:
    """The nearest centre of a district to each postcode."""
    points = read_points(engine, [asked.folder / DIRECTORY])
    found = engine.keep(nearest_places(engine, points, district_centres()))
    return int(engine.rows(found.count().as_table())[0][0].as_py())


def accounts(engine: Engine, asked: Asked) -> int:
    """Value added by district, group of industries and year, with shares."""
    names = ("RGVA_LAD", "RGVA")
    files = [asked.data / "regional-accounts" / f"{name}.parquet" for name in names]
    table = read_accounts(engine, files)
    return int(engine.rows(value_added(engine, table, groups=GROUPS)).num_rows)


def bare(asked: Asked) -> int:
    """DuckDB reading the companies' CSV file as text into a table."""
    with (
        tempfile.TemporaryDirectory() as folder,
        duckdb.connect(str(Path(folder) / "bare.duckdb")) as connection,
    ):
        connection.execute("SET preserve_insertion_order = false")
        connection.execute(
            "CREATE TABLE bare AS SELECT * FROM read_csv(?, all_varchar = true, header = true)",
            [str(asked.folder / COMPANIES)],
        )
        row = connection.execute("SELECT count(*) FROM bare").fetchone()
    return int(row[0]) if row else 0


def scan(asked: Asked) -> int:
    """DuckDB reading the five columns that are needed out of that file, and keeping nothing."""
    names = ["RegAddress.PostCode", *SICS]
    looked_at = ", ".join(f'max(length("{name}"))' for name in names)
    row = duckdb.execute(
        f"SELECT count(*), {looked_at} FROM read_csv(?, all_varchar = true, header = true)",
        [str(asked.folder / COMPANIES)],
    ).fetchone()
    return int(row[0]) if row else 0


def with_pandas(asked: Asked) -> int:
    """The same counts as pandas makes them, of the file read as it comes."""
    return _pandas(asked, None)


def narrow_pandas(asked: Asked) -> int:
    """The same, of the five columns that are needed."""
    return _pandas(asked, ["RegAddress.PostCode", *SICS])


def _pandas(asked: Asked, columns: list[str] | None) -> int:
    import pandas as pd

    sics = list(SICS)
    table = pd.read_csv(asked.folder / COMPANIES, usecols=columns, dtype=str)
    table = table[["RegAddress.PostCode", *sics]]
    looked_up = pd.read_csv(asked.folder / DIRECTORY, usecols=["pcds", "laua"], dtype=str)
    codes = codes_of(bundled_register()).to_pandas().set_index("published")["place"]
    looked_up["place"] = looked_up["laua"].map(codes)
    looked_up["pcds"] = looked_up["pcds"].str.replace(" ", "")
    table["pcds"] = table["RegAddress.PostCode"].str.upper().str.replace(" ", "")
    table = table.merge(looked_up[["pcds", "place"]], on="pcds", how="left")
    long = table.melt(id_vars="place", value_vars=sics, value_name="text", ignore_index=False)
    long = long[long["text"].str.match(r"\d{5}( |$)", na=False)]
    long["part"] = long["text"].str[:5]
    first = long[long["variable"] == sics[0]].groupby(["place", "part"]).size()
    once = long.reset_index().drop_duplicates(["index", "part"])
    wholes = table.groupby("place").size()
    return len(first) + len(once.groupby(["place", "part"]).size()) + 2 * len(wholes)


def store_accounts(asked: Asked) -> int:
    """The two large files of regional accounts read, checked and kept in a store."""
    with kept(asked.data, ACCOUNTS) as connection:
        return count(connection)


def scan_accounts(asked: Asked) -> int:
    """A bare scan of these files with the same joins, into the same table."""
    with bare_accounts(asked.data) as connection:
        return count(connection)


PANDAS = (with_pandas, narrow_pandas)
ON_ENGINES = {
    one.__name__: on_engine(one) for one in (companies, premises, postcodes, nearest, accounts)
}
TASKS: dict[str, Callable[[Asked], int]] = {
    **ON_ENGINES,
    **{one.__name__: one for one in (bare, scan, *PANDAS, store_accounts, scan_accounts)},
}


def one_task(name: str, asked: Asked) -> Taken:
    """Do a task in this process, once what stays in memory has been read."""
    global BEGAN
    if name in {one.__name__ for one in PANDAS}:
        import pandas as pd

        pd.DataFrame({"loaded": [1]})
    if name in ON_ENGINES:
        import ibis

        ibis.literal(1)
    warm()
    BEGAN, busy = time.perf_counter(), time.process_time()
    rows = TASKS[name](asked)
    seconds, busy = time.perf_counter() - BEGAN, time.process_time() - busy
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Taken(seconds, busy, megabytes, rows)


def in_a_process(name: str, words: list[str]) -> Taken:
    """Do a task in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.scale", *words, "--task", name],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Taken(**json.loads(done.stdout.splitlines()[-1]))


def best(taken: list[Taken]) -> Taken:
    """The fewest seconds and the most memory of some runs: others on the machine only add."""
    return Taken(
        min(one.seconds for one in taken),
        min(one.busy for one in taken),
        max(one.megabytes for one in taken),
        taken[-1].rows,
    )


def main() -> None:
    """Measure and print; with --task do one task and print what it took as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--engine", default="duckdb")
    parser.add_argument("--spark", default="")
    parser.add_argument("--memory", default="800MB")
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--task", choices=sorted(TASKS))
    given = parser.parse_args()
    if given.task:
        asked = Asked(given.folder.resolve(), given.data, given.engine, given.memory)
        taken = one_task(given.task, asked)
        print(json.dumps({name: getattr(taken, name) for name in Taken.__slots__}))
        return
    words = [str(given.folder.resolve()), "--data", str(given.data), "--memory", given.memory]
    print(f"python {platform.python_version()}, duckdb {duckdb.__version__}, {given.times} runs")
    runs: dict[str, list[Taken]] = {name: [] for name in TASKS}
    for _ in range(given.times):
        # In turns, so that whatever else the machine does meets all alike.
        for name in TASKS:
            runs[name].append(in_a_process(name, words))
    met = {name: best(taken) for name, taken in runs.items()}
    print("  task                seconds  of processors   memory         rows")
    for name, taken in met.items():
        _print(name, taken)
    _targets(met)
    if given.spark:
        print(f"\non Spark at {given.spark}, without what its own machine takes")
        for name in ON_ENGINES:
            _print(name, in_a_process(name, [*words, "--engine", given.spark]))


def _print(name: str, taken: Taken) -> None:
    print(
        f"  {name:16s} {taken.seconds:8.2f} s {taken.busy:10.2f} s {taken.megabytes:8,.0f} MB "
        f"{taken.rows:>12,}",
        flush=True,
    )


def _targets(met: dict[str, Taken]) -> None:
    print("\ntargets                                    elapsed  of processors")
    _aim("companies to a bare read", met["companies"], met["bare"], at_most=COUNT_AIM)
    _aim("  to a read of five columns", met["companies"], met["scan"])
    _aim("pandas to companies", met["with_pandas"], met["companies"], at_least=PANDAS_AIM)
    _aim("  pandas of five columns", met["narrow_pandas"], met["companies"])
    _aim(
        "accounts kept to a scan", met["store_accounts"], met["scan_accounts"], at_most=ACCOUNTS_AIM
    )
    most = max(met[name].megabytes for name in ON_ENGINES)
    words = "met" if most <= MEMORY_AIM else "NOT MET"
    print(f"  {'most memory on DuckDB, MB':38s} {most:8,.0f}  (at most {MEMORY_AIM:,.0f}: {words})")


def _aim(
    words: str, one: Taken, other: Taken, *, at_most: float | None = None, at_least: float = 0.0
) -> None:
    """A ratio of two tasks, in seconds and in those of processors, and whether it is as wanted."""
    reached, busy = one.seconds / other.seconds, one.busy / other.busy
    line = f"  {words:38s} {reached:8.2f} {busy:12.2f}"
    if at_most is not None:
        line += f"  (at most {at_most}: {'met' if reached <= at_most else 'NOT MET'})"
    elif at_least:
        line += f"  (at least {at_least}: {'met' if reached >= at_least else 'NOT MET'})"
    print(line)


if __name__ == "__main__":
    main()
