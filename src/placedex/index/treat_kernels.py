"""Treatment kernels: outliers drawn in, or a long tail shortened, within a row."""

import numpy as np

from placedex.index.codes import (
    AT_PERCENTILES,
    BOX_COX,
    DRAW_IN,
    FINE,
    LOG,
    LOG_ABOVE,
    LOG_BY_SKEW,
    LOG_GII,
    LOG_OF_FIGURES,
    NO_SECOND,
    NO_WAY,
    NOT_ABOVE_NOUGHT,
    NOT_TREATED,
    TREAT,
    TREAT_IN_TURN,
)
from placedex.index.kernels import compiled, count_gaps, extremes, moments, pack, unpack
from placedex.index.program import FloatArray, Work


@compiled
def draw_in(values: FloatArray, sign: float) -> int:
    """Move the highest (sign 1) or lowest (-1) values to the next one; returns how many."""
    lowest, highest = extremes(values)
    extreme = highest if sign > 0 else -lowest
    following, ties = -np.inf, 0
    for at in range(values.size):
        one = sign * values[at]
        if one == extreme:
            ties += 1
        elif one > following:
            following = one
    for at in range(values.size):
        if sign * values[at] == extreme:
            values[at] = sign * following
    return ties


@compiled
def beyond(values: FloatArray, numbers: FloatArray) -> tuple[bool, float]:
    """Whether values are beyond the limits of skewness and kurtosis, and their skewness."""
    lean, tails = moments(values)
    if not (abs(lean) > numbers[0] and tails > numbers[1]):
        return False, lean
    lowest, highest = extremes(values)
    return lowest < highest, lean


@compiled
def treat_row(row: FloatArray, numbers: FloatArray, packed: FloatArray) -> None:
    """Winsorise a row if it is beyond the limits; its shifted logarithm if that is not enough.

    `numbers` are the limits of skewness and kurtosis, the most points that may be moved, and what
    comes second. The rule is that of `treat.Treat`: ties move together.
    """
    values = packed[: pack(row, packed)]
    further, lean = beyond(values, numbers)
    if not further:
        return
    high = low = 0
    while further and high + low < numbers[2]:
        if lean >= 0:
            high = draw_in(values, 1.0)
        else:
            low = draw_in(values, -1.0)
        further, lean = beyond(values, numbers)
    if not (further and numbers[3] == LOG_OF_FIGURES):
        unpack(values, row)
    if further and numbers[3] != NO_SECOND:
        lowest, highest = extremes(row)
        for place in range(row.size):
            row[place] = np.log(row[place] - lowest + 0.01 * (highest - lowest))


@compiled
def treat_leaf(row: FloatArray, code: int, numbers: FloatArray, work: Work) -> int:
    """Treat a row as its line says; returns what is wrong, or FINE."""
    if code == TREAT:
        treat_row(row, numbers, work.packed)
    elif code == LOG:
        return log_row(row)
    elif code == TREAT_IN_TURN:
        return treat_in_turn(row, numbers, work)
    else:
        gaps = count_gaps(row)
        transform_row(row, numbers, work)
        return NOT_TREATED if count_gaps(row) > gaps else FINE
    return FINE


@compiled
def treat_in_turn(row: FloatArray, numbers: FloatArray, work: Work) -> int:
    """Do a first thing to a row beyond the limits, and a second if it is then still beyond them.

    `numbers` are the limits of skewness and kurtosis, whether the second acts on what the first
    made, and the numbers of the first and of the second as in `transform_row`.
    """
    if not beyond(work.packed[: pack(row, work.packed)], numbers)[0]:
        return FINE
    before = work.counts
    before[:] = row
    transform_row(row, numbers[3:7], work)
    if int(numbers[7]) != NO_WAY and beyond(work.packed[: pack(row, work.packed)], numbers)[0]:
        if numbers[2] == 0:
            row[:] = before
        transform_row(row, numbers[7:11], work)
    return NOT_TREATED if count_gaps(row) > count_gaps(before) else FINE


@compiled
def transform_row(row: FloatArray, numbers: FloatArray, work: Work) -> None:
    """Do one thing to a row: `numbers` are which, and its own numbers; no answer is missing."""
    way = int(numbers[0])
    if way == DRAW_IN:
        limits = np.array([numbers[2], numbers[3], numbers[1], float(NO_SECOND)])
        treat_row(row, limits, work.packed)
    elif way == AT_PERCENTILES:
        draw_in_at_percentiles(row, numbers[1:4], work)
    else:
        _bend(row, way, numbers, work)


@compiled
def draw_in_at_percentiles(row: FloatArray, numbers: FloatArray, work: Work) -> None:
    """Move what is beyond a low and a high percentile in to it.

    `numbers` are the two in per cent, missing for none, and 6 or 7 for the convention.
    """
    values = work.packed[: pack(row, work.packed)]
    values.sort()
    top, bottom = np.inf, -np.inf
    if not np.isnan(numbers[1]) and values.size > 0:
        top = _quantile(values, numbers[1] / 100, numbers[2])
    if not np.isnan(numbers[0]) and values.size > 0:
        bottom = _quantile(values, numbers[0] / 100, numbers[2])
    for place in range(row.size):
        row[place] = top if row[place] > top else row[place]
        row[place] = bottom if row[place] < bottom else row[place]


@compiled
def _quantile(ordered: FloatArray, share: float, convention: float) -> float:
    """The value below which a share of ordered values lies; see `stats.quantile`."""
    count, last = ordered.size, ordered.size - 1
    place = share * (count - 1) if convention == 7 else share * (count + 1) - 1
    place = min(max(place, 0.0), float(last))
    below = int(np.floor(place))
    low, high = ordered[below], ordered[min(below + 1, last)]
    return float(low + (place - below) * (high - low))


@compiled
def _bend(row: FloatArray, way: int, numbers: FloatArray, work: Work) -> None:
    """Exchange a row for a logarithm or a Box-Cox transform; see `transform`."""
    lowest, highest = extremes(row)
    upwards = True
    if way == LOG_BY_SKEW:
        values = work.packed[: pack(row, work.packed)]
        upwards = values.size > 2 and moments(values)[0] > 0
    reach = 0.01 * (highest - lowest)
    for place in range(row.size):
        value = row[place]
        if way == LOG_ABOVE:
            row[place] = _log(value - lowest + 1.0)
        elif way == LOG_GII:
            shifted = (highest - 1) * (value - lowest) / (highest - lowest) + 1.0
            row[place] = _log(shifted) if highest > 1 and highest > lowest else np.nan
        elif way == BOX_COX:
            positive = value - lowest + 1.0 if numbers[2] > 0 else value
            row[place] = _box_cox(positive, numbers[1])
        elif upwards:
            row[place] = _log(value - lowest + reach)
        else:
            row[place] = -_log(highest - value + reach)


@compiled
def _log(value: float) -> float:
    return np.log(value) if value > 0 else np.nan


@compiled
def _box_cox(value: float, exponent: float) -> float:
    if not value > 0:
        return np.nan
    return float(np.log(value) if exponent == 0 else (value**exponent - 1.0) / exponent)


@compiled
def log_row(row: FloatArray) -> int:
    """Take the logarithm of a row, all of which must be above nought."""
    if not extremes(row)[0] > 0:
        return NOT_ABOVE_NOUGHT
    for place in range(row.size):
        row[place] = np.log(row[place])
    return FINE
