"""Attainable ranks: the best and the worst that any allowed weights can make of a place."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from placedex.errors import BadSpec
from placedex.index.refusals import (
    checked_points,
    checked_weights,
    refuse_number,
    refuse_rows,
)
from placedex.index.rows import Row, cell, label
from placedex.observations.panel import FloatArray
from placedex.stats.quiet import quiet_output
from placedex.stats.resampling import BoolArray, IntArray

# A rank, how far it could go at most, and weights at which it is reached.
Attained = tuple[float, float, FloatArray]

STEP = "attainable ranks"
TOLERANCE = 1e-5
NODES = 5_000
SURE = 1e-6
MIXTURES = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9)


@dataclass(frozen=True, slots=True, eq=False)
class WeightRegion:
    """The weights that are allowed: between bounds, adding to 1, and within linear constraints.

    Shape:  low and high (criteria,); constraints (rows, criteria), each row's sum with the weights
            lying between `at_least` and `at_most` (rows,).
    """

    low: FloatArray
    high: FloatArray
    constraints: FloatArray | None = None
    at_least: FloatArray | None = None
    at_most: FloatArray | None = None

    @classmethod
    def whole(cls, criteria: int) -> "WeightRegion":
        """All weights of nought or more."""
        return cls(np.zeros(criteria), np.ones(criteria))

    @classmethod
    def around(cls, weights: ArrayLike, *, share: float) -> "WeightRegion":
        """Weights up to a share of themselves above and below those given, none below nought.

        Errors: BadSpec for weights below nought or all nought, or a share below nought.
        """
        given = checked_weights(weights, np.size(weights), step=STEP)
        if not 0 <= share < np.inf:
            raise BadSpec(
                f"Step {STEP}: weights are to vary by {share:g}. Wanted a share of nought or more, "
                "such as 0.25 for a quarter up and down."
            )
        given = given / given.sum()
        return cls(np.maximum(given * (1 - share), 0.0), np.minimum(given * (1 + share), 1.0))


@dataclass(frozen=True, slots=True, eq=False)
class AttainableRanks:
    """The best and the worst rank that allowed weights can give each place.

    `worst` counts rivals that are truly above at one set of weights; `worst_of_ties` counts those
    that are level as well, and can be larger only where rivals draw level with the place. No
    weights go beyond `best_limit` and `worst_limit`; where the search was cut short these may lie
    further out than what was found, else they are the same and the answer is exact.
    Shape:  (places,); best_weights and worst_weights (places, criteria), a set of weights for each.
    """

    best: FloatArray
    worst: FloatArray
    worst_of_ties: FloatArray
    best_limit: FloatArray
    worst_limit: FloatArray
    best_weights: FloatArray
    worst_weights: FloatArray

    @property
    def exact(self) -> BoolArray:
        """The places whose best and worst rank are proven."""
        return np.asarray((self.best == self.best_limit) & (self.worst == self.worst_limit))

    def to_rows(self, names: Sequence[str] = ()) -> tuple[Row, ...]:
        """A row for each place."""
        return tuple(
            {
                "place": label(names, place),
                "best": cell(self.best[place]),
                "worst": cell(self.worst[place]),
                "worst_of_ties": cell(self.worst_of_ties[place]),
                "exact": bool(self.exact[place]),
            }
            for place in range(len(self.best))
        )


@dataclass(frozen=True, slots=True)
class Search:
    """How an attainable rank is looked for.

    `tolerance` is how far a rival must be ahead to be above, as a share of the largest difference
    from the place; `nodes` is after how many branches a search is cut short; `ties` is whether the
    worst rank that counts level rivals is looked for as well, which takes half as long again.
    """

    tolerance: float = TOLERANCE
    nodes: int = NODES

    def __post_init__(self) -> None:
        refuse_number(self.nodes, step=STEP, what="branches")
        if not SURE < self.tolerance < 1:
            raise BadSpec(
                f"Step {STEP}: the tolerance is {self.tolerance:g}. Wanted a share above {SURE:g}, "
                "which is as far as the solver sees, and below 1."
            )

    ties: bool = True


def attainable_ranks(
    points: FloatArray,
    region: WeightRegion | None = None,
    *,
    rows: Sequence[int] | None = None,
    search: Search | None = None,
) -> AttainableRanks:
    """The best and the worst rank of a weighted mean over all allowed weights, exactly.

    By integer programming: a rival is counted by a number that is 0 or 1.
    Shape:  points (places, criteria), higher is better; `rows` are the places asked about, all if
            none are given.
    Gaps:   a place that lacks a criterion has none of these and is nobody's rival.
    Errors: BadSpec if no weights are allowed.
    Source: Salo and Punkka (2011), Management Science 57, 200.
    """
    values = checked_points(points, step=STEP)
    asked = range(len(values)) if rows is None else rows
    refuse_rows(asked, len(values), step=STEP)
    allowed = WeightRegion.whole(values.shape[1]) if region is None else region
    _check(values, allowed)
    chosen = Search() if search is None else search
    ranks, weights = np.full((5, len(values)), np.nan), np.full((2, *values.shape), np.nan)
    known = np.asarray(~np.isnan(values).any(axis=1))
    for row in asked:
        if not known[row]:
            continue
        rivals = known.copy()
        rivals[row] = False
        race = _Race(values[rivals] - values[row], allowed, chosen)
        ranks[0, row], ranks[3, row], weights[0, row] = race.best()
        ranks[1, row], ranks[4, row], weights[1, row] = race.worst(strictly=True)
        if chosen.ties:
            ranks[2, row], _, _ = race.worst(strictly=False)
    return AttainableRanks(*ranks, *weights)


class _Race:
    """One place against its rivals: their leads on each criterion."""

    def __init__(self, leads: FloatArray, region: WeightRegion, search: Search) -> None:
        largest = np.abs(leads).max(initial=0.0)
        # In an order of their own, so that the order of rows changes nothing.
        ordered = leads[np.lexsort(leads.T)] if len(leads) else leads
        self.leads = ordered / largest if largest > 0 else ordered
        self.region, self.search = region, search
        self.most = _largest(self.leads, region)
        self.least = -_largest(-self.leads, region)

    def best(self) -> Attained:
        """1 and the fewest rivals that are above at any one set of weights, and its limit."""
        always = self.least > self.search.tolerance
        undecided = ~always & (self.most > 0)
        weights, fewest = self._solve(undecided, fewest=True, margin=0.0)
        above = self.leads @ weights > self.search.tolerance
        return 1.0 + float(above.sum()), 1.0 + float(always.sum()) + fewest, weights

    def worst(self, *, strictly: bool) -> Attained:
        """1 and the most rivals that are above, or level too, at any one set of weights."""
        margin = self.search.tolerance if strictly else 0.0
        always = self.least >= margin
        undecided = ~always & (self.most >= margin)
        weights, most = self._solve(undecided, fewest=False, margin=margin)
        reached = self.leads @ weights >= margin - self.search.tolerance / 5
        return 1.0 + float(reached.sum()), 1.0 + float(always.sum()) + most, weights

    def strictly(self, level: Attained) -> Attained | None:
        """The worst rank again, at weights where all that are above or level are truly above.

        Nothing if there are no such weights, or if the rank was not proven. It spares an integer
        programme wherever ties make no difference: a rank cannot be worse without them.
        """
        rank, limit, weights = level
        if rank != limit:
            return None
        reached = self.leads[self.leads @ weights >= -self.search.tolerance / 5]
        # One more number: the least lead of any of them, to be made as large as can be.
        ahead = np.hstack([reached, -np.ones((len(reached), 1))])
        none, no_end = np.zeros(len(ahead)), np.full(len(ahead), np.inf)
        found, _ = self._programme((ahead, none, no_end), -1.0, whole=False)
        if found is None or np.any(reached @ found < self.search.tolerance):
            return None
        return rank, limit, found

    def _solve(
        self, undecided: BoolArray, *, fewest: bool, margin: float
    ) -> tuple[FloatArray, float]:
        """The weights at which the fewest, or the most, undecided rivals are ahead; the limit."""
        count, leads = int(undecided.sum()), self.leads[undecided]
        # With x 0 or 1 for each rival: lead <= most * x, or lead >= margin - reach * (1 - x).
        reach = self.most[undecided] if fewest else margin - self.least[undecided]
        coupled = np.hstack([leads, -np.diag(reach)])
        low = np.full(count, -np.inf) if fewest else margin - reach
        high = np.zeros(count) if fewest else np.full(count, np.inf)
        # Of two rivals that cannot both be behind, one counts; of two that cannot both be ahead,
        # one does not. Integer programmes find this out slowly.
        pairs = _opposed(leads if fewest else -leads, self.region, least=SURE - margin)
        never = np.zeros((len(pairs), coupled.shape[1]))
        np.put_along_axis(never, leads.shape[1] + pairs, 1.0, axis=1)
        bound = (1.0, np.inf) if fewest else (-np.inf, 1.0)
        low, high = (
            np.append(old, np.full(len(pairs), new))
            for old, new in zip((low, high), bound, strict=True)
        )
        coupled = np.vstack([coupled, never])
        found, limit = self._programme((coupled, low, high), 1.0 if fewest else -1.0)
        if found is None:
            # Cut short before anything was found: any allowed weights give a rank that is attained.
            none = np.zeros((0, leads.shape[1]))
            found, _ = self._programme((none, np.zeros(0), np.zeros(0)), 0.0)
        if found is None:
            raise BadSpec(
                "Step attainable ranks: no weights keep to every bound and constraint. Wanted some "
                "that add to 1. Loosen the bounds or the constraints."
            )
        if np.isfinite(limit):
            whole = np.ceil(limit - 1e-6) if fewest else np.floor(-limit + 1e-6)
        else:
            whole = 0.0 if fewest else float(count)
        return found, float(whole)

    def _programme(
        self, coupled: tuple[FloatArray, FloatArray, FloatArray], cost: float, *, whole: bool = True
    ) -> tuple[FloatArray | None, float]:
        """The weights that cost least, with a cost for each rival that counts; and the bound."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        criteria = self.leads.shape[1]
        count = coupled[0].shape[1] - criteria
        constraints = [LinearConstraint(*self._allowed(count))]
        if count:
            constraints.append(LinearConstraint(*coupled))
        with quiet_output():
            solved = milp(
                np.repeat([0.0, cost], [criteria, count]),
                integrality=np.repeat([0, int(whole)], [criteria, count]),
                bounds=Bounds(
                    np.concatenate([self.region.low, np.zeros(count)]),
                    np.concatenate([self.region.high, np.ones(count)]),
                ),
                constraints=constraints,
                options={"mip_rel_gap": 0.0, "node_limit": self.search.nodes},
            )
        weights = None if solved.x is None else np.asarray(solved.x[:criteria], dtype=np.float64)
        bound = solved.mip_dual_bound if count and solved.mip_dual_bound is not None else 0.0
        return weights, float(bound)

    def _allowed(self, count: int) -> tuple[FloatArray, FloatArray, FloatArray]:
        """The constraints on weights, with empty columns for the rivals' numbers."""
        rows, low, high = [np.ones((1, self.leads.shape[1]))], [np.ones(1)], [np.ones(1)]
        extra = self.region.constraints
        if extra is not None:
            rows.append(np.asarray(extra, dtype=np.float64))
            low.append(_or(self.region.at_least, len(extra), -np.inf))
            high.append(_or(self.region.at_most, len(extra), np.inf))
        matrix = np.vstack(rows)
        padded = np.hstack([matrix, np.zeros((len(matrix), count))])
        return padded, np.concatenate(low), np.concatenate(high)


def _or(given: FloatArray | None, count: int, otherwise: float) -> FloatArray:
    return np.full(count, otherwise) if given is None else np.asarray(given, dtype=np.float64)


def _largest(leads: FloatArray, region: WeightRegion) -> FloatArray:
    """The largest lead of each rival over weights within the bounds.

    Linear constraints are left aside, which can only make it larger.
    """
    return np.asarray((leads * _weights_at_largest(leads, region)).sum(axis=1))


def _weights_at_largest(leads: FloatArray, region: WeightRegion) -> FloatArray:
    """The weights within the bounds that suit each rival best: its best criteria filled up."""
    room = region.high - region.low
    order = np.argsort(-leads, axis=1, kind="stable")
    rooms = room[order]
    before = np.cumsum(rooms, axis=1) - rooms
    weights = np.empty(leads.shape)
    filled = np.clip(1 - region.low.sum() - before, 0.0, rooms)
    np.put_along_axis(weights, order, filled, axis=1)
    return np.asarray(weights + region.low)


def _opposed(leads: FloatArray, region: WeightRegion, *, least: float) -> IntArray:
    """The pairs of rivals of which one has a lead of more than `least` whatever the weights.

    Proven by a mixture of the two whose lead is never smaller. Shape: (pairs, 2).
    """
    ahead = leads @ _weights_at_largest(-leads, region).T > least
    first, second = np.nonzero(np.triu(ahead & ahead.T, 1))
    proven = np.zeros(len(first), dtype=bool)
    for share in MIXTURES:
        left = np.flatnonzero(~proven)
        mixed = share * leads[first[left]] + (1 - share) * leads[second[left]]
        proven[left] = -_largest(-mixed, region) > least
    return np.column_stack([first[proven], second[proven]])


def _check(values: FloatArray, region: WeightRegion) -> None:
    criteria = values.shape[-1]
    if region.low.shape != (criteria,) or region.high.shape != (criteria,):
        raise BadSpec(
            f"Step attainable ranks: there are {len(region.low)} bounds for {criteria} criteria. "
            "Wanted one lower and one upper bound for each."
        )
    least, most = region.low.sum(), region.high.sum()
    within = np.all((region.low >= 0) & (region.low <= region.high) & (region.high < np.inf))
    if not within or not least <= 1 + 1e-12 or not most >= 1 - 1e-12:
        raise BadSpec(
            f"Step attainable ranks: the lower bounds add to {least:g} and the upper to {most:g}. "
            "Wanted bounds between which weights can add to 1."
        )
