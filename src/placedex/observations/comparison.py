"""Whether figures may be compared: the same measure, unit, prices and kind of period, or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from placedex.errors import BadUsage
from placedex.observations.indicator import Indicator
from placedex.observations.panel import Panel
from placedex.observations.period import Period

_MEASURE = (
    ("counted", "what is counted"),
    ("of", "of what"),
    ("where", "where"),
    ("how", "how it is known"),
)


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


def comparable_panels(one: Panel, other: Panel) -> Comparison:
    """Whether two panels may be compared column by column: the same code, the same measure."""
    columns = {code: number for number, code in enumerate(other.codes)}
    reasons = []
    for number, indicator in enumerate(one.indicators):
        column = columns.get(indicator.code)
        if column is None:
            continue
        periods = (one.periods[number], other.periods[column])
        found = comparable(indicator, other.indicators[column], periods=periods)
        reasons += [f"'{indicator.code}': {reason}" for reason in found.reasons]
    return Comparison(not reasons, tuple(reasons))


def refuse_mixed(panels: Iterable[Panel]) -> None:
    """Nothing, if panels may be put side by side or one after the other.

    Errors: BadUsage, with every reason, if two of them mean different things by one code.
    """
    for one, other in pairwise(panels):
        found = comparable_panels(one, other)
        if not found:
            raise BadUsage(
                f"Two panels mix measures: {'; '.join(found.reasons)}. Wanted one measure under "
                "each code. Give the other measure a code of its own, or leave it out."
            )


def _differs(what: str, one: str, other: str) -> str:
    return f"{what} is '{one or 'not said'}' in one and '{other or 'not said'}' in the other"
