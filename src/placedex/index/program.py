"""Program: the steps of an index as arrays, laid out for the kernels."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
RankArray = NDArray[np.int32]

WIDTH = 12


class Programs(NamedTuple):
    """The steps of one method or of many: the first axis is the method, the second the step.

    Shape:  codes (methods, steps), numbers (methods, steps, WIDTH), applies, low and high (methods,
            steps, leaves), groups (methods, sets, places), tables (tables, 2, leaves, places) of
            values to fill with and their variances, kept (methods, places), means and enough
            (methods, components), mean_numbers (methods, components, 3), orders (methods,
            components, any), anew (methods, components) the codes by which components are put on
            another scale, anew_numbers (methods, components, WIDTH + 3) with two ends and the
            direction at the end, decimals (methods,), directions and parents (leaves,). The
            hierarchy is one for all: nodes are the leaves and then the components upwards, of which
            component k has children[starts[k] : starts[k + 1]]; parents number the components.
    Gaps:   low and high are not a number where the ends are those found; decimals below nought
            are none.
    """

    codes: IntArray
    numbers: FloatArray
    applies: BoolArray
    low: FloatArray
    high: FloatArray
    groups: IntArray
    tables: FloatArray
    kept: BoolArray
    means: IntArray
    mean_numbers: FloatArray
    orders: FloatArray
    anew: IntArray
    anew_numbers: FloatArray
    decimals: IntArray
    enough: FloatArray
    starts: IntArray
    children: IntArray
    directions: FloatArray
    parents: IntArray


class Figures(NamedTuple):
    """What the steps begin with, and how sure it is.

    Shape:  values (1 or methods, leaves, places); cells (uncertain, 2) are leaf and place of each
            figure that has a standard error; centres and errors (uncertain,) are on the scale on
            which it is drawn; gaps (missing, 2) are leaf and place of each that is drawn where a
            step fills it. With `multiplies` the values are points without a gap, of which every
            mean is arithmetic.
    """

    values: FloatArray
    cells: IntArray
    centres: FloatArray
    errors: FloatArray
    gaps: IntArray
    multiplies: bool


class Chance(NamedTuple):
    """How uncertain figures are drawn, and by how much the filled ones of one replicate move.

    Shape:  noise (leaves, places) in standard errors, or no number at all if filled figures are not
            drawn; scales and wholes (leaves,).
    """

    noise: FloatArray
    scales: IntArray
    wholes: FloatArray


class Block(NamedTuple):
    """Replicates worked out together: which method and weights each has, and what came of it.

    Shape:  methods (replicates,), weights (replicates, nodes), noise (replicates, uncertain and
            missing) in standard errors, scores and ranks (replicates, places), faults (replicates,
            2): what is wrong and with which node; words of the runs that a step refused, in
            their order.
    Gaps:   the weight of a node that is left out is missing; a rank of 0 is none.
    """

    methods: IntArray
    weights: FloatArray
    noise: FloatArray
    scores: FloatArray
    ranks: RankArray
    faults: IntArray
    words: tuple[str, ...] = ()


class Work(NamedTuple):
    """Arrays that every step writes over, and how far filled figures move.

    Shape:  nodes (nodes, places), slots twice as many as places, the others one per place.
    """

    nodes: FloatArray
    packed: FloatArray
    keys: FloatArray
    sums: FloatArray
    counts: FloatArray
    order: IntArray
    slots: IntArray
    kept: BoolArray
    chance: Chance


class Scaling(NamedTuple):
    """What one line does to a row: its code and numbers, two ends, and the row's direction.

    Gaps:   low and high are missing where the ends are to be found.
    """

    code: int
    numbers: FloatArray
    low: float
    high: float
    up: float


class Stock(NamedTuple):
    """What gaps are filled from: groups (sets, places), tables (tables, 2, leaves, places)."""

    groups: IntArray
    tables: FloatArray


class Family(NamedTuple):
    """A node, the children that are there, and the weights of all nodes."""

    node: int
    children: IntArray
    weights: FloatArray


def make_work(nodes: int, places: int, *, chance: Chance | None = None) -> Work:
    """Work arrays for an index of some nodes and places; without a chance nothing is drawn."""
    one = np.empty((4, places))
    order = np.empty(places, dtype=np.int64)
    slots = np.empty(2 * places + 2, dtype=np.int64)
    kept = np.ones(places, dtype=np.bool_)
    drawn = no_chance(nodes) if chance is None else chance
    room = np.empty((nodes, places))
    return Work(room, one[0], one[1], one[2], one[3], order, slots, kept, drawn)


def no_chance(leaves: int) -> Chance:
    """Nothing is drawn where a step fills a gap."""
    return Chance(np.empty((0, 0)), np.zeros(leaves, dtype=np.int64), np.ones(leaves))


def make_block(methods: IntArray, weights: FloatArray, *, noise: FloatArray, places: int) -> Block:
    """A block with room for its results."""
    count = len(methods)
    return Block(
        methods,
        weights,
        noise,
        np.empty((count, places)),
        np.empty((count, places), dtype=np.int32),
        np.empty((count, 2), dtype=np.int64),
    )
