"""Every published file that is at hand is read by a source, or it is said why not."""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from placedex.observations.sources import Claims, Described, built_in, claim
from placedex.observations.sources.not_figures import bundled_reasons, why_not
from tests.conftest import SHARED
from tests.observations.desk import read_with, rows_of

DATA = SHARED / "data"
pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the published files of ../shared are not on this machine"
)


@cache
def claims() -> Claims:
    return claim(DATA, built_in())


def test_every_file_is_read_or_it_is_said_why_not() -> None:
    read = {path for _, files in claims().by_source for path in files}
    explained = {name for name, _ in claims().explained}
    every = {path for path in DATA.rglob("*") if path.is_file()}

    assert claims().unclaimed == ()
    assert len(every) == len(read) + len(explained) + len(claims().unclaimed)
    assert all(why for _, why in claims().explained)


def test_no_reason_speaks_of_a_file_that_is_read() -> None:
    read = {path for _, files in claims().by_source for path in files}

    assert [path.name for path in sorted(read) if why_not(path)] == []


def test_every_reason_speaks_of_a_file() -> None:
    """Each name of the table is that of a file which is there, so that none is left over."""
    every = [path for path in DATA.rglob("*") if path.is_file()]
    forms = {form for reason in bundled_reasons() for form in reason.files}
    spare = {"LICENCE*"}

    assert {form for form in forms if not any(path.match(form) for path in every)} == spare


def sheets() -> Iterator[tuple[Path, str, set[str]]]:
    """Each sheet of each workbook that is read, with the sheets that its layout reads."""
    from python_calamine import CalamineWorkbook

    for source, files in claims().by_source:
        for path in files:
            if path.suffix != ".xlsx" or not isinstance(source, Described):
                continue
            tables = [
                table
                for table in source.layout.each()
                if any(path.match(form) for form in table.files)
            ]
            read = {(table.sheet or "").strip() for table in tables}
            for name in CalamineWorkbook.from_path(path).sheet_names:
                yield path, name.strip(), read


def test_every_sheet_of_a_workbook_is_read_or_it_is_said_why_not() -> None:
    found = [
        (path.name, sheet, sheet in read, why_not(path, sheet=sheet))
        for path, sheet, read in sheets()
    ]

    assert len(found) > 80
    assert [(name, sheet) for name, sheet, read, why in found if read == bool(why)] == []


@pytest.mark.parametrize(
    ("number", "period", "bids", "millions"),
    [(1, "2021-10", 105, 1693.3), (2, "2023-01", 111, 2088.2)],
)
def test_the_levelling_up_fund_adds_up_to_what_was_published(
    number: int, period: str, bids: int, millions: float
) -> None:
    """105 and 111 bids won £1,693.3 million and £2,088.2 million."""
    folder = DATA / "funding" / "levelling-up-fund"
    name = f"levelling-up-fund-round-{number}.csv"
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    together = [float(row["Bid Value"]) for row in rows if ";" in row["LADs"]]
    reading = read_with("levelling-up-fund", folder)

    figures = [one for one in rows_of(reading) if one["file"] == name]
    [whole] = [float(one["value"]) for one in figures if one["place"] == "K02000001"]
    districts = [float(one["value"]) for one in figures if one["place"] != "K02000001"]

    assert len(rows) == bids
    assert round(whole / 1e6, 1) == millions
    assert sum(districts) + sum(together) == pytest.approx(whole, abs=0.01)
    assert {one["period"] for one in figures} == {period}


def test_european_funds_are_pounds_though_the_header_says_millions() -> None:
    """The first project of England's list has 1,434,364, of total costs of 2,390,607: 60 %."""
    folder = DATA / "funding" / "esif"
    name = "ESIF_2014-2020_List_of_beneficiaries_Oct_2016.csv"
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    given = [
        float(row["ERDF/ESF investment £m"].strip().replace(",", "."))
        for row in rows
        if row["ERDF/ESF investment £m"].strip()
    ]
    figures = [one for one in rows_of(read_with("esif", folder)) if one["file"] == name]

    assert given[0] == 1_434_364
    assert sum(float(one["value"]) for one in figures) == pytest.approx(sum(given), rel=1e-12)
    assert all(float(one["value"]) > 1e8 for one in figures)
    assert {one["period"] for one in figures} == {"2014-01/P7Y"}


def test_wales_is_scored_by_its_own_formula() -> None:
    """Scores of 2019 weigh eight domains by 22, 22, 15, 14, 10, 7, 5 and 5 %, to 0.1 in each."""
    weights = {
        "Income": 22,
        "Employment": 22,
        "Health": 15,
        "Education": 14,
        "Access to Services": 10,
        "Housing": 7,
        "Community Safety": 5,
        "Physical Environment": 5,
    }
    figures: dict[str, dict[str, float]] = {}
    folder = DATA / "composites"
    for one in rows_of(read_with("deprivation-small-areas-wales", folder, everywhere=True)):
        if one["indicator"] == "deprivation-score-wales":
            figures.setdefault(one["place"], {})[one["part"]] = float(one["value"])

    off = [
        abs(scores[""] - sum(weight * scores[name] for name, weight in weights.items()) / 100)
        for scores in figures.values()
    ]
    assert len(figures) == 1_909
    assert max(off) < 0.08


@pytest.mark.parametrize(
    ("code", "folder", "figures"),
    [
        (
            "deprivation-small-areas-england",
            "deprivation/iod2019",
            {("E01000001", "small-area-people-counted", "", "2015"): 1_296,
             ("E01000001", "small-area-people-counted", "60 and over", "2015"): 465,
             ("E01000002", "deprivation-rank-england", "", "2019"): 30_379},
        ),
        (
            "deprivation-small-areas-scotland",
            "deprivation/simd2020",
            {("S01006506", "small-area-income-deprived-scotland", "", "2020"): 8,
             ("S01006506", "small-area-without-superfast", "", "2020"): 11,
             ("S01006506", "small-area-health-ratio-scotland", "deaths", "2020"): 70,
             ("S01006506", "small-area-drive-time-scotland", "secondary school", "2020"): 9.9,
             ("S01006506", "small-area-public-transport-time-scotland", "doctor", "2020"): 8.9,
             ("S01006506", "small-area-people-counted", "working age", "2017"): 580},
        ),
        (
            "deprivation-small-areas-northern-ireland",
            "deprivation/nimdm2017",
            {("95AA01S1", "small-area-income-deprived-ni", "", "2017"): 8.5,
             ("95AA01S1", "small-area-income-deprived-ni", "children", "2017"): 14.7,
             ("95AA01S1", "small-area-employment-deprived-ni", "", "2017"): 4.5},
        ),
        (
            "deprivation-small-areas-wales",
            "composites",
            {("W01000002", "small-area-income-deprived-wales", "", "2019"): 13,
             ("W01000002", "small-area-employment-deprived-wales", "", "2019"): 7},
        ),
        (
            "income-of-middle-areas",
            "digital-exclusion",
            {("E02002483", "small-area-net-income", "", "2022-04/P1Y"): 36_442},
        ),
        (
            "productivity-by-itl",
            "regional-accounts/itl2021-tables",
            {("E12000001", "gva-per-hour", "", "2004"): 22.09,
             ("E12000001", "gva-per-hour-smoothed", "", "2004"): 22.7,
             ("E12000001", "gva-per-job-volume-index", "", "2002"): 97.01},
        ),
        (
            "business-demography-workbook",
            "industry/business-demography",
            {("K02000001", "enterprise-survivors", "1 year", "2019"): 344_140,
             ("K02000001", "employer-births", "", "2024"): 294_485,
             ("K02000001", "active-businesses", "05", "2019"): 15},
        ),
        (
            "business-workbook",
            "industry/uk-business-counts",
            {("K02000001", "enterprises", "", "2009-03"): 2_152_400,
             ("E12000001", "enterprises", "0111", "2024-03"): 550,
             ("K02000001", "enterprises", "division 01 | employment 0-4", "2024-03"): 116_395,
             ("K02000001", "local-units", "0111 | employment 0-4", "2024-03"): 15_865},
        ),
        (
            "deprivation-united-kingdom",
            "deprivation/mysociety-uk-imd",
            {("95GG47S2", "deprivation-score-uk", "", "2020"): 122.89997895486216,
             ("N09000003", "people-by-deprivation-uk", "high", "2020"): 67.2958942898,
             ("E10000017", "deprivation-score-uk-by-council", "", "2020"): 23.505114013046413},
        ),
    ],
)  # fmt: skip
def test_figures_are_those_that_stand_in_the_files(
    code: str, folder: str, figures: dict[tuple[str, str, str, str], float]
) -> None:
    """Looked up in the files by hand; shares are read as percentages."""
    found = {
        (one["place"], one["indicator"], one["part"], one["period"]): one["value"]
        for one in rows_of(read_with(code, DATA / folder, everywhere=True))
    }

    for key, value in figures.items():
        assert float(found[key]) == pytest.approx(value, abs=1e-6)
