"""Scale: figures put in proportion to another, per head, per job, or to those of years before."""

import dataclasses
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field

import numpy as np

from placedex.errors import BadSpec
from placedex.index.carry import carry_forward
from placedex.index.growth import Form, Growth, growth, growth_errors
from placedex.index.hierarchy import Hierarchy
from placedex.index.step import Flag, State, refuse_strangers, without_strangers
from placedex.observations import Earlier, Indicator, Panel, Period, Status, years_between
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
    now, then = _part(panel, indicator), _before(panel, indicator, years=by.years)
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


def _before(panel: Panel, indicator: Indicator, *, years: int) -> Panel:
    """The panel of one indicator alone as it was some years before, reckoned if it has a ratio."""
    lent = Earlier(indicator.code, years)
    ratio = indicator.ratio
    parts = (indicator.code,) if ratio is None else (ratio.numerator, ratio.denominator)
    lacking = [code for code in parts if lent.column(code) not in panel.codes]
    if lacking:
        raise BadSpec(
            f"Step scale, indicator '{indicator.code}': there are no figures of "
            f"{', '.join(lacking)} of {years} years before. Wanted them in the panel. Ask for "
            "them as `Earlier`, or use the indicator as it is."
        )
    old = panel.select(lent.column(code) for code in parts)
    named = (
        dataclasses.replace(one, code=code) for one, code in zip(old.indicators, parts, strict=True)
    )
    return _part(dataclasses.replace(old, indicators=tuple(named)), indicator)


def carried(
    panel: Panel, figures: Panel, *, years: int, spared: frozenset[str] = frozenset()
) -> tuple[Panel, list[Flag]]:
    """The figures with each gap filled by the place's last figure of so many years before.

    One that is called unreliable neither is filled nor stands in; those in `spared` stay as they
    are. A filled figure is `imputed`, and its standard error is that of a random walk from where
    it comes, as in `carry_forward`; the period it was taken from is in its flag.
    """
    flags: list[Flag] = []
    for indicator in figures.indicators:
        if indicator.code in spared:
            continue
        now = figures.select((indicator.code,))
        older = [_before(panel, indicator, years=back) for back in range(years, 0, -1)]
        series = np.stack([_usable(one).values[:, 0] for one in (*older, now)])
        found = carry_forward(series)
        filled = ~np.isnan(found.values[-1]) & np.isnan(now.values[:, 0])
        filled &= now.statuses[:, 0] != Status.UNRELIABLE
        values = np.where(filled, found.values[-1], now.values[:, 0])
        errors = np.where(filled, np.sqrt(found.variances[-1]), now.errors[:, 0])
        statuses = np.where(filled, Status.IMPUTED, now.statuses[:, 0]).astype(np.uint8)
        one = dataclasses.replace(
            now,
            values=values[:, np.newaxis],
            errors=errors[:, np.newaxis],
            statuses=statuses[:, np.newaxis],
        )
        figures = _exchanged(figures, one)
        for row in map(int, np.flatnonzero(filled)):
            source = int(found.sources[-1][row])
            flags.append(_stood_in(one, row, older[source].periods[0], back=years - source))
    return figures, flags


def _stood_in(one: Panel, row: int, period: Period | None, *, back: int) -> Flag:
    (indicator,), place = one.indicators, one.places[row]
    when = f"{back} years before" if back > 1 else "the year before"
    when = when if period is None else str(period)
    words = (
        f"{indicator.name} of {place.name} is missing and was filled with the place's last figure "
        f"before it (of {when})."
    )
    return Flag("imputed", words, indicator.code, place.code)


def _usable(figures: Panel) -> Panel:
    """The figures without those that their publisher calls unreliable."""
    unreliable = figures.statuses == Status.UNRELIABLE
    return dataclasses.replace(figures, values=np.where(unreliable, np.nan, figures.values))


def _years(then: Panel, now: Panel, by: Growth) -> float:
    """The years that lie between the two figures; those asked for where no period is known."""
    (first,), (last,) = then.periods, now.periods
    return by.years if first is None or last is None else years_between(first, last)


@dataclass(frozen=True, slots=True)
class Scale:
    """Take the indicators of the hierarchy from the figures, in proportion where they say so.

    An indicator named in `growth` counts by its growth up to its latest figure. Where a place lacks
    a figure of any other, its last one of up to `carry` years before stands in (last observation
    carried forward), which a screen after it takes for a figure that is there.
    """

    indicators: tuple[Indicator, ...]
    verb: str = "scale"
    _: KW_ONLY
    growth: Mapping[str, Growth] = field(default_factory=dict)
    carry: int = 0

    def __post_init__(self) -> None:
        if self.carry < 0:
            raise BadSpec(
                f"Step scale: figures of {self.carry} years before are to stand in. Wanted a whole "
                "number of years, or 0 for none."
            )

    @property
    def words(self) -> str:
        """What the step does."""
        return f"{self._proportion_words()}{self._carry_words()}"

    def _carry_words(self) -> str:
        if not self.carry:
            return ""
        span = "the year" if self.carry == 1 else f"the {self.carry} years"
        return (
            f" Where a place lacks a figure, its last one of {span} before stands in, marked as "
            "imputed."
        )

    def _proportion_words(self) -> str:
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
        grown = tuple(Earlier(code, by.years) for code, by in self.growth.items())
        codes = [one.code for one in self.indicators if one.code not in self.growth]
        return grown + tuple(
            Earlier(code, years) for code in codes for years in range(1, self.carry + 1)
        )

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
        flags: list[Flag] = []
        if self.carry:
            spared = frozenset(self.growth)
            figures, flags = carried(state.panel, figures, years=self.carry, spared=spared)
        for code, by in self.growth.items():
            one = grown(state.panel, wanted[code], by)
            figures = _exchanged(figures, one)
            flags += _flags(one, code, by)
        return state.with_panel(_usable(figures)).flagged(*flags)


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
