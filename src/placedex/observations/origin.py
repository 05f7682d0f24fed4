"""Origins: the file, edition and address that a figure came from."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

_DAY = re.compile(r"(?<!\d)(?P<year>(19|20)\d\d)-?(?P<month>0[1-9]|1[0-2])-?(?P<day>[0-3]\d)(?!\d)")
_MONTH = re.compile(r"(?<!\d)(?P<year>(19|20)\d\d)[-_]?(?P<month>0[1-9]|1[0-2])(?!\d)")
_TWO_YEARS = re.compile(r"(?<!\d)(?P<year>(19|20)\d\d)[-_/]?(?P<next>\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?P<year>(19|20)\d\d)(?!\d)")
# The folder of an edition that took the place of another; the second of one day has a number.
_EDITION = re.compile(r"(?:^|.*/)edition-(?P<day>\d{4}-\d\d-\d\d)(-\d+)?/")


def edition_folder(day: date, number: int = 1) -> str:
    """The folder of an edition that was found on a day in place of another."""
    return f"edition-{day.isoformat()}" + (f"-{number}" if number > 1 else "")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where figures were published: enough to find them again and to tell whether they changed."""

    code: str
    publisher: str
    title: str
    edition: str
    url: str
    licence: str
    published: date | None = None
    accessed: date | None = None
    file: str = ""
    sha256: str = ""
    note: str = ""

    @property
    def known(self) -> date | None:
        """The day from which its figures are taken as known.

        It is the day of publication; else the day that the file's name tells, but none after the
        day on which it was fetched: old editions that are fetched together keep their order. An
        edition that was found in place of another is known from the day on which it was found,
        since its publisher may have mended it under the old name and day. None means that nothing
        tells: they count as always known.
        """
        if found := _EDITION.match(self.file):
            return date.fromisoformat(found["day"])
        told = (edition_day(self.file or self.code), self.accessed)
        return self.published or min((day for day in told if day is not None), default=None)


def with_day(origin: Origin, days: Mapping[str, date]) -> Origin:
    """An origin with the day on which its file was fetched, by the file's SHA-256."""
    if origin.accessed is not None or origin.sha256 not in days:
        return origin
    return replace(origin, accessed=days[origin.sha256])


def latest_first(origins: Iterable[Origin]) -> tuple[Origin, ...]:
    """Origins in the order of preference: those fetched later first, and editions of one day."""
    return tuple(sorted(origins, key=_when, reverse=True))


def _when(origin: Origin) -> tuple[date, int]:
    found = _EDITION.match(origin.file)
    number = 0 if found is None else int((found[2] or "-1")[1:])
    return (origin.accessed or date.min, number)


def edition_day(name: str) -> date | None:
    """The earliest day on which a file can have been published, told by the dates in its name.

    A day is that day, a month its first; of years the last day of the latest, since its figures
    are not known sooner. `2023-24` and `202324` are a year that ends in the second.
    """
    name = name.rpartition("/")[2].partition("__")[0].partition(".")[0]
    for form in (_DAY, _MONTH):
        found = [_date(match) for match in form.finditer(name)]
        days = [one for one in found if one is not None]
        if days:
            return max(days)
    ends = [
        int(match["year"]) + 1
        for match in _TWO_YEARS.finditer(name)
        if (int(match["year"]) + 1) % 100 == int(match["next"])
    ]
    ends += [int(match["year"]) for match in _YEAR.finditer(name)]
    return date(max(ends), 12, 31) if ends else None


def _date(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    try:
        return date(int(parts["year"]), int(parts["month"]), int(parts.get("day") or 1))
    except ValueError:
        return None
