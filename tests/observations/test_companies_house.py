"""The register of Companies House as a source: counted, kept, and refused when it is changed."""

from pathlib import Path

import pytest

from placedex.errors import UnreadableSource
from placedex.observations.sources.companies_house import CompaniesHouse, month_of
from placedex.observations.sources.source import Source
from tests.observations.desk import faults_of, kept, read_with
from tests.observations.large.tables import HEADER

pytest.importorskip("ibis")

BULK = "BasicCompanyDataAsOneFile-2026-11-01.csv"
LEEDS, WALSALL = "E08000035", "E08000030"
COMPANIES = (
    '"A","1","","LS1 1AA","Active","62012 - Software","62020 - Advice","",""',
    '"B","2","","LS1 1AA","Active","62012 - Software","","",""',
    '"C","3","","WS1 1AA","Active","None Supplied","","",""',
    '"D","4","","","Active","62012 - Software","","",""',
)


def write(folder: Path, name: str, *rows: str, header: str = HEADER) -> Path:
    path = folder / name
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def write_directory(folder: Path, name: str = "ONSPD_AUG_2026_UK.csv") -> Path:
    return write(folder, name, f"LS1 1AA,{LEEDS}", f"WS1 1AA,{WALSALL}", header="pcds,oslaua")


def test_it_is_a_source_and_names_no_person() -> None:
    source = CompaniesHouse()

    assert isinstance(source, Source)
    assert source.addresses == ()


@pytest.mark.parametrize(
    ("name", "month"),
    [
        (BULK, "2026-11"),
        ("BasicCompanyData-2026-11-01-part3_7.csv", "2026-11"),
        ("BasicCompanyDataAsOneFile-2019-02-01.csv.gz", "2019-02"),
        ("companieshouse_southyorkshire.csv.gz", "2024-11"),
        ("ONSPD_AUG_2026_UK.csv", None),
        ("BasicCompanyData.csv", None),
    ],
)
def test_the_month_is_told_by_the_name(name: str, month: str | None) -> None:
    assert month_of(Path(name)) == month


def test_companies_become_observations_with_parts(tmp_path: Path) -> None:
    write(tmp_path, BULK, *COMPANIES)
    write_directory(tmp_path)

    reading = read_with(CompaniesHouse(), tmp_path)

    assert faults_of(reading) == ()
    assert dict(reading.left_out) == {"companies without a postcode": 1}
    observations = kept(reading)
    wholes = {place: observations.series(place, "companies")[0].value for place in (LEEDS, WALSALL)}
    assert wholes == {LEEDS: 2.0, WALSALL: 1.0}
    (software,) = observations.series(LEEDS, "companies", part="62012")
    (advice,) = observations.series(LEEDS, "companies-by-any-industry", part="62020")
    assert (software.value, str(software.period), software.status.name) == (
        2.0,
        "2026-11",
        "DERIVED",
    )
    assert advice.value == 1.0
    assert advice.origin.note == "Placed by ONSPD_AUG_2026_UK.csv."
    assert observations.series(LEEDS, "companies", part="62020") == ()


def test_the_parts_of_one_month_are_counted_together(tmp_path: Path) -> None:
    write(tmp_path, "BasicCompanyData-2026-11-01-part1_2.csv", *COMPANIES[:1])
    write(tmp_path, "BasicCompanyData-2026-11-01-part2_2.csv", *COMPANIES[1:])
    write_directory(tmp_path)

    reading = read_with(CompaniesHouse(), tmp_path)

    assert kept(reading).series(LEEDS, "companies")[0].value == 2.0
    assert "In 2 parts" in reading.origins[0].note


def test_one_month_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    write(tmp_path, BULK, *COMPANIES)
    write(tmp_path, "BasicCompanyData-2026-11-01-part1_2.csv", *COMPANIES)
    write_directory(tmp_path)

    with pytest.raises(UnreadableSource, match="hold the companies of 2026-11 more than once"):
        read_with(CompaniesHouse(), tmp_path)


def test_without_a_directory_it_is_said_where_to_get_one(tmp_path: Path) -> None:
    write(tmp_path, BULK, *COMPANIES)

    with pytest.raises(UnreadableSource, match="Wanted a postcode directory of ONS in the same"):
        read_with(CompaniesHouse(), tmp_path)


def test_of_two_directories_none_is_chosen(tmp_path: Path) -> None:
    write(tmp_path, BULK, *COMPANIES)
    write_directory(tmp_path)
    write_directory(tmp_path, "NSPL_AUG_2026_UK.csv")

    with pytest.raises(UnreadableSource, match="are 2 postcode directories. Wanted one"):
        read_with(CompaniesHouse(), tmp_path)


def test_a_directory_alone_is_nobodys_file(tmp_path: Path) -> None:
    write_directory(tmp_path)

    assert CompaniesHouse().files(tmp_path) == ()


def test_a_file_cut_in_the_middle_is_refused(tmp_path: Path) -> None:
    write(tmp_path, BULK, *COMPANIES, '"E","5","","LS1')
    write_directory(tmp_path)

    with pytest.raises(UnreadableSource, match="Wanted whole files"):
        read_with(CompaniesHouse(), tmp_path)


def test_an_empty_file_and_a_changed_header_are_refused(tmp_path: Path) -> None:
    write_directory(tmp_path)
    path = write(tmp_path, BULK, header="")
    with pytest.raises(UnreadableSource, match="is empty. Wanted a header"):
        read_with(CompaniesHouse(), tmp_path)

    write(tmp_path, path.name, *COMPANIES, header=HEADER.replace("SICCode.SicText_2", "SIC2"))
    with pytest.raises(UnreadableSource, match="Wanted also 'SICCode.SicText_2'"):
        read_with(CompaniesHouse(), tmp_path)


def test_south_yorkshire_is_read_without_a_directory(shared: Path) -> None:
    """Sheffield and Barnsley bear codes of before April 2025 in the file."""
    reading = read_with(CompaniesHouse(), shared / "data" / "companies")

    assert faults_of(reading) == ()
    observations = kept(reading)
    assert observations.series("E08000039", "companies")[0].value == 33_752
    assert observations.series("E08000038", "companies")[0].value == 10_708
