"""Limits of small subsidies: how much, over which years, from when, and where that is laid down."""

from dataclasses import dataclass
from datetime import date, timedelta

from placedex.errors import BadUsage

# A limit is near once this share of it is used up.
WARN_AT = 0.8
FINANCIAL_YEARS, ANY_THREE_YEARS = "financial years", "any three years"


@dataclass(frozen=True, slots=True)
class Limit:
    """How much one enterprise may be given in all.

    Attributes:
        over: this financial year as far as it has gone and the two before, or the three years
            that end with the day.
        year_starts: the month and day on which a financial year starts.
        since, until: from when to when awards could be given under it.
        read: the day on which the source was read for this table.
    """

    code: str
    name: str
    amount: float
    currency: str
    over: str
    since: date
    until: date | None
    source: str
    read: date
    note: str = ""
    year_starts: tuple[int, int] = (4, 1)

    def window(self, day: date) -> tuple[date, date]:
        """The first and the last day of the time over which awards up to a day add up."""
        if self.over == ANY_THREE_YEARS:
            return _years_before(day, 3) + timedelta(days=1), day
        begun = date(day.year, *self.year_starts)
        if begun > day:
            begun = date(day.year - 1, *self.year_starts)
        return begun.replace(year=begun.year - 2), day


LIMITS = (
    Limit(
        code="minimal-financial-assistance",
        name="Minimal financial assistance",
        amount=315_000,
        currency="GBP",
        over=FINANCIAL_YEARS,
        since=date(2023, 1, 4),
        until=None,
        source="Subsidy Control Act 2022, section 36, legislation.gov.uk/ukpga/2022/23/section/36",
        read=date(2026, 11, 30),
        note="Assistance for services of public economic interest, de minimis aid and small "
        "amounts of financial assistance of the same years count too: mark them as subsidies.",
    ),
    Limit(
        code="de-minimis-2023",
        name="De minimis aid",
        amount=300_000,
        currency="EUR",
        over=ANY_THREE_YEARS,
        since=date(2024, 1, 1),
        until=date(2030, 12, 31),
        source="Commission Regulation (EU) 2023/2831, article 3",
        read=date(2026, 11, 30),
        note="By one member state.",
    ),
    Limit(
        code="de-minimis-2013",
        name="De minimis aid",
        amount=200_000,
        currency="EUR",
        over=FINANCIAL_YEARS,
        since=date(2014, 1, 1),
        until=date(2023, 12, 31),
        source="Commission Regulation (EU) No 1407/2013, article 3",
        read=date(2026, 11, 30),
        note="The years are the enterprise's own financial years; less for road freight.",
    ),
    Limit(
        code="de-minimis-2006",
        name="De minimis aid",
        amount=200_000,
        currency="EUR",
        over=FINANCIAL_YEARS,
        since=date(2007, 1, 1),
        until=date(2013, 12, 31),
        source="Commission Regulation (EC) No 1998/2006, article 2",
        read=date(2026, 11, 30),
        note="The state aid rules in force in 2009; the years are the enterprise's own financial "
        "years; less for road transport.",
    ),
)


def find_limit(code: str) -> Limit:
    """A limit by its code; BadUsage with those there are if it is not among them."""
    found = {limit.code: limit for limit in LIMITS}
    if code not in found:
        raise BadUsage(f"There is no limit '{code}'. Wanted one of {', '.join(found)}.")
    return found[code]


def _years_before(day: date, years: int) -> date:
    """The same day some years before; the last of February for its 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
