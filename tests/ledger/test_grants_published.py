"""Published lists: the Levelling Up Fund and ESIF come in as awards and total as published."""

from collections import defaultdict
from pathlib import Path

import pytest

from placedex.errors import BadWorkspace, Faults
from placedex.ledger import Ledger, account, read_published, take_grants
from placedex.ledger.dates_written import read_written_date
from placedex.places import bundled_register
from tests.ledger.small_ledgers import ledger

PLACES = frozenset(place.code for place in bundled_register())
ROUND_ONE = (
    "Local Authority Name / Area,Grant Recipient (if not Local Authority),Bid Name,Bid Value,LADs,"
    "Notes\n"
)
WALES = (
    "Lead Beneficiary,Operation Title,EU Funds Awarded,Total Project Cost,Fund,Region,"
    "approval date\n"
)
SCOTLAND = (
    "Operation Name,Recipient organisation,ESF/ ERDF Grant requested,Total eligible expenditure,"
    "Programme,Description,Postcode,Union co-financing rate,Start date,End date,Theme,Country\n"
)


def taken(path: Path) -> Ledger:
    found = read_published(path, places=PLACES)
    return take_grants(ledger(), found, source="list").joined(ledger())


def written(folder: Path, text: str) -> Path:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("number", "bids", "millions", "joint"), [(1, 105, 1693.3, 6), (2, 111, 2088.2, 12)]
)
def test_the_levelling_up_fund_comes_in_whole(
    shared: Path, number: int, bids: int, millions: float, joint: int
) -> None:
    path = shared / f"data/funding/levelling-up-fund/levelling-up-fund-round-{number}.csv"
    made = taken(path)

    rows = account(made, by="place").rows

    assert len(made.awards) == bids
    assert sum(row.amount for row in rows) / 1e6 == pytest.approx(millions, abs=0.05)
    together = next(row for row in rows if row.of == "not shared out")
    assert len(together.pots) == joint == sum(bool(one.places) for one in made.awards.values())


def test_the_levelling_up_fund_totals_by_district_as_the_file_does(shared: Path) -> None:
    """Birmingham won three bids of round 1: 19,941,000, 17,145,000 and 15,539,000."""
    folder = shared / "data/funding/levelling-up-fund"
    made = taken(folder / "levelling-up-fund-round-1.csv")
    wanted: dict[str, float] = defaultdict(float)
    for line in (folder / "levelling-up-fund-round-1.csv").read_text("utf-8-sig").splitlines()[1:]:
        for code in PLACES:
            if f",{code}," in line:
                wanted[code] += float(line.split(f",{code},")[0].rpartition(",")[2])

    found = {row.of: row.amount for row in account(made, by="place").rows}

    assert found["E08000025"] == 52_625_000
    assert {code: found[code] for code in wanted} == pytest.approx(wanted)
    assert len(found) == len(wanted) + 1


@pytest.mark.parametrize(
    ("name", "projects", "pounds", "place"),
    [
        ("ESIF_2014-2020_List_of_beneficiaries_Oct_2016", 394, 1_451_379_143.11, "E92000001"),
        ("ESF-and-ERDF-Scotland-2014-2020", 210, 397_934_435.68, "S92000003"),
        ("Wales_2014_2020", 145, 1_315_964_731, "W92000004"),
    ],
)
def test_european_funds_are_pounds_though_the_header_says_millions(
    shared: Path, name: str, projects: int, pounds: float, place: str
) -> None:
    made = taken(shared / f"data/funding/esif/{name}.csv")

    (row,) = account(made, by="place").rows

    assert (row.of, len(row.pots)) == (place, projects)
    assert row.amount == pytest.approx(pounds, abs=0.01)


def test_impossible_dates_of_european_funds_are_kept_as_they_are_written(shared: Path) -> None:
    name = "ESIF_2014-2020_List_of_beneficiaries_Oct_2016.csv"
    found = read_published(shared / f"data/funding/esif/{name}", places=PLACES)

    by_row = {grant.row: grant for grant in found.grants}

    assert (by_row[2].starts, by_row[2].ends) == ("2015-11-01", "2018-12-31")
    assert (by_row[5].starts, by_row[5].ends) == ("2015-08", "2017-12")
    assert by_row[204].starts == ""
    assert by_row[204].given["Start date"] == "31/04/2014"
    assert f"{name}, row 204, column Start date: '31/04/2014' is no date" in found.notes[1]
    assert len(found.notes) == 4


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("01. Nov 15", "2015-11-01"),
        ("31. Dez 18", "2018-12-31"),
        ("01. Okt 15", "2015-10-01"),
        ("10-Mrz-2016", "2016-03-10"),
        ("30. Mai 17", "2017-05-30"),
        ("25-Jan-2016", "2016-01-25"),
        ("Dez 17", "2017-12"),
        ("02/5/16", "2016-05-02"),
        ("15/01/2016", "2016-01-15"),
        ("31/04/2014", None),
        ("31-Nov-18", None),
        ("01/0817", None),
        ("30. Foo 18", None),
        ("soon", None),
    ],
)
def test_dates_are_read_in_english_and_german(text: str, period: str | None) -> None:
    assert read_written_date(text) == period


def test_several_codes_stay_together_and_one_stands_alone(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        ROUND_ONE
        + "Both,,Road,30.00,E08000025;E08000030,\n"
        + "Walsall,A College,Hall,12.50,E08000030,A note\n",
    )

    both, one = taken(path).awards.values()

    assert (both.place, both.places) == ("", ("E08000025", "E08000030"))
    assert (one.place, one.places, one.recipient) == ("E08000030", (), "a-college")
    assert one.given["Notes"] == "A note"
    assert both.period == "2021-10"


def test_a_star_after_a_name_is_no_part_of_it(tmp_path: Path) -> None:
    path = written(tmp_path, ROUND_ONE + "Kent County Council*,,Road,30.00,E08000030,\n")

    made = taken(path)

    assert made.organisations["kent-county-council"].name == "Kent County Council"
    (one,) = made.awards.values()
    assert one.given["Local Authority Name / Area"] == "Kent County Council*"


@pytest.mark.parametrize(
    ("text", "row", "column", "said"),
    [
        (ROUND_ONE + "A,,B,20m,E08000030,\n", 2, "Bid Value", "'20m' is no amount"),
        (ROUND_ONE + "A,,B,20,E08000030,\nA,,B,20,E99,\n", 3, "LADs", "E99 is no place"),
        (ROUND_ONE + "A,,B,20,,\n", 2, "LADs", "it is empty"),
        (ROUND_ONE + ",,B,20,E08000030,\n", 2, "Local Authority Name / Area", "it is empty"),
        (ROUND_ONE + "A,,B,20,E08000030\n", 2, None, "5 cells"),
        (WALES + "A,B,£1.5,£1,ERDF,East,2016\n", 2, "EU Funds Awarded", "'£1.5' is no amount"),
        (WALES + "A,B,£1.500,£1,ERDF,East,16\n", 2, "approval date", "'16' is no year"),
        (SCOTLAND + "A,B,'15,1,ESF,x,G4,0.4,,,T,S\n", 2, "ESF/ ERDF Grant requested", "'15"),
    ],
)  # fmt: skip
def test_a_bad_row_is_named_by_file_row_and_column(
    tmp_path: Path, text: str, row: int, column: str | None, said: str
) -> None:
    with pytest.raises(Faults) as refused:
        read_published(written(tmp_path, text), places=PLACES)

    fault = refused.value.faults[0]
    assert (fault.file, fault.row, fault.column) == ("list.csv", row, column)
    assert said in str(fault)


def test_an_end_before_its_start_is_kept_as_it_is_written(tmp_path: Path) -> None:
    path = written(tmp_path, SCOTLAND + "A,B,1.5,1,ESF,x,G4,0.4,01/04/19,31/12/18,T,Scotland\n")

    found = read_published(path, places=PLACES)

    assert (found.grants[0].starts, found.grants[0].ends) == ("", "")
    assert found.grants[0].given["End date"] == "31/12/18"
    assert "row 2, column End date: '31/12/18' comes before the start, '01/04/19'" in found.notes[0]


def test_a_list_that_is_not_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadWorkspace, match="no list of grants that is known. Wanted 360Giving"):
        read_published(written(tmp_path, "a,b\n1,2\n"), places=PLACES)
