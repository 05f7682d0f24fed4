"""Answers of Nomis's interface, by their documented headers; none of them was fetched."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from placedex.errors import UnreadableSource
from tests.observations.desk import faults_of, kept, read_with, rows_of

BRES = (
    "DATE,DATE_NAME,DATE_CODE,DATE_TYPE,GEOGRAPHY,GEOGRAPHY_NAME,GEOGRAPHY_CODE,INDUSTRY,"
    "INDUSTRY_NAME,INDUSTRY_CODE,EMPLOYMENT_STATUS,EMPLOYMENT_STATUS_NAME,MEASURE,MEASURE_NAME,"
    "MEASURES,MEASURES_NAME,OBS_VALUE,OBS_STATUS,OBS_STATUS_NAME,OBS_CONF,URN,RECORD_OFFSET,"
    "RECORD_COUNT"
)
COUNTS = (
    "DATE,GEOGRAPHY_CODE,INDUSTRY_NAME,EMPLOYMENT_SIZEBAND_NAME,LEGAL_STATUS_NAME,MEASURES,"
    "OBS_VALUE,OBS_STATUS"
)
SURVEY = "DATE,DATE_NAME,GEOGRAPHY_CODE,CELL_NAME,MEASURES,MEASURES_NAME,OBS_VALUE,OBS_STATUS"


def bres(
    number: int, of: int, *, industry: str = "Total", value: object = 500, status: str = "A"
) -> str:
    return (
        f'2022,2022,2022,date,1,Birmingham,E08000025,1,"{industry}",1,4,Employment,1,Count,'
        f"20100,Value,{value},{status},Normal Value,F,Nm-1,{number},{of}"
    )


def write(folder: Path, name: str, *lines: str) -> None:
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def told(folder: Path, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(one[name] for name in names) for one in rows_of(read_with("nomis", folder))]


def test_jobs_are_read_by_the_letter_or_the_number_of_their_industry(tmp_path: Path) -> None:
    write(
        tmp_path,
        "NM_189_1-jobs.csv",
        BRES,
        bres(0, 4),
        bres(1, 4, industry="J : Information and communication", value=75),
        bres(2, 4, industry="62 : Computer programming, consultancy", value=50),
        bres(3, 4, industry="63 : Information service activities", value="", status="Q"),
    )

    reading = read_with("nomis", tmp_path)

    assert [(one["part"], one["value"], one["status"]) for one in rows_of(reading)] == [
        ("", "500", "published"),
        ("J", "75", "published"),
        ("62", "50", "published"),
        ("63", None, "suppressed"),
    ]
    assert faults_of(reading) == ()
    assert kept(reading).series("E08000025", "jobs", part="J")[0].value == 75


@pytest.mark.parametrize(
    ("files", "words"),
    [
        # The service gave 2 of 3 rows, and said nothing.
        ({"NM_189_1-a.csv": (0, 1)}, r"NM_189_1-a\.csv: the rows 2 to 2 of 3 in RECORD_COUNT are"),
        ({"NM_189_1-a-from-1.csv": (1, 2)}, r"NM_189_1-a-from-1\.csv: the rows 0 to 0 of 3"),
        ({"NM_189_1-a.csv": (0,), "NM_189_1-a-from-2.csv": (2,)}, r"from-2\.csv: the rows 1 to 1"),
        ({"NM_189_1-a.csv": (0, 2)}, r"NM_189_1-a\.csv has 2 rows, numbered 0 to 2"),
    ],
)
def test_an_answer_that_was_cut_or_lacks_a_page_is_refused(
    tmp_path: Path, files: dict[str, Sequence[int]], words: str
) -> None:
    industries = ("Total", "J : Information", "62 : Programming")
    for name, numbers in files.items():
        lines = (bres(number, 3, industry=industries[number]) for number in numbers)
        write(tmp_path, name, BRES, *lines)

    with pytest.raises(UnreadableSource, match=words):
        read_with("nomis", tmp_path)


def test_the_pages_of_one_table_are_read_together(tmp_path: Path) -> None:
    write(tmp_path, "NM_189_1-a.csv", BRES, bres(0, 3), bres(1, 3, industry="J : Information"))
    write(tmp_path, "NM_189_1-a-from-2.csv", BRES, bres(2, 3, industry="62 : Programming"))

    assert sorted(told(tmp_path, "part", "row")) == [("", 2), ("62", 2), ("J", 3)]


def test_pages_of_two_editions_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "NM_189_1-a.csv", BRES, bres(0, 2))
    write(tmp_path, "NM_189_1-a-from-1.csv", BRES, bres(1, 3, industry="J : Information"))

    with pytest.raises(UnreadableSource, match="Wanted pages of one table"):
        read_with("nomis", tmp_path)


def test_enterprises_are_read_by_industry_size_and_legal_status(tmp_path: Path) -> None:
    """Group 10 is information and communication, and division 10 the making of food."""
    write(
        tmp_path,
        "NM_142_1.csv",
        COUNTS,
        "2023,E08000025,Total,Total,Total,20100,40000,A",
        "2023,E08000025,10 : Information & communication (J),Total,Total,20100,3000,A",
        "2023,E08000025,10 : Manufacture of food products,Micro (0 to 9),Total,20100,70,A",
        '2023,E08000025,"R : Arts, entertainment",Large (250+),Company,20100,5,A'.replace(
            '"R : Arts, entertainment"', '"R : Arts, entertainment and recreation"'
        ),
        "2023,E08000025,Total,Micro (0 to 9),Total,20100,35000,A",
        "2023,E08000025,Total,Total,Sole proprietor,20100,9000,A",
        "2023,E08000025,Total,Total,Total,20301,100,A",
    )

    reading = read_with("nomis", tmp_path)

    assert [(one["part"], one["value"]) for one in rows_of(reading)] == [
        ("", "40000"),
        ("J", "3000"),
        ("10 | Micro", "70"),
        ("R | Large | Company", "5"),
        ("Micro", "35000"),
        ("Sole proprietor", "9000"),
    ]
    assert {one["period"] for one in rows_of(reading)} == {"2023-03"}
    assert sum(reading.left_out.values()) == 1


def test_local_units_are_another_indicator_than_enterprises(tmp_path: Path) -> None:
    write(tmp_path, "NM_141_1.csv", COUNTS, "2023,E08000025,Total,Total,Total,20100,45000,A")

    assert told(tmp_path, "indicator", "value") == [("local-units", "45000")]


def test_a_count_of_the_survey_has_its_interval_from_the_row_below(tmp_path: Path) -> None:
    cell = "T01:28 (Aged 16-64 - In employment : All People )"
    soc = "T09a:1 (All people - Corporate Managers and Directors (SOC2020) : All people )"
    nvq = "T19:13 (Total - Males aged 16-64 : NVQ4+ )"
    group = '"T13a:4 (B,D,E Energy & water (SIC 2007) : All people )"'
    lines = [
        f"2022-12,Jan 2022-Dec 2022,E08000025,{one},{measure},x,{value},A"
        for one in (cell, soc, nvq, group, "T99:1 (Something else )")
        for measure, value in ((20100, 9000), (20701, 1000))
    ]
    write(tmp_path, "NM_17_1.csv", SURVEY, *lines)

    reading = read_with("nomis", tmp_path)

    assert {(one["indicator"], one["part"]) for one in rows_of(reading)} == {
        ("employed-16-64", ""),
        ("employment-by-occupation-2020", "11"),
        ("residents-by-qualification", "NVQ4+ | Males"),
        ("employment-by-industry", "B,D,E"),
    }
    assert {(one["low"], one["high"], one["period"]) for one in rows_of(reading)} == {
        ("8000.0", "10000.0", "2022")
    }
    assert reading.left_out == {"tables of the survey that are not read here": 1}
    assert faults_of(reading) == ()


def test_a_cell_of_the_survey_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    line = "2022-12,Jan 2022-Dec 2022,E08000025,T01:22 (Aged 16-64 - All : All People ),20100,x,9,A"
    write(tmp_path, "NM_17_1.csv", SURVEY, line, line)

    with pytest.raises(UnreadableSource, match=r"row 3: '20100' is there again for the same row"):
        read_with("nomis", tmp_path)


def test_the_rate_of_employment_is_told_from_its_numerator(tmp_path: Path) -> None:
    header = SURVEY.replace("CELL_NAME", "VARIABLE_NAME")
    start = "2022-12,Jan 2022-Dec 2022,E08000025,Employment rate - aged 16-64"
    lines = [
        f"{start},{measure},x,{value},A"
        for measure, value in ((20599, 66.5), (21001, 470000), (21002, 700000), (21003, 2.5))
    ]
    write(tmp_path, "NM_17_5.csv", header, *lines)

    assert told(tmp_path, "indicator", "value", "low", "high") == [
        ("employment-rate", "66.5", "64.0", "69.0")
    ]


def test_residents_of_the_census_are_read_without_their_kinds(tmp_path: Path) -> None:
    header = "DATE,GEOGRAPHY_CODE,C2021_RESTYPE_3_NAME,MEASURES,OBS_VALUE,OBS_STATUS"
    write(
        tmp_path,
        "NM_2021_1.csv",
        header,
        "2021,E08000025,Total: All usual residents,20100,1144919,A",
        "2021,E08000025,Lives in a household,20100,1,A",
    )

    assert told(tmp_path, "indicator", "period", "value") == [
        ("census-residents", "2021-03-21", "1144919")
    ]


@pytest.mark.parametrize(
    ("header", "line", "words"),
    [
        (BRES.replace("OBS_VALUE", "VALUE"), bres(0, 1), r"row 1: .*Wanted also 'OBS_VALUE'"),
        (BRES, bres(0, 1, status="Z"), r"row 2, column OBS_STATUS: the mark 'Z' is not known"),
        (BRES, bres(0, 1, industry="All of it"), r"row 2: the part 'All of it' is not known"),
    ],
)
def test_an_answer_of_another_form_is_refused(
    tmp_path: Path, header: str, line: str, words: str
) -> None:
    write(tmp_path, "NM_189_1.csv", header, line)

    with pytest.raises(UnreadableSource, match=words):
        read_with("nomis", tmp_path)


COMPACT = """<?xml version="1.0"?>
<CompactData xmlns="http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message"
  xmlns:n="urn:sdmx:org.sdmx.infomodel.keyfamily.KeyFamily=NOMIS:NM_189_1:compact">
<Header><ID>x</ID></Header><n:DataSet>
<n:Series GEOGRAPHY="2013265925" INDUSTRY="37748736" EMPLOYMENT_STATUS="4"
  MEASURE="1" MEASURES="20100">
<n:Obs TIME_PERIOD="2021" OBS_VALUE="2600000" OBS_STATUS="A"/>
<n:Obs TIME_PERIOD="2022" OBS_VALUE="2650000" OBS_STATUS="A"/></n:Series>
<n:Series GEOGRAPHY="2013265925" INDUSTRY="150994954" EMPLOYMENT_STATUS="4"
  MEASURE="1" MEASURES="20100">
<n:Obs TIME_PERIOD="2022" OBS_VALUE="80000" OBS_STATUS="A"/></n:Series>
</n:DataSet></CompactData>"""


def test_compact_sdmx_of_nomis_is_read_by_its_own_numbers(tmp_path: Path) -> None:
    (tmp_path / "NM_189_1.compact.sdmx.xml").write_text(COMPACT, encoding="utf-8")

    assert told(tmp_path, "row", "place", "indicator", "part", "period", "value") == [
        (1, "E12000005", "jobs", "", "2021", "2600000"),
        (2, "E12000005", "jobs", "", "2022", "2650000"),
        (3, "E12000005", "jobs", "J", "2022", "80000"),
    ]
