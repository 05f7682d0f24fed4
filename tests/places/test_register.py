"""The bundled register of places: facts that a reader can check, and the tool that makes it."""

import csv
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from placedex.places import bundled_register

PROJECT = Path(__file__).parents[2]
KEPT = PROJECT / "src/placedex/places/registers"
SHARED = PROJECT.parent / "shared" / "data"
FILES = ("uk-2025.csv", "uk-2025-changes.csv", "uk-2025-neighbours.csv", "uk-2025.yaml")
KINDS = {
    "country": 1,
    "country group": 2,
    "nation": 4,
    "region": 9,
    "combined authority": 15,
    "city region": 7,
    "county": 29,
    "district": 361,
}


def names(code: str) -> set[str]:
    register = bundled_register()
    return {place.name for place in register.within(code) if place.kind == "district"}


def districts_of_kingdom() -> list[str]:
    return [place.code for place in bundled_register().of_kind("district")]


@pytest.mark.parametrize(("kind", "number"), KINDS.items())
def test_there_are_as_many_live_places_of_each_kind_as_on_april_2025(
    kind: str, number: int
) -> None:
    assert len(bundled_register().of_kind(kind)) == number


def test_every_parent_of_a_place_is_in_the_register_and_never_the_place_itself() -> None:
    register = bundled_register()

    for place in register:
        assert all(parent in register and parent != place.code for parent in place.parents)


def test_every_live_district_has_one_region_or_nation_and_at_most_one_authority() -> None:
    register = bundled_register()

    for place in register.of_kind("district"):
        kinds = [parent.kind for parent in register.parents(place)]
        assert kinds[-1] in ("region", "nation")
        assert len(set(kinds)) == len(kinds)
        assert all(parent.live(register.day) for parent in register.parents(place))


def test_the_combined_authority_of_the_west_midlands_has_seven_districts() -> None:
    assert names("E47000007") == {
        "Birmingham",
        "Coventry",
        "Dudley",
        "Sandwell",
        "Solihull",
        "Walsall",
        "Wolverhampton",
    }


def test_the_region_of_the_west_midlands_has_thirty_districts() -> None:
    assert len(names("E12000005")) == 30
    assert names("E47000007") < names("E12000005")


def test_inner_london_is_fourteen_and_london_thirty_three() -> None:
    assert len(names("E13000001")) == 14
    assert {"City of London", "Haringey", "Newham"} < names("E13000001")
    assert len(names("E61000001")) == len(names("E12000007")) == 33


def test_an_authority_across_two_regions_has_the_nation_as_its_parent() -> None:
    register = bundled_register()

    assert register["E47000017"].parents == ("E92000001",)
    assert register["E47000007"].parents == ("E12000005",)


@pytest.mark.parametrize(
    ("old", "new", "day"),
    [
        ("E08000019", "E08000039", "2025-04-01"),
        ("E08000016", "E08000038", "2025-04-01"),
        ("E07000154", "E06000062", "2021-04-01"),
        ("E07000026", "E06000063", "2023-04-01"),
        ("E07000165", "E06000065", "2023-04-01"),
        ("E07000190", "E06000066", "2023-04-01"),
        ("S12000046", "S12000049", "2019-04-01"),
    ],
)
def test_a_place_that_ended_is_followed_to_its_successor(old: str, new: str, day: str) -> None:
    register = bundled_register()

    assert register.successor(old) == new
    assert register[new].started == date.fromisoformat(day)
    assert not register[old].live(register.day)


def test_every_place_that_ended_ended_on_the_day_of_its_change() -> None:
    register = bundled_register()

    changes = {change.old: change.on for change in register.changes}

    for place in register:
        if place.kind in ("district", "combined authority"):
            assert place.ended == changes.get(place.code)


def test_only_renumbered_places_are_recoded_one_to_one() -> None:
    recodes = bundled_register().recodes()

    assert recodes["E08000019"] == "E08000039"
    assert "E07000154" not in recodes


def test_each_live_district_has_a_hexagon_of_its_own_and_no_other_place_has_one() -> None:
    register = bundled_register()

    cells = {place.code: place.hexagon for place in register if place.hexagon}

    assert sorted(cells) == districts_of_kingdom()
    assert len(set(cells.values())) == 361
    assert min(cell.row for cell in cells.values()) == 0
    assert min(cell.column for cell in cells.values()) == 0


def test_the_seven_hexagons_of_the_west_midlands_stand_as_on_the_map() -> None:
    register = bundled_register()

    def at(code: str) -> tuple[float, float]:
        cell = register[code].hexagon
        assert cell is not None
        return cell.column + 0.5 * (cell.row % 2), -cell.row

    birmingham, coventry, dudley, sandwell, solihull, walsall, wolverhampton = (
        at(f"E080000{number}") for number in range(25, 32)
    )

    assert wolverhampton[0] < sandwell[0] < birmingham[0] < coventry[0]
    assert walsall[1] > sandwell[1] > dudley[1]
    assert dudley[0] < birmingham[0]
    assert solihull[1] < birmingham[1]
    assert solihull[0] > sandwell[0]


def test_northern_ireland_touches_no_hexagon_of_great_britain() -> None:
    register = bundled_register()
    cells = {place.code: place.hexagon for place in register if place.hexagon}
    east = max(cell.column for code, cell in cells.items() if code[0] == "N")

    rows = {cell.row for code, cell in cells.items() if code[0] == "N"}
    beside = [cell.column for code, cell in cells.items() if code[0] != "N" and cell.row in rows]

    assert east + 1 < min(beside)


def test_every_live_place_lies_in_the_united_kingdom() -> None:
    register = bundled_register()

    for place in register:
        if place.live(register.day):
            assert place.longitude is not None
            assert place.latitude is not None
            assert -8.7 < place.longitude < 1.8
            assert 49.8 < place.latitude < 60.9


def test_the_register_stands_in_order_of_kind_and_code() -> None:
    with (KEPT / "uk-2025.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    keys = [(list(KINDS).index(row["kind"]), row["code"]) for row in rows]

    assert keys == sorted(keys)


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the published files are not beside the project")
def test_the_tool_makes_the_kept_files_again_byte_for_byte(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "tools.make_register", str(SHARED), str(tmp_path)],
        cwd=PROJECT,
        check=True,
    )

    for name in FILES:
        assert (tmp_path / name).read_bytes() == (KEPT / name).read_bytes(), name
