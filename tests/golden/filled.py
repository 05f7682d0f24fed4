"""Gaps of a panel filled: A19 of the golden cases."""

from typing import Any

import numpy as np

from placedex.index.carry import carry_forward, fill_linearly
from placedex.index.fillings import Filling, GroupMean, Mean, Median
from tests.golden.case import Case, FloatArray, columns, difference, number
from tests.golden.kinds import Kind


def impute_over_time(case: Case) -> float:
    """Gaps filled from other years of the unit, or from other units of the year."""
    rows = case.table("in_")
    numeric = columns(rows)[0]
    time = next(name for name in rows[0] if name.lower() in {"year", "time", "period"})
    unit = next(name for name in rows[0] if name != time and name not in numeric)
    value = next(name for name in numeric if name != time)
    others = [name for name in rows[0] if name not in {unit, time, value}]
    units, times = sorted({row[unit] for row in rows}), sorted({float(row[time]) for row in rows})
    values = np.full((len(times), len(units)), np.nan)
    at = [(times.index(float(row[time])), units.index(row[unit])) for row in rows]
    for cell, row in zip(at, rows, strict=True):
        values[cell] = number(row[value])
    moments_of = np.array(times)
    carried = carry_forward(values, moments_of)
    sources = np.where(carried.sources < 0, np.nan, moments_of[carried.sources])
    known = ~np.isnan(values)
    filled: dict[str, FloatArray] = {
        "locf": carried.values,
        "locf_source_year": sources,
        "locf_imputed": (~known & ~np.isnan(carried.values)).astype(float),
        "linear_inside": fill_linearly(values, moments_of).values,
        "linear_constant": fill_linearly(values, moments_of, hold_ends=True).values,
        "constant": carry_forward(values, moments_of, backward=True).values,
        "mean": _across(values, Mean(), units),
        "median": _across(values, Median(), units),
    }
    if others:
        groups = {row[unit]: row[others[0]] for row in rows}
        filled["group_mean"] = _across(values, GroupMean(groups), units)
    found: dict[str, Any] = {name: [table[cell] for cell in at] for name, table in filled.items()}
    return difference(found, case.expected)


def _across(values: FloatArray, filling: Filling, units: list[str]) -> FloatArray:
    """Each year filled from the other units of that year."""
    return np.stack([filling.fill(year[:, np.newaxis], tuple(units))[:, 0] for year in values])


KINDS: tuple[Kind, ...] = (Kind("A19", impute_over_time, tables=("in_",)),)
