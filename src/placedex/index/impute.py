"""Impute: missing values filled by a stated method, never silently."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from placedex.index.step import Flag, State
from placedex.observations import Status
from placedex.observations.panel import FloatArray


class Filling(Protocol):
    """A way to fill missing values."""

    @property
    def words(self) -> str:
        """What the missing values are filled with."""
        ...

    def fill(self, values: FloatArray, places: tuple[str, ...]) -> FloatArray:
        """The values with gaps filled where the method can; (places, indicators) in and out."""
        ...


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of the places that have the indicator."""

    words: str = "the mean of the places that have the figure"

    def fill(self, values: FloatArray, places: tuple[str, ...]) -> FloatArray:
        """The values with each gap filled by its column's mean."""
        return np.where(np.isnan(values), np.nanmean(values, axis=0), values)


@dataclass(frozen=True, slots=True)
class Median:
    """The median of the places that have the indicator."""

    words: str = "the median of the places that have the figure"

    def fill(self, values: FloatArray, places: tuple[str, ...]) -> FloatArray:
        """The values with each gap filled by its column's median."""
        return np.where(np.isnan(values), np.nanmedian(values, axis=0), values)


@dataclass(frozen=True, slots=True)
class GroupMean:
    """The mean of the places of the same group; a group that has none stays missing."""

    groups: Mapping[str, str]
    words: str = "the mean of the places of the same group that have the figure"

    def fill(self, values: FloatArray, places: tuple[str, ...]) -> FloatArray:
        """The values with each gap filled by the mean of its group."""
        filled = values.copy()
        labels = np.array([self.groups.get(code, "") for code in places])
        for label in np.unique(labels):
            rows = labels == label
            group = values[rows]
            known = ~np.isnan(group)
            counts = known.sum(axis=0)
            means = np.where(known, group, 0).sum(axis=0) / np.where(counts == 0, np.nan, counts)
            filled[rows] = np.where(known, group, means)
        return filled


@dataclass(frozen=True, slots=True)
class Impute:
    """Fill missing values by one method; every filled one is marked as imputed."""

    filling: Filling
    verb: str = "impute"

    @property
    def words(self) -> str:
        """What the step does."""
        return f"A missing value is filled with {self.filling.words}, and marked as imputed."

    def apply(self, state: State) -> State:
        """The state with gaps filled, and a flag for each value that was."""
        panel = state.panel
        codes = tuple(place.code for place in panel.places)
        values = self.filling.fill(panel.values, codes)
        filled = np.isnan(panel.values) & ~np.isnan(values)
        statuses = np.where(filled, Status.IMPUTED, panel.statuses).astype(np.uint8)
        flags = [
            Flag(
                "imputed",
                f"{panel.indicators[column].name} of {panel.places[row].name} is missing and was "
                f"filled with {self.filling.words}.",
                panel.indicators[column].code,
                panel.places[row].code,
            )
            for row, column in np.argwhere(filled)
        ]
        return state.with_panel(panel.with_values(values, statuses=statuses)).flagged(*flags)
