"""Point kernels: figures in unlike units put on one scale, row by row."""

import numpy as np

from placedex.index.codes import (
    ALL_ALIKE,
    AS_BEATEN,
    AS_EXPONENTIALS,
    AS_SHARES,
    FINE,
    GIVEN_RANKS,
    MIN_MAX,
    NO_POINTS,
    RANKS,
    SHARE,
    TO_REFERENCE,
    TO_TARGET,
    TURN,
    Z_SCORE,
)
from placedex.index.kernels import central, compiled, count_gaps, extremes, pack, total
from placedex.index.order_kernels import ascending_ranks
from placedex.index.program import FloatArray, Scaling, Work


@compiled
def put_on_scale(row: FloatArray, scaling: Scaling, work: Work) -> int:
    """Put a row on a scale; returns what is wrong, or FINE."""
    code, gaps = scaling.code, count_gaps(row)
    if code == MIN_MAX:
        return min_max_row(row, scaling)
    if gaps == row.size:
        return ALL_ALIKE
    if code == Z_SCORE:
        return z_row(row, scaling, work.packed)
    if code == TURN:
        row *= scaling.up
    elif code == RANKS:
        _ranks(row, scaling, work)
    elif code == GIVEN_RANKS:
        _given_ranks(row, scaling)
    elif code in (SHARE, TO_REFERENCE, TO_TARGET):
        _distance(row, scaling)
    else:
        _ratio(row, scaling)
    return NO_POINTS if count_gaps(row) > gaps else FINE


@compiled
def _ranks(row: FloatArray, scaling: Scaling, work: Work) -> None:
    """Ranks from the worst, or what is made of them; the numbers are which, ties and two more."""
    numbers = scaling.numbers
    count = ascending_ranks(row, scaling.up, numbers[1], work)
    for place in range(row.size):
        if numbers[0] == AS_BEATEN:
            row[place] -= 1
        elif numbers[0] == AS_SHARES:
            row[place] = (row[place] - 1) / (count - 1) if count > 1 else np.nan
        elif numbers[0] == AS_EXPONENTIALS:
            share = (count - (count + 1 - row[place]) + numbers[3]) / count
            row[place] = _exponential(share, numbers[2])


@compiled
def _exponential(share: float, constant: float) -> float:
    """The share of places that a place is not below, stretched; see `exponential_of_ranks`."""
    rest = 1.0 - share * (1.0 - np.exp(-100.0 / constant))
    return 0.0 - constant * np.log(rest) if rest > 0 else np.nan


@compiled
def _given_ranks(row: FloatArray, scaling: Scaling) -> None:
    """Ranks that are given, stretched at the top; the numbers are as for ranks."""
    count, numbers = row.size - count_gaps(row), scaling.numbers
    for place in range(row.size):
        rank = row[place] if scaling.up < 0 else count + 1 - row[place]
        points = _exponential((count - rank + numbers[3]) / count, numbers[2])
        row[place] = points if 1 <= rank <= count else np.nan


@compiled
def _ratio(row: FloatArray, scaling: Scaling) -> None:
    """Figures over a stated best one, or it over them; the numbers are the best and the worst."""
    best, worst = scaling.numbers[0], scaling.numbers[1]
    least, most = min(best, worst), max(best, worst)
    for place in range(row.size):
        value = row[place]
        if not np.isnan(worst):
            value = least if value < least else value
            value = most if value > most else value
        if scaling.up > 0:
            row[place] = value / best
        else:
            row[place] = best / value if value > 0 else np.nan


@compiled
def _distance(row: FloatArray, scaling: Scaling) -> None:
    """A share of the highest, or of the way from the worst figure to a reference or a target.

    The ends are the extremes among which the figures stand; the numbers are the row's place of the
    reference or the target, and whether to hold what is beyond a target.
    """
    low, high, up = scaling.low, scaling.high, scaling.up
    if np.isnan(low):
        low, high = extremes(row)
    if scaling.code == SHARE:
        top = high if high > 0 else np.nan
        for place in range(row.size):
            share = row[place] / top
            row[place] = share if up > 0 else 1.0 - share
        return
    worst, aim = low if up > 0 else -high, scaling.numbers[0]
    aim = (row[int(aim)] if scaling.code == TO_REFERENCE else aim) * up
    aim = aim if aim > worst else np.nan
    held = scaling.code == TO_TARGET and scaling.numbers[1] > 0
    for place in range(row.size):
        reached = (row[place] * up - worst) / (aim - worst)
        row[place] = 1.0 if held and reached > 1 else reached


@compiled
def min_max_row(row: FloatArray, scaling: Scaling) -> int:
    """Put a row on a scale between goalposts, found if not given.

    The numbers are bottom and top, whether to hold what is beyond them, and what figures score that
    are all alike, missing if they are refused.
    """
    low, high, numbers = scaling.low, scaling.high, scaling.numbers
    if np.isnan(low):
        low, high = extremes(row)
        if low == high and not np.isnan(numbers[3]):
            for place in range(row.size):
                row[place] = numbers[3] if row[place] == row[place] else np.nan
            return hold(row, numbers)
        if not low < high:
            return ALL_ALIKE
    if scaling.up < 0:
        low, high = high, low
    bottom, top = numbers[0], numbers[1]
    for place in range(row.size):
        row[place] = (row[place] - low) / (high - low) * (top - bottom) + bottom
    return hold(row, numbers)


@compiled
def hold(row: FloatArray, numbers: FloatArray) -> int:
    """Hold what is beyond a scale at its ends, if it says so."""
    if numbers[2] > 0:
        least, most = min(numbers[0], numbers[1]), max(numbers[0], numbers[1])
        for place in range(row.size):
            value = row[place]
            value = least if value < least else value
            row[place] = most if value > most else value
    return FINE


@compiled
def z_row(row: FloatArray, scaling: Scaling, packed: FloatArray) -> int:
    """Put a row on a scale of a mean and a standard deviation (n - 1), which are the numbers.

    The ends are the mean and the deviation by which it is measured, if they are given.
    """
    mean, spread, numbers = scaling.low, scaling.high, scaling.numbers
    if np.isnan(mean):
        values = packed[: pack(row, packed)]
        mean = total(values) / values.size
        spread = np.sqrt(central(values, mean)[0] / (values.size - 1))
        lowest, highest = extremes(values)
        if not lowest < highest:
            return ALL_ALIKE
    for place in range(row.size):
        row[place] = (row[place] - mean) * scaling.up / spread * numbers[1] + numbers[0]
    return FINE
