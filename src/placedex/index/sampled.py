"""Sampled: which figures are drawn in each replicate, those that steps fill among them, and how."""

import numpy as np

from placedex.errors import BadSpec
from placedex.index.choices import Choices
from placedex.index.codes import (
    FILL_JOINT_NORMAL,
    FILL_MEAN,
    FILL_ROWS,
    LOG,
    LOG_ODDS,
    LOGARITHMS,
    PLAIN,
    TREAT,
)
from placedex.index.errors_from_intervals import Identity, Log, Logit
from placedex.index.plan import Compiled, Frame
from placedex.index.program import Chance, Figures, IntArray, no_chance

NO_CELLS = np.empty((0, 2), dtype=np.int64)


def chance_of(choices: Choices, frame: Frame) -> Chance:
    """The scale on which the figures of each indicator are drawn."""
    chance = no_chance(len(frame.leaves))
    for leaf, code in enumerate(frame.leaves):
        scale = Identity() if choices.sampling is None else choices.sampling.scale(code)
        if isinstance(scale, Identity):
            continue
        if not isinstance(scale, (Log, Logit)):
            raise NotImplementedError(
                f"Sampling of '{code}' on the scale '{scale.words}' has no compiled kernel. Wanted "
                "Identity, Log or Logit."
            )
        chance.wholes[leaf] = scale.whole if isinstance(scale, Logit) else 1.0
        chance.scales[leaf] = LOG_ODDS if isinstance(scale, Logit) else LOGARITHMS
    return chance


def gaps_of(choices: Choices, frame: Frame, compiled: Compiled) -> IntArray:
    """Leaf and place of each missing figure, if it is drawn where a step fills it."""
    codes = compiled.programs.codes
    fills = (codes >= FILL_MEAN) & (codes <= FILL_JOINT_NORMAL)
    if choices.sampling is None or not choices.sampling.imputed or not fills.any():
        return NO_CELLS
    gaps = np.isnan(frame.values)
    treated = np.cumsum((codes >= TREAT) & (codes <= LOG), axis=1) > 0
    for code in choices.sampling.scales if (fills & treated).any() else ():
        if gaps[frame.leaves.index(code)].any() and choices.sampling.scale(code) != Identity():
            raise NotImplementedError(
                f"Sampling of '{code}' on a scale of its own has no compiled kernel where gaps are "
                "filled after the step treat. Wanted the step impute before it, or no such scale."
            )
    return np.argwhere(gaps).astype(np.int64)


def figures_of(choices: Choices, frame: Frame, chance: Chance, gaps: IntArray) -> Figures:
    """The figures and their errors, each on the scale on which it is drawn."""
    values, errors = frame.values, frame.errors
    centres, spread = values.copy(), errors.copy()
    sure = np.isnan(values) | ~(errors > 0)
    for leaf in np.flatnonzero(chance.scales != PLAIN):
        if choices.sampling is None:
            break
        scale, drawn = choices.sampling.scale(frame.leaves[leaf]), ~sure[leaf]
        if not scale.defined(values[leaf, drawn]).all():
            raise BadSpec(
                f"The figures of '{frame.leaves[leaf]}' are to be drawn on {scale.words}, and one "
                "lies where there are none. Wanted another scale."
            )
        centres[leaf, drawn] = scale.of(values[leaf, drawn])
        spread[leaf, drawn] *= scale.slope(values[leaf, drawn])
    cells = np.argwhere(~sure).astype(np.int64) if choices.sampling is not None else NO_CELLS
    at = (cells[:, 0], cells[:, 1])
    return Figures(values[np.newaxis], cells, centres[at], spread[at], gaps, False)


def fills_hang_on_inclusion(choices: Choices, compiled: Compiled) -> bool:
    """Whether gaps are filled from indicators of which some may be left out."""
    codes = compiled.programs.codes
    together = (codes >= FILL_ROWS) & (codes <= FILL_JOINT_NORMAL)
    return choices.inclusion is not None and bool(together.any())
