"""COINr's calls on scores: aggregates, orders, correlations, weights and sensitivity."""

import re
from dataclasses import replace
from typing import Any

import numpy as np

from placedex.errors import BadSpec
from placedex.index import Aggregate, Arithmetic, Geometric, Hierarchy, MinMax
from placedex.index.means import AnyMean, Harmonic, Power
from placedex.index.normalisations import Figures, Normalisation, ZScore
from placedex.index.optimised_weights import optimised_weights
from placedex.index.outranking import copeland, outranking
from placedex.index.principal_components import principal_components
from placedex.index.robustness import leave_one_out_of_tree, rank_shift
from placedex.index.sobol import COINR, Outputs, sobol_indices
from placedex.index.step import State
from placedex.index.treatments import InTurn, Winsorise
from placedex.observations import Indicator, make_panel
from placedex.places import Place
from placedex.stats import rank_descending
from tests.golden.case import FloatArray, difference, number
from tests.golden.coherence import MEASURES
from tests.golden.coinr_calls import as_made, compared
from tests.golden.coinr_tables import INFINITE, Folder, Row, Table, differ

MEANS: dict[str, AnyMean] = {
    "a_amean": Arithmetic(),
    "a_gmean": Geometric(),
    "a_hmean": Harmonic(),
}


def weighed(folder: Folder, weights: dict[str, float]) -> Hierarchy:
    """The nodes of the index with other weights."""
    tree = folder.hierarchy
    return tree.replace({code: replace(tree[code], weight=one) for code, one in weights.items()})


def _uneven(folder: Folder) -> dict[str, float]:
    return {one["iCode"]: float(one["Weight"]) for one in folder.rows("weights_uneven")}


def aggregated(given: Table, hierarchy: Hierarchy, step: Aggregate) -> Table:
    """Every node of the index for some points."""
    codes = [leaf.code for leaf in hierarchy.leaves]
    places = [Place(key, key, "country", "x") for key in given.keys]
    panel = make_panel(places, [Indicator(code, code, "") for code in codes], given.of(*codes))
    return as_made(step.apply(State(panel, hierarchy)).panel)


def aggregate(folder: Folder, row: Row) -> float:
    """Every component, by one mean or one for each level.

    COINr's power mean is missing for a place that lacks any child, which COINr's listing calls a
    quirk: where it gives none, cells are left out.
    """
    theirs = folder.table(row.file)
    uneven = "weights_uneven" in row.call
    tree = weighed(folder, _uneven(folder)) if uneven else folder.hierarchy
    names = row.option("f_ag", default="a_amean")
    by_level = names if isinstance(names, list) else [names] * 9
    exponent = row.option("f_ag_para", "p")

    def mean(name: str) -> AnyMean:
        return Power(float(exponent)) if name == "a_genmean" else MEANS[name]

    components = {node.code: folder.level(node.code) for node in tree.components}
    nodes = {code: mean(by_level[level - 2]) for code, level in components.items()}
    shares = row.option("dat_thresh", default=[0.0] * 9)
    least = {code: shares[level - 2] for code, level in components.items()}
    found = aggregated(folder.chosen(row), tree, Aggregate(nodes=nodes, least=least))
    ours = found.select(theirs.names)
    if "a_genmean" in row.call:
        order = [ours.keys.index(key) for key in theirs.keys]
        values = np.where(np.isnan(theirs.values), np.nan, ours.values[order])
        ours = Table(theirs.keys, theirs.names, values)
    return differ(ours, theirs)


def outranked(folder: Folder, row: Row) -> float:
    """The outranking matrix.

    With gaps COINr counts a child that either place lacks as lost by the place that stands first;
    placedex compares two places on what both have. Pairs of places that have everything agree.
    """
    given, theirs = folder.chosen(row), folder.table(row.file)
    group = re.search(r"\[(\w+)\]", row.call)
    if group:
        given = given.select(folder.group(group[1]))
    found = outranking(given.values, np.ones(len(given.names)))
    whole = np.flatnonzero(~np.isnan(given.values).any(axis=1))
    keys = tuple(given.keys[place] for place in whole)
    theirs = theirs.select(keys)
    rows = [theirs.keys.index(key) for key in keys]
    wanted = Table(keys, keys, theirs.values[rows])
    return differ(Table(keys, keys, found[np.ix_(whole, whole)]), wanted)


def copelands(folder: Folder, row: Row) -> float:
    """Copeland scores.

    Where two places are even, COINr's sum of halves may fall short of a half in its last digit,
    which it takes for a defeat of one and no win of the other. Its own matrix says where: there
    one is added to its score.
    """
    given, theirs = folder.chosen(row), folder.table(row.file)
    ours = copeland(given.values, np.ones(len(given.names)))
    matrix = folder.table("outrank_all")
    short = (np.abs(matrix.values - 0.5) < 1e-9) & (matrix.values < 0.5)
    order = [matrix.keys.index(key) for key in theirs.keys]
    wanted = theirs.values[:, 0] + short.sum(axis=1)[order]
    mine = ours[[given.keys.index(key) for key in theirs.keys]]
    return difference(mine, wanted)


def results(folder: Folder, row: Row) -> float:
    """Scores and ranks, in order of the index and rounded as the call says."""
    given, theirs = folder.chosen(row), folder.table(row.file)
    ranks = rank_descending(given.values.T).T
    digits = int(row.option("nround", default=15))
    values = ranks if row.option("use") == "ranks" else np.round(given.values, digits)
    values = np.column_stack([values, ranks[:, given.names.index("Index")]])
    ours = Table(given.keys, (*given.names, "Rank"), values)
    numeric = tuple(name for name in theirs.names if name in ours.names)
    first = [ours.keys.index(key) for key in theirs.keys]
    in_order = bool(np.all(np.diff(ranks[first, given.names.index("Index")]) >= 0))
    found = differ(ours.select(numeric), theirs.select(numeric))
    return found if in_order else INFINITE


def of_one_place(folder: Folder, row: Row) -> float:
    """The score and the rank of one place on every node."""
    given, place = folder.chosen(row), str(row.option(1))
    ranks = rank_descending(given.values.T).T
    at = given.keys.index(place)
    theirs = {
        one["Code"]: [number(one["Score"]), number(one["Rank"])] for one in folder.rows(row.file)
    }
    ours = {
        name: [given.values[at, column], ranks[at, column]]
        for column, name in enumerate(given.names)
    }
    return difference(ours, theirs) if set(ours) == set(theirs) else INFINITE


def _related(
    given: Table, kind: str = "pearson", *, most: float = 0.0
) -> dict[tuple[str, str], float]:
    """The correlation of each two columns on the places that have both; less sure ones missing."""
    told = MEASURES[kind](given.values)
    found = told.coefficients
    if most > 0:
        found = np.where(told.p_values > most, np.nan, found)
    return {
        (one, two): float(found[row, column])
        for row, one in enumerate(given.names)
        for column, two in enumerate(given.names)
    }


def correlate(folder: Folder, row: Row) -> float:
    """Correlations of pairs of columns; COINr leaves out those with a p-value above 0.05."""
    given = folder.chosen(row)
    if row.option("use_directions"):
        signs = np.array([folder.hierarchy[name].direction for name in given.names])
        given = given.with_values(given.values * signs)
    kind, most = row.option("cortype", default="pearson"), row.option("pval", default=0.05)
    pairs = _related(given, kind, most=most)
    theirs = folder.rows(row.file)
    wanted = {(one["Var1"], one["Var2"]): number(one["Correlation"]) for one in theirs}
    return difference(pairs, wanted)


def flagged(folder: Folder, row: Row) -> float:
    """Pairs of indicators of one group that go together above a limit, or below it."""
    given, limit = folder.chosen(row), float(row.option("cor_thresh", default=0.9))
    low, level = row.option("thresh_type") == "low", int(row.option("grouplev", default=2))
    digits = int(row.option("roundto", default=3))
    pairs = _related(given, row.option("cortype", default="pearson"))
    groups = {code: _ancestor(folder, code, level) for code in given.names}
    ours = {
        frozenset(pair): round(value, digits)
        for pair, value in pairs.items()
        if pair[0] != pair[1]
        and groups[pair[0]] == groups[pair[1]]
        and (value < limit if low else value > limit)
    }
    theirs = {
        frozenset((one["Ind1"], one["Ind2"])): number(one["Corr"]) for one in folder.rows(row.file)
    }
    return difference(ours, theirs) if set(ours) == set(theirs) else INFINITE


def _ancestor(folder: Folder, code: str, level: int) -> str:
    """The node above another on a level."""
    while folder.level(code) < level:
        code = folder.hierarchy[code].parent or ""
    return code


def with_denominators(folder: Folder, row: Row) -> float:
    """Indicators that go with a denominator."""
    given, least = folder.chosen(row), float(row.option("cor_thresh", default=0.6))
    digits = int(row.option("nround", default=2))
    about = [one["iCode"] for one in folder.about if one["Type"] == "Denominator"]
    data = _data(folder)
    order = [data.keys.index(key) for key in given.keys]
    both = Table(
        given.keys,
        (*given.names, *about),
        np.column_stack([given.values, data.of(*about)[order]]),
    )
    ours = {
        pair: round(value, digits)
        for pair, value in _related(both, row.option("cortype", default="pearson")).items()
        if pair[0] in given.names and pair[1] in about and abs(value) > least
    }
    theirs = {(one["Ind"], one["Denom"]): number(one["Corr"]) for one in folder.rows(row.file)}
    return difference(ours, theirs) if set(ours) == set(theirs) else INFINITE


def _data(folder: Folder) -> Table:
    found = folder.table("asem_iData")
    return Table(tuple(key.partition("/")[0] for key in found.keys), found.names, found.values)


def principal(folder: Folder, row: Row) -> float:
    """The components of the indicators of each pillar, their signs aligned with COINr's.

    Standard deviations, all loadings, and as weights the loadings of the first; other nodes keep
    the weights that they had.
    """
    given, worst = folder.chosen(row), 0.0
    stem = row.stem.rpartition("__")[0]
    groups = folder.json(f"{stem}__details.json")
    weights = {one["iCode"]: number(one["Weight"]) for one in folder.rows(f"{stem}__weights")}
    for group in groups.values():
        found = principal_components(given.of(*group["iCodes"]))
        rotation = np.array(group["rotation"], dtype=np.float64)
        signs = np.sign((found.vectors * rotation).sum(axis=0))
        aligned = found.vectors * signs
        if row.file.endswith(".json"):
            worst = max(
                worst,
                difference(np.sqrt(found.eigenvalues), group["sdev"]),
                difference(aligned.ravel(), rotation.ravel()),
            )
        else:
            theirs = [weights.pop(code) for code in group["iCodes"]]
            worst = max(worst, difference(aligned[:, 0], theirs))
    if row.file.endswith(".csv"):
        given_weights = {code: folder.hierarchy[code].weight for code in weights}
        worst = max(worst, difference(given_weights, weights))
    return worst


def optimised(folder: Folder, row: Row) -> float:
    """Weights under which the nodes of one level matter alike."""
    theirs = folder.table(row.file)
    found = optimised_weights(folder.table("chain_aggregated").of(*theirs.keys))
    columns = {
        "Level": [folder.level(code) for code in theirs.keys],
        "Weight": found.weights,
        "Desired": found.wanted,
        "Obtained": found.given,
        "OptWeight": found.weights,
    }
    values = np.column_stack([np.asarray(columns[name], float) for name in theirs.names])
    return differ(Table(theirs.keys, theirs.names, values), theirs)


def removed(folder: Folder, row: Row) -> float:
    """The index without each node of a level: scores, ranks, and how far ranks move."""
    given, theirs = folder.table("chain_normalised"), folder.table(row.file)
    named = folder.table("remove_level3__scores").names
    codes = [name for name in named if name != "Nominal"]
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


def _points(folder: Folder, winmax: int, method: Normalisation) -> Table:
    given = folder.table("chain_screened")
    treated = InTurn(Winsorise(winmax)).treat(given.values.T).values
    made = [
        method.points(Figures(values, folder.hierarchy[name]))
        for name, values in zip(given.names, treated, strict=True)
    ]
    return given.with_values(np.column_stack(made))


def replications(folder: Folder, row: Row) -> float:
    """The score of every place in every replication; one that cannot be made is missing."""
    draws, theirs = folder.rows(f"{_prefix(row)}__draws"), folder.table(row.file)
    noisy = folder.rows("sens_noisy_weights")
    methods: dict[str, Normalisation] = {
        "1": MinMax((1.0, 100.0), clip=False),
        "2": ZScore(10.0, 2.0),
    }
    trees: dict[str, Hierarchy] = {}
    points: dict[tuple[str, str], Table] = {}
    nominal = aggregated(folder.table("chain_normalised"), folder.hierarchy, Aggregate())
    made = {"Nominal": nominal.of("Index")[:, 0]}
    for one in draws:
        name, pair = one["Weights"], (one["Winmax"], one["Normalisation"])
        if name not in trees:
            drawn = {each["iCode"]: float(each[f"w{name}"]) for each in noisy}
            trees[name] = weighed(folder, drawn)
        if pair not in points:
            points[pair] = _points(folder, int(pair[0]), methods[pair[1]])
        scores: Any = np.full(len(nominal.keys), np.nan)
        try:
            step = Aggregate(MEANS[one["Aggregation"]])
            scores = aggregated(points[pair], trees[name], step).of("Index")[:, 0]
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
    ishigami = row.stem.startswith("sobol_")
    source = row.input if ishigami else f"{_prefix(row)}__y"
    results = np.array([number(one["y"]) for one in folder.rows(source)])
    outputs = Outputs.of_stacked(results, factors=len(theirs.keys))
    found = sobol_indices(outputs, method=COINR)
    ours = Table(theirs.keys, ("Si", "STi"), np.column_stack([found.first, found.total]))
    worst = differ(ours, theirs.select(("Si", "STi")))
    if variance := re.search(r"variance ([\d.]+)", row.detail):
        worst = max(worst, difference(found.variance, float(variance[1])))
    return worst
