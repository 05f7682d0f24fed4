"""Frontier: each place under the weights that suit it best, against what others then reach."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.observations.panel import FloatArray

Limit = float | Sequence[float]
SOLVED = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Doubt:
    """The scores under the benefit of the doubt, and for each place one set of best weights.

    Scores are unique; weights are not, and serve to show what a place's score may rest on.
    `shares` is what each child brings to the place's score, adding up to 1.
    """

    scores: FloatArray
    weights: FloatArray
    shares: FloatArray


def benefit_of_the_doubt(values: FloatArray, *, low: Limit = 0.0, high: Limit = 1.0) -> Doubt:
    """Each place's score under the weights that suit it best, 1 where no other place is better.

    The weights of a place give it the highest score for which no place goes above 1. `low` and
    `high` limit the share of its score that a child may bring, one for all or one for each child.
    Shape:  values (places, children) in; scores (places,), weights and shares (places, children).
    Units:  any that are nought or more and higher when better; the scores are free of units.
    Gaps:   a place is scored on what it has, and limits that it then cannot keep are widened in
            proportion; a rival's gap adds nothing to the rival, as if it were at the worst.
    Errors: BadSpec if a value is below nought, all are nought, or the limits cannot be kept.
    Source: Melyn and Moesen (1991); Cherchye, Moesen, Rogge and Van Puyenbroeck (2007), Social
            Indicators Research 82; gaps: Kuosmanen (2009), Journal of the OR Society 60.
    """
    floor, ceiling = _limits(low, high, values.shape[-1])
    if np.any(values < 0):
        raise BadSpec(
            f"a value is {np.nanmin(values):g}. Wanted none below nought for the benefit of the "
            "doubt. Normalise to a scale from nought upwards."
        )
    top = np.fmax.reduce(values, axis=0, initial=0.0)
    if not top.any():
        raise BadSpec(
            "every value is nought or missing. Wanted one above nought for the benefit of the "
            "doubt. Look at the figures."
        )
    scale = np.where(top > 0, top, 1.0)
    scaled = values / scale
    rivals = _undominated(np.nan_to_num(scaled))
    scores = np.full(values.shape[0], np.nan)
    weights = np.full(values.shape, np.nan)
    for row, own in enumerate(scaled):
        known = ~np.isnan(own)
        if known.any():
            limits = _widened(floor[known], ceiling[known])
            scores[row], weights[row, known] = _best(own[known], rivals[:, known], limits)
    weights = weights / scale
    with np.errstate(invalid="ignore"):
        shares = weights * values / np.where(scores > 0, scores, np.nan)[:, np.newaxis]
    return Doubt(scores, weights, shares)


def _best(
    own: FloatArray, rivals: FloatArray, limits: tuple[FloatArray, FloatArray]
) -> tuple[float, FloatArray]:
    """The highest score and weights that reach it."""
    from scipy.optimize import linprog

    floor, ceiling = limits
    parts = np.diag(own)
    rows = [rivals, own[np.newaxis]]
    if np.any(floor > 0):
        rows.append(np.outer(floor, own) - parts)
    if np.any(ceiling < 1):
        rows.append(parts - np.outer(ceiling, own))
    matrix = np.concatenate(rows)
    most = np.zeros(len(matrix))
    most[: len(rivals) + 1] = 1.0
    found = linprog(-own, A_ub=matrix, b_ub=most, bounds=(0, None), method="highs")
    if found.x is None:
        raise BadSpec(
            f"no weights were found for a place with the values {own.tolist()}: {found.message} "
            "Wanted limits that some weights keep. Widen the limits of the shares."
        )
    score = float(own @ found.x)
    # The solver stops a hair short of 1; places that none outdoes must stay level.
    return 1.0 if score > 1 - SOLVED else score, np.asarray(found.x)


def _undominated(values: FloatArray) -> FloatArray:
    """The rivals that matter: those that no other is at least as good as on every child.

    They come in an order of their own, so that the order of the places is nothing.
    """
    rivals = np.unique(values, axis=0)
    kept = [
        row
        for number, row in enumerate(rivals)
        if not np.any(np.all(rivals[number + 1 :] >= row, axis=1))
    ]
    return np.stack(kept)


def _limits(low: Limit, high: Limit, children: int) -> tuple[FloatArray, FloatArray]:
    floor = np.broadcast_to(np.asarray(low, dtype=np.float64), (children,))
    ceiling = np.broadcast_to(np.asarray(high, dtype=np.float64), (children,))
    if np.any(floor < 0) or np.any(floor > ceiling) or floor.sum() > 1 or ceiling.sum() < 1 - 1e-9:
        raise BadSpec(
            f"the shares are limited to {floor.tolist()} and {ceiling.tolist()}. Wanted limits "
            f"from 0 to 1, low below high, that {children} shares adding up to 1 can keep. Widen "
            "the limits."
        )
    return floor, ceiling


def _widened(floor: FloatArray, ceiling: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The limits that a place can keep with the children that it has."""
    return floor, ceiling / min(1.0, float(ceiling.sum()))


@dataclass(frozen=True, slots=True)
class BenefitOfTheDoubt:
    """The benefit of the doubt: each place under the weights that suit it best.

    The node's own weights say only which children take part: those above nought.
    """

    low: float = 0.0
    high: float = 1.0
    scale: float = 100.0

    @property
    def words(self) -> str:
        """The name of the method."""
        limits = (
            ""
            if self.low <= 0 and self.high >= 1
            else f", no part bringing less than {self.low:.0%} or more than {self.high:.0%}"
        )
        return (
            "the benefit of the doubt (each place under the weights that suit it best, "
            f"{self.scale:g} where none is better{limits})"
        )

    def of_places(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """A number for each place; values are (..., places, children)."""
        if values.ndim > 2:
            return np.stack([self.of_places(one, weights) for one in values])
        counted = values[:, weights > 0]
        return self.scale * benefit_of_the_doubt(counted, low=self.low, high=self.high).scores
