"""ONS Explore Local Statistics: a folder for each indicator, with one CSV and one JSON file."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, RootModel

from placedex.errors import UnreadableSource
from placedex.observations.origin import Origin
from placedex.observations.reading import Reading
from placedex.places import Register
from placedex.store import connect_memory, hash_file, insert_rows, read_settings

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

HEADER = (
    "areacd",
    "areanm",
    "geography",
    "indicator",
    "period",
    "observation",
    "measure",
    "unit",
    "lci_95",
    "uci_95",
    "status",
    "notes",
)
PAGE = "https://www.ons.gov.uk/explore-local-statistics/"
LICENCE = "Open Government Licence v3.0"
# International territorial level 1 is the regions and nations (ONS, ITL 2021 and 2025).
SAME_AREA = {
    "TLC": "E12000001",
    "TLD": "E12000002",
    "TLE": "E12000003",
    "TLF": "E12000004",
    "TLG": "E12000005",
    "TLH": "E12000006",
    "TLI": "E12000007",
    "TLJ": "E12000008",
    "TLK": "E12000009",
    "TLB": "E92000001",
    "TLL": "W92000004",
    "TLM": "S92000003",
    "TLN": "N92000002",
}
STATUSES = {"c": "suppressed", "u": "suppressed", "x": "not collected"}


class _Entry(BaseModel):
    """Which indicator a name and a measure in the files mean."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    indicator: str
    measure: str
    unit: str
    code: str


class _Names(RootModel[list[_Entry]]):
    """Every name that the files use."""


@dataclass(frozen=True, slots=True)
class OnsExploreLocalStatistics:
    """The statistics that the Office for National Statistics gathers for its local pages."""

    code: str = "ons-els"

    def reads(self, folder: Path) -> bool:
        """Whether a folder holds at least one indicator's folder with a CSV and a JSON file."""
        return any(_pairs(folder))

    def read(self, folder: Path, *, register: Register) -> Reading:
        """Every row of every file that speaks of a place in the register.

        A code that was only renumbered is read as its successor's; where a file has the same figure
        under both codes it is read once. International territorial level 1 is read as the regions
        and nations that it is; rows of its lower levels, and of city regions without a code, are
        left out and counted.
        """
        pairs = _pairs(folder)
        if not pairs:
            raise UnreadableSource(
                f"{folder} holds no files of ONS Explore Local Statistics. Wanted folders such as "
                "gigabit-capable-broadband/ with a .csv and a .json file of that name."
            )
        with connect_memory() as connection:
            origins = _stage_files(connection, pairs, folder=folder)
            _stage_names(connection, register=register)
            _refuse_unknown(connection)
            left_out = _left_out(connection)
            rows = _rows(connection)
        return Reading(rows, origins, left_out)


def _pairs(folder: Path) -> list[tuple[Path, Path]]:
    """The CSV and the JSON file of each indicator's folder."""
    candidates = (
        (described.parent / f"{described.stem}{ending}", described)
        for described in sorted(folder.glob("*/*.json"))
        for ending in (".csv", ".csv.gz")
    )
    return [(table, described) for table, described in candidates if table.is_file()]


def _stage_files(
    connection: "duckdb.DuckDBPyConnection", pairs: list[tuple[Path, Path]], *, folder: Path
) -> tuple[Origin, ...]:
    """Read the files as text into the table `els`, each row with its number in its file."""
    import duckdb

    connection.execute(
        "CREATE TABLE els (file VARCHAR, row BIGINT, "
        + ", ".join(f"{name} VARCHAR" for name in HEADER)
        + ")"
    )
    origins: list[Origin] = []
    for path, described in pairs:
        name = path.relative_to(folder).as_posix()
        try:
            _check_header(connection, path, name=name)
            connection.execute(
                f"INSERT INTO els SELECT ?, 1 + row_number() OVER (), {', '.join(HEADER)} "
                "FROM read_csv(?, all_varchar = true, header = true, delim = ',', quote = '\"', "
                "escape = '\"', strict_mode = true)",
                [name, str(path)],
            )
        except duckdb.Error as error:
            raise UnreadableSource(
                f"{name}: {str(error).splitlines()[0]}. Wanted a whole CSV file in UTF-8 as ONS "
                "publishes it. Fetch it again."
            ) from None
        origins.append(_origin(path, described=described, name=name))
    return tuple(origins)


def _check_header(connection: "duckdb.DuckDBPyConnection", path: Path, *, name: str) -> None:
    found = connection.execute(
        "SELECT * FROM read_csv(?, all_varchar = true, header = true, delim = ',') LIMIT 0",
        [str(path)],
    ).description
    words = [column[0] for column in found or ()]
    missing = [column for column in HEADER if column not in words]
    if missing:
        raise UnreadableSource(
            f"{name}, row 1: the columns are {', '.join(words)}. Wanted also "
            f"{', '.join(missing)}. ONS has changed the file: bring placedex up to date."
        )


def _stage_names(connection: "duckdb.DuckDBPyConnection", *, register: Register) -> None:
    source = resources.files("placedex.observations.sources") / "ons_els.yaml"
    with resources.as_file(source) as path:
        names = read_settings(path, _Names).root
    connection.execute(
        "CREATE TABLE name (indicator VARCHAR, measure VARCHAR, unit VARCHAR, code VARCHAR)"
    )
    insert_rows(
        connection, "name", [(one.indicator, one.measure, one.unit, one.code) for one in names]
    )
    recodes = register.recodes()
    connection.execute("CREATE TABLE known (published VARCHAR PRIMARY KEY, place VARCHAR)")
    insert_rows(
        connection,
        "known",
        [
            *((place.code, recodes.get(place.code, place.code)) for place in register),
            *((itl, code) for itl, code in SAME_AREA.items() if code in register),
        ],
    )


def _refuse_unknown(connection: "duckdb.DuckDBPyConnection") -> None:
    """Refuse a name, a measure, a unit or a status that the files are not known to use."""
    row = connection.execute(
        "SELECT file, min(row), indicator, measure, unit FROM els "
        "LEFT JOIN name USING (indicator, measure, unit) WHERE name.code IS NULL "
        "GROUP BY ALL ORDER BY file LIMIT 1"
    ).fetchone()
    if row:
        raise UnreadableSource(
            f"{row[0]}, row {row[1]}: '{row[2]}' measured as '{row[3]}' in '{row[4]}' is not "
            "known. Wanted a name, measure and unit of the known editions. Bring placedex up to "
            "date, or take the file out."
        )
    row = connection.execute(
        "SELECT file, row, status FROM els WHERE status IS NOT NULL "
        "AND status NOT IN (SELECT unnest(?)) ORDER BY file, row LIMIT 1",
        [list(STATUSES)],
    ).fetchone()
    if row:
        raise UnreadableSource(
            f"{row[0]}, row {row[1]}, column status: the mark '{row[2]}' is not known. Wanted one "
            f"of {', '.join(STATUSES)}, or nothing. Bring placedex up to date."
        )


def _left_out(connection: "duckdb.DuckDBPyConnection") -> dict[str, int]:
    """Rows whose place is in no register here, counted by the kind of place.

    Errors: UnreadableSource for a code that should be in the register and is not.
    """
    rows = connection.execute(
        """
        SELECT CASE
            WHEN areacd LIKE 'TL%' OR areacd LIKE 'K99%'
                THEN 'international territorial levels 2 and 3'
            WHEN areacd = 'na' THEN 'city regions without a code'
            END AS reason, count(*), arg_min(file, (file, row)), arg_min(row, (file, row)),
            arg_min(areacd, (file, row))
        FROM els LEFT JOIN known ON known.published = els.areacd
        WHERE known.place IS NULL GROUP BY 1 ORDER BY 1
        """
    ).fetchall()
    for reason, _, file, row, code in rows:
        if reason is None:
            raise UnreadableSource(
                f"{file}, row {row}, column areacd: {code} is not a place in the register. Wanted "
                "a code that is there, live or ended. Bring the register up to date."
            )
    return {reason: count for reason, count, *_ in rows}


def _rows(connection: "duckdb.DuckDBPyConnection") -> "pa.Table":
    marks = " ".join(f"WHEN '{mark}' THEN '{words}'" for mark, words in STATUSES.items())
    return connection.sql(
        f"""
        SELECT known.place, name.code AS indicator,
            CASE WHEN name.code IN ({_MONTHLY}) THEN substr(els.period, 1, 7)
                ELSE els.period END AS period,
            observation AS value, lci_95 AS low, uci_95 AS high,
            CASE els.status {marks}
                ELSE CASE
                    WHEN observation IS NULL THEN 'not collected'
                    WHEN notes LIKE '%unreliable%' THEN 'unreliable'
                    ELSE 'published' END
            END AS status,
            els.file AS origin, NULL::VARCHAR AS unit, els.file, els.row
        FROM els
        JOIN known ON known.published = els.areacd
        JOIN name USING (indicator, measure, unit)
        -- One and the same figure under an old and a new code is one figure.
        QUALIFY row_number() OVER (
            PARTITION BY known.place, name.code, els.period, observation, lci_95, uci_95
            ORDER BY els.areacd = known.place DESC, els.row
        ) = 1
        ORDER BY els.file, els.row
        """
    ).to_arrow_table()


_MONTHLY = "'gigabit-premises', 'below-30-premises', '4g-area', '5g-area'"


def _origin(path: Path, *, described: Path, name: str) -> Origin:
    """Where a file's figures were published, from the JSON file beside it."""
    try:
        about: dict[str, Any] = json.loads(described.read_text(encoding="utf-8-sig"))
        metadata = about["ess-beta-metadata"]
    except (json.JSONDecodeError, KeyError, UnicodeDecodeError):
        raise UnreadableSource(
            f"{described.parent.name}/{described.name} is not the JSON that ONS publishes. Wanted "
            "an object with 'ess-beta-metadata'. Fetch it again."
        ) from None
    shared = metadata.get("shared", metadata)
    publisher = shared.get("sourceOrg") or "Office for National Statistics"
    label = described.stem.replace("-", " ")
    return Origin(
        code=name,
        publisher=f"{publisher}, through ONS Explore Local Statistics",
        title=metadata.get("label") or label.capitalize(),
        edition=about.get("_note", "").removeprefix("This file was ").rstrip("."),
        url=shared.get("sourceURL") or PAGE,
        licence=LICENCE,
        published=_day(shared.get("sourceDate")),
        file=name,
        sha256=hash_file(path),
    )


def _day(text: str | None) -> date | None:
    try:
        return datetime.strptime(text or "", "%d/%m/%Y").date()
    except ValueError:
        return None
