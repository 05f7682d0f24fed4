"""How the targets of a ledger stand, with their pictures, to be shown."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from math import isnan

from placedex.evidence import Claim
from placedex.ledger import Held, Ledger, Progress, Target, progress, real_rate
from placedex.ledger.growth import Growth
from placedex.ledger.inflation import Inflation, assumed, observed
from placedex.ledger.progress_words import unit_of
from placedex.ledger.said import chance, percent, said
from placedex.observations import Observations, parse_period
from placedex.publish import ProgressRow
from placedex.publish.charts import Words, course_of, course_rows, draw_target, shown
from placedex.publish.links import anchor

DEFLATOR = "gva-deflator"


def progress_rows(
    ledger: Ledger, observations: Observations, *, claims: Mapping[str, Claim], day: date | None
) -> dict[str, ProgressRow]:
    """How each target stands, by its code, as of a day."""
    held = Held(observations.catalogue, observations.series, claims)
    return {
        code: _row(progress(one, held, day=day, inflation=_inflation(one, observations)))
        for code, one in ledger.targets.items()
    }


def _row(one: Progress) -> ProgressRow:
    outlook, series = one.outlook, one.series
    last = series.figures[-1] if series is not None else None
    unit = unit_of(one)
    real = ""
    if one.needed is not None and one.inflation is not None and not isnan(one.needed.rate):
        real = percent(real_rate(one.needed.rate, one.inflation.rate))
    row = ProgressRow(
        target=one.target.code,
        state=one.state.value,
        reasons=one.reasons,
        sentences=one.words,
        required=_growth(one.needed, unit),
        required_real=real,
        remaining=_growth(one.remaining, unit),
        levels=chance(outlook.levels.chance) if outlook is not None else "",
        logs=chance(outlook.logs.chance) if outlook is not None and outlook.logs else "",
        indicator=series.indicator if series is not None else "",
        last=f"{said(last.value, unit)}, {last.period.words}" if last is not None else "",
    )
    return _with_picture(row, one)


def _with_picture(row: ProgressRow, one: Progress) -> ProgressRow:
    course = course_of(one)
    if course is None:
        return row
    label = partial(said, unit=unit_of(one))
    key = f"target-{anchor(one.target.code)}"
    words = Words(
        key=f"{key}-picture",
        title=one.target.name,
        shows=shown(course, label=label),
        table=f"{key}-table",
    )
    drawing = draw_target(course, words, label=label)
    table = tuple(course_rows(course, label=label))
    return replace(row, drawing=drawing or None, table=table)


def _growth(growth: Growth | None, unit: str) -> str:
    """A growth in a year: the share by which it compounds, or else how much it is."""
    if growth is None:
        return ""
    if isnan(growth.rate):
        return f"{said(growth.each_year, unit)} a year"
    return f"{percent(growth.rate)} a year"


def _inflation(target: Target, observations: Observations) -> Inflation:
    """What the place's own deflator rose by since the baseline, or what is usual without one."""
    since = parse_period(target.baseline.period) if target.baseline is not None else None
    found = observed(observations.series(target.place, DEFLATOR), since=since)
    return found or assumed()
