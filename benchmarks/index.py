"""Times of the index engine, beside COINr's and beside plain kernels that only move the same bytes.

    python -m benchmarks.index [--times N] [--draws N] [--only WORDS]

Prints a table and writes nothing. The panels are made up from a seed: a third of the indicators
have outliers, 2 % of the figures are missing, and each has a standard error of 5 %. COINr's times
are those published for COINr 1.1.14 on two cores. The limit is a compiled kernel that reads what
the job reads, writes what it writes and draws what it draws, and does nothing else, run in the same
process just after; the bytes and the random numbers are those that it moves and draws, and the
share is how much of its speed the job reaches. All times are the best of several, since other work
on the machine only ever adds to them.

The first run after installing compiles, for which the compiler takes some 800 MB once: run it twice
and read the memory of the second.
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
    Step,
    Treat,
    build,
)
from placedex.index.choices import Choices, NoisyWeights, Sampling
from placedex.index.draws import NOISE, Engine, Runs, make_engine
from placedex.index.kernels import compiled
from placedex.index.model_fillings import JointNormal
from placedex.index.monte_carlo import simulate
from placedex.index.outranking import copeland
from placedex.index.plan import compile_plan
from placedex.index.program import FloatArray, IntArray
from placedex.index.rebuild import rebuild
from placedex.index.robustness import leave_one_out
from placedex.observations import Indicator, Panel, make_panel
from placedex.places import Place

SMALL, LARGE = (374, 30), (33_755, 20)
GROUPS = 8
MOST_MEMORY = 500
WIDTHS = (8, 8, 9, 7, 9, 5, 9, 11)
HEADS = ("COINr", "aim", "placedex", "", "limit", "share", "bytes", "numbers")
NOISE_OF_WEIGHTS = NoisyWeights(0.25)


@dataclass(frozen=True, slots=True)
class Limit:
    """What a job cannot do without: seconds, bytes read and written, and random numbers drawn."""

    seconds: float
    moved: int
    drawn: int = 0

    def times(self, count: int) -> "Limit":
        """As much for each of some replicates, of which the seconds are those of all."""
        return Limit(self.seconds, self.moved * count, self.drawn * count)


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table; seconds."""

    job: str
    coinr: float | None
    aim: float | None
    ours: float
    limit: Limit

    def __str__(self) -> str:
        met = "" if self.aim is None else "met" if self.ours <= self.aim else "NOT MET"
        cells = (
            "" if self.coinr is None else _short(self.coinr),
            "" if self.aim is None else _short(self.aim),
            _short(self.ours),
            met,
            _short(self.limit.seconds),
            f"{self.limit.seconds / self.ours:.0%}",
            _size(self.limit.moved),
            f"{self.limit.drawn:,}",
        )
        return _line(self.job, cells)


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
    ours = best(plan.run, times)
    return Result(name, *seconds, ours, move_only(plan.values.ravel(), written, times))


def move_only(read: FloatArray, written: FloatArray, times: int) -> Limit:
    """Reading and writing alone."""
    seconds = best(lambda: read_and_write(read, written), times)
    return Limit(seconds, read.nbytes + written.nbytes)


def one_replicate(engine: Engine, times: int) -> tuple[float, Limit]:
    """Seconds of a replicate on one thread, and of drawing and moving its numbers alone."""
    count = engine.block
    replicates, desk = np.arange(count), engine.make_desk()
    numbers = engine.numbers(replicates)
    ours = best(lambda: engine.run(Runs(numbers, replicates, NOISE), desk=desk), times)
    seconds = best(lambda: draw_only(engine, replicates), times) / count
    return ours / count, Limit(seconds, *needs(engine))


def needs(engine: Engine) -> tuple[int, int]:
    """The bytes that a replicate reads and writes, and the numbers that it draws."""
    written = 2 * len(engine.frame.places)
    floats = engine.figures.values[0].size + engine.noise_numbers + written
    return 8 * (floats + engine.moves.columns), engine.noise_numbers + engine.moves.columns


def draw_only(engine: Engine, replicates: IntArray) -> None:
    """Draw and move the numbers that some replicates need, and do nothing with them."""
    engine.numbers(replicates)
    noise = np.empty((len(replicates), engine.noise_numbers))
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


def engine_of(
    size: tuple[int, int], *, sampling: bool = True, filling: Step | None = None
) -> Engine:
    """An engine with noisy weights, and errors in the figures if they are drawn."""
    spec, panel = synthetic(*size)
    if filling is not None:
        steps = tuple(filling if step.verb == "impute" else step for step in spec.steps)
        spec = replace(spec, steps=steps)
    drawn = Sampling() if sampling else None
    return make_engine(spec, panel, Choices(weights=NOISE_OF_WEIGHTS, sampling=drawn), seed=1)


def small_build(times: int, _: int) -> Result:
    """One build of a small panel."""
    return build_once("a build, 374 x 30, three levels", SMALL, times, seconds=(0.135, 0.002))


def small_replicate(times: int, _: int) -> Result:
    """One replicate with errors in the figures."""
    found = one_replicate(engine_of(SMALL), times)
    return Result("a replicate with errors in figures, 374 x 30", 0.208, 0.0004, *found)


def many_replicates(times: int, draws: int) -> Result:
    """Many of them on all cores."""
    engine, few = engine_of(SMALL), max(2, times // 5)
    ours = best(lambda: simulate(engine, draws), few)
    limit = Limit(best(lambda: draw_only_on_threads(engine, draws), few), *needs(engine))
    aims = 0.208 * draws, 0.0004 * draws
    return Result(f"{draws:,} such replicates", *aims, ours, limit.times(draws))


def weights_alone(times: int, _: int) -> Result:
    """Ten thousand draws of the weights and of nothing else."""
    engine = engine_of(SMALL, sampling=False)
    ours = best(lambda: simulate(engine, 10_000), times)
    seconds = best(lambda: draw_only_on_threads(engine, 10_000), times)
    limit = Limit(seconds, *needs(engine)).times(10_000)
    return Result("10,000 draws of weights alone, 374 x 30", None, 0.05, ours, limit)


def large_build(times: int, _: int) -> Result:
    """One build for every small area of a country."""
    return build_once("a build, 33,755 x 20", LARGE, times, seconds=(7.5, 0.06))


def large_replicate(times: int, _: int) -> Result:
    """One replicate for every small area of a country."""
    return Result("a replicate, 33,755 x 20", 10.3, 0.04, *one_replicate(engine_of(LARGE), times))


def copeland_once(times: int, _: int) -> Result:
    """Places compared two by two."""
    points = np.random.default_rng(2026).random(SMALL)
    pairs = SMALL[0] * (SMALL[0] - 1) // 2
    ours = best(lambda: copeland(points, np.ones(SMALL[1])), times)
    limit = Limit(best(lambda: read_pairs(points), times), 16 * pairs * SMALL[1])
    return Result("Copeland, 374 x 30", 82, 0.01, ours, limit)


def leave_each_out(times: int, _: int) -> Result:
    """The ranks without each indicator."""
    points = np.random.default_rng(2026).random((SMALL[0], 49))
    ours = best(lambda: leave_one_out(points, np.ones(49)), times)
    limit = move_only(points.ravel(), np.empty(2 * points.size), times)
    return Result("leave-one-out, 49 indicators, 374 places", 7.6, 0.02, ours, limit)


def filled_by_em(times: int, _: int) -> Result:
    """One replicate whose gaps are filled, and drawn, under a joint normal."""
    engine = engine_of(SMALL, filling=Impute(JointNormal()))
    return Result("a replicate filled by EM, 374 x 30", None, None, *one_replicate(engine, times))


def reweighted() -> tuple[Spec, Spec, Panel]:
    """A spec, the same with other weights, and a panel."""
    spec, panel = synthetic(*SMALL)
    heavier = {"c1": replace(spec.hierarchy["c1"], weight=9.0)}
    return spec, spec.with_hierarchy(spec.hierarchy.replace(heavier)), panel


def index_rebuilt(times: int, _: int) -> Result:
    """An index with all its flags, built again after a change of weights."""
    spec, other, panel = reweighted()
    index = build(spec, panel)
    whole = best(lambda: build(other, panel), times)
    ours = best(lambda: rebuild(index, other), times)
    scores = index.scores.values
    name = f"rebuild, other weights (build: {_short(whole)})"
    return Result(
        name, None, None, ours, move_only(index.points.values.ravel(), scores.ravel(), times)
    )


def plan_changed(times: int, _: int) -> Result:
    """A plan changed to other weights, and run."""
    spec, other, panel = reweighted()
    plan = compile_plan(spec, panel)
    whole = best(lambda: compile_plan(other, panel).run(), times)
    ours = best(lambda: plan.changed(other).run(), times)
    written = np.empty(2 * len(plan.frame.nodes) * SMALL[0])
    name = f"a plan changed and run (anew: {_short(whole)})"
    return Result(name, None, None, ours, move_only(plan.values.ravel(), written, times))


TABLE = (
    small_build,
    small_replicate,
    many_replicates,
    weights_alone,
    large_build,
    large_replicate,
    copeland_once,
    leave_each_out,
)
BEYOND = (filled_by_em, index_rebuilt, plan_changed)


def _short(seconds: float) -> str:
    if seconds < 0.001:
        return f"{seconds * 1e6:,.0f} us"
    if seconds < 1:
        return f"{seconds * 1e3:,.3g} ms"
    return f"{seconds:,.3g} s" if seconds < 100 else f"{seconds:,.0f} s"


def _size(moved: float) -> str:
    for unit in ("B", "kB", "MB"):
        if moved < 1000:
            return f"{moved:.3g} {unit}"
        moved /= 1000
    return f"{moved:.3g} GB"


def _line(job: str, cells: tuple[str, ...]) -> str:
    return f"{job:46s} " + " ".join(f"{cell:>{w}s}" for cell, w in zip(cells, WIDTHS, strict=True))


def _memory(peak: float) -> str:
    """The line of the most memory that the process took, in megabytes, beside the aim."""
    met = "met" if peak <= MOST_MEMORY else "NOT MET"
    cells = ("", f"{MOST_MEMORY} MB", f"{peak:.0f} MB", met, *[""] * 4)
    return _line("  most memory of this process up to here", cells)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--draws", type=int, default=10_000)
    parser.add_argument("--only", default="", help="the rows whose function has this in its name")
    asked = parser.parse_args()
    print(f"python {platform.python_version()}, numpy {np.__version__}, numba {numba.__version__},")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, best of {asked.times}\n")
    print(_line("job", HEADS))
    for row in (*TABLE, *BEYOND):
        if asked.only in row.__name__:
            print(row(asked.times, asked.draws), flush=True)
        if row is weights_alone:
            print(_memory(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


if __name__ == "__main__":
    main()
