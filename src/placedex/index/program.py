"""Program: the steps of an index as arrays, laid out for the kernels."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
RankArray = NDArray[np.int32]


class Programs(NamedTuple):
    """The steps of one method or of many: the first axis is the method, the second the step.

    Shape:  codes (methods, steps), numbers (methods, steps, 4), applies, low and high (methods,
            steps, leaves), groups and kept (methods, places), means and enough (methods,
            components), directions (leaves,). The hierarchy is one for all: nodes are the leaves
            and then the components upwards, of which component k has
            children[starts[k] : starts[k + 1]].
    Gaps:   low and high are not a number where the goalposts are those found.
    """

    codes: IntArray
    numbers: FloatArray
    applies: BoolArray
    low: FloatArray
    high: FloatArray
    groups: IntArray
    kept: BoolArray
    means: IntArray
    enough: FloatArray
    starts: IntArray
    children: IntArray
    directions: FloatArray


class Figures(NamedTuple):
    """What the steps begin with, and how sure it is.

    Shape:  values (1 or methods, leaves, places); cells (uncertain, 2) are leaf and place of each
            figure that has a standard error; centres and errors (uncertain,) are on the scale on
            which it is drawn; scales and wholes (leaves,). With `multiplies` the values are points
            without a gap, of which every mean is arithmetic.
    """

    values: FloatArray
    cells: IntArray
    centres: FloatArray
    errors: FloatArray
    scales: IntArray
    wholes: FloatArray
    multiplies: bool


class Block(NamedTuple):
    """Replicates worked out together: which method and weights each has, and what came of it.

    Shape:  methods (replicates,), weights (replicates, nodes), noise (replicates, uncertain) in
            standard errors, scores and ranks (replicates, places), faults (replicates, 2): what is
            wrong and with which node.
    Gaps:   the weight of a node that is left out is missing; a rank of 0 is none.
    """

    methods: IntArray
    weights: FloatArray
    noise: FloatArray
    scores: FloatArray
    ranks: RankArray
    faults: IntArray


class Work(NamedTuple):
    """Arrays that every step writes over: nodes (nodes, places), slots twice as many as places,
    the others one per place.
    """

    nodes: FloatArray
    packed: FloatArray
    keys: FloatArray
    sums: FloatArray
    counts: FloatArray
    order: IntArray
    slots: IntArray
    kept: BoolArray


def make_work(nodes: int, places: int) -> Work:
    """Work arrays for an index of some nodes and places."""
    one = np.empty((4, places))
    order = np.empty(places, dtype=np.int64)
    slots = np.empty(2 * places + 2, dtype=np.int64)
    kept = np.ones(places, dtype=np.bool_)
    return Work(np.empty((nodes, places)), one[0], one[1], one[2], one[3], order, slots, kept)


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
