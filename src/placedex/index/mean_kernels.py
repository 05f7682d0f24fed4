"""Mean kernels: the children of a node made into one row, place by place."""

import numpy as np

from placedex.index.codes import (
    ARITHMETIC,
    BELOW_NOUGHT,
    BEST,
    COPELAND,
    FINE,
    GEOMETRIC,
    HARMONIC,
    LEVEL,
    MEAN_AT_NOUGHT,
    NOT_ABOVE_NOUGHT,
    ORDERED,
    POWER,
    PRODUCT,
    QUOTIENT,
    STANDARDISED,
    SUM,
    WORST,
    WRONG_ORDER,
)
from placedex.index.kernels import central, compiled, extremes, pack, total
from placedex.index.program import Family, FloatArray, Work

CENTRE, SPREAD, SAME, TOLERANCE = 100.0, 10.0, 1e-12, 1e-9


@compiled
def add_child(row: FloatArray, weight: float, mean: int, work: Work) -> int:
    """Add a child to the sums of a mean, where the place has it."""
    if mean != ARITHMETIC and extremes(row)[0] <= 0:
        return NOT_ABOVE_NOUGHT
    for place in range(row.size):
        known = row[place] == row[place]
        value = row[place] if known else 1.0
        if mean == GEOMETRIC:
            value = np.log(value)
        elif mean == HARMONIC:
            value = 1 / value
        work.sums[place] += value * weight if known else 0.0
        work.counts[place] += weight if known else 0.0
        work.packed[place] += 1.0 if known else 0.0
    return FINE


@compiled
def close_mean(row: FloatArray, mean: int, enough: float, work: Work) -> None:
    """The mean from its sums; missing for a place that has less than enough children."""
    for place in range(row.size):
        weight = work.counts[place]
        value = work.sums[place] / weight if weight > 0 else np.nan
        if mean == GEOMETRIC:
            value = np.exp(value)
        elif mean == HARMONIC:
            value = 1 / value
        row[place] = value if work.packed[place] >= enough else np.nan


@compiled
def combine(family: Family, mean: int, numbers: tuple[FloatArray, FloatArray], work: Work) -> int:
    """Make a node from its children by any other mean; returns what is wrong, or FINE.

    `numbers` are those of the mean, and the weights of an order added up from the best on.
    """
    if mean == POWER:
        return raise_to_power(family, numbers[0][0], work)
    if mean in (ORDERED, BEST, WORST):
        steps = np.empty(family.children.size + 1)
        if not _order_of(steps, mean, int(numbers[0][0]), numbers[1]):
            return WRONG_ORDER
        in_order(family, steps, work)
    elif mean in (SUM, PRODUCT):
        return add_up(family, mean, work)
    elif mean == QUOTIENT:
        return divide(family, work)
    elif mean == COPELAND:
        outrank(family, work)
    else:
        return penalise(family, mean, numbers[0], work)
    return FINE


@compiled
def demand(family: Family, enough: float, work: Work) -> None:
    """Take the value from a place that has less than enough children."""
    row = work.nodes[family.node]
    for place in range(row.size):
        known = 0
        for child in family.children:
            known += work.nodes[child, place] == work.nodes[child, place]
        if known < enough:
            row[place] = np.nan


@compiled
def raise_to_power(family: Family, exponent: float, work: Work) -> int:
    """The weighted power mean; see `means.power`."""
    row, scale = work.nodes[family.node], work.keys
    for child in family.children:
        lowest = extremes(work.nodes[child])[0]
        if lowest < 0 or (lowest == 0 and exponent < 0):
            return BELOW_NOUGHT if exponent > 0 else NOT_ABOVE_NOUGHT
    _furthest(family, exponent, work)
    if np.isinf(exponent):
        row[:] = scale
        return FINE
    work.sums[:], work.counts[:] = 0.0, 0.0
    for child in family.children:
        weight = family.weights[child]
        for place in range(row.size):
            value = work.nodes[child, place]
            if weight > 0 and not np.isnan(value):
                size = scale[place] if scale[place] > 0 else 1.0
                work.sums[place] += weight * np.expm1(exponent * np.log(value / size))
                work.counts[place] += weight
    for place in range(row.size):
        size = scale[place] if scale[place] > 0 else 1.0
        weight = work.counts[place]
        mean = work.sums[place] / weight if weight > 0 else np.nan
        row[place] = size * np.exp(np.log1p(mean) / exponent)
    return FINE


@compiled
def _furthest(family: Family, exponent: float, work: Work) -> None:
    """The highest child of each place, or the lowest for an exponent below nought, as keys."""
    work.keys[:] = np.nan
    for child in family.children:
        if family.weights[child] > 0:
            for place in range(work.keys.size):
                value, far = work.nodes[child, place], work.keys[place]
                further = value > far if exponent > 0 else value < far
                work.keys[place] = value if further or np.isnan(far) else far


@compiled
def _order_of(steps: FloatArray, mean: int, count: int, order: FloatArray) -> bool:
    """The weights of an order added up from the best on; false if they do not fit the children."""
    children = steps.size - 1
    if mean == ORDERED:
        if count != children:
            return False
        steps[:] = order[: children + 1]
        return True
    if not 1 <= count <= children:
        return False
    for at in range(steps.size):
        taken = at if mean == BEST else at - (children - count)
        steps[at] = min(max(taken, 0), count) / count
    return True


@compiled
def in_order(family: Family, steps: FloatArray, work: Work) -> None:
    """The ordered weighted average; see `means.owa`."""
    size = family.children.size
    values, shares = np.empty(size), np.empty(size)
    for place in range(work.kept.size):
        count, whole = 0, 0.0
        for child in family.children:
            value, share = work.nodes[child, place], family.weights[child]
            if share > 0 and not np.isnan(value):
                back = count - 1
                while back >= 0 and values[back] < value:
                    values[back + 1], shares[back + 1] = values[back], shares[back]
                    back -= 1
                values[back + 1], shares[back + 1] = value, share
                count += 1
                whole += share
        found, reach, before = 0.0, 0.0, 0.0
        for at in range(count):
            reach += shares[at]
            along = reach / whole * size
            step = min(int(along), size - 1)
            taken = steps[step] + (along - step) * (steps[step + 1] - steps[step])
            found += (taken - before) * values[at]
            before = taken
        work.nodes[family.node, place] = found if count > 0 else np.nan


@compiled
def add_up(family: Family, mean: int, work: Work) -> int:
    """The weighted sum or the weighted product; see `sums`."""
    row = work.nodes[family.node]
    row[:] = 0.0 if mean == SUM else 1.0
    for child in family.children:
        weight, values = family.weights[child], work.nodes[child]
        if weight > 0 and mean == PRODUCT and extremes(values)[0] < 0:
            return BELOW_NOUGHT
        for place in range(row.size):
            if weight > 0 and mean == SUM:
                row[place] += values[place] * weight
            elif weight > 0:
                row[place] *= values[place] ** weight
    return FINE


@compiled
def divide(family: Family, work: Work) -> int:
    """The first of two children over the second; see `sums`."""
    if family.children.size != 2:
        return WRONG_ORDER
    row = work.nodes[family.node]
    above, below = work.nodes[family.children[0]], work.nodes[family.children[1]]
    for place in range(row.size):
        if below[place] == 0:
            return NOT_ABOVE_NOUGHT
        row[place] = above[place] / below[place]
    return FINE


@compiled
def penalise(family: Family, mean: int, numbers: FloatArray, work: Work) -> int:
    """The mean of the children, less or plus what uneven places lose; see `penalty`.

    The numbers are -1 or 1 for the penalty, and 0 or 1 for the divisor.
    """
    children, row = family.children, work.nodes[family.node]
    values = np.empty((children.size, row.size))
    for at, child in enumerate(children):
        values[at] = work.nodes[child]
        if not family.weights[child] > 0:
            values[at] = np.nan
        if mean == STANDARDISED and not _standardise(values[at], numbers[1], work.packed):
            return LEVEL
    for place in range(row.size):
        found = _penalised(values[:, place], family, numbers)
        if found == -np.inf:
            return MEAN_AT_NOUGHT
        row[place] = found
    return FINE


@compiled
def _penalised(values: FloatArray, family: Family, numbers: FloatArray) -> float:
    """The penalised mean of one place; infinitely low if its mean is nought or below."""
    whole, mean, squares, known = 0.0, 0.0, 0.0, 0
    for at, child in enumerate(family.children):
        if not np.isnan(values[at]):
            whole += family.weights[child]
            mean += values[at] * family.weights[child]
            known += 1
    if not whole > 0:
        return np.nan
    mean /= whole
    for at, child in enumerate(family.children):
        if not np.isnan(values[at]):
            squares += (values[at] - mean) ** 2 * family.weights[child]
    lost = squares / whole * known / max(known - numbers[1], 1.0) / mean
    return mean + numbers[0] * lost if mean > 0 else -np.inf


@compiled
def _standardise(row: FloatArray, divisor: float, packed: FloatArray) -> bool:
    """Put a row at the mean 100 and the deviation 10; false if it is the same everywhere."""
    values = packed[: pack(row, packed)]
    if values.size == 0:
        return True
    mean = total(values) / values.size
    squares = central(values, mean)[0]
    if np.sqrt(squares / values.size) <= SAME * abs(mean):
        return False
    deviation = np.sqrt(squares / max(values.size - divisor, 1.0))
    for place in range(row.size):
        row[place] = CENTRE + SPREAD * (row[place] - mean) / deviation
    return True


@compiled
def outrank(family: Family, work: Work) -> None:
    """How many places each place outranks, less how many outrank it; see `outranking.copeland`."""
    row, plus, minus = work.nodes[family.node], work.sums, work.counts
    row[:], whole = 0.0, 0.0
    for child in family.children:
        whole += family.weights[child]
    for one in range(row.size):
        plus[one:], minus[one:] = 0.0, 0.0
        for child in family.children:
            values, weight = work.nodes[child], family.weights[child]
            mine = values[one]
            for other in range(one + 1, row.size):
                plus[other] += weight if mine > values[other] else 0.0
                minus[other] += weight if values[other] > mine else 0.0
        for other in range(one + 1, row.size):
            margin = plus[other] - minus[other]
            ahead = 1.0 if margin > TOLERANCE * whole else 0.0
            ahead = -1.0 if margin < -TOLERANCE * whole else ahead
            row[one] += ahead
            row[other] -= ahead
    for place in range(row.size):
        there = False
        for child in family.children:
            there |= family.weights[child] > 0 and not np.isnan(work.nodes[child, place])
        row[place] = row[place] if there else np.nan
