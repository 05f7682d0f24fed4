"""Count sets: the ranks that categories may truly have, given how often each was counted."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.index.rank_sets import Side
from placedex.index.refusals import refuse_infinite, refuse_rows, refuse_share
from placedex.index.rows import Row, cell, label
from placedex.observations.panel import FloatArray
from placedex.stats.intervals import Correction
from placedex.stats.resampling import BoolArray
from placedex.stats.ties import rank_with_ties


@dataclass(frozen=True, slots=True)
class CountSets:
    """Confidence sets for ranks from counts of one sample, by exact tests of each pair.

    `simultaneous` sets hold for all categories together, others for one at a time.
    """

    coverage: float = 0.95
    side: Side = Side.BOTH
    simultaneous: bool = True
    correction: Correction = Correction.HOLM

    @property
    def words(self) -> str:
        """The method in a sentence."""
        together = "all together" if self.simultaneous else "each by itself"
        return (
            f"The range of ranks that each may truly have, with {self.coverage:.0%} confidence "
            f"for {together}, by exact binomial tests of each pair (Bazylik, Mogstad, Romano, "
            f"Shaikh and Wilhelm 2021; {self.correction.value})."
        )


@dataclass(frozen=True, slots=True, eq=False)
class CountRanks:
    """For each category its rank and the best and the worst rank that it may truly have."""

    ranks: FloatArray
    best: FloatArray
    worst: FloatArray
    words: str

    def to_rows(self, names: Sequence[str] = ()) -> tuple[Row, ...]:
        """A row for each category."""
        return tuple(
            {
                "place": label(names, number),
                "rank": cell(self.ranks[number]),
                "best": cell(self.best[number]),
                "worst": cell(self.worst[number]),
            }
            for number in range(len(self.ranks))
        )


def p_values_above(counts: FloatArray) -> FloatArray:
    """For each pair, how likely a count as high is if the row is no commoner than the column.

    Given the sum s of both, the row's count is at most binomial (s, 1/2).
    Shape:  counts (n,); gives (n, n), the diagonal 1.
    Source: Bazylik et al. (2021), cemmap CWP40/21, section 3.
    """
    from scipy.special import betainc

    own, other = counts[:, np.newaxis], counts[np.newaxis, :]
    chances = betainc(np.maximum(own, 1.0), other + 1.0, 0.5)
    chances = np.where(own > 0, chances, 1.0)
    np.fill_diagonal(chances, 1.0)
    return np.asarray(chances)


def count_sets(
    counts: FloatArray, *, method: CountSets | None = None, rows: Sequence[int] | None = None
) -> CountRanks:
    """Confidence sets for the ranks of categories, 1 for the commonest, from their counts.

    Shape:  counts (categories,), whole numbers of one sample; `rows` are the categories that the
            sets must hold for, all if none are given.
    Gaps:   a category without a count is left out: it has no set and is no rival.
    Errors: BadSpec for a count below nought or not whole, or for Sidak's correction.
    Source: Bazylik, Mogstad, Romano, Shaikh and Wilhelm (2021), cemmap CWP40/21.
    """
    chosen = CountSets() if method is None else method
    values = np.asarray(counts, dtype=np.float64)
    _check(values, chosen)
    refuse_rows(() if rows is None else rows, len(values), step="count sets")
    known = np.flatnonzero(~np.isnan(values))
    chances = p_values_above(values[known])
    wanted = np.flatnonzero(np.isin(known, np.arange(len(values)) if rows is None else rows))
    best, worst = np.full((2, len(values)), np.nan)
    families = [wanted] if chosen.simultaneous else [wanted[[one]] for one in range(len(wanted))]
    for family in families:
        tested = np.zeros(chances.shape, dtype=bool)
        if chosen.side is not Side.WORST:
            tested[:, family] = True
        if chosen.side is not Side.BEST:
            tested[family, :] = True
        np.fill_diagonal(tested, val=False)
        rejected = _rejected(chances, tested, chosen)
        best[known[family]], worst[known[family]] = 1, len(known)
        if chosen.side is not Side.WORST:
            best[known[family]] = 1 + rejected.sum(0)[family]
        if chosen.side is not Side.BEST:
            worst[known[family]] = len(known) - rejected.sum(1)[family]
    return CountRanks(rank_with_ties(values), best, worst, chosen.words)


def _rejected(chances: FloatArray, tested: BoolArray, method: CountSets) -> BoolArray:
    """The pairs that are rejected with all errors together held below the level."""
    ordered = np.sort(chances[tested])
    count, level = len(ordered), 1 - method.coverage
    if method.correction is Correction.BONFERRONI:
        return np.asarray(tested & (chances <= level / max(count, 1)))
    failed = np.flatnonzero(ordered > level / np.arange(count, 0, -1))
    if failed.size == 0:
        return tested
    # Equal chances stand or fall together, whatever order sorting left them in.
    return np.asarray(tested & (chances < ordered[failed[0]]))


def _check(values: FloatArray, method: CountSets) -> None:
    refuse_share(method.coverage, step="count sets", what="coverage")
    refuse_infinite(values, step="count sets", what="the count")
    known = values[~np.isnan(values)]
    if np.any(known < 0) or np.any(known != np.round(known)):
        raise BadSpec(
            "Step count sets: a count is below nought or not whole. Wanted how often each was "
            "counted in one sample. For shares or means use rank_sets."
        )
    if method.correction is Correction.SIDAK:
        raise BadSpec(
            "Step count sets: Sidak's correction wants independent tests, and pairs share counts. "
            "Wanted Holm's or Bonferroni's."
        )
