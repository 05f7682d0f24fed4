"""Chain: the kernels of an index one after the other, for one replicate or a block of them.

The machine code kept on disk is renewed when this file changes, but not when `kernels` alone does:
after changing a kernel, delete the `__pycache__` of this folder.
"""

import numpy as np

from placedex.index.kernels import (
    ARITHMETIC,
    FILL_GROUPS,
    FILL_MEAN,
    FILL_MEDIAN,
    FINE,
    GEOMETRIC,
    HARMONIC,
    KEEP,
    LOG,
    LOG_ODDS,
    LOGARITHMS,
    MIN_MAX,
    NOT_ABOVE_NOUGHT,
    NOTHING_LEFT,
    RANKS,
    TREAT,
    TURN,
    Z_SCORE,
    average_ranks,
    compiled,
    count_gaps,
    extremes,
    fill_groups,
    fill_row,
    log_row,
    min_max_row,
    rank_row,
    treat_row,
    z_row,
)
from placedex.index.program import Block, BoolArray, Figures, FloatArray, Programs, Work


@compiled
def apply_step(leaf: int, at: tuple[int, int], programs: Programs, work: Work) -> int:
    """Carry one leaf through one step of a method; returns what is wrong, or FINE."""
    row, up = work.nodes[leaf], programs.directions[leaf]
    code, numbers = programs.codes[at], programs.numbers[at]
    if code in (FILL_MEAN, FILL_MEDIAN):
        fill_row(row, code, work)
    elif code == FILL_GROUPS:
        fill_groups(row, programs.groups[at[0]], work)
    elif code == TREAT:
        treat_row(row, numbers, work.packed)
    elif code == LOG:
        return log_row(row)
    elif code == MIN_MAX:
        ends = programs.low[at][leaf], programs.high[at][leaf]
        return min_max_row(row, ends, numbers, up)
    elif code == Z_SCORE:
        return z_row(row, numbers, up, work.packed)
    elif code == TURN:
        row *= up
    elif code == RANKS and numbers[0] > 0:
        average_ranks(row, -up, work)
    elif code == RANKS:
        rank_row(row, -up, work)
    return FINE


@compiled
def keep_places(kept: BoolArray, work: Work) -> None:
    """Take all values from the places that are not kept."""
    work.kept[:] = kept
    for place in range(kept.size):
        if not kept[place]:
            work.nodes[:, place] = np.nan


@compiled
def apply_steps(
    method: int, programs: Programs, weights: FloatArray, work: Work
) -> tuple[int, int]:
    """Carry the leaves that have a weight through a method; returns what is wrong, and where."""
    work.kept[:] = True
    for step in range(programs.codes.shape[1]):
        if programs.codes[method, step] == KEEP:
            keep_places(programs.kept[method], work)
            continue
        for leaf in range(programs.directions.size):
            if weights[leaf] == weights[leaf] and programs.applies[method, step, leaf]:
                fault = apply_step(leaf, (method, step), programs, work)
                if fault != FINE:
                    return fault, leaf
    return FINE, 0


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
def aggregate(method: int, programs: Programs, weights: FloatArray, work: Work) -> tuple[int, int]:
    """Make each component from its children; a node whose weight is missing is not there."""
    leaves = programs.directions.size
    for number in range(programs.starts.size - 1):
        node, there, mean = leaves + number, 0, programs.means[method, number]
        work.sums[:], work.counts[:], work.packed[:] = 0.0, 0.0, 0.0
        for at in range(programs.starts[number], programs.starts[number + 1]):
            child = programs.children[at]
            if weights[child] == weights[child]:
                there += 1
                fault = add_child(work.nodes[child], weights[child], mean, work)
                if fault != FINE:
                    return fault, node
        if there == 0:
            weights[node] = np.nan
        close_mean(work.nodes[node], mean, programs.enough[method, number] * there, work)
    root = work.nodes.shape[0] - 1
    return (NOTHING_LEFT if count_gaps(work.nodes[root]) == work.kept.size else FINE), root


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
def shake(figures: Figures, noise: FloatArray, nodes: FloatArray) -> None:
    """Move the figures that have a standard error by so many of them, on their own scale."""
    for at in range(figures.cells.shape[0]):
        leaf, place = figures.cells[at, 0], figures.cells[at, 1]
        moved = figures.centres[at] + noise[at] * figures.errors[at]
        if figures.scales[leaf] == LOGARITHMS:
            moved = np.exp(moved)
        elif figures.scales[leaf] == LOG_ODDS:
            moved = figures.wholes[leaf] / (1 + np.exp(-moved))
        nodes[leaf, place] = moved


@compiled
def multiply(points: FloatArray, programs: Programs, weights: FloatArray, work: Work) -> bool:
    """The root from gapless points and the share of the whole that each leaf carries, if it can."""
    leaves, nodes = programs.directions.size, work.nodes.shape[0]
    shares = work.packed[:nodes] if work.packed.size >= nodes else np.empty(nodes)
    shares[nodes - 1] = 1.0
    for number in range(programs.starts.size - 2, -1, -1):
        children = programs.children[programs.starts[number] : programs.starts[number + 1]]
        whole = 0.0
        for child in children:
            whole += weights[child] if weights[child] == weights[child] else 0.0
        if not whole > 0:
            return False
        for child in children:
            weight = weights[child] if weights[child] == weights[child] else 0.0
            shares[child] = shares[leaves + number] * weight / whole
    root = work.nodes[nodes - 1]
    root[:] = 0.0
    whole_fours = leaves - leaves % 4
    for leaf in range(0, whole_fours, 4):
        one, two = shares[leaf], shares[leaf + 1]
        three, four = shares[leaf + 2], shares[leaf + 3]
        for place in range(root.size):
            left = one * points[leaf, place] + two * points[leaf + 1, place]
            right = three * points[leaf + 2, place] + four * points[leaf + 3, place]
            root[place] += left + right
    for leaf in range(whole_fours, leaves):
        for place in range(root.size):
            root[place] += shares[leaf] * points[leaf, place]
    return True


@compiled
def run_block(figures: Figures, block: Block, programs: Programs, work: Work) -> None:
    """Scores and ranks of the whole index for each replicate of a block."""
    leaves, root = programs.directions.size, work.nodes.shape[0] - 1
    for one in range(block.methods.size):
        method, weights = block.methods[one], block.weights[one]
        values = figures.values[method if figures.values.shape[0] > 1 else 0]
        fault, node = FINE, 0
        if not (figures.multiplies and multiply(values, programs, weights, work)):
            work.nodes[:leaves] = values
            if figures.cells.shape[0] > 0:
                shake(figures, block.noise[one], work.nodes)
            fault, node = apply_steps(method, programs, weights, work)
            if fault == FINE:
                fault, node = aggregate(method, programs, weights, work)
        block.faults[one, 0], block.faults[one, 1] = fault, node
        block.scores[one], block.ranks[one] = np.nan, 0
        if fault == FINE:
            block.scores[one] = work.nodes[root]
            rank_row(work.nodes[root], 1.0, work)
            for place in range(work.kept.size):
                rank = work.nodes[root, place]
                block.ranks[one, place] = 0 if np.isnan(rank) else int(rank)


@compiled
def run_once(
    values: FloatArray, programs: Programs, weights: FloatArray, work: Work
) -> tuple[int, int]:
    """Every node of one build, left in the work array; returns what is wrong, and where."""
    work.nodes[: programs.directions.size] = values
    fault, node = apply_steps(0, programs, weights, work)
    if fault == FINE:
        fault, node = aggregate(0, programs, weights, work)
    return fault, node


@compiled
def rank_nodes(nodes: FloatArray, work: Work) -> None:
    """Exchange every node for its ranks."""
    for node in range(nodes.shape[0]):
        rank_row(nodes[node], 1.0, work)


@compiled
def points_of(values: FloatArray, method: int, programs: Programs, work: Work) -> int:
    """The points of every leaf under a method, left in the work array; returns what is wrong."""
    work.nodes[: programs.directions.size] = values
    nothing_left_out = np.zeros(programs.directions.size)
    return apply_steps(method, programs, nothing_left_out, work)[0]
