"""Indicators: what is measured, in which unit, and which way is better."""

from dataclasses import dataclass

HIGHER, NEITHER, LOWER = 1, 0, -1


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted, of what, where, and how it is known.

    Two figures are compared only if their measures are the same: 5G by area, by premises and by
    population are three. Money also has `prices`: current, chained or constant, with a year if
    every edition has the same, or deflator for what turns current into chained.
    """

    counted: str
    of: str = ""
    where: str = ""
    how: str = ""
    prices: str = ""


@dataclass(frozen=True, slots=True)
class Ratio:
    """How an indicator is reckoned from two others: numerator over denominator, times a number."""

    numerator: str
    denominator: str
    times: float = 1.0


@dataclass(frozen=True, slots=True)
class Indicator:
    """One measured thing, known by its code.

    `parts` names the classification of the parts for which it is published beside the whole:
    sic-2007 for industries, size-band ...; empty if it has none.
    """

    code: str
    name: str
    unit: str
    better: int = HIGHER
    decimals: int = 1
    period: str | None = None
    measure: Measure = Measure("")
    definition: str = ""
    faults: tuple[str, ...] = ()
    ratio: Ratio | None = None
    adds: bool = False
    parts: str = ""
