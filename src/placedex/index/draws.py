"""Draws: replicates of an index under drawn figures and methods, each from a stream of its own."""

import contextlib
import itertools
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from placedex.index.build import build
from placedex.index.chain import apply_steps
from placedex.index.chained import chain_of
from placedex.index.choices import Choices
from placedex.index.codes import ARITHMETIC, FINE, NOTHING
from placedex.index.endless_draws import refuse_endless
from placedex.index.moves import Moves, moves_of
from placedex.index.plan import Compiled, Frame, compile_methods, compile_plan, make_frame
from placedex.index.program import (
    Block,
    Chance,
    Figures,
    FloatArray,
    IntArray,
    Work,
    make_block,
    make_work,
)
from placedex.index.refusals import refuse_number
from placedex.index.sampled import chance_of, figures_of, fills_hang_on_inclusion, gaps_of
from placedex.index.spec import Spec
from placedex.index.streams import uniforms
from placedex.observations import Panel

METHOD, NOISE = range(2)
NOISE_NUMBERS = 1 << 17
POINT_NUMBERS = 1 << 25
MOST_IN_BLOCK = 256
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


class Workings(Protocol):
    """How replicates are worked out: by kernels, or by the steps as `build` does them."""

    @property
    def weights(self) -> FloatArray:
        """The weights of each method's nodes; missing where a node was dropped."""
        ...

    def work_out(self, figures: Figures, block: Block, *, numbers: FloatArray, work: Work) -> Block:
        """The block with scores and ranks; `numbers` are those that stand for its methods."""
        ...


class Desk(NamedTuple):
    """Arrays that one thread writes over again and again."""

    work: Work
    noise: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Engine:
    """An index with what is left open of it; made once, it works out any replicate.

    `workings` are its methods, as kernels or as steps; all else is the same for both.

    `scores` and `ranks` are those of the whole index as its spec has it, with nothing drawn.
    `outsiders` are rows of places that get no rank in any replicate and are nobody's rival. `told`
    is told, after each block, how many runs it had.
    """

    frame: Frame
    choices: Choices
    workings: Workings
    figures: Figures
    chance: Chance
    moves: Moves
    streams: Streams
    scores: FloatArray
    ranks: FloatArray
    outsiders: tuple[int, ...] = ()
    told: Callable[[int], None] | None = None

    @property
    def block(self) -> int:
        """How many replicates are worked out together."""
        cells = max(1, self.noise_numbers, len(self.frame.places))
        return int(np.clip(NOISE_NUMBERS // cells, 1, MOST_IN_BLOCK))

    @property
    def noise_numbers(self) -> int:
        """How many numbers move figures of one replicate: those uncertain, then those filled."""
        return len(self.figures.cells) + len(self.figures.gaps)

    def count_blocks(self, draws: int) -> int:
        """How many blocks some draws make; BadSpec for no draws."""
        refuse_number(draws, step="uncertainty", what="draws")
        return -(-draws // self.block)

    def replicates_in(self, block: int, draws: int) -> IntArray:
        """The numbers of the replicates of a block; the last block may have fewer than others."""
        return np.arange(block * self.block, min((block + 1) * self.block, draws), dtype=np.int64)

    def numbers(self, replicates: IntArray, *, purpose: int = METHOD) -> FloatArray:
        """The numbers that stand for the methods of some replicates."""
        return self.streams.numbers(replicates, purpose, count=self.moves.columns)

    def make_desk(self) -> "Desk":
        """Room for one thread to work in."""
        leaves, places = len(self.frame.leaves), len(self.frame.places)
        noise = np.zeros((leaves, places)) if len(self.figures.gaps) else np.empty((0, 0))
        work = make_work(len(self.frame.nodes), places, chance=self.chance._replace(noise=noise))
        return Desk(work, np.empty((self.block, self.noise_numbers)))

    def run(self, runs: Runs, *, desk: "Desk | None" = None) -> Block:
        """Scores and ranks of some runs, at most as many as a block holds."""
        desk = self.make_desk() if desk is None else desk
        methods, weights = self.settle(runs.numbers)
        noise = desk.noise[: len(methods)]
        self.streams.fill_normals(runs.replicates, runs.purpose, noise)
        block = make_block(methods, weights, noise=noise, places=len(self.frame.places))
        block = self.workings.work_out(self.figures, block, numbers=runs.numbers, work=desk.work)
        for place in self.outsiders:
            take_out(block, place)
        return block._replace(noise=NO_NOISE)

    def heard(self, block: Block) -> Block:
        """The block itself, once whoever wants to know is told of its runs."""
        if self.told is not None:
            self.told(len(block.methods))
        return block

    def settle(self, numbers: FloatArray) -> tuple[IntArray, FloatArray]:
        """The method and the weights (missing where a node is left out) for rows of numbers."""
        methods = self.moves.methods(numbers)
        weights = self.workings.weights[methods]
        self.moves.weigh(weights, numbers)
        self.moves.leave_out(weights, numbers)
        return methods, weights


def take_out(block: Block, place: int) -> None:
    """Take a place out of the ranking of every replicate: those below it move up by one."""
    own = block.ranks[:, place, np.newaxis].copy()
    block.ranks[:] -= (own > 0) & (block.ranks > own)
    block.ranks[:, place], block.scores[:, place] = 0, np.nan


def make_engine(
    spec: Spec, panel: Panel, choices: Choices, *, seed: int, kernels: bool = True
) -> Engine:
    """A spec, a panel and what is left open, ready to work out any replicate.

    Where each step of every method has a kernel it is by kernels; else, or without `kernels`, by
    the steps as `build` does them, from the same streams and to the same answer.
    Errors: BadSpec as `build` and for choices that do not fit the spec; NotImplementedError for a
            scale on which a figure cannot be drawn, a step before `scale`, or one that would
            take too long.
    """
    refuse_number(seed, step="uncertainty", what="as a seed", least=0)
    specs = tuple(choices.specs(spec))
    frame = make_frame(spec, panel, shared=shared_steps(specs))
    moves, chance = moves_of(choices, frame), chance_of(choices, frame)
    figures = figures_of(choices, frame, chance, gaps_of(choices, frame, specs))
    workings = lay_out(specs, frame, moves, kernels=kernels)
    if isinstance(workings, Compiled) and _is_fixed(choices, workings):
        workings, figures = _prepared(workings, figures)
    scores, ranks = _as_specified(spec, panel, frame, workings)
    return Engine(frame, choices, workings, figures, chance, moves, Streams(seed), scores, ranks)


def _is_fixed(choices: Choices, compiled: Compiled) -> bool:
    """Whether the points of a method are the same in each replicate."""
    return choices.sampling is None and not fills_hang_on_inclusion(choices, compiled)


def lay_out(
    specs: tuple[Spec, ...], frame: Frame, moves: Moves, *, kernels: bool = True
) -> Workings:
    """The methods of an index as kernels, or as steps if one of them has none; none is run.

    Errors: NotImplementedError naming a step that would take too long.
    """
    if kernels:
        with contextlib.suppress(NotImplementedError):
            return compile_methods(specs, frame)
    for spec in specs:
        refuse_endless(spec, len(frame.places))
    return chain_of(specs, frame, moves)


def shared_steps(specs: tuple[Spec, ...]) -> int:
    """How many steps at the head are alike in all specs: a screen may be left open too."""
    verbs = zip(*(spec.steps for spec in specs), strict=False)
    alike = (all(step == steps[0] for step in steps) for steps in verbs)
    return max(1, sum(1 for _ in itertools.takewhile(bool, alike)))


def _as_specified(
    spec: Spec, panel: Panel, frame: Frame, workings: Workings
) -> tuple[FloatArray, FloatArray]:
    """Score and rank of each place on the whole index, with nothing drawn."""
    found = np.full((2, len(frame.places)), np.nan)
    if isinstance(workings, Compiled):
        # As the replicates are worked out, to the last digit: a tie is a tie in both.
        ours = compile_plan(spec, panel).run()
        kept = np.isin(frame.places, ours.places)
        found[:, kept] = ours.scores[:, -1], ours.ranks[:, -1]
        return found[0], found[1]
    built, root = build(spec, panel), frame.nodes[-1]
    kept = np.isin(frame.places, [place.code for place in built.scores.places])
    found[:, kept] = built.scores.of(root), built.ranks.of(root)
    return found[0], found[1]


def _prepared(compiled: Compiled, figures: Figures) -> tuple[Compiled, Figures]:
    """Points of every method worked out once, where figures are not drawn and they fit in memory.

    A method that cannot be worked out with all indicators is left to each replicate.
    """
    values, programs = figures.values[0], compiled.programs
    count = len(programs.codes)
    if count * values.size > POINT_NUMBERS:
        return compiled, figures
    work = make_work(compiled.weights.shape[1], values.shape[1])
    points = np.zeros((count, *values.shape))
    for method, weights in enumerate(compiled.weights):
        work.nodes[: len(values)] = values
        run = (method, 0, programs.codes.shape[1])
        if apply_steps(run, programs, weights, work)[0] != FINE:
            return compiled, figures
        there = np.flatnonzero(~np.isnan(weights[: len(values)]))
        points[method, there] = work.nodes[there]
    done = programs._replace(applies=np.zeros_like(programs.applies), codes=programs.codes[:, :0])
    plain = (programs.means == ARITHMETIC).all() and (programs.anew == NOTHING).all()
    multiplies = bool(not np.isnan(points).any() and plain)
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
        yield from (engine.heard(engine.run(runs, desk=desk)) for runs in blocks)
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
            yield engine.heard(waiting.popleft().result())
            for runs in itertools.islice(blocks, 1):
                waiting.append(pool.submit(run, runs))


def replicates(
    engine: Engine, draws: int, *, blocks: Iterable[int] | None = None
) -> Iterator[Runs]:
    """The runs of replicates 0 up to a number of draws, in blocks: all of them, or those named."""
    for block in range(engine.count_blocks(draws)) if blocks is None else blocks:
        numbers = engine.replicates_in(block, draws)
        yield Runs(engine.numbers(numbers), numbers, NOISE)
