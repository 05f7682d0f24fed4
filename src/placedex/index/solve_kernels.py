"""Solving kernels: small matrices in machine code, the same to the last digit on any machine.

A library of linear algebra may add in another order on another number of threads; this does not.
"""

import numpy as np

from placedex.index.kernels import compiled
from placedex.index.program import FloatArray

ROUNDS = 12


@compiled
def lower_root(matrix: FloatArray) -> bool:
    """Exchange a symmetric matrix for its lower root (Cholesky); false if it has none."""
    for column in range(matrix.shape[0]):
        for row in range(column, matrix.shape[0]):
            found = matrix[row, column]
            for inner in range(column):
                found -= matrix[row, inner] * matrix[column, inner]
            if row > column:
                matrix[row, column] = found / matrix[column, column]
            elif found > 0:
                matrix[row, column] = np.sqrt(found)
            else:
                return False
        matrix[column, column + 1 :] = 0.0
    return True


@compiled
def invert_lower(root: FloatArray, inverse: FloatArray) -> None:
    """The inverse of a lower triangle."""
    size = root.shape[0]
    inverse[:] = 0.0
    for row in range(size):
        for column in range(row):
            found = 0.0
            for inner in range(column, row):
                found -= root[row, inner] * inverse[inner, column]
            inverse[row, column] = found / root[row, row]
        inverse[row, row] = 1 / root[row, row]


@compiled
def square_of(root: FloatArray, square: FloatArray) -> None:
    """The transpose of a matrix times the matrix itself."""
    square[:] = 0.0
    for inner in range(root.shape[0]):
        for row in range(root.shape[1]):
            factor = root[inner, row]
            if factor != 0:
                for column in range(root.shape[1]):
                    square[row, column] += factor * root[inner, column]


@compiled
def solve_lower(root: FloatArray, values: FloatArray) -> None:
    """Exchange values for the answer of a lower triangle times it being the values."""
    for row in range(values.size):
        for inner in range(row):
            values[row] -= root[row, inner] * values[inner]
        values[row] /= root[row, row]


@compiled
def solve_turned(root: FloatArray, values: FloatArray) -> None:
    """The same for the lower triangle turned over, which is an upper one."""
    for row in range(values.size - 1, -1, -1):
        for inner in range(row + 1, values.size):
            values[row] -= root[inner, row] * values[inner]
        values[row] /= root[row, row]


@compiled
def longest_stretch(matrix: FloatArray) -> float:
    """By how much a matrix lengthens at most: its largest singular value, by repeated squaring."""
    size = matrix.shape[1]
    square, twice = np.empty((size, size)), np.empty((size, size))
    square_of(matrix, square)
    whole = square.copy()
    for _ in range(ROUNDS):
        largest = np.abs(square).max()
        if not largest > 0:
            return 0.0
        square /= largest
        square_of(square, twice)
        square[:] = twice
    # Each column of a high power lies along the direction that is lengthened most.
    best = 0
    for column in range(size):
        if square[column, column] > square[best, best]:
            best = column
    along = square[:, best] / np.sqrt((square[:, best] ** 2).sum())
    found = 0.0
    for row in range(size):
        for column in range(size):
            found += along[row] * whole[row, column] * along[column]
    return float(np.sqrt(found))
