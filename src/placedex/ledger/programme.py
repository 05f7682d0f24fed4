"""A programme: what is done, by whom, with what money, and what is expected and reported of it."""

from dataclasses import dataclass

from placedex.ledger.cited import Cites
from placedex.ledger.funding import Money
from placedex.ledger.target import Output


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme, fund, strategy or other undertaking of the ledger.

    Attributes:
        kind: strategy, programme, fund, initiative, zone, testbed, campaign, service, accelerator.
        stage: planned, announced, running, ended.
        starts, ends: periods, as published: a year, a month or a day.
        places: codes of places.
        lead, partners: codes of organisations.
        part_of: the programme to which it belongs.
    """

    code: str
    name: str
    kind: str
    cites: Cites
    also: tuple[str, ...] = ()
    about: str = ""
    stage: str = ""
    starts: str = ""
    ends: str = ""
    places: tuple[str, ...] = ()
    lead: str = ""
    partners: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    part_of: str = ""
    money: tuple[Money, ...] = ()
    outputs: tuple[Output, ...] = ()
