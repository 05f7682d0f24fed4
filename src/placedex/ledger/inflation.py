"""Inflation: by how much prices are taken to rise a year, and on whose word."""

from collections.abc import Sequence
from dataclasses import dataclass

from placedex.errors import BadUsage
from placedex.ledger.growth import growth_between
from placedex.ledger.moment import mark_of
from placedex.observations import Observation, Period

USUAL = 0.02


@dataclass(frozen=True, slots=True)
class Inflation:
    """A share a year, and where it comes from in words."""

    rate: float
    words: str


def assumed(rate: float = USUAL) -> Inflation:
    """An assumption, said to be one.

    Errors: BadUsage for a rate that is no share between -0.5 and 1.
    """
    if not -0.5 < rate < 1:
        raise BadUsage(
            f"Prices that rise by {rate:g} a year were assumed. Wanted a share such as 0.02, which "
            "is 2 %. Mend it."
        )
    return Inflation(rate, f"if prices rise by {100 * rate:.3g} % a year, which is an assumption")


def observed(deflator: Sequence[Observation], *, since: Period | None = None) -> Inflation | None:
    """What a deflator rose by a year from a period on; nothing if it has no two figures since."""
    found = [
        mark_of(one.period, one.value)
        for one in deflator
        if one.value is not None and (since is None or one.period.start >= since.start)
    ]
    if len(found) < 2:
        return None
    rate = growth_between(found[0], found[-1]).rate
    known = [one for one in deflator if one.value is not None]
    first = next(one for one in known if since is None or one.period.start >= since.start)
    return Inflation(
        rate,
        f"if prices go on as the deflator '{first.indicator}' of {first.place} did, by "
        f"{100 * rate:.3g} % a year from {first.period.words} to {known[-1].period.words}",
    )
