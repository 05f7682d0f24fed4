"""Origins: the file, edition and address that a figure came from."""

import re
from dataclasses import dataclass
from datetime import date

_DAY = re.compile(r"(?<!\d)(?P<year>(19|20)\d\d)-?(?P<month>0[1-9]|1[0-2])-?(?P<day>[0-3]\d)(?!\d)")
_MONTH = re.compile(r"(?<!\d)(?P<year>(19|20)\d\d)[-_]?(?P<month>0[1-9]|1[0-2])(?!\d)")
_TWO_YEARS = re.compile(r"(?<!\d)(?P<year>(19|20)\d\d)[-_/]?(?P<next>\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?P<year>(19|20)\d\d)(?!\d)")


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

        It is the day of publication; else the day on which the file was fetched; else the day that
        the file's name tells. None means that nothing tells: they count as always known.
        """
        return self.published or self.accessed or edition_day(self.file or self.code)


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
