"""Imputation by hand: each method, how sure it is, what it refuses, and the step's marks."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from placedex.errors import BadSpec
from placedex.index.fillings import (
    Filling,
    GroupMean,
    GroupMedian,
    Mean,
    Median,
    NoFilling,
    RowMean,
)
from placedex.index.hierarchy import Hierarchy, Node
from placedex.index.impute import IMPUTATIONS, Impute
from placedex.index.model_fillings import JointNormal, Regression
from placedex.index.time_fillings import CarriedForward, LinearInside
from placedex.observations import Status
from placedex.observations.panel import FloatArray
from tests.index.tables import NAN, state

PLACES = tuple("ABCDE")
GROUPS = {"A": "north", "B": "north", "C": "north", "D": "south", "E": "south"}
FIGURES = np.array([[1.0, 3, 8, NAN, 10], [NAN, 2, 4, 6, 8], [5, 5, 5, 5, NAN]]).T


@pytest.mark.parametrize(
    ("filling", "values", "variances"),
    [
        (NoFilling(), [NAN, NAN, NAN], [NAN, NAN, NAN]),
        (Mean(), [5.5, 5, 5], [np.var([1, 3, 8, 10], ddof=1), 20 / 3, 0]),
        (Median(), [5.5, 5, 5], [np.var([1, 3, 8, 10], ddof=1), 20 / 3, 0]),
        (GroupMean(GROUPS), [10, 3, 5], [NAN, 2, NAN]),
        (GroupMedian(GROUPS), [10, 3, 5], [NAN, 2, NAN]),
    ],
)
def test_gaps_are_filled_by_hand_with_how_sure_that_is(
    filling: Mean, values: list[float], variances: list[float]
) -> None:
    """A group of one donor gives a figure and no variance."""
    filled, spread = filling.fill_with_variance(FIGURES, PLACES)

    gaps = np.isnan(FIGURES)
    assert filled.T[gaps.T].tolist() == pytest.approx(values, nan_ok=True)
    np.testing.assert_allclose(spread.T[gaps.T], variances)
    assert np.isnan(spread[~gaps]).all()
    np.testing.assert_array_equal(filling.fill(FIGURES, PLACES), filled)


def test_a_place_without_a_group_is_left_and_no_groups_at_all_are_one() -> None:
    values = np.array([[1.0, 3, NAN, NAN]]).T

    some = GroupMean({"A": "a", "B": "a", "C": "a", "D": ""}).fill(values, tuple("ABCD"))
    none = GroupMean({}).fill(values, tuple("ABCD"))

    np.testing.assert_equal(some[:, 0], [1, 3, 2, NAN])
    assert none[:, 0].tolist() == [1, 3, 2, 2]


def test_a_row_is_filled_by_hand_with_directions() -> None:
    """E is at 1 on the first and at 0 on the second, where less is better: the mean is a half."""
    values = np.array([[0.0, 4, 2, 10], [8, 4, 6, 8], [20, 30, 40, NAN]]).T
    hierarchy = Hierarchy(
        (
            Node("index", "Index", None),
            Node("a", "A", "index"),
            Node("b", "B", "index", direction=-1),
            Node("c", "C", "index"),
        )
    )
    filling = RowMean().within(hierarchy, ("a", "b", "c"))

    filled, variances = filling.fill_with_variance(values, tuple("ABCD"))

    assert filled[3, 2] == 30
    assert variances[3, 2] == pytest.approx(0.5 * 20**2)


def test_a_row_without_other_figures_stays_missing_and_a_constant_tells_nothing() -> None:
    values = np.array([[1.0, 3, NAN], [7, 7, 7], [NAN, 5, NAN]]).T

    filled, variances = RowMean(by_component=False).fill_with_variance(values, tuple("ABC"))

    np.testing.assert_equal(filled[2], [NAN, 7, NAN])
    assert np.isnan(variances[2]).all()


def test_a_constant_indicator_fills_its_own_gaps() -> None:
    values = np.array([[7.0, 7, NAN], [1, 2, 3]]).T

    filled, variances = RowMean(by_component=False).fill_with_variance(values, tuple("ABC"))

    assert (filled[2, 0], variances[2, 0]) == (7, 0)


def test_a_regression_by_hand_with_the_variance_of_a_prediction() -> None:
    """On x = 1 .. 4 the line through 2, 3, 5, 6 is 0.5 + 1.4 x; s^2 = 0.2 / 2; at 6 h = 2.7."""
    values = np.array([[1.0, 2, 3, 4, 6], [2, 3, 5, 6, NAN], [1, 1, 1, 1, 1]]).T
    filling = replace(Regression(), codes=("x", "y", "same"))

    filled, variances = filling.fill_with_variance(values, PLACES)

    assert filled[4, 1] == pytest.approx(0.5 + 1.4 * 6)
    assert variances[4, 1] == pytest.approx(0.1 * (1 + 0.25 + 3.5**2 / 5))


@pytest.mark.parametrize(
    ("filling", "columns", "words"),
    [
        (Regression(("q",)), [[1, NAN], [1, 2]], "there is no indicator q to fill others from"),
        (Regression(("a",)), [[1, NAN], [1, 2]], "'a' has gaps itself. Wanted complete"),
        (Regression(), [[1, NAN], [2, 2]], "No indicator is complete and differs"),
        (Regression(), [[1, NAN, 2], [1, 2, 3]], "2 places know the indicator 'a', to be filled"),
        (
            Regression(),
            [[1, 2, 3, 4, NAN], [1, 2, 3, 5, 8], [2, 4, 6, 10, 16]],
            "from which 'a' is to be filled determine one another",
        ),
        (JointNormal(), [[1, NAN], [1, 2]], "2 places have figures of 2 indicators. Wanted at"),
        (JointNormal(), [[1, 1, NAN], [1, 2, 3]], "'a' has 2 figures and no two that differ"),
        (
            JointNormal(),
            [[1, 2, 4, NAN], [NAN, NAN, 4, 5]],
            "'a' and 'b' are known together in 1 places",
        ),
        (
            JointNormal(),
            [[1, 2, 3, 5, NAN], [2, 4, 6, 10, 9]],
            "'a', 'b' determine one another, so that their covariance is singular",
        ),
    ],
)
def test_what_cannot_be_filled_is_refused_by_name(
    filling: Filling, columns: list[list[float]], words: str
) -> None:
    figures = state(dict(zip("abc", columns, strict=False)))

    with pytest.raises(BadSpec, match=f"Step impute: .*{words}"):
        Impute(filling).apply(figures)


@pytest.mark.parametrize("gap", [(0, 0), (2, 1), (6, 2)])
def test_indicators_in_a_straight_line_are_refused_by_name_wherever_the_gap_is(
    gap: tuple[int, int],
) -> None:
    """Their covariance is singular in the second round already."""
    line = np.arange(1.0, 8.0)
    values = np.column_stack([line, 2 * line + 1, 3 * line - 2])
    values[gap] = NAN
    given = state(dict(zip("abc", values.T.tolist(), strict=True)))

    with pytest.raises(BadSpec, match=r"Step impute: .*'[ab]', '[bc]' determine one another"):
        Impute(JointNormal()).apply(given)


def test_too_few_places_for_a_joint_normal_are_refused_with_the_indicators() -> None:
    given = state({"a": [1.0, 2.0], "b": [3.0, NAN]})

    with pytest.raises(BadSpec, match=r"Step impute: 2 places .* joint normal of 'a', 'b'"):
        Impute(JointNormal()).apply(given)


def correlated(places: int, seed: int = 5) -> FloatArray:
    """Three indicators that go together, with gaps."""
    chance = np.random.default_rng(seed)
    values = chance.normal(size=(places, 1)) + 0.6 * chance.normal(size=(places, 3))
    values[chance.random(values.shape) < 0.15] = np.nan
    return values * [1, 10, 100] + [0, 50, 3]


def test_two_jointly_normal_indicators_by_hand() -> None:
    """With the first complete, EM is the regression of the second on it, with divisor n."""
    first = np.array([1.0, 2, 3, 4, 6])
    second = np.array([2.0, 3, 5, 6, NAN])

    filled, variances = JointNormal().fill_with_variance(np.stack([first, second], 1), PLACES)

    assert filled[4, 1] == pytest.approx(0.5 + 1.4 * 6)
    assert variances[4, 1] == pytest.approx(0.2 / 4)


def test_the_order_of_places_is_nothing_to_any_model() -> None:
    values = correlated(30)
    codes = tuple(f"E{number:02}" for number in range(30))
    order = np.random.default_rng(1).permutation(30)
    mixed = tuple(codes[row] for row in order)
    for filling in (JointNormal(), RowMean(by_component=False), Mean(), Median()):
        there, sure = filling.fill_with_variance(values, codes)
        again, surely = filling.fill_with_variance(values[order], mixed)
        np.testing.assert_allclose(again, there[order], rtol=1e-9)
        np.testing.assert_allclose(surely, sure[order], rtol=1e-9)

    draws = [
        JointNormal().draws(table, names, generator=np.random.default_rng(3), count=4)
        for table, names in ((values, codes), (values[order], mixed))
    ]
    np.testing.assert_allclose(draws[1], draws[0][:, order], rtol=1e-6)


def test_draws_spread_about_the_conditional_mean_a_little_wider_than_it_says() -> None:
    """They also carry what is not known of the mean and the covariance."""
    values = correlated(60)
    codes = tuple(str(number) for number in range(60))
    filled, variances = JointNormal().fill_with_variance(values, codes)

    drawn = JointNormal().draws(values, codes, generator=np.random.default_rng(8), count=2000)

    gaps = np.isnan(values) & ~np.isnan(filled)
    apart = (drawn.mean(axis=0) - filled)[gaps] / np.sqrt(variances[gaps])
    ratio = drawn.var(axis=0)[gaps] / variances[gaps]
    assert drawn.shape == (2000, 60, 3)
    assert np.abs(apart).max() < 0.15
    assert 1.0 < np.median(ratio) < 1.3
    assert (drawn[:, ~np.isnan(values)] == values[~np.isnan(values)]).all()


def test_a_place_without_any_figure_is_not_filled_by_a_joint_normal() -> None:
    values = correlated(20)
    values[4] = np.nan

    filled = JointNormal().fill(values, tuple(str(number) for number in range(20)))

    assert np.isnan(filled[4]).all()
    assert not np.isnan(np.delete(filled, 4, axis=0)).any()


def test_a_component_of_its_own_needs_fewer_places() -> None:
    columns: dict[str, list[float]] = {
        "a": [1, 2, NAN, 4],
        "b": [2, 1, 3, 5],
        "c": [1, 5, 2, 9],
        "d": [4, NAN, 2, 5],
    }
    nodes = [Node("index", "Index", None), Node("p", "P", "index"), Node("q", "Q", "index")]
    nodes += [Node(code, code, "p" if code in "ab" else "q") for code in columns]
    figures = state(columns, hierarchy=Hierarchy(tuple(nodes)))

    with pytest.raises(BadSpec, match="4 places have figures of 4 indicators"):
        Impute(JointNormal()).apply(figures)
    made = Impute(JointNormal(by_component=True)).apply(figures)

    assert not np.isnan(made.panel.values).any()


EARLIER = (
    (2020.0, state({"a": [1.0, 5, NAN], "b": [1.0, 1, 1]}).panel),
    (2022.0, state({"b": [3.0, NAN, 1], "a": [3.0, NAN, NAN]}).panel),
)
NOW = {"a": [NAN, NAN, NAN], "b": [NAN, NAN, 2.0]}


def test_the_last_figure_before_is_carried_with_its_year_and_how_sure_it_is() -> None:
    """The only change of `a` is 2 in two years: 2 squared over 2 is a variance of 2 a year."""
    made = Impute(CarriedForward(2023, EARLIER)).apply(state(NOW))

    np.testing.assert_equal(made.panel.of("a"), [3, 5, NAN])
    np.testing.assert_equal(made.panel.of("b"), [3, 1, 2])
    np.testing.assert_allclose(made.panel.errors[:, 0], [np.sqrt(2), np.sqrt(6), NAN])
    said = {(flag.node, flag.place): flag.words for flag in made.flags}
    assert said["a", "A"] == (
        "a of A is missing and was filled with the place's last figure before it (of 2022)."
    )
    assert said["a", "B"].endswith("(of 2020).")
    assert ("b", "C") not in said


def test_a_figure_is_carried_over_so_many_editions_and_no_more() -> None:
    made = Impute(CarriedForward(2023, EARLIER, most=1)).apply(state(NOW))

    np.testing.assert_equal(made.panel.of("a"), [3, NAN, NAN])


def test_a_line_runs_between_the_figures_before_and_after() -> None:
    """At 2021 a is halfway from 1 to 3; the variance of 2 a year times 1 x 1 / 2 is 1."""
    made = Impute(LinearInside(2021, EARLIER)).apply(state(NOW))
    held = Impute(LinearInside(2021, EARLIER, hold_ends=True)).apply(state(NOW))

    np.testing.assert_equal(made.panel.of("a"), [2, NAN, NAN])
    assert made.panel.errors[0, 0] == pytest.approx(1)
    np.testing.assert_equal(held.panel.of("a"), [2, 5, NAN])


@pytest.mark.parametrize(
    ("filling", "words"),
    [
        (CarriedForward(2022, EARLIER), "the edition of 2022 is not earlier than 2022"),
        (LinearInside(2022, EARLIER), "two editions are of the same time"),
    ],
)
def test_editions_out_of_time_are_refused(filling: Filling, words: str) -> None:
    with pytest.raises(BadSpec, match=f"Step impute: {words}"):
        Impute(filling).apply(state(NOW))


@dataclass(frozen=True)
class Nought:
    """A filling of somebody's own, which says nothing of how sure it is."""

    words: str = "nought"

    def fill(self, values: FloatArray, places: tuple[str, ...]) -> FloatArray:
        return np.nan_to_num(values)


def test_a_filled_figure_is_marked_and_others_keep_their_standard_error() -> None:
    before = state({"a": [1.0, NAN, 4]})
    panel = replace(before.panel, errors=np.full((3, 1), 0.5))

    mean = Impute(Mean()).apply(before.with_panel(panel)).panel
    own = Impute(Nought()).apply(before.with_panel(panel)).panel

    assert mean.statuses[:, 0].tolist() == [
        Status.PUBLISHED,
        Status.IMPUTED,
        Status.PUBLISHED,
    ]
    np.testing.assert_allclose(mean.errors[:, 0], [0.5, np.sqrt(4.5), 0.5])
    np.testing.assert_equal(own.values[:, 0], [1, 0, 4])
    np.testing.assert_equal(own.errors[:, 0], [0.5, NAN, 0.5])


def test_every_imputation_of_the_registry_says_what_it_fills_with() -> None:
    made: list[Filling] = [
        NoFilling(),
        Mean(),
        Median(),
        GroupMean(GROUPS),
        GroupMedian(GROUPS),
        RowMean(),
        CarriedForward(2023, EARLIER),
        LinearInside(2021, EARLIER),
        Regression(),
        JointNormal(),
    ]

    assert {type(one) for one in made} == set(IMPUTATIONS.values())
    assert all(one.words for one in made)
    assert Impute(NoFilling()).words == "A missing value is not filled."
