"""Scale: figures put in proportion to another, per head, per job, or to those of years before."""

import dataclasses
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field

import numpy as np

from placedex.errors import BadSpec
from placedex.index.growth import Form, Growth, growth, growth_errors
from placedex.index.hierarchy import Hierarchy
from placedex.index.step import Flag, State, refuse_strangers, without_strangers
from placedex.observations import Earlier, Indicator, Panel, Status, years_between
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
    # To the first order, with no division by a numerator that may be nought.
    plain = in_proportion(above.values, below.values)
    of_both = np.hypot(np.nan_to_num(above.errors), plain * np.nan_to_num(below.errors))
    errors = in_proportion(of_both, np.abs(below.values), times=abs(ratio.times))
    known = ~np.isnan(above.errors) | ~np.isnan(below.errors)
    either = np.maximum(above.statuses, below.statuses)
    statuses = np.where(either <= Status.IMPUTED, Status.DERIVED, either)
    statuses = np.where(below.values == 0, Status.NOT_APPLICABLE, statuses)
    return Panel(
        panel.places,
        (indicator,),
        values,
        np.where(known, errors, np.nan),
        statuses.astype(np.uint8),
        above.origins,
        panel.sources,
        above.periods,
    )


def grown(panel: Panel, indicator: Indicator, by: Growth) -> Panel:
    """A panel of one indicator alone: its growth up to the latest figure, by place.

    The panel holds the earlier figures in columns as `Earlier` names them. A growth that figures
    of nought and below do not have is `not applicable`.
    Gaps:   missing where one of the two figures is, with the status of the one that is.
    Errors: BadSpec if the panel lacks the earlier figures.
    """
    lent = Earlier(indicator.code, by.years)
    ratio = indicator.ratio
    parts = (indicator.code,) if ratio is None else (ratio.numerator, ratio.denominator)
    lacking = [code for code in parts if lent.column(code) not in panel.codes]
    if lacking:
        raise BadSpec(
            f"Step scale, indicator '{indicator.code}': there are no figures of "
            f"{', '.join(lacking)} of {by.years} years before. Wanted them in the panel. Ask for "
            "them as `Earlier`, or use the indicator as it is."
        )
    now = _part(panel, indicator)
    old = panel.select(lent.column(code) for code in parts)
    named = (
        dataclasses.replace(one, code=code) for one, code in zip(old.indicators, parts, strict=True)
    )
    then = _part(dataclasses.replace(old, indicators=tuple(named)), indicator)
    years = _years(then, now, by)
    values = growth(then.values, now.values, years, form=by.form)
    either = np.maximum(then.statuses, now.statuses)
    statuses = np.where(either <= Status.IMPUTED, Status.DERIVED, either)
    none = np.isnan(values) & ~np.isnan(then.values) & ~np.isnan(now.values)
    ends, errors = (then.values, now.values), (then.errors, now.errors)
    name = f"{indicator.name}, {by.words.partition(', in')[0]}"
    return dataclasses.replace(
        now,
        indicators=(dataclasses.replace(indicator, name=name, unit=by.unit(indicator.unit)),),
        values=values * by.times,
        errors=growth_errors(ends, errors, years, form=by.form) * by.times,
        statuses=np.where(none, Status.NOT_APPLICABLE, statuses).astype(np.uint8),
    )


def _years(then: Panel, now: Panel, by: Growth) -> float:
    """The years that lie between the two figures; those asked for where no period is known."""
    (first,), (last,) = then.periods, now.periods
    return by.years if first is None or last is None else years_between(first, last)


@dataclass(frozen=True, slots=True)
class Scale:
    """Take the indicators of the hierarchy from the figures, in proportion where they say so.

    An indicator named in `growth` counts by its growth up to its latest figure.
    """

    indicators: tuple[Indicator, ...]
    verb: str = "scale"
    _: KW_ONLY
    growth: Mapping[str, Growth] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """What the step does."""
        ratios = [one for one in self.indicators if one.ratio is not None]
        names = {one.code: one.name for one in self.indicators}
        each = "; ".join(f"{names.get(code, code)}, {by.words}" for code, by in self.growth.items())
        said = f"Counted by how it grew: {each}." if each else ""
        if not ratios:
            return said or "Every indicator is used as it was published."
        listed = ", ".join(one.name for one in ratios)
        return f"Put in proportion to another figure of the same period: {listed}. {said}".rstrip()

    @property
    def earlier(self) -> tuple[Earlier, ...]:
        """The earlier figures that the panel must hold beside the latest."""
        return tuple(Earlier(code, by.years) for code, by in self.growth.items())

    def check(self, hierarchy: Hierarchy) -> None:
        """Refuse a growth of what is no indicator of the hierarchy."""
        refuse_strangers(self.growth, hierarchy, verb=self.verb, what="growth")

    def within(self, hierarchy: Hierarchy) -> "Scale":
        """The step without what it says of indicators that a smaller hierarchy no longer has."""
        return dataclasses.replace(self, growth=without_strangers(self.growth, hierarchy))

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
        flags = []
        for code, by in self.growth.items():
            one = grown(state.panel, wanted[code], by)
            figures = _exchanged(figures, one)
            flags += _flags(one, code, by)
        usable = np.where(figures.statuses == Status.UNRELIABLE, np.nan, figures.values)
        return state.with_panel(dataclasses.replace(figures, values=usable)).flagged(*flags)


def _exchanged(figures: Panel, one: Panel) -> Panel:
    """The figures with one column exchanged for another of the same code."""
    column = figures.column(one.codes[0])
    values, errors = figures.values.copy(), figures.errors.copy()
    statuses = figures.statuses.copy()
    for mine, other in ((values, one.values), (errors, one.errors), (statuses, one.statuses)):
        mine[:, column] = other[:, 0]
    indicators = list(figures.indicators)
    indicators[column] = one.indicators[0]
    return dataclasses.replace(
        figures, indicators=tuple(indicators), values=values, errors=errors, statuses=statuses
    )


def _flags(one: Panel, code: str, by: Growth) -> list[Flag]:
    """That an indicator counts by its growth, and each place whose figures have none."""
    (indicator,) = one.indicators
    flags = [Flag("growth", f"{indicator.name} is what counts, not the figure itself.", code)]
    if by.form is Form.ABSOLUTE:
        return flags
    for row in np.flatnonzero(one.statuses[:, 0] == Status.NOT_APPLICABLE):
        place = one.places[row]
        flags.append(
            Flag(
                "growth",
                f"{place.name} has no {by.form.value} growth of {code}: its first figure is nought "
                "or below, or its last is below nought.",
                code,
                place.code,
            )
        )
    return flags
