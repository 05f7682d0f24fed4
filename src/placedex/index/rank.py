"""Rank: the places of one kind in order, 1 for the highest score."""

from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.index.step import State
from placedex.observations import Status
from placedex.observations.panel import FloatArray
from placedex.stats import rank_descending

MOST_DECIMALS = 15


@dataclass(frozen=True, slots=True)
class Rank:
    """Rank the places on every node; places with the same score share the better rank.

    With `decimals`, scores are rounded to so many first, so that places that are published with the
    same score have the same rank.
    """

    verb: str = "rank"
    decimals: int | None = None

    def __post_init__(self) -> None:
        if self.decimals is not None and not 0 <= self.decimals <= MOST_DECIMALS:
            raise BadSpec(
                f"Step rank: scores are to be rounded to {self.decimals} decimals. Wanted a whole "
                f"number from 0 to {MOST_DECIMALS}, or none."
            )

    @property
    def words(self) -> str:
        """What the step does."""
        rounded = (
            ""
            if self.decimals is None
            else f"; scores are rounded to {self.decimals} decimals first"
        )
        return (
            "Places of one kind are put in order, 1 for the highest score; equal scores share "
            f"the better rank{rounded}."
        )

    def ranks(self, scores: FloatArray) -> FloatArray:
        """The rank of each score along the last axis, 1 for the highest."""
        rounded = scores if self.decimals is None else np.round(scores, self.decimals)
        return rank_descending(rounded)

    def apply(self, state: State) -> State:
        """The state with ranks in place of scores."""
        ranks = self.ranks(state.panel.values.T).T
        statuses = np.where(np.isnan(ranks), state.panel.statuses, Status.DERIVED)
        return state.with_panel(state.panel.with_values(ranks, statuses=statuses.astype(np.uint8)))
