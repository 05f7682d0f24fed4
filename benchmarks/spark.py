"""Times of draws on Spark, beside those of `simulate` on as many threads of the same machine.

    python -m benchmarks.spark [--times N]

Prints a table and writes nothing. Spark runs on this machine alone, so that it can at best be as
fast: the table shows what it costs, and where it begins to pay on more machines. `first` is the
first job of a session, whose workers start and load numba; the others are the best of several.
"""

import argparse
import os
import pickle
import platform
import sys
import tempfile
import time
import warnings
from functools import partial

import pyspark
from pyspark.sql import SparkSession

from benchmarks.index import LARGE, SMALL, best, synthetic
from placedex.index.choices import Choices, NoisyWeights, Sampling
from placedex.index.draws import Engine, make_engine
from placedex.index.monte_carlo import simulate
from placedex.index.on_spark import engine_to_send, simulate_on_spark

CORES = (1, 2)
DRAWS = {SMALL: (1_000, 10_000), LARGE: (40, 400)}


def engine_of(size: tuple[int, int]) -> Engine:
    """An index in which the weights and every figure are drawn."""
    choices = Choices(weights=NoisyWeights(0.25), sampling=Sampling())
    return make_engine(*synthetic(*size), choices, seed=1)


def start(cores: int, folder: str) -> SparkSession:
    """A session on this machine."""
    settings: dict[str, bool | float | int | str | None] = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.local.dir": folder,
        "spark.log.level": "ERROR",
        "spark.sql.warehouse.dir": folder,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    return SparkSession.builder.master(f"local[{cores}]").config(map=settings).getOrCreate()


def measure(engines: dict[tuple[int, int], Engine], cores: int, times: int) -> None:
    """Print the lines of a number of cores."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        session = start(cores, folder)
        print(f"local[{cores}]: session {time.perf_counter() - began:.1f} s", end=", ")
        began = time.perf_counter()
        simulate_on_spark(engines[SMALL], 1, session=session)
        print(f"first {time.perf_counter() - began:.1f} s")
        for size, engine in engines.items():
            for draws in DRAWS[size]:
                print(f"  {size[0]:,} x {size[1]}, {draws:,} draws", end=": ")
                alone = best(partial(simulate, engine, draws, threads=cores), times)
                print(f"simulate {alone:.3g} s", end="")
                job = partial(simulate_on_spark, engine, draws, session=session)
                for batches in (cores, 8 * cores):
                    spread = best(partial(job, batches=batches), times)
                    print(f", Spark in {batches} batches {spread:.3g} s", end="")
                print(flush=True)
        session.stop()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
    print(f"python {platform.python_version()}, pyspark {pyspark.__version__}, ", end="")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, best of {asked.times}")
    engines = {size: engine_of(size) for size in (SMALL, LARGE)}
    for size, engine in engines.items():
        whole, sent = (len(pickle.dumps(one)) for one in (engine, engine_to_send(engine)))
        print(f"{size[0]:,} x {size[1]}: {sent:,} bytes sent to each task, of {whole:,}")
    for cores in CORES:
        measure(engines, cores, asked.times)


if __name__ == "__main__":
    main()
