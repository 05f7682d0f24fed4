"""The variance of a score split into sampling and method."""

from pathlib import Path

import numpy as np
import pytest

from placedex.errors import BadSpec
from placedex.index.sampling_and_method import (
    quantiles_of_methods,
    sampling_and_method,
    sampling_and_method_of_draws,
)
from tests.golden.case import difference, read_case


def test_the_split_and_the_quantiles_are_those_of_the_golden_case(shared: Path) -> None:
    case = read_case(shared / "golden" / "methods" / "B09_sampling_x_method.json")
    methods = case.inputs["methods"]
    means, errors, shares = ([one[name] for one in methods] for name in ("mean", "se", "p"))
    levels = [float(level) for level in case.expected["quantiles"]]

    found = sampling_and_method(means, errors, shares=shares)
    quantiles = quantiles_of_methods(means, errors, shares=shares, levels=levels)

    ours = [found.mean, found.sampling, found.method, found.total, found.share_of_method]
    names = ("mean", "var_sampling", "var_method", "var_total", "share_method")
    assert (
        difference([float(one) for one in ours], [case.expected[name] for name in names]) <= 1e-12
    )
    assert difference(quantiles, list(case.expected["quantiles"].values())) <= case.tolerance


def test_two_methods_a_point_apart_and_a_point_of_error_share_by_hand() -> None:
    """Means 9 and 11, errors 1 and 1: 1 within, 1 between."""
    found = sampling_and_method([[9.0, 11.0]], [[1.0, 1.0]], shares=[0.5, 0.5])

    assert (found.sampling[0], found.method[0], found.share_of_method[0]) == (1, 1, 0.5)


def test_draws_give_what_their_moments_give_and_leave_out_failed_ones() -> None:
    draws = np.random.default_rng(1).normal(size=(2, 50, 3)) + np.arange(2)[:, None, None]
    holed = draws.copy()
    holed[0, 4, 1] = np.nan
    holed[:, :, 2] = np.nan

    found = sampling_and_method_of_draws(holed, shares=[0.3, 0.7])

    kept = np.delete(draws[:, :, 1], 4, axis=1)
    wanted = sampling_and_method(kept.mean(axis=1), kept.std(axis=1), shares=[0.3, 0.7])
    assert found.total[1] == pytest.approx(float(wanted.total), abs=1e-14)
    assert np.isnan(found.total[2])
    assert found.to_rows(["A", "B", "C"])[2]["share_of_method"] is None


def test_the_order_of_places_and_methods_is_nothing() -> None:
    rng = np.random.default_rng(2)
    means, errors, shares = rng.random((4, 3)), rng.random((4, 3)), np.array([0.2, 0.3, 0.5])

    one = sampling_and_method(means, errors, shares=shares)
    other = sampling_and_method(means[::-1, ::-1], errors[::-1, ::-1], shares=shares[::-1])

    np.testing.assert_allclose(one.total[::-1], other.total, atol=1e-15)


def test_shares_that_do_not_add_to_one_are_refused() -> None:
    with pytest.raises(BadSpec, match=r"add to 0\.9"):
        sampling_and_method([1.0, 2.0], [1.0, 1.0], shares=[0.4, 0.5])
