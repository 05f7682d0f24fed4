"""Drawn: the ranks, the pairs and the scores that many draws of an index give; loads numba."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from placedex.index.build import Index
from placedex.index.choices import Choices, Sampling
from placedex.index.codes import FINE
from placedex.index.draws import (
    Engine,
    in_order,
    lay_out,
    make_engine,
    replicates,
    shared_steps,
)
from placedex.index.left_open import LeftOpen
from placedex.index.monte_carlo import (
    Shares,
    Simulation,
    Tallies,
    shares_of_variance,
)
from placedex.index.moves import moves_of
from placedex.index.plan import make_frame
from placedex.index.program import Block
from placedex.index.sobol import Bootstrap
from placedex.index.spec import Spec
from placedex.index.survey_error import Carried, Spread, SurveyError, carriers, survey_error
from placedex.index.survey_error import in_order as best_first
from placedex.observations.panel import FloatArray

# Told how many runs are done, and of how many.
Told = Callable[[int, int], None]
OWN_DRAWS, OWN_SETS = 1, 2
BOOTSTRAP = Bootstrap(draws=400)
# A standard error from fewer draws would be off by more than some hundredths of itself.
LEAST_OWN_DRAWS = 1_000


@dataclass(slots=True, eq=False)
class Following:
    """How often each place stands before the one that the spec ranks right after it.

    Shape:  before and after are rows of the pairs; wins and meetings (pairs,).
    """

    before: list[int]
    after: list[int]
    wins: FloatArray
    meetings: FloatArray

    @classmethod
    def of(cls, ranks: FloatArray) -> "Following":
        """The pairs of neighbours in a ranking, nothing drawn yet."""
        order = best_first(-ranks)
        pairs = max(len(order) - 1, 0)
        return cls(order[:-1], order[1:], np.zeros(pairs), np.zeros(pairs))

    def add(self, block: Block) -> None:
        """Count the draws of a block; level ranks are half a win."""
        ranks = block.ranks[block.faults[:, 0] == FINE]
        one, other = ranks[:, self.before], ranks[:, self.after]
        met = (one > 0) & (other > 0)
        self.wins += np.where(met, (one < other) + 0.5 * (one == other), 0.0).sum(axis=0)
        self.meetings += met.sum(axis=0)

    def shares(self, places: int) -> FloatArray:
        """The share of its meetings that each place wins; missing for the last and the unranked."""
        found = np.full(places, np.nan)
        with np.errstate(invalid="ignore", divide="ignore"):
            found[self.before] = self.wins / self.meetings
        return found


def open_for(index: Index, wanted: LeftOpen, *, carries: bool) -> LeftOpen | None:
    """What is open for the places of an index; nothing if nothing is.

    `carries` says whether any figure has an error: without one, sampling is not open.
    """
    narrowed = wanted if carries else wanted.without_sampling()
    if narrowed is None:
        return None
    spec = bare(index.spec)
    singly = (one.within(spec) for way in narrowed.choices.methods for one in way.alternatives)
    specs = (spec, *singly)
    frame = make_frame(spec, index.raw, shared=shared_steps(specs))
    return narrowed.within(index.hierarchy, frame.nodes)


def lay_out_open(index: Index, wanted: LeftOpen, *, carries: bool) -> None:
    """Lay out every method that is open, and run none.

    Errors: NotImplementedError naming a step that cannot be drawn.
    """
    found = open_for(index, wanted, carries=carries)
    if found is not None:
        spec = bare(index.spec)
        specs = tuple(found.choices.specs(spec))
        frame = make_frame(spec, index.raw, shared=shared_steps(specs))
        lay_out(specs, frame, moves_of(found.choices, frame))


@dataclass(slots=True, eq=False)
class Progress:
    """How many runs are done of all that there are to do, and who is told."""

    told: Told | None
    total: int = 0
    done: int = 0

    @classmethod
    def of(cls, left_open: LeftOpen, told: Told | None, *, carries: bool) -> "Progress":
        """No run of all those that `draw_ranks` and `draw_survey_error` make."""
        runs = left_open.draws + left_open.points * (len(left_open.choices.groups) + 2)
        return cls(told, runs + (own_draws(left_open) if carries else 0))

    def add(self, runs: int) -> None:
        """So many more runs are done."""
        self.done += runs
        if self.told is not None:
            self.told(self.done, self.total)


def own_draws(left_open: LeftOpen) -> int:
    """How many draws errors of the figures alone have: as the spec wants, and 1,000 at least."""
    return max(left_open.draws, LEAST_OWN_DRAWS)


def draw_ranks(
    index: Index,
    left_open: LeftOpen,
    *,
    threads: int | None = None,
    progress: Progress | None = None,
) -> tuple[Simulation, Shares, FloatArray]:
    """The simulated ranks, the shares of variance, and how often each place beats the next.

    A place that the spec itself does not rank has no rank in any draw, and is nobody's rival.
    Errors: BadSpec for choices that do not fit; NotImplementedError naming a step that cannot be
            drawn.
    """
    engine = make_engine(bare(index.spec), index.raw, left_open.choices, seed=left_open.seed)
    outsiders = tuple(int(row) for row in np.flatnonzero(np.isnan(engine.ranks)))
    engine = _watched(dataclasses.replace(engine, outsiders=outsiders), progress)
    tallies = Tallies.empty(engine, top=left_open.top)
    following = Following.of(engine.ranks)
    for block in in_order(engine, replicates(engine, left_open.draws), threads=threads):
        tallies.add(engine, block)
        following.add(block)
    simulation = tallies.simulation(engine, left_open.draws)
    shares = shares_of_variance(engine, left_open.points, threads=threads, bootstrap=BOOTSTRAP)
    return simulation, shares, following.shares(len(engine.frame.places))


def draw_survey_error(
    index: Index,
    left_open: LeftOpen,
    *,
    threads: int | None = None,
    progress: Progress | None = None,
) -> SurveyError:
    """The ranks that errors of the figures alone allow, all else as the spec has it.

    It has draws of its own: as many as the spec wants, and 1,000 at least.
    Errors: NotImplementedError naming a step that cannot be drawn.
    """
    given = left_open.choices.sampling
    codes = {leaf.code for leaf in index.hierarchy.leaves}
    scales = {} if given is None else {k: v for k, v in given.scales.items() if k in codes}
    choices = Choices(sampling=Sampling(scales))
    seed = derived_seed(left_open.seed, OWN_DRAWS)
    engine = _watched(make_engine(bare(index.spec), index.raw, choices, seed=seed), progress)
    spread = Spread.about(engine.scores)
    for block in in_order(engine, replicates(engine, own_draws(left_open)), threads=threads):
        spread.add(block.scores)
    return survey_error(
        spread,
        places=engine.frame.places,
        carried=_carried(engine, index),
        rng=np.random.default_rng([left_open.seed, OWN_SETS]),
    )


def _watched(engine: Engine, progress: Progress | None) -> Engine:
    return engine if progress is None else dataclasses.replace(engine, told=progress.add)


def bare(spec: Spec) -> Spec:
    """The spec with what is built alone: no scenarios, and nothing open."""
    return dataclasses.replace(spec, scenarios=(), uncertainty=None)


def derived_seed(seed: int, purpose: int) -> int:
    """A seed of its own for a purpose, the same for the same seed."""
    return int(np.random.SeedSequence([seed, purpose]).generate_state(1)[0])


def _carried(engine: Engine, index: Index) -> Carried:
    """Which indicators of the index carry an error, and which places lack one."""
    used = [leaf.code for leaf in index.hierarchy.leaves]
    panel = engine.frame.state.panel.select(used)
    return carriers(panel.values, panel.errors, used)
