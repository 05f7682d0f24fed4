"""Cases of F01 to F07 with other series, years, units and horizons: worked by hand, and held."""

from pathlib import Path

import pytest

from tests.golden.variants import hold, verdict_of, write_case


def test_f01_of_other_years_and_another_pace(tmp_path: Path) -> None:
    content = {
        "inputs": {
            "v0": 10, "y0": 2020, "target": 40, "y1": 2024, "inflation": 0.1,
            "observed": [10, 20], "observed_years": [2020, 2021],
        },
        "expected": {
            "required_cagr_nominal": 2**0.5 - 1,
            "multiple": 4,
            "required_abs_per_year": 7.5,
            "doubling_years_at_required": 2,
            "required_cagr_real_if_target_nominal": 2**0.5 / 1.1 - 1,
            "cagr_observed_2020_21": 1,
            "required_cagr_remaining_2021_24": 2 ** (1 / 3) - 1,
            "value_2024_at_observed_pace": 160,
            "year_target_reached_at_observed_pace": 2022,
            "linear_path_2022": 25,
            "geometric_path_2022": 20,
        },
    }  # fmt: skip

    hold(write_case(tmp_path, "F01_required_growth_v2", content))


def test_f02_of_another_series_and_level(tmp_path: Path) -> None:
    # Changes 1 and 3: naive error root 5, drift root 2 times root 1.5 a step on.
    eighty = 1.2815515655446004
    content = {
        "tolerance": {"naive,drift,meanf": 1e-8, "ets,theta": 0.001},
        "inputs": {"y": [0, 1, 4], "h": 1},
        "expected": {
            "naive": {"mean": [4], "lo80": [4 - eighty * 5**0.5], "hi80": [4 + eighty * 5**0.5]},
            "drift": {"mean": [6], "lo80": [6 - eighty * 3**0.5]},
        },
    }

    hold(write_case(tmp_path, "F02_forecast_three", content))


def test_f02_holds_the_parts_of_smoothing_that_can_be_told(shared: Path, tmp_path: Path) -> None:
    """R's first level stops short of the best one; a variance that is not its own is a failure."""
    import json

    original = shared / "golden" / "methods" / "F02_forecast_airmiles.json"
    content = json.loads(original.read_text(encoding="utf-8"))
    path = write_case(tmp_path, "F02_forecast_airmiles", content)
    assert verdict_of(path).outcome == "passed"

    for key, wrong in (("alpha", 0.9), ("l", 6000.0)):
        spoiled = json.loads(original.read_text(encoding="utf-8"))
        spoiled["expected"]["ets_ann"]["par"][key] = wrong
        assert verdict_of(write_case(tmp_path, "F02_forecast_airmiles", spoiled)).outcome == (
            "failed"
        )


def test_f03_of_another_interval_and_quantile(tmp_path: Path) -> None:
    content = {
        "inputs": {
            "y": 2.0, "lo": 3.0, "hi": 5.0, "alpha": 0.2, "mu": 2.0, "sd": 1.0,
            "train": [0, 2], "fc": [1], "act": [4],
        },
        "expected": {
            "winkler": 12.0,
            "crps_normal": (2**0.5 - 1) / 3.141592653589793**0.5,
            "mase": 1.5,
            "pinball_0.25_q4": 1.5,
        },
    }  # fmt: skip

    hold(write_case(tmp_path, "F03_interval_scores_v2", content))


@pytest.mark.parametrize(
    ("goal", "chance", "word"),
    [(8, 0.5, "too close to call"), (-20, 1.0, "on track"), (40, 0.0, "off track")],
)
def test_f04_of_another_series_in_levels(
    tmp_path: Path, goal: float, chance: float, word: str
) -> None:
    content = {
        "tolerance": 1e-6,
        "inputs": {"y": [0, 1, 4], "years": [2020, 2022], "target": goal, "target_year": 2024},
        "expected": {
            "mu_levels": 8,
            "sd_levels": 8**0.5,
            "p_levels": chance,
            "class_p_levels": word,
        },
    }

    hold(write_case(tmp_path, "F04_on_track_v2", content))


def test_f05_of_other_groups(tmp_path: Path) -> None:
    content = {
        "inputs": {"here_before": 1.0, "here_after": 6.0, "there_before": 2.0, "there_after": 4.0},
        "expected": {"did": 3.0},
    }

    hold(write_case(tmp_path, "F05_did_v2", content))


def test_f06_of_three_places(tmp_path: Path) -> None:
    values = {"A": [2, 3, 4, 8], "B": [0, 2, 4, 6], "C": [4, 4, 4, 4]}
    rows = [
        {"regionname": name, "year": float(2000 + at), "gdpcap": value}
        for name, series in values.items()
        for at, value in enumerate(series)
    ]
    content = {
        "tolerance": {"outcome_only": 2e-4},
        "params": {"treated": "A", "treat_year": 2003, "outcome_only_pre": [2000, 2002]},
        "expected": {
            "outcome_only_weights": {"B": 0.5, "C": 0.5},
            "outcome_only_gap": {"2000": 0, "2001": 0, "2002": 0, "2003": 3},
        },
    }

    hold(write_case(tmp_path, "F06_synthetic_control_v2", content, {"in_three": rows}))


def test_f07_at_another_base(tmp_path: Path) -> None:
    content = {
        "inputs": {
            "nominal": [10, 12], "deflator": [100, 120],
            "q": [[10, 10], [20, 10], [20, 20]], "p": [[1, 1], [1, 3], [1, 1]],
        },
        "expected": {
            "real_base1": [12, 12],
            "real_growth": [None, 0],
            "laspeyres_q_chain": [100, 150, 240],
            "laspeyres_q_fixed_base": [100, 150, 200],
            "fisher_1": 100 * (1.5 * 1.25) ** 0.5,
        },
    }  # fmt: skip

    hold(write_case(tmp_path, "F07_deflator_v2", content))
