"""What a source gives: rows of text as published, their origins, and what was left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from placedex.errors import Fault
from placedex.observations.origin import Origin

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = (
    "place",
    "indicator",
    "period",
    "value",
    "low",
    "high",
    "status",
    "origin",
    "unit",
    "file",
    "row",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Rows that are not yet checked.

    Attributes:
        rows: a table with the columns of `COLUMNS`; all are text but `row`, the number of the row
            in its file. An empty cell is null.
        origins: where the rows were published, by the code in their `origin` column.
        left_out: rows that the source does not take, counted by the reason why.
        refused: rows that could not be taken apart into cells; they are faults.
    """

    rows: "pa.Table"
    origins: tuple[Origin, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)
    refused: tuple[Fault, ...] = ()


def without_indicators(reading: Reading, other: Reading) -> Reading:
    """A reading without the rows of every indicator that another reading has."""
    import pyarrow.compute as pc

    there = pc.unique(other.rows["indicator"])
    rows = reading.rows.filter(pc.invert(pc.is_in(reading.rows["indicator"], value_set=there)))
    used = set(pc.unique(rows["origin"]).to_pylist())
    origins = tuple(origin for origin in reading.origins if origin.code in used)
    return Reading(rows, origins, reading.left_out, reading.refused)
