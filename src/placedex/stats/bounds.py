"""Bounds: the least and the most that a number may be, and what follows for others."""

from dataclasses import dataclass
from math import inf


@dataclass(frozen=True, slots=True)
class Bounds:
    """A number of nought or more that is known only to lie between two others.

    Source: Moore (1966), Interval Analysis.
    """

    low: float
    high: float

    def __contains__(self, number: float) -> bool:
        return self.low <= number <= self.high

    def __truediv__(self, other: "Bounds") -> "Bounds":
        """The quotient: least over most to most over least; endless if the other may be nought."""
        low = self.low / other.high if other.high else 0.0
        return Bounds(low, self.high / other.low if other.low else inf)
