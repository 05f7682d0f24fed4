"""What a source gives: rows of text as published, their origins, and what was left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

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
    """

    rows: "pa.Table"
    origins: tuple[Origin, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)
