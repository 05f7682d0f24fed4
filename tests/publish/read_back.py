"""What was exported, read back by libraries that are not ours or by the rules of the form."""

import csv
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from python_calamine import CalamineWorkbook

from tests.publish.exported import Cells

Rows = list[Cells]
KEYS = ("place", "indicator", "part", "period", "value", "low", "high", "status", "origin")
SDMX_WORDS = {"A": {"published", "derived"}, "E": {"estimated"}, "I": {"imputed"},
              "U": {"unreliable"}, "Q": {"suppressed"}, "L": {"not collected"},
              "M": {"not applicable"}}  # fmt: skip
SHORT = {"[c]": "suppressed", "[x]": "not collected", "[z]": "not applicable"}
STRUCTURE = {"com": "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common",
             "str": "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure"}  # fmt: skip


def read_parquet(folder: Path) -> Rows:
    return cells_of(pq.read_table(folder / "figures.parquet").to_pylist())


def cells_of(rows: Iterable[Mapping[str, Any]]) -> Rows:
    found = []
    for row in rows:
        cells = {**row, "part": "" if row["part"] == "whole" else row["part"]}
        found.append(tuple(cells[key] for key in KEYS))
    return found


def typed(path: Path, types: Mapping[str, str]) -> list[dict[str, Any]]:
    """A CSV file as RFC 4180 has it, each cell of the type that its description gives."""
    read: dict[str, Callable[[str], Any]] = {
        "string": str, "double": float, "number": float, "integer": int, "date": date.fromisoformat,
    }  # fmt: skip
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert all(list(row) == list(types) for row in rows)
    return [
        {name: read[types[name]](cell) if cell else None for name, cell in row.items()}
        for row in rows
    ]


def read_csvw(folder: Path) -> Rows:
    about = json.loads((folder / "csv-metadata.json").read_text("utf-8"))
    found = {}
    for table in about["tables"]:
        columns = table["tableSchema"]["columns"]
        types = [one["datatype"] for one in columns]
        bases = [one["base"] if isinstance(one, dict) else one for one in types]
        found[table["url"]] = typed(
            folder / table["url"], dict(zip([one["name"] for one in columns], bases, strict=True))
        )
    return cells_of(found["figures.csv"])


def read_frictionless(folder: Path) -> Rows:
    about = json.loads((folder / "datapackage.json").read_text("utf-8"))
    found = {
        one["name"]: typed(
            folder / one["path"],
            {field["name"]: field["type"] for field in one["schema"]["fields"]},
        )
        for one in about["resources"]
    }
    return cells_of(found["figures"])


def read_json_stat(path: Path) -> Rows:
    cube = json.loads(path.read_text("utf-8"))
    extra = cube["extension"]
    found = []
    for position, status in cube["status"].items():
        rest, codes = int(position), []
        for name, size in reversed(list(zip(cube["id"], cube["size"], strict=True))):
            rest, number = divmod(rest, size)
            codes.append((name, cube["dimension"][name]["category"]["index"][number]))
        row = {**dict(codes), "status": status, "value": cube["value"].get(position)}
        found.append({"part": "whole", **row, **{
            name: extra[name].get(position) for name in ("low", "high", "origin")
        }})  # fmt: skip
    return cells_of(found)


def read_sdmx(folder: Path) -> Rows:
    lists = code_lists(folder / "structure.xml")
    with (folder / "figures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert {row["STRUCTURE_ID"] for row in rows} == {"PLACEDEX:FIGURES(1.0)"}
    assert all(row["STATUS"] in SDMX_WORDS[row["OBS_STATUS"]] for row in rows)
    assert all(row["UNIT_MEASURE"] in lists["CL_UNIT"] for row in rows)
    numbers = {"value": "OBS_VALUE", "low": "LOWER_BOUND", "high": "UPPER_BOUND"}
    return cells_of(
        {
            "place": row["REF_AREA"],
            "indicator": row["INDICATOR"],
            "part": lists["CL_PART"][row["PART"]],
            "period": re.sub(r"-01/", "/", row["TIME_PERIOD"]),
            "status": row["STATUS"],
            "origin": row["ORIGIN"],
            **{name: float(row[one]) if row[one] else None for name, one in numbers.items()},
        }
        for row in rows
    )


def code_lists(path: Path) -> dict[str, dict[str, str]]:
    root = ET.parse(path).getroot()  # noqa: S314 - the test has just written it
    return {
        one.attrib["id"]: {
            code.attrib["id"]: code.findtext("com:Name", "", STRUCTURE)
            for code in one.findall("str:Code", STRUCTURE)
        }
        for one in root.iter(f"{{{STRUCTURE['str']}}}Codelist")
    }


def read_xlsx(path: Path) -> Rows:
    header, *rows = sheet(path, "Figures")[2:]
    found = []
    for cells in rows:
        row = dict(zip([str(name).lower() for name in header], cells, strict=True))
        status = re.sub(r" \[.\]$", "", str(row["status"]))
        for name in ("value", "low", "high"):
            if isinstance(row[name], str):
                assert name != "value" or SHORT[str(row[name])] == status
                row[name] = None
        found.append({**row, "status": status})
    return cells_of(found)


def sheet(path: Path, name: str) -> list[list[Any]]:
    book: CalamineWorkbook = CalamineWorkbook.from_path(str(path))
    return book.get_sheet_by_name(name).to_python()


READERS: dict[str, Callable[[Path], Rows]] = {
    "parquet": read_parquet,
    "csv": read_csvw,
    "frictionless": read_frictionless,
    "json-stat": read_json_stat,
    "sdmx-csv": read_sdmx,
    "xlsx": read_xlsx,
}


def ordered(rows: Sequence[Cells]) -> list[Cells]:
    return sorted(rows, key=lambda row: row[:4])
