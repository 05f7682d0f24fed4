"""Uncertainty, robustness and change: section B of the golden cases."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from placedex.index.acceptability import acceptability, acceptability_of_two, even_weights
from placedex.index.attainable import WeightRegion, attainable_ranks
from placedex.index.errors_from_intervals import (
    Identity,
    IntervalScale,
    Log,
    Logit,
    errors_from_intervals,
)
from placedex.index.rank_probabilities import (
    RankProbabilities,
    expected_ranks,
    probability_beats,
    rank_probabilities,
    simulated_rank_probabilities,
)
from placedex.index.rank_sets import (
    BootstrapSets,
    JointIntervals,
    RankSets,
    Side,
    joint_interval_sets,
    rank_sets,
)
from placedex.index.robustness import pair_robustness, rank_shift
from placedex.index.sampling_and_method import quantiles_of_methods, sampling_and_method
from placedex.index.sobol import (
    COINR,
    JansenFirst,
    JansenTotal,
    Outputs,
    Saltelli2010,
    SobolMethod,
    SobolTotal,
    design,
    sobol_indices,
)
from placedex.stats import Ties, rank_with_ties
from placedex.stats.intervals import Correction
from tests.golden.case import Case, FloatArray, columns, difference, number, sample

FEWEST_DRAWS = 20_000
INFINITE = float("inf")


def _rng() -> np.random.Generator:
    return np.random.default_rng(20_240_501)


def _highest_first(case: Case) -> bool:
    return "small" not in str(case.params.get("rank", "1 = largest")).lower()


def bootstrap_sets(case: Case) -> float:
    """Confidence sets for ranks by simulation.

    A bound that placedex reports as on the boundary may differ by one; so may as many others as
    differ between the seeds of the case itself, which is none where it is stable.
    """
    rows = case.table("in_x")
    names, values = columns(rows, without=(next(iter(rows[0])),))
    column = {ending: next(n for n in names if n.endswith(ending)) for ending in ("score", "se")}
    estimates, errors = (values[:, names.index(column[name])] for name in ("score", "se"))
    known = ~np.isnan(estimates) & ~np.isnan(errors)

    def found(**options: Any) -> RankSets:
        method = BootstrapSets(
            coverage=float(case.params["coverage"]),
            highest_first=_highest_first(case),
            draws=max(FEWEST_DRAWS, int(case.params.get("R_draws", 0))),
            **options,
        )
        return rank_sets(estimates, errors, rng=_rng(), method=method)

    worst = 0.0
    for name, wanted in case.expected.items():
        if sets := re.fullmatch(r"simul(TRUE|FALSE)_step(TRUE|FALSE)", name):
            ours = found(simultaneous=sets[1] == "TRUE", stepwise=sets[2] == "TRUE")
            worst = max(worst, _bounds_differ(ours, known, wanted))
        elif best := re.fullmatch(r"best(\d+)", name):
            one_sided = found(side=Side.BEST)
            apart = one_sided.may_be_among(int(best[1]))[known] != np.array(wanted)
            near = np.abs(one_sided.best - int(best[1]) - 0.5) < 1
            worst = max(worst, float(np.any(apart & ~(one_sided.best_boundary & near)[known])))
        else:
            ranks = rank_with_ties(estimates if _highest_first(case) else -estimates)
            worst = max(worst, difference({"rank": ranks[known]}, {name: wanted}))
    return worst


def _bounds_differ(ours: RankSets, known: Any, wanted: Mapping[str, Any]) -> float:
    """The largest difference of two sets of bounds beyond what simulation allows."""
    allowed = 0 if wanted.get("seed_stable", True) else int(wanted.get("n_seed_diff", 0))
    apart = np.concatenate(
        [
            np.abs(mine[known] - np.array(wanted[name])) - boundary[known]
            for mine, boundary, name in (
                (ours.best, ours.best_boundary, "L"),
                (ours.worst, ours.worst_boundary, "U"),
            )
        ]
    )
    left = np.sort(np.maximum(apart, 0.0))[::-1]
    return float(left[min(allowed, left.size - 1)])


def joint_intervals(case: Case) -> float:
    """Joint sets from intervals that hold together, by Sidak and by Bonferroni."""
    rows, expected = case.table("in_x"), case.expected
    low_names = {name.lower(): name for name in rows[0]}
    estimate = next(name for low, name in low_names.items() if low.startswith("est"))
    error = next(name for low, name in low_names.items() if low.startswith("se"))
    key = next(iter(case.table("exp_sets")[0]))
    values = np.array([number(row[estimate]) for row in rows])
    spread = np.array([number(row[error]) for row in rows])
    mine: dict[Any, dict[str, float]] = {row[key]: {} for row in rows}
    ours = {}
    for name, correction, ending in (
        ("z_independence", Correction.SIDAK, ""),
        ("z_bonferroni", Correction.BONFERRONI, "_bonf"),
    ):
        method = JointIntervals(1 - float(case.params["alpha"]), correction, _highest_first(case))
        found = joint_interval_sets(values, spread, method=method)
        ours[name] = np.nanmax(found.critical)
        for place, row in enumerate(rows):
            mine[row[key]] |= {f"L{ending}": found.best[place], f"U{ending}": found.worst[place]}
    sets = {
        row[key]: {name: number(row[name]) for name in row if name[:1] in {"L", "U"}}
        for row in case.table("exp_sets")
    }
    return max(difference(ours, expected), difference(mine, sets))


def ties(case: Case) -> float:
    """Ranks with ties by every convention, 1 for the highest."""
    conventions = {
        "min": Ties.BETTER,
        "max": Ties.WORSE,
        "average": Ties.AVERAGE,
        "dense": Ties.DENSE,
    }
    found = {name: rank_with_ties(sample(case), ties) for name, ties in conventions.items()}
    return difference(found, case.expected)


def chances(case: Case) -> float:
    """How likely each place is to beat another and to have each rank.

    With covariances the chances of ranks are simulated, and count as equal within four errors.
    """
    inputs = case.inputs
    estimates = np.array([number(value) for value in inputs["mu"]])
    cov = next((inputs[name] for name in ("cov", "Sigma", "covariance") if name in inputs), None)
    if cov is None:
        errors = np.array([number(value) for value in inputs["se"]])
        ours = rank_probabilities(estimates, errors)
    else:
        errors = np.array(cov, dtype=np.float64)
        ours = simulated_rank_probabilities(estimates, errors, rng=_rng(), draws=200_000)
    beats = probability_beats(estimates, errors)
    exact = {"p_beats": beats, "expected_rank": expected_ranks(beats)}
    worst = 0.0
    for name, wanted in case.expected.items():
        if name in exact:
            worst = max(worst, difference(exact[name], wanted))
            continue
        top = re.fullmatch(r"p_top(\d+)", name)
        mine = ours.top(int(top[1])) if top else ours.of_ranks
        worst = max(worst, _within_errors(mine, np.array(wanted, dtype=np.float64), ours))
    return worst


def _within_errors(mine: FloatArray, wanted: FloatArray, ours: RankProbabilities) -> float:
    if ours.draws == 0:
        return difference(mine, wanted)
    errors = np.sqrt(wanted * (1 - wanted) / ours.draws)
    return float(np.max(np.maximum(np.abs(mine - wanted) - 4 * errors, 0.0)))


def errors_of_intervals(case: Case) -> float:
    """Standard errors from published intervals, on the scale of each."""
    found = []
    for row in case.inputs["rows"]:
        whole = 100.0 if row["hi"] > 1 else 1.0
        scales: dict[str, IntervalScale] = {
            "identity": Identity(),
            "logit": Logit(float(row.get("whole", whole))),
            "log": Log(),
        }
        bounds = (np.array(row["lo"], dtype=float), np.array(row["hi"], dtype=float))
        result = errors_from_intervals(
            np.array(number(row.get("est"))),
            bounds,
            level=float(row.get("level", 0.95)),
            scale=scales[row.get("scale", "identity")],
            multiple=row.get("z"),
        )
        found.append(float(result.errors))
    return difference({"se": found}, {"se": case.expected["se"]})


def _ishigami(points: FloatArray, about: Mapping[str, Any]) -> FloatArray:
    x = np.sin(np.pi * (2 * points - 1))
    third = np.pi * (2 * points[:, 2] - 1)
    return np.asarray(
        x[:, 0] + about["a"] * x[:, 1] ** 2 + about["b"] * third**4 * x[:, 0], dtype=np.float64
    )


def _g_function(points: FloatArray, about: Mapping[str, Any]) -> FloatArray:
    a = np.array(about["a"], dtype=np.float64)
    return np.asarray(np.prod((np.abs(4 * points - 2) + a) / (1 + a), axis=1))


def sobol_of_functions(case: Case) -> float:
    """Sobol indices of two functions whose indices are known, from 2^14 quasi-random points."""
    from scipy.stats import qmc

    functions = {"ishigami": _ishigami, "gfunction": _g_function}
    ours = {}
    for name, about in case.params.items():
        factors = len(about["a"]) if name == "gfunction" else 3
        source = qmc.Sobol(2 * factors, scramble=True, rng=_rng())
        points = design(factors, 2**14, source=source)
        results = functions[name](points.stacked, about)
        found = sobol_indices(Outputs.of_stacked(results, factors=factors))
        ours["g" if name == "gfunction" else name] = {
            "V": float(found.variance),
            "S1": found.first,
            "ST": found.total,
        }
    return difference(ours, case.expected)


def sobol_estimators(case: Case) -> float:
    """Each estimator on a fixed design, as published: not centred."""
    rows = case.table("in_y")
    names, values = columns(rows)
    stacked = np.concatenate([values[:, names.index(name)] for name in names])
    outputs = Outputs.of_stacked(stacked, factors=len(names) - 2)
    plain = SobolMethod(Saltelli2010(centred=False), JansenTotal())
    other = SobolMethod(JansenFirst(), SobolTotal(centred=False))
    first, second, coinr = (
        sobol_indices(outputs, method=method) for method in (plain, other, COINR)
    )
    found = {
        "S1_saltelli2010": first.first,
        "ST_jansen": first.total,
        "S1_jansen": second.first,
        "ST_sobol": second.total,
        "S1_coinr": coinr.first,
        "ST_coinr": coinr.total,
    }
    return difference(found, case.expected)


def acceptabilities(case: Case) -> float:
    """The share of weights that give each rank; more than two criteria within four errors."""
    points = np.array(case.inputs["X"], dtype=np.float64)
    if points.shape[1] == 2:
        exact = acceptability_of_two(points)
        ours = {"rank_acceptability": exact.of_ranks, "central_weight": exact.central}
        return difference(ours, case.expected)
    found = acceptability(points, even_weights(points.shape[1], _rng(), draws=200_000))
    wanted = np.array(case.expected["rank_acceptability"], dtype=np.float64)
    errors = np.sqrt(wanted * (1 - wanted) / found.draws)
    return float(np.max(np.maximum(np.abs(found.of_ranks - wanted) - 4 * errors, 0.0)))


def sampling_by_method(case: Case) -> float:
    """The variance of a score split into sampling and method, and the quantiles of both."""
    methods = case.inputs["methods"]
    means, errors, shares = (
        np.array([float(one[name]) for one in methods]) for name in ("mean", "se", "p")
    )
    found = sampling_and_method(means, errors, shares=shares)
    wanted = list(case.expected.get("quantiles", {}))
    levels = quantiles_of_methods(means, errors, shares=shares, levels=list(map(float, wanted)))
    ours = {
        "mean": found.mean,
        "var_sampling": found.sampling,
        "var_method": found.method,
        "var_total": found.total,
        "share_method": found.share_of_method,
        "quantiles": dict(zip(wanted, levels, strict=True)),
    }
    return difference(ours, case.expected)


def shifts(case: Case) -> float:
    """How ranks move over runs."""
    runs = np.array(case.inputs["runs"], dtype=np.float64)
    found = rank_shift(np.array(case.inputs["nominal"], dtype=np.float64), runs)
    ours = {
        "mean_abs_shift_per_run": found.per_run,
        "mean_shift_overall": found.overall,
        "median_rank": found.median,
        "p5_type7": found.low,
        "p95_type7": found.high,
        "share_same_rank": found.same,
    }
    return difference(ours, case.expected)


def pairs(case: Case) -> float:
    """How robust each comparison is to the weights.

    The case counts its fully robust comparisons among all cells of the table, the diagonal too.
    """
    weights = np.array(case.inputs["w0"], dtype=np.float64)
    found = pair_robustness(np.array(case.inputs["X"], dtype=np.float64), weights)
    led = int(np.sum(~np.isnan(found.robustness)))
    ours: dict[str, Any] = {
        "score": found.scores,
        "robustness": found.robustness,
        "share_fully_robust": found.share_dominant * led / found.robustness.size,
    }
    for name in case.expected:
        if level := re.fullmatch(r"prevalence_r_ge_([\d.]+)", name):
            ours[name] = found.share_at_least(float(level[1]))
    return difference(ours, case.expected)


def attainable(case: Case) -> float:
    """The best and the worst rank of each place over a region of weights."""
    inputs = case.inputs
    low, high = (np.array(inputs[name], dtype=np.float64) for name in ("w_lo", "w_hi"))
    found = attainable_ranks(np.array(inputs["X"], dtype=np.float64), WeightRegion(low, high))
    ours = {
        "best": found.best,
        "worst_strict": found.worst,
        "worst_ties_against": found.worst_of_ties,
    }
    return difference(ours, case.expected)


KINDS: dict[str, Callable[[Case], float]] = {
    "B01_csranks": bootstrap_sets,
    "B02_kww": joint_intervals,
    "B03_rank_ties": ties,
    "B04_rank_probabilities": chances,
    "B05_ci_to_se": errors_of_intervals,
    "B06_sobol_analytic": sobol_of_functions,
    "B07_sobol_estimators": sobol_estimators,
    "B08_smaa": acceptabilities,
    "B09_sampling_x_method": sampling_by_method,
    "B13_rank_shift": shifts,
    "B14_rank_robustness": pairs,
    "B15_rank_interval": attainable,
}
