"""Times of the index engine, beside COINr's and beside plain kernels that only move the same bytes.

    python -m benchmarks.index [--times N] [--draws N]

Prints a table and writes nothing. The panels are made up from a seed: a third of the indicators
have outliers, 2 % of the figures are missing, and each has a standard error of 5 %. COINr's times
are those published for COINr 1.1.14 on two cores. The limit is a compiled kernel that reads what
the job reads, writes what it writes and draws what it draws, and does nothing else, run in the same
process just after; the share is how much of that speed the job reaches. All times are the best of
several, since other work on the machine only ever adds to them.
"""

import argparse
import os
import platform
import resource
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numba
import numpy as np

from placedex.index import (
    Aggregate,
    Given,
    GroupMean,
    Hierarchy,
    Impute,
    MinMax,
    Node,
    Rank,
    Scale,
    Spec,
    Treat,
)
from placedex.index.choices import Choices, NoisyWeights, Sampling
from placedex.index.draws import NOISE, Engine, Runs, make_engine
from placedex.index.kernels import compiled
from placedex.index.monte_carlo import simulate
from placedex.index.outranking import copeland
from placedex.index.plan import compile_plan
from placedex.index.program import FloatArray, IntArray
from placedex.index.robustness import leave_one_out
from placedex.observations import Indicator, Panel, make_panel
from placedex.places import Place

SMALL, LARGE = (374, 30), (33_755, 20)
GROUPS = 8
WIDTHS = (9, 9, 9, 8, 9, 6)


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table; seconds."""

    job: str
    coinr: float | None
    aim: float
    ours: float
    limit: float

    def __str__(self) -> str:
        theirs = "" if self.coinr is None else _short(self.coinr)
        met = "met" if self.ours <= self.aim else "NOT MET"
        return (
            f"{self.job:46s} {theirs:>9s} {_short(self.aim):>9s} {_short(self.ours):>9s} "
            f"{met:>8s} {_short(self.limit):>9s} {self.limit / self.ours:6.0%}"
        )


@compiled
def read_and_write(read: FloatArray, write: FloatArray) -> float:
    """Read every number of one array, in four lanes, and write every one of another."""
    first = second = third = fourth = 0.0
    for at in range(0, read.size - 3, 4):
        first += read[at]
        second += read[at + 1]
        third += read[at + 2]
        fourth += read[at + 3]
    for at in range(write.size):
        write[at] = first
    return first + second + third + fourth


@compiled
def read_pairs(values: FloatArray) -> float:
    """Read the figures of every place together with those of every other."""
    found = 0.0
    for one in range(values.shape[0]):
        for other in range(one):
            for column in range(values.shape[1]):
                found += values[one, column] - values[other, column]
    return found


def synthetic(places: int, indicators: int) -> tuple[Spec, Panel]:
    """A spec of three levels and a panel, made up from a seed."""
    rng = np.random.default_rng(2026)
    values = 50 + 10 * rng.standard_normal((places, indicators))
    skewed = values[:, ::3].shape
    values[:, ::3] = rng.lognormal(sigma=1.1, size=skewed)
    values[rng.random(values.shape) < 0.02] = np.nan
    codes = [f"i{number:02d}" for number in range(indicators)]
    measured = tuple(Indicator(code, code, "%") for code in codes)
    named = [Place(f"P{number:05d}", f"P{number}", "district", "R") for number in range(places)]
    panel = replace(make_panel(named, measured, values), errors=np.abs(values) * 0.05)
    parts = max(2, indicators // 5)
    nodes = [Node("index", "Index", None)]
    nodes += [Node(f"c{part}", f"c{part}", "index", 1 + 0.3 * part) for part in range(parts)]
    nodes += [
        Node(code, code, f"c{number % parts}", 1 + number % 3, -1 if number % 4 == 3 else 1)
        for number, code in enumerate(codes)
    ]
    groups = {place.code: str(number % GROUPS) for number, place in enumerate(named)}
    steps = (
        Scale(measured),
        Impute(GroupMean(groups)),
        Treat(),
        MinMax(),
        Given(),
        Aggregate(),
        Rank(),
    )
    return Spec("synthetic", "Synthetic", Hierarchy(tuple(nodes)), steps), panel


def best(job: Callable[[], object], times: int) -> float:
    """The shortest of several runs, after one that warms up."""
    job()
    found = []
    for _ in range(times):
        began = time.perf_counter()
        job()
        found.append(time.perf_counter() - began)
    return min(found)


def build_once(
    name: str, size: tuple[int, int], times: int, *, seconds: tuple[float, float]
) -> Result:
    """One build from figures in memory to the ranks of every node."""
    plan = compile_plan(*synthetic(*size))
    written = np.empty(2 * len(plan.frame.nodes) * size[0])
    figures = plan.values.ravel()
    ours = best(plan.run, times)
    limit = best(lambda: read_and_write(figures, written), times)
    return Result(name, seconds[0], seconds[1], ours, limit)


def one_replicate(engine: Engine, times: int) -> tuple[float, float]:
    """Seconds of a replicate on one thread, and of drawing and moving its numbers alone."""
    count = engine.block
    replicates, desk = np.arange(count), engine.make_desk()
    numbers = engine.numbers(replicates)
    ours = best(lambda: engine.run(Runs(numbers, replicates, NOISE), desk=desk), times)
    return ours / count, best(lambda: draw_only(engine, replicates), times) / count


def draw_only(engine: Engine, replicates: IntArray) -> None:
    """Draw and move the numbers that some replicates need, and do nothing with them."""
    engine.numbers(replicates)
    noise = np.empty((len(replicates), len(engine.figures.cells)))
    engine.streams.fill_normals(replicates, NOISE, noise)
    written = np.empty((len(replicates), 2 * len(engine.frame.places)))
    move(engine.figures.values[0].ravel(), noise, written)


@compiled
def move(figures: FloatArray, noise: FloatArray, written: FloatArray) -> None:
    """Read the figures and the noise of each replicate, and write as much as its results take."""
    for one in range(noise.shape[0]):
        read_and_write(figures, written[one])
        read_and_write(noise[one], written[one, :0])


def draw_only_on_threads(engine: Engine, draws: int) -> None:
    """The same for many replicates, on as many threads as there are cores."""
    blocks = np.array_split(np.arange(draws), -(-draws // engine.block))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda block: draw_only(engine, block), blocks))


def uncertainty(times: int, draws: int) -> list[Result]:
    """Replicates with errors in the figures, and with other weights alone."""
    spec, panel = synthetic(*SMALL)
    choices = Choices(weights=NoisyWeights(0.25), sampling=Sampling())
    engine = make_engine(spec, panel, choices, seed=1)
    one, one_limit = one_replicate(engine, times)
    few = max(2, times // 5)
    many = best(lambda: simulate(engine, draws), few)
    limit = best(lambda: draw_only_on_threads(engine, draws), few)
    weights = make_engine(spec, panel, Choices(weights=NoisyWeights(0.25)), seed=1)
    alone = best(lambda: simulate(weights, 10_000), times)
    moved = best(lambda: draw_only_on_threads(weights, 10_000), times)
    return [
        Result("a replicate with errors in figures, 374 x 30", 0.208, 0.0004, one, one_limit),
        Result(f"{draws:,} such replicates", 0.208 * draws, 0.0004 * draws, many, limit),
        Result("10,000 draws of weights alone, 374 x 30", None, 0.05, alone, moved),
    ]


def large_replicate(times: int) -> Result:
    """One replicate for every small area of a country."""
    choices = Choices(weights=NoisyWeights(0.25), sampling=Sampling())
    engine = make_engine(*synthetic(*LARGE), choices, seed=1)
    return Result("a replicate, 33,755 x 20", 10.3, 0.04, *one_replicate(engine, times))


def others(times: int) -> list[Result]:
    """Copeland, and leaving out each indicator."""
    rng = np.random.default_rng(2026)
    points, more = rng.random(SMALL), rng.random((SMALL[0], 49))
    even, written = np.ones(SMALL[1]), np.empty(2 * more.size)
    return [
        Result(
            "Copeland, 374 x 30",
            82,
            0.01,
            best(lambda: copeland(points, even), times),
            best(lambda: read_pairs(points), times),
        ),
        Result(
            "leave-one-out, 49 indicators, 374 places",
            7.6,
            0.02,
            best(lambda: leave_one_out(more, np.ones(49)), times),
            best(lambda: read_and_write(more.ravel(), written), times),
        ),
    ]


def _short(seconds: float) -> str:
    if seconds < 0.001:
        return f"{seconds * 1e6:,.0f} us"
    if seconds < 1:
        return f"{seconds * 1e3:,.3g} ms"
    return f"{seconds:,.3g} s" if seconds < 100 else f"{seconds:,.0f} s"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--draws", type=int, default=10_000)
    asked = parser.parse_args()
    print(f"python {platform.python_version()}, numpy {np.__version__}, numba {numba.__version__},")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, best of {asked.times}\n")
    heads = ("COINr", "aim", "placedex", "", "limit", "share")
    print(
        f"{'job':46s} " + " ".join(f"{head:>{w}s}" for head, w in zip(heads, WIDTHS, strict=True))
    )
    print(build_once("a build, 374 x 30, three levels", SMALL, asked.times, seconds=(0.135, 0.002)))
    for result in uncertainty(asked.times, asked.draws):
        print(result)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'  most memory of this process up to here':46s} {'':9s} {'500 MB':>9s} {peak:6.0f} MB")
    print(build_once("a build, 33,755 x 20", LARGE, asked.times, seconds=(7.5, 0.06)))
    print(large_replicate(asked.times))
    for result in others(asked.times):
        print(result)


if __name__ == "__main__":
    main()
