"""Synthetic control: exact mixes by hand, the published weights, and placebo ranks."""

from pathlib import Path

import numpy as np
import pytest

from placedex.stats.placebo import placebos
from placedex.stats.synthetic_control import Predictors, nearest_mix, synthetic_control
from tests.golden.case import read_case
from tests.golden.ledger_growth import mix_of_donors


def test_a_place_between_two_others_is_their_mix() -> None:
    # 0.25 of the first and 0.75 of the second is the place itself.
    first, second = np.array([0.0, 4, 8]), np.array([4.0, 4, 0])

    weights = nearest_mix(0.25 * first + 0.75 * second, np.column_stack([first, second]))

    assert weights == pytest.approx([0.25, 0.75])


def test_a_place_beyond_all_others_is_the_nearest_of_them() -> None:
    weights = nearest_mix([10, 10], [[1, 3, 2], [1, 3, 0]])

    assert weights == pytest.approx([0, 1, 0])


def test_the_nearest_point_of_a_side_by_hand() -> None:
    # From (1, 1) to the line from (0, 0) to (2, 0): its foot is (1, 0), half of each.
    assert nearest_mix([1, 1], [[0, 2], [0, 0]]) == pytest.approx([0.5, 0.5])


def test_no_mix_is_nearer_than_the_one_found() -> None:
    chance = np.random.default_rng(3)
    own, donors = chance.normal(size=6), chance.normal(size=(6, 4))
    found = nearest_mix(own, donors)

    best = float(np.sum((own - donors @ found) ** 2))
    others = chance.dirichlet(np.ones(4) * 0.5, size=5000)
    assert found.min() >= 0
    assert found.sum() == pytest.approx(1)
    assert best <= min(float(np.sum((own - donors @ one) ** 2)) for one in others)


def test_the_gap_after_is_the_place_less_its_mix() -> None:
    donors = np.array([[0.0, 4], [2, 4], [4, 4], [6, 4]])
    own = np.array([2.0, 3, 4, 8])

    found = synthetic_control(own, donors, begins=3)

    assert found.weights == pytest.approx([0.5, 0.5])
    assert found.gap == pytest.approx([0, 0, 0, 3], abs=1e-9)
    assert found.after == pytest.approx(9)


def test_the_basque_country_has_the_published_weights(shared: Path) -> None:
    """Source: Abadie and Gardeazabal (2003); R's Synth: Catalonia 0.8508, Madrid 0.1492.

    The case holds the weights by predictors within 0.005, and the others within 0.0002.
    """
    case = read_case(shared / "golden" / "methods" / "F06_synthetic_control_basque.json")

    assert mix_of_donors(case) <= case.tolerance


def test_predictors_that_say_nothing_about_size_still_give_a_mix() -> None:
    outcome = np.array([[1.0, 2, 4], [2, 3, 5], [3, 4, 6], [9, 5, 7]])
    found = synthetic_control(
        outcome[:, 0] + 1.5,
        outcome[:, 1:],
        begins=3,
        predictors=Predictors(np.array([3.0, 7.0]), np.array([[2.0, 4.0], [7.0, 7.0]])),
    )

    # The first predictor lies half-way; the second is the same everywhere, and tells nothing.
    assert found.weights == pytest.approx([0.5, 0.5], abs=1e-6)
    assert found.importance.sum() == pytest.approx(1)


def test_the_place_that_moved_ranks_first_among_placebos() -> None:
    chance = np.random.default_rng(1)
    outcomes = np.linspace(10, 12, 12)[:, None] + chance.normal(scale=0.1, size=(12, 9))
    outcomes[8:, 0] += 5

    found = placebos(outcomes, begins=8)

    assert found.rank == 1
    assert found.chance == pytest.approx(1 / 9)


def test_a_treated_place_is_no_donor_of_a_placebo() -> None:
    """Two places move together; without the treated one the other has nothing like it."""
    calm = np.array([[1.0, 5], [1, 5], [1, 5], [1, 5]])
    pair = np.array([[8.0, 8], [9, 9], [8, 8], [20, 9]])

    found = placebos(np.column_stack([pair, calm]), begins=3)

    # The second of the pair is left with calm donors, of which 5 is the nearest.
    assert found.gaps[:, 1] == pytest.approx([3, 4, 3, 4])


@pytest.mark.parametrize(
    ("donors", "begins"),
    [([[1.0], [2.0], [3.0]], 2), ([[1.0, 2], [2, 3], [3, 4]], 1), ([[1.0, 2], [2, 3], [3, 4]], 3)],
)
def test_too_few_donors_or_periods_are_refused(donors: list[list[float]], begins: int) -> None:
    with pytest.raises(ValueError, match="Wanted two donors and two periods before"):
        synthetic_control([1, 2, 3], donors, begins=begins)


def test_a_gap_in_the_figures_is_refused() -> None:
    with pytest.raises(ValueError, match="some are missing"):
        synthetic_control([1, np.nan, 3], [[1, 2], [2, 3], [3, 4]], begins=2)
