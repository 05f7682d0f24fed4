"""Rank: the places of one kind in order, 1 for the highest score."""

from dataclasses import dataclass

import numpy as np

from placedex.index.step import State
from placedex.observations import Status
from placedex.stats import rank_descending


@dataclass(frozen=True, slots=True)
class Rank:
    """Rank the places on every node; places with the same score share the better rank."""

    verb: str = "rank"

    @property
    def words(self) -> str:
        """What the step does."""
        return (
            "Places of one kind are put in order, 1 for the highest score; equal scores share "
            "the better rank."
        )

    def apply(self, state: State) -> State:
        """The state with ranks in place of scores."""
        ranks = rank_descending(state.panel.values.T).T
        statuses = np.where(np.isnan(ranks), state.panel.statuses, Status.DERIVED)
        return state.with_panel(state.panel.with_values(ranks, statuses=statuses.astype(np.uint8)))
