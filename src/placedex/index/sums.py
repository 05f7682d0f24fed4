"""Sums, products and quotients: children put together by weights that are used as they are given.

The means of `means` divide by the sum of the weights, and share the weight of a missing child. Some
published indices do neither: their weights need not add up to one, and every child must be there.
"""

from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.observations.panel import FloatArray

GAPS = "a place that lacks a part has none"


def weighted_sum(values: FloatArray, weights: FloatArray) -> FloatArray:
    """The children times their weights, added up along the last axis; nothing is scaled to one.

    Shape:  values (..., children), weights broadcast to it; returns (...).
    Gaps:   missing if a child of which the weight is above nought is missing.
    Source: MHCLG (2025), English Indices of Deprivation 2025: Technical Report, where the weights
            of the domains add up to 0.999.
    """
    counted = np.where(weights > 0, values, 0.0)
    return np.asarray((counted * weights).sum(axis=-1))


def weighted_product(values: FloatArray, weights: FloatArray) -> FloatArray:
    """The children to the power of their weights, multiplied along the last axis.

    Shape:  values (..., children), weights broadcast to it; returns (...).
    Gaps:   missing if a child of which the weight is above nought is missing.
    Errors: BadSpec if a value is below nought.
    Source: Bridgman (1922), Dimensional Analysis, for a product of powers that keeps its meaning
            whatever the units of its parts.
    """
    counted = np.where(weights > 0, values, 1.0)
    if np.any(counted < 0):
        raise BadSpec(
            f"a value is {np.nanmin(counted):g}. Wanted none below nought for a weighted product. "
            "Normalise to a scale from nought upwards."
        )
    return np.asarray(np.prod(counted**weights, axis=-1))


def quotient(values: FloatArray) -> FloatArray:
    """The first of two children over the second, along the last axis.

    Shape:  values (..., 2); returns (...).
    Gaps:   missing if either child is missing.
    Errors: BadSpec if there are not two children, or the second is nought somewhere.
    """
    if values.shape[-1] != 2:
        raise BadSpec(
            f"a quotient is asked of {values.shape[-1]} children. Wanted two: the one above and "
            "the one below, in this order."
        )
    above, below = values[..., 0], values[..., 1]
    if np.any(below == 0):
        raise BadSpec("the lower part of a quotient is 0. Wanted another number everywhere.")
    return np.asarray(above / below)


@dataclass(frozen=True, slots=True)
class WeightedSum:
    """The children times their weights, added up: the weights need not add up to one."""

    words: str = f"the weighted sum (the weights are used as given; {GAPS})"

    def of(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """The sum along the last axis."""
        return weighted_sum(values, weights)


@dataclass(frozen=True, slots=True)
class WeightedProduct:
    """The children to the power of their weights, multiplied; weights need not add up to one."""

    words: str = f"the weighted product (the weights are powers, used as given; {GAPS})"

    def of(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """The product along the last axis."""
        return weighted_product(values, weights)


@dataclass(frozen=True, slots=True)
class Quotient:
    """The first of two children over the second; their weights do not count."""

    words: str = f"the quotient (the first part over the second; {GAPS})"

    def of(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """The quotient along the last axis."""
        return quotient(values)
