"""Joint normal kernels: gaps filled from what the place's other figures lead to, found by EM.

The rule is that of `multivariate.fit_normal`. Here the inverse of the covariance is worked with: a
place's gaps, given the rest, have the inverse of its rows and columns for their covariance.
"""

import numpy as np

from placedex.index.codes import ALL_ALIKE, FINE, OFF_THE_SCALE, SINGULAR, TOO_FEW, UNSETTLED
from placedex.index.fill_kernels import moved
from placedex.index.kernels import compiled, count_gaps
from placedex.index.program import FloatArray, IntArray, Work
from placedex.index.solve_kernels import (
    invert_lower,
    longest_stretch,
    lower_root,
    solve_lower,
    solve_turned,
    square_of,
)

TOLERANCE, MOST, LARGEST = 1e-12, 20_000, 1e10


@compiled
def fill_from_joint_normal(leaves: IntArray, work: Work) -> tuple[int, int]:
    """Fill the gaps of leaves by their conditional means; drawn together where they are drawn."""
    gaps = 0
    used = np.zeros(work.kept.size, dtype=np.bool_)
    for place in range(work.kept.size):
        known = 0
        for leaf in leaves:
            known += work.nodes[leaf, place] == work.nodes[leaf, place]
        used[place] = work.kept[place] and known > 0
        gaps += leaves.size - known if work.kept[place] else 0
    if gaps == 0:
        return FINE, 0
    places = np.flatnonzero(used)
    scaled = np.empty((places.size, leaves.size))
    for at, leaf in enumerate(leaves):
        for row in range(places.size):
            scaled[row, at] = work.nodes[leaf, places[row]]
    fault, at = _check(scaled)
    if fault != FINE:
        return fault, leaves[at]
    centre, spread = np.empty(leaves.size), np.empty(leaves.size)
    _scale(scaled, centre, spread)
    mean, precision = np.zeros(leaves.size), np.eye(leaves.size)
    fault = fit(scaled, mean, precision)
    if fault != FINE:
        return fault, leaves[0]
    return _fill(leaves, places, (scaled, mean, precision, centre, spread), work)


@compiled
def _check(values: FloatArray) -> tuple[int, int]:
    """Refuse figures from which no joint normal can be found; returns what is wrong, and where."""
    places, columns = values.shape
    if places <= columns:
        return TOO_FEW, 0
    for one in range(columns):
        lowest, highest = np.inf, -np.inf
        for row in range(places):
            lowest, highest = min(lowest, values[row, one]), max(highest, values[row, one])
        if not lowest < highest:
            return ALL_ALIKE, one
        for other in range(one + 1):
            together = 0
            for row in range(places):
                there = values[row, one] == values[row, one]
                together += there and values[row, other] == values[row, other]
            if together < 2:
                return TOO_FEW, one
    return FINE, 0


@compiled
def _scale(values: FloatArray, centre: FloatArray, spread: FloatArray) -> None:
    """Put each column at the mean 0 and the standard deviation 1 (n) of what is known."""
    for column in range(values.shape[1]):
        found, squares, count = 0.0, 0.0, 0
        for row in range(values.shape[0]):
            if values[row, column] == values[row, column]:
                found += values[row, column]
                count += 1
        centre[column] = found / count
        for row in range(values.shape[0]):
            if values[row, column] == values[row, column]:
                squares += (values[row, column] - centre[column]) ** 2
        spread[column] = np.sqrt(squares / count)
        for row in range(values.shape[0]):
            values[row, column] = (values[row, column] - centre[column]) / spread[column]


@compiled
def fit(values: FloatArray, mean: FloatArray, precision: FloatArray) -> int:
    """The mean and the inverse covariance under which scaled figures are likeliest, in place."""
    places, size = values.shape
    wanting = np.array([row for row in range(places) if count_gaps(values[row]) > 0])
    whole_sums, whole_products = np.zeros(size), np.zeros((size, size))
    for row in range(places):
        if count_gaps(values[row]) == 0:
            _add(values[row], whole_sums, whole_products)
    covariance, root, inverse = np.eye(size), np.empty((size, size)), np.empty((size, size))
    for number in range(1, MOST + 1):
        sums, products = whole_sums.copy(), whole_products.copy()
        for row in wanting:
            _expect(values[row], mean, precision, (sums, products))
        moved_by = _settle(sums, products, (mean, covariance), places)
        root[:] = covariance
        if not lower_root(root):
            return SINGULAR
        invert_lower(root, inverse)
        square_of(inverse, precision)
        settled = moved_by < TOLERANCE
        if (settled or number % 10 == 0) and _is_singular(covariance):
            return SINGULAR
        if settled:
            return FINE
    return UNSETTLED


@compiled
def _add(row: FloatArray, sums: FloatArray, products: FloatArray) -> None:
    for one in range(row.size):
        sums[one] += row[one]
        for other in range(row.size):
            products[one, other] += row[one] * row[other]


@compiled
def _settle(
    sums: FloatArray,
    products: FloatArray,
    normal: tuple[FloatArray, FloatArray],
    places: int,
) -> float:
    """The mean and covariance from expected figures, in place; returns how far they moved."""
    mean, covariance = normal
    moved_by = 0.0
    for one in range(mean.size):
        later = sums[one] / places
        moved_by = max(moved_by, abs(later - mean[one]))
        mean[one] = later
    for one in range(mean.size):
        for other in range(mean.size):
            later = products[one, other] / places - mean[one] * mean[other]
            moved_by = max(moved_by, abs(later - covariance[one, other]))
            covariance[one, other] = later
    return moved_by


@compiled
def _is_singular(covariance: FloatArray) -> bool:
    """Whether some figures follow from others: an eigenvalue of the correlations near nought."""
    size = covariance.shape[0]
    root, inverse = np.empty((size, size)), np.empty((size, size))
    for one in range(size):
        for other in range(size):
            both = np.sqrt(covariance[one, one]) * np.sqrt(covariance[other, other])
            root[one, other] = covariance[one, other] / both
    if not lower_root(root):
        return True
    invert_lower(root, inverse)
    return longest_stretch(inverse) ** 2 > LARGEST


@compiled
def given_the_rest(
    row: FloatArray, mean: FloatArray, precision: FloatArray
) -> tuple[IntArray, FloatArray, FloatArray]:
    """A row's gaps, how far from the mean they are expected, and the root of their precision."""
    missing = np.flatnonzero(np.isnan(row))
    apart, root = np.zeros(missing.size), np.empty((missing.size, missing.size))
    for at, one in enumerate(missing):
        for known in range(row.size):
            if row[known] == row[known]:
                apart[at] -= precision[one, known] * (row[known] - mean[known])
        for at_other, other in enumerate(missing):
            root[at, at_other] = precision[one, other]
    lower_root(root)
    solve_lower(root, apart)
    solve_turned(root, apart)
    return missing, apart, root


@compiled
def _expect(
    row: FloatArray,
    mean: FloatArray,
    precision: FloatArray,
    totals: tuple[FloatArray, FloatArray],
) -> None:
    """Add a row's expected figures and products to their sums."""
    missing, apart, root = given_the_rest(row, mean, precision)
    expected = row.copy()
    inverse, spread = np.empty(root.shape), np.empty(root.shape)
    for at, one in enumerate(missing):
        expected[one] = mean[one] + apart[at]
    invert_lower(root, inverse)
    square_of(inverse, spread)
    sums, products = totals
    _add(expected, sums, products)
    for at, one in enumerate(missing):
        for at_other, other in enumerate(missing):
            products[one, other] += spread[at, at_other]


@compiled
def _fill(
    leaves: IntArray,
    places: IntArray,
    normal: tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray],
    work: Work,
) -> tuple[int, int]:
    scaled, mean, precision, centre, spread = normal
    chance = work.chance
    for row in range(places.size):
        if count_gaps(scaled[row]) == 0:
            continue
        missing, apart, root = given_the_rest(scaled[row], mean, precision)
        by = np.zeros(missing.size)
        if chance.noise.size > 0:
            for at, one in enumerate(missing):
                by[at] = chance.noise[leaves[one], places[row]]
            solve_turned(root, by)
        for at, one in enumerate(missing):
            leaf = leaves[one]
            value = (mean[one] + apart[at]) * spread[one] + centre[one]
            if chance.noise.size > 0:
                further = by[at] * spread[one]
                value = moved(value, further, chance.scales[leaf], chance.wholes[leaf])
            if np.isnan(value):
                return OFF_THE_SCALE, leaf
            work.nodes[leaf, places[row]] = value
    return FINE, 0
