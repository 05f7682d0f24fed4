"""A grant as a published file gives it, before it is an award of the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Party:
    """Who gives or gets a grant: a name, and by scheme the identifiers that it bears."""

    name: str
    identifiers: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What tells it from others in one file: its first identifier, or else its name."""
        for scheme, number in self.identifiers.items():
            return f"{scheme}-{number}"
        return self.name.casefold()


@dataclass(frozen=True, slots=True)
class Grant:
    """One grant of a file.

    Attributes:
        row: where it stands in the file: the line, or in JSON the how manieth grant it is.
        day: the day of the award; when: the period, if no day is published.
        places: codes of the register; several have it together.
        given: what else the file says of it, by the file's own names.
    """

    row: int
    id: str
    title: str
    about: str
    currency: str
    amount: float
    day: date | None
    recipient: Party
    payer: Party | None = None
    when: str = ""
    programme: str = ""
    programme_title: str = ""
    places: tuple[str, ...] = ()
    starts: str = ""
    ends: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GrantFile:
    """The grants of a file, who published it, and what of it was not taken as it stands.

    Attributes:
        programmes: for a programme's code the code of the one of which it is a part.
        notes: what was left out or kept as written, each with its row and column.
    """

    title: str
    publisher: str
    grants: tuple[Grant, ...]
    notes: tuple[str, ...] = ()
    programmes: Mapping[str, str] = field(default_factory=dict)
