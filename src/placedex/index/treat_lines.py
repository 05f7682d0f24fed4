"""Treatment lines: what is done to outliers, as codes and numbers for the kernels."""

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np

from placedex.errors import BadSpec
from placedex.index import codes
from placedex.index.lines import Known, Lines, known, writer
from placedex.index.step import Step
from placedex.index.treatments import (
    AtPercentiles,
    BoxCox,
    InTurn,
    LogAboveLowest,
    LogBySkew,
    LogGII,
    ShiftedLog,
    Treatment,
    Winsorise,
)
from placedex.stats import Quantiles

NO_BOUND = 1e18
Numbers = tuple[float, ...]


def write_treat(lines: Lines, step: Any) -> None:
    """Write down a step that treats outliers."""
    common = tuple(code for code in lines.leaves if code not in step.individually)
    each = [(way, (code,)) for code, way in step.individually.items() if code in lines.leaves]
    for way, leaves in ((step.treatment, common), *each):
        if leaves and way is not None:
            code, numbers = _treatment(way, step)
            lines.add(code, *numbers, only=leaves)


def write_logarithm(lines: Lines, step: Any) -> None:
    """Write down a step that takes logarithms, and take those of goalposts."""
    named = tuple(code for code in step.indicators if code in lines.leaves)
    changed = {}
    for leaf in lines.hierarchy.leaves:
        if leaf.code in named and leaf.goalposts is not None:
            if min(leaf.goalposts) <= 0:
                raise BadSpec(
                    f"Step treat, indicator '{leaf.code}': a goalpost is nought or below. Wanted "
                    "all above nought for a logarithm. Take the indicator out of the step."
                )
            low, high = (float(np.log(end)) for end in leaf.goalposts)
            changed[leaf.code] = dataclasses.replace(leaf, goalposts=(low, high))
    lines.hierarchy = lines.hierarchy.replace(changed)
    lines.add(codes.LOG, only=named)


def _treatment(way: Treatment, step: Step) -> tuple[int, Numbers]:
    if type(way) is not InTurn:
        return codes.TRANSFORM, _way(way, step)
    writer(IN_TURN, way, step=step)
    limits = (way.limits.skewness, way.limits.kurtosis)
    usual = type(way.first) is Winsorise and type(way.second) in (type(None), ShiftedLog)
    if usual and way.first.limits == way.limits:  # type: ignore[attr-defined]
        writer(WAYS, way.first, step=step)
        second = codes.LOG_OF_DRAWN_IN if way.combined else codes.LOG_OF_FIGURES
        second = codes.NO_SECOND if way.second is None else second
        return codes.TREAT, (*limits, _most(way.first), float(second))
    second_way = (codes.NO_WAY, 0.0, 0.0, 0.0) if way.second is None else _way(way.second, step)
    first_way = _way(way.first, step)
    return codes.TREAT_IN_TURN, (*limits, float(way.combined), *first_way, *second_way)


def _way(way: Treatment, step: Step) -> Numbers:
    """Which treatment, and its own three numbers."""
    found: Numbers = writer(WAYS, way, step=step)(way)
    return (*found, 0.0, 0.0, 0.0)[:4]


def _most(way: Any) -> float:
    return NO_BOUND if way.most is None else float(way.most)


def _winsorise(way: Winsorise) -> Numbers:
    return codes.DRAW_IN, _most(way), way.limits.skewness, way.limits.kurtosis


def _at_percentiles(way: AtPercentiles) -> Numbers:
    low, high = (np.nan if at is None else at for at in (way.low, way.high))
    return codes.AT_PERCENTILES, low, high, 7.0 if way.convention is Quantiles.SEVEN else 6.0


def _box_cox(way: BoxCox) -> Numbers:
    return codes.BOX_COX, way.exponent, float(way.shift)


def _same(_: Any) -> None:
    """Written down by the step itself."""


IN_TURN: Mapping[type, Known] = {InTurn: known(_same, "first", "second", "limits", "combined")}
WAYS: Mapping[type, Known] = {
    Winsorise: known(_winsorise, "most", "limits"),
    AtPercentiles: known(_at_percentiles, "low", "high", "convention"),
    ShiftedLog: known(lambda _: (codes.SHIFTED_LOG,)),
    LogAboveLowest: known(lambda _: (codes.LOG_ABOVE,)),
    LogBySkew: known(lambda _: (codes.LOG_BY_SKEW,)),
    LogGII: known(lambda _: (codes.LOG_GII,)),
    BoxCox: known(_box_cox, "exponent", "shift"),
}
