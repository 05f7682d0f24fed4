"""Faults that published files are known to have are caught, or put right, on the files themselves.

Blanks read as nought are in `test_quality` and `test_corrections`.
"""

import csv
import gzip
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from placedex.errors import Faults, UnreadableSource
from placedex.observations import (
    MIGRATIONS,
    Finding,
    Observations,
    Reading,
    bundled_catalogue,
    find_oddities,
    keep_indicators,
    keep_observations,
    keep_places,
)
from placedex.observations.sources import open_desk, other_registers
from placedex.places import bundled_register
from placedex.store import migrate
from tests.observations.desk import desk_of, kept, read_with, source_of

HISTORY = "data/ons-els-history/connectivity"
REGISTER = bundled_register()


def kept_of(reading: Reading) -> Observations:
    """The figures of a reading with their places and indicators."""
    observations = kept(reading)
    keep_places(desk_of(reading).connection, REGISTER)
    keep_indicators(desk_of(reading).connection, bundled_catalogue())
    return observations


def odd(reading: Reading, kind: str) -> list[Finding]:
    return [one for one in find_oddities(kept_of(reading)) if one.kind == kind]


def copy_changed(path: Path, to: Path, change: Callable[[dict[str, str]], None]) -> None:
    """A copy of a published file with each row changed."""
    text = path.read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    for row in rows:
        change(row)
    with to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def published(shared: Path, start: str) -> Path:
    [path] = (shared / HISTORY).glob(f"{start}*")
    return path


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gigabit_2025-01__4182826c.csv", "its figures are those of July 2025"),
        ("5g_2023-09__353d8fb5.csv", "its figures are those of January 2024"),
    ],
)
def test_two_editions_that_are_known_to_be_dated_wrongly_are_refused_by_name(
    shared: Path, tmp_path: Path, name: str, said: str
) -> None:
    shutil.copy(published(shared, "5g_2024-01"), tmp_path / name)

    with pytest.raises(UnreadableSource, match=said):
        read_with("ons-els-history", tmp_path)


def test_5g_of_january_2024_labelled_september_2023_is_refused_under_any_name(
    shared: Path, tmp_path: Path
) -> None:
    path = published(shared, "5g_2024-01")
    shutil.copy(path, tmp_path / path.name)
    copy_changed(
        path, tmp_path / "5g_2023-10__12345678.csv", lambda row: row.update(Period="2023-09")
    )
    reading = read_with("ons-els-history", tmp_path)

    with pytest.raises(Faults, match=r"5g_2023-10.*nearly all \d+ figures for 2023-09"):
        kept(reading)


def test_values_of_a_later_month_under_an_old_date_are_noted(shared: Path, tmp_path: Path) -> None:
    """As commit 4182826c has it: January 2025 with values of July, that no other file holds."""
    path = published(shared, "gigabit_2025-01")
    shutil.copy(path, tmp_path / path.name)
    copy_changed(
        path,
        tmp_path / "gigabit_2025-01__12345678.csv",
        lambda row: row.update(Observation=str(float(row["Observation"]) + 1)),
    )
    reading = read_with("ons-els-history", tmp_path)
    observations = kept_of(reading)

    [found, *_] = [
        one
        for one in find_oddities(observations)
        if one.kind == "revised throughout" and "kind district" in one.words
    ]

    assert found.words.endswith(
        "for 2025-01, half of them by 1 or more: one of the two may be dated wrongly, or be of "
        "another measure"
    )


def test_old_and_new_codes_in_one_file_are_found(shared: Path, tmp_path: Path) -> None:
    """The file of January 2024 has the districts of Cumbria beside the two that they became."""
    path = published(shared, "gigabit_2024-01")
    shutil.copy(path, tmp_path / path.name)

    found = {one.place for one in odd(read_with("ons-els-history", tmp_path), "ended place")}

    assert {"E07000026", "E07000028"} <= found
    assert not found & {"E06000063", "E06000064"}


def test_pounds_under_a_header_of_millions_are_kept_as_pounds(shared: Path, tmp_path: Path) -> None:
    """The English list says £m; its own cells add up to the figures that are kept, in pounds."""
    folder = shared / "data" / "funding" / "esif"
    [path] = folder.glob("ESIF_2014-2020*")
    shutil.copy(path, tmp_path / path.name)
    raw = path.read_bytes()
    text = gzip.decompress(raw).decode("utf-8") if path.suffix == ".gz" else raw.decode("utf-8-sig")
    cells = [
        float(row["ERDF/ESF investment £m"].replace(",", "."))
        for row in csv.DictReader(io.StringIO(text))
        if row["ERDF/ESF investment £m"].strip()
    ]

    reading = read_with("esif", tmp_path)
    [(total, unit)] = (
        kept_of(reading)
        .connection.execute(
            "SELECT sum(value), any_value(unit) FROM current_observation "
            "JOIN indicator ON indicator.code = indicator WHERE place = 'E92000001'"
        )
        .fetchall()
    )

    assert unit == "£"
    assert total == pytest.approx(sum(cells))
    assert 1e8 < total < 1e10


def test_population_called_lad_is_kept_for_the_upper_tier_that_it_is_of(
    shared: Path, tmp_path: Path
) -> None:
    """Counties are counties, and no district of theirs is given a figure."""
    path = shared / "data" / "geography" / "population" / "population_LAD.csv"
    shutil.copy(path, tmp_path / path.name)

    kinds = (
        kept_of(read_with("population-by-age", tmp_path))
        .connection.execute(
            "SELECT left(place, 3), kind, count(DISTINCT place) FROM current_observation "
            "JOIN place ON place.code = place GROUP BY ALL"
        )
        .fetchall()
    )

    found = {(start, kind): count for start, kind, count in kinds}
    assert found["E10", "county"] == 21
    assert not [start for start, _ in found if start == "E07"]


def test_jobs_by_five_digits_are_held_against_those_by_two(shared: Path, tmp_path: Path) -> None:
    folder = shared / "data" / "industry" / "bres-itl2"
    for path in folder.glob("ITL2_Employment_*"):
        shutil.copy(path, tmp_path / path.name)
    registers = other_registers()
    desk = open_desk(
        register=REGISTER, catalogue=bundled_catalogue(), folder=tmp_path, others=registers
    )
    migrate(desk.connection, MIGRATIONS)
    keep_places(desk.connection, REGISTER)
    keep_indicators(desk.connection, bundled_catalogue())
    source = source_of("bres")
    reading = source.read(source.files(tmp_path), desk)
    keep_observations(
        desk.connection, [reading], register=REGISTER, catalogue=desk.catalogue, others=registers
    )
    observations = Observations(desk.connection, REGISTER, desk.catalogue, reading.origins)

    found = [one for one in find_oddities(observations) if one.kind == "parts"]

    assert len({one.place for one in found}) == 40
    assert all("figures of an industry of two digits" in one.words for one in found)
