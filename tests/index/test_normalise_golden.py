"""Normalisation against COINr 1.1.14, published indices of deprivation and worked figures."""

import csv
import gzip
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from placedex.index.hierarchy import Node
from placedex.index.normalisations import (
    AscendingRank,
    Borda,
    DistanceToReference,
    DistanceToTarget,
    Figures,
    FixedGoalposts,
    Normalisation,
    Scaled,
    ShareOfMaximum,
    Unchanged,
    ZScore,
)
from placedex.index.normalise import MinMax, Normalise, Policy, normalise_editions
from placedex.index.points import (
    ascending_rank,
    between,
    borda,
    distance_to_maximum,
    distance_to_reference,
    distance_to_target,
    exponential_of_ranks,
    percentile_rank,
    share_of_maximum,
    z_score,
)
from placedex.observations.panel import FloatArray
from placedex.stats import Ties, rank_descending, rank_with_ties
from tests.index.tables import (
    Table,
    difference,
    number,
    read_directions,
    read_json,
    read_table,
    state_of,
)

TOLERANCE = 1e-10


@pytest.fixture(scope="module")
def coinr(shared: Path) -> Path:
    return shared / "golden" / "coinr"


def numbers(cells: list[float | None]) -> FloatArray:
    return np.array([np.nan if cell is None else cell for cell in cells], dtype=float)


@pytest.mark.parametrize("name", ["A02_normalise_v1", "A02_normalise_v2"])
def test_every_method_gives_the_published_points(shared: Path, name: str) -> None:
    case = read_json(shared / "golden" / "methods" / f"{name}.json")
    given, expected = case["params"], case["expected"]
    values = numbers(case["inputs"]["x"])
    posts, target = given["goalposts"], given["dist2targ"]
    reference = values[given["dist2ref_index_1based"] - 1]
    bare = Node("x", "x", "index")
    figures = Figures(values, bare)

    found: dict[str, FloatArray] = {
        "minmax": MinMax(tuple(given["minmax"])).points(figures),
        "minmax_1_100": MinMax(tuple(given["minmax_1_100"])).points(figures),
        "zscore": z_score(values, mean=given["zscore"][0], spread=given["zscore"][1]),
        "prank": percentile_rank(values),
        "rank": ascending_rank(values),
        "borda": borda(values),
        "dist2max": distance_to_maximum(values),
        "dist2ref1": distance_to_reference(values, np.array([reference])),
        "dist2targ": distance_to_target(values, np.array([target["target"]]), cap=target["cap"]),
        "fracmax": share_of_maximum(values),
        "goalposts": FixedGoalposts(
            posts["lo"], posts["hi"], (0, posts["scale"]), posts["clip"]
        ).points(figures),
        "scaled": Scaled(*given["scaled"]).points(figures),
    }

    assert set(found) == set(expected)
    for method, points in found.items():
        assert difference(points, numbers(expected[method])) < TOLERANCE, method


def normalised(coinr: Path, start: str, step: Normalise) -> FloatArray:
    figures = state_of(read_table(coinr / start), read_directions(coinr))
    return step.apply(figures).panel.values


STARTS = {"raw": "raw.csv", "treated": "chain_treated.csv"}
METHODS: dict[str, Normalisation] = {
    "minmax": MinMax(),
    "minmax_1_100": MinMax((1, 100)),
    "zscore": ZScore(),
    "zscore_10_2": ZScore(10, 2),
    "rank": AscendingRank(),
    "borda": Borda(),
    "dist2ref": DistanceToReference("BGR"),
}


@pytest.mark.parametrize("start", ["raw", "treated"])
@pytest.mark.parametrize("name", [*METHODS])
def test_the_step_agrees_with_coinr(coinr: Path, name: str, start: str) -> None:
    theirs = read_table(coinr / f"norm_{name}__{start}.csv")
    method = METHODS[name]
    if name == "dist2ref":
        method = DistanceToReference(theirs.keys[4])
        return _check_reference(coinr, theirs, method, start)

    ours = normalised(coinr, STARTS[start], Normalise(method))

    assert difference(ours, theirs.values) < TOLERANCE
    return None


def _check_reference(coinr: Path, theirs: Table, method: Normalisation, start: str) -> None:
    """COINr divides by nought where the reference is the worst; there is no such number here."""
    figures = state_of(read_table(coinr / STARTS[start]), read_directions(coinr)).panel
    directions = read_directions(coinr)
    agreed = 0
    for column, code in enumerate(theirs.codes):
        leaf = Node(code, code, "index", direction=directions[code])
        points = method.points(Figures(figures.of(code), leaf, places=theirs.keys))
        if np.isinf(theirs.values[:, column]).any() or np.isnan(theirs.values[:, column]).all():
            assert np.isnan(points).all()
            continue
        assert difference(points, theirs.values[:, column]) < TOLERANCE
        agreed += 1
    assert agreed > 30


def test_ranks_with_average_ties_agree_with_coinr(coinr: Path) -> None:
    ours = normalised(coinr, "raw.csv", Normalise(AscendingRank(Ties.AVERAGE)))

    assert difference(ours, read_table(coinr / "norm_rank_tiesavg__raw.csv").values) == 0


@pytest.mark.parametrize("start", ["raw", "treated"])
def test_shares_of_the_maximum_agree_where_more_is_better(coinr: Path, start: str) -> None:
    """Where less is better COINr's direction cancels out; here the best figure scores highest."""
    theirs = read_table(coinr / f"norm_fracmax__{start}.csv")
    figures = read_table(coinr / STARTS[start])
    directions = read_directions(coinr)
    for column, code in enumerate(theirs.codes):
        leaf = Node(code, code, "index", direction=directions[code])
        points = ShareOfMaximum().points(Figures(figures.values[:, column], leaf))
        if directions[code] > 0:
            assert difference(points, theirs.values[:, column]) < TOLERANCE
        else:
            wanted = 1 - figures.values[:, column] / np.nanmax(figures.values[:, column])
            assert difference(points, wanted) < TOLERANCE
            assert points[np.nanargmin(figures.values[:, column])] == np.nanmax(points)


def parameters(coinr: Path) -> dict[str, dict[str, str]]:
    with (coinr / "asem_iMeta_norm_params.csv").open(encoding="utf-8", newline="") as file:
        return {row["iCode"]: row for row in csv.DictReader(file)}


def test_distances_to_targets_agree_with_coinr(coinr: Path) -> None:
    targets = {code: float(row["Target"]) for code, row in parameters(coinr).items()}

    ours = normalised(coinr, "raw.csv", Normalise(DistanceToTarget(targets)))

    assert difference(ours, read_table(coinr / "norm_dist2targ__raw.csv").values) < TOLERANCE


def test_ends_of_each_indicator_agree_with_coinr(coinr: Path) -> None:
    each = {
        code: Scaled(
            float(row["scaled_lower"]), float(row["scaled_upper"]), float(row["scale_factor"])
        )
        for code, row in parameters(coinr).items()
    }

    ours = normalised(coinr, "raw.csv", Normalise(individually=each))

    assert difference(ours, read_table(coinr / "norm_scaled_iMeta__raw.csv").values) < TOLERANCE


def test_a_scale_of_each_indicator_agrees_with_coinr(coinr: Path) -> None:
    each = {
        code: MinMax((float(row["minmax_lower"]), float(row["minmax_upper"])))
        for code, row in parameters(coinr).items()
    }

    ours = normalised(coinr, "raw.csv", Normalise(individually=each))

    assert difference(ours, read_table(coinr / "norm_minmax_iMeta__raw.csv").values) < TOLERANCE


def test_one_pair_of_ends_for_all_is_used_on_turned_figures_by_coinr(coinr: Path) -> None:
    """The ends of an object here are in the indicator's own unit; the formula takes either."""
    figures = read_table(coinr / "raw.csv")
    turned = figures.values * [read_directions(coinr)[code] for code in figures.codes]

    posts = np.clip(between(turned, np.array(10), np.array(60), scale=(0, 100)), 0, 100)
    scaled = between(turned, np.array(0), np.array(50), scale=(0, 100))

    fixed = read_table(coinr / "norm_goalposts_fixed__raw.csv").values
    assert difference(posts, fixed) < TOLERANCE
    assert difference(scaled, read_table(coinr / "norm_scaled__raw.csv").values) < TOLERANCE


def test_methods_of_their_own_agree_with_coinr(coinr: Path) -> None:
    each: dict[str, Normalisation] = {
        "LPI": Borda(),
        "Flights": ZScore(10, 2),
        "CO2": Unchanged(),
    }

    ours = normalised(coinr, "raw.csv", Normalise(individually=each))

    assert difference(ours, read_table(coinr / "norm_indiv__raw.csv").values) < TOLERANCE


def test_editions_taken_together_agree_with_coinr(coinr: Path) -> None:
    theirs = read_table(coinr / "norm_panel_global.csv", keys=2)
    treated = read_table(coinr / "panel_treated.csv", keys=2)
    years = sorted({key.split("|")[0] for key in treated.keys})
    rows = [[row for row, key in enumerate(treated.keys) if key.startswith(one)] for one in years]
    directions = read_directions(coinr)

    assert theirs.keys == treated.keys
    for column, code in enumerate(theirs.codes):
        editions = np.array([treated.values[one, column] for one in rows])
        leaf = Node(code, code, "index", direction=directions[code])
        ours = normalise_editions(editions, MinMax(), leaf, policy=Policy.POOLED)
        wanted = np.array([theirs.values[one, column] for one in rows])
        assert difference(ours, wanted) < TOLERANCE, code


@pytest.mark.parametrize(
    ("policy", "name"),
    [
        (Policy.FLOATING, "floating"),
        (Policy.POOLED, "pooled"),
        (Policy.FROZEN, "base_year_goalposts_unclipped"),
    ],
)
def test_three_policies_over_time(shared: Path, policy: Policy, name: str) -> None:
    case = read_json(shared / "golden" / "methods" / "A18_time_comparability.json")
    editions = np.array([case["inputs"]["Y0"], case["inputs"]["Y1"]])
    method = MinMax((0, 100), clip=False)

    points = [
        normalise_editions(editions[:, :, column], method, Node("x", "x", "index"), policy=policy)
        for column in range(2)
    ]

    wanted = case["expected"][name]
    assert difference(np.mean(points, axis=0), np.array([wanted["t0"], wanted["t1"]])) < 1e-12


def packed(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_english_neighbourhood_gets_its_published_deprivation_score(shared: Path) -> None:
    """England publishes the better rank of ties and reckons with their average."""
    folder = shared / "golden" / "methods"
    case = read_json(folder / "C01_iod2025.json")
    weights = case["params"]["weights"]
    given = packed(folder / "C01_iod2025__in_ranks.csv.gz")
    wanted = packed(folder / "C01_iod2025__exp_imd.csv.gz")
    score = np.zeros(len(given))
    for name, weight in weights.items():
        column = next(one for one in given[0] if name.lower() in one.lower())
        published = np.array([float(row[column]) for row in given])
        average = rank_with_ties(-published, Ties.AVERAGE)
        score += weight * exponential_of_ranks(average, constant=case["params"]["c"])

    column = next(one for one in wanted[0] if "score" in one.lower())
    theirs = np.array([float(row[column]) for row in wanted])

    assert len(score) == 33755
    assert np.abs(score - theirs).max() <= case["tolerance"]
    rank = next((one for one in wanted[0] if "rank" in one.lower()), None)
    assert rank is not None
    ranks = np.array([float(row[rank]) for row in wanted])
    assert int((rank_descending(score) != ranks).sum()) == case["expected"]["rank_mismatches"]


def edge(coinr: Path, name: str) -> FloatArray:
    found = read_json(coinr / "edge_cases.json")[name]["value"]
    return np.array([number(cell) for cell in found])


@pytest.mark.parametrize(
    ("name", "values", "formula"),
    [
        ("rank_ties", [2, 3, 3, 1, None], ascending_rank),
        ("borda_ties", [2, 3, 3, 1, None], borda),
        ("prank_ties", [1, 2, 2, 3, None], percentile_rank),
    ],
)
def test_ties_and_gaps_are_as_in_coinr(
    coinr: Path,
    name: str,
    values: list[float | None],
    formula: Callable[[FloatArray], FloatArray],
) -> None:
    np.testing.assert_allclose(formula(numbers(values)), edge(coinr, name), rtol=1e-15)


def test_goalposts_of_a_lower_is_better_indicator_are_as_in_coinr(coinr: Path) -> None:
    leaf = Node("x", "x", "index", direction=-1)
    values = np.array([0.0, 10, 15, 20, 30])

    turned = FixedGoalposts(10, 20, (0, 1)).points(Figures(values, leaf))
    beyond = FixedGoalposts(10, 20, (0, 1), clip=False).points(
        Figures(np.array([5.0, 10, 15, 20, 30]), Node("x", "x", "index"))
    )

    assert difference(turned, edge(coinr, "goalposts_dir_minus")) == 0
    assert difference(beyond, edge(coinr, "goalposts_notrunc")) == 0
