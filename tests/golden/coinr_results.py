"""COINr's calls on scores: aggregates, orders, correlations, weights and sensitivity."""

import re
from dataclasses import replace

import numpy as np

from placedex.index import Aggregate, Arithmetic, Geometric, Hierarchy
from placedex.index.means import AnyMean, Harmonic, Power
from placedex.index.optimised_weights import optimised_weights
from placedex.index.outranking import copeland, outranking
from placedex.index.principal_components import principal_components
from placedex.index.step import State
from placedex.observations import Indicator, make_panel
from placedex.places import Place
from placedex.stats import rank_descending
from tests.golden.case import FloatArray, difference, number
from tests.golden.coherence import MEASURES
from tests.golden.coinr_calls import as_made
from tests.golden.coinr_tables import CHAIN, INFINITE, Folder, Row, Table, as_table, differ

MEANS: dict[str, AnyMean] = {
    "a_amean": Arithmetic(),
    "a_gmean": Geometric(),
    "a_hmean": Harmonic(),
}


def weighed(folder: Folder, weights: dict[str, float]) -> Hierarchy:
    """The nodes of the index with other weights."""
    tree = folder.hierarchy
    return tree.replace({code: replace(tree[code], weight=one) for code, one in weights.items()})


def weights_of(folder: Folder, row: Row) -> dict[str, float]:
    """The weights of the table that a call names; none if it names none."""
    named = re.search(r"\bw ?(?:=|<-) ?([A-Za-z_]\w*)(?![\w(])", row.call)
    rows = folder.rows(named[1]) if named else []
    return {one["iCode"]: float(one["Weight"]) for one in rows}


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
    tree = weighed(folder, weights_of(folder, row))
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


def _weights(row: Row, count: int) -> FloatArray:
    """The weights of a call: one for all or one each."""
    given = row.option("w", default=1)
    if isinstance(given, dict):
        given = given[0]  # rep(1, 49)
    return np.broadcast_to(np.array(given, dtype=np.float64), (count,))


def _of_group(folder: Folder, row: Row) -> Table:
    """The table of a call, or the indicators of the group that it names: raw[Instit]."""
    given, group = folder.chosen(row), re.search(r"\[(\w+)\]", row.call)
    return given.select(folder.group(group[1])) if group else given


def outranked(folder: Folder, row: Row) -> float:
    """The outranking matrix.

    With gaps COINr counts a child that either place lacks as lost by the place that stands first;
    placedex compares two places on what both have. Pairs of places that have everything agree.
    """
    given, theirs = _of_group(folder, row), folder.table(row.file)
    found = outranking(given.values, _weights(row, len(given.names)))
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
    given, theirs = _of_group(folder, row), folder.table(row.file)
    ours = copeland(given.values, _weights(row, len(given.names)))
    wanted = theirs.values[:, 0]
    matrices = [one for one in folder.manifest if one.call.startswith("outrankMatrix(")]
    for name in (one.file for one in matrices if one.input == row.input):
        matrix = folder.table(name)
        short = (np.abs(matrix.values - 0.5) < 1e-9) & (matrix.values < 0.5)
        wanted = wanted + short.sum(axis=1)[[matrix.keys.index(key) for key in theirs.keys]]
    mine = ours[[given.keys.index(key) for key in theirs.keys]]
    return difference(mine, wanted)


def results(folder: Folder, row: Row) -> float:
    """Scores and ranks, in order of the index and rounded as the call says."""
    given, theirs = folder.chosen(row), folder.table(row.file)
    if row.option("use", default="scores") not in {"scores", "ranks"}:
        raise NotImplementedError("ranks within groups are not results of an index here")
    ranks = rank_descending(given.values.T).T
    digits = int(row.option("nround", default=15))
    values = ranks if row.option("use") == "ranks" else np.round(given.values, digits)
    values = np.column_stack([values, ranks[:, given.names.index(folder.root)]])
    ours = Table(given.keys, (*given.names, "Rank"), values)
    numeric = tuple(name for name in theirs.names if name in ours.names)
    first = [ours.keys.index(key) for key in theirs.keys]
    in_order = bool(np.all(np.diff(ranks[first, given.names.index(folder.root)]) >= 0))
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
    if "Var1" in theirs[0]:
        wanted = {(one["Var1"], one["Var2"]): number(one["Correlation"]) for one in theirs}
    else:
        key = next(iter(theirs[0]))
        wanted = {
            (one[key], name): number(one[name]) for one in theirs for name in one if name != key
        }
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
    found = as_table(folder.data)
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
    targets = row.option("itarg", default="equal")
    found = optimised_weights(
        folder.table(CHAIN[row.option("dset", default="Aggregated")]).of(*theirs.keys),
        None if targets == "equal" else np.array(targets, dtype=np.float64),
    )
    columns = {
        "Level": [folder.level(code) for code in theirs.keys],
        "Weight": found.weights,
        "Desired": found.wanted,
        "Obtained": found.given,
        "OptWeight": found.weights,
    }
    values = np.column_stack([np.asarray(columns[name], float) for name in theirs.names])
    return differ(Table(theirs.keys, theirs.names, values), theirs)


def effective(folder: Folder, row: Row) -> float:
    """The share that every node has of the whole."""
    theirs = {one["iCode"]: number(one["EffWeight"]) for one in folder.rows(row.file)}
    tree = weighed(folder, weights_of(folder, row))
    return difference(tree.effective_weights(), theirs)
