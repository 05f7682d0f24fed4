"""The compiled engine against other people's answers: its leaves are the figures as treated."""

import csv
import dataclasses
import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from placedex.index import (
    Aggregate,
    Arithmetic,
    Geometric,
    Given,
    GroupMean,
    Impute,
    Mean,
    Median,
    MinMax,
    Normalise,
    Rank,
    Scale,
    Spec,
    Step,
    Treat,
)
from placedex.index import normalisations as n
from placedex.index.fillings import RowMean
from placedex.index.means import BestOf, Harmonic, Owa, Power, WorstOf
from placedex.index.model_fillings import JointNormal
from placedex.index.outranking import Copeland
from placedex.index.penalty import AdjustedMazziottaPareto, MazziottaPareto
from placedex.index.step import State
from placedex.index.sums import WeightedSum
from placedex.index.treatments import BoxCox, LogAboveLowest, LogGII, ShiftedLog
from placedex.stats import Ties
from tests.index.tables import difference, nodes, read_directions, read_table, state, state_of
from tests.index.test_impute_golden import groups

pytest.importorskip("numba")

from placedex.index.plan import Built, compile_plan

NAN = float("nan")
FloatArray = np.typing.NDArray[np.float64]


@pytest.fixture(scope="module")
def coinr(shared: Path) -> Path:
    return shared / "golden" / "coinr"


@pytest.fixture(scope="module")
def methods(shared: Path) -> Path:
    return shared / "golden" / "methods"


def built(given: State, *steps: Step) -> Built:
    """What the engine makes of figures as they are, but for some steps."""
    usual: tuple[Step, ...] = (Normalise(n.Unchanged()), Given(), Aggregate(), Rank())
    exchanged = {step.verb: step for step in steps}
    extra = tuple(step for step in steps if step.verb in {"impute", "treat"})
    chosen = (exchanged.get(step.verb, step) for step in usual)
    spec = Spec("golden", "G", given.hierarchy, (Scale(given.panel.indicators), *extra, *chosen))
    return compile_plan(spec, given.panel).run()


def case(methods: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((methods / f"{name}.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", ["i_mean", "i_median", "i_mean_grp", "row_mean"])
def test_filled_figures_agree_with_coinr(coinr: Path, name: str) -> None:
    fillings: dict[str, Any] = {
        "i_mean": Mean(),
        "i_median": Median(),
        "i_mean_grp": GroupMean(groups(coinr)),
        "row_mean": RowMean(by_component=False),
    }
    directions = read_directions(coinr)
    given = state_of(read_table(coinr / "denominated.csv"), directions)

    ours = built(given, Impute(fillings[name])).scores[:, :-1]

    ways = np.array([directions[code] for code in given.panel.codes])
    assert difference(ours * ways, read_table(coinr / f"impute_{name}.csv").values) < 1e-10


def test_conditional_means_agree_with_amelia(coinr: Path) -> None:
    given = state_of(read_table(coinr / "em_input.csv"))

    ours = built(given, Impute(JointNormal())).scores[:, :-1]

    assert difference(ours, read_table(coinr / "em_condmean.csv").values) < 1e-9


def test_points_agree_with_coinr(methods: Path) -> None:
    golden = case(methods, "A02_normalise_v1")
    given, params = golden["inputs"]["x"], golden["params"]
    posts, target = params["goalposts"], params["dist2targ"]["target"]
    ways: dict[str, Any] = {
        "minmax": MinMax(),
        "minmax_1_100": MinMax((1, 100)),
        "zscore": n.ZScore(),
        "prank": n.PercentileRank(),
        "rank": n.AscendingRank(),
        "borda": n.Borda(),
        "dist2max": n.DistanceToMaximum(),
        "dist2ref1": n.DistanceToReference("A"),
        "dist2targ": n.DistanceToTarget({"x": target}, cap=True),
        "fracmax": n.ShareOfMaximum(),
        "goalposts": n.FixedGoalposts(posts["lo"], posts["hi"], (0, posts["scale"])),
        "scaled": n.Scaled(*params["scaled"]),
    }
    figures = state({"x": [NAN if one is None else one for one in given]})

    assert set(ways) == set(golden["expected"])
    for name, way in ways.items():
        wanted = [NAN if one is None else one for one in golden["expected"][name]]
        ours = built(figures, Normalise(way)).scores[:, 0]
        np.testing.assert_allclose(ours, wanted, rtol=golden["tolerance"], err_msg=name)


def test_logarithms_agree_with_coinr_and_their_formula(methods: Path) -> None:
    golden = case(methods, "A03_logs")
    figures = state({"x": golden["inputs"]["x"]})
    ways: dict[str, Any] = {
        "log_CT": ShiftedLog(),
        "log_min1": LogAboveLowest(),
        "boxcox_0.5_shifted": BoxCox(),
        "log_GII": LogGII(),
    }

    assert set(ways) == set(golden["expected"])
    for name, way in ways.items():
        ours = built(figures, Treat(individually={"x": way})).scores[:, 0]
        np.testing.assert_allclose(ours, golden["expected"][name], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("column", "mean"), [("amean", Arithmetic()), ("gmean", Geometric()), ("hmean", Harmonic())]
)
def test_means_of_pillars_agree_with_coinr(methods: Path, column: str, mean: Any) -> None:
    pillars = read_table(methods / "A07_means__in_pillars.csv")
    wanted = read_table(methods / "A07_means__exp_means.csv").column(column)
    power = {"amean": 1.0, "gmean": 0.0, "hmean": -1.0}[column]

    for way in (mean, Power(power)):
        ours = built(state_of(pillars), Aggregate(way)).scores[:, -1]
        np.testing.assert_allclose(ours, wanted, rtol=1e-9)


def test_ordered_averages_and_power_means_agree_with_their_formulas(methods: Path) -> None:
    golden = case(methods, "A17_owa")
    expected = golden["expected"]
    ways: dict[Any, float] = {
        Owa(tuple(golden["inputs"]["owa_w"])): expected["owa"],
        Power(-np.inf): expected["min"],
        Power(np.inf): expected["max"],
        BestOf(2): expected["at_least_2_best"],
        WorstOf(2): expected["worst_2"],
        **{Power(float(p)): found for p, found in expected["power_mean"].items()},
    }
    figures = state(
        {code: [one, one] for code, one in zip("abcd", golden["inputs"]["x"], strict=True)}
    )

    for way, wanted in ways.items():
        assert built(figures, Aggregate(way)).scores[0, -1] == pytest.approx(wanted, rel=1e-12)


def test_the_mazziotta_pareto_index_agrees_with_its_formula_and_compind(methods: Path) -> None:
    figures = read_table(methods / "A10_mpi__in_x.csv")
    wanted = read_table(methods / "A10_mpi__exp_mpi.csv")
    directions = {"roads": -1, "trains": 1}
    columns = {
        "mpi_minus": MazziottaPareto(),
        "mpi_plus": MazziottaPareto(1),
        "compind_mpi_minus_sample_sd": MazziottaPareto(-1, 1),
        "compind_mpi_plus_sample_sd": MazziottaPareto(1, 1),
    }

    for column, way in columns.items():
        ours = built(state_of(figures, directions), Aggregate(way)).scores[:, -1]
        np.testing.assert_allclose(ours, wanted.column(column), rtol=1e-9, err_msg=column)


def test_the_adjusted_index_agrees_with_its_formula(methods: Path) -> None:
    figures = read_table(methods / "A11_ampi__in_x.csv", keys=2)
    wanted = read_table(methods / "A11_ampi__exp_ampi.csv", keys=2)
    reference = case(methods, "A11_ampi")["params"]["goalposts_reference"]
    half = (figures.values.max(axis=0) - figures.values.min(axis=0)) / 2
    each = {
        code: n.FixedGoalposts(middle - reach, middle + reach, (70, 130), clip=False)
        for code, middle, reach in zip(figures.codes, reference, half, strict=True)
    }
    points = Normalise(individually=each)

    for column, penalty in (("ampi_minus", -1), ("ampi_plus", 1)):
        way = AdjustedMazziottaPareto(penalty)
        ours = built(state_of(figures), points, Aggregate(way)).scores[:, -1]
        np.testing.assert_allclose(ours, wanted.column(column), rtol=1e-9)


def test_copeland_scores_agree_with_coinr(methods: Path) -> None:
    pillars = read_table(methods / "A06_outranking_copeland__in_pillars.csv")
    wanted = read_table(methods / "A06_outranking_copeland__exp_copeland.csv")

    ours = built(state_of(pillars), Aggregate(Copeland())).scores[:, -1]

    np.testing.assert_array_equal(ours, wanted.column("copeland"))


def test_every_score_and_rank_of_the_english_index_of_deprivation_agrees(methods: Path) -> None:
    """Published ranks, ties as averages, an exponential, and weights that add up to 0.999."""
    tables = []
    for name in ("in_ranks", "exp_imd"):
        path = methods / f"C01_iod2025__{name}.csv.gz"
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            tables.append({row["lsoa21_code"]: row for row in csv.DictReader(file)})
    ranks, published = tables
    weights = case(methods, "C01_iod2025")["params"]["weights"]
    columns = {name: [float(ranks[code][f"{name}_rank"]) for code in published] for name in weights}
    hierarchy = nodes(tuple(weights), (-1,) * len(weights))
    weighed = hierarchy.replace(
        {code: dataclasses.replace(hierarchy[code], weight=one) for code, one in weights.items()}
    )
    given = state(columns, places=tuple(published), hierarchy=weighed)
    stretched = Normalise(n.ExponentialRanks(ties=Ties.AVERAGE))

    ours = built(given, stretched, Aggregate(WeightedSum()))

    scores = np.array([float(row["IMD_score"]) for row in published.values()])
    wanted = np.array([float(row["IMD_rank"]) for row in published.values()])
    np.testing.assert_allclose(ours.scores[:, -1], scores, atol=0.000501)
    np.testing.assert_array_equal(ours.ranks[:, -1], wanted)
