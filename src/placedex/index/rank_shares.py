"""Rank shares: of all that is possible, how much gives each place each rank."""

from dataclasses import dataclass, field

import numpy as np

from placedex.index.refusals import refuse_number
from placedex.observations.panel import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class RankShares:
    """For each place the share of errors, or of weights, that give it each rank.

    Shape:  of_ranks (places, ranks), row by row adding to 1. `draws` is nought where nothing was
            simulated.
    """

    of_ranks: FloatArray
    draws: int = field(default=0, kw_only=True)

    @property
    def simulation_errors(self) -> FloatArray:
        """The standard error that simulation leaves in each share of a rank."""
        if self.draws == 0:
            return np.where(np.isnan(self.of_ranks), np.nan, 0.0)
        return np.asarray(np.sqrt(self.of_ranks * (1 - self.of_ranks) / self.draws))

    def top(self, count: int) -> FloatArray:
        """The share of all that puts each place among the best few.

        Errors: BadSpec for fewer than one, or more than there are places.
        """
        places = self.of_ranks.shape[1]
        refuse_number(count, step="rank shares", what="best places", most=places)
        return np.asarray(self.of_ranks[:, :count].sum(axis=1))
