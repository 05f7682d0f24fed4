"""Small tables for tests of large ones, and sessions to work them out with."""

from pathlib import Path
from typing import Any

import pyarrow as pa

from placedex.store import Engine

HEADER = (
    "CompanyName, CompanyNumber,RegAddress.CareOf,RegAddress.PostCode,CompanyStatus,"
    "SICCode.SicText_1,SICCode.SicText_2,SICCode.SicText_3,SICCode.SicText_4"
)
# A in the first place twice, B in the second; without a postcode; unknown; and abroad.
COMPANIES = (
    '"A ""1"", LTD","00000001","","AB1 2CD","Active","62012 - Software","62020 - Advice","",""',
    '"A 2","00000002","","ab12cd","Active","62012 - Software","62012 - Software","",""',
    '"B","00000003","","CD3 4EF","Active","7499 - Non-trading company","","62020 - Advice",""',
    '"C","00000004","","","Active","62012 - Software","","",""',
    '"D","00000005","","ZZ9 9ZZ","Active","None Supplied","","",""',
    '"E","00000006","","JE1 1AA","Active","62012 - Software","","",""',
)
DIRECTORY = ("pcds,laua,lat,long", "AB1 2CD,E1,51,0", "CD3 4EF,E2old,52,1", "JE1 1AA,J1,49,-2")
CODES = pa.table({"published": ["E1", "E2", "E2old"], "place": ["E1", "E2", "E2"]})


def write_companies(path: Path, *, header: str = HEADER) -> Path:
    path.write_text("\n".join([header, *COMPANIES]) + "\n", encoding="utf-8")
    return path


def write_directory(path: Path) -> Path:
    path.write_text("\n".join(DIRECTORY) + "\n", encoding="utf-8")
    return path


def rows(engine: Engine, table: Any) -> list[tuple[Any, ...]]:
    """The rows of an expression as tuples, sorted."""
    return sorted(
        (tuple(row.values()) for row in engine.rows(table).to_pylist()),
        key=lambda row: tuple((cell is not None, cell) for cell in row),
    )
