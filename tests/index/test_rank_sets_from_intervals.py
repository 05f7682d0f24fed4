"""Standard errors read back from published intervals."""

from pathlib import Path

import numpy as np
import pytest

from placedex.errors import BadSpec
from placedex.index.errors_from_intervals import (
    Identity,
    IntervalScale,
    Log,
    Logit,
    errors_from_intervals,
)
from tests.golden.case import difference, read_case

SCALES: dict[str, IntervalScale] = {"identity": Identity(), "logit": Logit(), "log": Log()}


def test_errors_are_those_of_the_golden_case(shared: Path) -> None:
    case = read_case(shared / "golden" / "methods" / "B05_ci_to_se.json")

    found = [
        errors_from_intervals(
            np.array([row["est"]]),
            (np.array([row["lo"]]), np.array([row["hi"]])),
            level=row["level"],
            scale=SCALES[row["scale"]],
        ).errors[0]
        for row in case.inputs["rows"]
    ]

    assert difference(found, case.expected["se"]) <= case.tolerance


def test_an_interval_of_two_errors_to_each_side_is_read_as_the_publisher_says() -> None:
    found = errors_from_intervals(
        np.array([10.0]), (np.array([8.0]), np.array([12.0])), multiple=2.0
    )

    assert found.errors.tolist() == [1.0]
    assert found.natural.tolist() == [1.0]
    assert not found.uneven.any()


def test_an_interval_even_in_log_odds_is_uneven_in_percent() -> None:
    """At 10 % the slope of log odds is 1 / (0.1 * 0.9), so 0.2 there is 1.8 points here."""
    odds = np.log(10 / 90) + np.array([-0.2, 0.2])
    low, high = 100 / (1 + np.exp(-odds))

    found = errors_from_intervals(
        np.array([10.0]),
        (np.array([low]), np.array([high])),
        scale=Logit(whole=100),
        multiple=1.0,
    )

    assert found.errors[0] == pytest.approx(0.2, abs=1e-12)
    assert found.natural[0] == pytest.approx(1.8, abs=1e-12)
    assert found.uneven.tolist() == [True]


def test_a_figure_without_an_interval_has_no_error() -> None:
    found = errors_from_intervals(
        np.array([1.0, np.nan]), (np.array([np.nan, 0.5]), np.array([np.nan, 1.5])), multiple=1.0
    )

    assert np.isnan(found.errors[0])
    assert found.errors[1] == 0.5
    assert found.to_rows(["A", "B"])[0]["error"] is None


def test_a_bound_off_the_scale_or_bounds_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(BadSpec, match=r"a bound is 0, .* logarithms"):
        errors_from_intervals(np.ones(1), (np.zeros(1), np.ones(1)), scale=Log())
    with pytest.raises(BadSpec, match="2 to 1"):
        errors_from_intervals(np.ones(1), (np.full(1, 2.0), np.ones(1)))
