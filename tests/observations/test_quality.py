"""What is odd in the figures is found, and said with what it was held against."""

import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from placedex.observations import (
    MIGRATIONS,
    Finding,
    Limits,
    Observations,
    bundled_catalogue,
    coverage,
    find_oddities,
    keep_indicators,
    keep_observations,
    keep_places,
    read_figures,
)
from placedex.places import bundled_neighbours, bundled_register
from placedex.store import connect_memory, migrate
from tests.observations.desk import desk_of, kept, read_with

HEADER = "place,indicator,period,value,low,high,status,origin"
ORIGIN = "- {code: a, publisher: P, title: T, edition: E, url: u, licence: L}\n"
Given = tuple[str, str, str, object]
REGISTER = bundled_register()
DISTRICTS = [place.code for place in REGISTER.of_kind("district")]
WITHIN = [place.code for place in REGISTER.within("E47000007") if place.kind == "district"]


def keep(folder: Path, given: Iterable[Given]) -> Observations:
    (folder / "origins.yaml").write_text(ORIGIN, encoding="utf-8")
    rows = [
        f"{place},{code},{period},,,,suppressed,a"
        if value is None
        else f"{place},{code},{period},{value},,,published,a"
        for place, code, period, value in given
    ]
    (folder / "table.csv").write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    connection = connect_memory()
    migrate(connection, MIGRATIONS)
    catalogue = bundled_catalogue()
    keep_places(connection, REGISTER)
    keep_indicators(connection, catalogue)
    reading = read_figures(folder)
    keep_observations(connection, [reading], register=REGISTER, catalogue=catalogue)
    return Observations(connection, REGISTER, catalogue, reading.origins)


def odd(observations: Observations, kind: str, **limits: float) -> list[Finding]:
    found = find_oddities(
        observations,
        neighbours=bundled_neighbours().pairs,
        limits=Limits(**limits),  # type: ignore[arg-type]
    )
    return [one for one in found if one.kind == kind]


def spread(code: str, period: str = "2024-01", *, count: int = 20) -> list[Given]:
    """Figures 50, 51, 52 ... of so many districts."""
    return [(place, code, period, 50 + number) for number, place in enumerate(DISTRICTS[:count])]


def test_nought_where_all_others_have_more_is_found_with_what_was_there_before(
    tmp_path: Path,
) -> None:
    given = spread("gigabit-premises", "2023-01") + spread("gigabit-premises")
    given[20] = (DISTRICTS[0], "gigabit-premises", "2024-01", 0)

    [one] = odd(keep(tmp_path, given), "zero")

    assert (one.place, str(one.period), one.value) == (DISTRICTS[0], "2024-01", 0)
    assert "has 0 for 2024-01; 19 of the 20 places of the kind district have more" in one.words
    assert "it had 50 for 2023-01" in one.words


def test_nought_is_not_odd_where_many_have_it(tmp_path: Path) -> None:
    given = [(place, "5g-area", "2024-01", max(0, number - 10))
             for number, place in enumerate(DISTRICTS[:30])]  # fmt: skip

    assert odd(keep(tmp_path, given), "zero") == []


def test_a_missing_figure_is_never_nought(tmp_path: Path) -> None:
    given = spread("gigabit-premises")
    given[0] = (DISTRICTS[0], "gigabit-premises", "2024-01", None)
    observations = keep(tmp_path, given)

    assert odd(observations, "zero") == []
    [row] = coverage(observations)
    assert (row.have, row.ever, row.places) == (19, 19, 20)


def test_a_share_outside_0_to_100_is_found(tmp_path: Path) -> None:
    given = spread("gigabit-premises")
    given[0] = (DISTRICTS[0], "gigabit-premises", "2024-01", 100.5)

    [one] = odd(keep(tmp_path, given), "out of range")

    assert one.words.endswith("has 100.5 % of premises for 2024-01; a share lies between 0 and 100")


def test_a_figure_far_from_all_others_has_the_robust_z_that_can_be_worked_out(
    tmp_path: Path,
) -> None:
    """0 beside 51 to 69: the median is 59.5, the median distance 5; z = 59.5 / 7.413 = 8.0."""
    given = spread("gigabit-premises")
    given[0] = (DISTRICTS[0], "gigabit-premises", "2024-01", 0)

    [one] = odd(keep(tmp_path, given), "outlier of its kind")

    assert "half of the 20 places of the kind district are above 59.5 (robust z -8.0)" in one.words


def test_sizes_are_not_held_against_other_places_sizes(tmp_path: Path) -> None:
    given = [*spread("gva", "2022"), (DISTRICTS[30], "gva", "2022", 90000)]

    assert odd(keep(tmp_path, given), "outlier of its kind") == []


def test_a_place_unlike_its_neighbours_is_found(tmp_path: Path) -> None:
    given: list[Given] = [
        (place, "gigabit-premises", "2024-01", 70 + number % 5)
        for number, place in enumerate(DISTRICTS)
    ]
    at = DISTRICTS.index("E08000025")
    given[at] = ("E08000025", "gigabit-premises", "2024-01", 20)

    found = odd(keep(tmp_path, given), "outlier of neighbours")

    assert [one.place for one in found] == ["E08000025"]
    assert "neighbours about 7" in found[0].words


def test_a_step_that_only_one_place_took_is_found_and_one_that_all_took_is_not(
    tmp_path: Path,
) -> None:
    chance = random.Random(4)
    given: list[Given] = [
        (place, "employment-rate", str(year),
         round(70 - 8 * (year == 2020) + chance.uniform(-1, 1), 2))
        for place in DISTRICTS[:20]
        for year in range(2010, 2024)
    ]  # fmt: skip
    given = [
        (place, code, period, 40 if (place, period) == (DISTRICTS[3], "2015") else value)
        for place, code, period, value in given
    ]

    found = odd(keep(tmp_path, given), "outlier of its past")

    assert {(one.place, str(one.period)) for one in found} == {
        (DISTRICTS[3], "2015"),
        (DISTRICTS[3], "2016"),
    }


def test_a_whole_that_is_not_the_sum_of_its_parts_is_found(tmp_path: Path) -> None:
    parts: list[Given] = [(place, "gva", "2022", 100) for place in WITHIN]
    good = [*parts, ("E47000007", "gva", "2022", 100 * len(WITHIN))]
    bad = [*parts, ("E47000007", "gva", "2022", 120 * len(WITHIN))]

    assert odd(keep(tmp_path, good), "parents and children") == []
    [one] = odd(keep(tmp_path, bad), "parents and children")
    assert one.words.endswith(f"its {len(WITHIN)} places of the kind district have 700 together")


def test_a_sum_a_million_times_the_whole_is_said_to_be_in_another_unit(tmp_path: Path) -> None:
    parts: list[Given] = [(place, "gva", "2022", 100_000_000) for place in WITHIN]
    whole = [("E47000007", "gva", "2022", 100 * len(WITHIN))]

    [one] = odd(keep(tmp_path, [*parts, *whole]), "parents and children")

    assert one.words.endswith("one of the two is likely in another unit")


def test_a_sum_with_a_missing_part_is_not_held_against_the_whole(tmp_path: Path) -> None:
    parts: list[Given] = [(place, "gva", "2022", 100) for place in WITHIN]
    parts[0] = (WITHIN[0], "gva", "2022", None)

    assert odd(
        keep(tmp_path, [*parts, ("E47000007", "gva", "2022", 5)]), "parents and children"
    ) == []  # fmt: skip


def test_a_rate_of_a_whole_outside_those_of_its_parts_is_found(tmp_path: Path) -> None:
    """Seven districts have 50 to 56 %; no weights make 57.1 of these, and 56.1 could be rounded."""
    parts: list[Given] = [
        (place, "gigabit-premises", "2024-01", 50 + number) for number, place in enumerate(WITHIN)
    ]

    for value, wanted in ((57.1, True), (56.1, False), (50, False), (49.8, True)):
        home: list[Given] = [("E47000007", "gigabit-premises", "2024-01", value)]
        found = odd(keep(tmp_path, [*parts, *home]), "parents and children")
        assert bool(found) == wanted
        assert all("places of the kind district have from 50 to 56" in one.words for one in found)
    alone: list[Given] = [*parts[1:], ("E47000007", "gigabit-premises", "2024-01", 99)]
    assert odd(keep(tmp_path, alone), "parents and children") == []


def test_industries_of_five_digits_that_do_not_make_their_division_are_found(
    tmp_path: Path,
) -> None:
    """620 jobs in 62 beside 300 and 290 in two industries of it; 600 in 63 beside 300 and 300."""
    jobs = {"62": 620, "62011": 300, "62012": 290, "63": 600, "63110": 300, "63120": 300}
    (tmp_path / "origins.yaml").write_text(ORIGIN, encoding="utf-8")
    rows = [f"E08000025,jobs,2021,{jobs[part]},,,published,a,{part}" for part in jobs]
    (tmp_path / "table.csv").write_text("\n".join([f"{HEADER},part", *rows, ""]), "utf-8")
    connection = connect_memory()
    migrate(connection, MIGRATIONS)
    catalogue = bundled_catalogue()
    keep_places(connection, REGISTER)
    keep_indicators(connection, catalogue)
    reading = read_figures(tmp_path)
    keep_observations(connection, [reading], register=REGISTER, catalogue=catalogue)
    observations = Observations(connection, REGISTER, catalogue, reading.origins)

    [found] = odd(observations, "parts")

    assert found.words == (
        "Birmingham: of 2 figures of an industry of two digits 1 is not the sum of those of five; "
        "most in 62 for 2021, with 620 and 590 from 2. They may be rounded, or kept back, each on "
        "its own"
    )
    assert odd(observations, "parts", share=0.05) == []


def test_an_old_code_beside_the_new_one_is_found(tmp_path: Path) -> None:
    """Wycombe went into Buckinghamshire on 1 April 2020."""
    given = [("E07000007", "gva", "2019", 5), ("E07000007", "gva", "2021", 5)]

    [one] = odd(keep(tmp_path, given), "ended place")

    assert one.words.startswith("Wycombe ended on 2020-04-01, and it has 1 figure for a time from")


def test_a_series_that_does_not_move_is_found(tmp_path: Path) -> None:
    given: list[Given] = [(DISTRICTS[0], "gva", str(year), 7) for year in range(2010, 2016)]

    [one] = odd(keep(tmp_path, given), "flat")

    assert one.words.endswith("has 7 £ million for each of 6 periods from 2010 to 2015")
    assert odd(keep(tmp_path, given), "flat", flat=7) == []


def test_an_indicator_that_most_places_have_in_full_is_saturated(tmp_path: Path) -> None:
    given = [(place, code, when, 100 if number > 5 else value)
             for number, (place, code, when, value) in enumerate(spread("4g-area"))]  # fmt: skip

    [one] = odd(keep(tmp_path, given), "saturated")

    assert one.place == ""
    assert one.words.startswith("14 of 20 places of the kind district have 100 % of area")


def test_a_place_that_lost_its_figure_is_named(tmp_path: Path) -> None:
    given = spread("gigabit-premises", "2023-01") + spread("gigabit-premises")[1:]

    [one] = odd(keep(tmp_path, given), "coverage")

    assert one.words.startswith("19 of 20 places of the kind district that ever had a figure")
    assert one.words.endswith(f"missing for {REGISTER[DISTRICTS[0]].name}")


def test_the_order_of_rows_is_nothing(tmp_path: Path) -> None:
    given = spread("gigabit-premises", "2023-01") + spread("gigabit-premises")
    given[20] = (DISTRICTS[0], "gigabit-premises", "2024-01", 0)
    shuffled = random.Random(1).sample(given, len(given))

    assert find_oddities(keep(tmp_path, given)) == find_oddities(keep(tmp_path, shuffled))


def test_the_blank_that_ofcoms_table_has_as_0_is_found(shared: Path) -> None:
    """Four operators indoors on the Isles of Scilly: the one nought of 361 districts."""
    reading = read_with("ofcom-coverage", shared / "data" / "ofcom")
    observations = kept(reading)
    keep_places(desk_of(reading).connection, REGISTER)
    keep_indicators(desk_of(reading).connection, bundled_catalogue())

    found = odd(observations, "zero")

    assert ("4g-indoor-all-operators", "E06000053") in {(one.indicator, one.place) for one in found}


@pytest.mark.parametrize("places", [11, 21])
def test_fewer_places_than_the_limit_are_not_compared(tmp_path: Path, places: int) -> None:
    given = spread("gigabit-premises")
    given[0] = (DISTRICTS[0], "gigabit-premises", "2024-01", 0)

    found = odd(keep(tmp_path, given), "outlier of its kind", places=places)

    assert bool(found) == (places == 11)
