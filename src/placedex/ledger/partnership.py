"""Partnerships and memberships: who works with whom, in what, since when."""

from dataclasses import dataclass

from placedex.ledger.cited import Cites


@dataclass(frozen=True, slots=True)
class Partnership:
    """Two or more organisations that work together.

    kind: partnership, memorandum, consortium, sponsorship, membership, collaboration ...
    """

    code: str
    name: str
    kind: str
    members: tuple[str, ...]
    cites: Cites
    programme: str = ""
    starts: str = ""
    ends: str = ""
