"""Tables moved to other places give the figures that their publishers give for those."""

import csv
import gzip
from pathlib import Path

import pytest

from placedex.places import (
    Sums,
    WeightedMeans,
    all_registers,
    bundled_register,
    gather,
    make_table,
    recode,
)


@pytest.mark.parametrize("year", ["2001", "2005", "2011"])
def test_sums_of_old_districts_are_the_published_people_of_the_new(shared: Path, year: str) -> None:
    """The one table has the districts before 2023, the other the authorities after."""
    folder = shared / "data" / "geography" / "population"
    old = read_workbook(folder / "populationestimatesbylocalauthority.xlsx", year)
    with (folder / "population_LAD.csv").open(encoding="utf-8") as file:
        new = {
            row["region_code"]: float(row[year])
            for row in csv.DictReader(file)
            if row["age_band"] == "All ages"
        }

    done = recode(make_table(old), register=bundled_register(), rule=Sums())

    for code in ("E06000063", "E06000064", "E06000065", "E06000066"):
        assert done[code] == new[code]
    assert len(done.codes) == 361
    assert done.values.sum() == sum(old.values())


def read_workbook(path: Path, year: str) -> dict[str, float]:
    from python_calamine import CalamineWorkbook

    header, *rows = (
        CalamineWorkbook.from_path(path).get_sheet_by_name("Data population").to_python()
    )
    column = header.index(float(year))
    districts = {place.code for place in bundled_register() if place.kind == "district"}
    return {str(row[0]): float(str(row[column])) for row in rows if row[0] in districts}


@pytest.mark.parametrize("indicator", ["Business births", "Business deaths"])
def test_weighted_means_of_old_districts_are_the_published_rates_of_the_new(
    shared: Path, indicator: str
) -> None:
    """Births and deaths in 2019 are rates of the active enterprises of 2019 (ONS)."""
    active = read_active(shared)
    rates = read_rates(shared, indicator, "2019")
    areas = bundled_register()
    old = {code: rate for code, rate in rates.items() if code in active and code in areas}
    olds = {one.old for one in areas.changes if one.new in MERGED_2020_TO_2023}

    done = recode(
        make_table({code: rate for code, rate in old.items() if code in olds}),
        register=areas,
        rule=WeightedMeans(active, of="active enterprises in 2019"),
    )

    for code in MERGED_2020_TO_2023:
        assert done[code] == pytest.approx(rates[code], rel=1e-14)


MERGED_2020_TO_2023 = (
    "E06000060", "E06000061", "E06000062", "E06000063", "E06000064", "E06000065", "E06000066",
)  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new"),
    [(("E07000205", "E07000206"), "E07000244"), (("E07000201", "E07000204"), "E07000245")],
)
def test_one_pair_of_weights_explains_both_rates_of_a_district_of_suffolk(
    shared: Path, old: tuple[str, str], new: str
) -> None:
    """Births give the shares of the two old districts in 2018; with them deaths must agree."""
    births = read_rates(shared, "Business births", "2018")
    deaths = read_rates(shared, "Business deaths", "2018")
    first = (births[new] - births[old[1]]) / (births[old[0]] - births[old[1]])
    rule = WeightedMeans({old[0]: first, old[1]: 1 - first}, of="active enterprises in 2018")

    done = recode(
        make_table({code: deaths[code] for code in old}), register=bundled_register(), rule=rule
    )

    assert done[new] == pytest.approx(deaths[new], rel=1e-12)


def read_rates(shared: Path, indicator: str, year: str) -> dict[str, float]:
    name = "ons-els-history/other/business-demography_2018-2023__96359708.csv.gz"
    with gzip.open(shared / "data" / name, "rt", encoding="utf-8") as file:
        return {
            row["areacd"]: float(row["observation"])
            for row in csv.DictReader(file)
            if row["indicator"] == indicator and row["period"] == year and row["observation"]
        }


def read_active(shared: Path) -> dict[str, float]:
    from python_calamine import CalamineWorkbook

    name = "industry/business-demography/businessdemographyexceltables2024.xlsx"
    sheet = CalamineWorkbook.from_path(shared / "data" / name).get_sheet_by_name("Table 3.1a")
    rows = sheet.to_python()
    return {str(row[0]): row[2] for row in rows if row[0] and isinstance(row[2], float)}


def test_small_areas_gathered_into_districts_agree_with_districts_recoded(shared: Path) -> None:
    """Two ways from the areas of 2011 to the districts of 2025, over the published denominators."""
    name = "deprivation/iod2019/File_6_-_IoD2019_Population_Denominators.csv.gz"
    small: dict[str, float] = {}
    district: dict[str, float] = {}
    with gzip.open(shared / "data" / name, "rt", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            people = float(row["Total population: mid 2015 (excluding prisoners)"].replace(",", ""))
            code = row["Local Authority District code (2019)"]
            small[row["LSOA code (2011)"]] = people
            district[code] = district.get(code, 0) + people
    registers = all_registers()
    areas = [place for place in registers["small-areas-2011"] if place.code.startswith("E01")]

    up = gather(
        make_table(small),
        places=areas,
        parents=registers.districts("small-areas-2011"),
        rule=Sums(),
    )
    across = recode(make_table(district), register=bundled_register(), rule=Sums())

    assert len(up.codes) == 296
    assert dict(zip(up.codes, up.values, strict=True)) == dict(
        zip(across.codes, across.values, strict=True)
    )
