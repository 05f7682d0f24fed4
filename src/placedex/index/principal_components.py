"""Principal components: what the children of a node have in common, and weights from it."""

from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.observations.panel import FloatArray
from placedex.stats.correlation import correlations

__all__ = ["Components", "correlations", "principal_components"]

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
