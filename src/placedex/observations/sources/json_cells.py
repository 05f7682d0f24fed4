"""Cells of JSON files: records under a path, or a JSON-stat dataset turned into rows."""

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from placedex.errors import UnreadableSource
from placedex.observations.sources.desk import Desk
from placedex.observations.sources.layout import Table
from placedex.observations.sources.raw import Raw
from placedex.observations.sources.sheet_cells import stage_rows

KEY, VALUE = "key", "value"


def read_json_cells(files: Sequence[Path], table: Table, desk: Desk) -> Iterator[Raw]:
    """The records of each file, one row each; the row's number is that of the record.

    Errors: UnreadableSource if a file is no JSON, or has no records under the path.
    """
    for path in files:
        where = desk.name(path)
        content = _content(path, where=where)
        if table.format == "json-stat":
            header, rows = _cube(content, where=where)
        else:
            header, rows = _records(_under(content, table.records, where=where), where=where)
        yield stage_rows(rows, header, (where, where, 0), desk=desk)


def _content(path: Path, *, where: str) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, OSError) as error:
        raise UnreadableSource(
            f"{where} is no JSON ({error}). Wanted a whole file. Fetch it again."
        ) from None


def _under(content: Any, path: str, *, where: str) -> Any:
    for step in filter(None, path.split(".")):
        if not isinstance(content, Mapping) or step not in content:
            keys = ", ".join(content) if isinstance(content, Mapping) else type(content).__name__
            raise UnreadableSource(
                f"{where}: there is no '{step}'; the keys are {keys[:200]}. Wanted the records "
                f"under '{path}'. Bring placedex up to date, or mend the layout."
            )
        content = content[step]
    return content


def _records(content: Any, *, where: str) -> tuple[list[str], list[list[str | None]]]:
    """Records as a list, or under keys, which become the column `key`.

    Where plain values stand under all the keys, they become the column `value`.
    """
    if isinstance(content, Mapping):
        plain = not any(isinstance(record, Mapping | list) for record in content.values())
        content = [
            {KEY: name, **(_flat(record) if isinstance(record, Mapping) else {VALUE: record})}
            for name, record in content.items()
            if plain or isinstance(record, Mapping)
        ]
    if not isinstance(content, list) or not content:
        raise UnreadableSource(
            f"{where} holds no records. Wanted a list of them, or an object under each key. The "
            "file is empty or has changed: fetch it again, or mend the layout."
        )
    records = [_flat(record) if isinstance(record, Mapping) else {} for record in content]
    header = list(dict.fromkeys(name for record in records for name in record))
    return header, [[_text(record.get(name)) for name in header] for record in records]


def _flat(record: Mapping[str, Any], stem: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, Mapping):
            flat.update(_flat(value, f"{stem}{name}."))
        else:
            flat[f"{stem}{name}"] = value
    return flat


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return value if isinstance(value, str) else json.dumps(value)


def _cube(content: Any, *, where: str) -> tuple[list[str], list[list[str | None]]]:
    """A JSON-stat 2 dataset: a row for each cell, with the codes and labels of its dimensions."""
    try:
        dimensions: list[str] = content["id"]
        codes = [_codes(content["dimension"][name]["category"]) for name in dimensions]
        sizes = [len(one) for one in codes]
        if sizes != list(content["size"]):
            raise KeyError("size")
        values, marks = content["value"], content.get("status", {})
    except (KeyError, TypeError) as error:
        raise UnreadableSource(
            f"{where} is no dataset of JSON-stat: {error} is missing or wrong. Wanted id, size, "
            "dimension and value. Fetch it again, or mend the layout."
        ) from None
    header = [*dimensions, *(f"{name} label" for name in dimensions), "value", "status"]
    rows: list[list[str | None]] = []
    for number, cell in enumerate(itertools.product(*codes)):
        rows.append(
            [
                *(code for code, _ in cell),
                *(label for _, label in cell),
                _text(_at(values, number)),
                _text(_at(marks, number)),
            ]
        )
    return header, rows


def _codes(category: Mapping[str, Any]) -> list[tuple[str, str]]:
    index = category.get("index", list(category.get("label", {})))
    order = sorted(index, key=lambda code: index[code]) if isinstance(index, Mapping) else index
    labels = category.get("label", {})
    return [(code, labels.get(code, code)) for code in order]


def _at(values: Any, number: int) -> Any:
    if isinstance(values, Mapping):
        return values.get(str(number))
    if isinstance(values, list):
        return values[number] if number < len(values) else None
    return values
