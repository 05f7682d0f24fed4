"""Progress: a target held against the series of the same measure, or why it cannot be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from placedex.ledger.goal import Goal, goal_of
from placedex.ledger.growth import Growth, growth_between
from placedex.ledger.inflation import Inflation, assumed
from placedex.ledger.like_for_like import Figure, Held, Series, like_for_like
from placedex.ledger.moment import mark_of, moment_of
from placedex.ledger.nearest_series import Near
from placedex.ledger.outlook import LEAST_FIGURES, Outlook, State, class_of, look_ahead
from placedex.ledger.said import said
from placedex.ledger.target import Target
from placedex.ledger.units import NOMINAL, is_money
from placedex.observations import Period, parse_period

APART = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Progress:
    """How a target stands, with all that this rests on.

    Attributes:
        series: what it is held against; nothing if there is no series of the same measure.
        goal: the level that is to be reached; nothing if none is named.
        needed: the growth from the baseline to the goal; observed: that of the series so far;
            remaining: from its last figure by the date on to the goal.
        inflation: by which a target in nominal money is told in real terms too.
        outlook: where the series may be at the date; nothing if it is not forecast.
        far: the same for the further end of a range.
        apart: the months from one figure to the next of those that are forecast from.
        reasons: why it cannot be measured, or stands as it does; notes: what to know beside.
        nearest: series about the same subject that are other measures.
    """

    target: Target
    state: State
    series: Series | None = None
    goal: Goal | None = None
    needed: Growth | None = None
    observed: Growth | None = None
    remaining: Growth | None = None
    inflation: Inflation | None = None
    outlook: Outlook | None = None
    far: Outlook | None = None
    apart: int = 0
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    nearest: tuple[Near, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The answer in plain sentences, the class first."""
        from placedex.ledger.progress_words import sentences

        return sentences(self)

    def to_row(self) -> dict[str, object]:
        """The answer as one row of figures; what is missing is nothing."""
        from placedex.ledger.progress_words import row_of

        return row_of(self)

    def to_rows(self) -> list[dict[str, object]]:
        """The series, the path needed and the forecasts: a row for each period and what it is."""
        from placedex.ledger.progress_words import rows_of

        return rows_of(self)


def progress(
    target: Target, held: Held, *, day: date | None = None, inflation: Inflation | None = None
) -> Progress:
    """How a target stands: held against the series of the same measure, or refused with reasons.

    day: today; without it only figures tell whether the date of the target has passed.
    inflation: 2 % a year is assumed, and said to be, if none is given.
    """
    found = like_for_like(target, held)
    series = found if isinstance(found, Series) else None
    goal = goal_of(target, series)
    base = Progress(target, State.UNMEASURED)
    if not isinstance(found, Series):
        base = replace(base, reasons=found.reasons, nearest=found.nearest)
    if isinstance(goal, str):
        return replace(base, series=series, reasons=(*base.reasons, goal))
    base = replace(base, series=series, goal=goal, notes=goal.notes)
    base = _with_needed(base, goal, inflation or assumed())
    if series is None:
        return base
    base = replace(base, notes=(*base.notes, *series.notes, *_of_baseline(target, series)))
    return _held(base, goal, series=series, day=day)


def _with_needed(base: Progress, goal: Goal, inflation: Inflation) -> Progress:
    """The growth that the target asks for from its baseline, in real terms too if it is money."""
    target = base.target
    measure = target.measure
    if measure is not None and is_money(measure.unit) and measure.prices in NOMINAL:
        base = replace(base, inflation=inflation)
        if not measure.prices:
            base = replace(base, notes=(*base.notes, "its prices are not said: read as nominal"))
    if target.baseline is None or not target.by:
        return base
    start = mark_of(parse_period(target.baseline.period), target.baseline.value)
    end = mark_of(parse_period(target.by), goal.level)
    if end.year <= start.year:
        reason = f"its date, {target.by}, is not after its baseline, {target.baseline.period}"
        return replace(base, reasons=(*base.reasons, reason))
    return replace(base, needed=growth_between(start, end))


def _of_baseline(target: Target, series: Series) -> tuple[str, ...]:
    """A note if the series has another value than the target's baseline for its period."""
    if target.baseline is None:
        return ()
    period, value = parse_period(target.baseline.period), target.baseline.value
    for one in series.figures:
        if one.period == period and abs(one.value - value) > APART * max(abs(value), 1e-12):
            return (
                f"the series has {said(one.value, series.unit)} for the baseline's period and the "
                f"target {said(value, series.unit)}: they may be two measures, or it was revised",
            )
    return ()


def _held(base: Progress, goal: Goal, *, series: Series, day: date | None) -> Progress:
    """The class of a target that has a level and a series."""
    figures = series.figures
    if len(figures) > 1:
        ends = (mark_of(one.period, one.value) for one in (figures[0], figures[-1]))
        base = replace(base, observed=growth_between(*ends))
    last = figures[-1]
    if not base.target.by:
        if goal.met(last.value):
            return replace(base, state=State.REACHED)
        return replace(base, reasons=("it has no date",))
    if base.reasons:
        return base
    date_of = parse_period(base.target.by)
    known = tuple(one for one in figures if one.period.end <= date_of.end)
    if len(known) < len(figures) or (day is not None and day > date_of.end and not known):
        return _past(base, goal, known=known, last=last)
    base = replace(base, remaining=_remaining(last, date_of, goal.level))
    even, notes = even_run(known)
    base = replace(base, notes=(*base.notes, *notes))
    steps = steps_until(even, date_of)
    if last.period.end >= date_of.end or steps == 0:
        return _past(base, goal, known=known, last=last)
    if day is not None and day > date_of.end:
        late = f"its date has passed, and the figures end at {last.period.words}"
        base = replace(base, notes=(*base.notes, late))
    return _ahead(base, goal, even=even, steps=steps)


def _past(base: Progress, goal: Goal, *, known: Sequence[Figure], last: Figure) -> Progress:
    """The class once there is a figure of the target's date, or no further one before it."""
    if not known:
        return replace(base, reasons=("there is no figure of its date or before",))
    at = known[-1]
    if goal.met(at.value):
        return replace(base, state=State.REACHED, remaining=None)
    reasons = [f"its date has passed: the last figure by then is that of {at.period.words}"]
    if at is last and base.remaining is not None:
        reasons = [f"no further figure comes before its date: the last is of {at.period.words}"]
    if goal.met(last.value):
        reasons.append(f"it was reached later, by {last.period.words}")
    return replace(base, state=State.OFF_TRACK, reasons=tuple(reasons), remaining=None)


def _remaining(last: Figure, by: Period, level: float) -> Growth | None:
    """The growth from the last figure to the goal; nothing if no time is left."""
    if moment_of(by) <= moment_of(last.period):
        return None
    return growth_between(mark_of(last.period, last.value), mark_of(by, level))


def _ahead(base: Progress, goal: Goal, *, even: Sequence[Figure], steps: int) -> Progress:
    """The class while the date is to come: reached already, or by the chance of arriving."""
    last = even[-1]
    if last.low is not None and last.high is not None and last.low < goal.level <= last.high:
        note = "the interval of the last figure holds the goal: it may lie on either side of it"
        base = replace(base, notes=(*base.notes, note))
    values = [one.value for one in even]
    found = look_ahead(values, goal.level, steps=steps, rising=goal.rising, sampling=last.error)
    far = None
    if goal.far is not None:
        far = look_ahead(values, goal.far, steps=steps, rising=goal.rising, sampling=last.error)
    apart = spacing(even[-2], last) if len(even) > 1 else 0
    base = replace(base, outlook=found, far=far, apart=apart)
    if goal.met(last.value):
        return replace(base, state=State.REACHED, remaining=None)
    if found is None:
        few = (
            f"no forecast: the series has {len(even)} figures at an even spacing, and "
            f"{LEAST_FIGURES} are the least; only the growth required is told"
        )
        return replace(base, reasons=(few,))
    return replace(base, state=class_of(found.levels.chance))


def spacing(earlier: Figure, later: Figure) -> int:
    """The whole months from one figure to the next."""
    one, other = earlier.period.start, later.period.start
    months = 12 * (other.year - one.year) + other.month - one.month
    return months + round((other.day - one.day) / 30)


def even_run(figures: Sequence[Figure]) -> tuple[tuple[Figure, ...], tuple[str, ...]]:
    """The most figures that are evenly spaced up to the last, and a note if some are left out.

    Of a series with a gap those after it, or every second one; of two as long, the closer spaced.
    """
    months = [spacing(figures[0], one) for one in figures]
    at = {month: number for number, month in enumerate(months)}
    best: list[int] = [len(figures) - 1]
    for earlier in reversed(months[:-1]):
        apart = months[-1] - earlier
        found = [len(figures) - 1]
        while apart > 0 and (before := at.get(months[found[-1]] - apart)) is not None:
            found.append(before)
        best = found if len(found) > len(best) else best
    kept = tuple(figures[number] for number in reversed(best))
    if len(kept) == len(figures) or len(kept) < 2:
        return kept, ()
    apart = spacing(kept[-2], kept[-1])
    word = f"{apart} months" if apart > 1 else "a month"
    return kept, (
        f"the figures are not evenly spaced: of {len(figures)} the {len(kept)} that are {word} "
        "apart up to the last are what a forecast can use",
    )


def steps_until(figures: Sequence[Figure], by: Period) -> int:
    """How many further figures, spaced as these are, are for periods over by the target's date."""
    last = figures[-1]
    months = (moment_of(by) - moment_of(last.period)) * 12
    apart = spacing(figures[-2], last) if len(figures) > 1 else max(last.period.months, 1)
    return int((months + 0.05) // max(apart, 1))
