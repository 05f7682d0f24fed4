"""Like for like: the series that a target can be held against, or why there is none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from placedex.evidence import Claim, Modality
from placedex.ledger.nearest_series import Near, nearest_series
from placedex.ledger.target import Target, TargetMeasure
from placedex.ledger.units import price_difference, unit_times
from placedex.observations import NEITHER, Catalogue, Observation, Period, parse_period

Z_95 = 1.959963984540054
FACTS = frozenset({Modality.ACTUAL, Modality.ESTIMATE, Modality.QUOTED})


@dataclass(frozen=True, slots=True)
class Figure:
    """A value of the series, with its interval where one is known, and what it rests on."""

    period: Period
    value: float
    cites: str
    low: float | None = None
    high: float | None = None

    @property
    def error(self) -> float:
        """The standard error that its interval of 95 % means; nought if none is known."""
        if self.low is None or self.high is None:
            return 0.0
        return (self.high - self.low) / 2 / Z_95


@dataclass(frozen=True, slots=True)
class Series:
    """The figures that a target is held against, in the target's own unit."""

    name: str
    unit: str
    figures: tuple[Figure, ...]
    indicator: str = ""
    better: int = NEITHER
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoSeries:
    """Why a target cannot be held against figures, and what is published about its subject."""

    reasons: tuple[str, ...]
    nearest: tuple[Near, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """What there is to hold targets against.

    series: every observation of an indicator for a place, the oldest first: of (place, indicator).
    claims: those that a person accepted, by code.
    """

    catalogue: Catalogue
    series: Callable[[str, str], tuple[Observation, ...]]
    claims: Mapping[str, Claim] = field(default_factory=dict)


def like_for_like(target: Target, held: Held) -> Series | NoSeries:
    """The series of the same measure, place, unit and prices as a target, or why there is none.

    That a series is of the same measure is said by whoever wrote the target, who names it; a series
    that is merely near is never taken, but named with each difference.
    """
    measure = target.measure
    if measure is None:
        return NoSeries(("the promise does not say what is counted",))
    if measure.indicator:
        return _of_indicator(target, measure, held)
    if measure.series:
        return _of_claims(target, measure, held)
    return NoSeries(("no series of the same measure is named",), _near(target, held))


def _near(target: Target, held: Held) -> tuple[Near, ...]:
    """The series nearest to what a target counts, each with its latest figure for the place."""
    found = []
    for near in nearest_series(target.measure, held.catalogue) if target.measure else ():
        known = [x for x in _observed(target.place, near.indicator, held) if x.value is not None]
        last = known[-1] if known else None
        found.append(
            near if last is None else replace(near, value=last.value, period=last.period.words)
        )
    return tuple(found)


def _of_indicator(target: Target, measure: TargetMeasure, held: Held) -> Series | NoSeries:
    one = held.catalogue.get(measure.indicator)
    if one is None:
        return NoSeries((f"'{measure.indicator}' is no indicator that is known",))
    # The unit of a change is that of the change, and not of the level.
    wanted = one.unit if target.change else measure.unit
    times = unit_times(one.unit, wanted)
    reasons = []
    if times is None:
        reasons.append(f"the unit is {wanted} in the target and {one.unit} in the series")
    if prices := price_difference(measure.prices, one.measure.prices):
        reasons.append(prices)
    if reasons or times is None:
        return NoSeries(tuple(reasons), _near(target, held))
    figures = tuple(
        Figure(
            x.period,
            x.value * times,
            f"observation:{x.indicator}/{x.place}/{x.period}",
            None if x.low is None else x.low * times,
            None if x.high is None else x.high * times,
        )
        for x in _observed(target.place, measure.indicator, held)
        if x.value is not None
    )
    if not figures:
        return NoSeries((f"'{one.code}' has no figure for {target.place}",))
    return _of_one_kind(Series(one.name, wanted, figures, one.code, one.better))


def _observed(place: str, code: str, held: Held) -> tuple[Observation, ...]:
    """A series as it is kept, or reckoned from its two parts where both have a figure."""
    ratio = held.catalogue[code].ratio
    if ratio is None:
        return held.series(place, code)
    below = {one.period: one.value for one in held.series(place, ratio.denominator)}
    found = []
    for one in held.series(place, ratio.numerator):
        under = below.get(one.period)
        if one.value is not None and under:
            value = ratio.times * one.value / under
            found.append(
                Observation(place, code, one.period, value, None, None, one.status, one.origin)
            )
    return tuple(found)


def _of_one_kind(series: Series) -> Series:
    """A series without the figures for other kinds of period than its last."""
    kind = series.figures[-1].period.kind
    kept = tuple(one for one in series.figures if one.period.kind == kind)
    left = len(series.figures) - len(kept)
    notes = (f"{left} figures for other kinds of period than {kind} are left out",) if left else ()
    return Series(series.name, series.unit, kept, series.indicator, series.better, notes)


def _of_claims(target: Target, measure: TargetMeasure, held: Held) -> Series | NoSeries:
    reasons: list[str] = []
    notes: list[str] = []
    figures: dict[Period, Figure] = {}
    for code in measure.series:
        claim = held.claims.get(code)
        if claim is None:
            reasons.append(f"claim {code} is not at hand")
            continue
        fault = _claim_fault(claim, target, measure)
        if fault:
            reasons.append(f"claim {code}: {fault}")
            continue
        period = parse_period(str(claim.period))
        value = claim.value * (unit_times(claim.unit, measure.unit) or 1.0)
        if period in figures and figures[period].value != value:
            other = figures[period].cites
            reasons.append(f"claim {code} and {other} give two values for {period.words}")
        figures[period] = Figure(period, value, f"claim:{code}")
        if claim.bound:
            notes.append(f"claim {code} says '{claim.bound}' and is read as the number it names")
    if reasons:
        return NoSeries(tuple(reasons), _near(target, held))
    ordered = tuple(figures[period] for period in sorted(figures))
    series = _of_one_kind(Series(measure.counted, measure.unit, ordered))
    notes.append("its figures are claims of documents, not a published series")
    return Series(
        series.name, series.unit, series.figures, notes=(*series.notes, *dict.fromkeys(notes))
    )


def _claim_fault(claim: Claim, target: Target, measure: TargetMeasure) -> str:
    """Why a claim is no value of the measure of a target; empty if it is one."""
    where = claim.place.code if claim.place is not None else None
    if claim.period is None:
        return "it is of no known period"
    if claim.high is not None:
        return "it is a range"
    if claim.modality not in FACTS:
        return f"it is a {claim.modality}, not what was"
    if where != target.place:
        return f"its place is {where or 'not said'}, and the target's is {target.place}"
    if unit_times(claim.unit, measure.unit) is None:
        return f"its unit is {claim.unit}, and the target's is {measure.unit}"
    return price_difference(measure.prices, claim.prices)
