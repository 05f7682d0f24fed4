"""Kernels: what all compiled steps of an index have in common, on rows of work arrays.

An indicator or a component is a row here and its places lie side by side in it. The pure functions
of this room are the reference; a kernel gives their answers, to a few units in the last digit.
Compiling happens at the first call and is kept on disk: import this where work is to be done, not
where help is printed. The kernels of each kind of step are in the files that end in `_kernels`.
"""

from collections.abc import Callable
from typing import TypeVar, cast

import numba
import numpy as np

from placedex.index.program import FloatArray

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
def central(values: FloatArray, mean: float) -> tuple[float, float, float]:
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
    two, three, four = central(values, total(values) / count)
    two, three, four = two / count, three / count, four / count
    skewness = np.sqrt(count * (count - 1)) / (count - 2) * three / (two * np.sqrt(two))
    excess = four / (two * two) - 3
    kurtosis = (count - 1) / ((count - 2) * (count - 3)) * ((count + 1) * excess + 6)
    return skewness if count > 2 else np.nan, kurtosis if count > 3 else np.nan


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
