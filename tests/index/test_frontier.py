"""The benefit of the doubt, by hand and against the answers of another programme."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from placedex.errors import BadSpec
from placedex.index import Aggregate, Node
from placedex.index.frontier import BenefitOfTheDoubt, benefit_of_the_doubt
from placedex.observations.panel import FloatArray
from tests.index.test_aggregate_golden import numbers, rows
from tests.index.test_steps import made, table

NAN = float("nan")


def test_a_place_under_its_best_weights_is_measured_against_the_frontier() -> None:
    """C lies on the line from the origin to the middle of the edge between A and B, half way."""
    values = np.array([[10.0, 0.0], [0.0, 10.0], [2.5, 2.5], [10.0, 5.0]])

    found = benefit_of_the_doubt(values)

    # The frontier runs from (10, 5) to (0, 10): x/20 + y/10 = 1.
    assert found.scores == pytest.approx([1, 1, 0.375, 1])
    assert found.weights[2] == pytest.approx([0.05, 0.1])
    assert found.shares[2] == pytest.approx([1 / 3, 2 / 3])


def test_limits_on_the_shares_keep_a_place_from_resting_on_one_part() -> None:
    values = np.array([[10.0, 2.0], [2.0, 10.0]])

    free = benefit_of_the_doubt(values)
    held = benefit_of_the_doubt(values, low=0.5, high=0.5)

    assert free.scores.tolist() == [1, 1]
    # Half each: w = (s/20, s/4), so the other place reaches 0.1 s + 2.5 s.
    assert held.scores == pytest.approx([1 / 2.6, 1 / 2.6])
    assert held.shares == pytest.approx(np.full((2, 2), 0.5))


def test_each_part_may_have_limits_of_its_own() -> None:
    values = np.array([[10.0, 2.0, 4.0], [2.0, 10.0, 5.0], [6.0, 6.0, 1.0]])

    found = benefit_of_the_doubt(values, low=[0.2, 0.1, 0.0], high=[0.6, 0.5, 0.3])

    assert np.all(found.shares >= np.array([0.2, 0.1, 0.0]) - 1e-9)
    assert np.all(found.shares <= np.array([0.6, 0.5, 0.3]) + 1e-9)
    assert np.all(values @ found.weights.T <= 1 + 1e-9)


def test_a_place_is_scored_on_what_it_has() -> None:
    values = np.array([[10.0, NAN], [5.0, 10.0], [NAN, 5.0], [NAN, NAN]])

    found = benefit_of_the_doubt(values)
    held = benefit_of_the_doubt(values, high=0.6)

    np.testing.assert_allclose(found.scores, [1, 1, 0.5, NAN])
    np.testing.assert_allclose(held.scores[2], 0.5)
    assert np.isnan(found.weights[2, 0])


def test_the_better_life_index_agrees(shared: Path) -> None:
    folder = shared / "golden" / "methods"
    values = numbers(rows(folder / "A12_bod__in_x.csv"))
    theirs = numbers(rows(folder / "A12_bod__exp_bod.csv"))[:, 0]

    found = benefit_of_the_doubt(values)

    np.testing.assert_allclose(found.scores, theirs, atol=1e-9)
    assert np.all(values @ found.weights.T <= 1 + 1e-7)


@settings(deadline=None, max_examples=40)
@given(
    values=arrays(np.float64, (6, 3), elements=st.sampled_from([1.0, 2.0, 3.5, 7.0, NAN])),
    order=st.permutations(range(6)),
    units=arrays(np.float64, (3,), elements=st.sampled_from([0.001, 1.0, 40.0])),
)
def test_neither_rows_nor_units_matter(
    values: FloatArray, order: list[int], units: FloatArray
) -> None:
    values[0] = [1.0, 2.0, 3.0]

    plain = benefit_of_the_doubt(values).scores

    np.testing.assert_array_equal(benefit_of_the_doubt(values[order]).scores, plain[order])
    np.testing.assert_allclose(benefit_of_the_doubt(values * units).scores, plain, atol=1e-7)


@settings(deadline=None, max_examples=40)
@given(values=arrays(np.float64, (5, 3), elements=st.floats(1, 100)))
def test_limits_never_raise_a_score(values: FloatArray) -> None:
    free = benefit_of_the_doubt(values).scores
    held = benefit_of_the_doubt(values, low=0.1, high=0.5).scores

    assert np.all(held <= free + 1e-7)
    assert free.max() == 1


@pytest.mark.parametrize(("low", "high"), [(0.5, 1.0), (0.0, 0.3), (0.6, 0.5), (-0.1, 1.0)])
def test_limits_that_nothing_can_keep_are_refused(low: float, high: float) -> None:
    with pytest.raises(BadSpec, match="Widen the limits"):
        benefit_of_the_doubt(np.ones((2, 3)), low=low, high=high)


def test_an_index_may_be_made_with_it() -> None:
    nodes = [Node(code, code, "index", goalposts=(0, 100)) for code in "ab"]
    method = BenefitOfTheDoubt()

    index = made(table({"a": [100, 50], "b": [0, 0]}), nodes, Aggregate(mean=method))

    assert index.scores.of("index").tolist() == pytest.approx([100, 50])
    assert "100 where none is better" in method.words
    assert "no part bringing less than 10%" in BenefitOfTheDoubt(low=0.1).words
