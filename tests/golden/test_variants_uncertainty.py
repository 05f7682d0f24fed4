"""Other cases of section B, with answers from plain numpy and scipy, pass; wrong ones fail."""

from itertools import permutations
from math import factorial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from tests.golden.variants import hold, verdict_of, write_case

COUNTS = [310, 245, 150, 12, 0, 149]
SCORES = {"a": 100.0, "b": 50.0, "c": 50.1, "d": 0.0}


def test_sets_by_simulation_are_of_any_subject_and_any_side(tmp_path: Path) -> None:
    # Two places are a tenth of an error apart; every other pair is fifty errors apart.
    rows: list[dict[str, Any]] = [
        {"place": place, "reading_score": -score, "reading_se": 1.0,
         "science_score": score, "science_se": 1.0}
        for place, score in SCORES.items()
    ]  # fmt: skip
    rows.append({**rows[0], "place": "e", "science_score": ""})
    low, high, last = [1, 2, 2, 4], [1, 3, 3, 4], [4, 4, 4, 4]
    expected = {
        "rank": [1, 3, 2, 4],
        "simulTRUE_stepTRUE": {"L": low, "U": high, "seed_stable": True, "n_seed_diff": 0},
        "simulFALSE_stepFALSE": {"L": low, "U": high},
        "simulTRUE_stepTRUE_upper": {"L": [1, 1, 1, 1], "U": high},
        "simulTRUE_stepTRUE_lower": {"L": low, "U": last},
        "best2": [True, True, True, False],
        "worst2": [False, True, True, True],
    }
    case = {"tolerance": 0, "params": {"coverage": 0.9}, "expected": expected}
    hold(write_case(tmp_path, "B01_csranks_science", case, {"in_x": rows}))


def test_joint_intervals_are_of_either_order(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    x, se = rng.normal(20, 3, 12).round(2), rng.uniform(0.2, 2, 12).round(2)
    z = {
        "z_independence": stats.norm.ppf(0.5 + 0.5 * 0.95 ** (1 / 12)),
        "z_bonferroni": stats.norm.ppf(1 - 0.05 / 24),
    }
    sets: list[dict[str, Any]] = [{"area": f"n{at}"} for at in range(12)]
    for ending, reach in zip(("", "_bonf"), z.values(), strict=True):
        low, high = x - reach * se, x + reach * se
        for at, one in enumerate(sets):
            one[f"L{ending}"] = 1 + int(sum(low > high[at]))
            one[f"U{ending}"] = 12 - int(sum(high < low[at]))
    rows = [{"area": f"n{at}", "Estimate": x[at], "SE": se[at]} for at in range(12)]
    params = {"alpha": 0.05, "rank": "1 = largest"}
    tables = {"in_x": rows, "exp_sets": sets[::-1]}
    hold(write_case(tmp_path, "B02_areas", {"params": params, "expected": z}, tables))


def holm_sets(counts: list[int], tested: np.ndarray, method: str) -> np.ndarray:
    """Which pairs (row above column) are rejected, by exact tests one after another."""
    pairs = [(i, j) for i, j in permutations(range(len(counts)), 2) if tested[i, j]]
    chance = {
        (i, j): stats.binomtest(counts[i], counts[i] + counts[j], alternative="greater").pvalue
        if counts[i] + counts[j]
        else 1.0
        for i, j in pairs
    }
    rejected = np.zeros(tested.shape, dtype=bool)
    for at, pair in enumerate(sorted(pairs, key=chance.__getitem__)):
        if chance[pair] > 0.05 / (len(pairs) - (at if method == "Holm" else 0)):
            break
        rejected[pair] = True
    return rejected


def test_sets_of_counts_are_those_of_exact_tests_with_holm(tmp_path: Path) -> None:
    every = ~np.eye(6, dtype=bool)
    expected: dict[str, Any] = {"rank": [1, 2, 3, 5, 6, 4]}
    for method in ("Holm", "Bonferroni"):
        above = holm_sets(COUNTS, every, method)
        sets = {"L": (1 + above.sum(0)).tolist(), "U": (6 - above.sum(1)).tolist()}
        expected[f"simulTRUE_{method}"] = sets
    low, high = [], []
    for own in range(6):
        one = np.zeros((6, 6), dtype=bool)
        one[own, :] = one[:, own] = True
        above = holm_sets(COUNTS, one & every, "Holm")
        low.append(int(1 + above[:, own].sum()))
        high.append(int(6 - above[own].sum()))
    expected |= {"simulFALSE_Holm": {"L": low, "U": high}} | expected["simulTRUE_Holm"]
    assert expected["simulFALSE_Holm"] != expected["simulTRUE_Holm"]
    case = {"tolerance": 0, "params": {"coverage": 0.95}, "inputs": {"x": COUNTS}}
    hold(write_case(tmp_path, "B12_multinomial", {**case, "expected": expected}))


def test_a_correction_that_placedex_does_not_have_is_a_skip(tmp_path: Path) -> None:
    case = {"inputs": {"x": COUNTS}, "params": {"multcorr": "none"}, "expected": {"L": [1] * 6}}
    verdict = verdict_of(write_case(tmp_path, "B12_plain", case))
    assert verdict.outcome == "skipped"


def test_ranks_with_ties_may_have_the_smallest_first(tmp_path: Path) -> None:
    x = [4, 2, None, 2, 1]
    expected = {"min": [4, 2, None, 2, 1], "average": [4, 2.5, None, 2.5, 1]}
    case = {"params": {"rank": "1 = smallest"}, "inputs": {"x": x}, "expected": expected}
    hold(write_case(tmp_path, "B03_smallest_first", case))


def test_chances_with_covariances_are_simulated_within_their_errors(tmp_path: Path) -> None:
    mu, sigma = [1.0, 0.0], [[1.0, 0.6], [0.6, 2.0]]
    p = float(stats.norm.cdf(1 / np.sqrt(1 + 2 - 1.2)))
    expected = {
        "p_beats": [[None, p], [1 - p, None]],
        "rank_prob": [[p, 1 - p], [1 - p, p]],
        "p_top1": [p, 1 - p],
        "expected_rank": [2 - p, 1 + p],
    }
    case = {"inputs": {"mu": mu, "cov": sigma}, "expected": expected}
    hold(write_case(tmp_path, "B04_with_covariance", case))


def test_errors_come_from_intervals_of_any_level(tmp_path: Path) -> None:
    logit = np.log(np.array([0.2, 0.5]) / np.array([0.8, 0.5]))
    rows = [
        {"est": 10, "lo": 8, "hi": 12, "level": 0.99, "scale": "identity"},
        {"est": 2, "lo": 1, "hi": 4, "level": 0.8, "scale": "log"},
        {"est": 30, "lo": 20, "hi": 50, "level": 0.95, "scale": "logit"},
    ]
    expected = {
        "se": [
            2 / stats.norm.ppf(0.995),
            np.log(4) / 2 / stats.norm.ppf(0.9),
            float(np.diff(logit)[0] / 2 / stats.norm.ppf(0.975)),
        ],
        "asymmetric": [False, True, True],
    }
    hold(write_case(tmp_path, "B05_levels", {"inputs": {"rows": rows}, "expected": expected}))


def test_shares_of_a_function_of_other_factors_are_the_known_ones(tmp_path: Path) -> None:
    a = np.array([0.5, 2, 10])
    part = 1 / (3 * (1 + a) ** 2)
    whole = np.prod(1 + part) - 1
    expected = {
        "g": {
            "V": whole,
            "S1": (part / whole).tolist(),
            "ST": (part * np.prod(1 + part) / (1 + part) / whole).tolist(),
        }
    }
    case = {"tolerance": 0.02, "params": {"gfunction": {"a": a.tolist()}}, "expected": expected}
    hold(write_case(tmp_path, "B06_three_factors", case))


def test_estimators_read_columns_by_their_names(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    a, b, *mixed = rng.normal(size=(4, 64))
    both = np.concatenate([a, b])
    expected = {
        "S1_saltelli2010": [np.mean(b * (one - a)) / both.var() for one in mixed],
        "ST_jansen": [np.mean((a - one) ** 2) / 2 / both.var() for one in mixed],
        "S1_jansen": [1 - np.mean((b - one) ** 2) / 2 / both.var() for one in mixed],
        "S1_coinr": [np.mean(b * (one - a)) / both.var(ddof=1) for one in mixed],
    }
    rows = [
        {"yAB2": m2, "yB": y, "yAB1": m1, "yA": x}
        for x, y, m1, m2 in zip(a, b, *mixed, strict=True)
    ]
    hold(write_case(tmp_path, "B07_two_factors", {"expected": expected}, {"in_y": rows}))


def test_acceptabilities_of_three_criteria_are_within_simulation(tmp_path: Path) -> None:
    # By symmetry each is first a third of the time; then its weight is the largest of three.
    centre = np.where(np.eye(3) == 1, 11 / 18, 7 / 36)
    expected = {"rank_acceptability": [[1 / 3] * 3] * 3, "central_weight": centre.tolist()}
    case = {"inputs": {"X": np.eye(3).tolist()}, "expected": expected}
    hold(write_case(tmp_path, "B08_smaa_3crit", case))


def test_variances_of_sampling_and_method_add_up(tmp_path: Path) -> None:
    methods = [{"p": 0.25, "mean": 10, "se": 1}, {"p": 0.75, "mean": 14, "se": 2}]
    expected = {"mean": 13, "var_sampling": 3.25, "var_method": 3, "var_total": 6.25}
    case = {"inputs": {"methods": methods}, "expected": {**expected, "share_method": 0.48}}
    hold(write_case(tmp_path, "B09_two", case))


def test_a_change_of_human_development_is_of_any_place_and_year(tmp_path: Path) -> None:
    figures = {"le": (70, 74), "eys": (10, 11), "mys": (8, 9), "gnipc": (9000, 8000)}
    posts = {"le": [20, 85], "eys": [0, 18], "mys": [0, 15], "gnipc_log": [100, 75000]}
    parts = np.array([
        [(figures["le"][t] - 20) / 65,
         (figures["eys"][t] / 18 + figures["mys"][t] / 15) / 2,
         np.log(figures["gnipc"][t] / 100) / np.log(750)]
        for t in (0, 1)
    ])  # fmt: skip
    names, shares = ("health", "education", "income"), np.zeros(3)
    for order in permutations(range(3)):
        now = parts[0].copy()
        for one in order:
            before = np.prod(now) ** (1 / 3)
            now[one] = parts[1, one]
            shares[one] += (np.prod(now) ** (1 / 3) - before) / factorial(3)
    ends = np.prod(parts, axis=1) ** (1 / 3)
    answer = {"h0": ends[0], "h1": ends[1], "shapley": dict(zip(names, shares, strict=True))}
    inputs = {
        "XYZ": {
            f"{n}_{year}": v[t] for n, v in figures.items() for t, year in enumerate((2015, 2020))
        }
    }
    case = {"params": {"goalposts": posts}, "inputs": inputs, "expected": {"XYZ": answer}}
    hold(write_case(tmp_path, "B11_other_place", case))


def test_shifts_of_ranks_are_of_any_runs(tmp_path: Path) -> None:
    nominal, runs = [2, 1, 3], np.array([[1, 2, 3], [3, 1, 2], [2, 1, 3], [2, 3, 1]])
    apart = np.abs(runs - np.array(nominal))
    expected = {
        "mean_abs_shift_per_run": apart.mean(axis=1).tolist(),
        "mean_shift_overall": apart.mean(),
        "median_rank": np.median(runs, axis=0).tolist(),
        "p95_type7": np.percentile(runs, 95, axis=0).tolist(),
        "share_same_rank": (apart == 0).mean(axis=0).tolist(),
    }
    case = {"inputs": {"nominal": nominal, "runs": runs.tolist()}, "expected": expected}
    hold(write_case(tmp_path, "B13_v2", case))


@pytest.mark.parametrize("bounds", [([0, 0], [1, 1]), ([0.3, 0.2], [0.8, 0.7])])
def test_attainable_ranks_are_those_of_a_grid_of_weights(
    tmp_path: Path, bounds: tuple[list[float], list[float]]
) -> None:
    x = np.array([[9.03, 1.1], [5.2, 6.01], [2.4, 8.3], [4.1, 5.05], [7.7, 3.9]])
    low, high = bounds
    shares = np.linspace(max(low[0], 1 - high[1]), min(high[0], 1 - low[1]), 20_001)
    scores = x @ np.stack([shares, 1 - shares])
    ranks = 1 + (scores[np.newaxis] > scores[:, np.newaxis] + 1e-12).sum(axis=1)
    expected = {"best": ranks.min(axis=1).tolist(), "worst_strict": ranks.max(axis=1).tolist()}
    case = {"tolerance": 0, "inputs": {"X": x.tolist(), "w_lo": low, "w_hi": high}}
    hold(write_case(tmp_path, "B15_rank_interval_box", {**case, "expected": expected}))


def test_robustness_to_weights_is_of_any_table(tmp_path: Path) -> None:
    x, w = np.array([[4.0, 1.0], [2.0, 2.0], [1.0, 0.5]]), np.array([0.75, 0.25])
    score = x @ w
    robust: list[list[float | None]] = [[None] * 3 for _ in range(3)]
    for i, j in permutations(range(3), 2):
        if score[i] > score[j]:
            gap, back = score[i] - score[j], max(0.0, float((x[j] - x[i]).max()))
            robust[i][j] = gap / (gap + back)
    led = [cell for row in robust for cell in row if cell is not None]
    expected = {
        "score": score.tolist(),
        "robustness": robust,
        "prevalence_r_ge_0.6": sum(cell >= 0.6 for cell in led) / len(led),
    }
    case = {"inputs": {"X": x.tolist(), "w0": w.tolist()}, "expected": expected}
    hold(write_case(tmp_path, "B14_two_parts", case))
