"""Spread out: where each node of a network is drawn, near what it is tied to, none on another."""

from collections.abc import Sequence
from math import ceil, pi, sqrt

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Boxes = FloatArray

# How far apart tied nodes are drawn, how much wider than high, and how often each step is done.
LENGTH, STRETCH = 60.0, 1.5
ROUNDS, PUSHES = 120, 150
# The room above those without ties.
APART = 24.0
# The angle by which the seeds of a sunflower turn: it spreads any number of nodes evenly.
TURN = pi * (3 - sqrt(5))


def spread_out(ties: Sequence[tuple[int, int]], boxes: Boxes, *, width: float) -> FloatArray:
    """The middles of the nodes' boxes on a sheet of some width: (nodes, 2).

    Nodes are laid out so that those further apart along ties are further apart on the sheet, part
    by part, and then moved until no two boxes overlap. Those without ties stand in rows below.
    Nothing in it is left to chance.

    Shape:  boxes (nodes, 2), the width and height of what is drawn for each.
    Source: Gansner, Koren and North (2005), Graph Drawing by Stress Majorization, LNCS 3383.
    """
    steps = _steps(ties, len(boxes))
    parts = _parts(steps)
    several = [part for part in parts if len(part) > 1]
    places = np.zeros((len(boxes), 2))
    if several:
        tied = np.sort(np.concatenate(several))
        laid = _side_by_side(several, steps, boxes, width=width)[tied]
        laid = _swept(_pushed(laid, boxes[tied], width=width), boxes[tied])
        laid[:, 1] -= (laid[:, 1] - boxes[tied, 1] / 2).min()
        places[tied] = laid
    alone = np.array([part[0] for part in parts if len(part) == 1], dtype=np.intp)
    if len(alone):
        low = (places + boxes / 2)[tied, 1].max() + APART if several else 0.0
        places[alone] = _in_rows(boxes[alone], width=width) + np.array([0.0, low])
    return places


def _in_rows(boxes: Boxes, *, width: float) -> FloatArray:
    """The middles of boxes in rows, from the left and from the top."""
    cell = boxes.max(axis=0)
    per_row = max(1, int(width // cell[0]))
    number = np.arange(len(boxes))
    places: FloatArray = np.stack([number % per_row, number // per_row], 1) * cell + cell / 2
    places[:, 1] += (boxes[:, 1] - cell[1]) / 2
    return places


def _side_by_side(
    parts: Sequence[NDArray[np.intp]], steps: FloatArray, boxes: Boxes, *, width: float
) -> FloatArray:
    """The parts laid out one beside the other, and below where there is no room left."""
    places = np.zeros((len(boxes), 2))
    left = right = top = 0.0
    for part in parts:
        own = _laid_out(steps[np.ix_(part, part)], boxes[part])
        own[:, 0] *= min(1.0, (width - boxes[part, 0].max()) / max(own[:, 0].max(), 1.0))
        size = own.max(axis=0) + boxes[part].max(axis=0)
        if left and left + size[0] > width:
            left, top = 0.0, right
        places[part] = own + [left, top] + boxes[part].max(axis=0) / 2
        left, right = left + size[0], max(right, top + size[1])
    return places


def _steps(ties: Sequence[tuple[int, int]], count: int) -> FloatArray:
    """How many ties lie between each two nodes; infinite where no path leads."""
    tied = np.zeros((count, count), dtype=bool)
    for one, other in ties:
        tied[one, other] = tied[other, one] = one != other
    steps = np.where(np.eye(count, dtype=bool), 0.0, np.inf)
    ahead, number = np.eye(count, dtype=bool), 0
    while ahead.any():
        number += 1
        ahead = (ahead.astype(np.float32) @ tied.astype(np.float32) > 0) & np.isinf(steps)
        steps[ahead] = number
    return steps


def _parts(steps: FloatArray) -> list[NDArray[np.intp]]:
    """What hangs together, the largest first."""
    left, found = np.ones(len(steps), dtype=bool), []
    while left.any():
        part = np.flatnonzero(np.isfinite(steps[np.argmax(left)]))
        found.append(part)
        left[part] = False
    return sorted(found, key=lambda part: (-len(part), part[0]))


def _laid_out(steps: FloatArray, boxes: Boxes) -> FloatArray:
    """The nodes of one part, as far from each other as they are along ties, from (0, 0) on."""
    count = len(steps)
    order = np.lexsort((np.arange(count), steps.sum(axis=1)))
    rank = np.empty(count)
    rank[order] = np.arange(count)
    places = np.sqrt(rank)[:, np.newaxis] * np.stack([np.cos(rank * TURN), np.sin(rank * TURN)], 1)
    weights = np.divide(1.0, steps**2, out=np.zeros_like(steps), where=steps > 0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.pinv(laplacian, hermitian=True)
    for _ in range(ROUNDS):
        apart = np.linalg.norm(places[:, np.newaxis] - places, axis=2)
        pull = np.divide(weights * steps, apart, out=np.zeros_like(apart), where=apart > 1e-9)
        places = inverse @ ((np.diag(pull.sum(axis=1)) - pull) @ places)
    # As much room as the boxes take, and some between them.
    room = max(LENGTH, sqrt(float(boxes.prod(axis=1).sum()) / count))
    spread: FloatArray = (places - places.min(axis=0)) * room * np.array([STRETCH, 1.0])
    return np.round(spread, 3)


def _pushed(places: FloatArray, boxes: Boxes, *, width: float) -> FloatArray:
    """The nodes moved apart, a little at a time, each pair the way in which it overlaps less."""
    reach = (boxes[:, np.newaxis] + boxes) / 2
    side = np.sign(np.arange(len(boxes))[:, np.newaxis] - np.arange(len(boxes)))
    low, high = boxes[:, 0] / 2, np.maximum(width - boxes[:, 0] / 2, boxes[:, 0] / 2)
    for _ in range(PUSHES):
        gap = places[:, np.newaxis] - places
        over = reach - np.abs(gap)
        meets = (over > 0).all(axis=2) & (side != 0)
        if not meets.any():
            break
        way = np.where(gap == 0, side[:, :, np.newaxis], np.sign(gap))
        across = over[:, :, 0] < over[:, :, 1]
        moves = np.stack([meets & across, meets & ~across], axis=2) * over * way * 0.5
        places = places + moves.sum(axis=1)
        places[:, 0] = np.clip(places[:, 0], low, high)
    return np.round(places)


def _swept(places: FloatArray, boxes: Boxes) -> FloatArray:
    """What still overlaps moved down past what it lies on: from the top, so that none is left."""
    done: list[int] = []
    found = places.copy()
    for node in np.lexsort((found[:, 0], found[:, 1])):
        moved = True
        while moved:
            moved = False
            for other in done:
                reach = (boxes[node] + boxes[other]) / 2
                if (np.abs(found[node] - found[other]) < reach).all():
                    found[node, 1] = ceil(found[other, 1] + reach[1])
                    moved = True
        done.append(int(node))
    return found
