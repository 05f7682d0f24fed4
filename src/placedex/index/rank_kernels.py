"""Rank kernels: counts of rivals above and differences of draws, in machine code."""

import numpy as np

from placedex.index.kernels import compiled
from placedex.index.program import FloatArray, IntArray

# Chances below this add nothing to any digit, and are left out on both sides.
NOTHING = 1e-30
DRAWS_AT_ONCE = 512


@compiled
def _count_events(chances: FloatArray, count: int, found: FloatArray) -> tuple[int, int]:
    """How likely 0, 1, 2 ... of `count` events are; returns between which numbers it may be."""
    found[: count + 1] = 0.0
    found[0] = 1.0
    low, high = 0, 0
    for number in range(count):
        chance = chances[number]
        rest = 1.0 - chance
        found[high + 1] = found[high] * chance
        for events in range(high, low, -1):
            found[events] = found[events] * rest + found[events - 1] * chance
        found[low] *= rest
        high += 1
        while found[low] < NOTHING and low < high:
            found[low] = 0.0
            low += 1
        while found[high] < NOTHING and low < high:
            found[high] = 0.0
            high -= 1
    return low, high


@compiled
def _add_without(
    found: FloatArray, ends: tuple[int, int], share: tuple[float, float], row: FloatArray
) -> None:
    """Add to a row how likely each number of events is if one of them is left out.

    `share` is how likely that one is, and how much is to be added. It is divided away from the side
    on which errors do not grow.
    """
    low, high = ends
    chance, weight = share
    rest = 1.0 - chance
    before = 0.0
    if chance <= 0.5:
        ratio, whole = chance / rest, 1.0 / rest
        for events in range(low, min(high, row.size - 1) + 1):
            before = found[events] * whole - before * ratio
            row[events] += weight * before
    else:
        ratio, whole = rest / chance, 1.0 / chance
        for events in range(high, low - 1, -1):
            before = found[events] * whole - before * ratio
            if events > 0:
                row[events - 1] += weight * before


@compiled
def add_ranks(above: FloatArray, weights: FloatArray, certain: float, of_ranks: FloatArray) -> None:
    """Add to each place's ranks how likely they are at some values that it may have.

    Shape:  above (values, places), how likely each place is above a value; weights alike, how much
            a value counts for each place; of_ranks (places, ranks), changed in place.
    """
    values, places = above.shape
    chances, found = np.empty(places), np.empty(places + 2)
    for value in range(values):
        count, always = 0, 0
        for place in range(places):
            chance = above[value, place]
            if chance > 1.0 - certain:
                always += 1
            elif chance >= certain:
                chances[count] = chance
                count += 1
        ends = _count_events(chances, count, found)
        for place in range(places):
            weight, chance = weights[value, place], above[value, place]
            if weight == 0.0:
                continue
            if certain <= chance <= 1.0 - certain:
                _add_without(found, ends, (chance, weight), of_ranks[place, always:])
            else:
                others = always - 1 if chance > 0.5 else always
                for events in range(ends[0], ends[1] + 1):
                    of_ranks[place, others + events] += weight * found[events]


@compiled
def largest_differences(
    draws: FloatArray, pairs: IntArray, scales: FloatArray, either: bool
) -> FloatArray:
    """For each draw, the largest difference of any pair in units of its standard error.

    Shape:  draws (places, draws); pairs (pairs, 2), the first less the second, or either less the
            other; scales (pairs,), standard errors; gives (draws,).
    """
    count = draws.shape[1]
    largest = np.full(count, 0.0 if either else -np.inf)
    for start in range(0, count, DRAWS_AT_ONCE):
        most = largest[start : start + DRAWS_AT_ONCE]
        for pair in range(pairs.shape[0]):
            first = draws[pairs[pair, 0], start : start + DRAWS_AT_ONCE]
            second = draws[pairs[pair, 1], start : start + DRAWS_AT_ONCE]
            scale = 1.0 / scales[pair]
            if either:
                for draw in range(most.size):
                    apart = abs(first[draw] - second[draw]) * scale
                    most[draw] = apart if apart > most[draw] else most[draw]
            else:
                for draw in range(most.size):
                    apart = (first[draw] - second[draw]) * scale
                    most[draw] = apart if apart > most[draw] else most[draw]
    return largest
