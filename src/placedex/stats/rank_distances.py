"""Rank distances: how likely it is by chance that two orders are as alike, or as unlike."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

EXACT_UP_TO = 9
# The series of algorithm AS 89, by powers of 1/n and of the squared deviate.
C = (0.2274, 0.2531, 0.1745, 0.0758, 0.1033, 0.3932, 0.0879, 0.0151, 0.0072, 0.0831, 0.0131, 4.6e-4)


def spearman_p(count: int, distance: float) -> float:
    """The two-sided p-value of a sum of squared differences of ranks without ties.

    Source: Best and Roberts (1975), Applied Statistics 24, 377, algorithm AS 89; R's cor.test.
    """
    middle = count * (count**2 - 1) / 6
    if distance > middle:
        tail = share_at_least(count, round(distance - 1))
    else:
        tail = 1 - share_at_least(count, round(distance) + 2)
    return min(1.0, 2 * max(tail, 0.0))


def share_at_least(count: int, distance: int) -> float:
    """The share of all orders whose squared differences of ranks add up to at least a distance."""
    if distance <= 0:
        return 1.0
    if distance > count * (count**2 - 1) / 3:
        return 0.0
    if count <= EXACT_UP_TO:
        return float(_orders_by_distance(count)[distance:].sum())
    return _by_series(count, distance)


@lru_cache(maxsize=16)
def _orders_by_distance(count: int) -> FloatArray:
    """The share of all orders with each sum of squared differences, from nought.

    Ranks are given out one by one; what is kept is which are taken, and the sum so far.
    """
    size = count * (count**2 - 1) // 3 + 1
    ways = {0: np.eye(1, size)[0]}
    for rank in range(count):
        after: dict[int, FloatArray] = {}
        for taken, sums in ways.items():
            for other in range(count):
                if taken >> other & 1:
                    continue
                apart = (rank - other) ** 2
                moved = np.zeros(size)
                moved[apart:] = sums[: size - apart]
                key = taken | 1 << other
                after[key] = after[key] + moved if key in after else moved
        ways = after
    (total,) = ways.values()
    return np.asarray(total / total.sum())


def _by_series(count: int, distance: int) -> float:
    from scipy.special import ndtr

    part = 1 / count
    x = (6 * (distance - 1) * part / (count**2 - 1) - 1) * np.sqrt(count - 1)
    y = x * x
    inner = C[8] - C[9] * part + y * part * (C[10] - C[11] * y)
    inner = -C[3] + part * (C[4] + C[5] * part) - y * part * (C[6] + C[7] * part - y * inner)
    series = x * part * (C[0] + part * (C[1] + C[2] * part) + y * inner)
    share = series / np.exp(y / 2) + ndtr(-x)
    return float(np.clip(share, 0.0, 1.0))
