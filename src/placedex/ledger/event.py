"""Events: what took place, or takes place each year, and who held it."""

from dataclasses import dataclass

from placedex.ledger.cited import Cites


@dataclass(frozen=True, slots=True)
class Event:
    """An event: kind is festival, review, award, announcement, competition, launch ..."""

    code: str
    name: str
    kind: str
    cites: Cites
    when: str = ""
    repeats: str = ""
    place: str = ""
    held_by: tuple[str, ...] = ()
    programme: str = ""
