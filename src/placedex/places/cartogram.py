"""Hex cartograms: one hexagon of the same size for each place, neighbours side by side.

A plain map gives Highland a thousand times the ink of Islington. Here every place gets one hexagon,
and as many neighbours as can be still share an edge.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import hypot, sqrt

import numpy as np
from numpy.typing import NDArray

from placedex.places.place import Hexagon

Points = Mapping[str, tuple[float, float]]
Pairs = Mapping[tuple[str, str], float]
Cell = tuple[int, int]
Cells = dict[str, Cell]

ROW_HEIGHT = sqrt(3) / 2
AROUND = ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1))


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to pull places together, how often to try a swap, and what a good map is.

    rounds:    steps of the pull; swaps: places tried elsewhere.
    direction: what a touching pair gains if it also lies in its true direction.
    distance:  what a pair loses for the square of the cells that lie between, up to six.
    drift:     what a place loses for the square of its distance from where the pull left it.
    """

    rounds: int = 600
    swaps: int = 700_000
    direction: float = 1.0
    distance: float = 0.2
    drift: float = 0.03


def arrange(
    points: Points, pairs: Pairs, *, rng: np.random.Generator, effort: Effort | None = None
) -> Cells:
    """A cell for each of some places that hang together by their borders.

    Shape:  points are east and north in one unit of length; pairs are neighbours, each once, with
            what it is worth that they touch; returns axial cells, the second number growing north.
    Source: Dorling (1996), Area Cartograms, for the pull; the assignment is Kuhn's.
    """
    effort = effort or Effort()
    pulled = pull_together(points, pairs, rounds=effort.rounds)
    gain = Gain(points, pulled, pairs=pairs, effort=effort)
    return swap(nearest_cells(pulled), gain, rng=rng, swaps=effort.swaps)


def pull_together(points: Points, pairs: Pairs, *, rounds: int) -> dict[str, tuple[float, float]]:
    """Each place as a disc one cell wide, neighbours drawn together and no two overlapping much."""
    codes = sorted(points)
    at = np.array([points[code] for code in codes], dtype=float)
    ends = np.array([[codes.index(one), codes.index(other)] for one, other in sorted(pairs)])
    at /= np.linalg.norm(at[ends[:, 0]] - at[ends[:, 1]], axis=1).mean()
    for _ in range(rounds):
        at = at + _push_apart(at) + _pull(at, ends)
    return {code: (float(x), float(y)) for code, (x, y) in zip(codes, at, strict=True)}


def _push_apart(at: NDArray[np.float64]) -> NDArray[np.float64]:
    """How each disc moves away from those that it overlaps."""
    gap = at[:, None, :] - at[None, :, :]
    length = np.sqrt((gap**2).sum(axis=2))
    np.fill_diagonal(length, 1.0)
    overlap = np.clip(1.0 - length, 0.0, None) / np.maximum(length, 1e-9)
    away: NDArray[np.float64] = 0.25 * (gap * overlap[:, :, None]).sum(axis=1)
    return away


def _pull(at: NDArray[np.float64], ends: NDArray[np.int64]) -> NDArray[np.float64]:
    """How each disc moves towards the neighbours from which a gap parts it."""
    gap = at[ends[:, 1]] - at[ends[:, 0]]
    length = np.linalg.norm(gap, axis=1)
    step = 0.08 * gap * (np.clip(length - 1.0, 0.0, None) / np.maximum(length, 1e-9))[:, None]
    nearer = np.zeros_like(at)
    np.add.at(nearer, ends[:, 0], step)
    np.add.at(nearer, ends[:, 1], -step)
    return nearer


def nearest_cells(points: Points) -> Cells:
    """A cell of its own for each place, the squared distances as small as they can be in sum."""
    from scipy.optimize import linear_sum_assignment

    codes = sorted(points)
    at = np.array([points[code] for code in codes])
    rows = np.floor(np.array([at[:, 1].min() - 2, at[:, 1].max() + 2]) / ROW_HEIGHT).astype(int)
    grid: list[Cell] = []
    for r in range(rows[0], rows[1] + 1):
        west, east = (round(float(x - r / 2)) for x in (at[:, 0].min() - 2, at[:, 0].max() + 2))
        grid += [(q, r) for q in range(west, east + 1)]
    centres = np.array([centre(cell) for cell in grid])
    cost = ((at[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
    near = np.flatnonzero(cost.min(axis=0) < 9.0)
    chosen = linear_sum_assignment(cost[:, near])[1]
    return {code: grid[near[cell]] for code, cell in zip(codes, chosen, strict=True)}


def centre(cell: Cell) -> tuple[float, float]:
    """The middle of an axial cell, one unit from the middle of each of its six neighbours."""
    q, r = cell
    return q + r / 2, r * ROW_HEIGHT


def swap(cells: Cells, gain: "Gain", *, rng: np.random.Generator, swaps: int) -> Cells:
    """The same places after many swaps, each kept if the map gains or, early on, by chance."""
    codes = sorted(cells)
    where = dict(cells)
    who = {cell: code for code, cell in cells.items()}
    picks = rng.integers(len(codes), size=swaps)
    chances = rng.random((swaps, 3))
    for step, pick in enumerate(picks):
        code = codes[pick]
        near = gain.beside[code]
        q, r = where[near[int(chances[step, 0] * len(near))]]
        dq, dr = AROUND[int(chances[step, 1] * len(AROUND))]
        target = (q + dq, r + dr)
        other = who.get(target)
        if other == code:
            continue
        both = [code] if other is None else [code, other]
        before = sum(gain.of(each, where) for each in both)
        origin = _exchange(where, who, code=code, target=target)
        lost = before - sum(gain.of(each, where) for each in both)
        heat = (1 - step / swaps) ** 2 + 1e-9
        if lost > 0 and chances[step, 2] >= np.exp(-lost / heat):
            _exchange(where, who, code=code, target=origin)
    return where


def _exchange(where: Cells, who: dict[Cell, str], *, code: str, target: Cell) -> Cell:
    """The cell that a place leaves as it takes the target; whoever stood there moves into it."""
    origin = where[code]
    other = who.pop(target, None)
    del who[origin]
    where[code] = target
    who[target] = code
    if other is not None:
        where[other] = origin
        who[origin] = other
    return origin


class Gain:
    """How well a place stands: by the neighbours that it touches, and where it ought to be."""

    def __init__(self, points: Points, pulled: Points, *, pairs: Pairs, effort: Effort) -> None:
        self.beside: dict[str, list[str]] = {code: [] for code in sorted(points)}
        self._pulled = pulled
        self._effort = effort
        self._worth: dict[tuple[str, str, Cell], float] = {}
        for (one, other), value in sorted(pairs.items()):
            for code, friend in ((one, other), (other, one)):
                self.beside[code].append(friend)
                east, north = (b - a for a, b in zip(points[code], points[friend], strict=True))
                for step in AROUND:
                    x, y = centre(step)
                    along = (x * east + y * north) / max(hypot(east, north), 1e-9)
                    self._worth[code, friend, step] = value + effort.direction * along

    def of(self, code: str, where: Cells) -> float:
        """What a place adds to the map where it stands now."""
        q, r = where[code]
        x, y = centre((q, r))
        wanted_x, wanted_y = self._pulled[code]
        total = -self._effort.drift * ((x - wanted_x) ** 2 + (y - wanted_y) ** 2)
        for friend in self.beside[code]:
            friend_q, friend_r = where[friend]
            across, up = friend_q - q, friend_r - r
            between = max(abs(across), abs(up), abs(across + up)) - 1
            if between == 0:
                total += self._worth[code, friend, (across, up)]
            else:
                total -= self._effort.distance * min(between, 6) ** 2
        return total


def moved(cells: Cells, *, to: tuple[float, float]) -> Cells:
    """The same picture elsewhere: the mean of its cells as near to a point as whole cells allow."""
    centres = np.array([centre(cell) for cell in cells.values()])
    x, y = centres.mean(axis=0)
    up = round((to[1] - y) / ROW_HEIGHT)
    across = round(to[0] - x - up / 2)
    return {code: (q + across, r + up) for code, (q, r) in cells.items()}


def lone_cell(point: tuple[float, float], taken: Collection[Cell]) -> Cell:
    """The cell nearest a point that is free and touches none that is taken: water all round."""
    r = round(point[1] / ROW_HEIGHT)
    q = round(point[0] - r / 2)
    near = [(q + across, r + up) for across in range(-6, 7) for up in range(-6, 7)]
    closed = set(taken) | {(a + c, b + d) for a, b in taken for c, d in AROUND}
    free = [cell for cell in near if cell not in closed]
    return min(free, key=lambda cell: (hypot(*np.subtract(centre(cell), point)), cell))


def as_rows(cells: Cells) -> dict[str, Hexagon]:
    """Axial cells as columns and rows that begin at 0, the northernmost row first."""
    top = max(r for _, r in cells.values())
    # A row of odd number stands half a cell to the right, so a column is the floor of the middle.
    columns = {code: (2 * q + r - top % 2) // 2 for code, (q, r) in cells.items()}
    west = min(columns.values())
    return {code: Hexagon(columns[code] - west, top - cells[code][1]) for code in sorted(cells)}


def middle(cell: Hexagon) -> tuple[float, float]:
    """The middle of a hexagon, to the right and downwards, in cells."""
    return cell.column + 0.5 * (cell.row % 2), cell.row * ROW_HEIGHT


def touch(one: Hexagon, other: Hexagon) -> bool:
    """Whether two hexagons share an edge."""
    (x, y), (u, v) = middle(one), middle(other)
    return 0.5 < hypot(x - u, y - v) < 1.1


def share_touching(places: Mapping[str, Hexagon], pairs: Collection[tuple[str, str]]) -> float:
    """The share of neighbouring places whose hexagons share an edge, from 0 to 1."""
    return sum(touch(places[one], places[other]) for one, other in pairs) / len(pairs)
