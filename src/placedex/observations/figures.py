"""A workspace's own tables of figures: CSV files in one form, with their origins beside them."""

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from placedex.errors import BadWorkspace, Fault
from placedex.observations.origins_file import read_origins
from placedex.observations.reading import COLUMNS, Reading
from placedex.store import read_rows

if TYPE_CHECKING:
    import pyarrow as pa

PART = "part"
WANTED = ("place", "indicator", "period", "value", "low", "high", "status", "origin")


def read_figures(folder: Path) -> Reading:
    """The rows of every CSV file in a folder, and the origins in its origins.yaml.

    Errors: BadWorkspace if the folder holds no figures or a header lacks a column. Rows of another
            length are in `refused`. What the cells hold is not yet checked.
    """
    paths = sorted(folder.glob("*.csv"))
    if not paths:
        raise BadWorkspace(
            f"{folder} holds no figures. Wanted at least one CSV file with the columns "
            f"{', '.join(WANTED)}. Put one there."
        )
    refused: list[Fault] = []
    rows = _table(paths, folder=folder, refused=refused)
    origins = read_origins(folder / "origins.yaml")
    return Reading(rows, origins, refused=tuple(refused))


def _table(paths: list[Path], *, folder: Path, refused: list[Fault]) -> "pa.Table":
    import pyarrow as pa

    columns: dict[str, list[str | int | None]] = {name: [] for name in (*COLUMNS, PART)}
    for path in paths:
        name = f"{folder.name}/{path.name}"
        short: list[Fault] = []
        for row in read_rows(path, wanted=WANTED, refused=short):
            for column in WANTED:
                columns[column].append(row.cells[column] or None)
            for column in ("unit", PART):
                columns[column].append(row.cells.get(column) or None)
            columns["file"].append(name)
            columns["row"].append(row.number)
        refused += [dataclasses.replace(fault, file=name) for fault in short]
    types = {name: pa.int64() if name == "row" else pa.string() for name in columns}
    return pa.table({name: pa.array(columns[name], type=types[name]) for name in columns})
