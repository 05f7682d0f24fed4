"""Numbers in a text: digits and words, decimals, magnitudes, fractions and `one in five`."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from placedex.evidence.extracting.number_words import MAGNITUDES, PART, WHOLE, part, whole

_LETTERS = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "t": 1e12}
_VULGAR = {"½": 0.5, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 0.25, "¾": 0.75}
_DIGITS = r"(?:\d{1,3}(?:[,\u00a0\u202f]\d{3})+|\d+)(?:\.\d+)?|\.\d+"
# One letter is a magnitude only where it stands at the digits, or after money.
_SCALE = (
    rf"[ \u00a0\n-]?(?:{'|'.join(MAGNITUDES)})(?:s\b(?=\s+of\b))?\b|[ \u00a0]?(?:mn|mln|bn|tn|Bn"
    rf"|BN|Mn)\b"
    r"|[kKmM]\b(?![²2³3/])"
)
_OF_MONEY = r"[ \u00a0]?(?:[mMbB]|[kK])\b|[tT]\b"
_NUMBER = re.compile(
    rf"(?<![\w])(?<![\d][.,])(?P<digits>{_DIGITS})(?P<vulgar>[{''.join(_VULGAR)}])?"
    rf"(?:(?P<scale>{_SCALE})|(?P<letter>{_OF_MONEY}))?(?P<plus>\+|[ ]plus\b(?!\s+\d))?(?![\w]*\d)"
    rf"|(?P<only>[{''.join(_VULGAR)}])"
    rf"|\b(?i:(?P<part>{PART})|(?P<whole>{WHOLE}))\b(?![-’'](?!(?:year|month|week|day|hour)))"
)
_MONEY_BEFORE = re.compile(r"(?:[£$€]|GBP|USD|EUR)[ (−–-]?$")
_CODE_BEFORE = re.compile(r"\b(?:GBP|USD|EUR)(?P<digits>\d)")
_RATIO = re.compile(r"[\s-]+(?P<word>in|out[\s-]of)[\s-]+(?:every[\s-]+)?")
# Metres, not millions: what is long, high or away.
_METRES = re.compile(
    r"\s?(?:long|high|wide|tall|deep|away|from|radius|tower|building|track|pool)\b"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number and where it stands.

    Attributes:
        scale: the magnitude by which it was written, 1 if none.
        share: whether it is a part of a whole: two thirds, one in five.
        plus: whether a plus follows it.
        in_words: whether it is written in words.
    """

    start: int
    end: int
    value: float
    scale: float = 1.0
    share: bool = False
    plus: bool = False
    in_words: bool = False


def numbers(text: str, *, hidden: Callable[[int, int], bool] | None = None) -> list[Number]:
    """Every number of a text in order, but for those that stand in a part that is hidden."""
    found = []
    for one in _NUMBER.finditer(_codes_apart(text)):
        if hidden is not None and hidden(one.start(), one.end()):
            continue
        found.append(_number(text, one))
    return _ratios(text, found)


def _codes_apart(text: str) -> str:
    """The text with `GBP15` as `GB 15`, so that its digits stand free; no offset moves."""
    return _CODE_BEFORE.sub(lambda one: f"{one[0][:2]} {one['digits']}", text)


def _number(text: str, one: re.Match[str]) -> Number:
    if one["digits"] is None:
        return _worded(one)
    value = float(re.sub(r"[,\u00a0\u202f]", "", one["digits"]))
    value += _VULGAR.get(one["vulgar"] or "", 0.0)
    end, scale = one.end(), 1.0
    given = one["scale"] or one["letter"] or ""
    name = given.strip(" \u00a0\n-").lower().removesuffix("s")
    if given and not _meant(text, one, name):
        end = one.start("scale") if one["scale"] else one.start("letter")
    elif given:
        scale = MAGNITUDES.get(name) or _LETTERS[name]
    plus = bool(one["plus"]) and end == one.end()
    # Decimal digits times a magnitude, without the dust of binary fractions.
    scaled = float(f"{value:.15g}e{len(str(int(scale))) - 1}") if scale > 1 else value
    return Number(one.start(), end, scaled, scale, plus=plus)


def _meant(text: str, one: re.Match[str], name: str) -> bool:
    """Whether the letters after the digits are a magnitude."""
    if one["letter"] is not None or name == "m":
        money = _MONEY_BEFORE.search(text, max(0, one.start() - 6), one.start())
        if one["letter"] is not None:
            return money is not None
        return money is not None or not _METRES.match(text, one.end())
    return True


def _worded(one: re.Match[str]) -> Number:
    words = one[0].lower()
    if one["only"]:
        return Number(one.start(), one.end(), _VULGAR[one["only"]])
    if one["part"]:
        return Number(one.start(), one.end(), part(words), share=True, in_words=True)
    value = whole(words)
    scales = (MAGNITUDES[name] for name in MAGNITUDES if re.search(rf"{name}$", words))
    return Number(one.start(), one.end(), value, next(scales, 1.0), in_words=True)


def _ratios(text: str, found: list[Number]) -> list[Number]:
    """`one in five` and `eight out of 10` as the shares that they are."""
    joined: list[Number] = []
    for number in found:
        before = joined[-1] if joined else None
        if before is not None and _is_ratio(text, before, number):
            share = before.value / number.value
            joined[-1] = replace(before, end=number.end, value=share, share=True)
        else:
            joined.append(number)
    return joined


def _is_ratio(text: str, one: Number, other: Number) -> bool:
    between = _RATIO.fullmatch(text, one.end, other.start)
    if between is None or one.share or not 0 < one.value < other.value:
        return False
    if between["word"] == "in":
        return one.value < 10 and other.value in (*range(2, 21), 25, 30, 50, 100, 1000)
    return other.value in (*range(2, 21), 25, 30, 40, 50, 100, 1000) and other.scale == 1.0
