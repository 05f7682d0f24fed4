"""What a source gives: rows as published, their origins, and what was left out."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Union

from placedex.errors import Fault
from placedex.observations.origin import Origin, latest_first, with_day

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
Kinds = Callable[[str], str | None]


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


def with_days(readings: Iterable[Reading], days: Mapping[str, date]) -> tuple[Reading, ...]:
    """Readings whose origins tell the day on which their file was fetched, by its SHA-256."""
    return tuple(
        replace(one, origins=latest_first(with_day(origin, days) for origin in one.origins))
        for one in readings
    )


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


def covered_by(
    readings: Iterable[Reading], *, codes: Collection[str], kind_of: Kinds
) -> frozenset[tuple[str, str]]:
    """The pairs of an indicator, among some, and a kind of place of which readings have a figure.

    A row without a value covers nothing, and one of a place of unknown kind neither.
    """
    found = {pair for reading in readings for pair in _placed(reading, codes)}
    kinds = {place: kind_of(place) for _, place in found}
    pairs = ((code, kinds[place]) for code, place in found)
    return frozenset((code, kind) for code, kind in pairs if kind is not None)


def _placed(reading: Reading, codes: Collection[str]) -> set[tuple[str, str]]:
    """Each of some indicators with each place for which a reading has a value."""
    if reading.indicators is not None and reading.indicators.isdisjoint(codes):
        return set()
    if hasattr(reading.rows, "sql_query"):
        named = ", ".join("'" + code.replace("'", "''") + "'" for code in sorted(codes))
        rows = reading.rows.filter(f"value IS NOT NULL AND indicator IN ({named or 'NULL'})")
        return set(rows.project("indicator, place").distinct().fetchall())
    import pyarrow as pa
    import pyarrow.compute as pc

    among = pc.is_in(reading.rows["indicator"], value_set=pa.array(sorted(codes), pa.string()))
    table = reading.rows.filter(pc.and_(among, pc.is_valid(reading.rows["value"])))
    return _pairs(table)


def _pairs(table: "pa.Table") -> set[tuple[str, str]]:
    listed = zip(table["indicator"].to_pylist(), table["place"].to_pylist(), strict=True)
    return {(code, place) for code, place in listed if code is not None and place is not None}


def without_covered(
    reading: Reading, covered: Collection[tuple[str, str]], *, kind_of: Kinds
) -> Reading:
    """A reading of a workspace's own figures without the indicators that others have, by kind.

    Of an indicator and a kind of place that are covered no row stays, so that within one kind an
    indicator is never mixed from both.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    pairs = _pairs(reading.rows)
    kinds = {place: kind_of(place) for _, place in pairs}
    gone = sorted(f"{code} {place}" for code, place in pairs if (code, kinds[place]) in covered)
    marks = pc.binary_join_element_wise(reading.rows["indicator"], reading.rows["place"], " ")
    # A row without a code is at fault, and stays to be named.
    taken = pc.fill_null(pc.is_in(marks, value_set=pa.array(gone, type=pa.string())), False)
    rows = reading.rows.filter(pc.invert(taken))
    used = set(pc.unique(rows["origin"]).to_pylist())
    origins = tuple(origin for origin in reading.origins if origin.code in used)
    return replace(reading, rows=rows, origins=origins, periods=None, indicators=None)
