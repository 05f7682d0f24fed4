"""Robustness: pairs against weights, ranks over runs, and the index without its parts."""

import csv
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from placedex.errors import BadSpec
from placedex.index.hierarchy import Hierarchy, Node
from placedex.index.robustness import (
    leave_one_out,
    leave_one_out_of_tree,
    pair_robustness,
    rank_shift,
)
from tests.golden.case import difference, number, read_case

FloatArray = NDArray[np.float64]


def table(path: Path) -> dict[str, FloatArray]:
    """The columns of numbers of a file of COINr's."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [name for name in rows[0] if name not in {"uCode", "element"}]
    return {name: np.array([number(row[name]) for row in rows]) for name in names}


def test_robustness_of_pairs_is_that_of_the_golden_case(shared: Path) -> None:
    """The golden share that is fully robust counts empty cells too; ours counts comparisons."""
    case = read_case(shared / "golden" / "methods" / "B14_rank_robustness.json")

    found = pair_robustness(np.array(case.inputs["X"]), np.array(case.inputs["w0"]))

    assert difference(found.scores, case.expected["score"]) <= case.tolerance
    wanted = np.full(found.robustness.shape, np.nan)
    for row, cells in enumerate(case.expected["robustness"]):
        wanted[row, : len(cells)] = [number(one) for one in cells]
    known = ~np.isnan(wanted)
    np.testing.assert_allclose(found.robustness[known], wanted[known], atol=case.tolerance)
    assert np.mean(found.robustness == 1) == case.expected["share_fully_robust"]
    assert found.share_dominant == 0.5
    assert found.share_at_least(0.25) == case.expected["prevalence_r_ge_0.25"]


def test_a_lead_holds_for_weights_within_its_robustness_and_no_further() -> None:
    """A leads by 2 (0.5 * 6 - 0.5 * 2), B by 2 on the second: r = 2 / (2 + 2) = 0.5."""
    points, even = np.array([[6.0, 0.0], [0.0, 2.0]]), np.array([0.5, 0.5])

    found = pair_robustness(points, even)

    assert found.robustness[0, 1] == 0.5
    worst = np.array([0.0, 1.0])
    for share, leads in ((0.49, True), (0.51, False)):
        scores = points @ ((1 - share) * even + share * worst)
        assert (scores[0] > scores[1]) == leads
    assert len(found.to_rows(["A", "B"])) == 1


def test_equal_scores_and_missing_places_lead_nobody() -> None:
    found = pair_robustness(np.array([[1.0, 1.0], [2.0, 0.0], [np.nan, 9.0]]), np.ones(2))

    assert np.isnan(found.robustness).all()
    assert np.isnan(found.share_at_least(0.5))


def test_shifts_of_rank_are_those_of_the_golden_case(shared: Path) -> None:
    case = read_case(shared / "golden" / "methods" / "B13_rank_shift.json")

    found = rank_shift(np.array(case.inputs["nominal"]), np.array(case.inputs["runs"]))

    for ours, name in (
        (found.per_run, "mean_abs_shift_per_run"),
        (found.overall, "mean_shift_overall"),
        (found.median, "median_rank"),
        (found.low, "p5_type7"),
        (found.high, "p95_type7"),
        (found.same, "share_same_rank"),
    ):
        assert difference(ours, case.expected[name]) <= case.tolerance


@pytest.mark.parametrize(("name", "runs"), [("UA1", None), ("SA1", 200)])
def test_shifts_of_coinr_runs_are_its_own(shared: Path, name: str, runs: int | None) -> None:
    folder = shared / "golden" / "coinr"
    ranks, wanted = (table(folder / f"sens_{name}__{part}.csv") for part in ("ranks", "rankstats"))
    given = np.array([column for key, column in ranks.items() if key != "Nominal"])[:runs]

    found = rank_shift(ranks["Nominal"], given)

    for ours, column in (
        (found.mean, "Mean"),
        (found.median, "Median"),
        (found.low, "Q5"),
        (found.high, "Q95"),
    ):
        np.testing.assert_allclose(ours, wanted[column], atol=1e-10)
    if name == "SA1":
        results = np.array([column for key, column in ranks.items() if key != "Nominal"])
        y = table(folder / "sens_SA1__y.csv")["y"]
        np.testing.assert_allclose(rank_shift(ranks["Nominal"], results).per_run, y, atol=1e-12)


def test_a_failed_run_is_left_out_where_it_is_missing() -> None:
    runs = np.array([[1.0, 2.0, np.nan], [2.0, 1.0, np.nan], [np.nan, 2.0, np.nan]])

    found = rank_shift(np.array([1.0, 2.0, 3.0]), runs)

    assert found.mean[:2].tolist() == [1.5, 5 / 3]
    assert found.same[:2].tolist() == [0.5, 2 / 3]
    assert found.per_run.tolist() == [0, 1, 0]
    assert found.volatility[0] == pytest.approx(np.sqrt(0.5))
    assert np.isnan([found.mean[2], found.low[2], found.volatility[2], found.same[2]]).all()
    assert found.to_rows()[2]["median"] is None


def test_the_asem_index_without_a_half_is_that_of_coinr(shared: Path) -> None:
    folder = shared / "golden" / "coinr"
    halves = table(folder / "chain_aggregated.csv")
    points = np.stack([halves["Conn"], halves["Sust"]], axis=1)
    scores, ranks, shift = (
        table(folder / f"remove_level3__{part}.csv") for part in ("scores", "ranks", "meanabsdiff")
    )

    found = leave_one_out(points, np.ones(2))

    np.testing.assert_allclose(found.scores, scores["Nominal"], atol=1e-12)
    for part, name in enumerate(("Conn", "Sust")):
        np.testing.assert_allclose(found.scores_without[part], scores[name], atol=1e-12)
        np.testing.assert_array_equal(found.ranks_without[part], ranks[name])
    np.testing.assert_allclose(found.shift, shift["MeanAbsDiff"][1:], atol=1e-12)


def test_closed_form_removal_is_the_mean_of_the_rest() -> None:
    rng = np.random.default_rng(1)
    points, weights = rng.random((20, 49)), rng.random(49)
    points[rng.random(points.shape) < 0.1] = np.nan

    found = leave_one_out(points, weights)

    for part in range(49):
        rest = np.delete(points, part, axis=1)
        carried = np.where(np.isnan(rest), 0, np.delete(weights, part))
        slow = np.nansum(rest * carried, axis=1) / carried.sum(axis=1)
        np.testing.assert_allclose(found.scores_without[part], slow, atol=1e-12)


def test_a_place_with_one_figure_has_no_score_without_it() -> None:
    found = leave_one_out(np.array([[1.0, np.nan], [2.0, 4.0]]), np.array([1.0, 3.0]))

    assert found.scores.tolist() == [1, 3.5]
    np.testing.assert_array_equal(found.scores_without, [[np.nan, 4], [1, 2]])
    assert found.to_rows()[0]["score_without"] is None


TREE = Hierarchy(
    (
        Node("index", "Index", None),
        Node("one", "One", "index", weight=2),
        Node("two", "Two", "index"),
        Node("a", "A", "one"),
        Node("b", "B", "one", weight=3),
        Node("c", "C", "two"),
    )
)


def test_in_a_tree_the_siblings_take_the_weight_and_an_emptied_component_goes() -> None:
    """One is (a + 3 b) / 4 = 5, the index (2 * 5 + 8) / 3 = 6; without a it is (2 * 6 + 8) / 3."""
    points = np.array([[2.0, 6.0, 8.0]])

    found = leave_one_out_of_tree(points, TREE, codes=["a", "c", "one"])

    assert found.scores.tolist() == [6]
    np.testing.assert_allclose(found.scores_without[:, 0], [20 / 3, 5, 8], atol=1e-14)


def test_a_tree_without_a_leaf_is_the_smaller_tree() -> None:
    rng = np.random.default_rng(2)
    points = rng.random((15, 3))
    points[rng.random(points.shape) < 0.3] = np.nan

    found = leave_one_out_of_tree(points, TREE)

    for part, leaf in enumerate(TREE.leaves):
        smaller = TREE.without([leaf.code])
        kept = [n for n, one in enumerate(TREE.leaves) if one.code != leaf.code]
        slow = leave_one_out_of_tree(points[:, kept], smaller, codes=[]).scores
        np.testing.assert_allclose(found.scores_without[part], slow, atol=1e-12)


def test_the_order_of_rows_is_nothing() -> None:
    points = np.random.default_rng(3).random((8, 5))
    order = np.random.default_rng(4).permutation(8)

    one, other = (leave_one_out(found, np.arange(1.0, 6)) for found in (points, points[order]))
    pairs, turned = (pair_robustness(found, np.ones(5)) for found in (points, points[order]))

    np.testing.assert_array_equal(one.scores_without[:, order], other.scores_without)
    np.testing.assert_allclose(
        pairs.robustness[np.ix_(order, order)], turned.robustness, atol=1e-14
    )


def test_weights_below_nought_and_the_root_are_refused() -> None:
    with pytest.raises(BadSpec, match="below nought"):
        pair_robustness(np.ones((2, 2)), np.array([1.0, -0.5]))
    with pytest.raises(BadSpec, match="the index itself"):
        leave_one_out_of_tree(np.ones((1, 3)), TREE, codes=["index"])
