"""Other calls of COINr on other data, with answers from plain numpy and scipy, pass; wrong fail."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from tests.golden.__main__ import run
from tests.golden.test_golden import INPUT
from tests.golden.variants import write_table

UNITS = [f"U{at:02d}" for at in range(12)]
CODES, SIGNS = ["a", "b", "c", "d"], np.array([1, -1, 1, 1])
RNG = np.random.default_rng(21)
RAW = RNG.uniform(1, 9, (12, 4)).round(3)
RAW[4, 2] = np.nan
TURNED = RAW * SIGNS
LOW, HIGH = np.nanmin(TURNED, axis=0), np.nanmax(TURNED, axis=0)
POINTS = 100 * (TURNED - LOW) / (HIGH - LOW)


def rows_of(values: Any, names: list[str], units: list[str] = UNITS) -> list[dict[str, Any]]:
    return [
        {"uCode": unit} | {n: "" if np.isnan(x) else x for n, x in zip(names, row, strict=True)}
        for unit, row in zip(units, np.asarray(values, dtype=float), strict=True)
    ]


def about() -> list[dict[str, Any]]:
    tree = {"a": "P", "b": "P", "c": "Q", "d": "Q", "P": "Top", "Q": "Top", "Top": ""}
    made = []
    for code, parent in tree.items():
        level = 1 if code in CODES else 3 if code == "Top" else 2
        sign = SIGNS[CODES.index(code)] if code in CODES else 1
        ends = [float(np.nanmin(RAW)), 6.0]
        row = {
            "Level": level, "iCode": code, "iName": code, "Direction": sign, "Weight": 1,
            "Unit": "", "Target": 3 if sign < 0 else 7, "Denominator": "", "Parent": parent,
            "Type": "Indicator" if level == 1 else "Aggregate", "goalpost_lower": ends[0],
            "goalpost_upper": ends[1], "goalpost_scale": 10, "goalpost_trunc2posts": "TRUE",
            "dist2targ_cap_max": "TRUE", "zscore_mean": 50, "zscore_sd": 8,
        }  # fmt: skip
        made.append(row)
    return made


def shelf(
    folder: Path,
    *calls: tuple[str, str, str, list[dict[str, Any]]],
    data: list[dict[str, Any]] | None = None,
) -> dict[str, str]:
    """How calls on the other data come out: the outcome of each table."""
    inputs = [
        ("asem_iData", "COINr::other_iData", "", data or rows_of(RAW, CODES)),
        ("asem_iMeta", "COINr::other_iMeta", "", about()),
    ]
    listed = []
    for name, call, given, rows in (*inputs, *calls):
        write_table(folder / f"{name}.csv", rows)
        listed.append({"file": f"{name}.csv", "call": call, "input": given, "detail": ""})
    write_table(folder / "raw.csv", rows_of(RAW, CODES))
    write_table(folder / "chain_normalised.csv", rows_of(POINTS, CODES))
    (folder / "manifest.json").write_text(json.dumps(listed), encoding="utf-8")
    return {one.name.removesuffix(".csv"): one.outcome for one in run(folder)}


def held(folder: Path, name: str, call: str, given: str, rows: list[dict[str, Any]]) -> None:
    """Hold that a table passes, and fails with any one number in it made wrong."""
    assert shelf(folder, (name, call, given, rows))[name] == "passed"
    for column in list(rows[0]):
        wrong = [dict(row) for row in rows]
        at = next((r for r in wrong if isinstance(r[column], float | int)), None)
        if at is not None:
            at[column] += 0.5
            assert shelf(folder, (name, call, given, wrong))[name] == "failed", column


def whole(f_n: str, para: str) -> str:
    specs = f"list(f_n='{f_n}',f_n_para={para})"
    return f"Normalise(coin,'Raw',global_specs={specs},out2='df')"


def ranked(column: np.ndarray) -> np.ndarray:
    known = ~np.isnan(column)
    out = np.full(column.shape, np.nan)
    out[known] = stats.rankdata(column[known], method="min")
    return out


RANKS = np.column_stack([ranked(column) for column in TURNED.T])
TARGETS = np.where(SIGNS < 0, -3, 7)
POSTS = np.clip((RAW - np.nanmin(RAW)) / (6.0 - np.nanmin(RAW)), 0, 1)
NORMALISED = {
    "prank": ("n_prank", "NULL", (RANKS - 1) / (np.sum(~np.isnan(RAW), axis=0) - 1)),
    "dist2max": ("n_dist2max", "NULL", (TURNED - LOW) / (HIGH - LOW)),
    "dist2ref": (
        "n_dist2ref",
        "list(iref=8,cap_max=TRUE)",
        np.minimum((TURNED - LOW) / (TURNED[7] - LOW), 1),
    ),
    "dist2targ": ("n_dist2targ", "'use_iMeta'", np.minimum((TURNED - LOW) / (TARGETS - LOW), 1)),
    "goalposts": ("n_goalposts", "'use_iMeta'", 10 * np.where(SIGNS > 0, POSTS, 1 - POSTS)),
    "zscore": (
        "n_zscore",
        "'use_iMeta'",
        50 + 8 * (TURNED - np.nanmean(TURNED, axis=0)) / np.nanstd(TURNED, axis=0, ddof=1),
    ),
    "borda_max": ("n_borda", "list(ties.method='max')", RANKS - 1),
}


@pytest.mark.parametrize("kind", NORMALISED)
def test_every_normalisation_is_known_by_its_function(tmp_path: Path, kind: str) -> None:
    name, para, expected = NORMALISED[kind]
    held(tmp_path, "norm_any", whole(name, para), "raw, asem_iMeta", rows_of(expected, CODES))


def test_a_function_that_is_not_known_is_a_skip(tmp_path: Path) -> None:
    call = ("norm_new", whole("n_newest", "NULL"), "raw", rows_of(RAW, CODES))
    assert shelf(tmp_path, call)["norm_new"] == "skipped"


def test_goalposts_of_the_call_may_be_left_open(tmp_path: Path) -> None:
    para = "list(gposts=c(2,6,100),direction=1,trunc2posts=FALSE)"
    expected = rows_of(100 * (TURNED - 2) / 4, CODES)
    held(tmp_path, "norm_posts", whole("n_goalposts", para), "raw", expected)


def parts(values: np.ndarray) -> np.ndarray:
    first, second = np.nanmean(values[:, :2], axis=1), np.nanmean(values[:, 2:], axis=1)
    return np.column_stack([first, second, (first + second) / 2])


def test_a_node_of_any_level_may_be_left_out(tmp_path: Path) -> None:
    p, q, top = parts(POINTS).T
    columns = {"Nominal": top, "P": q, "Q": p}
    rows = rows_of(np.column_stack(list(columns.values())), list(columns))
    call = "remove_elements(coin,Level=2,dset='Aggregated',iCode='Top')"
    held(tmp_path, "remove_level2__scores", call, "chain_normalised", rows)
    ranks = {name: stats.rankdata(-np.round(one, 9), method="min") for name, one in columns.items()}
    shifts = [
        {"element": name, "MeanAbsDiff": float(np.abs(one - ranks["Nominal"]).mean())}
        for name, one in ranks.items()
    ]
    held(tmp_path, "remove_level2__meanabsdiff", call, "chain_normalised", shifts)


def test_weights_are_of_the_table_that_the_call_names(tmp_path: Path) -> None:
    mine = {"a": 3.0, "b": 1.0, "c": 1.0, "d": 1.0, "P": 2.0, "Q": 1.0, "Top": 1.0}
    (tmp_path / "own_weights.csv").write_text(
        "iCode,Level,Weight\n" + "".join(f"{code},1,{one}\n" for code, one in mine.items()),
        encoding="utf-8",
    )
    p = (3 * POINTS[:, 0] + POINTS[:, 1]) / 4
    q = np.nanmean(POINTS[:, 2:], axis=1)
    rows = rows_of(np.column_stack([p, q, (2 * p + q) / 3]), ["P", "Q", "Top"])
    call = "Aggregate(coin,'Normalised',f_ag='a_amean',w=own_weights)"
    held(tmp_path, "agg_own", call, "chain_normalised", rows)


def test_correlations_are_of_any_measure_long_or_wide(tmp_path: Path) -> None:
    known = ~np.isnan(RAW).any(axis=1)
    tau = [[stats.kendalltau(*(RAW[known][:, [i, j]].T if 2 in (i, j) else RAW[:, [i, j]].T))[0]
            for j in range(4)] for i in range(4)]  # fmt: skip
    call = "get_corr(coin,'Raw',Levels=1,pval=0,cortype='kendall',make_long=FALSE)"
    wide = [
        {"Var": one} | dict(zip(CODES, row, strict=True))
        for one, row in zip(CODES, tau, strict=True)
    ]
    held(tmp_path, "corr_wide", call, "raw", wide)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("imp_type='latest'", [None, 4, 4, 4, 8]),
        ("imp_type='latest',max_time=1", [None, 4, 4, None, 8]),
        ("imp_type='constant'", [4, 4, 4, 4, 8]),
        ("imp_type='linear-constant'", [4, 4, 4 + 4 / 3, 4 + 8 / 3, 8]),
    ],
)
def test_gaps_of_a_panel_are_filled_by_the_kind_of_the_call(
    tmp_path: Path, kind: str, expected: list[float | None]
) -> None:
    given = [None, 4.0, None, None, 8.0]

    def panel(values: list[Any]) -> list[dict[str, Any]]:
        return [
            {"uCode": "Z", "Time": 2010 + at, "x": "" if one is None else float(one)}
            for at, one in enumerate(values)
        ]

    write_table(tmp_path / "holes.csv", panel(given))
    name, call = "impute_panel_any", f"impute_panel(df,{kind})"
    assert shelf(tmp_path, (name, call, "holes", panel(expected)))[name] == "passed"
    assert shelf(tmp_path, (name, call, "holes", panel([9, *expected[1:]])))[name] == "failed"


def test_gaps_are_filled_with_the_median_of_the_group_that_the_call_names(tmp_path: Path) -> None:
    groups = ["x", "y"] * 6
    pairs = zip(rows_of(RAW, CODES), groups, strict=True)
    data = [row | {"Pop_group": group, "EurAsia_group": "z"} for row, group in pairs]
    filled = RAW.copy()
    filled[4, 2] = np.nanmedian(RAW[::2, 2])
    call = "Impute(coin, dset='Raw', f_i='i_median_grp', use_group='Pop_group')"
    rows = rows_of(filled, CODES)
    assert shelf(tmp_path, ("impute_any", call, "raw", rows), data=data)["impute_any"] == "passed"
    rows[4]["c"] += 0.1
    assert shelf(tmp_path, ("impute_any", call, "raw", rows), data=data)["impute_any"] == "failed"


def test_what_follows_drawing_in_is_told_by_the_call(tmp_path: Path) -> None:
    given = np.column_stack([[*range(1, 12), 1000.0], RAW[:, 0], RAW[:, 1], RAW[:, 3]])
    expected = given.copy()
    expected[:, 0] = (np.sqrt(given[:, 0]) - 1) / 0.5
    write_table(tmp_path / "far.csv", rows_of(given, CODES))
    second = "f2='boxcox',f2_para=list(lambda=0.5)"
    call = f"Treat(coin,'Raw',global_specs=list(f1_para=list(winmax=0),{second}))"
    held(tmp_path, "treat_far__data", call, "far", rows_of(expected, CODES))
    unknown = call.replace("boxcox", "newest")
    tables = ("treat_far__data", unknown, "far", rows_of(expected, CODES))
    assert shelf(tmp_path, tables)["treat_far__data"] == "skipped"


def test_inputs_are_skips_by_their_names(tmp_path: Path) -> None:
    assert set(shelf(tmp_path).values()) == {"skipped"}
    assert {one.why for one in run(tmp_path)} == {INPUT}


def test_each_small_call_at_the_edge_is_told_by_its_name(tmp_path: Path) -> None:
    edges = {
        "minmax_constant": {"value": ["NaN", "NaN", "0"], "warning": None},
        "log_CT": {
            "value": [str(np.log(0.05)), str(np.log(1.05)), str(np.log(5.05))],
            "warning": None,
        },
        "hmean_zero": {"value": "ERROR: nought", "warning": None},
        "something_new": {"value": "1", "warning": None},
    }
    (tmp_path / "edge_cases.json").write_text(json.dumps(edges), encoding="utf-8")
    manifest = [{"file": "edge_cases.json", "call": "small direct calls", "input": ""}]
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    found = {one.name.partition(" ")[2]: one.outcome for one in run(tmp_path)}

    assert found == {
        "minmax_constant": "failed",
        "log_CT": "passed",
        "hmean_zero": "passed",
        "something_new": "skipped",
    }
