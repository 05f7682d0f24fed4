"""Whether figures may be compared: the same measure, unit, prices and kind of period, or not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from placedex.errors import MixedMeasures
from placedex.observations.earlier import code_of
from placedex.observations.indicator import Indicator
from placedex.observations.panel import NO_ORIGIN, Panel
from placedex.observations.period import Period

_MEASURE = (
    ("counted", "what is counted"),
    ("of", "of what"),
    ("where", "where"),
    ("how", "how it is known"),
)
# Volumes without a year are at the prices of the year that their edition names.
_OF_EACH_EDITION = {"chained", "constant", "deflated"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether two figures may be compared, and if not, every reason in words."""

    same: bool
    reasons: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.same

    @property
    def words(self) -> str:
        """The answer in a sentence."""
        return "comparable" if self.same else f"not comparable: {'; '.join(self.reasons)}"


def comparable(
    one: Indicator, other: Indicator, *, periods: tuple[Period | None, Period | None] | None = None
) -> Comparison:
    """Whether figures of two indicators may be compared with each other.

    They may if what is counted, of what, where, how, the unit, the prices and the kind of period
    are the same; also the kind of the two periods, if they are given. That the names are alike
    says nothing: 5G by area, by premises and by population are three measures.
    Gaps:   a period that is not known is held against neither.
    """
    reasons = [
        _differs(words, getattr(one.measure, key), getattr(other.measure, key))
        for key, words in _MEASURE
        if getattr(one.measure, key) != getattr(other.measure, key)
    ]
    if one.unit != other.unit:
        reasons.append(_differs("the unit", one.unit, other.unit))
    if one.measure.prices != other.measure.prices:
        reasons.append(_differs("the price basis", one.measure.prices, other.measure.prices))
    kinds = (one.period, other.period)
    if None not in kinds and kinds[0] != kinds[1]:
        reasons.append(_differs("the kind of period", kinds[0] or "", kinds[1] or ""))
    elif periods is not None and periods[0] is not None and periods[1] is not None:
        found = (periods[0].kind, periods[1].kind)
        if found[0] != found[1]:
            reasons.append(_differs("the kind of period", *found))
    return Comparison(not reasons, tuple(reasons))


def not_comparable(
    indicator: Indicator, catalogue: Mapping[str, Indicator]
) -> dict[str, Comparison]:
    """Indicators that look like this one and may not be compared with it, each with the reasons.

    Those look alike that share one of the families that the catalogue names under `alike`.
    """
    found = {
        one.code: comparable(indicator, one)
        for one in catalogue.values()
        if one.code != indicator.code and set(one.alike) & set(indicator.alike)
    }
    return {code: answer for code, answer in found.items() if not answer}


def comparable_panels(one: Panel, other: Panel) -> Comparison:
    """Whether two panels may be compared column by column: the same code, the same measure.

    An earlier figure of an indicator bears its code. Figures at the prices of a year that each
    edition names are compared within one edition only.
    """
    columns: dict[str, list[int]] = {}
    for column, code in enumerate(other.codes):
        columns.setdefault(code_of(code), []).append(column)
    reasons = [
        f"'{code_of(code)}': {reason}"
        for number, code in enumerate(one.codes)
        for column in columns.get(code_of(code), ())
        for reason in _columns(one, number, other, column)
    ]
    return Comparison(not reasons, tuple(dict.fromkeys(reasons)))


def refuse_mixed(panels: Iterable[Panel]) -> None:
    """Nothing, if panels may be put side by side or one after the other, and each is one in itself.

    Errors: MixedMeasures, with every reason, if by one code different things are meant.
    """
    several = tuple(panels)
    pairs = (*((one, one) for one in several), *combinations(several, 2))
    reasons = [reason for one, other in pairs for reason in comparable_panels(one, other).reasons]
    if reasons:
        raise MixedMeasures(
            f"Figures mix measures: {'; '.join(dict.fromkeys(reasons))}. Wanted one measure under "
            "each code. Give the other measure a code of its own, or leave it out."
        )


def _columns(one: Panel, number: int, other: Panel, column: int) -> tuple[str, ...]:
    """Why two columns are not of one measure."""
    indicators = one.indicators[number], other.indicators[column]
    periods = one.periods[number], other.periods[column]
    reasons = comparable(*indicators, periods=periods).reasons
    prices = indicators[0].measure.prices
    if prices not in _OF_EACH_EDITION or reasons:
        return reasons
    editions = sorted(_editions(one, number) | _editions(other, column))
    if len(editions) < 2:
        return ()
    return (
        f"the prices are those of a year that each edition names, and the figures are of "
        f"{len(editions)} editions: {' and '.join(editions)}",
    )


def _editions(panel: Panel, column: int) -> set[str]:
    """The editions of the figures in a column, as their origins name them."""
    known = ~np.isnan(panel.values[:, column]) & (panel.origins[:, column] != NO_ORIGIN)
    used = [panel.sources[origin] for origin in np.unique(panel.origins[known, column])]
    return {f"{one.publisher}, {one.edition or one.code}" for one in used}


def _differs(what: str, one: str, other: str) -> str:
    return f"{what} is '{one or 'not said'}' in one and '{other or 'not said'}' in the other"
