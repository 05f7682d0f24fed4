"""Confidence sets for ranks: B01, B02 and B12 of the golden cases."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from placedex.index.count_sets import CountRanks, CountSets, count_sets
from placedex.index.rank_sets import (
    BootstrapSets,
    JointIntervals,
    RankSets,
    Side,
    joint_interval_sets,
    rank_sets,
)
from placedex.stats import rank_with_ties
from placedex.stats.intervals import Correction
from placedex.stats.resampling import BoolArray
from tests.golden.case import Case, FloatArray, columns, difference, number
from tests.golden.kinds import Kind

FEWEST_DRAWS = 20_000
SIDES = {"two-sided": Side.BOTH, "upper": Side.WORST, "lower": Side.BEST}
CORRECTIONS = {"holm": Correction.HOLM, "bonferroni": Correction.BONFERRONI}


def highest_first(case: Case) -> bool:
    """Whether rank 1 is the largest, as it is if the case does not say."""
    return "small" not in str(case.params.get("rank", "1 = largest")).lower()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which sets a key of the answers asks for, with what the case says where the key does not."""

    simultaneous: bool
    stepwise: bool
    side: Side
    correction: str

    @classmethod
    def of(cls, key: str, params: Mapping[str, Any]) -> "Wanted":
        """What is asked for by a key such as simulTRUE_stepFALSE_upper or Holm_simulTRUE."""
        words = re.sub(r"[\s=]", "", key.lower())

        def switch(name: str) -> bool:
            told = re.search(rf"{name}[a-z]*?_?(true|false)", words)
            given = next((params[one] for one in params if one.lower().startswith(name)), True)
            return told[1] == "true" if told else bool(given)

        side = str(params.get("cstype", "two-sided"))
        for name in SIDES:
            if re.search(rf"(^|_){name.replace('-', '.?')}(_|$)", words):
                side = name
        method = str(params.get("multcorr", params.get("correction", "Holm"))).lower()
        for name in (*CORRECTIONS, "none"):
            if name in words:
                method = name
        marginal = "marg" in words
        return cls(switch("simul") and not marginal, switch("step"), SIDES[side], method)


def _estimates(case: Case) -> tuple[FloatArray, FloatArray]:
    """The estimates and their errors; of several subjects those of the one that the case names."""
    rows = case.table("in_")
    names, values = columns(rows, without=(next(iter(rows[0])),))
    errors = [name for name in names if re.search(r"(^|_)(se|sd|stderr)$", name.lower())]
    if len(errors) > 1:
        errors = [name for name in errors if name.rpartition("_")[0].lower() in case.name.lower()]
    if len(errors) != 1:
        raise NotImplementedError("no one column of standard errors")
    stem = errors[0].rpartition("_")[0]
    subject = [name for name in names if name not in errors and name.startswith(stem)]
    estimates = subject if len(subject) == 1 else [n for n in names if n.endswith(("score", "est"))]
    return values[:, names.index(estimates[0])], values[:, names.index(errors[0])]


def bootstrap_sets(case: Case) -> float:
    """Confidence sets for ranks by simulation.

    A bound that placedex reports as on the boundary may differ by one; so may as many others as
    differ between the seeds of the case itself, which is none where it is stable.
    """
    estimates, errors = _estimates(case)
    known = ~np.isnan(estimates) & ~np.isnan(errors)

    def found(*, simultaneous: bool, stepwise: bool, side: Side) -> RankSets:
        method = BootstrapSets(
            coverage=float(case.params.get("coverage", 0.95)),
            highest_first=highest_first(case),
            draws=max(FEWEST_DRAWS, int(case.params.get("R_draws", 0))),
            simultaneous=simultaneous,
            stepwise=stepwise,
            side=side,
        )
        rng = np.random.default_rng(20_240_501)
        return rank_sets(estimates, errors, rng=rng, method=method)

    worst = 0.0
    for name, wanted in case.expected.items():
        if isinstance(wanted, Mapping):
            asked = Wanted.of(name, case.params)
            ours = found(simultaneous=asked.simultaneous, stepwise=asked.stepwise, side=asked.side)
            worst = max(worst, _bounds_differ(ours, known, wanted))
        elif few := re.fullmatch(r"(best|worst)_?(\d+)", name):
            side = Side.BEST if few[1] == "best" else Side.WORST
            ours = found(simultaneous=True, stepwise=True, side=side)
            worst = max(worst, _few_differ(ours, known, wanted, count=int(few[2]), side=side))
        else:
            ranks = rank_with_ties(estimates if highest_first(case) else -estimates)
            ranks = ranks if len(wanted) == len(ranks) else ranks[known]
            worst = max(worst, difference({"rank": ranks}, {name: wanted}))
    return worst


def _few_differ(ours: RankSets, known: BoolArray, wanted: Any, *, count: int, side: Side) -> float:
    """1 if those that may be among the best or the last few are others, beyond the boundary."""
    if side is Side.BEST:
        mine, bounds, unsure = ours.may_be_among(count), ours.best, ours.best_boundary
        limit = count + 0.5
    else:
        mine, bounds, unsure = ours.may_be_among_last(count), ours.worst, ours.worst_boundary
        limit = float(known.sum()) - count + 0.5
    apart = mine[known] != np.array(wanted)
    near = unsure & (np.abs(bounds - limit) < 1)
    return float(np.any(apart & ~near[known]))


def _bounds_differ(ours: RankSets, known: BoolArray, wanted: Mapping[str, Any]) -> float:
    """The largest difference of two sets of bounds beyond what simulation allows."""
    allowed = 0 if wanted.get("seed_stable", True) else int(wanted.get("n_seed_diff", 0))
    bounds = {"L": (ours.best, ours.best_boundary), "U": (ours.worst, ours.worst_boundary)}
    apart = [
        np.abs(mine[known] - np.array(wanted[name])) - boundary[known]
        for name, (mine, boundary) in bounds.items()
        if name in wanted
    ]
    if not apart:
        return float("inf")
    left = np.sort(np.maximum(np.concatenate(apart), 0.0))[::-1]
    return float(left[min(allowed, left.size - 1)])


def joint_intervals(case: Case) -> float:
    """Joint sets from intervals that hold together, by Sidak and by Bonferroni."""
    rows, theirs = case.table("in_"), case.table("exp_")
    low_names = {name.lower(): name for name in rows[0]}
    estimate = next(name for low, name in low_names.items() if low.startswith("est"))
    error = next(name for low, name in low_names.items() if low.startswith("se"))
    key = next(name for name in theirs[0] if name in rows[0])
    values = np.array([number(row[estimate]) for row in rows])
    spread = np.array([number(row[error]) for row in rows])
    coverage = float(case.params.get("coverage", 1 - float(case.params.get("alpha", 0.05))))
    mine: dict[Any, dict[str, float]] = {row[key]: {} for row in rows}
    ours: dict[str, Any] = {}
    for name, correction, ending in (
        ("z_independence", Correction.SIDAK, ""),
        ("z_bonferroni", Correction.BONFERRONI, "_bonf"),
    ):
        method = JointIntervals(coverage, correction, highest_first(case))
        found = joint_interval_sets(values, spread, method=method)
        ours[name] = np.nanmax(found.critical)
        for place, row in enumerate(rows):
            mine[row[key]] |= {f"L{ending}": found.best[place], f"U{ending}": found.worst[place]}
    sets = {
        row[key]: {name: number(row[name]) for name in row if name[:1] in {"L", "U"}}
        for row in theirs
    }
    return max(difference(ours, case.expected), difference(mine, sets))


def sets_of_counts(case: Case) -> float:
    """Sets for ranks from counts of one sample, by exact tests of pairs; nothing is simulated."""
    given = next(case.inputs[name] for name in ("x", "counts", "count") if name in case.inputs)
    counts = np.array([number(one) for one in given])
    indices = case.params.get("indices")
    rows = None if indices is None else [int(one) - 1 for one in np.atleast_1d(indices)]

    def found(key: str) -> CountRanks:
        asked = Wanted.of(key, case.params)
        if asked.correction not in CORRECTIONS:
            raise NotImplementedError(f"placedex has no sets with the correction {key}")
        coverage = float(case.params.get("coverage", 1 - float(case.params.get("alpha", 0.05))))
        method = CountSets(coverage, asked.side, asked.simultaneous, CORRECTIONS[asked.correction])
        return count_sets(counts, method=method, rows=rows)

    def held(ours: CountRanks) -> dict[str, FloatArray]:
        chosen = slice(None) if rows is None else rows
        return {"L": ours.best[chosen], "U": ours.worst[chosen], "rank": ours.ranks}

    plain = {name: one for name, one in case.expected.items() if not isinstance(one, Mapping)}
    worst = difference(held(found("")), plain)
    for key, wanted in case.expected.items():
        if isinstance(wanted, Mapping):
            worst = max(worst, difference(held(found(key)), wanted))
    return worst


KINDS: tuple[Kind, ...] = (
    Kind("B01", bootstrap_sets, tables=("in_",), expected=("*",)),
    Kind("B02", joint_intervals, tables=("in_", "exp_")),
    Kind("B12", sets_of_counts, inputs=("x|counts|count",), expected=("*",)),
)
