"""Sites and testbeds: where something can be tried, made or hosted."""

from dataclasses import dataclass

from placedex.ledger.cited import Cites


@dataclass(frozen=True, slots=True)
class Site:
    """A site: kind is innovation site, testbed, laboratory, campus, hub, workspace ..."""

    code: str
    name: str
    kind: str
    place: str
    cites: Cites
    host: str = ""
    partners: tuple[str, ...] = ()
    programme: str = ""
    offers: tuple[str, ...] = ()
    website: str = ""
