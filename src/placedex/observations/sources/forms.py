"""Forms of periods: how publishers write years, months and days, and what they mean here."""

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime

from placedex.errors import BadPeriod
from placedex.observations.period import Period, parse_period

_MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
}
_YEAR = re.compile(r"(\d{4})(\.0+)?(-01-01.*)?")
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)([T ].*)?")
_ISO_MONTH = re.compile(r"(\d{4})-?(\d\d)")
_MONTH_YEAR = re.compile(r"([A-Za-z]+)[ -]+(\d{4})")
_TWO_YEARS = re.compile(r"(\d{4}) ?(?:/|-|–|to|_)? ?(\d{2}|\d{4})")
_SPAN = re.compile(r"(\d{4})-(\d\d)(?:-01)?(?:T00:00:00)?/P(\d+)Y")
_BEGINS = re.compile(r"(?P<years>year|\d+ years) from (?P<month>[A-Za-z]+)")


def period_text(text: str, *, form: str) -> str:
    """A publisher's words for a period in the one written form.

    The forms are: `as written` (2023, 2026-01, 2025-04-30, 2024-08/P1Y, also with a time of day);
    `year`, `month` and `day`, each from any of its usual spellings; `month to month` (Jan 2018-Dec
    2018); `year from April` and the like,
    whose words are the year in which it begins (2023) or both (2023/24, 202324, 2023 to 2024); `3
    years from April`; or a form of strptime such as `%d/%m/%Y`, read as a day.
    Errors: BadPeriod if the words are none of these.
    """
    words = " ".join(text.split())
    if "%" in form:
        try:
            return datetime.strptime(words, form).date().isoformat()
        except ValueError:
            raise _refusal(text, form) from None
    begins = _BEGINS.fullmatch(form)
    if begins is not None:
        return _years_from(words, begins, form=form)
    read = _READERS.get(form)
    found = read(words) if read is not None else None
    if found is None:
        raise _refusal(text, form)
    return found


def known_form(form: str) -> bool:
    """Whether a layout may name this form."""
    return form in _READERS or "%" in form or _BEGINS.fullmatch(form) is not None


def _as_written(words: str) -> str | None:
    span = _SPAN.fullmatch(words)
    if span:
        return str(Period(date(int(span[1]), int(span[2]), 1), 12 * int(span[3])))
    day = _ISO_DAY.fullmatch(words)
    try:
        return str(parse_period(f"{day[1]}-{day[2]}-{day[3]}" if day else words))
    except BadPeriod:
        return None


def _year(words: str) -> str | None:
    found = _YEAR.fullmatch(words)
    return found[1] if found else None


def _month(words: str) -> str | None:
    day = _ISO_DAY.fullmatch(words)
    if day:
        return f"{day[1]}-{day[2]}"
    month = _ISO_MONTH.fullmatch(words)
    if month and 1 <= int(month[2]) <= 12:
        return f"{month[1]}-{month[2]}"
    named = _MONTH_YEAR.fullmatch(words)
    if named and named[1].casefold() in _MONTHS:
        return f"{named[2]}-{_MONTHS[named[1].casefold()]:02d}"
    return None


def _day(words: str) -> str | None:
    found = _ISO_DAY.fullmatch(words)
    return f"{found[1]}-{found[2]}-{found[3]}" if found else None


def _years_from(words: str, begins: re.Match[str], *, form: str) -> str:
    years = 1 if begins["years"] == "year" else int(begins["years"].split()[0])
    month = _MONTHS.get(begins["month"].casefold())
    start = _first_year(words)
    if month is None or start is None:
        raise _refusal(words, form)
    return str(Period(date(start, month, 1), 12 * years))


def _first_year(words: str) -> int | None:
    span = _SPAN.fullmatch(words) or _ISO_DAY.fullmatch(words) or _YEAR.fullmatch(words)
    if span:
        return int(span[1])
    two = _TWO_YEARS.fullmatch(words)
    if two and (int(two[1]) + 1) % 10 ** len(two[2]) == int(two[2]):
        return int(two[1])
    return None


def _month_to_month(words: str) -> str | None:
    """Whole years from the first of two months to the end of the second."""
    first, _, last = (one.strip() for one in words.partition("-"))
    begun, ended = _month(first), _month(last)
    if begun is None or ended is None:
        return None
    year, month = int(begun[:4]), int(begun[5:])
    months = 12 * (int(ended[:4]) - year) + int(ended[5:]) - month + 1
    return str(Period(date(year, month, 1), months)) if months > 0 and not months % 12 else None


_READERS: dict[str, Callable[[str], str | None]] = {
    "as written": _as_written,
    "year": _year,
    "month": _month,
    "day": _day,
    "month to month": _month_to_month,
}


def _refusal(text: str, form: str) -> BadPeriod:
    return BadPeriod(
        f"'{text}' is no period in the form '{form}'",
        "the form that the layout names",
        "Look whether the publisher has changed the file, or mend the layout.",
    )
