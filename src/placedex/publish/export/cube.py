"""A cube: the rows of a table laid out along its dimensions, each cell with one position."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb

from placedex.publish.export.table import BATCH
from placedex.store import insert_rows


@dataclass(frozen=True, slots=True)
class Dimension:
    """One direction of a cube: its column, its title, and a question for codes and labels in order.

    Attributes:
        role: geo, time or metric; empty if none of these.
        about: what else is known of each code, by its code.
    """

    column: str
    title: str
    query: str
    role: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cube:
    """The rows of a question along dimensions; cells that no row has are simply not there."""

    connection: duckdb.DuckDBPyConnection
    query: str
    dimensions: tuple[Dimension, ...]
    codes: tuple[tuple[tuple[str, str], ...], ...]

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many codes each dimension has."""
        return tuple(len(one) for one in self.codes)

    def cells(self, column: str) -> Iterator[tuple[int, Any]]:
        """Position and content of every cell in which a column has something, in order."""
        joins = " ".join(
            f"JOIN export_axis_{number} ON export_axis_{number}.code = rows.{one.column}"
            for number, one in enumerate(self.dimensions)
        )
        answer = self.connection.execute(
            f"SELECT {self._position()} AS position, rows.{column} FROM ({self.query}) AS rows "
            f"{joins} WHERE rows.{column} IS NOT NULL ORDER BY position"
        )
        while batch := answer.fetchmany(BATCH):
            yield from batch

    def _position(self) -> str:
        """The place of a cell when the last dimension runs fastest."""
        words = "CAST(0 AS HUGEINT)"
        for number, size in enumerate(self.sizes):
            words = f"({words} * {size} + export_axis_{number}.number)"
        return f"CAST({words} AS BIGINT)"


def make_cube(
    connection: duckdb.DuckDBPyConnection, query: str, dimensions: tuple[Dimension, ...]
) -> Cube:
    """The cube of a question, its codes looked up."""
    found = []
    for number, one in enumerate(dimensions):
        codes = tuple(connection.execute(one.query).fetchall())
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE export_axis_{number} (code VARCHAR, number BIGINT)"
        )
        insert_rows(
            connection,
            f"export_axis_{number}",
            [(code, place) for place, (code, _) in enumerate(codes)],
        )
        found.append(codes)
    return Cube(connection, query, dimensions, tuple(found))
