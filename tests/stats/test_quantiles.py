"""Quantiles by two conventions, by hand and against R."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from placedex.stats import Quantiles, kurtosis, percentile, quantile, skewness
from tests.index.tables import difference, number, read_json

SAMPLES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30)


@pytest.mark.parametrize("name", ["A01_moments_v1", "A01_moments_v2"])
def test_percentiles_and_moments_are_those_of_r(shared: Path, name: str) -> None:
    case = read_json(shared / "golden" / "methods" / f"{name}.json")
    values = np.array([number(value) for value in case["inputs"]["x"]])
    expected = case["expected"]

    for convention, found in (
        (Quantiles.SEVEN, expected["percentiles_type7"]),
        (Quantiles.SIX, expected["percentiles_type6"]),
    ):
        ours = np.array([percentile(values, float(at[1:]), convention) for at in found])
        assert difference(ours, np.array(list(found.values()))) < 1e-12
    assert skewness(values) == pytest.approx(expected["skew_g1_adj"], abs=1e-12)
    assert kurtosis(values) == pytest.approx(expected["kurt_g2_adj"], abs=1e-12)


def test_a_quantile_by_hand() -> None:
    """Of 10, 20, 30, 40 a quarter is at 1.75 (type 7) and at 1.25 (type 6)."""
    values = np.array([40.0, 10.0, 30.0, 20.0])

    assert quantile(values, 0.25) == 17.5
    assert quantile(values, 0.25, Quantiles.SIX) == 12.5
    assert percentile(values, 50) == 25


def test_a_missing_value_is_left_out_and_none_at_all_has_no_quantile() -> None:
    values = np.array([[1.0, np.nan, 3.0], [np.nan, np.nan, np.nan]])

    np.testing.assert_equal(quantile(values, 0.5), [2, np.nan])


@pytest.mark.parametrize("share", [-0.1, 1.5])
def test_a_share_beyond_one_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="is no share of a sample. Wanted 0 to 1"):
        quantile(np.array([1.0]), share)


@given(SAMPLES, st.floats(0, 1), st.randoms())
def test_quantiles_agree_with_numpy_in_any_order(
    sample: list[float], share: float, chance: object
) -> None:
    shuffled = list(sample)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    values, again = np.array(sample), np.array(shuffled)

    for convention, name in ((Quantiles.SEVEN, "linear"), (Quantiles.SIX, "weibull")):
        wanted = np.quantile(values, share, method=name)  # type: ignore[call-overload]
        assert quantile(values, share, convention) == pytest.approx(wanted, rel=1e-9, abs=1e-6)
        assert quantile(again, share, convention) == quantile(values, share, convention)
