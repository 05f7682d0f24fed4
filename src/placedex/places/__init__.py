"""Which place is meant, and when."""

from placedex.places.changes import Change, renumbered, successor
from placedex.places.place import (
    COMBINED_AUTHORITY,
    DISTRICT,
    REGION,
    Hexagon,
    Place,
)
from placedex.places.read import bundled_register, read_register
from placedex.places.register import Register

__all__ = [
    "COMBINED_AUTHORITY",
    "DISTRICT",
    "REGION",
    "Change",
    "Hexagon",
    "Place",
    "Register",
    "bundled_register",
    "read_register",
    "renumbered",
    "successor",
]
