"""COINr's calls on data: what placedex does for each, compared with the table that COINr gave."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from placedex.index import Aggregate, Given, GroupMean, Impute, MinMax, Rank, Screen, Treat
from placedex.index.screen import availability
from placedex.index.step import State
from placedex.index.transform import (
    Limits,
    box_cox,
    draw_in,
    log_above_lowest,
    shifted_log,
)
from placedex.index.treat import TREATMENTS
from placedex.index.treatments import BoxCox, Followed, InTurn, Mark, Treatment, Winsorise
from placedex.stats import Ties, kurtosis, skewness
from tests.golden.case import FloatArray, Rows
from tests.golden.coinr_tables import INFINITE, Folder, Row, Table, as_table, differ
from tests.golden.composites import asem_index, panel_of, scale_of, statistics_differ

Call = Callable[[Folder, Row], float]
GROUP = "EurAsia_group"
TIES = {"min": Ties.WORSE, "average": Ties.AVERAGE, "max": Ties.BETTER}


def skipped(reason: str) -> Call:
    """A call that is not made again, and why."""

    def answer(folder: Folder, row: Row) -> float:
        raise NotImplementedError(reason)

    return answer


def as_made(panel: Any) -> Table:
    """A panel as a table by place."""
    return Table(tuple(place.code for place in panel.places), panel.codes, panel.values)


def compared(ours: Table, folder: Folder, row: Row) -> float:
    """The difference of a table from the row's own."""
    return differ(ours, folder.table(row.file))


def raw(folder: Folder, row: Row) -> float:
    """The indicators as they were given."""
    data = folder.data
    return compared(as_made(panel_of(data, list(folder.codes))), folder, row)


def lineage(folder: Folder, row: Row) -> float:
    """The ancestry of every indicator."""
    theirs = folder.rows(row.file)
    found = set()
    for leaf in folder.hierarchy.leaves:
        line, node = [leaf.code], leaf
        while node.parent is not None:
            node = folder.hierarchy[node.parent]
            line.append(node.code)
        found.add(tuple(line))
    return 0.0 if found == {tuple(one.values()) for one in theirs} else INFINITE


def denominated(folder: Folder, row: Row) -> float:
    """Each indicator over its denominator."""
    codes = [one["iCode"] for one in folder.about if one["Type"] in {"Indicator", "Denominator"}]
    state = State(panel_of(folder.data, codes), folder.hierarchy)
    return compared(as_made(scale_of(folder.about).apply(state).panel), folder, row)


def groups_of(folder: Folder, column: str) -> dict[str, str]:
    """The group of each place."""
    return {one["uCode"]: one[column] for one in folder.data}


def available(folder: Folder, row: Row) -> float:
    """What each place has of the indicators, and whether a screen keeps it."""
    given = folder.chosen(row)
    found = availability(given.values)
    thresholds = row.options.get(2, {})
    least, non_zero = thresholds.get("dat_thresh"), thresholds.get("nonzero_thresh")
    kept = Screen(places=least or 0.0, non_zero=non_zero or 0.0).kept(given.values, given.keys)
    few = found.coverage < (0.0 if least is None else least)
    zeros = found.non_zero < (0.0 if non_zero is None else non_zero)
    ours = {
        "N_missing": found.missing,
        "N_zero": found.zeros,
        "N_miss_or_zero": found.missing_or_zero,
        "Dat_Avail": found.coverage,
        "Non_Zero": found.non_zero,
        "LowData": few,
        "LowNonZero": zeros,
        "LowDatOrZeroFlag": few | zeros,
        "Included": kept,
    }
    theirs = folder.table(row.file)
    values = np.column_stack([np.asarray(ours[name], dtype=float) for name in theirs.names])
    return differ(Table(given.keys, theirs.names, values), theirs)


def screened(folder: Folder, row: Row) -> float:
    """The places that have enough of the indicators."""
    given = folder.chosen(row)
    least = re.search(r"dat_thresh=([\d.]+)", row.detail)
    kept = Screen(places=float(least[1]) if least else 0.0).kept(given.values, given.keys)
    keys = tuple(key for key, there in zip(given.keys, kept, strict=True) if there)
    return compared(Table(keys, given.names, given.values[kept]), folder, row)


def _second(found: dict[Any, Any]) -> Treatment:
    """What is done where drawing in does not suffice."""
    name, options = found.get("f2") or "log_CT", found.get("f2_para") or {}
    if name == "boxcox":
        return BoxCox(float(options.get("lambda", 0)), bool(options.get("makepos", True)))
    if name not in TREATMENTS:
        raise NotImplementedError(f"a treatment that is not known here: {name}")
    return TREATMENTS[name]()


def _treatment(found: dict[Any, Any]) -> InTurn:
    first, passing = found.get("f1_para") or {}, found.get("f_pass_para") or {}

    def limits(of: dict[Any, Any]) -> Limits:
        return Limits(of.get("skew_thresh", 2.0), of.get("kurt_thresh", 3.5))

    return InTurn(
        Winsorise(first.get("winmax", 5), limits(first)),
        _second(found),
        limits=limits(passing),
        combined=bool(found.get("combine_treat", False)),
    )


def _followed(given: Table, row: Row) -> dict[str, Followed | None]:
    """The treatment of each indicator, step by step; none for one that is to be left."""
    usual = _treatment(row.option("global_specs", default={}))
    each = row.option("indiv_specs", default={})
    found: dict[str, Followed | None] = {}
    for name in given.names:
        own = each.get(name)
        treatment = _treatment(own) if isinstance(own, dict) else usual
        found[name] = None if own == "none" else treatment.follow(given.of(name)[:, 0])
    return found


def treat(folder: Folder, row: Row) -> float:
    """Outliers treated: the figures, the moments on the way, or what was done to each point."""
    given = folder.chosen(row)
    found = _followed(given, row)
    if row.stem.endswith("__details"):
        return _details(folder, row, found)
    if row.stem.endswith("__points"):
        return _points(folder, row, given, found)
    made = [
        given.of(name)[:, 0] if one is None else one.treated.values for name, one in found.items()
    ]
    return compared(given.with_values(np.column_stack(made)), folder, row)


def _details(folder: Folder, row: Row, found: dict[str, Followed | None]) -> float:
    theirs = folder.table(row.file)
    rows = []
    for name, one in found.items():
        if one is None:
            continue
        fails = not one.before.passed
        shapes = [(one.before, True), (one.after_first, fails)]
        shapes.append((one.after_second, fails and not one.after_first.passed))
        cells = {"winsorise.nwin": float(one.moved) if fails else np.nan}
        for stage, (shape, reached) in enumerate(shapes):
            parts = {"Pass": shape.passed, "Skew": shape.skewness, "Kurt": shape.kurtosis}
            for part, value in parts.items():
                cells[f"check_SkewKurt{stage}.{part}"] = float(value) if reached else np.nan
        beyond = [cell for column, cell in cells.items() if column not in theirs.names]
        if not np.all(np.isnan(beyond)):
            return INFINITE
        rows.append((name, [cells[column] for column in theirs.names]))
    keys = tuple(name for name, _ in rows)
    return differ(Table(keys, theirs.names, np.array([cells for _, cells in rows])), theirs)


def _points(folder: Folder, row: Row, given: Table, found: dict[str, Followed | None]) -> float:
    """Whether each point is marked as COINr marks it: drawn in, transformed, or both."""
    words = {Mark.HIGH: "winhi", Mark.LOW: "winlo"}
    second = _treatment(row.option("global_specs", default={})).second
    log = next(name for name, one in TREATMENTS.items() if type(second) is one)
    log = "boxcox" if isinstance(second, BoxCox) else log.removesuffix("_plus")
    wrong = 0
    for theirs in folder.rows(row.file):
        place = given.keys.index(theirs["uCode"])
        for name, one in found.items():
            if one is None:
                wrong += name in theirs
                continue
            mark = Mark(one.treated.marks[place])
            ours = words.get(mark, "")
            if mark in {Mark.TRANSFORMED, Mark.TURNED}:
                first = Winsorise().treat if one.moved == 0 else _first_of(row, name)
                drawn = Mark(first(given.of(name)[:, 0]).marks[place]) if one.moved else Mark(0)
                ours = f"{words.get(drawn, '')}+{log}{'_neg' if mark is Mark.TURNED else ''}"
            wrong += ours != theirs[name]
    return float(wrong)


def _first_of(row: Row, name: str) -> Callable[[FloatArray], Any]:
    own = row.option("indiv_specs", name)
    return _treatment(own or row.option("global_specs", default={})).first.treat


def transformed(folder: Folder, row: Row) -> float:
    """A transform of every indicator, or how many points one moved."""
    given = folder.chosen(row)
    columns = given.values.T
    limits = Limits(row.option("skew_thresh", default=2.0), row.option("kurt_thresh", default=3.5))
    if row.stem.startswith("func_winsorise"):
        drawn = draw_in(columns, limits=limits, most=row.option("winmax"))
        if row.stem.endswith("nwin"):
            moved = drawn.moved.astype(float)[:, np.newaxis]
            return compared(Table(given.names, ("nwin",), moved), folder, row)
        return compared(given.with_values(drawn.values.T), folder, row)
    if "lambda" in row.options:
        shift = bool(row.option("makepos", default=False))
        made = box_cox(columns, float(row.options["lambda"]), shift=shift)
        return compared(given.with_values(made.T), folder, row)
    by_name = {"log_CT": shifted_log, "log_CT_orig": log_above_lowest}
    return compared(
        given.with_values(by_name[row.option("function") or row.call.partition("(")[0]](columns).T),
        folder,
        row,
    )


def moments(folder: Folder, row: Row) -> float:
    """The number of figures, skewness and kurtosis of every indicator."""
    given = folder.chosen(row).values.T
    known = np.sum(~np.isnan(given), axis=1)
    values = np.column_stack([known, skewness(given), kurtosis(given)])
    names = folder.chosen(row).names
    return compared(Table(names, ("n", "skew", "kurt"), values), folder, row)


def statistics(folder: Folder, row: Row) -> float:
    """The table of statistics of every indicator."""
    given = folder.chosen(row)
    return statistics_differ(list(given.names), given.values, folder.rows(row.file))


def treat_years(folder: Folder, row: Row) -> float:
    """Each year screened and treated by itself."""
    data, codes = folder.rows(row.input), list(folder.codes)
    parts = []
    for year in sorted({one["Time"] for one in data}):
        rows: Rows = [one for one in data if one["Time"] == year]
        panel = panel_of(rows, codes)
        keys = tuple(place.code for place in panel.places)
        kept = Screen(places=0.9).kept(panel.values, keys)
        treated = InTurn().treat(panel.values[kept].T).values.T
        named = tuple(f"{key}/{year}" for key, there in zip(keys, kept, strict=True) if there)
        parts.append(Table(named, panel.codes, treated))
    whole = Table(
        tuple(key for part in parts for key in part.keys),
        parts[0].names,
        np.concatenate([part.values for part in parts]),
    )
    return compared(whole, folder, row)


def rebuilt(folder: Folder, row: Row) -> float:
    """The whole index again: with other indicators, or without imputing and with another limit."""
    gone = set(row.option("drop", default=[]))
    winmax = re.search(r"winmax=(\d+)", row.call)
    data = folder.data
    about = [one for one in folder.about if one["iCode"] not in gone]
    fill = (Impute(GroupMean(groups_of(folder, GROUP))),)
    steps = (
        *(() if "Impute disabled" in row.call else fill),
        Screen(places=0.9),
        Treat(most=int(winmax[1]) if winmax else 5),
        MinMax(),
        Given(),
        Aggregate(),
        Rank(),
    )
    found = asem_index(data, about, *steps).scores
    names = as_table(folder.rows(row.file)).names
    return compared(as_made(found).select(names), folder, row)
