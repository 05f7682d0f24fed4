"""What if: which figures would have to become what for a place to rise in the ranking."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.index.edition import WeightedMean, weighted_mean
from placedex.index.refusals import refuse_infinite, refuse_number, refuse_rows
from placedex.index.rows import Row, cell, label
from placedex.observations.panel import FloatArray
from placedex.stats.quiet import quiet_output
from placedex.stats.resampling import IntArray
from placedex.stats.ties import rank_with_ties

LEVEL = 1e-9


@dataclass(frozen=True, slots=True)
class Move:
    """One figure of a place moved, by so many points of its scale, for what it does to the rank.

    `indicator` is a column; the rank is that of the place if only this move is made.
    """

    indicator: int
    figure: float
    new_figure: float
    points: float
    score: float
    rank: float
    gained: float


@dataclass(frozen=True, slots=True)
class Moves:
    """What would change the rank of one place: moves, and the score and rank it has now."""

    score: float
    rank: float
    moves: tuple[Move, ...]

    def to_rows(self, indicators: Sequence[str] = ()) -> tuple[Row, ...]:
        """A row for each move."""
        return tuple(
            {
                "indicator": label(indicators, move.indicator),
                "figure": cell(move.figure),
                "new_figure": cell(move.new_figure),
                "points": cell(move.points),
                "score": cell(move.score),
                "rank": cell(move.rank),
                "gained": cell(move.gained),
            }
            for move in self.moves
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """The smallest set of moves that together reach a rank; none are wanted if it has it now.

    `moves` give the score and the rank once each and all before it are made.
    """

    score: float
    rank: float
    wanted: int
    moves: tuple[Move, ...]

    @property
    def points(self) -> float:
        """The points of all moves together."""
        return float(sum(move.points for move in self.moves))

    def to_rows(self, indicators: Sequence[str] = ()) -> tuple[Row, ...]:
        """A row for each move."""
        return Moves(self.score, self.rank, self.moves).to_rows(indicators)


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Figures under a weighted mean with fixed goalposts: what `what_if` and `plan` start from.

    Shape:  figures (places, indicators), weights (indicators,), or (places, indicators) where each
            place has its own. Points never go beyond the ends of the scale, as figures beyond a
            goalpost count for no more.
    Gaps:   the weight of a missing figure is shared by the place's others; it cannot be moved.
    Errors: BadSpec if the method does not hold points within its scale, or weights are below 0.
    """

    figures: FloatArray
    weights: FloatArray
    method: WeightedMean

    def __post_init__(self) -> None:
        if not self.method.clip:
            raise BadSpec(
                "Step what if: points may go beyond the goalposts, so that any figure could make "
                "up for all others. Wanted a method that holds them (clip)."
            )
        refuse_infinite(self.figures, step="what if", what="a figure")
        same = np.flatnonzero(np.asarray(self.method.worst) == np.asarray(self.method.best))
        if same.size:
            raise BadSpec(
                f"Step what if: the goalposts of indicator {same[0] + 1} are one and the same. "
                "Wanted two that differ. Mend them, or leave the indicator out."
            )
        if np.any(self.weights < 0) or not self.weights.sum() > 0:
            raise BadSpec("Step what if: wanted weights of nought or more, with one above.")

    @property
    def points(self) -> FloatArray:
        """Each figure on the scale."""
        return self.method.points(self.figures)

    @property
    def scores(self) -> FloatArray:
        """The score of each place."""
        return weighted_mean(self.points, self.weights)

    def shares(self, place: int) -> FloatArray:
        """The share of each indicator in the place's score: nought where a figure is missing."""
        weights = self.weights[place] if self.weights.ndim == 2 else self.weights
        carried = np.where(np.isnan(self.figures[place]), 0.0, weights)
        return np.asarray(carried / carried.sum())

    def room(self, place: int) -> FloatArray:
        """How many points the place could still rise on each indicator."""
        return np.asarray(np.nan_to_num(max(self.method.scale) - self.points[place]))

    def figure(self, indicator: int, points: float) -> float:
        """The figure that is worth so many points."""
        low, high = self.method.scale
        worst, best = self.method.worst[indicator], self.method.best[indicator]
        return float(worst + (points - low) / (high - low) * (best - worst))

    def rivals(self, place: int) -> FloatArray:
        """The scores of all other places that have one, the highest first."""
        others = np.delete(self.scores, place)
        return np.sort(others[~np.isnan(others)])[::-1]

    def move(self, place: int, indicator: int, *, points: float, score: float) -> Move:
        """A move of some points, with the score that it leads to and the rank of that."""
        reached = self.points[place, indicator] + points
        rivals, now = self.rivals(place), self.scores[place]
        rank, before = _rank(score, rivals), _rank(now, rivals)
        return Move(
            indicator,
            float(self.figures[place, indicator]),
            self.figure(indicator, reached),
            float(points),
            float(score),
            rank,
            before - rank,
        )


def what_if(standing: Standing, place: int, *, most: int | None = None) -> Moves:
    """Each single move that gains a place ranks: the least that gains one, two, and so on.

    The score rises in a straight line with one figure until its goalpost, so that the figure which
    draws level with a rival is found at once; level scores share the better rank. `most` is how
    many ranks at most to gain on one indicator. Those that gain most come first, then those of
    fewest points.
    Errors: BadSpec if the place has no score.
    """
    score, rank = _standing_of(standing, place)
    if most is not None:
        refuse_number(most, step="what if", what="ranks to gain")
    shares, room, rivals = standing.shares(place), standing.room(place), standing.rivals(place)
    ahead = rivals[rivals > score + LEVEL * max(1.0, abs(score))][::-1]
    targets = _last_of_level(ahead)[:most]
    moves = []
    for indicator in np.flatnonzero((shares > 0) & (room > 0)):
        wanted = (targets - score) / shares[indicator]
        for points in wanted[wanted <= room[indicator] * (1 + LEVEL)]:
            rise = min(float(points), float(room[indicator]))
            reached = score + rise * shares[indicator]
            moves.append(standing.move(place, int(indicator), points=rise, score=reached))
    moves.sort(key=lambda move: (-move.gained, move.points, move.indicator))
    return Moves(score, rank, tuple(moves))


def plan(standing: Standing, place: int, *, rank: int) -> Plan | None:
    """The smallest set of moves that reaches a rank, or nothing if even all goalposts do not.

    Smallest by number, then by points in all. The number is found by taking the largest possible
    gains first, than which no other moves of that number give more; among the sets of that number
    the fewest points by integer programming.
    Errors: BadSpec if the place has no score, or there are not so many ranks.
    """
    score, now = _standing_of(standing, place)
    rivals = standing.rivals(place)
    if not 1 <= rank <= len(rivals) + 1:
        raise BadSpec(
            f"Step what if: rank {rank} was asked for among {len(rivals) + 1} places. Wanted one "
            f"of 1 to {len(rivals) + 1}."
        )
    if now <= rank:
        return Plan(score, now, rank, ())
    gap = float(rivals[rank - 1] - score)
    shares, room = standing.shares(place), standing.room(place)
    gains = np.cumsum(np.sort(shares * room)[::-1])
    enough = np.flatnonzero(gains >= gap * (1 - LEVEL))
    if not enough.size:
        return None
    rises = _fewest_points(
        shares, room, gap=min(gap, float(gains[enough[0]])), number=int(enough[0]) + 1
    )
    moves, reached = [], score
    for indicator in sorted(
        np.flatnonzero(rises), key=lambda one: (-shares[one] * rises[one], one)
    ):
        reached += float(rises[indicator] * shares[indicator])
        moves.append(standing.move(place, int(indicator), points=rises[indicator], score=reached))
    return Plan(score, now, rank, tuple(moves))


def _fewest_points(shares: FloatArray, room: FloatArray, *, gap: float, number: int) -> FloatArray:
    """Rises within the room that together gain the gap on a number of indicators, fewest points."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    if number == 1:
        able = np.flatnonzero(shares * room >= gap * (1 - LEVEL))
        return _filled(shares, room, gap=gap, used=able[np.argmax(shares[able])][np.newaxis])
    count = len(shares)
    # In units of the gap and of the largest room, so that tolerances mean the same everywhere.
    unit = float(room.max())
    gain = np.concatenate([shares * unit / gap, np.zeros(count)])
    within = np.hstack([np.eye(count), -np.diag(room / unit)])
    with quiet_output():
        found = milp(
            np.repeat([1.0, 0.0], count),
            integrality=np.repeat([0, 1], count),
            bounds=Bounds(np.zeros(2 * count), np.concatenate([room / unit, np.ones(count)])),
            constraints=[
                LinearConstraint(gain[np.newaxis], 1.0 - LEVEL, np.inf),
                LinearConstraint(within, -np.inf, 0.0),
                LinearConstraint(np.repeat([0.0, 1.0], count)[np.newaxis], 0.0, number),
            ],
            options={"mip_rel_gap": 0.0},
        )
    most_gain = np.argsort(-shares * room, kind="stable")[:number]
    used = most_gain if found.x is None else np.flatnonzero(found.x[count:] > 0.5)
    rises = _filled(shares, room, gap=gap, used=used)
    if rises @ shares < gap * (1 - LEVEL):
        # The search was content a hair below the gap: the largest gains surely reach it.
        rises = _filled(shares, room, gap=gap, used=most_gain)
    return rises


def _filled(shares: FloatArray, room: FloatArray, *, gap: float, used: IntArray) -> FloatArray:
    """Rises on some indicators that gain the gap with the fewest points: the heaviest first."""
    rises, left = np.zeros(len(shares)), gap
    for indicator in used[np.argsort(-shares[used], kind="stable")]:
        rises[indicator] = min(float(room[indicator]), left / shares[indicator])
        left = max(0.0, left - rises[indicator] * shares[indicator])
    return rises


def _standing_of(standing: Standing, place: int) -> tuple[float, float]:
    scores = standing.scores
    refuse_rows([place], len(scores), step="what if")
    if np.isnan(scores[place]):
        raise BadSpec(
            "Step what if: the place has no score. Wanted at least one figure of an indicator with "
            "a weight."
        )
    return float(scores[place]), float(rank_with_ties(scores)[place])


def _rank(score: float, rivals: FloatArray) -> float:
    """The rank of a score among rivals; level scores, but for the last digits, share the better."""
    return 1.0 + float(np.sum(rivals > score + LEVEL * max(1.0, abs(score))))


def _last_of_level(ahead: FloatArray) -> FloatArray:
    """Each score that is worth drawing level with: the lowest first, level ones once."""
    if not ahead.size:
        return ahead
    apart = np.diff(ahead, append=np.inf) > LEVEL * np.maximum(1.0, np.abs(ahead))
    return np.asarray(ahead[apart])
