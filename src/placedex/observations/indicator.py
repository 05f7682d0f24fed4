"""Indicators: what is measured, in which unit, and which way is better."""

from dataclasses import dataclass

HIGHER, NEITHER, LOWER = 1, 0, -1
_PRICES = {
    "current": "current prices, those of each year",
    "deflator": "a deflator: what turns current prices into those of one year",
    "chained": "chained volumes, at the prices of",
    "constant": "constant prices, those of",
    "deflated": "deflated, at the prices of",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted, of what, where, and how it is known.

    Two figures are compared only if their measures are the same: 5G by area, by premises and by
    population are three. Money also has `prices`: current; chained, constant or deflated, with a
    year if every edition has the same; or deflator for what turns current into chained. `deflator`
    is the code of the indicator by which figures at current prices can be deflated, or by which
    deflated ones were.
    """

    counted: str
    of: str = ""
    where: str = ""
    how: str = ""
    prices: str = ""
    deflator: str = ""

    @property
    def price_words(self) -> str:
        """The price basis in words; empty if there is none."""
        basis, _, year = self.prices.partition(" ")
        words = _PRICES.get(basis, "")
        if words.endswith(" of"):
            words += f" {year}" if year else " a year that the edition names"
        return f"{words}, by {self.deflator}" if basis == "deflated" else words


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
    sic-2007 for industries, size-band ...; empty if it has none. `alike` names the families of
    indicators that are easily taken for each other. `rounding` names the rule by which the
    publisher rounds its counts: see `rounding.yaml`.
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
    alike: tuple[str, ...] = ()
    rounding: str = ""
