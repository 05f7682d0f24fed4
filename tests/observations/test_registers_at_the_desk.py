"""The registers of other geographies at the desk: their codes enter the store, and only those."""

from pathlib import Path

import pytest

from placedex.errors import Faults
from placedex.observations import MIGRATIONS, bundled_catalogue, keep_observations, keep_places
from placedex.observations.sources import Desk, open_desk, other_registers
from placedex.places import bundled_register
from placedex.store import migrate
from tests.observations.layouts import PLAIN, layout, table

OTHERS = other_registers()


def kept(folder: Path, *rows: str, text: str = PLAIN, also: bool = True) -> Desk:
    """A desk that keeps a table of some rows, with the other registers or without them."""
    table(folder, "code,value", *rows)
    others = OTHERS if also else None
    desk = open_desk(
        register=bundled_register(), catalogue=bundled_catalogue(), folder=folder, others=others
    )
    migrate(desk.connection, MIGRATIONS)
    keep_places(desk.connection, desk.register)
    source = layout(folder, text)
    reading = source.read(source.files(folder), desk)
    keep_observations(
        desk.connection,
        [reading],
        register=desk.register,
        catalogue=desk.catalogue,
        others=others,
    )
    return desk


def test_a_code_of_another_geography_enters_the_store_with_its_place(tmp_path: Path) -> None:
    """TLC3 is level 2 of 2025, UKC1 NUTS 2 of several versions, E01000001 a small area."""
    desk = kept(tmp_path, "TLC3,1", "UKC1,2", "E01000001,3", "E37000022,4")

    rows = desk.connection.execute(
        "SELECT place, kind, value FROM observation JOIN place ON code = place ORDER BY value"
    ).fetchall()
    assert rows == [
        ("TLC3", "ITL 2", 1.0),
        ("UKC1", "NUTS 2", 2.0),
        ("E01000001", "LSOA", 3.0),
        ("E37000022", "local enterprise partnership", 4.0),
    ]


def test_only_the_other_places_that_figures_speak_of_are_written(tmp_path: Path) -> None:
    desk = kept(tmp_path, "TLC3,1", "E08000025,2")

    count = desk.connection.execute("SELECT count(*) FROM place").fetchone()
    assert count == (len(desk.register.places) + 1,)


def test_level_1_is_the_region_itself(tmp_path: Path) -> None:
    """ONS: level 1 of ITL and of NUTS is the nine regions and the three other nations."""
    desk = kept(tmp_path, "TLG,1", "UKD,2")

    rows = desk.connection.execute("SELECT place FROM observation ORDER BY value").fetchall()
    assert rows == [("E12000005",), ("E12000002",)]


def test_without_the_other_registers_their_codes_are_left_out_and_counted(tmp_path: Path) -> None:
    table(tmp_path, "code,value", "TLC3,1", "E08000025,2")
    desk = open_desk(
        register=bundled_register(), catalogue=bundled_catalogue(), folder=tmp_path, others=None
    )
    source = layout(tmp_path)

    reading = source.read(source.files(tmp_path), desk)

    assert desk.code("TLC3") is None
    assert dict(reading.left_out) == {
        "international territorial levels 1 and 2: not in the register": 1
    }


def test_a_code_of_no_register_is_a_fault_that_names_its_row(tmp_path: Path) -> None:
    with pytest.raises(Faults, match=r"table.csv, row 3.*E99999999"):
        kept(tmp_path, "TLC3,1", "E99999999,2")


def test_a_name_is_looked_for_in_the_register_that_the_layout_names(tmp_path: Path) -> None:
    text = PLAIN.replace("{column: code}", "{column: code, name_of: NUTS 2, among: nuts-2016}")
    desk = kept(tmp_path, "Merseyside,1", text=text)

    assert desk.connection.execute("SELECT place FROM observation").fetchall() == [("UKD7",)]


def test_a_code_of_publishers_that_is_no_place_is_left_out(tmp_path: Path) -> None:
    """UKX is the United Kingdom without its continental shelf: a total, and no place."""
    desk = kept(tmp_path, "UKX,1", "TLC3,2")

    assert desk.connection.execute("SELECT place FROM observation").fetchall() == [("TLC3",)]


def test_a_row_that_is_there_again_is_taken_once_if_the_layout_says_so(tmp_path: Path) -> None:
    desk = kept(tmp_path, "TLC3,1", "TLC3,1", text=PLAIN + "repeats: true\n")

    assert desk.connection.execute("SELECT count(*) FROM observation").fetchone() == (1,)


def test_another_figure_for_the_same_is_a_fault_even_so(tmp_path: Path) -> None:
    with pytest.raises(Faults, match="there already"):
        kept(tmp_path, "TLC3,1", "TLC3,2", text=PLAIN + "repeats: true\n")
