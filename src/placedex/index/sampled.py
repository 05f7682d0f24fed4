"""Sampled: which figures are drawn in each replicate, those that steps fill among them, and how."""

import numpy as np

from placedex.errors import BadSpec
from placedex.index.choices import Choices
from placedex.index.codes import (
    FILL_JOINT_NORMAL,
    FILL_ROWS,
    LOG_ODDS,
    LOGARITHMS,
    PLAIN,
)
from placedex.index.errors_from_intervals import Identity, Log, Logit
from placedex.index.fillings import NoFilling
from placedex.index.impute import Impute
from placedex.index.plan import Compiled, Frame
from placedex.index.program import Chance, Figures, IntArray, no_chance
from placedex.index.spec import Spec

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
                f"Sampling of '{code}' on the scale '{scale.words}' is not known. Wanted "
                "Identity, Log or Logit."
            )
        chance.wholes[leaf] = scale.whole if isinstance(scale, Logit) else 1.0
        chance.scales[leaf] = LOG_ODDS if isinstance(scale, Logit) else LOGARITHMS
    return chance


def gaps_of(choices: Choices, frame: Frame, specs: tuple[Spec, ...]) -> IntArray:
    """Leaf and place of each missing figure, if it is drawn where a step of any spec fills it."""
    if choices.sampling is None or not choices.sampling.imputed:
        return NO_CELLS
    # In each spec the verbs up to a filling: what was done to figures before gaps are filled.
    before = [
        {earlier.verb for earlier in spec.steps[frame.head : at]}
        for spec in specs
        for at, step in enumerate(spec.steps)
        if isinstance(step, Impute) and not isinstance(step.filling, NoFilling)
    ]
    if not before:
        return NO_CELLS
    gaps = np.isnan(frame.values)
    treated = any("treat" in verbs for verbs in before)
    for code in choices.sampling.scales if treated else ():
        if gaps[frame.leaves.index(code)].any() and choices.sampling.scale(code) != Identity():
            raise NotImplementedError(
                f"Sampling of '{code}' on a scale of its own cannot be done where gaps are filled "
                "after the step treat. Wanted the step impute before it, or no such scale."
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
