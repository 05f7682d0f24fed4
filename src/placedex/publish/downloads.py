"""Downloads: every table as CSV, Parquet and JSON, the same bytes for the same figures."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from placedex.publish.audit_download import audit_table
from placedex.publish.download_tables import Column, DataTable, Value, data_tables
from placedex.publish.material import Material
from placedex.publish.record_download import record_tables
from placedex.publish.uncertainty_download import uncertainty_tables
from placedex.publish.words import size

if TYPE_CHECKING:
    import pyarrow as pa

MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet", "json": "application/json"}
CSVW = {"text": "string", "number": "number", "integer": "integer", "date": "date"}


@dataclass(frozen=True, slots=True)
class File:
    """One file to take away: its path below the site's folder and its bytes."""

    path: str
    form: str
    content: bytes

    @property
    def words(self) -> str:
        """The form and the size, as on the link."""
        return f"{self.form} ({size(len(self.content))})"


@dataclass(frozen=True, slots=True)
class Download:
    """One table with its files."""

    table: DataTable
    rows: int
    files: tuple[File, ...]


def downloads(material: Material) -> tuple[Download, ...]:
    """Every table of the edition in every form."""
    tables = (
        *data_tables(material),
        audit_table(material),
        *uncertainty_tables(material),
        *record_tables(material.record),
    )
    return tuple(_download(table) for table in tables if table is not None)


def _download(table: DataTable) -> Download:
    forms: tuple[tuple[str, str, Callable[[DataTable], bytes]], ...] = (
        ("csv", "CSV", as_csv),
        ("parquet", "Parquet", as_parquet),
        ("json", "JSON", as_json),
        ("csv-metadata.json", "CSVW description", as_csvw),
    )
    files = tuple(
        File(f"data/{table.name}.{ending}", form, write(table)) for ending, form, write in forms
    )
    return Download(table, len(table.rows), files)


def as_csv(table: DataTable) -> bytes:
    """The table as RFC 4180 has it: UTF-8, one header row, lines ended by CR and LF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows(table.rows)
    return text.getvalue().encode()


def as_json(table: DataTable) -> bytes:
    """The table as a list of objects, one to a line; a missing value is null."""
    names = [column.name for column in table.columns]
    lines = (
        json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, allow_nan=False)
        for row in table.rows
    )
    body = ",\n".join(lines)
    return f"[\n{body}\n]\n".encode()


def as_csvw(table: DataTable) -> bytes:
    """What the columns of the CSV file mean, in the form of CSV on the Web."""
    description = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": f"{table.name}.csv",
        "dc:title": table.title,
        "dc:description": table.about,
        "tableSchema": {
            "columns": [
                {
                    "name": column.name,
                    "titles": column.name,
                    "dc:description": column.about,
                    "datatype": CSVW[column.type],
                }
                for column in table.columns
            ]
        },
    }
    return f"{json.dumps(description, ensure_ascii=False, indent=1)}\n".encode()


def as_parquet(table: DataTable) -> bytes:
    """The table as Parquet, without any mark of when it was written."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrays = [
        pa.array(values, type=_arrow_type(column))
        for column, values in zip(table.columns, _turned(table), strict=True)
    ]
    sink = io.BytesIO()
    content = pa.table(dict(zip([one.name for one in table.columns], arrays, strict=True)))
    pq.write_table(content, sink, compression="zstd")
    return sink.getvalue()


def _turned(table: DataTable) -> Iterable[Sequence[Value]]:
    if not table.rows:
        return [()] * len(table.columns)
    return zip(*table.rows, strict=True)


def _arrow_type(column: Column) -> "pa.DataType":
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "number": pa.float64(),
        "integer": pa.int64(),
        "date": pa.string(),
    }
    return types[column.type]
