"""Said: numbers with their units as a reader says them."""

import math

from placedex.ledger.units import is_money, is_share, unit_times

STEPS = ((1e9, " billion"), (1e6, " million"))


def said(value: float, unit: str) -> str:
    """A value with its unit: £15.3 billion, 94.2 %, 3,000 companies."""
    if not math.isfinite(value):
        return "not known"
    if is_money(unit):
        return _pounds(value * (unit_times(unit, "£") or 1.0))
    if is_share(unit):
        return f"{_plain(value)} %"
    return f"{_plain(value)} {unit}".rstrip()


def _pounds(value: float) -> str:
    sign, size = ("-" if value < 0 else ""), abs(value)
    for step, word in STEPS:
        if size >= step:
            return f"{sign}£{size / step:,.3g}{word}" if size < 1e12 else f"{sign}£{size:,.0f}"
    return f"{sign}£{_plain(size)}"


def _plain(value: float) -> str:
    size = abs(value)
    if size >= 1000:
        return f"{value:,.0f}"
    return f"{value:.1f}".removesuffix(".0") if size >= 10 else f"{value:.3g}"


def percent(share: float, *, decimals: int = 1) -> str:
    """A share as per cent, as growth is said: 26.4 %."""
    return "not known" if not math.isfinite(share) else f"{100 * share:.{decimals}f} %"


def chance(value: float) -> str:
    """A chance with two decimals, and never as certain."""
    if value < 0.005:
        return "below 0.01"
    return "above 0.99" if value > 0.995 else f"{value:.2f}"
