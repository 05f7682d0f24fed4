"""Editions dated wrongly: figures for one period that are those of another."""

from collections.abc import Sequence

import duckdb

from placedex.errors import Fault
from placedex.observations.origin import Origin

PLACES, VALUES, ALIKE = 50, 20, 0.9
_COPIES = """
WITH edition AS (
    SELECT origin, indicator FROM observation WHERE part = '' AND value IS NOT NULL
    GROUP BY ALL HAVING count(DISTINCT (starts, months)) = 1
), figure AS (
    SELECT origin, indicator, place, period, starts, value
    FROM observation JOIN edition USING (origin, indicator)
    WHERE part = '' AND value IS NOT NULL
)
SELECT one.origin, other.origin, indicator, one.period, other.period, count(*)
FROM figure AS one JOIN figure AS other USING (indicator, place)
WHERE one.starts < other.starts AND one.origin <> other.origin
GROUP BY ALL
HAVING count(*) >= ? AND count(DISTINCT one.value) >= ?
    AND count_if(one.value = other.value) >= ? * count(*)
ORDER BY ALL
"""


def copied_editions(
    connection: duckdb.DuckDBPyConnection, origins: Sequence[Origin]
) -> tuple[Fault, ...]:
    """A fault for each edition of one period whose figures are another edition's of another period.

    Two editions are held against each other if each has an indicator for one period only. They are
    the same if nine in ten of at least fifty places have the same figure, and at least twenty
    figures differ among themselves, so that a series near 100 is not taken for a copy. Of the two
    the one for the earlier period is named, since it cannot have had the later figures.
    """
    rows = connection.execute(
        _COPIES,
        [PLACES, VALUES, ALIKE],
    ).fetchall()
    return tuple(
        Fault(
            origins[number].file or origins[number].code,
            None,
            "period",
            f"of '{code}' nearly all {count} figures for {period} are those that "
            f"{origins[other].file or origins[other].code} has for {later}",
            f"the figures for {period}",
            "The file is dated wrongly, or holds another edition: take it out, or fetch it again.",
        )
        for number, other, code, period, later, count in rows
    )
