"""Confidence sets for the ranks of categories that were counted."""

import numpy as np
import pytest

from placedex.errors import BadSpec
from placedex.index.count_sets import CountSets, count_sets, p_values_above
from placedex.index.rank_sets import Side
from placedex.stats.intervals import Correction


def test_the_chance_of_nine_or_more_of_ten_by_tossing_is_eleven_in_1024() -> None:
    chances = p_values_above(np.array([9.0, 1.0, 0.0]))

    assert chances[0, 1] == pytest.approx(11 / 1024, abs=1e-15)
    assert chances[1, 0] == pytest.approx(1023 / 1024, abs=1e-15)
    assert chances[0, 2] == pytest.approx(1 / 512, abs=1e-15)
    assert chances[2, 0] == 1


def test_holm_rejects_what_bonferroni_cannot() -> None:
    """Six tests at 0.05: 1/512 and 11/1024 are the two smallest chances; 0.05/6 = 0.0083 is passed
    by the first only; Holm's second hurdle is 0.05/5 = 0.01, below 11/1024 = 0.0107. At 0.06 the
    hurdles are 0.01 and 0.012: Holm rejects both, Bonferroni one."""
    counts = np.array([9.0, 1.0, 0.0])

    strict = count_sets(counts, method=CountSets(0.95))
    holm = count_sets(counts, method=CountSets(0.94))
    bonferroni = count_sets(counts, method=CountSets(0.94, correction=Correction.BONFERRONI))

    assert (strict.best.tolist(), strict.worst.tolist()) == ([1, 1, 2], [2, 3, 3])
    assert (holm.best.tolist(), holm.worst.tolist()) == ([1, 2, 2], [1, 3, 3])
    assert (bonferroni.best.tolist(), bonferroni.worst.tolist()) == ([1, 1, 2], [2, 3, 3])


def test_marginal_and_one_sided_sets_face_fewer_tests() -> None:
    """For one of three by itself there are four tests, or two for one side of it."""
    counts = np.array([9.0, 1.0, 0.0])

    marginal = count_sets(counts, method=CountSets(0.95, simultaneous=False))
    upper = count_sets(
        counts, method=CountSets(0.95, side=Side.WORST, correction=Correction.BONFERRONI), rows=[0]
    )

    assert marginal.worst[0] == 1
    assert upper.worst[0] == 1
    assert np.isnan(upper.worst[1:]).all()
    assert upper.best[0] == 1


def test_the_order_of_categories_is_nothing_and_a_missing_count_is_left_out() -> None:
    counts = np.array([40.0, 12.0, 25.0, np.nan, 3.0, 12.0])
    order = np.array([5, 3, 0, 4, 2, 1])

    one, other = count_sets(counts), count_sets(counts[order])

    np.testing.assert_array_equal(one.best[order], other.best)
    np.testing.assert_array_equal(one.worst[order], other.worst)
    assert np.isnan(one.best[3])
    assert one.to_rows()[3]["rank"] is None


def test_shares_and_sidaks_correction_are_refused() -> None:
    with pytest.raises(BadSpec, match="not whole"):
        count_sets(np.array([0.5, 0.5]))
    with pytest.raises(BadSpec, match="Sidak"):
        count_sets(np.array([1.0, 2.0]), method=CountSets(correction=Correction.SIDAK))
