"""Ranks that are not sure, and robustness to weights: B03 to B15 of the golden cases."""

import re
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
    expected_ranks,
    probability_beats,
    rank_probabilities,
    simulated_rank_probabilities,
)
from placedex.index.robustness import pair_robustness, rank_shift
from placedex.index.sampling_and_method import quantiles_of_methods, sampling_and_method
from placedex.stats import Ties, rank_with_ties
from tests.golden.case import Case, FloatArray, difference, number, sample
from tests.golden.kinds import Kind
from tests.golden.sets_of_ranks import highest_first

SIMULATED = 200_000
# An interval whose sides differ by more of its width is of a log or a logit.
ASYMMETRIC = 0.05


def _rng() -> np.random.Generator:
    return np.random.default_rng(20_240_501)


def _within_errors(mine: FloatArray, wanted: Any, draws: int) -> float:
    """The difference of shares; of simulated ones only what is beyond four errors."""
    theirs = np.array(wanted, dtype=np.float64)
    if draws == 0:
        return difference(mine, theirs)
    if np.shape(mine) != theirs.shape or np.any(np.isnan(mine) != np.isnan(theirs)):
        return float("inf")
    errors = np.sqrt(theirs * (1 - theirs) / draws)
    return float(np.nanmax(np.maximum(np.abs(mine - theirs) - 4 * errors, 0.0), initial=0.0))


def ties(case: Case) -> float:
    """Ranks with ties by every convention, 1 for the highest if the case does not say other."""
    values = sample(case) if highest_first(case) else -sample(case)
    conventions = {
        "min": Ties.BETTER,
        "max": Ties.WORSE,
        "average": Ties.AVERAGE,
        "dense": Ties.DENSE,
    }
    found = {name: rank_with_ties(values, ties) for name, ties in conventions.items()}
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
        ours = simulated_rank_probabilities(estimates, errors, rng=_rng(), draws=SIMULATED)
    beats = probability_beats(estimates, errors)
    exact = {"p_beats": beats, "expected_rank": expected_ranks(beats)}
    worst = 0.0
    for name, wanted in case.expected.items():
        top = re.fullmatch(r"p_top_?(\d+)", name)
        if name == "rank_prob" or top:
            mine = ours.top(int(top[1])) if top else ours.of_ranks
            worst = max(worst, _within_errors(mine, wanted, ours.draws))
        else:
            worst = max(worst, difference(exact, {name: wanted}))
    return worst


def errors_of_intervals(case: Case) -> float:
    """Standard errors from published intervals, on the scale of each."""
    found, leaning = [], []
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
        sides = (row["hi"] - row["est"], row["est"] - row["lo"]) if "est" in row else (0.0, 0.0)
        leaning.append(bool(abs(sides[0] - sides[1]) / (row["hi"] - row["lo"]) > ASYMMETRIC))
    return difference({"se": found, "asymmetric": leaning}, case.expected)


def acceptabilities(case: Case) -> float:
    """The share of weights that give each rank; more than two criteria within four errors."""
    points = np.array(case.inputs["X"], dtype=np.float64)
    if points.shape[1] == 2:
        exact = acceptability_of_two(points)
        ours = {"rank_acceptability": exact.of_ranks, "central_weight": exact.central}
        return difference(ours, case.expected)
    found = acceptability(points, even_weights(points.shape[1], _rng(), draws=SIMULATED))
    worst = 0.0
    for name, wanted in case.expected.items():
        if name == "rank_acceptability":
            worst = max(worst, _within_errors(found.of_ranks, wanted, found.draws))
        elif name == "central_weight":
            worst = max(worst, _centre_differs(found.central, wanted, found.of_ranks[:, 0]))
        else:
            return float("inf")
    return worst


def _centre_differs(mine: FloatArray, wanted: Any, firsts: FloatArray) -> float:
    """How far means of simulated weights are apart beyond four errors; a weight spreads by 0.5."""
    theirs = np.array(wanted, dtype=np.float64)
    if np.any(np.isnan(mine) != np.isnan(theirs)):
        return float("inf")
    errors = 0.5 / np.sqrt(np.maximum(firsts * SIMULATED, 1.0))[:, np.newaxis]
    return float(np.nanmax(np.maximum(np.abs(mine - theirs) - 4 * errors, 0.0), initial=0.0))


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


KINDS: tuple[Kind, ...] = (
    Kind("B03", ties, inputs=("x",)),
    Kind("B04", chances, inputs=("mu",)),
    Kind("B05", errors_of_intervals, inputs=("rows",), expected=("se",)),
    Kind("B08", acceptabilities, inputs=("X",), expected=("rank_acceptability",)),
    Kind("B09", sampling_by_method, inputs=("methods",)),
    Kind("B13", shifts, inputs=("nominal", "runs")),
    Kind("B14", pairs, inputs=("X", "w0")),
    Kind("B15", attainable, inputs=("X", "w_lo", "w_hi")),
)
