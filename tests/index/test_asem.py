"""The whole ASEM index, every step of it, against what COINr 1.1.14 computes (golden/coinr)."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from placedex.index import (
    Aggregate,
    Given,
    GroupMean,
    Hierarchy,
    Impute,
    Index,
    MinMax,
    Node,
    Rank,
    Scale,
    Screen,
    Spec,
    Treat,
    build,
)
from placedex.observations import Indicator, Panel, Ratio, make_panel
from placedex.places import Place

TOLERANCE = 1e-9


def number(text: str) -> float:
    return float(text) if text not in {"", "NA"} else np.nan


@dataclass(frozen=True)
class Golden:
    """The folder of COINr's answers."""

    folder: Path

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def golden(shared: Path) -> Golden:
    return Golden(shared / "golden" / "coinr")


def nodes(meta: list[dict[str, str]]) -> Hierarchy:
    return Hierarchy(
        tuple(
            Node(
                row["iCode"],
                row["iName"],
                row["Parent"] or None,
                float(row["Weight"]),
                int(row["Direction"]),
            )
            for row in meta
            if row["Type"] in {"Indicator", "Aggregate"}
        )
    )


def denominated(row: dict[str, str]) -> Indicator:
    ratio = Ratio(row["iCode"], row["Denominator"]) if row["Denominator"] else None
    return Indicator(row["iCode"], row["iName"], row["Unit"], ratio=ratio)


@pytest.fixture(scope="module")
def asem(golden: Golden) -> Index:
    """The index, built by placedex from the data and metadata that ship with COINr."""
    data, meta = golden.rows("asem_iData.csv"), golden.rows("asem_iMeta.csv")
    codes = [row["iCode"] for row in meta if row["Type"] in {"Indicator", "Denominator"}]
    panel = make_panel(
        [Place(row["uCode"], row["uName"], "country", "ASEM") for row in data],
        [Indicator(code, code, "") for code in codes],
        np.array([[number(row[code]) for code in codes] for row in data]),
    )
    wanted = tuple(denominated(row) for row in meta if row["Type"] == "Indicator")
    groups = {row["uCode"]: row["EurAsia_group"] for row in data}
    steps = (
        Scale(wanted),
        Impute(GroupMean(groups)),
        Screen(places=0.9),
        Treat(most=5),
        MinMax(),
        Given(),
        Aggregate(),
        Rank(),
    )
    return build(Spec("asem", "ASEM", nodes(meta), steps), panel)


def largest_difference(ours: Panel, theirs: list[dict[str, str]]) -> float:
    """The largest relative difference over every cell; infinite if a gap is in one alone."""
    columns = [name for name in theirs[0] if name != "uCode"]
    assert len(ours.places) == len(theirs) == 51
    worst = 0.0
    for row in theirs:
        for column in columns:
            mine = ours.of(column)[ours.row(row["uCode"])]
            wanted = number(row[column])
            if np.isnan(mine) and np.isnan(wanted):
                continue
            difference = abs(mine - wanted)
            relative = difference / abs(wanted) if wanted else difference
            worst = max(worst, np.inf if np.isnan(relative) else relative)
    return worst


@pytest.mark.parametrize(
    ("step", "file", "columns"),
    [
        ("scale", "denominated.csv", 49),
        ("impute", "impute_i_mean_grp.csv", 49),
        ("screen", "chain_screened.csv", 49),
        ("treat", "chain_treated.csv", 49),
        ("normalise", "chain_normalised.csv", 49),
        ("aggregate", "chain_aggregated.csv", 60),
    ],
)
def test_every_step_agrees_with_coinr(
    asem: Index, golden: Golden, step: str, file: str, columns: int
) -> None:
    theirs = golden.rows(file)

    assert len(theirs[0]) == columns + 1
    assert largest_difference(asem.stage(step).panel, theirs) <= TOLERANCE


def test_every_rank_of_every_node_agrees_with_coinr(asem: Index, golden: Golden) -> None:
    theirs = golden.rows("results_full_ranks.csv")
    columns = [name for name in theirs[0] if name in asem.ranks.codes]

    wrong = [
        (row["uCode"], node)
        for row in theirs
        for node in columns
        if asem.ranks.of(node)[asem.ranks.row(row["uCode"])] != number(row[node])
    ]

    assert len(columns) == 60
    assert wrong == []


def test_the_same_indicators_are_treated_as_by_coinr(asem: Index, golden: Golden) -> None:
    theirs = golden.rows("treat_default__details.csv")
    name = next(column for column in theirs[0] if column.lower() in {"icode", "indicator"})
    before = next(column for column in theirs[0] if "check_SkewKurt0.Pass" in column)
    failed = {row[name] for row in theirs if row[before].upper() == "FALSE"}

    treated = {flag.node for flag in asem.flags if flag.kind == "treated"}

    assert failed
    assert treated == failed
