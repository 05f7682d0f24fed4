"""Monte Carlo: how far each rank hangs on choices of method and on errors in the figures."""

import dataclasses
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from placedex.errors import BadSpec
from placedex.index.codes import FINE, NOT_BUILT
from placedex.index.draws import METHOD, NOISE, Engine, Runs, in_order, replicates
from placedex.index.faults import REASONS, reason_apart_from_numbers
from placedex.index.kernels import compiled
from placedex.index.program import Block, FloatArray, IntArray, RankArray
from placedex.index.rank_ranges import whole_ranks
from placedex.index.refusals import refuse_number
from placedex.index.rows import Row, cell
from placedex.index.sampling_and_method import SamplingAndMethod
from placedex.index.sobol import Bootstrap, Outputs, SobolIndices, sobol_indices

OTHER_METHOD, OTHER_NOISE, AGAIN = range(2, 5)
MOST_CELLS = 20_000_000
WATCHED_CELLS = 8_000_000
BOOTSTRAP = Bootstrap()


@compiled
def tally(block: Block, published: FloatArray, counts: RankArray, sums: IntArray) -> None:
    """Add the replicates of a block that did not fail to the counts of ranks.

    `sums` (4, places) holds sums of ranks, draws without a rank and draws in the top; its last row
    the width of a class of ranks, how many places the top is, the sum of shifts and their number.
    """
    width, top = sums[3, 0], sums[3, 1]
    shift = shifted = 0
    for one in range(block.faults.shape[0]):
        if block.faults[one, 0] != FINE:
            continue
        for place in range(published.size):
            rank = block.ranks[one, place]
            if rank == 0:
                sums[1, place] += 1
                continue
            # Dividing takes longer than all the rest, and is for thousands of places alone.
            counts[place, rank - 1 if width == 1 else (rank - 1) // width] += 1
            sums[0, place] += rank
            sums[2, place] += rank <= top
            if not np.isnan(published[place]):
                shift += abs(rank - int(published[place]))
                shifted += 1
    sums[3, 2] += shift
    sums[3, 3] += shifted


@dataclass(frozen=True, slots=True, eq=False)
class Simulation:
    """What ranks places got in many replicates, and how many replicates gave none.

    counts (places, classes) says how often each place had each rank; a class is `width` ranks wide,
    1 unless there are thousands of places. `ranks` are those of the spec with nothing drawn, `top`
    the share of draws in which a place is among the first `top_of`, `unranked` the draws that
    ranked others and not the place. `failed` says how many draws could not be worked out and why.
    All shares and means are of the draws in which the place has a rank.
    """

    places: tuple[str, ...]
    draws: int
    seed: int
    ranks: FloatArray
    counts: RankArray
    width: int
    mean_rank: FloatArray
    top: FloatArray
    top_of: int
    unranked: IntArray
    failed: Mapping[str, int]
    mean_shift: float

    @property
    def failed_draws(self) -> int:
        """How many draws gave no rank to anyone."""
        return sum(self.failed.values())

    def quantile(self, level: float) -> FloatArray:
        """The rank below which a place lies in a share of its draws, by type 7.

        Where a class is wider than one rank, the middle of the class stands for it.
        """
        return quantiles_of_counts(self.counts, level, width=self.width)

    @property
    def median(self) -> FloatArray:
        """The median rank of each place."""
        return self.quantile(0.5)

    def interval(self, coverage: float = 0.9) -> tuple[FloatArray, FloatArray]:
        """The ranks between which each place lies in so much of its draws, with equal tails."""
        tail = (1 - coverage) / 2
        return self.quantile(tail), self.quantile(1 - tail)

    @property
    def words(self) -> str:
        """How many draws there were and how many of them failed."""
        reasons = "; ".join(f"{count:,} because {why}" for why, count in self.failed.items())
        lost = f" {self.failed_draws:,} could not be worked out: {reasons}." if reasons else ""
        some = int((self.unranked > 0).sum())
        lacking = f" {some:,} places have no rank in some draws." if some else ""
        return f"{self.draws:,} draws from the seed {self.seed}.{lost}{lacking}"

    def to_rows(self) -> tuple[Row, ...]:
        """A row for each place; the ends of its interval are whole ranks, at or outside it."""
        low, high = whole_ranks(*self.interval())
        columns: dict[str, NDArray[np.generic]] = {
            "rank": self.ranks,
            "median_rank": self.median,
            "rank_5_percent": low,
            "rank_95_percent": high,
            "mean_rank": self.mean_rank,
            f"share_in_top_{self.top_of}": self.top,
            "draws_without_rank": self.unranked,
        }
        return tuple(
            {"place": code, **{name: cell(column[row]) for name, column in columns.items()}}
            for row, code in enumerate(self.places)
        )


def quantiles_of_counts(counts: RankArray, level: float, *, width: int = 1) -> FloatArray:
    """A quantile (type 7) of ranks that are counted by class; missing where none is counted."""
    found = np.full(len(counts), np.nan)
    for first in range(0, len(counts), 1024):
        reached = np.cumsum(counts[first : first + 1024], axis=1, dtype=np.int64)
        total = reached[:, -1:]
        at = np.maximum(total - 1, 0) * level
        lower = (reached <= np.floor(at)).sum(axis=1)
        upper = (reached <= np.minimum(np.floor(at) + 1, total - 1)).sum(axis=1)
        low, high = (1 + width * one + (width - 1) / 2 for one in (lower, upper))
        between = low + (high - low) * (at - np.floor(at))[:, 0]
        found[first : first + 1024] = np.where(total[:, 0] > 0, between, np.nan)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Tallies:
    """Ranks counted over replicates; the tallies of parts add up to those of the whole.

    Shape:  counts (places, classes) and sums (4, places or more) as `tally` has them; faults says
            how many replicates met each fault. `reasons` gives those that a step refused: what the
            first such met and how many there were, by its words without their numbers.
    """

    counts: RankArray
    sums: IntArray
    faults: IntArray
    reasons: dict[str, tuple[str, int]] = field(default_factory=dict)

    @classmethod
    def empty(cls, engine: Engine, *, top: int) -> "Tallies":
        """Tallies of no replicate; BadSpec if the top is to hold no place."""
        refuse_number(top, step="uncertainty", what="places at the top")
        places = len(engine.frame.places)
        width = -(-places * places // MOST_CELLS)
        counts = np.zeros((places, -(-places // width)), dtype=np.int32)
        sums = np.zeros((4, max(places, 4)), dtype=np.int64)
        sums[3, :2] = width, top
        return cls(counts, sums, np.zeros(1 + max(REASONS), dtype=np.int64))

    def add(self, engine: Engine, block: Block) -> None:
        """Count the replicates of a block."""
        tally(block._replace(words=()), engine.ranks, self.counts, self.sums)
        for words in block.words:
            key = reason_apart_from_numbers(words)
            first, count = self.reasons.get(key, (words, 0))
            self.reasons[key] = first, count + 1
        faults = block.faults[:, 0]
        self.faults[:] += np.bincount(faults[faults != FINE], minlength=len(self.faults))

    def simulation(self, engine: Engine, draws: int) -> Simulation:
        """What the places got in so many draws."""
        places, sums = len(engine.frame.places), self.sums
        failed = {why: int(self.faults[fault]) for fault, why in REASONS.items()}
        failed[REASONS[NOT_BUILT]] -= sum(count for _, count in self.reasons.values())
        failed |= dict(self.reasons.values())
        ranked = draws - sum(failed.values()) - sums[1, :places]
        with np.errstate(invalid="ignore", divide="ignore"):
            mean, share = sums[0, :places] / ranked, sums[2, :places] / ranked
        return Simulation(
            places=engine.frame.places,
            draws=draws,
            seed=engine.streams.seed,
            ranks=engine.ranks,
            counts=self.counts,
            width=int(sums[3, 0]),
            mean_rank=mean,
            top=share,
            top_of=int(sums[3, 1]),
            unranked=sums[1, :places].copy(),
            failed={why: count for why, count in failed.items() if count},
            mean_shift=int(sums[3, 2]) / int(sums[3, 3]) if sums[3, 3] else np.nan,
        )


def simulate(
    engine: Engine, draws: int, *, top: int = 10, threads: int | None = None
) -> Simulation:
    """Ranks of every place in many replicates of an index, in which all that is open is drawn.

    Memory does not grow with the number of draws. The same seed gives the same bytes on any number
    of threads.
    Errors: BadSpec for no draws, or no place at the top.
    Source: Saisana, Saltelli and Tarantola (2005), JRSS A 168, 307.
    """
    tallies = Tallies.empty(engine, top=top)
    for block in in_order(engine, replicates(engine, draws), threads=threads):
        tallies.add(engine, block)
    return tallies.simulation(engine, draws)


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """How much of the spread each choice, and sampling, is to blame for.

    `overall` are Sobol indices of the mean shift in rank, with bootstrap intervals; `by_place` of
    each place's rank, none if there are too many places to keep. `ranks` and `scores` split each
    place's variance between sampling and method (law of total variance); none without sampling.
    """

    groups: tuple[str, ...]
    places: tuple[str, ...]
    overall: SobolIndices
    by_place: SobolIndices | None
    ranks: SamplingAndMethod | None
    scores: SamplingAndMethod | None


@dataclass(slots=True, eq=False)
class Pairs:
    """Sums over pairs of runs that share a method and differ in the draw of the figures.

    Shape:  centre (places,); sums (4, places): pairs, values, squared differences, products.
    """

    centre: FloatArray
    sums: FloatArray

    def add(self, one: FloatArray, other: FloatArray) -> None:
        """Add pairs, (pairs, places) each; a pair that lacks one is left out."""
        first, second = one - self.centre, other - self.centre
        there = ~(np.isnan(first) | np.isnan(second))
        parts = (np.ones_like(first), first + second, (first - second) ** 2, first * second)
        self.sums += np.stack([np.where(there, part, 0.0).sum(axis=0) for part in parts])

    def split(self) -> SamplingAndMethod:
        """The variance within methods, and that between them; they add to that of all values.

        Source: Jansen (1999), CPC 117, 35; Saltelli and others (2010), CPC 181, 259.
        """
        with np.errstate(invalid="ignore", divide="ignore"):
            count = np.where(self.sums[0] > 0, self.sums[0], np.nan)
            mean = self.sums[1] / (2 * count)
            sampling = self.sums[2] / (2 * count)
            method = self.sums[3] / count - mean**2
        return SamplingAndMethod(mean + self.centre, sampling, method)


def shares_of_variance(
    engine: Engine,
    points: int,
    *,
    threads: int | None = None,
    bootstrap: Bootstrap = BOOTSTRAP,
) -> Shares:
    """Sobol indices of each choice and of sampling, from points and as many others for each group.

    A run that fails, at any point of the design, takes that point out of it and is counted.
    Errors: BadSpec if nothing is left open, or fewer than two points can be worked out.
    Source: Saltelli and others (2010), CPC 181, 259; Jansen (1999), CPC 117, 35.
    """
    results = DesignResults.empty(engine, points)
    numbers = [engine.replicates_in(block, points) for block in range(engine.count_blocks(points))]
    design = itertools.chain.from_iterable(design_at(engine, at) for at in numbers)
    done = in_order(engine, design, threads=threads)
    for at in numbers:
        results.add(engine, at, list(itertools.islice(done, results.parts)))
    return results.shares(engine, bootstrap)


@dataclass(slots=True, eq=False)
class DesignResults:
    """What is kept of the runs of a design: those of A, of B, then of A with each group from B.

    Shape:  shifts (parts, points), kept ranks (parts, points, places or none of them).
    """

    shifts: FloatArray
    kept: FloatArray
    ranks: Pairs
    scores: Pairs

    @classmethod
    def empty(cls, engine: Engine, points: int) -> "DesignResults":
        """Results of no run; BadSpec if nothing is left open."""
        if not engine.choices.groups:
            raise BadSpec("Nothing is left open. Wanted a choice, weights, inclusion or sampling.")
        parts, places = len(engine.choices.groups) + 2, len(engine.frame.places)
        watched = places if parts * points * places <= WATCHED_CELLS else 0
        return cls(
            np.full((parts, points), np.nan),
            np.full((parts, points, watched), np.nan),
            Pairs(np.nan_to_num(engine.ranks), np.zeros((4, places))),
            Pairs(np.nan_to_num(engine.scores), np.zeros((4, places))),
        )

    @property
    def parts(self) -> int:
        """How many runs the design has at each point."""
        return len(self.shifts)

    def add(self, engine: Engine, at: IntArray, blocks: list[Block]) -> None:
        """Keep a block of points: a block of runs for each part of the design."""
        ranks = [np.where(block.ranks > 0, block.ranks, np.nan) for block in blocks]
        for part, found in enumerate(ranks):
            self.shifts[part, at] = _mean_shift(found, engine.ranks)
            self.kept[part, at] = found[:, : self.kept.shape[2]]
        if "sampling" in engine.choices.groups:
            drawn_again = 2 + engine.choices.groups.index("sampling")
            self.ranks.add(ranks[0], ranks[drawn_again])
            self.scores.add(blocks[0].scores, blocks[drawn_again].scores)

    def shares(self, engine: Engine, bootstrap: Bootstrap) -> Shares:
        """How much of the spread each group is to blame for."""
        groups = engine.choices.groups
        sampled = "sampling" in groups
        return Shares(
            groups,
            engine.frame.places,
            _indices(self.shifts, engine, bootstrap),
            _indices_of_places(self.kept) if self.kept.shape[2] else None,
            self.ranks.split() if sampled else None,
            self.scores.split() if sampled else None,
        )


def design_at(engine: Engine, at: IntArray) -> Iterator[Runs]:
    """The runs at some points, a block each: A, B, then A with each group from B."""
    one = engine.numbers(at, purpose=METHOD)
    other = engine.numbers(at, purpose=OTHER_METHOD)
    yield Runs(one, at, NOISE)
    yield Runs(other, at, OTHER_NOISE)
    for name, columns in engine.moves.groups.items():
        mixed = one.copy()
        mixed[:, columns] = other[:, columns]
        yield Runs(mixed, at, OTHER_NOISE if name == "sampling" else NOISE)


def _mean_shift(found: FloatArray, published: FloatArray) -> FloatArray:
    shifts = np.abs(found - published)
    count = (~np.isnan(shifts)).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.nansum(shifts, axis=1) / np.where(count > 0, count, np.nan))


def _indices(results: FloatArray, engine: Engine, bootstrap: Bootstrap) -> SobolIndices:
    philox = np.random.Philox(key=engine.streams.key, counter=[0, 0, AGAIN, 0])
    outputs = Outputs(results[0], results[1], results[2:])
    used = results[:, ~np.isnan(results).any(axis=0)]
    if used.size and used.min() == used.max():
        return sobol_indices(outputs)
    return sobol_indices(outputs, bootstrap=bootstrap, rng=np.random.Generator(philox))


def _indices_of_places(results: FloatArray) -> SobolIndices | None:
    """Indices of each place's rank; missing for one that is hardly ever ranked."""
    ranked = (~np.isnan(results).any(axis=0)).sum(axis=0) > 1
    if not ranked.any():
        return None
    used = np.where(ranked, results, 0.0)
    found = sobol_indices(Outputs(used[0], used[1], used[2:]))
    return dataclasses.replace(found, points_used=np.where(ranked, found.points_used, 0))
