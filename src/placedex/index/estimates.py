"""Estimates: values with their standard errors or covariances, checked before they are ranked."""

import numpy as np

from placedex.errors import BadSpec
from placedex.index.refusals import refuse_infinite
from placedex.observations.panel import FloatArray
from placedex.stats.resampling import IntArray


def checked_estimates(
    estimates: FloatArray, errors: FloatArray, *, step: str
) -> tuple[FloatArray, FloatArray]:
    """Estimates and their standard errors, or covariances, as numbers that can be.

    Shape:  estimates (places,); errors (places,), or (places, places).
    Gaps:   a missing estimate or error stays missing.
    Errors: BadSpec for other shapes, infinite numbers, errors below nought, or covariances that are
            not symmetric or impossible.
    """
    values, spread = np.asarray(estimates, dtype=np.float64), np.asarray(errors, dtype=np.float64)
    if values.ndim != 1 or spread.shape not in {values.shape, values.shape * 2}:
        raise BadSpec(
            f"Step {step}: the estimates have the shape {values.shape} and the errors "
            f"{spread.shape}. Wanted one estimate for each place, and a standard error for each "
            "or a square of covariances."
        )
    refuse_infinite(values, step=step, what="the estimate")
    refuse_infinite(spread, step=step, what="the error")
    if np.any((spread if spread.ndim == 1 else spread.diagonal()) < 0):
        raise BadSpec(f"Step {step}: an error is below nought. Wanted nought or more.")
    if spread.ndim == 2:
        _check_covariances(spread, step=step)
    return values, spread


def own_errors(spread: FloatArray) -> FloatArray:
    """The standard error of each place, from standard errors or covariances."""
    return spread if spread.ndim == 1 else np.sqrt(spread.diagonal())


def known_in_order(values: FloatArray, spread: FloatArray) -> IntArray:
    """The rows that have an estimate and an error, in an order that does not hang on that of rows.

    So that the same draws meet the same places, and sums the same parts.
    """
    known = np.flatnonzero(~np.isnan(values) & ~np.isnan(own_errors(spread)))
    inner = among(spread, known)
    if inner.ndim == 1:
        return known[np.lexsort((inner, values[known]))]
    return known[np.lexsort((inner.sum(1), inner.diagonal(), values[known]))]


def among(spread: FloatArray, rows: IntArray) -> FloatArray:
    """The standard errors or the covariances of some places, in this order."""
    return spread[rows] if spread.ndim == 1 else spread[np.ix_(rows, rows)]


def difference_errors(spread: FloatArray, *, matrix: bool = True) -> FloatArray:
    """The standard error of the difference of each pair of estimates.

    Shape:  standard errors (..., n), or covariances (n, n) where `matrix` allows a square to be
            one; gives (..., n, n).
    """
    if matrix and spread.ndim == 2:
        own = spread.diagonal()
        squares = own[:, np.newaxis] + own[np.newaxis, :] - 2 * spread
    else:
        squares = spread[..., :, np.newaxis] ** 2 + spread[..., np.newaxis, :] ** 2
    return np.sqrt(np.clip(squares, 0.0, None))


def _check_covariances(spread: FloatArray, *, step: str) -> None:
    known = ~np.isnan(spread.diagonal())
    inner = spread[np.ix_(known, known)]
    if np.isnan(inner).any() or not np.allclose(inner, inner.T, rtol=1e-8, atol=0):
        raise BadSpec(
            f"Step {step}: the covariances are not symmetric or have gaps. Wanted one number for "
            "each pair of places that have a variance."
        )
    if inner.size and np.linalg.eigvalsh(inner)[0] < -1e-8 * np.abs(inner).max():
        raise BadSpec(
            f"Step {step}: the covariances cannot be those of any estimates (an eigenvalue is "
            "below nought). Wanted a covariance matrix. Look at its units and at its order."
        )
