"""Placebo tests: each other place is treated as if it were the one, to see how odd that one is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from placedex.stats.synthetic_control import Synthetic, synthetic_control

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Placebos:
    """The gap of each place from its own mix, and how odd the first place's is among them.

    Attributes:
        own: the synthetic control of the first place.
        ratios: mean squared gap after over that before, in the order of the columns.
        befores: the mean squared gap before.
        gaps: (periods, places).
        rank: of the first place's ratio, 1 the largest.
        chance: rank over places: how often one as large would come by chance, if the place that
            was treated had been drawn by lot.
    """

    own: Synthetic
    ratios: FloatArray
    befores: FloatArray
    gaps: FloatArray
    rank: int
    chance: float


def placebos(outcomes: FloatArray, *, begins: int) -> Placebos:
    """The placebo test of the first place against every other, by the outcome alone.

    The place that was treated is a donor of no other: what came over it would be in their mix.
    Shape:  outcomes (periods, places), the treated first.
    Source: Abadie, Diamond and Hainmueller (2010), JASA 105, 493.
    """
    others = outcomes[:, 1:]
    found = [synthetic_control(outcomes[:, 0], others, begins=begins)]
    found += [
        synthetic_control(others[:, at], np.delete(others, at, axis=1), begins=begins)
        for at in range(others.shape[1])
    ]
    ratios = np.array([one.ratio for one in found])
    rank = int((ratios >= ratios[0]).sum())
    return Placebos(
        found[0],
        ratios,
        np.array([one.before for one in found]),
        np.column_stack([one.gap for one in found]),
        rank,
        rank / ratios.size,
    )
