"""Words and numbers as a reader meets them: units, ordinals, lists and counts."""

from collections.abc import Iterable
from datetime import date
from math import isnan

from placedex.observations import Indicator, Period

MINUS = "−"
TITLES = (", County of", ", City of")
SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number(value: float, decimals: int = 0) -> str:
    """A number with a comma between thousands: 1,234.5."""
    text = f"{value:,.{decimals}f}"
    if not text.startswith("-"):
        return text
    bare = text.removeprefix("-")
    return bare if not bare.strip("0.,") else f"{MINUS}{bare}"


def with_unit(value: float, unit: str, *, decimals: int) -> str:
    """A number with the short form of its unit: 95.9%, £27,340, £1,204 million, 7.4 out of 10."""
    text = number(value, decimals)
    if unit.startswith("%"):
        return f"{text}%"
    if unit.startswith("£"):
        sign = MINUS if text.startswith(MINUS) else ""
        return f"{sign}£{text.removeprefix(MINUS)}{unit.removeprefix('£')}"
    if unit.startswith("score out of"):
        return f"{text} {unit.removeprefix('score ')}"
    return f"{text} {unit}" if unit.startswith("per ") else text


def amount(value: float, indicator: Indicator) -> str:
    """A figure of an indicator as it is printed."""
    return with_unit(value, indicator.unit, decimals=indicator.decimals)


def cell_amount(value: float, indicator: Indicator) -> str:
    """A figure in a table whose row or heading says `per 100,000 people` once for all."""
    unit = "" if indicator.unit.startswith("per ") else indicator.unit
    return with_unit(value, unit, decimals=indicator.decimals)


def round_amount(value: float, indicator: Indicator) -> str:
    """A round value on an axis: no more decimals than it needs."""
    return with_unit(
        value, indicator.unit, decimals=0 if value == int(value) else indicator.decimals
    )


def unit_words(unit: str) -> str:
    """A unit as it stands beside a heading; a bare count has none."""
    return {"%": "per cent", "£": "pounds"}.get(unit, unit.replace("%", "per cent"))


def points(value: float) -> str:
    """A score as it is printed, or that there is none."""
    return "no score" if isnan(value) else number(value, 1)


def ordinal(rank: float) -> str:
    """A rank as it is said: 1st, 2nd, 3rd, 11th."""
    whole = int(rank)
    ending = {1: "st", 2: "nd", 3: "rd"}.get(whole % 10, "th")
    if whole % 100 in (11, 12, 13):
        ending = "th"
    return f"{whole:,}{ending}"


def span(low: float, high: float) -> str:
    """A range of ranks: 2nd to 7th, or always 2nd."""
    return f"always {ordinal(low)}" if low == high else f"{ordinal(low)} to {ordinal(high)}"


def listed(words: Iterable[str], *, last: str = "and") -> str:
    """Words in a row: a, b and c."""
    words = tuple(words)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def plural(noun: str) -> str:
    """More than one of a kind: districts, combined authorities, countries."""
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


def counted(count: int, noun: str) -> str:
    """How many there are of something: 1 place, 41 places."""
    return f"{count:,} {noun if count == 1 else plural(noun)}"


def small(count: int) -> str:
    """A count up to ten in words, above that in digits."""
    return SMALL[count] if count < len(SMALL) else f"{count:,}"


def capital(text: str) -> str:
    """A text with its first letter large and the rest as they are."""
    return text[:1].upper() + text[1:]


def uncapital(text: str) -> str:
    """A name as it stands within a sentence: Adoption is adoption, ICT stays ICT."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def titled(name: str) -> str:
    """A name as it begins a line: digital bootcamps is Digital bootcamps, techUK stays."""
    return capital(name) if name.partition(" ")[0].islower() else name


def said(name: str) -> str:
    """A place's name as people say it: `Bristol, City of` is Bristol."""
    for title in TITLES:
        name = name.removesuffix(title)
    return name


def named(names: Iterable[str]) -> str:
    """Names in a row within a sentence, told apart by commas where a name has an `and` itself."""
    names = tuple(uncapital(name) for name in names)
    last = ", and" if len(names) > 1 and any(" and " in name for name in names) else " and"
    return listed(names) if last == " and" else f"{', '.join(names[:-1])}{last} {names[-1]}"


def when(period: Period | None) -> str:
    """A period in words, or that there is none."""
    return "no period" if period is None else period.words


def size(count: int) -> str:
    """A number of bytes as a reader meets it: 812 bytes, 14 KB, 2.3 MB."""
    if count < 1_000:
        return f"{count} bytes"
    if count < 1_000_000:
        return f"{count / 1_000:,.0f} KB"
    return f"{count / 1_000_000:,.1f} MB"


def when_day(day: date | None) -> str:
    """A day in words: 3 May 2025; nothing if it is not known."""
    return "" if day is None else Period(day, 0).words
