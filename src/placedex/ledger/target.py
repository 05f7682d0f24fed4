"""A target: what is to be reached, where, by when, from where, and who promised it."""

from dataclasses import dataclass
from typing import Literal

from placedex.ledger.cited import Cites

State = Literal["expected", "reported", "official"]


@dataclass(frozen=True, slots=True)
class TargetMeasure:
    """What a target or an output counts, of what, where, how; `indicator` if it is one we have.

    `series` names claims that state values of the same measure, where no indicator does.
    """

    counted: str
    unit: str
    of: str = ""
    where: str = ""
    how: str = ""
    prices: str = ""
    indicator: str = ""
    series: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """A value at a period."""

    value: float
    period: str


@dataclass(frozen=True, slots=True)
class Target:
    """A promise with a number: the measure reaches a value in a place by a time.

    Attributes:
        measure: nothing if the promise cannot be measured as it is written.
        value, high: what is to be reached, and the upper end of a range.
        bound: at least, more than, up to ... as published.
        change: whether the value is a change from the baseline, and not a level.
        by: the period by whose end it is to be reached; empty if no date was given.
    """

    code: str
    name: str
    place: str
    cites: Cites
    measure: TargetMeasure | None = None
    value: float | None = None
    high: float | None = None
    bound: str = ""
    change: bool = False
    by: str = ""
    baseline: Point | None = None
    promised_by: str = ""
    programme: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """What a programme is expected to give, is reported to have given, or officially gave."""

    code: str
    measure: str
    unit: str
    value: float
    state: State
    cites: Cites
    high: float | None = None
    bound: str = ""
    period: str = ""
    place: str = ""
