"""Bad input: what a file may be like, and that nothing half-read enters the store.

Each is read and kept as a build does it; merged headers and cut workbooks are in
test_described_formats.py, cut files of every form in test_round_trip.py.
"""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from placedex.errors import Faults, PlacedexError, UnreadableSource
from placedex.observations import (
    MIGRATIONS,
    bundled_catalogue,
    find_oddities,
    keep_indicators,
    keep_observations,
    keep_places,
)
from placedex.observations.sources import Desk, open_desk
from placedex.places import bundled_register
from placedex.store import migrate
from tests.observations.desk import faults_of, kept
from tests.observations.layouts import PLAIN, layout, read, table, values
from tests.observations.workbook import write_workbook

GOOD = ("code,value", "E08000025,5", "E08000026,7")
CODES = [place.code for place in bundled_register().of_kind("district") if place.ended is None][:12]
ROWS = [f"{code},{40 + number}" for number, code in enumerate(CODES)]
PERCENT = PLAIN.replace("indicator: gva", "indicator: level-3")


def merged(folder: Path) -> None:
    rows = (("", "2022", ""), ("", "All", "J"), ("E08000025", 30, 3))
    write_workbook(folder / "bad.xlsx", {"Figures": rows})


def latin(folder: Path) -> None:
    table(folder, "code,name,value", "W06000001,Ynys Môn,5", name="bad.csv", encoding="latin-1")


def packed(folder: Path) -> None:
    whole = gzip.compress("\n".join((*GOOD, *ROWS)).encode())
    (folder / "bad.csv.gz").write_bytes(whole[:-12])


def written(*lines: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        table(folder, *lines, name="bad.csv")

    return write


BAD: dict[str, tuple[Callable[[Path], None], str]] = {
    "a sheet with merged headers that the layout does not name": (merged, r"Wanted also 'code'"),
    "a total row in the middle": (
        written("code,value", "E08000025,5", "Total,12", "E08000026,7"),
        r"bad\.csv, row 3, column place: Total is not a place",
    ),
    "thousands separators that the layout does not name": (
        written("code,value", 'E08000025,"1,234"'),
        r"bad\.csv, row 2, column value: '1,234' is not a number",
    ),
    "a separator that stands wrongly": (
        written("code,value", 'E08000025,"12,34"'),
        r"bad\.csv, row 2, column value: '12,34' is not a number",
    ),
    "an empty file": (written(""), r"bad\.csv is empty"),
    "a header and no rows of the width": (written("code,value", "E08000025"), r"bad\.csv"),
    "a file in latin-1": (latin, r"bad\.csv.*utf-8"),
    "a column twice": (
        written("code,value,value", "E08000025,5,6"),
        r"bad\.csv, row 1: the column 'value' is there twice",
    ),
    "a file cut in the middle": (written(*GOOD, 'E08000027,"8'), r"bad\.csv"),
    "a packed file cut in the middle": (packed, r"bad\.csv\.gz"),
    "one figure twice in one file": (
        written(*GOOD, "E08000025,6"),
        r"bad\.csv, row 4, column place: gva of E08000025 for 2024 is there already",
    ),
    "a code that nobody bears": (
        written("code,value", "E08000099,5"),
        r"bad\.csv, row 2, column place: E08000099 is not a place",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_is_refused_by_name_and_nothing_of_it_is_kept(tmp_path: Path, what: str) -> None:
    """The good file that is read with it, before or after, does not enter either."""
    write, words = BAD[what]
    table(tmp_path, *GOOD, name="a-good.csv")
    table(tmp_path, *GOOD, name="z-good.csv")
    write(tmp_path)
    text = PLAIN + "tables:\n  - {}\n"
    if (tmp_path / "bad.xlsx").exists():
        text += '  - {files: ["*.xlsx"], format: xlsx, header: [1, 2]}\n'

    with pytest.raises((UnreadableSource, Faults), match=words) as caught:
        keep_both(tmp_path, text)

    assert isinstance(caught.value, PlacedexError)
    assert rows_kept(tmp_path) == 0


DESKS: dict[Path, Desk] = {}


def keep_both(folder: Path, text: str) -> None:
    """Read all files of a folder and keep them, at a desk that is looked at afterwards."""
    desk = open_desk(register=bundled_register(), catalogue=bundled_catalogue(), folder=folder)
    DESKS[folder] = desk
    migrate(desk.connection, MIGRATIONS)
    source = layout(folder, text)
    reading = source.read(source.files(folder), desk)
    keep_observations(desk.connection, [reading], register=desk.register, catalogue=desk.catalogue)


def rows_kept(folder: Path, table: str = "observation") -> int:
    [(count,)] = DESKS[folder].connection.execute(f"SELECT count(*) FROM {table}").fetchall()
    return int(count)


def test_the_good_files_alone_are_kept(tmp_path: Path) -> None:
    """So that what is refused above is refused for the bad file's sake."""
    table(tmp_path, *GOOD, name="a-good.csv")

    keep_both(tmp_path, PLAIN)

    assert rows_kept(tmp_path) == 2


def test_a_percentage_that_is_063_in_one_edition_and_63_in_the_next_is_refused(
    tmp_path: Path,
) -> None:
    table(tmp_path, "code,value", *ROWS, name="edition-2024.csv")
    shares = [f"{code},{(40 + number) / 100}" for number, code in enumerate(CODES)]
    table(tmp_path, "code,value", *shares, name="edition-2025.csv")
    text = PERCENT.replace("period: 2024", "period: {file: '(\\d{4})', form: year}")

    with pytest.raises(UnreadableSource, match=r"edition-2025\.csv: no figure of 'level-3' is abo"):
        keep_both(tmp_path, text)
    assert rows_kept(tmp_path) == 0

    told = text + (
        "tables:\n  - {files: [edition-2024.csv]}\n"
        "  - {files: [edition-2025.csv], value: {column: value, share: true}}\n"
    )
    keep_both(tmp_path, told)
    assert rows_kept(tmp_path) == 24


def test_the_same_file_twice_is_kept_once(tmp_path: Path) -> None:
    for name in ("a.csv", "copy of a.csv"):
        table(tmp_path, *GOOD, name=name)

    keep_both(tmp_path, PLAIN)

    assert rows_kept(tmp_path, "current_observation") == 2


def test_thousands_and_totals_that_the_layout_names_are_read(tmp_path: Path) -> None:
    table(tmp_path, "code,value", 'E08000025,"1,234"', 'Total,"1,241"', "E08000026,7")
    rule = "left_out:\n  - {column: code, is: [Total], reason: totals}\n"
    text = PLAIN.replace("value: value", 'value: {column: value, thousands: ","}') + rule

    reading = read(tmp_path, text)

    assert values(reading) == [("E08000025", "1234"), ("E08000026", "7")]
    assert reading.left_out == {"totals": 1}


def test_a_code_that_is_right_for_another_year_stands_for_that_years_place(tmp_path: Path) -> None:
    """Sheffield was only renumbered in 2025. Allerdale ended in 2023, and is not Cumberland."""
    table(tmp_path, "code,value", "E08000019,5", "E07000026,7", "E06000063,9")

    reading = read(tmp_path)
    observations = kept(reading)
    keep_places(observations.connection, bundled_register())
    keep_indicators(observations.connection, bundled_catalogue())

    assert values(reading) == [("E08000039", "5"), ("E07000026", "7"), ("E06000063", "9")]
    assert faults_of(reading) == ()
    assert observations.series("E06000063", "gva")[0].value == 9
    [odd] = [one for one in find_oddities(observations) if one.kind == "ended place"]
    assert (odd.place, odd.words[:30]) == ("E07000026", "Allerdale ended on 2023-04-01,")
