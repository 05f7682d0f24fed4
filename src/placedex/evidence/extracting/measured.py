"""Quantities of any kind with the full name of their unit: `9.8 m/s2`, `two and a half miles`."""

import re
from dataclasses import dataclass, replace

from placedex.evidence.extracting.number_words import MAGNITUDES, PART, SMALL, WHOLE, part, whole
from placedex.evidence.extracting.unit_names import unit_after_slash, unit_at, unit_name

NONE = "dimensionless"
_MINUS = "[-−–]"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+)?(?:\.\d+)?(?<=\d)"
_POWER = rf"(?:[eE](?:{_MINUS}|\+)?\d+(?!\w)|\s?[x×*]\s?\d+\^{_MINUS}?\d+)"
_VULGAR = {"½": 0.5, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 0.25, "¾": 0.75}
_FRACTION = r"/\d+(?![\d/])"
_SMALL = "|".join(SMALL)
_NUMBER = re.compile(
    rf"(?<![\w.+/^])(?<!\d,)(?P<digits>{_DIGITS})(?P<power>{_POWER})?(?P<under>{_FRACTION})?"
    rf"(?:\s(?P<scale>{'|'.join(MAGNITUDES)})\b|(?P<letter>[kKMBT])(?![\w]))?"
    rf"(?:\s?(?:\+/-|±|\+-)\s?{_DIGITS}(?:{_POWER})?)?"
    rf"|(?P<vulgar>[{''.join(_VULGAR)}])"
    rf"|\b(?i:(?P<part>{PART})|(?P<dozen>(?:an?|{_SMALL})\s+(?:square )?"
    rf"(?=(?:baker's )?dozen|gross))"
    rf"|(?P<whole>{WHOLE}))\b"
)
_ONE = re.compile(r"\b(?i:an?)\s+(?=[A-Za-z])")
_TIME = re.compile(r"\b(?:[01]?\d|2[0-4])(?:[.:][0-5]\d)?\s?[ap]\.?m\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:that|this|the|which|each|every|any|no) one$", re.IGNORECASE)
_GONE = re.compile(r"(?:st|nd|rd|th)\b|[A-Za-z]*\d|[A-Z]{2,}\d")
_DECADE = re.compile(r"s\b")
_SIGN = re.compile(rf"(?:^|[\s(])({_MINUS})$")
_MONEY_BEFORE = re.compile(r"(?P<sign>[£€$¥₹])\s?(?P<minus>[-−]?)$")
_LETTERS = {"k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}
_TO = re.compile(r"\s+to\s+|\s?[–—-]\s?|\s+and\s+")
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_GAP = re.compile(r"[ \u00a0-]?")
_OWNED = re.compile(r"['’](?!s)")
_DOZENS = {"dozen": "dozen", "baker's dozen": "baker's dozen", "gross": "gross"}
_WORDY = 3
# One letter that is a word as well as a unit.
_DOUBTFUL = {"a", "A", "as", "at", "in", "K", "d", "h"}
_PLACE = re.compile(r"\s+(?:\w+|\d)")


@dataclass(frozen=True, slots=True)
class Measured:
    """A quantity: where it stands, its value or range, and its unit by name."""

    start: int
    end: int
    value: float
    unit: str = NONE
    high: float | None = None
    number_end: int = 0

    @property
    def middle(self) -> float:
        """The value, or the middle of a range."""
        return self.value if self.high is None else (self.value + self.high) / 2


def measured(text: str) -> tuple[Measured, ...]:
    """Every quantity of a text, in order; two that are the ends of a range are one."""
    single = sorted((*_numbered(text), *_articled(text)), key=lambda one: one.start)
    found: list[Measured] = []
    for one in single:
        before = found[-1] if found else None
        if before is not None and one.start < before.end:
            continue
        if before is not None and (joined := _joined(text, before, one)):
            found[-1:] = joined
        else:
            found.append(one)
    return tuple(found)


def _numbered(text: str) -> list[Measured]:
    found = []
    for one in _NUMBER.finditer(text):
        if one["digits"] is None and one["vulgar"] is None and not one[0]:
            continue
        if one["digits"] is not None and not one["digits"]:
            continue
        read = _quantity(text, one)
        if read is not None:
            found.append(read)
    return found


def _quantity(text: str, one: re.Match[str]) -> Measured | None:
    value = _value(one)
    start, end = one.start(), one.end()
    named = _PRONOUN.search(text, max(0, start - 6), end)
    if value is None or named or _TIME.match(text, start):
        return None
    if one["dozen"]:
        word = re.compile(r"(?:baker's )?dozen|gross").match(text, end)
        name = _DOZENS[word[0]] if word else NONE
        return Measured(start, word.end() if word else end, value, name, number_end=end)
    money = _MONEY_BEFORE.search(text, max(0, start - 3), start)
    if money is not None:
        start = money.start()
        name = unit_name(money["sign"]) or NONE
        value = -value if money["minus"] else value
        under = unit_after_slash(text, end)
        stop = under[1] if under else end
        return Measured(start, stop, value, name + (under[0] if under else ""), number_end=end)
    if one["letter"] in {"B", "T", "M"} or (one["digits"] and _GONE.match(text, end)):
        return None
    if sign := _SIGN.search(text, max(0, start - 2), start):
        start, value = sign.start(1), -value
    decade = value % 10 == 0 and one["digits"] and _DECADE.match(text, end)
    unit = None if decade else _unit(text, end)
    if unit is not None:
        return Measured(start, unit[1], value, unit[0], number_end=end)
    joined = one["digits"] and text[end : end + 1].isalpha() and not decade
    return None if joined else Measured(start, end, value, number_end=end)


def _unit(text: str, end: int) -> tuple[str, int] | None:
    begin = _GAP.match(text, end)
    at = begin.end() if begin else end
    found = unit_at(text, at)
    if found is None:
        return None
    written = text[at : found[1]]
    # `2 in my car` is no inch, `a 1 in 5` neither.
    if written in _DOUBTFUL and (_PLACE.match(text, found[1]) or text[at - 1 : at] == "-"):
        return None
    owned = _OWNED.match(text, found[1])
    return found[0], owned.end() if owned else found[1]


def _value(one: re.Match[str]) -> float | None:
    if one["vulgar"]:
        return _VULGAR[one["vulgar"]]
    if one["part"]:
        return part(one["part"].lower())
    if one["dozen"]:
        first = one["dozen"].lower().split()[0]
        return 1.0 if first in {"a", "an"} else SMALL[first]
    if one["whole"]:
        return whole(one["whole"].lower())
    value = float(re.sub(r"[, \u00a0\u202f]", "", one["digits"]))
    if one["power"]:
        value *= _raised(one["power"].replace("−", "-").replace("–", "-"))
    if one["under"]:
        below = int(one["under"][1:])
        if below == 0:
            return None
        value /= below
    times = MAGNITUDES.get(one["scale"] or "") or _LETTERS.get(one["letter"] or "") or 1.0
    return float(f"{value * times:.15g}")


def _raised(power: str) -> float:
    plain = power.replace(" ", "")
    if plain[0] in "eE":
        return 10.0 ** int(plain[1:])
    base, _, exponent = plain[1:].partition("^")
    return float(base) ** int(exponent)


def _articled(text: str) -> list[Measured]:
    """`A kibibyte` and `a penny`: one of a unit that is written in full."""
    found = []
    for one in _ONE.finditer(text):
        word = re.compile(r"[A-Za-z]+").match(text, one.end())
        name = unit_name(word[0]) if word and len(word[0]) > _WORDY else None
        if word and name and word[0].lower() == name and name not in _LENGTHS:
            found.append(Measured(one.start(), word.end(), 1.0, name, number_end=one.end()))
    return found


# With an article these mostly say how often or how long, not how much.
_LENGTHS = {
    *("day", "week", "month", "year", "second", "minute", "hour"),
    *("score", "decade", "century", "stone"),
}


def _joined(text: str, one: Measured, other: Measured) -> list[Measured] | None:
    """Two quantities as one range, or as two that share the unit of the second."""
    between = _TO.fullmatch(text, one.end, other.start)
    if between is None or one.high is not None:
        return None
    same = other.unit if one.unit == NONE else one.unit
    if same != other.unit:
        return None
    led = _BETWEEN.search(text, max(0, one.start - 10), one.start)
    if "and" in between[0] and not led:
        return [replace(one, unit=same), other] if one.unit == NONE else None
    if one.value >= other.value and one.value >= 0 and "to" not in between[0]:
        return None
    start = led.start() if led and "and" in between[0] else one.start
    return [Measured(start, other.end, one.value, same, other.value, other.number_end)]
