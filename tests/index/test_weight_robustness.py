"""Other weights: what they can make of each rank, worked by hand."""

import numpy as np
import pytest

from placedex.index import build
from placedex.index.weight_robustness import WeightRobustness, find_weight_robustness
from tests.index.uncertain_specs import panel, panel_of_many, spec


def found(rows: list[list[float]]) -> WeightRobustness:
    robust = find_weight_robustness(build(spec(2), panel(rows)))
    assert isinstance(robust, WeightRobustness)
    return robust


def test_the_robustness_of_a_lead_is_the_gap_over_the_gap_and_the_worst_against_it() -> None:
    """A leads B by 10 of 100 points, and B is ahead by 10 on the second: 10 / (10 + 10)."""
    robust = found([[80.0, 40.0], [50.0, 50.0]])

    assert robust.over_next[0] == pytest.approx(0.5)
    assert np.isnan(robust.over_next[1])
    assert robust.pairs.share_dominant == 0
    assert "0% hold whatever the components weigh, and 100%" in robust.words


def test_within_a_quarter_a_small_lead_turns_and_a_large_one_does_not() -> None:
    """At weights 0.375 and 0.625 A has 42.5 and B 47.5; C is behind by far."""
    robust = found([[80.0, 20.0], [40.0, 52.0], [10.0, 10.0]])

    assert robust.attainable is not None
    assert robust.attainable.best.tolist() == [1, 1, 3]
    assert robust.attainable.worst.tolist() == [2, 2, 3]
    assert robust.attainable.exact.all()


def test_a_place_that_lacks_a_component_is_nobodys_rival() -> None:
    robust = found([[80.0, 40.0], [50.0, 50.0], [99.0, float("nan")]])

    assert robust.attainable is not None
    assert np.isnan(robust.attainable.best[2])
    assert robust.attainable.best[0] == 1
    assert robust.over_next[0] == pytest.approx(0.5)


def test_for_many_places_the_best_and_worst_rank_are_not_looked_for() -> None:
    values = np.random.default_rng(1).uniform(0, 100, (101, 2))
    robust = find_weight_robustness(build(spec(2), panel_of_many(values)))

    assert isinstance(robust, WeightRobustness)
    assert robust.attainable is None
    assert "at most 100 places" in robust.why_not
