"""Companies counted by place and industry, by hand and against what others counted."""

from pathlib import Path

import pytest

from placedex.errors import BadUsage, UnreadableSource
from placedex.observations.large import (
    codes_of,
    count_companies,
    read_companies,
    read_directory,
    tabulate,
)
from placedex.places import bundled_register
from placedex.store import Engine
from tests.observations.large.tables import (
    CODES,
    COMPANIES,
    HEADER,
    rows,
    write_companies,
    write_directory,
)

REGISTER = bundled_register()


def test_companies_are_counted_by_place_and_by_each_industry(
    engine: Engine, tmp_path: Path
) -> None:
    """A company that names one industry twice counts in it once; SIC 2003 is no part."""
    companies = read_companies(engine, [write_companies(tmp_path / "companies.csv")])
    directory = read_directory(engine, [write_directory(tmp_path / "directory.csv")])

    counted = count_companies(engine, companies, codes=CODES, directory=directory)

    assert rows(engine, counted.figures) == [
        ("E1", "companies", "", 2.0),
        ("E1", "companies", "62012", 2.0),
        ("E1", "companies-by-any-industry", "", 2.0),
        ("E1", "companies-by-any-industry", "62012", 2.0),
        ("E1", "companies-by-any-industry", "62020", 1.0),
        ("E2", "companies", "", 1.0),
        ("E2", "companies-by-any-industry", "", 1.0),
        ("E2", "companies-by-any-industry", "62020", 1.0),
    ]
    assert counted.left_out == {
        "companies without a postcode": 1,
        "companies whose postcode is not in the directory": 1,
        "companies in places that are not in the register": 1,
    }


def test_the_order_of_rows_is_nothing_and_no_company_is_lost(
    engine: Engine, tmp_path: Path
) -> None:
    """What is counted and what is left out are together all companies."""
    path = tmp_path / "companies.csv"
    path.write_text("\n".join([HEADER, *reversed(COMPANIES)]) + "\n", encoding="utf-8")
    forwards = read_companies(engine, [write_companies(tmp_path / "forwards.csv")])
    directory = read_directory(engine, [write_directory(tmp_path / "directory.csv")])

    one = count_companies(engine, forwards, codes=CODES, directory=directory)
    other = count_companies(
        engine, read_companies(engine, [path]), codes=CODES, directory=directory
    )

    assert rows(engine, one.figures) == rows(engine, other.figures)
    wholes = [row for row in rows(engine, one.figures) if row[1:3] == ("companies", "")]
    assert sum(row[3] for row in wholes) + sum(one.left_out.values()) == len(COMPANIES)


def test_two_files_of_different_headers_are_counted_together(
    engine: Engine, tmp_path: Path
) -> None:
    """In the second file the columns of name and state have changed places."""
    other = HEADER.replace("CompanyName", "x").replace("CompanyStatus", "CompanyName")
    files = [
        write_companies(tmp_path / "one.csv"),
        write_companies(tmp_path / "two.csv", header=other),
    ]
    directory = read_directory(engine, [write_directory(tmp_path / "directory.csv")])

    counted = count_companies(
        engine, read_companies(engine, files), codes=CODES, directory=directory
    )

    assert ("E1", "companies", "", 4.0) in rows(engine, counted.figures)


@pytest.mark.parametrize("column", [" CompanyNumber", "RegAddress.PostCode", "SICCode.SicText_3"])
def test_a_file_that_lacks_a_column_is_refused_with_the_words_found(
    engine: Engine, tmp_path: Path, column: str
) -> None:
    path = write_companies(tmp_path / "companies.csv", header=HEADER.replace(column, "Other"))

    with pytest.raises(UnreadableSource) as caught:
        read_companies(engine, [path])

    assert "companies.csv, row 1: the columns are 'CompanyName'" in str(caught.value)
    assert f"Wanted also '{column.strip()}'" in str(caught.value)


def test_south_yorkshire_has_the_companies_that_others_counted(
    engine: Engine, shared: Path
) -> None:
    """Counts of the published file, and of divisions 58, 61, 62 and 63, as its keepers checked."""
    path = shared / "data" / "companies" / "companieshouse_southyorkshire.csv.gz"

    counted = count_companies(engine, read_companies(engine, [path]), codes=codes_of(REGISTER))

    found = {row[:3]: row[3] for row in rows(engine, counted.figures)}
    wholes = {key[0]: found[key] for key in found if key[1:] == ("companies", "")}
    digital = sum(
        value
        for (_, indicator, part), value in found.items()
        if indicator == "companies" and part[:2] in {"58", "61", "62", "63"}
    )
    assert wholes == {
        "E08000017": 18_421,
        "E08000018": 12_859,
        "E08000038": 10_708,
        "E08000039": 33_752,
    }
    assert sum(wholes.values()) == 75_740
    assert counted.left_out == {}
    assert digital == 3_628


def test_companies_whose_districts_nobody_tells_are_refused(engine: Engine, tmp_path: Path) -> None:
    path = write_companies(tmp_path / "companies.csv")

    with pytest.raises(BadUsage, match="tell postcodes and no districts. Wanted a postcode"):
        tabulate("companies", [path], engine=engine, register=REGISTER)


def test_a_table_that_does_not_exist_is_refused_with_the_choices(engine: Engine) -> None:
    with pytest.raises(BadUsage, match="Wanted one of companies, premises, postcodes, accounts"):
        tabulate("shops", [Path("shops.csv")], engine=engine, register=REGISTER)
    with pytest.raises(BadUsage, match="No file was named"):
        tabulate("companies", [], engine=engine, register=REGISTER)
