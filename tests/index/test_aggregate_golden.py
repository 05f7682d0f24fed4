"""Aggregation against what COINr 1.1.14, Compind 3.4 and published formulas give."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from placedex.index import Aggregate, Hierarchy, Node, Rank
from placedex.index.means import (
    AnyMean,
    Arithmetic,
    BestOf,
    Geometric,
    Harmonic,
    Power,
    WorstOf,
    arithmetic,
    geometric,
    harmonic,
    orness,
    owa,
    power,
)
from placedex.index.penalty import adjusted_goalposts, adjusted_scale, penalised, standardised
from placedex.index.step import State
from placedex.observations import Indicator, make_panel
from placedex.observations.panel import FloatArray
from placedex.places import Place

Rows = list[dict[str, str]]


def rows(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def numbers(found: Rows, *columns: str) -> FloatArray:
    """The columns, or all but the first, as numbers; what is empty is missing."""
    names = columns or tuple(found[0])[1:]
    return np.array([[float(row[name] or "nan") for name in names] for row in found])


def case(shared: Path, name: str) -> dict[str, Any]:
    path = shared / "golden" / "methods" / f"{name}.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_three_means_of_pillars_agree(shared: Path) -> None:
    folder = shared / "golden" / "methods"
    pillars = numbers(rows(folder / "A07_means__in_pillars.csv"))
    theirs = numbers(rows(folder / "A07_means__exp_means.csv"), "amean", "gmean", "hmean")

    for column, mean in enumerate((arithmetic, geometric, harmonic)):
        np.testing.assert_allclose(mean(pillars, np.ones(8)), theirs[:, column], rtol=1e-12)


class Asem:
    """The hierarchy that ships with COINr, and its answers."""

    def __init__(self, shared: Path) -> None:
        self.folder = shared / "golden" / "coinr"
        self.meta = [row for row in rows(self.folder / "asem_iMeta.csv") if row["Type"] != "Group"]
        self.nodes = [row for row in self.meta if row["Type"] in {"Indicator", "Aggregate"}]
        self.level = {row["iCode"]: int(row["Level"]) for row in self.nodes}

    def aggregated(self, file: str, step: Aggregate, *, uneven: bool = False) -> State:
        weights = {row["iCode"]: 1.0 for row in self.nodes}
        if uneven:
            found = rows(self.folder / "weights_uneven.csv")
            weights = {row["iCode"]: float(row["Weight"]) for row in found}
        hierarchy = Hierarchy(
            tuple(
                Node(code, code, row["Parent"] or None, weights[code])
                for row in self.nodes
                if (code := row["iCode"])
            )
        )
        data = rows(self.folder / file)
        codes = [leaf.code for leaf in hierarchy.leaves]
        key = "Time" if "Time" in data[0] else "uCode"
        places = [
            Place(f"{row['uCode']}{row[key]}", row["uCode"], "country", "ASEM") for row in data
        ]
        panel = make_panel(
            places, [Indicator(code, code, "") for code in codes], numbers(data, *codes)
        )
        return step.apply(State(panel, hierarchy))

    def by_level(self, *means: AnyMean) -> Mapping[str, AnyMean]:
        return {code: means[level - 2] for code, level in self.level.items() if level > 1}

    def largest_difference(self, ours: State, file: str) -> float:
        """The largest relative difference; a gap in one alone is endless."""
        theirs = rows(self.folder / file)
        codes = [code for code, level in self.level.items() if level > 1]
        wanted = numbers(theirs, *codes)
        mine = np.stack([ours.panel.of(code) for code in codes], axis=-1)
        assert np.array_equal(np.isnan(mine), np.isnan(wanted))
        assert wanted.shape[1] == 11
        return float(np.nanmax(np.abs(mine - wanted) / np.abs(wanted)))


@pytest.fixture(scope="module")
def asem(shared: Path) -> Asem:
    return Asem(shared)


FROM_1 = "norm_minmax_1_100__treated.csv"
GAPS = "norm_minmax_1_100__raw.csv"


@pytest.mark.parametrize(
    ("file", "given", "step", "uneven"),
    [
        ("agg_amean.csv", "chain_normalised.csv", Aggregate(), False),
        ("agg_amean_w.csv", "chain_normalised.csv", Aggregate(), True),
        ("whatif_weights.csv", "chain_normalised.csv", Aggregate(), True),
        ("agg_gmean.csv", FROM_1, Aggregate(Geometric()), False),
        ("agg_gmean_w.csv", FROM_1, Aggregate(Geometric()), True),
        ("agg_hmean_w.csv", FROM_1, Aggregate(Harmonic()), True),
        ("agg_genmean_p2.csv", FROM_1, Aggregate(Power(2)), False),
        ("agg_amean_NA.csv", GAPS, Aggregate(), False),
        ("agg_gmean_NA_w.csv", GAPS, Aggregate(Geometric()), True),
        ("agg_panel_global.csv", "norm_panel_global.csv", Aggregate(), False),
    ],
)
def test_every_aggregation_agrees_with_coinr(
    asem: Asem, file: str, given: str, step: Aggregate, uneven: bool
) -> None:
    ours = asem.aggregated(given, step, uneven=uneven)

    assert asem.largest_difference(ours, file) <= 1e-12


def test_a_mean_of_its_own_for_each_level_agrees_with_coinr(asem: Asem) -> None:
    nodes = asem.by_level(Arithmetic(), Geometric(), Harmonic())

    ours = asem.aggregated(FROM_1, Aggregate(nodes=nodes))

    assert asem.largest_difference(ours, "agg_mixed.csv") <= 1e-12


def test_a_least_share_of_its_own_for_each_level_agrees_with_coinr(asem: Asem) -> None:
    shares = {2: 0.9, 3: 0.75, 4: 1.0}
    least = {code: shares[level] for code, level in asem.level.items() if level > 1}

    ours = asem.aggregated(GAPS, Aggregate(least=least))

    assert asem.largest_difference(ours, "agg_amean_NA_thresh.csv") <= 1e-12


def test_a_power_mean_is_of_what_is_there_where_coinr_gives_none(asem: Asem) -> None:
    """COINr's a_genmean is missing for a place that lacks any child."""
    ours = asem.aggregated(GAPS, Aggregate(Power(2)))
    theirs = rows(asem.folder / "agg_genmean_NA_p2.csv")
    codes = [code for code, level in asem.level.items() if level > 1]
    wanted = numbers(theirs, *codes)
    mine = np.stack([ours.panel.of(code) for code in codes], axis=-1)

    assert np.isnan(wanted).sum() == 95
    assert not np.isnan(mine).any()
    there = ~np.isnan(wanted)
    np.testing.assert_allclose(mine[there], wanted[there], rtol=1e-12)


def test_results_and_ranks_agree_with_coinr(asem: Asem) -> None:
    ours = asem.aggregated("chain_normalised.csv", Aggregate())
    ranks = Rank().apply(ours).panel.of("Index")
    names = [place.name for place in ours.panel.places]
    theirs = rows(asem.folder / "results_aggs.csv")
    codes = [code for code, level in asem.level.items() if level > 1]

    for row in theirs:
        place = names.index(row["uCode"])
        assert ranks[place] == float(row["Rank"])
        mine = [ours.panel.of(code)[place] for code in codes]
        np.testing.assert_allclose(mine, [float(row[code]) for code in codes], rtol=1e-12)
    assert len(theirs) == 51


@pytest.mark.parametrize(
    ("name", "values", "mean"),
    [
        ("amean_NA", [1, np.nan, 3], arithmetic),
        ("gmean_NA", [1, np.nan, 3], geometric),
        ("hmean_NA", [1, np.nan, 3], harmonic),
    ],
)
def test_small_calls_with_a_gap_agree_with_coinr(
    shared: Path, name: str, values: list[float], mean: Any
) -> None:
    theirs = json.loads((shared / "golden" / "coinr" / "edge_cases.json").read_text())[name]
    weights = np.array([1.0, 1.0, 2.0])

    assert mean(np.array(values), weights) == pytest.approx(float(theirs["value"]), rel=1e-12)


def test_ordered_averages_and_power_means_agree(shared: Path) -> None:
    given = case(shared, "A17_owa")
    wanted, values = given["expected"], np.array(given["inputs"]["x"])
    order, even = np.array(given["inputs"]["owa_w"]), np.ones(4)

    assert owa(values, even, order=order) == pytest.approx(wanted["owa"], abs=1e-12)
    assert orness(order) == pytest.approx(wanted["orness"], abs=1e-12)
    assert BestOf(2).of(values, even) == pytest.approx(wanted["at_least_2_best"], abs=1e-12)
    assert WorstOf(2).of(values, even) == pytest.approx(wanted["worst_2"], abs=1e-12)
    assert BestOf(1).of(values, even) == wanted["max"]
    assert WorstOf(1).of(values, even) == wanted["min"]
    for exponent, mean in wanted["power_mean"].items():
        found = power(values, even, exponent=float(exponent))
        assert found == pytest.approx(mean, abs=1e-12)


def test_the_mazziotta_pareto_index_agrees_with_either_divisor(shared: Path) -> None:
    folder = shared / "golden" / "methods"
    polarity = case(shared, "A10_mpi")["params"]["polarity"]
    data, theirs = rows(folder / "A10_mpi__in_x.csv"), rows(folder / "A10_mpi__exp_mpi.csv")
    values, signs = numbers(data, *polarity), np.array(list(polarity.values()))

    for divisor, start in ((0, "mpi"), (1, "compind_mpi")):
        scores = standardised(values, polarity=signs, divisor=divisor)
        for penalty, name in ((-1, "minus"), (1, "plus")):
            column = f"{start}_{name}{'_sample_sd' if divisor else ''}"
            found = penalised(scores, np.ones(2), penalty=penalty, divisor=divisor)
            np.testing.assert_allclose(found, numbers(theirs, column)[:, 0], rtol=1e-12)


def test_the_adjusted_index_agrees_over_two_years(shared: Path) -> None:
    folder = shared / "golden" / "methods"
    params = case(shared, "A11_ampi")["params"]
    values = numbers(rows(folder / "A11_ampi__in_x.csv"), *params["indicators"])
    theirs = rows(folder / "A11_ampi__exp_ampi.csv")

    low, high = adjusted_goalposts(values, np.array(params["goalposts_reference"], dtype=float))
    scores = adjusted_scale(values, low, high, polarity=np.array(params["polarity"]))

    for penalty, column in ((-1, "ampi_minus"), (1, "ampi_plus")):
        found = penalised(scores, np.ones(2), penalty=penalty)
        np.testing.assert_allclose(found, numbers(theirs, column)[:, 0], rtol=1e-12)
