"""Kemeny-Young: the order of places that most support, pair by pair, speaks for."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from placedex.errors import BadSpec
from placedex.index.kemeny_programme import Programme
from placedex.index.means import Placed
from placedex.index.outranking import TOLERANCE, outranking
from placedex.observations.panel import FloatArray

IntArray = NDArray[np.int64]
Order = tuple[int, ...]
# Up to so many places every subset is looked at; above, an integer programme is solved.
EVERY_SUBSET = 14
LARGEST = 60
MOST_ORDERS = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Consensus:
    """The best orders of places: rows, best first, and how sure each place of its position is.

    `best` and `worst` are the first and last position (1 for the top) that a place has in any
    order with the highest score. `orders` holds them all if `all_orders`, in the order of their
    rows; else one or some of them.
    """

    score: float
    orders: tuple[Order, ...]
    all_orders: bool
    best: IntArray
    worst: IntArray

    @property
    def order(self) -> Order:
        """One of the best orders: the only one if there is no tie."""
        return self.orders[0]

    @property
    def tied(self) -> bool:
        """Whether another order has the same score."""
        return bool(np.any(self.best != self.worst))


def kemeny(support: FloatArray, *, largest: int = LARGEST) -> Consensus:
    """The orders of places with the highest score: the support for each place over all below it.

    Places fall into groups of which each beats the next on every pair, and no best order mixes
    two; each group is solved by itself, exactly: over all subsets up to 14 places, and above by an
    integer programme.
    Shape:  (places, places) in: support for the row's place over the column's, such as
            `outranking` or `support_from_ballots` gives.
    Gaps:   a missing entry is even.
    Errors: BadSpec if a group has more than `largest` places: it would take too long; for no square
            of numbers.
    Source: Kemeny (1959), Daedalus 88; Young and Levenglick (1978), SIAM Journal on Applied
            Mathematics 35; groups: Truchon (1998), an extension of the Condorcet criterion.
    """
    if support.ndim != 2 or support.shape[0] != support.shape[1] or not support.size:
        raise BadSpec(
            f"the support has the shape {support.shape}. Wanted a square with a row and a column "
            "for each place."
        )
    if np.isinf(support).any():
        raise BadSpec("the support for a place is infinite. Wanted numbers. Look at the weights.")
    even = np.where(np.isnan(support), 0.5 * (1 - np.eye(support.shape[0])), support)
    groups, parts = _groups(even), []
    for group in groups:
        if len(group) > largest:
            raise BadSpec(
                f"{len(group)} places beat each other in circles. Wanted at most {largest} for an "
                "exact Kemeny order. Compare fewer places, or use the Copeland score."
            )
        inner = even[np.ix_(group, group)]
        solve = best_over_subsets if len(group) <= EVERY_SUBSET else best_by_programme
        parts.append(solve(inner))
    return _joined(even, groups, parts)


def order_score(support: FloatArray, order: Order) -> float:
    """The support for each place over every place that an order sets below it."""
    rows = np.array(order, dtype=np.int64)
    return float(np.triu(support[np.ix_(rows, rows)], 1).sum())


def best_over_subsets(support: FloatArray) -> Consensus:
    """The best orders of a few places, from the best order of each of their subsets.

    Shape:  (places, places) in, with at most 20 places: time and memory double with each.
    Source: Held and Karp (1962), as used for Kemeny by Betzler et al. (2009).
    """
    count = support.shape[0]
    margin = TOLERANCE * max(1.0, float(np.abs(support).max())) * count**2
    gains = _gains(support)
    before, after = _best_before(gains), _best_after(gains)
    total = float(before[-1])
    sizes = np.bitwise_count(np.arange(1 << count))
    best, worst = np.full(count, count), np.ones(count, dtype=np.int64)
    follows = []
    for place in range(count):
        masks = np.flatnonzero((np.arange(1 << count) >> place) & 1 == 0)
        there = before[masks] + gains[masks, place] + after[masks | (1 << place)]
        masks = masks[there >= total - margin]
        positions = sizes[masks] + 1
        best[place], worst[place] = positions.min(), positions.max()
        follows.append(frozenset(masks.tolist()))
    found = tuple(itertools.islice(_walk(follows, (), 0), MOST_ORDERS + 1))
    whole = len(found) <= MOST_ORDERS
    return Consensus(total, found[:MOST_ORDERS], whole, best, worst)


def _gains(support: FloatArray) -> FloatArray:
    """For each subset and place: the support of the subset's members over the place."""
    count = support.shape[0]
    gains = np.zeros((1 << count, count))
    for place in range(count):
        half = 1 << place
        gains[half : 2 * half] = gains[:half] + support[place]
    return gains


def _by_size(count: int) -> Iterator[IntArray]:
    """The subsets of so many places, as bit masks, by size from one upwards."""
    masks = np.arange(1 << count)
    sizes = np.bitwise_count(masks)
    for size in range(1, count + 1):
        yield masks[sizes == size]


def _best_before(gains: FloatArray) -> FloatArray:
    """For each subset: the score of its best order."""
    best = np.full(gains.shape[0], -np.inf)
    best[0] = 0.0
    for masks in _by_size(gains.shape[1]):
        for place in range(gains.shape[1]):
            having = masks[(masks >> place) & 1 == 1]
            rest = having ^ (1 << place)
            best[having] = np.maximum(best[having], best[rest] + gains[rest, place])
    return best


def _best_after(gains: FloatArray) -> FloatArray:
    """For each subset set at the top: the most that the order of all others can add."""
    count = gains.shape[1]
    best = np.full(gains.shape[0], -np.inf)
    best[-1] = 0.0
    for masks in reversed(list(_by_size(count))):
        for place in range(count):
            having = masks[(masks >> place) & 1 == 1]
            rest = having ^ (1 << place)
            best[rest] = np.maximum(best[rest], best[having] + gains[rest, place])
    return best


def _walk(follows: list[frozenset[int]], order: Order, mask: int) -> Iterator[Order]:
    """Every order all of whose steps belong to a best one, in the order of its rows."""
    if len(order) == len(follows):
        yield order
    for place, masks in enumerate(follows):
        if not mask >> place & 1 and mask in masks:
            yield from _walk(follows, (*order, place), mask | 1 << place)


def best_by_programme(support: FloatArray) -> Consensus:
    """The best orders of many places, by an integer programme.

    The programme also says which pairs stand alike in every best order. Places that no other pair
    ties together fall into blocks, one below another; a block of few places is then solved over
    its subsets, and of a greater one each place's range of positions is asked for by itself.
    Shape:  (places, places) in.
    Source: Conitzer, Davenport and Kalagnanam (2006), AAAI; solved by HiGHS.
    """
    programme = Programme(support)
    pairs, free = programme.best()
    positions = programme.positions(pairs)
    order = np.argsort(positions)
    last = positions.copy()
    np.maximum.at(last, programme.first[free], positions[programme.second[free]])
    np.maximum.at(last, programme.second[free], positions[programme.first[free]])
    reach = np.maximum.accumulate(last[order])
    ends = np.flatnonzero(reach == np.arange(1, order.size + 1)) + 1
    blocks = [block.tolist() for block in np.split(order, ends[:-1])]
    parts = []
    for block in blocks:
        if len(block) <= EVERY_SUBSET:
            parts.append(best_over_subsets(support[np.ix_(block, block)]))
        else:
            best, worst = programme.ranges(pairs, free, np.array(block))
            above = positions[block].min() - 1
            one = tuple(range(len(block)))
            parts.append(Consensus(0.0, (one,), False, best - above, worst - above))
    return _joined(support, blocks, parts)


def _groups(support: FloatArray) -> list[list[int]]:
    """Groups of places, best first: each place beats every place of each later group."""
    from scipy.sparse.csgraph import connected_components

    margin = TOLERANCE * max(1.0, float(np.abs(support).max()))
    at_least_even = support - support.T >= -margin
    _, labels = connected_components(
        at_least_even.astype(np.float64), directed=True, connection="strong"
    )
    beaten = (support - support.T > margin).sum(axis=1)
    groups = [np.flatnonzero(labels == label).tolist() for label in np.unique(labels)]
    return sorted(groups, key=lambda group: -int(max(beaten[group])))


def _joined(support: FloatArray, groups: list[list[int]], parts: list[Consensus]) -> Consensus:
    """The groups one below another: every best order of each with every one of the others."""
    best, worst = np.empty((2, support.shape[0]), dtype=np.int64)
    above = 0
    for group, part in zip(groups, parts, strict=True):
        best[group], worst[group] = above + part.best, above + part.worst
        above += len(group)
    named = [
        [tuple(group[place] for place in order) for order in part.orders]
        for group, part in zip(groups, parts, strict=True)
    ]
    found = tuple(
        tuple(itertools.chain(*choice))
        for choice in itertools.islice(itertools.product(*named), MOST_ORDERS + 1)
    )
    whole = len(found) <= MOST_ORDERS and all(part.all_orders for part in parts)
    orders = tuple(sorted(found[:MOST_ORDERS]))
    return Consensus(order_score(support, orders[0]), orders, whole, best, worst)


@dataclass(frozen=True, slots=True)
class KemenyYoung:
    """The Kemeny-Young order: a place's score is how many places stand below it.

    Where several orders are best, a place gets the middle of its positions in them, so that places
    which nothing tells apart share a score.
    """

    largest: int = LARGEST
    words: str = "the Kemeny-Young order (the one that most weight of the parts speaks for)"

    def of_places(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """A number for each place; values are (..., places, children)."""
        if values.ndim > 2:
            return np.stack([self.of_places(one, weights) for one in values])
        return self.place(values, weights).numbers

    def place(self, values: FloatArray, weights: FloatArray) -> Placed:
        """A number for each place, and its first and last position in any of the best orders."""
        there = np.any(~np.isnan(values) & (weights > 0), axis=-1)
        best, worst = np.full((2, values.shape[0]), np.nan)
        if there.any():
            found = kemeny(outranking(values[there], weights), largest=self.largest)
            best[there], worst[there] = found.best, found.worst
        return Placed(there.sum() - (best + worst) / 2, best, worst)
