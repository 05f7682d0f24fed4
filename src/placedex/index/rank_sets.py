"""Rank sets: the ranks that a place may truly have, given the errors of all estimates."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from placedex.errors import BadSpec
from placedex.index.estimates import (
    among,
    checked_estimates,
    difference_errors,
    known_in_order,
    own_errors,
)
from placedex.index.refusals import refuse_number, refuse_rows, refuse_share
from placedex.index.rows import Row, cell, label
from placedex.observations.panel import FloatArray
from placedex.stats.intervals import Correction, joint_level, normal_quantile
from placedex.stats.resampling import (
    BoolArray,
    IntArray,
    draws_that_decide,
    normal_draws,
    quantile_and_bounds,
)
from placedex.stats.ties import rank_with_ties

MANY_PLACES = 200
STEP = "rank sets"
AT_ONCE, MANY_PAIRS = 512, 2_000


class Side(Enum):
    """Which bounds a confidence set gives: the best rank, the worst, or both."""

    BOTH = "both"
    BEST = "best"
    WORST = "worst"


@dataclass(frozen=True, slots=True)
class BootstrapSets:
    """Confidence sets for ranks by pairwise tests, with critical values from simulated errors.

    `simultaneous` sets hold for all places together, others for one place at a time. `stepwise`
    tests again what was not rejected. A bound is on the boundary if it would be another for a
    critical value within `width` standard errors of simulation.
    """

    coverage: float = 0.95
    side: Side = Side.BOTH
    simultaneous: bool = True
    stepwise: bool = True
    highest_first: bool = True
    draws: int = 20_000
    width: float = 3.0

    def __post_init__(self) -> None:
        refuse_share(self.coverage, step=STEP, what="coverage")
        refuse_number(self.draws, step=STEP, what="draws")
        if not 0 <= self.width < np.inf:
            raise BadSpec(f"Step {STEP}: the width is {self.width:g}. Wanted nought or more.")

    @property
    def words(self) -> str:
        """The method in a sentence."""
        together = "all places together" if self.simultaneous else "each place by itself"
        return (
            f"The range of ranks that each place may truly have, with {self.coverage:.0%} "
            f"confidence for {together} (Mogstad, Romano, Shaikh and Wilhelm 2024; "
            f"{self.draws:,} simulated sets of errors). A bound that more simulation could move "
            "by one is marked as boundary."
        )


@dataclass(frozen=True, slots=True)
class JointIntervals:
    """Joint sets for ranks from intervals that all hold together; nothing is simulated."""

    coverage: float = 0.95
    correction: Correction = Correction.SIDAK
    highest_first: bool = True

    def __post_init__(self) -> None:
        refuse_share(self.coverage, step=STEP, what="coverage")
        if self.correction is Correction.HOLM:
            raise BadSpec(
                f"Step {STEP}: Holm's correction is of tests, one after another, and not of "
                "intervals. Wanted Sidak's or Bonferroni's."
            )

    @property
    def words(self) -> str:
        """The method in a sentence."""
        return (
            "The range of ranks that each place may truly have, where every place's interval "
            f"holds together with {self.coverage:.0%} confidence (Klein, Wright and Wieczorek "
            f"2020; {self.correction.value})."
        )


@dataclass(frozen=True, slots=True, eq=False)
class RankSets:
    """For each place its rank and the best and the worst rank that it may truly have.

    `best_gap` and `worst_gap` are the distances of the nearest test from its critical value, in
    standard errors of a difference; `best_boundary` and `worst_boundary` say where simulation may
    have fallen to either side. `critical` is the last critical value for each place, and
    `critical_error` the standard error that simulation leaves in it. A place without an estimate
    or an error has none of these and is nobody's rival.
    """

    ranks: FloatArray
    best: FloatArray
    worst: FloatArray
    best_gap: FloatArray
    worst_gap: FloatArray
    best_boundary: BoolArray
    worst_boundary: BoolArray
    critical: FloatArray
    critical_error: FloatArray
    words: str

    def may_be_among(self, top: int) -> BoolArray:
        """The places that cannot be ruled out of the best few.

        Errors: BadSpec for fewer than one, or more than there are places.
        """
        refuse_number(top, step=STEP, what="best places", most=len(self.best))
        return np.asarray(self.best <= top)

    def may_be_among_last(self, bottom: int) -> BoolArray:
        """The places that cannot be ruled out of the last few."""
        refuse_number(bottom, step=STEP, what="last places", most=len(self.best))
        return np.asarray(self.worst >= np.sum(~np.isnan(self.best)) - bottom + 1)

    def to_rows(self, names: Sequence[str] = ()) -> tuple[Row, ...]:
        """A row for each place."""
        return tuple(
            {
                "place": label(names, number),
                "rank": _whole(self.ranks[number]),
                "best": _whole(self.best[number]),
                "worst": _whole(self.worst[number]),
                "best_boundary": bool(self.best_boundary[number]),
                "worst_boundary": bool(self.worst_boundary[number]),
                "best_gap": cell(self.best_gap[number]),
                "worst_gap": cell(self.worst_gap[number]),
            }
            for number in range(len(self.ranks))
        )


def usual_sets(places: int) -> BootstrapSets | JointIntervals:
    """The method for a number of places: without simulation above 200."""
    return JointIntervals() if places > MANY_PLACES else BootstrapSets()


def rank_sets(
    estimates: FloatArray,
    errors: FloatArray,
    *,
    rng: np.random.Generator,
    method: BootstrapSets | None = None,
    rows: Sequence[int] | None = None,
) -> RankSets:
    """Confidence sets for the ranks of places, from estimates and their errors.

    Shape:  estimates (places,); errors (places,) standard errors, or covariances (places, places);
            `rows` are the places that the sets must hold for, all if none are given.
    Gaps:   a place without an estimate or an error is left out: it has no set and is no rival.
    Errors: BadSpec as in `checked_estimates`, or for a row that is not there.
    Source: Mogstad, Romano, Shaikh and Wilhelm (2024), Review of Economic Studies 91, 476.
    """
    chosen = BootstrapSets() if method is None else method
    values, spread = checked_estimates(estimates, errors, step=STEP)
    asked = range(len(values)) if rows is None else rows
    refuse_rows(asked, len(values), step=STEP)
    order = known_in_order(values, spread)
    signed = values[order] * (1 if chosen.highest_first else -1)
    game = _Tests(signed, among(spread, order), chosen, rng)
    wanted = np.isin(order, np.asarray(asked))
    found = game.sets(np.flatnonzero(wanted))
    return _result(values, order, chosen, found)


def joint_interval_sets(
    estimates: FloatArray, errors: FloatArray, *, method: JointIntervals | None = None
) -> RankSets:
    """Joint sets for the ranks of places, from intervals that all hold together.

    Shape:  estimates and standard errors (places,).
    Gaps:   a place without an estimate or an error is left out: it has no set and is no rival.
    Errors: BadSpec as in `checked_estimates`.
    Source: Klein, Wright and Wieczorek (2020), JRSS C 69, 589, theorem 1.
    """
    chosen = JointIntervals() if method is None else method
    values, spread = checked_estimates(estimates, errors, step=STEP)
    spread = own_errors(spread)
    order = np.flatnonzero(~np.isnan(values) & ~np.isnan(spread))
    count = len(order)
    level = joint_level(chosen.coverage, max(count, 1), chosen.correction)
    multiple = float(normal_quantile(level))
    signed = values[order] * (1 if chosen.highest_first else -1)
    low, high = signed - multiple * spread[order], signed + multiple * spread[order]
    above = low[:, np.newaxis] >= high[np.newaxis, :]
    np.fill_diagonal(above, val=False)
    none = np.full(count, np.nan)
    found = _Found(
        best=1.0 + above.sum(0),
        worst=count - above.sum(1).astype(np.float64),
        best_gap=none,
        worst_gap=none,
        best_boundary=np.zeros(count, dtype=bool),
        worst_boundary=np.zeros(count, dtype=bool),
        critical=np.full(count, multiple),
        critical_error=np.zeros(count),
    )
    return _result(values, order, chosen, found)


@dataclass(slots=True, eq=False)
class _Found:
    """Bounds and what is known of them, for the places that are compared, in their order."""

    best: FloatArray
    worst: FloatArray
    best_gap: FloatArray
    worst_gap: FloatArray
    best_boundary: BoolArray
    worst_boundary: BoolArray
    critical: FloatArray
    critical_error: FloatArray


def _nothing_found(count: int) -> _Found:
    best, worst, best_gap, worst_gap, critical, error = np.full((6, count), np.nan)
    best_boundary, worst_boundary = np.zeros((2, count), dtype=bool)
    return _Found(best, worst, best_gap, worst_gap, best_boundary, worst_boundary, critical, error)


class _Tests:
    """The pairwise tests of a set of places on one set of simulated errors."""

    def __init__(
        self,
        values: FloatArray,
        spread: FloatArray,
        method: BootstrapSets,
        rng: np.random.Generator,
    ) -> None:
        self.method, self.count = method, len(values)
        self.errors = difference_errors(spread)
        differences = values[:, np.newaxis] - values[np.newaxis, :]
        with np.errstate(divide="ignore", invalid="ignore"):
            statistics = differences / self.errors
        certain = np.where(differences == 0, 0.0, np.copysign(np.inf, differences))
        self.statistics = np.where(self.errors > 0, statistics, certain)
        self.draws = normal_draws(spread, rng, draws=method.draws)
        self._known: dict[bytes, tuple[FloatArray, FloatArray]] = {}

    def sets(self, wanted: IntArray) -> _Found:
        """The bounds of the wanted places: one family of tests, or one for each place."""
        found = _nothing_found(self.count)
        families = (
            [wanted] if self.method.simultaneous else [wanted[[k]] for k in range(len(wanted))]
        )
        for family in families:
            if len(family):
                self._settle(family, found)
        return found

    def _settle(self, family: IntArray, found: _Found) -> None:
        self._known.clear()
        tested = np.zeros((self.count, self.count), dtype=bool)
        if self.method.side is not Side.WORST:
            tested[:, family] = True
        if self.method.side is not Side.BEST:
            tested[family, :] = True
        np.fill_diagonal(tested, val=False)
        rejected, at, last = self._step_down(tested, 0)
        few, _, _ = self._step_down(tested, 1)
        many, _, _ = self._step_down(tested, 2)
        gaps = np.where(tested, np.abs(self.statistics - at), np.inf)
        found.critical[family] = last[0]
        if self.method.width > 0:
            found.critical_error[family] = (last[2] - last[1]) / (2 * self.method.width)
        found.best[family], found.worst[family] = 1.0, self.count
        if self.method.side is not Side.WORST:
            found.best[family] = 1.0 + rejected.sum(0)[family]
            found.best_gap[family] = gaps.min(0, initial=np.inf)[family]
            found.best_boundary[family] = (few.sum(0) != many.sum(0))[family]
        if self.method.side is not Side.BEST:
            found.worst[family] = self.count - rejected.sum(1)[family]
            found.worst_gap[family] = gaps.min(1, initial=np.inf)[family]
            found.worst_boundary[family] = (few.sum(1) != many.sum(1))[family]

    def _step_down(self, tested: BoolArray, bound: int) -> tuple[BoolArray, FloatArray, FloatArray]:
        """What is rejected, the critical value that decided each pair, and the last of them."""
        remaining, at, last = tested.copy(), np.full(tested.shape, np.nan), np.full(3, np.nan)
        at_most = None
        while remaining.any():
            last, at_most = self._critical(remaining, at_most)
            at[remaining] = last[bound]
            passed = remaining & (self.statistics > last[bound])
            remaining &= ~passed
            if not self.method.stepwise or not passed.any():
                break
        return tested & ~remaining, at, last

    def _critical(
        self, pairs: BoolArray, at_most: FloatArray | None
    ) -> tuple[FloatArray, FloatArray]:
        """The critical value for a set of pairs, one surely below it and one surely above.

        And the sample behind them, for the sets within this one: `at_most` is that of one around.
        """
        key = np.packbits(pairs).tobytes()
        if key not in self._known:
            uncertain = pairs & (self.errors > 0)
            sample = self._largest(uncertain, at_most) if uncertain.any() else np.zeros(1)
            found = quantile_and_bounds(sample, self.method.coverage, width=self.method.width)
            self._known[key] = (found, sample)
        return self._known[key]

    def _largest(self, pairs: BoolArray, at_most: FloatArray | None) -> FloatArray:
        """For each draw, the largest difference of any pair in units of its standard error.

        No draw is above `at_most`, so that those that cannot be among the largest, on which the
        critical value hangs, are left at it.
        """
        from placedex.index.rank_kernels import largest_differences

        either = np.array_equal(pairs, pairs.T)
        numbers = np.argwhere(np.triu(pairs) if either else pairs)
        scales = self.errors[numbers[:, 0], numbers[:, 1]]
        if at_most is None or len(numbers) < MANY_PAIRS:
            return largest_differences(self.draws, numbers, scales, either)
        wanted = draws_that_decide(
            self.method.coverage, draws=self.method.draws, width=self.method.width
        )
        order, found = np.argsort(-at_most, kind="stable"), at_most.copy()
        for start in range(0, len(order), AT_ONCE):
            some, rest = order[start : start + AT_ONCE], order[start + AT_ONCE :]
            drawn = np.ascontiguousarray(self.draws[:, some])
            found[some] = largest_differences(drawn, numbers, scales, either)
            done = found[order[: start + AT_ONCE]]
            if rest.size and np.sum(done >= at_most[rest[0]]) >= wanted:
                break
        return found


def _result(
    values: FloatArray,
    order: IntArray,
    method: BootstrapSets | JointIntervals,
    found: _Found,
) -> RankSets:
    def whole(part: FloatArray) -> FloatArray:
        full = np.full(len(values), np.nan)
        full[order] = part
        return full

    def flags(part: BoolArray) -> BoolArray:
        full = np.zeros(len(values), dtype=bool)
        full[order] = part
        return full

    signed = whole(values[order] * (1 if method.highest_first else -1))
    return RankSets(
        ranks=rank_with_ties(signed),
        best=whole(found.best),
        worst=whole(found.worst),
        best_gap=whole(found.best_gap),
        worst_gap=whole(found.worst_gap),
        best_boundary=flags(found.best_boundary),
        worst_boundary=flags(found.worst_boundary),
        critical=whole(found.critical),
        critical_error=whole(found.critical_error),
        words=method.words,
    )


def _whole(value: float) -> int | None:
    return None if np.isnan(value) else int(value)
