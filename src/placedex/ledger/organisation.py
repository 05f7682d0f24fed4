"""An organisation: who it is, what it does, and by what it is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from placedex.ledger.cited import Cites


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation of the ledger.

    Attributes:
        also: other spellings and names of it.
        kind: council, combined authority, government department, agency, company, university,
            charity, partnership, trade body, cluster body, investor ...
        roles: what it is in a place's digital economy: funder, lead, delivery, host, investor ...
        identifiers: by scheme, as 360Giving has them: GB-COH for Companies House, GB-CHC, GB-UKPRN.
        part_of: the organisation to which it belongs.
    """

    code: str
    name: str
    kind: str
    cites: Cites
    also: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    identifiers: Mapping[str, str] = field(default_factory=dict)
    website: str = ""
    place: str = ""
    part_of: str = ""
