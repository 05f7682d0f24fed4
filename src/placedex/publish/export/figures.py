"""The tables of figures to export: observations, and the places and so on that they name."""

from collections.abc import Collection

import duckdb

from placedex.errors import BadUsage
from placedex.observations import Observations, Status, not_comparable
from placedex.publish.export.table import ExportTable, Field
from placedex.store import insert_rows

# What stands in the column `part` for a figure of the whole, since a key may not be empty.
WHOLE = "whole"
SDMX = "http://purl.org/linked-data/sdmx/2009/"
PRICES = "http://purl.org/linked-data/sdmx/2009/concept#priceBase"
_STATUSES = tuple(status.words for status in Status)
_FIGURES = (
    Field("place", "code of the place", needed=True, among="places",
          means=f"{SDMX}dimension#refArea"),
    Field("name", "name of the place", needed=True),
    Field("kind", "what kind of place it is", needed=True),
    Field("indicator", "code of the indicator", needed=True, among="indicators"),
    Field("indicator_name", "name of the indicator", needed=True),
    Field("part", f"the part of the whole that the figure is of, or '{WHOLE}'", needed=True),
    Field("period", "2023, 2026-01, 2025-04-30, or 2024-08/P1Y for a year from August 2024",
          needed=True, means=f"{SDMX}dimension#refPeriod"),
    Field("starts", "the first day of the period", "date", needed=True),
    Field("months", "how many months the period has; 0 for a single day", "integer", needed=True),
    Field("value", "the figure in the unit of its row, unrounded; empty if there is none, and then "
          "the status says why", "number", means=f"{SDMX}measure#obsValue"),
    Field("low", "lower end of its 95% interval; empty if none was published", "number"),
    Field("high", "upper end of its 95% interval; empty if none was published", "number"),
    Field("unit", "the unit of value, low and high", needed=True,
          means=f"{SDMX}attribute#unitMeasure"),
    Field("prices", "the price basis of a sum of money; empty if it is none", means=PRICES),
    Field("status", "why there is a value, or why there is none", needed=True, choices=_STATUSES,
          means=f"{SDMX}attribute#obsStatus"),
    Field("origin", "code of the origin", needed=True, among="origins"),
)  # fmt: skip
_PLACES = (
    Field("place", "code of the place", needed=True),
    Field("name", "its name", needed=True),
    Field("kind", "what kind of place it is", needed=True),
    Field("register", "the register that knows it by that code", needed=True),
    Field("parents", "codes of the places that hold it, parted by semicolons"),
    Field("longitude", "degrees east of Greenwich", "number"),
    Field("latitude", "degrees north of the equator", "number"),
    Field("started", "the day from which it is there; empty if long ago", "date"),
    Field("ended", "the day from which it is there no more; empty if it is", "date"),
)
_INDICATORS = (
    Field("indicator", "code of the indicator", needed=True),
    Field("name", "its name", needed=True),
    Field("unit", "the unit of its figures", needed=True),
    Field("better", "1 if higher is better, -1 if lower, 0 if neither", "integer", needed=True),
    Field("counted", "what is counted"),
    Field("of", "of what whole"),
    Field("where", "for whom or where"),
    Field("how", "how it is known"),
    Field(
        "prices",
        "its price basis: current; chained, constant or deflated, with the year if it is "
        "always the same; deflator; empty if it is no money",
    ),
    Field("deflator", "code of the indicator by which it was or can be deflated"),
    Field("definition", "what it means"),
    Field("faults", "what is known to be wrong with it"),
    Field("not_comparable", "indicators that look alike and may not be compared with it, and why"),
    Field("parts", "the classification of its parts; empty if it has none"),
    Field("numerator", "if it is reckoned: the indicator above the line"),
    Field("denominator", "if it is reckoned: the indicator below the line"),
    Field("times", "if it is reckoned: the number that the ratio is multiplied by", "number"),
)
_ORIGINS = (
    Field("origin", "code of the origin", needed=True),
    Field("publisher", "who published it", needed=True),
    Field("title", "what it is called", needed=True),
    Field("edition", "which edition"),
    Field("address", "where it was published"),
    Field("licence", "on what terms it can be used", needed=True),
    Field("published", "day of publication", "date"),
    Field("accessed", "day on which it was read", "date"),
    Field("file", "the file that was read"),
    Field("sha256", "the SHA-256 of that file"),
    Field("note", "what else should be known"),
)


def choose(
    observations: Observations, *, codes: Collection[str] = (), places: Collection[str] = ()
) -> None:
    """Lay out the figures of some indicators and places, or of all, for the tables to export.

    An indicator that is reckoned from two others brings these, as it does in a panel.
    Errors: BadUsage for an indicator that is not known, or if no figure is left.
    """
    connection = observations.connection
    asked = tuple(_known(observations, code) for code in dict.fromkeys(codes))
    wanted = dict.fromkeys(part for code in asked for part in _parts(observations, code))
    _list(connection, "export_asked", asked)
    _list(connection, "export_indicators", wanted)
    _list(connection, "export_places", places)
    of = "indicator IN (SELECT code FROM export_indicators)" if codes else "true"
    at = "place IN (SELECT code FROM export_places)" if places else "true"
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW export_figure AS SELECT * FROM {observations.table} "
        f"WHERE {of} AND {at}"
    )
    if connection.execute("SELECT 1 FROM export_figure LIMIT 1").fetchone() is None:
        raise BadUsage(
            f"There is no figure of {', '.join(codes) or 'any indicator'} for "
            f"{', '.join(places) or 'any place'} in the build. Wanted at least one. Ask for "
            "others; placedex show PLACE prints what there is of a place."
        )


def figure_tables(observations: Observations, *, also: str = "") -> tuple[ExportTable, ...]:
    """Figures, places, indicators and origins, as `choose` laid them out.

    `also` is a question that gives the codes of further places to list.
    """
    more = f" UNION {also}" if also else ""
    _remarks(observations)
    return (
        ExportTable(
            "figures", "Figures",
            "One row for each figure of a place, an indicator, a part and a period.",
            _FIGURES, ("place", "indicator", "part", "period"), _FIGURE_ROWS,
        ),
        ExportTable("places", "Places", "One row for each place that a table names.", _PLACES,
                    ("place",), _PLACE_ROWS.format(more=more)),
        ExportTable("indicators", "Indicators", "One row for each indicator that a table names.",
                    _INDICATORS, ("indicator",), _INDICATOR_ROWS),
        ExportTable("origins", "Origins", "One row for each origin of figures.", _ORIGINS,
                    ("origin",), _ORIGIN_ROWS),
    )  # fmt: skip


def _remarks(observations: Observations) -> None:
    """Lay out what else is to be said of each indicator: its faults, and what it is not."""
    catalogue = observations.catalogue
    rows = [
        (
            one.code,
            " ".join(one.faults) or None,
            " ".join(f"{code}: {found.words}." for code, found in unlike.items()) or None,
        )
        for one in catalogue.values()
        for unlike in [not_comparable(one, catalogue)]
    ]
    observations.connection.execute(
        "CREATE OR REPLACE TEMP TABLE export_remark "
        "(code VARCHAR, faults VARCHAR, not_comparable VARCHAR)"
    )
    insert_rows(observations.connection, "export_remark", rows)


def _known(observations: Observations, code: str) -> str:
    rows = observations.connection.execute("SELECT code FROM indicator ORDER BY code").fetchall()
    codes = [one for (one,) in rows]
    if code not in codes:
        import difflib

        near = ", ".join(difflib.get_close_matches(code, codes, n=3)) or "placedex show PLACE"
        raise BadUsage(f"'{code}' is no indicator. Wanted the code of one. Look at: {near}.")
    return code


def _parts(observations: Observations, code: str) -> tuple[str, ...]:
    """The code itself, or of one that is reckoned the two that it is reckoned from."""
    row = observations.connection.execute(
        "SELECT ratio->>'numerator', ratio->>'denominator' FROM indicator WHERE code = ?", [code]
    ).fetchone()
    return (row[0], row[1]) if row and row[0] else (code,)


def _list(connection: duckdb.DuckDBPyConnection, table: str, codes: Collection[str]) -> None:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} (code VARCHAR)")
    insert_rows(connection, table, [(code,) for code in codes])


_FIGURE_ROWS = f"""
    SELECT observation.place AS place, place.name AS name, place.kind AS kind,
        observation.indicator AS indicator, indicator.name AS indicator_name,
        CASE part WHEN '' THEN '{WHOLE}' ELSE part END AS part, period, starts, months,
        value, low, high, indicator.unit AS unit,
        nullif(indicator.measure->>'prices', '') AS prices,
        status.words AS status, origin.code AS origin
    FROM export_figure AS observation
    JOIN place ON place.code = observation.place
    JOIN indicator ON indicator.code = observation.indicator
    JOIN status ON status.number = observation.status
    JOIN origin ON origin.number = observation.origin
    ORDER BY observation.place, observation.indicator, observation.part, starts, months
"""
_PLACE_ROWS = """
    SELECT code AS place, name, kind, register,
        nullif(array_to_string(parents, ';'), '') AS parents, longitude, latitude, started, ended
    FROM place WHERE code IN (SELECT place FROM export_figure{more})
    ORDER BY code
"""
_INDICATOR_ROWS = """
    SELECT indicator.code AS indicator, name, unit, CAST(better AS INTEGER) AS better,
        nullif(measure->>'counted', '') AS counted, nullif(measure->>'of', '') AS "of",
        nullif(measure->>'where', '') AS "where", nullif(measure->>'how', '') AS how,
        nullif(measure->>'prices', '') AS prices, nullif(measure->>'deflator', '') AS deflator,
        nullif(definition, '') AS definition, faults, not_comparable,
        nullif(parts, '') AS parts,
        ratio->>'numerator' AS numerator, ratio->>'denominator' AS denominator,
        CAST(ratio->>'times' AS DOUBLE) AS times
    FROM indicator LEFT JOIN export_remark ON export_remark.code = indicator.code
    WHERE indicator.code IN (
        SELECT indicator FROM export_figure UNION SELECT code FROM export_asked
    )
    ORDER BY indicator.code
"""
_ORIGIN_ROWS = """
    SELECT code AS origin, publisher, title, nullif(edition, '') AS edition,
        nullif(url, '') AS address, licence, published, accessed, nullif(file, '') AS file,
        nullif(sha256, '') AS sha256, nullif(note, '') AS note
    FROM origin WHERE number IN (SELECT origin FROM export_figure)
    ORDER BY code
"""
