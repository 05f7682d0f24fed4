"""Judgement: weights that people give, by comparing parts two by two or by sharing out points."""

from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.observations.panel import FloatArray

# Saaty's random index for 1 to 15 parts: the mean inconsistency of comparisons made by chance.
RANDOM_INDEX = (
    0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59,
)  # fmt: skip
CONSISTENT = 0.10


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """Weights from comparisons two by two, and how far the comparisons contradict each other."""

    weights: FloatArray
    geometric: FloatArray
    largest_eigenvalue: float
    consistency_index: float
    consistency_ratio: float

    @property
    def consistent(self) -> bool:
        """Whether the comparisons agree well enough: a ratio of at most 0.10."""
        return self.consistency_ratio <= CONSISTENT


def compare_pairs(matrix: FloatArray) -> Compared:
    """The weights in a table of comparisons: how many times more each row counts than each column.

    `weights` are the principal eigenvector, `geometric` the geometric means of the rows; both add
    up to 1.
    Shape:  (parts, parts) in, (parts,) out.
    Errors: BadSpec for a table that is not square, has an entry that is not above nought, or whose
            entries across the diagonal are not one over each other; for more than 15 parts.
    Source: Saaty (1980), The Analytic Hierarchy Process; geometric means: Crawford and Williams
            (1985), Journal of Mathematical Psychology 29.
    """
    matrix = np.asarray(matrix, dtype=np.float64)
    _check(matrix)
    count = len(matrix)
    eigenvalues, vectors = np.linalg.eig(matrix)
    largest = int(np.argmax(eigenvalues.real))
    weights = np.abs(vectors[:, largest].real)
    means = np.exp(np.log(matrix).mean(axis=1))
    eigenvalue = float(eigenvalues[largest].real)
    chance = RANDOM_INDEX[count - 1]
    departs = (eigenvalue - count) / (count - 1) if count > 1 else 0.0
    return Compared(
        weights / weights.sum(),
        means / means.sum(),
        eigenvalue,
        departs,
        departs / chance if chance else 0.0,
    )


def _check(matrix: FloatArray) -> None:
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not len(matrix):
        raise BadSpec(
            f"the comparisons have the shape {matrix.shape}. Wanted a square table with a row and "
            "a column for each part."
        )
    if len(matrix) > len(RANDOM_INDEX):
        raise BadSpec(
            f"{len(matrix)} parts are compared two by two. Wanted at most {len(RANDOM_INDEX)}: "
            "nobody compares more without losing count. Group them under components."
        )
    if not np.all(matrix > 0) or not np.all(np.isfinite(matrix)):
        raise BadSpec(
            "a comparison is not above nought. Wanted a number such as 3, or 1/3 for the other "
            "way round, for each two parts."
        )
    # People write 0.33 for a third: two digits are enough.
    apart = np.abs(matrix * matrix.T - 1)
    if np.any(apart > 0.02):
        row, column = np.argwhere(apart > 0.02)[0]
        raise BadSpec(
            f"part {row + 1} against {column + 1} is {matrix[row, column]:g}, and the other way "
            f"round {matrix[column, row]:g}. Wanted one over the other. Mend one of the two."
        )


@dataclass(frozen=True, slots=True, eq=False)
class Allocated:
    """The mean share of each part, its spread over experts, and each expert's shares as a row.

    `spread` is the standard deviation with one less than the number of experts for divisor; it is
    missing if there is one expert.
    """

    weights: FloatArray
    spread: FloatArray
    experts: FloatArray


def allocation(points: FloatArray) -> Allocated:
    """The weights in the points that experts share out, each expert's made up to 1 first.

    Shape:  (experts, parts) in; weights and spread (parts,), experts (experts, parts).
    Errors: BadSpec for a blank, points below nought, or an expert who gave none.
    Source: OECD and JRC (2008), Handbook on Constructing Composite Indicators, step 6.
    """
    points = np.asarray(points, dtype=np.float64)
    if points.ndim != 2 or not points.size or not np.all((points >= 0) & np.isfinite(points)):
        raise BadSpec(
            "the points are not a table of numbers from nought upwards. Wanted a row for each "
            "expert and a number for each part; write 0 where an expert gave none."
        )
    totals = points.sum(axis=1, keepdims=True)
    if np.any(totals <= 0):
        raise BadSpec(
            f"expert {int(np.argmin(totals)) + 1} gave no points. Wanted some from every expert. "
            "Leave the expert out."
        )
    experts = points / totals
    alone = len(experts) < 2
    spread = np.full(points.shape[1], np.nan) if alone else experts.std(axis=0, ddof=1)
    return Allocated(experts.mean(axis=0), spread, experts)
