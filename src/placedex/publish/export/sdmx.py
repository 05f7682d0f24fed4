"""SDMX-CSV 2.0: figures as a dataflow, with the structure that says what its codes mean."""

from pathlib import Path
from typing import TYPE_CHECKING

from placedex.observations import Status
from placedex.publish.export.copied import copy_csv
from placedex.publish.export.figures import WHOLE
from placedex.publish.export.sdmx_codes import Code, CodeList, list_codes
from placedex.publish.export.sdmx_structure import (
    AGENCY,
    VERSION,
    Component,
    Structure,
    structure_message,
)
from placedex.store import insert_rows

if TYPE_CHECKING:
    from placedex.publish.export.extract import Extract

FILE = "structure.xml"
# The codes of the SDMX code list for the status of an observation, with their names there.
STATUSES = {
    Status.PUBLISHED: ("A", "Normal value"),
    Status.ESTIMATED: ("E", "Estimated value"),
    Status.DERIVED: ("A", "Normal value"),
    Status.IMPUTED: ("I", "Imputed value (CCSA definition)"),
    Status.UNRELIABLE: ("U", "Low reliability"),
    Status.SUPPRESSED: ("Q", "Missing value; suppressed"),
    Status.NOT_COLLECTED: ("L", "Missing value; data exist but were not collected"),
    Status.NOT_APPLICABLE: ("M", "Missing value; data cannot exist"),
}
MISSING = ("O", "Missing value")
TOTAL = "_T"
NONE, NO_MONEY = "_Z", "no sum of money"


def write_sdmx(extract: "Extract", folder: Path) -> None:
    """Write figures, and scores if there are any, as SDMX-CSV 2.0 beside an SDMX-ML 2.1 structure.

    The status stands in OBS_STATUS by the SDMX code list CL_OBS_STATUS 2.0, and in STATUS in
    placedex's own words, since that list has no code for a derived figure.
    Source: SDMX (2021), SDMX-CSV 2.0.0 Field Guide; SDMX (2013), SDMX 2.1, Section 3A.
    """
    structures = [_figures(extract, folder)]
    if "scores" in extract:
        structures.append(_scores(extract, folder))
    text = structure_message(tuple(structures))
    (folder / FILE).write_text(text, encoding="utf-8", newline="\n")


def _figures(extract: "Extract", folder: Path) -> Structure:
    figures = extract["figures"].query
    connection = extract.connection
    lists = _lists(extract)
    names = {"REF_AREA": "place", "INDICATOR": "indicator", "PART": "part",
             "UNIT_MEASURE": "unit", "PRICES": "prices", "ORIGIN": "origin"}  # fmt: skip
    joins = " ".join(
        _join(extract, lists[one], column=f"coalesce(figure.{names[one]}, '')", alias=one)
        for one in names
    )
    connection.execute("CREATE OR REPLACE TEMP TABLE export_status (words VARCHAR, id VARCHAR)")
    insert_rows(
        connection, "export_status", [(one.words, code) for one, (code, _) in STATUSES.items()]
    )
    copy_csv(
        connection,
        f"""
        SELECT 'dataflow' AS "STRUCTURE", '{AGENCY}:FIGURES({VERSION})' AS STRUCTURE_ID,
            'I' AS ACTION, REF_AREA.id AS REF_AREA, INDICATOR.id AS INDICATOR, PART.id AS PART,
            replace(period, '/', '-01/') AS TIME_PERIOD, value AS OBS_VALUE, low AS LOWER_BOUND,
            high AS UPPER_BOUND, UNIT_MEASURE.id AS UNIT_MEASURE, PRICES.id AS PRICES,
            export_status.id AS OBS_STATUS, status AS STATUS, ORIGIN.id AS ORIGIN
        FROM ({figures}) AS figure {joins}
        JOIN export_status ON export_status.words = status
        ORDER BY REF_AREA.number, INDICATOR.number, PART.number, starts, months
        """,
        folder / "figures.csv",
    )
    return Structure("FIGURES", f"{extract.title}: figures", _figure_components(lists))


def _lists(extract: "Extract") -> dict[str, CodeList]:
    """The code lists of the columns of figures."""
    figures, connection = extract["figures"].query, extract.connection
    return {
        "REF_AREA": list_codes(connection, "CL_AREA", "Places",
                               f"SELECT place, name, kind FROM ({extract['places'].query})"),
        "INDICATOR": list_codes(connection, "CL_INDICATOR", "Indicators",
                                "SELECT indicator, name, nullif(concat_ws(' ', definition, "
                                "not_comparable), '') FROM "
                                f"({extract['indicators'].query})"),
        "PART": list_codes(connection, "CL_PART", "Parts of a whole",
                           f"SELECT DISTINCT part, part, NULL FROM ({figures}) ORDER BY 1",
                           known={WHOLE: TOTAL}),
        "UNIT_MEASURE": list_codes(connection, "CL_UNIT", "Units",
                                   f"SELECT DISTINCT unit, unit, NULL FROM ({figures}) ORDER BY 1"),
        "PRICES": list_codes(connection, "CL_PRICES", "Price bases",
                             "SELECT DISTINCT coalesce(prices, ''), "
                             f"coalesce(prices, '{NO_MONEY}'), NULL FROM ({figures}) ORDER BY 1",
                             known={"": NONE}),
        "ORIGIN": list_codes(connection, "CL_ORIGIN", "Origins", _origin_words(extract)),
    }  # fmt: skip


def _figure_components(lists: dict[str, CodeList]) -> tuple[Component, ...]:
    used = dict(STATUSES.values())
    return (
        Component("REF_AREA", "Place", "dimension", lists["REF_AREA"]),
        Component("INDICATOR", "Indicator", "dimension", lists["INDICATOR"]),
        Component("PART", "Part of the whole", "dimension", lists["PART"]),
        Component("TIME_PERIOD", "Period", "time"),
        Component("OBS_VALUE", "Value", "measure", text="Double"),
        Component("LOWER_BOUND", "Lower end of the 95% interval", "attribute", text="Double"),
        Component("UPPER_BOUND", "Upper end of the 95% interval", "attribute", text="Double"),
        Component("UNIT_MEASURE", "Unit", "needed", lists["UNIT_MEASURE"]),
        Component("PRICES", "Price basis", "needed", lists["PRICES"]),
        Component("OBS_STATUS", "Status", "needed", _status_list(used)),
        Component("STATUS", "Status in placedex's words", "needed", text="String"),
        Component("ORIGIN", "Origin", "needed", lists["ORIGIN"]),
    )


def _scores(extract: "Extract", folder: Path) -> Structure:
    scores, connection = extract["scores"].query, extract.connection
    lists = {
        "INDEX_CODE": list_codes(connection, "CL_INDEX", "Indexes",
                                 f"SELECT DISTINCT index, index, NULL FROM ({scores}) ORDER BY 1"),
        "REF_AREA": list_codes(connection, "CL_AREA", "Places",
                               f"SELECT place, name, kind FROM ({extract['places'].query})"),
        "NODE": list_codes(connection, "CL_NODE", "Nodes of the indexes",
                           f"SELECT node, min(node_name), NULL FROM ({scores}) GROUP BY node "
                           "ORDER BY 1"),
    }  # fmt: skip
    names = {"INDEX_CODE": "index", "REF_AREA": "place", "NODE": "node"}
    joins = " ".join(
        _join(extract, lists[one], column=f"score.{names[one]}", alias=one) for one in names
    )
    ranks = ("RANK", "BEST_RANK", "WORST_RANK")
    copy_csv(
        connection,
        f"""
        SELECT 'dataflow' AS "STRUCTURE", '{AGENCY}:SCORES({VERSION})' AS STRUCTURE_ID,
            'I' AS ACTION, INDEX_CODE.id AS INDEX_CODE, REF_AREA.id AS REF_AREA, NODE.id AS NODE,
            score AS OBS_VALUE, {", ".join(f'{one.lower()} AS "{one}"' for one in ranks)},
            CASE WHEN score IS NULL THEN '{MISSING[0]}' ELSE 'A' END AS OBS_STATUS
        FROM ({scores}) AS score {joins}
        ORDER BY INDEX_CODE.number, REF_AREA.number, NODE.number
        """,
        folder / "scores.csv",
    )
    components = (
        *(Component(one, title, "dimension", lists[one]) for one, title in
          (("INDEX_CODE", "Index"), ("REF_AREA", "Place"), ("NODE", "Node of the index"))),
        Component("OBS_VALUE", "Score, in points of 100", "measure", text="Double"),
        *(Component(one, one.replace("_", " ").capitalize(), "attribute", text="Integer")
          for one in ranks),
        Component("OBS_STATUS", "Status", "needed", _status_list({})),
    )  # fmt: skip
    return Structure("SCORES", f"{extract.title}: scores and ranks", components)


def _status_list(used: dict[str, str]) -> CodeList:
    codes = {**used, "A": "Normal value", MISSING[0]: MISSING[1]}
    listed = tuple(Code(code, code, name) for code, name in sorted(codes.items()))
    return CodeList(
        "CL_OBS_STATUS", "Status of an observation", listed, agency="SDMX", version="2.0"
    )


def _origin_words(extract: "Extract") -> str:
    return (
        "SELECT origin, publisher || ': ' || title, concat_ws('; ', edition, address, licence, "
        "'published ' || published, 'file ' || file, 'SHA-256 ' || sha256, note) "
        f"FROM ({extract['origins'].query})"
    )


def _join(extract: "Extract", codes: CodeList, *, column: str, alias: str) -> str:
    table = f"export_{codes.id.lower()}"
    extract.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} (word VARCHAR, id VARCHAR, number BIGINT)"
    )
    rows = [(one.word, one.id, number) for number, one in enumerate(codes.codes)]
    insert_rows(extract.connection, table, rows)
    return f'JOIN {table} AS "{alias}" ON "{alias}".word = {column}'
