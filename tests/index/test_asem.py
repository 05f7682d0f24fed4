"""The whole ASEM index, every step of it, against what COINr 1.1.14 computes (golden/coinr)."""

from pathlib import Path

import numpy as np
import pytest

from placedex.index import Index, build
from placedex.observations import Panel
from tests.index.asem import Golden, asem, number

TOLERANCE = 1e-9


@pytest.fixture(scope="module")
def golden(shared: Path) -> Golden:
    return Golden(shared / "golden" / "coinr")


@pytest.fixture(scope="module")
def built(golden: Golden) -> Index:
    """The index, built by placedex from the data and metadata that ship with COINr."""
    return build(*asem(golden))


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
    built: Index, golden: Golden, step: str, file: str, columns: int
) -> None:
    theirs = golden.rows(file)

    assert len(theirs[0]) == columns + 1
    assert largest_difference(built.stage(step).panel, theirs) <= TOLERANCE


def test_every_rank_of_every_node_agrees_with_coinr(built: Index, golden: Golden) -> None:
    theirs = golden.rows("results_full_ranks.csv")
    columns = [name for name in theirs[0] if name in built.ranks.codes]

    wrong = [
        (row["uCode"], node)
        for row in theirs
        for node in columns
        if built.ranks.of(node)[built.ranks.row(row["uCode"])] != number(row[node])
    ]

    assert len(columns) == 60
    assert wrong == []


def test_the_same_indicators_are_treated_as_by_coinr(built: Index, golden: Golden) -> None:
    theirs = golden.rows("treat_default__details.csv")
    name = next(column for column in theirs[0] if column.lower() in {"icode", "indicator"})
    before = next(column for column in theirs[0] if "check_SkewKurt0.Pass" in column)
    failed = {row[name] for row in theirs if row[before].upper() == "FALSE"}

    treated = {flag.node for flag in built.flags if flag.kind == "treated"}

    assert failed
    assert treated == failed
