"""COINr's what-ifs and sensitivity: nodes left out, replications, their ranks and Sobol indices."""

import re
from typing import Any

import numpy as np

from placedex.errors import BadSpec
from placedex.index import Aggregate, Hierarchy, MinMax
from placedex.index.normalisations import Figures, Normalisation, ZScore
from placedex.index.robustness import leave_one_out_of_tree, rank_shift
from placedex.index.sobol import COINR, Outputs, sobol_indices
from placedex.index.treatments import InTurn, Winsorise
from placedex.stats import rank_descending
from tests.golden.case import FloatArray, difference, number
from tests.golden.coinr_calls import compared
from tests.golden.coinr_results import MEANS, aggregated, weighed
from tests.golden.coinr_tables import CHAIN, Folder, Row, Table, differ


def removed(folder: Folder, row: Row) -> float:
    """The index without each node of a level: scores, ranks, and how far ranks move."""
    given, theirs = folder.chosen(row), folder.table(row.file)
    level = int(re.search(r"Level=(\d+)", row.call)[1])  # type: ignore[index]
    codes = [node.code for node in folder.hierarchy.nodes if folder.level(node.code) == level]
    points = given.of(*folder.codes)
    found = leave_one_out_of_tree(points, folder.hierarchy, codes=codes)
    tables = {"Nominal": (found.scores, found.ranks, 0.0)} | {
        code: (found.scores_without[one], found.ranks_without[one], float(found.shift[one]))
        for one, code in enumerate(codes)
    }
    if row.stem.endswith("meanabsdiff"):
        shifts = np.array([[tables[key][2]] for key in theirs.keys])
        return differ(Table(theirs.keys, theirs.names, shifts), theirs)
    kind = 1 if row.stem.endswith("ranks") else 0
    values = np.column_stack([tables[name][kind] for name in theirs.names])
    return differ(Table(given.keys, theirs.names, values), theirs)


def _prefix(row: Row) -> str:
    return row.stem.rpartition("__")[0]


def _methods(folder: Folder, row: Row) -> dict[str, Normalisation]:
    """What each number of the column Normalisation stands for, as the listing of draws says."""
    said = " ".join(one.detail for one in folder.manifest if one.stem.endswith("__draws"))
    found: dict[str, Normalisation] = {}
    for number_of, name, first, second in re.findall(r"(\d)=(\w+)\(([-\d.]+),([-\d.]+)\)", said):
        pair = (float(first), float(second))
        found[number_of] = MinMax(pair, clip=False) if name == "minmax" else ZScore(*pair)
    if not found:
        raise NotImplementedError(f"what the draws of {row.file} stand for is not said")
    return found


def _points(folder: Folder, winmax: int, method: Normalisation) -> Table:
    given = folder.table(CHAIN["Screened"])
    treated = InTurn(Winsorise(winmax)).treat(given.values.T).values
    made = [
        method.points(Figures(values, folder.hierarchy[name]))
        for name, values in zip(given.names, treated, strict=True)
    ]
    return given.with_values(np.column_stack(made))


def replications(folder: Folder, row: Row) -> float:
    """The score of every place in every replication; one that cannot be made is missing."""
    draws, theirs = folder.rows(f"{_prefix(row)}__draws"), folder.table(row.file)
    noisy = next(one.file for one in folder.manifest if "get_noisy_weights(" in one.call)
    weights, methods, code = folder.rows(noisy), _methods(folder, row), folder.root
    trees: dict[str, Hierarchy] = {}
    points: dict[tuple[str, str], Table] = {}
    nominal = aggregated(folder.table(CHAIN["Normalised"]), folder.hierarchy, Aggregate())
    made = {"Nominal": nominal.of(code)[:, 0]}
    for one in draws:
        name, pair = one["Weights"], (one["Winmax"], one["Normalisation"])
        if name not in trees:
            drawn = {each["iCode"]: float(each[f"w{name}"]) for each in weights}
            trees[name] = weighed(folder, drawn)
        if pair not in points:
            points[pair] = _points(folder, int(pair[0]), methods[pair[1]])
        scores: Any = np.full(len(nominal.keys), np.nan)
        try:
            step = Aggregate(MEANS[one["Aggregation"]])
            scores = aggregated(points[pair], trees[name], step).of(code)[:, 0]
        except BadSpec:
            pass
        made[f"r_{one['rep']}"] = scores
    values = np.column_stack(list(made.values()))
    return differ(Table(nominal.keys, tuple(made), values), theirs)


def ranks_of_runs(folder: Folder, row: Row) -> float:
    """The ranks in every replication."""
    scores = folder.table(f"{_prefix(row)}__scores")
    return compared(scores.with_values(rank_descending(scores.values.T).T), folder, row)


def _runs(folder: Folder, row: Row) -> tuple[Table, FloatArray]:
    ranks = folder.table(f"{_prefix(row)}__ranks")
    return ranks, np.delete(ranks.values, ranks.names.index("Nominal"), axis=1).T


def rank_statistics(folder: Folder, row: Row) -> float:
    """Mean, median and quantiles of ranks; in a design for sensitivity over A and B alone."""
    ranks, runs = _runs(folder, row)
    if "'SA'" in row.call:
        runs = runs[: 2 * int(row.option("N"))]
    nominal = ranks.of("Nominal")[:, 0]
    found = rank_shift(nominal, runs)
    values = np.column_stack([nominal, found.mean, found.median, found.low, found.high])
    names = ("Nominal", "Mean", "Median", "Q5", "Q95")
    return compared(Table(ranks.keys, names, values), folder, row)


def shifts_of_runs(folder: Folder, row: Row) -> float:
    """The mean shift of rank in every replication."""
    ranks, runs = _runs(folder, row)
    shift = rank_shift(ranks.of("Nominal")[:, 0], runs).per_run
    theirs = folder.table(row.file)
    return differ(Table(theirs.keys, ("y",), shift[:, np.newaxis]), theirs)


def sobol(folder: Folder, row: Row) -> float:
    """Sobol indices from the results of a design; bounds by bootstrap are chance and left out."""
    theirs = folder.table(row.file)
    source = row.input or f"{_prefix(row)}__y"
    results = np.array([number(one["y"]) for one in folder.rows(source)])
    outputs = Outputs.of_stacked(results, factors=len(theirs.keys))
    found = sobol_indices(outputs, method=COINR)
    ours = Table(theirs.keys, ("Si", "STi"), np.column_stack([found.first, found.total]))
    worst = differ(ours, theirs.select(("Si", "STi")))
    if variance := re.search(r"variance ([\d.]+)", row.detail):
        worst = max(worst, difference(found.variance, float(variance[1])))
    return worst
