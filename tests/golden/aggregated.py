"""Weights, means and orders of places: the second half of section A of the golden cases."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from placedex.index import (
    MinMax,
    Node,
)
from placedex.index.frontier import benefit_of_the_doubt
from placedex.index.judgement import compare_pairs
from placedex.index.kemeny import kemeny
from placedex.index.means import (
    BestOf,
    WorstOf,
    arithmetic,
    geometric,
    harmonic,
    orness,
    owa,
    power,
)
from placedex.index.normalise import Policy, normalise_editions
from placedex.index.optimised_weights import optimised_weights
from placedex.index.outranking import (
    borda,
    condorcet_winner,
    copeland,
    copeland_of,
    dominance,
    outranking,
    support_from_ballots,
)
from placedex.index.penalty import (
    SAMPLE,
    adjusted_goalposts,
    adjusted_scale,
    penalised,
    standardised,
)
from placedex.index.principal_components import principal_components
from placedex.index.weighting import critic, critic_weights, entropy, entropy_weights
from tests.golden.case import (
    Case,
    answers,
    by_key,
    columns,
    difference,
    given_weights,
    number,
    sample,
)


def outranked(case: Case) -> float:
    """The outranking matrix, Copeland scores, and how many pairs are dominant."""
    rows, theirs = case.table("in_pillars"), case.table("exp_outranking")
    names, values = columns(rows, without=(next(iter(rows[0])),))
    weights = given_weights(case, names)
    support = outranking(values, weights)
    pairs, share = dominance(support)
    key = next(iter(theirs[0]))
    matrix = {row[key]: [number(row[name]) for name in row if name != key] for row in theirs}
    mine = {row[key]: support[place] for place, row in enumerate(rows)}
    ones = np.ones(len(rows))
    scores = answers(rows, copeland=copeland(values, weights), ndom=pairs * ones, frac=share * ones)
    return max(difference(mine, matrix), difference(scores, by_key(case.table("exp_copeland"))))


def means(case: Case) -> float:
    """The arithmetic, geometric and harmonic mean of each place."""
    rows = case.table("in_pillars")
    names, values = columns(rows, without=(next(iter(rows[0])),))
    weights = given_weights(case, names)
    ours = answers(
        rows,
        amean=arithmetic(values, weights),
        gmean=geometric(values, weights),
        hmean=harmonic(values, weights),
    )
    return difference(ours, by_key(case.table("exp_means")))


def weights_to_target(case: Case) -> float:
    """Weights under which components matter as much as was meant."""
    rows, expected = case.table("in_subindices"), case.expected["weights"]
    names, values = columns(rows, without=(next(iter(rows[0])),))
    targets = case.params.get("targets")
    if isinstance(targets, dict):
        targets = [targets[name] for name in names]
    found = optimised_weights(values, None if targets is None else np.array(targets, dtype=float))
    return difference(dict(zip(names, found.weights, strict=True)), expected)


def mazziotta_pareto(case: Case) -> float:
    """The Mazziotta-Pareto index with either divisor and either penalty."""
    rows, polarity = case.table("in_x"), case.params["polarity"]
    values = np.array([[number(row[name]) for name in polarity] for row in rows])
    signs, even = np.array(list(polarity.values())), np.ones(len(polarity))
    scores = standardised(values, polarity=signs)
    sample = standardised(values, polarity=signs, divisor=SAMPLE)
    mean = arithmetic(scores, even)
    ours = answers(
        rows,
        mean=mean,
        sd=np.sqrt(arithmetic((scores - mean[:, np.newaxis]) ** 2, even)),
        mpi_minus=penalised(scores, even),
        mpi_plus=penalised(scores, even, penalty=1),
        compind_mpi_minus_sample_sd=penalised(sample, even, divisor=SAMPLE),
        compind_mpi_plus_sample_sd=penalised(sample, even, penalty=1, divisor=SAMPLE),
    )
    return difference(ours, by_key(case.table("exp_mpi")))


def adjusted_mazziotta_pareto(case: Case) -> float:
    """The adjusted index between goalposts that hold for all years."""
    rows, params = case.table("in_x"), case.params
    names = params["indicators"]
    values = np.array([[number(row[name]) for name in names] for row in rows])
    low, high = adjusted_goalposts(values, np.array(params["goalposts_reference"], dtype=float))
    scores = adjusted_scale(values, low, high, polarity=np.array(params["polarity"]))
    even = np.ones(len(names))
    mean = arithmetic(scores, even)
    ours = {
        "mean": mean,
        "sd": np.sqrt(arithmetic((scores - mean[:, np.newaxis]) ** 2, even)),
        "ampi_minus": penalised(scores, even),
        "ampi_plus": penalised(scores, even, penalty=1),
    }
    theirs = case.table("exp_ampi")
    keys = [name for name in theirs[0] if name not in ours]
    place = {tuple(row[key] for key in keys): number_of for number_of, row in enumerate(rows)}
    order = [place[tuple(row[key] for key in keys)] for row in theirs]
    wanted = {name: [number(row[name]) for row in theirs] for name in theirs[0] if name in ours}
    return difference({name: ours[name][order] for name in wanted}, wanted)


def doubt(case: Case) -> float:
    """Scores under the benefit of the doubt, with limits on shares if the case has them."""
    rows, params = case.table("in_x"), case.params
    _, values = columns(rows, without=(next(iter(rows[0])),))
    low = next((params[name] for name in ("low", "lower", "L") if name in params), 0.0)
    high = next((params[name] for name in ("high", "upper", "U") if name in params), 1.0)
    found = benefit_of_the_doubt(values, low=low, high=high)
    theirs = by_key(case.table("exp_bod"))
    name = next(iter(next(iter(theirs.values()))))
    return difference(answers(rows, **{name: found.scores}), theirs)


def weights_from_data(case: Case) -> float:
    """Entropy and CRITIC weights with their parts; also with every indicator a benefit."""
    values = np.array(case.inputs["X"], dtype=np.float64)
    polarity = np.array(case.params.get("polarity", np.ones(values.shape[1])))
    spread, says = critic(values, polarity=polarity)
    found = {
        "entropy_E": entropy(values),
        "entropy_w": entropy_weights(values),
        "critic_sd": spread,
        "critic_C": says,
        "critic_w": critic_weights(values, polarity=polarity),
        "critic_w_pymcdm_all_benefit": critic_weights(values),
    }
    return difference(found, case.expected)


def components(case: Case) -> float:
    """Principal components, the sign such that the loadings add up to more than nought."""
    rows = case.table("in_pillars")
    _, values = columns(rows, without=(next(iter(rows[0])),))
    found = principal_components(values)
    ours = {
        "eigenvalues": found.eigenvalues,
        "explained": found.explained,
        "pc1_eigenvector_signpos": found.first,
        "weights_pc1_squared_loadings": found.squared,
        "n_kaiser": found.above_one,
    }
    return difference(ours, case.expected)


def hierarchy_process(case: Case) -> float:
    """Weights from comparisons two by two, and their consistency."""
    found = compare_pairs(np.array(case.inputs["A"], dtype=np.float64))
    ours = {
        "w_eigen": found.weights,
        "w_geomean": found.geometric,
        "lambda_max": found.largest_eigenvalue,
        "CI": found.consistency_index,
        "CR": found.consistency_ratio,
    }
    return difference(ours, case.expected)


def votes(case: Case) -> float:
    """Kemeny-Young, Copeland, Borda and Condorcet of some ballots; any tied order will do."""
    ballots, expected = case.inputs["ballots"], case.expected
    names = list(expected.get("copeland") or expected.get("borda") or ballots[0]["order"])
    ranks = np.full((len(ballots), len(names)), np.nan)
    for row, ballot in enumerate(ballots):
        for rank, name in enumerate(ballot["order"]):
            ranks[row, names.index(name)] = rank + 1
    support = support_from_ballots(ranks, np.array([float(one["weight"]) for one in ballots]))
    found = kemeny(support)
    orders = [[names[row] for row in order] for order in found.orders]
    winner = condorcet_winner(support)
    ours = {
        "kemeny": expected["kemeny"] if expected["kemeny"] in orders else orders[0],
        "kemeny_score": found.score,
        "pairwise": support,
        "copeland": dict(zip(names, copeland_of(support), strict=True)),
        "borda": dict(zip(names, borda(support), strict=True)),
        "condorcet_winner": None if winner is None else names[winner],
    }
    return difference(ours, expected)


def ordered_means(case: Case) -> float:
    """Ordered weighted averages, means of the best and worst few, and power means."""
    values, order = sample(case), np.array(case.inputs["owa_w"], dtype=np.float64)
    even = np.ones(values.size)
    found: dict[str, Any] = {
        "owa": owa(values, even, order=order),
        "orness": orness(order),
        "min": WorstOf(1).of(values, even),
        "max": BestOf(1).of(values, even),
        "power_mean": {
            exponent: power(values, even, exponent=float(exponent))
            for exponent in case.expected.get("power_mean", {})
        },
    }
    for name in case.expected:
        if best := re.fullmatch(r"at_least_(\d+)_best|best_(\d+)", name):
            found[name] = BestOf(int(best[1] or best[2])).of(values, even)
        if worst := re.fullmatch(r"worst_(\d+)", name):
            found[name] = WorstOf(int(worst[1])).of(values, even)
    return difference(found, case.expected)


POLICIES = {
    "floating": Policy.FLOATING,
    "pooled": Policy.POOLED,
    "base_year_goalposts_unclipped": Policy.FROZEN,
}


def editions(case: Case) -> float:
    """Several editions under the three policies of normalising over time."""
    tables = [np.array(case.inputs[name], dtype=np.float64) for name in sorted(case.inputs)]
    count = tables[0].shape[1]
    figures = np.full((len(tables), max(map(len, tables)), count), np.nan)
    for edition, table in enumerate(tables):
        figures[edition, : len(table)] = table
    weights = np.array(case.params.get("weights", np.ones(count)), dtype=np.float64)
    directions = case.params.get("directions", [1] * count)
    found = {}
    for name, policy in POLICIES.items():
        points = [
            normalise_editions(
                figures[..., column],
                MinMax(clip=False),
                Node("x", "x", "index", direction=directions[column]),
                policy=policy,
            )
            for column in range(count)
        ]
        scores = arithmetic(np.stack(points, axis=-1), weights)
        found[name] = {
            f"t{edition}": scores[edition, : len(table)] for edition, table in enumerate(tables)
        }
    return difference(found, case.expected)


KINDS: dict[str, Callable[[Case], float]] = {
    "A06_outranking_copeland": outranked,
    "A07_means": means,
    "A09_opt_weights": weights_to_target,
    "A10_mpi": mazziotta_pareto,
    "A11_ampi": adjusted_mazziotta_pareto,
    "A12_bod": doubt,
    "A13_entropy_critic": weights_from_data,
    "A14_pca": components,
    "A15_ahp": hierarchy_process,
    "A16_kemeny": votes,
    "A17_owa": ordered_means,
    "A18_time_comparability": editions,
}
