"""Later origins supersede earlier ones: which of several figures for one thing stands."""

import duckdb

from placedex.observations.tables import NEVER

KEY = "place, indicator, part, starts, months"


def find_several(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether anything has several figures; their marks are then in the table `several`.

    A mark is a hash: two things may by chance share one, and are told apart where it matters.
    """
    # To count is quicker than to list, and mostly there is nothing to list.
    [(beyond,)] = connection.execute(
        f"SELECT count(*) - count(DISTINCT hash({KEY})) FROM observation"
    ).fetchall()
    if not beyond:
        return False
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE several AS SELECT hash({KEY}) AS mark FROM observation "
        "GROUP BY mark HAVING count(*) > 1"
    )
    return True


def twice(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether one origin has two figures for one thing, among those of `several`."""
    rows = connection.execute(
        f"SELECT 1 FROM observation WHERE hash({KEY}) IN (SELECT mark FROM several) "
        f"GROUP BY {KEY}, origin HAVING count(*) > 1 LIMIT 1"
    ).fetchall()
    return bool(rows)


def supersede(connection: duckdb.DuckDBPyConnection) -> None:
    """Give each observation of `several` the day on which a later origin superseded it.

    The order of origins is that of the days on which they were known, those without a day first;
    of one day, the one that stands last in the order of preference comes first.
    """
    connection.execute(
        f"""
        UPDATE observation SET until = coalesce(later.since, DATE '{NEVER}')
        FROM (
            SELECT number, lead(number) OVER after AS next, lead(since) OVER after AS since
            FROM (
                SELECT rowid AS number, {KEY}, since, origin FROM observation
                WHERE hash({KEY}) IN (SELECT mark FROM several)
            )
            WINDOW after AS (PARTITION BY {KEY} ORDER BY since NULLS FIRST, origin DESC)
        ) AS later
        WHERE observation.rowid = later.number AND later.next IS NOT NULL
        """
    )
