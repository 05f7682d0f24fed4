"""Other cases of section A, with answers from plain numpy and scipy, pass; wrong ones fail."""

from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from tests.golden.case import read_rows
from tests.golden.variants import hold, verdict_of, write_case

X = [4.0, None, -1.5, 7.25, 4.0, 19.0, 3.0, 60.0]
KNOWN = np.array([x for x in X if x is not None])
RNG = np.random.default_rng(7)
PLACES = [f"place {number}" for number in range(9)]
FIGURES = RNG.uniform(5, 60, (9, 3)).round(4)


def spread_over(values: object) -> list[float | None]:
    """Answers for the known figures of X, with the gap where X has it."""
    left = iter(np.asarray(values, dtype=float).tolist())
    return [None if x is None else next(left) for x in X]


def table(
    values: np.ndarray, names: str | list[str] = "abc", key: str = "code"
) -> list[dict[str, Any]]:
    return [
        {key: place, **dict(zip(names, row, strict=True))}
        for place, row in zip(PLACES, values.tolist(), strict=True)
    ]


def test_moments_of_other_figures_are_those_of_scipy(tmp_path: Path) -> None:
    percent = {"p10": 10, "p50": 50, "p97p5": 97.5}
    expected = {
        "skew_g1_adj": stats.skew(KNOWN, bias=False),
        "kurt_g2_adj": stats.kurtosis(KNOWN, bias=False),
        "percentiles_type7": {k: float(np.percentile(KNOWN, v)) for k, v in percent.items()},
        "percentiles_type6": {
            k: float(np.percentile(KNOWN, v, method="weibull")) for k, v in percent.items()
        },
        "flag_outlier_2p25_3p5": bool(
            abs(stats.skew(KNOWN, bias=False)) > 2.25 and stats.kurtosis(KNOWN, bias=False) > 3.5
        ),
    }
    hold(write_case(tmp_path, "A01_tail_of_seven", {"inputs": {"x": X}, "expected": expected}))


def test_normalisations_take_the_parameters_of_the_case(tmp_path: Path) -> None:
    low, high = KNOWN.min(), KNOWN.max()
    ranks = stats.rankdata(KNOWN, method="average")
    params = {
        "minmax": [0, 1],
        "minmax_5_50": [5, 50],
        "zscore": [10, 2],
        "prank_ties": "average",
        "dist2ref_index_1based": 4,
        "dist2targ": {"target": 2, "direction": -1, "cap": True},
        "goalposts": {"lo": 0, "hi": 20, "scale": 10, "clip": False, "direction": -1},
        "scaled": [-10, 90],
    }
    expected = {
        "minmax": (KNOWN - low) / (high - low),
        "minmax_5_50": 5 + 45 * (KNOWN - low) / (high - low),
        "zscore": 10 + 2 * (KNOWN - KNOWN.mean()) / KNOWN.std(ddof=1),
        "prank": (ranks - 1) / 6,
        "rank": stats.rankdata(KNOWN, method="min"),
        "dist2ref4": (KNOWN - low) / (7.25 - low),
        "dist2targ": np.minimum((high - KNOWN) / (high - 2), 1),
        "goalposts": 10 * (20 - KNOWN) / 20,
        "scaled": (KNOWN + 10) / 100 * 100,
    }
    answers = {name: spread_over(values) for name, values in expected.items()}
    case = {"params": params, "inputs": {"x": X}, "expected": answers}
    hold(write_case(tmp_path, "A02_lower_is_better", case))


def test_logarithms_have_any_name_and_any_exponent(tmp_path: Path) -> None:
    up, span = KNOWN - KNOWN.min(), np.ptp(KNOWN)
    expected = {
        "log_CT": np.log(up + 0.01 * span),
        "log_min1": np.log(up + 1),
        "log_GII": np.log((KNOWN.max() - 1) * up / span + 1),
        "boxcox_0_shifted": np.log(up + 1),
        "boxcox_-1_shifted": 1 - 1 / (up + 1),
        "boxcox_0.25_shifted": ((up + 1) ** 0.25 - 1) / 0.25,
    }
    answers = {name: spread_over(values) for name, values in expected.items()}
    hold(write_case(tmp_path, "A03_logs_v9", {"inputs": {"x": X}, "expected": answers}))


def test_winsorising_stops_at_the_limit_of_the_case(tmp_path: Path) -> None:
    x = [*range(1, 21), 100, 500]
    once = [*range(1, 21), 100, 100]
    expected = {
        "x": once,
        "n_winsorised": 1,
        "skew_after": stats.skew(once, bias=False),
        "kurt_after": stats.kurtosis(once, bias=False),
    }
    case = {"params": {"winmax": 1, "skew": 2, "kurt": 3.5}, "inputs": {"x": x}}
    hold(write_case(tmp_path, "A03_winsorise_once", {**case, "expected": expected}))


@pytest.mark.parametrize("words", ["", "half for each if missing", "missing counts for neither"])
def test_outranking_with_gaps_does_not_hang_on_the_order_of_rows(
    tmp_path: Path, words: str
) -> None:
    x: list[list[float | None]] = [[3, None, 5], [2, 4, 5], [None, 9, 1], [8, 1, None]]
    weights = [0.5, 0.3, 0.2]
    support = np.zeros((4, 4))
    for i, j in permutations(range(4), 2):
        won = shared = 0.0
        for k, weight in enumerate(weights):
            one, two = x[i][k], x[j][k]
            if one is not None and two is not None:
                shared += weight
                won += weight * (1.0 if one > two else 0.5 if one == two else 0.0)
            elif words:
                shared += weight
                won += weight / 2 if "half" in words else 0
        support[i, j] = won / shared
    copeland = np.sign(np.round(support - support.T, 9)).sum(axis=1)
    expected = {"outranking": support.tolist(), "copeland": copeland.tolist()}
    case = {"params": {"weights": weights}, "inputs": {"X": x}, "expected": expected}
    path = write_case(tmp_path, "A06_outranking_missing", {**case, "conventions": words})
    hold(path)


def test_outranking_has_any_weights_and_any_name_of_the_key(tmp_path: Path) -> None:
    weights = {"c": 5, "a": 1, "b": 2}
    share = np.array([1, 2, 5]) / 8
    above = FIGURES[:, np.newaxis, :] > FIGURES[np.newaxis, :, :]
    support = (above * share).sum(axis=2)
    copeland = np.sign(np.where(np.eye(9) == 1, 0, support - 0.5)).sum(axis=1)
    matrix = [
        {"code": place, **{f"X{at + 1}": cell for at, cell in enumerate(row)}}
        for place, row in zip(PLACES, support.tolist(), strict=True)
    ]
    scores = [{"code": p, "copeland": c} for p, c in zip(PLACES, copeland.tolist(), strict=True)]
    tables = {"in_x": table(FIGURES), "exp_outranking": matrix, "exp_copeland": scores[::-1]}
    hold(write_case(tmp_path, "A06_uneven", {"params": {"weights": weights}}, tables))


def test_means_leave_out_gaps_and_refuse_a_nought(tmp_path: Path) -> None:
    weights = np.array([2.0, 1.0, 1.0])
    rows = table(FIGURES)
    rows[3]["b"] = ""
    share = np.repeat(weights[np.newaxis, :], 9, axis=0)
    share[3, 1] = 0
    share /= share.sum(axis=1, keepdims=True)
    gmean = np.exp((share * np.log(FIGURES)).sum(axis=1))
    expected = [
        {"code": place, "gmean": g, "hmean": h, "amean": a}
        for place, g, h, a in zip(
            PLACES,
            gmean.tolist(),
            (1 / (share / FIGURES).sum(axis=1)).tolist(),
            (share * FIGURES).sum(axis=1).tolist(),
            strict=True,
        )
    ]
    params = {"weights": {"a": 2, "b": 1, "c": 1}}
    hold(write_case(tmp_path, "A07_gap", {"params": params}, {"in_x": rows, "exp_m": expected}))
    case = {"inputs": {"x": [0, 2, 4]}, "expected": {"amean": 2.0, "gmean": "error"}}
    hold(write_case(tmp_path, "A07_nought", case))


def test_alpha_is_of_any_tree(tmp_path: Path) -> None:
    def alpha(values: np.ndarray) -> float:
        k, cov = values.shape[1], np.cov(values, rowvar=False)
        return float(k / (k - 1) * (1 - np.trace(cov) / cov.sum()))

    about = [
        {"Level": level, "iCode": code, "iName": code, "Direction": 1, "Weight": 1,
         "Parent": parent, "Type": "Indicator" if level == 1 else "Aggregate"}
        for level, code, parent in (
            (1, "a", "P"), (1, "b", "P"), (1, "c", "Q"), (2, "P", "T"), (2, "Q", "T"), (3, "T", ""))
    ]  # fmt: skip
    above = np.column_stack([FIGURES[:, :2].mean(axis=1), FIGURES[:, 2]])
    tables: dict[str, Any] = {
        "in_iMeta": about,
        "in_normalised": table(FIGURES),
        "in_aggregated": table(above, ["P", "Q"])[::-1],
    }
    expected = {"1:P": alpha(FIGURES[:, :2]), "1:T": alpha(FIGURES), "2:T": alpha(above)}
    hold(write_case(tmp_path, "A08_other_tree", {"expected": {"alpha": expected}}, tables))


def test_penalties_are_of_any_indicators_and_years(tmp_path: Path) -> None:
    signs = np.array([1, -1, 1])
    z = 100 + 10 * signs * (FIGURES - FIGURES.mean(axis=0)) / FIGURES.std(axis=0)
    mean, sd = z.mean(axis=1), z.std(axis=1)
    mpi = [
        {"code": place, "mean": m, "sd": s, "mpi_minus": m - s * s / m, "mpi_plus": m + s * s / m}
        for place, m, s in zip(PLACES, mean.tolist(), sd.tolist(), strict=True)
    ]
    polarity = {"a": 1, "b": -1, "c": 1}
    tables = {"in_x": table(FIGURES), "exp_mpi": mpi[::-1]}
    hold(write_case(tmp_path, "A10_three", {"params": {"polarity": polarity}}, tables))

    reference = np.array([30, 20, 40])
    half = np.ptp(FIGURES, axis=0) / 2
    share = (FIGURES - (reference - half)) / (2 * half)
    r = 60 * np.where(signs > 0, share, 1 - share) + 70
    mean, sd = r.mean(axis=1), r.std(axis=1)
    ampi = [
        {"code": place, "ampi_minus": m - s * s / m, "ampi_plus": m + s * s / m}
        for place, m, s in zip(PLACES, mean.tolist(), sd.tolist(), strict=True)
    ]
    params = {"goalposts_reference": reference.tolist(), "polarity": signs.tolist()}
    tables = {"in_x": table(FIGURES), "exp_ampi": ampi}
    hold(write_case(tmp_path, "A11_one_year", {"params": params}, tables))


def test_a_cycle_of_votes_has_no_winner_and_any_of_the_tied_orders(tmp_path: Path) -> None:
    ballots = [(2, "xyz"), (2, "yzx"), (2, "zxy")]
    pairwise = [
        [float(sum(n for n, o in ballots if one != two and o.index(one) < o.index(two)))
         for two in "xyz"] for one in "xyz"
    ]  # fmt: skip
    scored = {
        order: sum(pairwise["xyz".index(i)]["xyz".index(j)] for i, j in combinations(order, 2))
        for order in permutations("xyz")
    }
    best = [list(order) for order, score in scored.items() if score == max(scored.values())]
    expected = {
        "kemeny": best[-1],
        "kemeny_all": best,
        "kemeny_score": max(scored.values()),
        "pairwise": pairwise,
        "copeland": dict.fromkeys("xyz", 0),
        "condorcet_winner": None,
    }
    inputs = {"ballots": [{"weight": n, "order": list(o)} for n, o in ballots]}
    hold(write_case(tmp_path, "A16_condorcet_cycle", {"inputs": inputs, "expected": expected}))


def test_ordered_means_are_of_any_length(tmp_path: Path) -> None:
    x, w = [0.3, 0.8, 0.1], [0.5, 0.2, 0.3]
    expected = {
        "owa": 0.8 * 0.5 + 0.3 * 0.2 + 0.1 * 0.3,
        "orness": (2 * 0.5 + 0.2) / 2,
        "max": 0.8,
        "at_least_1_best": 0.8,
        "worst_2": 0.2,
        "power_mean": {"3": ((0.027 + 0.512 + 0.001) / 3) ** (1 / 3), "-1": stats.hmean(x)},
    }
    hold(write_case(tmp_path, "A17_v2", {"inputs": {"x": x, "owa_w": w}, "expected": expected}))


def test_editions_are_as_many_as_there_are(tmp_path: Path) -> None:
    y = {"Y0": [[0, 10], [10, 30]], "Y1": [[5, 10], [10, 50]], "Y2": [[20, 20], [0, 40]]}
    base, every = np.array(y["Y0"]), np.concatenate([np.array(one) for one in y.values()])

    def scores(among: np.ndarray, values: list[list[int]]) -> list[float]:
        share = (np.array(values) - among.min(axis=0)) / np.ptp(among, axis=0)
        share[:, 1] = 1 - share[:, 1]
        return [float(one) for one in 100 * share.mean(axis=1)]

    expected = {
        "floating": {f"t{at}": scores(np.array(one), one) for at, one in enumerate(y.values())},
        "pooled": {f"t{at}": scores(every, one) for at, one in enumerate(y.values())},
        "base_year_goalposts_unclipped": {
            f"t{at}": scores(base, one) for at, one in enumerate(y.values())
        },
    }
    case = {"params": {"directions": [1, -1]}, "inputs": y, "expected": expected}
    hold(write_case(tmp_path, "A18_three_editions", case))


def test_gaps_are_filled_whatever_the_order_of_rows(tmp_path: Path) -> None:
    cells = [
        ("Q", 2021, "", "g"),
        ("P", 2020, 4, "g"),
        ("P", 2023, "", "g"),
        ("Q", 2020, 1, "g"),
        ("P", 2022, 8, "g"),
        ("Q", 2023, 7, "g"),
        ("P", 2021, "", "g"),
        ("Q", 2022, "", "g"),
    ]
    expected = {
        "locf": [1, 4, 8, 1, 8, 7, 4, 1],
        "locf_source_year": [2020, 2020, 2022, 2020, 2022, 2023, 2020, 2020],
        "linear_inside": [3, 4, None, 1, 8, 7, 6, 5],
        "group_mean": [None, 4, 7, 1, 8, 7, None, 8],
    }  # fmt: skip
    rows = [dict(zip(("unit", "year", "x", "group"), one, strict=True)) for one in cells]
    hold(write_case(tmp_path, "A19_impute_panel_v2", {"expected": expected}, {"in_panel": rows}))


@pytest.mark.parametrize(
    ("x", "y"), [([2011, 2021], [4.0, 9.0]), ([2010, 2011, 2013, 2016], [5.0, 4.5, 7.0, 6.0])]
)
def test_growth_is_of_any_span(tmp_path: Path, x: list[int], y: list[float]) -> None:
    slope, start = np.polyfit(np.array(x) - x[0], y, 1)
    expected = {
        "CAGR": (y[-1] / y[0]) ** (1 / (x[-1] - x[0])) - 1,
        "prc_change_per_period": 100 * slope / start,
    }
    hold(write_case(tmp_path, "A20_v3", {"inputs": {"x": x, "y": y}, "expected": expected}))


def test_a_whole_index_has_any_order_of_rows_and_only_some_stages(
    tmp_path: Path, shared: Path
) -> None:
    source = shared / "golden" / "methods"
    tables = {
        ending: read_rows(source / f"A04_asem_pipeline__{ending}.csv")[::-1]
        for ending in ("in_iData", "exp_normalised", "exp_aggregated")
    }
    tables["in_iMeta"] = read_rows(source / "A04_asem_pipeline__in_iMeta.csv")
    params = {"group": "EurAsia_group", "coverage": 0.9, "winmax": 5}
    path = write_case(tmp_path, "A04_index_v9", {"params": params}, tables)
    assert verdict_of(path).outcome == "passed"
    tables["exp_aggregated"][0]["Index"] = "1"
    path = write_case(tmp_path, "A04_index_v9", {"params": params}, tables)
    assert verdict_of(path).outcome == "failed"
    params = {"group": "GDP_group", "coverage": 0.9, "winmax": 5}
    path = write_case(tmp_path, "A04_index_v9", {"params": params}, tables)
    assert verdict_of(path).outcome == "failed"


def test_a_case_that_expects_nothing_is_a_skip(tmp_path: Path) -> None:
    for name, inputs in (("A02_empty", {"x": [1, 2]}), ("A06_empty", {"X": [[1, 2], [2, 1]]})):
        assert verdict_of(write_case(tmp_path, name, {"inputs": inputs})).outcome == "skipped"
    case = {"inputs": {"X": [[1, 2], [2, 1]]}, "expected": {"coinr_outranking": [[0, 1], [1, 0]]}}
    assert verdict_of(write_case(tmp_path, "A06_coinr", case)).outcome == "skipped"


def test_a_case_that_lacks_what_its_number_wants_is_a_skip(tmp_path: Path) -> None:
    for name in ("A06_something_else", "A21_new", "H01_new"):
        verdict = verdict_of(write_case(tmp_path, name, {"expected": {"y": 1}}))
        assert (verdict.name, verdict.outcome) == (name, "skipped")
