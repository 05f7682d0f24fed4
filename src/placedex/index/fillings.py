"""Fillings: the ways to fill missing values, each an object with its parameters."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol, runtime_checkable

import numpy as np

from placedex.index.hierarchy import Hierarchy
from placedex.index.parameters import FOUND_BY_STEP
from placedex.index.points import highest, lowest
from placedex.observations.panel import FloatArray
from placedex.stats import quantile

Filled = tuple[FloatArray, FloatArray]


class Filling(Protocol):
    """A way to fill missing values."""

    @property
    def words(self) -> str:
        """What the missing values are filled with."""
        ...

    def fill(self, values: FloatArray, places: tuple[str, ...]) -> FloatArray:
        """The values with gaps filled where the method can; (places, indicators) in and out."""
        ...


@runtime_checkable
class VariedFilling(Protocol):
    """A filling that says how sure each filled value is."""

    def fill_with_variance(self, values: FloatArray, places: tuple[str, ...]) -> Filled:
        """The values filled, and a variance for each that was; missing for all others.

        Shape:  (places, indicators) in and twice out. A variance is also missing where a value was
                filled and nothing tells how sure it is.
        """
        ...


@runtime_checkable
class PlacedFilling(Protocol):
    """A filling that must know which indicators it fills, and where in the hierarchy they are."""

    def within(self, hierarchy: Hierarchy, codes: tuple[str, ...]) -> Filling:
        """The filling for columns of these codes."""
        ...


@runtime_checkable
class DatedFilling(Protocol):
    """A filling that takes figures of other times."""

    def times(self, values: FloatArray, places: tuple[str, ...]) -> FloatArray:
        """The time from which each filled value comes; missing for all others."""
        ...


def _donated(values: FloatArray, centre: FloatArray) -> Filled:
    """Gaps filled with a centre of each column, and the sample variance of those that know it."""
    known = ~np.isnan(values)
    count = known.sum(axis=0)
    # Sums run over sorted values, so that the order of places is nothing to the last digit.
    ordered = np.sort(values, axis=0)
    mean = np.nansum(ordered, axis=0) / np.maximum(count, 1)
    squares = np.nansum((ordered - mean) ** 2, axis=0)
    variance = np.where(count > 1, squares / np.maximum(count - 1, 1), np.nan)
    filled = np.where(known, values, centre)
    return filled, np.where(known | np.isnan(filled), np.nan, variance)


def _mean(values: FloatArray) -> FloatArray:
    count = np.sum(~np.isnan(values), axis=0)
    total = np.nansum(np.sort(values, axis=0), axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _median(values: FloatArray) -> FloatArray:
    return quantile(values.T, 0.5)


@dataclass(frozen=True, slots=True)
class NoFilling:
    """Nothing is filled; a gap stays missing and its weight is shared by the rest."""

    words: str = "nothing"

    def fill(self, values: FloatArray, places: tuple[str, ...]) -> FloatArray:
        """The values as they are."""
        return self.fill_with_variance(values, places)[0]

    def fill_with_variance(self, values: FloatArray, places: tuple[str, ...]) -> Filled:
        """The values as they are, and no variance."""
        return values.copy(), np.full(values.shape, np.nan)


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of the places that have the indicator."""

    words: str = "the mean of the places that have the figure"

    def fill(self, values: FloatArray, places: tuple[str, ...]) -> FloatArray:
        """The values with each gap filled by its column's mean."""
        return self.fill_with_variance(values, places)[0]

    def fill_with_variance(self, values: FloatArray, places: tuple[str, ...]) -> Filled:
        """The values filled, and the sample variance of the places that have the figure."""
        return _donated(values, _mean(values))


@dataclass(frozen=True, slots=True)
class Median:
    """The median of the places that have the indicator."""

    words: str = "the median of the places that have the figure"

    def fill(self, values: FloatArray, places: tuple[str, ...]) -> FloatArray:
        """The values with each gap filled by its column's median."""
        return self.fill_with_variance(values, places)[0]

    def fill_with_variance(self, values: FloatArray, places: tuple[str, ...]) -> Filled:
        """The values filled, and the sample variance of the places that have the figure."""
        return _donated(values, _median(values))


@dataclass(frozen=True, slots=True)
class GroupMean:
    """The mean of the places of the same group; a group that has none stays missing.

    A place without a group, or with an empty one, is not filled, nor does it fill others; if no
    groups are given at all, all places are one.
    """

    groups: Mapping[str, str]
    words: str = "the mean of the places of the same group that have the figure"

    def fill(self, values: FloatArray, places: tuple[str, ...]) -> FloatArray:
        """The values with each gap filled by the mean of its group."""
        return self.fill_with_variance(values, places)[0]

    def fill_with_variance(self, values: FloatArray, places: tuple[str, ...]) -> Filled:
        """The values filled, and the sample variance of the places of the group."""
        filled, variances = values.copy(), np.full(values.shape, np.nan)
        for rows in _group_rows(self.groups, places):
            filled[rows], variances[rows] = _donated(values[rows], _mean(values[rows]))
        return filled, variances


@dataclass(frozen=True, slots=True)
class GroupMedian:
    """The median of the places of the same group; a group that has none stays missing."""

    groups: Mapping[str, str]
    words: str = "the median of the places of the same group that have the figure"

    def fill(self, values: FloatArray, places: tuple[str, ...]) -> FloatArray:
        """The values with each gap filled by the median of its group."""
        return self.fill_with_variance(values, places)[0]

    def fill_with_variance(self, values: FloatArray, places: tuple[str, ...]) -> Filled:
        """The values filled, and the sample variance of the places of the group."""
        filled, variances = values.copy(), np.full(values.shape, np.nan)
        for rows in _group_rows(self.groups, places):
            filled[rows], variances[rows] = _donated(values[rows], _median(values[rows]))
        return filled, variances


def _group_rows(groups: Mapping[str, str], places: tuple[str, ...]) -> list[list[int]]:
    """The rows of each group; all rows are one if there is no group at all."""
    if not groups:
        return [list(range(len(places)))]
    rows: dict[str, list[int]] = {}
    for row, code in enumerate(places):
        if groups.get(code):
            rows.setdefault(groups[code], []).append(row)
    return list(rows.values())


@dataclass(frozen=True, slots=True)
class Block:
    """Columns that are filled from one another: those of a component, or all."""

    codes: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    directions: tuple[float, ...] = ()

    def columns(self, count: int) -> list[list[int]]:
        """The numbers of the columns that belong together."""
        parents = self.parents or ("",) * count
        return [
            [number for number, one in enumerate(parents) if one == parent]
            for parent in dict.fromkeys(parents)
        ]


def block_of(hierarchy: Hierarchy, codes: tuple[str, ...], *, by_component: bool) -> Block:
    """The block that columns of these codes make."""
    leaves = [hierarchy[code] for code in codes]
    return Block(
        codes,
        tuple(leaf.parent or "" for leaf in leaves) if by_component else (),
        tuple(1.0 if leaf.direction > 0 else -1.0 for leaf in leaves),
    )


ALL_TOGETHER = Block()


@dataclass(frozen=True, slots=True)
class RowMean:
    """How well the place does on the other indicators of the component, or on all of them.

    Each indicator is put between its worst and its best figure, 0 to 1; a gap takes the mean of the
    place's others and is put back into the indicator's unit. One that is the same in every place
    tells nothing: it does not count, and its own gaps take that figure (of two places or more).
    Source: Becker et al. (2022), COINr, Impute by row.
    """

    by_component: bool = True
    block: Block = field(default=ALL_TOGETHER, metadata=FOUND_BY_STEP)

    @property
    def words(self) -> str:
        """What the missing values are filled with."""
        which = "the other indicators of its component" if self.by_component else "all others"
        return f"what the place's mean position on {which} amounts to"

    def within(self, hierarchy: Hierarchy, codes: tuple[str, ...]) -> "RowMean":
        """The filling for columns of these codes."""
        return replace(self, block=block_of(hierarchy, codes, by_component=self.by_component))

    def fill(self, values: FloatArray, places: tuple[str, ...]) -> FloatArray:
        """The values with each gap filled from its row."""
        return self.fill_with_variance(values, places)[0]

    def fill_with_variance(self, values: FloatArray, places: tuple[str, ...]) -> Filled:
        """The values filled, and the sample variance of the row's others in the same unit."""
        filled, variances = np.empty(values.shape), np.empty(values.shape)
        directions = np.array(self.block.directions or (1.0,) * values.shape[1])
        for columns in self.block.columns(values.shape[1]):
            filled[:, columns], variances[:, columns] = _from_rows(
                values[:, columns], directions[columns]
            )
        return filled, variances


def _from_rows(values: FloatArray, directions: FloatArray) -> Filled:
    turned = (values * directions).T
    low, span = lowest(turned), highest(turned) - lowest(turned)
    useful = np.where(span > 0, span, np.nan)
    positions = (turned - low) / useful
    means, variances = _donated(positions, _mean(positions))
    several = np.sum(~np.isnan(turned), axis=-1, keepdims=True) > 1
    alike = (span == 0) & several & np.isnan(turned)
    back = np.where(alike, low, means * useful + low).T * directions
    spread = np.where(alike, 0.0, variances * useful**2).T
    gaps = np.isnan(values)
    return np.where(gaps, back, values), np.where(gaps & ~np.isnan(back), spread, np.nan)
