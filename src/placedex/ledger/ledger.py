"""The ledger: every organisation, programme, target, partnership and offer, by its code."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from placedex.ledger.event import Event
from placedex.ledger.funding import Award
from placedex.ledger.organisation import Organisation
from placedex.ledger.partnership import Partnership
from placedex.ledger.programme import Programme
from placedex.ledger.site import Site
from placedex.ledger.support import SupportOffer
from placedex.ledger.target import Target


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a workspace's ledger holds, each entry by its code."""

    organisations: Mapping[str, Organisation] = field(default_factory=dict)
    programmes: Mapping[str, Programme] = field(default_factory=dict)
    targets: Mapping[str, Target] = field(default_factory=dict)
    partnerships: Mapping[str, Partnership] = field(default_factory=dict)
    sites: Mapping[str, Site] = field(default_factory=dict)
    events: Mapping[str, Event] = field(default_factory=dict)
    support: Mapping[str, SupportOffer] = field(default_factory=dict)
    awards: Mapping[str, Award] = field(default_factory=dict)
