"""CSV with a description of its tables in the form of CSV on the Web."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from placedex.publish.export.copied import copy_tables
from placedex.publish.export.licences import licences
from placedex.publish.export.table import ExportTable, Field

if TYPE_CHECKING:
    from placedex.publish.export.extract import Extract

FILE = "csv-metadata.json"
_TYPES = {"text": "string", "number": "double", "integer": "integer", "date": "date"}


def write_csvw(extract: "Extract", folder: Path) -> None:
    """Write each table as CSV, and what they mean into `csv-metadata.json`.

    Source: W3C (2015), Metadata Vocabulary for Tabular Data.
    """
    copy_tables(extract, folder)
    text = json.dumps(_group(extract), ensure_ascii=False, indent=1)
    (folder / FILE).write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _group(extract: "Extract") -> dict[str, Any]:
    origins = extract["origins"].query
    publishers = extract.connection.execute(
        f"SELECT DISTINCT publisher FROM ({origins}) ORDER BY ALL"
    ).fetchall()
    terms = licences(extract.connection, origins)
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": extract.title,
        "dc:description": extract.about,
        "dc:creator": f"placedex {extract.version}",
        "dc:source": [name for (name,) in publishers],
        "dc:license": [{"@id": one.address} if one.address else one.words for one in terms],
        "dc:rights": "; ".join(one.words for one in terms),
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\n"]},
        "tables": [_table(one, extract) for one in extract.tables],
    }


def _table(table: ExportTable, extract: "Extract") -> dict[str, Any]:
    keys: list[dict[str, Any]] = [
        {
            "columnReference": field.name,
            "reference": {
                "resource": f"{field.among}.csv",
                "columnReference": list(extract[field.among].key),
            },
        }
        for field in table.fields
        if field.among in extract
    ]
    schema: dict[str, Any] = {"columns": [_column(field) for field in table.fields]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if keys:
        schema["foreignKeys"] = keys
    return {
        "url": f"{table.name}.csv",
        "dc:title": table.title,
        "dc:description": table.about,
        "tableSchema": schema,
    }


def _column(field: Field) -> dict[str, Any]:
    type_: Any = _TYPES[field.type]
    if field.choices:
        type_ = {"base": type_, "format": "|".join(field.choices)}
    column: dict[str, Any] = {
        "name": field.name,
        "titles": field.name,
        "dc:description": field.about,
        "datatype": type_,
        "required": field.needed,
    }
    if not field.needed:
        column["null"] = ""
    if field.means:
        column["propertyUrl"] = field.means
    return column
