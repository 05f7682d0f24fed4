"""A place: a code in a register, never a name."""

from dataclasses import dataclass
from datetime import date

DISTRICT = "district"
COMBINED_AUTHORITY = "combined authority"
REGION = "region"


@dataclass(frozen=True, slots=True)
class Hexagon:
    """Where a place stands in a hex cartogram: odd rows are shifted right, row 0 is north."""

    column: int
    row: int


@dataclass(frozen=True, slots=True)
class Place:
    """A place as a register knows it.

    ended: the first day on which it was no longer there.
    also:  other names that it bears or bore: Welsh, former, official.
    """

    code: str
    name: str
    kind: str
    register: str
    parents: tuple[str, ...] = ()
    longitude: float | None = None
    latitude: float | None = None
    hexagon: Hexagon | None = None
    started: date | None = None
    ended: date | None = None
    also: tuple[str, ...] = ()

    def live(self, day: date) -> bool:
        """Whether the place was there on a day; an unknown start counts as long ago."""
        begun = self.started is None or self.started <= day
        return begun and (self.ended is None or day < self.ended)
