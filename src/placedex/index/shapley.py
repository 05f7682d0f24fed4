"""Shapley: a change shared out among its causes, exactly and without an order of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np
from numpy.typing import ArrayLike

from placedex.errors import BadSpec
from placedex.index.rows import Row, cell
from placedex.observations.panel import FloatArray
from placedex.stats.resampling import BoolArray

MOST_PLAYERS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Shapley:
    """What each player adds to a change; together they add up to it.

    Shape:  before and after (...), contributions (players, ...).
    """

    players: tuple[str, ...]
    before: FloatArray
    after: FloatArray
    contributions: FloatArray

    @property
    def remainder(self) -> FloatArray:
        """What the contributions miss of the change: nought but for the last digits."""
        return np.asarray(self.after - self.before - self.contributions.sum(axis=0))

    def of(self, player: str) -> FloatArray:
        """The contribution of one player."""
        return np.asarray(self.contributions[self.players.index(player)])

    def to_rows(self) -> tuple[Row, ...]:
        """Rows of a waterfall for each result: where it begins, each step, where it ends."""
        count = len(self.players)
        begins, ends = np.ravel(self.before), np.ravel(self.after)
        steps = self.contributions.reshape(count, -1)
        rows: list[Row] = []
        for result, (begin, end) in enumerate(zip(begins, ends, strict=True)):
            reached = begin + np.concatenate([[0.0], np.cumsum(steps[:, result])])
            rows.append(_step(result, "before", (begin, 0.0), begin))
            rows += [
                _step(result, player, (reached[number], steps[number, result]), reached[number + 1])
                for number, player in enumerate(self.players)
            ]
            rows.append(_step(result, "after", (end, 0.0), end))
        return tuple(rows)


def _step(result: int, name: str, begins: tuple[float, float], ends: float) -> Row:
    start, change = begins
    return {
        "result": result + 1,
        "step": name,
        "from": cell(start),
        "change": cell(change),
        "to": cell(ends),
    }


def coalitions(players: Sequence[str]) -> tuple[frozenset[str], ...]:
    """Every set of players, the smallest first: the order that `shapley_of_values` wants.

    Errors: BadSpec for more than 12 players, or one named twice.
    """
    if len(set(players)) < len(players):
        raise BadSpec("Step Shapley: a player is named twice. Wanted each once.")
    if len(players) > MOST_PLAYERS:
        raise BadSpec(
            f"Step Shapley: there are {len(players)} players, {2 ** len(players):,} sets of them. "
            f"Wanted {MOST_PLAYERS} or fewer. Group some, such as the indicators of a component."
        )
    return tuple(
        frozenset(chosen)
        for size in range(len(players) + 1)
        for chosen in combinations(players, size)
    )


def shapley(players: Sequence[str], value: Callable[[frozenset[str]], ArrayLike]) -> Shapley:
    """What each player adds to the value of all over that of none, over every order of joining.

    Shape:  `value` gives a number or an array for a set of players, each time the same shape.
    Errors: BadSpec for more than 12 players, or one named twice.
    Source: Shapley (1953); Shorrocks (2013), Journal of Economic Inequality 11, 99.
    """
    found = [np.asarray(value(chosen), dtype=np.float64) for chosen in coalitions(players)]
    return shapley_of_values(players, np.stack(found))


def shapley_of_values(players: Sequence[str], values: ArrayLike) -> Shapley:
    """The same from the values of all sets of players at once, for those who reckon them so.

    Shape:  values (sets, ...), in the order of `coalitions(players)`.
    """
    worth = np.asarray(values, dtype=np.float64)
    within = _within(players)
    if len(worth) != len(within):
        raise BadSpec(
            f"Step Shapley: there are {len(worth)} values for {len(players)} players. Wanted "
            f"{len(within)}, one for each set in the order of `coalitions`."
        )
    count = len(players)
    shares = np.array(
        [factorial(size) * factorial(count - size - 1) / factorial(count) for size in range(count)]
    )
    masks = within @ (1 << np.arange(count))
    rows = np.argsort(masks)
    contributions = np.empty((count, *worth.shape[1:]))
    for player in range(count):
        # By differences, so that a player that changes nothing gets nought to the last digit.
        without = np.flatnonzero(~within[:, player])
        joined = rows[masks[without] + (1 << player)]
        share = shares[within[without].sum(axis=1)]
        contributions[player] = np.tensordot(share, worth[joined] - worth[without], axes=(0, 0))
    return Shapley(tuple(players), worth[0], worth[-1], contributions)


def _within(players: Sequence[str]) -> BoolArray:
    """Which players each set holds, (sets, players)."""
    sets = coalitions(players)
    return np.array([[player in chosen for player in players] for chosen in sets], dtype=bool)


def additive(players: Sequence[str], before: ArrayLike, after: ArrayLike) -> Shapley:
    """The shortcut for a sum of terms of which each hangs on one player: their differences.

    Shape:  before and after (players, ...), the terms.
    """
    first, last = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    return Shapley(tuple(players), first.sum(axis=0), last.sum(axis=0), last - first)


def products(
    players: Sequence[str], before: tuple[ArrayLike, ArrayLike], after: tuple[ArrayLike, ArrayLike]
) -> Shapley:
    """The shortcut for a sum of products, such as weights times points: Bennet's indicator.

    Each player owns the second factor of its product; one more, `weights`, owns all the first. The
    game is a sum of games of two, for each of which the Shapley value is the mean of two orders.
    Shape:  before and after are pairs of (players, ...).
    Source: Bennet (1920), Journal of the Royal Statistical Society 83, 455.
    """
    first = [np.asarray(part, dtype=np.float64) for part in before]
    last = [np.asarray(part, dtype=np.float64) for part in after]
    owned = (first[0] + last[0]) / 2 * (last[1] - first[1])
    shared = ((first[1] + last[1]) / 2 * (last[0] - first[0])).sum(axis=0)
    return Shapley(
        (*players, "weights"),
        np.asarray((first[0] * first[1]).sum(axis=0)),
        np.asarray((last[0] * last[1]).sum(axis=0)),
        np.concatenate([owned, shared[np.newaxis]]),
    )


def log_mean_divisia(
    players: Sequence[str],
    before: ArrayLike,
    after: ArrayLike,
    *,
    weights: ArrayLike | None = None,
) -> Shapley:
    """The change of a product (or weighted geometric mean) shared out by logarithms: LMDI-I.

    Shape:  before and after (players, ...), factors above nought; `weights` (players,) are their
            exponents, 1 each if none are given.
    Errors: BadSpec if a factor is nought or below.
    Source: Ang (2004), Energy Policy 32, 1131, table 1.
    """
    first, last = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    if np.any(first <= 0) or np.any(last <= 0):
        raise BadSpec(
            "Step log mean Divisia: a factor is nought or below. Wanted all above nought. Use "
            "`shapley`, which needs no logarithms."
        )
    exponents = np.ones(len(first)) if weights is None else np.asarray(weights, dtype=np.float64)
    shaped = exponents.reshape(-1, *[1] * (first.ndim - 1))
    logs = shaped * np.log(last / first)
    begin, end = np.prod(first**shaped, axis=0), np.prod(last**shaped, axis=0)
    total = logs.sum(axis=0)
    still = total == 0
    mean = begin * np.where(still, 1.0, np.expm1(total) / np.where(still, 1.0, total))
    return Shapley(tuple(players), np.asarray(begin), np.asarray(end), logs * mean)
