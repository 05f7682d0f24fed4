"""Quantities: numbers with their units, ranges joined, each with where it stands."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from placedex.evidence.extracting.numbers import Number, numbers
from placedex.evidence.extracting.units import MONEY, SHARE, money_before, unit_after


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as it is written: percentages as 46, money in its whole currency.

    Attributes:
        start, end: with the sign of money, the unit and `between` of a range.
        digits: where the number itself begins.
        kind: share, money, measure or time; nothing for a bare number.
    """

    start: int
    end: int
    digits: int
    value: float
    high: float | None = None
    unit: str = ""
    kind: str = ""
    plus: bool = False
    in_words: bool = False
    scale: float = 1.0


_TO = re.compile(r"\s?[–—‑-]\s?|\s+to\s+|\s+and\s+")
_DASH = re.compile(r"\s?[–—‑-]\s?")
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:(?:around|about|just|some|nearly|over|only)\s+)?$", re.IGNORECASE)
_SPREAD = re.compile(
    r"\b(?:rang|vary|vari|anywhere|grants?|loans?|vouchers?|prices?)\w*\s+(?:\w+\s+)?from\s+$",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\b(?:r[oi]se[ns]?|rising|gr[eo]w\w*|increas\w+|up|down|f[ae]ll\w*|drop\w*|declin\w+|improv\w+"
    r"|doubl\w+|reduc\w+|cut|went|moved|jump\w*|climb\w*|expand\w*|rais\w+|shr[aiu]nk)\b",
    re.IGNORECASE,
)
_MINUS = re.compile(r"(?:^|[\s(£$€])[−–-]$")
_BRACKET = re.compile(r"\)\s?(?=%)")
_NEAR = 60


def quantities(
    text: str, *, hidden: Callable[[int, int], bool] | None = None
) -> tuple[Quantity, ...]:
    """Every quantity of a text in order; two figures that are the ends of a range are one."""
    single = [_quantity(text, number) for number in numbers(text, hidden=hidden)]
    found: list[Quantity] = []
    for one in single:
        before = found[-1] if found else None
        if before is not None and before.high is None and _is_range(text, before, one):
            found[-1] = _range(text, before, one)
        elif before is not None and _lends_unit(text, before, one):
            found[-1] = replace(before, unit=one.unit, kind=one.kind)
            found.append(one)
        else:
            found.append(one)
    return tuple(found)


def _quantity(text: str, number: Number) -> Quantity:
    start, end, value = number.start, number.end, number.value
    unit, kind = "", ""
    if (money := money_before(text, start)) is not None:
        unit, start, minus = money
        kind, value = MONEY, -value if minus else value
    elif _MINUS.search(text, max(0, start - 2), start):
        start, value = start - 1, -value
    if text[start - 1 : start] == "(" and (closed := _BRACKET.match(text, end)):
        start, end, value = start - 1, closed.end(), -value
    if kind == MONEY and start and _MINUS.search(text, max(0, start - 2), start):
        start, value = start - 1, -value
    if not unit and (after := unit_after(text, end)) is not None:
        unit, kind, end = after[0].name, after[0].kind, after[1]
    elif not unit and number.share:
        unit, kind, value = "percent", SHARE, value * 100
    return Quantity(
        start,
        end,
        number.start,
        float(f"{value:.15g}"),
        unit=unit,
        kind=kind,
        plus=number.plus,
        in_words=number.in_words,
        scale=number.scale,
    )


def _is_range(text: str, one: Quantity, other: Quantity) -> bool:
    between = _TO.fullmatch(text, one.end, other.start)
    unlike = one.unit and one.unit != other.unit and other.unit
    if between is None or one.plus or unlike:
        return False
    if _scaled(one, other) >= other.value:
        return False
    led = _BETWEEN.search(text, max(0, one.start - 12), one.start) is not None
    if "and" in between[0]:
        return led
    if _DASH.fullmatch(between[0]):
        return " " not in between[0].strip("\n") or bool(one.unit == other.unit or not one.unit)
    if _FROM.search(text, max(0, one.start - 20), one.start):
        return _spread(text, one)
    return True


def _spread(text: str, one: Quantity) -> bool:
    """Whether `from ... to ...` names the ends of a range, not a change from one to the other."""
    if _SPREAD.search(text, max(0, one.start - 30), one.start):
        return True
    before = text[max(0, one.start - _NEAR) : one.start]
    return one.kind == MONEY and _MOVED.search(before) is None


def _scaled(one: Quantity, other: Quantity) -> float:
    """The lower end with the magnitude that is written only once: `£10-15m`."""
    if one.scale == 1.0 and other.scale > 1.0 and not one.kind.startswith(SHARE):
        return one.value * other.scale
    return one.value


def _range(text: str, one: Quantity, other: Quantity) -> Quantity:
    led = _BETWEEN.search(text, max(0, one.start - 12), one.start)
    kind = one.kind or other.kind
    return replace(
        other,
        start=led.start() if led else one.start,
        digits=one.digits,
        value=_scaled(one, other),
        high=other.value,
        unit=one.unit or other.unit,
        kind=kind,
    )


def _lends_unit(text: str, one: Quantity, other: Quantity) -> bool:
    """Whether a figure without a unit has that of the next: `from 42 to 57 per cent`."""
    return (
        not one.unit
        and other.kind in {SHARE, "measure"}
        and one.high is None
        and _TO.fullmatch(text, one.end, other.start) is not None
        and (
            _FROM.search(text, max(0, one.start - 20), one.start) is not None
            or "and" in text[one.end : other.start]
        )
    )
