"""Percentages that are written as shares: 0.63 in one edition and 63 in the next."""

from placedex.errors import UnreadableSource
from placedex.observations.reading import Reading
from placedex.observations.sources.desk import Desk

ENOUGH = 10


def check_percents(reading: Reading, desk: Desk) -> None:
    """Refuse files of which one writes a percentage as 0.63 and another as 63.

    A file is taken to write shares if none of its at least ten figures of an indicator is above 1
    and another file has one above 10.
    Errors: UnreadableSource with both files.
    """
    codes = sorted(
        code
        for code in reading.indicators or ()
        if code in desk.catalogue and desk.catalogue[code].unit.startswith("%")
    )
    if not codes or len(reading.origins) < 2:
        return
    desk.connection.register("with_percents", reading.rows)
    rows = desk.connection.execute(
        """
        SELECT indicator, file, max(abs(try_cast(value AS DOUBLE))), count(value)
        FROM with_percents WHERE indicator IN (SELECT unnest(?)) AND value IS NOT NULL
        GROUP BY ALL ORDER BY ALL
        """,
        [codes],
    ).fetchall()
    desk.connection.unregister("with_percents")
    highest: dict[str, tuple[float, str]] = {}
    for code, file, most, _ in rows:
        highest[code] = max(highest.get(code, (0.0, "")), (most or 0.0, file))
    for code, file, most, count in rows:
        if count >= ENOUGH and most is not None and most <= 1 and highest[code][0] > 10:
            raise UnreadableSource(
                f"{file}: no figure of '{code}' is above {most:g}, and in {highest[code][1]} one "
                f"is {highest[code][0]:g}. Wanted {desk.catalogue[code].unit} in both. The "
                "publisher writes shares in one of them: say 'share: true' in a layout for it."
            )
