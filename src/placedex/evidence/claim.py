"""A claim: a figure that a document states, with its exact words and what they mean."""

from dataclasses import dataclass
from enum import StrEnum


class Modality(StrEnum):
    """How a figure is meant: as a fact, an estimate, a forecast, an aim, a promise, a chance."""

    ACTUAL = "actual"
    ESTIMATE = "estimate"
    FORECAST = "forecast"
    TARGET = "target"
    COMMITMENT = "commitment"
    POTENTIAL = "potential"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where words stand in a document's text: the first character and the one after the last."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlaceNamed:
    """A place as a claim names it: its code, or the codes that the name could mean."""

    name: str
    code: str | None = None
    candidates: tuple[str, ...] = ()

    @property
    def ambiguous(self) -> bool:
        """Whether the name could mean more than one place, and nothing tells which."""
        return self.code is None and bool(self.candidates)


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure that a document states.

    Attributes:
        document: the name of the document's file.
        span, words: the exact words with the noun that they count.
        figure: where the bare number with its unit stands.
        measure: what the figure is of, in a few words.
        value, high: the figure, and the upper end of a range; percentages as 46, money in pounds.
        unit: percent, GBP, or the noun that is counted.
        prices: the price basis, if the words tell one.
        place: nothing if no place is meant.
        period: 2030, 2024-02, 2023-04/P1Y; nothing if none is told.
        comparator: what it is compared with; population: of whom or what it speaks.
        bound: more than, up to, around ... as the words have it.
    """

    document: str
    span: Span
    words: str
    figure: Span
    measure: str
    value: float
    unit: str
    modality: Modality
    high: float | None = None
    prices: str = ""
    place: PlaceNamed | None = None
    period: str | None = None
    comparator: str = ""
    population: str = ""
    bound: str | None = None
