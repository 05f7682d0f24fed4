"""Published files with one header altered, so that a source must refuse them."""

import csv
import gzip
import json
import re
from collections.abc import Sequence
from pathlib import Path

import duckdb

from placedex.observations.sources.layout import Table
from tests.observations.workbook import write_workbook


def wanted_headers(table: Table | None) -> re.Pattern[str]:
    """The headers of which a table cannot do without any, or without all."""
    if table is None:
        return re.compile("CompanyNumber")
    columns = [one for one in (table.place.wanted if table.place else ()) if one]
    if columns and table.format != "json":
        names = [words for one in columns for words in (one, *table.names.get(one, ()))]
        return re.compile("|".join(map(re.escape, names)), re.IGNORECASE)
    if table.wide is not None:
        return re.compile(table.wide.columns)
    assert table.value is not None
    return re.compile(re.escape(table.records or table.value.column))


def renamed(header: Sequence[str], wanted: re.Pattern[str]) -> list[str]:
    """A header in which what is wanted has other names, each its own."""
    return [
        f"gone {number}" if wanted.fullmatch(" ".join(words.split())) else words
        for number, words in enumerate(header)
    ]


def alter(path: Path, table: Table | None) -> None:
    """Rename the headers that a table needs."""
    wanted = wanted_headers(table)
    form = "csv" if table is None else table.format
    if form == "parquet":
        with duckdb.connect() as connection:
            rows = connection.read_parquet(str(path)).to_arrow_table()
            connection.register("renamed", rows.rename_columns(renamed(rows.column_names, wanted)))
            connection.execute(f"COPY (SELECT * FROM renamed) TO '{path}' (FORMAT parquet)")
    elif form == "json":
        content = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps(_without(content, wanted)), encoding="utf-8")
    elif form == "xlsx":
        assert table is not None
        _alter_workbook(path, table, wanted)
    else:
        _alter_text(path, wanted)


def _without(content: object, wanted: re.Pattern[str]) -> object:
    if not isinstance(content, dict):
        return content
    names = renamed(list(content), wanted)
    return {name: _without(one, wanted) for name, one in zip(names, content.values(), strict=True)}


def _alter_workbook(path: Path, table: Table, wanted: re.Pattern[str]) -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    sheets = {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }
    for sheet in sheets.values():
        for row in sheet[:60]:
            words = [str(cell).removesuffix(".0") for cell in row]
            if isinstance(table.header, tuple) and table.wide is not None:
                row[:] = [f"gone {at}" if text else "" for at, text in enumerate(words)]
            else:
                row[:] = renamed(words, wanted)
    write_workbook(path, sheets)


def _alter_text(path: Path, wanted: re.Pattern[str]) -> None:
    packed = path.suffix == ".gz"
    content = gzip.decompress(path.read_bytes()) if packed else path.read_bytes()
    lines = content.decode("utf-8-sig").splitlines(keepends=True)
    header = next(csv.reader([lines[0]]))
    kept = renamed(header, wanted)
    assert kept != header
    ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
    lines[0] = ",".join(f'"{name}"' for name in kept) + ending
    text = "".join(lines).encode()
    path.write_bytes(gzip.compress(text) if packed else text)
