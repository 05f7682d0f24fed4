"""A workspace's own tables of figures: CSV files in one form, with their origins beside them."""

from pathlib import Path
from typing import TYPE_CHECKING

from placedex.errors import BadWorkspace
from placedex.observations.origins_file import read_origins
from placedex.observations.reading import COLUMNS, Reading
from placedex.store import read_rows

if TYPE_CHECKING:
    import pyarrow as pa

WANTED = ("place", "indicator", "period", "value", "low", "high", "status", "origin")


def read_figures(folder: Path) -> Reading:
    """The rows of every CSV file in a folder, and the origins in its origins.yaml.

    Errors: BadWorkspace if the folder holds no figures, a header lacks a column, or a row is of
            another length. What the cells hold is not yet checked.
    """
    paths = sorted(folder.glob("*.csv"))
    if not paths:
        raise BadWorkspace(
            f"{folder} holds no figures. Wanted at least one CSV file with the columns "
            f"{', '.join(WANTED)}. Put one there."
        )
    return Reading(_table(paths, folder=folder), read_origins(folder / "origins.yaml"))


def _table(paths: list[Path], *, folder: Path) -> "pa.Table":
    import pyarrow as pa

    columns: dict[str, list[str | int | None]] = {name: [] for name in COLUMNS}
    for path in paths:
        name = f"{folder.name}/{path.name}"
        for row in read_rows(path, wanted=WANTED):
            for column in WANTED:
                columns[column].append(row.cells[column] or None)
            columns["unit"].append(row.cells.get("unit") or None)
            columns["file"].append(name)
            columns["row"].append(row.number)
    types = {name: pa.int64() if name == "row" else pa.string() for name in COLUMNS}
    return pa.table({name: pa.array(columns[name], type=types[name]) for name in COLUMNS})
