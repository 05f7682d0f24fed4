"""Seconds and memory to read published files into the store, beside a bare read of the same files.

    python -m benchmarks.sources [--data FOLDER] [--times N]

Prints a table and writes nothing. The store is a file, made anew each time. What the bare read
does is told in `benchmarks/bare.py`. The two take turns, so that whatever else the machine does
meets both alike; the ratio is that of the medians, and its spread that of the turns. Seconds of
processors are told too: they hardly depend on what else runs.
"""

import argparse
import platform
import resource
import statistics
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb

from benchmarks.bare import (
    ACCOUNTS,
    STATISTICS,
    bare_accounts,
    bare_statistics,
    count,
    kept,
    warm,
)

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
AIM = 2.0

Work = Callable[[Path], AbstractContextManager[duckdb.DuckDBPyConnection]]


@dataclass(frozen=True, slots=True)
class Turn:
    """What a piece of work took: seconds, and those of processors; and how many rows came."""

    seconds: float
    busy: float
    rows: int


def turn(work: Work, data: Path) -> Turn:
    """Do a piece of work once."""
    began, busy = time.perf_counter(), time.process_time()
    with work(data) as connection:
        rows = count(connection)
    return Turn(time.perf_counter() - began, time.process_time() - busy, rows)


def compare(name: str, ours: Work, bare: Work, *, data: Path, times: int) -> None:
    """Measure two pieces of work in turns, after one turn of each that is not counted."""
    pairs = [(turn(ours, data), turn(bare, data)) for _ in range(times + 1)][1:]
    print(f"\n{name}")
    for words, number in (("bare", 1), ("read, checked and kept", 0)):
        middle = statistics.median(pair[number].seconds for pair in pairs)
        busy = statistics.median(pair[number].busy for pair in pairs)
        rows = pairs[0][number].rows
        print(f"  {words:24s} {middle:7.2f} s {busy:7.2f} s of processors {rows:>12,} rows")
    for words, of in (("ratio", "seconds"), ("ratio of processors", "busy")):
        ratios = sorted(getattr(one, of) / getattr(other, of) for one, other in pairs)
        ratio = statistics.median(getattr(one, of) for one, _ in pairs) / statistics.median(
            getattr(other, of) for _, other in pairs
        )
        met = "met" if ratio <= AIM else "NOT MET"
        print(
            f"  {words:24s} {ratio:7.2f}   ({ratios[0]:.2f} to {ratios[-1]:.2f}; aim {AIM}: {met})"
        )


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
    warm()
    cases: tuple[tuple[str, tuple[str, ...], Work], ...] = (
        ("ons-els and its history", STATISTICS, bare_statistics),
        ("the two large regional accounts", ACCOUNTS, bare_accounts),
    )
    for name, codes, bare in cases:
        compare(name, partial(kept, codes=codes), bare, data=asked.data, times=asked.times)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nmost memory: {peak:,.0f} MB")


if __name__ == "__main__":
    main()
