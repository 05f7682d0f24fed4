"""Numbers as they are written: how exact they claim to be, and what they round from."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum

from placedex.evidence import Claim
from placedex.ledger.verdict_words import amount

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SCALES = tuple(Decimal(10) ** power for power in (0, 3, 6, 9, 12, 2))
# Whole numbers below this say every digit; above it noughts at the end may be rounding.
_SAYS_EVERY_DIGIT = 1000
APPROXIMATE = ("around", "nearly")
_ZERO = Decimal(0)


class Rounding(StrEnum):
    """Whether a published figure rounds to a number as it is written."""

    ROUNDS = "rounds_to"
    UNLESS_APPROXIMATE = "differs_unless_approx"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Written:
    """A number as it is written.

    Attributes:
        unit: what one of its last written significant digit is worth.
        coarse: the same if its noughts are rounding: a thousand for 10,000, which may be exact.
    """

    value: Decimal
    unit: Decimal
    coarse: Decimal

    @property
    def ambiguous(self) -> bool:
        """Whether nothing tells how exact it is: 10,000."""
        return self.unit != self.coarse

    def ends(self, *, approximate: bool = False) -> tuple[Decimal, Decimal]:
        """The least and the greatest number that round to it; the halves count on both sides."""
        unit = self.coarse if approximate else self.unit
        size = abs(self.value)
        # Below a power of ten the digits are finer: 9,500 rounds to 10,000, and 6,000 does not.
        below = unit / 20 if size == unit and approximate else unit / 2
        ends = (size - below, size + unit / 2)
        return ends if self.value >= 0 else (-ends[1], -ends[0])


def written(value: float, text: str = "") -> Written:
    """A number with the digits that its text shows; without a text, those of the number itself."""
    exact = _decimal(value)
    for found in _NUMBER.finditer(text):
        mantissa = Decimal(found[0].replace(",", ""))
        for scale in _SCALES:
            if mantissa * scale == abs(exact):
                return _with_unit(exact, _units(mantissa), scale)
    return _with_unit(exact, _units(abs(exact)), Decimal(1))


def written_claim(claim: Claim, *, upper: bool = False) -> Written:
    """The figure of a claim as its words show it, or the upper end of its range."""
    value = claim.high if upper and claim.high is not None else claim.value
    start = claim.figure.start - claim.span.start
    end = claim.figure.end - claim.span.start
    figure = claim.words[start:end] if 0 <= start < end <= len(claim.words) else claim.words
    if not figure:
        # A table keeps no words: 4400000000 was written as 4.4 billion, as everybody writes it.
        figure = amount(value, claim.unit)
    return written(value, figure)


def rounds(number: Written, reference: float, *, approximate: bool = False) -> Rounding:
    """Whether a reference rounds to a number as written.

    It does within half a unit of the last written significant digit, a half counting either way.
    A number such as 10,000, whose noughts may be rounding, counts as written to one significant
    digit only if it is said to be approximate.
    """
    exact = _decimal(reference)
    low, high = number.ends()
    if low <= exact <= high:
        return Rounding.ROUNDS
    if number.ambiguous:
        low, high = number.ends(approximate=True)
        if low <= exact <= high:
            return Rounding.ROUNDS if approximate else Rounding.UNLESS_APPROXIMATE
    return Rounding.DIFFERS


def rounds_otherwise(number: Written, reference: float) -> bool:
    """Whether a reference comes to the number by a rounding that its digits do not show.

    Cut off or rounded up at the last written digit, or rounded to fewer digits than are written.
    """
    exact = _decimal(reference)
    if abs(exact - number.value) < number.unit:
        return True
    if _ZERO in (exact, number.value):
        return False
    first = exact.adjusted()
    last = exact.as_tuple().exponent
    return any(
        exact.quantize(Decimal(1).scaleb(power), rounding=way) == number.value
        for power in range(int(last), first + 1)
        for way in (ROUND_HALF_UP, ROUND_HALF_DOWN)
    )


def _decimal(value: float) -> Decimal:
    """A number with the digits that it shows, not those of its binary form."""
    exact = Decimal(repr(float(value)))
    whole = exact.to_integral_value()
    return whole if exact == whole else exact


def _units(mantissa: Decimal) -> tuple[Decimal, Decimal]:
    """What the last written digit is worth, as it stands and if noughts are rounding."""
    exponent = int(mantissa.as_tuple().exponent)
    if exponent < 0:
        unit = Decimal(1).scaleb(exponent)
        return unit, unit
    if mantissa < _SAYS_EVERY_DIGIT:
        return Decimal(1), Decimal(1)
    digits = str(int(mantissa))
    significant = digits.rstrip("0")
    coarse = Decimal(10) ** (len(digits) - len(significant))
    return (Decimal(1), coarse) if len(significant) == 1 else (coarse, coarse)


def _with_unit(value: Decimal, units: tuple[Decimal, Decimal], scale: Decimal) -> Written:
    return Written(value, units[0] * scale, units[1] * scale)
