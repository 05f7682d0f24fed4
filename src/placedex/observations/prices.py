"""Prices: figures at the prices of their year, taken to those of one year by a stated deflator."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from placedex.errors import BadUsage
from placedex.observations.catalogue import Catalogue
from placedex.observations.observations import Observation
from placedex.observations.period import Period
from placedex.observations.status import Status

CURRENT, DEFLATOR = "current", "deflator"


@dataclass(frozen=True, slots=True)
class Deflated:
    """A series at the prices of one period, and what took it there.

    Attributes:
        series: the figures, in the unit that they had.
        prices: the price basis in words, as in `deflated 2022`.
        deflator: the code of the indicator by which it was deflated.
    """

    series: tuple[Observation, ...]
    prices: str
    deflator: str


def deflate(
    series: Sequence[Observation],
    deflator: Sequence[Observation],
    *,
    catalogue: Catalogue,
    base: Period | None = None,
) -> Deflated:
    """A place's figures at the prices of one period: each over the deflator of its own period.

    The base is the period given, or the one at which the deflator is 100. Intervals are divided as
    the values are.
    Units:  money at current prices in, money at the prices of the base out.
    Gaps:   a period without a figure of the deflator is missing, `not collected`; it is never
            carried over from another period.
    Errors: BadUsage without a deflator; for figures that are not at current prices; if the two
            are of different places, parts or kinds of period; or if the base is not clear.
    Source: Eurostat (2016), Handbook on prices and volume measures in national accounts, chapter 2.
    """
    code, by = _check(series, deflator, catalogue)
    factors = {one.period: one.value for one in deflator if one.value is not None}
    base = base or _base(factors, by)
    if base not in factors or not factors[base] > 0:
        raise BadUsage(
            f"The deflator '{by}' has no figure above 0 for {base.words}. Wanted one, to be 100. "
            "Choose another base."
        )
    if not any(one.period in factors for one in series):
        raise BadUsage(
            f"The deflator '{by}' has no figure for any period of '{code}'. Wanted at least one in "
            "common. Read an edition that has them."
        )
    hundred = factors[base]
    done = tuple(_divide(one, factors.get(one.period), hundred=hundred) for one in series)
    return Deflated(done, f"deflated {base}", by)


def _check(
    series: Sequence[Observation], deflator: Sequence[Observation], catalogue: Catalogue
) -> tuple[str, str]:
    """The codes of the series and of the deflator, if these belong together."""
    if not series:
        raise BadUsage("There is no figure to deflate. Wanted a series of one place. Give one.")
    if not deflator:
        raise BadUsage(
            f"There is no deflator for '{series[0].indicator}' of {series[0].place}. Wanted a "
            "stated one, such as 'gva-deflator' of the same place and industry. Read the regional "
            "accounts, or keep current prices."
        )
    one, other = series[0], deflator[0]
    if any((x.place, x.part, x.indicator) != (one.place, one.part, one.indicator) for x in series):
        raise BadUsage("The figures are of several series. Wanted one place, indicator and part.")
    of = {(x.place, x.part) for x in deflator}
    if of != {(one.place, one.part)} or len({x.indicator for x in deflator}) > 1:
        raise BadUsage(
            f"The deflator is of {other.place}, {other.part or 'the whole'}. Wanted that of "
            f"{one.place}, {one.part or 'the whole'}: prices move otherwise elsewhere. Take it."
        )
    for x, wanted in ((one, CURRENT), (other, DEFLATOR)):
        prices = catalogue[x.indicator].measure.prices
        if prices != wanted:
            raise BadUsage(
                f"The prices of '{x.indicator}' are '{prices or 'not said'}'. Wanted '{wanted}'. "
                "Choose another indicator, or mend its measure in the indicators."
            )
    kinds = {x.period.kind for x in (*series, *deflator)}
    if len(kinds) > 1:
        raise BadUsage(
            f"The periods are of several kinds: {', '.join(sorted(kinds))}. Wanted one. Choose a "
            "deflator of the same kind of period."
        )
    return one.indicator, other.indicator


def _base(factors: dict[Period, float], by: str) -> Period:
    found = [period for period, value in factors.items() if round(value, 6) == 100]
    if len(found) != 1:
        raise BadUsage(
            f"The deflator '{by}' is 100 in {len(found)} periods. Wanted one, which is the base. "
            "Say which by base."
        )
    return found[0]


def _divide(one: Observation, factor: float | None, *, hundred: float) -> Observation:
    if one.value is None:
        return one
    if factor is None or factor <= 0:
        return replace(one, value=None, low=None, high=None, status=Status.NOT_COLLECTED)
    times = hundred / factor
    return replace(
        one,
        value=one.value * times,
        low=None if one.low is None else one.low * times,
        high=None if one.high is None else one.high * times,
        status=Status.DERIVED,
    )
