"""The best and the worst rank over all allowed weights."""

from pathlib import Path

import numpy as np
import pytest

from placedex.errors import BadSpec
from placedex.index.attainable import Search, WeightRegion, attainable_ranks
from placedex.stats.quiet import quiet_output
from tests.golden.case import difference, read_case


def test_attainable_ranks_are_those_of_the_golden_case(shared: Path) -> None:
    case = read_case(shared / "golden" / "methods" / "B15_rank_interval_all.json")
    low, high = (np.array(case.inputs[name], dtype=float) for name in ("w_lo", "w_hi"))

    found = attainable_ranks(np.array(case.inputs["X"], dtype=float), WeightRegion(low, high))

    assert difference(found.best, case.expected["best"]) == 0
    assert difference(found.worst, case.expected["worst_strict"]) == 0
    assert difference(found.worst_of_ties, case.expected["worst_ties_against"]) == 0
    assert found.exact.all()


def test_two_criteria_are_worked_by_hand() -> None:
    """(1, 0) is first from a weight of 0.6 up; (0, 1) the same way round; (0.6, 0.6) between."""
    points = np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.6], [0.3, 0.3]])

    whole = attainable_ranks(points)
    near = attainable_ranks(points, WeightRegion.around([1, 1], share=0.1))

    assert (whole.best.tolist(), whole.worst.tolist()) == ([1, 1, 1, 3], [4, 4, 2, 4])
    assert (near.best.tolist(), near.worst.tolist()) == ([2, 2, 1, 4], [3, 3, 1, 4])
    np.testing.assert_allclose(whole.best_weights.sum(axis=1), 1, atol=1e-7)


@pytest.mark.parametrize("seed", range(6))
def test_no_weights_of_a_fine_grid_go_further(seed: int) -> None:
    rng = np.random.default_rng(seed)
    points = rng.random((6, 3)) if seed % 2 else rng.integers(0, 6, (6, 3)).astype(float)
    region = WeightRegion(rng.uniform(0, 0.2, 3), rng.uniform(0.5, 0.9, 3))
    steps = np.linspace(0, 1, 101)
    grid = np.array([(a, b, 1 - a - b) for a in steps for b in steps if a + b <= 1 + 1e-9])
    grid = grid[((grid >= region.low) & (grid <= region.high)).all(axis=1)]

    found = attainable_ranks(points, region)

    scores = grid @ points.T
    leads = scores[:, np.newaxis, :] - scores[:, :, np.newaxis]
    above = 1 + (leads > 1e-4).sum(axis=2)
    assert (found.best <= 1 + (leads > 1e-9).sum(axis=2).min(axis=0)).all()
    assert (found.worst >= above.max(axis=0)).all()
    assert (found.best >= found.best_limit).all()
    assert (found.worst <= found.worst_limit).all()


def test_a_linear_constraint_narrows_the_ranks() -> None:
    """If the first criterion must weigh as much as the second, (0, 1) can no longer be first."""
    points = np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.6]])
    region = WeightRegion(
        np.zeros(2), np.ones(2), constraints=np.array([[1.0, -1.0]]), at_least=np.zeros(1)
    )

    found = attainable_ranks(points, region)

    assert found.best.tolist() == [1, 2, 1]


def test_a_search_cut_short_gives_its_limits() -> None:
    rng = np.random.default_rng(1)
    points = rng.random((60, 8))

    short = attainable_ranks(points, rows=[0, 1], search=Search(nodes=1))
    whole = attainable_ranks(points, rows=[0, 1])

    assert (short.best_limit[:2] <= whole.best[:2]).all()
    assert (whole.best[:2] <= short.best[:2]).all()
    assert (short.worst[:2] <= whole.worst[:2]).all()
    assert (whole.worst[:2] <= short.worst_limit[:2]).all()
    assert whole.exact[:2].all()


def test_a_missing_place_has_no_ranks_and_the_order_of_rows_is_nothing() -> None:
    points = np.array([[1.0, 0.0], [np.nan, 1.0], [0.6, 0.6], [0.3, 0.3]])
    order = np.array([3, 2, 1, 0])

    one, other = attainable_ranks(points), attainable_ranks(points[order])

    assert np.isnan(one.best[1])
    assert one.to_rows()[1]["worst"] is None
    np.testing.assert_array_equal(one.best[order], other.best)
    np.testing.assert_array_equal(one.worst[order], other.worst)


def test_bounds_between_which_no_weights_lie_are_refused() -> None:
    with pytest.raises(BadSpec, match=r"upper to 0\.8"):
        attainable_ranks(np.ones((2, 2)), WeightRegion(np.zeros(2), np.full(2, 0.4)))
    with pytest.raises(BadSpec, match="no weights keep"):
        region = WeightRegion(
            np.zeros(2), np.ones(2), constraints=np.array([[1.0, 1.0]]), at_least=np.array([2.0])
        )
        attainable_ranks(np.array([[1.0, 0.0], [0.0, 1.0]]), region)


def test_a_compiled_librarys_stray_lines_are_kept_from_standard_output(
    capfd: pytest.CaptureFixture[str],
) -> None:
    import os

    print("before")
    with quiet_output():
        os.write(1, b"stray\n")
    print("after")

    assert capfd.readouterr().out == "before\nafter\n"
