"""Tables to export: what their columns mean, and the question that gives their rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

BATCH = 10_000


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table to export.

    Attributes:
        type: text, number, integer or date.
        needed: whether each row has it.
        among: the table among whose keys its values are; empty if they are no keys.
        choices: the only values that it may have; empty if any.
        means: the address of a published term that means the same.
    """

    name: str
    about: str
    type: str = "text"
    needed: bool = False
    among: str = ""
    choices: tuple[str, ...] = ()
    means: str = ""


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A table to export; `query` gives its rows in order, a column for each field by its name."""

    name: str
    title: str
    about: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    query: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(field.name for field in self.fields)

    def rows(self, connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
        """The rows, a batch at a time; ask nothing else of the connection between them."""
        answer = connection.execute(self.query)
        while batch := answer.fetchmany(BATCH):
            yield from batch

    def count(self, connection: duckdb.DuckDBPyConnection) -> int:
        """How many rows there are."""
        row = connection.execute(f"SELECT count(*) FROM ({self.query})").fetchone()
        return int(row[0]) if row else 0
