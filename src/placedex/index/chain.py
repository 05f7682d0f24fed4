"""Chain: the kernels of an index one after the other, for one replicate or a block of them.

The machine code kept on disk is renewed when this file changes, but not when another file of
kernels alone does: after changing one, delete the `__pycache__` of this folder.
"""

import numpy as np

from placedex.index.codes import (
    FILL_JOINT_NORMAL,
    FILL_REGRESSION,
    FILL_ROWS,
    FINE,
    HARMONIC,
    KEEP,
    LOG,
    LOG_ODDS,
    LOGARITHMS,
    NOTHING,
    NOTHING_LEFT,
)
from placedex.index.fill_kernels import fill_leaf
from placedex.index.joint_normal_kernels import fill_from_joint_normal
from placedex.index.kernels import compiled, count_gaps
from placedex.index.mean_kernels import add_child, close_mean, combine, demand
from placedex.index.order_kernels import rank_row, round_row
from placedex.index.point_kernels import put_on_scale
from placedex.index.program import (
    Block,
    BoolArray,
    Chance,
    Family,
    Figures,
    FloatArray,
    Programs,
    Scaling,
    Stock,
    Work,
)
from placedex.index.together_kernels import fill_by_regression, fill_from_rows, members
from placedex.index.treat_kernels import treat_leaf


@compiled
def apply_step(leaf: int, scaling: Scaling, stock: Stock, work: Work) -> int:
    """Carry one leaf through one step of a method; returns what is wrong, or FINE."""
    if scaling.code < KEEP:
        return fill_leaf(leaf, scaling, stock, work)
    if scaling.code <= LOG:
        return treat_leaf(work.nodes[leaf], scaling.code, scaling.numbers, work)
    return put_on_scale(work.nodes[leaf], scaling, work)


@compiled
def fill_together(
    at: tuple[int, int], programs: Programs, weights: FloatArray, work: Work
) -> tuple[int, int]:
    """Fill gaps by a step that looks at several leaves; returns what is wrong, and where."""
    code, by_component = programs.codes[at], programs.numbers[at][0] > 0
    found = np.empty(programs.parents.size, dtype=np.int64)
    if code == FILL_REGRESSION:
        leaves = found[: members(-1, programs, weights, found)]
        serve = np.zeros(leaves.size, dtype=np.bool_)
        for number, leaf in enumerate(leaves):
            whole = count_gaps(work.nodes[leaf][work.kept]) == 0
            serve[number] = programs.applies[at][leaf] if programs.numbers[at][0] > 0 else whole
        return fill_by_regression(leaves, leaves[serve], work)
    for block in range(programs.starts.size - 1 if by_component else 1):
        leaves = found[: members(block if by_component else -1, programs, weights, found)]
        if leaves.size == 0:
            continue
        if code == FILL_ROWS:
            fault, leaf = fill_from_rows(leaves, programs, work)
        else:
            fault, leaf = fill_from_joint_normal(leaves, work)
        if fault != FINE:
            return fault, leaf
    return FINE, 0


@compiled
def keep_places(kept: BoolArray, work: Work) -> None:
    """Take all values from the places that are not kept."""
    work.kept[:] = kept
    for place in range(kept.size):
        if not kept[place]:
            work.nodes[:, place] = np.nan


@compiled
def apply_steps(
    run: tuple[int, int, int], programs: Programs, weights: FloatArray, work: Work
) -> tuple[int, int]:
    """Carry the leaves that have a weight through a method, from one step up to another.

    `run` is the method, the first step to be done and the one before which to stop; the leaves are
    as the first finds them. Returns what is wrong, and where.
    """
    method, first, last = run
    # Whole programs are slow to hand on, so each leaf gets what it needs.
    numbers, low, high = programs.numbers[method], programs.low[method], programs.high[method]
    applies, stock = programs.applies[method], Stock(programs.groups[method], programs.tables)
    work.kept[:] = True
    for step in range(last):
        code = programs.codes[method, step]
        if code == KEEP:
            keep_places(programs.kept[method], work)
        elif step < first or code == NOTHING:
            continue
        elif FILL_ROWS <= code <= FILL_JOINT_NORMAL:
            fault, leaf = fill_together((method, step), programs, weights, work)
            if fault != FINE:
                return fault, leaf
        else:
            for leaf in range(programs.directions.size):
                if weights[leaf] == weights[leaf] and applies[step, leaf]:
                    ends, up = (low[step, leaf], high[step, leaf]), programs.directions[leaf]
                    scaling = Scaling(code, numbers[step], ends[0], ends[1], up)
                    fault = apply_step(leaf, scaling, stock, work)
                    if fault != FINE:
                        return fault, leaf
    return FINE, 0


@compiled
def aggregate(method: int, programs: Programs, weights: FloatArray, work: Work) -> tuple[int, int]:
    """Make each component from its children; a node whose weight is missing is not there."""
    leaves, fault = programs.directions.size, FINE
    for number in range(programs.starts.size - 1):
        node, mean, there = leaves + number, programs.means[method, number], 0
        work.sums[:], work.counts[:], work.packed[:] = 0.0, 0.0, 0.0
        for at in range(programs.starts[number], programs.starts[number + 1]):
            child = programs.children[at]
            if weights[child] == weights[child]:
                there += 1
                if mean <= HARMONIC and fault == FINE:
                    fault = add_child(work.nodes[child], weights[child], mean, work)
        if there == 0:
            weights[node] = np.nan
        if fault == FINE and (mean <= HARMONIC or there == 0):
            enough = programs.enough[method, number] * there
            close_mean(work.nodes[node], mean, enough, work)
        elif fault == FINE:
            fault = put_together((method, number), programs, weights, work)
        if fault == FINE and programs.anew[method, number] != NOTHING:
            fault = normalise_anew((method, number), programs, work)
        if fault != FINE:
            return fault, node
    root = work.nodes.shape[0] - 1
    return (NOTHING_LEFT if count_gaps(work.nodes[root]) == work.kept.size else FINE), root


@compiled
def put_together(at: tuple[int, int], programs: Programs, weights: FloatArray, work: Work) -> int:
    """Make a component by any other mean."""
    all_of_them = programs.children[programs.starts[at[1]] : programs.starts[at[1] + 1]]
    children = all_of_them[~np.isnan(weights[all_of_them])]
    family = Family(programs.directions.size + at[1], children, weights)
    numbers = programs.mean_numbers[at], programs.orders[at]
    fault = combine(family, programs.means[at], numbers, work)
    if fault == FINE:
        demand(family, programs.enough[at] * children.size, work)
    return fault


@compiled
def normalise_anew(at: tuple[int, int], programs: Programs, work: Work) -> int:
    """Put a component on another scale before it counts in the one above."""
    row, numbers = work.nodes[programs.directions.size + at[1]], programs.anew_numbers[at]
    if count_gaps(row) == row.size:
        return FINE
    scaling = Scaling(programs.anew[at], numbers, numbers[-3], numbers[-2], numbers[-1])
    return put_on_scale(row, scaling, work)


@compiled
def shake(figures: Figures, noise: FloatArray, nodes: FloatArray, chance: Chance) -> None:
    """Move the figures that have a standard error by so many of them, on their own scale.

    The numbers that are left are how far figures move that steps will fill.
    """
    count = figures.cells.shape[0]
    for at in range(count):
        leaf, place = figures.cells[at, 0], figures.cells[at, 1]
        moved = figures.centres[at] + noise[at] * figures.errors[at]
        if chance.scales[leaf] == LOGARITHMS:
            moved = np.exp(moved)
        elif chance.scales[leaf] == LOG_ODDS:
            moved = chance.wholes[leaf] / (1 + np.exp(-moved))
        nodes[leaf, place] = moved
    for at in range(figures.gaps.shape[0]):
        chance.noise[figures.gaps[at, 0], figures.gaps[at, 1]] = noise[count + at]


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
    steps = programs.codes.shape[1]
    for one in range(block.methods.size):
        method, weights = block.methods[one], block.weights[one]
        values = figures.values[method if figures.values.shape[0] > 1 else 0]
        fault, node = FINE, 0
        if not (figures.multiplies and multiply(values, programs, weights, work)):
            work.nodes[:leaves] = values
            if block.noise.shape[1] > 0:
                shake(figures, block.noise[one], work.nodes, work.chance)
            fault, node = apply_steps((method, 0, steps), programs, weights, work)
            if fault == FINE:
                fault, node = aggregate(method, programs, weights, work)
        block.faults[one, 0], block.faults[one, 1] = fault, node
        block.scores[one], block.ranks[one] = np.nan, 0
        if fault == FINE:
            block.scores[one] = work.nodes[root]
            if programs.decimals[method] >= 0:
                round_row(work.nodes[root], programs.decimals[method])
            rank_row(work.nodes[root], 1.0, work)
            for place in range(work.kept.size):
                rank = work.nodes[root, place]
                block.ranks[one, place] = 0 if np.isnan(rank) else int(rank)


@compiled
def run_once(first: int, programs: Programs, weights: FloatArray, work: Work) -> tuple[int, int]:
    """Every node of one build, left in the work array; returns what is wrong, and where.

    The leaves lie in the work array as the first step to be done finds them.
    """
    run = 0, first, programs.codes.shape[1]
    fault, node = apply_steps(run, programs, weights, work)
    if fault == FINE:
        fault, node = aggregate(0, programs, weights, work)
    return fault, node


@compiled
def rank_nodes(nodes: FloatArray, decimals: int, work: Work) -> None:
    """Exchange every node for its ranks."""
    for node in range(nodes.shape[0]):
        if decimals >= 0:
            round_row(nodes[node], decimals)
        rank_row(nodes[node], 1.0, work)
