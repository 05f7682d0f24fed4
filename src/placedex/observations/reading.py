"""What a source gives: rows as published, their origins, and what was left out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Union

from placedex.errors import Fault
from placedex.observations.origin import Origin

if TYPE_CHECKING:
    import duckdb
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
NUMBERS = ("value", "low", "high")


@dataclass(frozen=True, slots=True)
class Reading:
    """Rows that are not yet checked.

    Attributes:
        rows: a table with the columns of `COLUMNS` and, if it has parts, `part`; or a relation in
            the desk's connection, which is read when the rows are kept, so that a large file never
            stands in memory. All are text but `row`, the number of the row in its file, and value,
            low and high, which may be numbers. An empty cell is null.
        origins: where the rows were published, by the code in their `origin` column.
        left_out: rows that the source does not take, counted by the reason why.
        refused: rows that could not be taken apart into cells; they are faults.
        periods: every text in the column `period`, if the source knows them; else they are looked
            up.
        indicators: every code in the column `indicator`, if the source knows them.
    """

    rows: Union["pa.Table", "duckdb.DuckDBPyRelation"]
    origins: tuple[Origin, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)
    refused: tuple[Fault, ...] = ()
    periods: frozenset[str] | None = None
    indicators: frozenset[str] | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns that the rows have."""
        names = getattr(self.rows, "column_names", None)
        return tuple(str(name) for name in (self.rows.columns if names is None else names))


def indicators_of(readings: Iterable[Reading]) -> frozenset[str]:
    """The indicators of which some readings have rows."""
    return frozenset(code for reading in readings for code in _indicators(reading))


def _indicators(reading: Reading) -> Collection[str]:
    if reading.indicators is not None:
        return reading.indicators
    if hasattr(reading.rows, "sql_query"):
        found = reading.rows.project("indicator").distinct().fetchall()
        return {code for (code,) in found if code is not None}
    import pyarrow.compute as pc

    return {code for code in pc.unique(reading.rows["indicator"]).to_pylist() if code is not None}


def without_indicators(reading: Reading, codes: Collection[str]) -> Reading:
    """A reading of a workspace's own figures without the rows of some indicators."""
    import pyarrow as pa
    import pyarrow.compute as pc

    there = pa.array(sorted(codes), type=pa.string())
    rows = reading.rows.filter(pc.invert(pc.is_in(reading.rows["indicator"], value_set=there)))
    used = set(pc.unique(rows["origin"]).to_pylist())
    origins = tuple(origin for origin in reading.origins if origin.code in used)
    return replace(reading, rows=rows, origins=origins, periods=None, indicators=None)
