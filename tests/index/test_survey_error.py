"""Errors of the figures alone: standard errors of scores and the ranks that they allow."""

from math import sqrt

import numpy as np
import pytest

from placedex.index import LeftOpen, MinMax, build, joint_interval_sets
from placedex.index.choices import Choices, Sampling
from placedex.index.drawn import draw_survey_error
from placedex.index.rank_sets import usual_sets
from placedex.index.survey_error import Spread, carriers, in_order, survey_error
from tests.index.uncertain_specs import panel, panel_of_many, spec

NAN = float("nan")


def left_open(draws: int = 4_000) -> LeftOpen:
    return LeftOpen(Choices(sampling=Sampling()), draws=draws, seed=3)


def test_the_error_of_a_mean_of_two_is_the_root_of_their_squares_over_two() -> None:
    values = panel([[50.0, 40.0], [30.0, 20.0]], [[3.0, 4.0], [6.0, 8.0]])
    found = draw_survey_error(build(spec(2), values), left_open(20_000))

    assert found.errors == pytest.approx([2.5, 5.0], rel=0.03)
    assert found.independent
    assert found.failed == 0


def test_a_spread_adds_up_however_the_draws_are_cut() -> None:
    rng = np.random.default_rng(1)
    scores = rng.normal(50, 5, (300, 3))
    whole, parts = Spread.about(np.full(3, 50.0)), Spread.about(np.full(3, 50.0))
    whole.add(scores)
    for part in np.array_split(scores, 7):
        parts.add(part)

    np.testing.assert_allclose(whole.errors, scores.std(axis=0, ddof=1), rtol=1e-12)
    np.testing.assert_allclose(whole.covariances, np.cov(scores.T), rtol=1e-10)
    np.testing.assert_allclose(parts.covariances, whole.covariances, rtol=1e-10)


def test_a_draw_that_failed_is_counted_and_not_averaged() -> None:
    spread = Spread.about(np.array([1.0, 2.0]))
    spread.add(np.array([[1.0, 2.0], [NAN, NAN], [3.0, 2.0]]))

    assert (spread.draws, spread.failed) == (2, 1)
    assert spread.errors == pytest.approx([sqrt(2), 0.0])


def test_fewer_than_two_draws_say_nothing_of_an_error() -> None:
    """An error of nought would make every rank sure."""
    spread = Spread.about(np.array([60.0, 50.0]))
    spread.add(np.array([[61.0, 49.0], [NAN, NAN]]))
    found = survey_error(
        spread,
        places=("A", "B"),
        carried=(("i0",), (), np.zeros(2, dtype=bool)),
        rng=np.random.default_rng(1),
    )

    assert np.isnan(spread.errors).all()
    assert np.isnan(spread.covariances).all()
    assert np.isnan(found.sets.best).all()
    assert np.isnan(found.beats_next).all()


def test_under_a_floating_scale_the_errors_of_places_hang_together() -> None:
    """Where the lowest is always 0, the error of the middle one hangs on both ends."""
    values = panel([[90.0], [50.0], [10.0]], [[5.0], [0.1], [5.0]])
    floating = spec(1, None, MinMax((0, 100), floating=True))
    # Three places of which the ends stay the ends: their scores are 100 and 0 in every draw.
    found = draw_survey_error(build(floating, values), left_open())

    assert found.errors[[0, 2]] == pytest.approx([0, 0])
    assert found.errors[1] > 1
    shared = Spread.about(np.zeros(2))
    moved = np.random.default_rng(2).normal(size=(500, 1))
    shared.add(np.hstack([moved, moved]))
    assert not shared.independent


def test_above_two_hundred_places_the_sets_are_joint_intervals() -> None:
    rng = np.random.default_rng(4)
    values = rng.uniform(20, 80, (201, 1))
    errors = np.full_like(values, 2.0)
    found = draw_survey_error(build(spec(1), panel_of_many(values, errors)), left_open(500))
    again = joint_interval_sets(found.scores, found.errors)

    assert type(usual_sets(201)).__name__ == "JointIntervals"
    np.testing.assert_array_equal(found.sets.best, again.best)
    np.testing.assert_array_equal(found.sets.worst, again.worst)
    assert "Klein, Wright and Wieczorek" in found.words


def test_carriers_tell_indicators_with_an_error_from_those_without() -> None:
    values = np.array([[1.0, 1.0, NAN], [2.0, 2.0, NAN], [NAN, 3.0, NAN]])
    errors = np.array([[0.5, NAN, NAN], [NAN, NAN, NAN], [0.5, NAN, NAN]])

    with_error, without, lacking = carriers(values, errors, ("a", "b", "c"))

    assert (with_error, without) == (("a",), ("b",))
    assert lacking.tolist() == [False, True, False]


def test_a_place_without_a_score_has_no_set_and_is_nobodys_rival() -> None:
    spread = Spread.about(np.array([80.0, NAN, 20.0]))
    rng = np.random.default_rng(5)
    spread.add(rng.normal([80, NAN, 20], 1, (400, 3)))
    found = survey_error(
        spread,
        places=("A", "B", "C"),
        carried=(("i0",), (), np.zeros(3, dtype=bool)),
        rng=rng,
    )

    assert np.isnan(found.sets.best[1])
    assert (found.sets.worst[0], found.sets.best[2]) == (1, 2)
    assert found.beats_next[0] == pytest.approx(1)
    assert in_order(found.scores) == [0, 2]
