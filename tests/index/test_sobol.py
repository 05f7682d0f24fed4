"""Sobol indices: analytic functions, exact arithmetic, COINr's numbers, failed runs."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from placedex.errors import BadSpec
from placedex.index.sobol import (
    COINR,
    Bootstrap,
    JansenFirst,
    JansenTotal,
    Outputs,
    Saltelli2010,
    SobolMethod,
    SobolTotal,
    choices,
    design,
    sobol_indices,
)
from tests.golden.case import columns, difference, read_case

FloatArray = NDArray[np.float64]
PLAIN = Saltelli2010(centred=False)


def ishigami(points: FloatArray) -> FloatArray:
    x = (2 * points - 1) * np.pi
    return np.asarray(
        np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    )


def table(path: Path) -> dict[str, FloatArray]:
    found = np.genfromtxt(path, delimiter=",", names=True, dtype=None, encoding="utf-8")
    return {name: found[name] for name in found.dtype.names or ()}


def test_indices_of_two_functions_are_those_of_their_formulas(shared: Path) -> None:
    from scipy.stats import qmc

    case = read_case(shared / "golden" / "methods" / "B06_sobol_analytic.json")
    a = np.array(case.params["gfunction"]["a"])

    first = design(3, 2**14, source=qmc.Sobol(6, scramble=False))
    waves = sobol_indices(Outputs.of_stacked(ishigami(first.stacked), factors=3))
    second = design(len(a), 2**14, source=qmc.Sobol(2 * len(a), scramble=False))
    product = np.prod((np.abs(4 * second.stacked - 2) + a) / (1 + a), axis=1)
    other = sobol_indices(Outputs.of_stacked(product, factors=len(a)))

    assert difference(waves.first, case.expected["ishigami"]["S1"]) <= 0.002
    assert difference(waves.total, case.expected["ishigami"]["ST"]) <= 0.002
    assert waves.variance == pytest.approx(case.expected["ishigami"]["V"], rel=1e-4)
    assert difference(other.first, case.expected["g"]["S1"]) <= 0.002
    assert difference(other.total, case.expected["g"]["ST"]) <= 0.002


def test_each_estimator_does_its_arithmetic_exactly(shared: Path) -> None:
    case = read_case(shared / "golden" / "methods" / "B07_sobol_estimators.json")
    names, values = columns(case.table("in_y"))
    given = dict(zip(names, values.T, strict=True))
    mixed = np.array([given[name] for name in names if name.startswith("yAB")])
    outputs = Outputs(given["yA"], given["yB"], mixed)

    plain = sobol_indices(outputs, method=SobolMethod(PLAIN, JansenTotal()))
    other = sobol_indices(outputs, method=SobolMethod(JansenFirst(), SobolTotal(centred=False)))
    coinr = sobol_indices(outputs, method=COINR)

    for found, name in (
        (plain.first, "S1_saltelli2010"),
        (plain.total, "ST_jansen"),
        (other.first, "S1_jansen"),
        (other.total, "ST_sobol"),
        (coinr.first, "S1_coinr"),
        (coinr.total, "ST_coinr"),
    ):
        assert difference(found, case.expected[name]) <= case.tolerance


@pytest.mark.parametrize(
    ("results", "wanted", "factors"),
    [
        ("sens_SA1__y", "sens_SA1__sobol", 4),
        ("sobol_ishigami__design", "sobol_ishigami__indices", 3),
    ],
)
def test_indices_of_coinr_are_found_without_centring(
    shared: Path, results: str, wanted: str, factors: int
) -> None:
    folder = shared / "golden" / "coinr"
    given, expected = table(folder / f"{results}.csv"), table(folder / f"{wanted}.csv")

    found = sobol_indices(
        Outputs.of_stacked(given["y"], factors=factors),
        method=COINR,
        bootstrap=Bootstrap(200, 0.9),
        rng=np.random.default_rng(1),
    )

    assert difference(found.first, expected["Si"]) <= 1e-12
    assert difference(found.total, expected["STi"]) <= 1e-12
    assert (found.first_bounds[0] < found.first).all()
    assert (found.first < found.first_bounds[1]).all()
    if "Si_q5" in expected:  # COINr's own bootstrap is random: alike, not equal.
        np.testing.assert_allclose(found.first_bounds[0], expected["Si_q5"], atol=0.12)
        np.testing.assert_allclose(found.total_bounds[1], expected["STi_q95"], atol=0.12)


def test_a_constant_added_to_all_results_changes_nothing_once_they_are_centred() -> None:
    points = design(3, 64, source=np.random.default_rng(1))
    results = ishigami(points.stacked)
    near, far = (Outputs.of_stacked(results + by, factors=3) for by in (0.0, 1000.0))

    centred = [sobol_indices(one).first for one in (near, far)]
    plain = [sobol_indices(one, method=SobolMethod(PLAIN)).first for one in (near, far)]

    np.testing.assert_allclose(centred[0], centred[1], atol=1e-9)
    assert np.abs(plain[0] - plain[1]).max() > 5


def test_a_sum_of_two_halves_is_worked_by_hand() -> None:
    """y = 3 x1 + x2 over all of {0, 1}: variances 9/4 and 1/4, so 0.9 and 0.1, first and total."""
    corners = np.array([[i, j] for i in (0.0, 1.0) for j in (0.0, 1.0)])
    a = np.repeat(corners, 4, axis=0)
    b = np.tile(corners, (4, 1))
    weights = np.array([3.0, 1.0])
    mixed = [np.where(np.arange(2) == one, b, a) @ weights for one in range(2)]

    found = sobol_indices(Outputs(a @ weights, b @ weights, np.array(mixed)))

    np.testing.assert_allclose(found.first, [0.9, 0.1], atol=1e-14)
    np.testing.assert_allclose(found.total, [0.9, 0.1], atol=1e-14)
    assert found.variance == 2.5


def test_a_failed_run_leaves_out_its_point_everywhere_and_is_counted() -> None:
    points = design(3, 200, source=np.random.default_rng(2))
    results = ishigami(points.stacked).reshape(5, 200)
    holed, kept = results.copy(), np.ones(200, dtype=bool)
    for part, point in ((0, 3), (1, 50), (4, 50), (3, 199)):
        holed[part, point] = np.nan
        kept[point] = False

    found = sobol_indices(Outputs(holed[0], holed[1], holed[2:]))

    wanted = sobol_indices(Outputs(results[0, kept], results[1, kept], results[2:, kept]))
    np.testing.assert_allclose(found.first, wanted.first, atol=1e-14)
    np.testing.assert_allclose(found.total, wanted.total, atol=1e-14)
    assert (int(found.points_used), int(found.points_failed)) == (197, 3)
    assert "3 of 200 points were left out" in found.words
    assert found.to_rows()[0]["points_failed"] == 3


def test_many_results_are_taken_at_once_and_failures_are_each_ones_own() -> None:
    points = design(2, 100, source=np.random.default_rng(3))
    results = np.stack([points.stacked[:, 0], points.stacked.sum(axis=1)], axis=1)
    results[7, 1] = np.nan

    found = sobol_indices(
        Outputs.of_stacked(results, factors=2),
        bootstrap=Bootstrap(20),
        rng=np.random.default_rng(1),
    )

    alone = sobol_indices(Outputs.of_stacked(results[:, 1], factors=2))
    np.testing.assert_allclose(found.first[:, 1], alone.first, atol=1e-14)
    assert found.points_failed.tolist() == [0, 1]
    assert len(found.to_rows(["a", "b"])) == 4
    assert found.first_bounds.shape == (2, 2, 2)


def test_columns_of_a_group_are_exchanged_together() -> None:
    """With x1 and x2 in one group their sum is one factor, and their product leaves nothing."""
    points = design(3, 4096, source=np.random.default_rng(4), groups=[[0, 1], [2]])
    x = points.stacked
    results = x[:, 0] * x[:, 1] + x[:, 2]

    found = sobol_indices(Outputs.of_stacked(results, factors=2))

    assert points.mixed.shape == (2, 4096, 3)
    np.testing.assert_allclose(found.first.sum(), 1, atol=0.05)
    np.testing.assert_allclose(found.total.sum(), 1, atol=0.05)


def test_a_number_below_one_stands_for_a_choice() -> None:
    assert choices(np.array([0.0, 0.32, 0.34, 0.67, 0.999999]), 3).tolist() == [0, 0, 1, 2, 2]


def test_the_order_of_points_is_nothing_and_a_seed_gives_the_same_bytes() -> None:
    results = ishigami(design(3, 50, source=np.random.default_rng(1)).stacked).reshape(5, 50)
    again = ishigami(design(3, 50, source=np.random.default_rng(1)).stacked).reshape(5, 50)
    order = np.random.default_rng(2).permutation(50)

    one = sobol_indices(Outputs(results[0], results[1], results[2:]))
    turned = results[:, order]
    other = sobol_indices(Outputs(turned[0], turned[1], turned[2:]))

    assert results.tobytes() == again.tobytes()
    np.testing.assert_allclose(one.first, other.first, atol=1e-13)


def test_designs_and_results_that_do_not_fit_are_refused() -> None:
    with pytest.raises(BadSpec, match="multiple of 5"):
        Outputs.of_stacked(np.zeros(11), factors=3)
    with pytest.raises(BadSpec, match="0 of 2 points"):
        sobol_indices(Outputs(np.full(2, np.nan), np.zeros(2), np.zeros((1, 2))))
    with pytest.raises(BadSpec, match="Give rng"):
        sobol_indices(Outputs(np.arange(3.0), np.ones(3), np.ones((1, 3))), bootstrap=Bootstrap())


def test_results_that_never_vary_have_no_indices() -> None:
    found = sobol_indices(Outputs(np.ones(4), np.ones(4), np.ones((2, 4))))

    assert np.isnan(found.first).all()
    assert found.to_rows()[0]["first"] is None
