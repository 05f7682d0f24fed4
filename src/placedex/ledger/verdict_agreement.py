"""Agreement: whether a claim, with its bound or its range, agrees with one published figure."""

from dataclasses import dataclass
from decimal import Decimal

from placedex.evidence import Claim
from placedex.ledger.verdict import Word
from placedex.ledger.verdict_words import amount
from placedex.ledger.verdict_written import (
    APPROXIMATE,
    Rounding,
    rounds,
    rounds_otherwise,
    written_claim,
)

_ABOVE = ("more than", "over")
_AT_LEAST = ("at least",)
_BELOW = ("less than",)
_AT_MOST = ("up to",)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a claim stands to a figure: confirmed, rounded otherwise or contradicted, and why.

    gap: the figure less the claim, in the claim's unit; nought if the figure is within it.
    """

    word: Word
    gap: float
    words: str

    def __bool__(self) -> bool:
        return self.word is Word.CONFIRMED


def agreement(claim: Claim, figure: float) -> Agreement:
    """How a claim stands to a figure in the same unit, by the digits and the bound it is told with.

    A range agrees with what lies in it, "over 94" with what is above 94, "up to" with what is not
    above; a bare number with what rounds to it.
    """
    if claim.high is not None and claim.high != claim.value:
        return _within(claim, figure)
    if claim.bound in _ABOVE + _AT_LEAST + _BELOW + _AT_MOST:
        return _bounded(claim, figure)
    return _bare(claim, figure)


def _bare(claim: Claim, figure: float) -> Agreement:
    number = written_claim(claim)
    approximate = claim.bound in APPROXIMATE
    found = rounds(number, figure, approximate=approximate)
    told, shown = amount(claim.value, claim.unit), amount(figure, claim.unit)
    gap = _gap(figure, claim.value)
    if found is Rounding.ROUNDS:
        on_half = number.unit / 2 == abs(number.value - Decimal(repr(float(figure))))
        half = ", just: it lies on the half, and rounds either way" if on_half else ""
        same = f"{shown}, as told" if figure == claim.value else f"{shown} rounds to {told}{half}"
        return Agreement(Word.CONFIRMED, 0.0, same)
    if found is Rounding.UNLESS_APPROXIMATE:
        return Agreement(
            Word.ROUNDED,
            gap,
            f"{shown} comes to {told} only if its noughts are rounding, and it is not said to be "
            "approximate",
        )
    if rounds_otherwise(number, figure):
        side = "cut off, rounded up or rounded to fewer digits than are written"
        return Agreement(Word.ROUNDED, gap, f"{shown} does not round to {told}: it was {side}")
    return Agreement(Word.CONTRADICTED, gap, f"{told} against {shown}: {_off(gap, claim)}")


def _bounded(claim: Claim, figure: float) -> Agreement:
    told, shown = amount(claim.value, claim.unit), amount(figure, claim.unit)
    holds = {
        **dict.fromkeys(_ABOVE, figure > claim.value),
        **dict.fromkeys(_AT_LEAST, figure >= claim.value),
        **dict.fromkeys(_BELOW, figure < claim.value),
        **dict.fromkeys(_AT_MOST, figure <= claim.value),
    }[str(claim.bound)]
    if holds:
        return Agreement(Word.CONFIRMED, 0.0, f"{shown} is {claim.bound} {told}")
    gap = _gap(figure, claim.value)
    if rounds(written_claim(claim), figure) is Rounding.ROUNDS:
        words = f"{shown} rounds to {told} and is not {claim.bound} it"
        return Agreement(Word.ROUNDED, gap, words)
    words = f"{shown} is not {claim.bound} {told}: {_off(gap, claim)}"
    return Agreement(Word.CONTRADICTED, gap, words)


def _within(claim: Claim, figure: float) -> Agreement:
    lowest = written_claim(claim).ends()[0]
    highest = written_claim(claim, upper=True).ends()[1]
    high = claim.value if claim.high is None else claim.high
    told = f"{amount(claim.value, claim.unit)} to {amount(high, claim.unit)}"
    shown = amount(figure, claim.unit)
    if lowest <= Decimal(repr(float(figure))) <= highest:
        return Agreement(Word.CONFIRMED, 0.0, f"{shown} lies in {told}")
    gap = _gap(figure, claim.value if figure < claim.value else high)
    words = f"{shown} does not lie in {told}: {_off(gap, claim)}"
    return Agreement(Word.CONTRADICTED, gap, words)


def _gap(figure: float, told: float) -> float:
    """The figure less what was told, without the dust of binary numbers."""
    return float(Decimal(repr(float(figure))) - Decimal(repr(float(told))))


def _off(gap: float, claim: Claim) -> str:
    unit = "points" if claim.unit == "percent" else claim.unit
    side = "higher" if gap > 0 else "lower"
    return f"the figure is {amount(abs(gap), unit)} {side}"
