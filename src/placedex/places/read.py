"""Registers read from their files: the bundled one, or a workspace's own."""

from collections import Counter
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from placedex.errors import BadUsage, BadWorkspace
from placedex.places.changes import KINDS, MERGED, SPLIT, Change
from placedex.places.place import Hexagon, Place
from placedex.places.register import Register
from placedex.store import read_rows, read_settings
from placedex.store.files import Row

COLUMNS = (
    "code",
    "name",
    "kind",
    "started",
    "ended",
    "parents",
    "longitude",
    "latitude",
    "column",
    "row",
)
MANY_COLUMNS = ("code", "name", "kind", "parents", "longitude", "latitude")
BUNDLED = "uk-2025"


class _Head(BaseModel):
    """What the YAML file beside a register says of it.

    `within` names registers that hold the parents which this one does not hold itself.
    """

    model_config = ConfigDict(extra="allow", frozen=True)

    name: str
    day: date
    within: tuple[str, ...] = ()


def read_register(folder: Path, code: str) -> Register:
    """The register `code` in a folder: code.yaml, code.csv and, if there, code-changes.csv.

    A register of many thousand places may be code.parquet in place of code.csv.
    Errors: BadWorkspace with file, row and column for a cell that cannot be read, a code that is
            there twice, or a parent that is not in the register.
    """
    head = read_settings(folder / f"{code}.yaml", _Head)
    many = folder / f"{code}.parquet"
    if many.is_file():
        changes = _changes(folder / f"{code}-changes.csv")
        return Register(head.name, head.day, _many_places(many, register=head.name), changes)
    path = folder / f"{code}.csv"
    places: dict[str, Place] = {}
    rows: dict[str, int] = {}
    for row in read_rows(path, wanted=COLUMNS):
        place = _place(row, register=head.name, path=path)
        if place.code in places:
            raise BadWorkspace(
                f"{path}, row {row.number}, column code: {place.code} is in row "
                f"{rows[place.code]} too. Wanted each code once. Take one out."
            )
        places[place.code] = place
        rows[place.code] = row.number
    for place in places.values():
        for parent in place.parents:
            if parent not in places and not head.within:
                raise BadWorkspace(
                    f"{path}, row {rows[place.code]}, column parents: {parent} is not in the "
                    "register. Wanted the code of a place there. Add it or mend the code."
                )
    changes = _changes(folder / f"{code}-changes.csv")
    return Register(head.name, head.day, tuple(places.values()), changes)


@cache
def bundled_register(code: str = BUNDLED) -> Register:
    """A register that comes with placedex; unless told otherwise the United Kingdom of April 2025.

    Errors: BadUsage with the codes there are if none is called so.
    """
    if code not in bundled_registers():
        raise BadUsage(
            f"No register '{code}' comes with placedex. Wanted one of "
            f"{', '.join(bundled_registers())}."
        )
    with resources.as_file(resources.files("placedex.places") / "registers") as folder:
        return read_register(folder, code)


@cache
def bundled_registers() -> tuple[str, ...]:
    """The codes of the registers that come with placedex, the United Kingdom's first."""
    with resources.as_file(resources.files("placedex.places") / "registers") as folder:
        codes = sorted(path.stem for path in folder.glob("*.yaml"))
    return (BUNDLED, *(code for code in codes if code != BUNDLED))


def _many_places(path: Path, *, register: str) -> tuple[Place, ...]:
    """The places in a Parquet file, in its order."""
    import pyarrow.parquet as pq

    # ParquetFile, since read_table imports a good deal more.
    with pq.ParquetFile(path) as file:
        table = file.read()
    columns = [table[name].to_pylist() for name in MANY_COLUMNS]
    above = {text: tuple(text.split(";")) if text else () for text in set(columns[3])}
    return tuple(
        Place(code, name, kind, register, above[parents], longitude, latitude)
        for code, name, kind, parents, longitude, latitude in zip(*columns, strict=True)
    )


def _place(row: Row, *, register: str, path: Path) -> Place:
    cells = row.cells
    column, line = _number(row, "column", path), _number(row, "row", path)
    hexagon = None
    if column is not None and line is not None:
        hexagon = Hexagon(int(column), int(line))
    return Place(
        code=cells["code"],
        name=cells["name"],
        kind=cells["kind"],
        register=register,
        parents=tuple(code for code in cells["parents"].split(";") if code),
        longitude=_number(row, "longitude", path),
        latitude=_number(row, "latitude", path),
        hexagon=hexagon,
        started=_day(row, "started", path),
        ended=_day(row, "ended", path),
        also=tuple(name for name in cells.get("also", "").split(";") if name),
    )


def _changes(path: Path) -> tuple[Change, ...]:
    if not path.exists():
        return ()
    return tuple(_change(row, path) for row in read_rows(path, wanted=("old", "new", "on")))


def _change(row: Row, path: Path) -> Change:
    cells = {"kind": "", "share": "", **row.cells}
    share = _number(Row(row.number, cells), "share", path)
    if cells["kind"] not in ("", *KINDS):
        raise BadWorkspace(
            f"{path}, row {row.number}, column kind: '{cells['kind']}' is no kind of change. "
            f"Wanted {', '.join(KINDS)}, or nothing. Mend the cell."
        )
    if share is not None and not 0 <= share <= 1:
        raise BadWorkspace(
            f"{path}, row {row.number}, column share: {share:g} is not a share. Wanted a number "
            "from 0 to 1, or nothing. Mend the cell."
        )
    day = _day(row, "on", path) or date.min
    return Change(cells["old"], cells["new"], day, cells["kind"], share)


def _number(row: Row, column: str, path: Path) -> float | None:
    text = row.cells[column]
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        raise BadWorkspace(
            f"{path}, row {row.number}, column {column}: '{text}' is not a number. Wanted a "
            "number or nothing. Mend the cell."
        ) from None


def _day(row: Row, column: str, path: Path) -> date | None:
    text = row.cells[column]
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadWorkspace(
            f"{path}, row {row.number}, column {column}: '{text}' is not a day. Wanted one like "
            "2025-04-01. Mend the cell."
        ) from None


def read_changes(path: Path, *, old: str, new: str, on: date) -> tuple[Change, ...]:
    """The changes in a published lookup, a row for each old and new code; what stayed is left out.

    old, new: the columns with the codes, such as LSOA11CD and LSOA21CD.
    on:       the day of the changes, which such tables do not say.

    Errors: BadWorkspace if the file is missing or lacks a column; with its row for an empty code.
    """
    found: dict[tuple[str, str], None] = {}
    for row in read_rows(path, wanted=(old, new)):
        pair = row.cells[old].strip(), row.cells[new].strip()
        if not all(pair):
            column = new if pair[0] else old
            raise BadWorkspace(
                f"{path}, row {row.number}, column {column}: there is no code. Wanted the code of "
                "a place. Mend the cell, or take the row out."
            )
        found[pair] = None
    ways = Counter(one for one, _ in found)
    into = Counter(other for _, other in found)
    return tuple(
        Change(one, other, on, SPLIT if ways[one] > 1 else MERGED if into[other] > 1 else "")
        for one, other in found
        if one != other or ways[one] > 1 or into[other] > 1
    )
