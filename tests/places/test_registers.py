"""Every register: how many places it has, where a code leads, and how fast one is made."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from placedex.errors import BadUsage, BadWorkspace, UnknownPlace
from placedex.places import (
    all_registers,
    bundled_register,
    bundled_registers,
    read_register,
)
from tests.conftest import ROOT

KEPT = ROOT / "src" / "placedex" / "places" / "registers"
# Published numbers of areas (ONS, NRS, NISRA, Eurostat).
NUMBERS = [
    ("itl-2021", "ITL 1", 12), ("itl-2021", "ITL 2", 41), ("itl-2021", "ITL 3", 179),
    ("itl-2025", "ITL 1", 12), ("itl-2025", "ITL 2", 46), ("itl-2025", "ITL 3", 182),
    ("nuts-2016", "NUTS 2", 41), ("nuts-2016", "NUTS 3", 179),
    ("nuts-2013", "NUTS 2", 40), ("nuts-2013", "NUTS 3", 173),
    ("nuts-2010", "NUTS 2", 37), ("nuts-2010", "NUTS 3", 139),
    ("nuts-2006", "NUTS 2", 37), ("nuts-2006", "NUTS 3", 133),
    ("small-areas-2011", "LSOA", 34753), ("small-areas-2011", "data zone", 6976),
    ("small-areas-2011", "super output area", 890),
    ("small-areas-2021", "LSOA", 35672), ("small-areas-2021", "data zone", 3780),
    ("ttwa-2011", "travel to work area", 228),
    ("lep-2020", "local enterprise partnership", 38), ("lsip-2023", "skills improvement area", 38),
]  # fmt: skip


@pytest.mark.parametrize(("register", "kind", "number"), NUMBERS)
def test_a_register_has_as_many_areas_as_were_published(
    register: str, kind: str, number: int
) -> None:
    assert len(bundled_register(register).of_kind(kind)) == number


def test_no_place_of_any_register_lacks_a_code_or_a_name_or_has_its_code_twice() -> None:
    for register in all_registers():
        codes = [place.code for place in register]
        assert all(codes)
        assert len(set(codes)) == len(codes)
        assert all(place.name and place.kind for place in register)


def test_every_parent_of_every_place_is_in_some_register() -> None:
    registers = all_registers()
    parents = {parent for register in registers for place in register for parent in place.parents}

    assert [code for code in sorted(parents) if code not in registers] == []


@pytest.mark.parametrize(
    ("code", "name", "registers"),
    [
        ("E08000025", "Birmingham", ("uk-2025",)),
        ("E01000001", "City of London 001A", ("small-areas-2021", "small-areas-2011")),
        ("E02001259", "Trafford 001", ("middle-areas-2021", "middle-areas-2011")),
        ("TLG31", "Birmingham", ("itl-2025", "itl-2021")),
        ("UKI1", "Inner London", ("nuts-2010", "nuts-2006")),
        ("UKD21", "Halton and Warrington", ("nuts-2006",)),
        ("E05015247", "Gorse Hill & Cornbrook", ("wards-2025",)),
        ("S30000034", "Arran and Cumbrae", ("lau-1",)),
        ("TLN10", "Derry City and Strabane", ("itl-2021",)),
        ("K99000001", "UK not allocated", ("groupings",)),
    ],
)
def test_a_code_is_found_in_each_register_that_has_it(
    code: str, name: str, registers: tuple[str, ...]
) -> None:
    found = all_registers().find_code(code)

    assert (found.place.name, found.registers) == (name, registers)


@pytest.mark.parametrize(
    ("code", "district"),
    [
        ("E01033916", "E09000003"),
        ("E01000001", "E09000001"),
        ("S01006506", "S12000033"),
        ("95AA01S1", "N09000001"),
        ("E02001259", "E08000009"),
        ("E05015247", "E08000009"),
        ("S30000034", "S12000021"),
        ("E07000026", "E06000063"),
        ("E08000019", "E08000039"),
    ],
)
def test_a_small_place_leads_to_the_district_of_april_2025(code: str, district: str) -> None:
    assert all_registers().district_of(code).code == district


@pytest.mark.parametrize("code", ["TLG31", "E12000005", "K99000001", "N20000001"])
def test_a_place_that_no_one_district_holds_is_refused(code: str) -> None:
    with pytest.raises(UnknownPlace, match="lies in no one district that is known"):
        all_registers().district_of(code)


def test_a_code_on_a_day_is_that_of_the_register_of_the_day() -> None:
    """East Suffolk 023F was Suffolk Coastal 007J in 2011."""
    then = all_registers().find_code("E01033449", day=date(2015, 1, 1))
    now = all_registers().find_code("E01033449")

    assert (then.place.name, now.place.name) == ("Suffolk Coastal 007J", "East Suffolk 023F")


def test_a_code_of_no_register_is_refused() -> None:
    with pytest.raises(UnknownPlace, match=r"S12000009 is not a place in any of \d+ registers"):
        all_registers().find_code("S12000009")


def test_a_code_that_was_split_says_into_what() -> None:
    with pytest.raises(UnknownPlace, match="It was split into UKD33, UKD34, UKD35"):
        bundled_register("nuts-2013")["UKD31"]


def test_parents_are_followed_from_register_to_register() -> None:
    registers = all_registers()
    area = registers.find_code("E01005231").place

    assert [place.kind for place in registers.parents(area)] == ["MSOA", "district"]


def test_a_register_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(BadUsage, match="uk-2025, groupings"):
        bundled_register("uk-1974")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("A,B,2023-04-01,vanished,", "'vanished' is no kind of change"),
        ("A,B,2023-04-01,split,1.5", "1.5 is not a share"),
        ("A,B,2023,split,", "'2023' is not a day"),
    ],
)
def test_a_change_that_cannot_be_read_is_refused_with_its_row(
    tmp_path: Path, row: str, words: str
) -> None:
    (tmp_path / "mine.yaml").write_text("name: Mine\nday: 2025-04-01\n")
    (tmp_path / "mine.csv").write_text(
        "code,name,kind,started,ended,parents,longitude,latitude,column,row\nB,B,district,,,,,,,\n"
    )
    (tmp_path / "mine-changes.csv").write_text(f"old,new,on,kind,share\n{row}\n")

    with pytest.raises(BadWorkspace, match=rf"mine-changes.csv, row 2, column \w+: {words}"):
        read_register(tmp_path, "mine")


def test_all_registers_take_less_than_three_megabytes() -> None:
    assert sum(path.stat().st_size for path in KEPT.iterdir()) < 3_000_000


def test_every_register_says_what_it_is_and_where_it_is_from() -> None:
    for code in bundled_registers():
        words = (KEPT / f"{code}.yaml").read_text(encoding="utf-8")
        assert "about:" in words
        assert "licence:" in words


def test_no_large_register_is_read_for_the_code_of_a_district() -> None:
    """The command must start fast; small areas are read for small areas alone."""
    words = (
        "from placedex.places import all_registers, read, Registers, bundled_register\n"
        "seen = []\n"
        "def read(code):\n    seen.append(code)\n    return bundled_register(code)\n"
        "Registers(all_registers().codes, read).find_code('E08000025')\n"
        "print([one for one in seen if 'areas' in one or 'wards' in one])"
    ).replace("all_registers, read,", "all_registers,")
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


@pytest.mark.slow
def test_the_tools_make_the_kept_registers_again_byte_for_byte(
    shared: Path, tmp_path: Path
) -> None:
    for tool in ("make_area_registers", "make_registers_more"):
        subprocess.run(
            [sys.executable, "-m", f"tools.{tool}", str(shared / "data"), str(tmp_path)],
            cwd=ROOT,
            check=True,
        )

    kept = {path.name: path.read_bytes() for path in KEPT.iterdir() if "uk-2025" not in path.name}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == kept
