"""Cells of CSV files: many files of one header are read at once, in one pass."""

import csv
import gzip
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from placedex.errors import UnreadableSource
from placedex.observations.sources.desk import Desk
from placedex.observations.sources.layout import Table
from placedex.observations.sources.raw import Raw, header_rows, name_columns

LOOKED_AT = 60
_ENCODINGS = {"utf-8": "utf-8", "latin-1": "latin-1", "utf-16": "utf-16"}


def read_csv_cells(files: Sequence[Path], table: Table, desk: Desk) -> Iterator[Raw]:
    """The cells of some files, those of one header together.

    Errors: UnreadableSource if a file is empty, cut, or not in the encoding.
    """
    groups: dict[tuple[tuple[str, ...], int], list[Path]] = {}
    for path in files:
        rows, header = _header(path, table, desk=desk)
        groups.setdefault((tuple(header), max(rows)), []).append(path)
    for (words, row), paths in groups.items():
        yield _read(paths, words, row=row, table=table, desk=desk)


def _header(path: Path, table: Table, *, desk: Desk) -> tuple[tuple[int, ...], list[str]]:
    where = desk.name(path)
    rows: list[list[str]] = []
    try:
        with open_text(path, table.encoding) as file:
            for row in csv.reader(file, delimiter=table.delimiter):
                rows.append([" ".join(cell.replace("\ufeff", "").split()) for cell in row])
                if len(rows) >= _needed(table):
                    break
    except (UnicodeError, EOFError, OSError, csv.Error) as error:
        raise UnreadableSource(
            f"{where} cannot be read as {table.encoding} ({error}). Wanted a whole CSV file in "
            f"{table.encoding}. Fetch it again, or mend the layout."
        ) from None
    if not any(cell for row in rows for cell in row):
        raise UnreadableSource(f"{where} is empty. Wanted a table. Fetch it again.")
    return header_rows(rows, table, where=where)


def _needed(table: Table) -> int:
    if isinstance(table.header, str):
        return LOOKED_AT
    return table.header if isinstance(table.header, int) else max(table.header)


def open_text(path: Path, encoding: str) -> io.TextIOWrapper:
    """A file's text, of a packed one too."""
    if path.suffix == ".gz":
        return io.TextIOWrapper(gzip.open(path), encoding=encoding, newline="")
    return path.open(encoding=encoding, newline="")


def _read(paths: list[Path], header: tuple[str, ...], *, row: int, table: Table, desk: Desk) -> Raw:
    where = desk.name(paths[0])
    columns = name_columns(header, where=where, row=row)
    kinds = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(header)))
    wanted = ", ".join(f"c{number}" for number in range(len(header)))
    name, names = desk.new_table("cells"), desk.new_table("names")
    _name_files(paths, names, desk=desk)
    try:
        desk.connection.execute(
            f"CREATE TEMP TABLE {name} AS SELECT filename, row_number() OVER () AS number, {wanted}"
            f" FROM read_csv(?, auto_detect = false, header = false, skip = {row}, delim = ?, "
            f"quote = '\"', escape = '\"', strict_mode = true, null_padding = {table.ragged}, "
            f"encoding = ?, filename = true, columns = {{{kinds}}})",
            [[str(path) for path in paths], table.delimiter, table.encoding.lower()],
        )
    except duckdb.Error as error:
        raise UnreadableSource(_explain(error, paths, table=table, desk=desk)) from None
    view = desk.new_table("table")
    desk.connection.execute(
        f"CREATE TEMP VIEW {view} AS SELECT {names}.name AS file, number - began + {row + 1} AS row"
        f", {wanted} FROM {name} JOIN {names} USING (filename) JOIN (SELECT filename, min(number) "
        f"AS began FROM {name} GROUP BY filename) USING (filename)"
    )
    return Raw(view, columns, header, where, row)


def _name_files(paths: list[Path], names: str, *, desk: Desk) -> None:
    from placedex.store import insert_rows

    desk.connection.execute(f"CREATE TEMP TABLE {names} (filename VARCHAR, name VARCHAR)")
    insert_rows(desk.connection, names, [(str(path), desk.name(path)) for path in paths])


def _explain(error: duckdb.Error, paths: list[Path], *, table: Table, desk: Desk) -> str:
    text = str(error)
    where = next((desk.name(path) for path in paths if str(path) in text), desk.name(paths[0]))
    first = text.splitlines()[0]
    for path in paths:
        first = first.replace(str(path), desk.name(path))
    return (
        f"{where}: {first}. Wanted a whole CSV file in {table.encoding} as its publisher writes "
        "it. Fetch it again."
    )


def with_metadata(path: Path, table: Table, *, where: str) -> Table:
    """The table as its CSV on the Web metadata describe it: its dialect, and names for titles.

    Errors: UnreadableSource if the metadata are missing or are no JSON.
    """
    beside = path.with_name(f"{path.name}-metadata.json")
    try:
        about: dict[str, Any] = json.loads(beside.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        raise UnreadableSource(
            f"{where}: {beside.name} is missing or is no JSON. Wanted the metadata of CSV on the "
            "Web beside the table. Fetch it too."
        ) from None
    described = about["tables"][0] if "tables" in about else about
    dialect: Mapping[str, Any] = described.get("dialect", about.get("dialect", {}))
    names = dict(table.names)
    for column in described.get("tableSchema", {}).get("columns", ()):
        titles = column.get("titles", ())
        if isinstance(titles, dict):
            titles = next(iter(titles.values()), ())
        titles = (titles,) if isinstance(titles, str) else tuple(titles)
        names[column.get("name", "")] = (*names.get(column.get("name", ""), ()), *titles)
    return table.model_copy(
        update={
            "names": names,
            "delimiter": dialect.get("delimiter", table.delimiter),
            "encoding": str(dialect.get("encoding", table.encoding)).lower(),
            "header": int(dialect.get("skipRows", 0)) + int(dialect.get("headerRowCount", 1)),
        }
    )
