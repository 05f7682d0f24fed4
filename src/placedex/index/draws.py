"""Draws: replicates of an index under drawn figures and methods, each from a stream of its own."""

import itertools
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from placedex.errors import BadSpec
from placedex.index.chain import apply_steps, run_block
from placedex.index.choices import Choices, DropOne, Experts, IncludeEach, NoisyWeights, draw_one
from placedex.index.codes import ARITHMETIC, FINE, NOTHING
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
    `outsiders` are rows of places that get no rank in any replicate and are nobody's rival.
    """

    frame: Frame
    choices: Choices
    compiled: Compiled
    figures: Figures
    chance: Chance
    moves: Moves
    streams: Streams
    scores: FloatArray
    ranks: FloatArray
    outsiders: tuple[int, ...] = ()

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
        run_block(self.figures, block, self.compiled.programs, desk.work)
        for place in self.outsiders:
            take_out(block, place)
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


def take_out(block: Block, place: int) -> None:
    """Take a place out of the ranking of every replicate: those below it move up by one."""
    own = block.ranks[:, place, np.newaxis].copy()
    block.ranks[:] -= (own > 0) & (block.ranks > own)
    block.ranks[:, place], block.scores[:, place] = 0, np.nan


def make_engine(spec: Spec, panel: Panel, choices: Choices, *, seed: int) -> Engine:
    """A spec, a panel and what is left open, as arrays.

    Errors: BadSpec as `build` and for choices that do not fit the spec; NotImplementedError naming
            a step that has no kernel.
    """
    refuse_number(seed, step="uncertainty", what="as a seed", least=0)
    specs = tuple(choices.specs(spec))
    frame = make_frame(spec, panel, shared=shared_steps(specs))
    _check_names(choices, frame)
    compiled = compile_methods(specs, frame)
    chance = chance_of(choices, frame)
    figures = figures_of(choices, frame, chance, gaps_of(choices, frame, compiled))
    if choices.sampling is None and not fills_hang_on_inclusion(choices, compiled):
        compiled, figures = _prepared(compiled, figures)
    scores, ranks = _as_specified(spec, panel, frame)
    return Engine(
        frame,
        choices,
        compiled,
        figures,
        chance,
        _moves(choices, frame),
        Streams(seed),
        scores,
        ranks,
    )


def shared_steps(specs: tuple[Spec, ...]) -> int:
    """How many steps at the head are alike in all specs: a screen may be left open too."""
    verbs = zip(*(spec.steps for spec in specs), strict=False)
    alike = (all(step == steps[0] for step in steps) for steps in verbs)
    return max(1, sum(1 for _ in itertools.takewhile(bool, alike)))


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


def replicates(
    engine: Engine, draws: int, *, blocks: Iterable[int] | None = None
) -> Iterator[Runs]:
    """The runs of replicates 0 up to a number of draws, in blocks: all of them, or those named."""
    for block in range(engine.count_blocks(draws)) if blocks is None else blocks:
        numbers = engine.replicates_in(block, draws)
        yield Runs(engine.numbers(numbers), numbers, NOISE)
