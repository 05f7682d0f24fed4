"""Kernels: the steps of an index compiled, on work arrays that are used again and again.

An indicator or a component is a row here and its places lie side by side in it. The pure functions
of this room are the reference; a kernel gives their answers, to a few units in the last digit.
Compiling happens at the first call and is kept on disk: import this where work is to be done, not
where help is printed.
"""

from collections.abc import Callable
from typing import TypeVar, cast

import numba
import numpy as np

from placedex.index.program import FloatArray, IntArray, Work

NOTHING, FILL_MEAN, FILL_MEDIAN, FILL_GROUPS, KEEP, TREAT, LOG = range(7)
MIN_MAX, Z_SCORE, RANKS, TURN = range(7, 11)
NO_SECOND, LOG_OF_FIGURES, LOG_OF_DRAWN_IN = range(3)
ARITHMETIC, GEOMETRIC, HARMONIC = range(3)
FINE, ALL_ALIKE, NOT_ABOVE_NOUGHT, NOTHING_LEFT = range(4)
PLAIN, LOGARITHMS, LOG_ODDS = range(3)
ALLOWANCE, SLOTS = 24, 2

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """The function as machine code that lets other threads run; kept on disk once made.

    Where neither the folder of the package nor the user's own can be written to, it is made anew in
    each process.
    """
    try:
        made = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:
        made = numba.njit(nogil=True, error_model="numpy")(function)
    return cast(F, made)


@compiled
def count_gaps(row: FloatArray) -> int:
    """How many values of a row are missing."""
    gaps = 0
    for place in range(row.size):
        gaps += row[place] != row[place]
    return gaps


@compiled
def pack(row: FloatArray, packed: FloatArray) -> int:
    """Put what is there at the front of `packed`, in order; returns how many there are."""
    count = 0
    for place in range(row.size):
        if row[place] == row[place]:
            packed[count] = row[place]
            count += 1
    return count


@compiled
def total(values: FloatArray) -> float:
    """The sum of values of which none is missing, in four lanes."""
    first = second = third = fourth = 0.0
    whole = values.size - values.size % 4
    for at in range(0, whole, 4):
        first += values[at]
        second += values[at + 1]
        third += values[at + 2]
        fourth += values[at + 3]
    for at in range(whole, values.size):
        first += values[at]
    return (first + second) + (third + fourth)


@compiled
def _central(values: FloatArray, mean: float) -> tuple[float, float, float]:
    """The sums of the second, third and fourth powers about a mean, in two lanes."""
    two = three = four = two_more = three_more = four_more = 0.0
    whole = values.size - values.size % 2
    for at in range(0, whole, 2):
        one = values[at] - mean
        other = values[at + 1] - mean
        square, other_square = one * one, other * other
        two += square
        two_more += other_square
        three += square * one
        three_more += other_square * other
        four += square * square
        four_more += other_square * other_square
    for at in range(whole, values.size):
        one = values[at] - mean
        two += one * one
        three += one * one * one
        four += one * one * one * one
    return two + two_more, three + three_more, four + four_more


@compiled
def moments(values: FloatArray) -> tuple[float, float]:
    """Skewness G1 and kurtosis G2 of values of which none is missing, as in stats.moments.

    Source: Joanes and Gill (1998), The Statistician 47, G1 and G2.
    """
    count = float(values.size)
    two, three, four = _central(values, total(values) / count)
    two, three, four = two / count, three / count, four / count
    skewness = np.sqrt(count * (count - 1)) / (count - 2) * three / (two * np.sqrt(two))
    excess = four / (two * two) - 3
    kurtosis = (count - 1) / ((count - 2) * (count - 3)) * ((count + 1) * excess + 6)
    return skewness if count > 2 else np.nan, kurtosis if count > 3 else np.nan


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
def unpack(values: FloatArray, row: FloatArray) -> None:
    """Put packed values back where a row has one."""
    count = 0
    for place in range(row.size):
        if row[place] == row[place]:
            row[place] = values[count]
            count += 1


@compiled
def extremes(row: FloatArray) -> tuple[float, float]:
    """The lowest and the highest value that is there; infinite the wrong way round if none is."""
    lowest = lowest_more = np.inf
    highest = highest_more = -np.inf
    whole = row.size - row.size % 2
    for place in range(0, whole, 2):
        one, other = row[place], row[place + 1]
        lowest = one if one < lowest else lowest
        highest = one if one > highest else highest
        lowest_more = other if other < lowest_more else lowest_more
        highest_more = other if other > highest_more else highest_more
    for place in range(whole, row.size):
        lowest = row[place] if row[place] < lowest else lowest
        highest = row[place] if row[place] > highest else highest
    return min(lowest, lowest_more), max(highest, highest_more)


@compiled
def fill_row(row: FloatArray, code: int, work: Work) -> None:
    """Fill the gaps of a row with its mean or its median."""
    values = work.packed[: pack(row, work.packed)]
    if values.size in (0, row.size):
        return
    if code == FILL_MEDIAN:
        values.sort()
        middle = values.size // 2
        filling = (values[(values.size - 1) // 2] + values[middle]) / 2
    else:
        filling = total(values) / values.size
    for place in range(row.size):
        if row[place] != row[place] and work.kept[place]:
            row[place] = filling


@compiled
def fill_groups(row: FloatArray, groups: IntArray, work: Work) -> None:
    """Fill the gaps of a row with the mean of each place's group, if it has one (0 or above)."""
    if count_gaps(row) == 0:
        return
    work.sums[:] = 0.0
    work.counts[:] = 0.0
    for place in range(row.size):
        if groups[place] >= 0 and row[place] == row[place]:
            work.sums[groups[place]] += row[place]
            work.counts[groups[place]] += 1
    for place in range(row.size):
        if groups[place] >= 0 and row[place] != row[place] and work.kept[place]:
            row[place] = work.sums[groups[place]] / work.counts[groups[place]]


@compiled
def min_max_row(row: FloatArray, ends: tuple[float, float], scale: FloatArray, up: float) -> int:
    """Put a row on a scale (bottom, top, whether to clip) between goalposts, found if not given."""
    low, high = ends
    if np.isnan(low):
        low, high = extremes(row)
        if not low < high:
            return ALL_ALIKE
    if up < 0:
        low, high = high, low
    bottom, top = scale[0], scale[1]
    for place in range(row.size):
        row[place] = (row[place] - low) / (high - low) * (top - bottom) + bottom
    if scale[2] > 0:
        least, most = min(bottom, top), max(bottom, top)
        for place in range(row.size):
            value = row[place]
            value = least if value < least else value
            row[place] = most if value > most else value
    return FINE


@compiled
def z_row(row: FloatArray, numbers: FloatArray, up: float, packed: FloatArray) -> int:
    """Put a row on a scale of a mean and a standard deviation (n - 1)."""
    values = packed[: pack(row, packed)]
    mean = total(values) / values.size
    spread = np.sqrt(_central(values, mean)[0] / (values.size - 1))
    lowest, highest = extremes(values)
    if not lowest < highest:
        return ALL_ALIKE
    for place in range(row.size):
        row[place] = (row[place] - mean) * up / spread * numbers[1] + numbers[0]
    return FINE


@compiled
def log_row(row: FloatArray) -> int:
    """Take the logarithm of a row, all of which must be above nought."""
    if not extremes(row)[0] > 0:
        return NOT_ABOVE_NOUGHT
    for place in range(row.size):
        row[place] = np.log(row[place])
    return FINE


@compiled
def rank_row(row: FloatArray, sign: float, work: Work) -> None:
    """Exchange a row for its ranks, 1 for the highest (sign 1) or lowest (-1); ties the better.

    Values are dealt by size into twice as many slots as there are places, and put right by
    insertion; where they are so uneven that this takes long, they are sorted outright.
    """
    count = _deal(row, sign, work)
    if not _insert(work.keys, work.order, count):
        _sort_outright(work.keys, work.order, count)
    _number(row, count, work)


@compiled
def _insert(keys: FloatArray, order: IntArray, count: int) -> bool:
    """Sort by insertion, the highest first; gives up where that takes too many moves."""
    moves = ALLOWANCE * count
    for at in range(1, count):
        key = keys[at]
        if not keys[at - 1] < key:
            continue
        place, back = order[at], at - 1
        while back >= 0 and keys[back] < key:
            keys[back + 1] = keys[back]
            order[back + 1] = order[back]
            back -= 1
        moves -= at - 1 - back
        keys[back + 1] = key
        order[back + 1] = place
        if moves < 0:
            return False
    return True


@compiled
def _number(row: FloatArray, count: int, work: Work) -> None:
    keys, order = work.keys, work.order
    rank = 0
    for at in range(count):
        if at == 0 or keys[at] != keys[at - 1]:
            rank = at + 1
        row[order[at]] = rank


@compiled
def _sort_outright(keys: FloatArray, order: IntArray, count: int) -> None:
    sorting = np.argsort(-keys[:count])
    keys[:count] = keys[:count][sorting]
    order[:count] = order[:count][sorting]


@compiled
def _deal(row: FloatArray, sign: float, work: Work) -> int:
    """Deal what is there into slots from high to low; returns how many there are."""
    keys, order, slots = work.keys, work.order, work.slots
    lowest, highest = extremes(row)
    top = highest if sign > 0 else -lowest
    count = row.size - count_gaps(row)
    reach = highest - lowest
    last = SLOTS * count - 1
    pace = last / reach if 0 < reach < np.inf else 0.0
    if not pace < np.inf:
        pace = 0.0
    slots[: last + 2] = 0
    for place in range(row.size):
        if row[place] == row[place]:
            slot = int((top - sign * row[place]) * pace) if pace > 0 else 0
            slots[slot + 1] += 1
    for at in range(last):
        slots[at + 1] += slots[at]
    for place in range(row.size):
        if row[place] == row[place]:
            key = sign * row[place]
            slot = int((top - key) * pace) if pace > 0 else 0
            keys[slots[slot]] = key
            order[slots[slot]] = place
            slots[slot] += 1
    return count


@compiled
def average_ranks(row: FloatArray, sign: float, work: Work) -> None:
    """Exchange a row for its ranks as in `rank_row`, but ties share the middle."""
    count = row.size - count_gaps(row)
    work.sums[:] = row
    rank_row(row, sign, work)
    rank_row(work.sums, -sign, work)
    for place in range(row.size):
        row[place] = (row[place] + count + 1 - work.sums[place]) / 2
