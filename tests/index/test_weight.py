"""Weights found by a method: by hand, against published answers, and in a whole index."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from placedex.errors import BadSpec
from placedex.index.judgement import allocation, compare_pairs
from placedex.index.means import Geometric
from placedex.index.optimised_weights import (
    Correlation,
    CorrelationRatio,
    SquaredCorrelation,
    optimised_weights,
)
from placedex.index.principal_components import correlations, principal_components
from placedex.index.weighting import critic, critic_weights, entropy, entropy_weights
from placedex.observations.panel import FloatArray
from tests.index.test_aggregate_golden import case, numbers, rows

NAN = float("nan")


def test_entropy_and_critic_agree_on_the_telephones(shared: Path) -> None:
    given_case = case(shared, "A13_entropy_critic")
    values, wanted = np.array(given_case["inputs"]["X"]), given_case["expected"]
    polarity = np.array(given_case["params"]["polarity"])

    spread, says = critic(values, polarity=polarity)

    for found, name in (
        (entropy(values), "entropy_E"),
        (entropy_weights(values), "entropy_w"),
        (spread, "critic_sd"),
        (says, "critic_C"),
        (critic_weights(values, polarity=polarity), "critic_w"),
        (critic_weights(values), "critic_w_pymcdm_all_benefit"),
    ):
        np.testing.assert_allclose(found, wanted[name], rtol=1e-12)


def test_what_is_spread_evenly_has_no_weight_by_entropy() -> None:
    values = np.array([[5.0, 0.0], [5.0, 1.0], [NAN, 0.0]])

    assert entropy(values).tolist() == [1, 0]
    assert entropy_weights(values).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([[1.0, -1.0], [2.0, 3.0]], "a value is -1. Wanted none below nought for entropy"),
        ([[1.0, 0.0], [2.0, 0.0]], "child 2 is nought in every place"),
        ([[1.0, NAN], [2.0, 3.0]], "child 2 is nought in every place, or fewer than two"),
        ([[2.0, 3.0], [2.0, 3.0]], "every child is the same in all places"),
    ],
)
def test_entropy_weights_that_mean_nothing_are_refused(
    values: list[list[float]], words: str
) -> None:
    with pytest.raises(BadSpec, match=words):
        entropy_weights(np.array(values))


def test_critic_weights_that_mean_nothing_are_refused() -> None:
    with pytest.raises(BadSpec, match="child 2 is the same in every place"):
        critic_weights(np.array([[1.0, 5.0], [2.0, 5.0]]))
    with pytest.raises(BadSpec, match="the children all say the same"):
        critic_weights(np.array([[1.0, 5.0], [2.0, 7.0], [3.0, 9.0]]))


def test_critic_gives_most_to_what_goes_against_the_rest() -> None:
    values = np.array([[1.0, 2.0, 9.0], [2.0, 4.0, 7.0], [3.0, 6.0, NAN], [4.0, 7.0, 1.0]])

    found = critic_weights(values)

    assert found.sum() == pytest.approx(1)
    assert found.argmax() == 2


def test_principal_components_of_pillars_agree(shared: Path) -> None:
    pillars = numbers(rows(shared / "golden" / "methods" / "A14_pca__in_pillars.csv"))
    wanted = case(shared, "A14_pca")["expected"]

    found = principal_components(pillars)

    for mine, name in (
        (found.eigenvalues, "eigenvalues"),
        (found.explained, "explained"),
        (found.first, "pc1_eigenvector_signpos"),
        (found.squared, "weights_pc1_squared_loadings"),
    ):
        np.testing.assert_allclose(mine, wanted[name], atol=1e-12)
    assert found.above_one == wanted["n_kaiser"]
    assert not found.one_sign


@pytest.mark.parametrize(
    ("data", "golden"),
    [("chain_normalised.csv", "pca_l1_normalised"), ("raw.csv", "pca_l1_raw_naomit")],
)
def test_the_components_of_every_group_agree_with_coinr(
    shared: Path, data: str, golden: str
) -> None:
    """But for the sign, which in COINr is whatever the routine gave."""
    folder = shared / "golden" / "coinr"
    figures = rows(folder / data)
    theirs = json.loads((folder / f"{golden}__details.json").read_text(encoding="utf-8"))
    weights = {row["iCode"]: row["Weight"] for row in rows(folder / f"{golden}__weights.csv")}

    for group in theirs.values():
        values = numbers(figures, *group["iCodes"])
        # Deviations are in the goldens to fifteen digits, those of tiny units to fewer.
        found = principal_components(values)
        np.testing.assert_allclose(np.sqrt(found.eigenvalues), group["sdev"], rtol=1e-9)
        rotation = np.array(group["rotation"])
        signs = np.sign((found.vectors * rotation).sum(axis=0))
        np.testing.assert_allclose(found.vectors * signs, rotation, atol=1e-8)
        first = np.array([float(weights[code]) for code in group["iCodes"]])
        np.testing.assert_allclose(found.squared, first**2, atol=1e-9)
        assert found.first.sum() > 0
    assert len(theirs) == 8


def test_correlations_leave_out_gaps_pair_by_pair_or_row_by_row() -> None:
    values = np.array([[1.0, 2.0, NAN], [2.0, 1.0, 5.0], [3.0, 3.0, 4.0], [4.0, NAN, 1.0]])

    pairs, whole = correlations(values, complete=False), correlations(values)

    assert pairs[0, 1] == pytest.approx(0.5)
    assert pairs[0, 2] == pytest.approx(-12 / np.sqrt(2 * 78))
    assert whole[0, 1] == pytest.approx(1)
    assert np.isnan(correlations(np.array([[1.0, 2.0], [1.0, 3.0]]))[0, 1])


@given(values=arrays(np.float64, (7, 3), elements=st.floats(-50, 50).map(lambda x: round(x, 2))))
def test_the_order_of_rows_and_columns_does_not_move_components(values: FloatArray) -> None:
    values = values + np.array([[0, 3, 1], [9, 1, 2], [4, 4, 0], [7, 7, 3], [2, 0, 8], [1, 5, 5],
                                [0, 0, 0]]) * 40.0  # fmt: skip
    plain = principal_components(values)
    turned = principal_components(values[::-1, [2, 0, 1]])

    np.testing.assert_allclose(turned.eigenvalues, plain.eigenvalues, atol=1e-9)
    if plain.eigenvalues[0] - plain.eigenvalues[1] > 1e-3 and abs(plain.first.sum()) > 1e-3:
        np.testing.assert_allclose(turned.first, plain.first[[2, 0, 1]], atol=1e-6)


def test_too_few_places_for_components_are_refused() -> None:
    with pytest.raises(BadSpec, match="child 2 has no correlation with the others"):
        principal_components(np.array([[1.0, 2.0], [2.0, 2.0], [3.0, 2.0]]))


def test_comparisons_two_by_two_agree_with_saaty(shared: Path) -> None:
    given_case = case(shared, "A15_ahp")
    wanted = given_case["expected"]

    found = compare_pairs(np.array(given_case["inputs"]["A"]))

    np.testing.assert_allclose(found.weights, wanted["w_eigen"], atol=1e-12)
    np.testing.assert_allclose(found.geometric, wanted["w_geomean"], atol=1e-12)
    assert found.largest_eigenvalue == pytest.approx(wanted["lambda_max"], abs=1e-12)
    assert found.consistency_index == pytest.approx(wanted["CI"], abs=1e-12)
    assert found.consistency_ratio == pytest.approx(wanted["CR"], abs=1e-12)
    assert found.consistent


def test_comparisons_that_go_in_a_circle_are_not_consistent() -> None:
    circle = np.array([[1, 3, 1 / 3], [1 / 3, 1, 3], [3, 1 / 3, 1]])

    found = compare_pairs(circle)

    assert found.weights == pytest.approx(np.full(3, 1 / 3))
    assert found.consistency_ratio > 0.10
    assert not found.consistent


def test_two_parts_cannot_contradict_each_other() -> None:
    found = compare_pairs(np.array([[1.0, 4.0], [0.25, 1.0]]))

    assert found.weights == pytest.approx([0.8, 0.2])
    assert found.consistency_ratio == 0
    assert compare_pairs(np.ones((1, 1))).weights.tolist() == [1]


@pytest.mark.parametrize(
    ("matrix", "words"),
    [
        ([[1, 2, 3], [1, 1, 1]], "Wanted a square table"),
        ([[1, 0], [2, 1]], "a comparison is not above nought"),
        ([[1, NAN], [2, 1]], "a comparison is not above nought"),
        ([[1, 3], [3, 1]], "part 1 against 2 is 3, and the other way round 3"),
        ([[2, 1], [1, 1]], "part 1 against 1 is 2"),
        (np.ones((16, 16)).tolist(), "Wanted at most 15"),
    ],
)
def test_comparisons_that_are_none_are_refused(matrix: list[list[float]], words: str) -> None:
    with pytest.raises(BadSpec, match=words):
        compare_pairs(np.array(matrix, dtype=float))


def test_the_points_of_experts_are_shares_with_a_mean_and_a_spread() -> None:
    found = allocation(np.array([[50.0, 50.0], [30.0, 70.0], [1.0, 3.0]]))

    assert found.weights == pytest.approx([0.35, 0.65])
    assert found.experts[2].tolist() == [0.25, 0.75]
    assert found.spread == pytest.approx(np.std([0.5, 0.3, 0.25], ddof=1) * np.ones(2))
    assert np.isnan(allocation(np.array([[1.0, 2.0]])).spread).all()


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ([[1.0, NAN]], "write 0 where an expert gave none"),
        ([[1.0, -2.0]], "numbers from nought upwards"),
        ([[1.0, 2.0], [0.0, 0.0]], "expert 2 gave no points"),
    ],
)
def test_points_that_are_none_are_refused(points: list[list[float]], words: str) -> None:
    with pytest.raises(BadSpec, match=words):
        allocation(np.array(points))


def test_two_sub_indices_matter_alike_under_the_inverse_of_their_deviations(shared: Path) -> None:
    folder = shared / "golden"
    values = numbers(rows(folder / "methods" / "A09_opt_weights_2__in_subindices.csv"))
    wanted = case(shared, "A09_opt_weights_2")["expected"]["weights"]
    coinr = numbers(rows(folder / "coinr" / "opt_weights_level3.csv"), "OptWeight")[:, 0]

    found = optimised_weights(values)

    assert found.exact
    np.testing.assert_allclose(found.weights, list(wanted.values()), atol=1e-12)
    np.testing.assert_allclose(found.weights, coinr, atol=1e-9)
    inverse = 1 / values.std(axis=0)
    np.testing.assert_allclose(found.weights, inverse / inverse.sum(), rtol=1e-12)
    assert found.given == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize("importance", [Correlation(), SquaredCorrelation(), CorrelationRatio(3)])
@pytest.mark.parametrize("mean", [None, Geometric()])
def test_weights_give_the_importance_that_was_wanted(
    importance: Correlation | SquaredCorrelation | CorrelationRatio, mean: Geometric | None
) -> None:
    draws = np.random.default_rng(8).normal([50, 55, 60], 8, (60, 3))
    wanted = np.array([3.0, 2.0, 2.0])

    found = optimised_weights(draws, wanted, importance=importance, mean=mean)

    assert found.exact == (mean is None and importance.power is not None)
    np.testing.assert_allclose(found.given, wanted / 7, atol=1e-6)
    assert found.weights.sum() == pytest.approx(1)
    assert np.all(found.weights > 0)


def test_weights_that_would_have_to_be_negative_are_the_nearest_from_nought_up() -> None:
    """Two parts are near twins; to matter a tenth, one of the three would have to count less."""
    base = np.random.default_rng(1).normal(size=80)
    noise = np.random.default_rng(2).normal(size=(80, 3))
    values = np.column_stack([base, base, base]) + noise * [0.1, 0.1, 0.4]

    found = optimised_weights(values, np.array([1.0, 8.0, 1.0]))

    assert not found.exact
    assert found.weights.min() == 0
    assert found.apart > 1e-3
    steps = np.linspace(0, 1, 41)
    for first in steps:
        for second in steps[steps <= 1 - first + 1e-12]:
            weights = np.array([first, second, max(0.0, 1 - first - second)])
            shares = Correlation().of(values)(values @ weights)
            apart = np.mean((shares / shares.sum() - found.wanted) ** 2)
            assert apart >= found.apart - 1e-9


@settings(deadline=None, max_examples=20)
@given(order=st.permutations(range(30)))
def test_the_order_of_places_does_not_move_optimised_weights(order: list[int]) -> None:
    values = np.random.default_rng(3).normal(50, 9, (30, 3))
    values[4, 1] = NAN

    for importance in (Correlation(), CorrelationRatio()):
        plain = optimised_weights(values, importance=importance)
        turned = optimised_weights(values[order], importance=importance)
        np.testing.assert_array_equal(turned.weights, plain.weights)


@pytest.mark.parametrize(
    ("values", "targets", "words"),
    [
        ([[1.0, 2.0]] * 2, None, "2 places have every component"),
        ([[1.0, 2.0], [2.0, 2.0], [5.0, 2.0]], None, "component 2 is the same in every place"),
        ([[1.0, 2.0], [2.0, 3.0], [5.0, 1.0]], [1.0, 0.0], "Wanted a number above nought"),
        ([[1.0, 2.0], [2.0, 3.0], [5.0, 1.0]], [1.0], "for 2 components"),
    ],
)
def test_targets_that_cannot_be_aimed_at_are_refused(
    values: list[list[float]], targets: list[float] | None, words: str
) -> None:
    with pytest.raises(BadSpec, match=words):
        optimised_weights(np.array(values), None if targets is None else np.array(targets))
