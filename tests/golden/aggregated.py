"""Means and orders of places: A06, A07 and A16 to A18 of the golden cases."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from placedex.errors import BadSpec
from placedex.index import MinMax, Node
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
from placedex.index.outranking import (
    borda,
    condorcet_winner,
    copeland,
    copeland_of,
    dominance,
    outranking,
    shared_weights,
    support_from_ballots,
    wins,
)
from tests.golden.case import (
    Case,
    FloatArray,
    answers,
    by_key,
    columns,
    difference,
    given_weights,
    matrix,
    number,
    sample,
)
from tests.golden.kinds import Kind


def outranked(case: Case) -> float:
    """The outranking matrix, Copeland scores, and how many pairs are dominant."""
    rows, theirs = case.table("in_"), case.table("exp_outranking")
    names, values = columns(rows, without=(next(iter(rows[0])),))
    weights = given_weights(case, names)
    support = _support(case, values, weights)
    pairs, share = dominance(support)
    # Columns of the matrix are places by their names, or else in the order of the input.
    key, places = next(iter(theirs[0])), [row[next(iter(row))] for row in rows]
    across = [name for name in theirs[0] if name != key]
    order = [places.index(name) for name in across] if set(across) <= set(places) else slice(None)
    wanted = {row[key]: [number(row[name]) for name in across] for row in theirs}
    mine = {place: support[at][order] for at, place in enumerate(places)}
    worst = difference(mine, wanted)
    if not case.has("exp_copeland"):
        return worst
    ones = np.ones(len(rows))
    scores = answers(rows, copeland=copeland(values, weights), ndom=pairs * ones, frac=share * ones)
    return max(worst, difference(scores, by_key(case.table("exp_copeland"))))


def _of_gaps(case: Case) -> str:
    """What the case says of a part that either of two places lacks.

    `half` counts it half for each, `none` for neither; else its weight goes to the rest.
    """
    given = case.params.get("missing")
    told = [str(given)] if given else re.split(r"; |\. ", case.said)
    about = " ".join(one for one in told if given or re.search(r"missing|\bnas?\b|gap", one))
    if re.search(r"half|0\.5|\bties?\b|even", about):
        return "half"
    return "none" if re.search(r"not re-?normalis|nothing|neither", about) else "rest"


def _support(case: Case, values: FloatArray, weights: FloatArray) -> FloatArray:
    """The outranking matrix by the case's rule for gaps."""
    policy = _of_gaps(case)
    if policy != "none":
        return outranking(values, weights, gaps_even=policy == "half")
    won, both = wins(values, weights), shared_weights(values, weights)
    support = (won + 0.5 * (both - won - won.T)) / np.sum(weights)
    np.fill_diagonal(support, 0.0)
    return np.asarray(support)


def outranked_here(case: Case) -> float:
    """The outranking of a small table in the case itself, which may have gaps.

    The order of rows is to be nothing: the table upside down must give the same answers. What COINr
    gives hangs on it, so that answers under its name are not held against.
    """
    names, values = matrix(case)
    weights = given_weights(case, names)

    def found(given: FloatArray) -> dict[str, Any]:
        support = _support(case, given, weights)
        pairs, share = dominance(np.nan_to_num(support))
        scores = copeland(given, weights)
        return {"outranking": support, "copeland": scores, "ndom": pairs, "frac": share}

    ours, turned = found(values), found(values[::-1])
    turned |= {
        "outranking": turned["outranking"][::-1, ::-1],
        "copeland": turned["copeland"][::-1],
    }
    wanted = {name: one for name, one in case.expected.items() if not name.startswith("coinr")}
    if not wanted:
        raise NotImplementedError("it expects what COINr gives, which hangs on the order of rows")
    return max(difference(ours, wanted), difference(turned, ours))


def means(case: Case) -> float:
    """The arithmetic, geometric and harmonic mean of each place."""
    rows, theirs = case.table("in_"), by_key(case.table("exp_"))
    names, values = columns(rows, without=(next(iter(rows[0])),))
    weights = given_weights(case, names)
    makers = {"amean": arithmetic, "gmean": geometric, "hmean": harmonic}
    wanted = next(iter(theirs.values()))
    ours = {name: make(values, weights) for name, make in makers.items() if name in wanted}
    return difference(answers(rows, **ours), theirs)


def refused_means(case: Case) -> float:
    """Means of one row of figures, of which some are refused in words."""
    values = sample(case)
    weights = given_weights(case, [str(one) for one in range(values.size)])
    makers = {"amean": arithmetic, "gmean": geometric, "hmean": harmonic}
    found: dict[str, Any] = {}
    for name in case.expected:
        try:
            found[name] = float(makers[name](values, weights))
        except BadSpec:
            found[name] = "error"
    return difference(found, case.expected)


def votes(case: Case) -> float:
    """Kemeny-Young, Copeland, Borda and Condorcet of some ballots; any tied order will do."""
    ballots, expected = case.inputs["ballots"], case.expected
    names = list(expected.get("copeland") or expected.get("borda") or _named(ballots))
    ranks = np.full((len(ballots), len(names)), np.nan)
    for row, ballot in enumerate(ballots):
        for rank, level in enumerate(ballot["order"]):
            for name in [level] if isinstance(level, str) else level:
                ranks[row, names.index(name)] = rank + 1
    weights = np.array([float(one.get("weight", 1)) for one in ballots])
    support = support_from_ballots(ranks, weights)
    found = kemeny(support)
    orders = [[names[row] for row in order] for order in found.orders]
    winner = condorcet_winner(support)
    ours: dict[str, Any] = {
        "kemeny_score": found.score,
        "kemeny_ties": len(orders),
        "pairwise": support,
        "copeland": dict(zip(names, copeland_of(support), strict=True)),
        "borda": dict(zip(names, borda(support), strict=True)),
        "condorcet_winner": "none" if winner is None else names[winner],
    }
    wanted = dict(expected)
    if "condorcet_winner" in wanted and wanted["condorcet_winner"] is None:
        wanted["condorcet_winner"] = "none"
    for name in ("kemeny", "kemeny_all"):
        if name in wanted:
            given = wanted[name]
            every = sorted(given) if given and not isinstance(given[0], str) else None
            tied = orders[0] if given not in orders else given
            ours[name], wanted[name] = (sorted(orders), every) if every else (tied, given)
    return difference(ours, wanted)


def _named(ballots: Any) -> list[str]:
    """Who stands on any ballot, in the order of first mention."""
    levels = [level for ballot in ballots for level in ballot["order"]]
    every = [name for level in levels for name in ([level] if isinstance(level, str) else level)]
    return list(dict.fromkeys(every))


def ordered_means(case: Case) -> float:
    """Ordered weighted averages, means of the best and worst few, and power means."""
    values = sample(case)
    even = np.ones(values.size)
    found: dict[str, Any] = {
        "min": WorstOf(1).of(values, even),
        "max": BestOf(1).of(values, even),
        "power_mean": {
            exponent: power(values, even, exponent=float(exponent))
            for exponent in case.expected.get("power_mean", {})
        },
    }
    if (given := case.inputs.get("owa_w")) is not None:
        order = np.array(given, dtype=np.float64)
        found |= {"owa": owa(values, even, order=order), "orness": orness(order)}
    for name in case.expected:
        if best := re.fullmatch(r"at_least_(\d+)_best|best_(\d+)", name):
            found[name] = BestOf(int(best[1] or best[2])).of(values, even)
        if worst := re.fullmatch(r"worst_(\d+)", name):
            found[name] = WorstOf(int(worst[1])).of(values, even)
    return difference(found, case.expected)


POLICIES = {
    "floating": (Policy.FLOATING, False),
    "pooled": (Policy.POOLED, False),
    "base_year_goalposts_unclipped": (Policy.FROZEN, False),
    "base_year_goalposts_clipped": (Policy.FROZEN, True),
}


def _in_order(names: Mapping[str, Any]) -> list[str]:
    """The names of editions in the order of their numbers, so that Y10 comes after Y9."""
    return sorted(names, key=lambda name: (len(name), name))


def editions(case: Case) -> float:
    """Several editions under the policies of normalising over time."""
    tables = [np.array(case.inputs[name], dtype=np.float64) for name in _in_order(case.inputs)]
    count = tables[0].shape[1]
    figures = np.full((len(tables), max(map(len, tables)), count), np.nan)
    for edition, table in enumerate(tables):
        figures[edition, : len(table)] = table
    weights = np.array(case.params.get("weights", np.ones(count)), dtype=np.float64)
    directions = case.params.get("directions", case.params.get("polarity", [1] * count))
    found = {}
    for name, (policy, clip) in POLICIES.items():
        points = [
            normalise_editions(
                figures[..., column],
                MinMax(clip=clip),
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


KINDS: tuple[Kind, ...] = (
    Kind("A06", outranked, tables=("in_", "exp_outranking")),
    Kind("A06", outranked_here, inputs=("X",), expected=("*outranking*|*copeland*",)),
    Kind("A07", means, tables=("in_", "exp_")),
    Kind("A07", refused_means, inputs=("x",), expected=("?mean",)),
    Kind("A16", votes, inputs=("ballots",)),
    Kind("A17", ordered_means, inputs=("x",)),
    Kind("A18", editions, inputs=("Y*",)),
)
