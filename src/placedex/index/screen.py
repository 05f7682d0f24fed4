"""Screen: indicators and places with too few figures are set aside, and said to be."""

from dataclasses import KW_ONLY, dataclass

import numpy as np
from numpy.typing import NDArray

from placedex.errors import BadSpec
from placedex.index.hierarchy import Node
from placedex.index.step import Flag, State
from placedex.observations import Panel
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


def non_zero_share(values: FloatArray, *, axis: int) -> FloatArray:
    """The share of the known values that are not nought, along an axis; missing if none is known.

    A nought is a value and no gap. A screen by noughts is for figures in which a row of them
    betrays a publisher that writes 0 for what was not collected.
    """
    known = np.sum(~np.isnan(values), axis=axis).astype(np.float64)
    zeros = np.sum(values == 0, axis=axis)
    return np.where(known > 0, 1.0 - zeros / np.where(known > 0, known, 1.0), np.nan)


@dataclass(frozen=True, slots=True, eq=False)
class Availability:
    """What each place has of the indicators: counts, and the two shares that a screen looks at."""

    missing: NDArray[np.int64]
    zeros: NDArray[np.int64]
    missing_or_zero: NDArray[np.int64]
    coverage: FloatArray
    non_zero: FloatArray


def availability(values: FloatArray) -> Availability:
    """What each place has of the indicators.

    Shape:  (..., places, indicators) in; each part is (..., places).
    """
    missing = np.isnan(values).sum(axis=-1)
    zeros = (values == 0).sum(axis=-1)
    return Availability(
        missing,
        zeros,
        missing + zeros,
        coverage(values, axis=-1),
        non_zero_share(values, axis=-1),
    )


@dataclass(frozen=True, slots=True)
class Screen:
    """Set aside indicators that few places have, and places that lack too many indicators.

    A place is scored if it has at least the share `places` of the indicators, and at least
    `non_zero` of those that it has are not nought; one in `keep` is scored whatever it lacks, and
    one in `leave_out` never is. An indicator is used if at least the share `indicators` of the
    places have it, and at least `indicators_non_zero` of its figures are not nought. One for which
    at least `saturated` of the places have one and the same value no longer tells them apart: it is
    flagged, and set aside if `drop_saturated`.
    Source: Becker et al. (2022), COINr, Screen.
    """

    places: float = 0.0
    indicators: float = 0.0
    saturated: float = SATURATED
    drop_saturated: bool = False
    verb: str = "screen"
    _: KW_ONLY
    non_zero: float = 0.0
    indicators_non_zero: float = 0.0
    keep: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for share in self._shares:
            if not 0 <= share <= 1:
                raise BadSpec(
                    f"Step screen: a share of {share:g} is asked for. Wanted one from 0 to 1, such "
                    "as 0.6."
                )

    @property
    def _shares(self) -> tuple[float, ...]:
        shares = (self.places, self.indicators, self.saturated, self.non_zero)
        return (*shares, self.indicators_non_zero)

    @property
    def words(self) -> str:
        """What the step does."""
        act = "set aside" if self.drop_saturated else "flagged and kept"
        return (
            f"An indicator is used if at least {self.indicators:.0%} of the places have it; a "
            f"place is scored if it has at least {self.places:.0%} of the indicators used. An "
            f"indicator that is the same in {self.saturated:.0%} of the places or more is {act}."
            f"{self._more_words()}"
        )

    def _more_words(self) -> str:
        words = ""
        if self.indicators_non_zero > 0:
            share = f"{self.indicators_non_zero:.0%}"
            words += f" At least {share} of an indicator's figures must not be nought."
        if self.non_zero > 0:
            words += f" At least {self.non_zero:.0%} of a place's figures must not be nought."
        if self.keep:
            words += f" Scored whatever they lack: {', '.join(self.keep)}."
        if self.leave_out:
            words += f" Left out by choice: {', '.join(self.leave_out)}."
        return words

    def kept(self, values: FloatArray, places: tuple[str, ...]) -> NDArray[np.bool_]:
        """Whether each place is scored, for its values of the indicators used.

        Errors: BadSpec if a place is both kept and left out.
        """
        both = sorted(set(self.keep) & set(self.leave_out))
        if both:
            raise BadSpec(
                f"Step screen: {', '.join(both)} is to be kept and to be left out. Wanted one of "
                "the two. Take it out of the other."
            )
        enough = ~(coverage(values, axis=1) < self.places)
        enough &= ~(non_zero_share(values, axis=1) < self.non_zero)
        enough |= np.isin(places, self.keep)
        return np.asarray(enough & ~np.isin(places, self.leave_out))

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
        kept = self.kept(panel.values, tuple(place.code for place in panel.places))
        flags += self._thin(panel, kept)
        if not kept.any():
            raise BadSpec(
                f"Step screen: no place is left that has {self.places:.0%} of the indicators, is "
                "not nought too often and is not left out by choice. Wanted one. Add figures, or "
                "ask for less."
            )
        return State(panel.keep(kept), hierarchy, (*state.flags, *flags))

    def _thin(self, panel: Panel, kept: NDArray[np.bool_]) -> list[Flag]:
        """A flag for each place that is not scored, and for each that is kept though thin."""
        covered = coverage(panel.values, axis=1)
        shares = non_zero_share(panel.values, axis=1)
        flags = []
        for row, place in enumerate(panel.places):
            act = "it is kept by choice" if kept[row] else "it is not scored"
            if place.code in self.leave_out:
                words = f"{place.name} is left out by choice: {act}."
            elif covered[row] < self.places:
                words = (
                    f"{place.name} has {covered[row]:.0%} of the indicators used, fewer than the "
                    f"{self.places:.0%} asked for: {act}."
                )
            elif shares[row] < self.non_zero:
                words = (
                    f"{place.name} has figures of which {shares[row]:.0%} are not nought, fewer "
                    f"than the {self.non_zero:.0%} asked for: {act}."
                )
            else:
                continue
            kind = "kept by choice" if kept[row] else "thin coverage"
            flags.append(Flag(kind, words, place=place.code))
        return flags

    def _indicators(self, state: State) -> tuple[list[Flag], list[str]]:
        flags: list[Flag] = []
        gone: list[str] = []
        for leaf in state.hierarchy.leaves:
            flag, kept = self._judged(leaf, state.panel.of(leaf.code))
            flags += [] if flag is None else [flag]
            gone += [] if kept else [leaf.code]
        return flags, gone

    def _judged(self, leaf: Node, values: FloatArray) -> tuple[Flag | None, bool]:
        """What is to be said of an indicator, and whether it is used."""
        share = float(coverage(values, axis=0))
        same = most_common_share(values)
        full = float(non_zero_share(values, axis=0))
        if share == 0 or share < self.indicators:
            words = f"{leaf.name} has a usable figure for {share:.0%} of these places: set aside."
            return Flag("few places", words, leaf.code), False
        if full < self.indicators_non_zero:
            words = (
                f"{leaf.name} is not nought for {full:.0%} of the places that have it, fewer than "
                f"the {self.indicators_non_zero:.0%} asked for: set aside."
            )
            return Flag("mostly nought", words, leaf.code), False
        if same >= self.saturated and values.size > 1:
            act = "set aside" if self.drop_saturated else "kept"
            words = (
                f"{leaf.name} is {_common(values):g} in {same:.0%} of these places, so it no "
                f"longer tells them apart: {act}."
            )
            return Flag("saturated", words, leaf.code), not self.drop_saturated
        return None, True


def _common(values: FloatArray) -> float:
    found, counts = np.unique(values[~np.isnan(values)], return_counts=True)
    return float(found[np.argmax(counts)])
