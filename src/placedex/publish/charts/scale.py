"""Scales: from a value to a place along an axis, round ends and ticks, and classes of values."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10


@dataclass(frozen=True, slots=True)
class Axis:
    """A straight scale from a low to a high value."""

    low: float
    high: float

    def share(self, value: float) -> float:
        """How far along the axis a value lies, from 0 to 1; values beyond stay at the ends."""
        if self.high == self.low:
            return 0.5
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))


def round_step(reach: float, *, ticks: int) -> float:
    """The roundest step, 1, 2 or 5 times a power of ten, that gives about that many ticks."""
    raw = reach / max(ticks, 1)
    power = 10.0 ** floor(log10(raw))
    return next(power * times for times in (1, 2, 5, 10) if power * times >= raw * 0.999)


def round_axis(values: Sequence[float], *, ticks: int = 4) -> tuple[Axis, tuple[float, ...]]:
    """An axis with round ends that holds every value, and its ticks."""
    low, high = min(values), max(values)
    if low == high:
        low, high = low - (abs(low) or 1) / 2, high + (abs(high) or 1) / 2
    step = round_step(high - low, ticks=ticks)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    places = max(0, -floor(log10(step)))
    found = tuple(round(number * step, places) for number in range(first, last + 1))
    return Axis(found[0], found[-1]), found


def classes(values: Sequence[float], *, count: int = 5) -> tuple[tuple[float, float], ...]:
    """Groups of about the same number of values, the lowest first, as their lowest and highest.

    Equal values are always in one group, so there may be fewer groups than were asked for.
    """
    ordered = sorted(values)
    found: list[tuple[float, float]] = []
    start = 0
    for number in range(1, count + 1):
        end = round(number * len(ordered) / count)
        while 0 < end < len(ordered) and ordered[end] == ordered[end - 1]:
            end += 1
        if end > start:
            found.append((ordered[start], ordered[end - 1]))
            start = end
    return tuple(found)


def class_of(value: float, groups: Sequence[tuple[float, float]]) -> int:
    """The number of the group that a value is in, the lowest 0."""
    return next(
        (number for number, (_, high) in enumerate(groups) if value <= high), len(groups) - 1
    )
