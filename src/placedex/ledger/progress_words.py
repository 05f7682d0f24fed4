"""The words and the rows of a target's progress."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from placedex.ledger.growth import Growth, arrives, carried_on, real_rate
from placedex.ledger.moment import moment_of, year_of
from placedex.ledger.outlook import Outlook, State, class_of
from placedex.ledger.said import chance, percent, said
from placedex.ledger.units import is_share
from placedex.observations import Period, parse_period

if TYPE_CHECKING:
    from placedex.ledger.progress import Progress

LONGEST = 60


def sentences(one: "Progress") -> tuple[str, ...]:
    """The answer in plain sentences: the class, what is asked, what was, what may come."""
    return tuple(
        text
        for part in (_standing, _asked, _needed, _so_far, _from_now, _outlook, _nearest, _notes)
        for text in part(one)
    )


def unit_of(one: "Progress") -> str:
    """The unit in which the figures of a target are told."""
    if one.series is not None:
        return one.series.unit
    return one.target.measure.unit if one.target.measure is not None else ""


def _standing(one: "Progress") -> Iterator[str]:
    why = f": {'; '.join(one.reasons)}" if one.reasons else ""
    yield f"{one.target.name}: {one.state}{why}."


def _asked(one: "Progress") -> Iterator[str]:
    if one.goal is None:
        return
    unit, by = unit_of(one), one.target.by
    far = "" if one.goal.far is None else f" to {said(one.goal.far, unit)}"
    bound = f"{one.target.bound} " if one.target.bound else ""
    when = f" by {parse_period(by).words}" if by else ", with no date"
    yield f"It asks for {bound}{said(one.goal.level, unit)}{far}{when}."


def _needed(one: "Progress") -> Iterator[str]:
    found, base = one.needed, one.target.baseline
    if found is None or base is None:
        return
    unit = unit_of(one)
    begun = f"From {said(base.value, unit)} in {parse_period(base.period).words}"
    each = f"{_signed(found.each_year, unit)} each year"
    if np.isnan(found.rate):
        yield f"{begun} that is {each}."
        return
    nominal = ", nominal" if one.inflation is not None else ""
    double = f"; it doubles in {found.doubling:.3g} years" if found.doubling < LONGEST else ""
    yield (
        f"{begun} that is {percent(found.rate)} a year{nominal}, {found.multiple:.3g} times in "
        f"{found.years:.3g} years, or {each} on a straight line{double}."
    )
    if one.inflation is not None:
        real = percent(real_rate(found.rate, one.inflation.rate))
        yield f"In real terms that is {real} a year {one.inflation.words}."


def _so_far(one: "Progress") -> Iterator[str]:
    if one.series is None:
        return
    unit, last = unit_of(one), one.series.figures[-1]
    first, found = one.series.figures[0], one.observed
    if found is None:
        yield f"The one figure is {said(last.value, unit)} for {last.period.words}."
        return
    rate = "" if np.isnan(found.rate) else f"{percent(found.rate)} a year, or "
    yield (
        f"{one.series.name}: {said(first.value, unit)} in {first.period.words}, "
        f"{said(last.value, unit)} in {last.period.words}: {rate}"
        f"{_signed(found.each_year, unit)} each year."
    )
    yield from _on_the_way(one)
    yield from _at_the_pace(one, found)


def _on_the_way(one: "Progress") -> Iterator[str]:
    """Where the straight path and the path of even growth would be by the last figure."""
    if one.needed is None or one.series is None:
        return
    moment = moment_of(one.series.figures[-1].period)
    if not one.needed.start.year < moment < one.needed.end.year:
        return
    straight, even = one.needed.linear(moment), one.needed.geometric(moment)
    by = "" if np.isnan(even) else f", and with the same share each year at {_of(one, even)}"
    yield f"On a straight line to the target it would be at {_of(one, straight)} by then{by}."


def _at_the_pace(one: "Progress", found: Growth) -> Iterator[str]:
    if one.remaining is None or one.goal is None or np.isnan(found.rate):
        return
    last, goal = one.remaining.start, one.goal.level
    then = carried_on(last, found.rate, year=one.remaining.end.year)
    when = arrives(last, found.rate, level=goal)
    reached = "never" if np.isnan(when) or when > last.year + LONGEST else f"in {year_of(when)}"
    if one.goal.met(last.value):
        reached = "already"
    beyond = is_share(unit_of(one)) and then > 100
    level = "more than can be, which is 100 %," if beyond else _of(one, then)
    yield f"At that pace it would be at {level} by its date, and reach the target {reached}."


def _from_now(one: "Progress") -> Iterator[str]:
    found = one.remaining
    if found is None or one.goal is None or one.goal.met(found.start.value):
        return
    unit = unit_of(one)
    rate = "" if np.isnan(found.rate) else f"{percent(found.rate)} a year, or "
    yield (
        f"From the last figure on it needs {rate}{_signed(found.each_year, unit)} each year for "
        f"{found.years:.3g} years."
    )


def _outlook(one: "Progress") -> Iterator[str]:
    found = one.outlook
    if found is None:
        return
    yield f"If it goes on as it did, the chance of being there by its date is {_chances(found)}."
    if not found.agree and found.logs is not None:
        yield (
            f"Levels say {class_of(found.levels.chance)} and logarithms "
            f"{class_of(found.logs.chance)}: the series does not tell which is right, and the "
            "class is that of levels."
        )
    told = "; ".join(
        f"{x.method} {_of(one, within(one, x.middle[-1]))} ({_of(one, within(one, x.low[-1]))} to "
        f"{_of(one, within(one, x.high[-1]))}, chance {chance(x.chance)})"
        for x in found.ahead
    )
    yield f"Forecasts for its date, with the ends of 95 % intervals: {told}."
    if one.far is not None:
        yield f"For the further end of the range the chance is {_chances(one.far)}."


def _chances(found: Outlook) -> str:
    logs = "" if found.logs is None else f", {chance(found.logs.chance)} if it compounds (logs)"
    return f"{chance(found.levels.chance)} if growth adds (levels){logs}"


def _nearest(one: "Progress") -> Iterator[str]:
    for near in one.nearest:
        apart = "; ".join(near.differences)
        if not apart:
            yield (
                f"'{near.name}' ({near.indicator}) has the same words: name it under "
                "measure.indicator if it is the measure meant."
            )
        else:
            latest = ""
            if near.value is not None:
                latest = f", {said(near.value, near.unit)} in {near.period}"
            yield f"Near, but another measure: '{near.name}' ({near.indicator}{latest}): {apart}."


def _notes(one: "Progress") -> Iterator[str]:
    if one.notes:
        yield f"To know: {'; '.join(one.notes)}."


def _of(one: "Progress", value: float) -> str:
    return said(value, unit_of(one))


def _signed(value: float, unit: str) -> str:
    points = " points" if is_share(unit) else ""
    text = said(abs(value), unit).removesuffix(" %") if points else said(abs(value), unit)
    return f"{'a fall of ' if value < 0 else ''}{text}{points}"


def within(one: "Progress", value: float) -> float:
    """A forecast of a share of something held between 0 and 100, where all its figures are."""
    figures = one.series.figures if one.series is not None else ()
    if is_share(unit_of(one)) and all(0 <= x.value <= 100 for x in figures):
        return float(min(100.0, max(0.0, value)))
    return float(value)


def row_of(one: "Progress") -> dict[str, object]:
    """The answer as one row; what is missing is nothing."""
    target, last = one.target, one.series.figures[-1] if one.series is not None else None
    levels = one.outlook.levels if one.outlook is not None else None
    logs = one.outlook.logs if one.outlook is not None else None
    return {
        "target": target.code,
        "name": target.name,
        "place": target.place,
        "state": str(one.state),
        "indicator": one.series.indicator if one.series is not None else "",
        "unit": unit_of(one),
        "goal": one.goal.level if one.goal is not None else None,
        "by": target.by,
        "last": last.value if last is not None else None,
        "last_period": str(last.period) if last is not None else "",
        **_growths(one),
        "chance_levels": levels.chance if levels is not None else None,
        "chance_logs": logs.chance if logs is not None else None,
        "reasons": "; ".join(one.reasons),
        "notes": "; ".join(one.notes),
        "nearest": "; ".join(near.indicator for near in one.nearest),
    }


def _growths(one: "Progress") -> dict[str, object]:
    """The rates and yearly steps that are needed, were, and are still needed."""
    needed, real = one.needed, None
    if needed is not None and one.inflation is not None and not np.isnan(needed.rate):
        real = real_rate(needed.rate, one.inflation.rate)
    row: dict[str, object] = {}
    for name, found in (
        ("required", needed), ("observed", one.observed), ("remaining", one.remaining)
    ):  # fmt: skip
        rate = None if found is None or np.isnan(found.rate) else found.rate
        row[f"{name}_rate"] = rate
        row[f"{name}_each_year"] = None if found is None else found.each_year
    return {**row, "required_rate_real": real,
            "inflation": one.inflation.words if one.inflation is not None else ""}  # fmt: skip


def rows_of(one: "Progress") -> list[dict[str, object]]:
    """The series, the path needed and the forecasts: a row for each period and what it is."""
    rows: list[dict[str, object]] = []

    def add(what: str, period: str, *values: float | None, cites: str = "") -> None:
        value, low, high = (*values, None, None)[:3]
        row = {"target": one.target.code, "what": what, "period": period, "unit": unit_of(one)}
        rows.append({**row, "value": value, "low": low, "high": high, "cites": cites})

    if one.target.baseline is not None:
        add("baseline", one.target.baseline.period, one.target.baseline.value)
    for x in one.series.figures if one.series is not None else ():
        add("figure", str(x.period), x.value, x.low, x.high, cites=x.cites)
    if one.goal is not None and one.target.by:
        add("target", one.target.by, one.goal.level)
    if one.outlook is not None:
        periods = coming(one)
        for method in one.outlook.ahead:
            for at, period in enumerate(periods):
                values = (method.middle[at], method.low[at], method.high[at])
                add(f"forecast, {method.method}", str(period), *(within(one, x) for x in values))
    return rows


def coming(one: "Progress") -> tuple[Period, ...]:
    """The periods of the figures that are still to come by the target's date."""
    if one.outlook is None or one.series is None or one.state is State.UNMEASURED:
        return ()
    last = one.series.figures[-1]
    return tuple(_later(last.period, one.apart * step) for step in range(1, one.outlook.steps + 1))


def _later(period: Period, months: int) -> Period:
    """A period of the same length some months later."""
    years, month = divmod(period.start.month - 1 + months, 12)
    # A day late in a month is the 28th in a shorter one: only the picture's place hangs on it.
    day = min(period.start.day, 28)
    start = period.start.replace(year=period.start.year + years, month=month + 1, day=day)
    return Period(start, period.months)
