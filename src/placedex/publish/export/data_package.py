"""A data package: CSV with a description of its tables in the form of Frictionless."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from placedex.publish.export.copied import copy_tables
from placedex.publish.export.licences import licences
from placedex.publish.export.table import ExportTable, Field
from placedex.store import hash_file

if TYPE_CHECKING:
    from placedex.publish.export.extract import Extract

FILE = "datapackage.json"
_TYPES = {"text": "string", "number": "number", "integer": "integer", "date": "date"}


def write_data_package(extract: "Extract", folder: Path) -> None:
    """Write each table as CSV, and what they mean into `datapackage.json`.

    Source: Frictionless (2017), Tabular Data Package 1.
    """
    copy_tables(extract, folder)
    text = json.dumps(_package(extract, folder), ensure_ascii=False, indent=1)
    (folder / FILE).write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _package(extract: "Extract", folder: Path) -> dict[str, Any]:
    origins = extract["origins"].query
    sources = extract.connection.execute(
        f"SELECT DISTINCT publisher, title, coalesce(address, '') FROM ({origins}) ORDER BY ALL"
    ).fetchall()
    return {
        "profile": "tabular-data-package",
        "name": re.sub(r"[^a-z0-9]+", "-", extract.title.lower()).strip("-") or "placedex",
        "title": extract.title,
        "description": extract.about,
        "licenses": [
            {"name": one.name, **({"path": one.address} if one.address else {}), "title": one.words}
            for one in licences(extract.connection, origins)
        ],
        "sources": [
            {"title": f"{publisher}: {title}", **({"path": address} if address else {})}
            for publisher, title, address in sources
        ],
        "contributors": [{"title": f"placedex {extract.version}", "role": "wrangler"}],
        "resources": [_resource(one, extract, folder) for one in extract.tables],
    }


def _resource(table: ExportTable, extract: "Extract", folder: Path) -> dict[str, Any]:
    path = folder / f"{table.name}.csv"
    keys: list[dict[str, Any]] = [
        {
            "fields": [field.name],
            "reference": {"resource": field.among, "fields": list(extract[field.among].key)},
        }
        for field in table.fields
        if field.among in extract
    ]
    schema: dict[str, Any] = {
        "fields": [_field(field) for field in table.fields],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if keys:
        schema["foreignKeys"] = keys
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": path.name,
        "title": table.title,
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{hash_file(path)}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "header": True},
        "schema": schema,
    }


def _field(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if field.needed:
        constraints["required"] = True
    if field.choices:
        constraints["enum"] = list(field.choices)
    described: dict[str, Any] = {
        "name": field.name,
        "type": _TYPES[field.type],
        "description": field.about,
    }
    if constraints:
        described["constraints"] = constraints
    if field.means:
        described["rdfType"] = field.means
    return described
