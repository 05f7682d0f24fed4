"""Order kernels: the places of a row put in order, and their ranks."""

import numpy as np

from placedex.index.codes import AVERAGE, BETTER
from placedex.index.kernels import compiled, count_gaps, extremes
from placedex.index.program import FloatArray, IntArray, Work

ALLOWANCE, SLOTS = 24, 2


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


@compiled
def ascending_ranks(row: FloatArray, up: float, ties: float, work: Work) -> int:
    """Exchange a row for its ranks from the worst, 1; returns how many have one.

    Ties as in `points.ascending_rank`: equal figures share the worse rank, the middle or the
    better one. `up` is -1 where less is better.
    """
    count = row.size - count_gaps(row)
    if ties == AVERAGE:
        average_ranks(row, -up, work)
        return count
    if ties == BETTER:
        rank_row(row, up, work)
        for place in range(row.size):
            row[place] = count + 1 - row[place]
        return count
    rank_row(row, -up, work)
    return count


@compiled
def round_row(row: FloatArray, decimals: float) -> None:
    """Round a row to so many decimals, as numpy does."""
    power = 10.0**decimals
    for place in range(row.size):
        row[place] = np.rint(row[place] * power) / power
