"""Rank ranges: the whole ranks between which a place lies, and how wide that usually is."""

import numpy as np

from placedex.observations.panel import FloatArray

# So that 5.000000000000001, which is 5, is not widened to 6.
ALMOST_WHOLE = 1e-9


def whole_ranks(low: FloatArray, high: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The ranks at or outside both ends of an interval: nobody can be 5.05th.

    Shape:  any, in and out.
    Gaps:   a missing end stays missing.
    """
    return np.floor(low + ALMOST_WHOLE), np.ceil(high - ALMOST_WHOLE)


def usual_width(low: FloatArray, high: FloatArray) -> float:
    """How many positions the last rank of an interval lies behind its first, for half of them.

    Gaps:   an interval with a missing end is left out; missing if none is left.
    """
    widths = np.subtract(high, low)
    known = widths[~np.isnan(widths)]
    return float(np.median(known)) if known.size else np.nan
