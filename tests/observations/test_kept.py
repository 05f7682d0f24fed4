"""Kept readings: what has not changed is not read again, and what is read from them is the same."""

import os
from pathlib import Path

import pytest

from placedex.errors import UnreadableSource
from placedex.observations import Reading, bundled_catalogue
from placedex.observations.sources import Described, Desk, Shelf, open_desk
from placedex.places import bundled_register
from tests.observations.layouts import PLAIN, layout, table

COLUMNS = "place, indicator, part, period, value, low, high, status, origin, unit, file, row"


def at_desk(folder: Path) -> Desk:
    return open_desk(register=bundled_register(), catalogue=bundled_catalogue(), folder=folder)


def read(folder: Path, source: Described) -> tuple[Shelf, Reading, list[tuple[object, ...]]]:
    """The shelf after a reading, the reading, and its rows in order."""
    shelf, desk = Shelf(folder / ".shelf"), at_desk(folder)
    reading = shelf.reading(source, source.files(folder), desk)
    shelf.tidy()
    desk.connection.register("kept", reading.rows)
    rows = desk.connection.execute(f"SELECT {COLUMNS} FROM kept ORDER BY file, row").fetchall()
    return shelf, reading, rows


def two_files(folder: Path) -> Described:
    table(folder, "code,value", "E08000025,1.5", "E08000026,", name="one.csv")
    table(folder, "code,value", "E08000025,3", "UKX,4", name="two.csv")
    return layout(folder, PLAIN.replace("period: 2024", "period: {file: '(one|two)', map: "
                  "{one: '2023', two: '2024'}}"))  # fmt: skip


def test_a_second_reading_reads_no_file_and_says_the_same(tmp_path: Path) -> None:
    source = two_files(tmp_path)
    first, before, rows = read(tmp_path, source)

    again, after, same = read(tmp_path, source)

    assert first.read == ["one.csv", "two.csv"]
    assert again.read == []
    assert again.unchanged == 2
    assert same == rows
    assert after.origins == before.origins
    assert after.left_out == before.left_out
    assert (after.periods, after.indicators) == (before.periods, before.indicators)


def test_what_is_kept_is_what_the_source_reads(tmp_path: Path) -> None:
    source = two_files(tmp_path)
    desk = at_desk(tmp_path)
    plain = source.read(source.files(tmp_path), desk)
    desk.connection.register("plain", plain.rows)
    rows = desk.connection.execute(f"SELECT {COLUMNS} FROM plain ORDER BY file, row").fetchall()

    _, reading, kept = read(tmp_path, source)

    assert kept == rows
    assert reading.origins == plain.origins
    assert reading.left_out == plain.left_out


def test_only_the_file_that_changed_is_read_again(tmp_path: Path) -> None:
    source = two_files(tmp_path)
    read(tmp_path, source)
    table(tmp_path, "code,value", "E08000025,9", "UKX,4", name="two.csv")

    shelf, _, rows = read(tmp_path, source)

    assert shelf.read == ["two.csv"]
    assert [row[4] for row in rows] == ["1.5", None, "9"]


def test_a_file_that_was_only_touched_is_not_read_again(tmp_path: Path) -> None:
    source = two_files(tmp_path)
    read(tmp_path, source)
    os.utime(tmp_path / "one.csv", (1, 1))

    shelf, _, _ = read(tmp_path, source)

    assert shelf.read == []


def test_a_change_of_the_layout_reads_all_its_files_again(tmp_path: Path) -> None:
    read(tmp_path, two_files(tmp_path))
    other = layout(tmp_path, PLAIN + "status: {empty: suppressed}\n".replace("2024", "2025"))

    shelf, _, _ = read(tmp_path, other)

    assert shelf.read == ["one.csv", "two.csv"]


def test_a_kept_reading_that_was_cut_is_made_anew(tmp_path: Path) -> None:
    source = two_files(tmp_path)
    _, _, rows = read(tmp_path, source)
    for path in (tmp_path / ".shelf").glob("*.parquet"):
        path.write_bytes(path.read_bytes()[:40])

    shelf, _, same = read(tmp_path, source)

    assert len(shelf.read) == 2
    assert same == rows


def test_readings_that_nobody_uses_are_thrown_away(tmp_path: Path) -> None:
    source = two_files(tmp_path)
    read(tmp_path, source)
    (tmp_path / "two.csv").unlink()

    read(tmp_path, source)

    assert len(list((tmp_path / ".shelf").glob("*.parquet"))) == 1


def test_a_file_that_cannot_be_read_is_not_kept(tmp_path: Path) -> None:
    source = two_files(tmp_path)
    table(tmp_path, "code,figure", "E08000025,3", name="two.csv")

    with pytest.raises(UnreadableSource, match=r"two\.csv"):
        read(tmp_path, source)

    assert len(list((tmp_path / ".shelf").glob("*"))) == 1
