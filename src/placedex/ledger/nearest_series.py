"""Nearest series: what is published about the subject of a target, and how it differs from it."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from placedex.ledger.target import TargetMeasure
from placedex.ledger.units import is_money, price_difference, unit_times
from placedex.observations import Catalogue, Indicator, Measure, comparable

MOST = 3
LEAST_LIKE = 0.34
# Words that say nothing of a subject.
IDLE = frozenset(
    [
        *("a", "all", "an", "and", "any", "are", "as", "at", "be", "by", "can", "for", "from"),
        *("has", "have", "in", "is", "it", "its", "least", "more", "no", "not", "number", "of"),
        *("on", "one", "or", "other", "out", "over", "per", "share", "that", "the", "their"),
        *("them", "they", "to", "up", "which", "who", "with"),
    ]
)


@dataclass(frozen=True, slots=True)
class Near:
    """A series about the same subject, and every way in which it is another measure.

    Attributes:
        likeness: how much of the target's words it has, the rarer ones counting more; 0 to 1.
        value, period: its latest figure for the target's place, if it has one.
    """

    indicator: str
    name: str
    unit: str
    differences: tuple[str, ...]
    likeness: float
    value: float | None = None
    period: str = ""


def nearest_series(measure: TargetMeasure, catalogue: Catalogue) -> tuple[Near, ...]:
    """The indicators nearest to what a target counts by their words, the nearest first."""
    spoken = {code: _words(_spoken(one)) for code, one in catalogue.items()}
    often = Counter(word for words in spoken.values() for word in words)
    wanted = _words((measure.counted, measure.of, measure.where, measure.unit))
    weight = {word: math.log(1 + len(spoken) / (1 + often[word])) for word in wanted}
    whole = sum(weight.values()) or 1.0
    # A name with a digit, such as 5G, is a subject of its own: 4G is not near it.
    named = {word for word in wanted if any(map(str.isdigit, word)) and often[word]}
    found = []
    for code, words in spoken.items():
        likeness = sum(weight[word] for word in wanted & words) / whole
        if likeness >= LEAST_LIKE and (not named or named & words):
            one = catalogue[code]
            found.append(Near(code, one.name, one.unit, differences(measure, one), likeness))
    return tuple(sorted(found, key=lambda near: (-near.likeness, near.indicator))[:MOST])


def differences(measure: TargetMeasure, series: Indicator) -> tuple[str, ...]:
    """Every way in which a series is another measure than a target's, in words."""
    # What a series says and a target need not, or says in other words, is no difference.
    how = measure.how or series.measure.how
    unit = measure.unit if unit_times(series.unit, measure.unit) is None else series.unit
    prices = measure.prices
    if not is_money(series.unit) or not price_difference(prices, series.measure.prices):
        prices = series.measure.prices
    as_one = Indicator(
        "",
        "",
        unit,
        measure=Measure(measure.counted, measure.of, measure.where, how, prices),
    )
    return tuple(
        reason.replace(" in one and ", " in the target and ").removesuffix(" in the other")
        + " in the series"
        for reason in comparable(as_one, series).reasons
    )


def _spoken(one: Indicator) -> Iterable[str]:
    of = one.measure
    return one.name, of.counted, of.of, of.where, one.unit, *one.faults


def _words(texts: Iterable[str]) -> set[str]:
    """The words of some texts that say something, without the s of a plural."""
    found = re.findall(r"[a-z0-9%£]+", " ".join(texts).lower())
    return {word.removesuffix("s") for word in found if word not in IDLE}
