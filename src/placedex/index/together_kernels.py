"""Kernels that fill gaps from several indicators together: a place's row, or a regression."""

import numpy as np

from placedex.index.codes import (
    FINE,
    GAP_IN_PREDICTOR,
    NO_PREDICTOR,
    SINGULAR,
    TOO_FEW,
)
from placedex.index.fill_kernels import put
from placedex.index.kernels import compiled, count_gaps, extremes
from placedex.index.program import FloatArray, IntArray, Programs, Work
from placedex.index.solve_kernels import invert_lower, longest_stretch, solve_turned

LARGEST_CONDITION = 1e10


@compiled
def members(block: int, programs: Programs, weights: FloatArray, found: IntArray) -> int:
    """The leaves of a block that are not left out (all if it is below nought); how many."""
    count = 0
    for leaf in range(programs.parents.size):
        if weights[leaf] == weights[leaf] and block in (-1, programs.parents[leaf]):
            found[count] = leaf
            count += 1
    return count


@compiled
def fill_from_rows(leaves: IntArray, programs: Programs, work: Work) -> tuple[int, int]:
    """Fill the gaps of a block with what the place's mean position on the others amounts to.

    The rule is that of `fillings.RowMean`.
    """
    low, span = np.empty(leaves.size), np.empty(leaves.size)
    alike = np.zeros(leaves.size, dtype=np.bool_)
    work.sums[:], work.counts[:] = 0.0, 0.0
    for at, leaf in enumerate(leaves):
        row, up = work.nodes[leaf], programs.directions[leaf]
        lowest, highest = extremes(row)
        low[at], span[at] = lowest if up > 0 else -highest, highest - lowest
        alike[at] = lowest == highest and row.size - count_gaps(row) > 1
        if span[at] > 0:
            for place in range(row.size):
                if row[place] == row[place]:
                    work.sums[place] += (row[place] * up - low[at]) / span[at]
                    work.counts[place] += 1
    _spread_of_rows(leaves, (low, span), programs, work)
    for place in range(work.kept.size):
        mean, error = work.sums[place], work.packed[place]
        for at, leaf in enumerate(leaves):
            if work.nodes[leaf, place] == work.nodes[leaf, place] or not work.kept[place]:
                continue
            up = programs.directions[leaf]
            filling = (low[at] * up, 0.0)
            if not alike[at]:
                usable = span[at] if span[at] > 0 else np.nan
                filling = ((mean * usable + low[at]) * up, error * usable)
            fault = put((leaf, place), filling, work)
            if fault != FINE:
                return fault, leaf
    return FINE, 0


@compiled
def _spread_of_rows(
    leaves: IntArray, ends: tuple[FloatArray, FloatArray], programs: Programs, work: Work
) -> None:
    """Each place's mean position (sums), and the standard deviation of its positions (packed)."""
    low, span = ends
    work.packed[:] = 0.0
    for place in range(work.kept.size):
        count = work.counts[place]
        work.sums[place] = work.sums[place] / count if count > 0 else np.nan
    for at, leaf in enumerate(leaves):
        row, up = work.nodes[leaf], programs.directions[leaf]
        if span[at] > 0:
            for place in range(row.size):
                if row[place] == row[place]:
                    apart = (row[place] * up - low[at]) / span[at] - work.sums[place]
                    work.packed[place] += apart * apart
    for place in range(work.kept.size):
        count = work.counts[place]
        squares = work.packed[place]
        work.packed[place] = np.sqrt(squares / (count - 1)) if count > 1 else np.nan


@compiled
def fill_by_regression(leaves: IntArray, serve: IntArray, work: Work) -> tuple[int, int]:
    """Fill the gaps of leaves by least squares on those that serve.

    The rule is that of `multivariate.regress_gaps`; one that serves and is constant is left out.
    """
    places = np.flatnonzero(work.kept)
    design = np.ones((1 + serve.size, places.size))
    terms = 1
    for leaf in serve:
        row = work.nodes[leaf][places]
        if count_gaps(row) > 0:
            return GAP_IN_PREDICTOR, leaf
        lowest, highest = extremes(row)
        if lowest < highest:
            mean = row.mean()
            design[terms] = (row - mean) / np.sqrt(((row - mean) ** 2).mean())
            terms += 1
    if terms == 1:
        return NO_PREDICTOR, leaves[0] if leaves.size else 0
    for leaf in leaves:
        if count_gaps(work.nodes[leaf][places]) > 0:
            fault = _regress(leaf, design[:terms], places, work)
            if fault != FINE:
                return fault, leaf
    return FINE, 0


@compiled
def _regress(leaf: int, design: FloatArray, places: IntArray, work: Work) -> int:
    """Fill the gaps of one leaf from terms that every place has; what is wrong, or FINE."""
    row = work.nodes[leaf][places]
    known = np.flatnonzero(~np.isnan(row))
    terms = design.shape[0]
    if known.size <= terms:
        return TOO_FEW
    table = np.empty((terms + 1, known.size))
    for term in range(terms):
        table[term] = design[term][known]
    table[terms] = row[known]
    root, inverse = np.zeros((terms, terms)), np.zeros((terms, terms))
    slopes = reduce_by_reflections(table, root)
    if not invertible(root, inverse):
        return SINGULAR
    solve_turned(root, slopes)
    rest = (table[terms, terms:] ** 2).sum() / (known.size - terms)
    for at in np.flatnonzero(np.isnan(row)):
        found = (design[:, at] * slopes).sum()
        error = np.sqrt(rest * (1.0 + leverage(inverse, design[:, at])))
        fault = put((leaf, places[at]), (found, error), work)
        if fault != FINE:
            return fault
    return FINE


@compiled
def invertible(root: FloatArray, inverse: FloatArray) -> bool:
    """The inverse of a lower triangle, if it is far enough from being singular."""
    for term in range(root.shape[0]):
        if root[term, term] == 0:
            return False
    invert_lower(root, inverse)
    return longest_stretch(root) * longest_stretch(inverse) <= LARGEST_CONDITION


@compiled
def leverage(inverse: FloatArray, terms: FloatArray) -> float:
    """How far a place's terms lie from those of the others, as least squares measure it."""
    found = 0.0
    for row in range(terms.size):
        reach = 0.0
        for column in range(row + 1):
            reach += inverse[row, column] * terms[column]
        found += reach * reach
    return found


@compiled
def reduce_by_reflections(table: FloatArray, root: FloatArray) -> FloatArray:
    """The triangle of the terms' QR decomposition, turned over, by Householder's reflections.

    The last row of the table is the outcome, reflected along: the first of it are returned, the
    rest is what is left over.
    Shape:  table (terms + 1, places), root (terms, terms).
    """
    terms = root.shape[0]
    for term in range(terms):
        along = table[term, term:].copy()
        length = np.sqrt((along * along).sum())
        along[0] += length if along[0] >= 0 else -length
        size = (along * along).sum()
        for other in range(term, terms + 1):
            if size > 0:
                table[other, term:] -= 2 * (along * table[other, term:]).sum() / size * along
        for other in range(term, terms):
            root[other, term] = table[other, term]
    return table[terms, :terms].copy()
