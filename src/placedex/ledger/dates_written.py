"""Dates as published lists write them: English or German months, or strokes with the day first."""

import re

from placedex.errors import BadPeriod
from placedex.observations import parse_period

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mar mrz mär", "apr", "may mai", "jun", "jul", "aug", "sep", "oct okt",
         "nov", "dec dez"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_NAMED = re.compile(r"((?P<day>\d{1,2})[. -]+)?(?P<month>[^\W\d]{3,})[. -]+(?P<year>\d{2}|\d{4})")
_STROKES = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{2}|\d{4})")


def read_written_date(text: str) -> str | None:
    """The day or the month that a text means, as a period; nothing if there is no such date.

    01. Nov 15, 31. Dez 18, 25-Jan-2016, Aug 15 and 02/5/16 are dates; the 31st of April is none.
    """
    match = _NAMED.fullmatch(text.strip()) or _STROKES.fullmatch(text.strip())
    if match is None:
        return None
    month = match["month"]
    number = int(month) if month.isdigit() else _MONTHS.get(month[:3].casefold())
    if number is None:
        return None
    year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    day = f"-{int(match['day']):02d}" if match["day"] else ""
    try:
        return str(parse_period(f"{year}-{number:02d}{day}"))
    except BadPeriod:
        return None
