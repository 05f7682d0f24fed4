"""Samples: small files in the layout of publishers whose own files are too large, or not at hand.

Headers of Connected Nations are those of the files of September 2019, of September 2020 and May
2021, which have one header, and of the later columns that Ofcom's own notes name. Figures of 2019
to 2021 are Ofcom's for Aberdeen City and Allerdale; the others are made up.
"""

import csv
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generate import HEADER as COMPANY_COLUMNS

SUPERFAST, ULTRAFAST = "SFBB availability (% premises)", "UFBB availability (% premises)"
ULTRAFAST_100 = "UFBB (100Mbit/s) availability (% premises)"
FULL_FIBRE, GIGABIT = (
    "Full Fibre availability (% premises)",
    "Gigabit availability (% premises)",
)
UNABLE = tuple(f"% of premises unable to receive {speed}Mbit/s" for speed in (2, 5, 10, 30))
BELOW = "% of premises below the USO"
WITHOUT = "% of premises unable to receive decent broadband from fixed or FWA"
AREAS = ("laua", "laua_name", "All Premises", "All Matched Premises")
FIXED_2018 = (*AREAS, SUPERFAST, ULTRAFAST, FULL_FIBRE, *UNABLE)
FIXED_2019 = (*FIXED_2018, BELOW)
FIXED_2020 = (*AREAS, SUPERFAST, ULTRAFAST_100, ULTRAFAST, FULL_FIBRE, GIGABIT, *UNABLE, BELOW)
FIXED_2026 = (*FIXED_2020[:-1], WITHOUT)
FIXED: dict[str, Sequence[Sequence[object]]] = {
    "201809_fixed_laua_coverage_r01.csv": (
        FIXED_2018,
        ("S12000033", "ABERDEEN CITY", 124000, 123000, 85.3, 8.2, 4.6, 0.1, 0.3, 0.8, 6.5),
    ),
    "201909_fixed_laua_coverage_r01.csv": (
        FIXED_2019,
        ("S12000033", "ABERDEEN CITY", 125441, 125311, 73.3, 20.1, 13.1, 0, 0.2, 0.7, 6.5, 0.2),
        ("E07000026", "ALLERDALE", 51385, 51284, 89.8, 1.7, 1.7, 1.2, 2.6, 3.6, 8.3, 1.2),
    ),
    "202009_fixed_laua_coverage_r01.csv": (
        FIXED_2020,
        ("S12000033", "ABERDEEN CITY", 126176, 125948, 94.6, 49.0, 41.6, 34.9, 34.9, 0.0, 0.2, 0.7,
         5.2, 0.2),
    ),
    "202105_fixed_laua_coverage_r01.csv": (
        FIXED_2020,
        ("S12000033", "ABERDEEN CITY", 127083, 126107, 94.4, 61.5, 55.8, 51.2, 51.2, 0.1, 0.2, 0.6,
         4.8, 0.1),
    ),
    "202507_fixed_laua_coverage_r01.csv": (
        FIXED_2020,
        ("S12000033", "ABERDEEN CITY", 132000, 131500, 98.0, 95.0, 94.0, 92.0, 92.5, 0.0, 0.1, 0.3,
         1.9, 0.1),
    ),
    "202601_fixed_laua_coverage_r1.csv": (
        FIXED_2026,
        ("S12000033", "ABERDEEN CITY", 132364, 131900, 98.1, 95.2, 94.3, 93.1, 93.4, 0.0, 0.1, 0.3,
         1.8, 0.05),
    ),
}  # fmt: skip


def bands(stem: str, ends: Sequence[object] = range(5)) -> tuple[str, ...]:
    """The columns of one kind of mobile coverage, which end in the number of operators."""
    return tuple(f"{stem}_{end}" for end in ends)


MOBILE_2018 = (*AREAS[:2], "prem_count", *bands("4G_geo_out"), *bands("4G_prem_in"))
NAMED = ("None", 1, 2, 3, "All")
HIGH = "5G_high_confidence"
MOBILE_2023 = (
    *(*AREAS[:2], "prem_count", *bands("4G_geo_out", NAMED), *bands("4G_prem_in", NAMED)),
    *(*bands(f"{HIGH}_geo_out", NAMED), *bands(f"{HIGH}_prem_out", NAMED)),
)
MOBILE_2024 = (*MOBILE_2018, *bands(f"{HIGH}_geo_out"), *bands(f"{HIGH}_prem_out"))
# In each group of five the shares add up to 100, and nought is left empty.
MOBILE: dict[str, Sequence[Sequence[object]]] = {
    "201809_mobile_laua_r02.csv": (
        MOBILE_2018,
        ("S12000033", "Aberdeen City", 124000, 0.5, 1, 2, 6.5, 90, "", 0.25, 1.75, 8, 90),
        ("E06000053", "Isles of Scilly", 2000, 100, "", "", "", "", "", "", "", "", ""),
    ),
    "202304_mobile_laua_with_5g_r01.csv": (
        MOBILE_2023,
        ("S12000033", "Aberdeen City", 127000, "", 1, 2, 3, 94, "", "", 1, 4, 95, 60, 20, 10, 5, 5,
         12.5, 20, 30, 20, 17.5),
    ),
    "202409_mobile_coverage_laua_r01.csv": (
        MOBILE_2024,
        ("S12000033", "Aberdeen City", 130000, "", "", 1, 2, 97, "", "", "", 1, 99, 41.75, 20, 20,
         10, 8.25, "", 10, 30, 40, 20),
    ),
}  # fmt: skip


def write_ofcom(folder: Path) -> Path:
    """The tables of districts of Connected Nations, fixed and mobile."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in {**FIXED, **MOBILE}.items():
        _write(folder / name, *rows)
    return folder


LEEDS, WALSALL = "E08000035", "E08000030"


def write_companies(folder: Path) -> Path:
    """A monthly file of companies with its 55 columns, and the directory of its postcodes."""
    folder.mkdir(parents=True, exist_ok=True)
    companies = (
        ("LS1 1AA", "62012 - Business and domestic software development"),
        ("LS1 1AA", "62020 - Information technology consultancy activities"),
        ("WS1 1AA", "62012 - Business and domestic software development"),
        ("WS1 1AA", "None Supplied"),
        ("", "62012 - Business and domestic software development"),
        ("ZZ9 9ZZ", "62012 - Business and domestic software development"),
    )
    given = {"RegAddress.PostCode": 0, "SICCode.SicText_1": 1}
    rows = [
        [
            f"{number:08d}"
            if column.strip() == "CompanyNumber"
            else (company[given[column]] if column in given else "")
            for column in COMPANY_COLUMNS
        ]
        for number, company in enumerate(companies, start=1)
    ]
    _write(folder / "BasicCompanyDataAsOneFile-2026-11-01.csv", COMPANY_COLUMNS, *rows)
    _write(
        folder / "ONSPD_AUG_2026_UK.csv",
        ("pcds", "oslaua"),
        ("LS1 1AA", LEEDS),
        ("WS1 1AA", WALSALL),
    )
    return folder


def _write(path: Path, *rows: Sequence[object]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
