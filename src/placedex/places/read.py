"""Registers read from their files: the bundled one, or a workspace's own."""

from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from placedex.errors import BadWorkspace
from placedex.places.changes import Change
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
BUNDLED = "uk-2025"


class _Head(BaseModel):
    """What the YAML file beside a register says of it."""

    model_config = ConfigDict(extra="allow", frozen=True)

    name: str
    day: date


def read_register(folder: Path, code: str) -> Register:
    """The register `code` in a folder: code.yaml, code.csv and, if there, code-changes.csv.

    Errors: BadWorkspace with file, row and column for a cell that cannot be read, a code that is
            there twice, or a parent that is not in the register.
    """
    head = read_settings(folder / f"{code}.yaml", _Head)
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
            if parent not in places:
                raise BadWorkspace(
                    f"{path}, row {rows[place.code]}, column parents: {parent} is not in the "
                    "register. Wanted the code of a place there. Add it or mend the code."
                )
    changes = _changes(folder / f"{code}-changes.csv")
    return Register(head.name, head.day, tuple(places.values()), changes)


@cache
def bundled_register() -> Register:
    """The register that comes with placedex: the United Kingdom as of April 2025."""
    with resources.as_file(resources.files("placedex.places") / "registers") as folder:
        return read_register(folder, BUNDLED)


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
    )


def _changes(path: Path) -> tuple[Change, ...]:
    if not path.exists():
        return ()
    return tuple(
        Change(row.cells["old"], row.cells["new"], _day(row, "on", path) or date.min)
        for row in read_rows(path, wanted=("old", "new", "on"))
    )


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
