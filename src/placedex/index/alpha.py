"""Cronbach's alpha: how far the parts of a component speak of one thing."""

from dataclasses import dataclass
from enum import Enum

import numpy as np

from placedex.errors import BadSpec
from placedex.observations.panel import FloatArray
from placedex.stats.correlation import correlations


class Gaps(Enum):
    """Which places count where some lack a part.

    `PAIRWISE` takes for each two parts the places that have both, as COINr does; `COMPLETE` takes
    only the places that have every part.
    """

    PAIRWISE = "pairwise"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Alpha:
    """Cronbach's alpha of some parts; `standardised` is that of parts with equal spread.

    `places` are those that have every part. Below nought the parts pull against each other.
    """

    raw: float
    standardised: float
    parts: int
    places: int


def cronbach_alpha(values: FloatArray, *, gaps: Gaps = Gaps.PAIRWISE) -> Alpha:
    """How far some parts speak of one thing: 1 if they say the same, 0 if they share nothing.

    With k parts, raw alpha is k squared times the mean covariance of two parts over the sum of all
    covariances; the standardised one is k r / (1 + (k - 1) r), r the mean correlation of two.
    Shape:  (places, parts) in.
    Gaps:   see `Gaps`.
    Errors: BadSpec for fewer than two parts, a part that is the same everywhere, two parts that
            fewer than two places have, or parts that add up to the same everywhere.
    Source: Cronbach (1951), Psychometrika 16, 297; COINr, get_cronbach.
    """
    parts = values.shape[1]
    if parts < 2:
        raise BadSpec(
            f"Cronbach's alpha was asked of {parts} part. Wanted at least two. Ask it of a "
            "component with more parts."
        )
    complete = ~np.isnan(values).any(axis=1)
    if gaps is Gaps.COMPLETE:
        values = values[complete]
    shared, related = covariances(values), correlations(values, complete=False)
    _refuse_flat(shared, related)
    total = float(shared.sum())
    if abs(total) <= 1e-12 * float(np.trace(shared)):
        raise BadSpec(
            "The parts add up to the same in every place, so that Cronbach's alpha has no number. "
            "Wanted a sum that differs. Take a part out."
        )
    others = (total - float(np.trace(shared))) / (parts * (parts - 1))
    mean = float((related.sum() - np.trace(related)) / (parts * (parts - 1)))
    below = 1 + (parts - 1) * mean
    standardised = parts * mean / below if abs(below) > 1e-12 else np.nan
    return Alpha(parts**2 * others / total, standardised, parts, int(complete.sum()))


def covariances(values: FloatArray) -> FloatArray:
    """The covariance of each two columns on the rows that have both, divisor n - 1.

    Shape:  (rows, columns) in, (columns, columns) out.
    Gaps:   each covariance takes the means of its own rows; fewer than two rows give none.
    """
    known = (~np.isnan(values)).astype(np.float64)
    count = known.sum(axis=0)
    centre = np.nan_to_num(values).sum(axis=0) / np.maximum(count, 1)
    apart = np.where(known > 0, values - centre, 0.0)
    both = known.T @ known
    sums = apart.T @ known
    with np.errstate(divide="ignore", invalid="ignore"):
        found = (apart.T @ apart - sums * sums.T / both) / (both - 1)
    return np.asarray(np.where(both < 2, np.nan, found))


def _refuse_flat(shared: FloatArray, related: FloatArray) -> None:
    if np.isnan(shared).any():
        column = int(np.argmax(np.isnan(shared).sum(axis=1)))
        raise BadSpec(
            f"part {column + 1} and another are both known for fewer than two places. Wanted two. "
            "Fill the gaps, or take it out."
        )
    flat = np.isnan(np.diag(related))
    if flat.any():
        raise BadSpec(
            f"part {int(np.argmax(flat)) + 1} is the same in every place. Wanted parts that "
            "differ. Take it out."
        )
