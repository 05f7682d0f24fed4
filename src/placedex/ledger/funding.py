"""Money: who gives how much, at which prices, in which state, and on what this rests."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from placedex.ledger.cited import Cites

# From a hope to what the books say.
State = Literal["expected", "announced", "committed", "reported", "official"]


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
    """A grant or subsidy to one enterprise or body, on one day.

    subsidy: whether it is minimal financial assistance, which cumulates over three years.
    """

    code: str
    recipient: str
    amount: float
    currency: str
    day: date
    programme: str
    cites: Cites
    title: str = ""
    payer: str = ""
    place: str = ""
    subsidy: bool = False
