"""Confidence sets for ranks: golden answers, cases worked by hand, gaps and the order of rows."""

from pathlib import Path

import numpy as np
import pytest

from placedex.errors import BadSpec
from placedex.index.rank_sets import (
    BootstrapSets,
    JointIntervals,
    RankSets,
    Side,
    joint_interval_sets,
    rank_sets,
    usual_sets,
)
from placedex.stats.intervals import Correction
from placedex.stats.ties import Ties, rank_with_ties
from tests.golden.case import difference, number, read_case


def sets(estimates: list[float], errors: list[float], **choices: object) -> RankSets:
    method = BootstrapSets(**choices)  # type: ignore[arg-type]
    return rank_sets(
        np.array(estimates), np.array(errors), method=method, rng=np.random.default_rng(1)
    )


def test_sets_for_pisa_are_those_of_csranks_for_any_seed(shared: Path) -> None:
    case = read_case(shared / "golden" / "methods" / "B01_csranks_math.json")
    rows = case.table("in_x")
    scores, errors = (
        np.array([number(row[name]) for row in rows]) for name in ("math_score", "math_se")
    )

    for seed in (1, 2):
        rng = np.random.default_rng(seed)
        found = rank_sets(scores, errors, rng=rng)
        best = rank_sets(scores, errors, rng=rng, method=BootstrapSets(side=Side.BEST))

        assert found.ranks.tolist() == case.expected["rank"]
        assert found.best.tolist() == case.expected["simulTRUE_stepTRUE"]["L"]
        assert found.worst.tolist() == case.expected["simulTRUE_stepTRUE"]["U"]
        assert best.may_be_among(5).tolist() == case.expected["best5"]
        assert found.best_boundary.sum() <= 1
        assert np.nanmin(found.best_gap[~found.best_boundary]) > 0


def test_joint_sets_for_travel_times_are_as_published(shared: Path) -> None:
    case = read_case(shared / "golden" / "methods" / "B02_kww_traveltime.json")
    rows, wanted = case.table("in_x"), case.table("exp_sets")
    times = np.array([number(row["Estimate.2dec"]) for row in rows])
    errors = np.array([number(row["SE.2dec"]) for row in rows])

    for correction, ending, name in (
        (Correction.SIDAK, "", "z_independence"),
        (Correction.BONFERRONI, "_bonf", "z_bonferroni"),
    ):
        method = JointIntervals(0.9, correction, highest_first=False)
        found = joint_interval_sets(times, errors, method=method)

        assert difference(found.critical[0], case.expected[name]) <= case.tolerance
        assert found.best.tolist() == [float(row[f"L{ending}"]) for row in wanted]
        assert found.worst.tolist() == [float(row[f"U{ending}"]) for row in wanted]


def test_ranks_of_ties_are_by_each_convention(shared: Path) -> None:
    case = read_case(shared / "golden" / "methods" / "B03_rank_ties.json")
    values = np.array(case.inputs["x"], dtype=float)
    ties = {
        "min": Ties.BETTER,
        "max": Ties.WORSE,
        "average": Ties.AVERAGE,
        "dense": Ties.DENSE,
    }

    for name, convention in ties.items():
        assert rank_with_ties(values, convention).tolist() == case.expected[name]


def test_a_missing_value_has_no_rank_in_any_row() -> None:
    ranks = rank_with_ties(np.array([[1.0, np.nan, 1.0], [np.nan, 2.0, 3.0]]), Ties.AVERAGE)

    np.testing.assert_array_equal(ranks, [[1.5, np.nan, 1.5], [np.nan, 2, 1]])


def test_two_places_are_told_apart_at_the_normal_quantile() -> None:
    """One pair, both ways: the critical value is that of |Z|, 1.96; the gap is 2.2 and 1.7."""
    apart = sets([2.2, 0.0], [np.sqrt(0.5), np.sqrt(0.5)])
    together = sets([1.7, 0.0], [np.sqrt(0.5), np.sqrt(0.5)])

    assert together.critical[0] == pytest.approx(1.96, abs=0.04)
    assert (apart.best.tolist(), apart.worst.tolist()) == ([1, 2], [1, 2])
    assert (together.best.tolist(), together.worst.tolist()) == ([1, 1], [2, 2])
    assert not together.best_boundary.any()


def test_one_sided_sets_bound_one_side_only() -> None:
    best = sets([9.0, 5.0, 1.0], [0.1, 0.1, 0.1], side=Side.BEST)
    worst = sets([9.0, 5.0, 1.0], [0.1, 0.1, 0.1], side=Side.WORST)

    assert (best.best.tolist(), best.worst.tolist()) == ([1, 2, 3], [3, 3, 3])
    assert (worst.best.tolist(), worst.worst.tolist()) == ([1, 1, 1], [1, 2, 3])
    assert worst.may_be_among_last(1).tolist() == [False, False, True]


def test_marginal_sets_lie_within_simultaneous_ones_and_stepwise_within_plain() -> None:
    rng = np.random.default_rng(4)
    estimates, errors = rng.normal(0, 3, 12).tolist(), rng.uniform(0.5, 1.5, 12).tolist()

    plain = sets(estimates, errors, stepwise=False)
    stepwise = sets(estimates, errors)
    marginal = sets(estimates, errors, simultaneous=False)

    assert (plain.best <= stepwise.best).all()
    assert (plain.worst >= stepwise.worst).all()
    assert (plain.best <= marginal.best).all()
    assert (plain.worst >= marginal.worst).all()


def test_a_statistic_beside_its_critical_value_is_called_boundary_with_its_gap() -> None:
    errors = [np.sqrt(0.5), np.sqrt(0.5)]
    critical = float(sets([1.0, 0.0], errors).critical[0])

    above = sets([critical + 0.005, 0.0], errors, stepwise=False)
    below = sets([critical - 0.005, 0.0], errors)

    assert above.best.tolist() == [1, 2]
    assert below.best.tolist() == [1, 1]
    for found in (above, below):
        assert found.best_boundary.tolist() == [False, True]
        assert found.best_gap[1] == pytest.approx(0.005, abs=1e-9)
        assert found.critical_error[1] == pytest.approx(0.014, abs=0.007)


def test_errors_that_hang_together_tell_close_places_apart() -> None:
    """The difference of two estimates that err alike is sure: 1 + 1 - 2 * 0.99 = 0.02."""
    estimates, alike = np.array([1.0, 0.0]), np.array([[1.0, 0.99], [0.99, 1.0]])

    apart = rank_sets(estimates, np.ones(2), rng=np.random.default_rng(1))
    together = rank_sets(estimates, alike, rng=np.random.default_rng(1))

    assert apart.worst.tolist() == [2, 2]
    assert together.worst.tolist() == [1, 2]


def test_independent_errors_give_the_same_as_their_covariances() -> None:
    estimates, errors = np.array([3.0, 1.0, 0.0, 5.0]), np.array([0.5, 0.6, 0.7, 0.8])

    one = rank_sets(estimates, errors, rng=np.random.default_rng(3))
    other = rank_sets(estimates, np.diag(errors**2), rng=np.random.default_rng(3))

    np.testing.assert_array_equal(one.best, other.best)
    np.testing.assert_array_equal(one.worst, other.worst)


def test_the_order_of_rows_is_nothing_and_a_seed_gives_the_same_bytes() -> None:
    rng = np.random.default_rng(7)
    estimates, errors = rng.normal(0, 2, 9), rng.uniform(0.5, 1, 9)
    order = rng.permutation(9)

    one = rank_sets(estimates, errors, rng=np.random.default_rng(5))
    other = rank_sets(estimates[order], errors[order], rng=np.random.default_rng(5))
    again = rank_sets(estimates, errors, rng=np.random.default_rng(5))

    for name in ("best", "worst", "best_gap", "worst_gap", "critical", "best_boundary"):
        assert getattr(one, name)[order].tobytes() == getattr(other, name).tobytes()
        assert getattr(one, name).tobytes() == getattr(again, name).tobytes()


def test_a_place_without_an_estimate_or_an_error_is_nobodys_rival() -> None:
    found = sets([5.0, np.nan, 1.0, 3.0], [0.1, 0.1, 0.1, np.nan])

    np.testing.assert_array_equal(found.best, [1, np.nan, 2, np.nan])
    np.testing.assert_array_equal(found.worst, [1, np.nan, 2, np.nan])
    assert found.to_rows()[1]["best"] is None


def test_figures_without_error_are_told_apart_for_certain() -> None:
    found = sets([3.0, 2.0, 2.0], [0.0, 0.0, 0.0])

    assert (found.best.tolist(), found.worst.tolist()) == ([1, 2, 2], [1, 3, 3])


def test_above_two_hundred_places_nothing_is_simulated() -> None:
    assert isinstance(usual_sets(200), BootstrapSets)
    assert isinstance(usual_sets(201), JointIntervals)


@pytest.mark.parametrize(
    ("errors", "message"),
    [
        (np.array([1.0]), "shape"),
        (np.array([1.0, -1.0]), "below nought"),
        (np.array([[1.0, 0.5], [0.2, 1.0]]), "symmetric"),
        (np.array([[1.0, 2.0], [2.0, 1.0]]), "eigenvalue"),
    ],
)
def test_errors_that_cannot_be_are_refused(errors: np.ndarray, message: str) -> None:
    with pytest.raises(BadSpec, match=message):
        rank_sets(np.array([1.0, 2.0]), errors, rng=np.random.default_rng(1))
