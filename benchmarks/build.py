"""Seconds for each stage of building every UK district, beside a bare read of the same files.

    python -m benchmarks.build [--data FOLDER] [--times N]

Prints a table and writes nothing. The figures are those of ONS Explore Local Statistics; the bare
read is DuckDB reading the same CSV files as text and counting their rows.
"""

import argparse
import platform
import shutil
import statistics
import tempfile
import time
from pathlib import Path

import duckdb

from placedex.store import connect_memory
from placedex.workspace import build_workspace, open_workspace

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "ons-els"
EXAMPLE = ROOT / "src" / "placedex" / "examples" / "west-midlands"
LOAD = ("read the figures", "check the figures and keep them")
SITE = "write the site"
LOAD_AIM, SITE_AIM = 5.0, 10.0


class Stopwatch:
    """A watch that keeps the seconds of each stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._name = ""
        self._began = 0.0

    def stage(self, name: str) -> None:
        """A stage begins; the one before it ends."""
        self.stop()
        self._name, self._began = name, time.perf_counter()

    def progress(self, done: int, total: int) -> None:
        """Progress is not measured."""

    def stop(self) -> None:
        """The last stage ends."""
        if self._name:
            self.seconds[self._name] = time.perf_counter() - self._began
        self._name = ""


def bare_read(data: Path) -> float:
    """Seconds that DuckDB needs merely to read the same CSV files as text."""
    paths = sorted(str(path) for path in data.glob("*/*.csv*"))
    began = time.perf_counter()
    with connect_memory() as connection:
        connection.execute(
            "CREATE TABLE bare AS SELECT * FROM "
            "read_csv(?, all_varchar = true, header = true, union_by_name = true)",
            [paths],
        )
    return time.perf_counter() - began


def one_build(data: Path | None) -> dict[str, float]:
    """Seconds of each stage of one build, from the bundled figures or from published files."""
    watch = Stopwatch()
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "workspace"
        shutil.copytree(EXAMPLE, workspace)
        build_workspace(open_workspace(workspace), version="bench", figures=data, watch=watch)
        watch.stop()
    return watch.seconds


def median_stages(data: Path | None, times: int) -> dict[str, float]:
    """The median seconds of each stage over some builds."""
    runs = [one_build(data) for _ in range(times)]
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    print(f"python {platform.python_version()}, duckdb {duckdb.__version__}, {asked.times} runs")
    print("\nThe bundled workspace (70 places)")
    bundled = median_stages(None, asked.times)
    _print(bundled)
    if not asked.data.is_dir():
        print(f"\n{asked.data} is not here: the build of every district was not measured")
        return
    print("\nEvery district from the published files (390 places)")
    stages = median_stages(asked.data, asked.times)
    _print(stages)
    bare = statistics.median(bare_read(asked.data) for _ in range(asked.times))
    load = sum(stages[name] for name in LOAD)
    print(f"  {'a bare read of the same files':36s} {bare:7.2f} s")
    print(f"  {'load, as a ratio to it':36s} {load / bare:7.1f}")
    print(f"  {'load (aim under 5 s)':36s} {load:7.2f} s  {_met(load, LOAD_AIM)}")
    print(f"  {'site (aim under 10 s)':36s} {stages[SITE]:7.2f} s  {_met(stages[SITE], SITE_AIM)}")


def _print(stages: dict[str, float]) -> None:
    for name, seconds in stages.items():
        print(f"  {name:36s} {seconds:7.2f} s")
    print(f"  {'all':36s} {sum(stages.values()):7.2f} s")


def _met(seconds: float, aim: float) -> str:
    return "met" if seconds < aim else "NOT MET"


if __name__ == "__main__":
    main()
