"""COINr's calls that fill gaps, and Amelia's joint normal."""

import numpy as np

from placedex.index.carry import carry_forward, fill_linearly
from placedex.index.fillings import Filling, GroupMean, GroupMedian, Mean, Median, RowMean
from placedex.index.multivariate import conditional_means, fit_normal
from tests.golden.case import FloatArray, difference
from tests.golden.coinr_calls import GROUP, compared, groups_of
from tests.golden.coinr_tables import Folder, Row

LEVEL_OF_PARENTS = 2


def impute(folder: Folder, row: Row) -> float:
    """Gaps filled with a mean or a median of places, or from the other indicators of the place."""
    given = folder.chosen(row)
    named = str(row.option("f_i")).endswith("_grp")
    groups = groups_of(folder, row.option("use_group", default=GROUP)) if named else {}
    fillings: dict[str, Filling] = {
        "i_mean": Mean(),
        "i_median": Median(),
        "i_mean_grp": GroupMean(groups),
        "i_median_grp": GroupMedian(groups),
    }
    level = row.option("group_level")
    if row.option("f_i") not in fillings or level not in {None, LEVEL_OF_PARENTS}:
        raise NotImplementedError("placedex has no such filling")
    filling = fillings[row.option("f_i")]
    if row.option("impute_by") == "row":
        if not isinstance(filling, Mean):
            raise NotImplementedError("placedex fills from a place's own indicators by the mean")
        filling = RowMean(by_component=level is not None).within(folder.hierarchy, given.names)
    filled = filling.fill(given.values, given.keys)
    return compared(given.with_values(filled), folder, row)


def joint_normal(folder: Folder, row: Row) -> float:
    """The joint normal of indicators with gaps, and what it expects in the gaps."""
    given = folder.chosen(row) if row.input else folder.table("em_input")
    normal = fit_normal(given.values, names=given.names)
    if row.file.endswith(".json"):
        ours = {"vars": list(given.names), "mu": normal.mean, "cov": normal.covariance}
        return difference(ours, folder.json(row.file))
    filled = conditional_means(given.values, normal)
    values = filled[0] if isinstance(filled, tuple) else filled
    return compared(given.with_values(values), folder, row)


def _filled(values: FloatArray, times: FloatArray, row: Row) -> FloatArray:
    """Gaps filled as COINr's kind of filling has it; `latest` if the call names none."""
    kind, most = row.option("imp_type", default="latest"), row.option("max_time")
    if kind in {"linear", "linear-constant"}:
        return fill_linearly(values, times, hold_ends=True).values
    if kind not in {"latest", "constant"}:
        raise NotImplementedError(f"a filling over time that is not known here: {kind}")
    return carry_forward(values, times, most=most, backward=kind == "constant").values


def over_time(folder: Folder, row: Row) -> float:
    """Gaps filled from other years."""
    if row.file == "(no file)":
        raise NotImplementedError("COINr stops with an error")
    given = folder.chosen(row)
    pairs = [key.split("/") for key in given.keys]
    places, years = sorted({one for one, _ in pairs}), sorted({one for _, one in pairs})
    times, made = np.array(years, dtype=np.float64), np.empty(given.values.shape)
    at = [(years.index(year), places.index(place)) for place, year in pairs]
    for column in range(len(given.names)):
        values = np.full((len(years), len(places)), np.nan)
        for cell, value in zip(at, given.values[:, column], strict=True):
            values[cell] = value
        filled = _filled(values, times, row)
        made[:, column] = [filled[cell] for cell in at]
    return compared(given.with_values(made), folder, row)
