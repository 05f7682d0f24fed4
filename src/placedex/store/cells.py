"""Cells that look like what is sought, in every table below a folder, with file and row."""

import gzip
import json
import re
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from placedex.errors import BadUsage, UnreadableSource

TABLES = (".csv", ".csv.gz", ".parquet")
WORKBOOKS = (".xlsx", ".ods", ".xls")
TREES = (".json", ".json.gz", ".geojson", ".topojson")
# Between the words of a list in a cell, and between a code and its name.
BETWEEN = r"\s*[;,]\s*|\s+:\s+"
# A column of them is one in which most of what stands is one.
SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Cell:
    """A word in a table: its file, where in it (sheet and column), the first row, and how often."""

    path: Path
    where: str
    row: int
    text: str
    times: int = 1


def cells_like(folder: Path, pattern: str, *, sure: str) -> Iterator[Cell]:
    """Every different word that matches a pattern, in each column that is mostly of such words.

    sure: a pattern of words that count in any column of a workbook and anywhere in JSON.

    Errors: BadUsage if there is no such folder; UnreadableSource for a file that cannot be read.
    """
    if not folder.exists():
        raise BadUsage(f"{folder} is missing. Wanted a folder of tables, or one table. Name it.")
    found = [folder] if folder.is_file() else sorted(folder.rglob("*"))
    paths = [path for path in found if path.name.endswith((*TABLES, *WORKBOOKS, *TREES))]
    if not paths:
        raise BadUsage(
            f"{folder} holds no table. Wanted files that end in one of "
            f"{', '.join((*TABLES, *WORKBOOKS, *TREES))}. Name another folder."
        )
    with duckdb.connect() as connection:
        for path in paths:
            try:
                if path.name.endswith(TABLES):
                    yield from _in_table(connection, path, pattern)
                elif path.name.endswith(WORKBOOKS):
                    yield from _in_workbook(path, re.compile(pattern), sure=re.compile(sure))
                else:
                    yield from _in_tree(path, re.compile(sure))
            except (OSError, EOFError, ValueError, zlib.error, duckdb.Error) as error:
                reason = str(error).splitlines()[0][:160]
                raise UnreadableSource(
                    f"{path} cannot be read ({reason}). Wanted a table. Mend it, or take it out."
                ) from None


def _in_table(connection: duckdb.DuckDBPyConnection, path: Path, pattern: str) -> Iterator[Cell]:
    with tempfile.TemporaryDirectory() as spare:
        source = _relation(path, Path(spare))
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE held AS SELECT row_number() OVER () + 1 AS row, * "
            f"FROM {source}"
        )
    columns = [one[0] for one in connection.execute("DESCRIBE held").fetchall()[1:]]
    for column in columns:
        name = '"' + column.replace('"', '""') + '"'
        found = connection.execute(
            f"""
            WITH cell AS (
                SELECT row, unnest(regexp_split_to_array({name}::VARCHAR, $between)) AS word
                FROM held WHERE {name} IS NOT NULL AND {name}::VARCHAR <> ''
            ), word AS (
                SELECT word, min(row) AS row, count(*) AS many,
                    regexp_full_match(word, $pattern) AS is_one
                FROM cell GROUP BY word
            )
            SELECT word, row, many FROM word WHERE is_one AND (
                SELECT sum(many) FILTER (is_one) >= $share * sum(many) FROM word
            ) ORDER BY row, word
            """,
            {"between": BETWEEN, "pattern": pattern, "share": SHARE},
        ).fetchall()
        for word, row, many in found:
            yield Cell(path, f"column {column}", row, word, many)


def _relation(path: Path, spare: Path) -> str:
    """The table of a file as something to select from; what is not UTF-8 is written so first."""
    if path.suffix == ".parquet":
        return f"read_parquet('{_quoted(path)}')"
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    try:
        content.decode()
    except UnicodeDecodeError:
        path = spare / "table.csv"
        path.write_text(content.decode("cp1252", errors="replace"), encoding="utf-8")
    return (
        f"read_csv('{_quoted(path)}', all_varchar=true, header=true, strict_mode=false, "
        "null_padding=true, parallel=false)"
    )


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _in_workbook(path: Path, pattern: re.Pattern[str], *, sure: re.Pattern[str]) -> Iterator[Cell]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_path(path)
    except CalamineError as error:
        raise ValueError(str(error)) from None
    for sheet in workbook.sheet_names:
        columns: dict[int, dict[str, list[int]]] = {}
        for number, cells in enumerate(workbook.get_sheet_by_name(sheet).to_python(), start=1):
            for at, cell in enumerate(cells):
                if isinstance(cell, str) and cell.strip():
                    held = columns.setdefault(at, {}).setdefault(cell.strip(), [])
                    held.append(number)
        for at, words in columns.items():
            many = sum(len(rows) for text, rows in words.items() if pattern.fullmatch(text))
            mostly = many >= SHARE * sum(map(len, words.values()))
            for text, rows in words.items():
                if sure.fullmatch(text) or (mostly and pattern.fullmatch(text)):
                    yield Cell(path, f"sheet {sheet}, column {at + 1}", rows[0], text, len(rows))


def _in_tree(path: Path, sure: re.Pattern[str]) -> Iterator[Cell]:
    content = path.read_bytes()
    tree = json.loads(gzip.decompress(content) if path.suffix == ".gz" else content)
    found: dict[str, list[tuple[str, int]]] = {}
    for text, where, at in _words(tree, "", 1):
        if sure.fullmatch(text):
            found.setdefault(text, []).append((where, at))
    for text, places in found.items():
        where, at = places[0]
        yield Cell(path, f"entry {where or 'of the file'}", at, text, len(places))


def _words(tree: Any, where: str, at: int) -> Iterator[tuple[str, str, int]]:
    """Every text of a tree and every name of an entry, with where it stands and its number."""
    if isinstance(tree, str):
        yield tree, where, at
    elif isinstance(tree, dict):
        for number, (name, held) in enumerate(tree.items(), start=1):
            yield name, where, number
            yield from _words(held, f"{where}.{name}".lstrip("."), at)
    elif isinstance(tree, list):
        for number, held in enumerate(tree, start=1):
            yield from _words(held, where, number)
