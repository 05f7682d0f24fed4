"""Drawn fillings: gaps that a step fills, each moved about what it is filled with by its error."""

import dataclasses
from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.index.codes import OFF_THE_SCALE
from placedex.index.faults import fault_words
from placedex.index.fill_kernels import moved
from placedex.index.fillings import Filling, PlacedFilling, VariedFilling
from placedex.index.impute import Impute
from placedex.index.model_fillings import JointNormal, Regression
from placedex.index.program import Chance, FloatArray
from placedex.index.step import State


@dataclass(frozen=True, slots=True, eq=False)
class Noise:
    """By how many standard errors filled figures move in one replicate, on which scale.

    Shape:  `chance.noise` (leaves, places), in the order of `leaves` and `places`; no number at
            all if filled figures are not drawn.
    """

    chance: Chance
    leaves: tuple[str, ...]
    places: tuple[str, ...]

    def of(self, codes: tuple[str, ...], places: tuple[str, ...]) -> FloatArray:
        """The numbers for some places and leaves, (places, leaves)."""
        row = {code: number for number, code in enumerate(self.leaves)}
        column = {code: number for number, code in enumerate(self.places)}
        at = np.ix_([row[code] for code in codes], [column[code] for code in places])
        return np.asarray(self.chance.noise[at].T)


def fill_drawn(step: Impute, state: State, noise: Noise) -> State:
    """The state with gaps filled, each filled figure moved as the draw has it.

    A filling that tells no error of what it fills is not moved.
    Errors: BadSpec as the filling, or if a figure would leave the scale on which it is drawn.
    """
    filling = _narrowed(step.filling, state.panel.codes)
    if not noise.chance.noise.size or not isinstance(filling, VariedFilling):
        return dataclasses.replace(step, filling=filling).apply(state)
    panel = state.panel
    if isinstance(filling, PlacedFilling):
        filling = filling.within(state.hierarchy, panel.codes)
    places = tuple(place.code for place in panel.places)
    apart = noise.of(panel.codes, places)
    if isinstance(filling, JointNormal):
        values, by = filling.fill_and_move(panel.values, apart)
    elif isinstance(filling, VariedFilling):
        values, variances = filling.fill_with_variance(panel.values, places)
        by = np.nan_to_num(np.sqrt(variances)) * apart
    leaf = {code: number for number, code in enumerate(noise.leaves)}
    filled = np.isnan(panel.values) & ~np.isnan(values) & (by != 0)
    for row, column in np.argwhere(filled):
        code = panel.codes[column]
        scale, whole = noise.chance.scales[leaf[code]], noise.chance.wholes[leaf[code]]
        values[row, column] = moved(values[row, column], by[row, column], scale, whole)
        if np.isnan(values[row, column]):
            raise BadSpec(fault_words(OFF_THE_SCALE, code))
    return state.with_panel(panel.with_values(values))


def _narrowed(filling: Filling, codes: tuple[str, ...]) -> Filling:
    """The filling without what it says of indicators that are left out."""
    if not isinstance(filling, Regression) or not filling.on:
        return filling
    there = tuple(code for code in filling.on if code in codes)
    # With none left it stays as it is, and says so: it would serve itself with all others.
    return dataclasses.replace(filling, on=there) if there else filling
