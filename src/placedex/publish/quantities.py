"""Quantities as they are said: more than 3,000 companies, £15.3 billion, 12 to 15%."""

from placedex.errors import BadPeriod
from placedex.observations import parse_period
from placedex.publish.words import number

BIG = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}
PERCENT = frozenset({"percent", "%", "per cent"})


def quantity(value: float, unit: str, *, high: float | None = None, bound: str = "") -> str:
    """A quantity with its unit, the upper end of its range, and its bound."""
    before = f"{bound} " if bound else ""
    if unit in SIGNS or _is_currency(unit):
        reach = "" if high is None else f" to {money(high, unit)}"
        return f"{before}{money(value, unit)}{reach}"
    reach = _plain(value) if high is None else f"{_plain(value)} to {_plain(high)}"
    if unit in PERCENT:
        return f"{before}{reach}%"
    return f"{before}{reach} {unit}".rstrip()


def money(amount: float, currency: str) -> str:
    """An amount of money with as many digits as it has, in millions and billions where it can."""
    sign = SIGNS.get(currency, f"{currency} ")
    for size, word in BIG:
        if abs(amount) >= size:
            return f"{sign}{_plain(round(amount / size, 3))} {word}"
    return f"{sign}{_plain(round(amount, 2))}"


def period_words(period: str | None) -> str:
    """A period in words; as it is written if it is none, and nothing if there is none."""
    if not period:
        return ""
    try:
        return parse_period(period).words
    except BadPeriod:
        return period


def _plain(value: float) -> str:
    """A number with the decimals that it has, at most four."""
    text = number(value, 4)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _is_currency(unit: str) -> bool:
    return len(unit) == 3 and unit.isascii() and unit.isupper() and unit.isalpha()
