"""Side by side: two builds of an index, place by place and node by node."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np

from placedex.errors import BadSpec
from placedex.index.build import Index
from placedex.index.hierarchy import Node
from placedex.index.rows import Row, cell
from placedex.observations.panel import FloatArray
from placedex.places import Place
from placedex.stats.correlation import kendall, spearman


@dataclass(frozen=True, slots=True, eq=False)
class NodePair:
    """One node in two builds: scores and ranks of the places that are in both.

    Shape:  all (places,), in the order of `SideBySide.places`; missing where a place has none.
    """

    node: Node
    scores_before: FloatArray
    scores_after: FloatArray
    ranks_before: FloatArray
    ranks_after: FloatArray

    @property
    def shift(self) -> FloatArray:
        """By how many points each place's score rose."""
        return self.scores_after - self.scores_before

    @property
    def rank_shift(self) -> FloatArray:
        """By how many places each place fell; below nought is a rise."""
        return self.ranks_after - self.ranks_before

    @property
    def spearman(self) -> float:
        """How closely the two orders agree: Spearman's correlation; missing below three places."""
        return _agreement(spearman(self._scores).coefficients)

    @property
    def kendall(self) -> float:
        """Kendall's tau-b of the two orders: the pairs of places that kept theirs less the rest."""
        return _agreement(kendall(self._scores).coefficients)

    @property
    def mean_rank_shift(self) -> float:
        """The mean number of places by which a place moved."""
        known = self.rank_shift[~np.isnan(self.rank_shift)]
        return float(np.abs(known).mean()) if known.size else float("nan")

    @property
    def _scores(self) -> FloatArray:
        return np.stack([self.scores_before, self.scores_after], axis=1)


def _agreement(coefficients: FloatArray) -> float:
    return float(coefficients[0, 1])


@dataclass(frozen=True, slots=True, eq=False)
class SideBySide:
    """Two builds over the places of both, node by node; the root is the last pair.

    Attributes:
        only_before: places that only the first build scores; `only_after` those of the second.
        nodes_before: nodes that only the first build has; `nodes_after` those of the second.
    """

    places: tuple[Place, ...]
    pairs: tuple[NodePair, ...]
    only_before: tuple[Place, ...]
    only_after: tuple[Place, ...]
    nodes_before: tuple[Node, ...]
    nodes_after: tuple[Node, ...]

    @property
    def whole(self) -> NodePair:
        """The whole index."""
        return self.pairs[-1]

    def pair(self, code: str) -> NodePair:
        """The pair of a node; BadSpec with those there are if it is not in both builds."""
        for one in self.pairs:
            if one.node.code == code:
                return one
        raise BadSpec(
            f"The node '{code}' is not in both. Wanted one of "
            f"{', '.join(one.node.code for one in self.pairs)}."
        )

    @property
    def scored(self) -> tuple[Place, ...]:
        """The places that have a score on the whole index in both."""
        known = ~np.isnan(self.whole.shift)
        return tuple(place for place, there in zip(self.places, known, strict=True) if there)

    def movers(self, most: int = 10) -> tuple[Place, ...]:
        """The places whose rank moves most, then whose score does; those that stay are left out."""
        whole = self.whole
        order = sorted(
            (row for row in range(len(self.places)) if whole.rank_shift[row]),
            key=lambda row: (-abs(whole.rank_shift[row]), -abs(whole.shift[row])),
        )
        known = [row for row in order if not isnan(whole.rank_shift[row])]
        return tuple(self.places[row] for row in known[:most])

    def to_rows(self, codes: Sequence[str] | None = None) -> tuple[Row, ...]:
        """A row for each node and place, or for some nodes only; the best rank comes first."""
        wanted = [one for one in self.pairs if codes is None or one.node.code in codes]
        rows: list[Row] = []
        for pair in reversed(wanted):
            order = np.lexsort((pair.ranks_before, pair.ranks_after))
            for row in order.tolist():
                place = self.places[row]
                rows.append(
                    {
                        "place": place.code,
                        "name": place.name,
                        "node": pair.node.code,
                        "node_name": pair.node.name,
                        "score_before": cell(pair.scores_before[row]),
                        "score_after": cell(pair.scores_after[row]),
                        "shift": cell(pair.shift[row]),
                        "rank_before": cell(pair.ranks_before[row]),
                        "rank_after": cell(pair.ranks_after[row]),
                        "rank_shift": cell(pair.rank_shift[row]),
                    }
                )
        return tuple(rows)

    def agreement_rows(self) -> tuple[Row, ...]:
        """A row for each node: how closely the two orders agree, the whole index first."""
        return tuple(
            {
                "node": pair.node.code,
                "node_name": pair.node.name,
                "places": int((~np.isnan(pair.shift)).sum()),
                "spearman": cell(pair.spearman),
                "kendall": cell(pair.kendall),
                "mean_rank_shift": cell(pair.mean_rank_shift),
            }
            for pair in reversed(self.pairs)
        )


def side_by_side(before: Index, after: Index) -> SideBySide:
    """Two builds laid side by side: two editions of one index, or two specs on the same figures.

    Places are paired by code, and nodes too, but for the roots, which are paired whatever their
    codes. Ranks are those that each build gave, among the places that it compares.
    Errors: BadSpec if they share no place.
    """
    rows = [_rows(index) for index in (before, after)]
    both = [place for place in after.scores.places if place.code in rows[0]]
    if not both:
        raise BadSpec("The two builds share no place. Wanted at least one. Compare one kind.")
    pairs = []
    for node in after.hierarchy.upwards():
        root = node.parent is None
        mine = before.hierarchy.root.code if root else node.code
        if mine in before.scores.codes:
            pairs.append(_pair(node, mine, builds=(before, after), rows=rows, places=both))
    codes = [{node.code for node in index.hierarchy} for index in (before, after)]
    roots = {before.hierarchy.root.code, after.hierarchy.root.code}
    return SideBySide(
        tuple(both),
        tuple(pairs),
        tuple(place for place in before.scores.places if place.code not in rows[1]),
        tuple(place for place in after.scores.places if place.code not in rows[0]),
        tuple(node for node in before.hierarchy if node.code not in codes[1] | roots),
        tuple(node for node in after.hierarchy if node.code not in codes[0] | roots),
    )


def _rows(index: Index) -> dict[str, int]:
    return {place.code: row for row, place in enumerate(index.scores.places)}


def _pair(
    node: Node,
    mine: str,
    *,
    builds: tuple[Index, Index],
    rows: Sequence[dict[str, int]],
    places: Sequence[Place],
) -> NodePair:
    before, after = builds
    first, last = ([found[place.code] for place in places] for found in rows)
    return NodePair(
        node,
        before.scores.of(mine)[first],
        after.scores.of(node.code)[last],
        before.ranks.of(mine)[first],
        after.ranks.of(node.code)[last],
    )
