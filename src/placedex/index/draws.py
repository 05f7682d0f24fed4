"""Draws: replicates of an index under drawn figures and methods, each from a stream of its own."""

import itertools
import os
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from placedex.errors import BadSpec
from placedex.index.chain import points_of, run_block
from placedex.index.choices import Choices, DropOne, Experts, IncludeEach, NoisyWeights, draw_one
from placedex.index.errors_from_intervals import Identity, Log, Logit
from placedex.index.kernels import ARITHMETIC, FINE, LOG_ODDS, LOGARITHMS, PLAIN
from placedex.index.plan import Compiled, Frame, compile_methods, compile_plan, make_frame
from placedex.index.program import (
    Block,
    Figures,
    FloatArray,
    IntArray,
    Work,
    make_block,
    make_work,
)
from placedex.index.spec import Spec
from placedex.index.streams import uniforms
from placedex.observations import Panel

METHOD, NOISE = range(2)
NOISE_NUMBERS = 1 << 17
POINT_NUMBERS = 1 << 25
MOST_IN_BLOCK = 256
NO_CELLS = np.empty((0, 2), dtype=np.int64)
NO_NOISE = np.empty((0, 0))


@dataclass(frozen=True, slots=True)
class Streams:
    """A stream of chance for each replicate and purpose, all from one seed.

    They are numpy's Philox with a key made of the seed by SeedSequence, and the replicate and the
    purpose as the high words of its counter. So a replicate is the same whoever works it out, in
    whatever order and on however many machines.
    Source: Salmon and others (2011), Parallel random numbers: as easy as 1, 2, 3.
    """

    seed: int

    @property
    def key(self) -> NDArray[np.uint64]:
        """The key of every stream."""
        return np.array(np.random.SeedSequence(self.seed).generate_state(4)).view(np.uint64)

    def numbers(self, replicates: IntArray, purpose: int, *, count: int) -> FloatArray:
        """Numbers from 0 up to 1, a row for each replicate."""
        found = np.empty((len(replicates), count))
        uniforms(self.key, replicates.astype(np.uint64), np.uint64(purpose), found)
        return found

    def fill_normals(self, replicates: IntArray, purpose: int, found: FloatArray) -> None:
        """Fill an array with standard normal numbers, a row for each replicate."""
        if found.shape[1] == 0:
            return
        philox = np.random.Philox(key=self.key)
        generator, state = np.random.Generator(philox), philox.state
        for row, replicate in zip(found, replicates, strict=True):
            state["state"]["counter"][:] = (0, 0, purpose, replicate)
            philox.state = state
            generator.standard_normal(out=row)


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Which numbers stand for the method of each run, and which stream its figures come from.

    Shape:  numbers (runs, columns), replicates and purposes (runs,).
    """

    numbers: FloatArray
    replicates: IntArray
    purpose: int


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """How drawn numbers change weights and which columns of numbers stand for what.

    Shape:  nodes and shares (moving,) of noisy weights; sets (experts, nodes), missing where a set
            names no weight; leaves (leaves,) that may be left out.
    """

    groups: Mapping[str, slice]
    nodes: IntArray
    shares: FloatArray
    sets: FloatArray
    leaves: IntArray

    @property
    def columns(self) -> int:
        """How many numbers stand for the method of one replicate."""
        return max((taken.stop for taken in self.groups.values()), default=0)


class Desk(NamedTuple):
    """Arrays that one thread writes over again and again."""

    work: Work
    noise: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Engine:
    """An index with what is left open of it, as arrays; made once, it works out any replicate.

    `scores` and `ranks` are those of the whole index as its spec has it, with nothing drawn.
    """

    frame: Frame
    choices: Choices
    compiled: Compiled
    figures: Figures
    moves: Moves
    streams: Streams
    scores: FloatArray
    ranks: FloatArray

    @property
    def block(self) -> int:
        """How many replicates are worked out together."""
        cells = max(1, len(self.figures.cells), len(self.frame.places))
        return int(np.clip(NOISE_NUMBERS // cells, 1, MOST_IN_BLOCK))

    def numbers(self, replicates: IntArray, *, purpose: int = METHOD) -> FloatArray:
        """The numbers that stand for the methods of some replicates."""
        return self.streams.numbers(replicates, purpose, count=self.moves.columns)

    def make_desk(self) -> "Desk":
        """Room for one thread to work in."""
        work = make_work(len(self.frame.nodes), len(self.frame.places))
        return Desk(work, np.empty((self.block, len(self.figures.cells))))

    def run(self, runs: Runs, *, desk: "Desk | None" = None) -> Block:
        """Scores and ranks of some runs, at most as many as a block holds."""
        desk = self.make_desk() if desk is None else desk
        methods, weights = self.settle(runs.numbers)
        noise = desk.noise[: len(methods)]
        self.streams.fill_normals(runs.replicates, runs.purpose, noise)
        block = make_block(methods, weights, noise=noise, places=len(self.frame.places))
        run_block(self.figures, block, self.compiled.programs, desk.work)
        return block._replace(noise=NO_NOISE)

    def settle(self, numbers: FloatArray) -> tuple[IntArray, FloatArray]:
        """The method and the weights (missing where a node is left out) for rows of numbers."""
        methods = np.zeros(len(numbers), dtype=np.int64)
        for choice in self.choices.methods:
            count = len(choice.alternatives)
            column = numbers[:, self.moves.groups[choice.name]][:, 0]
            methods = methods * count + draw_one(column, count, choice.shares)
        weights = self.compiled.weights[methods]
        if self.choices.weights is not None:
            self._weigh(weights, numbers[:, self.moves.groups["weights"]])
        if self.choices.inclusion is not None:
            self._leave_out(weights, numbers[:, self.moves.groups["inclusion"]])
        return methods, weights

    def _weigh(self, weights: FloatArray, numbers: FloatArray) -> None:
        given = self.choices.weights
        if isinstance(given, NoisyWeights):
            weights[:, self.moves.nodes] *= 1 + self.moves.shares * (2 * numbers - 1)
        elif isinstance(given, Experts):
            said = self.moves.sets[draw_one(numbers[:, 0], len(given.sets), given.shares)]
            weights[:] = np.where(np.isnan(weights) | np.isnan(said), weights, said)

    def _leave_out(self, weights: FloatArray, numbers: FloatArray) -> None:
        leaves, inclusion = self.moves.leaves, self.choices.inclusion
        if isinstance(inclusion, DropOne):
            dropped = leaves[draw_one(numbers[:, 0], len(leaves))]
            weights[np.arange(len(weights)), dropped] = np.nan
        elif isinstance(inclusion, IncludeEach):
            rows, columns = np.nonzero(numbers >= inclusion.probability)
            weights[rows, leaves[columns]] = np.nan


def make_engine(spec: Spec, panel: Panel, choices: Choices, *, seed: int) -> Engine:
    """A spec, a panel and what is left open, as arrays.

    Errors: BadSpec as `build` and for choices that do not fit the spec; NotImplementedError naming
            a step that has no kernel.
    """
    frame = make_frame(spec, panel)
    _check_names(choices, frame)
    compiled = compile_methods(tuple(choices.specs(spec)), frame)
    figures = _figures(choices, frame)
    if choices.sampling is None:
        compiled, figures = _prepared(compiled, figures)
    scores, ranks = _as_specified(spec, panel, frame)
    return Engine(
        frame, choices, compiled, figures, _moves(choices, frame), Streams(seed), scores, ranks
    )


def _as_specified(spec: Spec, panel: Panel, frame: Frame) -> tuple[FloatArray, FloatArray]:
    """Score and rank of each place on the whole index, with nothing drawn."""
    built = compile_plan(spec, panel).run()
    found = np.full((2, len(frame.places)), np.nan)
    kept = np.isin(frame.places, built.places)
    found[:, kept] = built.scores[:, -1], built.ranks[:, -1]
    return found[0], found[1]


def _moves(choices: Choices, frame: Frame) -> Moves:
    number = {code: at for at, code in enumerate(frame.nodes)}
    noisy, sets, codes = {}, [], frame.leaves
    if isinstance(choices.weights, NoisyWeights):
        noisy = choices.weights.of(frame.hierarchy)
    elif isinstance(choices.weights, Experts):
        sets = [[one.get(code, np.nan) for code in frame.nodes] for one in choices.weights.sets]
    if choices.inclusion is not None and choices.inclusion.codes:
        codes = choices.inclusion.codes
    each = isinstance(choices.inclusion, IncludeEach)
    widths = {"sampling": 0, "inclusion": len(codes) if each else 1}
    if noisy:
        widths["weights"] = len(noisy)
    groups, start = {}, 0
    for name in choices.groups:
        groups[name] = slice(start, start + widths.get(name, 1))
        start = groups[name].stop
    return Moves(
        groups,
        np.array([number[code] for code in noisy], dtype=np.int64),
        np.array(list(noisy.values())),
        np.array(sets, dtype=np.float64).reshape(len(sets), len(frame.nodes)),
        np.array([number[code] for code in codes], dtype=np.int64),
    )


def _check_names(choices: Choices, frame: Frame) -> None:
    named: list[str] = []
    if isinstance(choices.weights, Experts):
        named += [code for one in choices.weights.sets for code in one]
    if isinstance(choices.weights, NoisyWeights):
        named += choices.weights.nodes
    dropped = () if choices.inclusion is None else choices.inclusion.codes
    scales = () if choices.sampling is None else tuple(choices.sampling.scales)
    for known, codes in ((frame.nodes, named), (frame.leaves, (*dropped, *scales))):
        lacking = sorted(set(codes) - set(known))
        if lacking:
            raise BadSpec(
                f"The choices name {', '.join(lacking)}, which the index has not, or has screened "
                f"out. Wanted codes from {', '.join(known)}."
            )


def _figures(choices: Choices, frame: Frame) -> Figures:
    """The figures and their errors, each on the scale on which it is drawn."""
    values, errors = frame.values, frame.errors
    centres, spread = values.copy(), errors.copy()
    scales = np.full(len(values), PLAIN, dtype=np.int64)
    wholes = np.ones(len(values))
    sure = np.isnan(values) | ~(errors > 0)
    for leaf, code in enumerate(frame.leaves):
        scale = Identity() if choices.sampling is None else choices.sampling.scale(code)
        if isinstance(scale, Identity):
            continue
        if not isinstance(scale, (Log, Logit)):
            raise NotImplementedError(
                f"Sampling of '{code}' on the scale '{scale.words}' has no compiled kernel. Wanted "
                "Identity, Log or Logit."
            )
        wholes[leaf] = scale.whole if isinstance(scale, Logit) else 1.0
        scales[leaf] = LOG_ODDS if isinstance(scale, Logit) else LOGARITHMS
        drawn = ~sure[leaf]
        if not scale.defined(values[leaf, drawn]).all():
            raise BadSpec(
                f"The figures of '{code}' are to be drawn on {scale.words}, and one lies where "
                "there are none. Wanted another scale."
            )
        centres[leaf, drawn] = scale.of(values[leaf, drawn])
        spread[leaf, drawn] *= scale.slope(values[leaf, drawn])
    cells = np.argwhere(~sure).astype(np.int64) if choices.sampling is not None else NO_CELLS
    at = (cells[:, 0], cells[:, 1])
    return Figures(values[np.newaxis], cells, centres[at], spread[at], scales, wholes, False)


def _prepared(compiled: Compiled, figures: Figures) -> tuple[Compiled, Figures]:
    """Points of every method worked out once, where figures are not drawn and they fit in memory.

    A method that cannot be worked out with all indicators is left to each replicate.
    """
    values, programs = figures.values[0], compiled.programs
    count = len(programs.codes)
    if count * values.size > POINT_NUMBERS:
        return compiled, figures
    work = make_work(compiled.weights.shape[1], values.shape[1])
    points = np.empty((count, *values.shape))
    for method in range(count):
        if points_of(values, method, programs, work) != FINE:
            return compiled, figures
        points[method] = work.nodes[: len(values)]
    done = programs._replace(applies=np.zeros_like(programs.applies), codes=programs.codes[:, :0])
    multiplies = bool(not np.isnan(points).any() and (programs.means == ARITHMETIC).all())
    return (
        Compiled(done, compiled.weights),
        figures._replace(values=points, multiplies=multiplies),
    )


def in_order(
    engine: Engine, blocks: Iterator[Runs], *, threads: int | None = None
) -> Iterator[Block]:
    """The blocks worked out by some threads (as many as cores if not said), in their order."""
    count = threads or os.cpu_count() or 1
    if count == 1:
        desk = engine.make_desk()
        yield from (engine.run(runs, desk=desk) for runs in blocks)
        return
    waiting: deque[Future[Block]] = deque()
    desks: SimpleQueue[Desk] = SimpleQueue()
    for _ in range(count):
        desks.put(engine.make_desk())

    def run(runs: Runs) -> Block:
        desk = desks.get()
        try:
            return engine.run(runs, desk=desk)
        finally:
            desks.put(desk)

    with ThreadPoolExecutor(count) as pool:
        for runs in itertools.islice(blocks, 2 * count):
            waiting.append(pool.submit(run, runs))
        while waiting:
            yield waiting.popleft().result()
            for runs in itertools.islice(blocks, 1):
                waiting.append(pool.submit(run, runs))


def replicates(engine: Engine, draws: int) -> Iterator[Runs]:
    """The runs of replicates 0 up to a number of draws, in blocks."""
    for first in range(0, draws, engine.block):
        numbers = np.arange(first, min(first + engine.block, draws), dtype=np.int64)
        yield Runs(engine.numbers(numbers), numbers, NOISE)
