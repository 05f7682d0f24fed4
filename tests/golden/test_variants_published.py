"""Other cases of section C, published or worked out in plain numpy, pass; wrong ones fail."""

import csv
import gzip
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from tests.golden.case import number, read_rows
from tests.golden.variants import hold, verdict_of, write_case

Rows = list[dict[str, Any]]
WEIGHTS = {"Income": 0.5, "Health and care": 0.3, "Crime": 0.199}
RNG = np.random.default_rng(11)


def stretched(ranks: np.ndarray, count: int, *, itself: bool) -> np.ndarray:
    share = (count - ranks + itself) / count
    return np.asarray(-23 * np.log(1 - share * (1 - np.exp(-100 / 23))))


def tied_ranks(count: int) -> np.ndarray:
    """Ranks of three domains with ties, published as minima: (places, domains)."""
    figures = RNG.integers(0, count // 2, (count, 3))
    return np.column_stack([stats.rankdata(-one, method="min") for one in figures.T])


@pytest.mark.parametrize(
    ("name", "said", "rule"),
    [
        ("C03_iod2031", "", "average"),
        ("C04_wimd2025", "ties used as minima, unlike England", "minima"),
        ("C04_wimd2031", "", "minima"),
        ("C05_simd2031", "R=(N-rank)/N", "scottish"),
        ("C01_small", "X=-23*ln(1-R*(1-exp(-100/23))), R = (N - rank) / N", "scottish"),
        ("C01_even", "tied ranks are published as the minimum but enter as AVERAGE", "average"),
    ],
)
def test_the_rule_for_ranks_is_what_the_case_says(
    tmp_path: Path, name: str, said: str, rule: str
) -> None:
    ranks = tied_ranks(80)
    used = ranks
    if rule == "average":
        used = np.column_stack([stats.rankdata(one) for one in ranks.T])
    points = np.column_stack([stretched(one, 80, itself=rule != "scottish") for one in used.T])
    score = points @ np.array(list(WEIGHTS.values()))
    whole = stats.rankdata(-np.round(score, 9), method="min")
    given = [
        {"area": f"z{at}", "crime_rank": row[2], "Income_Domain_Rank": row[0],
         "health_and_care_rank": row[1]}
        for at, row in enumerate(ranks.tolist())
    ]  # fmt: skip
    answers = [
        {"area": f"z{at}", "index_score": score[at], "index_rank": int(whole[at]),
         "index_decile": int(np.ceil(whole[at] / 8))}
        for at in range(80)
    ]  # fmt: skip
    tables = {"in_ranks": given, "exp_index": answers[::-1]}
    case = {"params": {"weights": WEIGHTS, "c": 23}, "conventions": said}
    hold(write_case(tmp_path, name, case, tables))


def packed(path: Path) -> Rows:
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def plain(cell: str) -> str:
    """A number without the commas between thousands."""
    return cell.replace(",", "")


def test_the_scottish_index_is_held_against_its_published_ranks(
    tmp_path: Path, shared: Path
) -> None:
    # Twenty-one of the 6,976 ranks of the second version differ, by two at most.
    source = packed(shared / "data" / "deprivation" / "simd2020" / "SIMD+2020v2+-+ranks.csv.gz")
    domains = {"Income": 28, "Employment": 28, "Health": 14, "Education": 14, "Access": 9,
               "Crime": 5, "Housing": 2}  # fmt: skip
    columns = {
        name: next(column for column in source[0] if f"_{name}_" in column) for name in domains
    }
    tables = {
        "in_ranks": [
            {"zone": row["Data_Zone"]} | {f"{n}_rank": row[c] for n, c in columns.items()}
            for row in source
        ],
        "exp_rank": [
            {"zone": row["Data_Zone"], "SIMD_rank": row["SIMD2020v2_Rank"]} for row in source
        ],
    }
    weights = {name: weight / 100 for name, weight in domains.items()}
    case: dict[str, Any] = {
        "params": {"weights": weights},
        "expected": {"rank_mismatches": 21, "max_rank_diff": 2},
    }
    path = write_case(tmp_path, "C05_simd2020", case, tables)
    assert verdict_of(path).outcome == "passed"
    case["expected"]["rank_mismatches"] = 20
    assert verdict_of(write_case(tmp_path, "C05_simd2020", case, tables)).outcome == "failed"
    case = {**case, "conventions": "R=(N-rank+1)/N", "expected": {"rank_mismatches": 21}}
    assert verdict_of(write_case(tmp_path, "C01_not_so", case, tables)).outcome == "failed"


def test_the_english_index_of_2019_is_held_against_its_published_ranks(
    tmp_path: Path, shared: Path
) -> None:
    folder = shared / "data" / "deprivation" / "iod2019"
    ranks = packed(folder / "File_2_-_IoD2019_Domains_of_Deprivation.csv.gz")
    index = packed(folder / "File_1_-_IMD2019_Index_of_Multiple_Deprivation.csv.gz")
    weights = {"Income": 0.225, "Employment": 0.225, "Education": 0.135, "Health": 0.135,
               "Crime": 0.093, "Barriers": 0.093, "Living": 0.093}  # fmt: skip
    columns = {
        name: next(c for c in ranks[0] if c.startswith(name) and "Rank" in c) for name in weights
    }
    rank = next(c for c in index[0] if "Rank" in c)
    decile = next(c for c in index[0] if "Decile" in c)
    key, other = next(iter(ranks[0])), next(iter(index[0]))
    tables = {
        "in_ranks": [
            {"lsoa11": row[key]}
            | {f"{n}_rank": row[c].replace(",", "") for n, c in columns.items()}
            for row in ranks
        ],
        "exp_imd": [
            {
                "lsoa11": row[other],
                "IMD_rank": row[rank].replace(",", ""),
                "IMD_decile": row[decile],
            }
            for row in index
        ],
    }
    case = {"params": {"weights": weights, "c": 23}, "expected": {"rank_mismatches": 30}}
    assert verdict_of(write_case(tmp_path, "C03_iod2019", case, tables)).outcome == "passed"
    case["expected"] = {"rank_mismatches": 29}
    assert verdict_of(write_case(tmp_path, "C03_iod2019", case, tables)).outcome == "failed"


def test_domains_are_of_as_many_subdomains_as_there_are_weights(tmp_path: Path) -> None:
    ranks = tied_ranks(40)
    points = [stretched(stats.rankdata(one), 40, itself=True) for one in ranks.T]
    tables = {
        "in_sub": [
            {"code": at} | dict(zip("abc", row, strict=True))
            for at, row in enumerate(ranks.tolist())
        ],
        "exp_dom": [
            {"code": at, "One_score": one, "Two_score": two}
            for at, (one, two) in enumerate(
                zip(points[0], 0.6 * points[1] + 0.4 * points[2], strict=True)
            )
        ],
    }
    case = {"params": {"weights": {"One": [1.0], "Two": [0.6, 0.4]}}}
    hold(write_case(tmp_path, "C02_three_parts", case, tables))


@pytest.mark.parametrize(
    ("name", "given", "answers"),
    [
        ("C06_hdi2021", ("le", "eys", "mys", "gnipc"), ("hdi", "hdi_rank")),
        (
            "C07_ihdi2021",
            ("le", "eys", "mys", "gnipc", "ineq_le", "ineq_edu", "ineq_inc"),
            ("ihdi",),
        ),
        (
            "C07_gii2021",
            ("mmr", "abr", "pr_f", "pr_m", "se_f", "se_m", "lfpr_f", "lfpr_m"),
            ("gii", "gii_rank"),
        ),
    ],
)
def test_the_indices_of_human_development_are_held_against_what_was_published(
    tmp_path: Path, shared: Path, name: str, given: tuple[str, ...], answers: tuple[str, ...]
) -> None:
    folder = shared / "data" / "composites" / "hdi"
    rows = packed(folder / "HDR21-22_Composite_indices_complete_time_series.csv.gz")
    rows = [
        row for row in rows
        if len(row["iso3"]) == 3 and all(row[f"{one}_2021"] for one in (*given, *answers))
    ]  # fmt: skip

    def chosen(names: tuple[str, ...]) -> Rows:
        return [
            {"iso3": row["iso3"]} | {f"{n}_2021": row[f"{n}_2021"] for n in names} for row in rows
        ]

    tables = {"in_dims": chosen(given), "exp_index": chosen(answers)[::-1]}
    hold(write_case(tmp_path, name, {"tolerance": 0.0005001}, tables))


def test_e_government_has_its_weights_and_missing_states_by_name(tmp_path: Path) -> None:
    parts = RNG.uniform(0, 1, (30, 3)).round(4)
    index = (parts @ np.array([0.33, 0.34, 0.33])).round(6)
    published = np.where(np.arange(30) == 4, 0.0, index)
    ranks = stats.rankdata(-published, method="min").astype(int)
    tables = {
        "in_sub": [
            {"m49": at} | dict(zip(("tii", "osi", "hci"), row, strict=True))
            for at, row in enumerate(parts.tolist())
        ],
        "exp_egdi": [
            {"m49": at, "e-gov-index": one, "e-gov-rank": ranks[at]}
            for at, one in enumerate(published.tolist())
        ],
    }
    params = {"weights_osi_hci_tii": [0.34, 0.33, 0.33]}
    hold(write_case(tmp_path, "C08_egdi2010", {"tolerance": 1e-6, "params": params}, tables))


def test_gaps_of_the_digital_economy_leave_their_weight_to_the_rest(tmp_path: Path) -> None:
    figures = RNG.uniform(0, 2, (6, 4))
    figures[2, 1] = np.nan
    about: Rows = [
        {"Indicator": code, "Min": 0, "Max": 2, "Weight": weight, "code": code}
        for code, weight in (("1a1", 2), ("1a2", 1), ("1b1", 1), ("2a1", 1))
    ]
    points = 50 * figures
    first = np.where(np.isnan(points[:, 1]), points[:, 0], (2 * points[:, 0] + points[:, 1]) / 3)
    one = 0.4 * first + 0.6 * points[:, 2]
    index = 0.75 * one + 0.25 * points[:, 3]
    given = [
        {"Country": f"c{at}"}
        | {one["code"]: "" if np.isnan(x) else x for one, x in zip(about, row, strict=True)}
        for at, row in enumerate(figures)
    ]
    answers = [
        {"Country": f"c{at}", "DESI_missing_dropped": index[at], "dim1": one[at],
         "sub1a": first[at], "rank": int((index > index[at]).sum() + 1)}
        for at in range(6)
    ]  # fmt: skip
    params = {
        "subdim_weights": {"1a": 0.4, "1b": 0.6, "2a": 1},
        "dim_weights": {"1": 0.75, "2": 0.25},
    }
    tables = {"in_indicators": given[::-1], "in_meta": about, "exp_desi": answers}
    hold(write_case(tmp_path, "C09_missing", {"params": params}, tables))


def test_risks_are_scored_within_each_district(tmp_path: Path) -> None:
    rows = [{"lsoa": f"E{at}", "district": "XY"[at % 2], "p65": at, "slow": 3 * at, "flat": 1}
            for at in range(6)]  # fmt: skip
    share = [5.0 * (at // 2) for at in range(6)]
    expected = [
        {"lsoa": row["lsoa"], "score_p65": up, "score_slow": 10 - up, "score_flat": 5,
         "demography": up, "other": (2 * (10 - up) + 5) / 3,
         "deri": (up + 3 * (2 * (10 - up) + 5) / 3) / 4}
        for row, up in zip(rows, share, strict=True)
    ]  # fmt: skip
    params = {
        "weights": {"demography": {"p65": 1}, "other": {"slow": 2, "flat": 1}},
        "component_weights": [1, 3],
        "zero_range_rule": "score 5",
        "reversed": ["slow"],
    }
    tables = {"in_rows": rows, "exp_scores": expected[::-1]}
    hold(write_case(tmp_path, "C10_two_districts", {"params": params}, tables))


def test_the_welsh_rule_is_not_that_of_england(tmp_path: Path, shared: Path) -> None:
    # The English index of 2025 with ties as minima misses its published scores.
    source = shared / "golden" / "methods"
    tables: dict[str, Rows] = {
        ending: [dict(row) for row in read_rows(source / f"C01_iod2025__{ending}.csv.gz")]
        for ending in ("in_ranks", "exp_imd")
    }
    weights = {"Income": 0.225, "Employment": 0.225, "Education": 0.135, "Health": 0.135,
               "Crime": 0.093, "Housing_and_Services": 0.093, "Environment": 0.093}  # fmt: skip
    assert number(tables["exp_imd"][0]["IMD_score"]) > 0
    for ties, outcome in (("average", "passed"), ("min", "failed")):
        case = {"tolerance": 0.000501, "params": {"weights": weights, "c": 23, "ties": ties}}
        path = write_case(tmp_path, f"C01_{ties}", case, tables)
        assert verdict_of(path).outcome == outcome
        path.unlink()
