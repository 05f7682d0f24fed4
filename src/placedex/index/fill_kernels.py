"""Filling kernels: gaps of a row filled from the rest of it, from its group, or with given values.

Where filled values are drawn, each moves by so many of its own standard errors.
"""

import numpy as np

from placedex.index.codes import (
    FILL_GIVEN,
    FILL_GROUP_MEANS,
    FILL_GROUP_MEDIANS,
    FILL_MEDIAN,
    FINE,
    LOG_ODDS,
    LOGARITHMS,
    OFF_THE_SCALE,
)
from placedex.index.kernels import central, compiled, count_gaps, extremes, pack, total
from placedex.index.program import FloatArray, IntArray, Scaling, Stock, Work


@compiled
def moved(value: float, by: float, scale: int, whole: float) -> float:
    """A value moved by so much, or as much on another scale; missing where that has none such."""
    if scale == LOGARITHMS:
        return float(value * np.exp(by / value)) if value > 0 else np.nan
    if scale == LOG_ODDS:
        if not 0 < value < whole:
            return np.nan
        odds = np.log(value / (whole - value)) + by * whole / (value * (whole - value))
        return float(whole / (1 + np.exp(-odds)))
    return value + by


@compiled
def put(cell: tuple[int, int], filling: tuple[float, float], work: Work) -> int:
    """Fill a gap with a value; moved by its chance in standard errors, if it has any.

    A value that nothing tells the error of stays as it is.
    """
    value, error = filling
    if work.chance.noise.size > 0 and error > 0 and not np.isnan(value):
        scale, whole = work.chance.scales[cell[0]], work.chance.wholes[cell[0]]
        value = moved(value, error * work.chance.noise[cell], scale, whole)
        if np.isnan(value):
            return OFF_THE_SCALE
    work.nodes[cell] = value
    return FINE


@compiled
def fill_leaf(leaf: int, scaling: Scaling, stock: Stock, work: Work) -> int:
    """Fill the gaps of a leaf as its line says; returns what is wrong, or FINE."""
    code, which = scaling.code, int(scaling.numbers[0])
    if count_gaps(work.nodes[leaf]) == 0:
        return FINE
    if code == FILL_GROUP_MEANS:
        return fill_group_means(leaf, stock.groups[which], work)
    if code == FILL_GROUP_MEDIANS:
        return fill_group_medians(leaf, stock.groups[which], work)
    if code == FILL_GIVEN:
        return fill_given(leaf, stock.tables[which], work)
    return fill_row(leaf, code == FILL_MEDIAN, work)


@compiled
def fill_row(leaf: int, median: bool, work: Work) -> int:
    """Fill the gaps of a row with its mean or its median."""
    row = work.nodes[leaf]
    values = work.packed[: pack(row, work.packed)]
    if values.size in (0, row.size):
        return FINE
    error = np.nan if work.chance.noise.size == 0 else deviation(values)
    middle = middle_of(values) if median else total(values) / values.size
    for place in range(row.size):
        if row[place] != row[place] and work.kept[place]:
            fault = put((leaf, place), (middle, error), work)
            if fault != FINE:
                return fault
    return FINE


@compiled
def deviation(values: FloatArray) -> float:
    """The standard deviation (n - 1) of values of which none is missing; missing for one alone."""
    if values.size < 2:
        return np.nan
    lowest, highest = extremes(values)
    if lowest == highest:
        return 0.0
    return float(np.sqrt(central(values, total(values) / values.size)[0] / (values.size - 1)))


@compiled
def middle_of(values: FloatArray) -> float:
    """The median of values of which none is missing; it sorts them."""
    values.sort()
    low, high = values[(values.size - 1) // 2], values[values.size // 2]
    return float(low + 0.5 * (high - low)) if values.size % 2 == 0 else float(low)


@compiled
def fill_group_means(leaf: int, groups: IntArray, work: Work) -> int:
    """Fill the gaps of a row with the mean of each place's group, if it has one (0 or above)."""
    row = work.nodes[leaf]
    drawn = work.chance.noise.size > 0
    work.sums[:] = 0.0
    work.counts[:] = 0.0
    work.keys[:] = 0.0
    for place in range(row.size):
        if groups[place] >= 0 and row[place] == row[place]:
            work.sums[groups[place]] += row[place]
            work.counts[groups[place]] += 1
    if drawn:
        for place in range(row.size):
            group = groups[place]
            if group >= 0 and row[place] == row[place]:
                work.keys[group] += (row[place] - work.sums[group] / work.counts[group]) ** 2
    for place in range(row.size):
        group = groups[place]
        if group >= 0 and row[place] != row[place] and work.kept[place]:
            mean = work.sums[group] / work.counts[group]
            error = np.nan
            if drawn and work.counts[group] > 1:
                error = np.sqrt(work.keys[group] / (work.counts[group] - 1))
            fault = put((leaf, place), (mean, error), work)
            if fault != FINE:
                return fault
    return FINE


@compiled
def fill_group_medians(leaf: int, groups: IntArray, work: Work) -> int:
    """Fill the gaps of a row with the median of each place's group, if it has one (0 or above)."""
    row = work.nodes[leaf]
    _deal_by_group(row, groups, work)
    last = groups.max()
    for group in range(last + 1):
        start, stop = work.slots[group], work.slots[group + 1]
        work.sums[group] = work.counts[group] = np.nan
        if stop > start:
            values = work.keys[start:stop]
            work.counts[group] = np.nan if work.chance.noise.size == 0 else deviation(values)
            work.sums[group] = middle_of(values)
    for place in range(row.size):
        group = groups[place]
        if group >= 0 and row[place] != row[place] and work.kept[place]:
            fault = put((leaf, place), (work.sums[group], work.counts[group]), work)
            if fault != FINE:
                return fault
    return FINE


@compiled
def _deal_by_group(row: FloatArray, groups: IntArray, work: Work) -> None:
    """Put what is there group by group: that of group g is keys[slots[g] : slots[g + 1]]."""
    slots, order = work.slots, work.order
    slots[: groups.max() + 2] = 0
    for place in range(row.size):
        if groups[place] >= 0 and row[place] == row[place]:
            slots[groups[place] + 1] += 1
    for group in range(groups.max() + 1):
        slots[group + 1] += slots[group]
        order[group] = slots[group]
    for place in range(row.size):
        group = groups[place]
        if group >= 0 and row[place] == row[place]:
            work.keys[order[group]] = row[place]
            order[group] += 1


@compiled
def fill_given(leaf: int, table: FloatArray, work: Work) -> int:
    """Fill the gaps of a row with values from elsewhere, each with its variance."""
    row = work.nodes[leaf]
    for place in range(row.size):
        if row[place] != row[place] and work.kept[place]:
            error = np.sqrt(table[1, leaf, place])
            fault = put((leaf, place), (table[0, leaf, place], error), work)
            if fault != FINE:
                return fault
    return FINE
