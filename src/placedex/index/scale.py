"""Scale: figures put in proportion to another, per head, per job or per pound."""

import dataclasses
from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.index.step import State
from placedex.observations import Indicator, Panel, Status
from placedex.observations.panel import NO_ORIGIN, FloatArray


def in_proportion(
    numerators: FloatArray, denominators: FloatArray, *, times: float = 1.0
) -> FloatArray:
    """Each value over another, times a number.

    Shape:  any, alike; returns the same.
    Gaps:   missing where either is missing or the denominator is nought.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = numerators / denominators * times
    return np.where(denominators == 0, np.nan, ratio)


def reckon(panel: Panel, indicators: tuple[Indicator, ...]) -> Panel:
    """A panel of the wanted indicators, those with a ratio reckoned from their two parts.

    Gaps:   missing where a part is missing, with the status of the part that is.
    Errors: BadSpec if the panel lacks a wanted indicator or a part of it.
    """
    count = len(panel.places)
    values, errors = np.empty((2, count, len(indicators)))
    statuses = np.empty((count, len(indicators)), dtype=np.uint8)
    origins = np.full((count, len(indicators)), NO_ORIGIN, dtype=np.int32)
    periods = []
    for number, indicator in enumerate(indicators):
        part = _part(panel, indicator)
        values[:, number], errors[:, number] = part.values[:, 0], part.errors[:, 0]
        statuses[:, number], origins[:, number] = part.statuses[:, 0], part.origins[:, 0]
        periods.append(part.periods[0])
    return Panel(
        panel.places, indicators, values, errors, statuses, origins, panel.sources, tuple(periods)
    )


def _part(panel: Panel, indicator: Indicator) -> Panel:
    """The panel of one indicator alone, reckoned if it has a ratio."""
    ratio = indicator.ratio
    wanted = (indicator.code,) if ratio is None else (ratio.numerator, ratio.denominator)
    lacking = [code for code in wanted if code not in panel.codes]
    if lacking:
        raise BadSpec(
            f"Step scale, indicator '{indicator.code}': there are no figures of "
            f"{', '.join(lacking)}. Wanted them in the panel. Add the figures, or take the "
            "indicator out."
        )
    if ratio is None:
        return panel.select(wanted)
    above, below = panel.select(wanted[:1]), panel.select(wanted[1:])
    values = in_proportion(above.values, below.values, times=ratio.times)
    relative = np.hypot(
        np.nan_to_num(above.errors / above.values), np.nan_to_num(below.errors / below.values)
    )
    known = ~np.isnan(above.errors) | ~np.isnan(below.errors)
    either = np.maximum(above.statuses, below.statuses)
    statuses = np.where(either <= Status.IMPUTED, Status.DERIVED, either)
    statuses = np.where(below.values == 0, Status.NOT_APPLICABLE, statuses)
    return Panel(
        panel.places,
        (indicator,),
        values,
        np.where(known, np.abs(values) * relative, np.nan),
        statuses.astype(np.uint8),
        above.origins,
        panel.sources,
        above.periods,
    )


@dataclass(frozen=True, slots=True)
class Scale:
    """Take the indicators of the hierarchy from the figures, in proportion where they say so."""

    indicators: tuple[Indicator, ...]
    verb: str = "scale"

    @property
    def words(self) -> str:
        """What the step does."""
        ratios = [one for one in self.indicators if one.ratio is not None]
        if not ratios:
            return "Every indicator is used as it was published."
        listed = ", ".join(one.name for one in ratios)
        return f"Put in proportion to another figure of the same period: {listed}."

    def apply(self, state: State) -> State:
        """The state with a column for each leaf of the hierarchy.

        A figure that its publisher calls unreliable is missing from here on: it is shown and not
        scored, and its status stays.
        """
        wanted = {one.code: one for one in self.indicators}
        leaves = []
        for leaf in state.hierarchy.leaves:
            if leaf.code not in wanted:
                raise BadSpec(
                    f"Step scale: '{leaf.code}' is at the bottom of the hierarchy and is no "
                    "indicator. Wanted an indicator there. If it is a component, it is empty: "
                    "add an indicator under it or take it out."
                )
            leaves.append(wanted[leaf.code])
        figures = reckon(state.panel, tuple(leaves))
        usable = np.where(figures.statuses == Status.UNRELIABLE, np.nan, figures.values)
        return state.with_panel(dataclasses.replace(figures, values=usable))
