"""Screen: indicators and places with too few figures are set aside, and said to be."""

from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.index.step import Flag, State
from placedex.observations.panel import FloatArray

SATURATED = 0.5


def coverage(values: FloatArray, *, axis: int) -> FloatArray:
    """The share of values that are there, along an axis."""
    return np.asarray(np.mean(~np.isnan(values), axis=axis))


def most_common_share(values: FloatArray) -> float:
    """The share of the known values that are one and the same: 1 if the indicator is constant."""
    known = values[~np.isnan(values)]
    if known.size == 0:
        return 0.0
    return float(np.unique(known, return_counts=True)[1].max() / known.size)


@dataclass(frozen=True, slots=True)
class Screen:
    """Set aside indicators that few places have, and places that lack too many indicators.

    An indicator for which at least `saturated` of the places have one and the same value no longer
    tells them apart: it is flagged, and set aside if `drop_saturated`.
    """

    places: float = 0.0
    indicators: float = 0.0
    saturated: float = SATURATED
    drop_saturated: bool = False
    verb: str = "screen"

    @property
    def words(self) -> str:
        """What the step does."""
        act = "set aside" if self.drop_saturated else "flagged and kept"
        return (
            f"An indicator is used if at least {self.indicators:.0%} of the places have it; a "
            f"place is scored if it has at least {self.places:.0%} of the indicators used. An "
            f"indicator that is the same in {self.saturated:.0%} of the places or more is {act}."
        )

    def apply(self, state: State) -> State:
        """The state without what is set aside; a flag says why for each."""
        flags, gone = self._indicators(state)
        if len(gone) == len(state.hierarchy.leaves):
            raise BadSpec(
                "Step screen: no indicator is left. Wanted one that enough places have. Add "
                "figures, or lower the coverage that is asked for."
            )
        hierarchy = state.hierarchy.without(gone)
        flags += [
            Flag(
                "missing component", f"{node.name} has no figure for this kind of place.", node.code
            )
            for node in state.hierarchy.components
            if node.code not in {kept.code for kept in hierarchy}
        ]
        panel = state.panel.select(leaf.code for leaf in hierarchy.leaves)
        covered = coverage(panel.values, axis=1)
        kept = covered >= self.places
        flags += [
            Flag(
                "thin coverage",
                f"{place.name} has {share:.0%} of the indicators used, fewer than the "
                f"{self.places:.0%} asked for: it is not scored.",
                place=place.code,
            )
            for place, share, enough in zip(panel.places, covered, kept, strict=True)
            if not enough
        ]
        if not kept.any():
            raise BadSpec(
                f"Step screen: no place has {self.places:.0%} of the indicators. Wanted one that "
                "does. Add figures, or lower the coverage that is asked for."
            )
        return State(panel.keep(kept), hierarchy, (*state.flags, *flags))

    def _indicators(self, state: State) -> tuple[list[Flag], list[str]]:
        flags: list[Flag] = []
        gone: list[str] = []
        for leaf in state.hierarchy.leaves:
            values = state.panel.of(leaf.code)
            share = float(coverage(values, axis=0))
            same = most_common_share(values)
            if share == 0 or share < self.indicators:
                gone.append(leaf.code)
                flags.append(
                    Flag(
                        "few places",
                        f"{leaf.name} is published for {share:.0%} of these places: set aside.",
                        leaf.code,
                    )
                )
            elif same >= self.saturated and values.size > 1:
                act = "set aside" if self.drop_saturated else "kept"
                gone += [leaf.code] if self.drop_saturated else []
                flags.append(
                    Flag(
                        "saturated",
                        f"{leaf.name} is {_common(values):g} in {same:.0%} of these places, so it "
                        f"no longer tells them apart: {act}.",
                        leaf.code,
                    )
                )
        return flags, gone


def _common(values: FloatArray) -> float:
    found, counts = np.unique(values[~np.isnan(values)], return_counts=True)
    return float(found[np.argmax(counts)])
