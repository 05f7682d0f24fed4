"""Periods: a day, a month, or a number of years from a month."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from placedex.errors import BadPeriod

_FORMS = (
    (re.compile(r"(?P<year>\d{4})"), "year"),
    (re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)"), "month"),
    (re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"), "day"),
    (re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)(-01)?/P(?P<years>\d{1,2})Y"), "years"),
)
_MONTHS = tuple(calendar.month_name)[1:]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of time for which a value holds: `months` long, or a single day if 0."""

    start: date
    months: int

    def __str__(self) -> str:
        """The one written form: 2023, 2026-01, 2025-04-30, 2024-08/P1Y."""
        if self.months == 0:
            return self.start.isoformat()
        if self.months == 1:
            return f"{self.start:%Y-%m}"
        if self.months == 12 and self.start.month == 1:
            return f"{self.start:%Y}"
        return f"{self.start:%Y-%m}/P{self.months // 12}Y"

    @property
    def end(self) -> date:
        """The last day of the period."""
        if self.months == 0:
            return self.start
        years, month = divmod(self.start.month - 1 + self.months, 12)
        return date(self.start.year + years, month + 1, self.start.day) - timedelta(days=1)

    @property
    def kind(self) -> str:
        """What kind of period it is: day, month, year, year from April, three years ..."""
        if self.months == 0:
            return "day"
        if self.months == 1:
            return "month"
        years = "year" if self.months == 12 else f"{self.months // 12} years"
        month = "" if self.start.month == 1 else f" from {_MONTHS[self.start.month - 1]}"
        return f"{years}{month}"

    @property
    def words(self) -> str:
        """The period as a reader says it: January 2026, 30 April 2025, year from August 2024."""
        month = f"{_MONTHS[self.start.month - 1]} {self.start.year}"
        if self.months == 0:
            return f"{self.start.day} {month}"
        if self.months == 1:
            return month
        if self.months == 12:
            return str(self.start.year) if self.start.month == 1 else f"year from {month}"
        last = self.start.year + self.months // 12 - 1
        if self.start.month == 1:
            return f"{self.start.year} to {last}"
        return f"{self.months // 12} years from {month}"


def years_between(earlier: Period, later: Period) -> float:
    """The years from the start of one period to that of another of the same length.

    Whole between anniversaries; a month is a twelfth.
    Errors: BadPeriod if one is longer than the other.
    """
    if earlier.months != later.months:
        raise BadPeriod(
            f"{earlier} and {later} are periods of different length",
            "two of one length, of which one can be taken from the other",
            "Compare two days, two months or two years.",
        )
    first, last = earlier.start, later.start
    months = 12 * (last.year - first.year) + last.month - first.month
    return months / 12 + (last.day - first.day) / 365.25


def parse_period(text: str) -> Period:
    """The period that a text means.

    Errors: BadPeriod for anything but 2023, 2026-01, 2025-04-30 and 2024-08/P1Y, which is one year
            from August 2024 (its day, if given, must be the first of the month).
    """
    for pattern, form in _FORMS:
        match = pattern.fullmatch(text.strip())
        if match:
            return _period(match.groupdict(), form=form, text=text)
    raise _refusal(text)


def _period(parts: dict[str, str | None], *, form: str, text: str) -> Period:
    try:
        start = date(
            int(parts["year"] or 0), int(parts.get("month") or 1), int(parts.get("day") or 1)
        )
    except ValueError:
        raise _refusal(text) from None
    months = {"year": 12, "month": 1, "day": 0}.get(form)
    if months is None:
        months = 12 * int(parts["years"] or 0)
        if months == 0:
            raise _refusal(text)
    return Period(start, months)


def _refusal(text: str) -> BadPeriod:
    return BadPeriod(
        f"'{text}' is not a period",
        "a year (2023), a month (2026-01), a day (2025-04-30) or years from a month (2024-08/P1Y)",
        "Write it so.",
    )
