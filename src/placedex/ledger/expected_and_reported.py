"""Expected, reported and official beside each other: a programme's money and outputs by state."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from placedex.ledger.funding import STATES
from placedex.ledger.ledger import Ledger
from placedex.ledger.pot import make_pots
from placedex.ledger.target import Output

MONEY, OUTPUT = "money", "output"
# What was to be, in the order in which the surest comes first, and what came of it.
PLANNED = ("committed", "announced", "expected")
CAME = ("official", "reported")


@dataclass(frozen=True, slots=True)
class Said:
    """An amount as one entry gives it, with the upper end of a range and the bound."""

    code: str
    value: float
    high: float | None = None
    bound: str = ""


@dataclass(frozen=True, slots=True)
class StateRow:
    """One thing that a programme was to give or to have, in every state that was published.

    Attributes:
        kind: money or output.
        of: the head of the money, or what the output counts.
        unit: the currency with its price basis, or the unit.
        states: for each state what was said; several entries of one state stay beside each other.
    """

    programme: str
    kind: str
    of: str
    unit: str
    place: str
    period: str
    states: Mapping[str, tuple[Said, ...]]

    @property
    def share(self) -> float | None:
        """What came of it over what was planned: official or reported over the surest plan.

        Gaps:   nothing if one of the two is missing, is a range, is nought or is said twice
                otherwise.
        """
        came, planned = self._first(CAME), self._first(PLANNED)
        return came / planned if came is not None and planned else None

    def _first(self, states: Sequence[str]) -> float | None:
        for state in states:
            said = self.states.get(state, ())
            if said:
                values = {(one.value, one.high) for one in said}
                value, high = next(iter(values))
                return value if len(values) == 1 and high is None else None
        return None


def expected_and_reported(ledger: Ledger, programme: str | None = None) -> tuple[StateRow, ...]:
    """Each programme's money and outputs, with what was expected beside what came of it.

    Nothing is worked out from one state for another, and nothing is added up.
    """
    return tuple(
        row
        for row in (*_money_rows(ledger), *_output_rows(ledger))
        if programme is None or row.programme == programme
    )


def _money_rows(ledger: Ledger) -> Iterator[StateRow]:
    pots, _ = make_pots(ledger)
    for pot in pots:
        if pot.award:
            continue
        states: dict[str, list[Said]] = defaultdict(list)
        for one in pot.stated:
            states[one.state].append(Said(one.code, one.amount, one.high, one.bound))
        unit = pot.currency if pot.prices == "nominal" else f"{pot.currency}, {pot.prices}"
        place = pot.places[0] if len(pot.places) == 1 else ""
        yield StateRow(pot.programme, MONEY, pot.head, unit, place, pot.year, _frozen(states))


def _output_rows(ledger: Ledger) -> Iterator[StateRow]:
    for programme in ledger.programmes.values():
        groups: dict[tuple[str, str, str], list[Output]] = defaultdict(list)
        for one in programme.outputs:
            groups[one.measure.casefold(), one.unit, one.place].append(one)
        for listed in groups.values():
            states: dict[str, list[Said]] = defaultdict(list)
            for one in listed:
                states[one.state].append(Said(one.code, one.value, one.high, one.bound))
            first = listed[0]
            periods = dict.fromkeys(one.period for one in listed if one.period)
            yield StateRow(
                programme.code, OUTPUT, first.measure, first.unit, first.place,
                ", ".join(periods), _frozen(states),
            )  # fmt: skip


def _frozen(states: Mapping[str, list[Said]]) -> dict[str, tuple[Said, ...]]:
    return {state: tuple(states[state]) for state in STATES if state in states}
