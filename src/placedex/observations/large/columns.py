"""Columns that a large Parquet file must have, looked for before anything is counted."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from placedex.errors import UnreadableSource
from placedex.store import Engine

if TYPE_CHECKING:
    from ibis.expr.datatypes import DataType
    from ibis.expr.types import Table

TEXT, DAY, NUMBER = "text", "a day", "a number"


def read_columns(engine: Engine, path: Path, *, wanted: Mapping[str, str]) -> "Table":
    """The wanted columns of a Parquet file; each is wanted as TEXT, DAY or NUMBER.

    Errors: UnreadableSource if one is missing or of another kind; it names what was found.
    """
    table = engine.read_parquet([path])
    found = table.schema()
    missing = [name for name in wanted if name not in found]
    if missing:
        raise UnreadableSource(
            f"{path.name}: the columns are {_listed(found)}. Wanted also {_listed(missing)}. Look "
            "whether it is the file that is meant; else the publisher has changed it: bring "
            "placedex up to date."
        )
    for name, kind in wanted.items():
        if not _is(found[name], kind):
            raise UnreadableSource(
                f"{path.name}, column '{name}': the cells are of the type {found[name]}. Wanted "
                f"{kind}. The publisher has changed the file: bring placedex up to date."
            )
    return table.select(*wanted)


def _is(met: "DataType", kind: str) -> bool:
    if kind == DAY:
        return bool(met.is_date() or met.is_timestamp())
    return bool(met.is_string() if kind == TEXT else met.is_numeric())


def _listed(names: Sequence[str] | Mapping[str, object]) -> str:
    return ", ".join(f"'{name}'" for name in names)
