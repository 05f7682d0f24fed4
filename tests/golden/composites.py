"""Steps of composite indicators: section A of the golden cases."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from placedex.index import (
    Aggregate,
    Given,
    GroupMean,
    Hierarchy,
    Impute,
    Index,
    MinMax,
    Node,
    Rank,
    Scale,
    Screen,
    Spec,
    Treat,
    build,
)
from placedex.index.carry import carry_forward, fill_linearly
from placedex.index.normalisations import DistanceToTarget, Figures, FixedGoalposts, Scaled
from placedex.index.points import (
    ascending_rank,
    between,
    distance_to_maximum,
    distance_to_reference,
    highest,
    lowest,
    percentile_rank,
    share_of_maximum,
    z_score,
)
from placedex.index.points import borda as borda_points
from placedex.index.screen import coverage, most_common_share, non_zero_share
from placedex.index.transform import (
    Limits,
    box_cox,
    log_above_lowest,
    log_gii,
    shifted_log,
    winsorise,
)
from placedex.observations import Indicator, Panel, Ratio, make_panel
from placedex.places import Place
from placedex.stats import Quantiles, Ties, kurtosis, percentile, quantile, skewness
from tests.golden.case import (
    Case,
    FloatArray,
    Rows,
    by_key,
    columns,
    difference,
    number,
    sample,
)

TIES = {"min": Ties.WORSE, "average": Ties.AVERAGE, "max": Ties.BETTER}
USUAL = Limits()


def moments(case: Case) -> float:
    """Skewness, kurtosis, percentiles of two conventions, and the flag for outliers."""
    values = sample(case)
    found: dict[str, Any] = {
        "skew_g1_adj": skewness(values),
        "kurt_g2_adj": kurtosis(values),
    }
    for name in case.expected:
        if flag := re.fullmatch(r"flag_outlier_(\d+(?:p\d+)?)_(\d+(?:p\d+)?)", name):
            lean, tails = (float(text.replace("p", ".")) for text in flag.groups())
            found[name] = not Limits(lean, tails).passed_by(values)
        if kind := re.fullmatch(r"percentiles_type(\d)", name):
            convention = Quantiles(int(kind[1]))
            found[name] = {
                share: percentile(values, float(share[1:]), convention)
                for share in case.expected[name]
            }
    return difference(found, case.expected)


def _figures(case: Case, direction: int) -> Figures:
    return Figures(sample(case), Node("x", "x", "index", direction=direction))


def normalise(case: Case) -> float:
    """Every normalisation of one indicator, with ties and gaps."""
    values, params = sample(case), case.params
    reference = values[[int(params["dist2ref_index_1based"]) - 1]]
    target, posts = params["dist2targ"], params["goalposts"]
    towards = DistanceToTarget({"x": float(target["target"])}, bool(target.get("cap", False)))
    fixed = FixedGoalposts(
        posts["lo"], posts["hi"], (0.0, float(posts["scale"])), bool(posts.get("clip", True))
    )
    mean, spread = params["zscore"]
    ties = TIES[params.get("prank_ties", "min")]
    found = {
        "zscore": z_score(values, mean=mean, spread=spread),
        "prank": percentile_rank(values, ties=ties),
        "rank": ascending_rank(values),
        "borda": borda_points(values),
        "dist2max": distance_to_maximum(values),
        f"dist2ref{params['dist2ref_index_1based']}": distance_to_reference(values, reference),
        "dist2targ": towards.points(_figures(case, int(target.get("direction", 1)))),
        "fracmax": share_of_maximum(values),
        "goalposts": fixed.points(_figures(case, int(posts.get("direction", 1)))),
        "scaled": Scaled(*params["scaled"]).points(_figures(case, 1)),
    }
    for name in ("minmax", "minmax_1_100"):
        found[name] = between(values, lowest(values), highest(values), scale=tuple(params[name]))
    return difference(found, case.expected)


def logarithms(case: Case) -> float:
    """The transforms of a long tail; that of the GII by its formula, which COINr does not do."""
    values = sample(case)
    found = {
        "log_CT": shifted_log(values),
        "log_min1": log_above_lowest(values),
        "log_GII": log_gii(values),
    }
    for name in case.expected:
        if power_of := re.fullmatch(r"boxcox_(-?[\d.]+)_shifted", name):
            found[name] = box_cox(values, float(power_of[1]))
    return difference(found, case.expected)


def extremes_drawn_in(case: Case) -> float:
    """Winsorising up to a number of points, with the moments before and after."""
    values, params = sample(case), case.params
    most = params.get("winmax")
    limits = Limits(float(params["skew"]), float(params["kurt"]))
    drawn, moved = winsorise(values, limits=limits, most=None if most is None else int(most))
    found = {
        "x": drawn,
        "n_winsorised": moved,
        "skew_before": skewness(values),
        "kurt_before": kurtosis(values),
        "skew_after": skewness(drawn),
        "kurt_after": kurtosis(drawn),
    }
    return difference(found, case.expected)


def hierarchy_of(about: Rows) -> Hierarchy:
    """The nodes of COINr's table of indicators."""
    return Hierarchy(
        tuple(
            Node(
                row["iCode"],
                row["iName"],
                row["Parent"] or None,
                float(row["Weight"]),
                int(float(row["Direction"])),
            )
            for row in about
            if row["Type"] in {"Indicator", "Aggregate"}
        )
    )


def panel_of(data: Rows, codes: list[str]) -> Panel:
    """Figures of places from COINr's table of data."""
    return make_panel(
        [Place(row["uCode"], row.get("uName", row["uCode"]), "country", "x") for row in data],
        [Indicator(code, code, "") for code in codes],
        np.array([[number(row[code]) for code in codes] for row in data]),
    )


def scale_of(about: Rows) -> Scale:
    """Each indicator over its denominator, where it has one."""
    return Scale(
        tuple(
            Indicator(
                row["iCode"],
                row["iName"],
                row.get("Unit", ""),
                ratio=Ratio(row["iCode"], row["Denominator"]) if row["Denominator"] else None,
            )
            for row in about
            if row["Type"] == "Indicator"
        )
    )


def asem_index(data: Rows, about: Rows, *steps: Any) -> Index:
    """The index that some steps make of COINr's two tables, after denominators."""
    codes = [row["iCode"] for row in about if row["Type"] in {"Indicator", "Denominator"}]
    panel = panel_of(data, codes)
    return build(Spec("x", "x", hierarchy_of(about), (scale_of(about), *steps)), panel)


def pipeline(case: Case) -> float:
    """A whole index, every step of it against the table of that step."""
    data, about, params = case.table("in_iData"), case.table("in_iMeta"), case.params
    group = params.get("group", "EurAsia_group")
    found = asem_index(
        data,
        about,
        Impute(GroupMean({row["uCode"]: row[group] for row in data})),
        Screen(places=float(params.get("coverage", 0.9))),
        Treat(most=int(params.get("winmax", 5))),
        MinMax(),
        Given(),
        Aggregate(),
        Rank(),
    )
    stages = {
        "exp_denominated": "scale",
        "exp_imputed": "impute",
        "exp_treated": "treat",
        "exp_normalised": "normalise",
        "exp_aggregated": "aggregate",
    }
    worst = 0.0
    for table, verb in stages.items():
        theirs, ours = by_key(case.table(table)), found.stage(verb).panel
        if set(theirs) != {place.code for place in ours.places}:
            return float("inf")
        mine = {
            code: {name: ours.of(name)[ours.row(code)] for name in row}
            for code, row in theirs.items()
        }
        worst = max(worst, difference(mine, theirs))
    return worst


def statistics_of(values: FloatArray) -> dict[str, Any]:
    """What COINr's table of statistics says of one indicator (its thresholds are the usual ones).

    The mean and the deviation are numpy's; placedex has no table of statistics of its own.
    """
    known = values[~np.isnan(values)]
    count, whole = known.size, values.size
    unique, non_zero = np.unique(known).size, int(np.sum(known != 0))
    same = most_common_share(values)

    def flag(low: bool, word: str = "LOW") -> str:
        return word if low else "ok"

    return {
        "Min": lowest(values)[0],
        "Max": highest(values)[0],
        "Mean": known.mean(),
        "Median": quantile(values, 0.5),
        "Std": known.std(ddof=1),
        "Skew": skewness(values),
        "Kurt": kurtosis(values),
        "N.Avail": count,
        "N.NonZero": non_zero,
        "N.Unique": unique,
        "N.Same": round(same * count),
        "Frc.Avail": coverage(values, axis=0),
        "Frc.NonZero": non_zero_share(values, axis=0),
        "Frc.Unique": unique / count,
        "Frc.Same": same,
        "Flag.Avail": flag(count / whole < 0.65),
        "Flag.NonZero": flag(non_zero / whole < 0.5),
        "Flag.Unique": flag(unique / whole < 0.5),
        "Flag.SkewKurt": flag(not USUAL.passed_by(values), "OUT"),
    }


def statistics_differ(names: list[str], values: FloatArray, theirs: Rows) -> float:
    """The largest difference of the statistics of each indicator from a table of COINr's."""
    if {row["iCode"] for row in theirs} != set(names):
        return float("inf")
    worst = 0.0
    for row in theirs:
        mine = statistics_of(values[:, names.index(row["iCode"])])
        cells = {
            name: text if name.startswith("Flag") else number(text)
            for name, text in row.items()
            if name != "iCode"
        }
        worst = max(worst, difference(mine, cells))
    return worst


def statistics(case: Case) -> float:
    """The table of statistics of every indicator.

    COINr counted unique figures before they were written with fewer digits, which made some alike:
    a larger count of theirs is no difference. Its own table with every digit is held to the count.
    """
    rows = case.table("in_raw")
    names, values = columns(rows, without=(next(iter(rows[0])),))
    theirs = case.table("exp_stats")
    for row in theirs:
        mine = statistics_of(values[:, names.index(row["iCode"])])
        if number(row["N.Unique"]) > mine["N.Unique"]:
            row |= {name: str(mine[name]) for name in ("N.Unique", "Frc.Unique", "Flag.Unique")}
    return statistics_differ(names, values, theirs)


def impute_over_time(case: Case) -> float:
    """Gaps filled with the last figure before them, or on the line between two figures."""
    rows = case.table("in_panel")
    unit, time, value = list(rows[0])[:3]
    units, times = sorted({row[unit] for row in rows}), sorted({float(row[time]) for row in rows})
    values = np.full((len(times), len(units)), np.nan)
    at = [(times.index(float(row[time])), units.index(row[unit])) for row in rows]
    for cell, row in zip(at, rows, strict=True):
        values[cell] = number(row[value])
    moments_of = np.array(times)
    filled = {
        "locf": carry_forward(values, moments_of).values,
        "linear_inside": fill_linearly(values, moments_of).values,
    }
    return difference(
        {name: [table[cell] for cell in at] for name, table in filled.items()}, case.expected
    )


KINDS: dict[str, Callable[[Case], float]] = {
    "A01_moments": moments,
    "A02_normalise": normalise,
    "A03_logs": logarithms,
    "A03_winsorise": extremes_drawn_in,
    "A04_asem_pipeline": pipeline,
    "A05_asem_stats": statistics,
    "A19_impute_panel": impute_over_time,
}
