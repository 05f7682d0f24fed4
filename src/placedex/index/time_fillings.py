"""Fillings from time: a missing value filled from the same place's figures of other times."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from placedex.errors import BadSpec
from placedex.index.carry import NONE, Carried, carry_forward, fill_linearly
from placedex.index.fillings import Filled
from placedex.index.hierarchy import Hierarchy
from placedex.index.parameters import FOUND_BY_STEP
from placedex.observations import Panel
from placedex.observations.panel import FloatArray

Edition = tuple[float, Panel]


@dataclass(frozen=True, slots=True)
class FromOtherTimes(ABC):
    """A filling from editions of other times; `now` is the time of the one that is filled."""

    now: float
    codes: tuple[str, ...] = field(default=(), kw_only=True, metadata=FOUND_BY_STEP)

    def within(self, hierarchy: Hierarchy, codes: tuple[str, ...]) -> Self:
        """The filling for columns of these codes."""
        return replace(self, codes=codes)

    def fill(self, values: FloatArray, places: tuple[str, ...]) -> FloatArray:
        """The values with each gap filled from other editions."""
        return self.fill_with_variance(values, places)[0]

    def fill_with_variance(self, values: FloatArray, places: tuple[str, ...]) -> Filled:
        """The values filled, and the variance of a random walk from where they come."""
        carried, row, _ = self._carry(values, places)
        return carried.values[:, row].T, carried.variances[:, row].T

    def times(self, values: FloatArray, places: tuple[str, ...]) -> FloatArray:
        """The time of the edition from which each filled value comes, the earlier of two."""
        carried, row, moments = self._carry(values, places)
        sources = carried.sources[:, row].T
        taken = np.isnan(values) & (sources != NONE)
        return np.where(taken, moments[np.maximum(sources, 0)], np.nan)

    @abstractmethod
    def _carry(
        self, values: FloatArray, places: tuple[str, ...]
    ) -> tuple[Carried, int, FloatArray]:
        """All editions filled, the number of this one, and their times."""


@dataclass(frozen=True, slots=True)
class CarriedForward(FromOtherTimes):
    """The place's last figure of an earlier edition; a later one is never used (from Python alone).

    `earlier` holds the editions with their times (a year, say), and `now` is the time of the one
    that is filled; `most` is how many editions back a figure may come from. In a file it is the
    step scale that carries figures: `scale: {carry: 2}`.
    """

    earlier: tuple[Edition, ...]
    most: int | None = None
    words: str = "the place's last figure before it"

    def _carry(
        self, values: FloatArray, places: tuple[str, ...]
    ) -> tuple[Carried, int, FloatArray]:
        for time, _ in self.earlier:
            if time >= self.now:
                raise BadSpec(
                    f"Step impute: the edition of {time:g} is not earlier than {self.now:g}. "
                    "Wanted earlier ones only, since a later figure was not known then. Take it "
                    "out."
                )
        stacked, moments, row = _stack(values, places, self.codes, (self.now, self.earlier))
        return carry_forward(stacked, moments, most=self.most), row, moments


@dataclass(frozen=True, slots=True)
class LinearInside(FromOtherTimes):
    """The straight line between figures before and after; nothing beyond (from Python alone).

    `others` holds the other editions with their times, and `now` is the time of the one that is
    filled. It looks ahead, so that it is for back-casts and not for the newest edition. With
    `hold_ends`, the first and last figures stand for what is before and after them.
    """

    others: tuple[Edition, ...]
    hold_ends: bool = False
    words: str = "the straight line between the place's figures before and after"

    def _carry(
        self, values: FloatArray, places: tuple[str, ...]
    ) -> tuple[Carried, int, FloatArray]:
        stacked, moments, row = _stack(values, places, self.codes, (self.now, self.others))
        return fill_linearly(stacked, moments, hold_ends=self.hold_ends), row, moments


def _stack(
    values: FloatArray,
    places: tuple[str, ...],
    codes: tuple[str, ...],
    editions: tuple[float, tuple[Edition, ...]],
) -> tuple[FloatArray, FloatArray, int]:
    """All editions as (indicators, times, places), their times, and the row of this edition."""
    now, others = editions
    moments = [now, *(time for time, _ in others)]
    if len(set(moments)) < len(moments):
        raise BadSpec(
            f"Step impute: two editions are of the same time, of {sorted(moments)}. Wanted each "
            "once, and this one not among the others. Take one out."
        )
    if len(codes) != values.shape[1]:
        raise BadSpec(
            f"Step impute: {len(codes)} codes for {values.shape[1]} indicators. Wanted a code for "
            "each column, to find it in the other editions. Use `within`, as the step does."
        )
    figures = [values, *(_aligned(panel, places, codes) for _, panel in others)]
    order = np.argsort(moments)
    stacked = np.stack([figures[number] for number in order])
    rising = np.array(moments, dtype=np.float64)[order]
    return np.moveaxis(stacked, -1, 0), rising, int(np.flatnonzero(order == 0)[0])


def _aligned(panel: Panel, places: tuple[str, ...], codes: tuple[str, ...]) -> FloatArray:
    """A panel's values for these places and indicators; missing where it lacks one."""
    rows = {place.code: number for number, place in enumerate(panel.places)}
    columns = {code: number for number, code in enumerate(panel.codes)}
    padded = np.pad(panel.values, ((0, 1), (0, 1)), constant_values=np.nan)
    found = [rows.get(code, len(rows)) for code in places]
    return padded[np.ix_(found, [columns.get(code, len(columns)) for code in codes])]
