"""Impute: missing values filled by a stated method, never silently."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from placedex.errors import BadSpec
from placedex.index.fillings import (
    DatedFilling,
    Filling,
    GroupMean,
    GroupMedian,
    Mean,
    Median,
    NoFilling,
    PlacedFilling,
    RowMean,
    VariedFilling,
)
from placedex.index.hierarchy import Hierarchy
from placedex.index.model_fillings import JointNormal, Regression
from placedex.index.multivariate import BoolArray
from placedex.index.step import Flag, State
from placedex.index.time_fillings import CarriedForward, FromOtherTimes, LinearInside
from placedex.observations import Status
from placedex.observations.panel import FloatArray

__all__ = ["IMPUTATIONS", "Filling", "GroupMean", "Impute", "Mean", "Median"]


@dataclass(frozen=True, slots=True)
class Impute:
    """Fill missing values by one method; every filled one is marked as imputed.

    A filled value keeps its method, and the time it was taken from, in a flag, and how sure it is
    in the panel's standard errors; figures that were there keep theirs.
    """

    filling: Filling
    verb: str = "impute"

    @property
    def words(self) -> str:
        """What the step does."""
        if isinstance(self.filling, NoFilling):
            return "A missing value is not filled."
        return f"A missing value is filled with {self.filling.words}, and marked as imputed."

    def check_order(self, hierarchy: Hierarchy, *, before: tuple[str, ...]) -> None:
        """Refuse a filling that would read figures on another scale than it takes them for."""
        if isinstance(self.filling, FromOtherTimes):
            changed = [verb for verb in before if verb in {"treat", "normalise"}]
            if changed:
                raise BadSpec(
                    f"Step impute: figures of other times are to fill gaps after the step "
                    f"{changed[0]}, which puts those of this time on another scale. Wanted it "
                    f"before {changed[0]}. Move the step."
                )
        falling = [leaf.code for leaf in hierarchy.leaves if leaf.direction < 0]
        if isinstance(self.filling, RowMean) and falling and "normalise" in before:
            raise BadSpec(
                f"Step impute, indicator '{falling[0]}': lower is better, which the step normalise "
                "has applied already, and the mean of a row would apply it again. Wanted it before "
                "normalise. Move the step."
            )

    def apply(self, state: State) -> State:
        """The state with gaps filled, and a flag for each value that was."""
        panel = state.panel
        places = tuple(place.code for place in panel.places)
        filling = self.filling
        if isinstance(filling, PlacedFilling):
            filling = filling.within(state.hierarchy, panel.codes)
        if isinstance(filling, VariedFilling):
            values, variances = filling.fill_with_variance(panel.values, places)
        else:
            values = filling.fill(panel.values, places)
            variances = np.full(values.shape, np.nan)
        filled = np.isnan(panel.values) & ~np.isnan(values)
        statuses = np.where(filled, Status.IMPUTED, panel.statuses).astype(np.uint8)
        errors = np.where(filled, np.sqrt(variances), panel.errors)
        made = replace(panel.with_values(values, statuses=statuses), errors=errors)
        times = np.full(values.shape, np.nan)
        if isinstance(filling, DatedFilling):
            times = filling.times(panel.values, places)
        return state.with_panel(made).flagged(*self._flags(state, filled, times))

    def _flags(self, state: State, filled: BoolArray, times: FloatArray) -> list[Flag]:
        panel = state.panel
        flags = []
        for row, column in np.argwhere(filled):
            when = "" if np.isnan(times[row, column]) else f" (of {times[row, column]:g})"
            indicator, place = panel.indicators[column], panel.places[row]
            words = (
                f"{indicator.name} of {place.name} is missing and was filled with "
                f"{self.filling.words}{when}."
            )
            flags.append(Flag("imputed", words, indicator.code, place.code))
        return flags


IMPUTATIONS: Mapping[str, type[Filling]] = {
    "none": NoFilling,
    "mean": Mean,
    "median": Median,
    "group mean": GroupMean,
    "group median": GroupMedian,
    "row mean": RowMean,
    "last observation": CarriedForward,
    "linear": LinearInside,
    "regression": Regression,
    "EM": JointNormal,
}
