"""The Mazziotta-Pareto indices, worked by hand."""

import numpy as np
import pytest

from placedex.errors import BadSpec
from placedex.index import Aggregate, MinMax, Node
from placedex.index.penalty import (
    SAMPLE,
    AdjustedMazziottaPareto,
    MazziottaPareto,
    adjusted_goalposts,
    adjusted_scale,
    penalised,
    standardised,
)
from tests.index.test_steps import made, table

NAN = float("nan")


def test_a_standardised_indicator_has_the_mean_100_and_the_deviation_10() -> None:
    values = np.array([[1.0, 8.0], [3.0, 2.0], [NAN, 5.0]])

    scores = standardised(values, polarity=np.array([1, -1]))

    assert scores[:2, 0].tolist() == [90, 110]
    assert np.isnan(scores[2, 0])
    assert scores[:, 1].mean() == pytest.approx(100)
    assert scores[:, 1].std() == pytest.approx(10)
    assert scores[1, 1] > scores[2, 1] > scores[0, 1]


def test_standardising_again_changes_nothing() -> None:
    values = np.random.default_rng(1).normal(size=(9, 3))
    once = standardised(values)

    np.testing.assert_allclose(standardised(once), once, rtol=1e-12)


def test_an_uneven_place_loses_its_variance_over_its_mean() -> None:
    """Mean 100, variance 100 over two parts or 200 over one less: 1 point or 2."""
    even, uneven = [100.0, 100.0], [90.0, 110.0]
    values = np.array([even, uneven])

    assert penalised(values, np.ones(2)).tolist() == [100, 99]
    assert penalised(values, np.ones(2), penalty=1).tolist() == [100, 101]
    assert penalised(values, np.ones(2), divisor=SAMPLE).tolist() == [100, 98]


def test_one_part_alone_has_no_penalty() -> None:
    for divisor in (0, 1):
        assert penalised(np.array([NAN, 80.0]), np.ones(2), divisor=divisor) == 80


def test_the_penalty_is_another_upwards_and_downwards() -> None:
    """Compind 3.4 ci_ampi gives the same for both."""
    values = np.array([[70.0, 130.0], [95.0, 101.0]])

    down = AdjustedMazziottaPareto().of(values, np.ones(2))
    up = AdjustedMazziottaPareto(penalty=1).of(values, np.ones(2))

    assert np.all(down < up)


def test_goalposts_lie_half_the_range_either_side_of_the_reference() -> None:
    years = np.array([[[10.0], [20.0]], [[NAN], [40.0]]])

    low, high = adjusted_goalposts(years, np.array([22.0]))

    assert (low.tolist(), high.tolist()) == ([7], [37])
    assert adjusted_scale(np.array([22.0]), low, high).tolist() == [100]
    assert adjusted_scale(np.array([37.0]), low, high, polarity=-1).tolist() == [70]


def test_a_later_year_beyond_the_goalposts_moves_no_earlier_score() -> None:
    first = np.array([[10.0, 5.0], [20.0, 9.0]])
    posts = adjusted_goalposts(first, np.array([15.0, 7.0]))
    later = np.vstack([first, [[90.0, 30.0]]])

    before, after = (adjusted_scale(one, *posts) for one in (first, later))

    np.testing.assert_array_equal(after[:2], before)
    assert np.all(after[2] > 130)


def test_an_indicator_that_is_everywhere_the_same_is_refused() -> None:
    with pytest.raises(BadSpec, match="child 2 is the same in every place"):
        standardised(np.array([[1.0, 0.1 + 0.2], [2.0, 0.3]]))
    with pytest.raises(BadSpec, match="indicator 1 has no two values that differ"):
        adjusted_goalposts(np.array([[3.0], [NAN]]), np.array([3.0]))


def test_an_index_may_be_made_with_either() -> None:
    panel = table({"a": [0, 50, 100], "b": [100, 50, 0]})
    nodes = [Node(code, code, "index", goalposts=(0, 100)) for code in "ab"]

    plain = made(panel, nodes, Aggregate(mean=MazziottaPareto()))
    adjusted = made(
        panel, nodes, MinMax(scale=(70, 130)), Aggregate(mean=AdjustedMazziottaPareto())
    )

    # Standardised: 100 -+ 12.247 at the ends, so the ends lose 150/100.
    assert plain.scores.of("index").tolist() == pytest.approx([98.5, 100, 98.5])
    assert adjusted.scores.of("index").tolist() == pytest.approx([91, 100, 91])
