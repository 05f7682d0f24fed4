"""Money: who gives how much, at which prices, in which state, and on what this rests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, get_args

from placedex.ledger.cited import Cites

# From a hope to what the books say.
State = Literal["expected", "announced", "committed", "reported", "official"]
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money of a programme.

    Attributes:
        high: the upper end of a range.
        prices: the price basis: nominal, or the prices of a year as in `2022 prices`.
        head: what it is for: grant, match funding, private investment, training, devices ...
        year: the year or years that it covers, as a period.
        part_of: the code of the money of which it is a part, so that a pound counts once.
        bound: more than, up to, around ... as published.
    """

    code: str
    amount: float
    currency: str
    state: State
    cites: Cites
    high: float | None = None
    prices: str = "nominal"
    head: str = ""
    year: str = ""
    payer: str = ""
    payee: str = ""
    place: str = ""
    part_of: str = ""
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Award:
    """A grant or subsidy to one enterprise or body.

    Attributes:
        day: the day on which it was given; nothing if only a period was published.
        when: that period, if there is no day.
        place: where it goes; places: all of them, if it goes to several and is not shared out.
        subsidy: whether it is minimal financial assistance, which cumulates over three years.
        given: what else its publisher wrote of it, by the publisher's own names.
    """

    code: str
    recipient: str
    amount: float
    currency: str
    day: date | None
    programme: str
    cites: Cites
    title: str = ""
    payer: str = ""
    place: str = ""
    subsidy: bool = False
    when: str = ""
    places: tuple[str, ...] = ()
    about: str = ""
    starts: str = ""
    ends: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)

    @property
    def period(self) -> str:
        """The day, or else the period, in which it was given."""
        return self.when if self.day is None else self.day.isoformat()
