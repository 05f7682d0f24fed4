"""The kernels against the pure functions of the room, on figures with gaps and ties."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placedex.index.impute import GroupMean, Mean, Median
from placedex.index.means import arithmetic, geometric, harmonic
from placedex.index.normalise import min_max
from placedex.index.treat import Limits, Treat
from placedex.stats import kurtosis, rank_descending, skewness

numba = pytest.importorskip("numba")

from placedex.index import codes, kernels  # noqa: E402
from placedex.index.fill_kernels import fill_group_means, fill_row  # noqa: E402
from placedex.index.mean_kernels import add_child, close_mean  # noqa: E402
from placedex.index.order_kernels import average_ranks, rank_row  # noqa: E402
from placedex.index.point_kernels import min_max_row, z_row  # noqa: E402
from placedex.index.program import Scaling, Work, make_work  # noqa: E402
from placedex.index.treat_kernels import treat_row  # noqa: E402

NAN = float("nan")
FloatArray = np.typing.NDArray[np.float64]
once = settings(max_examples=150, deadline=None)


def close(ours: FloatArray, wanted: FloatArray) -> bool:
    """Alike but for the last digits of the largest: the order of sums is each one's own."""
    digits = 1e-12 * max(1.0, float(np.nanmax(np.abs(wanted), initial=0.0)))
    return bool(np.allclose(ours, wanted, rtol=1e-12, atol=digits, equal_nan=True))


@st.composite
def rows(draw: st.DrawFn, *, least: int = 1, gaps: bool = True) -> FloatArray:
    """Figures of which some are missing, many tied and some far out."""
    one = st.one_of(
        st.integers(-3, 3).map(float),
        st.floats(-1e3, 1e3, allow_subnormal=False).map(lambda number: round(number, 3)),
        st.sampled_from([1e6, -1e6, 5e5]),
        *([st.just(NAN)] if gaps else []),
    )
    return np.array(draw(st.lists(one, min_size=least, max_size=60)))


def room(row: FloatArray, nodes: int = 1) -> Work:
    return make_work(nodes, max(row.size, 1))


def holding(row: FloatArray) -> Work:
    """Work arrays of which the first node is a row."""
    work = make_work(1, row.size)
    work.nodes[0] = row
    return work


def scaling(
    code: int, numbers: tuple[float, ...], ends: tuple[float, float], up: float = 1.0
) -> Scaling:
    return Scaling(code, np.array(numbers), *ends, up)


@once
@given(rows())
def test_ranks_are_those_of_the_pure_function(row: FloatArray) -> None:
    ranked = row.copy()

    rank_row(ranked, 1.0, room(row))

    assert np.array_equal(ranked, rank_descending(row), equal_nan=True)


@once
@given(rows())
def test_ranks_from_the_lowest_are_those_of_the_values_turned_round(row: FloatArray) -> None:
    ranked = row.copy()

    rank_row(ranked, -1.0, room(row))

    assert np.array_equal(ranked, rank_descending(-row), equal_nan=True)


@pytest.mark.parametrize(
    "row",
    [
        np.exp(np.random.default_rng(1).standard_normal(2000) * 6),
        np.append(np.arange(999.0), 1e300),
        np.append(np.sin(np.arange(500.0)), [np.inf, -np.inf, NAN]),
        np.array([0.0, 5e-324, 1e-323, 5e-324]),
        np.full(50, 7.0),
        np.full(4, NAN),
    ],
    ids=["uneven", "one far out", "infinite", "tiny", "all alike", "all missing"],
)
def test_ranks_hold_however_uneven_the_values(row: FloatArray) -> None:
    ranked = row.copy()

    rank_row(ranked, 1.0, room(row))

    assert np.array_equal(ranked, rank_descending(row), equal_nan=True)


def test_equal_figures_share_the_middle_rank_where_asked() -> None:
    row = np.array([3.0, 1.0, 3.0, NAN, 2.0])

    average_ranks(row, 1.0, room(row))

    assert np.array_equal(row, [1.5, 4, 1.5, NAN, 3], equal_nan=True)


@once
@given(rows(least=4, gaps=False))
def test_moments_are_those_of_the_pure_functions(row: FloatArray) -> None:
    if np.ptp(row) < 1e-3:
        return
    lean, tails = kernels.moments(row)

    assert close(np.array([lean, tails]), np.array([skewness(row), kurtosis(row)]))


@once
@given(
    rows(),
    st.sampled_from([None, 0, 1, 2, 5]),
    st.sampled_from([Limits(), Limits(0.5, -1.0), Limits(0.05, -2.5)]),
)
def test_a_row_is_treated_as_by_the_step(row: FloatArray, most: int | None, limits: Limits) -> None:
    treatment = Treat(most, limits).treatment
    treated = row.copy()
    bound = 1e18 if most is None else float(most)
    numbers = np.array([limits.skewness, limits.kurtosis, bound, codes.LOG_OF_FIGURES])

    treat_row(treated, numbers, room(row).packed)

    known = row[~np.isnan(row)]
    if known.size and known.min() < known.max() and not near_a_limit(row, limits):
        assert close(treated, treatment.treat(row).values)


def near_a_limit(row: FloatArray, limits: Limits) -> bool:
    """Whether rounding may decide, at any point of winsorising, what is beyond a limit.

    Figures that have all been drawn in to one value have a skewness that is rounding alone.
    """
    for most in range(row.size):
        drawn = Treat(most, limits, second=None).treatment.treat(row).values
        if np.nanmin(drawn) == np.nanmax(drawn):
            return True
        lean, tails = float(skewness(drawn)), float(kurtosis(drawn))
        if min(abs(abs(lean) - limits.skewness), abs(tails - limits.kurtosis), abs(lean)) < 1e-9:
            return True
    return False


def test_points_tied_at_the_extreme_move_together() -> None:
    row = np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 400, 400])
    numbers = np.array([0.0, -3.0, 1.0, codes.NO_SECOND])

    treat_row(row, numbers, room(row).packed)

    assert row.tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10]


@once
@given(rows(), st.sampled_from([codes.FILL_MEAN, codes.FILL_MEDIAN]))
def test_gaps_are_filled_as_by_the_pure_functions(row: FloatArray, code: int) -> None:
    if np.isnan(row).all():
        return
    filling = Mean() if code == codes.FILL_MEAN else Median()
    work = holding(row)

    fill_row(0, code == codes.FILL_MEDIAN, work)

    assert close(work.nodes[0], filling.fill(row[:, np.newaxis], ())[:, 0])


@once
@given(rows())
def test_gaps_are_filled_by_group_as_by_the_pure_function(row: FloatArray) -> None:
    codes = tuple(str(number) for number in range(row.size))
    groups = np.arange(row.size) % 3 - (row.size > 1)
    named = zip(codes, groups, strict=True)
    filling = GroupMean({code: str(group) for code, group in named if group >= 0})
    work = holding(row)

    fill_group_means(0, groups, work)

    assert close(work.nodes[0], filling.fill(row[:, np.newaxis], codes)[:, 0])


@once
@given(rows(least=2), st.sampled_from([1.0, -1.0]), st.booleans())
def test_points_between_extremes_are_those_of_the_pure_function(
    row: FloatArray, up: float, clip: bool
) -> None:
    known = row[~np.isnan(row)]
    points = row.copy()

    fault = min_max_row(points, scaling(codes.MIN_MAX, (1.0, 100.0, clip, NAN), (NAN, NAN), up))

    if known.size == 0 or known.min() == known.max():
        assert fault == codes.ALL_ALIKE
        return
    ends = np.array([known.min(), known.max()])[:: int(up)]
    assert np.array_equal(points, min_max(row, ends[0], ends[1], scale=(1, 100)), equal_nan=True)


def test_a_figure_beyond_a_goalpost_is_held_only_if_asked() -> None:
    row = np.array([-5.0, 5, 12, NAN])
    held, free = row.copy(), row.copy()

    min_max_row(held, scaling(codes.MIN_MAX, (0.0, 100.0, 1.0, NAN), (0.0, 10.0)))
    min_max_row(free, scaling(codes.MIN_MAX, (0.0, 100.0, 0.0, NAN), (0.0, 10.0), -1.0))

    assert np.array_equal(held, [0, 50, 100, NAN], equal_nan=True)
    assert np.array_equal(free, [150, 50, -20, NAN], equal_nan=True)


def test_a_z_score_has_the_mean_and_the_spread_that_are_asked_for() -> None:
    row = np.array([1.0, 2, 3, NAN, 6])

    z_row(row, scaling(codes.Z_SCORE, (10.0, 2.0), (NAN, NAN), -1.0), room(row).packed)

    assert np.nanmean(row) == pytest.approx(10)
    assert np.nanstd(row, ddof=1) == pytest.approx(2)
    assert row[0] == np.nanmax(row)


@once
@given(st.lists(rows(least=8), min_size=1, max_size=5), st.integers(0, 2), st.integers(0, 3))
def test_means_are_those_of_the_pure_functions(
    given_rows: list[FloatArray], mean: int, least: int
) -> None:
    pure: Callable[[FloatArray, FloatArray], FloatArray]
    pure = (arithmetic, geometric, harmonic)[mean]
    children = np.stack([np.abs(row[:8]) + (mean > 0) for row in given_rows], axis=-1)
    weights = np.arange(children.shape[1], dtype=np.float64) + 0.5
    work = room(children[:, 0], 2)
    work.sums[:], work.counts[:], work.packed[:] = 0, 0, 0
    for child, weight in zip(children.T, weights, strict=True):
        add_child(np.ascontiguousarray(child), weight, mean, work)

    close_mean(work.nodes[0], mean, least, work)

    there = (~np.isnan(children)).sum(axis=-1)
    assert close(work.nodes[0], np.where(there >= least, pure(children, weights), NAN))


def test_a_child_at_nought_stops_a_geometric_mean() -> None:
    row = np.array([1.0, 0.0])

    fault = add_child(row, 1.0, codes.GEOMETRIC, room(row))

    assert fault == codes.NOT_ABOVE_NOUGHT
