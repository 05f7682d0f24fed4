"""Imputation against COINr 1.1.14, Amelia 1.8.1 and the published convention over time."""

import csv
from pathlib import Path

import numpy as np
import pytest

from placedex.index.carry import carry_forward, fill_linearly
from placedex.index.fillings import GroupMean, Mean, Median, RowMean
from placedex.index.hierarchy import Hierarchy, Node
from placedex.index.impute import Filling, Impute
from placedex.index.model_fillings import JointNormal
from placedex.index.multivariate import conditional_means, fit_normal
from placedex.observations import Status
from placedex.observations.panel import FloatArray
from tests.index.tables import (
    Table,
    difference,
    number,
    read_directions,
    read_json,
    read_parents,
    read_table,
    state_of,
)

TOLERANCE = 1e-10


@pytest.fixture(scope="module")
def coinr(shared: Path) -> Path:
    return shared / "golden" / "coinr"


def groups(coinr: Path) -> dict[str, str]:
    with (coinr / "asem_iData.csv").open(encoding="utf-8", newline="") as file:
        return {row["uCode"]: row["EurAsia_group"] for row in csv.DictReader(file)}


@pytest.mark.parametrize("name", ["i_mean", "i_median", "i_mean_grp", "row_mean"])
def test_filled_figures_agree_with_coinr(coinr: Path, name: str) -> None:
    fillings: dict[str, Filling] = {
        "i_mean": Mean(),
        "i_median": Median(),
        "i_mean_grp": GroupMean(groups(coinr)),
        "row_mean": RowMean(by_component=False),
    }
    before = state_of(read_table(coinr / "denominated.csv"), read_directions(coinr))

    made = Impute(fillings[name]).apply(before).panel

    assert difference(made.values, read_table(coinr / f"impute_{name}.csv").values) < TOLERANCE
    gaps = np.isnan(before.panel.values)
    assert gaps.sum() == 65
    assert (made.statuses[gaps] == Status.IMPUTED).all()
    assert np.isfinite(made.errors[gaps]).all()
    assert np.isnan(made.errors[~gaps]).all()


def test_the_joint_normal_is_that_of_amelia(coinr: Path) -> None:
    figures = read_table(coinr / "em_input.csv")
    theirs = read_json(coinr / "em_theta.json")

    normal = fit_normal(figures.values, names=figures.codes)

    assert list(figures.codes) == theirs["vars"]
    np.testing.assert_allclose(normal.mean, theirs["mu"], rtol=1e-10)
    np.testing.assert_allclose(normal.covariance, theirs["cov"], rtol=1e-10)


def test_conditional_means_agree_with_amelias_parameters(coinr: Path) -> None:
    before = state_of(read_table(coinr / "em_input.csv"))

    made = Impute(JointNormal()).apply(before).panel

    assert difference(made.values, read_table(coinr / "em_condmean.csv").values) < 1e-9
    gaps = np.isnan(before.panel.values)
    assert (made.errors[gaps] > 0).all()


def by_time(table: Table, column: FloatArray) -> tuple[list[str], list[str], FloatArray]:
    """The figures of one indicator as (times, places), from a long table."""
    pairs = [key.split("|") for key in table.keys]
    times = sorted({time for time, _ in pairs})
    places = sorted({place for _, place in pairs})
    values = np.full((len(times), len(places)), np.nan)
    for (time, place), value in zip(pairs, column, strict=True):
        values[times.index(time), places.index(place)] = value
    return times, places, values


def test_lines_between_editions_agree_with_coinr(coinr: Path) -> None:
    holes = read_table(coinr / "panel_holes.csv", keys=2)
    theirs = read_table(coinr / "impute_panel_linear_constant.csv", keys=2)

    for code in holes.codes:
        times, _, values = by_time(holes, holes.column(code))
        wanted = by_time(theirs, theirs.column(code))[2]
        ours = fill_linearly(values, np.array(times, dtype=float), hold_ends=True)
        assert difference(ours.values, wanted) < TOLERANCE, code


def test_the_last_figure_and_the_line_inside_agree_with_the_convention(shared: Path) -> None:
    folder = shared / "golden" / "methods"
    expected = read_json(folder / "A19_impute_panel.json")["expected"]
    with (folder / "A19_impute_panel__in_panel.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    units = sorted({row["unit"] for row in rows})
    years = sorted({row["year"] for row in rows})
    values = np.full((len(years), len(units)), np.nan)
    for row in rows:
        values[years.index(row["year"]), units.index(row["unit"])] = number(row["x"])
    times = np.array(years, dtype=float)

    carried, inside = carry_forward(values, times), fill_linearly(values, times)

    for ours, name in ((carried, "locf"), (inside, "linear_inside")):
        wanted = [number(cell) for cell in expected[name]]
        np.testing.assert_allclose(ours.values.T.ravel(), wanted, rtol=1e-12)


def test_a_component_is_filled_from_its_own_indicators_alone(coinr: Path) -> None:
    """The row mean of one component equals that of a table which holds nothing else."""
    table = read_table(coinr / "denominated.csv")
    directions, parents = read_directions(coinr), read_parents(coinr)
    nodes = [Node("index", "Index", None)]
    nodes += [Node(parent, parent, "index") for parent in sorted(set(parents.values()))]
    nodes += [Node(code, code, parents[code], direction=directions[code]) for code in table.codes]
    filling = RowMean().within(Hierarchy(tuple(nodes)), table.codes)

    ours = filling.fill(table.values, table.keys)

    social = [code for code in table.codes if parents[code] == "Social"]
    columns = [table.codes.index(code) for code in social]
    part = state_of(
        Table(table.keys, tuple(social), table.values[:, columns], table.texts[:, columns]),
        directions,
    )
    alone = Impute(RowMean(by_component=False)).apply(part).panel.values
    assert difference(ours[:, columns], alone) < 1e-12


def edge(coinr: Path, name: str) -> list[float]:
    return [number(cell) for cell in read_json(coinr / "edge_cases.json")[name]["value"]]


def test_edge_cases_of_means_and_medians_agree_with_coinr(coinr: Path) -> None:
    """An indicator without any figure stays missing; COINr says NaN."""
    nothing = Mean().fill(np.full((2, 1), np.nan), ("A", "B"))
    median = Median().fill(np.array([[1.0, 2, 10, 20, np.nan]]).T, tuple("ABCDE"))
    grouped = GroupMean({"A": "a", "B": "a", "D": "b"})

    ours = grouped.fill(np.array([[1.0, np.nan, np.nan, 4.0]]).T, tuple("ABCD"))

    np.testing.assert_equal(nothing[:, 0], edge(coinr, "imean_allNA"))
    assert median[:, 0].tolist() == edge(coinr, "imedian_even")
    np.testing.assert_equal(ours[:, 0], edge(coinr, "imean_grp_NAgroup"))


def test_filled_figures_do_not_move_those_that_were_there(coinr: Path) -> None:
    table = read_table(coinr / "em_input.csv")
    filled, variances = conditional_means(table.values, fit_normal(table.values))

    there = ~np.isnan(table.values)
    assert (filled[there] == table.values[there]).all()
    assert np.isnan(variances[there]).all()
