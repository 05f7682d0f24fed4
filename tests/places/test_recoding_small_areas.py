"""Small areas of 2011 moved to those of 2021 by weights of their parts: nothing is lost."""

import csv
import gzip
from datetime import date
from math import fsum
from pathlib import Path

import pytest

from placedex.errors import BadWorkspace, CannotRecode
from placedex.places import (
    NotMerged,
    SplitBy,
    Sums,
    Table,
    WeightedMeans,
    all_registers,
    gather,
    make_table,
    read_changes,
    recode,
)
from placedex.places.changes import MERGED, SPLIT

PEOPLE = "deprivation/iod2019/File_6_-_IoD2019_Population_Denominators.csv.gz"
WEIGHTS = "deprivation/humaniverse-imd/imd2025_england_lsoa21_indicators.csv.gz"
OF = "people in income deprivation, 2022"


def column(shared: Path, name: str, code: str, value: str) -> dict[str, float]:
    with gzip.open(shared / "data" / name, "rt", encoding="utf-8-sig") as file:
        return {
            row[code]: float(row[value].replace(",", ""))
            for row in csv.DictReader(file)
            if row[value]
        }


@pytest.fixture(scope="module")
def weights(shared: Path) -> SplitBy:
    return SplitBy(column(shared, WEIGHTS, "lsoa21_code", "income_domain_numerator"), of=OF)


@pytest.fixture(scope="module")
def people(shared: Path, weights: SplitBy) -> dict[str, float]:
    """People by small area of 2011, mid-2015, but for splits of unknown parts or weights."""
    found = column(
        shared, PEOPLE, "LSOA code (2011)", "Total population: mid 2015 (excluding prisoners)"
    )
    assert len(found) == 32_844
    parts: dict[str, list[str]] = {}
    for change in all_registers()["small-areas-2021"].changes:
        if change.kind == SPLIT:
            parts.setdefault(change.old, []).append(change.new)
    loose = {old for old, news in parts.items() if len(news) == 1}
    bare = {old for old, news in parts.items() if not set(news) <= weights.weights.keys()}
    assert len(bare - loose) < 50
    return {code: many for code, many in found.items() if code not in loose | bare}


def test_the_people_of_england_are_as_many_after_as_before(
    people: dict[str, float], weights: SplitBy
) -> None:
    register = all_registers()["small-areas-2021"]

    done = recode(make_table(people), register=register, rule=Sums(), split_by=weights)

    known = {code: float(value) for code, value in zip(done.codes, done.values, strict=True)}
    assert len(people) > 32_600
    assert all(code in register for code in known)
    assert fsum(known.values()) == pytest.approx(fsum(people.values()), rel=1e-9)
    assert sum(one.split == OF for one in done.how) > 1_300


def test_a_split_can_be_worked_out_by_hand(people: dict[str, float], weights: SplitBy) -> None:
    """E01000010 became E01034473 and E01034474; see the two files for the three numbers."""
    register = all_registers()["small-areas-2021"]
    table = make_table({"E01000010": people["E01000010"]})

    done = recode(table, register=register, rule=Sums(), split_by=weights)

    first, second = weights.weights["E01034473"], weights.weights["E01034474"]
    assert (people["E01000010"], first, second) == HAND
    assert done["E01034473"] == pytest.approx(HAND[0] * HAND[1] / (HAND[1] + HAND[2]))
    assert str(done.how[0]).endswith(f"of E01000010 (split), shared out by {OF}")


def test_rates_are_carried_to_parts_and_averaged_over_what_merged(
    people: dict[str, float], weights: SplitBy
) -> None:
    """Of a rate that is 7 everywhere each area has 7; the mean over people stays as it was."""
    register = all_registers()["small-areas-2021"]
    rates = {code: 5 + at % 9 for at, code in enumerate(people)}
    rule = WeightedMeans(people, of="people in mid-2015")

    done = recode(make_table(rates), register=register, rule=rule, split_by=weights)
    moved = recode(make_table(people), register=register, rule=Sums(), split_by=weights)

    before = fsum(rates[code] * people[code] for code in people)
    after = fsum((done.values * moved.values).tolist())
    assert after == pytest.approx(before, rel=1e-9)


def test_districts_of_areas_of_2021_are_those_of_areas_of_2011(
    people: dict[str, float], weights: SplitBy
) -> None:
    registers = all_registers()

    def up(table: Table, code: str) -> dict[str, float]:
        there = set(table.codes)
        areas = [area for area in registers[code] if area.code in there]
        done = gather(table, places=areas, parents=registers.districts(code), rule=Sums())
        return dict(zip(done.codes, done.values.tolist(), strict=True))

    register = registers["small-areas-2021"]
    done = recode(make_table(people), register=register, rule=Sums(), split_by=weights)
    moved = Table(done.codes, done.values)

    assert up(moved, "small-areas-2021") == pytest.approx(
        up(make_table(people), "small-areas-2011"), rel=1e-9
    )


def test_middle_areas_are_moved_by_the_people_of_their_parts() -> None:
    """Barnet 030 became Barnet 042 and 043: by 3 and 1, its 8,000 are 6,000 and 2,000."""
    register = all_registers()["middle-areas-2021"]
    ways = [one.new for one in register.changes if one.old == "E02000053"]
    split_by = SplitBy(dict(zip(ways, (3, 1), strict=True)), of="people in 2021")

    done = recode(
        make_table({"E02000053": 8_000}), register=register, rule=Sums(), split_by=split_by
    )

    assert [register[code].name for code in ways] == ["Barnet 042", "Barnet 043"]
    assert done.values.tolist() == [6_000, 2_000]


def test_ranks_of_split_areas_are_refused(weights: SplitBy) -> None:
    with pytest.raises(CannotRecode, match="rank in the IMD of parts does not give that of"):
        recode(
            make_table({"E01000010": 1}),
            register=all_registers()["small-areas-2021"],
            rule=NotMerged("rank in the IMD"),
            split_by=weights,
        )


def test_an_area_whose_other_parts_are_not_known_is_refused(weights: SplitBy) -> None:
    """The published lookup names one part; in this middle area three others could be either's."""
    with pytest.raises(CannotRecode, match=r"E01000155 was split \(E01033916 and others"):
        recode(
            make_table({"E01000155": 1}),
            register=all_registers()["small-areas-2021"],
            rule=Sums(),
            split_by=weights,
        )


def test_changes_are_read_from_a_published_lookup(tmp_path: Path) -> None:
    """The form of the exact lookup: a row for each pair, among them those that stayed."""
    path = tmp_path / "lookup.csv"
    path.write_text(
        "LSOA11CD,LSOA21CD,CHGIND\nA,A,U\nB,B1,S\nB,B2,S\nC,D,M\nE,D,M\n", encoding="utf-8"
    )
    day = date(2021, 3, 21)

    found = read_changes(path, old="LSOA11CD", new="LSOA21CD", on=day)

    assert [(one.old, one.new, one.kind, one.on) for one in found] == [
        ("B", "B1", SPLIT, day), ("B", "B2", SPLIT, day), ("C", "D", MERGED, day),
        ("E", "D", MERGED, day),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "words"),
    [("old,new\nA,\n", "row 2, column new: there is no code"), ("one,two\n", "Wanted also old")],
)
def test_a_lookup_that_is_none_is_refused(tmp_path: Path, rows: str, words: str) -> None:
    path = tmp_path / "lookup.csv"
    path.write_text(rows, encoding="utf-8")

    with pytest.raises(BadWorkspace, match=words):
        read_changes(path, old="old", new="new", on=date(2021, 3, 21))


HAND = (3_195.0, 810.0, 710.0)
