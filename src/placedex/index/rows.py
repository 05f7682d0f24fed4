"""Rows: results as rows of plain values, ready for JSON and CSV."""

from collections.abc import Sequence

import numpy as np

Cell = str | int | float | bool | None
Row = dict[str, Cell]


def cell(value: object) -> Cell:
    """A plain value: whole numbers without a point, and nothing where a number is missing."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        number = float(value)
        return number if np.isfinite(number) else None
    raise TypeError(f"{type(value).__name__} is no cell of a row. Wanted text or a number.")


def label(names: Sequence[str], number: int) -> str:
    """The name of a row or a column, or its number from 1 where no name is given."""
    return names[number] if names else str(number + 1)
