"""Principal components: what the children of a node have in common, and weights from it."""

from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.observations.panel import FloatArray

# Loadings nearer to nought than this have no sign.
NO_SIGN = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """The principal components of some indicators, the one that explains most first.

    `vectors` has a column for each component: unit length, adding up to more than nought.
    """

    eigenvalues: FloatArray
    vectors: FloatArray

    @property
    def explained(self) -> FloatArray:
        """The share of the variance that each component explains."""
        return np.asarray(self.eigenvalues / self.eigenvalues.sum())

    @property
    def first(self) -> FloatArray:
        """The loadings of the first component, as a vector of unit length."""
        return self.vectors[:, 0]

    @property
    def squared(self) -> FloatArray:
        """The squared loadings of the first component: they add up to 1."""
        return np.asarray(self.first**2)

    @property
    def above_one(self) -> int:
        """How many components explain more than one indicator would alone (Kaiser's rule)."""
        return int(np.sum(self.eigenvalues > 1))

    @property
    def one_sign(self) -> bool:
        """Whether no indicator pulls against the first component."""
        return bool(np.all(self.first > -NO_SIGN))


def correlations(values: FloatArray, *, complete: bool = True) -> FloatArray:
    """Pearson's correlation of each two indicators.

    Shape:  (..., places, indicators) in, (..., indicators, indicators) out.
    Gaps:   a place that lacks any indicator is left out, or only where it lacks one of the two if
            not `complete`. An indicator that is everywhere the same has no correlation.
    """
    if complete:
        there = ~np.isnan(values).any(axis=-1, keepdims=True)
        values = np.where(there, values, np.nan)
    known = (~np.isnan(values)).astype(np.float64)
    count = known.sum(axis=-2, keepdims=True)
    centre = np.nan_to_num(values).sum(axis=-2, keepdims=True) / np.maximum(count, 1)
    apart = np.where(known > 0, values - centre, 0.0)
    turned, turned_known = np.swapaxes(apart, -1, -2), np.swapaxes(known, -1, -2)
    both = np.maximum(turned_known @ known, 1)
    sums, others = turned @ known, turned_known @ apart
    squares, other_squares = np.swapaxes(apart**2, -1, -2) @ known, turned_known @ apart**2
    across = turned @ apart - sums * others / both
    own, other = squares - sums**2 / both, other_squares - others**2 / both
    flat = (own <= 1e-14 * squares) | (other <= 1e-14 * other_squares)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.where(flat, np.nan, across / np.sqrt(own * other))
    return np.asarray(np.clip(found, -1.0, 1.0))


def principal_components(values: FloatArray, *, complete: bool = True) -> Components:
    """The principal components of indicators, each standardised first.

    Shape:  (places, indicators) in.
    Gaps:   as in `correlations`. COINr (get_PCA) leaves out a place that lacks any indicator.
    Errors: BadSpec if two indicators have no correlation: too few places, or one is constant.
    Source: OECD and JRC (2008), Handbook on Constructing Composite Indicators, step 4. The sign of
            a component is free: it is chosen so that its loadings add up to more than nought.
    """
    matrix = correlations(values, complete=complete)
    if np.isnan(matrix).any():
        column = int(np.argmax(np.isnan(matrix).sum(axis=1)))
        raise BadSpec(
            f"child {column + 1} has no correlation with the others: it is the same in every "
            "place, or too few places have it. Wanted three places that differ. Take it out, or "
            "fill its gaps."
        )
    eigenvalues, vectors = np.linalg.eigh(matrix)
    eigenvalues, vectors = eigenvalues[::-1], vectors[:, ::-1]
    sums = vectors.sum(axis=0)
    largest = vectors[np.argmax(np.abs(vectors), axis=0), np.arange(vectors.shape[1])]
    signs = np.where(np.abs(sums) > NO_SIGN, np.sign(sums), np.sign(largest))
    return Components(np.maximum(eigenvalues, 0.0), vectors * signs)
