"""Index numbers: volumes chained or held at one year, and money at the prices of one year."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]


def at_base(nominal: ArrayLike, deflator: ArrayLike, *, base: int = 0) -> FloatArray:
    """Money at the prices of one year: each over its year's deflator, times that of the base.

    Shape:  (..., years) both.
    """
    prices = np.asarray(deflator, dtype=np.float64)
    return np.asarray(np.asarray(nominal, dtype=np.float64) * prices[..., base, None] / prices)


def growth(series: ArrayLike) -> FloatArray:
    """The share by which each value is above the one before; the first has none."""
    values = np.asarray(series, dtype=np.float64)
    found = np.full(values.shape, np.nan)
    found[..., 1:] = values[..., 1:] / values[..., :-1] - 1
    return found


def laspeyres(quantities: ArrayLike, prices: ArrayLike, *, chained: bool = True) -> FloatArray:
    """A volume index, 100 in the first year: at the prices of the year before, or of the first.

    A chained index does not add up over its parts.
    Shape:  (years, goods) both; gives (years,).
    Source: System of National Accounts (2008), chapter 15.
    """
    amounts, costs = (np.asarray(one, dtype=np.float64) for one in (quantities, prices))
    if not chained:
        return np.asarray(100 * (amounts @ costs[0]) / (amounts[0] @ costs[0]))
    before = costs[:-1]
    links = (amounts[1:] * before).sum(axis=1) / (amounts[:-1] * before).sum(axis=1)
    return np.asarray(100 * np.concatenate([[1.0], np.cumprod(links)]))


def fisher(quantities: ArrayLike, prices: ArrayLike) -> FloatArray:
    """A volume index chained by the geometric mean of Laspeyres and Paasche, 100 in the first year.

    Shape:  (years, goods) both; gives (years,).
    """
    amounts, costs = (np.asarray(one, dtype=np.float64) for one in (quantities, prices))

    def links(at: FloatArray) -> FloatArray:
        return np.asarray((amounts[1:] * at).sum(axis=1) / (amounts[:-1] * at).sum(axis=1))

    found = np.sqrt(links(costs[:-1]) * links(costs[1:]))
    return np.asarray(100 * np.concatenate([[1.0], np.cumprod(found)]))
