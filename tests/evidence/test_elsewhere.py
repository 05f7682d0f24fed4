"""Figures from elsewhere are claims with their addresses, or every fault is told at once."""

import csv
from pathlib import Path

import pytest

from placedex.errors import BadWorkspace, Faults
from placedex.evidence import Elsewhere, Modality, PlaceNamed, read_elsewhere
from placedex.evidence.elsewhere import COLUMNS
from placedex.places import bundled_register

GOOD = {
    "code": "roadmap-5g",
    "measure": "5G coverage of the population",
    "value": "40",
    "bound": "at least",
    "unit": "percent",
    "place": "E47000007",
    "period": "2025",
    "modality": "target",
    "title": "A roadmap",
    "publisher": "An authority",
    "address": "https://example.org/roadmap",
}


def table(folder: Path, *rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> Path:
    path = folder / "elsewhere.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit()


def read(path: Path) -> tuple[Elsewhere, ...]:
    return read_elsewhere(path, register=bundled_register(), is_period=is_year)


def faults(path: Path) -> list[str]:
    with pytest.raises(Faults) as caught:
        read(path)
    return [str(fault) for fault in caught.value.faults]


def test_a_row_is_a_claim_with_its_address(tmp_path: Path) -> None:
    [one] = read(table(tmp_path, GOOD))

    assert (one.code, one.address) == ("roadmap-5g", "https://example.org/roadmap")
    assert (one.claim.value, one.claim.high, one.claim.bound) == (40.0, None, "at least")
    assert (one.claim.modality, one.claim.period) == (Modality.TARGET, "2025")
    assert one.claim.place == PlaceNamed("West Midlands", "E47000007")
    assert (one.claim.document, one.claim.span.start) == ("roadmap-5g", 2)


def test_a_place_may_be_ambiguous_or_have_no_code(tmp_path: Path) -> None:
    ambiguous = GOOD | {
        "place": "",
        "candidates": "E12000005 E47000007",
        "place_name": "West Midlands",
    }
    other = GOOD | {"code": "b", "place": "", "place_name": "three city regions"}
    nowhere = GOOD | {"code": "c", "place": ""}

    places = [one.claim.place for one in read(table(tmp_path, ambiguous, other, nowhere))]

    assert places == [
        PlaceNamed("West Midlands", None, ("E12000005", "E47000007")),
        PlaceNamed("three city regions"),
        None,
    ]
    assert places[0] is not None
    assert places[0].ambiguous


def test_no_table_is_no_figures(tmp_path: Path) -> None:
    assert read(tmp_path / "elsewhere.csv") == ()


def test_a_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadWorkspace, match="Wanted also address"):
        read(table(tmp_path, GOOD, columns=tuple(one for one in COLUMNS if one != "address")))


def test_every_fault_is_told_at_once_with_row_and_column(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        GOOD | {"value": "£40", "bound": "some", "modality": "OUTCOME"},
        GOOD | {"code": "b", "place": "E99999999", "period": "by 2030", "address": "example.org"},
        GOOD | {"code": "c", "value": "5", "high": "4", "measure": "", "published": "lately"},
        GOOD | {"code": "d", "candidates": "E12000005"},
        GOOD | {"code": "Two words", "value": "nan"},
        GOOD,
    )

    told = [fault.split(": ")[0] for fault in faults(path)]

    folder = tmp_path.name
    assert told == [
        f"{folder}/elsewhere.csv, row {row}, column {column}"
        for row, column in (
            (2, "value"), (2, "bound"), (2, "modality"),
            (3, "period"), (3, "address"), (3, "place"),
            (4, "measure"), (4, "published"), (4, "high"),
            (5, "candidates"), (5, "candidates"), (5, "place_name"),
            (6, "code"), (6, "value"),
            (7, "code"),
        )
    ]  # fmt: skip


def test_a_row_of_another_length_hides_no_other_fault(tmp_path: Path) -> None:
    path = table(tmp_path, GOOD | {"value": "many"})
    with path.open("a", encoding="utf-8") as file:
        file.write("short,row\n")

    told = faults(path)

    assert "row 2, column value: 'many'. Wanted a number in plain units" in told[0]
    assert "row 3: 2 cells. Wanted 17" in told[1]
