"""What the compiled engine cannot work out: refused where `build` refuses, with the node's name."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placedex.errors import BadSpec
from placedex.index import Aggregate, Impute, MinMax, Normalise, Step, Treat, build
from placedex.index import normalisations as n
from placedex.index.means import BestOf, Geometric, Harmonic, Owa, Power
from placedex.index.model_fillings import JointNormal, Regression
from placedex.index.penalty import AdjustedMazziottaPareto, MazziottaPareto
from placedex.index.sums import Quotient, WeightedProduct
from placedex.index.treatments import BoxCox, LogGII, ShiftedLog
from placedex.observations.panel import FloatArray
from tests.index.test_engine_methods import figures
from tests.index.test_plan import made, panel_of

pytest.importorskip("numba")

from placedex.index import codes
from placedex.index.faults import FAULTS, REASONS, fault_words
from placedex.index.plan import compile_plan
from placedex.index.solve_kernels import (
    invert_lower,
    longest_stretch,
    lower_root,
    solve_lower,
    solve_turned,
    square_of,
)

NAN = float("nan")
AS_THEY_ARE = Normalise(n.Unchanged())
PENALISED = AdjustedMazziottaPareto()


def with_column(column: int, values: list[float]) -> FloatArray:
    made_up = figures()
    made_up[:, column] = np.resize(values, 24)
    return made_up


def tied() -> FloatArray:
    """Figures of which the third follows from the first two, with a gap in the fourth."""
    made_up = figures()
    made_up[:, 2] = made_up[:, 0] + made_up[:, 1]
    made_up[5, 3] = NAN
    return made_up


def one_gap(places: int) -> FloatArray:
    made_up = figures()[:places]
    made_up[0, 5] = NAN
    return made_up


def gaps_everywhere() -> FloatArray:
    made_up = figures()
    made_up[np.arange(6), np.arange(6)] = NAN
    return made_up


CASES: tuple[tuple[FloatArray, tuple[Step, ...], str], ...] = (
    (with_column(3, [5.0]), (), "indicator 'i3'"),
    (with_column(3, [NAN]), (), "indicator 'i3'"),
    (with_column(3, [NAN]), (Normalise(n.AscendingRank()),), "indicator 'i3'"),
    (with_column(3, [5.0]), (Normalise(n.ZScore()),), "indicator 'i3'"),
    (with_column(3, [5.0]), (Normalise(n.DistanceToMaximum()),), "indicator 'i3'"),
    (with_column(3, [5.0]), (Normalise(n.ZThenMinMax()),), "indicator 'i3'"),
    (with_column(3, [-1.0, -2]), (Normalise(n.ShareOfMaximum()),), "indicator 'i3'"),
    (with_column(3, [7.0] + [NAN] * 23), (Normalise(n.PercentileRank()),), "indicator 'i3'"),
    (figures(), (Normalise(n.DistanceToReference("P99")),), "indicator 'i0'"),
    (figures(), (Normalise(n.DistanceToTarget({"i0": 99.0})),), "indicator 'i1'"),
    (figures(), (Normalise(n.DistanceToTarget({f"i{one}": -99.0 for one in range(6)})),), "'i0'"),
    (figures(), (Normalise(n.Scaled(3, 3)),), "indicator 'i0'"),
    (figures(), (Normalise(n.FixedGoalposts(3, 3)),), "indicator 'i0'"),
    (figures(), (Treat(individually={"i2": BoxCox(-2, shift=False)}), MinMax()), ""),
    (with_column(2, [-1.0, 4]), (Treat(individually={"i2": BoxCox(shift=False)}),), "'i2'"),
    (with_column(2, [0.1, 0.4]), (Treat(individually={"i2": LogGII()}),), "indicator 'i2'"),
    (with_column(2, [4.0]), (Treat(individually={"i2": ShiftedLog()}), AS_THEY_ARE), "'i2'"),
    (figures(), (AS_THEY_ARE, Aggregate(nodes={"b": Power(2)})), "node 'b'"),
    (figures(), (AS_THEY_ARE, Aggregate(nodes={"b": WeightedProduct()})), "node 'b'"),
    (figures(), (Aggregate(nodes={"a": Power(-1)}),), "node 'a'"),
    (figures(), (Aggregate(nodes={"a": Harmonic()}),), "node 'a'"),
    (figures(), (Aggregate(Geometric()),), "node 'a'"),
    (figures(), (Aggregate(nodes={"a": Owa((1, 2))}),), "node 'a'"),
    (figures(), (Aggregate(nodes={"a": Owa((0, 0, 0))}),), "node 'a'"),
    (figures(), (Aggregate(nodes={"a": BestOf(4)}),), "node 'a'"),
    (figures(), (Aggregate(nodes={"a": BestOf(0)}),), "node 'a'"),
    (figures(), (Aggregate(nodes={"a": Power(NAN)}),), "node 'a'"),
    (figures(), (Aggregate(nodes={"a": Quotient()}),), "node 'a'"),
    (with_column(3, [5.0]), (AS_THEY_ARE, Aggregate(nodes={"b": MazziottaPareto()})), "node 'b'"),
    (with_column(3, [-99.0, 1]), (AS_THEY_ARE, Aggregate(nodes={"b": PENALISED})), "node 'b'"),
    (with_column(3, [5.0]), (AS_THEY_ARE, Aggregate(then={"b": n.Scaled(1, 1)})), "'b'"),
    (one_gap(6), (Impute(JointNormal()),), "Step impute"),
    (tied(), (Impute(JointNormal()),), "Step impute"),
    (one_gap(6), (Impute(Regression()),), "Step impute"),
    (tied(), (Impute(Regression(("i0", "i1", "i2"))),), "Step impute"),
    (gaps_everywhere(), (Impute(Regression()),), "Step impute"),
    (gaps_everywhere(), (Impute(Regression(("i2",))),), "Step impute"),
    (figures(), (Impute(Regression(("i9",))),), "Step impute"),
)


@pytest.mark.parametrize(("values", "steps", "words"), CASES, ids=range(len(CASES)))
def test_what_build_refuses_is_refused_with_the_same_name(
    values: FloatArray, steps: tuple[Step, ...], words: str
) -> None:
    spec, panel = made(values, *steps), panel_of(values)
    if not words:
        assert np.isfinite(compile_plan(spec, panel).run().scores).all()
        return

    with pytest.raises(BadSpec, match=words):
        build(spec, panel)
    with pytest.raises(BadSpec, match=words):
        compile_plan(spec, panel).run()


def test_infinite_figures_and_scores_are_refused() -> None:
    values = figures()
    values[3, 3] = np.inf

    with pytest.raises(BadSpec, match="node 'i3'"):
        compile_plan(made(values), panel_of(values))
    with pytest.raises(BadSpec, match="a score is infinite"):
        compile_plan(made(figures(), AS_THEY_ARE), panel_of(figures())).run(values.T.copy())


def test_every_fault_has_its_words() -> None:
    assert set(FAULTS) == set(range(1, codes.NOT_BUILT + 1))
    assert len(set(REASONS.values())) == len(REASONS)
    assert all("Wanted" in fault_words(number, "x") for number in FAULTS)


@st.composite
def definite(draw: st.DrawFn) -> FloatArray:
    """A symmetric matrix that has a root."""
    size = draw(st.integers(1, 6))
    numbers = st.floats(-2, 2).map(lambda number: round(number, 2))
    flat = draw(st.lists(numbers, min_size=size * size, max_size=size * size))
    side: FloatArray = np.array(flat).reshape(size, size)
    return np.asarray(side @ side.T + np.eye(size))


@settings(max_examples=60, deadline=None)
@given(definite())
def test_small_systems_are_solved_as_by_numpy(matrix: FloatArray) -> None:
    root, inverse, square = matrix.copy(), np.empty_like(matrix), np.empty_like(matrix)
    there, turned = np.arange(1.0, len(matrix) + 1), np.arange(1.0, len(matrix) + 1)

    assert lower_root(root)
    invert_lower(root, inverse)
    square_of(inverse, square)
    solve_lower(root, there)
    solve_turned(root, turned)

    wanted: Any = np.linalg.cholesky(matrix)
    np.testing.assert_allclose(root, wanted, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(square, np.linalg.inv(matrix), rtol=1e-9, atol=1e-12)
    right = np.arange(1.0, len(matrix) + 1)
    np.testing.assert_allclose(there, np.linalg.solve(wanted, right), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(turned, np.linalg.solve(wanted.T, right), rtol=1e-9, atol=1e-12)
    assert longest_stretch(matrix) == pytest.approx(np.linalg.norm(matrix, 2), rel=1e-6)


def test_a_matrix_without_a_root_has_none() -> None:
    assert not lower_root(np.array([[1.0, 2], [2, 4]]))
    assert not lower_root(np.array([[1.0, 2], [2, 1]]))
    assert longest_stretch(np.zeros((2, 2))) == 0
