"""Whole indices made of COINr's two tables: A04 and A05 of the golden cases."""

import re
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
from placedex.index.points import highest, lowest
from placedex.index.screen import coverage, most_common_share, non_zero_share
from placedex.index.transform import Limits
from placedex.observations import Indicator, Panel, Ratio, make_panel
from placedex.places import Place
from placedex.stats import kurtosis, quantile, skewness
from tests.golden.case import Case, FloatArray, Rows, by_key, columns, difference, number
from tests.golden.kinds import Kind

USUAL = Limits()


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


def _said(case: Case, name: str, pattern: str, usual: float) -> float:
    """A figure of the case: among its parameters, or in its words, or the usual one."""
    if (given := case.params.get(name)) is not None:
        return float(given)
    found = re.search(pattern, case.said)
    return float(found[1]) if found else usual


def _group(case: Case, data: Rows) -> str:
    """The column of the groups of places: the one that the case names."""
    given = case.params.get("group")
    named = [one for one in data[0] if one.lower() in case.said and one.lower().endswith("_group")]
    if given is None and len(named) != 1:
        raise NotImplementedError("the case names no group of places to impute from")
    return str(given or named[0])


def pipeline(case: Case) -> float:
    """A whole index, every step of it against the table of that step."""
    data, about = case.table("in_iData"), case.table("in_iMeta")
    group = _group(case, data)
    share = _said(case, "coverage", r">=? ?(\d+) ?%", 90)
    found = asem_index(
        data,
        about,
        Impute(GroupMean({row["uCode"]: row[group] for row in data})),
        Screen(places=share / 100 if share > 1 else share),
        Treat(most=int(_said(case, "winmax", r"winsorise <=? ?(\d+) points", 5))),
        MinMax(),
        Given(),
        Aggregate(),
        Rank(),
    )
    stages = {
        "exp_denominated": "scale",
        "exp_imputed": "impute",
        "exp_screened": "screen",
        "exp_treated": "treat",
        "exp_normalised": "normalise",
        "exp_aggregated": "aggregate",
    }
    unknown = {name for name in case.tables if name.startswith("exp_")} - set(stages)
    if unknown:
        raise NotImplementedError(f"tables of stages that are not known: {', '.join(unknown)}")
    worst = 0.0
    for table in (name for name in stages if name in case.tables):
        theirs, ours = by_key(case.table(table)), found.stage(stages[table]).panel
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
    rows = case.table("in_")
    names, values = columns(rows, without=(next(iter(rows[0])),))
    theirs = case.table("exp_")
    for row in theirs:
        mine = statistics_of(values[:, names.index(row["iCode"])])
        if number(row["N.Unique"]) > mine["N.Unique"]:
            row |= {name: str(mine[name]) for name in ("N.Unique", "Frc.Unique", "Flag.Unique")}
    return statistics_differ(names, values, theirs)


KINDS: tuple[Kind, ...] = (
    Kind("A04", pipeline, tables=("in_iData", "in_iMeta", "exp_")),
    Kind("A05", statistics, tables=("in_", "exp_")),
)
