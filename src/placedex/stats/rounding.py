"""Rounding: parts rounded so that what is printed adds up."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def rounded_to_total(parts: FloatArray, total: float, *, decimals: int = 0) -> FloatArray:
    """Each part to so many decimals, so that together they make the total to as many.

    Parts are rounded down, and the last digits that are then missing go to those that lost most.
    Shape:  (n,) in and out.
    Gaps:   none may be missing.
    Source: the method of the largest remainder (Hare and Niemeyer).
    """
    unit = 10.0**-decimals
    # Rounded first, so that 0.3 / 0.1 is 3 and not a little less.
    scaled = np.round(np.asarray(parts, dtype=np.float64) / unit, 9)
    whole = np.floor(scaled)
    missing = round(total / unit) - int(whole.sum())
    order = np.argsort(-(scaled - whole), kind="stable")
    if len(order):
        for turn in range(abs(missing)):
            # More digits than parts are missing only if the parts never made the total.
            at = order[turn % len(order)] if missing > 0 else order[-1 - turn % len(order)]
            whole[at] += np.sign(missing)
    return np.round(whole * unit, decimals) + 0.0
