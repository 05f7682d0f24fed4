"""Refusals: what no function of this room begins with, said alike by all of them."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from placedex.errors import BadSpec
from placedex.observations.panel import FloatArray


def refuse_infinite(values: FloatArray, *, step: str, what: str) -> None:
    """Refuse numbers that are infinite; a missing one is no fault."""
    if np.isinf(values).any():
        row = int(np.argwhere(np.isinf(values))[0][0]) + 1
        raise BadSpec(
            f"Step {step}: {what} of row {row} is infinite. Wanted a number, or a missing one "
            "where there is none. Look for a division by nought."
        )


def refuse_share(share: float, *, step: str, what: str) -> None:
    """Refuse a share that is not between 0 and 1."""
    if not 0 < share < 1:
        raise BadSpec(
            f"Step {step}: the {what} is {share:g}. Wanted a share between 0 and 1, such as 0.95."
        )


def refuse_number(
    number: float, *, step: str, what: str, least: int = 1, most: int | None = None
) -> None:
    """Refuse a number that is not whole, or not between two others."""
    if number != np.floor(number) or not least <= number <= (np.inf if most is None else most):
        wanted = f"{least} or more" if most is None else f"{least} to {most}"
        raise BadSpec(f"Step {step}: {number:g} {what} were asked for. Wanted {wanted}.")


def refuse_rows(rows: Iterable[int], count: int, *, step: str) -> None:
    """Refuse numbers of rows that are not there."""
    for row in rows:
        if not 0 <= row < count:
            raise BadSpec(
                f"Step {step}: row {row} was asked for. Wanted rows from 0 to {count - 1}, as "
                f"there are {count} places."
            )


def checked_points(points: ArrayLike, *, step: str) -> FloatArray:
    """Points with a row for each place and a column for each criterion, none of them infinite.

    Errors: BadSpec for another shape, for no place or no criterion, or for an infinite number.
    """
    values = np.asarray(points, dtype=np.float64)
    if values.ndim != 2 or 0 in values.shape:
        raise BadSpec(
            f"Step {step}: the points have the shape {values.shape}. Wanted a row for each place "
            "and a column for each criterion."
        )
    refuse_infinite(values, step=step, what="a number")
    return values


def checked_weights(weights: ArrayLike, count: int, *, step: str) -> FloatArray:
    """Weights (..., criteria) of nought or more, not all nought.

    Errors: BadSpec for another number of them, one that is below nought or no number, or none
            above nought.
    """
    given = np.asarray(weights, dtype=np.float64)
    if given.ndim == 0 or given.shape[-1] != count:
        raise BadSpec(
            f"Step {step}: the weights have the shape {given.shape}. Wanted one for each of "
            f"{count} criteria."
        )
    if not np.all(np.isfinite(given) & (given >= 0)) or not np.all(given.sum(axis=-1) > 0):
        raise BadSpec(
            f"Step {step}: the weights are {_listed(given)}. Wanted numbers, none below nought and "
            "one above."
        )
    return given


def _listed(weights: FloatArray) -> str:
    """The weights, or of several sets of them the first that is at fault."""
    rows = weights.reshape(-1, weights.shape[-1])
    fine = np.all(np.isfinite(rows) & (rows >= 0), axis=1) & (rows.sum(axis=1) > 0)
    return ", ".join(f"{weight:g}" for weight in rows[int(np.argmin(fine))])
