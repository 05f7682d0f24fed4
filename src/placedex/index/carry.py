"""Carry: a missing figure from the same place's figures of other times."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from placedex.observations.panel import FloatArray

IndexArray = NDArray[np.intp]
NONE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Carried:
    """Values with gaps filled from other times, how sure, and from which time.

    Shape:  each (..., times, places). A variance is missing where nothing was filled; a source is
            the number of the time that a value comes from (its own if it was known; the earlier one
            for a value between two), -1 where there is none.
    """

    values: FloatArray
    variances: FloatArray
    sources: IndexArray


def carry_forward(
    values: FloatArray,
    times: FloatArray | None = None,
    *,
    most: int | None = None,
    backward: bool = False,
) -> Carried:
    """Each gap filled with the place's last figure before it, at most `most` times back.

    A figure is never carried back in time, unless `backward`: then gaps before the first figure
    take it, which is of use for a table of the past and never for a forecast.
    The variance is that of a random walk: the time that has passed, times the mean square of the
    changes between figures that follow one another, per unit of time, over all the places.
    Shape:  values (..., times, places), times (times,) or 0, 1, 2 ...; see `Carried`.
    Gaps:   a place without an earlier figure stays missing; if no place has two figures, the
            variances are missing.
    """
    moments = _moments(values, times)
    before, after = _neighbours(values)
    sources = before
    if most is not None:
        steps = np.arange(values.shape[-2])[:, np.newaxis] - before
        sources = np.where(steps > most, NONE, sources)
    if backward:
        sources = np.where(before == NONE, after, sources)
    variances = _change(values, moments) * _apart(moments, sources)
    return _carried(values, _taken(values, sources), variances, sources)


def fill_linearly(
    values: FloatArray, times: FloatArray | None = None, *, hold_ends: bool = False
) -> Carried:
    """Each gap between two figures of a place filled on the straight line between them.

    Gaps before the first figure and after the last stay, or take that figure if `hold_ends`.
    The variance is that of a random walk tied at both ends: with a and b the times to either
    figure, a b / (a + b) times the mean square of changes that `carry_forward` uses; with one end,
    as there.
    Shape:  values (..., times, places), times (times,) or 0, 1, 2 ...; see `Carried`.
    Gaps:   a place with no figure stays missing.
    """
    moments = _moments(values, times)
    before, after = _neighbours(values)
    inside = (before != NONE) & (after != NONE)
    since, until = _apart(moments, before), _apart(moments, after)
    whole = np.where(inside & (since + until > 0), since + until, 1.0)
    low, high = _taken(values, before), _taken(values, after)
    line = np.where(inside, low + (high - low) * since / whole, np.nan)
    spread = np.where(inside, since * until / whole, np.nan)
    sources = np.where(inside, before, NONE)
    if hold_ends:
        ends = np.where(before == NONE, after, before)
        line = np.where(inside, line, _taken(values, ends))
        spread = np.where(inside, spread, _apart(moments, ends))
        sources = np.where(inside, sources, ends)
    return _carried(values, line, _change(values, moments) * spread, sources)


def _moments(values: FloatArray, times: FloatArray | None) -> FloatArray:
    """When each row of times is, rising."""
    count = values.shape[-2]
    moments = np.arange(count, dtype=np.float64) if times is None else np.asarray(times, float)
    if moments.shape != (count,) or np.any(np.diff(moments) <= 0):
        raise ValueError(
            f"The times {moments.tolist()} do not fit {count} rows of figures. Wanted a time for "
            "each, each after the one before. Sort the figures by time."
        )
    return moments


def _neighbours(values: FloatArray) -> tuple[IndexArray, IndexArray]:
    """The number of the last known time up to each, and of the first from each on; -1 for none."""
    count = values.shape[-2]
    numbers = np.arange(count)[:, np.newaxis]
    known = ~np.isnan(values)
    before = np.maximum.accumulate(np.where(known, numbers, NONE), axis=-2)
    reverse = np.where(known, numbers, count)[..., ::-1, :]
    after = np.minimum.accumulate(reverse, axis=-2)[..., ::-1, :]
    return before, np.where(after == count, NONE, after)


def _taken(values: FloatArray, sources: IndexArray) -> FloatArray:
    """The value at the source of each cell; missing where there is none."""
    taken = np.take_along_axis(values, np.maximum(sources, 0), axis=-2)
    return np.where(sources == NONE, np.nan, taken)


def _apart(moments: FloatArray, sources: IndexArray) -> FloatArray:
    """How far each cell is in time from its source; missing where there is none."""
    apart = np.abs(moments[:, np.newaxis] - moments[np.maximum(sources, 0)])
    return np.where(sources == NONE, np.nan, apart)


def _change(values: FloatArray, moments: FloatArray) -> FloatArray:
    """The mean square of changes between known figures, per unit of time, over all places."""
    before, _ = _neighbours(values)
    first = np.full((*values.shape[:-2], 1, values.shape[-1]), NONE)
    earlier = np.concatenate([first, before[..., :-1, :]], axis=-2)
    change = (values - _taken(values, earlier)) ** 2 / np.where(
        earlier == NONE, 1.0, _apart(moments, earlier)
    )
    known = ~np.isnan(change)
    count = known.sum(axis=(-2, -1), keepdims=True)
    # Summed in order of size, so that the order of places is nothing to the last digit.
    ordered = np.sort(change.reshape(*change.shape[:-2], -1), axis=-1)
    total = np.nansum(ordered, axis=-1)[..., np.newaxis, np.newaxis]
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _carried(
    values: FloatArray, found: FloatArray, variances: FloatArray, sources: IndexArray
) -> Carried:
    known = ~np.isnan(values)
    filled = ~known & ~np.isnan(found)
    numbers = np.broadcast_to(np.arange(values.shape[-2])[:, np.newaxis], values.shape)
    return Carried(
        np.where(known, values, found),
        np.where(filled, variances, np.nan),
        np.where(known, numbers, np.where(filled, sources, NONE)),
    )
