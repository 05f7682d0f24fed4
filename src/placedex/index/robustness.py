"""Robustness: how firmly a ranking stands against other weights, other runs, and omissions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.index.hierarchy import Hierarchy, Node
from placedex.index.refusals import checked_points, checked_weights, refuse_share
from placedex.index.rows import Row, cell, label
from placedex.observations.panel import FloatArray
from placedex.stats.ties import rank_with_ties

STEP = "robustness"


@dataclass(frozen=True, slots=True, eq=False)
class PairRobustness:
    """How far the weights may move before the place of a row no longer leads that of a column.

    Shape:  scores (places,); robustness (places, places), missing where the row does not lead.
            1 is a lead that no weights can reverse, 0.2 one that holds if a fifth of all weight
            goes anywhere.
    """

    scores: FloatArray
    robustness: FloatArray

    def share_at_least(self, level: float) -> float:
        """The share of all comparisons that are at least so robust: their prevalence."""
        led = self.robustness[~np.isnan(self.robustness)]
        return float(np.mean(led >= level)) if led.size else float("nan")

    @property
    def share_dominant(self) -> float:
        """The share of all comparisons that no weights can reverse."""
        return self.share_at_least(1.0)

    def to_rows(self, names: Sequence[str] = ()) -> tuple[Row, ...]:
        """A row for each place and one that it leads."""
        return tuple(
            {
                "place": label(names, int(ahead)),
                "leads": label(names, int(behind)),
                "gap": cell(self.scores[ahead] - self.scores[behind]),
                "robustness": cell(self.robustness[ahead, behind]),
            }
            for ahead, behind in np.argwhere(~np.isnan(self.robustness))
        )


def pair_robustness(points: FloatArray, weights: FloatArray) -> PairRobustness:
    """How robust each comparison of two places is to the weights of a weighted mean.

    A lead of A points, where the other is ahead by at most B on any one indicator, holds for all
    weights within r = A / (A + B) of the way to any others.
    Shape:  points (places, indicators), weights (indicators,).
    Gaps:   a place that lacks an indicator is compared with nobody.
    Errors: BadSpec for weights below nought or all nought.
    Source: Foster, McGillivray and Seth (2013), Econometric Reviews 32, 35, theorem 1.
    """
    values = checked_points(points, step=STEP)
    shares = checked_weights(weights, values.shape[1], step=STEP)
    shares = shares / shares.sum()
    scores = values @ shares
    gaps = scores[:, np.newaxis] - scores[np.newaxis, :]
    against = np.full(gaps.shape, -np.inf)
    for column in values.T:
        np.maximum(against, column[np.newaxis, :] - column[:, np.newaxis], out=against)
    against = np.maximum(against, 0.0)
    leads = gaps > 0
    with np.errstate(invalid="ignore"):
        found = np.where(leads, gaps / np.where(leads, gaps + against, 1.0), np.nan)
    return PairRobustness(scores, found)


@dataclass(frozen=True, slots=True, eq=False)
class RankShift:
    """How ranks move over many runs, against those that are published.

    Shape:  per_run (runs,), the mean shift of all places in each run; the rest (places,). low and
            high are the 5th and 95th percentile (type 7); same is the share of runs with the
            published rank; volatility the standard deviation over runs (divisor n - 1).
    """

    published: FloatArray
    per_run: FloatArray
    mean: FloatArray
    median: FloatArray
    low: FloatArray
    high: FloatArray
    same: FloatArray
    volatility: FloatArray

    @property
    def overall(self) -> float:
        """The mean shift of all places in all runs."""
        known = self.per_run[~np.isnan(self.per_run)]
        return float(known.mean()) if known.size else float("nan")

    def to_rows(self, names: Sequence[str] = ()) -> tuple[Row, ...]:
        """A row for each place."""
        return tuple(
            {
                "place": label(names, place),
                "rank": cell(self.published[place]),
                "mean": cell(self.mean[place]),
                "median": cell(self.median[place]),
                "low": cell(self.low[place]),
                "high": cell(self.high[place]),
                "share_same": cell(self.same[place]),
                "volatility": cell(self.volatility[place]),
            }
            for place in range(len(self.published))
        )


def rank_shift(published: FloatArray, runs: FloatArray, *, coverage: float = 0.9) -> RankShift:
    """How the ranks of places move over runs with other choices.

    Shape:  published (places,), runs (runs, places).
    Gaps:   a run that failed, or that does not rank a place, is left out where it is missing.
    Errors: BadSpec if there is no run, or they do not fit.
    Source: Saisana, Saltelli and Tarantola (2005), JRSS A 168, 307, equation 10.
    """
    refuse_share(coverage, step=STEP, what="coverage")
    fixed, found = np.asarray(published, dtype=np.float64), np.asarray(runs, dtype=np.float64)
    if fixed.ndim != 1 or found.ndim != 2 or found.shape[1] != len(fixed) or not found.size:
        raise BadSpec(
            f"Step {STEP}: there are ranks of the shape {fixed.shape} and runs of {found.shape}. "
            "Wanted a rank for each place, and a row for each run with one for each place."
        )
    there = ~np.isnan(found) & ~np.isnan(fixed)
    ranked, count = there.any(axis=0), there.sum(axis=0)
    kept = np.where(there | ~ranked, np.where(ranked, found, 0.0), np.nan)
    gap = np.where(ranked, 0.0, np.nan)
    shifts = np.where(there, np.abs(found - fixed), 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        per_run = shifts.sum(axis=1) / there.sum(axis=1)
        mean = np.nanmean(kept, axis=0) + gap
        squares = np.where(there, (found - mean) ** 2, 0.0).sum(axis=0)
        volatility = np.sqrt(squares / np.where(count > 1, count - 1, np.nan)) + gap
        same = np.where(there, found == fixed, False).sum(axis=0) / count
    tail = (1 - coverage) / 2
    levels = np.nanquantile(kept, [tail, 0.5, 1 - tail], axis=0, method="linear") + gap
    return RankShift(fixed, per_run, mean, levels[1], levels[0], levels[2], same, volatility)


@dataclass(frozen=True, slots=True, eq=False)
class LeaveOneOut:
    """The index without each of its parts in turn.

    Shape:  scores and ranks (places,) of the whole; scores_without and ranks_without
            (parts, places); shift (parts,), the mean absolute change of rank.
    """

    scores: FloatArray
    ranks: FloatArray
    scores_without: FloatArray
    ranks_without: FloatArray
    shift: FloatArray

    def to_rows(self, names: Sequence[str] = (), parts: Sequence[str] = ()) -> tuple[Row, ...]:
        """A row for each part left out and each place."""
        return tuple(
            {
                "without": label(parts, part),
                "place": label(names, place),
                "score": cell(self.scores[place]),
                "score_without": cell(self.scores_without[part, place]),
                "rank": cell(self.ranks[place]),
                "rank_without": cell(self.ranks_without[part, place]),
                "mean_shift_of_all": cell(self.shift[part]),
            }
            for part in range(len(self.shift))
            for place in range(len(self.scores))
        )


def leave_one_out(points: FloatArray, weights: FloatArray) -> LeaveOneOut:
    """A weighted mean without each indicator in turn, its weight shared by the others.

    In closed form: the sum and the weights less those of the one left out.
    Shape:  points (places, indicators), weights (indicators,).
    Gaps:   the weight of a missing value is shared by the rest, with and without.
    """
    values = checked_points(points, step=STEP)
    given = checked_weights(weights, values.shape[1], step=STEP)
    there = ~np.isnan(values) & (given > 0)
    carried = np.where(there, given, 0.0)
    parts = np.where(there, values, 0.0) * carried
    sums, totals = parts.sum(axis=-1), carried.sum(axis=-1)
    left, shared = sums[:, np.newaxis] - parts, totals[:, np.newaxis] - carried
    nothing = there.sum(axis=-1)[:, np.newaxis] - there == 0
    return _left_out(_ratio(sums, totals), np.where(nothing, np.nan, _ratio(left, shared)).T)


def leave_one_out_of_tree(
    points: FloatArray, hierarchy: Hierarchy, *, codes: Sequence[str] | None = None
) -> LeaveOneOut:
    """An index of nested weighted means without each node in turn, its siblings taking its weight.

    Shape:  points (places, leaves) in the order of `hierarchy.leaves`; `codes` are the nodes to
            leave out, every leaf if none are given.
    Gaps:   the weight of a missing child is shared by its siblings, with and without.
    Errors: BadSpec if a code is the root, or not there.
    """
    tree = _Tree(np.asarray(points, dtype=np.float64), hierarchy)
    wanted = [leaf.code for leaf in hierarchy.leaves] if codes is None else list(codes)
    without = [tree.without(hierarchy[code]) for code in wanted]
    scores = tree.means[hierarchy.root.code]
    return _left_out(scores, np.reshape(without, (len(wanted), len(scores))))


class _Tree:
    """The sums and weights of each component, ready to take one child out."""

    def __init__(self, points: FloatArray, hierarchy: Hierarchy) -> None:
        self.hierarchy = hierarchy
        leaves = zip(hierarchy.leaves, points.T, strict=True)
        self.means = {leaf.code: column for leaf, column in leaves}
        self.sums: dict[str, FloatArray] = {}
        self.totals: dict[str, FloatArray] = {}
        for node in hierarchy.components:
            children = hierarchy.children(node.code)
            self.sums[node.code] = sum((self._part(one) for one in children), np.zeros(len(points)))
            self.totals[node.code] = sum(
                (self._weight(one) for one in children), np.zeros(len(points))
            )
            self.means[node.code] = _ratio(self.sums[node.code], self.totals[node.code])

    def without(self, node: Node) -> FloatArray:
        """The root's mean without a node: only the means above it change."""
        if node.parent is None:
            raise BadSpec(
                f"Step leave one out: '{node.code}' is the index itself. Wanted an indicator or a "
                "component below it."
            )
        now = np.full_like(self.means[node.code], np.nan)
        while node.parent is not None:
            above = self.hierarchy[node.parent]
            there = ~np.isnan(now) & (node.weight > 0)
            added = np.where(there, now, 0.0) * node.weight
            total = self.totals[above.code] - self._weight(node) + there * node.weight
            tiny = 1e-12 * sum(child.weight for child in self.hierarchy.children(above.code))
            total = np.where(total > tiny, total, 0.0)
            now = _ratio(self.sums[above.code] - self._part(node) + added, total)
            node = above
        return now

    def _weight(self, node: Node) -> FloatArray:
        return np.where(np.isnan(self.means[node.code]), 0.0, node.weight)

    def _part(self, node: Node) -> FloatArray:
        return np.asarray(np.nan_to_num(self.means[node.code]) * node.weight)


def _left_out(scores: FloatArray, without: FloatArray) -> LeaveOneOut:
    ranks, ranks_without = rank_with_ties(scores), rank_with_ties(without)
    moved = np.abs(ranks_without - ranks)
    there = ~np.isnan(moved)
    shift = _ratio(np.where(there, moved, 0.0).sum(axis=-1), there.sum(axis=-1).astype(np.float64))
    return LeaveOneOut(scores, ranks, without, ranks_without, shift)


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    return np.asarray(np.where(below > 0, above / np.where(below > 0, below, 1.0), np.nan))
