"""Units: whether figures in one can be held against figures in another, and money's prices."""

NOMINAL = frozenset({"", "nominal", "current"})
POUNDS = {"£": 1.0, "gbp": 1.0, "pound": 1.0}
TIMES = {"": 1.0, "thousand": 1e3, "million": 1e6, "billion": 1e9}
PERCENT = frozenset({"%", "percent", "per cent"})


def unit_times(unit: str, wanted: str) -> float | None:
    """By what a value in one unit is multiplied to be in another; nothing if it cannot be."""
    one, other = unit.strip().lower(), wanted.strip().lower()
    if one == other or (other in PERCENT and (one in PERCENT or one.startswith("%"))):
        return 1.0
    money = _pounds(one), _pounds(other)
    if money[0] is not None and money[1] is not None:
        return money[0] / money[1]
    return None


def _pounds(unit: str) -> float | None:
    """How many pounds a unit of money is; nothing for another unit."""
    first, _, rest = unit.partition(" ")
    return POUNDS[first] * TIMES[rest] if first in POUNDS and rest in TIMES else None


def is_money(unit: str) -> bool:
    """Whether a unit is one of pounds."""
    return _pounds(unit.strip().lower()) is not None


def is_share(unit: str) -> bool:
    """Whether a unit is per cent of something."""
    return unit.strip().lower() in PERCENT or unit.startswith("%")


def price_difference(prices: str, series_prices: str) -> str:
    """How two price bases differ, in words; empty if money of one can be held against the other."""
    real = prices not in NOMINAL, series_prices not in NOMINAL
    if real == (False, False) or prices == series_prices:
        return ""
    said = [one or "not said, which is read as nominal" for one in (prices, series_prices)]
    return f"the prices are {said[0]} in the target and {said[1]} in the series"
