"""Weight robustness: what other weights of the components can make of each rank, exactly."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from placedex.index.aggregate import Aggregate
from placedex.index.attainable import AttainableRanks, Search, WeightRegion, attainable_ranks
from placedex.index.build import Index
from placedex.index.means import Arithmetic
from placedex.index.robustness import PairRobustness, pair_robustness
from placedex.index.survey_error import in_order
from placedex.observations.panel import FloatArray

SHARE = 0.25
MOST_FOR_RANKS, MOST_FOR_PAIRS = 100, 2_000
ALIKE = 1e-8


@dataclass(frozen=True, slots=True, eq=False)
class WeightRobustness:
    """How firmly ranks stand against other weights of the components right under the index.

    `pairs` says for each lead how far all weights may move; `over_next` is that of each place over
    the one ranked after it. `attainable` are the best and the worst rank while each weight moves by
    at most `share` of itself; nothing if `why_not` says why not.
    """

    places: tuple[str, ...]
    components: tuple[str, ...]
    share: float
    pairs: PairRobustness
    over_next: FloatArray
    attainable: AttainableRanks | None
    why_not: str

    @property
    def words(self) -> str:
        """What was found, in a sentence or two."""
        dominant, firm = self.pairs.share_dominant, self.pairs.share_at_least(self.share)
        if np.isnan(dominant):
            return "No place leads another."
        return (
            f"Of all comparisons of two places, {dominant:.0%} hold whatever the components weigh, "
            f"and {firm:.0%} hold if a share of {self.share:.0%} of all weight goes anywhere "
            "(Foster, McGillivray and Seth 2013)."
        )


def find_weight_robustness(index: Index, *, share: float = SHARE) -> WeightRobustness | str:
    """What other weights of the components can make of each rank, or why that cannot be said.

    Only for an index that is a weighted arithmetic mean of its components. Attainable ranks are
    found for at most 100 places: each wants integer programmes of its own.
    Gaps:   a place that lacks a component has no robustness and is nobody's rival.
    """
    root = index.hierarchy.root.code
    parts = index.hierarchy.children(root)
    why = _why_not(index)
    if why:
        return why
    scores = index.scores.of(root)
    points = np.stack([index.scores.of(part.code) for part in parts], axis=1)
    weights = np.array([part.weight for part in parts], dtype=np.float64)
    whole = ~np.isnan(points).any(axis=1) & ~np.isnan(scores)
    points[~whole] = np.nan
    if not np.allclose((points @ weights / weights.sum())[whole], scores[whole], atol=ALIKE):
        return "The index is not the weighted mean of its components as they stand."
    pairs = pair_robustness(points, weights)
    few = int(whole.sum()) <= MOST_FOR_RANKS
    return WeightRobustness(
        places=tuple(place.code for place in index.scores.places),
        components=tuple(part.code for part in parts),
        share=share,
        pairs=pairs,
        over_next=_over_next(pairs, np.where(whole, scores, np.nan)),
        attainable=_attainable(points, weights, share=share) if few else None,
        why_not=""
        if few
        else (
            f"The best and the worst rank over all weights are found for at most {MOST_FOR_RANKS} "
            f"places, and there are {int(whole.sum()):,}."
        ),
    )


def _attainable(points: FloatArray, weights: FloatArray, *, share: float) -> AttainableRanks:
    region = WeightRegion.around(weights, share=share)
    return attainable_ranks(points, region, search=Search(ties=False))


def _over_next(pairs: PairRobustness, scores: FloatArray) -> FloatArray:
    found = np.full(len(scores), np.nan)
    order = in_order(scores)
    for row, following in pairwise(order):
        found[row] = pairs.robustness[row, following]
    return found


def _why_not(index: Index) -> str:
    """Why an index is not such a mean; nothing if it is one."""
    root = index.hierarchy.root.code
    parts = index.hierarchy.children(root)
    step = next((stage.step for stage in index.stages if stage.step.verb == "aggregate"), None)
    mean = step.nodes.get(root, step.mean) if isinstance(step, Aggregate) else None
    if type(mean) is not Arithmetic:
        return "The index is not a weighted arithmetic mean of its components."
    if len(parts) < 2:
        return "The index has one component, so that its weight is nothing to choose."
    if len(index.scores.places) > MOST_FOR_PAIRS:
        return f"There are more than {MOST_FOR_PAIRS:,} places to compare two by two."
    return ""
