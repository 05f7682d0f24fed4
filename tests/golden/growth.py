"""Growth over a span: A20 of the golden cases, and COINr's trends."""

from typing import Any

import numpy as np

from placedex.index.growth import Form, change_of_line, trend
from tests.golden.case import Case, FloatArray, difference, number
from tests.golden.coinr_tables import Folder, Row, Table, differ
from tests.golden.kinds import Kind

FITTED = {"CAGR": False, "prc_change": True}


def growth_of_series(case: Case) -> float:
    """The growth a year of one series, compound and along a straight line."""
    values = np.array([[number(one)] for one in case.inputs["y"]])
    times = np.array([float(one) for one in case.inputs["x"]])
    per = float(case.params.get("per", 1.0))
    found = {
        "CAGR": trend(values, times).growth[0],
        "log_growth": trend(values, times, form=Form.LOG).growth[0],
        "prc_change_per_period": 100 * change_of_line(values, times, per=per)[0],
    }
    names = {name: next((one for one in found if name.startswith(one)), name)
             for name in case.expected}  # fmt: skip
    names |= {name: "prc_change_per_period" for name in names if name.startswith("prc_change")}
    return difference({name: found.get(one) for name, one in names.items()}, case.expected)


def _numbers(given: Any) -> FloatArray | None:
    """The numbers of an argument: one, several, or a span of them."""
    if given is None or given == "all":
        return None
    if isinstance(given, str) and ":" in given:
        first, last = (int(end) for end in given.split(":"))
        return np.arange(first, last + 1, dtype=np.float64)
    return np.atleast_1d(np.array(given, dtype=np.float64))


def coinr_trends(folder: Folder, row: Row) -> float:
    """COINr's `get_trends`, with the rows that it reads."""
    given, theirs = folder.rows(row.input.partition(", ")[0]), folder.rows(row.file)
    codes, places = (sorted({one[key] for one in theirs}) for key in ("iCode", "uCode"))
    years = sorted({float(one["Time"]) for one in given})
    made: dict[str, dict[str, float]] = {}
    for code in codes:
        cells = {(one["uCode"], float(one["Time"])): number(one[code]) for one in given}
        table = np.array([[cells.get((place, year), np.nan) for place in places] for year in years])
        sign = folder.hierarchy[code].direction if row.option("adjust_directions") else 1
        made |= {
            f"{place}/{code}": found
            for place, found in zip(places, _trends(table, np.array(years), row, sign), strict=True)
        }
    name = str(row.option("f_trend", default="CAGR"))
    if name not in theirs[0]:
        return float("inf")
    columns = [one for one in (name, "Avail", "t_first", "t_latest") if one in theirs[0]]
    ours = Table(tuple(made), tuple(columns), np.array([[one[column] for column in columns]
                                                        for one in made.values()]))  # fmt: skip
    keys = tuple(f"{one['uCode']}/{one['iCode']}" for one in theirs)
    wanted = np.array([[number(one[column]) for column in columns] for one in theirs])
    return differ(ours, Table(keys, tuple(columns), wanted))


def _trends(table: FloatArray, years: FloatArray, row: Row, sign: int) -> list[dict[str, float]]:
    """What COINr tells of each place of one indicator."""
    chosen, latest = _numbers(row.option("Time")), row.option("use_latest")
    at = years if row.option("interp_at") == "all" else _numbers(row.option("interp_at"))
    about = table if chosen is None else table[np.isin(years, chosen)]
    when = years if chosen is None else years[np.isin(years, chosen)]
    told = trend(about, when)
    name = str(row.option("f_trend", default="CAGR"))
    if chosen is not None and latest is None:
        # COINr looks up the chosen years among themselves, and so reads as many first rows.
        table, years = table[: len(when)], when
    found = trend(table, years, latest=latest, at=at, fitted=FITTED[name]).growth * sign
    if latest is not None:
        # A window that begins with the first year has no trend in COINr.
        known = ~np.isnan(table if at is None else trend_rows(table, years, at))
        stop = len(known) - 1 - known[::-1].argmax(axis=0)
        found = np.where(stop - latest + 1 < 1, np.nan, found)
    times = 100 if name == "prc_change" else 1
    return [
        {name: times * rate, "Avail": available, "t_first": first, "t_latest": last}
        for rate, available, first, last in zip(
            found, told.available, told.first, told.last, strict=True
        )
    ]


def trend_rows(table: FloatArray, years: FloatArray, at: FloatArray) -> FloatArray:
    """The rows of a table with those of other years among them."""
    when = np.union1d(years, at)
    whole = np.full((len(when), table.shape[1]), np.nan)
    whole[np.searchsorted(when, years)] = table
    return whole


KINDS: tuple[Kind, ...] = (Kind("A20", growth_of_series, inputs=("x", "y")),)
