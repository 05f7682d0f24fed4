"""Tables of other people's answers, and states to run a step on."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from placedex.index import Hierarchy, Node
from placedex.index.step import State
from placedex.observations import Indicator, make_panel
from placedex.observations.panel import FloatArray
from placedex.places import Place

NAN = float("nan")


def number(text: str | float | None) -> float:
    """The number in a cell; empty, NA and null are missing."""
    return NAN if text in {None, "", "NA"} else float(text or 0)


@dataclass(frozen=True)
class Table:
    """A table of numbers with its keys, its codes and the texts that it was read from."""

    keys: tuple[str, ...]
    codes: tuple[str, ...]
    values: FloatArray
    texts: NDArray[np.str_]

    def column(self, code: str) -> FloatArray:
        """The numbers of one code."""
        return self.values[:, self.codes.index(code)]

    def text(self, code: str) -> list[str]:
        """The texts of one code."""
        return [str(cell) for cell in self.texts[:, self.codes.index(code)]]


def read_table(path: Path, *, keys: int = 1) -> Table:
    """A CSV of which the first columns are keys; a cell that is no number is missing."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    texts = np.array([line[keys:] for line in lines[1:]])
    values = np.array([[_number_or_missing(cell) for cell in row] for row in texts])
    return Table(
        tuple("|".join(line[:keys]) for line in lines[1:]),
        tuple(lines[0][keys:]),
        values,
        texts,
    )


def _number_or_missing(text: str) -> float:
    try:
        return number(text)
    except ValueError:
        return NAN


def read_directions(folder: Path) -> dict[str, int]:
    """The direction of each indicator of the ASEM index."""
    with (folder / "asem_iMeta.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["iCode"]: int(row["Direction"]) for row in rows if row["Type"] == "Indicator"}


def read_parents(folder: Path) -> dict[str, str]:
    """The parent of each indicator of the ASEM index."""
    with (folder / "asem_iMeta.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["iCode"]: row["Parent"] for row in rows if row["Type"] == "Indicator"}


def read_json(path: Path) -> Any:
    """What a JSON file holds."""
    return json.loads(path.read_text(encoding="utf-8"))


def nodes(codes: Sequence[str], directions: Sequence[int] = ()) -> Hierarchy:
    """A hierarchy of indicators right under the index."""
    ways = directions or (1,) * len(codes)
    leaves = (
        Node(code, code, "index", direction=way) for code, way in zip(codes, ways, strict=True)
    )
    return Hierarchy((Node("index", "Index", None), *leaves))


def state(
    columns: Mapping[str, Sequence[float]],
    *,
    directions: Sequence[int] = (),
    places: Sequence[str] = (),
    hierarchy: Hierarchy | None = None,
) -> State:
    """A state of bare figures: a column for each indicator, places A, B, C ... or as named."""
    values = np.array(list(columns.values()), dtype=float).T
    codes = places or [chr(ord("A") + row) for row in range(len(values))]
    panel = make_panel(
        [Place(code, code, "d", "R") for code in codes],
        [Indicator(code, code, "") for code in columns],
        values,
    )
    return State(panel, hierarchy or nodes(tuple(columns), directions))


def state_of(table: Table, directions: dict[str, int] | None = None) -> State:
    """A state of the figures of a table."""
    ways = [1 if directions is None else directions[code] for code in table.codes]
    columns = {code: table.column(code).tolist() for code in table.codes}
    return state(columns, directions=ways, places=table.keys)


def difference(ours: FloatArray, theirs: FloatArray) -> float:
    """The largest relative difference (absolute below 1); infinite if a gap is in one alone."""
    assert ours.shape == theirs.shape
    if not np.array_equal(np.isnan(ours), np.isnan(theirs)):
        return float("inf")
    apart = np.abs(ours - theirs) / np.maximum(np.abs(theirs), 1.0)
    return float(np.nanmax(apart, initial=0.0))
